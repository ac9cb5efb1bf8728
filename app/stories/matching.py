"""Whether two quotes carry the same words of one speaker, however outlets spelled, cut or reported them.

`“We do not recognise the pact”`, `"We don't recognize the pact,"` and `that she did not recognize the pact` do;
a negation more, another number, another weekday or another speaker makes another utterance. Pure, by words alone.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from app.documents import QuoteKind
from app.stories.alignment import align
from app.stories.contradictions import (
    Gap,
    Pairs,
    are_spelled_alike,
    contradict,
    differ_in_numbers,
    frame_differently,
    gaps_between,
    is_moved,
    is_one_word,
    is_replaced,
)
from app.stories.passages import (
    Sentences,
    find_run,
    longest_run,
    marked_passages,
    sentences_of,
    shared_cut,
    shared_sentences,
)
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
_PLAIN_WORDS = 2  # of these that are no names: the name of a law or a place is in every article of its story
_SURE_RUN = 8  # words in a row that two outlets do not hit upon by chance
_UNMISTAKABLE = 6  # content words that nobody says twice by chance: other speakers, other days
_OVERLAP_WORDS = 4  # content words
_FRAGMENT_WORDS = 3
_FRAGMENT_CONTENT = 2
_MARKED_WORDS = 5  # in marks, with no speaker to go by
_SAME_OCCASION = timedelta(days=4)  # guess, 2026-11-22: later, a short line is a formula used again
_LONGEST = 4000  # characters compared of a quote, about 650 words: a paragraph or four
_NAME_PART = re.compile(r"[^\W_]+")


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
    sentences: where they begin and end.
    """

    quote: QuoteText
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    content: tuple[str, ...]
    sentences: Sentences


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
    if found is None or not _is_telling(found, one, other, speakers):
        return None
    return Match(found.manner, found.share, speakers)


def speaker_fit(one: QuoteText, other: QuoteText) -> SpeakerFit:
    """Return whether two quotes name the same speaker: by entity or name, else by the last word of the name.

    Two entities may be one that an article never names in full: `Mark Heller`, `Heller`.
    """
    if one.speaker_id and one.speaker_id == other.speaker_id:
        return "same"
    is_told_apart = one.speaker_id is not None and other.speaker_id is not None
    if not (one.speaker_name and other.speaker_name):
        return "different" if is_told_apart else "unknown"
    names = [_NAME_PART.findall(name.casefold()) for name in (one.speaker_name, other.speaker_name)]
    short, long = sorted(names, key=len)
    is_same = _may_name_one(short, long) if is_told_apart else short[-1:] == long[-1:]
    return "same" if is_same else "different"


def _may_name_one(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether two names are one in short or misspelled: `Heller`, `Mark Heller`; `U. S. Survey`, `US Survey`."""
    if not short or not short[-1]:
        return False
    if long[-len(short) :] == short or "".join(short) == "".join(long):
        return True
    return short[:-1] == long[:-1] != [] and are_spelled_alike(short[-1], long[-1])


def _wording(quote: QuoteText, text: str) -> Wording:
    words = words_of(text[:_LONGEST])
    keys = tuple(word.key for word in words)
    content = tuple(word.key for word in words if word.is_content)
    return Wording(quote, words, keys, content, sentences_of(words))


@dataclass(frozen=True, slots=True)
class _Found:
    """How two quotes match. share: of the shorter one's content; count: content words, names: the capitals of those.

    run: words in a row.
    """

    manner: Manner
    share: float
    count: int
    name_count: int
    run: int


def _compare(short: Wording, long: Wording) -> _Found | None:
    """Return what the shorter one shares with the longer, unless something in it contradicts."""
    pairs = align(short.keys, long.keys)
    gaps = gaps_between(short.words, long.words, pairs)
    is_contradicted = contradict(short.words, long.words, pairs, gaps, reported=_is_reported(short, long))
    if not is_contradicted and (whole := _whole(short, long, pairs, gaps)):
        return whole
    return _fragment(short, long, is_contradicted=is_contradicted) or _overlap(
        short, long, pairs, is_contradicted=is_contradicted
    )


def _whole(short: Wording, long: Wording, pairs: Pairs, gaps: Sequence[Gap]) -> _Found | None:
    """Return the match of the shorter one as a whole with the longer or a part of it."""
    count = sum(short.words[first].is_content for first, _ in pairs) + sum(map(is_one_word, gaps))
    reported = _is_reported(short, long)
    if reported:
        count = max(count, (Counter(short.content) & Counter(long.content)).total())
    share = min(1.0, count / max(1, min(len(short.content), len(long.content))))
    found = _Found("reworded", share, count, _count_names(short.words), longest_run(pairs))
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


def _is_enough(short: Wording, long: Wording, found: _Found) -> bool:
    """Whether so many content words carry a match; fewer do where the shorter one stands in the longer as it is."""
    if found.count >= _LEAST_WORDS:
        return True
    is_telling = found.run >= _SURE_RUN or (
        len(short.words) >= _LEAST_WORDS and find_run(short.keys, long.keys) is not None
    )
    return found.count >= 1 and is_telling


def _is_telling(found: _Found, one: Wording, other: Wording, speakers: SpeakerFit) -> bool:
    """Whether a match means one utterance, and no formula that others, or the same on other days, use too."""
    is_part = found.manner in ("fragment", "overlap")
    is_sure = is_part or found.share >= _SURE_SHARE
    if not _is_near(one.quote, other.quote) and (is_part or not is_sure or found.count < _UNMISTAKABLE):
        return False
    if speakers == "same":
        return True
    if speakers == "different":
        return is_sure and _is_misattributed(found, one, other)
    if found.manner == "fragment":
        return found.count >= _LEAST_WORDS and found.run >= _MARKED_WORDS
    if found.count >= _LEAST_AROUND and found.share >= _LEAST_SHARE["direct"]:
        return True
    is_plain = found.count - found.name_count >= _PLAIN_WORDS
    return is_sure and (found.run >= _SURE_RUN or (found.count >= _SURE_WORDS and is_plain))


def _is_misattributed(found: _Found, one: Wording, other: Wording) -> bool:
    """Whether outlets print one quote as that of two speakers. In a far longer one, it is quoted by that speaker."""
    is_direct = one.quote.kind == other.quote.kind == "direct"
    longest = max(len(one.content), len(other.content))
    return is_direct and found.count >= max(_UNMISTAKABLE, longest / 2)


def _is_near(one: QuoteText, other: QuoteText) -> bool:
    first, second = one.published_at, other.published_at
    return not first or not second or abs(first - second) <= _SAME_OCCASION


def _is_reported(one: Wording, other: Wording) -> bool:
    """Whether one of the two is in the outlet's own words, where order and tense may change."""
    return not one.quote.kind == other.quote.kind == "direct"


def _count_names(words: Sequence[Word]) -> int:
    return sum(word.is_name and word.is_content for word in words)


# --- weaker ways to be the same ---------------------------------------------------------------


def _fragment(short: Wording, long: Wording, *, is_contradicted: bool) -> _Found | None:
    """Return the most telling words in marks in a mixed quote that stand in the other.

    is_contradicted: by the outlet's words around them, so that more are needed.
    """
    least = _FRAGMENT_WORDS + is_contradicted
    found = []
    for one, other in ((short, long), (long, short)):
        if one.quote.kind != "mixed":
            continue
        for passage in marked_passages(one.quote.text[:_LONGEST], one.words, other.words):
            part = one.words[passage[0][0] : passage[-1][0] + 1]
            count = sum(word.is_content for word in part)
            if len(part) < least or count < _FRAGMENT_CONTENT:
                continue
            if not frame_differently(one.words, other.words, passage, reported=True):
                share = count / max(1, len(one.content))
                found.append(_Found("fragment", share, count, _count_names(part), len(part)))
    return max(found, key=lambda each: (each.share, each.count), default=None)


def _overlap(short: Wording, long: Wording, pairs: Pairs, *, is_contradicted: bool) -> _Found | None:
    """Return what two cuts of one speech share: whole sentences, or what one ends and the other begins with.

    is_contradicted: elsewhere, so that only whole sentences are sure to be the same.
    """
    passages = list(shared_sentences(short.words, long.words, short.sentences, long.sentences))
    if not passages and not is_contradicted:
        passages = [shared_cut(short.words, long.words, pairs)]
    reported = _is_reported(short, long)
    part: list[Word] = []
    for passage in passages:
        words = [short.words[first] for first, _ in passage]
        if sum(word.is_content for word in words) >= _OVERLAP_WORDS and not frame_differently(
            short.words, long.words, passage, reported=reported
        ):
            part += words
    if not part or differ_in_numbers(short.words, long.words, pairs):
        return None
    count = sum(word.is_content for word in part)
    share = count / max(1, min(len(short.content), len(long.content)))
    return _Found("overlap", min(1.0, share), count, _count_names(part), len(part))
