"""Read a text with the language model: the first proposals of names, as the model labels them.

Cuts the text into windows the model can take in linear time; judges nothing.
"""

import re
from collections.abc import Iterator, Sequence

from app.documents import EntityType, Span
from app.nlp.mentions.found import MODEL_CONFIDENCE, Found
from app.nlp.models import Models

_TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "PRODUCT": "product",
    "NORP": "group",
}
# The model reads this much of a text: longer than any news article, some 2 s. Guess of 2026-11-22.
_READ_LIMIT = 100_000
_WINDOW = 4_000  # characters handed to the model at once when a paragraph is longer
_JUNK = re.compile(r"\S{100,}")  # no word is as long; the model's tokenizer is quadratic in them
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")  # inside a paragraph it is but a space to the model


def propose_names(text: str, paragraphs: Sequence[Span], models: Models) -> Iterator[Found]:
    """Yield what the model takes for names, in text order."""
    windows = list(_windows(text, paragraphs))
    documents = models.names.pipe(_LINE_BREAK.sub(" ", _JUNK.sub(_blank, w.of(text))) for w in windows)
    for window, document in zip(windows, documents, strict=True):
        for entity in document.ents:
            if entity.label_ in _TYPES:
                kind = _TYPES[entity.label_]
                span = Span(window.start + entity.start_char, window.start + entity.end_char)
                yield Found(span, kind, "model", MODEL_CONFIDENCE[kind], entity.label_)


def _blank(junk: re.Match[str]) -> str:
    return " " * len(junk.group())


def _windows(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Yield stretches to read: paragraphs packed together, long ones cut; none without a capital."""
    start = end = 0
    for piece in (piece for paragraph in paragraphs for piece in _pieces(text, paragraph)):
        if piece.end - start > _WINDOW:
            yield from _worth_reading(text, Span(start, end))
            start = piece.start
        end = piece.end
    yield from _worth_reading(text, Span(start, end))


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    start, limit = paragraph.start, min(paragraph.end, _READ_LIMIT)
    while start < limit:
        end = min(start + _WINDOW, limit)
        if end < limit:
            cut = text.rfind(" ", start + 1, end)
            end = cut if cut > start else end
        yield Span(start, end)
        start = end


def _worth_reading(text: str, window: Span) -> Iterator[Span]:
    if any(map(str.isupper, window.of(text))):
        yield window
