"""Measure reading on texts of other origins than those the rules were written beside, with the corpora's own scorers.

newsroom dev: 21 texts of 21 outlets. worldwide newswire dev: 100 articles of Africa, Asia, Latin America and the
Middle East.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson

from app.ingest.annotate import annotate_lines
from app.nlp import Models

APART = 5.0  # points between corpora from which a figure is not to be trusted on either

# What is measured on more than one corpus: section and figure of each.
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "names, typed F1": (
        ("names (GUM news dev)", "names_f1"),
        ("newsroom dev", "names_f1"),
        ("worldwide newswire dev", "names_f1"),
    ),
    "he/she accuracy": (("names (GUM news dev)", "pronoun_accuracy"), ("newsroom dev", "pronoun_accuracy")),
    "he/she precision": (
        ("names (GUM news dev)", "pronoun_precision"),
        ("newsroom dev", "pronoun_precision"),
    ),
    "quotes in marks found": (("quotes (PolNeAR dev)", "direct_recall"), ("newsroom dev", "quotes_found")),
    "speaker right": (("golden", "who_accuracy"), ("newsroom dev", "speaker_right")),
}


def score_newsroom(gold_dir: Path, models: Models) -> dict[str, float]:
    """Return the newsroom scorer's figures, in percent."""
    scorer = _load(gold_dir / "newsroom" / "score_newsroom.py")
    texts = _read(gold_dir / "newsroom" / "dev.jsonl")
    counts: Counter[str] = Counter()
    for text, answer in zip(texts, _answers(texts, models), strict=True):
        scorer.score(text, answer, counts, [])

    def share(part: str, whole: str) -> float:
        return 100 * counts[part] / max(1, counts[whole])

    precision, recall = share("names_ok", "names_given"), share("names_found", "names_gold")
    return {
        "quotes_found": share("found", "speech"),
        "quotes_invented": share("invented", "given"),
        "direct_hidden": share("hidden", "found_direct"),
        "speaker_right": share("speaker_right", "speaker_known"),
        "speaker_wrong": share("speaker_wrong", "speaker_known"),
        "pronoun_accuracy": share("pronoun_right", "pronoun"),
        "pronoun_precision": share("pronoun_right", "pronoun_answered"),
        "pronoun_unnamed_given": share("pronoun_unnamed_given", "pronoun_unnamed"),
        "role_accuracy": share("role_right", "role"),
        "role_precision": share("role_right", "role_answered"),
        "names_f1": 2 * precision * recall / max(1, precision + recall),
        "indirect_speaker_right": share("indirect_right", "indirect"),
    }


def score_worldwide(gold_dir: Path, models: Models) -> dict[str, float]:
    """Return F1 of exact spans of names with and without their types, in percent."""
    scorer = _load(gold_dir / "measure" / "score_names.py")
    texts = _read(gold_dir / "measure" / "worldwide-news-dev.jsonl.gz")
    counts: Counter[str] = Counter()
    for text, answer in zip(texts, _answers(texts, models), strict=True):
        gold = scorer.names(text)
        found = {
            (*scorer.tidy(text["text"], mention["start"], mention["end"]), entity["type"])
            for entity in answer["entities"]
            if entity["type"] in scorer.TYPES.values()
            for mention in entity["mentions"]
            if mention["kind"] == "name"
        }
        untyped = {each[:2] for each in gold}, {each[:2] for each in found}
        for name, (wanted, given) in {"typed": (gold, found), "untyped": untyped}.items():
            counts[f"{name} right"] += 2 * len(wanted & given)
            counts[f"{name} all"] += len(wanted) + len(given)
    return {
        "names_f1": 100 * counts["typed right"] / counts["typed all"],
        "names_untyped_f1": 100 * counts["untyped right"] / counts["untyped all"],
    }


def side_by_side(figures: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield a line for each figure measured on several corpora; where they part by more than APART it says so."""
    for name, places in PAIRS.items():
        values = {
            section: figures[section][figure]
            for section, figure in places
            if figure in figures.get(section, {})
        }
        apart = max(values.values(), default=0.0) - min(values.values(), default=0.0)
        told = ", ".join(f"{section} {value:.1f}" for section, value in values.items())
        yield f"  {name:<24}{told}" + (f"   APART BY {apart:.1f}" if apart > APART else "")


def _answers(texts: list[dict[str, Any]], models: Models) -> Iterator[dict[str, Any]]:
    lines = (orjson.dumps({"id": text["id"], "text": text["text"]}) for text in texts)
    for line, _ in annotate_lines(lines, models):
        yield orjson.loads(line)


def _read(path: Path) -> list[dict[str, Any]]:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _load(path: Path) -> ModuleType:
    """Return a scorer, which runs as a script, as a module: its last line calls `main`."""
    module = ModuleType(path.stem)
    code = path.read_text("utf-8").removesuffix("main()\n")
    exec(compile(code, str(path), "exec"), module.__dict__)  # noqa: S102 - the gold corpora's own scorer
    return module
