"""Say who "he" and "she" are: the most prominent person of that gender named shortly before, or nobody.

Knows people by number, with the places they are mentioned at; abstains where two compete, since a wrong
speaker is worse than an unknown one.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from app.documents import Gender, Span
from app.nlp.coreference.prominence import PersonMention, Pronoun, Standing, score
from app.nlp.data.phrases import PRONOUN_GENDER

_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)

_WINDOW = 5  # sentences a pronoun looks back; guess of 2026-11-22
_CANDIDATES = 12  # people looked at for one pronoun at most; keeps lists of names linear
_MARGIN = 0.35  # the best must lead the next by this; set with the weights
_FAINT = -3.0  # nobody who fits worse is told: of 6 such, 4 were right, on GUM news and the golden articles
_SURE = 1.0  # a lead from which a pronoun tells the gender of its person
_CLOSE = 0.15  # share of the likelihood from which a runner-up is worth naming; guess of 2026-11-22
_ALTERNATIVES = 4  # named at most


@dataclass(frozen=True, slots=True)
class Resolved:
    """A pronoun with the person it refers to, and who else it may be, with how likely that is.

    person is None where two competed: both are then among the alternatives.
    """

    pronoun: Span
    person: int | None
    confidence: float
    alternatives: tuple[tuple[int, float], ...]
    lead: float = 0.0  # of the best over the next, by score


def find_pronouns(text: str) -> Iterator[tuple[Span, Gender]]:
    """Yield the singular personal pronouns of the third person, with their gender."""
    for match in _PRONOUN.finditer(text):
        if not match.group().isupper():  # "HER" in a capitals-only headline or an acronym
            yield Span(*match.span()), PRONOUN_GENDER[match.group().lower()]


def resolve_pronouns(
    mentions: Sequence[PersonMention],
    pronouns: Sequence[Pronoun],
    genders: Mapping[int, Gender],
    leanings: Mapping[int, Gender],
) -> tuple[list[Resolved], dict[int, Gender]]:
    """Return the pronouns that could be told or are between two, and the genders with those learned from them.

    Two readings: the first learns the genders that clear cases tell ("Reis spoke. She left."), wherever they
    stand. `leanings` are what the look of a name suggests, no more.
    """
    first, _ = _read(mentions, pronouns, genders, leanings)
    gender_at = {pronoun.span: pronoun.gender for pronoun in pronouns}
    votes: dict[int, Counter[Gender]] = defaultdict(Counter)
    for each in first:
        if each.person is not None and each.lead >= _SURE:
            votes[each.person][gender_at[each.pronoun]] += 1
    learned = {person: counts.most_common(1)[0][0] for person, counts in votes.items() if len(counts) == 1}
    resolved, learned = _read(mentions, pronouns, learned | dict(genders), leanings)
    named = [each for each in resolved if each.person is None or each.person >= 0]
    return [each for each in named if each.person is not None or each.alternatives], learned


def _read(
    mentions: Sequence[PersonMention],
    pronouns: Sequence[Pronoun],
    genders: Mapping[int, Gender],
    leanings: Mapping[int, Gender],
) -> tuple[list[Resolved], dict[int, Gender]]:
    """Resolve in text order, but each paragraph's quoted words last: “She left,” she said: who speaks, first.

    A pronoun once told counts as a mention: "Reis spoke. She left. She slept."
    """
    state = _State(dict(genders), leanings, _quoted_names(mentions))
    resolved = []
    events: list[PersonMention | Pronoun] = [*mentions, *pronouns]
    for event in sorted(events, key=lambda event: (event.paragraph, event.is_quoted, event.span)):
        if isinstance(event, PersonMention):
            state.note(event)
            continue
        choice = state.choose(event)
        resolved.append(choice)
        if choice.person is not None:
            state.genders.setdefault(choice.person, event.gender)
            state.note(_mention(choice.person, event))
    return resolved, state.genders


def _mention(person: int, pronoun: Pronoun) -> PersonMention:
    return PersonMention(
        person,
        pronoun.span,
        pronoun.sentence,
        pronoun.paragraph,
        pronoun.is_subject,
        pronoun.is_quoted,
        pronoun.speaks,
    )


def _quoted_names(mentions: Sequence[PersonMention]) -> frozenset[tuple[int, int]]:
    return frozenset((each.person, each.sentence) for each in mentions if each.is_quoted)


@dataclass(slots=True)
class _State:
    """What has been read so far: the last mention of each person, and who spoke."""

    genders: dict[int, Gender]
    leanings: Mapping[int, Gender]
    quoted_names: frozenset[tuple[int, int]]  # (person, sentence)
    last: dict[int, PersonMention] = field(default_factory=dict)
    speakers: set[tuple[int, int]] = field(default_factory=set)  # (person, paragraph) outside quotation marks
    last_speaker: int | None = None

    def note(self, mention: PersonMention) -> None:
        """Take a mention into account."""
        if mention.speaks and not mention.is_quoted:
            self.speakers.add((mention.person, mention.paragraph))
            self.last_speaker = mention.person
        before = self.last.pop(mention.person, None)
        stays = before and before.sentence >= mention.sentence and not before.is_quoted
        if before and stays and (before.is_subject or mention.is_quoted):
            mention = before  # the subject of a sentence stays so: "Reis said her dog ..."
        self.last[mention.person] = mention  # last in order of reading

    def choose(self, pronoun: Pronoun) -> Resolved:
        """Return whom a pronoun means."""
        near = islice(self._near(pronoun), _CANDIDATES)
        scored = sorted(((score(pronoun, standing), person) for person, standing in near), reverse=True)
        close = _close(scored)
        lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 2.0
        if not scored or lead < _MARGIN or scored[0][0] < _FAINT:
            return Resolved(pronoun.span, None, 0.0, close)
        confidence = round(min(0.95, 0.6 + 0.15 * lead), 2)
        best = scored[0][1]
        others = tuple(each for each in close if each[0] != best)
        return Resolved(pronoun.span, best, confidence, others, lead)

    def _near(self, pronoun: Pronoun) -> Iterator[tuple[int, Standing]]:
        for person in reversed(self.last):
            last = self.last[person]
            if pronoun.sentence - last.sentence > _WINDOW:
                return
            if self.genders.get(person, pronoun.gender) == pronoun.gender:
                yield (
                    person,
                    Standing(
                        last,
                        self.genders.get(person),
                        self.leanings.get(person),
                        (person, pronoun.sentence) in self.quoted_names,
                        (person, pronoun.paragraph) in self.speakers,
                        person == self.last_speaker,
                    ),
                )


def _close(scored: Sequence[tuple[float, int]]) -> tuple[tuple[int, float], ...]:
    """Return the people with a name and a good share of the likelihood, best first, with that share."""
    best = scored[0][0] if scored else 0.0
    likelihoods = [(math.exp(score - best), person) for score, person in scored]
    whole = sum(each for each, _ in likelihoods)
    shares = [(person, round(each / whole, 2)) for each, person in likelihoods]
    close = [(person, share) for person, share in shares if person >= 0 and share >= _CLOSE]
    return tuple(close[:_ALTERNATIVES])
