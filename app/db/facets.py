"""Counts of all that a search finds: by kind, publisher, speaker and month.

Counts are of all matches or none at all: where counting takes too long there are no counts, never wrong ones.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, func, literal_column, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from app.db import keyset, search_all
from app.db.engine import reading
from app.db.keyset import Listing
from app.db.queries import ARTICLE, ENTITY, PUBLISHER, QUOTE
from app.db.search_all import SearchFilter

FACET_VALUES = 20  # shown of each facet
NAMES = ("kind", "publisher", "speaker", "month")

type Counted = tuple[str, Any, int]  # facet, value, count


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of all matches there are of each value, the commonest first; months the latest first."""

    kind: list[tuple[str, int]]
    publisher: list[tuple[Any, int]]
    speaker: list[tuple[Any, int]]
    month: list[tuple[str, int]]
    names: dict[UUID, tuple[str | None, str]]  # slug of a publisher, name


def count_facets(engine: Engine, wanted: SearchFilter) -> Facets | None:
    """Return counts over all matches, or None where counting them takes longer than a query may run."""
    try:
        with reading(engine) as connection:
            return _count(connection, wanted)
    except OperationalError as error:
        if _was_stopped(error):
            return None
        raise


def _count(connection: Connection, wanted: SearchFilter) -> Facets:
    counts: dict[str, Counter[Any]] = {name: Counter() for name in NAMES}
    for kind in search_all.kinds_of(wanted):
        counts["kind"][kind] = 0
        listing = search_all.list_matches(connection, kind, wanted)
        for name, value, count in _COUNTED[kind](connection, listing):
            counts[name][value] += count
    publishers, speakers = (_commonest(counts[name]) for name in ("publisher", "speaker"))
    return Facets(
        kind=sorted(counts["kind"].items()),
        publisher=publishers,
        speaker=speakers,
        month=sorted(counts["month"].items(), reverse=True),
        names=_names(connection, [id_ for id_, _ in publishers], [id_ for id_, _ in speakers]),
    )


def _count_articles(connection: Connection, listing: Listing) -> Iterator[Counted]:
    grouped = [ARTICLE.c.publisher_id, _month(connection, ARTICLE.c.ordered_at)]
    for publisher_id, month, count in _group(connection, listing, grouped, func.count()):
        yield from (("kind", "article", count), ("publisher", publisher_id, count), ("month", month, count))


def _count_quotes(connection: Connection, listing: Listing) -> Iterator[Counted]:
    quote = QUOTE.c
    grouped = [quote.publisher_id, _month(connection, quote.ordered_at), quote.speaker_id]
    for publisher_id, month, speaker_id, count in _group(connection, listing, grouped, func.count()):
        yield from (("kind", "quote", count), ("publisher", publisher_id, count))
        yield from (("month", month, count), ("speaker", speaker_id, count))


def _count_entities(connection: Connection, listing: Listing) -> Iterator[Counted]:
    yield "kind", "entity", keyset.count(connection, listing)


def _count_stories(connection: Connection, listing: Listing) -> Iterator[Counted]:
    """Count the stories of the articles listed: in the month of the newest of them, for each of their publishers."""
    article = ARTICLE.c
    newest = _grouped(listing, [article.story_id], func.max(article.ordered_at).label("newest_at"))
    found = newest.where(article.story_id.is_not(None)).subquery()
    by_month = select(_month(connection, found.c.newest_at), func.count()).group_by(literal_column("1"))
    for month, count in connection.execute(by_month, listing.values):
        yield from (("kind", "story", count), ("month", month, count))
    stories = func.count(article.story_id.distinct())
    for publisher_id, count in _group(connection, listing, [article.publisher_id], stories):
        yield "publisher", publisher_id, count


_COUNTED = {
    "article": _count_articles,
    "quote": _count_quotes,
    "entity": _count_entities,
    "story": _count_stories,
}


def _group(
    connection: Connection, listing: Listing, by: Sequence[ColumnElement[Any]], counted: ColumnElement[Any]
) -> Sequence[Any]:
    return connection.execute(_grouped(listing, by, counted), listing.values).all()


def _grouped(listing: Listing, by: Sequence[ColumnElement[Any]], counted: ColumnElement[Any]) -> Select[Any]:
    rows = listing.statement.reading.statement
    chosen = rows.with_only_columns(*by, counted, maintain_column_froms=True)
    # By position: repeated with other parameter names, Postgres takes an expression for another one
    return chosen.group_by(*(literal_column(str(number)) for number in range(1, len(by) + 1)))


def _month(connection: Connection, at: ColumnElement[Any]) -> ColumnElement[Any]:
    is_sqlite = connection.dialect.name == "sqlite"
    return func.substr(at, 1, 7) if is_sqlite else func.to_char(at, "YYYY-MM")


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
