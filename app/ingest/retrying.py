"""Tries a failed document again: as it was kept, or from its URL where it could not be fetched."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.tables import Document
from app.db.types import loads, table_of
from app.errors import Conflict, NotFound
from app.ingest import jobs, ledger
from app.ingest.submissions import Submission


def retry(connection: Connection, document_id: UUID) -> UUID:
    """Queue a failed document again and return the job's id; its record is `queued` until the job is over.

    Raise `NotFound`, or `Conflict` for what has not failed, or would fail again whatever happens: a bad line, a file
    that was never read.
    """
    columns = table_of(Document).columns
    row = connection.execute(select(*columns).where(col(Document.id) == document_id)).mappings().first()
    if row is None:
        raise NotFound("There is no document with this id.")
    if row["state"] != "failed":
        raise Conflict(f"The document is {row['state']}, not failed.")
    raw = ledger.kept_document(dict(row))
    stage = loads(row["error"])["stage"]
    must_fetch = not raw.content and stage == "fetch" and raw.hints.url is not None
    if stage == "input" or not (raw.content or must_fetch):
        raise Conflict("Nothing of it was kept that could be read again; send it anew.")
    connection.execute(
        update(Document).where(col(Document.id) == document_id).values(state="queued", error=None)
    )
    return jobs.submit(connection, "retry", [Submission(raw, must_fetch)])
