"""How alike two texts are, word by word: runs of five words (shingles), and keys that find texts that share many.

Pure. Wire copies are the same words printed elsewhere, perhaps cut, perhaps with a sentence put in. Two stories with
the same furniture around them, or filled into the same form, are none: what they share stands in one place, or their
figures differ.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

RUN = 5  # words; fewer are shared by chance, more are broken by every edit (Broder et al. 1997 take 4 to 10)
MOST_WORDS = 20_000  # looked at; a longer text is told by its beginning
LEAST = (
    30  # shingles: under that, two notes of one kind are alike without being copies; a guess of 2026-11-22
)
BANDS, ROWS = 21, 3  # a pair that shares half is found with a probability of .94, one that shares .05 of .003
PRIME = (1 << 61) - 1
BASE = 1_000_003_000_001_501  # any large number below it
ALIKE = 0.5  # shared of all shingles
ALIKE_AT_HOME = 0.8  # of one publisher's own articles, which share forms and furniture
PARTS = 10  # of the shorter text: how many of them are shared at least by half
SPREAD = 0.7
END = 3  # parts at either end that must be shared too
OPENING_SHARE, CLOSING_SHARE = 0.5, 0.25  # outlets add lines of their own at the end
SAME_FIGURES = 0.7  # of the shorter text's numbers, where there are enough to tell
FEW_FIGURES = 3

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class ShingledText:
    """A text as it is compared."""

    text: str

    @cached_property
    def shingles(self) -> tuple[int, ...]:
        """A number for each run of five words, in the order of the text."""
        words = [crc32(word.encode()) for word in self._words()]
        leaving = pow(BASE, RUN, PRIME)
        rolling, numbers = 0, []
        for at, word in enumerate(words):
            rolling = (rolling * BASE + word) % PRIME
            if at >= RUN:
                rolling = (rolling - words[at - RUN] * leaving) % PRIME
            if at >= RUN - 1:
                numbers.append(rolling)
        return tuple(numbers)

    @cached_property
    def distinct(self) -> frozenset[int]:
        """The shingles, each once."""
        return frozenset(self.shingles)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers in the text."""
        return frozenset(_FIGURE.findall(self.text))

    def _words(self) -> list[str]:
        return [
            word.group()
            for word, _ in zip(_WORD.finditer(self.text.casefold()), range(MOST_WORDS), strict=False)
        ]


def find_bands(shingled: ShingledText) -> list[int]:
    """Return the keys a text shares with texts like it; none for one too short to tell.

    MinHash with one permutation (Li, Owen and Zhang 2012): the least number of each of 63 bins, an empty bin taking
    that of the next (Shrivastava and Li 2014), three of them a key.
    """
    if len(shingled.distinct) < LEAST:
        return []
    bins: list[int | None] = [None] * (BANDS * ROWS)
    for number in shingled.distinct:
        place, value = number % len(bins), number // len(bins)
        least = bins[place]
        bins[place] = value if least is None else min(least, value)
    filled = _fill(bins)
    return [_mix((at, *filled[at * ROWS : (at + 1) * ROWS])) for at in range(BANDS)]


def find_likeness(one: ShingledText, other: ShingledText, *, is_same_publisher: bool) -> float | None:
    """Return the share of shingles two texts have in common if one is a copy of the other, else None."""
    if min(len(one.distinct), len(other.distinct)) < LEAST:
        return None
    shared = len(one.distinct & other.distinct)
    likeness = shared / (len(one.distinct) + len(other.distinct) - shared)
    if likeness < (ALIKE_AT_HOME if is_same_publisher else ALIKE):
        return None
    shorter, longer = sorted((one, other), key=lambda shingled: len(shingled.shingles))
    if not _is_spread(shorter, longer) or not _has_figures(shorter, longer):
        return None
    return likeness


def _is_spread(shorter: ShingledText, longer: ShingledText) -> bool:
    """Whether what is shared runs through the text, from beginning to end: furniture stands in one place."""
    length = len(shorter.shingles)
    shares = []
    for part in range(PARTS):
        shingles = shorter.shingles[part * length // PARTS : (part + 1) * length // PARTS]
        shares.append(sum(number in longer.distinct for number in shingles) / len(shingles))
    has_ends = sum(shares[:END]) >= OPENING_SHARE * END and sum(shares[-END:]) >= CLOSING_SHARE * END
    return has_ends and sum(share >= ALIKE for share in shares) >= SPREAD * PARTS


def _has_figures(shorter: ShingledText, longer: ShingledText) -> bool:
    """Whether the figures are the same: reports of quakes or results are one form filled in anew."""
    figures = shorter.figures
    return len(figures) < FEW_FIGURES or len(figures & longer.figures) >= SAME_FIGURES * len(figures)


def _fill(bins: Sequence[int | None]) -> list[int]:
    """Return the bins with an empty one taking the number of the next that has one, changed by how far that is."""
    filled = [0] * len(bins)
    number, distance = 0, 0
    for at in range(2 * len(bins) - 1, -1, -1):  # twice round: what follows the last is the first
        here = bins[at % len(bins)]
        number, distance = (number, distance + 1) if here is None else (here, 0)
        filled[at % len(bins)] = number + distance
    return filled


def _mix(numbers: Sequence[int]) -> int:
    mixed = 0
    for number in numbers:
        mixed = (mixed * BASE + number) % PRIME
    return mixed
