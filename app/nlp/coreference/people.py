"""Say which names of people are one person's: "Ana Reis", "Reis", "Ms. Reis", "Sgt Reis".

Full names found persons; a name that is part of one joins it. Where it is part of several, gender, title and who
was called so first decide, else it is nobody's. Knows the names of one article and the word before each.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from app.documents import Gender, Mention, Span
from app.nlp.coreference.namesakes import part_namesake, said_to_be_another
from app.nlp.coreference.person_names import are_compatible, gender_of_name, name_parts
from app.nlp.data import words
from app.nlp.data.given_names import FEMALE_NAMES, MALE_NAMES
from app.nlp.data.titles import HONORIFICS, OFFICES, TITLE_ABBREVIATIONS

_BEFORE = re.compile(r"(?:\b[^\W\d_]{2,14}\.?[ \n]){1,2}$")
_LONGEST_TITLES = 32
_SAME_NAME = 20  # people looked at for one word of a name; keeps a list of thousands linear
_JOINED = re.compile(r"\s+(?:and|&)\s+")
_WIDEST_JOIN = 6
_PARTICLES = words("al el bin bint ben ibn de da di do dos das del della der den van von la le ter")


@dataclass(frozen=True, slots=True)
class People:
    """The names of people, grouped: `members` of each person in text order, and the names several compete for.

    contested: name index → numbers of the people it may be.
    """

    members: list[list[int]]
    contested: dict[int, list[int]]


def group_people(text: str, names: Sequence[Mention], people: Iterable[int]) -> People:
    """Group the names whose indexes are given, in text order."""
    calls = {index: _call(text, names[index].span) for index in people}
    _share_family_name(text, names, calls)
    full = {index: call.words for index, call in calls.items() if len(call.words) > 1}
    persons, contested = _make_persons(text, names, full, calls)
    rivals, strangers = _join_parts(calls, persons)
    contested |= rivals
    _add_strangers(strangers, calls, persons, contested)
    numbers = {id(person): number for number, person in enumerate(persons)}
    return People(
        [sorted(person.members) for person in persons],
        {index: [numbers[id(person)] for person in fits] for index, fits in contested.items()},
    )


def honorific_gender(text: str, name: Mention) -> Gender | None:
    """Return the gender that the word before a name tells: "Mrs. Hall"."""
    return _call(text, name.span).gender


# --- how a person is called -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Call:
    """One printing of a name: its words, and the titles before it ("mrs", "sergeant", "judge")."""

    words: tuple[str, ...]
    titles: frozenset[str] = frozenset()
    gender: Gender | None = None


def _call(text: str, span: Span) -> _Call:
    called = name_parts(span.of(text))
    before = _BEFORE.search(text[max(0, span.start - _LONGEST_TITLES) : span.start])
    titles = [*reversed(before.group().replace(".", " ").lower().split())] if before else []
    titles = [*takewhile(lambda word: word in HONORIFICS or word in OFFICES, titles)]
    inside = [*takewhile(lambda word: word in HONORIFICS, called[:-1])]
    titles += inside
    gender = next((HONORIFICS[title] for title in titles if HONORIFICS.get(title)), None)
    known = frozenset(TITLE_ABBREVIATIONS.get(title, title) for title in titles)
    return _Call(called[len(inside) :], known, gender)


def _share_family_name(text: str, names: Sequence[Mention], calls: dict[int, _Call]) -> None:
    """Give the first of "Tom and Ana Hall" the family name of the second."""
    order = sorted(calls)
    for index, following in pairwise(order):
        call, other = calls[index], calls[following]
        is_given = len(call.words) == 1 and call.words[0] in FEMALE_NAMES | MALE_NAMES
        if not is_given or len(other.words) == 1 or call.titles:
            continue
        start, end = names[index].span.end, names[following].span.start
        if end - start <= _WIDEST_JOIN and _JOINED.fullmatch(text[start:end]):
            calls[index] = _Call((*call.words, *other.words[1:]))


# --- persons ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Person:
    """A person in the making."""

    members: list[int]
    words: tuple[str, ...] = ()
    titles: set[str] = field(default_factory=set)
    gender: Gender | None = None

    def learn(self, calls: Sequence[_Call]) -> None:
        """Learn from the full names what else may name this person."""
        self.words = max((call.words for call in calls), key=len)
        self.titles = {title for call in calls for title in call.titles}
        told = {call.gender for call in calls if call.gender}
        self.gender = told.pop() if len(told) == 1 else gender_of_name(self.words)


def _make_persons(
    text: str, names: Sequence[Mention], full: Mapping[int, tuple[str, ...]], calls: Mapping[int, _Call]
) -> tuple[list[_Person], dict[int, list[_Person]]]:
    """Return the people with a full name, and the printings that two namesakes compete for."""
    titles = {index: calls[index].titles for index in full}
    others = {index for index in full if said_to_be_another(text, names[index].span)}
    persons: list[_Person] = []
    contested: dict[int, list[_Person]] = {}
    for members in _group_full_names(full):
        *bearers, either = part_namesake(members, others, titles)
        made = [_Person(bearer) for bearer in bearers if bearer]
        for person in made:
            person.learn([calls[index] for index in person.members])
        contested |= dict.fromkeys(either, made)
        persons += made
    return persons, contested


def _group_full_names(parts: Mapping[int, tuple[str, ...]]) -> list[list[int]]:
    """Group equal and compatible full names; a name compatible with two different ones stays alone.

    The last words of a longer name are compatible with it: "van der Berg" with "Tessa van der Berg".
    """
    exact: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, called in parts.items():
        exact[called].append(index)
    by_family: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(exact, key=lambda name: (-len(name), -len(name[0]))):
        family = by_family[name[-1]]
        fits = [other for other in family[:_SAME_NAME] if _may_be_one(name, other)]
        if len(fits) == 1:
            exact[fits[0]].extend(exact.pop(name))
        elif not fits or name[0] not in _PARTICLES:
            family.append(name)
    return list(exact.values())


def _may_be_one(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    if are_compatible(shorter, longer):
        return True
    genders = {gender_of_name(shorter), gender_of_name(longer)} - {None}
    return longer[-len(shorter) :] == shorter and len(genders) < 2  # noqa: PLR2004 - both, and they differ


# --- parts of names -------------------------------------------------------------------------------


def _join_parts(
    calls: Mapping[int, _Call], persons: Sequence[_Person]
) -> tuple[dict[int, list[_Person]], list[int]]:
    """Add single words to the persons they are part of; return those several compete for, and the rest."""
    by_word: dict[str, list[_Person]] = defaultdict(list)
    for person in sorted(persons, key=lambda person: person.members[0]):
        for word in set(person.words) - _PARTICLES:
            by_word[word].append(person)
    firsts = {id(person): person.members[0] for person in persons}
    held: dict[str, _Person] = {}  # who was called so when nobody else could be
    contested: dict[int, list[_Person]] = {}
    strangers = []
    for index, call in sorted(calls.items()):
        if len(call.words) > 1:
            continue
        word = call.words[0]
        fits = _fitting(call, by_word.get(word, [])[:_SAME_NAME])
        fits = [person for person in fits if firsts[id(person)] < index] or fits
        if len(fits) > 1 and held.get(word) in fits:
            fits = [held[word]]
        if len(fits) == 1:
            fits[0].members.append(index)
            held.setdefault(word, fits[0])
        elif fits:
            contested[index] = fits
        else:
            strangers.append(index)
    return contested, strangers


def _fitting(call: _Call, persons: Sequence[_Person]) -> list[_Person]:
    """Return those whom the title before the name allows, or tells: "Mrs Hall", "Sgt Hall"."""
    fits = list(persons)
    if call.gender:
        fits = [person for person in fits if person.gender in (None, call.gender)]
        fits = [person for person in fits if person.gender] or fits
    if call.titles:
        fits = [person for person in fits if call.titles & person.titles] or fits
    return fits


def _add_strangers(
    strangers: Sequence[int],
    calls: Mapping[int, _Call],
    persons: list[_Person],
    contested: dict[int, list[_Person]],
) -> None:
    """Make persons of the words that are part of no full name: one for each word, or one for each gender."""
    genders: dict[str, set[Gender]] = defaultdict(set)
    for index in strangers:
        gender = calls[index].gender
        genders[calls[index].words[0]] |= {gender} if gender else set()
    made: dict[tuple[str, Gender | None], _Person] = {}
    for index in sorted(strangers, key=lambda index: calls[index].gender is None):
        word, gender = calls[index].words[0], calls[index].gender
        known = genders[word]
        if len(known) > 1 and gender is None:
            contested[index] = [made[word, each] for each in sorted(known)]
            continue
        key = (word, gender if len(known) > 1 else None)
        if key not in made:
            made[key] = _Person([])
            persons.append(made[key])
        made[key].members.append(index)
