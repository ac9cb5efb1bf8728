"""Read the phrases for people and organizations off the network's answers: "the welder", "a man in a red cap".

A phrase ends with its head: "the governor" of "the governor of Zeeland". Who is meant is not known here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.documents import EntityType, Span, SpeakerType
from app.nlp.coreference.resolving import Place
from app.nlp.data.phrases import INDEFINITE, KIN_GENDER
from app.nlp.tagger.heads import ROLE_TYPES
from app.nlp.tagger.model import Tagged
from app.nlp.tagger.spans import TypedSpan, find_spans

_POSSIBLE = 0.1  # chance from which a phrase may be of a kind; guess of 2026-11-30
_LAST_WORD = re.compile(r"[\w-]+\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A common-noun phrase up to its head, what it may be, and its place among the words."""

    span: Span
    kind: EntityType
    place: Place
    confidence: float


def find_phrases(text: str, tagged: Tagged, names: Sequence[Span]) -> Iterator[Phrase]:
    """Yield the phrases that refer to people, organizations, groups or documents, in text order; none is a name."""
    taken = {offset for span in names for offset in (span.start, span.end - 1)}
    for found in find_spans(tagged.article, tagged.roles):
        span = Span(found.start, found.end)
        if span.end - 1 not in taken:
            yield Phrase(span, _KINDS[found.best], _place(text, found), round(found.chance, 2))


_KINDS: tuple[EntityType, ...] = ("person", "group", "organization", "work")


def speaker_types(phrases: Iterable[Phrase]) -> dict[int, SpeakerType]:
    """Return what kind of speaker each phrase would be, by the place where its head ends."""
    return {phrase.span.end: _SPEAKERS[phrase.kind] for phrase in phrases if phrase.confidence >= _SURE}


_SURE = 0.6  # chance from which a phrase's kind is told; guess of 2026-11-30
_SPEAKERS: dict[EntityType, SpeakerType] = {
    "person": "unnamed_person",
    "group": "group",
    "organization": "organization",
    "work": "document",
}


def _place(text: str, found: TypedSpan) -> Place:
    kinds = {
        kind for kind, chance in zip(ROLE_TYPES, np.exp(found.types), strict=True) if chance >= _POSSIBLE
    }
    last = _LAST_WORD.search(text, found.start, found.end)
    head = last.group().lower() if last else ""
    is_new = text[found.start : found.end].split(maxsplit=1)[0].lower() in INDEFINITE
    return Place(found.last - 1, frozenset(kinds), frozenset((head,)), KIN_GENDER.get(head), is_new=is_new)
