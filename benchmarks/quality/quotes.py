"""Score quotes against PolNeAR with the gold folder's own scorer.

The gold texts and the scorer stay outside the repository; this file knows where they lie in the gold folder
and must not know how quotes are found.
"""

import importlib.util
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from app.documents import Quote, Span

type Attribution = dict[str, list[list[int]]]
type Claim = dict[str, Any]  # an attribution with its confidence

_GOLD = "quotes/polnear-dev.jsonl"
_SCORER = "quotes/score_quotes.py"


def score(gold_dir: Path, predict: Callable[[str], Sequence[Claim]]) -> dict[str, float]:
    """Return precision, recall and F1 of whole attributions by kind, in percent, over the development texts.

    An attribution is right when its content words agree (Jaccard >= 0.8) and its speaker shares a word with
    the gold one. `predict` takes a text and returns attributions as `attribution` makes them.
    """
    scorer = _load_scorer(gold_dir / _SCORER)
    counts: Counter[Any] = Counter()
    for line in (gold_dir / _GOLD).read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        counts.update(scorer.score_article(gold["text"], gold["attributions"], predict(gold["text"])))
    figures = {
        f"{kind}_{name}": round(100 * value, 1)
        for kind in ("all", "direct", "mixed", "indirect")
        for name, value in zip(("precision", "recall", "f1"), scorer.prf(counts, "attr", kind), strict=True)
    }
    return figures | {"content_token_f1": round(100 * scorer.prf(counts, "token", "all")[2], 1)}


def reliability(gold_dir: Path, predict: Callable[[str], Sequence[Claim]]) -> dict[str, float]:
    """Return how often claims of each tenth of confidence are right, and the expected calibration error.

    The error is the mean, over claims, of how far a tenth's mean confidence is from its share of right ones
    (Guo et al. 2017). `predict` returns attributions with a "confidence".
    """
    scorer = _load_scorer(gold_dir / _SCORER)
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for line in (gold_dir / _GOLD).read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        for confidence, is_right in _judge(scorer, gold, predict(gold["text"])):
            tenths.setdefault(min(int(confidence * 10), 9), []).append((confidence, is_right))
    figures, error, total = {}, 0.0, sum(map(len, tenths.values()))
    for tenth, judged in sorted(tenths.items()):
        right = sum(is_right for _, is_right in judged) / len(judged)
        error += abs(sum(confidence for confidence, _ in judged) - right * len(judged)) / total
        figures[f"right_from_{tenth / 10:.1f} ({len(judged)})"] = round(right, 3)
    return figures | {"expected_calibration_error": round(error, 3)}


def _judge(scorer: ModuleType, gold: dict[str, Any], claims: Sequence[Claim]) -> list[tuple[float, bool]]:
    text = gold["text"]
    words = [match.span() for match in re.finditer(r"\w+", text)]
    quoted = scorer.words_in(words, scorer.quoted_regions(text))
    wanted = scorer.prepare(words, gold["attributions"], quoted)
    found = [(claim["confidence"], scorer.prepare(words, [claim], quoted)) for claim in claims]
    pairs = scorer.pair_up(wanted, [items[0] for _, items in found if items])
    right = {id(item) for wanted_item, item in pairs if scorer.agree(wanted_item["source"], item["source"])}
    return [(confidence, id(items[0]) in right) for confidence, items in found if items]


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
