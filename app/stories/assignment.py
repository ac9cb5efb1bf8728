"""Which story an article belongs to: it joins the most similar recent story, or opens one.

Pure: nearby stories come in as values, `candidate_keys` says how to find them. Where another story is near as well,
`Decision.rivals` names it: then the articles of them all are grouped again (`regrouping`), since a choice made one
article at a time depends on the order in which they came. Dates count where there are any; an article without one is
compared by its words alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import islice
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.stories.vectors import Vector, dot

THRESHOLD = 0.145
NEAR = 0.6  # of the threshold: stories at least so similar are looked through together
RIVALS = 2  # looked through with an article's story, the nearest
KEYS = 24  # guess, 2026-11-22: with 50 candidates found by them no more is lost than by comparing with all
PROFILE_TERMS = 400
_FRESH = 3.0  # days; guess, 2026-11-22: no gold data with dates at hand
_HALF_LIFE = 14.0  # days; likewise


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


@dataclass(frozen=True, slots=True)
class Decision:
    """Where an article belongs.

    story_id: None for a story of its own. similarity: with that story, or with the best one refused (0 without
    candidates). rivals: the other stories near the article, nearest first.
    """

    story_id: UUID | None
    similarity: float
    reason: str
    rivals: tuple[UUID, ...] = ()


def candidate_keys(weights: Vector) -> tuple[str, ...]:
    """Return the terms under which a story, or an article looking for one, is found: its heaviest."""
    return tuple(islice(weights, KEYS))


def assign(
    article: ArticleVector, candidates: Sequence[Profile], *, threshold: float = THRESHOLD
) -> Decision:
    """Return the story an article belongs to; ties go to the larger story."""
    ranked = sorted(
        ((similarity(article, story), story.article_count, story) for story in candidates),
        key=lambda fit: (-fit[0], -fit[1], str(fit[2].id)),
    )
    near = [(fit, story) for fit, _, story in ranked if fit >= NEAR * threshold]
    if not near:
        best = ranked[0][0] if ranked else 0.0
        return Decision(None, best, "no story is near" if ranked else "no story shares a telling term")
    best, story = near[0]
    rivals = tuple(other.id for _, other in near)
    if best < threshold:
        return Decision(None, best, f"the nearest story is below {threshold}", rivals[:RIVALS])
    shared = [term for term in article.weights if term in story.weights][:3]
    reason = "shares " + ", ".join(term.partition(":")[2] for term in shared)
    return Decision(story.id, best, reason, rivals[1 : RIVALS + 1])


def open_story(story_id: UUID, article: ArticleVector) -> Profile:
    """Return the story of one article."""
    return Profile(story_id, 1, article.weights, article.published_at, article.published_at)


def profile_of(story_id: UUID, articles: Sequence[ArticleVector]) -> Profile:
    """Return the story of these articles, at least one."""
    if len(articles) == 1:
        return open_story(story_id, articles[0])
    weights: dict[str, float] = {}
    for article in articles:
        for term, weight in article.weights.items():
            weights[term] = weights.get(term, 0.0) + weight / len(articles)
    dates = [article.published_at for article in articles if article.published_at]
    return Profile(
        story_id, len(articles), _heaviest(weights), min(dates, default=None), max(dates, default=None)
    )


def join(story: Profile, article: ArticleVector) -> Profile:
    """Return a story with an article more."""
    count = story.article_count + 1
    weights = {term: weight * story.article_count / count for term, weight in story.weights.items()}
    for term, weight in article.weights.items():
        weights[term] = weights.get(term, 0.0) + weight / count
    dates = [at for at in (story.first_at, story.last_at, article.published_at) if at]
    return Profile(story.id, count, _heaviest(weights), min(dates, default=None), max(dates, default=None))


def similarity(article: ArticleVector, story: Profile) -> float:
    """Return 0..1: the mean cosine with the story's articles, faded by time."""
    if not article.weights:
        return 0.0
    gap = _days_apart(article.published_at, story)
    return dot(article.weights, story.weights) * float(fading(np.array(gap)))


def fading(days: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return how much of a similarity so many days leave: all of it for the first three, then half for each 14."""
    faded: npt.NDArray[np.float64] = 0.5 ** (np.maximum(days - _FRESH, 0.0) / _HALF_LIFE)
    return faded


def _days_apart(at: datetime | None, story: Profile) -> float:
    if not (at and story.first_at and story.last_at):
        return 0.0
    return max(story.first_at - at, at - story.last_at, timedelta(0)) / timedelta(days=1)


def _heaviest(weights: Vector) -> Vector:
    return dict(nlargest(PROFILE_TERMS, weights.items(), key=lambda item: (item[1], item[0])))
