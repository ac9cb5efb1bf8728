"""The shapes of search."""

from typing import Literal

from pydantic import BaseModel, Field

from app.api.schemas import Article, Confidence, Entity, NamedRange, Quote
from app.db.search_all import HitKind


class Highlight(BaseModel):
    """Where words of the query stand: a half-open range of code points of a field."""

    field: Literal["headline", "text", "name"] = Field(
        description="text: the article's text, as its own page has it, or the quote's."
    )
    start: int
    end: int


class Hit(BaseModel):
    """Something that matches; the one of article, quote and entity that it is."""

    kind: HitKind
    score: Confidence = Field(description="To compare hits of one answer; not comparable between answers.")
    highlights: list[Highlight] = Field(description="At most 50 of each field.")
    excerpt: NamedRange | None = Field(description="Of an article: its text around the first words found.")
    article: Article | None
    quote: Quote | None
    entity: Entity | None


class Ranked(BaseModel):
    """Among how many matches of a kind the hits were chosen: the newest ones, of entities the most mentioned."""

    kind: HitKind
    among: int
    is_complete: bool = Field(description="Whether these were all matches.")


class KindCount(BaseModel):
    """How many matches are of a kind."""

    value: HitKind
    count: int


class MonthCount(BaseModel):
    """How many matches are of a month: of publication, or of ingestion where that is unknown."""

    value: str = Field(examples=["2026-03"])
    count: int


class PublisherCount(BaseModel):
    """How many matches a publisher printed."""

    id: str
    slug: str
    name: str
    count: int


class SpeakerCount(BaseModel):
    """How many of the quotes that match an entity says."""

    id: str
    name: str
    count: int


class Facets(BaseModel):
    """Exact counts over all matches; publishers and speakers the 20 commonest, months the latest first."""

    kind: list[KindCount]
    publisher: list[PublisherCount]
    speaker: list[SpeakerCount]
    month: list[MonthCount]


class SearchAnswer(BaseModel):
    """The best matches, and on request how many there are of what."""

    items: list[Hit]
    ranked: list[Ranked]
    facets: Facets | None = Field(description="With `include=facets`.")
    facets_missing: str | None = Field(description="Why they were asked for and are not there.")
