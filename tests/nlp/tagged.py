"""A text with answers as the network gives them, written by hand: which phrases refer, and who asks for whom.

No model, no word pieces: every word is one piece, and a word means nobody unless the test says whom.
"""

import re
from collections.abc import Mapping
from functools import cache

import numpy as np

from app.nlp.tagger.decode import DISTANCE_BUCKETS, LINK, TAGS
from app.nlp.tagger.heads import NAME_TAGS, NAME_TYPES, ROLE_TAGS, ROLE_TYPES, WHO
from app.nlp.tagger.model import Tagged
from app.nlp.tagger.who import Asking, near_scores
from app.nlp.tagger.words import Article

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_PARAGRAPH = re.compile(r"[^\n]+")
_ABOVE = 30.0  # score of somebody asked for over somebody not: chances below e-12

type Surface = str | tuple[str, int]  # words of the text, or which of their occurrences, from 0 on
type Typed = Mapping[Surface, str | Mapping[str, float]]
type Asked = Surface | Mapping[Surface | None, float]  # whom a mention means, or shares; None: nobody


def make_article(text: str) -> Article:
    """Return the text cut into words, a piece each."""
    starts = np.array([match.start() for match in _WORD.finditer(text)], np.int32)
    ends = np.array([match.end() for match in _WORD.finditer(text)], np.int32)
    paragraphs = [match.start() for match in _PARAGRAPH.finditer(text)]
    paragraph = np.searchsorted(paragraphs, starts, side="right") - 1
    count = len(starts)
    return Article(
        text,
        starts,
        ends,
        paragraph,
        np.zeros(count, np.int64),
        np.arange(count, dtype=np.int32),
        np.arange(count + 1),
    )


def make_tagged(
    text: str,
    *,
    names: Typed | None = None,
    roles: Typed | None = None,
    asks: Mapping[Surface, Asked] | None = None,
) -> Tagged:
    """Return the text as read: `names` and `roles` are words with their type, or a share for each type.

    `asks` tells whom the words of a mention mean. What is not said is nothing: no name, no phrase, nobody.
    """
    article = make_article(text)
    count = len(article)
    tags = np.full((count, len(TAGS)), -_ABOVE)
    tags[:, 0] = 0.0
    return Tagged(
        article=article,
        tags=tags,
        link=np.zeros((count, 2 * LINK)),
        names=make_layer(article, NAME_TAGS, _painted(article, names or {}, NAME_TYPES)),
        roles=make_layer(article, ROLE_TAGS, _painted(article, roles or {}, ROLE_TYPES)),
        asking=_make_asking(article, asks or {}),
    )


def make_layer(
    article: Article,
    tags: tuple[str, ...],
    painted: Mapping[tuple[int, int], Mapping[str, float]] | None = None,
) -> np.ndarray:
    """Return log-probabilities of begin, go on and outside tags: spans of words with their types' shares."""
    chances = np.full((len(article), len(tags)), 1e-6)
    chances[:, 0] = 1.0
    for (first, last), shares in (painted or {}).items():
        chances[first:last, 0] = 0.02
        for kind, share in shares.items():
            chances[first, tags.index(f"B-{kind}")] = 0.98 * share
            chances[first + 1 : last, tags.index(f"I-{kind}")] = 0.98 * share
    return np.log(chances / chances.sum(1, keepdims=True))


def words_at(article: Article, surface: Surface) -> tuple[int, int]:
    """Return the words [first, last) that a surface is made of."""
    wanted, nth = surface if isinstance(surface, tuple) else (surface, 0)
    first, last = np.searchsorted(article.starts, _occurrences(article.text, wanted)[nth])
    return int(first), int(last)


@cache
def _occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)]


def _painted(
    article: Article, typed: Typed, types: tuple[str, ...]
) -> dict[tuple[int, int], Mapping[str, float]]:
    least = dict.fromkeys(types, 0.001)
    return {
        words_at(article, surface): {kind: 1.0} if isinstance(kind, str) else least | dict(kind)
        for surface, kind in typed.items()
    }


def _make_asking(article: Article, asks: Mapping[Surface, Asked]) -> Asking:
    """Give each asked for a dimension of its own; a vector asks for it with the logarithm of its share."""
    who = np.zeros((len(article), 2 * WHO))
    nobody = np.full(len(article), _ABOVE)
    dimensions: dict[Surface, int] = {}
    for asking, asked in asks.items():
        words = slice(*words_at(article, asking))
        nobody[words] = 0.0
        for meant, share in (asked if isinstance(asked, Mapping) else {asked: 1.0}).items():
            score = _ABOVE + np.log(share)
            if meant is None:
                nobody[words] = score
                continue
            number = dimensions.setdefault(meant, len(dimensions))
            who[words, number] = score * WHO**0.5
            who[slice(*words_at(article, meant)), WHO + number] = 1.0
    return Asking(who, nobody, article.places[:-1], near_scores([0.0] * DISTANCE_BUCKETS))
