"""The words of a text with their places, and lookup of runs of words in a table, in linear time.

Knows nothing of what the words mean.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Letters and digits, joined by single apostrophes, hyphens, ampersands or full stops within ("U.S.",
# "Myung-bak").
_WORD = re.compile(r"[^\W_]+(?:['’&.‑-][^\W_]+)*")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_WIDEST_GAP = 3  # characters of white space within a name: a line break with stray spaces
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, without possessive 's, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether it opens with a capital letter."""
        return self.text[0].isupper()


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]`, offsets into `text`.

    A possessive 's is left outside the word; the last full stop of "U.S." belongs to it.
    """
    limit = len(text) if end is None else end
    return [_word(text, match, limit) for match in _WORD.finditer(text, start, limit)]


def _word(text: str, match: re.Match[str], limit: int) -> Word:
    surface, end = match.group(), match.end()
    possessive = _POSSESSIVE.search(surface) if surface[-1] in "sS" else None
    if possessive:
        surface, end = surface[: possessive.start()], match.start() + possessive.start()
    elif end < limit and text[end] == "." and _DOTTED.fullmatch(surface):
        surface, end = surface + ".", end + 1
    return Word(surface, match.start(), end)


def stands_among_capitals(words: Sequence[Word], index: int) -> bool:
    """Whether a word in capitals stands between others: "TELL US WHO" names no country and no organization."""
    near = words[max(0, index - 1) : index + 2]
    return len(near) > 1 and all(word.text.isupper() and word.text.isalpha() for word in near)


def runs_in[V](
    text: str, words: Sequence[Word], table: Mapping[str, V], longest: int
) -> Iterator[tuple[int, int, V]]:
    """Yield (first word, past-last word, value) for the longest runs of words found in `table`.

    Runs do not overlap. In the table the words of a run are joined by one space, in the text by white space.
    """
    openings = {
        key.partition(" ")[0] for key in table
    }  # most words open no run: the common case is one lookup
    position = 0
    while position < len(words):
        if words[position].text not in openings:
            position += 1
            continue
        for size in range(min(longest, len(words) - position), 0, -1):
            run = words[position : position + size]
            key = " ".join(word.text for word in run)
            if key in table and _is_joined(text, run):
                yield position, position + size, table[key]
                position += size
                break
        else:
            position += 1


def _is_joined(text: str, run: Sequence[Word]) -> bool:
    gaps = (text[before.end : after.start] for before, after in pairwise(run))
    return all(gap.isspace() and len(gap) <= _WIDEST_GAP and "\n\n" not in gap for gap in gaps)
