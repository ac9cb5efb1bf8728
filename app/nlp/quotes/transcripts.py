"""Reads printed conversations: paragraphs that open with who speaks and a colon.

Example: ‹MODERATOR: Why now? ¶ ADA KELM: Because we promised it.› Interviews and transcripts are printed so, with or
without quotation marks, so neither cues nor marks tell who speaks. Must not know how other quotes are found.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
# [00:12:03] ADA KELM, MAYOR OF BERN (voice-over): …; **Kelm:** …
_LABEL = re.compile(
    r"(?:[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?[\s–—-]*)?[\"“”'‘«*]{0,2}(?P<label>[^\W\d_][\w.'’ -]{0,40})"
    r"(?:,[^:()\n]{1,60})?(?:\s?[(\[][^:()\n]{1,40}[)\]])?\*{0,2}:\*{0,2}(?=\s)"
)
_TITLES = (frozenset(title.lower() for title in WORDS["titles"]) | {"the"}) - {"jr", "sr"}
_WORD = re.compile(r"\w+")
_MARKS = "\"“”„«»*'‘’ \t\n"


@dataclass(frozen=True, slots=True)
class _Opening:
    paragraph: int  # its number
    label: Span
    end: int  # where the words begin


def read_turns(text: str, paragraphs: Sequence[Span], names: Sequence[Mention]) -> list[Quote]:
    """Return a quote for each turn, in text order, without a cue; none unless the text is a conversation.

    That takes three turns and two speakers of whom one speaks twice. Each is named in the text, called by a part in
    the conversation ("Q", "MODERATOR"), or one of those the named ones take turns with ("Herald", "THE COURT").
    """
    opened = list(_labelled(text, paragraphs, _known_words(text, names)))
    speakers = Counter(_key(turn.label.of(text))[-1] for turn in opened)  # ADA KELM, and Kelm after it
    if len(opened) < _FEWEST_TURNS or len(speakers) == 1 or max(speakers.values()) == 1:
        return []
    contents = [_content(text, paragraphs, opened, at) for at in range(len(opened))]
    lengths = sorted(sum(len(part.of(text).split()) for part in content) for content in contents)
    if lengths[len(lengths) // 2] < _FEWEST_WORDS:
        return []
    regions = Regions(quoted_regions(text, paragraphs))
    return [
        Quote(kind_of(text, content, regions), content, None, turn.label, None, CONFIDENCE, 0.0, METHOD)
        for turn, content in zip(opened, contents, strict=True)
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


def _labelled(text: str, paragraphs: Sequence[Span], known: frozenset[str]) -> Iterator[_Opening]:
    """Yield the paragraphs that open with a speaker: one that is known, or that takes turns with one."""
    matches = (
        (number, _LABEL.match(text, *_bounds(paragraph))) for number, paragraph in enumerate(paragraphs)
    )
    opened = [
        _Opening(
            number,
            Span(match.start("label"), match.start("label") + len(match["label"].rstrip())),
            match.end(),
        )
        for number, match in matches
        if match is not None and _key(match["label"])
    ]
    keys = [_key(opening.label.of(text)) for opening in opened]
    times = Counter(keys)
    named = [all(word in known for word in key) for key in keys]
    talking = {key for key, is_named in zip(keys, named, strict=True) if is_named}
    for at, opening in enumerate(opened):
        words = _WORD.findall(opening.label.of(text))
        called = times[keys[at]] > 1 or words[0].lower() in _TITLES
        if called and not any(word.islower() for word in words) and any(named[max(0, at - 1) : at + 2]):
            talking.add(keys[at])
    yield from (opening for opening, key in zip(opened, keys, strict=True) if key in talking)


def _content(text: str, paragraphs: Sequence[Span], opened: Sequence[_Opening], at: int) -> tuple[Span, ...]:
    """Return what is said after a label: up to the next label if that is near, else to the paragraph's end."""
    number = opened[at].paragraph
    last = number + 1
    if at + 1 < len(opened) and opened[at + 1].paragraph - number <= _LONGEST_ANSWER:
        last = opened[at + 1].paragraph
    spans = [Span(opened[at].end, paragraphs[number].end), *paragraphs[number + 1 : last]]
    parts = (_trimmed(text, span) for span in spans)
    return tuple(part for part in parts if part.start < part.end and text[part.start] != "(")


def _trimmed(text: str, span: Span) -> Span:
    """Drop white space from both ends, and marks where they open the words."""
    surface = span.of(text)
    drop = _MARKS if surface.lstrip()[:1] in _MARKS else None
    start = span.start + len(surface) - len(surface.lstrip(drop))
    return Span(start, max(start, span.start + len(surface.rstrip(drop))))


def _key(label: str) -> tuple[str, ...]:
    """Return the words of a label or name, its titles aside: ‹MR. KELM› is Kelm."""
    words = _WORD.findall(label.casefold())
    return tuple(word for word in words if word not in _TITLES)


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
