"""Which quotes differ between two readings of an article: appeared, vanished or changed. Pure.

A quote's id is made of its words, so one quoted otherwise has another id; between two revisions it is still the
same quote, changed, if most of its words are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from app.ingest.rows import Row

Change = Literal["appeared", "vanished", "changed"]

COMPARED = ("kind", "attribution", "text", "cue_text", "speaker_text", "speaker_id", "speaker_type", "status")
SAME_WORDS = 0.6  # of both quotes' words, from here on one is the other reworded; a guess of 2026-11-22
COMMON = 20  # quotes with a word, from here on it tells none of them: what is looked at stays linear


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """A quote before and after; None where it was or is not there."""

    change: Change
    before: Row | None
    after: Row | None


def tell_change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Change | None:
    """Return what became of a quote, by what is compared of it; None where nothing did."""
    if before is None:
        return "appeared"
    if after is None:
        return "vanished"
    return "changed" if differ(before, after, COMPARED) else None


def differ(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether two readings of a quote differ in one of these columns.

    A type of speaker differs from another, not from none: what was read before there were any has not changed.
    """
    different = {name for name in names if before[name] != after[name]}
    if before.get("speaker_type") is None or after.get("speaker_type") is None:
        different.discard("speaker_type")
    return bool(different)


def compare_quotes(before: Iterable[Row], after: Iterable[Row]) -> list[QuoteChange]:
    """Return the changes between the quotes of two revisions: those changed or vanished, then those that appeared."""
    old, new = ({row["id"]: row for row in rows} for rows in (before, after))
    gone = [row for id_, row in old.items() if id_ not in new]
    come = {id_: row for id_, row in new.items() if id_ not in old}
    reworded = _pair_reworded(gone, list(come.values()))
    changes = []
    for id_, row in old.items():
        now = new.get(id_) or come.get(reworded.get(id_))
        if change := tell_change(row, now):
            changes.append(QuoteChange(change, row, now))
    paired = set(reworded.values())
    return changes + [QuoteChange("appeared", None, row) for id_, row in come.items() if id_ not in paired]


def _pair_reworded(gone: list[Row], come: list[Row]) -> dict[UUID, UUID]:
    """Return which quote that came each quote that is gone became: the one that shares most words, each once."""
    words_of = {row["id"]: Counter(re.findall(r"\w+", row["text"].casefold())) for row in [*gone, *come]}
    having: dict[str, list[UUID]] = {}
    for row in come:
        for word in words_of[row["id"]]:
            having.setdefault(word, []).append(row["id"])
    scored = []
    for row in gone:
        words = words_of[row["id"]]
        telling = (having[word] for word in words if len(having.get(word, ())) in range(1, COMMON))
        for other in {id_ for ids in telling for id_ in ids}:
            others = words_of[other]
            scored.append((2 * (words & others).total() / (words.total() + others.total()), row["id"], other))
    pairs: dict[UUID, UUID] = {}
    taken: set[UUID] = set()
    for score, one, other in sorted(scored, key=lambda pair: -pair[0]):
        if score >= SAME_WORDS and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs
