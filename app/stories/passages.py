"""What two quotes have word for word that as wholes do not match, for other words stand around it in each.

Two cuts of one speech share a sentence, or one ends as the other begins; a report has a few words in marks. Must not
know speakers, days or how many words make a match.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.stories.alignment import align
from app.stories.contradictions import Pairs
from app.stories.wording import Word

_SHORT = 7  # words that two cuts of a speech share where one ends, or as a sentence
_LONG = 12  # likewise anywhere: guess, 2026-11-22; two sentences may begin alike by some eleven

_OPTIONAL = frozenset({"that"})  # `she felt (that) it was late`

Sentences = Mapping[tuple[str, ...], tuple[int, int]]

# The mark that closes single marks is the apostrophe of the words within: ‘we don’t bargain’
_MARKED = re.compile(r"[\"“«]([^\"“”«»]{1,400})[\"”»]|(?<!\w)[‘']((?:[^‘’'\"“”]|[’'](?=\w)){1,400})[’']")


def sentences_of(words: Sequence[Word]) -> Sentences:
    """Return where the sentences of a quote begin and end, by their content words."""
    starts = [place for place, word in enumerate(words) if word.opens_sentence]
    return {
        tuple(word.key for word in words[start:end] if word.is_content): (start, end)
        for start, end in pairwise([*starts, len(words)])
        if end - start >= _SHORT
    }


def shared_sentences(
    one: Sequence[Word], other: Sequence[Word], sentences: Sentences, others: Sentences
) -> Iterator[Pairs]:
    """Yield the sentences that both have, wherever they stand, but for small words: `right here`, `here`."""
    for content in sentences.keys() & others.keys():
        (start, end), (begin, stop) = sentences[content], others[content]
        keys, their_keys = ([word.key for word in part] for part in (one[start:end], other[begin:stop]))
        yield [(start + first, begin + second) for first, second in align(keys, their_keys)]


def shared_cut(one: Sequence[Word], other: Sequence[Word], pairs: Pairs) -> Pairs:
    """Return the longest run of words both have, if one quote ends and the other begins with it, or it is very long.

    Two sentences that merely begin alike have none.
    """
    run = _extended_run(one, other, pairs)
    if len(run) < _SHORT:
        return []
    (first, second), (last, beyond) = run[0], run[-1]
    is_seam = (first == 0 and beyond == len(other) - 1) or (second == 0 and last == len(one) - 1)
    return run if is_seam or len(run) >= _LONG else []


def marked_passages(
    text: str, words: Sequence[Word], other: Sequence[Word], *, least: int = 1
) -> Iterator[Pairs]:
    """Yield what stands in marks in a text and word for word in the other: `called it “a stain on the valley”`.

    least: words; shorter ones are passed over.
    """
    theirs = [place for place, word in enumerate(other) if word.key not in _OPTIONAL]
    keys = [other[place].key for place in theirs]
    for start, end in _marked(text, words):
        ours = [place for place in range(start, end) if words[place].key not in _OPTIONAL]
        if len(ours) < least:
            continue
        found = find_run([words[place].key for place in ours], keys)
        if found is not None:
            yield list(zip(ours, theirs[found : found + len(ours)], strict=True))


def find_run(part: Sequence[str], keys: Sequence[str]) -> int | None:
    """Return where a sequence stands in another as it is."""
    size = len(part)
    return next((at for at in range(len(keys) - size + 1) if keys[at : at + size] == part), None)


def longest_run(pairs: Pairs) -> int:
    """Return how many aligned words stand in a row in both."""
    return len(_best_run(pairs))


def _marked(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where the words between two marks begin and end."""
    place = 0
    for marked in _MARKED.finditer(text):
        opened, closed = marked.span(marked.lastindex or 0)
        while place < len(words) and words[place].start < opened:
            place += 1
        start = place
        while place < len(words) and words[place].end <= closed:
            place += 1
        if place > start:
            yield start, place


def _best_run(pairs: Pairs) -> Pairs:
    best, start = pairs[:0], 0
    for number, (before, after) in enumerate(pairwise([*pairs, (-2, -2)]), 1):
        if after != (before[0] + 1, before[1] + 1):
            best = max(best, pairs[start:number], key=len)
            start = number
    return best


def _extended_run(one: Sequence[Word], other: Sequence[Word], pairs: Pairs) -> list[tuple[int, int]]:
    """Return the longest run of aligned words, with the same words around it that were aligned elsewhere."""
    best = _best_run(pairs)
    if not best:
        return []
    (first, second), (last, beyond) = best[0], best[-1]
    while min(first, second) > 0 and one[first - 1].key == other[second - 1].key:
        first, second = first - 1, second - 1
    while last + 1 < len(one) and beyond + 1 < len(other) and one[last + 1].key == other[beyond + 1].key:
        last, beyond = last + 1, beyond + 1
    return list(zip(range(first, last + 1), range(second, beyond + 1), strict=True))
