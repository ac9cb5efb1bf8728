"""CPU of putting one article into a story, as the number of stories grows: it must stay flat.

Usage: python -m benchmarks.speed.story_assignment [ARTICLES] [DATABASE_URL]

Articles are made of terms drawn by Zipf's law, 300 an article as in 600 words of news; two fifths report one of the
last 300 events, the others a new one.
"""

import random
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from statistics import mean, quantiles

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from app.db.engine import insert_rows, make_engine, reading, writing
from app.db.ids import make_id
from app.db.migrate import upgrade
from app.db.story_tables import Story
from app.db.tables import Article
from app.ingest.rows import ArticleKeys, make_article_row
from app.ingest.stories import place
from tests.factories import make_annotated

ROWS = 10  # lines of the table
_RECENT = 300  # events that are still reported
_AGAIN = 0.4  # share of articles on one of them
_RANKS = list(accumulate(1 / (rank + 5) for rank in range(200_000)))
_START = datetime(2026, 1, 1, tzinfo=UTC)


def main(article_count: int, url: str) -> None:
    """Fill an empty database and print a line for each tenth of it."""
    engine = make_engine(url)
    upgrade(engine)
    chance = random.Random(1)  # noqa: S311 - made-up articles, no secret
    events: list[list[str]] = []
    seconds: list[float] = []
    for number in range(article_count):
        if not events or chance.random() > _AGAIN:
            events.append([_word(chance) for _ in range(132)])
        terms = _make_terms(chance, chance.choice(events[-_RECENT:]))
        with writing(engine) as connection:
            seconds.append(_place(connection, number, terms))
        if len(seconds) * ROWS >= article_count:
            with reading(engine) as connection:
                stories = connection.execute(select(func.count()).select_from(Story)).scalar_one()
            percentile = quantiles(seconds, n=100)[98]
            print(f"{stories:>8} stories {mean(seconds) * 1000:6.1f} ms {percentile * 1000:6.1f} ms (p99)")
            seconds.clear()


def _place(connection: Connection, number: int, terms: Mapping[str, int]) -> float:
    at = _START + timedelta(minutes=3 * number)
    keys = ArticleKeys(make_id("article", number), None, at)
    row = make_article_row(make_annotated("x", people=(), places=(), published_at=at), keys)
    told = {"natural_key": str(number), "entity_count": 0, "revision": 1, "pipeline_version": "1"}
    insert_rows(connection, Article, [row | told | {"ingested_at": at}])
    started = time.process_time()
    place(connection, keys.article_id, terms)
    return time.process_time() - started


def _make_terms(chance: random.Random, event: list[str]) -> Mapping[str, int]:
    words, names = event[12:], chance.sample(event[:12], 8)
    terms = Counter(f"w:{word}" for word in chance.sample(words, 80))
    terms.update(f"w:{_word(chance)}" for _ in range(200))
    for name in names:
        terms[f"n:{name}"] = terms[f"w:{name}"] = chance.randint(1, 5)
    terms.update(f"#:{chance.randint(1, 400)}" for _ in range(5))
    return terms


def _word(chance: random.Random) -> str:
    return f"v{bisect(_RANKS, chance.random() * _RANKS[-1])}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = sys.argv[1:]
        main(
            int(given[0]) if given else 20_000,
            given[1] if len(given) > 1 else f"sqlite:///{folder}/stories.db",
        )
