"""What a server does first, in the background: loads the models, then reads the seeds. `/readyz` tells how far.

Any number of servers may do this at once: each document is stored once, by whoever is first.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from sqlalchemy import Engine

from app.errors import OnRecordError
from app.ingest.bulk import ingest_found
from app.ingest.pool import ReadingPool
from app.ingest.readers.folder import find_document, list_documents

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

    def join(self, seconds: float) -> None:
        """Wait until it has stopped, at most so long: its connection must be back before the engine goes."""
        if self._thread.is_alive():
            self._thread.join(seconds)

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
        for line, path in enumerate(paths, 1):
            if self._stopped.is_set():
                return
            found = find_document(path, line, max_bytes=self._max_bytes)
            read = ingest_found(self._engine, found, self._pool).error is None
            progress = self.progress
            self.progress = replace(progress, done=progress.done + read, failed=progress.failed + (not read))
        self.progress = replace(self.progress, state="done")
        log.info("startup_done", done=self.progress.done, failed=self.progress.failed)
