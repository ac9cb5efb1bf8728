"""What a server does first, in the background: loads the models, then reads the seeds. `/readyz` tells how far.

Any number of servers may do this at once: each document is stored once, by whoever is first.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from sqlalchemy import Engine

from app.db.engine import reading, writing
from app.documents import Hints, RawDocument
from app.errors import DocumentError, OnRecordError
from app.ingest import ledger
from app.ingest.folder import list_documents, read_document
from app.ingest.pipeline import VERSION, ingest
from app.ingest.pool import ReadingPool

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the start-up is. state: "loading models", "reading seeds", "done" or "failed"."""

    state: str = "loading models"
    total: int = 0
    done: int = 0
    failed: int = 0
    error: str | None = None


class StartUp:
    """The start-up job and its progress."""

    def __init__(
        self,
        engine: Engine,
        pool: ReadingPool,
        folder: Path | None,
        *,
        max_bytes: int,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """then: what begins when all of it is done."""
        self.progress = Progress()
        self._engine = engine
        self._pool = pool
        self._folder = folder
        self._max_bytes = max_bytes
        self._then = then
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="onrecord-startup", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the document in hand."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            self._pool.start()
            self._read_seeds()
            self._then()
        except OnRecordError as error:
            self.progress = replace(self.progress, state="failed", error=str(error))
            log.exception("startup_failed")
        except Exception as error:
            self.progress = replace(self.progress, state="failed", error=type(error).__name__)
            log.exception("startup_failed")
            raise

    def _read_seeds(self) -> None:
        paths = list_documents(self._folder) if self._folder else []
        self.progress = Progress("reading seeds", total=len(paths))
        for path in paths:
            if self._stopped.is_set():
                return
            read = ingest_file(self._engine, path, self._pool, max_bytes=self._max_bytes)
            progress = self.progress
            self.progress = replace(progress, done=progress.done + read, failed=progress.failed + (not read))
        self.progress = replace(self.progress, state="done")
        log.info("startup_done", done=self.progress.done, failed=self.progress.failed)


def ingest_file(engine: Engine, path: Path, pool: ReadingPool, *, max_bytes: int) -> bool:
    """Ingest one file; return whether it is stored. A bad one is recorded with its reason."""
    try:
        raw = read_document(path, max_bytes=max_bytes)
    except DocumentError as error:
        unread = RawDocument(b"", hints=Hints(external_id=path.name))
        with writing(engine) as connection:
            ledger.keep_failure(connection, unread, error, name=path.name, version=VERSION)
        log.warning("document_failed", name=path.name, **error.to_record())
        return False
    with reading(engine) as connection:
        if ledger.was_deleted(connection, raw):
            return True
    try:
        ingested = ingest(engine, raw, pool.read, name=path.name)
    except DocumentError as error:
        log.warning("document_failed", name=path.name, **error.to_record())
        return False
    log.info("document_stored", name=path.name, article_id=str(ingested.article_id), outcome=ingested.outcome)
    return True
