"""Turn annotated articles into training windows.  Reads the gold JSONL; knows nothing of the model."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import runtime  # noqa: F401 - must come before app
from tokenizers import Tokenizer

from app.nlp.tagger.decode import TAG_ID
from app.nlp.tagger.words import Article, Span, read_article, window_inputs

CLS, SEP, MASK = 101, 102, 103  # of the BERT vocabulary
IGNORE = -100
SHIFTED = 0.5  # share of long articles whose first window is cut short, so that windows differ between epochs
LAST_SPECIAL = 999  # below: special pieces, marks and punctuation, which are never hidden
GOLD_ROLES = {"source": "speaker", "cue": "cue", "content": "content"}


@dataclass
class Example:
    """An article with, for every word, its tag and the first word of the cue it belongs to (IGNORE: none)."""

    id: str
    article: Article
    tags: np.ndarray
    heads: np.ndarray


def open_tokenizer(base: Path) -> Tokenizer:
    """Read a folder's tokenizer, for texts of any length."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load_examples(path: Path, tokenizer: Any, limit: int | None = None) -> list[Example]:
    """Read the articles of a gold file as examples."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][:limit]
    return [_example(record, tokenizer) for record in records]


def _example(record: dict[str, Any], tokenizer: Any) -> Example:
    article = read_article(record["text"], tokenizer)
    size = len(article)
    tags, heads = np.zeros(size, np.int64), np.full(size, IGNORE, np.int64)
    spans = []  # (first word, last word, role, attribution)
    for n, attribution in enumerate(record["attributions"]):
        for key, role in GOLD_ROLES.items():
            for span in attribution[key]:
                first, last = _words_of(article, span)
                if last > first:
                    spans.append((first, last, role, n))
    cue_of = {n: first for first, _, role, n in sorted(spans, reverse=True) if role == "cue"}
    before, end = (-1, ""), 0
    for first, last, role, n in sorted(spans):
        goes_on = before == (n, role) and first == end  # some content was cut where nothing stands between
        tags[first] = TAG_ID[("I-" if goes_on else "C-" if n == before[0] else "N-") + role]
        tags[first + 1 : last] = TAG_ID["I-" + role]
        heads[first:last] = cue_of.get(n, IGNORE)  # a speaker of several cues: the last; decoding shares it
        before, end = (n, role), last
    return Example(record["id"], article, tags, heads)


def _words_of(article: Article, span: Span) -> tuple[int, int]:
    first, last = np.searchsorted(article.ends, span[0], "right"), np.searchsorted(article.starts, span[1])
    return int(first), int(last)


@dataclass
class Batch:
    """Padded windows; places are the wordpiece of each word's start, -1 where padded."""

    ids: np.ndarray
    flags: np.ndarray
    mask: np.ndarray
    tags: np.ndarray  # per piece, IGNORE but at word starts
    heads: np.ndarray  # per piece, the piece of the cue's start, 0 if outside the window
    examples: list[tuple[int, np.ndarray, np.ndarray]]  # article number, words, their pieces
    paths: np.ndarray  # [paragraphs, words]: each word's piece in the flattened batch, -1 where padded


def epoch_batches(
    examples: list[Example], *, length: int, size: int, masked: float, rng: random.Random
) -> list[Batch]:
    """Give one pass over all articles, in windows that start at chance paragraphs, batched by like length.

    `masked` of the ordinary pieces are hidden: a text unseen has words unseen.
    """
    windows = []
    for number, example in enumerate(examples):
        windows += [
            _window(example, number, first, length) for first in _starts(example.article, length, rng)
        ]
    rng.shuffle(windows)
    windows.sort(key=lambda w: len(w[0]) // 32)
    groups = [windows[i : i + size] for i in range(0, len(windows), size)]
    rng.shuffle(groups)
    return [_batch(g, masked, rng) for g in groups]


def _starts(article: Article, length: int, rng: random.Random) -> list[int]:
    """First words of windows that cover the article, each at a paragraph's start if one is near."""
    cost = article.places
    para_starts = np.flatnonzero(np.diff(article.paragraph, prepend=-1))
    starts: list[int] = []
    first = 0
    if cost[-1] > length - 2 and rng.random() < SHIFTED:  # shift the grid from epoch to epoch
        later = para_starts[(para_starts > 0) & (cost[para_starts] < length // 2)]
        starts, first = ([0], int(rng.choice(later))) if len(later) else ([], 0)
    while True:
        starts.append(first)
        end = int(np.searchsorted(cost[1:], cost[first] + length - 2, side="right"))
        if end >= len(article):
            return starts
        inside = para_starts[(para_starts > first) & (para_starts <= end)]
        first = int(inside[-1]) if len(inside) else end


def _window(example: Example, number: int, first: int, length: int) -> tuple[Any, ...]:
    article = example.article
    last = int(np.searchsorted(article.places[1:], article.places[first] + length - 2, side="right"))
    ids, flags, places = window_inputs(article, first, max(last, first + 1), CLS, SEP)
    words = np.arange(first, first + len(places))
    tags, heads = np.full(len(ids), IGNORE), np.full(len(ids), IGNORE)
    tags[places] = example.tags[words]
    head = example.heads[words]
    inside = (head >= first) & (head <= words[-1])
    heads[places] = np.where(
        head == IGNORE, IGNORE, np.where(inside, places[np.where(inside, head - first, 0)], 0)
    )
    return ids, flags, tags, heads, (number, words, places), article.paragraph[words]


def _batch(group: list[tuple[Any, ...]], masked: float, rng: random.Random) -> Batch:
    width = (max(len(w[0]) for w in group) + 31) // 32 * 32
    ids, flags = np.zeros((len(group), width), np.int64), np.zeros((len(group), width), np.int64)
    mask = np.zeros((len(group), width), bool)
    tags, heads = np.full((len(group), width), IGNORE), np.full((len(group), width), IGNORE)
    chance = np.random.default_rng(rng.randrange(2**32))
    for row, (i, f, t, h, *_) in enumerate(group):
        ids[row, : len(i)], flags[row, : len(i)], mask[row, : len(i)] = i, f, True
        tags[row, : len(i)], heads[row, : len(i)] = t, h
    hide = (chance.random(ids.shape) < masked) & (
        ids > LAST_SPECIAL
    )  # below 1000: special pieces, marks, punctuation
    return Batch(
        np.where(hide, MASK, ids), flags, mask, tags, heads, [w[4] for w in group], _paths(group, width)
    )


def _paths(group: list[tuple[Any, ...]], width: int) -> np.ndarray:
    paragraphs = []
    for row, (_, _, _, _, (_, _, places), paragraph) in enumerate(group):
        cuts = np.flatnonzero(np.diff(paragraph)) + 1
        paragraphs += np.split(row * width + places, cuts)
    table = np.full((len(paragraphs), max(map(len, paragraphs))), -1)
    for row, places in enumerate(paragraphs):
        table[row, : len(places)] = places
    return table
