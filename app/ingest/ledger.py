"""What came in, and what became of it: one record per document, by content.

It takes a connection and never commits itself.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.ids import make_id
from app.db.tables import Document
from app.db.types import loads
from app.documents import Hints, RawDocument
from app.errors import DocumentError

UNREAD = "none"  # the pipeline version of what no pipeline was given: a bad line, a URL that answers nothing
LATER_HINTS = frozenset({"modified_at", "section", "keywords", "lead_image_url"})  # not in the first version
HINTED_TIMES, HINTED_LISTS = ("published_at", "modified_at"), ("authors", "keywords")
BEFORE_READING = frozenset({"input", "fetch"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it was kept.

    is_whole: whether its content was kept too. is_superseded: a later document revised the article it became.
    version: of the pipeline that read it.
    """

    id: UUID
    raw: RawDocument
    is_whole: bool
    version: str
    name: str | None
    article_id: UUID | None
    received_at: datetime
    is_superseded: bool


def content_hash(raw: RawDocument) -> str:
    """Return the SHA-256, in hex, of a document's content, form and hints: the same means nothing new.

    A time is the same in any zone.
    """
    times = {name: at.astimezone(UTC) for name in HINTED_TIMES if (at := getattr(raw.hints, name))}
    return sha256(
        b"\x00".join((pack_hints(replace(raw.hints, **times)), raw.form.encode(), raw.content))
    ).hexdigest()


def find_known(connection: Connection, raw: RawDocument, version: str) -> UUID | None:
    """Return the article this very document already is, read by this pipeline version; None if there is none.

    Raise the stored `DocumentError` where this version has already failed on it.
    """
    row = connection.execute(
        select(col(Document.article_id), col(Document.state), col(Document.error)).where(
            col(Document.content_hash) == content_hash(raw), col(Document.pipeline_version) == version
        )
    ).one_or_none()
    if row is not None and row.state == "failed":
        raise DocumentError.from_record(loads(row.error))
    return row.article_id if row is not None and row.state == "stored" else None


def was_deleted(connection: Connection, raw: RawDocument) -> bool:
    """Whether a person has deleted what this document held, so that start-up must not bring it back."""
    chosen = select(col(Document.state)).where(col(Document.content_hash) == content_hash(raw))
    return connection.execute(chosen).scalar_one_or_none() == "deleted"


def keep_failure(
    connection: Connection,
    raw: RawDocument,
    error: DocumentError,
    *,
    name: str | None,
    version: str,
    received_at: datetime | None = None,
) -> None:
    """Keep a document that could not be read, with the reason; received now, unless told when."""
    reader = UNREAD if error.stage in BEFORE_READING else version
    told = {"state": "failed", "error": error.to_record(), "article_id": None}
    _keep(connection, raw, told | {"name": name, "pipeline_version": reader}, received_at)


def keep_success(
    connection: Connection,
    raw: RawDocument,
    article_id: UUID,
    *,
    name: str | None,
    version: str,
    received_at: datetime | None = None,
) -> None:
    """Keep a document that became an article; received now, unless told when."""
    told = {"state": "stored", "error": None, "article_id": article_id}
    _keep(connection, raw, told | {"name": name, "pipeline_version": version}, received_at)


def load(connection: Connection, document_id: UUID) -> Kept | None:
    """Return a document with its content, or None where there is none or it was deleted."""
    names = (
        *("id", "name", "form", "content", "hints", "state", "article_id", "received_at"),
        *("byte_count", "pipeline_version"),
    )
    row = connection.execute(
        select(*(getattr(Document, name) for name in names)).where(col(Document.id) == document_id)
    ).one_or_none()
    if row is None or row.state == "deleted":
        return None
    newer = select(col(Document.id)).where(
        col(Document.article_id) == row.article_id, col(Document.received_at) > row.received_at
    )
    return Kept(
        id=row.id,
        raw=kept_document(row._asdict()),
        is_whole=bool(row.content) or not row.byte_count,
        version=row.pipeline_version,
        name=row.name,
        article_id=row.article_id,
        received_at=row.received_at,
        is_superseded=row.article_id is not None and connection.execute(newer).first() is not None,
    )


def has_documents(connection: Connection, article_id: UUID | None) -> bool:
    """Whether any document is this article."""
    chosen = select(col(Document.id)).where(col(Document.article_id) == article_id)
    return connection.execute(chosen).first() is not None


def forget(connection: Connection, article_id: UUID) -> None:
    """Empty the records of an article's documents; they stay, as `deleted`."""
    connection.execute(
        update(Document)
        .where(col(Document.article_id) == article_id)
        .values(state="deleted", content=b"", byte_count=0, kept_byte_count=0, hints={}, article_id=None)
    )


def kept_document(row: Mapping[str, Any]) -> RawDocument:
    """Return the raw document in a row that has its content (packed; empty if not kept), form and hints."""
    content = zlib.decompress(row["content"]) if row["content"] else b""
    return RawDocument(content, row["form"], read_hints(loads(row["hints"])))


def pack_hints(hints: Hints) -> bytes:
    """Return the hints as kept; the later ones only where given, so that a document's hash stays what it was."""
    every = {field.name: getattr(hints, field.name) for field in fields(Hints)}
    given = {
        name: value for name, value in every.items() if value not in (None, ()) or name not in LATER_HINTS
    }
    return orjson.dumps(given)


def read_hints(hints: Mapping[str, Any]) -> Hints:
    """Return hints from their kept values."""
    times = {name: datetime.fromisoformat(hints[name]) for name in HINTED_TIMES if hints.get(name)}
    lists = {name: tuple(hints.get(name, ())) for name in HINTED_LISTS}
    return Hints(**{**hints, **times, **lists})


def _keep(
    connection: Connection, raw: RawDocument, told: dict[str, Any], received_at: datetime | None
) -> None:
    digest = content_hash(raw)
    is_kept = connection.get_execution_options().get("keeps_documents", True)
    content = zlib.compress(raw.content) if is_kept else b""
    row = {
        "id": make_id("document", digest),
        "content_hash": digest,
        "form": raw.form,
        "content": content,
        "byte_count": len(raw.content),
        "kept_byte_count": len(content),
        "hints": orjson.Fragment(pack_hints(raw.hints)),
        "received_at": received_at or datetime.now(UTC),
        **told,
    }
    connection.execute(delete(Document).where(col(Document.content_hash) == digest))
    connection.execute(insert(Document), [row])
