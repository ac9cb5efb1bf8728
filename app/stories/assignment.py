"""Which story an article belongs to: one pass, each article joins the most similar recent story or opens one.

Pure: nearby stories come in as values, `candidate_keys` says how to find them. The same measure tells whether two
stories are one (`find_merge`) and whether the articles of one are several (`regroup`). Dates count where there are
any; an article without one is compared by its words alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import islice
from math import sqrt
from uuid import UUID

from app.stories.vectors import Vector, dot

# ECB+ dev, 5 orders of arrival: B-cubed F1 .895 with both (.18: .887, .22: .89)
THRESHOLD = 0.20
MERGE_THRESHOLD = 0.30
KEYS = 24  # guess, 2026-11-22: with 50 candidates found by them no more is lost than by comparing with all
PROFILE_TERMS = 400  # untrimmed profiles score within .002
_FRESH = timedelta(days=3)  # guess, 2026-11-22: no gold data with dates at hand
_HALF_LIFE = timedelta(days=14)  # likewise


@dataclass(frozen=True, slots=True)
class ArticleVector:
    """What assignment sees of an article."""

    weights: Vector
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A story as assignment sees it: the sum of its articles' vectors, and the days it spans.

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
    candidates). runner_up: the second-best candidate that would have done too, a hint that the two may be one.
    """

    story_id: UUID | None
    similarity: float
    reason: str
    runner_up: UUID | None = None


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
    if not ranked:
        return Decision(None, 0.0, "no story shares a telling term")
    best, _, story = ranked[0]
    if best < threshold:
        return Decision(None, best, f"the nearest story is below {threshold}")
    close = [other.id for fit, _, other in ranked[1:2] if fit >= threshold]
    shared = [term for term in article.weights if term in story.weights][:3]
    reason = "shares " + ", ".join(term.partition(":")[2] for term in shared)
    return Decision(story.id, best, reason, close[0] if close else None)


def open_story(story_id: UUID, article: ArticleVector) -> Profile:
    """Return the story of one article."""
    return Profile(story_id, 1, article.weights, article.published_at, article.published_at)


def join(story: Profile, article: ArticleVector) -> Profile:
    """Return a story with an article more."""
    return merge(story, open_story(story.id, article))


def merge(story: Profile, other: Profile) -> Profile:
    """Return the story two make up, under the id of the first."""
    weights = dict(story.weights)
    for term, weight in other.weights.items():
        weights[term] = weights.get(term, 0.0) + weight
    dates = [at for at in (story.first_at, story.last_at, other.first_at, other.last_at) if at]
    return replace(
        story,
        article_count=story.article_count + other.article_count,
        weights=dict(nlargest(PROFILE_TERMS, weights.items(), key=lambda item: (item[1], item[0]))),
        first_at=min(dates, default=None),
        last_at=max(dates, default=None),
    )


def similarity(article: ArticleVector, story: Profile) -> float:
    """Return 0..1: the geometric mean of cosine with the centre and mean cosine with the articles, faded by time.

    The centre alone favours large stories, the mean small ones (B-cubed F1 .885 and .889, together .898).
    """
    return _nearness(open_story(story.id, article), story)


def find_merge(story: Profile, candidates: Sequence[Profile]) -> UUID | None:
    """Return the story that this one, just grown, has turned out to be; None if it stands alone.

    The larger of the two keeps its id, and the other's id leads there.
    """
    fits = [
        (_nearness(story, other), str(other.id), other.id) for other in candidates if other.id != story.id
    ]
    best = max(fits, default=None)
    return best[2] if best and best[0] >= MERGE_THRESHOLD else None


def regroup(articles: Mapping[UUID, ArticleVector]) -> tuple[tuple[UUID, ...], ...]:
    """Return the articles of a story by what would be stories if they came in anew, largest first.

    One group means the story holds together; several, that it should be split. Oldest first, the undated last;
    groups that would be merged are one.
    """
    order = sorted(articles, key=lambda key: (articles[key].published_at is None, articles[key].published_at))
    stories: dict[UUID, Profile] = {}
    groups: dict[UUID, tuple[UUID, ...]] = {}
    for key in order:
        found = assign(articles[key], tuple(stories.values())).story_id
        story_id = found or key
        stories[story_id] = (
            join(stories[found], articles[key]) if found else open_story(story_id, articles[key])
        )
        groups[story_id] = (*groups.get(story_id, ()), key)
        other = find_merge(stories[story_id], tuple(stories.values())) if found else None
        if other:
            stories[story_id] = merge(stories[story_id], stories.pop(other))
            groups[story_id] += groups.pop(other)
    return tuple(sorted(groups.values(), key=len, reverse=True))


def _nearness(one: Profile, other: Profile) -> float:
    product = dot(one.weights, other.weights)
    length = sqrt(dot(one.weights, one.weights) * dot(other.weights, other.weights))
    size = one.article_count * other.article_count
    return product / sqrt(length * size) * _fading(one, other) if length else 0.0


def _fading(one: Profile, other: Profile) -> float:
    """Return how much of a similarity the days between two stories leave: all of it within `_FRESH`."""
    if not (one.first_at and one.last_at and other.first_at and other.last_at):
        return 1.0
    gap = max(one.first_at - other.last_at, other.first_at - one.last_at) - _FRESH
    return float(0.5 ** (max(gap, timedelta(0)) / _HALF_LIFE))
