"""What in two wordings that share most of their words speaks against their being one utterance.

A word denied here and not there, another number, name or person, `may` for `must`, a question for a statement, a
condition left out. Judged within the stretch both share. Must not know speakers, days or how much is shared.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from itertools import pairwise

from app.stories.bearings import bearings
from app.stories.verb_forms import PAST_FORMS
from app.stories.vocabulary import ASKING, CONDITIONS
from app.stories.wording import Word, contrast, has_contrast, mean_the_same

Gap = tuple[Sequence[Word], Sequence[Word]]
Pairs = Sequence[tuple[int, int]]

_SAME_SPELLING = 0.8  # difflib ratio of two keys: `comittee`, `committee`
_ONE_WORD = 3  # words on both sides together where one is spelled in two ways: `life boats`, `lifeboats`
_SHORTEST = 4  # letters of words that may be one spelled in two ways
_BEFORE = 5  # words before the first shared one that may deny it: `never called the ferry “a coffin”`
_NARROW = 2  # words on either side where a small word stands for another: `he` for `she`
_SENTENCE_END = frozenset(".!?…")


def gaps_between(one: Sequence[Word], other: Sequence[Word], pairs: Pairs) -> list[Gap]:
    """Return what stands on either side between two aligned words, where something stands on both."""
    bounded = [(-1, -1), *pairs, (len(one), len(other))]
    between = (
        (one[first + 1 : after], other[second + 1 : beyond])
        for (first, second), (after, beyond) in pairwise(bounded)
    )
    return [gap for gap in between if gap[0] and gap[1]]


def is_one_word(gap: Gap) -> bool:
    """Whether a gap holds one content word, put in two ways: `comittee`, `life boats`, `ready` and `willing`."""
    one, other = ([word.key for word in side if word.is_content] for side in gap)
    if not one or not other or len(one) + len(other) > _ONE_WORD:
        return False
    if len(one) == len(other) == 1 and mean_the_same(one[0], other[0]):
        return True
    return are_spelled_alike("".join(one), "".join(other))


def are_spelled_alike(one: str, other: str) -> bool:
    """Whether two words are probably one: `comittee`, `committee`. Numbers and very short words never are."""
    is_comparable = not (one[0].isdigit() or other[0].isdigit()) and min(len(one), len(other)) >= _SHORTEST
    return is_comparable and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_SPELLING


def is_replaced(gap: Gap) -> bool:
    """Whether other content words stand in the place of some."""
    return all(any(word.is_content for word in side) for side in gap) and not is_one_word(gap)


def is_moved(gap: Gap, one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether one side of a gap stands elsewhere in the other wording: `to sign at any time`, `at any time to sign`.

    Where both do, they changed places: `the police attacked the crowd`, `the crowd attacked the police`.
    """
    (here, there), ours, theirs = (_content(side) for side in gap), _content(one), _content(other)
    return (here <= theirs) != (there <= ours)


def _content(words: Sequence[Word]) -> set[str]:
    return {word.key for word in words if word.is_content}


def contradict(
    one: Sequence[Word], other: Sequence[Word], pairs: Pairs, gaps: Sequence[Gap], *, reported: bool
) -> bool:
    """Whether what stands between the shared words, or where else they stand, says another thing.

    reported: one is in the outlet's words.
    """
    return any(map(_is_contrary, gaps)) or (reported and _differ_in_order(one, other, pairs))


def differ_in_numbers(one: Sequence[Word], other: Sequence[Word], pairs: Pairs) -> bool:
    """Whether each side has a number that the other lacks, within the stretch both share."""
    here, there = (
        {word.key for word in words[_start(words, pairs[0][side]) : pairs[-1][side] + 1] if word.is_number}
        for side, words in enumerate((one, other))
    )
    return bool(here - there and there - here)


def frame_differently(one: Sequence[Word], other: Sequence[Word], pairs: Pairs, *, reported: bool) -> bool:
    """Whether the same words are denied, possible, asked or past in one only, or hang on a condition there."""
    return (
        _differ_in_bearing(one, other, pairs, reported=reported)
        or _differ_in_condition(_sentences(one, pairs, 0), _sentences(other, pairs, 1))
        or (not reported and _differ_as_printed(one, other, pairs))
    )


def _start(words: Sequence[Word], first: int) -> int:
    """Return where the words shared begin to be told of: a few before the first, in the same sentence."""
    start = first
    while start > max(0, first - _BEFORE) and not words[start].opens_sentence:
        start -= 1
    return start


def _differ_in_bearing(one: Sequence[Word], other: Sequence[Word], pairs: Pairs, *, reported: bool) -> bool:
    """Whether a word of both is denied, possible or due in one only: `the dam may hold`, `the dam will hold`.

    A quote that begins with the word says nothing of it: `hold until spring` is cut out of either.
    """
    # of the small words the last counts too: "we saw nothing of it"
    shared = [pair for pair in pairs if one[pair[0]].is_content or pair == pairs[-1]]
    firsts, seconds = (
        bearings(
            words, [pair[side] for pair in shared], start=_start(words, pairs[0][side]), reported=reported
        )
        for side, words in enumerate((one, other))
    )
    return any(
        not first.agrees(second)
        for first, second, places in zip(firsts, seconds, shared, strict=True)
        if min(places) > 0
    )


def _differ_in_condition(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether a condition is left out: `the ward will close if they leave`, `the ward will close`.

    What would be is told to hang on something with or without it: `I would vote for it`.
    """
    if _is_conditional(one) == _is_conditional(other):
        return False
    return not any(word.form == "would" or word.form.endswith("'d") for word in (*one, *other))


def _sentences(words: Sequence[Word], pairs: Pairs, side: int) -> Sequence[Word]:
    """Return the sentences that the words shared stand in."""
    first, last = pairs[0][side], pairs[-1][side]
    while first > 0 and not words[first].opens_sentence:
        first -= 1
    while last + 1 < len(words) and not words[last + 1].opens_sentence:
        last += 1
    return words[first : last + 1]


def _is_conditional(words: Sequence[Word]) -> bool:
    return any(
        word.key in CONDITIONS and (place == 0 or words[place - 1].key not in ASKING)
        for place, word in enumerate(words)
    )


def _differ_in_order(one: Sequence[Word], other: Sequence[Word], pairs: Pairs) -> bool:
    """Whether a word that stands elsewhere in the other is denied in one only: `the barn, not the mill, burned`."""
    aligned = {one[first].key for first, _ in pairs}
    moved = (_content(one) & _content(other)) - aligned
    if not moved:
        return False
    firsts, seconds = (_denied(words, moved) for words in (one, other))
    return any(firsts[key].isdisjoint(seconds[key]) for key in moved)


def _denied(words: Sequence[Word], keys: AbstractSet[str]) -> dict[str, set[bool]]:
    """Return for each of the words whether it is denied, where it stands; of several places all."""
    places = [place for place, word in enumerate(words) if word.is_content]
    found: dict[str, set[bool]] = {key: set() for key in keys}
    for place, bearing in zip(places, bearings(words, places, reported=True), strict=True):
        if words[place].key in keys:
            found[words[place].key].add(bearing.is_denied)
    return found


def _differ_as_printed(one: Sequence[Word], other: Sequence[Word], pairs: Pairs) -> bool:
    """Whether two direct quotes ask and state, or stand in two tenses: `the dam is safe`, `the dam was safe`."""
    ends = {_end(one, pairs[-1][0]), _end(other, pairs[-1][1])}
    if ends == {"?", "."}:
        return True
    return any(
        (one[first].form in PAST_FORMS) != (other[second].form in PAST_FORMS)
        or one[first].form.endswith("ed") != other[second].form.endswith("ed")
        for first, second in pairs
    )


def _end(words: Sequence[Word], last: int) -> str:
    """Return how the sentence of a word ends: "?", "." or nothing where it is cut."""
    for word in words[last:]:
        if _SENTENCE_END & set(word.after):
            return "?" if "?" in word.after else "."
    return ""


def _is_contrary(gap: Gap) -> bool:
    is_narrow = max(map(len, gap)) <= _NARROW
    opposed = [word for word in gap[0] if has_contrast(word.key)]
    if opposed and any(
        contrast(first.key, second.key) and (is_narrow or (first.is_content and second.is_content))
        for first in opposed
        for second in gap[1]
    ):
        return True
    if all(any(word.is_number for word in side) for side in gap):
        return True
    names, others = ({word.key for word in side if word.is_name and word.is_content} for side in gap)
    return bool(names and others) and not names & others
