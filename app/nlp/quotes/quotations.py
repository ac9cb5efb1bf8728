"""Join what was read in single sentences into quotes across sentences and paragraphs.

A quote goes on after its cue (“…,” he said. “…”), and in a next paragraph that opens with a region without a
cue of its own: PolNeAR counts both as one quote. This module must not know how a sentence is read.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app.documents import Quote, QuoteKind, Sentence, Span
from app.nlp.quotes.contents import inner_span
from app.nlp.quotes.cues import is_denied
from app.nlp.quotes.marks import Region, pair_marks
from app.nlp.quotes.readings import ADDRESS, DASHES, TOLD, Line, Reading, read_line, read_region, read_told
from app.nlp.quotes.vocabulary import WORDS
from app.nlp.quotes.words import split_paragraph

DENIED = "denied"  # method of words that somebody is said not to have said
# Share of each rule's quotes whose content and speaker are right (PolNeAR train, 840 articles, 2026-11-22).
CONFIDENCE = {
    "marks+cue-after": 0.94,
    "marks+cue-before": 0.72,
    "marks+colon": 0.62,
    ADDRESS: 0.62,  # guess: as after a colon
    "marks+signature": 0.8,  # guess, as the next
    DENIED: 0.0,
    TOLD: 0.5,  # guess: too few in the training texts to measure
    "clause+cue-after": 0.80,
    "clause+cue-before": 0.67,
    "clause+cue-between": 0.84,
}

_CLOSING_CUE_WITHIN = 8  # words from a quote to a cue cut off by a sentence break; guess, 2026-11-22


@dataclass(slots=True)
class _Draft:
    """A quote in the making: parts are added as later regions turn out to go on with it."""

    kind: QuoteKind
    parts: list[Span]
    cue: Span | None
    speaker: Span | None
    method: str


@dataclass(slots=True)
class _Walk:
    """What is known while walking down an article."""

    drafts: list[_Draft] = field(default_factory=list)
    here: _Draft | None = None  # the last quote of this paragraph
    before: _Draft | None = None  # the last quote of the paragraph before


def join_quotations(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Sentence], titles: AbstractSet[Span]
) -> list[Quote]:
    """Return the quotes of a text in text order, speakers not yet linked.

    `titles` are spans of names of works: a region that holds one and no more is not read as quoted.
    """
    starts = [sentence.span.start for sentence in sentences]
    walk = _Walk()
    previous: Sequence[Line] = ()
    for paragraph in paragraphs:
        regions = [region for region in pair_marks(text, paragraph) if region.inner not in titles]
        announces = text[max(paragraph.start, paragraph.end - 2) : paragraph.end].rstrip().endswith(":")
        lines = _lines(text, paragraph, regions, starts) if regions or announces else []
        walk.before, walk.here = walk.here, None
        _read_lines(walk, _after_announcement(previous, lines))
        previous = lines if announces else ()
    return sorted((_quote(draft) for draft in walk.drafts), key=lambda quote: quote.content[0])


def _lines(text: str, paragraph: Span, regions: Sequence[Region], starts: Sequence[int]) -> list[Line]:
    lines: list[Line] = []
    for words in split_paragraph(text, paragraph, regions, starts):
        line = read_line(text, words)
        if lines and _is_closing_cue(lines[-1], line):
            lines[-1] = read_line(text, [*lines[-1].words, *words])
        else:
            lines.append(line)
    return lines


def _is_closing_cue(before: Line, line: Line) -> bool:
    """Whether a sentence break has cut a quote from its cue: “Really?” | Smith asked.

    After a full stop the sentence must end with the cue; after a question it may go on, but not to a quote.
    """
    quote = before.words[-1]
    if quote.region is None or not line.cues or line.cues[0].first > _CLOSING_CUE_WITHIN:
        return False
    end = line.cues[0].last
    if line.has_region(0, end):
        return False
    if end == len(line.words) or line.words[end].text == ".":
        return "speech" in line.cues[0].classes
    asks = quote.text[-3:].rstrip("\"”'’» ")[-1:] in ("?", "!")
    plain = line.words[end].text not in ("that", ":") and not line.has_region(end, len(line.words))
    return plain and (asks or line.words[end].text == ",")


def _after_announcement(previous: Sequence[Line], lines: list[Line]) -> list[Line]:
    """Put the sentence that announced a quote in the paragraph before in front of it: She wrote: ¶ “…”."""
    if not previous or not lines or lines[0].words[0].region is None:
        return lines
    announcing = previous[-1]
    if announcing.has_region(0, len(announcing.words)):
        return lines
    return [read_line(announcing.text, [*announcing.words, *lines[0].words]), *lines[1:]]


def _read_lines(walk: _Walk, lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines):
        readings: list[Reading] = []
        for at, word in enumerate(line.words):
            if word.region is None or (readings and at < readings[-1].last):
                continue
            reading = read_region(line, at, readings)
            if reading is not None:
                readings.append(reading)
                walk.here = _draft(line, reading)
                walk.drafts.append(walk.here)
            elif (continued := _continued(walk, line, at, is_first=number == 0)) is not None:
                continued.parts.append(inner_span(line.text, word))
                walk.here = continued
            elif number and (reading := read_told(lines[number - 1], line)) is not None:
                walk.here = _draft(line, reading, lines[number - 1])
                walk.drafts.append(walk.here)


def _continued(walk: _Walk, line: Line, at: int, *, is_first: bool) -> _Draft | None:
    """Return the quote that a region without a cue of its own goes on with, if any.

    That is the paragraph's last quote, or for a region that opens a paragraph alone, the one before's.
    """
    if walk.here is not None:
        begins = at == 0 or line.words[at - 1].is_sign or line.words[at - 1].region is not None
        return walk.here if begins and not _has_clause(line, at) else None
    alone = at == 0 and (len(line.words) == 1 or (line.words[1].is_sign and line.words[1].text not in DASHES))
    return walk.before if is_first and alone else None


def _has_clause(line: Line, at: int) -> bool:
    """Whether a clause follows a region that opens a sentence: it may be somebody else's: “…,” ‹so went the cry›.

    Not: “…,” adding that; “…” and left.
    """
    after = at + 1
    if after < len(line.words) and line.words[after].text == ",":
        after += 1
    if after == len(line.words) or (at > 0 and line.words[at - 1].region is None):
        return False
    word = line.words[after]
    if word.region is not None or word.is_sign or word.lower.endswith("ing"):
        return False
    return word.lower not in WORDS["conjunctions"] | WORDS["prepositions"]


def _draft(line: Line, reading: Reading, told: Line | None = None) -> _Draft:
    """Return the draft of a reading; `told` is the line that names its speaker, where that is another."""
    cue, speaker = (
        None if part is None else (told or line).span(part.first, part.last)
        for part in (reading.cue, reading.speaker)
    )
    denied = reading.cue is not None and is_denied(line.words, reading.cue)
    return _Draft(reading.kind, list(reading.parts), cue, speaker, DENIED if denied else reading.method)


def _quote(draft: _Draft) -> Quote:
    confidence = CONFIDENCE[draft.method]
    return Quote(
        draft.kind, tuple(draft.parts), draft.cue, draft.speaker, None, confidence, 0.0, draft.method
    )
