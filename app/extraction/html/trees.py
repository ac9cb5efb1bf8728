"""Judge how likely each line of a web page belongs to the body: a sum of small decision trees.

The trees are data (`data/page_trees.json`, made by `benchmarks/quality/train_page_trees.py`); this module knows no
features beyond their names.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

_STEEPEST = 30.0


@dataclass(frozen=True, slots=True)
class Tree:
    """A full binary tree in the order of a heap: `splits` are (feature's number, threshold), then `leaves`.

    A line whose number is above the threshold goes right.
    """

    splits: tuple[tuple[int, float], ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PageTrees:
    """Trees over named features, and what their sum starts from."""

    features: tuple[str, ...]
    bias: float
    trees: tuple[Tree, ...]


@cache
def load_page_trees() -> PageTrees:
    """Read the trees shipped with the package (a few ms, once for each process)."""
    data = json.loads(files("app.extraction").joinpath("data/page_trees.json").read_text("utf-8"))
    trees = (
        Tree(tuple((int(at), threshold) for at, threshold in splits), tuple(leaves))
        for splits, leaves in data["trees"]
    )
    return PageTrees(tuple(data["features"]), data["bias"], tuple(trees))


def body_probabilities(rows: Sequence[Mapping[str, float]], model: PageTrees) -> list[float]:
    """Return for each row of features how likely its line belongs to the body, 0 to 1."""
    return [_probability([row.get(name, 0.0) for name in model.features], model) for row in rows]


def _probability(values: Sequence[float], model: PageTrees) -> float:
    score = model.bias
    for tree in model.trees:
        splits, node, count = tree.splits, 0, len(tree.splits)
        while node < count:
            feature, threshold = splits[node]
            node = 2 * node + 1 + (values[feature] > threshold)
        score += tree.leaves[node - count]
    return 1.0 / (1.0 + exp(-max(-_STEEPEST, min(_STEEPEST, score))))
