"""Quotes: who said what, by a learned reader and by rules over quotation marks and cues.

Two steps, so that names and coreference can run in between: `find_quotes` tells content, cue and speaker as
printed, `link_speakers` tells which chain the speaker belongs to, and `type_speakers` what kind of speaker it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.documents import CoreferenceChain, Mention, Quote, Sentence, Span, SpeakerType
from app.nlp.quotes.attributions import classify
from app.nlp.quotes.links import link_speakers
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, merge
from app.nlp.quotes.quotations import DENIED, join_quotations
from app.nlp.quotes.readings import TOLD
from app.nlp.quotes.signatures import read_signed
from app.nlp.quotes.speaker_types import tell_speaker_type
from app.nlp.quotes.transcripts import link_turns, read_turns, with_turns

if TYPE_CHECKING:
    from app.nlp.tagger.decode import Attribution

__all__ = ["find_quotes", "link_speakers", "link_turns", "quoted_regions", "type_speakers"]


def find_quotes(
    text: str,
    paragraphs: Sequence[Span],
    sentences: Sequence[Sentence],
    names: Sequence[Mention],
    said: "Sequence[Attribution] | None" = None,
) -> tuple[Quote, ...]:
    """Return the quotes of a text, in text order, with no chain yet.

    `said` is what the network found; without it, direct and mixed ones only. `names` only sharpen: a region that
    is the name of a work is no quote, a speaker that cuts through a name is widened to it.
    """
    titles = frozenset(name.span for name in names if name.entity_type == "work")
    quotes = tuple(join_quotations(text, paragraphs, sentences, titles))
    if said is not None:
        from app.nlp.quotes.learned import read_quotes  # noqa: PLC0415 - brings numpy, for readers only

        direct = [quote for quote in quotes if quote.kind == "direct" or quote.method == DENIED]
        learned = read_quotes(text, paragraphs, sentences, said, quotes)
        quotes = merge(text, learned, _unless_told(text, direct, learned))
    quotes = tuple(quote for quote in quotes if quote.method != DENIED)
    quotes = with_turns(quotes, read_signed(text, paragraphs))
    quotes = with_turns(quotes, read_turns(text, paragraphs, names))
    classified = [replace(quote, attribution=classify(text, quote.cue, quote.kind)) for quote in quotes]
    return tuple(_with_whole_names(classified, names))


def _unless_told(text: str, by_rule: Sequence[Quote], learned: Sequence[Quote]) -> list[Quote]:
    """Leave out quotes that go by the sentence before where the reader found a word of saying: not Roe ‹nodded›."""
    said = Regions(
        span
        for quote in learned
        if quote.speaker and quote.cue and classify(text, quote.cue, "indirect") in ("speech", "writing")
        for span in quote.content
    )
    return [
        quote
        for quote in by_rule
        if quote.method != TOLD or not any(said.within(span) for span in quote.content)
    ]


def type_speakers(
    text: str,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    chains: Sequence[CoreferenceChain],
    phrases: Mapping[int, SpeakerType],
) -> tuple[Quote, ...]:
    """Return the quotes with the type of each speaker, once it is known which chains they belong to."""
    return tuple(
        replace(quote, speaker_type=tell_speaker_type(text, quote, mentions, chains, phrases))
        for quote in quotes
    )


def _with_whole_names(quotes: Sequence[Quote], names: Sequence[Mention]) -> list[Quote]:
    """Widen each speaker to the names it cuts through."""
    covering = {offset: name.span for name in names for offset in range(name.span.start, name.span.end)}
    widened = []
    for quote in quotes:
        speaker = quote.speaker
        if speaker is not None:
            first, last = (covering.get(offset, speaker) for offset in (speaker.start, speaker.end - 1))
            speaker = Span(min(speaker.start, first.start), max(speaker.end, last.end))
        widened.append(replace(quote, speaker=speaker))
    return widened
