"""Which outlets and entities a story has, kept beside it so that lists of stories find them in order.

All of it follows from the articles of a story. What is added is added row by row, so that an article that comes costs
what it brings and not what the story has already; where something goes, a story's rows are made again.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.story_tables import EntityOfStory, PublisherOfStory
from app.db.tables import Article, ArticleEntity
from app.db.types import table_of

ARTICLE, LINK = table_of(Article).c, table_of(ArticleEntity).c


def add_links(connection: Connection, story_id: UUID, article_ids: Collection[UUID]) -> None:
    """Add what articles that came to a story bring."""
    _add(connection, story_id, ARTICLE.id.in_(article_ids), LINK.article_id.in_(article_ids))


def renew_links(connection: Connection, story_id: UUID) -> None:
    """Make the links of a story again, after something of its articles went. Linear in its articles."""
    for table in (PublisherOfStory, EntityOfStory):
        connection.execute(delete(table).where(col(table.story_id) == story_id))
    of_story = ARTICLE.story_id == story_id
    _add(connection, story_id, of_story, LINK.article_id.in_(select(ARTICLE.id).where(of_story)))


def _add(
    connection: Connection, story_id: UUID, articles: ColumnElement[bool], links: ColumnElement[bool]
) -> None:
    story = literal(story_id, ARTICLE.story_id.type)
    printed = (
        select(story, ARTICLE.publisher_id, func.max(ARTICLE.ordered_at))
        .where(articles, ARTICLE.publisher_id.is_not(None))
        .group_by(ARTICLE.publisher_id)
    )
    _upsert(connection, PublisherOfStory, printed)
    said_at = case((LINK.quote_count > 0, LINK.ordered_at))
    told = select(story, LINK.entity_id, func.max(LINK.ordered_at), func.max(said_at))
    _upsert(connection, EntityOfStory, told.where(links).group_by(LINK.entity_id))


def _upsert(
    connection: Connection, table: type[PublisherOfStory] | type[EntityOfStory], rows: Select[Any]
) -> None:
    """Write these rows; of times that are there already the newer stays."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    columns = table_of(table).columns
    insert = dialect.insert(table).from_select(list(columns.keys()), rows)
    times = [column for column in columns if column.name.endswith("_at")]
    newer = {
        time.name: case(
            (or_(time.is_(None), insert.excluded[time.name] > time), insert.excluded[time.name]), else_=time
        )
        for time in times
    }
    key = list(table_of(table).primary_key.columns.keys())
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_=newer))
