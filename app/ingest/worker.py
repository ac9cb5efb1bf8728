"""A worker: takes documents off the queue, fetches those that are URLs, and ingests them.

Any number of workers may share a database. What a killed worker held is due again when its lease ends; reading it
again is harmless, since ingest changes nothing for a document already stored.
"""

import time
from random import uniform
from uuid import uuid4

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.db.engine import writing
from app.documents import AnnotatedArticle, RawDocument
from app.errors import Busy, DocumentError, FetchDelayed, ReaderDied, ReadingFailed
from app.ingest import feeds, jobs, ledger
from app.ingest.background import Background, IsStopped, never
from app.ingest.fetch import Fetcher, fetch_page
from app.ingest.pipeline import Read, ingest
from app.ingest.pool import ReadingPool

MOST_ATTEMPTS = 5  # with the pauses below, about a quarter of an hour for a site that is down
PAUSE_SECONDS = 15.0  # before the second attempt; doubled before each further one
LONGEST_PAUSE = 3600.0
BUSY_SECONDS = 2.0
LEASE_SECONDS = 30.0  # how long a killed worker's task waits; a live one extends it three times as often
POLL_SECONDS = 1.0  # how soon a task queued by another process is noticed
FEED_SECONDS = 5.0  # how soon a feed that is due, or new, is looked at
STOP_SECONDS = 8.0  # for the documents in hand; less than the server's own 10

log = structlog.get_logger()


class Worker:
    """Threads that take tasks and run them until told to stop."""

    def __init__(
        self,
        engine: Engine,
        pool: ReadingPool,
        fetcher: Fetcher,
        *,
        threads: int = 1,
        lease: float = LEASE_SECONDS,
    ) -> None:
        self.id = uuid4()
        self._engine = engine
        self._pool = pool
        self._fetcher = fetcher
        self._lease = lease
        self._readers = [Background("reader", self.run_due, seconds=POLL_SECONDS) for _ in range(threads)]
        leases = Background("leases", self._extend_leases, seconds=lease / 3)
        self._threads = [*self._readers, leases, Background("feeds", self.poll_feeds, seconds=FEED_SECONDS)]

    def start(self) -> None:
        """Begin, in threads of its own."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Say that something was queued, so that nobody waits for the next look."""
        for reader in self._readers:
            reader.wake()

    def stop(self) -> None:
        """Stop after the documents in hand; what takes longer is due again when its lease ends."""
        give_up_at = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.stop()
        for thread in self._threads:
            thread.join(give_up_at - time.monotonic())

    def run_due(self, is_stopped: IsStopped = never) -> int:
        """Run the tasks that are due, in this thread, until none is; return how many there were."""
        count = 0
        while not is_stopped():
            task = jobs.claim(self._engine, self.id, self._lease)
            if task is None:
                break
            run_task(self._engine, task, self._pool, self._fetcher, is_stopping=is_stopped)
            count += 1
        return count

    def poll_feeds(self, is_stopped: IsStopped = never) -> None:
        """Look at the feeds that are due, in this thread, until none is."""
        while not is_stopped() and feeds.poll_due(self._engine, self._fetcher):
            self.wake()

    def _extend_leases(self, _: IsStopped) -> None:
        jobs.extend_leases(self._engine, self.id, self._lease)
        jobs.forget_broken(self._engine)


def run_task(
    engine: Engine,
    task: jobs.ClaimedTask,
    pool: ReadingPool,
    fetcher: Fetcher,
    *,
    is_stopping: IsStopped = never,
) -> None:
    """Fetch a task's document if need be, ingest it, and finish the task; or give it back for later.

    A document that fails is kept with its reason, as any other. Only what is wrong with the database is raised.
    """
    raw = task.submission.raw
    try:
        if task.attempt_count > MOST_ATTEMPTS:
            raise ReaderDied(f"Its worker died or failed {MOST_ATTEMPTS} times.")  # noqa: TRY301 - ends as any failure
        if task.submission.must_fetch:
            raw = fetch_page(fetcher, raw.hints)
        _ingest(engine, task, raw, _unless_stopping(pool.read, is_stopping), pool.version)
    except Busy:
        jobs.release(engine, task, uniform(0.5, 1.5) * BUSY_SECONDS, counts=False)  # noqa: S311 - spreads load
    except FetchDelayed as error:
        _try_later(engine, task, raw, error, pool.version, max(error.seconds, _pause(task)))
    except DocumentError as error:
        _fail(engine, task, raw, error, pool.version)
    except OperationalError:
        raise  # the lease ends by itself
    except Exception as error:  # a bug of ours on one document must not end the worker
        log.exception("task_fault", task_id=str(task.id))
        failure = ReadingFailed(f"{type(error).__name__}: {error}")
        _try_later(engine, task, raw, failure, pool.version, _pause(task))


def _unless_stopping(read: Read, is_stopping: IsStopped) -> Read:
    """Return `read`, without blaming a document for a reader that was stopped together with us."""

    def read_on(raw: RawDocument) -> AnnotatedArticle:
        try:
            return read(raw)
        except ReaderDied as error:
            if is_stopping():
                raise Busy("The worker is stopping.") from error
            raise

    return read_on


def _ingest(engine: Engine, task: jobs.ClaimedTask, raw: RawDocument, read: Read, version: str) -> None:
    ingested = ingest(
        engine,
        raw,
        read,
        name=raw.hints.url,
        version=version,
        also=lambda connection, article_id: jobs.finish(connection, task, raw, article_id),
    )
    if ingested.outcome == "known":
        with writing(engine) as connection:
            jobs.finish(connection, task, raw, ingested.article_id)
    log.info("task_done", task_id=str(task.id), article_id=str(ingested.article_id), outcome=ingested.outcome)


def _try_later(
    engine: Engine,
    task: jobs.ClaimedTask,
    raw: RawDocument,
    error: DocumentError,
    version: str,
    seconds: float,
) -> None:
    if task.attempt_count >= MOST_ATTEMPTS:
        _fail(engine, task, raw, error, version)
        return
    log.info("task_delayed", task_id=str(task.id), seconds=round(seconds), **error.to_record())
    jobs.release(engine, task, seconds, counts=True)


def _fail(
    engine: Engine, task: jobs.ClaimedTask, raw: RawDocument, error: DocumentError, version: str
) -> None:
    """Keep a failure with its document and end the task."""
    with writing(engine) as connection:
        ledger.keep_failure(connection, raw, error, name=raw.hints.url, version=version)
        jobs.fail(connection, task, raw, error)
    log.warning("task_failed", task_id=str(task.id), **error.to_record())


def _pause(task: jobs.ClaimedTask) -> float:
    doubled: float = PAUSE_SECONDS * 2 ** (task.attempt_count - 1)
    return min(doubled, LONGEST_PAUSE) * uniform(0.8, 1.2)  # noqa: S311 - so that many do not come back at once
