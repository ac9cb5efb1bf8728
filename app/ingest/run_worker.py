"""The thread of a server that works on runs, its own and those another server left behind.

Before that it puts articles that have no story into one (`catching_up`).
"""

import threading

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.errors import OnRecordError
from app.ingest.catching_up import catch_up
from app.ingest.pool import ReadingPool
from app.ingest.runs import claim_run, work

LOOK_SECONDS = 30  # between two looks for a run that was left behind
log = structlog.get_logger()


class RunWorker:
    """Works on unfinished runs until it is stopped; a fault in one is logged and tried again later."""

    def __init__(self, engine: Engine, pool: ReadingPool) -> None:
        self._engine = engine
        self._pool = pool
        self._stopped = threading.Event()
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="onrecord-runs", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def wake(self) -> None:
        """Look for a run now."""
        self._awake.set()

    def stop(self) -> None:
        """Stop after the document in hand."""
        self._stopped.set()
        self._awake.set()

    def join(self, seconds: float) -> None:
        """Wait until it has stopped, at most so long: its connection must be back before the engine goes."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def work_off(self) -> None:
        """Work until no run is left, or it is stopped."""
        while not self._stopped.is_set() and (run := claim_run(self._engine, self._pool.version)):
            is_done = work(self._engine, run, self._pool.read, is_stopped=self._stopped.is_set)
            log.info("run_left", run_id=str(run.id), is_done=is_done)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if count := catch_up(self._engine, is_stopped=self._stopped.is_set):
                    log.info("stories_caught_up", article_count=count)
                self.work_off()
            except (OnRecordError, SQLAlchemyError):
                log.exception("run_failed")
            self._awake.wait(LOOK_SECONDS)
            self._awake.clear()
