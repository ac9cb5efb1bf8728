"""A name as found, on its way to becoming a mention: where it stands, its type so far, and what found it.

Knows nothing of how names are found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.documents import EntityType, Span

# Of a label before the document is asked: F1 of the model on GUM news, research of 2026-11.
MODEL_CONFIDENCE: dict[EntityType, float] = {
    "person": 0.85,
    "organization": 0.65,
    "place": 0.8,
    "group": 0.8,
    "event": 0.5,
    "work": 0.5,
    "product": 0.5,
}
TABLE_CONFIDENCE = 0.95  # guess of 2026-11-22: a country's name is hardly ever anything else
REPEAT_CONFIDENCE = 0.75  # guess of 2026-11-22: a repeat of a name found elsewhere in the text


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text. `label` is the model's own, finer than the type; empty where it proposed none."""

    span: Span
    entity_type: EntityType
    method: str
    confidence: float
    label: str = ""


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
