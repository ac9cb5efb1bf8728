"""Find the lines of a body that only repeat others: a summary above, a teaser within, a quote in large type.

It compares words, and knows neither what a line looks like nor where it stands on the page.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence

_SHORTEST_REPEAT = 8  # words; shorter lines may be said twice
_REPEATED = (
    0.8  # share of a line's runs of four words that shorter lines have said; paragraphs joined share fewer
)
_SHINGLE = 4
_WORD = re.compile(r"\w+")


def without_repeats(
    texts: Sequence[str], chosen: Sequence[bool], *, insets: Container[int] = ()
) -> list[bool]:
    """Drop from the chosen lines what shorter ones, or the same line before, have said, and insets of any line.

    insets: indexes of lines set apart from the running text, which gives way to none of them.
    """
    result, said = list(chosen), Counter[tuple[str, ...]]()
    words = [_WORD.findall(text) if is_kept else [] for text, is_kept in zip(texts, chosen, strict=True)]
    runs = [list(zip(*(own[start:] for start in range(_SHINGLE)), strict=False)) for own in words]
    for index in sorted(range(len(texts)), key=lambda index: len(words[index])):
        if len(words[index]) >= _SHORTEST_REPEAT:
            result[index] = sum(map(said.__contains__, runs[index])) < _REPEATED * len(runs[index])
            if result[index]:
                said.update(set(runs[index]))
    for index, own in enumerate(runs):
        if result[index] and own and index in insets:
            result[index] = sum(said[run] > 1 for run in own) < _REPEATED * len(own)
    return result
