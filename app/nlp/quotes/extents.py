"""Which words of a learned find are one quote: what stands in marks, and what is told around them.

The reader gathers under one cue what PolNeAR counts as one attribution: the reported clause and the sentences in
marks after it. Here a paragraph in marks is a direct quote of its own, without its marks, and a sentence that the cue
does not report is no part of it. Must not know how finds come about.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.documents import Quote, Sentence, Span
from app.nlp.quotes.merging import Regions, kind_of

_WORD = re.compile(r"\w+")
_EDGE = " \t\n\u00a0“”„‟«»\"'‘’‚`*_"  # what may stand around the words of a sentence
_ENDS = frozenset(".!?…,:")  # a sentence in marks begins after one of these, or a mark
_CLOSES = frozenset(".!?…,—–-")


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    marked: bool
    whole: bool  # a sentence in marks


def separate(
    text: str,
    quote: Quote,
    regions: Regions,
    sentences: Sequence[Sentence],
    cue_of: Mapping[int, Span | None],
) -> list[Quote]:
    """Return a find as the quotes it holds: sentences in marks as a direct one, what else its cue reports as another.

    Sentences in marks beside the clause that announces them stay with it, as PolNeAR counts them, unless a cue of
    their own attributes them: `cue_of` has those the rules found by where the words begin. `sentences` come in text
    order. Contents of direct quotes come without marks.
    """
    pieces = [piece for span in quote.content for piece in _pieces(text, span, regions)]
    marked = tuple(piece.span for piece in pieces if piece.marked)
    if len(marked) == len(pieces):
        return [replace(quote, kind="direct", content=marked)] if marked else []
    whole = tuple(piece.span for piece in pieces if piece.whole)
    rest = tuple(_reported(text, quote, whole, sentences)) if whole else ()
    if whole and not rest:
        return [replace(quote, kind="direct", content=whole)]
    whole = tuple(one for one in whole if _stands_apart(text, one, rest, quote.cue, cue_of))
    if not whole:
        return [quote]
    rest = tuple(_reported(text, quote, whole, sentences))
    return [
        replace(quote, kind="direct", content=whole),
        replace(quote, kind=kind_of(text, rest, regions), content=rest),
    ]


def _stands_apart(
    text: str, one: Span, rest: Sequence[Span], cue: Span | None, cue_of: Mapping[int, Span | None]
) -> bool:
    """Whether a sentence in marks is in another paragraph than what its cue reports, or has another cue."""
    other = cue_of.get(one.start)
    if other is not None and (cue is None or not cue.overlaps(other)):
        return True
    return all("\n\n" in text[min(one.start, span.start) : max(one.end, span.end)] for span in rest)


def _pieces(text: str, span: Span, regions: Regions) -> Iterator[_Piece]:
    """Cut a part of a content into what stands in marks and what does not, leaving out pieces without a word."""
    at = span.start
    for region in regions.within(span):
        inside = _stripped(text, max(region.start, span.start), min(region.end, span.end), " \t\n\u00a0")
        if _WORD.search(text, at, region.start):
            yield _Piece(Span(at, region.start), marked=False, whole=False)
        if _WORD.search(text, inside.start, inside.end):
            yield _Piece(inside, marked=True, whole=_is_whole(text, inside, region))
        at = min(region.end, span.end)
    if _WORD.search(text, at, span.end):
        yield _Piece(Span(at, span.end), marked=False, whole=False)


def _is_whole(text: str, inside: Span, region: Span) -> bool:
    """Whether all of a region is a sentence, which begins where one may begin."""
    if inside.start > region.start + 1 or _WORD.search(text, inside.end, region.end):
        return False
    opens = _WORD.search(text, inside.start, inside.end)
    if opens is None or opens.group()[0].islower() or text[inside.end - 1] not in _CLOSES:
        return False
    before = text[max(0, region.start - 6) : region.start].rstrip(_EDGE)
    return not before or before[-1] in _ENDS or "\n" in text[max(0, region.start - 4) : region.start]


def _reported(
    text: str, quote: Quote, whole: Sequence[Span], sentences: Sequence[Sentence]
) -> Iterator[Span]:
    """Yield what is left of a content without its whole sentences, where the cue stands in the same sentence.

    Without a cue the speaker stands for it.
    """
    starts = [sentence.span.start for sentence in sentences]
    anchor = quote.cue or quote.speaker
    for span in quote.content:
        at = span.start
        for taken in [*(one for one in whole if span.covers(one)), Span(span.end, span.end)]:
            left = _stripped(text, at, taken.start, _EDGE)
            at = taken.end
            if not _WORD.search(text, left.start, left.end):
                continue
            if anchor is None or bisect_right(starts, anchor.start) == bisect_right(starts, left.end - 1):
                yield left


def _stripped(text: str, start: int, end: int, edge: str) -> Span:
    surface = text[start:end]
    first = start + len(surface) - len(surface.lstrip(edge))
    return Span(first, max(first, start + len(surface.rstrip(edge))))
