"""Say who "he" and "she" are: by where people stand and by what the network hears; somebody unnamed, or nobody.

Knows people by number, with the places they are mentioned at; a number below zero is somebody without a name.
Abstains where two compete, since a wrong speaker is worse than an unknown one.
"""

import bisect
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.documents import Gender
from app.nlp.coreference.prominence import PersonMention, Pronoun, Standing, heard, score
from app.nlp.coreference.resolving import Answer, close_rivals

if TYPE_CHECKING:
    from app.nlp.tagger.who import Asking

_WINDOW = 5  # sentences in which where a person stands counts; guess of 2026-11-22
_FAR = -6.0  # what it counts beyond; chosen with the weight of the network's chance
_NOBODY = -(10**9)
_UNMENTIONED = -1.0  # of somebody the window does not mention, beside people who stand nowhere near
_SURE = 0.4  # share of the likelihood from which a pronoun is told; chosen on GUM news and the newsroom texts
_MOST = 80  # mentions looked at on either side of one; keeps lists of names linear


def resolve_pronouns(
    asking: "Asking",
    mentions: Sequence[PersonMention],
    pronouns: Sequence[Pronoun],
    genders: Mapping[int, Gender],
) -> tuple[list[Answer], dict[int, Gender]]:
    """Return whom each pronoun means, in their order, and the genders with those that clear pronouns tell.

    Reads in text order, but each paragraph's quoted words last: “She left,” she said: who speaks, first. A pronoun
    once told counts as a mention: "Reis spoke. She left. She slept."
    """
    state = _State(asking, sorted((each.word, each.person) for each in mentions), dict(genders))
    state.quoted_names = frozenset((each.person, each.sentence) for each in mentions if each.is_quoted)
    answers: dict[Pronoun, Answer] = {}
    events: list[PersonMention | Pronoun] = [*mentions, *pronouns]
    for event in sorted(events, key=lambda event: (event.paragraph, event.is_quoted, event.span)):
        if isinstance(event, PersonMention):
            state.note(event)
        else:
            answers[event] = state.choose(event)
            state.learn(event, answers[event])
    return [answers[pronoun] for pronoun in pronouns], state.genders


@dataclass(slots=True)
class _State:
    """What has been read so far: the last mention of each person, and who spoke."""

    asking: "Asking"
    words: list[tuple[int, int]]  # (word, person) of every mention, in order
    genders: dict[int, Gender]
    quoted_names: frozenset[tuple[int, int]] = frozenset()  # (person, sentence)
    last: dict[int, PersonMention] = field(default_factory=dict)
    speakers: set[tuple[int, int]] = field(default_factory=set)  # (person, paragraph) outside quotation marks
    last_speaker: int | None = None

    def note(self, mention: PersonMention) -> None:
        """Take a mention into account."""
        if mention.speaks and not mention.is_quoted:
            self.speakers.add((mention.person, mention.paragraph))
            self.last_speaker = mention.person
        before = self.last.get(mention.person)
        stays = before and before.sentence >= mention.sentence and not before.is_quoted
        if before and stays and (before.is_subject or mention.is_quoted):
            return  # the subject of a sentence stays so: "Reis said her dog ..."
        self.last[mention.person] = mention

    def choose(self, pronoun: Pronoun) -> Answer:
        """Return whom a pronoun means, with the share of the likelihood as confidence."""
        at = bisect.bisect_left(self.words, (pronoun.word, _NOBODY))
        near = [
            (word, person)
            for word, person in self.words[max(0, at - _MOST) : at + _MOST]
            if self.genders.get(person, pronoun.gender) == pronoun.gender
        ]
        chances, nobody = self.asking.chances(pronoun.word, [word for word, _ in near])
        by_person: dict[int, float] = defaultdict(float)
        for (_, person), chance in zip(near, chances.tolist(), strict=True):
            by_person[person] += chance
        scores = {_NOBODY: heard(nobody) + _UNMENTIONED} | dict(self._scores(pronoun, by_person))
        highest = max(scores.values())
        likelihoods = {person: math.exp(each - highest) for person, each in scores.items()}
        whole = sum(likelihoods.values())
        shares = {person: each / whole for person, each in likelihoods.items()}
        best = max(shares, key=shares.__getitem__)
        others = close_rivals(shares, best)
        if best < 0 or shares[best] >= _SURE:
            return Answer(best, round(min(shares[best], 0.95), 2), others)
        return Answer(None, 0.0, close_rivals(shares, None))

    def _scores(self, pronoun: Pronoun, chances: Mapping[int, float]) -> Iterator[tuple[int, float]]:
        for person, chance in chances.items():
            last = self.last.get(person)
            if last is None or pronoun.sentence - last.sentence > _WINDOW:
                yield person, _FAR + heard(chance)
                continue
            standing = Standing(
                last,
                self.genders.get(person),
                (person, pronoun.sentence) in self.quoted_names,
                (person, pronoun.paragraph) in self.speakers,
                person == self.last_speaker,
                chance,
            )
            yield person, score(pronoun, standing)

    def learn(self, pronoun: Pronoun, answer: Answer) -> None:
        """Take a pronoun that was told for a mention of its person."""
        if answer.chain is None or answer.chain == _NOBODY:
            return
        self.genders.setdefault(answer.chain, pronoun.gender)
        bisect.insort(self.words, (pronoun.word, answer.chain))
        place = (pronoun.sentence, pronoun.paragraph, pronoun.is_subject, pronoun.is_quoted, pronoun.speaks)
        self.note(PersonMention(answer.chain, pronoun.span, *place, pronoun.word))
