"""Looking up what assignment needs: stories that share telling terms with an article, and how common terms are.

The cost of a look-up does not grow with the number of stories: of each term it takes the newest `CROWD`.
"""

import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import JSON, Select, Text, cast, delete, func, literal, select, true, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.keyset import slot
from app.db.story_tables import Story, StoryKey, StoryTerms, TermFrequency
from app.db.types import table_of
from app.stories import Frequencies, Profile

CROWD = 64  # stories looked at under one term; guess, 2026-11-22
CANDIDATES = (
    20  # stories compared with an article, those sharing most terms; ECB+ dev scores the same with 10
)
ALL_ARTICLES = ""  # the term that every article has


def find_nearby(connection: Connection, keys: Collection[str]) -> list[Profile]:
    """Return the stories found under most of these terms."""
    if not keys:
        return []
    slots = {f"key_{at}": key for at, key in enumerate(keys)}
    return load_profiles(connection, list(connection.execute(_find(len(keys)), slots).scalars()))


def load_profiles(connection: Connection, story_ids: Collection[UUID]) -> list[Profile]:
    """Return stories as assignment sees them."""
    names = ("id", "article_count", "first_published_at", "last_published_at")
    columns = [*(getattr(Story, name) for name in names), StoryTerms.weights]
    chosen = (
        select(*columns)
        .join(StoryTerms, col(StoryTerms.story_id) == col(Story.id))
        .where(col(Story.id).in_(story_ids))
    )
    return [
        Profile(id_, count, unpack(weights), first_at, last_at)
        for id_, count, first_at, last_at, weights in connection.execute(chosen)
    ]


def load_frequencies(connection: Connection, terms: Collection[str]) -> Frequencies:
    """Return in how many articles these terms occur."""
    term, count = col(TermFrequency.term), col(TermFrequency.article_count)
    asked = _each(connection, [*terms, ALL_ARTICLES])
    counts = dict(connection.execute(select(term, count).where(term.in_(asked))).all())
    return Frequencies(counts.pop(ALL_ARTICLES, 0), counts)


def count_terms(connection: Connection, terms: Collection[str], change: int) -> None:
    """Count an article's terms (+1), or take them back (-1); a term of no article is forgotten."""
    each = _each(connection, [*terms, ALL_ARTICLES])
    counted = each.add_columns(literal(change)).where(true())  # without WHERE, SQLite takes ON for a join's
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    upsert = dialect.insert(TermFrequency).from_select(["term", "article_count"], counted)
    count = col(TermFrequency.article_count)
    connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["term"], set_={"article_count": count + upsert.excluded.article_count}
        )
    )
    if change < 0:
        connection.execute(delete(TermFrequency).where(col(TermFrequency.term).in_(each), count <= 0))


def pack(weights: Mapping[str, float]) -> bytes:
    """Return weights as they are stored."""
    return zlib.compress(orjson.dumps({term: round(weight, 5) for term, weight in weights.items()}), 1)


def unpack(stored: bytes) -> dict[str, float]:
    """Return stored weights, heaviest first as they were packed."""
    weights: dict[str, float] = orjson.loads(zlib.decompress(stored))
    return weights


def _each(connection: Connection, terms: Collection[str]) -> Select[Any]:
    """Return a selection of these terms. One JSON parameter: hundreds of slots cost more than the look-up."""
    json = literal(orjson.dumps(list(terms)).decode(), Text)
    if connection.dialect.name == "sqlite":
        return select(func.json_each(json).table_valued("value").c.value)
    return select(func.json_array_elements_text(cast(json, JSON)).table_valued("value").c.value)


@lru_cache(maxsize=64)
def _find(count: int) -> Select[Any]:
    key, story_id, at = col(StoryKey.key), col(StoryKey.story_id), col(StoryKey.ordered_at)
    crowds = [
        select(story_id)
        .where(key == slot(f"key_{number}", table_of(StoryKey).c.key.type))
        .order_by(at.desc())
        .limit(CROWD)
        .subquery()
        for number in range(count)
    ]
    found = union_all(*(select(crowd.c.story_id) for crowd in crowds)).subquery()
    ranked = select(found.c.story_id).group_by(found.c.story_id)
    return ranked.order_by(func.count().desc(), found.c.story_id).limit(CANDIDATES)
