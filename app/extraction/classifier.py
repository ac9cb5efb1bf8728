"""Judge how likely each block of a page belongs to the article's body.

One logistic regression over the named features of a block and of its neighbours. Weights are data
(`data/body_model.json`, made by `benchmarks/quality/train_line_classifier.py`); this module knows no features
beyond their names, and no words. What holds for the page as a whole is `body`'s business.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from app.extraction.blocks import Block
from app.extraction.features import describe

NEIGHBOURS = (-2, -1, 0, 1, 2)  # whose features count for a block; one fewer on each side lost 1 point


@dataclass(frozen=True, slots=True)
class BodyModel:
    """Weights by feature name, one for each of NEIGHBOURS that has the feature."""

    bias: float
    weights: Mapping[str, tuple[float, ...]]


@cache
def load_body_model() -> BodyModel:
    """Read the weights shipped with the package (about 1 ms, once for each process)."""
    data = json.loads(files("app.extraction").joinpath("data/body_model.json").read_text("utf-8"))
    return BodyModel(data["bias"], {name: tuple(row) for name, row in data["weights"].items()})


def body_probabilities(blocks: Sequence[Block], model: BodyModel) -> list[float]:
    """Return for each block how likely it belongs to the body, 0 to 1."""
    scores = [model.bias] * len(blocks)
    for index, features in enumerate(describe(blocks)):
        known = (model.weights[name] for name in features if name in model.weights)
        for offset, column in zip(NEIGHBOURS, zip(*known, strict=True), strict=False):
            target = index - offset
            if 0 <= target < len(scores):
                scores[target] += sum(column)
    return [_logistic(score) for score in scores]


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))
