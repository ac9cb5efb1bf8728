"""Judge what type a name most likely has, from the evidence a document gives.

One multinomial logistic regression over named evidence. Weights are data (`app/nlp/data/name_model.json`, made by
`benchmarks/quality/train_name_types.py`); this module knows no words and no texts.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from typing import Literal

from app.documents import EntityType

type Verdict = EntityType | Literal["none"]  # "none": no name at all

VERDICTS: tuple[Verdict, ...] = ("person", "organization", "place", "event", "work", "product", "none")
BIAS = "bias"  # the evidence every name has

Weights = Mapping[str, tuple[float, ...]]  # evidence to one weight for each of VERDICTS


@cache
def load_name_model() -> Weights:
    """Read the weights shipped with the package (under 1 ms, once for each process)."""
    data = json.loads(files("app.nlp").joinpath("data/name_model.json").read_text("utf-8"))
    return {name: tuple(row) for name, row in data["weights"].items()}


def judge(evidence: Mapping[str, float], weights: Weights) -> dict[Verdict, float]:
    """Return how likely each verdict is; together they are 1."""
    scores = list(weights[BIAS])
    for name, share in evidence.items():
        for index, weight in enumerate(weights.get(name, ())):
            scores[index] += share * weight
    highest = max(scores)
    odds = [exp(score - highest) for score in scores]
    total = sum(odds)
    return {verdict: each / total for verdict, each in zip(VERDICTS, odds, strict=True)}
