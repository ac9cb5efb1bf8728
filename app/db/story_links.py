"""Which outlets and entities a story has, kept beside it so that lists of stories find them in order.

All of it follows from the articles of a story. What is added is added row by row, so that an article that comes costs
what it brings and not what the story has already; where something goes, a story's rows are made again.
"""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Select, bindparam, case, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.keyset import slot
from app.db.story_tables import EntityOfStory, PublisherOfStory
from app.db.tables import Article, ArticleEntity
from app.db.types import table_of

ARTICLE, LINK = table_of(Article).c, table_of(ArticleEntity).c


def add_links(connection: Connection, story_id: UUID, article_ids: Collection[UUID]) -> None:
    """Add what articles that came to a story bring."""
    for statement in _additions(connection.dialect.name, is_whole=False):
        connection.execute(statement, {"story": story_id, "articles": list(article_ids)})


def renew_links(connection: Connection, story_id: UUID) -> None:
    """Make the links of a story again, after something of its articles went. Linear in its articles."""
    for table in (PublisherOfStory, EntityOfStory):
        connection.execute(delete(table).where(col(table.story_id) == story_id))
    for statement in _additions(connection.dialect.name, is_whole=True):
        connection.execute(statement, {"story": story_id})


@cache
def _additions(dialect: str, *, is_whole: bool) -> tuple[Insert, Insert]:
    """Return what adds the links of a story's articles: of all of them, or of those in the slot `articles`.

    Made once: it costs more than running them.
    """
    story = slot("story", ARTICLE.story_id.type)
    given = bindparam("articles", type_=ARTICLE.id.type, expanding=True)
    articles = ARTICLE.story_id == story if is_whole else ARTICLE.id.in_(given)
    links = LINK.article_id.in_(select(ARTICLE.id).where(articles) if is_whole else given)
    printed = (
        select(story, ARTICLE.publisher_id, func.max(ARTICLE.ordered_at))
        .where(articles, ARTICLE.publisher_id.is_not(None))
        .group_by(ARTICLE.publisher_id)
    )
    said_at = case((LINK.quote_count > 0, LINK.ordered_at))
    told = select(story, LINK.entity_id, func.max(LINK.ordered_at), func.max(said_at))
    return (
        _upsert(dialect, PublisherOfStory, printed),
        _upsert(dialect, EntityOfStory, told.where(links).group_by(LINK.entity_id)),
    )


def _upsert(dialect: str, table: type[PublisherOfStory] | type[EntityOfStory], rows: Select[Any]) -> Insert:
    """Return what writes these rows; of times that are there already the newer stays."""
    columns = table_of(table).columns
    of_dialect: Any = postgresql if dialect == "postgresql" else sqlite
    insert = of_dialect.insert(table).from_select(list(columns.keys()), rows)
    newer = {
        at.name: case((or_(at.is_(None), insert.excluded[at.name] > at), insert.excluded[at.name]), else_=at)
        for at in columns
        if at.name.endswith("_at")
    }
    key = list(table_of(table).primary_key.columns.keys())
    upsert: Insert = insert.on_conflict_do_update(index_elements=key, set_=newer)
    return upsert
