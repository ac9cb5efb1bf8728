"""Counts of all that a search finds: by kind, publisher, speaker and month.

Counts are of all matches or none at all: where counting takes too long there are no counts, never wrong ones.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, Text, func, literal, literal_column, select, union_all
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from app.db import keyset, search_all
from app.db.engine import reading
from app.db.keyset import Listing
from app.db.queries import ARTICLE, ENTITY, PUBLISHER, QUOTE
from app.db.search_all import HitKind, SearchFilter

FACET_VALUES = 20  # shown of each facet
NAMES = ("kind", "publisher", "speaker", "month")

type Counted = tuple[str, str, Any, int]  # kind, facet, value, count


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
    kinds = search_all.kinds_of(wanted)
    counts["kind"].update(dict.fromkeys(kinds, 0))
    for kind, count_them in _COUNTED.items():
        if kind in kinds or (kind == "article" and "story" in kinds):
            listing = search_all.list_matches(connection, kind, wanted)
            for of, name, value, count in count_them(connection, listing):
                if of in kinds:
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
    """Count articles and their stories, reading the articles once.

    A story is of the month of the newest of them, and of each of their publishers.
    """
    article = ARTICLE.c
    month = _month(connection, article.ordered_at).label("month")
    found = _choose(listing, article.publisher_id, month, article.story_id).cte("found").c
    in_story = found.story_id.is_not(None)
    newest = select(func.max(found.month).label("month")).where(in_story).group_by(found.story_id).subquery()
    nobody, never = literal(None, article.publisher_id.type), literal(None, Text)
    counted = union_all(
        select(literal("article"), found.publisher_id, found.month, func.count()).group_by(
            found.publisher_id, found.month
        ),
        select(literal("story"), nobody, newest.c.month, func.count()).group_by(newest.c.month),
        select(literal("outlet"), found.publisher_id, never, func.count(found.story_id.distinct()))
        .where(in_story)
        .group_by(found.publisher_id),
    )
    for of, publisher_id, at, count in connection.execute(counted, listing.values):
        if of == "outlet":
            yield "story", "publisher", publisher_id, count
            continue
        yield from ((of, "kind", of, count), (of, "month", at, count))
        if of == "article":
            yield of, "publisher", publisher_id, count


def _count_quotes(connection: Connection, listing: Listing) -> Iterator[Counted]:
    quote = QUOTE.c
    grouped = (quote.publisher_id, _month(connection, quote.ordered_at), quote.speaker_id)
    # By position: repeated with other parameter names, Postgres takes an expression for another one
    places: list[ColumnElement[Any]] = [literal_column(str(at)) for at, _ in enumerate(grouped, start=1)]
    counted = _choose(listing, *grouped, func.count()).group_by(*places)
    for publisher_id, month, speaker_id, count in connection.execute(counted, listing.values):
        yield from (("quote", "kind", "quote", count), ("quote", "publisher", publisher_id, count))
        yield from (("quote", "month", month, count), ("quote", "speaker", speaker_id, count))


def _count_entities(connection: Connection, listing: Listing) -> Iterator[Counted]:
    yield "entity", "kind", "entity", keyset.count(connection, listing)


_COUNTED: dict[HitKind, Callable[[Connection, Listing], Iterator[Counted]]] = {
    "article": _count_articles,
    "quote": _count_quotes,
    "entity": _count_entities,
}


def _choose(listing: Listing, *columns: ColumnElement[Any]) -> Select[Any]:
    """Return the rows of a list with other columns."""
    return listing.statement.reading.statement.with_only_columns(*columns, maintain_column_froms=True)


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
