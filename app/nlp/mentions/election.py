"""Give each name one type all over the document.

The model labels each occurrence by its few neighbouring words; here the tables, titles, the name's own words and
the document's other names decide. Knows nothing of who is who.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.countries import country_of
from app.documents import EntityType, Span
from app.nlp.data.given_names import FEMALE_NAMES, MALE_NAMES
from app.nlp.data.organizations import (
    KNOWN_ORGANIZATIONS,
    ORGANIZATION_WORDS,
    PLACE_WORDS,
    STRONG_ORGANIZATION_WORDS,
)
from app.nlp.data.titles import ADJECTIVE_OFFICES, HONORIFICS, OFFICES
from app.nlp.mentions.found import Found, key_of

_TABLE_VOTES = 100
_TITLE_VOTES = 2  # "attorney Lakeside Doe": more than the model's one word against it
_TITLE = re.compile(r"([^\W\d_]+)\.?\s$")
_NOT_PEOPLE = frozenset(("event", "organization", "place", "product", "work"))
_MIDDLE_INITIAL = re.compile(r"\w+ [A-Z]\. \w+")
_GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES


def elect_types(text: str, found: Sequence[Found]) -> list[Found]:
    """Give each name one type: by the tables, the word before it, its own words, or the majority."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for each in found:
        key = key_of(text, each.span)
        votes[key][each.entity_type] += _TABLE_VOTES if each.method == "table" else 1
        if _follows_title(text, each.span):
            votes[key]["person"] += _TITLE_VOTES
    evidence = _gather(votes)
    types = {key: _elect(key, counts, evidence) for key, counts in votes.items()}
    return [replace(each, entity_type=types[key_of(text, each.span)]) for each in found]


def _follows_title(text: str, span: Span) -> bool:
    before = _TITLE.search(text[max(0, span.start - 20) : span.start])
    word = before.group(1).lower() if before else ""
    return word in HONORIFICS or (word in OFFICES and word not in ADJECTIVE_OFFICES and " " in span.of(text))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the document's other names say of a name."""

    people: set[str]  # first and last words of people's full names
    alone: set[str]  # people's names of one word
    organizations: set[str]  # first words of organizations' names


def _gather(votes: dict[str, Counter[EntityType]]) -> _Evidence:
    winners = {key: counts.most_common(1)[0][0] for key, counts in votes.items()}
    people = [key.split() for key, winner in winners.items() if winner == "person"]
    full = {word for words in people if len(words) > 1 for word in (words[0], words[-1])}
    firsts = {key.split()[0] for key, winner in winners.items() if " " in key and winner == "organization"}
    return _Evidence(full, {words[0] for words in people if len(words) == 1}, firsts - full)


def _elect(key: str, counts: Counter[EntityType], evidence: _Evidence) -> EntityType:
    """Return the type of a name by its votes and by the other names."""
    if key in KNOWN_ORGANIZATIONS:
        return "organization"
    if " " in key and country_of(key):  # "N. Korea"
        return "place"
    winner = counts.most_common(1)[0][0]
    if " " in key:
        return _elect_long(key, evidence) or winner if winner in ("organization", "place") else winner
    if winner == "person" and key in evidence.organizations:
        return "organization"  # "Ora" beside "Ora Media"
    may_be_person = "person" in counts or winner in _NOT_PEOPLE - {"place"}
    return "person" if may_be_person and key in evidence.people else winner


def _elect_long(key: str, evidence: _Evidence) -> EntityType | None:
    """Return what the words of a longer name tell, if the model takes it for no person."""
    words = key.casefold().split()
    last = key.rsplit(maxsplit=1)[-1]
    if words[-1] in ORGANIZATION_WORDS or STRONG_ORGANIZATION_WORDS & set(words):
        return "organization"
    if words[-1] in PLACE_WORDS:
        return "place"
    is_persons = bool(_MIDDLE_INITIAL.fullmatch(key)) or last in evidence.people | evidence.alone
    return "person" if words[0] in _GIVEN_NAMES and is_persons else None
