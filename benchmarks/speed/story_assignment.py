"""CPU of putting one article into a story, as the number of stories grows: it must stay flat.

Usage: python -m benchmarks.speed.story_assignment [STORIES] [DATABASE_URL]

Articles are made of terms drawn by Zipf's law, 300 an article as in 600 words of news; two fifths of those measured
report one of the last 300 events, the others a new one. The stories there are already are written in bulk, as one
article each would have made them.
"""

import random
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate, batched
from statistics import mean, quantiles
from typing import Any

from sqlalchemy import Engine, delete, func, select
from sqlmodel import SQLModel

from app import stories
from app.db.engine import insert_rows, make_engine, reading, writing
from app.db.ids import make_id
from app.db.migrate import upgrade
from app.db.story_candidates import ALL_ARTICLES, pack
from app.db.story_tables import ArticleTerms, Story, StoryKey, StoryTerms, TermFrequency
from app.db.tables import Article
from app.ingest.rows import ArticleKeys, make_article_row
from app.ingest.stories import VERSION, place
from app.stories import Frequencies
from tests.factories import make_annotated

MEASURED = 300  # articles put into a story at each size
BATCH = 1000
_RECENT = 300  # events that are still reported
_AGAIN = 0.4  # share of articles on one of them
_RANKS = list(accumulate(1 / (rank + 5) for rank in range(200_000)))
_START = datetime(2026, 1, 1, tzinfo=UTC)
_EVERY = timedelta(minutes=3)


class World:
    """What happens: events, the articles on them, and in how many articles each term was."""

    def __init__(self) -> None:
        self.chance = random.Random(1)  # noqa: S311 - made-up articles, no secret
        self.events: list[list[str]] = []
        self.frequencies: Counter[str] = Counter()
        self.number = 0

    def report(self, *, again: float) -> tuple[int, Mapping[str, int]]:
        """Return the number and the terms of the next article; `again`: how likely it is on an event of before."""
        if not self.events or self.chance.random() >= again:
            event = [_word(self.chance) for _ in range(132)]
            self.events = [*self.events[1 - _RECENT :], event]
        else:
            event = self.chance.choice(self.events)
        terms = _make_terms(self.chance, event)
        self.frequencies.update({ALL_ARTICLES: 1} | dict.fromkeys(terms, 1))
        self.number += 1
        return self.number, terms


def main(most: int, url: str) -> None:
    """Fill an empty database with ever more stories and print a line for each size."""
    engine = make_engine(url)
    upgrade(engine)
    world = World()
    for size in (size for size in (100, 1_000, 10_000, 30_000, 100_000, 300_000) if size <= most):
        fill(engine, world, size)
        seconds = [_place(engine, *world.report(again=_AGAIN)) for _ in range(MEASURED)]
        with reading(engine) as connection:
            count = connection.execute(select(func.count()).select_from(Story)).scalar_one()
        percentile = quantiles(seconds, n=100)[98]
        print(
            f"{count:>8} stories {mean(seconds) * 1000:6.1f} ms {percentile * 1000:6.1f} ms (p99)", flush=True
        )


def fill(engine: Engine, world: World, count: int) -> None:
    """Write stories of one article each until the world has had so many articles."""
    tables: tuple[type[SQLModel], ...] = (Story, StoryTerms, StoryKey, Article, ArticleTerms)
    for batch in batched(_stories(world, count), BATCH, strict=False):
        with writing(engine) as connection:
            for number, table in enumerate(tables):
                insert_rows(connection, table, [row for parts in batch for row in parts[number]])
    with writing(engine) as connection:
        connection.execute(delete(TermFrequency))
        counts = world.frequencies.items()
        insert_rows(connection, TermFrequency, [{"term": term, "article_count": n} for term, n in counts])


def _stories(world: World, count: int) -> Iterator[tuple[list[dict[str, object]], ...]]:
    """Yield the rows of a story: its own, its terms', its keys', its article's, that one's terms'."""
    while world.number < count:
        number, terms = world.report(again=0)
        known = Frequencies(
            world.frequencies[ALL_ARTICLES], {term: world.frequencies[term] for term in terms}
        )
        weights = stories.weigh(terms, known)
        story_id, at = make_id("story", number), _START + _EVERY * number
        dates = dict.fromkeys(("first_published_at", "last_published_at", "ordered_at"), at)
        counts = {"article_count": 1, "publisher_count": 0, "quote_count": 0}
        yield (
            [{"id": story_id, "headline_reason": ""} | dates | counts],
            [{"story_id": story_id, "weights": pack(weights)}],
            [{"story_id": story_id, "key": key, "ordered_at": at} for key in stories.candidate_keys(weights)],
            [_make_article(number) | {"story_id": story_id}],
            [{"article_id": make_id("article", number), "weights": pack(weights), "version": VERSION}],
        )


def _place(engine: Engine, number: int, terms: Mapping[str, int]) -> float:
    article = _make_article(number)
    with writing(engine) as connection:
        insert_rows(connection, Article, [article])
        started = time.process_time()
        place(connection, article["id"], terms)
        return time.process_time() - started


def _make_article(number: int) -> dict[str, Any]:
    at = _START + _EVERY * number
    keys = ArticleKeys(make_id("article", number), None, at)
    row = make_article_row(make_annotated("x", people=(), places=(), published_at=at), keys)
    told = {"natural_key": str(number), "entity_count": 0, "revision": 1, "pipeline_version": "1"}
    return row | told | {"ingested_at": at}


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
            int(given[0]) if given else 100_000,
            given[1] if len(given) > 1 else f"sqlite:///{folder}/stories.db",
        )
