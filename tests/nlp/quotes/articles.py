"""Builders for the quote tests: paragraphs and sentences of a plain text, quotes as strings."""

import re
from dataclasses import dataclass

from app.documents import Mention, Sentence, Span
from app.nlp.quotes import find_quotes

_BREAK = re.compile(r"(?<=[.!?])[\"”’']*\s+(?=[A-Z“‘\"'])")
_ABBREVIATION = re.compile(r"\b(?:Mr|Ms|Dr|Gov|[A-Z])\.$")


@dataclass(frozen=True)
class Found:
    """A quote as its strings."""

    kind: str
    speaker: str | None
    cue: str | None
    content: list[str]


def paragraphs_of(text):
    return [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]


def sentences_of(text):
    """Split as a plain splitter would, mistakes at quotation marks included."""
    out = []
    for paragraph in paragraphs_of(text):
        start = paragraph.start
        for match in _BREAK.finditer(text, paragraph.start, paragraph.end):
            if not _ABBREVIATION.search(text[start : match.start()]):
                out.append(Sentence(Span(start, match.start())))
                start = match.end()
        out.append(Sentence(Span(start, paragraph.end)))
    return out


def quotes_in(text, names=()):
    return find_quotes(text, paragraphs_of(text), sentences_of(text), names)


def found_in(text, names=()):
    def of(span):
        return None if span is None else span.of(text)

    return [
        Found(quote.kind, of(quote.speaker), of(quote.cue), [part.of(text) for part in quote.content])
        for quote in quotes_in(text, names)
    ]


def only_quote_in(text, names=()):
    quotes = found_in(text, names)
    assert len(quotes) == 1, quotes
    return quotes[0]


def mention(text, surface, kind="name", entity_type="person"):
    start = text.index(surface)
    return Mention(Span(start, start + len(surface)), kind, entity_type, 1.0, "test")
