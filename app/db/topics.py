"""Topics: what articles are filed under, section, keywords and warnings, and how lists find them.

The date is repeated, so that a list of a much-used keyword is read from the index, newest first, and never sorted.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from app.db.keyset import Reading, Record, is_one_of
from app.db.types import table_of


class ArticleTopic(SQLModel, table=True):
    """A section, keyword or warning of an article, whatever its letters' case."""

    __tablename__ = "article_topic"

    kind: str = Field(primary_key=True)  # section | keyword | warning
    folded: str = Field(primary_key=True)
    ordered_at: datetime = Field(primary_key=True)
    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE", index=True)


TOPIC = table_of(ArticleTopic)
PLACE = (TOPIC.c.ordered_at, TOPIC.c.article_id)  # what a list driven by a topic is sorted by
KINDS = ("keyword", "section", "warning")  # also the filters' names; the rarer first, since it drives


def fold_topic(topic: str) -> str:
    """Return a topic as it is looked up: without regard to case and spacing."""
    return " ".join(topic.casefold().split())


def drive(reading: Reading, article_id: ColumnElement[UUID], kind: str) -> Reading:
    """Return the same list, less the articles without a topic, read from the topic's index."""
    reading = reading.join(TOPIC, TOPIC.c.article_id == article_id)
    return reading.where(TOPIC.c.kind == kind, is_one_of(TOPIC.c.folded, kind, 1))


def has_topics(
    article_id: ColumnElement[UUID], given: Mapping[str, int], *, without: str | None
) -> list[ColumnElement[bool]]:
    """Return the conditions that an article has one of the topics of each kind but one, by how many are given."""
    kinds = [kind for kind in KINDS if kind in given and kind != without]
    return [article_id.in_(_articles_with(kind, given[kind])) for kind in kinds]


def count_warnings(connection: Connection) -> list[Record]:
    """Return how many articles bear each warning: linear in those that do, from the table's own key."""
    warned = select(TOPIC.c.folded.label("warning"), func.count().label("article_count"))
    rows = connection.execute(warned.where(TOPIC.c.kind == "warning").group_by(TOPIC.c.folded)).mappings()
    return [dict(row) for row in rows]


def _articles_with(kind: str, count: int) -> Select[tuple[UUID]]:
    return select(TOPIC.c.article_id).where(TOPIC.c.kind == kind, is_one_of(TOPIC.c.folded, kind, count))
