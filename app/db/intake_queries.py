"""What the API reads of where articles come from: outlets, and documents as they came in."""

from collections.abc import Sequence
from functools import cache

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
from app.db.tables import Document

DOCUMENT = Document.metadata.tables["document"]


def list_publishers() -> Listing:
    """Return publishers by slug."""
    keyset = Keyset((PUBLISHER.c.slug,), ("slug",), descending=False)
    return Listing(ListStatement(_select_publishers(), keyset))


def get_publisher(connection: Connection, id_or_slug: str) -> Record | None:
    """Return a publisher by id or slug, or None."""
    found = find_publishers(connection, [id_or_slug])
    return _select_publishers().where(PUBLISHER.c.id.in_(found)).fetch_one(connection)


def list_documents(state: Sequence[str]) -> Listing:
    """Return what came in, the newest first, without its content."""
    reading = _select_documents()
    if state:
        reading = reading.where(is_one_of(DOCUMENT.c.state, "state", len(state)))
    keyset = Keyset((DOCUMENT.c.received_at, DOCUMENT.c.id), ("received_at", "id"))
    return Listing(ListStatement(reading, keyset), fill_slots({"state": state}))


@cache
def _select_publishers() -> Reading:
    return make_reading(list(PUBLISHER.columns), PUBLISHER)


@cache
def _select_documents() -> Reading:
    return make_reading(columns_of(DOCUMENT, without={"content", "content_hash", "hints"}), DOCUMENT)
