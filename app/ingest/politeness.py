"""Whose turn it is at a host: one request at a time, and a while between two.

Turns are kept in this process. Several workers each keep their own, so a host may see as many requests at once as
there are worker processes.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Busy

INTERVAL_SECONDS = 1.0  # guess of 2026-11-22; what most crawlers keep without a Crawl-delay
LONGEST_INTERVAL = 60.0  # a Crawl-delay above is taken as this
PATIENCE_SECONDS = 3.0  # a turn further off is not waited for: the worker has other work
KEPT_HOSTS = 10_000


class Turns:
    """The hosts being asked, and when each may be asked again."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._lock = threading.Lock()
        self._next_at: dict[str, float] = {}  # infinite while a request is under way

    @contextmanager
    def take(self, host: str, delay: float | None) -> Iterator[None]:
        """Hold the host's turn; raise `Busy` where it is too far off to wait for.

        delay: the seconds the host asks to leave between requests, if it says so.
        """
        self._wait(host)
        try:
            yield
        finally:
            pause = self._interval if delay is None else min(max(delay, self._interval), LONGEST_INTERVAL)
            with self._lock:
                self._next_at[host] = time.monotonic() + pause

    def _wait(self, host: str) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while True:
            with self._lock:
                now = time.monotonic()
                next_at = self._next_at.get(host, now)
                if next_at <= now:
                    self._forget_old(now)
                    self._next_at[host] = float("inf")
                    return
            if next_at > give_up_at and (next_at != float("inf") or now > give_up_at):
                raise Busy(f"It is not yet {host}'s turn.")
            time.sleep(min(max(next_at - now, 0.01), 0.05))

    def _forget_old(self, now: float) -> None:
        if len(self._next_at) >= KEPT_HOSTS:
            self._next_at = {host: at for host, at in self._next_at.items() if at > now}
