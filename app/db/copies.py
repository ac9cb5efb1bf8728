"""Copies: the tables that find and hold them, and how lists leave them out.

Copies are found by key: whatever shares a key is looked at more closely, the nearest in time first, so that finding
them takes as long with a million articles as with a thousand.
"""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, CompoundSelect, exists, select, union_all
from sqlmodel import Field, SQLModel

from app.db.keyset import slot
from app.db.types import table_of

NEAREST = 8  # articles with a key that are looked at, before and after in time


class ArticleBand(SQLModel, table=True):
    """A key an article shares with texts like it."""

    __tablename__ = "article_band"

    band: int = Field(primary_key=True, sa_type=BigInteger)
    ordered_at: datetime = Field(primary_key=True)
    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE", index=True)


class ArticleCopy(SQLModel, table=True):
    """That an article is a copy: the original is the earliest published that it is like."""

    __tablename__ = "article_copy"

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    original_id: UUID = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    similarity: float  # shared of all runs of five words


BAND = table_of(ArticleBand)
COPY = table_of(ArticleCopy)
COPY_COLUMNS = (COPY.c.original_id.label("copy_of_id"), COPY.c.similarity.label("copy_similarity"))


def is_no_copy(article_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that an article is no copy of another."""
    copy = COPY.alias("link")  # lists of articles join the table itself
    return ~exists().where(copy.c.article_id == article_id)


@cache
def nearest_with_bands(band_count: int) -> CompoundSelect[Any]:
    """Return what reads the articles with any of `band_count` keys, once for each: the nearest in time of each key.

    Slots: `band_0`, `band_1` and so on, `ordered_at`, and `article_id`, which is left out.
    """
    at = slot("ordered_at", BAND.c.ordered_at.type)
    own = slot("article_id", BAND.c.article_id.type)
    parts = []
    for number in range(band_count):
        has_band = BAND.c.band == slot(f"band_{number}", BigInteger())
        for side, order in (
            (BAND.c.ordered_at <= at, BAND.c.ordered_at.desc()),
            (BAND.c.ordered_at > at, BAND.c.ordered_at.asc()),
        ):
            rows = select(BAND.c.article_id).where(has_band, side, BAND.c.article_id != own)
            parts.append(select(rows.order_by(order).limit(NEAREST).subquery().c.article_id))
    return union_all(*parts)
