"""Fit the confidence of an exported tagger on a development set, and write it into its config.

    python calibrate.py --model best/ --gold polnear-dev.jsonl --scorer score_quotes.py

A prediction counts as right if the scorer pairs it with a gold attribution and its speaker.  The error is
measured by cross-validation over articles, so it holds for articles the weights were not fitted on.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import runtime  # noqa: F401 - must come before app

from app.nlp.tagger.decode import Attribution
from app.nlp.tagger.model import Tagger

FOLDS, BINS, RIDGE, ROUNDS = 5, 10, 1.0, 50


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "gold", "scorer"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    scorer = _module(args.scorer)
    tagger = Tagger(args.model)
    evidence, right, fold = [], [], []
    for n, line in enumerate(args.gold.open(encoding="utf-8")):
        record = json.loads(line)
        found = tagger.find(record["text"])
        evidence += [a.evidence for a in found]
        right += _right(scorer, record, found)
        fold += [n % FOLDS] * len(found)
    x, y, folds = np.array(evidence), np.array(right, float), np.array(fold)
    held_out = np.zeros(len(y))
    for f in range(FOLDS):
        held_out[folds == f] = chances(x[folds == f], fit(x[folds != f], y[folds != f]))
    print(
        f"{len(y)} predictions, {y.mean():.3f} right; held-out calibration error {calibration_error(held_out, y):.4f}"
    )
    for low in (0.5, 0.7, 0.8, 0.9):
        sure = held_out >= low
        print(f"  confidence >= {low}: {sure.mean():.2f} of predictions, {y[sure].mean():.3f} right")
    config = json.loads((args.model / "config.json").read_text())
    config["calibration"] = [round(float(w), 4) for w in fit(x, y)]
    (args.model / "config.json").write_text(json.dumps(config) + "\n")


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a ridge logistic regression by Newton's method, the constant last."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = np.append((x - mean) / scale, np.ones((len(x), 1)), 1)
    ridge = np.diag([RIDGE] * x.shape[1] + [0.0])
    w = np.zeros(z.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-z @ w))
        w -= np.linalg.solve(z.T @ (z * (p * (1 - p))[:, None]) + ridge, z.T @ (p - y) + ridge @ w)
    return np.append(w[:-1] / scale, w[-1] - (w[:-1] * mean / scale).sum())


def chances(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Give the chance of each row of evidence to be right."""
    chance: np.ndarray = 1 / (1 + np.exp(-(x @ weights[:-1] + weights[-1])))
    return chance


def calibration_error(chance: np.ndarray, right: np.ndarray) -> float:
    """Measure the expected calibration error over bins of equal width."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    return float(sum(abs(chance[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)) / len(right))


def _right(scorer: ModuleType, record: dict[str, Any], found: list[Attribution]) -> list[bool]:
    words = [m.span() for m in scorer._WORD.finditer(record["text"])]
    quoted = scorer.words_in(words, scorer.quoted_regions(record["text"]))
    gold = scorer.prepare(words, record["attributions"], quoted)
    rows = [{"source": a.speaker, "cue": a.cue, "content": a.content} for a in found]
    pairs = scorer.pair_up(gold, scorer.prepare(words, rows, quoted))
    hits = {(p["source"], p["content"]) for g, p in pairs if scorer.agree(g["source"], p["source"])}
    return [(scorer.words_in(words, a.speaker), scorer.words_in(words, a.content)) in hits for a in found]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no Python module at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
