"""Score quotes against PolNeAR with the gold folder's own scorer.

The gold texts and the scorer stay outside the repository; this file knows where they lie in the gold folder
and must not know how quotes are found.
"""

import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from app.documents import Quote, Span

type Attribution = dict[str, list[list[int]]]

_GOLD = "quotes/polnear-dev.jsonl"
_SCORER = "quotes/score_quotes.py"


def score(gold_dir: Path, predict: Callable[[str], Sequence[Attribution]]) -> dict[str, float]:
    """Return precision, recall and F1 of whole attributions by kind, in percent, over the development texts.

    An attribution is right when its content words agree (Jaccard >= 0.8) and its speaker shares a word with
    the gold one. `predict` takes a text and returns attributions as `attribution` makes them.
    """
    scorer = _load_scorer(gold_dir / _SCORER)
    counts: Counter[Any] = Counter()
    for line in (gold_dir / _GOLD).read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        counts.update(scorer.score_article(gold["text"], gold["attributions"], predict(gold["text"])))
    return {
        f"{kind}_{name}": round(100 * value, 1)
        for kind in ("direct", "mixed")
        for name, value in zip(("precision", "recall", "f1"), scorer.prf(counts, "attr", kind), strict=True)
    }


def attribution(quote: Quote) -> Attribution:
    """Return a quote in the scorer's words, which call the speaker "source"."""
    return {
        "source": _offsets(quote.speaker),
        "cue": _offsets(quote.cue),
        "content": _offsets(*quote.content),
    }


def _offsets(*spans: Span | None) -> list[list[int]]:
    return [[span.start, span.end] for span in spans if span is not None]


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"expected the quote scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
