"""What both databases' ways of counting a search's matches share: the counts, and the articles that quote someone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from app.db.lookups import find_speakers
from app.db.queries import QUOTE


@dataclass(frozen=True, slots=True)
class Counts:
    """How many matches of one kind there are of each publisher, speaker and month (2026-11); None is nobody."""

    publisher: Counter[UUID | None] = field(default_factory=Counter)
    speaker: Counter[UUID | None] = field(default_factory=Counter)
    month: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many there are: each is of one month."""
        return self.month.total()


def name_month(months: int) -> str:
    """Return a month as it is shown, from the months since the year 0.

    >>> name_month(2026 * 12 + 10)
    '2026-11'
    """
    return f"{months // 12:04}-{months % 12 + 1:02}"


def quoting(connection: Connection, speakers: Sequence[str]) -> Select[Any]:
    """Return the ids of the articles that quote one of these: entity ids or names."""
    said = QUOTE.c.speaker_id.in_(find_speakers(connection, speakers))
    return select(QUOTE.c.article_id).where(said)
