"""Ids that a database built again from the same documents gives again.

UUIDv5 (RFC 9562) over the parts that make a thing what it is, so links and corrections survive a rebuild.
"""

import os
import time
import unicodedata
from collections.abc import Iterable
from uuid import UUID, uuid5

NAMESPACE = UUID("8f1c5a52-5a0e-5d0b-9a55-0c6f3b1f7d11")  # made once, for On Record; never to change


def make_id(*parts: object) -> UUID:
    """Return the id of what these parts name."""
    return uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))


def make_layer_ids(article_id: UUID, layer: str, texts: Iterable[str]) -> list[UUID]:
    """Return an id for each text of a layer (quotes, mentions) of an article, in order.

    The ordinal counts equal texts within the article, so an insertion elsewhere leaves the other ids alone.
    """
    seen: dict[str, int] = {}
    ids = []
    for text in texts:
        exact = " ".join(unicodedata.normalize("NFKC", text).split())
        ordinal = seen.get(exact, 0)
        seen[exact] = ordinal + 1
        ids.append(make_id(layer, article_id, exact, ordinal))
    return ids


def search_key(row_id: UUID) -> int:
    """Return the integer a row goes by in the full-text index: the 62 random low bits of its id.

    FTS5 knows rows by integer. Two of ten million rows share one with a chance of 1 in 100,000; the column is
    unique, so that would be refused, never confused.
    """
    return row_id.int & ((1 << 62) - 1)


def make_time_id() -> UUID:
    """Return an id that sorts by when it was made (UUIDv7, RFC 9562): for what happens, rather than what is.

    Python has it from 3.14 on.
    """
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10)) & ((1 << 74) - 1)
    upper = milliseconds << 16 | 0x7000 | random >> 62
    return UUID(int=upper << 64 | 1 << 63 | random & ((1 << 62) - 1))
