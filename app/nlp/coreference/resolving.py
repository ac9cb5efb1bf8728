"""Say whom a phrase means: the chain whose mentions the network and the words make likeliest, or nobody named.

Knows mentions by the word that stands for them and chains by number; a number below zero is somebody without a
name. Knows nothing of texts.
"""

import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.documents import Gender

if TYPE_CHECKING:
    from app.nlp.tagger.who import Asking

# Chance from which whom a phrase means is told, alone and in the mean over all phrases that mean the same; what the
# words add to the network's score: a head that stands in a name or its title ("the zoo" of Harbury Zoo), a phrase
# with the same head, one with another; and what is left of nobody's chance. Chosen on the newsroom texts alone.
_SURE, _SURE_TOGETHER = 0.5, 0.3
_HEAD_IN_NAME, _SAME_HEAD, _OTHER_HEAD = 6.0, 1.0, -1.0
_NOBODY_SHARE = 0.5
# Off the score of a phrase with "a" for somebody mentioned elsewhere, but for one right beside: "Reis, a welder".
_AGAIN, _BESIDE = -4.0, 6  # words; guesses of 2026-11-30
_CLOSE = 0.15  # share of the chances from which a runner-up is worth naming; guess of 2026-11-22
_ALTERNATIVES = 4  # named at most
_MOST = 80  # mentions looked at on either side of one; keeps lists of names linear


@dataclass(frozen=True, slots=True)
class Place:
    """A mention by the word that stands for it: a name's first, a phrase's head, a pronoun itself."""

    word: int
    kinds: frozenset[str]  # person, organization, group, document: what it may be
    words: frozenset[str]  # of a name (of a person the title), or a phrase's head; small letters
    gender: Gender | None = None
    chain: int | None = None  # of a name
    is_new: bool = False  # "a spokesman": who is spoken of for the first time


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a mention means. chain None: between several, who are then the alternatives; below 0: nobody named."""

    chain: int | None
    confidence: float
    alternatives: tuple[tuple[int, float], ...] = ()


def resolve_phrases(asking: "Asking", names: Sequence[Place], phrases: Sequence[Place]) -> list[Answer]:
    """Return whom each phrase means, in text order: a name's chain, or one shared by phrases of nobody named.

    Names and phrases on either side count: "The mayor, Ana Reis" means her as "Reis … the mayor" does.
    """
    chains = [-1 - index for index in range(len(phrases))]
    everybody = [(each.word, each, -1) for each in names]
    everybody += [(each.word, each, index) for index, each in enumerate(phrases)]
    everybody.sort(key=lambda each: (each[0], each[2]))
    shares = []
    for index, phrase in enumerate(phrases):
        near = [
            each for each in _around(everybody, phrase.word) if each[2] != index and _may_be(phrase, each[1])
        ]
        extra = [_of_words(phrase, place, is_name=at < 0) for _, place, at in near]
        chances, nobody = asking.chances(phrase.word, [word for word, _, _ in near], extra)
        by_chain: dict[int, float] = defaultdict(float)
        for (_, place, at), chance in zip(near, chances.tolist(), strict=True):
            chain = place.chain if at < 0 else chains[at]
            if chain is not None:
                by_chain[chain] += chance
        by_chain[chains[index]] += nobody * _NOBODY_SHARE
        chains[index] = _choose(by_chain)
        shares.append(by_chain)
    return _together(chains, shares)


def _may_be(phrase: Place, other: Place) -> bool:
    """Whether the kinds agree, or the name of a place holds the head: "the zoo" of Harbury Zoo."""
    return bool(phrase.kinds & other.kinds) or ("place" in other.kinds and bool(phrase.words & other.words))


def _of_words(phrase: Place, other: Place, *, is_name: bool) -> float:
    """Return what the words add to the score of a phrase for meaning the same as another mention."""
    again = _AGAIN if phrase.is_new and abs(phrase.word - other.word) > _BESIDE else 0.0
    if is_name:
        return again + (_HEAD_IN_NAME if phrase.words & other.words else 0.0)
    return again + (_SAME_HEAD if phrase.words == other.words else _OTHER_HEAD)


def _choose(by_chain: Mapping[int, float]) -> int:
    best = max(by_chain, key=by_chain.__getitem__)
    if best < 0 or by_chain[best] >= _SURE:
        return best
    return max((chain for chain in by_chain if chain < 0), key=by_chain.__getitem__)


def _together(chains: Sequence[int], shares: Sequence[Mapping[int, float]]) -> list[Answer]:
    """Hear the phrases that mean the same unnamed one together: four "the university" tell more than one."""
    groups: dict[int, list[int]] = defaultdict(list)
    for index, chain in enumerate(chains):
        groups[chain].append(index)
    answers = [
        Answer(chain, round(shares[i][chain], 2), close_rivals(shares[i], chain))
        for i, chain in enumerate(chains)
    ]
    for chain, members in groups.items():
        means: dict[int, float] = defaultdict(float)
        for index in members if chain < 0 else ():
            for other, share in shares[index].items():
                means[other] += share / len(members) if other >= 0 else 0.0
        best = max(means, key=means.__getitem__, default=chain)
        if best >= 0 and means[best] >= _SURE_TOGETHER:
            for index in members:
                answers[index] = Answer(best, round(means[best], 2), close_rivals(shares[index], best))
    return answers


def _around[T: tuple[Any, ...]](mentions: list[T], word: int) -> list[T]:
    """Return the mentions around a word, of those in order of their words."""
    at = bisect.bisect_left(mentions, word, key=lambda each: each[0])
    return mentions[max(0, at - _MOST) : at + _MOST]


def close_rivals(shares: Mapping[int, float], best: int | None) -> tuple[tuple[int, float], ...]:
    """Return the other named chains with a good share, likeliest first, with that share."""
    named = [(chain, round(share, 2)) for chain, share in shares.items() if chain >= 0 and chain != best]
    return tuple(sorted((e for e in named if e[1] >= _CLOSE), key=lambda e: (-e[1], e[0])))[:_ALTERNATIVES]
