"""The learned reader's findings → quotes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.documents import Quote, Sentence, Span
from app.nlp.quotes.attributions import classify
from app.nlp.quotes.extents import separate
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, kind_of, snap, trim
from app.nlp.quotes.vocabulary import WORDS
from app.nlp.tagger.decode import Attribution
from app.nlp.tagger.heads import METHOD

# Below it a find is as likely as not a slip: PolNeAR dev, attribution F1 65.1 with all, 65.6 with those from 0.1 up.
LEAST_CONFIDENCE = 0.1
_WORD = re.compile(r"\w")
LONGEST_TERM = 3  # words in marks that are a name or term rather than words said; guess, 2026-11-30
_NAMES_ITSELF = re.compile(r"(?:themsel(?:ves|f)|itself|himself|herself)\W+")
_LONGEST_DENIAL = 20  # characters before a cue
_DENIED = re.compile(
    r"(?:\b(?:never|not)|n['’]t)\s+(?:\w+ly\s+|ever\s+)?(?:say|said|says|tell|told)\b", re.IGNORECASE
)
_ADDRESSED = re.compile(r"\W+(?:\w+\s+){0,2}?(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?(?:told|\w+ed)\b")
_HEADING = re.compile(r"(?:What|Why|How|Who|When|Where)\b(?:\W+\w+){1,11}\W?(?<![.!?…:”\"])")
LONGEST_SCARE = 2  # words; dropping them costs 0.2 points of F1 overall and gains 0.5 on mixed quotes


def read_quotes(
    text: str,
    paragraphs: Sequence[Span],
    sentences: Sequence[Sentence],
    said: Sequence[Attribution],
    by_rule: Sequence[Quote],
) -> list[Quote]:
    """Return the direct, mixed and indirect quotes the model finds, in text order, with no chain yet.

    `by_rule` are the quotes the rules found: a find whose only words in marks are a scare quote is left out.
    """
    regions = Regions(quoted_regions(text, paragraphs))
    cue_of = {part.start: quote.cue for quote in by_rule if quote.kind == "direct" for part in quote.content}
    finds = (
        _make_quote(text, attribution, regions)
        for attribution in said
        if attribution.content and attribution.confidence >= LEAST_CONFIDENCE
    )
    quoted = Regions(span for quote in by_rule for span in quote.content)
    told = (_without_scare_quotes(text, quote, regions, quoted) for quote in finds)
    headings = Regions(paragraph for paragraph in paragraphs if _HEADING.fullmatch(paragraph.of(text)))
    return [
        quote
        for find in told
        if find is not None and not _is_denied(text, find) and not headings.within(find.content[0])
        for quote in separate(text, find, regions, sentences, cue_of)
    ]


def _without_scare_quotes(text: str, quote: Quote, regions: Regions, quoted: Regions) -> Quote | None:
    """Return a find as it is, or where its only words in marks are a scare quote's: none, or an indirect one.

    Those the rules do not take for words said, and who names himself so: Kelm has said sorry for its so-called
    ‹“long summer”›; they call ‹themselves “river guards”›. In a belief they are a term: hoped for a ‹“clean slate”›.
    """
    if quote.kind != "mixed":
        return quote
    marked = [region for span in quote.content for region in regions.within(span)]
    longest = max((len(region.of(text).split()) for region in marked), default=0)
    if longest <= LONGEST_SCARE and not any(quoted.within(span) for span in quote.content):
        return None
    if longest > LONGEST_TERM:
        return quote
    if _NAMES_ITSELF.match(text, quote.content[0].start, quote.content[0].end):
        return None
    told = classify(text, quote.cue, "indirect") in ("speech", "writing")
    return quote if told else replace(quote, kind="indirect")


def _is_denied(text: str, quote: Quote) -> bool:
    """Whether the cue says that the words were not said: ‹did not say› when; ‹never told› them."""
    if quote.cue is None:
        return False
    near = _DENIED.finditer(text, max(0, quote.cue.start - _LONGEST_DENIAL), quote.cue.end)
    return any(found.end() > quote.cue.start for found in near)


def _make_quote(text: str, found: Attribution, regions: Regions) -> Quote:
    content = tuple(snap(text, Span(*part), regions) for part in sorted(found.content))
    cue, speaker = _longest(text, found.cue), _longest(text, found.speaker)
    if cue is not None and speaker is not None and _is_addressed(text, speaker, cue):
        speaker = None
    return Quote(
        kind=kind_of(text, content, regions),
        content=content,
        cue=cue,
        speaker=speaker,
        speaker_chain=None,
        confidence=found.confidence,
        speaker_confidence=0.0,
        method=METHOD,
    )


def _is_addressed(text: str, speaker: Span, cue: Span) -> bool:
    """Whether the cue is a passive whose subject is spoken to: ‹Roe› was ‹asked› about; ‹Roe› ‹was told› that."""
    found = _ADDRESSED.match(text, speaker.end, cue.end) if speaker.end <= cue.start else None
    return found is not None and found.group().split()[-1] in WORDS["heard"]


def _longest(text: str, spans: Sequence[tuple[int, int]]) -> Span | None:
    """Return the longest of the parts that hold a word, without the signs around it."""
    telling = [span for span in spans if _WORD.search(text, *span)]
    return trim(text, Span(*max(telling, key=lambda span: span[1] - span[0]))) if telling else None
