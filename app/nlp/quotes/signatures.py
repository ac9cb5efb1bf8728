"""Reads words that are signed: a paragraph, then a dash and who says so.

Example: ‹We lost the boat but not the crew. ¶ — Ada Kelm, harbour master›. Letters, embedded posts and block quotes
are printed so, mostly without marks. An agency or author signs an article so too, hence what is signed must look like
somebody's own words. Must not know how other quotes are found.
"""

import re
from collections.abc import Sequence

from app.documents import Quote, Span
from app.nlp.quotes.marks import quoted_regions
from app.nlp.quotes.merging import Regions, kind_of

METHOD = "signature"
CONFIDENCE = 0.8  # guess of 2026-11-30: too few in the training texts to measure

_SIGNATURE = re.compile(
    r"(?:—|–|―|--|-)\s?(?P<name>(?:@\w+|[^\W\d_][\w.'’-]*)(?:\s(?:[^\W\d_][\w.'’-]*)){0,5})"
    r"(?P<handle>\s?\(@\w+\))?(?P<rest>(?:,\s?|\s)[^\n]{0,80})?"
)
_OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_POSTED = re.compile(r"\bpic\.twitter\.com/|\bhttps?://t\.co/|#\w")
_LINKS = re.compile(r"(?:\s*(?:pic\.twitter\.com/\S+|https?://\S+))+\s*$")
_BLOCK = re.compile(r"\s*>\s?")
_SMALL = frozenset(("de", "da", "der", "den", "van", "von", "bin", "al", "of", "the", "and", "la", "el"))
_EDGE = ' \t\n\u00a0"“”„«»'


def read_signed(text: str, paragraphs: Sequence[Span]) -> list[Quote]:
    """Return a quote for each signed paragraph, in text order, without a cue; its speaker is who signs.

    Signed words stand in marks or a block quote (">"), are a post, or speak of "I" or "we".
    """
    regions = Regions(quoted_regions(text, paragraphs))
    quotes = []
    for number, paragraph in enumerate(paragraphs):
        found = _SIGNATURE.fullmatch(text, paragraph.start, paragraph.end)
        if found is None or number == 0 or not _names(found["name"]):
            continue
        content = _signed(text, paragraphs, number, posted=found["handle"] is not None, regions=regions)
        if content:
            speaker = Span(*found.span("name"))
            kind = kind_of(text, content, regions)
            quotes.append(Quote(kind, content, None, speaker, None, CONFIDENCE, 0.0, METHOD))
    return quotes


def _names(words: str) -> bool:
    """Whether every word has a capital, small ones within names aside."""
    return all(word in _SMALL or word[0].isupper() or word[0] == "@" for word in words.split())


def _signed(
    text: str, paragraphs: Sequence[Span], number: int, *, posted: bool, regions: Regions
) -> tuple[Span, ...]:
    """Return the words above a signature: the block quote's paragraphs, or the paragraph that is somebody's own."""
    first = number
    while first > 0 and _BLOCK.match(text, *_bounds(paragraphs[first - 1])):
        first -= 1
    if first < number:
        return tuple(_trimmed(text, paragraph) for paragraph in paragraphs[first:number])
    above = paragraphs[number - 1]
    words = above.of(text)
    marked = kind_of(text, [above], regions) == "direct"
    if not (posted or marked or _POSTED.search(words) or _OWN.search(words)):
        return ()
    if not marked and regions.within(above):
        return ()
    return (_trimmed(text, above),)


def _trimmed(text: str, span: Span) -> Span:
    """Drop marks, white space, the sign of a block quote and links from the ends."""
    opening = _BLOCK.match(text, span.start, span.end)
    start = opening.end() if opening else span.start
    links = _LINKS.search(text, start, span.end)
    surface = text[start : links.start() if links else span.end]
    first = start + len(surface) - len(surface.lstrip(_EDGE))
    return Span(first, max(first + 1, start + len(surface.rstrip(_EDGE))))


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
