"""What the API reads of stories: lists, a story with its articles, and what its comparison is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, FromClause, Select, and_, exists, func, select
from sqlalchemy.engine import Connection

from app.db import search
from app.db.keyset import (
    Keyset,
    Listing,
    ListStatement,
    Record,
    fill_slots,
    is_one_of,
    make_reading,
    slot,
)
from app.db.lookups import NOBODY, find_publishers, find_speakers
from app.db.merges import follow, follow_stories
from app.db.queries import (
    ARTICLE,
    ARTICLE_ENTITY,
    ENTITY,
    KEPT_STATEMENTS,
    OPENING,
    PUBLISHER,
    Shape,
    shape_of,
)
from app.db.story_quotes import StoredQuote, load_quotes_of_articles
from app.db.story_tables import EntityOfStory, PublisherOfStory, Story
from app.db.types import table_of
from app.stories import StoryArticle, StoryEntity

STORY = table_of(Story)
STORY_PUBLISHER, STORY_ENTITY = table_of(PublisherOfStory), table_of(EntityOfStory)
# Of each filter by what a story's articles have: the column it is in, and when the newest article had it
LINKS: dict[str, tuple[Column[Any], Column[Any]]] = {
    "speaker": (STORY_ENTITY.c.entity_id, STORY_ENTITY.c.said_at),
    "entity": (STORY_ENTITY.c.entity_id, STORY_ENTITY.c.ordered_at),
    "publisher": (STORY_PUBLISHER.c.publisher_id, STORY_PUBLISHER.c.ordered_at),
}
DRIVING = tuple(
    LINKS
)  # of several given the first decides the order: mostly the one that fewest stories have
TIMELINE = 200  # articles shown of one story, the earliest
COMPARED_ARTICLES = 50  # articles compared of one story, the newest
COMPARED_QUOTES = 1000
READ = 4000  # characters of an article read for its figures


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which stories: those with an article that fits, for each filter. Several values are alternatives."""

    publisher: Sequence[str] = ()  # id or slug
    published_from: datetime | None = None
    published_to: datetime | None = None
    entity: Sequence[UUID] = ()
    speaker: Sequence[str] = ()  # entity id or name
    min_publishers: int | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The articles of a story as they are compared, and their quotes with spans. is_complete: they are all."""

    articles: list[StoryArticle]
    quotes: list[StoredQuote]
    is_complete: bool


def list_stories(connection: Connection, wanted: StoryFilter, *, pages: bool = False) -> Listing:
    """Return stories, the one with the newest article first: the newest that has what `DRIVING` lists of filters.

    pages: only pages are wanted, no count.
    """
    given: dict[str, Sequence[Any]] = {
        "entity": follow(connection, wanted.entity),
        "published_from": [wanted.published_from] if wanted.published_from else (),
        "published_to": [wanted.published_to] if wanted.published_to else (),
        "min_publishers": () if wanted.min_publishers is None else [wanted.min_publishers],
    }
    if wanted.speaker:
        given["speaker"] = find_speakers(connection, wanted.speaker) or NOBODY
    if wanted.publisher:
        given["publisher"] = find_publishers(connection, wanted.publisher) or NOBODY
    statement = _list_stories(shape_of(given))
    if wanted.q is not None:
        statement = statement.where(_tells(connection, wanted.q, pages=pages))
    return Listing(statement, fill_slots(given))


def get_story(connection: Connection, story_id: UUID) -> Record | None:
    """Return a story, or None."""
    return make_reading(list(STORY.columns), STORY).where(STORY.c.id == story_id).fetch_one(connection)


def load_stories(connection: Connection, story_ids: Sequence[Any]) -> list[Record]:
    """Return these stories, in no order."""
    ids = [UUID(str(id_)) for id_ in story_ids]
    return (
        make_reading(list(STORY.columns), STORY).where(STORY.c.id.in_(ids)).fetch(connection) if ids else []
    )


def publishers_of(connection: Connection, story_ids: Sequence[Any]) -> list[Record]:
    """Return the publishers of these stories, by slug."""
    ids = [UUID(str(id_)) for id_ in story_ids]
    columns = [ARTICLE.c.story_id, PUBLISHER.c.id, PUBLISHER.c.slug, PUBLISHER.c.name]
    reading = make_reading(columns, ARTICLE.join(PUBLISHER, PUBLISHER.c.id == ARTICLE.c.publisher_id))
    reading = reading.where(ARTICLE.c.story_id.in_(ids))
    return replace(reading, statement=reading.statement.distinct().order_by(PUBLISHER.c.slug)).fetch(
        connection
    )


def ends_of(connection: Connection, story_ids: Sequence[Any]) -> list[Record]:
    """Return when the first and last of the dated articles of these stories were published, as they state it.

    Of several at one time those that state an offset come first.
    """
    ids = [UUID(str(id_)) for id_ in story_ids]
    article = ARTICLE.c
    told = ("precision", "zone", "offset_minutes")
    columns = [article.story_id, article.published_at, *(article[f"published_{name}"] for name in told)]
    ends = article.ordered_at.in_([STORY.c.first_published_at, STORY.c.last_published_at])
    reading = make_reading(columns, STORY.join(ARTICLE, and_(article.story_id == STORY.c.id, ends)))
    reading = reading.where(STORY.c.id.in_(ids), article.published_at.is_not(None))
    order = (article.published_offset_minutes.is_(None), article.id)
    return replace(reading, statement=reading.statement.order_by(*order)).fetch(connection)


def timeline_of(connection: Connection, story_id: UUID) -> list[Record]:
    """Return a story's articles in brief, the earliest first."""
    times = (f"published_{name}" for name in ("at", "precision", "zone", "offset_minutes"))
    names = ("id", "headline", *times, "ordered_at")
    publisher = [PUBLISHER.c[name].label(f"publisher_{name}") for name in ("id", "slug", "name")]
    joined = ARTICLE.outerjoin(PUBLISHER, PUBLISHER.c.id == ARTICLE.c.publisher_id)
    reading = make_reading([*(ARTICLE.c[name] for name in names), OPENING, *publisher], joined)
    reading = reading.where(ARTICLE.c.story_id == story_id)
    ordered = reading.statement.order_by(ARTICLE.c.ordered_at, ARTICLE.c.id).limit(TIMELINE)
    return replace(reading, statement=ordered).fetch(connection)


def find_story(connection: Connection, story_id: UUID) -> UUID | None:
    """Return the story an id leads to: itself, or the one it was merged into; None if there is none."""
    [survivor] = follow_stories(connection, [story_id])
    return connection.execute(select(STORY.c.id).where(STORY.c.id == survivor)).scalar_one_or_none()


def load_compared(connection: Connection, story_id: UUID) -> Compared:
    """Return what comparing a story's articles needs, the earliest article first."""
    rows = connection.execute(_select_compared(story_id)).all()
    shown = rows[:COMPARED_ARTICLES][::-1]
    ids = [row.id for row in shown]
    quotes = load_quotes_of_articles(connection, ids, COMPARED_QUOTES + 1)
    is_complete = len(rows) == len(shown) and len(quotes) <= COMPARED_QUOTES
    quotes = quotes[:COMPARED_QUOTES]
    entities = _entities_of(connection, ids)
    articles = [
        StoryArticle(
            id=row.id,
            publisher=row.publisher,
            text=row.opening,
            headline=row.headline,
            published_at=row.published_at,
            quotes=tuple(each.quote for each in quotes if each.quote.article_id == row.id),
            entities=tuple(entities.get(row.id, ())),
        )
        for row in shown
    ]
    return Compared(articles, quotes, is_complete)


def _select_compared(story_id: UUID) -> Select[Any]:
    article = ARTICLE.c
    return (
        select(
            article.id,
            article.headline,
            article.published_at,
            func.substr(article.text, 1, READ).label("opening"),
            PUBLISHER.c.name.label("publisher"),
        )
        .select_from(ARTICLE.outerjoin(PUBLISHER, PUBLISHER.c.id == article.publisher_id))
        .where(article.story_id == story_id)
        .order_by(article.ordered_at.desc(), article.id.desc())
        .limit(COMPARED_ARTICLES + 1)
    )


def _entities_of(connection: Connection, article_ids: Sequence[UUID]) -> dict[UUID, list[StoryEntity]]:
    link = ARTICLE_ENTITY.c
    chosen = (
        select(link.article_id, ENTITY.c.id, ENTITY.c.name, link.mention_count)
        .join(ENTITY, ENTITY.c.id == link.entity_id)
        .where(link.article_id.in_(article_ids), link.mention_count > 0)
        .order_by(link.mention_count.desc(), ENTITY.c.sort_name)
    )
    found: dict[UUID, list[StoryEntity]] = {}
    for article_id, *entity in connection.execute(chosen):
        found.setdefault(article_id, []).append(StoryEntity(*entity))
    return found


def _tells(connection: Connection, q: str, *, pages: bool) -> ColumnElement[bool]:
    """Return the condition that an article of a story has the words."""
    walks = pages and search.is_common(connection, "article", q)
    has_words = search.matches(connection.dialect.name, "article", ARTICLE.c.search_key, q, walks=walks)
    if walks:
        return exists().where(ARTICLE.c.story_id == STORY.c.id, has_words)
    # OFFSET 0 keeps Postgres from looking for the words story by story: 5.9 s of CPU for a rare word
    return STORY.c.id.in_(select(ARTICLE.c.story_id).where(has_words).offset(0))


@lru_cache(maxsize=KEPT_STATEMENTS)
def _list_stories(shape: Shape) -> ListStatement:
    given = dict(shape)
    driving = next((name for name in DRIVING if name in given), None)
    conditions = _conditions({name: count for name, count in given.items() if name != driving})
    if driving is None:
        reading = make_reading(list(STORY.columns), STORY).where(*conditions)
        return ListStatement(reading, Keyset((STORY.c.ordered_at, STORY.c.id), ("ordered_at", "id")))
    link, at = _linked(driving, given[driving])
    columns = [*STORY.columns, at.label("place_at")]
    reading = make_reading(columns, STORY.join(link, link.c.story_id == STORY.c.id)).where(*conditions)
    if given[driving] == 1:
        reading = reading.where(is_one_of(LINKS[driving][0], driving, 1), at.is_not(None))
    return ListStatement(reading, Keyset((at, link.c.story_id), ("place_at", "id")))


def _linked(name: str, count: int) -> tuple[FromClause, ColumnElement[Any]]:
    """Return the rows of stories with what a filter names, and when each last had it.

    For one value that is the link table, whose index has them in order, however many there are.
    """
    column, at = LINKS[name]
    if count == 1:
        return column.table, at
    newest = func.max(at).label("place_at")
    chosen = select(column.table.c.story_id, newest).where(is_one_of(column, name, count), at.is_not(None))
    grouped = chosen.group_by(column.table.c.story_id).subquery()
    return grouped, grouped.c.place_at


def _conditions(given: dict[str, int]) -> list[ColumnElement[bool]]:
    story = STORY.c
    conditions: list[ColumnElement[bool]] = []
    for name in DRIVING:
        if name in given:
            column, at = LINKS[name]
            has_it = (is_one_of(column, name, given[name]), at.is_not(None))
            conditions.append(exists().where(column.table.c.story_id == story.id, *has_it))
    if "published_from" in given:
        conditions.append(story.last_published_at >= slot("published_from_0", story.last_published_at.type))
    if "published_to" in given:
        conditions.append(story.first_published_at < slot("published_to_0", story.first_published_at.type))
    if "min_publishers" in given:
        conditions.append(story.publisher_count >= slot("min_publishers_0", story.publisher_count.type))
    return conditions
