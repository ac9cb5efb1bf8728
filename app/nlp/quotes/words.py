"""A paragraph as the rules see it: sentences of words, where each quoted region is a single word.

Exists so that a rule reads `Q , he said . Q` and is never misled by what stands inside the marks. It must not
know what a cue or a speaker is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents import Span
from app.nlp.quotes.marks import Region
from app.nlp.quotes.vocabulary import WORDS

_TITLES = "|".join(sorted(WORDS["titles"]))
# Marks of emphasis (*so*, _so_) are left out; a figure keeps its inch mark (6'7").
_LETTERS = r"[^\W_]+"
_WORD = re.compile(
    rf"(?:{_TITLES})\.|(?:\b[A-Z]\.)+|[’']s\b|@\w+|{_LETTERS}(?:[.&’'-]{_LETTERS})*(?<![’']s)(?:(?<=\d)\")?"
    rf"|{_LETTERS}|[^\w\s*]"
)
_BULLET = re.compile(
    r"\s*(?:[-–—•·▪◦‣]|\d{1,2}[.)])\s+"
)  # at the start of a line; an asterisk is left out anyway
_PARTICLE = re.compile(r"[^\W\d_]{1,3}[’'-](?=\w)")  # al-Jassim, d'Arcy
_LINE = re.compile(r"[^\n]+")
_TERMINAL = frozenset(".!?…")
_DASHES = frozenset("—–-")
_LONGEST_ASIDE = 6  # words between brackets that are passed over: "(R-Ohio)"; guess, 2026-11-22
_LONGEST_DATELINE = 12  # words; guess, 2026-11-22
_SHORTEST_DATELINE = 3  # letters of its first word: "US - a list" is none
_LONGEST_SENTENCE = 120  # words; bounds the work on a text without any full stop


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a punctuation sign, or a whole quoted region with its marks."""

    start: int
    end: int
    text: str
    lower: str  # with straight apostrophes; empty for a region
    region: Region | None = None

    @property
    def is_name_like(self) -> bool:
        """Whether it begins with a capital, past a particle (al-Jassim), or is a handle. A region does not."""
        if self.region is not None:
            return False
        particle = _PARTICLE.match(self.text)
        return (
            self.text[0].isupper()
            or self.text[0] == "@"
            or bool(particle and self.text[particle.end()].isupper())
        )

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation other than an apostrophe."""
        return self.region is None and not (self.text[0].isalnum() or self.text[0] in "'’@")


def split_paragraph(
    text: str, paragraph: Span, regions: Sequence[Region], starts: Sequence[int]
) -> list[list[Word]]:
    """Return the sentences of a paragraph, none empty.

    `starts` are the offsets where the sentence splitter begins a sentence; those inside a region count not.
    A dateline and short brackets are left out: no rule needs them and both stand in the way.
    """
    out: list[list[Word]] = []
    for word in _without_asides(_without_dateline(list(_words(text, paragraph, regions)))):
        if not out or len(out[-1]) >= _LONGEST_SENTENCE or _begins_sentence(word, out[-1][-1], starts):
            out.append([])
        out[-1].append(word)
    return out


def _without_dateline(words: list[Word]) -> list[Word]:
    """Drop "PARIS, May 4 (Reuters) -" from the front."""
    if not words or not words[0].text.isupper() or len(words[0].text) < _SHORTEST_DATELINE:
        return words
    for at, word in enumerate(words[:_LONGEST_DATELINE]):
        if word.region is not None:
            break
        if word.text in _DASHES:
            return words[at + 1 :]
    return words


def _without_asides(words: Sequence[Word]) -> Iterator[Word]:
    """Pass over short brackets, which stand between a speaker and a cue: Ann Lee (R-Ohio) said."""
    at = 0
    while at < len(words):
        at = _past_aside(words, at)
        if at < len(words):
            yield words[at]
        at += 1


def _past_aside(words: Sequence[Word], at: int) -> int:
    if words[at].text != "(":
        return at
    near = words[at + 1 : at + 2 + _LONGEST_ASIDE]
    closing = next((n for n, word in enumerate(near) if word.region is not None or word.text in "()"), None)
    return at if closing is None or near[closing].text != ")" else at + closing + 2


def _words(text: str, paragraph: Span, regions: Sequence[Region]) -> Iterator[Word]:
    at = paragraph.start
    for region in regions:
        yield from _plain_words(text, at, region.outer.start)
        yield Word(region.outer.start, region.outer.end, region.outer.of(text), "", region)
        at = region.outer.end
    yield from _plain_words(text, at, paragraph.end)


def _plain_words(text: str, start: int, end: int) -> Iterator[Word]:
    for line in _LINE.finditer(text, start, end):
        begins_line = line.start() == 0 or text[line.start() - 1] == "\n"
        bullet = _BULLET.match(text, *line.span()) if begins_line else None
        yield from _words_of_line(text, bullet.end() if bullet else line.start(), line.end())


def _words_of_line(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        surface = match.group()
        yield Word(match.start(), match.end(), surface, surface.lower().replace("’", "'"))


def _begins_sentence(word: Word, before: Word, starts: Sequence[int]) -> bool:
    """Judge the boundary at `word`: the splitter's, corrected at the edges of quoted regions."""
    if before.region is not None:
        ends = before.text[-8:].rstrip("'’\"”»` \u00a0*")[-1:] in _TERMINAL
        return ends and (word.region is not None or word.is_name_like)
    if before.text.removesuffix(".") in WORDS["titles"]:
        return False
    if word.region is not None and before.text in _TERMINAL:
        return True
    at = bisect_left(starts, before.end)
    return at < len(starts) and starts[at] <= word.start
