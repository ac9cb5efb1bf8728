"""The thread of a server that tells webhooks of changes."""

import threading
from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.ingest.webhook_sender import Sender
from app.ingest.webhooks import claim, tell

LOOK_SECONDS = 2.0  # between two looks at the log, which other servers write to as well
STOP_SECONDS = 2.0
log = structlog.get_logger()


class WebhookWorker:
    """Tells webhooks until it is stopped; a fault is logged and tried again later."""

    def __init__(self, engine: Engine, sender: Sender | None = None) -> None:
        self._engine = engine
        self._sender = sender or Sender()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="onrecord-webhooks", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the message in hand; one that takes long is not waited for, and comes again."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def work_off(self) -> None:
        """Tell webhooks until none is due, or it is stopped."""
        while not self._stopped.is_set() and (claimed := claim(self._engine, datetime.now(UTC))):
            tell(self._engine, claimed, self._sender, is_stopped=self._stopped.is_set)

    def _run(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            try:
                self.work_off()
            except SQLAlchemyError:
                log.exception("webhooks_failed")
