"""A name as found, on its way to becoming a mention: where it stands, its type so far, and what found it.

Knows nothing of how names are found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.documents import EntityType, Span

REPEAT_CONFIDENCE = 0.75  # guess of 2026-11-22: a repeat of a name found elsewhere in the text


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text. `types` are the network's log-probabilities of NAME_TYPES, empty where it proposed none."""

    span: Span
    entity_type: EntityType
    method: str
    confidence: float
    types: tuple[float, ...] = ()


def key_of(text: str, span: Span) -> str:
    """Return the name in `span` as one line, without the full stop of an abbreviation."""
    return re.sub(r"\s+", " ", span.of(text)).removesuffix(".")


def without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Keep names in text order; of two that overlap the earlier or longer, of equals the first in `found`."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or kept[-1].span.end <= each.span.start:
            kept.append(each)
    return kept
