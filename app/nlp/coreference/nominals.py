"""Say whose a role printed alone is: "the ambassador", "the officer", "The mayor of Lund" before anybody is named.

Knows people by number, with the spans of their names. A role goes to the one who bears it; one that nobody bears,
to the only person it can be; one that two bear, to neither.
"""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.documents import Alternative, Gender, Mention, Span
from app.nlp.coreference.places import Places
from app.nlp.coreference.roles import (
    Bearer,
    RolePhrase,
    add_bearer,
    by_office,
    find_bearers,
    find_role_phrases,
    role_beside,
)
from app.nlp.data.titles import WIDER_OFFICES
from app.nlp.words import words_of

_CONFIDENCE = {"role": 0.85, "only-person": 0.7}  # guesses of 2026-11-22
_CONTENDERS = 4  # people named as alternatives for one mention at most; guess of 2026-11-22
_ROLES_KEPT = 50  # bearers of one office looked at for a role phrase; keeps long lists of people linear
_NEAR = 3  # sentences in which the only person may be meant by a role nobody bears; guess of 2026-11-22


@dataclass(frozen=True, slots=True)
class Nominals:
    """What the roles of an article tell.

    mentions: each with its person, or None and alternatives where several compete. subjects: span → person of
    roles alone that a pronoun may mean; a number below zero is somebody without a name.
    """

    mentions: list[tuple[Mention, int | None]]
    subjects: dict[Span, int]
    roles: dict[int, dict[str, None]]
    genders: list[tuple[int, Gender]]


def link_nominals(article: Places, people: Mapping[int, Sequence[Span]], names: Sequence[Span]) -> Nominals:
    """Read the roles beside people's names, and link the roles that stand alone. `names` are all, in order."""
    phrases = find_role_phrases(article.text, words_of(article.text))
    bearers, alone = _read_roles(article, people, phrases, names)
    neighbours = _Neighbours.of(article, people, bearers)
    offices = by_office(bearers)
    linked: dict[RolePhrase, int] = {}
    mentions: list[tuple[Mention, int | None]] = []
    for phrase in alone:
        known = offices.get(phrase.office, [])[:_ROLES_KEPT]
        sentence = article.sentence_at(phrase.span.start)
        found, method = find_bearers(phrase, sentence, known, neighbours.first_sentence), "role"
        if not found:
            found, method = neighbours.find(article, phrase), "only-person"
        if len(found) == 1:
            [person] = found
            linked[phrase] = person
            if method == "only-person":
                add_bearer(offices, Bearer(person, sentence, phrase))
            mentions.append((Mention(phrase.span, "nominal", "person", _CONFIDENCE[method], method), person))
        elif 1 < len(found) <= _CONTENDERS:
            share = round(1 / len(found), 2)
            others = tuple(Alternative(person, share) for person in sorted(found))
            mentions.append((Mention(phrase.span, "nominal", "person", 0.0, method, others), None))
    subjects = {phrase.span: person for phrase, person in linked.items()}
    subjects |= dict(_unnamed(article, alone, subjects))
    genders = [(each.person, each.phrase.gender) for each in bearers if each.phrase.gender]
    return Nominals(mentions, subjects, _roles(article.text, bearers, linked), genders)


# --- roles beside names ---------------------------------------------------------------------------


def _read_roles(
    article: Places,
    people: Mapping[int, Sequence[Span]],
    phrases: Sequence[RolePhrase],
    names: Sequence[Span],
) -> tuple[list[Bearer], list[RolePhrase]]:
    """Return the roles printed beside people's names, and the phrases that stand alone."""
    starts = [phrase.span.start for phrase in phrases]
    bearers, taken = [], set()
    for name, person in sorted((span, person) for person, spans in people.items() for span in spans):
        position = bisect.bisect_left(starts, name.start)
        before = phrases[position - 1] if position else None
        after = phrases[position] if position < len(phrases) else None
        for phrase in role_beside(article.text, name, before, after):
            taken.add(phrase.span)
            bearers.append(Bearer(person, article.sentence_at(name.start), phrase))
    return bearers, [p for p in phrases if p.span not in taken and not _is_within_name(p, names)]


def _is_within_name(phrase: RolePhrase, names: Sequence[Span]) -> bool:
    """Whether the office is part of a name: "the President Hotel"."""
    index = bisect.bisect_right(names, phrase.office_end - 1, key=lambda span: span.start) - 1
    return index >= 0 and phrase.office_end <= names[index].end


def _roles(
    text: str, bearers: Sequence[Bearer], linked: Mapping[RolePhrase, int]
) -> dict[int, dict[str, None]]:
    """Return each person's roles in order, once each; "the envoy" of a known envoy says nothing new."""
    known = {(each.person, WIDER_OFFICES.get(each.phrase.office)) for each in bearers}
    known |= {(each.person, each.phrase.office) for each in bearers}
    telling = [
        (person, phrase)
        for phrase, person in linked.items()
        if phrase.nations | phrase.places or (person, phrase.office) not in known
    ]
    roles: dict[int, dict[str, None]] = defaultdict(dict)
    for person, phrase in [*((each.person, each.phrase) for each in bearers), *telling]:
        roles[person].setdefault(re.sub(r"\s+", " ", phrase.core.of(text)))
    return roles


# --- roles alone ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Who is named where, and in what office, to tell the only person a role can be."""

    sentences: list[int]  # of each name of a person, in text order
    persons: list[int]
    openers: set[int]  # persons whose first name opens its sentence
    first_sentence: dict[int, int]
    offices: dict[int, set[str]]

    @classmethod
    def of(
        cls, article: Places, people: Mapping[int, Sequence[Span]], bearers: Sequence[Bearer]
    ) -> "_Neighbours":
        places = sorted(
            (article.sentence_at(span.start), person)
            for person, spans in people.items()
            for span in spans
            if not article.is_quoted(span.start)
        )
        first = {person: article.sentence_at(spans[0].start) for person, spans in people.items()}
        offices: dict[int, set[str]] = defaultdict(set)
        for bearer in bearers:
            offices[bearer.person].add(bearer.phrase.office)
        openers = {person for person, spans in people.items() if article.opens_sentence(spans[0])}
        return cls([each for each, _ in places], [person for _, person in places], openers, first, offices)

    def find(self, article: Places, phrase: RolePhrase) -> set[int]:
        """Return the only person named shortly before, or else the first named after, whom the role may fit."""
        article_word = phrase.span.of(article.text).split()[0].lower()
        sentence = article.sentence_at(phrase.span.start)
        if article_word == "the" and bisect.bisect_left(self.sentences, sentence):
            return self._before(phrase, sentence)
        is_introduced = article_word in ("a", "an") and article.is_subject(phrase.span)
        is_told = article_word == "the" and phrase.span.end > phrase.office_end
        return (
            self._ahead(phrase, sentence, only_openers=is_introduced) if is_introduced or is_told else set()
        )

    def _before(self, phrase: RolePhrase, sentence: int) -> set[int]:
        """Return the only one near: "Reis won. The striker ..." is Reis, if no office of another kind is hers."""
        low = bisect.bisect_left(self.sentences, sentence - _NEAR)
        high = bisect.bisect_left(self.sentences, sentence)
        near = set(self.persons[max(low, high - _ROLES_KEPT) : high])
        return near if len(near) == 1 and self._may_bear(min(near), phrase) else set()

    def _ahead(self, phrase: RolePhrase, sentence: int, *, only_openers: bool) -> set[int]:
        """Return the first person of the article: "The mayor of Lund agreed. Reis said ..." is Reis.

        A role with an indefinite article only goes to who opens a sentence: "A baker was fined. Reis, 38, ...".
        """
        if not self.sentences or self.sentences[0] > sentence + _NEAR:
            return set()
        person = self.persons[0]
        is_later = self.first_sentence[person] > sentence
        fits = is_later and (person in self.openers or not only_openers) and self._may_bear(person, phrase)
        return {person} if fits else set()

    def _may_bear(self, person: int, phrase: RolePhrase) -> bool:
        held = self.offices.get(person)
        return not held or phrase.office in {WIDER_OFFICES.get(office) for office in held}


def _unnamed(
    article: Places, alone: Sequence[RolePhrase], linked: Mapping[Span, int]
) -> Iterator[tuple[Span, int]]:
    """Yield subjects told by a role alone: "A nurse ran. She cried." is not about the last named woman."""
    offices: dict[str, int] = {}
    for phrase in alone:
        has_determiner = phrase.span.start < phrase.core.start
        if phrase.span in linked or not has_determiner:
            continue
        if article.is_subject(phrase.span) and not article.is_quoted(phrase.span.start):
            yield phrase.span, offices.setdefault(phrase.office, -1 - len(offices))
