"""Train the trees of `app/extraction/data/page_trees.json` from labelled web pages.

Usage: python -m benchmarks.quality.train_page_trees --gold DIR

Gradient boosting of full trees on binned features, in numpy: the usual library is ahead by less than 0.2 points out
of fold. A line is labelled body when half of its runs of four words are in the gold body. Only feature names and
thresholds are written: no text of the corpus.
"""

import argparse
import gzip
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from app.documents import RawDocument
from app.extraction.decoding import decode
from app.extraction.html.features import describe_page, is_hidden
from app.extraction.html.opinions import ask, shares
from app.extraction.html.page import Page, read_page
from app.extraction.html.statements import read_statements
from app.extraction.html.tree import parse
from app.extraction.html.trees import PageTrees, Tree

SETS = ("aeb", "naeb")
FOLDS = 5
MODEL = Path(__file__).parents[2] / "app/extraction/data/page_trees.json"
_TREES = 60
_DEPTH = 4
_RATE = 0.2
_RIDGE = 5.0
_LEAST_WEIGHT = 1.0  # of the second derivatives on each side of a split
_FEATURES_A_TREE = 0.6
_BINS = 32
_NEVER = 1e9  # threshold of a split that sends all lines left
# Some gold bodies are but the first paragraphs of the page's article: nothing to learn from.
_LEAST_FOUND = 0.6  # share of the gold body's words that the labelled lines must hold
_MOST_DISPUTED = 0.25  # words that both extractors keep and gold does not, of those labelled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A web page with who takes what for its body, and `labels`: 1 for its lines in the gold body."""

    set_name: str
    site: str
    gold: dict[str, Any]  # a row of the corpus, as it has it
    markup: bytes
    page: Page
    opinions: dict[str, str]
    rows: list[dict[str, float]]
    labels: tuple[int, ...]

    @property
    def fold(self) -> int:
        """The same for all pages of a site, so that no site is in its own training data."""
        return zlib.crc32(self.site.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class _Binned:
    bins: Ints
    edges: list[Floats]


def main() -> None:
    """Train on all pages and store the trees."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    write_model(train(read_pages(parser.parse_args().gold)))


def read_pages(gold: Path) -> list[LabelledPage]:
    """Read the labelled pages of every set."""
    folder = gold / "extraction"
    pages = []
    for name in SETS:
        for line in (folder / f"{name}_dev.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            pages.append(_labelled(name, row, gzip.decompress((folder / row["html"]).read_bytes())))
    return pages


def train(pages: Iterable[LabelledPage]) -> PageTrees:
    """Fit the trees to those pages whose labels can be trusted."""
    trusted = [page for page in pages if _is_trusted(page)]
    names = sorted({name for page in trusted for row in page.rows for name in row})
    values = np.array([[row.get(name, 0.0) for name in names] for page in trusted for row in page.rows])
    labels = np.array([label for page in trusted for label in page.labels], dtype=np.float64)
    weights = np.concatenate([_importance(page) for page in trusted])
    bias, trees = _boost(_binned(values), labels, weights * len(labels) / weights.sum())
    return _model(names, bias, trees)


def write_model(model: PageTrees) -> None:
    """Store the trees, one to a line."""
    lines = ",\n".join(json.dumps([tree.splits, tree.leaves], separators=(",", ":")) for tree in model.trees)
    head = f'{{\n"made_by": "benchmarks/quality/train_page_trees.py",\n"bias": {model.bias},\n'
    MODEL.write_text(
        f'{head}"features": {json.dumps(model.features)},\n"trees": [\n{lines}\n]\n}}\n', "utf-8"
    )


def _labelled(set_name: str, row: dict[str, Any], markup: bytes) -> LabelledPage:
    root = parse(decode(RawDocument(markup, "html")).text)
    page = read_page(root)
    opinions = ask(root, read_statements(root))
    held = {name: shares(page.blocks, text) for name, text in opinions.items()}
    site = (urlsplit(row["url"]).hostname or row["url"]).removeprefix("www.")
    rows = describe_page(page, held)
    return LabelledPage(set_name, site, row, markup, page, opinions, rows, _labels(page, row["body"]))


def _labels(page: Page, body: str) -> tuple[int, ...]:
    """Return 1 for lines of the body; a hidden copy of what is shown is none."""
    held = [share >= 0.5 for share in shares(page.blocks, body)]
    hidden = [any(map(is_hidden, holder.elements)) for holder in page.holders]
    shown = [b.text for b, is_held, is_out in zip(page.blocks, held, hidden, strict=True) if is_held > is_out]
    copied = shares(page.blocks, "\n".join(shown))
    return tuple(
        int(is_held and not (is_out and share >= 0.9))
        for is_held, is_out, share in zip(held, hidden, copied, strict=True)
    )


def _is_trusted(page: LabelledPage) -> bool:
    sizes = [len(block.text.split()) for block in page.page.blocks]
    found = sum(size for size, label in zip(sizes, page.labels, strict=True) if label)
    disputed = sum(
        size
        for size, label, row in zip(sizes, page.labels, page.rows, strict=True)
        if not label and min(row["trafilatura"], row["readability"]) > 0.5
    )
    return found > _LEAST_FOUND * len(page.gold["body"].split()) and disputed <= _MOST_DISPUTED * found


def _importance(page: LabelledPage) -> Floats:
    """Return the weight of each line: a page counts as one, a line by the root of its words."""
    roots = np.sqrt([len(block.text.split()) + 2 for block in page.page.blocks])
    importance: Floats = roots / roots.sum()
    return importance


def _binned(values: Floats) -> _Binned:
    edges = [_edges(column) for column in values.T]
    bins = [np.searchsorted(edge, column, side="left") for edge, column in zip(edges, values.T, strict=True)]
    return _Binned(np.stack(bins, axis=1), edges)


def _edges(column: Floats) -> Floats:
    """Return the thresholds between at most _BINS values or quantiles of a feature."""
    values = np.unique(column)
    if len(values) > _BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)))
    middle: Floats = (values[:-1] + values[1:]) / 2
    return middle


def _boost(data: _Binned, labels: Floats, weights: Floats) -> tuple[float, list[Tree]]:
    """Fit one tree after another to what is left of the logistic loss (Newton steps)."""
    rng = np.random.default_rng(0)
    bias = float(np.log((weights * labels).sum() / (weights * (1 - labels)).sum()))
    scores, trees = np.full(len(labels), bias), []
    count = data.bins.shape[1]
    for _ in range(_TREES):
        likely = 1 / (1 + np.exp(-scores))
        first, second = weights * (likely - labels), weights * likely * (1 - likely)
        columns = np.sort(rng.choice(count, int(count * _FEATURES_A_TREE), replace=False))
        node, splits = np.zeros(len(labels), dtype=np.int64), []
        for depth in range(_DEPTH):
            features, bins = _best_splits(data, columns, node, 2**depth, (first, second))
            node = 2 * node + (data.bins[np.arange(len(node)), features[node]] > bins[node])
            splits += [(int(f), _threshold(data.edges[f], b)) for f, b in zip(features, bins, strict=True)]
        sums = [np.bincount(node, part, 2**_DEPTH) for part in (first, second)]
        leaves = np.round(-_RATE * sums[0] / (sums[1] + _RIDGE), 4)
        scores += leaves[node]
        trees.append(Tree(tuple(splits), tuple(leaves.tolist())))
    return round(bias, 4), trees


def _best_splits(
    data: _Binned, columns: Ints, node: Ints, count: int, gradients: tuple[Floats, Floats]
) -> tuple[Ints, Ints]:
    """Return for each of `count` nodes the feature and the bin whose split gains most."""
    width = max(map(len, data.edges)) + 1
    shape = (len(columns), count, width)
    places = [node * width + data.bins[:, column] for column in columns]
    sums, weights = (
        np.stack([np.bincount(place, part, count * width) for place in places]).reshape(shape)
        for part in gradients
    )
    left, left_weight = sums.cumsum(axis=2)[:, :, :-1], weights.cumsum(axis=2)[:, :, :-1]
    total, total_weight = sums.sum(axis=2, keepdims=True), weights.sum(axis=2, keepdims=True)
    gain = (
        left**2 / (left_weight + _RIDGE)
        + (total - left) ** 2 / (total_weight - left_weight + _RIDGE)
        - total**2 / (total_weight + _RIDGE)
    )
    gain[(left_weight < _LEAST_WEIGHT) | (total_weight - left_weight < _LEAST_WEIGHT)] = 0
    flat = gain.transpose(1, 0, 2).reshape(count, -1)
    best = flat.argmax(axis=1)
    bins = np.where(flat.max(axis=1) > 0, best % (width - 1), width)
    return columns[best // (width - 1)], bins


def _threshold(edges: Floats, bin_number: int) -> float:
    return round(float(edges[bin_number]), 4) if bin_number < len(edges) else _NEVER


def _model(names: Sequence[str], bias: float, trees: Sequence[Tree]) -> PageTrees:
    """Return the trees with features numbered anew, without those no tree asks for."""
    used = sorted({feature for tree in trees for feature, threshold in tree.splits if threshold < _NEVER})
    numbers = {old: new for new, old in enumerate(used)}
    renumbered = (
        Tree(tuple((numbers.get(feature, 0), threshold) for feature, threshold in tree.splits), tree.leaves)
        for tree in trees
    )
    return PageTrees(tuple(names[old] for old in used), bias, tuple(renumbered))


if __name__ == "__main__":
    main()
