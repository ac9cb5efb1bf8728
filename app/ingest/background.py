"""Threads that do a piece of work again and again while a server or worker runs. Knows nothing of the work."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import OperationalError

log = structlog.get_logger()

type IsStopped = Callable[[], bool]


def never() -> bool:
    """Say that nothing is to stop: for work done in the caller's own thread."""
    return False


class Background:
    """A thread that works, waits, and works again until it is stopped; a fault is logged and tried again later.

    work: is given what says whether to stop, and looks at it between two pieces.
    """

    def __init__(self, name: str, work: Callable[[IsStopped], object], *, seconds: float) -> None:
        """seconds: between two looks for work that nobody woke it for."""
        self._work = work
        self._seconds = seconds
        self._stopped = threading.Event()
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"onrecord-{name}", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def wake(self) -> None:
        """Look for work now."""
        self._awake.set()

    def stop(self) -> None:
        """Stop after the piece in hand."""
        self._stopped.set()
        self._awake.set()

    def join(self, seconds: float) -> None:
        """Wait until it has stopped, at most so long: its connection must be back before the engine goes."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, seconds))

    def work_off(self) -> None:
        """Work once, in this thread."""
        self._work(self._stopped.is_set)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._awake.clear()
            try:
                self.work_off()
            except OperationalError as error:  # the database is away: so is everything else, for now
                log.warning("background_waits", thread=self._thread.name, error=str(error.orig)[:200])
            except Exception:
                log.exception("background_fault", thread=self._thread.name)
            if not self._stopped.is_set():
                self._awake.wait(self._seconds)
