"""Tell which coreference chain a quote's speaker belongs to.

Only the head of the speaker's words counts: "Moss campaign manager Ana Ruiz" is Ruiz, "Moss's
spokeswoman" is nobody with a name. This module must not know how the quotes or the chains were found.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.documents import CoreferenceChain, Mention, Quote, Span
from app.nlp.quotes.vocabulary import WORDS

# How sure a link is by the kind of mention at the head; guess, 2026-11-22, until chains are scored too.
_CONFIDENCE = {"name": 0.95, "pronoun": 0.75, "nominal": 0.75}
_HEAD_ENDS = re.compile(
    r",|;|\s(?:" + "|".join(sorted(WORDS["prepositions"] | {"who", "whose", "which", "that"})) + r")\s"
)
_SPACE = re.compile(r"\s*")
_PAPER = re.compile(
    r"(?:an?|the|one)\s+(?:[\w-]+\s+){0,2}(?:statement|letter|report|note|post|message|e-?mail)\s+(?:from|by)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"[Bb]oth\b|[Aa]ll (?:the|of|three|four)\b|[Tt]he (?:two|three|four|couple|pair)\b")
_POSSESSED = ("'s", "’s")


def link_speakers(
    text: str, quotes: Sequence[Quote], mentions: Sequence[Mention], chains: Sequence[CoreferenceChain]
) -> tuple[Quote, ...]:
    """Return the quotes with `speaker_chain`, its confidence and alternatives; no chain gives None and 0.

    A speaker's head is its first noun phrase up to a preposition or comma; an appositive name counts when the
    phrase before it is no mention: "the club's captain, Ana Ruiz".
    """
    chain_of = {mention: number for number, chain in enumerate(chains) for mention in chain.mentions}
    order = sorted(range(len(mentions)), key=lambda number: mentions[number].span)
    starts = [mentions[number].span.start for number in order]
    linked = []
    for quote in quotes:
        number = None
        if quote.speaker is not None:
            near = order[bisect_left(starts, quote.speaker.start) : bisect_right(starts, quote.speaker.end)]
            number = _head_mention(text, quote.speaker, near, mentions)
        linked.append(_linked(quote, number, mentions, chain_of))
    return tuple(linked)


def _linked(quote: Quote, number: int | None, mentions: Sequence[Mention], chain_of: dict[int, int]) -> Quote:
    if number is None:
        return replace(quote, speaker_chain=None, speaker_confidence=0.0, speaker_alternatives=())
    chain = chain_of.get(number)
    return replace(
        quote,
        speaker_chain=chain,
        speaker_confidence=0.0 if chain is None else _CONFIDENCE[mentions[number].kind],
        speaker_alternatives=mentions[number].alternatives,
    )


def _head_mention(text: str, speaker: Span, near: Sequence[int], mentions: Sequence[Mention]) -> int | None:
    """Return the mention that is the head of the speaker's words, a name before any other."""
    if _PLURAL.match(text, speaker.start, speaker.end):
        return None
    names = [mentions[n].span for n in near if mentions[n].kind == "name"]
    for phrase in _phrases(text, speaker, names):
        if any(_is_joined(text, mentions[n], phrase) for n in near):
            return None
        fitting = [n for n in near if _is_head(text, mentions[n], phrase, speaker)]
        if fitting:
            return min(fitting, key=lambda n: (mentions[n].kind != "name", -mentions[n].span.end))
    return None


def _is_joined(text: str, mention: Mention, phrase: Span) -> bool:
    """Whether a name shares the phrase with another: of "Quill and Moss" neither is the head."""
    return (
        mention.kind == "name" and phrase.covers(mention.span) and text.startswith(" and ", mention.span.end)
    )


def _phrases(text: str, speaker: Span, names: Sequence[Span]) -> Iterator[Span]:
    """Yield the phrase before the first comma or preposition, then the appositive after the first comma.

    Of a paper the one who wrote it: "a letter from | the Polar Institute".
    """
    paper = _PAPER.match(text, speaker.start, speaker.end)
    start = paper.end() if paper else speaker.start
    yield Span(start, _phrase_end(text, start, speaker.end, names))
    comma = text.find(",", start, speaker.end)
    if comma >= 0:
        after = _SPACE.match(text, comma + 1)
        second = after.end() if after else comma + 1
        yield Span(second, _phrase_end(text, second, speaker.end, names))


def _phrase_end(text: str, start: int, end: int, names: Sequence[Span]) -> int:
    """Return where the phrase ends: at a comma or preposition that stands in no name ("Centre for Tides")."""
    for found in _HEAD_ENDS.finditer(text, start, end):
        if not any(name.start <= found.start() and found.end() <= name.end for name in names):
            return found.start()
    return end


def _is_head(text: str, mention: Mention, phrase: Span, speaker: Span) -> bool:
    """Whether a mention ends where the phrase ends, or begins with it and goes on ("the envoy to Peru")."""
    span = mention.span
    if not speaker.covers(span) and span.start != phrase.start:
        return False
    surface = span.of(text)
    if mention.kind == "name" and surface.endswith(_POSSESSED):
        return False
    if span.start == phrase.start and span.end > phrase.end:
        return True
    if span.end != phrase.end:
        return False
    return phrase.start <= span.start and not text.startswith(_POSSESSED, span.end)
