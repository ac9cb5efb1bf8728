"""Keyset pages: an opaque cursor instead of an offset, so that page 1,000 costs what page 1 does.

A cursor holds the sort values of the last row and a digest of the filters it was made for.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson

from app.errors import BadQuery

# How the sort values come back from a cursor, by the name of the column
READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(
        ("place_at", "ordered_at", "received_at", "started_at", "created_at"), datetime.fromisoformat
    ),
    **dict.fromkeys(("id", "article_id", "entity_id", "candidate_id"), UUID),
    **dict.fromkeys(("rank", "mention_count", "quote_count", "article_count", "number"), int),
    **dict.fromkeys(("sort_name", "slug"), str),
    "confidence": float,
}


def make_cursor(values: Sequence[Any], filters: str) -> str:
    """Return the cursor after a row with these sort values, in the list these filters make."""
    packed = orjson.dumps([_digest(filters), *map(str, values)])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(cursor: str, filters: str, names: Sequence[str]) -> list[Any]:
    """Return the sort values in a cursor; raise `BadQuery` if it is not one of ours for this list."""
    try:
        digest, *given = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [READERS[name](value) for name, value in zip(names, given, strict=True)]
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise BadQuery("This is no cursor of ours.", "cursor") from None
    if digest != _digest(filters):
        raise BadQuery("The cursor belongs to a list with other filters.", "cursor")
    if any(_cannot_be_ours(value) for value in values):
        raise BadQuery("This is no cursor of ours.", "cursor")
    return values


def values_of(row: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """Return the sort values of a row, as a statement takes them."""
    return [READERS[name](str(row[name])) for name in names]


def _digest(filters: str) -> str:
    return blake2b(filters.encode(), digest_size=8).hexdigest()


def _cannot_be_ours(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) >= 1 << 31
    return isinstance(value, datetime) and value.tzinfo is None
