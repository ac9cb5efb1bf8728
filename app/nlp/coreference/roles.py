"""Read role phrases and say whose they are: "Koro Doe, the envoy to Chile".

A role phrase is an office with what stands around it. One beside a name gives its bearer a role.
"""

import bisect
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.documents import Gender, Span
from app.nlp.data.phrases import (
    DEFINITE,
    DETERMINERS,
    MONTHS_AND_DAYS,
    NEVER_BEFORE_OFFICE,
    NEVER_IN_OFFICE,
    OFFICE_MODIFIERS,
    OFFICE_PREPOSITIONS,
    POSSESSIVE_DETERMINERS,
)
from app.nlp.data.titles import ADJECTIVE_OFFICES, LONGEST_OFFICE, OFFICES
from app.nlp.words import Word, runs_in, words_of

_WIDEST_PHRASE = 8  # words on either side of an office that may belong to its phrase; guess of 2026-11-22


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """An office with its modifiers: "the former Japanese ambassador to Seoul".

    span includes the determiner; `core` does not.
    """

    span: Span
    core: Span
    office_end: int
    is_definite: bool
    gender: Gender | None


def find_role_phrases(text: str, words: Sequence[Word]) -> list[RolePhrase]:
    """Return the role phrases of a text, in order."""
    lowered = [Word(word.text.lower(), word.start, word.end) for word in words]
    # Capitalised, "General" is an office; hence words as printed.
    runs = [(i, j) for i, j, _ in runs_in(text, lowered, OFFICES, LONGEST_OFFICE) if _is_office(words[i])]
    heads = [
        (i, j)
        for (i, j), (following, _) in pairwise([*runs, (len(words) + 1, 0)])
        if following != j or not _touch(text, words[j - 1], words[j])  # of "chief investigator" the latter
    ]
    return [_phrase(text, words, i, j) for i, j in heads]


def _is_office(word: Word) -> bool:
    return word.text not in ADJECTIVE_OFFICES


def _phrase(text: str, words: Sequence[Word], first: int, last: int) -> RolePhrase:
    left = first
    while left > 0 and first - left < _WIDEST_PHRASE and _is_modifier(text, words[left - 1], words[left]):
        left -= 1
    left = _past_unknown(text, words, left)
    right = _complement_end(text, words, last)
    determiner = words[left - 1] if left > 0 and _touch(text, words[left - 1], words[left]) else None
    has_determiner = determiner is not None and determiner.text.lower() in DETERMINERS
    word = determiner.text.lower() if determiner and has_determiner else ""
    start = determiner.start if determiner and has_determiner else words[left].start
    before = words[left:first]
    possessive = any(text[one.end] in "'’" for one in before)
    office = " ".join(each.text.lower() for each in words[first:last])
    return RolePhrase(
        span=Span(start, words[right - 1].end),
        core=Span(words[left].start, words[right - 1].end),
        office_end=words[last - 1].end,
        is_definite=word in DEFINITE | POSSESSIVE_DETERMINERS or (not word and possessive),
        gender=OFFICES[office],
    )


def _touch(text: str, before: Word, after: Word) -> bool:
    gap = text[before.end : after.start]
    return gap.isspace() and len(gap) <= 2 and "\n\n" not in gap  # noqa: PLR2004 - a line break with a stray space


def _is_modifier(text: str, word: Word, following: Word) -> bool:
    """Whether `word` belongs to the phrase that goes on with `following`."""
    gap = text[word.end : following.start]
    if gap.strip() in ("'s", "’s", "'", "’") and gap[-1:].isspace():
        return word.is_capitalised and word.text.lower() not in DETERMINERS
    if not _touch(text, word, following):
        return False
    lowered = word.text.lower()
    return lowered in OFFICE_MODIFIERS or (word.is_capitalised and lowered not in _NEVER_MODIFIERS)


def _past_unknown(text: str, words: Sequence[Word], left: int) -> int:
    """Return where the phrase begins if a few plain words part it from its determiner: "the night guard"."""
    at = left
    while at > 0 and left - at < _MOST_UNKNOWN and _belongs(text, words[at - 1], words[at]):
        word = words[at - 1].text
        if word.lower() in DETERMINERS:
            return at
        if not word.islower() or word in NEVER_BEFORE_OFFICE or word.endswith("ly"):
            return left
        at -= 1
    known = at > 0 and words[at - 1].text.lower() in DETERMINERS and _touch(text, words[at - 1], words[at])
    return at if known else left


def _belongs(text: str, word: Word, following: Word) -> bool:
    """Whether nothing but white space or a possessive 's is between two words."""
    return text[word.end : following.start] in ("'s ", "’s ") or _touch(text, word, following)


_MOST_UNKNOWN = 2  # words; guess of 2026-11-22
_NEVER_MODIFIERS = DETERMINERS | OFFICE_PREPOSITIONS | NEVER_IN_OFFICE


def _complement_end(text: str, words: Sequence[Word], last: int) -> int:
    """Return the index past the complement of the office that ends before `last`: "to Chile"."""
    end = position = last
    limit = min(len(words), last + _WIDEST_PHRASE)
    while position < limit and words[position].text in OFFICE_PREPOSITIONS:
        position += 1
        if position < limit and words[position].text == "the":
            position += 1
        past = _past_names(text, words, position)
        if (
            past == position
            or words[position].text in MONTHS_AND_DAYS
            or not _is_unbroken(text, words[end - 1 : past])
        ):
            break
        end = position = past
    return end


def _past_names(text: str, words: Sequence[Word], first: int) -> int:
    """Return the index past the run of capitalised words that begins at `first`."""
    past = first
    while (
        past < len(words)
        and words[past].is_capitalised
        and _is_unbroken(text, words[max(first, past - 1) : past + 1])
    ):
        past += 1
    return past


def _is_unbroken(text: str, words: Sequence[Word]) -> bool:
    return all(_touch(text, before, after) for before, after in pairwise(words))


# --- whose role ----------------------------------------------------------------------------------


def role_beside(
    text: str, name: Span, before: RolePhrase | None, after: RolePhrase | None
) -> list[RolePhrase]:
    """Return which of the phrases next to a name are its bearer's role.

    Title: "President Ana Lopes". Apposition: "Ana Lopes, the president,"; "the president, Ana Lopes,".
    Statement:
    "Lopes is the president".
    """
    found = []
    if before and _is_title_or_apposition(text, before, name):
        found.append(before)
    if after and _follows(text, name, after):
        found.append(after)
    return found


_LINKS = frozenset((",", "is", "was", "became", "is now", "was then", "–", "—", "-"))
_LINKS |= {f", who {verb}" for verb in ("is", "was", "became", "is now", "works as", "served as")}


def _is_title_or_apposition(text: str, phrase: RolePhrase, name: Span) -> bool:
    if phrase.office_end <= name.start and not text[phrase.office_end : name.start].strip(" \n."):
        return "\n\n" not in text[phrase.office_end : name.start]
    return phrase.is_definite and text[phrase.span.end : name.start].strip() == ","


def _follows(text: str, name: Span, phrase: RolePhrase) -> bool:
    gap = text[name.end : phrase.span.start]
    return (
        "\n\n" not in gap and gap.strip() in _LINKS and not text[phrase.span.end :][:2].startswith(("'", "’"))
    )


@dataclass(frozen=True, slots=True)
class Roles:
    """What the roles beside people's names tell: of each person the roles as printed, in order, and the genders."""

    roles: dict[int, dict[str, None]]
    genders: list[tuple[int, Gender]]


def read_roles(text: str, people: Mapping[int, Sequence[Span]]) -> Roles:
    """Read the roles printed beside people's names."""
    phrases = find_role_phrases(text, words_of(text))
    starts = [phrase.span.start for phrase in phrases]
    roles: dict[int, dict[str, None]] = defaultdict(dict)
    genders = []
    for name, person in sorted((span, person) for person, spans in people.items() for span in spans):
        position = bisect.bisect_left(starts, name.start)
        before = phrases[position - 1] if position else None
        after = phrases[position] if position < len(phrases) else None
        for phrase in role_beside(text, name, before, after):
            roles[person].setdefault(re.sub(r"\s+", " ", phrase.core.of(text)))
            if phrase.gender:
                genders.append((person, phrase.gender))
    return Roles(roles, genders)
