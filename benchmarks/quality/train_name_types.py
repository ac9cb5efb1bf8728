"""Train the weights of `app/nlp/data/name_model.json`: what evidence for a name's type is worth.

Usage: python -m benchmarks.quality.train_name_types --gold DIR [--folds]

Rare evidence ("dateline", "legal form") says much and occurs seldom, so the weights start from beliefs written by
hand (`name_beliefs.txt`) and the texts only move them. `--folds` measures instead of writing: the share of mentions
typed right in documents held out. Only evidence and weights are written: no text of the corpora.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.documents import Span
from app.nlp.mentions import gather_candidates
from app.nlp.mentions.evidence import Evidence, gather_evidence
from app.nlp.mentions.found import Found, key_of
from app.nlp.mentions.judging import BIAS, VERDICTS, Verdict, Weights, judge
from app.nlp.models import Models, load_models
from app.nlp.words import words_of
from benchmarks.quality.names import PARAGRAPH, load_scorer
from tests.golden import load

MODEL = Path(__file__).parents[2] / "app/nlp/data/name_model.json"
BELIEFS = Path(__file__).with_name("name_beliefs.txt")
_FOLDS = 8
_RIDGE = 0.005  # pull towards the beliefs; of 0.002 to 0.03 all within a point out of fold
_ROUNDS = 400
_STEP = 0.05
_FEWEST_USES = 3  # evidence on fewer names is noise, unless believed in
_SMALLEST_WEIGHT = 0.05
_MOST_WEIGHT = 6  # mentions of a name that count: the rest say the same again
_SAME = 0.5  # overlap from which on a candidate is the gold name

Floats = NDArray[np.float64]
Verdicts = frozenset[Verdict]

# Gold types of the outside corpora to what we would accept; "abstract" covers works, websites and much else.
_GUM: dict[str, set[Verdict]] = {
    "PERSON": {"person"},
    "ORG": {"organization"},
    "LOC": {"place"},
    "event": {"event"},
    "abstract": {"work", "product", "event", "none"},
    "object": {"product", "work"},
}
_MEANTIME: dict[str, set[Verdict]] = {
    "PER": {"person"},
    "ORG": {"organization"},
    "LOC": {"place"},
    "PRO": {"product", "work"},
    "FIN": {"organization", "product"},
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its gold names. `ignored` are spans that count neither way; None: names are not exhaustive."""

    corpus: str
    name: str
    text: str
    names: tuple[tuple[Span, Verdicts], ...]
    ignored: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Sample:
    """One name of one document, with the verdicts that would be right."""

    corpus: str
    document: str
    evidence: Evidence
    right: Verdicts
    mentions: int


def main() -> None:
    """Train on everything and store the weights, or measure out of fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--folds", action="store_true", help="measure on held-out documents instead")
    options = parser.parse_args()
    models = load_models("rules")
    documents = [*_read_golden(), *_read_outside(options.gold)]
    samples = [sample for document in documents for sample in _samples(document, models)]
    if options.folds:
        print(json.dumps(measure(samples), indent=1))
        return
    weights = {name: list(row) for name, row in sorted(train(samples).items())}
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in weights.items())
    made_by = '"made_by": "benchmarks/quality/train_name_types.py"'
    verdicts = f'"verdicts": {json.dumps(VERDICTS)}'
    MODEL.write_text(f'{{\n{made_by},\n{verdicts},\n"weights": {{\n{rows}\n}}\n}}\n', "utf-8")


def measure(samples: Sequence[Sample]) -> dict[str, float]:
    """Return for each corpus the share of mentions, in percent, typed right by weights from other documents."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    folds = {name: number % _FOLDS for number, name in enumerate(sorted({each.document for each in samples}))}
    for fold in range(_FOLDS):
        weights = train([each for each in samples if folds[each.document] != fold])
        for each in (each for each in samples if folds[each.document] == fold):
            verdicts = judge(each.evidence, weights)
            total[each.corpus] += each.mentions
            right[each.corpus] += each.mentions * (max(verdicts, key=lambda v: verdicts[v]) in each.right)
    return {corpus: round(100 * right[corpus] / count, 1) for corpus, count in total.items()}


# --- the documents --------------------------------------------------------------------------------


def _read_golden() -> Iterator[Labelled]:
    for article in load():
        names = [
            (m.span, entity.type) for entity in article.entities for m in entity.mentions if m.kind == "name"
        ]
        groups = tuple(span for span, kind in names if kind == "group")
        kinds: tuple[tuple[Span, Verdicts], ...] = tuple(
            (span, frozenset({kind})) for span, kind in names if kind != "group"
        )
        yield Labelled("golden", article.slug, article.text, kinds, groups)


def _read_outside(folder: Path) -> Iterator[Labelled]:
    scorer = load_scorer(folder)
    for corpus, kinds in (("gum_news_dev", _GUM), ("meantime_en_dev", _MEANTIME)):
        for document in scorer.read(folder / "entities" / f"{corpus}.jsonl").values():
            names = tuple(
                (Span(*scorer.core(mention)), frozenset(_acceptable(mention, kinds)))
                for mention in scorer.outermost(document["mentions"])
            )
            ignored = (
                Span(*scorer.core(mention))
                for mention in document["mentions"]
                if mention.get("form") in ("group_name", "title_only") and mention.get("core")
            )
            is_exhaustive = kinds is _GUM
            yield Labelled(
                corpus, document["id"], document["text"], names, tuple(ignored) if is_exhaustive else None
            )


def _acceptable(mention: Mapping[str, Any], kinds: Mapping[str, set[Verdict]]) -> set[Verdict]:
    return kinds.get(mention.get("label") or "") or kinds.get(mention["type"]) or {"none"}


def _samples(document: Labelled, models: Models) -> Iterator[Sample]:
    text = document.text
    paragraphs = [Span(*match.span()) for match in PARAGRAPH.finditer(text)]
    words = [word for paragraph in paragraphs for word in words_of(text, paragraph.start, paragraph.end)]
    candidates = gather_candidates(text, paragraphs, words, models)
    places: dict[str, list[Found]] = defaultdict(list)
    for each in candidates:
        places[key_of(text, each.span)].append(each)
    evidence = gather_evidence(text, candidates)
    for key, found in places.items():
        if any(each.method == "table" or each.entity_type == "group" for each in found):
            continue  # settled without evidence
        votes = Counter(right for each in found if (right := _right(each.span, document)))
        if votes:
            right = votes.most_common(1)[0][0]
            yield Sample(document.corpus, document.name, evidence[key], right, len(found))


def _right(span: Span, document: Labelled) -> Verdicts | None:
    """Return the gold verdicts for a candidate; None where gold says nothing or another stretch."""
    touching = [(gold, kinds) for gold, kinds in document.names if gold.overlaps(span)]
    for gold, kinds in touching:
        shared = min(gold.end, span.end) - max(gold.start, span.start)
        if shared >= _SAME * (max(gold.end, span.end) - min(gold.start, span.start)):
            return kinds
    if touching or document.ignored is None or any(each.overlaps(span) for each in document.ignored):
        return None
    return frozenset({"none"})


# --- training -------------------------------------------------------------------------------------


def train(samples: Sequence[Sample]) -> Weights:
    """Return the weights that make the right verdicts likely without straying far from the beliefs."""
    beliefs = _read_beliefs()
    uses = Counter(name for each in samples for name in each.evidence)
    names = sorted({name for name, count in uses.items() if count >= _FEWEST_USES} | beliefs.keys())
    start = np.zeros((len(names) + 1, len(VERDICTS)))
    for row, name in enumerate(names):
        for verdict, weight in beliefs.get(name, {}).items():
            start[row, VERDICTS.index(verdict)] = weight
    weights = _descend(start, *_matrices(samples, names))
    rows = {name: tuple(round(float(w), 2) for w in weights[row]) for row, name in enumerate([*names, BIAS])}
    return {name: row for name, row in rows.items() if name == BIAS or max(map(abs, row)) >= _SMALLEST_WEIGHT}


def _matrices(samples: Sequence[Sample], names: Iterable[str]) -> tuple[Floats, Floats, Floats]:
    """Return the evidence, the right verdicts and the weight of each sample."""
    columns = {name: column for column, name in enumerate(names)}
    given = np.zeros((len(samples), len(columns) + 1))
    given[:, -1] = 1
    right = np.zeros((len(samples), len(VERDICTS)))
    for row, sample in enumerate(samples):
        for name, share in sample.evidence.items():
            if name in columns:
                given[row, columns[name]] = share
        right[row] = [verdict in sample.right for verdict in VERDICTS]
    counts = np.sqrt(np.minimum([sample.mentions for sample in samples], _MOST_WEIGHT))
    return given, right, counts / counts.mean()


def _descend(start: Floats, given: Floats, right: Floats, counts: Floats) -> Floats:
    """Minimise the loss by Adam; where several verdicts are right, any may take the credit."""
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, _ROUNDS + 1):
        scores = given @ weights
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        wanted = likely * right
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = given.T @ ((likely - wanted) * counts[:, None]) / len(given)
        slope[:-1] += _RIDGE * (weights - start)[:-1]
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= _STEP * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _read_beliefs() -> dict[str, dict[str, float]]:
    beliefs = {}
    for line in BELIEFS.read_text("utf-8").splitlines():
        name, _, rest = line.partition(" | ")
        if rest:
            pairs = (part.rsplit(maxsplit=1) for part in rest.split(", "))
            beliefs[name] = {verdict: float(weight) for verdict, weight in pairs}
    return beliefs


if __name__ == "__main__":
    main()
