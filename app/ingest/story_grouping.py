"""Writing which articles make up which story: what joins, leaves, merges and splits stories comes down to this.

The core decides what belongs together (`stories.regroup`, `stories.share_out`). Takes a connection that holds the
writer's place and never commits.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import count
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app import stories
from app.db.engine import insert_rows
from app.db.ids import make_id
from app.db.story_candidates import pack
from app.db.story_links import add_links, renew_links
from app.db.story_tables import MergedStory, Story, StoryKey, StoryTerms
from app.db.story_vectors import load_vectors
from app.db.tables import Article, Quote
from app.ingest.story_changes import Before
from app.ingest.story_summary import summarize
from app.stories import ArticleVector, Profile

type Vectors = Mapping[UUID, ArticleVector]


def rearrange(
    connection: Connection, members: Mapping[UUID, Vectors], articles: Vectors, before: Before
) -> dict[UUID, UUID]:
    """Group articles of neighbouring stories anew and write what that changes; return the story of each.

    members: what was looked through of each story, which may have more; what is more stays with it, wherever it
    goes. An article that is only there has left already: its story is written again, whatever else happens.
    """
    sharing = stories.share_out(members, stories.regroup(articles))
    founded = {_free_id(connection, group[0]): group for group in sharing.new}
    groups = {**sharing.kept, **founded}
    places = _places(connection, list(articles))
    came = {
        story_id: [each for each in group if places[each] != story_id] for story_id, group in groups.items()
    }
    left = {story_id for story_id in sharing.kept if members[story_id].keys() - set(groups[story_id])}
    forget_utterances(connection, _gone_over(members, sharing, came))
    for story_id, article_ids in came.items():
        _move(connection, story_id, article_ids, before)
    for story_id, survivor_id in sharing.gone.items():
        came[survivor_id] += _merge(connection, story_id, survivor_id, before)
    for story_id, article_ids in came.items():
        if article_ids or story_id in left:
            _renew(connection, story_id, article_ids, is_smaller=story_id in left)
    return {article_id: story_id for story_id, group in groups.items() for article_id in group}


def forget_utterances(connection: Connection, article_ids: Collection[UUID]) -> None:
    """Take quotes out of their utterances: their article goes over to another story."""
    quotes = update(Quote).where(col(Quote.article_id).in_(article_ids))
    connection.execute(quotes.values(utterance_id=None))


def _gone_over(
    members: Mapping[UUID, Vectors], sharing: stories.Sharing, came: Mapping[UUID, Sequence[UUID]]
) -> list[UUID]:
    """Return the articles that leave a story which goes on without them."""
    staying = {article_id for story_id in sharing.kept for article_id in members[story_id]}
    return [
        article_id for article_ids in came.values() for article_id in article_ids if article_id in staying
    ]


def _merge(connection: Connection, story_id: UUID, survivor_id: UUID, before: Before) -> list[UUID]:
    """Let a story go into another, with the articles it still has; return these."""
    rest = list(
        connection.execute(select(col(Article.id)).where(col(Article.story_id) == story_id)).scalars()
    )
    _move(connection, survivor_id, rest, before)
    connection.execute(delete(Story).where(col(Story.id) == story_id))
    _redirect(connection, story_id, survivor_id)
    return rest


def _redirect(connection: Connection, story_id: UUID, survivor_id: UUID) -> None:
    """Let the id of a story that is gone lead to another."""
    merged = MergedStory
    connection.execute(
        update(merged).where(col(merged.survivor_id) == story_id).values(survivor_id=survivor_id)
    )
    connection.execute(insert(merged), [{"story_id": story_id, "survivor_id": survivor_id}])


def _free_id(connection: Connection, article_id: UUID) -> UUID:
    """Return the id of the story an article founds: the first that no story has or had."""
    for number in count():
        story_id = make_id("story", article_id, *([number] if number else []))
        taken = (
            select(column).where(column == story_id) for column in (col(Story.id), col(MergedStory.story_id))
        )
        if not any(connection.execute(statement).first() for statement in taken):
            return story_id
    raise AssertionError


def _renew(connection: Connection, story_id: UUID, came: Collection[UUID], *, is_smaller: bool) -> None:
    """Write a story again after articles came, and others left if it is smaller."""
    _keep(connection, stories.profile_of(story_id, list(load_vectors(connection, story_id).values())))
    if is_smaller:
        renew_links(connection, story_id)
    else:
        add_links(connection, story_id, came)
    summarize(connection, story_id)


def _move(connection: Connection, story_id: UUID, article_ids: Collection[UUID], before: Before) -> None:
    before.note_stories(connection, [story_id])
    before.note_articles(connection, article_ids)
    articles = update(Article).where(col(Article.id).in_(article_ids))
    connection.execute(articles.values(story_id=story_id))


def _places(connection: Connection, article_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    chosen = select(col(Article.id), col(Article.story_id)).where(col(Article.id).in_(article_ids))
    return dict(connection.execute(chosen).all())


def _keep(connection: Connection, profile: Profile) -> None:
    """Write how a story is found and compared, and that there is one."""
    is_here = col(StoryTerms.story_id) == profile.id
    weights = pack(profile.weights)
    if not connection.execute(update(StoryTerms).where(is_here).values(weights=weights)).rowcount:
        newest = select(func.max(col(Article.ordered_at))).where(col(Article.story_id) == profile.id)
        counts = dict.fromkeys(("article_count", "publisher_count", "quote_count"), 0)
        at = connection.execute(newest).scalar_one()
        insert_rows(
            connection, Story, [{"id": profile.id, "ordered_at": at, "headline_reason": "", **counts}]
        )
        insert_rows(connection, StoryTerms, [{"story_id": profile.id, "weights": weights}])
    _keep_keys(connection, profile)


def _keep_keys(connection: Connection, profile: Profile) -> None:
    at = connection.execute(select(col(Story.ordered_at)).where(col(Story.id) == profile.id)).scalar_one()
    is_here = col(StoryKey.story_id) == profile.id
    before = set(connection.execute(select(col(StoryKey.key)).where(is_here)).scalars())
    keys = set(stories.candidate_keys(profile.weights))
    if before - keys:
        connection.execute(delete(StoryKey).where(is_here, col(StoryKey.key).in_(before - keys)))
    rows = [{"story_id": profile.id, "key": key, "ordered_at": at} for key in sorted(keys - before)]
    insert_rows(connection, StoryKey, rows)
