"""Decide where the words said begin and end, and which quoted regions are no speech at all.

Works on the words of one sentence around a cue that is already known. It must not know speakers.
"""

import re
from collections.abc import Sequence

from app.documents import QuoteKind, Span
from app.nlp.quotes.cues import Cue
from app.nlp.quotes.vocabulary import WORDS
from app.nlp.quotes.words import Word

_INSIDE = re.compile(r"\w+")
_TERMINAL = frozenset(".!?…")
_ENDS_SPEECH = frozenset(",.!?…—–-")
_BREAKS = frozenset("(;")
_PASSED_OVER = WORDS["adverbs"] | WORDS["auxiliaries"]
_FURTHEST_OPENER = 14  # words between a cue and its "that"; guess, 2026-11-22
_FURTHEST_COMMA = 5  # words between a cue and the comma that opens its clause; guess, 2026-11-22
_LONGEST_TITLE = 8  # words; guess, 2026-11-22
_SHORT_WORD = 3  # letters; "of", "the" are written small in titles


def kind_of(words: Sequence[Word]) -> QuoteKind:
    """Return "direct" when every word of a content stands inside marks, "mixed" when only some do."""
    return "direct" if all(word.region is not None or word.is_sign for word in words) else "mixed"


def inner_span(text: str, word: Word) -> Span:
    """Return what a quoted region holds, without marks and outer white space; of a plain word, its span."""
    if word.region is None:
        return Span(word.start, word.end)
    inner = word.region.inner
    surface = inner.of(text)
    start = inner.start + len(surface) - len(surface.lstrip())
    return Span(start, max(start, inner.start + len(surface.rstrip())))


def stands_alone(text: str, word: Word) -> bool:
    """Whether a region reads as speech by itself: it ends as a sentence does, or with a comma."""
    if word.region is None:
        return False
    start, end = word.region.inner.start, word.region.inner.end
    return not word.region.closed or text[max(start, end - 4) : end].rstrip(" \u00a0'’")[-1:] in _ENDS_SPEECH


def is_fragment(text: str, word: Word) -> bool:
    """Whether a region begins inside a sentence: with a small letter."""
    return word.region is not None and text[word.region.inner.start].islower()


def is_title(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a region is a name or title: each long word has a capital ("on “Morning Hour”")."""
    span = inner_span(text, words[at])
    inside = [match.group() for match in _INSIDE.finditer(text, span.start, min(span.end, span.start + 200))]
    if len(inside) > _LONGEST_TITLE or text[span.end - 1] in _TERMINAL:
        return False
    small = [word for word in inside if not word[0].isupper() and not word[0].isdigit()]
    if any(len(word) > _SHORT_WORD for word in small) or inside[:1] == small[:1]:
        return not inside
    return len(inside) > 1 or (at > 0 and words[at - 1].lower in WORDS["title_hints"])


def clause_start(words: Sequence[Word], cue: Cue, region: int) -> int:
    """Return where the reported clause begins: at "that", else past "Thursday" or "on Friday"."""
    at = cue.last
    for opener in range(at, min(region, at + _FURTHEST_OPENER)):
        if words[opener].lower in WORDS["clause_openers"] and words[opener - 1].lower not in (
            "at",
            "on",
            "in",
        ):
            return opener
    if words[at].text == ",":
        return at + 1
    while at < region and _is_time(words, at):
        at += 1
    return at


def _is_time(words: Sequence[Word], at: int) -> bool:
    if words[at].lower in ("on", "this", "last"):
        return at + 1 < len(words) and words[at + 1].lower in WORDS["times"]
    return words[at].lower in WORDS["times"]


def clause_end(words: Sequence[Word], start: int, cues: Sequence[Cue]) -> int:
    """Return where the clause from words[start] on ends: with the sentence or before another cue's clause.

    "voiced her “firm belief” in peace, | but admitted that …": a comma, a conjunction and a cue end it.
    """
    last = next((at for at in range(start, len(words)) if words[at].text in _BREAKS), len(words))
    for cue in cues:
        if start < cue.first < last and (end := _end_before_cue(words, start, cue.first)) is not None:
            return end
    while last > start and words[last - 1].text in _TERMINAL:
        last -= 1
    return last


def _end_before_cue(words: Sequence[Word], start: int, cue: int) -> int | None:
    """Return the end of a clause before a cue of its own: only a conjunction and a subject stand between."""
    if words[cue - 1].lower in ("and", "but"):
        return cue - 2 if words[cue - 2].text == "," else cue - 1
    for at in range(cue - 1, max(start, cue - _FURTHEST_COMMA), -1):
        if words[at].region is not None:
            bare = at + 1 == cue and words[at].text[-3:].rstrip("\"”'’»")[-1:] == ","  # “at once,” urging
            return at + 1 if bare or words[at + 1].lower in WORDS["conjunctions"] else None
        if words[at].text == ",":
            between = [word.lower for word in words[at + 1 : cue] if word.lower not in _PASSED_OVER]
            opens = len(between) <= 1 or between[0] in WORDS["conjunctions"] | WORDS["resuming"]
            return at if opens else None
    return None
