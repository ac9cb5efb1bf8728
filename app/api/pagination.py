"""Keyset pages: an opaque cursor instead of an offset, so that page 1,000 costs what page 1 does.

A cursor holds the sort values of a row, whether the page wanted comes after that row or before it, and a digest of
the filters it was made for. So the page before one is what stands before its first row now: the page it was, unless
rows came or went in it, and never a row of this one.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


BEFORE = "before"  # the first word in a cursor that leads back


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: beside the row with these sort values; is_before: the page wanted ends there."""

    values: Sequence[Any]
    is_before: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where the pages after and before a page are, where there are any."""

    next_url: str | None = None
    prev_url: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The header that tells of them (RFC 8288)."""
        pairs = (("prev", self.prev_url), ("next", self.next_url))
        links = [f'<{url}>; rel="{relation}"' for relation, url in pairs if url is not None]
        return {"Link": ", ".join(links)} if links else {}


def make_cursor(values: Sequence[Any], filters: str, *, is_before: bool = False) -> str:
    """Return the cursor after or before a row with these sort values, in the list these filters make."""
    packed = orjson.dumps([*([BEFORE] if is_before else []), _digest(filters), *map(str, values)])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(cursor: str, filters: str, names: Sequence[str]) -> Place:
    """Return the place a cursor stands for; raise `BadQuery` if it is not one of ours for this list."""
    try:
        given = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        is_before = given[0] == BEFORE
        digest, *words = given[is_before:]
        values = [READERS[name](word) for name, word in zip(names, words, strict=True)]
    except (ValueError, TypeError, AttributeError, LookupError, binascii.Error):
        raise BadQuery("This is no cursor of ours.", "cursor") from None
    if digest != _digest(filters):
        raise BadQuery("The cursor belongs to a list with other filters.", "cursor")
    if any(_cannot_be_ours(value) for value in values):
        raise BadQuery("This is no cursor of ours.", "cursor")
    return Place(values, is_before)


def values_of(row: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """Return the sort values of a row, as a statement takes them."""
    return [READERS[name](str(row[name])) for name in names]


def _digest(filters: str) -> str:
    return blake2b(filters.encode(), digest_size=8).hexdigest()


def _cannot_be_ours(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) >= 1 << 31
    return isinstance(value, datetime) and value.tzinfo is None
