"""Say who "he" and "she" are: the most prominent person of that gender named shortly before, or nobody.

Knows people by number, with the places they are mentioned at; abstains where two compete, since a wrong
speaker is worse than an unknown one.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.documents import Gender, Span
from app.nlp.data.phrases import PRONOUN_GENDER

_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)

# All of these were set by hand and checked on GUM news (benchmarks/quality/names.py), 2026-11-22.
_WINDOW = 5  # sentences a pronoun looks back
_RECENCY = 1.0  # lost per sentence of distance
_SUBJECT = 1.0  # for one who was the subject when last mentioned
_SALIENCE = 0.4  # per doubling of mentions so far
_KNOWN_GENDER = 0.8
_QUOTED = 1.5  # for being mentioned within quoted words, as the pronoun is or against it
_MARGIN = 0.35  # the best must lead the next by this
_CLOSE = 0.15  # share of the likelihood from which a runner-up is worth naming; guess
_ALTERNATIVES = 4  # named at most


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A mention of person number `person`: its place, sentence, and whether it is its sentence's subject.

    A number below zero is a person without a name, who is a pronoun's as much as any other but in no chain.
    """

    person: int
    span: Span
    sentence: int
    is_subject: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun and its sentence."""

    span: Span
    gender: Gender
    sentence: int
    is_subject: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """A pronoun with the person it refers to, and who else it may be, with how likely that is.

    person is None where two competed: both are then among the alternatives.
    """

    pronoun: Span
    person: int | None
    confidence: float
    alternatives: tuple[tuple[int, float], ...]


def find_pronouns(text: str) -> Iterator[tuple[Span, Gender]]:
    """Yield the singular personal pronouns of the third person, with their gender."""
    for match in _PRONOUN.finditer(text):
        if not match.group().isupper():  # "HER" in a capitals-only headline or an acronym
            yield Span(*match.span()), PRONOUN_GENDER[match.group().lower()]


def resolve_pronouns(
    mentions: Sequence[PersonMention], pronouns: Sequence[Pronoun], genders: Mapping[int, Gender]
) -> tuple[list[Resolved], dict[int, Gender]]:
    """Return the pronouns that could be told or are between two, and the genders with those learned from them.

    A pronoun once told counts as a mention: "Reis spoke. She left. She slept."
    """
    state = _State(dict(genders))
    resolved = []
    events: Iterable[PersonMention | Pronoun] = sorted([*mentions, *pronouns], key=lambda event: event.span)
    for event in events:
        if isinstance(event, PersonMention):
            state.note(event)
            continue
        choice = state.choose(event)
        person = choice.person
        if person is not None:
            state.genders.setdefault(person, event.gender)
            state.note(PersonMention(person, event.span, event.sentence, event.is_subject, event.is_quoted))
        if person is None or person >= 0:
            resolved.append(choice)
    return [each for each in resolved if each.person is not None or each.alternatives], state.genders


@dataclass(slots=True)
class _State:
    """What has been read so far: the last mention and the number of mentions of each person."""

    genders: dict[int, Gender]
    last: dict[int, PersonMention] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)

    def note(self, mention: PersonMention) -> None:
        before = self.last.pop(mention.person, None)
        if before and before.sentence == mention.sentence and before.is_subject and not before.is_quoted:
            mention = before  # the subject of a sentence stays so: "Reis said her dog ..."
        elif before and mention.is_quoted and not before.is_quoted and before.sentence == mention.sentence:
            mention = before
        self.last[mention.person] = mention  # last in order of reading
        self.counts[mention.person] = self.counts.get(mention.person, 0) + 1

    def choose(self, pronoun: Pronoun) -> Resolved:
        scored = sorted(((self.score(c, pronoun), c.person) for c in self.candidates(pronoun)), reverse=True)
        close = _close(scored)
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN):
            return Resolved(pronoun.span, None, 0.0, close)
        lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 2.0
        confidence = round(min(0.95, 0.6 + 0.15 * lead), 2)
        best = scored[0][1]
        others = tuple(each for each in close if each[0] != best)
        return Resolved(pronoun.span, best, confidence, others)

    def candidates(self, pronoun: Pronoun) -> Iterator[PersonMention]:
        for person in reversed(self.last):
            mention = self.last[person]
            if pronoun.sentence - mention.sentence > _WINDOW:
                return
            if self.genders.get(person, pronoun.gender) == pronoun.gender:
                yield mention

    def score(self, mention: PersonMention, pronoun: Pronoun) -> float:
        distance = pronoun.sentence - mention.sentence
        score = -_RECENCY * distance
        score += _SALIENCE * math.log2(self.counts[mention.person])
        score += _KNOWN_GENDER * (mention.person in self.genders)
        if pronoun.is_quoted:  # the one who speaks says "I" of himself
            return (
                score
                + _QUOTED * mention.is_quoted
                - _SUBJECT * (mention.is_subject and not mention.is_quoted)
            )
        score += _SUBJECT * mention.is_subject * (2 if distance == 0 else 1)
        return score - _QUOTED * mention.is_quoted


def _close(scored: Sequence[tuple[float, int]]) -> tuple[tuple[int, float], ...]:
    """Return the people with a name and a good share of the likelihood, best first, with that share."""
    best = scored[0][0] if scored else 0.0
    likelihoods = [(math.exp(score - best), person) for score, person in scored]
    whole = sum(each for each, _ in likelihoods)
    shares = [(person, round(each / whole, 2)) for each, person in likelihoods]
    close = [(person, share) for person, share in shares if person >= 0 and share >= _CLOSE]
    return tuple(close[:_ALTERNATIVES])
