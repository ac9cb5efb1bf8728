"""What the API reads of where articles come from: outlets, feeds, jobs, and documents as they came in."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection

from app.db.keyset import (
    Keyset,
    Listing,
    ListStatement,
    Reading,
    Record,
    columns_of,
    fill_slots,
    is_one_of,
    make_reading,
)
from app.db.queries import PUBLISHER, find_publishers
from app.db.tables import Document, Feed, Job
from app.db.types import table_of

DOCUMENT, FEED, JOB = (
    table_of(Document),
    table_of(Feed),
    table_of(Job),
)


def list_publishers() -> Listing:
    """Return publishers by slug."""
    keyset = Keyset((PUBLISHER.c.slug,), ("slug",), descending=False)
    return Listing(ListStatement(_select(PUBLISHER), keyset))


def get_publisher(connection: Connection, id_or_slug: str) -> Record | None:
    """Return a publisher by id or slug, or None."""
    found = find_publishers(connection, [id_or_slug])
    return _select(PUBLISHER).where(PUBLISHER.c.id.in_(found)).fetch_one(connection)


def list_documents(state: Sequence[str], job: Sequence[UUID] = ()) -> Listing:
    """Return what came in, the newest first, without its content."""
    reading = make_reading(columns_of(DOCUMENT, without={"content", "content_hash", "hints"}), DOCUMENT)
    return _list(reading, DOCUMENT, "received_at", {"state": state, "job_id": job})


def size_documents(connection: Connection) -> list[Record]:
    """Return how many documents there are in each state, their bytes, and what is kept of them: from one index."""
    columns = DOCUMENT.c
    sums = [
        func.count().label("document_count"),
        *(
            func.coalesce(func.sum(columns[name]), 0).label(name)
            for name in ("byte_count", "kept_byte_count")
        ),
    ]
    rows = connection.execute(select(columns.state, *sums).group_by(columns.state)).mappings()
    return [dict(row) for row in rows]


def list_jobs(state: Sequence[str]) -> Listing:
    """Return jobs, the newest first."""
    return _list(_select(JOB), JOB, "created_at", {"state": state})


def get_job(connection: Connection, job_id: UUID) -> Record | None:
    """Return a job, or None."""
    return _select(JOB).where(JOB.c.id == job_id).fetch_one(connection)


def list_feeds(state: Sequence[str]) -> Listing:
    """Return feeds, the newest first."""
    return _list(_select(FEED), FEED, "created_at", {"state": state})


def get_feed(connection: Connection, feed_id: UUID) -> Record | None:
    """Return a feed, or None."""
    return _select(FEED).where(FEED.c.id == feed_id).fetch_one(connection)


def _list(reading: Reading, table: Table, at: str, given: Mapping[str, Sequence[Any]]) -> Listing:
    """Return a table's rows by a time, the newest first; `given` are the values of columns."""
    chosen = [is_one_of(table.c[name], name, len(values)) for name, values in given.items() if values]
    keyset = Keyset((table.c[at], table.c.id), (at, "id"))
    return Listing(ListStatement(reading.where(*chosen), keyset), fill_slots(given))


@cache
def _select(table: Table) -> Reading:
    return make_reading(list(table.columns), table)
