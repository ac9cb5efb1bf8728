"""Score extracted article bodies against labelled page dumps.

Usage: python -m benchmarks.quality.bodies DIR

Precision and recall of 4-word shingles per page, averaged over pages, as the article extraction benchmark of
scrapinghub does; F1 of the two averages. The shipped weights have seen these pages: only figures out of fold
are fit to be quoted.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import mean

from app.errors import NoArticle
from app.extraction.blocks import Block
from app.extraction.body import choose_body
from app.extraction.classifier import BodyModel, load_body_model
from benchmarks.quality.train_line_classifier import FOLDS, SETS, Page, read_pages, train

GROUPS = {
    "main": ("aeb_main", "naeb_main"),
    "full": ("aeb_full", "naeb_full"),
    **{name: (name,) for name in SETS},
}
_SHINGLE = 4
_TOKEN = re.compile(r"\w+")


def score(gold_dir: Path) -> dict[str, float]:
    """Return the body F1 out of fold, and under keys ending in `_in_sample` that of the shipped weights.

    `main` are light dumps, `full` ones with all furniture; about a minute, most of it training.
    """
    shipped = load_body_model()
    in_sample = _scores(read_pages(gold_dir), lambda _: shipped)
    return cross_validated(gold_dir) | {f"{key}_in_sample": value for key, value in in_sample.items()}


def cross_validated(gold_dir: Path) -> dict[str, float]:
    """Return the body F1 where each page is read with weights trained on other sites (5 folds)."""
    pages = read_pages(gold_dir)
    models = [train(page for page in pages if page.fold != fold) for fold in range(FOLDS)]
    return _scores(pages, lambda page: models[page.fold])


def body_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Return F1 of mean precision and mean recall over (gold, predicted) bodies."""
    counts = [_page_scores(_shingles(gold), _shingles(predicted)) for gold, predicted in pairs]
    precisions = [p for p, _ in counts if p is not None]
    recalls = [r for _, r in counts if r is not None]
    precision, recall = mean(precisions or [0.0]), mean(recalls or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _scores(pages: Sequence[Page], model_for: Callable[[Page], BodyModel]) -> dict[str, float]:
    pairs = [(page.set_name, page.gold_body, _body_text(page.blocks, model_for(page))) for page in pages]
    return {
        f"{group}_f1": body_f1((gold, found) for name, gold, found in pairs if name in members)
        for group, members in GROUPS.items()
    }


def _body_text(blocks: Sequence[Block], model: BodyModel) -> str:
    try:
        return "\n\n".join(block.text for block in choose_body(blocks, model).kept)
    except NoArticle:
        return ""


def _page_scores(
    gold: Counter[tuple[str, ...]], predicted: Counter[tuple[str, ...]]
) -> tuple[float | None, float | None]:
    shared = (gold & predicted).total()
    if not gold and not predicted:
        return 1.0, 1.0
    return (
        shared / predicted.total() if predicted else None,
        shared / gold.total() if gold else None,
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(
        tuple(tokens[i : i + _SHINGLE]) for i in range(max(1, len(tokens) - _SHINGLE + 1)) if tokens
    )


if __name__ == "__main__":
    import sys

    for name, value in score(Path(sys.argv[1])).items():
        print(f"{name:24} {value:.4f}")
