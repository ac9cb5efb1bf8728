"""Pair quotation marks, paragraph by paragraph, into the regions they enclose.

Real pages hold stray, lost and mistyped marks, so white space around a mark weighs more than its code point,
and nothing a paragraph does wrong reaches the next one. This module must not know what a region means (quote,
title, scare quote): that is for the rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.documents import Span
from app.nlp.quotes.vocabulary import WORDS

# As printed, escaped by a program (\"), or left as a page's code has them.
_DOUBLE = re.compile(r"\\?\"|[“”„‟«»＂]|'{2,3}|``|’{2,3}|‘‘|&(?:quot|#34|[lr]dquo);")
_SINGLE = re.compile(r"['‘’‚‹›]")
_OPENING = frozenset("“„«") | {"``", "‘‘", "&ldquo;"}
_CLOSING = frozenset("”»") | {"’’", "&rdquo;"}
_OPENS_AFTER = frozenset("([{—–-/…:“‘\"'«=_*")
_CLOSES_BEFORE = frozenset(")]},.;:!?—–-/…”’\"'»_*\\&")
_INCHES = frozenset(('"', "''", "’’"))
_FEET_BEFORE = re.compile(r"\d['’′]\s?\d{1,2}\Z")  # 6'7, the inch mark of which is no mark of quoting
_WORD = re.compile(r"\w+")
_CLIPPED_YEAR = re.compile(r"\d\d(?:s\b|(?!\w))")  # '80s, the summer of '96
_TIS = re.compile(r"[Tt](?:is|was)\b")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch inside quotation marks; `outer` includes them, `closed` says whether both are there."""

    outer: Span
    inner: Span
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    leaning: int  # +1 opens, -1 closes, 0 could be either
    may_measure: bool = False  # a figure stands before it: 12"


def quoted_regions(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return what stands inside quotation marks, without the marks, in text order."""
    return tuple(region.inner for paragraph in paragraphs for region in pair_marks(text, paragraph))


def pair_marks(text: str, paragraph: Span) -> tuple[Region, ...]:
    """Return the outermost quoted regions of one paragraph, in text order.

    Single marks count only outside double ones, unless they enclose them: ‘She said “no” twice,’ he said.
    A region without a word in it is none.
    """
    doubles = list(_pair(_double_marks(text, paragraph), text, paragraph))
    singles = list(_pair_singles(_single_marks(text, paragraph)))
    regions = _outermost(doubles, singles) if singles else doubles
    return tuple(r for r in regions if _WORD.search(text, r.inner.start, r.inner.end))


def _outermost(doubles: list[Region], singles: list[Region]) -> Iterator[Region]:
    """Merge two ordered lists, dropping what lies in (or crosses) a region that began before it."""
    end = -1
    for region in sorted([*doubles, *singles], key=lambda r: (r.outer.start, -r.outer.end)):
        if region.outer.start >= end:
            yield region
            end = region.outer.end


def _double_marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        may_measure = match.group() in _INCHES and text[max(start - 1, paragraph.start)].isdigit()
        if may_measure and _FEET_BEFORE.search(text, max(start - 6, paragraph.start), start):
            continue
        leaning = _lean(text, start, end, paragraph)
        if not leaning:
            leaning = (match.group() in _OPENING) - (match.group() in _CLOSING)
        yield _Mark(start, end, leaning, may_measure)


def _lean(text: str, start: int, end: int, paragraph: Span) -> int:
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    may_open = before.isspace() or before in _OPENS_AFTER
    may_close = after.isspace() or after in _CLOSES_BEFORE
    if before.isspace() and after.isspace():
        return _lean_in_spaces(text, start, end, paragraph)
    return may_open - may_close


def _lean_in_spaces(text: str, start: int, end: int, paragraph: Span) -> int:
    """Judge a mark alone in white space: it closes after a nested one: straw,' '' she said."""
    if start == paragraph.start:
        return 1
    if end == paragraph.end or text[max(start - 2, 0)] in "'’":
        return -1
    return 0


def _single_marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """Yield single marks that can quote; apostrophes inside or before a clipped word (don't, '90s) cannot."""
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if (before.isspace() or before in _OPENS_AFTER) and (after.isalnum() or after in '“"['):
            if not _is_clipped(text, end, match.group()):
                yield _Mark(start, end, 1)
        elif not before.isspace() and not after.isalnum() and match.group() not in "‘‚":
            weak = before in "sS" and after == " "  # may be a plural possessive: voters' rights
            yield _Mark(start, end, 0 if weak else -1)


def _is_clipped(text: str, end: int, mark: str) -> bool:
    """Whether an apostrophe stands for letters or figures left out; word processors turn it the wrong way."""
    if _CLIPPED_YEAR.match(text, end) or _TIS.match(text, end):
        return True
    word = _WORD.match(text, end, end + 12)
    return mark != "‘" and word is not None and word.group().lower() in WORDS["elisions"]


def _pair(marks: Iterator[_Mark], text: str, paragraph: Span) -> Iterator[Region]:
    """Pair marks left to right. An opening that meets another was stray; a lone closing is ignored.

    Of two that close, the first is an inch mark where a figure stands before it: "The 12" disc sold out,".
    """
    opened: _Mark | None = None
    for mark, following in pairwise([*marks, None]):
        if mark is None:
            break
        if opened is not None and mark.may_measure and following is not None and following.leaning < 0:
            continue
        if opened is not None and mark.leaning <= 0:
            yield _region(opened, mark)
            opened = None
        elif mark.leaning >= 0:
            opened = mark
    if opened is not None and _may_run_on(text, opened, paragraph):
        inner = Span(opened.end, paragraph.end)
        yield Region(Span(opened.start, paragraph.end), inner, closed=False)


def _pair_singles(marks: Iterator[_Mark]) -> Iterator[Region]:
    """Pair single marks; a weak closing (voters') counts if nothing better comes before the next opening."""
    opened: _Mark | None = None
    weak: _Mark | None = None
    for mark in marks:
        if mark.leaning > 0:
            if opened is not None and weak is not None:
                yield _region(opened, weak)
            opened, weak = mark, None
        elif mark.leaning < 0 and opened is not None:
            yield _region(opened, mark)
            opened = weak = None
        elif weak is None:
            weak = mark
    if opened is not None and weak is not None:
        yield _region(opened, weak)


def _may_run_on(text: str, opened: _Mark, paragraph: Span) -> bool:
    return opened.leaning > 0 and bool(text[opened.end : paragraph.end].strip())


def _region(opened: _Mark, closing: _Mark) -> Region:
    return Region(Span(opened.start, closing.end), Span(opened.end, closing.start), closed=True)
