"""Turn tags that begin, go on and stand outside into typed spans of words.

Pure numpy over log-probabilities; knows nothing of what the types mean.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from app.nlp.tagger.words import Article


@dataclass(frozen=True, slots=True)
class TypedSpan:
    """Code points [start, end) with the chance of each type, as its words' mean log-probability."""

    start: int
    end: int
    first: int  # word
    last: int  # word after
    types: tuple[float, ...]  # log-probability of each type, in the head's order
    chance: float  # of the likeliest type

    @property
    def best(self) -> int:
        """Return the index of the likeliest type."""
        return max(range(len(self.types)), key=self.types.__getitem__)

    def joined(self, other: "TypedSpan") -> "TypedSpan":
        """Return this span and a later one as one, their words heard alike."""
        own, its = self.last - self.first, other.last - other.first
        types = tuple((a * own + b * its) / (own + its) for a, b in zip(self.types, other.types, strict=True))
        return TypedSpan(self.start, other.end, self.first, other.last, types, math.exp(max(types)))

    def begun_at(self, start: int) -> "TypedSpan":
        """Return the span with an earlier start."""
        return replace(self, start=start)


def find_spans(article: Article, tags: np.ndarray) -> Iterator[TypedSpan]:
    """Yield the spans of a tag layer [words, tags]: O, then B and I of each type.

    A word goes on a span where the chance of going on, of whatever type, is above that of beginning one; the type is
    the one likeliest over all words of the span.
    """
    if not len(article):
        return
    begins = np.logaddexp.reduce(tags[:, 1::2], axis=1)
    goes_on = np.logaddexp.reduce(tags[:, 2::2], axis=1)
    inside = np.logaddexp(begins, goes_on) > tags[:, 0]
    by_type = np.logaddexp(tags[:, 1::2], tags[:, 2::2])
    new_paragraph = np.diff(article.paragraph, prepend=-1) != 0
    opens = inside & ((begins > goes_on) | new_paragraph | ~np.append(False, inside[:-1]))
    for first, following in pairwise([*np.flatnonzero(opens).tolist(), len(article)]):
        outside = np.flatnonzero(~inside[first:following])
        last = first + int(outside[0]) if len(outside) else following
        each = by_type[first:last].mean(0)
        chance = float(np.exp(each.max()))
        start, end = int(article.starts[first]), int(article.ends[last - 1])
        yield TypedSpan(start, end, first, last, tuple(each.tolist()), chance)
