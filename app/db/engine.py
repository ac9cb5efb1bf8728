"""Where connections come from: one engine for reading and writing, on SQLite or Postgres.

Connections, not ORM sessions: nothing here needs objects that track changes, and reading an article through a
session took 450 µs against 90 µs.

SQLite allows one writer, and a transaction that reads before it writes loses against another with
SQLITE_BUSY whatever the timeout (measured: 75 % of them). So every write goes through `writing`, which takes
the lock first.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, event, insert, make_url, text
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel, create_engine

SQLITE_PRAGMAS = (
    "PRAGMA synchronous = NORMAL",  # safe against a killed process; ingest is repeatable after a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16384",  # 16 MB a connection
    "PRAGMA mmap_size = 268435456",
    "PRAGMA temp_store = MEMORY",
)
BUSY_SECONDS = 10  # how long a connection waits for another's lock
PROGRESS_STEPS = 20_000  # SQLite virtual-machine steps between two looks at the clock: about 1 ms
WRITER_LOCK = 5_077_010  # any number of ours; Postgres' advisory lock that makes writers take turns


def make_engine(database_url: str, *, query_seconds: float = 5, keeps_documents: bool = True) -> Engine:
    """Return the engine for a database URL. A query that runs longer than `query_seconds` is stopped.

    keeps_documents: whether what is written through it keeps the content of documents (`ingest/ledger.py`).
    """
    return _make(database_url, query_seconds).execution_options(keeps_documents=keeps_documents)


def _make(database_url: str, query_seconds: float) -> Engine:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        if url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, poolclass=QueuePool, pool_size=8, max_overflow=8, pool_use_lifo=True)
        _prepare_sqlite(engine, query_seconds)
        return engine
    milliseconds = int(query_seconds * 1000)
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        connect_args={"options": f"-c statement_timeout={milliseconds} -c timezone=UTC"},
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to read from; nothing written in it is kept."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def reading_once(engine: Engine) -> Iterator[Connection]:
    """Give a connection all of whose queries see the database as it was at the first of them."""
    still = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**still) as connection:  # SQLite does so anyway
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that holds the one writer's place; commits at the end, or rolls back on any error."""
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        yield connection


def insert_rows(connection: Connection, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows at once: 10 times faster than adding objects (measured), and nothing where there are none."""
    if rows:
        connection.execute(insert(table), rows)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Put the file in write-ahead mode; two that do so to a new file at once take turns.

    SQLite does not wait by itself here: of two connections that read and then both want the whole file, one is
    refused at once (31 of 450 starts of three processes together, measured), so we ask again. The mode stays with
    the file.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _prepare_sqlite(engine: Engine, query_seconds: float) -> None:
    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        _write_ahead(connection)
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        driver: Any = connection.connection.dbapi_connection  # straight to it: a tenth of the library's 25 µs
        deadline = time.monotonic() + query_seconds
        driver.set_progress_handler(None if writes else lambda: time.monotonic() > deadline, PROGRESS_STEPS)
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
