"""One search over articles, quotes and entities: hits in one ranked order, and counts of all matches.

The newest matches of each kind are ranked, not all: `Ranked` says among how many, and whether that was all of them.
Counts are of all matches or none at all: where counting takes too long there are no counts, never wrong ones.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Engine, func, literal_column, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from app.db import keyset, queries, ranking
from app.db.engine import reading
from app.db.keyset import Listing, Record
from app.db.queries import ARTICLE, PUBLISHER, QUOTE, ArticleFilter, EntityFilter, QuoteFilter
from app.db.ranking import Pattern
from app.db.search import Query, parse

HitKind = Literal["article", "quote", "entity"]
Range = tuple[int, int]

FACET_VALUES = 20  # shown of each facet
EXCERPT_BEFORE, EXCERPT_LENGTH = 80, 240  # code points
EXACT_NAME, BEGUN_NAME = (
    1.0,
    0.6,
)  # a guess of 2026-11-22: whoever types a whole name wants the one who bears it


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What to look for, and in what. Several values of one filter are alternatives."""

    q: str
    kind: Sequence[HitKind] = ()
    publisher: Sequence[str] = ()  # id or slug
    speaker: Sequence[str] = ()  # entity id or name


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that matches, how well, and where the words stand, by field; an article with an excerpt of its text."""

    kind: HitKind
    row: Record
    score: float
    highlights: dict[str, list[Range]]
    excerpt: tuple[Range, str] | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Among how many of the newest matches of a kind hits were ranked, and whether there were no more."""

    kind: HitKind
    among: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of all matches there are of each value, the commonest first; months the latest first."""

    kind: list[tuple[str, int]]
    publisher: list[tuple[Any, int]]
    speaker: list[tuple[Any, int]]
    month: list[tuple[str, int]]
    names: dict[UUID, tuple[str | None, str]]  # slug of a publisher, name


def find_hits(connection: Connection, wanted: SearchFilter, limit: int) -> tuple[list[Hit], list[Ranked]]:
    """Return the best matches of all kinds, and among how many they were chosen."""
    query = parse(wanted.q)
    pattern = ranking.compile_query(query)
    hits: list[Hit] = []
    ranked = []
    for kind in _kinds(wanted, query):
        target = _TARGETS[kind]
        rows = keyset.page(connection, target.find(connection, wanted), target.most + 1, None)
        found = rows[: target.most]
        hits += target.rank(connection, found, query, pattern)
        ranked.append(Ranked(kind, len(found), len(rows) <= target.most))
    hits.sort(key=lambda hit: (-hit.score, hit.kind, str(hit.row["id"])))
    return hits[:limit], ranked


def count_facets(engine: Engine, wanted: SearchFilter) -> Facets | None:
    """Return counts over all matches, or None where counting them takes longer than a query may run."""
    try:
        with reading(engine) as connection:
            return _count(connection, wanted)
    except OperationalError as error:
        if _was_stopped(error):
            return None
        raise


# --- what is searched -----------------------------------------------------------------------------


def _list_articles(connection: Connection, wanted: SearchFilter) -> Listing:
    chosen = ArticleFilter(q=wanted.q, publisher=wanted.publisher, speaker=wanted.speaker)
    return queries.list_articles(connection, chosen)


def _list_quotes(connection: Connection, wanted: SearchFilter) -> Listing:
    chosen = QuoteFilter(q=wanted.q, publisher=wanted.publisher, speaker=wanted.speaker)
    return queries.list_quotes(connection, chosen)


def _list_entities(connection: Connection, wanted: SearchFilter) -> Listing:
    name = ranking.plain_words(parse(wanted.q))
    return queries.list_entities(connection, EntityFilter(q=name, sort="-mention_count"))


def _rank_articles(
    connection: Connection, rows: Sequence[Record], _query: Query, pattern: Pattern
) -> list[Hit]:
    texts = _texts_of(connection, rows)
    mean = _mean(list(map(len, texts.values())))
    hits = []
    for row, weight in zip(rows, _weights(rows), strict=True):
        text, headline = texts[str(row["id"])], row["headline"] or ""
        share = ranking.HEADLINE_SHARE
        in_text, in_headline = (
            ranking.score_text(pattern, text, mean),
            ranking.score_headline(pattern, headline),
        )
        score = weight * ((1 - share) * in_text + share * in_headline)
        found = ranking.find_words(pattern, text)
        highlights = {"headline": ranking.find_words(pattern, headline), "text": found}
        hits.append(Hit("article", row, score, highlights, _excerpt(text, found)))
    return hits


def _rank_quotes(
    _connection: Connection, rows: Sequence[Record], _query: Query, pattern: Pattern
) -> list[Hit]:
    mean = _mean([len(row["text"]) for row in rows])
    return [
        Hit(
            "quote",
            row,
            weight * ranking.score_text(pattern, row["text"], mean),
            {"text": ranking.find_words(pattern, row["text"])},
        )
        for row, weight in zip(rows, _weights(rows), strict=True)
    ]


def _rank_entities(
    _connection: Connection, rows: Sequence[Record], query: Query, pattern: Pattern
) -> list[Hit]:
    name = ranking.plain_words(query)
    most = max((row["mention_count"] for row in rows), default=0)
    return [
        Hit(
            "entity",
            row,
            (EXACT_NAME if row["name"].casefold() == name else BEGUN_NAME)
            * (0.9 + 0.1 * row["mention_count"] / max(most, 1)),
            {"name": ranking.find_words(pattern, row["name"])},
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Target:
    """A kind of hit: its list, how many of its newest are ranked, and how."""

    find: Callable[[Connection, SearchFilter], Listing]
    most: int
    rank: Callable[[Connection, Sequence[Record], Query, Pattern], list[Hit]]


# Stories come in as one more line. Entities are the most mentioned, as many as can be meant by what was typed.
_TARGETS: dict[HitKind, _Target] = {
    "article": _Target(_list_articles, 100, _rank_articles),
    "quote": _Target(_list_quotes, 500, _rank_quotes),
    "entity": _Target(_list_entities, 20, _rank_entities),
}


def _kinds(wanted: SearchFilter, query: Query) -> list[HitKind]:
    """Return the kinds that can match: an entity is in no publisher and said by nobody, and has a name."""
    asked = [kind for kind in _TARGETS if not wanted.kind or kind in wanted.kind]
    has_no_entities = wanted.publisher or wanted.speaker or ranking.plain_words(query) is None
    return [kind for kind in asked if not (kind == "entity" and has_no_entities)]


# --- ranking --------------------------------------------------------------------------------------


def _texts_of(connection: Connection, rows: Sequence[Record]) -> dict[str, str]:
    ids = [UUID(str(row["id"])) for row in rows]
    found = connection.execute(select(ARTICLE.c.id, ARTICLE.c.text).where(ARTICLE.c.id.in_(ids)))
    return {str(id_): text for id_, text in found}


def _weights(rows: Sequence[Record]) -> list[float]:
    times = [_time(row["place_at"]) for row in rows]
    return [ranking.age_weight(at, times[0]) for at in times]


def _time(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _mean(lengths: Sequence[int]) -> float:
    return sum(lengths) / len(lengths) if lengths else 0.0


def _excerpt(text: str, found: Sequence[Range]) -> tuple[Range, str]:
    start = max(found[0][0] - EXCERPT_BEFORE, 0) if found else 0
    end = min(start + EXCERPT_LENGTH, len(text))
    return (start, end), text[start:end]


# --- counting -------------------------------------------------------------------------------------


def _count(connection: Connection, wanted: SearchFilter) -> Facets:
    counts: dict[str, Counter[Any]] = {name: Counter() for name in ("kind", "publisher", "speaker", "month")}
    for kind in _kinds(wanted, parse(wanted.q)):
        listing = _TARGETS[kind].find(connection, wanted)
        if kind == "entity":
            counts["kind"][kind] = keyset.count(connection, listing)
            continue
        counts["kind"][kind] = 0
        for publisher_id, month, *speakers, count in _grouped(connection, kind, listing):
            counts["kind"][kind] += count
            counts["month"][month] += count
            counts["publisher"][publisher_id] += count
            for speaker_id in speakers:
                counts["speaker"][speaker_id] += count
    publishers, speakers = (_commonest(counts[name]) for name in ("publisher", "speaker"))
    return Facets(
        kind=sorted(counts["kind"].items()),
        publisher=publishers,
        speaker=speakers,
        month=sorted(counts["month"].items(), reverse=True),
        names=_names(connection, [id_ for id_, _ in publishers], [id_ for id_, _ in speakers]),
    )


def _grouped(connection: Connection, kind: HitKind, listing: Listing) -> Sequence[Any]:
    table = ARTICLE if kind == "article" else QUOTE
    is_sqlite = connection.dialect.name == "sqlite"
    at = table.c.ordered_at
    month = func.substr(at, 1, 7) if is_sqlite else func.to_char(at, "YYYY-MM")
    columns = [table.c.publisher_id, month, *([QUOTE.c.speaker_id] if kind == "quote" else [])]
    statement = listing.statement.reading.statement.with_only_columns(
        *columns, func.count(), maintain_column_froms=True
    )
    # By position: repeated with other parameter names, Postgres takes an expression for another one
    return connection.execute(
        statement.group_by(*map(literal_column, _POSITIONS[: len(columns)])), listing.values
    ).all()


_POSITIONS = ("1", "2", "3")


def _commonest(counts: Counter[Any]) -> list[tuple[Any, int]]:
    known = [(id_, count) for id_, count in counts.items() if id_ is not None]
    return sorted(known, key=lambda pair: (-pair[1], str(pair[0])))[:FACET_VALUES]


def _names(
    connection: Connection, publishers: Sequence[UUID], speakers: Sequence[UUID]
) -> dict[UUID, tuple[str | None, str]]:
    outlets = select(PUBLISHER.c.id, PUBLISHER.c.slug, PUBLISHER.c.name).where(PUBLISHER.c.id.in_(publishers))
    entity = queries.ENTITY.c
    people = select(entity.id, entity.name).where(entity.id.in_(speakers))
    named: dict[UUID, tuple[str | None, str]] = {
        id_: (slug, name) for id_, slug, name in connection.execute(outlets)
    }
    return named | {id_: (None, name) for id_, name in connection.execute(people)}


def _was_stopped(error: OperationalError) -> bool:
    """Whether the query was stopped for its length; what else goes wrong with a database is no answer."""
    return "interrupted" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "57014"
