"""Which stories an article may belong to: those whose articles it is like in the mean, or nearly.

Pure: nearby stories come in as values, `candidate_keys` says how to find them. What then becomes of the article and
those stories is `regrouping`'s to say: a choice made one article at a time depends on the order in which they came.
Dates count where there are any; an article without one is compared by its words alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import islice
from uuid import UUID

from app.stories.vectors import Vector, dot

# ECB+ dev, B-cubed F1 as printed, without web addresses, read through extraction: .928, .924, .915 (.13: .932, .906,
# .918; .15: .917, .925, .900)
THRESHOLD = 0.14
NEAR = 0.6  # of the threshold: stories at least so like an article are grouped with it
MOST_NEAR = 3  # of them, the nearest; ECB+ dev scores the same with 5, and .5 of the threshold
KEYS = 24  # guess, 2026-11-22; ECB+ dev scores the same with 10, 20 and 50 candidates found by them
PROFILE_TERMS = 400  # ECB+ dev scores the same with 5,000
_FRESH = timedelta(days=3)  # guess, 2026-11-22: ECB+ has dates of few articles, and no events that come again
_HALF_LIFE = timedelta(days=14)  # likewise


@dataclass(frozen=True, slots=True)
class ArticleVector:
    """What assignment sees of an article."""

    weights: Vector
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A story as assignment sees it: the mean of its articles' vectors, and the days it spans.

    weights: the `PROFILE_TERMS` heaviest. first_at, last_at: of the articles that have a date, or None.
    """

    id: UUID
    article_count: int
    weights: Vector
    first_at: datetime | None = None
    last_at: datetime | None = None


def candidate_keys(weights: Vector) -> tuple[str, ...]:
    """Return the terms under which a story, or an article looking for one, is found: its first."""
    return tuple(islice(weights, KEYS))


def find_near(
    article: ArticleVector, candidates: Sequence[Profile], *, threshold: float = THRESHOLD
) -> tuple[UUID, ...]:
    """Return the stories an article is to be grouped with, the nearest first; of equals the larger."""
    likenesses = ((similarity(article, story), story.article_count, story.id) for story in candidates)
    near = [each for each in likenesses if each[0] >= NEAR * threshold]
    return tuple(id_ for *_, id_ in sorted(near, reverse=True)[:MOST_NEAR])


def profile_of(story_id: UUID, articles: Sequence[ArticleVector]) -> Profile:
    """Return the story of these articles, at least one."""
    if len(articles) == 1:  # the terms of one are in a better order already
        weights = articles[0].weights
    else:
        weights = _heaviest(_mean([article.weights for article in articles]))
    dates = [article.published_at for article in articles if article.published_at]
    return Profile(story_id, len(articles), weights, min(dates, default=None), max(dates, default=None))


def similarity(article: ArticleVector, story: Profile) -> float:
    """Return 0..1: the mean cosine with the story's articles, faded by time."""
    return dot(article.weights, story.weights) * fading(_gap(article.published_at, story))


def fading(gap: timedelta) -> float:
    """Return how much of a similarity a gap of time leaves: all of it within three days, then half for each 14."""
    return float(0.5 ** (max(gap - _FRESH, timedelta(0)) / _HALF_LIFE))


def _gap(at: datetime | None, story: Profile) -> timedelta:
    if not (at and story.first_at and story.last_at):
        return timedelta(0)
    return max(story.first_at - at, at - story.last_at)


def _mean(vectors: Sequence[Vector]) -> Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight / len(vectors)
    return total


def _heaviest(weights: Vector) -> Vector:
    return dict(nlargest(PROFILE_TERMS, weights.items(), key=lambda item: (item[1], item[0])))
