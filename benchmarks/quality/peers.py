"""Our quotes side by side with those of other tools, on the same texts, by the same scorer.

Knows how to run each and what it costs; must not know how any of them works. Only the finding of quotes is timed:
ours is given the names, though the network that finds them counts as ours, and what textacy needs (sentences, tags,
parse) counts as its.
"""

import json
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import nlp
from app.documents import AnnotatedArticle
from app.nlp.quotes import find_quotes
from app.nlp.sentences import split_sentences
from benchmarks.quality import quotes
from benchmarks.quality.quotes import KINDS, Claims, Corpus
from benchmarks.quality.slices import measure

_SCRIPT = Path(__file__).with_name("textacy_quotes.py")
_ARTICLE = 600  # words of an article, for speeds
_RULES, _PRODUCT = "On Record, rules alone", "On Record, rules and network"
_TEXTACY = {
    "textacy, whole articles": "whole",
    "textacy, paragraph by paragraph": "by_paragraph",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What one tool found in the corpus, what it gave up on, and the CPU seconds it took."""

    tool: str
    claims: Claims
    lost: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Row:
    """A tool's figures: attribution scores in percent, `f1` by kind, with the 95 % interval of all."""

    tool: str
    f1: dict[str, float]
    low: float
    high: float
    direct_recall: float
    lost: str
    articles_per_second: float


def run_ours(corpus: Corpus, read: Sequence[AnnotatedArticle], models: nlp.Models) -> Iterator[Run]:
    """Find the quotes of texts already read once more, by rules alone and with the network, timed."""
    for tool, tagger in ((_RULES, None), (_PRODUCT, models.tagger)):
        claims, started = [], time.process_time()
        for each in read:
            text, paragraphs = each.article.text, each.article.paragraphs
            names = [mention for mention in each.mentions if mention.kind == "name"]
            said = tagger.find(text) if tagger is not None else None
            found = find_quotes(text, paragraphs, split_sentences(text, paragraphs), names, said)
            claims.append([quotes.claim(quote) for quote in found])
        yield Run(tool, claims, f"0 of {len(corpus.texts)}", time.process_time() - started)


def run_textacy(corpus: Corpus, python: Path) -> Iterator[Run]:
    """Run textacy with the Python of its own environment; what it gives up on counts as without quotes."""
    lines = "\n".join(json.dumps({"text": row["text"]}) for row in corpus.texts)
    answer = subprocess.run([python, _SCRIPT], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    for tool, way in _TEXTACY.items():
        found = [row[way] for row in rows]
        lost = f"{sum(each['lost'] for each in found)}"
        lost += f" of {len(rows)}" if way == "whole" else " paragraphs"
        yield Run(tool, [each["claims"] for each in found], lost, sum(each["seconds"] for each in found))


def score(corpus: Corpus, runs: Iterable[Run]) -> tuple[Row, ...]:
    """Return a row for each tool."""
    words = sum(len(row["text"].split()) for row in corpus.texts)
    return tuple(_row(corpus, run, words / _ARTICLE) for run in runs)


def figures(rows: Iterable[Row]) -> dict[str, float]:
    """Return F1 by tool and kind, as floors are kept."""
    return {f"{row.tool}: {kind}_f1": value for row in rows for kind, value in row.f1.items()}


def table(rows: Sequence[Row]) -> str:
    """Return the rows to read, each tool beside the others."""
    kinds = "".join(f"{kind:>10}" for kind in KINDS)
    head = f"  {'attribution F1':<34}{kinds}   all, 95 %      direct R   lost             articles/CPU-s"
    return "\n".join([head, *map(_line, rows), *_ratios(rows)])


def _row(corpus: Corpus, run: Run, articles: float) -> Row:
    scores = quotes.score(corpus, run.claims)
    whole = measure([quotes.judge(each) for each in quotes.compare(corpus, run.claims)])[0]
    f1 = {kind: scores[f"{kind}_f1"] for kind in KINDS}
    speed = articles / run.seconds
    return Row(run.tool, f1, whole.low, whole.high, scores["direct_recall"], run.lost, speed)


def _line(row: Row) -> str:
    kinds = "".join(f"{row.f1[kind]:>10.1f}" for kind in KINDS)
    interval = f"{row.low:.1f} to {row.high:.1f}"
    return (
        f"  {row.tool:<34}{kinds}   {interval:<15}{row.direct_recall:>8.1f}   "
        f"{row.lost:<17}{row.articles_per_second:>14.1f}"
    )


def _ratios(rows: Sequence[Row]) -> list[str]:
    """Return how many times the best of the others our figure is, kind by kind; a dash where theirs is nothing."""
    product = next(row for row in rows if row.tool == _PRODUCT)
    others = [row for row in rows if row.tool in _TEXTACY]
    if not others:
        return []
    best = {kind: max(row.f1[kind] for row in others) for kind in KINDS}
    cells = (f"{product.f1[kind] / best[kind]:>9.1f}x" if best[kind] >= 1 else f"{'-':>10}" for kind in KINDS)
    return [f"  {'rules and network / best textacy':<34}{''.join(cells)}"]
