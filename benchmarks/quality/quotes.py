"""Score quotes against PolNeAR with the gold folder's own scorer.

The gold texts and the scorer stay outside the repository; this file knows where they lie in the gold folder
and must not know how quotes are found.
"""

import importlib.util
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from app.documents import Quote, Span
from benchmarks.quality.slices import Judged
from benchmarks.quality.traits import WORD, describe

type Claim = dict[str, Any]  # an attribution with its confidence
type Claims = Sequence[Sequence[Claim]]  # those found in each text of the corpus, in its order

KINDS = ("all", "direct", "mixed", "indirect")
_GOLD = "quotes/polnear-dev.jsonl"
_SCORER = "quotes/score_quotes.py"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The development texts with their golden attributions, and the scorer that came with them."""

    texts: tuple[dict[str, Any], ...]  # rows of the corpus, as it has them
    scorer: ModuleType


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An attribution, with the words of each role as the scorer numbers them. Equal only to itself."""

    claim: Claim
    words: dict[str, Any]  # "source", "cue", "content": sets of word numbers; "kind"


@dataclass(frozen=True, slots=True)
class Compared:
    """A text with what is golden in it, what was found, and which of them have the same content.

    A pair is right when its speakers share a word, or neither has one.
    """

    text: dict[str, Any]
    gold: tuple[Item, ...]
    found: tuple[Item, ...]
    pairs: tuple[tuple[Item, Item, bool], ...]


def load(gold_dir: Path) -> Corpus:
    """Read the corpus and its scorer from the gold folder."""
    lines = (gold_dir / _GOLD).read_text(encoding="utf-8").splitlines()
    return Corpus(tuple(json.loads(line) for line in lines), _load_scorer(gold_dir / _SCORER))


def claim(quote: Quote) -> Claim:
    """Return a quote in the scorer's words, which call the speaker "source"."""
    return {
        "source": _offsets(quote.speaker),
        "cue": _offsets(quote.cue),
        "content": _offsets(*quote.content),
        "confidence": quote.confidence,
    }


def score(corpus: Corpus, claims: Claims) -> dict[str, float]:
    """Return precision, recall and F1 of whole attributions by kind, in percent, over the development texts.

    An attribution is right when its content words agree (Jaccard >= 0.8) and its speaker shares a word with
    the gold one.
    """
    scorer = corpus.scorer
    counts: Counter[Any] = Counter()
    for text, found in zip(corpus.texts, claims, strict=True):
        counts.update(scorer.score_article(text["text"], text["attributions"], found))
    figures = {
        f"{kind}_{name}": round(100 * value, 1)
        for kind in KINDS
        for name, value in zip(("precision", "recall", "f1"), scorer.prf(counts, "attr", kind), strict=True)
    }
    return figures | {"content_token_f1": round(100 * scorer.prf(counts, "token", "all")[2], 1)}


def compare(corpus: Corpus, claims: Claims) -> tuple[Compared, ...]:
    """Pair what is golden with what was found, text by text, as the scorer does."""
    return tuple(
        _compare(corpus.scorer, text, found) for text, found in zip(corpus.texts, claims, strict=True)
    )


def judge(compared: Compared) -> list[Judged]:
    """Return the attributions of both sides with their traits, to be counted in slices."""
    right = {item for gold, found, is_right in compared.pairs if is_right for item in (gold, found)}
    return [
        *(Judged("gold", _traits(compared.text, item), item in right) for item in compared.gold),
        *(Judged("found", _traits(compared.text, item), item in right) for item in compared.found),
    ]


def reliability(comparisons: Iterable[Compared]) -> dict[str, float]:
    """Return how often claims of each tenth of confidence are right, and the expected calibration error.

    The error is the mean, over claims, of how far a tenth's mean confidence is from its share of right ones
    (Guo et al. 2017). The claims have a "confidence".
    """
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for each in comparisons:
        right = {found for _, found, is_right in each.pairs if is_right}
        for item in each.found:
            confidence = item.claim["confidence"]
            tenths.setdefault(min(int(confidence * 10), 9), []).append((confidence, item in right))
    figures, error, total = {}, 0.0, sum(map(len, tenths.values()))
    for tenth, judged in sorted(tenths.items()):
        right_share = sum(is_right for _, is_right in judged) / len(judged)
        error += abs(sum(confidence for confidence, _ in judged) - right_share * len(judged)) / total
        figures[f"right_from_{tenth / 10:.1f} ({len(judged)})"] = round(right_share, 3)
    return figures | {"expected_calibration_error": round(error, 3)}


def spans(item: Item, role: str) -> list[Span]:
    """Return the spans of one role, in text order."""
    return [Span(start, end) for start, end in sorted(item.claim.get(role) or [])]


def _compare(scorer: ModuleType, text: dict[str, Any], claims: Sequence[Claim]) -> Compared:
    words = [match.span() for match in WORD.finditer(text["text"])]
    quoted = scorer.words_in(words, scorer.quoted_regions(text["text"]))
    gold, found = (
        _prepare(scorer, words, quoted, attributions) for attributions in (text["attributions"], claims)
    )
    owner = {id(item.words): item for item in (*gold, *found)}
    pairs = scorer.pair_up([item.words for item in gold], [item.words for item in found])
    return Compared(
        text,
        gold,
        found,
        tuple(
            (owner[id(left)], owner[id(right)], scorer.agree(left["source"], right["source"]))
            for left, right in pairs
        ),
    )


def _prepare(
    scorer: ModuleType, words: list[tuple[int, int]], quoted: frozenset[int], claims: Sequence[Claim]
) -> tuple[Item, ...]:
    """Prepare claims one by one as the scorer does all at once: of two with the same words, the first."""
    items: dict[Any, Item] = {}  # Any: the scorer's key, two sets of word numbers
    for claim in claims:
        for prepared in scorer.prepare(words, [claim], quoted):
            items.setdefault((prepared["source"], prepared["content"]), Item(claim, prepared))
    return tuple(items.values())


def _traits(text: dict[str, Any], item: Item) -> dict[str, str]:
    content, cue, speaker = (spans(item, role) for role in ("content", "cue", "source"))
    return dict(describe(text["text"], item.words["kind"], content, cue, speaker, text["publisher"]))


def _offsets(*found: Span | None) -> list[list[int]]:
    return [[span.start, span.end] for span in found if span is not None]


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"expected the quote scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
