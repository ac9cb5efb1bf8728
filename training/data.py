"""Cut examples into training windows and batch them.  Knows nothing of corpora or of the model."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import runtime  # noqa: F401 - must come before app
from corpora import IGNORE, Example
from tokenizers import Tokenizer

from app.nlp.tagger.words import Article, window_inputs

CLS, SEP, MASK = 101, 102, 103  # of the BERT vocabulary
SHIFTED = 0.5  # share of long articles whose first window is cut short, so that windows differ between epochs
LAST_SPECIAL = 999  # below: special pieces, marks and punctuation, which are never hidden
# How often an epoch reads each corpus: news in full, the small twice, what is far from news in part.
SHARES = {
    "worldwide-news": 1.3,
    "men": 3.0,
    "uner-pud": 3.0,
    "own": 3.0,
    "re3d": 2.0,
    "polnear": 0.45,
    "litbank": 0.2,
}
SHARES |= {
    "gap-development": 0.3,
    "gap-validation": 0.3,
    "uner-ewt": 0.3,
    "btc": 0.2,
    "crossner": 0.15,
    "wnut17": 0.1,
}
SHARES |= {"europarl": 0.1}


def open_tokenizer(base: Path) -> Tokenizer:
    """Read a folder's tokenizer, for texts of any length."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@dataclass
class Window:
    """A stretch of an example as the network sees it; `places` are the wordpieces at which its words start."""

    number: int  # of the example
    ids: np.ndarray
    flags: np.ndarray
    words: np.ndarray
    places: np.ndarray
    tags: np.ndarray  # per piece, IGNORE but at word starts of examples with quotes
    heads: np.ndarray  # per piece, the piece of the cue's start, 0 if outside the window
    names: np.ndarray  # per piece, bit set of allowed tags; 0: nothing is known
    roles: np.ndarray
    who: list[
        tuple[int, list[int], bool]
    ]  # piece, pieces it points to (0: nobody here), or must not point to
    paragraph: np.ndarray


@dataclass
class Batch:
    """Padded windows; everything per piece is [windows, pieces]."""

    ids: np.ndarray
    flags: np.ndarray
    mask: np.ndarray
    starts: np.ndarray  # whether a word starts here
    tags: np.ndarray
    heads: np.ndarray
    names: np.ndarray
    roles: np.ndarray
    who_at: np.ndarray  # [referring words]: piece in the flattened batch
    who_may: np.ndarray  # [referring words, pieces]: where it may point to
    examples: list[tuple[int, np.ndarray, np.ndarray]]  # example number, words, their pieces
    paths: (
        np.ndarray
    )  # [paragraphs with quotes, words]: each word's piece in the flattened batch, -1 where padded


def epoch_batches(
    examples: list[Example], *, length: int, pieces: int, masked: float, rng: random.Random
) -> list[Batch]:
    """Give one pass over the corpora by their shares, in windows batched by like length, `pieces` a batch at most.

    Windows start at chance paragraphs. `masked` of the ordinary pieces are hidden: a text unseen has words unseen.
    """
    windows = []
    for number, example in enumerate(examples):
        share = SHARES.get(example.corpus, 1.0)
        for _ in range(int(share) + (rng.random() < share % 1)):
            starts = _starts(example.article, length, rng)
            windows += [_window(example, number, first, length) for first in starts]
    rng.shuffle(windows)
    windows.sort(key=lambda w: len(w.ids) // 32, reverse=True)
    groups, at = [], 0
    while at < len(windows):
        size = max(1, pieces // max(len(w.ids) for w in windows[at : at + 4]))
        groups.append(windows[at : at + size])
        at += size
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


def _window(example: Example, number: int, first: int, length: int) -> Window:
    article = example.article
    last = int(np.searchsorted(article.places[1:], article.places[first] + length - 2, side="right"))
    ids, flags, places = window_inputs(article, first, max(last, first + 1), CLS, SEP)
    words = np.arange(first, first + len(places))
    tags, heads = np.full(len(ids), IGNORE), np.full(len(ids), IGNORE)
    if example.tags is not None and example.heads is not None:
        tags[places] = example.tags[words]
        head = example.heads[words]
        inside = (head >= first) & (head <= words[-1])
        here = np.where(inside, places[np.where(inside, head - first, 0)], 0)
        heads[places] = np.where(head == IGNORE, IGNORE, here)
    names, roles = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.int64)
    for layer, known in ((names, example.names), (roles, example.roles)):
        if known is not None:
            layer[places] = known[words]
    who = []
    for word in range(first, int(words[-1]) + 1):
        known = example.who.get(word, example.others.get(word))
        if known is not None:
            pieces = [int(places[w - first]) for w in known if first <= w <= words[-1]]
            who.append((int(places[word - first]), pieces or [0], word in example.who))
    return Window(number, ids, flags, words, places, tags, heads, names, roles, who, article.paragraph[words])


def _batch(group: list[Window], masked: float, rng: random.Random) -> Batch:
    width = (max(len(w.ids) for w in group) + 15) // 16 * 16

    def padded(name: str, fill: int) -> np.ndarray:
        table = np.full((len(group), width), fill, np.int64)
        for row, window in enumerate(group):
            layer = getattr(window, name)
            table[row, : len(layer)] = layer
        return table

    ids, mask, starts = (
        padded("ids", 0),
        np.zeros((len(group), width), bool),
        np.zeros((len(group), width), bool),
    )
    at, may = [], []
    for row, window in enumerate(group):
        mask[row, : len(window.ids)] = True
        starts[row, window.places] = True
        for piece, targets, right in window.who:
            allowed = np.zeros(width, bool) if right else starts[row].copy()
            allowed[0] |= not right
            allowed[targets] = right
            allowed[piece] = False
            at.append(row * width + piece)
            may.append(allowed)
    hide = (np.random.default_rng(rng.randrange(2**32)).random(ids.shape) < masked) & (ids > LAST_SPECIAL)
    return Batch(
        np.where(hide, MASK, ids),
        padded("flags", 0),
        mask,
        starts,
        padded("tags", IGNORE),
        padded("heads", IGNORE),
        padded("names", 0),
        padded("roles", 0),
        np.array(at, np.int64),
        np.array(may, bool).reshape(-1, width),
        [(w.number, w.words, w.places) for w in group],
        _paths(group, width),
    )


def _paths(group: list[Window], width: int) -> np.ndarray:
    paragraphs: list[np.ndarray] = []
    for row, window in enumerate(group):
        if window.tags[window.places[0]] != IGNORE:
            cuts = np.flatnonzero(np.diff(window.paragraph)) + 1
            paragraphs += np.split(row * width + window.places, cuts)
    table = np.full((len(paragraphs), max(map(len, paragraphs), default=0)), -1)
    for row, places in enumerate(paragraphs):
        table[row, : len(places)] = places
    return table
