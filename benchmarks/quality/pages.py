"""Score the reading of web pages, body and metadata, beside trafilatura, readability and Resiliparse alone.

Usage: python -m benchmarks.quality.pages DIR

Bodies as in `bodies`: each page is read with trees trained on other sites (5 folds). Metadata on the news pages that
have it: a headline is right when it is the gold one but for case, marks and space; authors as a set of names; the
day as the page's own zone has it. Gold has updates for dates and outlets for authors here and there.
"""

import json
import re
import subprocess
import time
import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import mean

from app.documents import ExtractedArticle, Hints, RawDocument
from app.errors import DocumentError
from app.extraction import extract
from app.extraction.decoding import decode
from app.extraction.html.body import likely_body
from app.extraction.html.trees import PageTrees, load_page_trees
from benchmarks.quality.bodies import body_f1
from benchmarks.quality.train_page_trees import FOLDS, SETS, LabelledPage, read_pages, train

_SCRIPT = Path(__file__).with_name("resiliparse_bodies.py")
_NAMES = re.compile(r"\s*(?:,|;|\||\n|\band\b)\s*")
_WORD = re.compile(r"\w+")
_MARKS = str.maketrans("‘’“”–—", "''\"\"--")


def score(gold_dir: Path, peers: Path | None = None) -> dict[str, float]:
    """Return body F1 out of fold, metadata shares and speed; about two minutes, most of it training.

    peers: the Python of an environment that has Resiliparse, to score it too.
    """
    pages = read_pages(gold_dir)
    models = [train(page for page in pages if page.fold != fold) for fold in range(FOLDS)]
    figures = _body_figures("ours", pages, lambda page: _body(page, models[page.fold]))
    for name in ("trafilatura", "readability"):
        figures |= _body_figures(name, pages, partial(_opinion, name))
    if peers is not None:
        figures |= _resiliparse_figures(pages, peers)
    started = time.process_time()
    articles = [_extracted(page) for page in pages]
    figures["pages_a_cpu_second"] = len(pages) / (time.process_time() - started)
    described = [
        (page, article) for page, article in zip(pages, articles, strict=True) if "title" in page.gold
    ]
    return figures | _metadata_figures(described)


def _body(page: LabelledPage, model: PageTrees) -> str:
    chosen = likely_body(page.page, page.opinions, model)
    return "\n\n".join(b.text for b, is_kept in zip(page.page.blocks, chosen, strict=True) if is_kept)


def _opinion(name: str, page: LabelledPage) -> str:
    return page.opinions.get(name, "")


def _resiliparse_figures(pages: Sequence[LabelledPage], python: Path) -> dict[str, float]:
    lines = "\n".join(json.dumps({"html": decode(RawDocument(page.markup, "html")).text}) for page in pages)
    answer = subprocess.run([python, _SCRIPT], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    texts = {id(page): row["text"] for page, row in zip(pages, rows, strict=True)}
    figures = _body_figures("resiliparse", pages, lambda page: texts[id(page)])
    return figures | {"resiliparse_pages_a_cpu_second": len(rows) / sum(row["seconds"] for row in rows)}


def _body_figures(
    name: str, pages: Sequence[LabelledPage], read: Callable[[LabelledPage], str]
) -> dict[str, float]:
    return {
        f"{name}_{set_name}_f1": body_f1((p.gold["body"], read(p)) for p in pages if p.set_name == set_name)
        for set_name in SETS
    }


def _extracted(page: LabelledPage) -> ExtractedArticle | None:
    try:
        return extract(RawDocument(page.markup, "html", Hints(url=page.gold["url"])))
    except DocumentError:
        return None


def _metadata_figures(pairs: Sequence[tuple[LabelledPage, ExtractedArticle | None]]) -> dict[str, float]:
    """Return the share of right headlines, author sets and days, and of authors found where there are none."""
    rows = [(page.gold, article) for page, article in pairs]
    signed = [(_name_words(gold["authors"]), _authors(article)) for gold, article in rows if gold["authors"]]
    unsigned = [_authors(article) for gold, article in rows if not gold["authors"]]
    return {
        "headline": mean(_plain(gold["title"]) == _plain(_headline(article)) for gold, article in rows),
        "authors": mean(gold == found for gold, found in signed),
        "no_invented_authors": mean(not found for found in unsigned),
        "day": mean(gold["date"] == _day(article) for gold, article in rows),
    }


def _headline(article: ExtractedArticle | None) -> str:
    return (article and article.headline.value) or ""


def _authors(article: ExtractedArticle | None) -> frozenset[str]:
    return _name_words(", ".join((article and article.authors.value) or ()))


def _day(article: ExtractedArticle | None) -> str:
    published = article and article.published.value
    if not published:
        return ""
    return (published.at + timedelta(minutes=published.offset_minutes or 0)).date().isoformat()


def _name_words(names: str) -> frozenset[str]:
    """Return the names as sets of words are compared: "Lund, Ada and Piet Dorn" has two."""
    return frozenset(" ".join(_WORD.findall(_plain(name))) for name in _NAMES.split(names) if name.strip())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").lower().translate(_MARKS).split())


if __name__ == "__main__":
    import sys

    load_page_trees()
    for name, value in score(Path(sys.argv[1])).items():
        print(f"{name:24} {value:.4f}")
