"""Cut a news text into words, wordpieces and windows for the network.

The network reads wordpieces without case; each word's flag says where it stands to quotation marks and how
it is capitalised.  Nothing here knows of tags, models or files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

Span = tuple[int, int]
QUOTE_FLAGS, CAPITAL_FLAGS = 4, 3  # outside, inside, opening mark, closing mark; lower, Capital, ALL CAPITALS
OPENING, CLOSING, LONGEST_MARK = 2, 3, 2
_MARK = re.compile(r"[“”\"„‟«»＂]|''|``")
_MARKS, _PAIRS = "“”\"„‟«»＂‘’'`", ("''", "``")
_PARAGRAPH = re.compile(r"[^\n]+")
_CANONICAL = str.maketrans("“”„‟«»＂‘’‚‛`\u00a0\u200b", '"""""""\'\'\'\'\'  ')


@dataclass(frozen=True)
class Article:
    """A text cut into words: parallel arrays over words, and the wordpieces of all words in one array."""

    text: str
    starts: np.ndarray  # code point where each word starts
    ends: np.ndarray
    paragraph: np.ndarray  # number of each word's paragraph
    flags: np.ndarray  # quote flag * CAPITAL_FLAGS + capital flag, of each word
    pieces: np.ndarray  # wordpiece ids
    begins: np.ndarray  # where each word's pieces begin in `pieces`, and their end last

    def __len__(self) -> int:
        return len(self.starts)

    def section(self, first: int, last: int) -> Self:
        """Take the words [first, last) alone, at the same places in the same text."""
        cut = slice(first, last)
        return replace(
            self,
            starts=self.starts[cut],
            ends=self.ends[cut],
            paragraph=self.paragraph[cut],
            flags=self.flags[cut],
            begins=self.begins[first : last + 1],
        )

    @property
    def places(self) -> np.ndarray:
        """Where each word stands for the model, which sees one separator between paragraphs; the end last."""
        places: np.ndarray = self.begins + np.append(self.paragraph, self.paragraph[-1:])
        return places


def quoted_regions(text: str) -> list[Span]:
    """Spans inside double quotation marks, marks included; an open quote runs to its paragraph's end."""
    regions: list[Span] = []
    for para in _PARAGRAPH.finditer(text):
        opened = None
        for m in _MARK.finditer(text, *para.span()):
            before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
            straight = m.group() in ('"', "''", "＂")
            at_word_end = before.strip() and not after.strip()
            closes = m.group() in "”»" or at_word_end or (straight and opened is not None)
            if opened is not None:
                regions.append((opened, m.end() if closes else m.start()))
            opened = None if closes else m.start()
        if opened is not None:
            regions.append((opened, para.end()))
    return regions


def read_article(
    text: str, tokenizer: Any, paragraphs: Sequence[Span] | None = None, regions: Sequence[Span] | None = None
) -> Article:
    """Cut a text into words with flags; quoted regions may be given with or without their marks."""
    found = quoted_regions(text) if regions is None else [_with_marks(text, r) for r in sorted(regions)]
    paragraphs = paragraphs or [m.span() for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    canonical = _canonical(text, found)
    encoding = tokenizer.encode(canonical, add_special_tokens=False)
    word = np.array(encoding.word_ids, np.int32)
    first = np.flatnonzero(np.diff(word, prepend=-1))
    offsets = np.array(encoding.offsets, np.int32).reshape(-1, 2)
    begins = np.append(first, len(word))
    starts, ends = offsets[first, 0], offsets[begins[1:] - 1, 1]
    paragraph = np.searchsorted([start for start, _ in paragraphs], starts, side="right") - 1
    _, paragraph = np.unique(paragraph, return_inverse=True)
    flags = _quote_flags(starts, ends, found) * CAPITAL_FLAGS + _capital_flags(text, starts, ends)
    return Article(text, starts, ends, paragraph, flags, np.array(encoding.ids, np.int32), begins)


def _with_marks(text: str, region: Span) -> Span:
    """Give a region the marks it stands in, if it was given without."""
    start, end = region
    if text[start] not in _MARKS and text[start - 1 : start] in _MARKS:
        start -= 2 if text[max(start - 2, 0) : start] in _PAIRS else 1
    if text[end - 1] not in _MARKS and text[end : end + 1] in _MARKS:
        end += 2 if text[end : end + 2] in _PAIRS else 1
    return max(start, 0), min(end, len(text))


def _canonical(text: str, regions: Sequence[Span]) -> str:
    """Write all marks of quoting alike, one straight double mark, at the same places."""
    letters = list(text.replace("''", '" ').replace("``", '" ').translate(_CANONICAL))
    for start, end in regions:
        for place in (start, end - 1):
            if letters[place] == "'":
                letters[place] = '"'
    return "".join(letters)


def _quote_flags(starts: np.ndarray, ends: np.ndarray, regions: Sequence[Span]) -> np.ndarray:
    """0 outside marks, 1 inside, 2 an opening mark, 3 a closing mark."""
    bounds = np.searchsorted(starts, np.array(regions, starts.dtype).reshape(-1, 2))
    first, end = bounds[bounds[:, 1] > bounds[:, 0]].T
    depth = np.zeros(len(starts) + 1, np.int64)
    np.add.at(depth, first, 1)
    np.add.at(depth, end, -1)
    flags = (np.cumsum(depth[:-1]) > 0).astype(np.int64)
    flags[first] = OPENING
    last = (end - 1)[end - 1 > first]
    flags[last[ends[last] - starts[last] <= LONGEST_MARK]] = CLOSING
    return flags


def _capital_flags(text: str, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    def flag(word: str) -> int:
        if not word[:1].isupper():
            return 0
        return 2 if len(word) > 1 and word.isupper() else 1

    return np.array([flag(text[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)], np.int64)


@dataclass(frozen=True)
class Window:
    """Words [first, last) of an article go through the model together; those from `keep` on count."""

    first: int
    keep: int
    last: int


def cut_windows(article: Article, limit: int, context: int) -> list[Window]:
    """Cut an article into windows of whole paragraphs of at most `limit` pieces.

    Each window after the first repeats up to `context` pieces of what stands before it.  A paragraph longer
    than a window is cut between words.
    """
    cost, size = article.places, len(article)
    bounds = np.append(np.flatnonzero(np.diff(article.paragraph)) + 1, size)  # where paragraphs end
    windows, keep = [], 0
    while keep < size:
        first = int(np.searchsorted(cost, cost[keep] - context)) if keep else 0
        fits = int(np.searchsorted(cost[1:], cost[first] + limit - 2, side="right"))
        whole = bounds[np.searchsorted(bounds, fits, side="right") - 1]
        last = int(whole) if keep < whole <= fits else max(fits, keep + 1)
        windows.append(Window(first, keep, last))
        keep = last
    return windows


def window_inputs(
    article: Article, first: int, last: int, cls: int, sep: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Wordpiece ids and flags of a window, [CLS] first and [SEP] between paragraphs, and each word's place."""
    begins, paragraph = article.begins, article.paragraph[first:last]
    places = article.places[first:last] - article.places[first] + 1
    length = places[-1] + begins[last] - begins[last - 1] + 1
    ids = np.full(length, sep, np.int32)
    flags = np.zeros_like(ids)
    sizes = np.diff(begins[first : last + 1])
    at = (
        np.arange(begins[first], begins[last])
        - begins[first]
        + 1
        + np.repeat(paragraph - paragraph[0], sizes)
    )
    ids[0], ids[at] = cls, article.pieces[begins[first] : begins[last]]
    flags[at] = np.repeat(article.flags[first:last], sizes)
    return ids, flags, places
