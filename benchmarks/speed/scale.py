"""What search and the lists of stories cost on a large database: CPU of client and server, and the median time.

Usage: python -m benchmarks.speed.scale [QUOTES] [DATABASE_URL]

A database that holds articles already is measured as it is, an empty one is filled first: 1,000,000 quotes are
166,667 articles and 100,000 stories, 6 GB. CPU is that of this process and, on Postgres of this machine, the server's
(told in steps of 10 ms).
"""

import contextlib
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select, text
from sqlalchemy.engine import Connection

from app.api.pagination import values_of
from app.api.story_resources import make_comparison
from app.db import keyset, story_queries
from app.db.engine import make_engine, reading
from app.db.facets import count_facets
from app.db.ids import make_id
from app.db.migrate import upgrade
from app.db.queries import ARTICLE
from app.db.quote_days import count_quote_days
from app.db.search_all import SearchFilter, find_hits
from app.db.story_queries import StoryFilter
from benchmarks.speed.fill import fill

TIMES = 7  # of each case, with another word or place each time
PAGE = 21
TICKS = os.sysconf("SC_CLK_TCK")
# The words of fill.py by rank, in so many of 1,000,000 quotes and 166,667 articles
WORDS = {
    "rare word (150 quotes, 400 articles)": "word{15000}",
    "middle word (2,400; 6,000)": "word{1000}",
    "common word (45,000; 88,000)": "word{50}",
    "commonest word (910,000; all)": "word0",
    "phrase of common words (700; 11,000)": '"word{8} word{4}"',
    "middle and common word": "word{1000} word{50}",
}
FILTERS: dict[str, dict[str, Any]] = {
    "common word, one of 20 publishers": {"q": "word{50}", "publisher": ["publisher-3"]},
    "common word, most quoted speaker": {"q": "word{50}", "speaker": ["Person 0"]},
    "common word, stories alone": {"q": "word{50}", "kind": ["story"]},
}
STORY_FILTERS: dict[str, dict[str, Any]] = {
    "stories": {},
    "of a publisher": {"publisher": ["publisher-3"]},
    "of two publishers": {"publisher": ["publisher-3", "publisher-4"]},
    "of the most mentioned entity": {"entity": [make_id("e", 0)]},
    "of an entity in 30 articles": {"entity": [make_id("e", 5000)]},
    "of the most quoted speaker": {"speaker": [str(make_id("e", 0))]},
    "of a publisher and an entity": {"publisher": ["publisher-3"], "entity": [make_id("e", 40)]},
    "of two publishers or more": {"min_publishers": 2},
    "with a rare word": {"q": "word15000"},
    "with a common word": {"q": "word50"},
}

type Work = Callable[[Connection, int], object]


def main(quote_count: int, url: str) -> None:
    """Fill the database if it is empty, then print a line for each case."""
    engine = make_engine(url, query_seconds=600)
    upgrade(engine)
    with reading(engine) as connection:
        is_empty = connection.execute(select(ARTICLE.c.id).limit(1)).first() is None
    if is_empty:
        fill(engine, quote_count // 6)
    server = _find_server(engine)
    print(f"{'':46}{'CPU ms':>8}{'p50 ms':>8}")
    for name, work in cases():
        cpu, elapsed = measure(engine, server, work)
        print(f"{name:46}{cpu:8.1f}{elapsed:8.1f}", flush=True)


def cases() -> Iterator[tuple[str, Work]]:
    """Yield what is measured, by name."""
    searches = {name: {"q": q} for name, q in WORDS.items()} | FILTERS
    for name, wanted in searches.items():
        yield f"search: {name}", partial(_search, wanted)
    for name, wanted in searches.items():
        yield f"facets: {name}", partial(_count, wanted)
    for name, filters in STORY_FILTERS.items():
        yield f"list: {name}", partial(_list, filters)
    yield "quotes by day: one of the 8 most quoted speakers", _count_days
    yield "a story", _get_story
    yield "a comparison", _compare


def measure(engine: Engine, server: int | None, work: Work) -> tuple[float, float]:
    """Return the median CPU and time of a case, in milliseconds, after a first run that is not counted."""
    used, elapsed = [], []
    for number in range(TIMES + 1):
        before, started = _cpu(server), time.perf_counter()
        with reading(engine) as connection:
            work(connection, number)
        elapsed.append(time.perf_counter() - started)
        used.append(_cpu(server) - before)
    return statistics.median(used[1:]) * 1000, statistics.median(elapsed[1:]) * 1000


def _search(wanted: dict[str, Any], connection: Connection, number: int) -> object:
    return find_hits(connection, _filter(wanted, number), 20)


def _count(wanted: dict[str, Any], connection: Connection, number: int) -> object:
    return count_facets(connection, _filter(wanted, number))


def _filter(wanted: dict[str, Any], number: int) -> SearchFilter:
    """Return the filter with the words of this turn: each number in braces and those after it."""
    words = re.sub(r"{(\d+)}", lambda rank: str(int(rank[1]) + number), wanted["q"])
    return SearchFilter(**wanted | {"q": words})


def _list(filters: dict[str, Any], connection: Connection, number: int) -> object:
    listing = story_queries.list_stories(connection, StoryFilter(**filters), pages=True)
    after = None
    for _ in range(number % 2 + 1):  # every other time the first two pages
        rows = keyset.page(connection, listing, PAGE, after)
        if not rows:
            break
        after = values_of(rows[-1], listing.names)
    return rows


def _count_days(connection: Connection, number: int) -> object:
    return count_quote_days(connection, make_id("e", number))


def _get_story(connection: Connection, number: int) -> object:
    story_id = _story(number)
    publishers = story_queries.publishers_of(connection, [story_id])
    return (
        story_queries.get_story(connection, story_id),
        publishers,
        story_queries.timeline_of(connection, story_id),
    )


def _compare(connection: Connection, number: int) -> object:
    return make_comparison(_story(number), story_queries.load_compared(connection, _story(number)))


def _story(number: int) -> UUID:
    return make_id("story", 5000 + 5 * number)


def _find_server(engine: Engine) -> int | None:
    """Return the process id of the Postgres server; None for SQLite, which runs in this process."""
    if engine.dialect.name == "sqlite":
        return None
    with reading(engine) as connection:
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
    return int((folder / "postmaster.pid").read_text().split()[0])


def _cpu(server: int | None) -> float:
    """Return the CPU seconds of this process, and of a server's with all it started."""
    used = time.process_time()
    if server is not None:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
                if server in {pid, int(fields[1])}:
                    used += sum(map(int, fields[11 : 15 if pid == server else 13])) / TICKS
    return used


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = sys.argv[1:]
        main(
            int(given[0]) if given else 1_000_000,
            given[1] if len(given) > 1 else f"sqlite:///{folder}/scale.sqlite3",
        )
