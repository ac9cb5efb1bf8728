"""How well quotes are found by what they are like, with how far each figure would move on other articles.

Counts judged attributions; must not know what they say, nor how it was judged whether they are right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.traits import Traits

_ROUNDS = 1000  # resamples; another seed, or 5,000 of them, moves a bound by about a point
_SEED = 20161122
_FEWEST = 25  # golden attributions; with 29 an interval of PolNeAR dev spans 39 points, so fewer tell nothing
_FEWEST_ARTICLES = 10  # with a golden one, or resampling articles says nothing (guess, 2026-11-22)

type Side = Literal["gold", "found"]
type Counts = NDArray[np.int64]  # by article, slice and COLUMNS

_GOLD, _GOLD_RIGHT, _FOUND, _FOUND_RIGHT = range(4)


@dataclass(frozen=True, slots=True)
class Judged:
    """An attribution of either side, what it is like, and whether the other side has it too."""

    side: Side
    traits: Traits
    is_right: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """The figures, in percent, of the attributions that share a trait.

    Recall is over golden attributions with the trait, precision over found ones with it, whatever the traits of
    those they are paired with: the way of the PolNeAR scorer with kinds. low, high: the 95 % interval of F1.
    """

    trait: str
    value: str
    gold_count: int
    found_count: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


def measure(articles: Sequence[Iterable[Judged]]) -> tuple[Slice, ...]:
    """Return every slice with enough golden attributions, in enough articles, to tell something.

    The interval comes from resampling whole articles, since quotes of one article stand and fall together.
    """
    judged = [list(article) for article in articles]
    if not judged:
        return ()
    names = {("all", "all"): 0}
    for one in (one for article in judged for one in article):
        for name in one.traits.items():
            names.setdefault(name, len(names))
    counts = np.zeros((len(judged), len(names), 4), dtype=np.int64)
    for number, article in enumerate(judged):
        for one in article:
            _count(counts[number], [names[name] for name in [("all", "all"), *one.traits.items()]], one)
    totals = counts.sum(axis=0)
    lows, highs = _intervals(counts)
    slices = [
        _slice(name, totals[at], (lows[at], highs[at]))
        for name, at in names.items()
        if totals[at, _GOLD] >= _FEWEST and np.count_nonzero(counts[:, at, _GOLD]) >= _FEWEST_ARTICLES
    ]
    order = list(dict.fromkeys(trait for trait, _ in names))
    return tuple(sorted(slices, key=lambda each: (order.index(each.trait), -each.gold_count)))


def figures(slices: Iterable[Slice]) -> dict[str, float]:
    """Return precision, recall and F1 of each slice by name, as floors are kept."""
    return {
        f"{each.trait}: {each.value}, {name}": getattr(each, name)
        for each in slices
        for name in ("precision", "recall", "f1")
    }


def table(slices: Iterable[Slice]) -> str:
    """Return the slices as lines to read, F1 with its interval."""
    head = f"  {'':<44}{'gold':>6}{'found':>7}{'P':>8}{'R':>7}{'F1':>7}   95 %"
    return "\n".join(
        [
            head,
            *(
                f"  {f'{each.trait}: {each.value}':<44}{each.gold_count:>6}{each.found_count:>7}"
                f"{each.precision:>8.1f}{each.recall:>7.1f}{each.f1:>7.1f}   {each.low:.1f} to {each.high:.1f}"
                for each in slices
            ),
        ]
    )


def _count(counts: Counts, slices: Sequence[int], one: Judged) -> None:
    column = _GOLD if one.side == "gold" else _FOUND
    counts[slices, column] += 1
    counts[slices, column + 1] += one.is_right


def _intervals(counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds of F1, by slice, over resamples of the articles."""
    articles = len(counts)
    chosen = np.random.default_rng(_SEED).multinomial(articles, np.full(articles, 1 / articles), _ROUNDS)
    sampled = np.tensordot(chosen, counts, axes=1)
    low, high = np.percentile(_scores(sampled)[2], [2.5, 97.5], axis=0)
    return low, high


def _scores(counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return precision, recall and F1 in percent; 0 where nothing was found or wanted."""
    precision = 100 * counts[..., _FOUND_RIGHT] / np.maximum(counts[..., _FOUND], 1)
    recall = 100 * counts[..., _GOLD_RIGHT] / np.maximum(counts[..., _GOLD], 1)
    total = precision + recall
    return precision, recall, np.divide(2 * precision * recall, total, np.zeros_like(total), where=total > 0)


def _slice(name: tuple[str, str], counts: Counts, interval: tuple[np.float64, np.float64]) -> Slice:
    scores = [round(float(score), 1) for score in (*_scores(counts), *interval)]
    return Slice(*name, int(counts[_GOLD]), int(counts[_FOUND]), *scores)
