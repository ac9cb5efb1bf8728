"""Why an article is in its story: how like the others it is, which it is nearest to, and what it shares with them.

Worked out when it is asked for, from what the articles were compared by. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from uuid import UUID

from app.stories.assignment import THRESHOLD, ArticleVector
from app.stories.regrouping import likenesses

SHOWN = 8  # terms an article shares with the others, those that count most
# Of ECB+ dev, grouped in four orders: articles as like the others as .14 to .2, .2 to .4 and more have .92, .96 and
# .99 of them on their own event
_SURE = 0.99
_LEAST_SURE = 0.9
_SURE_FROM = 0.4


@dataclass(frozen=True, slots=True)
class Bond:
    """What holds an article in its story.

    similarity: 0..1, the mean with the story's other articles. confidence: the share of them that is likely on the
    same event. nearest: the article most like this one, and how like. shared: terms (`w:ferry`, `n:okafor`, `#:214`),
    those first that make most of the similarity. All but `shared` None where the story has no other article.
    """

    article_id: UUID
    similarity: float | None
    confidence: float | None
    nearest: tuple[UUID, float] | None
    shared: tuple[str, ...]


def find_bonds(articles: Mapping[UUID, ArticleVector]) -> tuple[Bond, ...]:
    """Return what holds each article of a story, in the order given."""
    keys, vectors = list(articles), list(articles.values())
    rows = likenesses(vectors)
    held: dict[str, list[float]] = {}
    for vector in vectors:
        for term, weight in vector.weights.items():
            held.setdefault(term, []).append(weight)
    totals = {term: sum(weights) for term, weights in held.items() if len(weights) > 1}
    return tuple(
        _bond(place, keys, rows[place], _shared(vector, totals)) for place, vector in enumerate(vectors)
    )


def _bond(place: int, keys: list[UUID], row: list[float], shared: tuple[str, ...]) -> Bond:
    others = [(likeness, -other) for other, likeness in enumerate(row) if other != place]
    if not others:
        return Bond(keys[place], None, None, None, ())
    similarity = sum(likeness for likeness, _ in others) / len(others)
    best, negative = max(others)
    return Bond(keys[place], similarity, _confidence(similarity), (keys[-negative], best), shared)


def _confidence(similarity: float) -> float:
    share = (similarity - THRESHOLD) / (_SURE_FROM - THRESHOLD)
    return _LEAST_SURE + (_SURE - _LEAST_SURE) * min(max(share, 0.0), 1.0)


def _shared(vector: ArticleVector, totals: Mapping[str, float]) -> tuple[str, ...]:
    made = {
        term: weight * (totals[term] - weight) for term, weight in vector.weights.items() if term in totals
    }
    return tuple(nlargest(SHOWN, made, key=lambda term: (made[term], term)))
