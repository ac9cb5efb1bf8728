"""Part two people of one article who have the same full name: "a judge with the same name, Judge John Smith".

Only where the article says so; that two printings of one name are two people is else too unlikely. Knows the names'
places and the words around them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from app.documents import Span

_REACH = 80  # code points before and after a name that are looked at
_SAID_BEFORE = re.compile(
    r"\b(?:same name|namesakes?)\b[^.!?\n]{0,60}$|\b(?:another|a different|a second)\s+(?:[A-Z][\w.]*\s+)?$"
)
_SAID_AFTER = re.compile(
    r"^[^.!?\n]{0,20}\b"
    r"(?:no relation|not related|unrelated|namesake|shares? (?:his|her|their|a|the)(?: same)? name)\b"
)


def said_to_be_another(text: str, name: Span) -> bool:
    """Whether the words around a name say that somebody else has it too: "a namesake, John Smith"."""
    before = text[max(0, name.start - _REACH) : name.start]
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(text[name.end : name.end + _REACH]))


def part_namesake(
    members: Sequence[int], others: AbstractSet[int], titles: Mapping[int, AbstractSet[str]]
) -> tuple[list[int], list[int], list[int]]:
    """Part the printings of one full name, in text order: the first bearer's, the second's, and either's.

    `others` are those said to be another's. All are the first bearer's where none is, but the very first. Later
    ones go by their titles: "Judge John Smith" to the judge.
    """
    ordered = sorted(members)
    second = next((index for index in ordered[1:] if index in others), None)
    if second is None:
        return ordered, [], []
    first = [index for index in ordered if index < second]
    own, later = titles[second], [index for index in ordered if index > second]
    theirs = _titles(first, titles) - own
    to_second = [index for index in later if titles[index] & own]
    to_first = [index for index in later if titles[index] & theirs and index not in to_second]
    either = [index for index in later if index not in to_second and index not in to_first]
    return first + to_first, [second, *to_second], either


def _titles(members: Iterable[int], titles: Mapping[int, AbstractSet[str]]) -> set[str]:
    return {title for index in members for title in titles[index]}
