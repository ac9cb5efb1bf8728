"""Server-sent events of the change log: who listens, and what each is sent.

A listener is a coroutine, never a thread. The log is looked at once a second for all of them together, since another
server may have written to it; only where it has grown does each read what it asked for.
"""

import asyncio
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

import orjson
from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from app.api.deps import read_rows
from app.api.resources import make_change
from app.api.responses import OPTIONS
from app.db import changes, keyset
from app.db.changes import ChangeFilter
from app.db.keyset import Record
from app.errors import Busy

MOST_LISTENERS = 200  # of a server process; a guess of 2026-11-22: each holds a socket and some 50 kB
LOOK_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0  # proxies close what is silent for 30 to 60 seconds; the HTML standard advises 15
RETRY_MILLISECONDS = 3000
BATCH = 200  # changes read at once


class Listeners:
    """How many listen to this server, how far the log is, and whether the server is closing."""

    def __init__(
        self, engine: Engine, *, most: int = MOST_LISTENERS, heartbeat: float = HEARTBEAT_SECONDS
    ) -> None:
        self.heartbeat = heartbeat
        self.is_closing = False
        self._engine = engine
        self._most = most
        self._count = 0
        self._last = 0
        self._looked_at = float("-inf")

    def check(self) -> None:
        """Raise `Busy` where no more may listen."""
        if self.is_closing or self._count >= self._most:
            raise Busy("As many listen as may; ask for /v1/changes?after= instead, or come back later.")

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a listener's place, or raise `Busy`."""
        self.check()
        self._count += 1
        try:
            yield
        finally:
            self._count -= 1

    async def last_number(self) -> int:
        """Return the number of the last change, as it was at most a second ago."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now
            self._last = await read_rows(self._engine, changes.last_number, is_bounded=True)
        return self._last

    def close(self) -> None:
        """Let every stream end within a second."""
        self.is_closing = True


async def follow(listeners: Listeners, engine: Engine, wanted: ChangeFilter) -> AsyncIterator[bytes]:
    """Yield events of the changes after `wanted.after`, and heartbeats that say how far the log was read."""
    with listeners.place():
        position = wanted.after or 0
        yield b"retry: %d\nid: %d\n\n" % (RETRY_MILLISECONDS, position)
        sent_at = time.monotonic()
        while not listeners.is_closing:
            last = await listeners.last_number()
            rows = await _read(engine, replace(wanted, after=position)) if last > position else []
            if rows:
                yield b"".join(map(_event, rows))
            # Fewer than asked for: all up to `last` was read, whether or not it was wanted
            position = rows[-1]["number"] if len(rows) == BATCH else max(position, last)
            if rows:
                sent_at = time.monotonic()
            elif time.monotonic() - sent_at >= listeners.heartbeat:
                yield b": alive\nid: %d\n\n" % position
                sent_at = time.monotonic()
            if len(rows) < BATCH:
                await asyncio.sleep(LOOK_SECONDS)


@contextmanager
def closing_early(listeners: Listeners) -> Iterator[None]:
    """Close the streams as soon as the server is asked to stop.

    It waits for open connections before it tells the app, so endless answers would hold it up for its whole grace.
    Handlers can be set in the main thread alone; elsewhere nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def close(number: int, frame: FrameType | None) -> None:
        listeners.close()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, close)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def _read(engine: Engine, wanted: ChangeFilter) -> list[Record]:
    def work(connection: Connection) -> list[Record]:
        return keyset.page(connection, changes.list_changes(connection, wanted), BATCH, None)

    filters = (wanted.kind, wanted.change, wanted.entity, wanted.publisher)
    return await read_rows(engine, work, is_bounded=not any(filters))


def _event(row: Record) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (row["number"], orjson.dumps(make_change(row), option=OPTIONS))
