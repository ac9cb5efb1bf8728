"""Which words differ between two texts. Pure, and bounded: a megabyte against another takes a second or two.

Paragraphs are aligned first, then the words of those that differ: by what is found once in both (as in patience
diff), then, in small gaps, by difflib. Where a gap is too large for that, the whole of it is a replacement: still
true, only coarser. Spacing alone is no difference.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from app.documents import Span

Op = Literal["equal", "insert", "delete", "replace"]

WORD = re.compile(r"\w+|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n]+")
GAP = 40_000  # pairs of words difflib may compare in one gap: 200 by 200 take it 5 to 20 ms
BUDGET = 2_000_000  # and in all gaps together: a second at most
DEPTH = 8  # how often a gap is looked through again for what is found once in it


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the text before and the stretch of the text after that stands for it; either may be empty."""

    op: Op
    before: Span
    after: Span


@dataclass(frozen=True, slots=True)
class _Gap:
    """What lies between two alignments: half-open ranges of places in each sequence."""

    first: int
    first_end: int
    second: int
    second_end: int
    depth: int = 0

    @property
    def pairs(self) -> int:
        return (self.first_end - self.first) * (self.second_end - self.second)


@dataclass(slots=True)
class _Budget:
    """How many pairs may still be compared one by one."""

    left: int = field(default=BUDGET)

    def allows(self, pairs: int) -> bool:
        if pairs > min(GAP, self.left):
            return False
        self.left -= pairs
        return True


def compare_texts(before: str, after: str) -> list[Difference]:
    """Return what stands for what, in order: equal stretches and differences by turns.

    >>> [(one.op, one.after.of("The new dam held.")) for one in compare_texts("The dam held.", "The new dam held.")]
    [('equal', 'The'), ('insert', 'new'), ('equal', 'dam held.')]
    """
    budget = _Budget()
    words, others = _spans(WORD, before), _spans(WORD, after)
    pairs = list(_align_words(before, after, words, others, budget))
    differences = []
    first = second = 0
    for start, other_start, count in _runs([*pairs, (len(words), len(others))]):
        ranges = ((first, start), (second, other_start))
        differences.append(_difference(words, others, *ranges, is_equal=False))
        first, second = start + count, other_start + count
        differences.append(_difference(words, others, (start, first), (other_start, second), is_equal=True))
    return [one for one in differences if one is not None]


def _align_words(
    before: str, after: str, words: Sequence[Span], others: Sequence[Span], budget: _Budget
) -> Iterator[tuple[int, int]]:
    """Yield the places of words that stand for each other: those of equal paragraphs, then within the gaps."""
    paragraphs, later = _paragraphs(before, words), _paragraphs(after, others)
    keys, other_keys = _contents(before, words, paragraphs), _contents(after, others, later)
    surfaces, other_surfaces = [span.of(before) for span in words], [span.of(after) for span in others]
    first = second = 0
    end = ((len(words), len(words)), (len(others), len(others)))
    matched = [(paragraphs[one], later[other]) for one, other in _align(keys, other_keys, budget)]
    for (start, stop), (other_start, other_stop) in [*matched, end]:
        gap = _align(surfaces[first:start], other_surfaces[second:other_start], budget)
        yield from ((first + one, second + other) for one, other in gap)
        yield from zip(range(start, stop), range(other_start, other_stop), strict=True)
        first, second = stop, other_stop


def _align(one: Sequence[str], other: Sequence[str], budget: _Budget) -> list[tuple[int, int]]:
    """Return places of equal items, increasing in both sequences."""
    pairs: list[tuple[int, int]] = []
    gaps = [_Gap(0, len(one), 0, len(other))]
    while gaps:
        gap, ends = _trim(one, other, gaps.pop())
        pairs += ends
        anchors = _found_once(one, other, gap) if gap.pairs and gap.depth < DEPTH else []
        if anchors:
            pairs += anchors
            gaps += _between(gap, anchors)
        elif gap.pairs and budget.allows(gap.pairs):
            blocks = SequenceMatcher(
                None, one[gap.first : gap.first_end], other[gap.second : gap.second_end], autojunk=False
            ).get_matching_blocks()
            pairs += (
                (gap.first + start + at, gap.second + other_start + at)
                for start, other_start, size in blocks
                for at in range(size)
            )
    return sorted(pairs)


def _trim(one: Sequence[str], other: Sequence[str], gap: _Gap) -> tuple[_Gap, list[tuple[int, int]]]:
    """Return a gap without its common beginning and end, and those."""
    first, second, first_end, second_end = gap.first, gap.second, gap.first_end, gap.second_end
    ends = []
    while first < first_end and second < second_end and one[first] == other[second]:
        ends.append((first, second))
        first, second = first + 1, second + 1
    while first < first_end and second < second_end and one[first_end - 1] == other[second_end - 1]:
        first_end, second_end = first_end - 1, second_end - 1
        ends.append((first_end, second_end))
    return _Gap(first, first_end, second, second_end, gap.depth), ends


def _found_once(one: Sequence[str], other: Sequence[str], gap: _Gap) -> list[tuple[int, int]]:
    """Return the places of items found once in either side of a gap, as many as keep their order."""
    places, other_places = range(gap.first, gap.first_end), range(gap.second, gap.second_end)
    counts, other_counts = Counter(one[at] for at in places), Counter(other[at] for at in other_places)
    place_of = {other[at]: at for at in other_places if other_counts[other[at]] == 1}
    unique = [(at, place_of[one[at]]) for at in places if counts[one[at]] == 1 and one[at] in place_of]
    return _longest_increasing(unique)


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest chain of pairs whose second places increase (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []  # which pair is on top of each pile
    below: list[int] = []  # for each pair, the top of the pile before when it was laid
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1], piles[pile : pile + 1] = [place], [number]
    chain = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = below[at]
    return chain[::-1]


def _between(gap: _Gap, anchors: Sequence[tuple[int, int]]) -> Iterator[_Gap]:
    first, second = gap.first, gap.second
    for start, other_start in [*anchors, (gap.first_end, gap.second_end)]:
        if start > first and other_start > second:
            yield _Gap(first, start, second, other_start, gap.depth + 1)
        first, second = start + 1, other_start + 1


def _runs(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield where runs of pairs begin, and how long they are; the last pair, past both ends, is one of its own."""
    *words, end = pairs
    start = other_start = count = 0
    for one, other in words:
        if count and (one, other) == (start + count, other_start + count):
            count += 1
            continue
        if count:
            yield start, other_start, count
        start, other_start, count = one, other, 1
    if count:
        yield start, other_start, count
    yield *end, 0


def _difference(
    words: Sequence[Span],
    others: Sequence[Span],
    places: tuple[int, int],
    other_places: tuple[int, int],
    *,
    is_equal: bool,
) -> Difference | None:
    is_deleted, is_inserted = places[0] < places[1], other_places[0] < other_places[1]
    if not is_deleted and not is_inserted:
        return None
    ops: dict[tuple[bool, bool], Op] = {
        (True, True): "equal" if is_equal else "replace",
        (True, False): "delete",
        (False, True): "insert",
    }
    return Difference(ops[is_deleted, is_inserted], _stretch(words, *places), _stretch(others, *other_places))


def _stretch(words: Sequence[Span], start: int, end: int) -> Span:
    """Return the stretch from one word to before another; if empty, the place after the word before."""
    if start < end:
        return Span(words[start].start, words[end - 1].end)
    place = words[start - 1].end if start else 0
    return Span(place, place)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _paragraphs(text: str, words: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the places of each paragraph's words."""
    starts = [span.start for span in words]
    places = [
        (bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in _spans(PARAGRAPH, text)
    ]
    return [place for place in places if place[0] < place[1]]


def _contents(text: str, words: Sequence[Span], paragraphs: Sequence[tuple[int, int]]) -> list[str]:
    return [" ".join(span.of(text) for span in words[start:end]) for start, end in paragraphs]
