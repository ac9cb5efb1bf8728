"""`make eval`: quality on the committed golden articles and, where they are, on the outside gold corpora.

Prints each figure with its floor from baseline.json and exits 1 where one is below. `--raise-floors` writes floors
a little under the present figures; it never lowers one.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from app import nlp
from app.documents import AnnotatedArticle, RawDocument
from app.ingest.pipeline import read
from benchmarks.quality import bodies, golden, golden_identity, names, quotes

BASELINE = Path(__file__).with_name("baseline.json")
SLACK = 0.005  # of a figure: one flipped quote or name of the smallest set
Figures = dict[str, float]


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--gold", type=Path, default=Path("../shared/gold"), help="folder of the outside corpora"
    )
    parser.add_argument(
        "--errors", type=Path, help="write what went wrong on the golden articles to this file"
    )
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    measured = {"golden": _golden(options.errors)}
    if options.gold.is_dir():
        measured |= _outside(options.gold)
    else:
        print(f"{options.gold} is not here: only the golden articles are measured.")
    floors = json.loads(BASELINE.read_text(encoding="utf-8"))
    below = [
        line for name, figures in measured.items() for line in _print(name, figures, floors.get(name, {}))
    ]
    if options.raise_floors:
        _raise(floors, measured)
    print("\n".join(["", *below]) if below else "\nNo figure is below its floor.")
    return int(bool(below))


def _golden(errors: Path | None) -> Figures:
    models = nlp.load_models()

    def read_text(text: str) -> AnnotatedArticle:
        return read(RawDocument(text.encode(), "text"), models)

    comparisons = golden.compare(read_text)
    if errors is not None:
        golden.write_errors(errors, comparisons)
    return golden.figures(comparisons) | golden_identity.score(comparisons)


def _outside(gold: Path) -> dict[str, Figures]:
    texts = [
        json.loads(line)["text"]
        for line in (gold / "quotes/polnear-dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    annotated = dict(zip(texts, _annotate(texts), strict=True))
    return {
        "quotes (PolNeAR dev)": quotes.score(gold, lambda text: annotated[text]),
        "confidence of quotes (PolNeAR dev)": quotes.reliability(gold, lambda text: annotated[text]),
        "names (GUM news dev)": names.score(gold),
        "entities across articles (MEANTIME dev)": names.score_cross(gold),
        "bodies of page dumps (dev, out of fold)": bodies.score(gold),
    }


def _annotate(texts: list[str]) -> list[list[quotes.Claim]]:
    """Return the attributions that `onrecord annotate` finds in each text; an article lost is an error."""
    lines = "\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))
    command = [sys.executable, "-m", "app", "annotate", "--strict"]
    answer = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [
        [quote | {"source": quote["speaker"]} for quote in line["quotes"]]
        for line in map(json.loads, answer.stdout.splitlines())
    ]


def _print(name: str, figures: Figures, floors: Figures) -> list[str]:
    print(f"\n{name}")
    below = []
    for figure, value in figures.items():
        floor = floors.get(figure)
        print(f"  {figure:<36}{value:9.3f}" + ("" if floor is None else f"   floor {floor:g}"))
        if floor is not None and value < floor:
            below.append(f"{name}: {figure} is {value:g}, below its floor {floor:g}")
    return below


def _raise(floors: dict[str, Any], measured: dict[str, Figures]) -> None:
    for name, figures in measured.items():
        for figure in floors.get(name, {}):
            allowed = figures[figure] - SLACK * (1 if figures[figure] <= 1 else 100)
            floors[name][figure] = max(floors[name][figure], round(allowed, 3))
    BASELINE.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
