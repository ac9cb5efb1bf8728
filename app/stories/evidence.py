"""What speaks for two quotes' carrying the same words: how, how much of them, and nothing that contradicts.

Must not know who speaks or when: `matching` judges whether it is enough.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.stories.alignment import align
from app.stories.contradictions import (
    Gap,
    Pairs,
    contradict,
    differ_in_numbers,
    frame_differently,
    gaps_between,
    is_moved,
    is_one_word,
    is_replaced,
)
from app.stories.passages import find_run, longest_run, marked_passages, shared_cut, shared_sentences
from app.stories.quotes import LONGEST, Wording, is_reported
from app.stories.wording import Word

Manner = Literal["exact", "cut", "reworded", "fragment", "overlap"]

SURE_RUN = 8  # words in a row that two outlets do not hit upon by chance

# The shares and counts below were set on tests/stories/utterance_pairs.toml and checked on its held-out half.
_LEAST_SHARE = {"direct": 0.75, "reported": 0.65}  # of the shorter one's content words found in the other
_LEAST_WORDS = 3  # content words found: fewer make a match only word for word
# Likewise where a content word stands for another: "hire 300 workers" is not "fire 300 workers"
_LEAST_AROUND = 10
_CUT_WORDS = 4  # content words of a passage where one quote ends and the other begins
_SENTENCE_WORDS = 3  # likewise of a whole sentence
_FEW_WORDS = 2  # likewise of so many words in a row: "I thought it was thunder but it was the train"
_LONG_RUN = 10
_FRAGMENT_WORDS = 3
_FRAGMENT_CONTENT = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """How two quotes match. share: of the shorter one's content words; count: of them, in any order.

    ordered: of these, those in the same order; names: the names among the shorter one's; run: words in a row.
    """

    manner: Manner
    share: float
    count: int
    ordered: int
    names: int
    run: int

    @property
    def is_partial(self) -> bool:
        """Whether only a passage of each is the same."""
        return self.manner in ("fragment", "overlap")


def find_evidence(short: Wording, long: Wording) -> Evidence | None:
    """Return what the shorter one shares with the longer, unless something in it contradicts.

    Whole sentences are the same whatever stands around them, save other numbers; words in marks may stand among
    others of the outlet.
    """
    pairs = align(short.keys, long.keys)
    if not pairs or differ_in_numbers(short.words, long.words, pairs):
        return None
    reported = is_reported(short, long)
    if frame_differently(short.words, long.words, pairs, reported=reported):
        return _sentences(short, long)
    gaps = gaps_between(short.words, long.words, pairs)
    if contradict(short.words, long.words, pairs, gaps, reported=reported):
        return _fragment(short, long, _FRAGMENT_WORDS + 1) or _sentences(short, long)
    return (
        _whole(short, long, pairs, gaps)
        or _fragment(short, long, _FRAGMENT_WORDS)
        or _sentences(short, long)
        or _overlap(short, long, [shared_cut(short.words, long.words, pairs)], _CUT_WORDS)
    )


def _whole(short: Wording, long: Wording, pairs: Pairs, gaps: Sequence[Gap]) -> Evidence | None:
    """Return the match of the shorter one as a whole with the longer or a part of it."""
    ordered = sum(short.words[first].is_content for first, _ in pairs) + sum(map(is_one_word, gaps))
    reported = is_reported(short, long)
    anywhere = (Counter(short.content) & Counter(long.content)).total() if reported else 0
    count = max(ordered, anywhere)
    share = min(1.0, count / max(1, min(len(short.content), len(long.content))))
    found = Evidence("reworded", share, count, ordered, _count_names(short.words), longest_run(pairs))
    if short.keys == long.keys:
        return replace(found, manner="exact", share=1.0)
    is_reworded = any(
        is_replaced(gap) and not (reported and is_moved(gap, short.words, long.words)) for gap in gaps
    )
    is_enough = count >= _LEAST_AROUND if is_reworded else _is_enough(short, long, found)
    if share < _LEAST_SHARE["reported" if reported else "direct"] or not is_enough:
        return None
    is_cut = share == 1 and len(pairs) == len(short.words)
    return replace(found, manner="cut") if is_cut else found


def _is_enough(short: Wording, long: Wording, found: Evidence) -> bool:
    """Whether so many content words carry a match; fewer do where the shorter one stands in the longer as it is."""
    if found.count >= _LEAST_WORDS:
        return True
    is_verbatim = len(short.words) >= _LEAST_WORDS and find_run(short.keys, long.keys) is not None
    return found.count >= 1 and (is_verbatim or found.run >= SURE_RUN)


def _fragment(short: Wording, long: Wording, least: int) -> Evidence | None:
    """Return the most telling words in marks in a mixed quote, so many at least, that stand in the other."""
    found = []
    for one, other in ((short, long), (long, short)):
        if one.quote.kind != "mixed":
            continue
        for passage in marked_passages(one.quote.text[:LONGEST], one.words, other.words, least=least):
            part = one.words[passage[0][0] : passage[-1][0] + 1]
            count = _count_content(part)
            if count >= _FRAGMENT_CONTENT and not frame_differently(
                one.words, other.words, passage, reported=True
            ):
                share = count / max(1, len(one.content))
                found.append(Evidence("fragment", share, count, count, _count_names(part), len(part)))
    return max(found, key=lambda each: (each.share, each.count), default=None)


def _sentences(short: Wording, long: Wording) -> Evidence | None:
    """Return the sentences that two cuts of one speech share."""
    shared = shared_sentences(short.words, long.words, short.sentences, long.sentences)
    return _overlap(short, long, list(shared), _SENTENCE_WORDS)


def _overlap(short: Wording, long: Wording, passages: Sequence[Pairs], least: int) -> Evidence | None:
    """Return what passages of so many content words two quotes share that nothing in them contradicts."""
    reported = is_reported(short, long)
    part: list[Word] = []
    for passage in passages:
        words = [short.words[first] for first, _ in passage]
        count = _count_content(words)
        is_telling = count >= least or (count >= _FEW_WORDS and len(words) >= _LONG_RUN)
        if is_telling and not frame_differently(short.words, long.words, passage, reported=reported):
            part += words
    count = _count_content(part)
    share = min(1.0, count / max(1, min(len(short.content), len(long.content))))
    return Evidence("overlap", share, count, count, _count_names(part), len(part)) if part else None


def _count_content(words: Sequence[Word]) -> int:
    return sum(word.is_content for word in words)


def _count_names(words: Sequence[Word]) -> int:
    return sum(word.is_name and word.is_content for word in words)
