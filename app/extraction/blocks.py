"""Cut a page dump into blocks: paragraphs and lines of furniture, with lines broken at a width joined again.

It knows white space, bullets and sentence ends. It does not know which block belongs to the article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents import Span

_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•◦▪‣●○■□–*+»>·-]|\d{1,2}[.)])\s+(?=\S)")
_SILENT_BULLETS = "•◦▪‣●○■□*»"  # dashes and numbers may belong to the sentence, these never do
# A credit may follow the last sentence: "... on Monday. (Harbour Wire)".
# Typewriters close a quotation by two apostrophes, apart: "Nobody was hurt. ''".
_SENTENCE_END = re.compile(r"[.!?…。！？](?:[\"'”’»)\]]{0,3}|\s'')(?:\s?\([^()]{2,40}\))?$")
_LAST_INK = 50  # characters that can hold a sentence end and what closes after it

# A line that stops in mid-sentence and goes on in lower case was broken by a width; guess 2026-11-22, below
# it headings and menu entries stop without punctuation as well.
_SHORTEST_BROKEN_LINE = 45
# Mail and wire text is wrapped at 60 to 80 columns; a paragraph of it fills all its lines but the last one.
_WIDEST_WRAP = 100
_WRAP_RAGGEDNESS = 22
_FEWEST_WRAPPED_LINES = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line of furniture: `text` has its white space folded, `span` lies in the raw text."""

    span: Span
    text: str
    has_bullet: bool = False
    follows_gap: bool = True  # a blank line or the top of the page stands before it


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str
    has_bullet: bool
    follows_gap: bool


def cut_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a page dump in order, blank and nbsp-only lines left out."""
    blocks: list[Block] = []
    for run in _runs(_lines(text)):
        blocks.extend(_joined(run))
    return tuple(blocks)


def locate(raw_text: str, block: Block, surface: str) -> Span:
    """Return where in the raw text a block prints `surface`, whatever white space it was folded from."""
    start = raw_text.find(surface, block.span.start, block.span.end)
    if start >= 0:
        return Span(start, start + len(surface))
    spaced = re.compile(r"\s+".join(map(re.escape, surface.split())))
    match = spaced.search(raw_text, block.span.start, block.span.end)
    return Span(match.start(), match.end()) if match and surface else block.span


def fold(text: str) -> str:
    """Return `text` with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, closing quotation marks and brackets aside."""
    return _SENTENCE_END.search(text[-_LAST_INK:]) is not None


def _lines(text: str) -> Iterator[_Line]:
    end_of_last = 0
    for match in _LINE.finditer(text):
        content = match.group()
        ink = content.strip()
        if not ink:
            continue
        start = match.start() + len(content) - len(content.lstrip())
        gap = text.count("\n", end_of_last, start) != 1
        end_of_last = start + len(ink)
        bullet = _BULLET.match(ink)
        body = ink[bullet.end() :] if bullet and ink[0] in _SILENT_BULLETS else ink
        yield _Line(Span(start, end_of_last), fold(body), bullet is not None, gap)


def _runs(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Group lines that no blank line parts."""
    run: list[_Line] = []
    for line in lines:
        if run and line.follows_gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _joined(run: list[_Line]) -> Iterator[Block]:
    if _is_wrapped(run):
        yield _block(run)
        return
    part: list[_Line] = []
    for line in run:
        if part and not _goes_on(part[-1], line):
            yield _block(part)
            part = []
        part.append(line)
    yield _block(part)


def _is_wrapped(run: list[_Line]) -> bool:
    """Whether a run is one paragraph wrapped at a fixed width, so that even a full stop may end a line."""
    if len(run) < _FEWEST_WRAPPED_LINES or any(line.has_bullet for line in run):
        return False
    widths = [len(line.text) for line in run]
    widest = max(widths)
    fits = _SHORTEST_BROKEN_LINE <= widest <= _WIDEST_WRAP
    return fits and min(widths[:-1]) >= widest - _WRAP_RAGGEDNESS


def _goes_on(line: _Line, following: _Line) -> bool:
    """Whether `following` continues the sentence of `line`: "... in the face of his rival's" / "threats."."""
    return (
        len(line.text) >= _SHORTEST_BROKEN_LINE
        and not following.has_bullet
        and following.text[0].islower()
        and not ends_sentence(line.text)
    )


def _block(lines: list[_Line]) -> Block:
    first = lines[0]
    return Block(
        span=Span(first.span.start, lines[-1].span.end),
        text=" ".join(line.text for line in lines),
        has_bullet=first.has_bullet,
        follows_gap=first.follows_gap,
    )
