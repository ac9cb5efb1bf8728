"""One search over articles, quotes, entities and stories: hits in one ranked order.

The newest matches of each kind are ranked, not all: `Ranked` says among how many, and whether that was all of them.
A story matches by an article of it that does, so stories are those of the articles ranked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from app.db import keyset, queries, ranking, story_queries
from app.db.keyset import Listing, Record
from app.db.queries import ARTICLE, ArticleFilter, EntityFilter, QuoteFilter
from app.db.ranking import Pattern
from app.db.search import Query, parse

HitKind = Literal["article", "quote", "entity", "story"]
Range = tuple[int, int]

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
    """A row that matches, how well, and where the words stand, by field; an article with an excerpt of its text.

    article_id: of a story, the article that matches best; words and excerpt of the text are that one's.
    """

    kind: HitKind
    row: Record
    score: float
    highlights: dict[str, list[Range]]
    excerpt: tuple[Range, str] | None = None
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Among how many of the newest matches of a kind hits were ranked, and whether there were no more."""

    kind: HitKind
    among: int
    is_complete: bool


def find_hits(connection: Connection, wanted: SearchFilter, limit: int) -> tuple[list[Hit], list[Ranked]]:
    """Return the best matches of all kinds, and among how many they were chosen."""
    query = parse(wanted.q)
    pattern = ranking.compile_query(query)
    kinds = kinds_of(wanted)
    found: dict[HitKind, tuple[list[Hit], bool]] = {}
    for kind, target in _TARGETS.items():
        if kind in kinds or (kind == "article" and "story" in kinds):
            listing = list_matches(connection, kind, wanted, pages=True)
            rows = keyset.page(connection, listing, target.most + 1, None)
            best = target.rank(connection, rows[: target.most], query, pattern)
            found[kind] = (best, len(rows) <= target.most)
    if "story" in kinds:
        articles, is_complete = found["article"]
        found["story"] = (_rank_stories(connection, articles, pattern), is_complete)
    hits = [hit for kind in kinds for hit in found[kind][0]]
    ranked = [Ranked(kind, len(found[kind][0]), found[kind][1]) for kind in kinds]
    hits.sort(key=lambda hit: (-hit.score, hit.kind, str(hit.row["id"])))
    return hits[:limit], ranked


def kinds_of(wanted: SearchFilter) -> list[HitKind]:
    """Return the kinds that can match: an entity is in no publisher and said by nobody, and has a name."""
    asked = [kind for kind in get_args(HitKind) if not wanted.kind or kind in wanted.kind]
    has_no_entities = wanted.publisher or wanted.speaker or ranking.plain_words(parse(wanted.q)) is None
    return [kind for kind in asked if not (kind == "entity" and has_no_entities)]


def list_matches(
    connection: Connection, kind: HitKind, wanted: SearchFilter, *, pages: bool = False
) -> Listing:
    """Return the list of a kind's matches; for stories, the list of their articles. pages: no count is wanted."""
    target = _TARGETS["article" if kind == "story" else kind]
    return target.find(connection, wanted, pages=pages)


# --- what is searched -----------------------------------------------------------------------------


def _list_articles(connection: Connection, wanted: SearchFilter, *, pages: bool) -> Listing:
    chosen = ArticleFilter(q=wanted.q, publisher=wanted.publisher, speaker=wanted.speaker)
    return queries.list_articles(connection, chosen, pages=pages)


def _list_quotes(connection: Connection, wanted: SearchFilter, *, pages: bool) -> Listing:
    chosen = QuoteFilter(q=wanted.q, publisher=wanted.publisher, speaker=wanted.speaker)
    return queries.list_quotes(connection, chosen, pages=pages)


def _list_entities(connection: Connection, wanted: SearchFilter, *, pages: bool) -> Listing:  # noqa: ARG001 - as the others
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


def _rank_stories(connection: Connection, articles: Sequence[Hit], pattern: Pattern) -> list[Hit]:
    """Return the stories of articles that match: each as its best article, less the fewer of it there are.

    So a story of one comes after its article, which says as much.
    """
    of_story: dict[str, list[Hit]] = {}
    for hit in sorted(articles, key=lambda hit: (-hit.score, str(hit.row["id"]))):
        if hit.row["story_id"] is not None:
            of_story.setdefault(str(hit.row["story_id"]), []).append(hit)
    hits = []
    for row in story_queries.load_stories(connection, list(of_story)):
        best, *others = of_story[str(row["id"])]
        share = (1 + len(others)) / (2 + len(others))  # a guess of 2026-11-22
        highlights = {
            "headline": ranking.find_words(pattern, row["headline"] or ""),
            "text": best.highlights["text"],
        }
        article_id = str(best.row["id"])
        hits.append(Hit("story", row, share * best.score, highlights, best.excerpt, article_id))
    return hits


@dataclass(frozen=True, slots=True)
class _Target:
    """A kind of hit: its list, how many of its newest are ranked, and how."""

    find: Callable[
        ..., Listing
    ]  # of connection, filter, and `pages`: whether only pages are wanted, no count
    most: int
    rank: Callable[[Connection, Sequence[Record], Query, Pattern], list[Hit]]


# Stories are those of the articles. Entities are the most mentioned, as many as can be meant by what was typed.
_TARGETS: dict[HitKind, _Target] = {
    "article": _Target(_list_articles, 100, _rank_articles),
    "quote": _Target(_list_quotes, 500, _rank_quotes),
    "entity": _Target(_list_entities, 20, _rank_entities),
}


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
