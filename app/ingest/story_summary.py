"""What a story says of its articles: dates, counts and headline, brought up to date when they change."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app import stories
from app.db.story_links import renew_links
from app.db.story_tables import Story, StoryKey
from app.db.tables import Article
from app.db.types import table_of
from app.ingest.utterances import mark_stale
from app.stories import StoryArticle

HEADLINES = 50  # articles a story's headline is chosen from, the earliest
OPENING = 200  # characters of a text that choosing a headline looks at


def summarize(connection: Connection, story_id: UUID) -> None:
    """Bring what a story says of its articles (dates, counts, headline) up to date; ask for its utterances."""
    article = table_of(Article).c
    at = article.published_at
    counted = select(
        func.count().label("article_count"),
        func.count(article.publisher_id.distinct()).label("publisher_count"),
        func.coalesce(func.sum(article.quote_count), 0).label("quote_count"),
        func.min(at).label("first_published_at"),
        func.max(at).label("last_published_at"),
        func.max(article.ordered_at).label("ordered_at"),
    ).where(article.story_id == story_id)
    summary = dict(connection.execute(counted).mappings().one())
    headline = stories.choose_headline(_earliest(connection, story_id))
    summary |= {
        "headline": headline.text,
        "headline_article_id": headline.article_id,
        "headline_reason": headline.reason,
    }
    connection.execute(update(Story).where(col(Story.id) == story_id).values(summary))
    connection.execute(
        update(StoryKey)
        .where(col(StoryKey.story_id) == story_id, col(StoryKey.ordered_at) != summary["ordered_at"])
        .values(ordered_at=summary["ordered_at"])
    )
    mark_stale(connection, [story_id])


def summarize_of(connection: Connection, article_ids: Collection[UUID]) -> None:
    """Do so for the stories of these articles: a correction has changed what is served of them."""
    chosen = select(col(Article.story_id)).where(col(Article.id).in_(article_ids))
    for story_id in {id_ for id_ in connection.execute(chosen).scalars() if id_}:
        renew_links(connection, story_id)
        summarize(connection, story_id)


def _earliest(connection: Connection, story_id: UUID) -> list[StoryArticle]:
    opening = func.substr(col(Article.text), 1, OPENING)
    chosen = (
        select(col(Article.id), col(Article.headline), col(Article.published_at), opening)
        .where(col(Article.story_id) == story_id)
        .order_by(col(Article.ordered_at), col(Article.id))
        .limit(HEADLINES)
    )
    return [
        StoryArticle(id=id_, publisher=None, text=opening, headline=headline, published_at=at)
        for id_, headline, at, opening in connection.execute(chosen)
    ]
