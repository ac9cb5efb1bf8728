"""A quote as far as its words are compared with others', and its words read once for many comparisons."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.documents import QuoteKind
from app.stories.passages import Sentences, sentences_of
from app.stories.wording import Word, words_of

LONGEST = 4000  # characters compared of a quote, about 650 words: a paragraph or four
_BRACKETED = re.compile(r"\([^()]{1,60}\)|\[[^\[\]]{1,60}\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteText:
    """A quote as far as its words can be compared with others'.

    text: the content as printed, without the marks around a direct quote. speaker_id: the entity, speaker_name its
    name or the words that name the speaker; None when nobody is known.
    """

    id: UUID
    text: str
    kind: QuoteKind = "direct"
    article_id: UUID | None = None
    publisher: str | None = None
    speaker_id: UUID | None = None
    speaker_name: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A quote with its words read: made once, compared often.

    keys: of all its words, in order. content: of those that are neither small words nor negators. sentences: where
    they begin and end.
    """

    quote: QuoteText
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    content: tuple[str, ...]
    sentences: Sentences


def word(quote: QuoteText) -> Wording:
    """Return a quote with its words read; what an outlet put in brackets is not said: `her (the mayor’s) house`."""
    text = quote.text[:LONGEST]
    words = words_of(_BRACKETED.sub(_blank, text)) or words_of(text)
    keys = tuple(word.key for word in words)
    content = tuple(word.key for word in words if word.is_content)
    return Wording(quote, words, keys, content, sentences_of(words))


def _blank(bracketed: re.Match[str]) -> str:
    return " " * len(bracketed.group())


def is_reported(one: Wording, other: Wording) -> bool:
    """Whether one of the two is in the outlet's own words, where order and tense may change."""
    return not one.quote.kind == other.quote.kind == "direct"
