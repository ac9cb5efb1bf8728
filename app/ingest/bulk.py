"""Ingests what a reader finds, one document after another, without a queue: for a command, and at start-up.

It may be broken off at any time and begun again: what is stored already is known by its content and passed over.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from sqlalchemy import Engine

from app.db.engine import reading, writing
from app.errors import Busy, DocumentError
from app.ingest import ledger
from app.ingest.fetch import Fetcher, fetch_page
from app.ingest.pipeline import ingest
from app.ingest.pool import ReadingPool
from app.ingest.readers.found import Found

BUSY_SECONDS = 1.0
WAITING_EACH = 4  # documents read ahead for each that is being read: enough to keep readers at work

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: stored (or stored before, or deleted by a person), or why not."""

    name: str
    error: DocumentError | None = None


def ingest_all(
    engine: Engine, found: Iterable[Found], pool: ReadingPool, fetcher: Fetcher, *, at_once: int
) -> Iterator[Outcome]:
    """Ingest documents, `at_once` at the same time; yield what became of each, in order."""
    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(at_once) as threads:
        for one in found:
            waiting.append(threads.submit(ingest_found, engine, one, pool, fetcher))
            if len(waiting) >= at_once * WAITING_EACH:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def ingest_found(engine: Engine, found: Found, pool: ReadingPool, fetcher: Fetcher | None = None) -> Outcome:
    """Ingest one document. A bad one is kept with its reason; what a person deleted stays so."""
    raw = found.submission.raw
    with reading(engine) as connection:
        if ledger.was_deleted(connection, raw):
            return Outcome(found.name)
    try:
        if found.error is not None:
            raise found.error
        if found.submission.must_fetch and fetcher is not None:
            raw = _patiently(lambda: fetch_page(fetcher, found.submission.raw.hints))
        ingested = _patiently(lambda: ingest(engine, raw, pool.read, name=found.name, version=pool.version))
    except DocumentError as error:
        with writing(engine) as connection:
            ledger.keep_failure(connection, raw, error, name=found.name, version=pool.version)
        log.warning("document_failed", name=found.name, **error.to_record())
        return Outcome(found.name, error)
    log.info(
        "document_stored", name=found.name, article_id=str(ingested.article_id), outcome=ingested.outcome
    )
    return Outcome(found.name)


def _patiently[T](act: Callable[[], T]) -> T:
    """Return what `act` does once nobody is busy: here there is no other work to turn to."""
    while True:
        try:
            return act()
        except Busy:
            time.sleep(BUSY_SECONDS)
