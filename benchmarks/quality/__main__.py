"""`make eval`: quality on the committed golden articles and, where they are, on the outside gold corpora.

Prints each figure with its floor from baseline.json and exits 1 where one is below; what is measured on several
corpora stands side by side, with a warning where they part. `--raise-floors` writes floors
a little under the present figures; it never lowers one.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app import nlp
from app.documents import AnnotatedArticle, RawDocument
from app.ingest.pipeline import read
from benchmarks.quality import (
    bodies,
    confusions,
    floors,
    golden,
    golden_identity,
    names,
    pages,
    peers,
    quotes,
    slices,
    stories,
    unseen,
)
from benchmarks.quality.floors import Figures, Floors


@dataclass(frozen=True, slots=True)
class Section:
    """What was measured of one thing. `table` is how to print the figures, where a line for each is not best."""

    name: str
    figures: Figures
    table: str | None = None


def main() -> int:
    """Measure, print, and return the exit status."""
    options = _parse_options()
    kept = floors.read()
    measured: dict[str, Figures] = {}
    below: list[str] = []
    for section in _measure(options):
        _print(section, kept)
        measured[section.name] = section.figures
        below += floors.below(section.name, section.figures, kept)
    if options.raise_floors:
        floors.write(floors.raised(kept, measured))
    print("\nSide by side, on corpora of different origin")
    print("\n".join(unseen.side_by_side(measured)))
    print("\n".join(["", *below]) if below else "\nNo figure is below its floor.")
    return int(bool(below))


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--gold", type=Path, default=Path("../shared/gold"), help="folder of the outside corpora"
    )
    parser.add_argument(
        "--errors", type=Path, help="write what went wrong to this file, outside the repository"
    )
    parser.add_argument(
        "--peers",
        type=Path,
        help="a Python with textacy and Resiliparse, to score them too (`make eval-peers`)",
    )
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    if options.errors is not None:
        try:
            confusions.check_outside(options.errors)
        except ValueError as error:
            parser.error(str(error))
    return options


def _measure(options: argparse.Namespace) -> Iterator[Section]:
    gold, models = options.gold, nlp.load_models()
    yield from _golden(models, options.errors)
    if not gold.is_dir():
        print(f"{gold} is not here: only the golden articles are measured.")
        return
    yield from _quotes(options, models)
    yield Section("names (GUM news dev)", names.score(gold))
    yield Section("newsroom dev", unseen.score_newsroom(gold, models))
    yield Section("worldwide newswire dev", unseen.score_worldwide(gold, models))
    yield Section("entities across articles (MEANTIME dev)", names.score_cross(gold))
    yield Section("bodies of page dumps (dev, out of fold)", bodies.score(gold))
    yield Section("web pages (dev, bodies out of fold)", pages.score(gold, options.peers))
    yield Section("stories (ECB+ dev)", stories.score(gold))


def _golden(models: nlp.Models, errors: Path | None) -> Iterator[Section]:
    comparisons = golden.compare(lambda text: _read(text, models))
    if errors is not None:
        golden.write_errors(errors, comparisons)
    yield Section("golden", golden.figures(comparisons) | golden_identity.score(comparisons))
    yield _slices("quotes by slice (golden)", [golden.judge(each) for each in comparisons])


def _quotes(options: argparse.Namespace, models: nlp.Models) -> Iterator[Section]:
    corpus = quotes.load(options.gold)
    articles = [_read(row["text"], models) for row in corpus.texts]
    claims = [[quotes.claim(quote) for quote in each.quotes] for each in articles]
    comparisons = quotes.compare(corpus, claims)
    if options.errors is not None:
        confusions.write(options.errors, comparisons)
    yield Section("quotes (PolNeAR dev)", quotes.score(corpus, claims))
    yield _slices("quotes by slice (PolNeAR dev)", [quotes.judge(each) for each in comparisons])
    yield Section("confidence of quotes (PolNeAR dev)", quotes.reliability(comparisons))
    runs = [*peers.run_ours(corpus, articles, models)]
    if options.peers is not None:
        runs += peers.run_textacy(corpus, options.peers)
    rows = peers.score(corpus, runs)
    yield Section("quotes side by side (PolNeAR dev)", peers.figures(rows), peers.table(rows))


def _slices(name: str, judged: list[list[slices.Judged]]) -> Section:
    measured = slices.measure(judged)
    return Section(name, slices.figures(measured), slices.table(measured))


def _read(text: str, models: nlp.Models) -> AnnotatedArticle:
    """Read a text as `onrecord annotate` does; one that is lost is an error."""
    annotated = read(RawDocument(text.encode(), "text"), models)
    if annotated.article.text != text:
        raise ValueError("expected a clean text back unchanged, found another")
    return annotated


def _print(section: Section, kept: Floors) -> None:
    print(f"\n{section.name}")
    of_section = kept.get(section.name, {})
    if section.table is not None:
        print(section.table)
        print("\n".join(f"    floor of {figure}: {floor:g}" for figure, floor in of_section.items()))
        return
    for figure, value in section.figures.items():
        floor = of_section.get(figure)
        print(f"  {figure:<36}{value:9.3f}" + ("" if floor is None else f"   floor {floor:g}"))


if __name__ == "__main__":
    sys.exit(main())
