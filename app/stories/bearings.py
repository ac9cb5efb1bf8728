"""What the small words before a word say of it: that it is denied, that it may, must, will or would be so.

In `We may not sign` the word `sign` is denied and merely possible. Two quotes carry the same words only if the words
they share are borne out alike. Must not know quotes or speakers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from app.stories.vocabulary import QUALIFIERS, REPORTED_QUALIFIERS
from app.stories.wording import Word

_PLAIN = frozenset({""})
_ENDS_SENTENCE = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Bearing:
    """is_denied: by an odd number of negators. qualifiers: the senses each one before the word may have."""

    is_denied: bool
    qualifiers: tuple[frozenset[str], ...]

    def agrees(self, other: "Bearing") -> bool:
        """Whether both say the same of their word."""
        pairs = zip_longest(self.qualifiers, other.qualifiers, fillvalue=_PLAIN)
        return self.is_denied == other.is_denied and all(first & second for first, second in pairs)


def bearings(
    words: Sequence[Word], shared: Sequence[int], *, start: int = 0, reported: bool
) -> tuple[Bearing, ...]:
    """Return what is said of each of the words at these places, by the small words since the one before.

    A small word that has its content word in a clause of its own says nothing of what follows the mark: in `the jury,
    which never sat in March, has agreed` nobody denies `agreed`. start: what stands before says nothing.
    reported: tenses may have shifted.
    """
    found = []
    for place in shared:
        found.append(_bearing(_held(words[start:place]), reported=reported))
        start = place + 1
    return tuple(found)


def _held(words: Sequence[Word]) -> list[Word]:
    """Return the small words whose say reaches what follows."""
    open_: list[Word] = []
    bound: list[Word] = []
    for word in words:
        if word.is_content and _senses(word, reported=False) is None:
            bound.extend(small for small in open_ if small.key != "without")
            open_ = []
        else:
            open_.append(word)
        if _ENDS_SENTENCE & set(word.after):
            open_, bound = [], []
        elif word.after:
            bound = []
    return bound + open_


def _bearing(words: Sequence[Word], *, reported: bool) -> Bearing:
    qualifiers: list[frozenset[str]] = []
    for word in words:
        if senses := _senses(word, reported=reported):
            qualifiers.append(senses)
        elif qualifiers and word.key == "have":  # "would have signed": did not
            qualifiers[-1] = frozenset(f"{sense} have" for sense in qualifiers[-1])
    return Bearing(sum(word.is_negator for word in words) % 2 == 1, tuple(qualifiers))


def _senses(word: Word, *, reported: bool) -> frozenset[str] | None:
    if word.is_name:  # the month
        return None
    form = "'d" if word.form.endswith("'d") else word.form
    return (REPORTED_QUALIFIERS if reported else QUALIFIERS).get(form)
