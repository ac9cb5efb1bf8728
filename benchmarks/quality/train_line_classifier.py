"""Train the weights of `app/extraction/data/body_model.json` from labelled page dumps.

Usage: python -m benchmarks.quality.train_line_classifier --gold DIR

Labels are per line of the dump; a block takes the label most of its characters have. How good the result is
on pages it was not trained on, `benchmarks.quality.bodies` tells. Only feature names and weights are written:
no text of the corpus.
"""

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from app.extraction.blocks import Block, cut_blocks
from app.extraction.classifier import NEIGHBOURS, BodyModel
from app.extraction.features import describe

SETS = ("aeb_main", "naeb_main", "aeb_full", "naeb_full")
FOLDS = 5
MODEL = Path(__file__).parents[2] / "app/extraction/data/body_model.json"
_ROUNDS = 100
_RIDGE = 5e-5  # of 5e-5 to 5e-4, best out of fold
_FEWEST_USES = 25  # a feature on fewer blocks is noise
_SMALLEST_WEIGHT = 0.02
# Some gold bodies are a teaser of the page's article, or of another text altogether: nothing to learn from.
_LEAST_FOUND = 0.6  # share of the gold body's words that the labelled lines must hold
_LEAST_SHARE = 0.15  # share of the words in long lines that must be labelled body
_LONG = 25  # words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled dump cut into blocks, `labels` 1 for body."""

    set_name: str
    site: str
    gold_body: str
    blocks: tuple[Block, ...]
    labels: tuple[int, ...]

    @property
    def fold(self) -> int:
        """The same for all pages of a site, so that no site is in its own training data."""
        return zlib.crc32(self.site.encode()) % FOLDS


def main() -> None:
    """Train on all pages and store the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    write_model(train(read_pages(parser.parse_args().gold)))


def read_pages(gold: Path) -> list[Page]:
    """Read the labelled dumps of every set."""
    return [_page(name, dump) for name in SETS for dump in _read_dumps(gold, name)]


def train(pages: Iterable[Page]) -> BodyModel:
    """Fit the regression to those pages whose labels can be trusted."""
    trusted = [page for page in pages if _is_trusted(page)]
    described = [names for page in trusted for names in _spread(describe(page.blocks))]
    counts = Counter(name for names in described for name in names)
    numbers = {name: at for at, name in enumerate((n for n, c in counts.items() if c >= _FEWEST_USES), 1)}
    rows = [[numbers.get(name, 0) for name in names] for names in described]
    width = max(map(len, rows))
    fitted = _fit(
        np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64),
        np.array([label for page in trusted for label in page.labels], dtype=np.float64),
        np.concatenate([_importance(page) for page in trusted]),
        size=len(numbers) + 2,
    )
    return _model({name: float(fitted[number]) for name, number in numbers.items()}, float(fitted[-1]))


def write_model(model: BodyModel) -> None:
    """Store the weights, one feature to a line."""
    lines = [f"{json.dumps(name, ensure_ascii=False)}: {list(row)}" for name, row in model.weights.items()]
    head = '{\n"made_by": "benchmarks/quality/train_line_classifier.py",\n'
    MODEL.write_text(
        f'{head}"bias": {model.bias},\n"weights": {{\n' + ",\n".join(lines) + "\n}\n}\n", "utf-8"
    )


def _read_dumps(gold: Path, name: str) -> list[dict[str, Any]]:  # rows of the corpus, as it has them
    path = gold / "extraction" / "plaintext" / f"{name}_dev.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _page(set_name: str, dump: dict[str, Any]) -> Page:
    text = dump["raw_text"] or ""
    blocks = cut_blocks(text)
    site = (urlsplit(dump["url"]).hostname or dump["url"]).removeprefix("www.")
    labels = _block_labels(text, dump["line_labels"], blocks) if blocks else ()
    return Page(set_name, site, dump["gold_body"] or "", blocks, labels)


def _block_labels(text: str, line_labels: Sequence[int | None], blocks: Sequence[Block]) -> tuple[int, ...]:
    """Return the label that most characters of each block carry."""
    marks = np.zeros(len(text) + 1)
    position = 0
    for line, label in zip(text.split("\n"), line_labels, strict=True):
        marks[position : position + len(line)] = label or 0
        position += len(line) + 1
    return tuple(int(marks[b.span.start : b.span.end].mean() > 0.5) for b in blocks)


def _is_trusted(page: Page) -> bool:
    sizes = [len(block.text.split()) for block in page.blocks]
    body = sum(n for n, label in zip(sizes, page.labels, strict=True) if label)
    other = sum(n for n, label in zip(sizes, page.labels, strict=True) if not label and n > _LONG)
    return body > max(_LEAST_FOUND * len(page.gold_body.split()), _LEAST_SHARE * (body + other))


def _importance(page: Page) -> Floats:
    """Return the weight of each block: a page counts as one, a block by the root of its words."""
    roots = np.sqrt([len(block.text.split()) + 2 for block in page.blocks])
    importance: Floats = roots / roots.sum()
    return importance


def _spread(features: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return each block's features together with its neighbours', named by their offset."""
    spread_out = []
    for index in range(len(features)):
        reached = [(offset, index + offset) for offset in NEIGHBOURS if 0 <= index + offset < len(features)]
        spread_out.append([f"{offset}|{name}" for offset, at in reached for name in features[at]])
    return spread_out


def _fit(rows: Ints, labels: Floats, importance: Floats, *, size: int) -> Floats:
    """Fit one logistic regression by Adam on the whole batch; entry 0 stands for no feature, -1 is the bias."""
    importance = importance / importance.sum()
    model, momentum, scale = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, _ROUNDS + 1):
        sums = model[rows].sum(axis=1) + model[-1]
        errors = (1 / (1 + np.exp(-np.clip(sums, -30, 30))) - labels) * importance
        gradient = np.bincount(rows.ravel(), np.repeat(errors, rows.shape[1]), size)
        gradient[0], gradient[-1] = 0, errors.sum()
        gradient += _RIDGE * model
        momentum = 0.9 * momentum + 0.1 * gradient
        scale = 0.99 * scale + 0.01 * gradient**2
        rate = 0.1 * min(1.0, 2 * (1 - step / (_ROUNDS + 1)))
        model -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-9)
    return model


def _model(weights: dict[str, float], bias: float) -> BodyModel:
    """Gather the weights of each feature over NEIGHBOURS, the tiny ones as 0."""
    table: dict[str, list[float]] = {}
    for spread_name, weight in weights.items():
        offset, _, name = spread_name.partition("|")
        row = table.setdefault(name, [0.0] * len(NEIGHBOURS))
        row[NEIGHBOURS.index(int(offset))] = round(weight, 2) if abs(weight) >= _SMALLEST_WEIGHT else 0.0
    return BodyModel(round(bias, 2), {name: tuple(row) for name, row in sorted(table.items()) if any(row)})


if __name__ == "__main__":
    main()
