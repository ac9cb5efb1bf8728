"""The articles of a story as they are compared: with one that comes, and among themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.story_candidates import unpack
from app.db.story_tables import ArticleTerms
from app.db.tables import Article
from app.stories import ArticleVector

NEWEST = 100  # articles of a story that its profile is made of, and that a split looks through: 23 ms


def load_vectors(
    connection: Connection, story_id: UUID, limit: int = NEWEST, *, around: datetime | None = None
) -> dict[UUID, ArticleVector]:
    """Return articles of a story as they were weighed when they came: the newest, or those nearest to a time."""
    at = col(Article.ordered_at)
    chosen = (
        select(col(Article.id), col(ArticleTerms.weights), col(Article.published_at), at)
        .join(ArticleTerms, col(ArticleTerms.article_id) == col(Article.id))
        .where(col(Article.story_id) == story_id)
        .limit(limit)
    )
    until = chosen.order_by(at.desc(), col(Article.id))
    if around is None:
        found = list(connection.execute(until))
    else:
        since = chosen.where(at > around).order_by(at, col(Article.id))
        both = [*connection.execute(until.where(at <= around)), *connection.execute(since)]
        found = sorted(both, key=lambda row: abs(row.ordered_at - around))[:limit]
    return {
        row.id: ArticleVector(
            {term: weight for term, weight in unpack(row.weights).items() if weight}, row.published_at
        )
        for row in found
    }
