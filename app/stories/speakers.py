"""Whether two quotes name the same speaker, as outlets name people. Must not know what the quotes say."""

import re
from collections.abc import Sequence
from typing import Literal

from app.stories.contradictions import are_spelled_alike
from app.stories.quotes import QuoteText, Wording
from app.stories.wording import words_of

SpeakerFit = Literal["same", "unknown", "different"]

_NAME_PART = re.compile(r"[^\W_]+")


def speaker_fit(one: QuoteText, other: QuoteText) -> SpeakerFit:
    """Return whether two quotes name the same speaker: by entity or name, else by the last word of the name.

    Two entities may be one that an article never names in full: `Ada Okafor`, `Okafor`.
    """
    if one.speaker_id and one.speaker_id == other.speaker_id:
        return "same"
    are_entities = one.speaker_id is not None and other.speaker_id is not None
    if not (one.speaker_name and other.speaker_name):
        return "different" if are_entities else "unknown"
    names = [_NAME_PART.findall(name.casefold()) for name in (one.speaker_name, other.speaker_name)]
    short, long = sorted(names, key=len)
    is_same = _may_be_one(short, long) if are_entities else short[-1:] == long[-1:]
    is_same = is_same or _are_initials(one.speaker_name, other.speaker_name)
    return "same" if is_same else "different"


def passes_on(one: Wording, other: Wording) -> bool:
    """Whether one reports in the outlet's words what the other's speaker said: `the office said Okafor was sorry`."""
    name = words_of(other.quote.speaker_name or "")
    return one.quote.kind != "direct" and bool(name) and name[-1].key in one.content


def _may_be_one(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one name is the other in short, otherwise pointed, or misspelled: `U. S. Lines`, `US Lines`."""
    if not short:
        return False
    if long[-len(short) :] == short or "".join(short) == "".join(long):
        return True
    return short[:-1] == long[:-1] != [] and are_spelled_alike(short[-1], long[-1])


def _are_initials(one: str, other: str) -> bool:
    """Whether one name is the initials of the other: `KFB`, `Kessin Fire Brigade`, `Kessin Fire Brigade Ltd.`."""
    short, long = sorted((one.replace(".", ""), other.replace(".", "")), key=len)
    parts = [part for part in _NAME_PART.findall(long) if part[0].isupper()]
    initials = "".join(part if part.isupper() else part[0] for part in parts)
    is_short = short.isupper() and len(parts) > 1 and len(short) > 1
    return is_short and short in (initials, initials[:-1])
