"""The learned reader's findings → quotes."""

from collections.abc import Sequence

from app.documents import Quote, Span
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, kind_of, snap, trim
from app.nlp.tagger.decode import Attribution
from app.nlp.tagger.model import METHOD, QuoteTagger

# Below it a find is as likely as not a slip: PolNeAR dev, attribution F1 65.1 with all, 65.6 with those from 0.1 up.
LEAST_CONFIDENCE = 0.1
# Characters, some 30,000 words: past them the rules read alone. A million quotation marks took the model 79 s.
LONGEST_TEXT = 200_000
LONGEST_SCARE = 2  # words; dropping them costs 0.2 points of F1 overall and gains 0.5 on mixed quotes


def read_quotes(
    text: str, paragraphs: Sequence[Span], tagger: QuoteTagger, by_rule: Sequence[Quote]
) -> list[Quote]:
    """Return the direct, mixed and indirect quotes the model finds, in text order, with no chain yet.

    `by_rule` are the quotes the rules found: a find whose only words in marks are a scare quote is left out.
    """
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.end <= LONGEST_TEXT]
    if not paragraphs:
        return []
    found = quoted_regions(text, paragraphs)
    regions = Regions(found)
    attributions = tagger.find(
        text[: paragraphs[-1].end],
        [(paragraph.start, paragraph.end) for paragraph in paragraphs],
        [(region.start, region.end) for region in found],
    )
    quotes = [
        _make_quote(text, attribution, regions)
        for attribution in attributions
        if attribution.content and attribution.confidence >= LEAST_CONFIDENCE
    ]
    quoted = Regions(span for quote in by_rule for span in quote.content)
    return [quote for quote in quotes if not _is_scare_quote(text, quote, regions, quoted)]


def _is_scare_quote(text: str, quote: Quote, regions: Regions, quoted: Regions) -> bool:
    """Whether a mixed quote has no words in marks but a scare quote's, which the rules do not take for words said.

    Example: Kelm has said sorry for its so-called ‹“long summer”›.
    """
    if quote.kind != "mixed":
        return False
    marked = [region for span in quote.content for region in regions.within(span)]
    longest = max((len(region.of(text).split()) for region in marked), default=0)
    return longest <= LONGEST_SCARE and not any(quoted.within(span) for span in quote.content)


def _make_quote(text: str, found: Attribution, regions: Regions) -> Quote:
    content = tuple(snap(text, Span(*part), regions) for part in sorted(found.content))
    return Quote(
        kind=kind_of(text, content, regions),
        content=content,
        cue=_longest(text, found.cue),
        speaker=_longest(text, found.speaker),
        speaker_chain=None,
        confidence=round(found.confidence, 3),
        speaker_confidence=0.0,
        method=METHOD,
    )


def _longest(text: str, spans: Sequence[tuple[int, int]]) -> Span | None:
    return trim(text, Span(*max(spans, key=lambda span: span[1] - span[0]))) if spans else None
