"""Counts of all that a search finds: by kind, publisher, speaker and month.

Counts are of all matches or none at all: where counting takes too long there are no counts, never wrong ones.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from app.db import facets_postgres, facets_sqlite, keyset, search_all
from app.db.facet_counts import Counts
from app.db.queries import ENTITY, PUBLISHER
from app.db.search_all import SearchFilter

FACET_VALUES = 20  # shown of each facet


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of all matches there are of each value, the commonest first; months the latest first."""

    kind: list[tuple[str, int]]
    publisher: list[tuple[Any, int]]
    speaker: list[tuple[Any, int]]
    month: list[tuple[str, int]]
    names: dict[UUID, tuple[str | None, str]]  # slug of a publisher, name


def count_facets(connection: Connection, wanted: SearchFilter) -> Facets | None:
    """Return counts over all matches, or None where counting them takes longer than a query may run.

    After None the connection answers nothing more: Postgres has given up the transaction.
    """
    try:
        return _count(connection, wanted)
    except OperationalError as error:
        if _was_stopped(error):
            return None
        raise


def _count(connection: Connection, wanted: SearchFilter) -> Facets:
    counted = _count_kinds(connection, wanted)
    publishers = _commonest(sum((counts.publisher for counts in counted.values()), Counter()))
    speakers = _commonest(sum((counts.speaker for counts in counted.values()), Counter()))
    months = sum((counts.month for counts in counted.values()), Counter[str]())
    totals = {kind: counts.total for kind, counts in counted.items()}
    if "entity" in search_all.kinds_of(wanted):
        listing = search_all.list_matches(connection, "entity", wanted)
        totals["entity"] = keyset.count(connection, listing)
    return Facets(
        kind=sorted(totals.items()),
        publisher=publishers,
        speaker=speakers,
        month=sorted(months.items(), reverse=True),
        names=_names(connection, [id_ for id_, _ in publishers], [id_ for id_, _ in speakers]),
    )


def _count_kinds(connection: Connection, wanted: SearchFilter) -> dict[str, Counts]:
    """Return the counts of the kinds asked for, but for entities, which have no publisher, speaker or month."""
    kinds = search_all.kinds_of(wanted)
    of_database = facets_sqlite if connection.dialect.name == "sqlite" else facets_postgres
    counted: dict[str, Counts] = {}
    if {"article", "story"} & set(kinds):
        counted["article"], counted["story"] = of_database.count_articles(connection, wanted)
    if "quote" in kinds:
        counted["quote"] = of_database.count_quotes(connection, wanted, FACET_VALUES)
    return {kind: counts for kind, counts in counted.items() if kind in kinds}


def _commonest(counts: Counter[Any]) -> list[tuple[Any, int]]:
    known = [(id_, count) for id_, count in counts.items() if id_ is not None and count]
    return sorted(known, key=lambda pair: (-pair[1], str(pair[0])))[:FACET_VALUES]


def _names(
    connection: Connection, publishers: Sequence[UUID], speakers: Sequence[UUID]
) -> dict[UUID, tuple[str | None, str]]:
    outlets = select(PUBLISHER.c.id, PUBLISHER.c.slug, PUBLISHER.c.name).where(PUBLISHER.c.id.in_(publishers))
    people = select(ENTITY.c.id, ENTITY.c.name).where(ENTITY.c.id.in_(speakers))
    named: dict[UUID, tuple[str | None, str]] = {
        id_: (slug, name) for id_, slug, name in connection.execute(outlets)
    }
    return named | {id_: (None, name) for id_, name in connection.execute(people)}


def _was_stopped(error: OperationalError) -> bool:
    """Whether the query was stopped for its length; what else goes wrong with a database is no answer."""
    return "interrupted" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "57014"
