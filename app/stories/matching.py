"""Whether two quotes carry the same words of one speaker, however outlets spelled, cut or reported them.

`“We do not recognise the pact”`, `"We don't recognize the pact,"` and `that she did not recognize the pact` do;
a negation more, another number, another weekday or another speaker makes another utterance. Pure, by words alone.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal
from uuid import UUID

from app.documents import QuoteKind
from app.stories.alignment import align
from app.stories.contradictions import Pairs, contradict, gaps_between, is_moved, is_one_word, is_replaced
from app.stories.wording import Word, words_of

Manner = Literal["exact", "cut", "reworded", "fragment", "overlap"]
SpeakerFit = Literal["same", "unknown", "different"]

# The shares and counts below were set on tests/stories/utterance_pairs.toml and checked on its held-out half.
_LEAST_SHARE = {"direct": 0.75, "reported": 0.65}  # of the shorter one's content words found in the other
_LEAST_COMMON = 0.25  # of the shorter one's content words, before more is spent on a pair
_LEAST_WORDS = 3  # content words found: fewer make a match only word for word
# Likewise where a content word stands for another: "hire 300 workers" is not "fire 300 workers"
_LEAST_AROUND = 10
_SURE_SHARE = 0.85  # with no speaker to go by
_SURE_WORDS = 4
_UNMISTAKABLE = 6  # content words that nobody says twice by chance: other speakers, other days
_OVERLAP_RUN = 7  # words in a row shared by two cuts of a longer speech
_OVERLAP_WORDS = 4
_FRAGMENT_WORDS = 3
_SAME_OCCASION = timedelta(days=4)  # guess, 2026-11-22: later, a short line is a formula used again
_LONGEST = 4000  # characters compared of a quote, about 650 words: a paragraph or four
_MARKED = re.compile(r"[\"“‘«]([^\"“”‘’«»]{1,400})[\"”’»]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteText:
    """A quote as far as its words can be compared with others'.

    text: the content as printed, without the marks around a direct quote. speaker_id: the entity, speaker_name its
    name or the words that name the speaker; None when nobody is known.
    """

    id: UUID
    text: str
    kind: QuoteKind = "direct"
    article_id: UUID | None = None
    publisher: str | None = None
    speaker_id: UUID | None = None
    speaker_name: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How two quotes carry the same words. similarity: share of the shorter one's content found in the other."""

    manner: Manner
    similarity: float
    speakers: SpeakerFit


@dataclass(frozen=True, slots=True)
class Wording:
    """A quote with its words read: made once, compared often.

    keys: of all its words, in order. content: of those that are neither small words nor negators.
    """

    quote: QuoteText
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    content: tuple[str, ...]


def same_utterance(one: QuoteText, other: QuoteText) -> Match | None:
    """Return how two quotes carry the same words, or None if they do not."""
    return match_wordings(word(one), word(other))


def word(quote: QuoteText) -> Wording:
    """Return a quote with its words read."""
    return _wording(quote, quote.text)


def match_wordings(one: Wording, other: Wording) -> Match | None:
    """Do as `same_utterance` does, for quotes whose words are read."""
    short, long = sorted((one, other), key=lambda wording: len(wording.words))
    if not short.words:
        return None
    speakers = speaker_fit(one.quote, other.quote)
    if len(set(short.content) & set(long.content)) < _LEAST_COMMON * len(set(short.content)):
        return None
    found = _compare(short, long)
    if found and found.manner == "fragment":
        return (
            Match("fragment", found.share, speakers) if speakers == "same" and _is_near(one, other) else None
        )
    if found is None or not _is_telling(short, long, found.count, speakers, found.share):
        return None
    return Match(found.manner, found.share, speakers)


def speaker_fit(one: QuoteText, other: QuoteText) -> SpeakerFit:
    """Return whether two quotes name the same speaker: by entity, else by the last word of the name."""
    if one.speaker_id and other.speaker_id:
        return "same" if one.speaker_id == other.speaker_id else "different"
    if not (one.speaker_name and other.speaker_name):
        return "unknown"
    last = [quote.speaker_name.split()[-1].casefold() for quote in (one, other) if quote.speaker_name]
    return "same" if last[0] == last[1] else "different"


def _wording(quote: QuoteText, text: str) -> Wording:
    words = words_of(text[:_LONGEST])
    keys = tuple(word.key for word in words)
    return Wording(quote, words, keys, tuple(word.key for word in words if word.is_content))


@dataclass(frozen=True, slots=True)
class _Found:
    manner: Manner
    share: float  # of the shorter one's content
    count: int  # content words found


def _compare(short: Wording, long: Wording) -> _Found | None:
    """Return what the shorter one shares with the longer, unless something in it contradicts."""
    pairs = align(short.keys, long.keys)
    gaps = gaps_between(short.words, long.words, pairs)
    count = sum(short.words[first].is_content for first, _ in pairs) + sum(map(is_one_word, gaps))
    reported = _is_reported(short, long)
    if reported:
        count = max(count, (Counter(short.content) & Counter(long.content)).total())
    share = min(1.0, count / max(1, min(len(short.content), len(long.content))))
    if contradict(short.words, long.words, pairs, gaps, reported=reported):
        return None
    if short.keys == long.keys:
        return _Found("exact", 1.0, count)
    is_reworded = any(
        is_replaced(gap) and not (reported and is_moved(gap, short.words, long.words)) for gap in gaps
    )
    is_enough = count >= _LEAST_AROUND if is_reworded else _is_enough(short, long, count)
    if share >= _LEAST_SHARE["reported" if reported else "direct"] and is_enough:
        whole = share == 1 and len(pairs) == len(short.words)
        return _Found("cut" if whole else "reworded", share, count)
    if fragment := _fragment_share(short, long):
        return _Found("fragment", fragment, count)
    return _overlap(short, long, pairs, share)


def _is_enough(short: Wording, long: Wording, count: int) -> bool:
    """Whether so many content words carry a match; fewer do where the shorter one stands in the longer as it is."""
    return count >= _LEAST_WORDS or (
        count >= 1 and len(short.words) >= _LEAST_WORDS and _stands_in(short, long)
    )


def _stands_in(short: Wording, long: Wording) -> bool:
    size = len(short.keys)
    return any(long.keys[at : at + size] == short.keys for at in range(len(long.keys) - size + 1))


def _is_telling(one: Wording, other: Wording, count: int, speakers: SpeakerFit, share: float = 1.0) -> bool:
    """Whether a match means one utterance, and no formula that others, or the same on other days, use too."""
    if not _is_near(one, other) and (count < _UNMISTAKABLE or share < _SURE_SHARE):
        return False
    if speakers == "different":
        return (
            count >= _UNMISTAKABLE and share >= _SURE_SHARE and one.quote.kind == other.quote.kind == "direct"
        )
    return speakers == "same" or (count >= _SURE_WORDS and share >= _SURE_SHARE)


def _is_near(one: Wording, other: Wording) -> bool:
    first, second = one.quote.published_at, other.quote.published_at
    return not first or not second or abs(first - second) <= _SAME_OCCASION


def _is_reported(one: Wording, other: Wording) -> bool:
    """Whether one of the two is in the outlet's own words, where order and tense may change."""
    return not one.quote.kind == other.quote.kind == "direct"


# --- weaker ways to be the same ---------------------------------------------------------------


def _fragment_share(short: Wording, long: Wording) -> float:
    """Return the share of words in marks in a mixed quote that stand in the other, if that says enough."""
    best = 0.0
    for one, other in ((short, long), (long, short)):
        if one.quote.kind != "mixed":
            continue
        for marked in _MARKED.finditer(one.quote.text):
            part = _wording(one.quote, marked.group(1))
            if len(part.words) >= _FRAGMENT_WORDS and len(part.content) > 1 and _stands_in(part, other):
                best = max(best, len(part.content) / max(1, len(one.content)))
    return best


def _overlap(short: Wording, long: Wording, pairs: Pairs, share: float) -> _Found | None:
    """Return the longest run of words both have, if one quote ends and the other begins with it.

    Two cuts of one speech do; two sentences that merely begin alike do not.
    """
    best, start = pairs[:0], 0
    for number, (before, after) in enumerate(pairwise([*pairs, (-2, -2)]), 1):
        if after != (before[0] + 1, before[1] + 1):
            best = max(best, pairs[start:number], key=len)
            start = number
    count = sum(short.words[first].is_content for first, _ in best)
    if len(best) < _OVERLAP_RUN or count < _OVERLAP_WORDS:
        return None
    (first, second), (last, beyond) = best[0], best[-1]
    is_seam = (first == 0 and beyond == len(long.words) - 1) or (second == 0 and last == len(short.words) - 1)
    return _Found("overlap", share, count) if is_seam else None
