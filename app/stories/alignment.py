"""Which words of two sequences stand for each other, in order. Must not know what the words mean."""

from collections.abc import Sequence

LONGEST = (
    160  # words compared one by one: a table of 160 by 160 takes 5 ms; the rest of longer ones is left apart
)


def align(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence; common beginnings and ends cost nothing.

    >>> align("the old dam held".split(), "the dam has held".split())
    [(0, 0), (2, 1), (3, 3)]
    """
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    middle = _align_middle(one[start : len(one) - end], other[start : len(other) - end])
    return [
        *((place, place) for place in range(start)),
        *((start + first, start + second) for first, second in middle),
        *((len(one) - place, len(other) - place) for place in range(end, 0, -1)),
    ]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _align_middle(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    one, other = one[:LONGEST], other[:LONGEST]
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]  # of the best from here on
    backwards = range(len(other) - 1, -1, -1)
    for first in range(len(one) - 1, -1, -1):
        row, below, key, right = lengths[first], lengths[first + 1], one[first], 0
        for second in backwards:
            if key == other[second]:
                right = below[second + 1] + 1
            elif below[second] > right:  # max() would take as long as all the rest
                right = below[second]
            row[second] = right
    pairs, first, second = [], 0, 0
    while first < len(one) and second < len(other):
        if one[first] == other[second]:
            pairs.append((first, second))
            first, second = first + 1, second + 1
        elif lengths[first + 1][second] >= lengths[first][second + 1]:
            first += 1
        else:
            second += 1
    return pairs
