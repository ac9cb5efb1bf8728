"""Fills a database with made-up articles: enough of them to see what grows.

Six quotes and twelve mentions an article, entities drawn by rank (Zipf), so that the most mentioned one is in most
of the articles. Of five articles four are two stories, the fifth is one of its own.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.db.engine import insert_rows, writing
from app.db.ids import make_id, search_key
from app.db.tables import (
    Article,
    ArticleEntity,
    Decision,
    Entity,
    EntityCandidate,
    EntityName,
    FoundEntity,
    Mention,
    Publisher,
    Quote,
    QuoteMention,
)

QUOTES, MENTIONS, WORDS, BATCH = 6, 12, 400, 500
JOINED = 3  # in each five articles the last two are in the stories of those so many before
START = datetime(2020, 1, 1, tzinfo=UTC)
type Ranked[T] = tuple[list[T], list[float]]  # things by rank, and their cumulated weights
type Rows = dict[type[SQLModel], list[dict[str, object]]]
PROVENANCE = {"stage": "nlp", "version": "1", "method": "marks+cue-after"}


def fill(engine: Engine, article_count: int, *, seed: int = 1) -> None:
    """Write `article_count` articles and bring the entities' counts up to date."""
    rng = random.Random(seed)  # noqa: S311 - data for a benchmark
    vocabulary = _ranked([f"word{number}" for number in range(20_000)])
    entities = _ranked(list(range(max(200, article_count // 5))))
    publishers = [make_id("publisher", number) for number in range(20)]
    with writing(engine) as connection:
        names = [f"Publisher {number}" for number in range(20)]
        insert_rows(connection, Publisher, [
            {"id": id_, "slug": name.lower().replace(" ", "-"), "name": name, "article_count": 0}
            for id_, name in zip(publishers, names, strict=True)
        ])  # fmt: skip
        _add_entities(connection, entities[0])
    for first in range(0, article_count, BATCH):
        rows: Rows = {
            table: []
            for table in (Article, Mention, Quote, QuoteMention, ArticleEntity, Decision, EntityName)
        }
        for number in range(first, min(first + BATCH, article_count)):
            _add_article(rows, number, rng, vocabulary, entities, publishers)
        with writing(engine) as connection:
            for table, table_rows in rows.items():
                insert_rows(connection, table, table_rows)
    with writing(engine) as connection:
        connection.execute(
            text("""
            INSERT INTO entity_label
              SELECT entity_id, kind, name, lower(name), sum(mention_count), min(ordered_at), max(ordered_at)
              FROM entity_name GROUP BY entity_id, kind, name
            """)
        )
        connection.execute(
            text("""
            UPDATE entity SET
              mention_count = (SELECT count(*) FROM mention m WHERE m.entity_id = entity.id),
              article_count = (SELECT count(*) FROM article_entity a WHERE a.entity_id = entity.id),
              quote_count = (SELECT count(*) FROM quote q WHERE q.speaker_id = entity.id)
            """)
        )
        for statement in STORIES:
            connection.execute(text(statement))
        connection.execute(text("ANALYZE"))


STORIES = (
    """
    INSERT INTO story (id, headline, headline_reason, first_published_at, last_published_at, ordered_at,
                       article_count, publisher_count, quote_count)
      SELECT story_id, min(headline), '', min(ordered_at), max(ordered_at), max(ordered_at),
             count(*), count(DISTINCT publisher_id), sum(quote_count)
      FROM article GROUP BY story_id
    """,
    """
    INSERT INTO story_publisher (story_id, publisher_id, ordered_at)
      SELECT story_id, publisher_id, max(ordered_at) FROM article GROUP BY story_id, publisher_id
    """,
    """
    INSERT INTO story_entity (story_id, entity_id, ordered_at, said_at)
      SELECT a.story_id, l.entity_id, max(l.ordered_at), max(CASE WHEN l.quote_count > 0 THEN l.ordered_at END)
      FROM article a JOIN article_entity l ON l.article_id = a.id GROUP BY a.story_id, l.entity_id
    """,
)


def _ranked[T](things: list[T]) -> Ranked[T]:
    return things, list(accumulate(1 / (rank + 1) for rank in range(len(things))))


def _add_entities(connection: Connection, numbers: list[int]) -> None:
    """Write the entities, each tenth of them one the resolver was unsure of."""
    rows = [_entity(number) for number in numbers]
    insert_rows(connection, Entity, rows)
    insert_rows(
        connection, FoundEntity, [{name: row[name] for name in ("id", "type", "name")} for row in rows]
    )
    doubtful = [
        {
            "entity_id": one["id"],
            "candidate_id": other["id"],
            "confidence": 0.5,
            "reason": "the same name of one word",
        }
        for one, other in pairwise(rows[::10])
    ]
    insert_rows(connection, EntityCandidate, doubtful)


def _entity(number: int) -> dict[str, object]:
    name = f"Person {number}"
    row: dict[str, object] = {
        "id": make_id("e", number),
        "type": "person",
        "name": name,
        "sort_name": name.lower(),
    }
    return (
        row
        | dict.fromkeys(("mention_count", "article_count", "quote_count"), 0)
        | dict.fromkeys(("first_seen_at", "last_seen_at"), START)
    )


def _add_article(
    rows: Rows,
    number: int,
    rng: random.Random,
    vocabulary: Ranked[str],
    entities: Ranked[int],
    publishers: list[UUID],
) -> None:
    words = rng.choices(vocabulary[0], cum_weights=vocabulary[1], k=WORDS)
    body = " ".join(words)
    article_id, at = make_id("a", number), START + timedelta(minutes=7 * number)
    people = list(dict.fromkeys(rng.choices(entities[0], cum_weights=entities[1], k=MENTIONS)))
    publisher_id = publishers[number % len(publishers)]
    shared = {"article_id": article_id, "ordered_at": at}
    stated = {"origin": "text", "confidence": 0.9, "raw_span": {"start": 0, "end": 10}, "reason": None}
    rows[Article].append({
        "id": article_id, "search_key": search_key(article_id), "natural_key": f"content:{number}",
        "external_id": None, "url": None, "publisher_id": publisher_id,
        "headline": " ".join(words[:9]), "byline": "By Jo Day",
        "authors": ["Jo Day"], "published_at": at, "published_precision": "minute", "published_zone": "stated",
        "modified_at": None, "ordered_at": at, "dateline": None, "credit": None, "language": "en", "text": body,
        "paragraphs": [{"start": n * 200, "end": n * 200 + 198} for n in range(len(body) // 200)],
        "fields": dict.fromkeys(("headline", "byline", "authors", "published_at", "publisher", "language"), stated),
        "warnings": [], "removed": [{"text": "Share", "reason": "share", "raw_span": None}] * 5,
        "provenance": [PROVENANCE], "word_count": WORDS, "quote_count": QUOTES, "entity_count": len(people),
        "revision": 1, "pipeline_version": "1", "ingested_at": at,
        "story_id": make_id("story", number if number % 5 < JOINED else number - JOINED),
    })  # fmt: skip
    said = Counter(people[ordinal % len(people)] for ordinal in range(QUOTES))
    for ordinal, person in enumerate(people):
        entity_id = make_id("e", person)
        rows[Mention].append(shared | {
            "id": make_id("m", number, ordinal), "entity_id": entity_id, "rank": -ordinal, "start": ordinal * 30,
            "end": ordinal * 30 + 9, "text": f"Person {person}", "kind": "name", "confidence": 0.9,
            "provenance": PROVENANCE,
        })  # fmt: skip
        rows[ArticleEntity].append(shared | {
            "entity_id": entity_id, "mention_count": 1, "quote_count": said[person],
        })  # fmt: skip
        rows[Decision].append({
            "article_id": article_id, "found_id": entity_id, "confidence": 1.0, "reason": "the same name",
        })  # fmt: skip
        rows[EntityName].append(shared | {
            "found_id": entity_id, "entity_id": entity_id, "kind": "alias", "name": f"Person {person}",
            "found_count": 1, "mention_count": 1,
        })  # fmt: skip
    for ordinal in range(QUOTES):
        quote_id = make_id("q", number, ordinal)
        speaker, start = make_id("e", people[ordinal % len(people)]), ordinal * 60
        rows[Quote].append(shared | {
            "id": quote_id, "search_key": search_key(quote_id), "publisher_id": publisher_id, "rank": -ordinal,
            "kind": "direct", "attribution": "speech", "text": " ".join(words[start : start + 25]),
            "segments": [{"start": start, "end": start + 150}], "cue_start": 151, "cue_end": 155, "cue_text": "said",
            "speaker_start": 156, "speaker_end": 160, "speaker_text": "Day", "speaker_id": speaker,
            "speaker_resolved_by": "name", "speaker_confidence": 0.9, "status": "resolved", "confidence": 0.94,
            "provenance": PROVENANCE,
        })  # fmt: skip
        rows[QuoteMention].append(
            shared | {"quote_id": quote_id, "entity_id": make_id("e", people[-1]), "rank": -ordinal}
        )
