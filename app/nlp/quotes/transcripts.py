"""Reads printed conversations: paragraphs that open with who speaks and a colon.

Example: ‹MODERATOR: Why now? ¶ ADA KELM: Because we promised it.› Interviews and transcripts are printed so, with or
without quotation marks, so neither cues nor marks tell who speaks. Must not know how other quotes are found.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.documents import CoreferenceChain, Mention, Quote, Span
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, kind_of
from app.nlp.quotes.vocabulary import WORDS

METHOD = "turn"
CONFIDENCE = 0.9  # guess of 2026-11-22: nine articles in 924 of PolNeAR have turns, too few to measure

_TALKING = ("person", "organization")
_FEWEST_TURNS = 3
_FEWEST_WORDS = 4  # in the middle turn: "Kelm: 1,204" is a result
_LONGEST_ANSWER = 6  # paragraphs of one turn
_LABEL = re.compile(r"[\"“”'‘«*]{0,2}(?P<label>[^\W\d_][\w.'’ -]{0,40}):(?=\s)")
_WORD = re.compile(r"\w+")
_MARKS = "\"“”„«»*'‘’ \t\n"


def read_turns(text: str, paragraphs: Sequence[Span], names: Sequence[Mention]) -> list[Quote]:
    """Return a quote for each turn, in text order, without a cue; none unless the text is a conversation.

    That takes three turns and two speakers of whom one speaks twice, each named in the text or called by a part in
    the conversation ("Q", "MODERATOR").
    """
    opened = list(_labelled(text, paragraphs, _known_words(text, names)))
    speakers = Counter(_key(label.of(text)) for _, label in opened)
    if len(opened) < _FEWEST_TURNS or len(speakers) == 1 or max(speakers.values()) == 1:
        return []
    contents = [_content(text, paragraphs, opened, at) for at in range(len(opened))]
    lengths = sorted(sum(len(part.of(text).split()) for part in content) for content in contents)
    if lengths[len(lengths) // 2] < _FEWEST_WORDS:
        return []
    regions = Regions(quoted_regions(text, paragraphs))
    return [
        Quote(kind_of(text, content, regions), content, None, label, None, CONFIDENCE, 0.0, METHOD)
        for (_, label), content in zip(opened, contents, strict=True)
        if content
    ]


def with_turns(quotes: Sequence[Quote], turns: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the turns and the quotes that share no word with one, in text order."""
    taken = Regions(part for turn in turns for part in (turn.speaker, *turn.content) if part)
    free = [quote for quote in quotes if not any(taken.within(part) for part in quote.content)]
    return tuple(sorted([*free, *turns], key=lambda quote: quote.content[0]))


def link_turns(text: str, quotes: Sequence[Quote], chains: Sequence[CoreferenceChain]) -> tuple[Quote, ...]:
    """Return the quotes, each turn with the one chain its label names: ‹KELM› or ‹AK› is Ada Kelm."""
    named: dict[tuple[str, ...], set[int]] = {}
    for number, chain in enumerate(chains):
        for key in _labels_of(chain.name) if chain.entity_type in _TALKING else ():
            named.setdefault(key, set()).add(number)
    return tuple(_linked(text, quote, named) if quote.method == METHOD else quote for quote in quotes)


def _linked(text: str, turn: Quote, named: Mapping[tuple[str, ...], set[int]]) -> Quote:
    found = named.get(_key(turn.speaker.of(text)), set()) if turn.speaker else set()
    if len(found) != 1:
        return turn
    return replace(turn, speaker_chain=min(found), speaker_confidence=CONFIDENCE)


def _labels_of(name: str) -> set[tuple[str, ...]]:
    """Return what may stand for a name before its turns: all of it, its first or last word, its initials."""
    words = _key(name)
    return {words, words[:1], words[-1:], ("".join(word[0] for word in words),)} if words else set()


def _known_words(text: str, names: Sequence[Mention]) -> frozenset[str]:
    """Return the words and initials of people's and organisations' names, and the parts in a conversation."""
    people = (name.span.of(text) for name in names if name.entity_type in _TALKING)
    return (
        frozenset(word for name in people for key in _labels_of(name) for word in (*key, *_key(name)))
        | WORDS["speaker_labels"]
    )


def _labelled(text: str, paragraphs: Sequence[Span], known: frozenset[str]) -> Iterator[tuple[int, Span]]:
    """Yield (number of the paragraph, its label) for paragraphs that open with a speaker."""
    for number, paragraph in enumerate(paragraphs):
        found = _LABEL.match(text, *_bounds(paragraph))
        if found and _key(found["label"]) and all(word in known for word in _key(found["label"])):
            yield number, Span(*found.span("label"))


def _content(
    text: str, paragraphs: Sequence[Span], opened: Sequence[tuple[int, Span]], at: int
) -> tuple[Span, ...]:
    """Return what is said after a label: up to the next label if that is near, else to the paragraph's end."""
    number, label = opened[at]
    last = number + 1
    if at + 1 < len(opened) and opened[at + 1][0] - number <= _LONGEST_ANSWER:
        last = opened[at + 1][0]
    spans = [Span(label.end + 1, paragraphs[number].end), *paragraphs[number + 1 : last]]
    parts = (_trimmed(text, span) for span in spans)
    return tuple(part for part in parts if part.start < part.end and text[part.start] != "(")


def _trimmed(text: str, span: Span) -> Span:
    """Drop white space and marks from both ends."""
    surface = span.of(text)
    start = span.start + len(surface) - len(surface.lstrip(_MARKS))
    return Span(start, max(start, span.start + len(surface.rstrip(_MARKS))))


def _key(label: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(label.casefold()))


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
