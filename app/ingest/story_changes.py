"""What became of stories in one transaction, for the change log: noted before anything is written, told at its end.

Only what is left of it is told: an article that leaves a story and comes back, or a story founded and merged away at
once, are no changes to a reader.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.changes import ChangeType, NewChange, record
from app.db.story_tables import MergedStory, Story
from app.db.tables import Article, ArticleEntity

type Places = Mapping[UUID, UUID | None]  # the story each article is in
type Headlines = Mapping[UUID, str | None]  # of the stories there are


@dataclass(slots=True)
class Before:
    """Stories and articles as they were, each noted the first time a transaction is about to touch it."""

    headlines: dict[UUID, str | None] = field(default_factory=dict)
    places: dict[UUID, UUID | None] = field(default_factory=dict)
    story_ids: set[UUID] = field(default_factory=set)

    def note_stories(self, connection: Connection, story_ids: Iterable[UUID]) -> None:
        """Keep what these stories are shown under, those that are there."""
        new = set(story_ids) - self.story_ids
        self.headlines |= _headlines(connection, new)
        self.story_ids |= new

    def note_articles(self, connection: Connection, article_ids: Iterable[UUID]) -> None:
        """Keep which stories these articles are in."""
        places = _places(connection, set(article_ids) - self.places.keys())
        self.places |= places
        self.note_stories(connection, filter(None, places.values()))


def record_stories(connection: Connection, before: Before) -> None:
    """Record what became of the stories noted, and why where one article is why."""
    headlines = _headlines(connection, before.story_ids)
    moved = _moved(before.places, _places(connection, before.places.keys()))
    survivors = _survivors(connection, before.headlines.keys() - headlines.keys())
    changes = [
        _change(connection, story_id, before.headlines, headlines, survivors, moved.get(story_id, ()))
        for story_id in sorted(before.story_ids, key=lambda id_: (id_ not in headlines, id_))
    ]
    record(connection, [change for change in changes if change is not None])


def _change(
    connection: Connection,
    story_id: UUID,
    before: Headlines,
    after: Headlines,
    survivors: Mapping[UUID, UUID],
    moved: Collection[UUID],
) -> NewChange | None:
    was, is_there = story_id in before, story_id in after
    if not was and not is_there:
        return None
    if was and is_there and not moved and before[story_id] == after[story_id]:
        return None
    gone: ChangeType = "merged" if story_id in survivors else "deleted"
    told: ChangeType = "changed" if was else "created"
    publishers, entities = _printed(connection, moved)
    return NewChange(
        kind="story",
        change=told if is_there else gone,
        id=story_id,
        article_id=next(iter(moved)) if len(moved) == 1 else None,
        publisher_id=next(iter(publishers)) if len(publishers) == 1 else None,
        into_id=survivors.get(story_id) if not is_there else None,
        entity_ids=frozenset(entities),
    )


def _moved(before: Places, after: Places) -> dict[UUID, list[UUID]]:
    """Return the articles that came to or left each story."""
    moved: dict[UUID, list[UUID]] = {}
    for article_id, was in before.items():
        now = after.get(article_id)
        for story_id in {was, now} - {None} if was != now else ():
            moved.setdefault(story_id, []).append(article_id)  # type: ignore[arg-type] # None is taken out
    return moved


def _headlines(connection: Connection, story_ids: Collection[UUID]) -> dict[UUID, str | None]:
    chosen = select(col(Story.id), col(Story.headline)).where(col(Story.id).in_(story_ids))
    return dict(connection.execute(chosen).all()) if story_ids else {}


def _places(connection: Connection, article_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    chosen = select(col(Article.id), col(Article.story_id)).where(col(Article.id).in_(article_ids))
    return dict(connection.execute(chosen).all()) if article_ids else {}


def _survivors(connection: Connection, story_ids: Collection[UUID]) -> dict[UUID, UUID]:
    merged = select(col(MergedStory.story_id), col(MergedStory.survivor_id))
    chosen = merged.where(col(MergedStory.story_id).in_(story_ids))
    return dict(connection.execute(chosen).all()) if story_ids else {}


def _printed(connection: Connection, article_ids: Collection[UUID]) -> tuple[set[UUID | None], set[UUID]]:
    """Return the publishers of these articles, and the entities in them."""
    if not article_ids:
        return set(), set()
    publishers = select(col(Article.publisher_id)).where(col(Article.id).in_(article_ids))
    entities = select(col(ArticleEntity.entity_id)).where(col(ArticleEntity.article_id).in_(article_ids))
    return set(connection.execute(publishers).scalars()), set(connection.execute(entities).scalars())
