"""Marks in a text: overlapping stretches become pieces that nest, so that they can be written as HTML.

Pure. Knows offsets and nothing of what is marked. What is written is the text and nothing else: joined, the pieces
of a paragraph are that paragraph.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from app.documents import Span

# Marks open at one place; what comes on top is left out. Found quotes and names nest three deep; a guess of
# 2026-11-22 that keeps a hostile text linear.
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Mark[T]:
    """Something to mark in a text: where, and how far out it is drawn. layer: 0 is outermost."""

    spans: tuple[Span, ...]
    layer: int
    what: T


@dataclass(frozen=True, slots=True)
class Piece[T]:
    """A marked piece of a paragraph. opens, closes: it is the first, the last piece of its mark."""

    what: T
    opens: bool
    closes: bool
    inner: tuple["Piece[T] | str", ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A stretch of one paragraph in which the same marks hold, by number, the outermost first."""

    paragraph: int
    start: int
    end: int
    marks: tuple[int, ...]


def mark_paragraphs[T](
    text: str, paragraphs: Sequence[Span], marks: Sequence[Mark[T]]
) -> list[tuple[Piece[T] | str, ...]]:
    """Return the paragraphs as pieces. Where marks cross, the inner one is closed and opened again.

    Paragraphs are disjoint and in order; what lies between them is left out, and so are marks there.
    """
    leaves = list(_leaves(len(text), paragraphs, marks))
    ends = _ends(leaves)
    inner = {
        number: tuple(_nest(text, list(run), 0, marks, ends))
        for number, run in groupby(leaves, key=lambda leaf: leaf.paragraph)
    }
    return [inner.get(number, ()) for number in range(len(paragraphs))]


def choose_disjoint[T](ranked: Iterable[tuple[Span, T]]) -> list[tuple[Span, T]]:
    """Return, in text order, those that overlap none before them in `ranked`: links must not nest."""
    taken: set[int] = set()
    chosen = []
    for span, what in ranked:
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append((span, what))
    return sorted(chosen, key=lambda each: each[0])


def _leaves[T](length: int, paragraphs: Sequence[Span], marks: Sequence[Mark[T]]) -> Iterator[_Leaf]:
    starts, stops = _events(length, marks)
    borders = {border for each in paragraphs for border in (each.start, each.end)}
    order = {number: _order(mark, number) for number, mark in enumerate(marks) if mark.spans}
    active: list[int] = []
    paragraph = 0
    for start, end in pairwise(sorted(borders | starts.keys() | stops.keys())):
        for number in stops.get(start, ()):
            if number in active:
                active.remove(number)
        active += starts.get(start, ())[: DEEPEST - len(active)]
        while paragraph < len(paragraphs) and paragraphs[paragraph].end <= start:
            paragraph += 1
        if paragraph < len(paragraphs) and paragraphs[paragraph].start <= start:
            yield _Leaf(paragraph, start, end, tuple(sorted(set(active), key=order.__getitem__)))


def _order[T](mark: Mark[T], number: int) -> tuple[int, int, int, int]:
    """Return what sorts marks from the outermost: of one layer, the one that starts first or ends last."""
    return mark.layer, mark.spans[0].start, -mark.spans[-1].end, number


def _events[T](length: int, marks: Sequence[Mark[T]]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return which marks start and which stop where."""
    starts: dict[int, list[int]] = {}
    stops: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        for span in mark.spans:
            start, end = max(span.start, 0), min(span.end, length)
            if start < end:
                starts.setdefault(start, []).append(number)
                stops.setdefault(end, []).append(number)
    return starts, stops


def _ends(leaves: Iterable[_Leaf]) -> dict[int, tuple[int, int]]:
    """Return where the first leaf of each mark starts, and where the last one ends."""
    ends: dict[int, tuple[int, int]] = {}
    for leaf in leaves:
        for number in leaf.marks:
            ends[number] = (ends.get(number, (leaf.start, 0))[0], leaf.end)
    return ends


def _nest[T](
    text: str,
    leaves: Sequence[_Leaf],
    depth: int,
    marks: Sequence[Mark[T]],
    ends: dict[int, tuple[int, int]],
) -> Iterator[Piece[T] | str]:
    def mark_at_depth(leaf: _Leaf) -> int | None:
        return leaf.marks[depth] if depth < len(leaf.marks) else None

    for number, grouped in groupby(leaves, key=mark_at_depth):
        run = list(grouped)
        if number is None:
            yield text[run[0].start : run[-1].end]
            continue
        yield Piece(
            marks[number].what,
            opens=run[0].start == ends[number][0],
            closes=run[-1].end == ends[number][1],
            inner=tuple(_nest(text, run, depth + 1, marks, ends)),
        )
