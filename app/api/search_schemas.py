"""The shapes of search."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.schemas import Article, Confidence, Entity, NamedRange, Quote
from app.api.story_schemas import Story
from app.db.search_all import HitKind


class Highlight(BaseModel):
    """Where words of the query stand: a half-open range of code points of a field."""

    field: Literal["headline", "text", "name"] = Field(
        description="text: of the article, as its own page has it, or of the quote; "
        "of a story, that of its article `article_id`."
    )
    start: int
    end: int


class Hit(BaseModel):
    """Something that matches; the one of article, quote, entity and story that it is."""

    kind: HitKind
    score: Confidence = Field(description="To compare hits of one answer; not comparable between answers.")
    highlights: list[Highlight] = Field(description="At most 50 of each field.")
    excerpt: NamedRange | None = Field(
        description="Of an article: its text around the first words found; of a story, that of `article_id`."
    )
    article: Article | None
    quote: Quote | None
    entity: Entity | None
    story: Story | None
    article_id: UUID | None = Field(description="Of a story: its article that matches best.")


class Ranked(BaseModel):
    """Among how many matches of a kind the hits were chosen: the newest ones, of entities the most mentioned.

    Stories are those of the newest articles that match.
    """

    kind: HitKind
    among: int
    is_complete: bool = Field(description="Whether these were all matches.")


class KindCount(BaseModel):
    """How many matches are of a kind."""

    value: HitKind
    count: int


class MonthCount(BaseModel):
    """How many matches are of a month: of publication, or of ingestion where that is unknown.

    A story is of the month of its newest article that matches.
    """

    value: str = Field(examples=["2026-03"])
    count: int


class PublisherCount(BaseModel):
    """How many matches a publisher printed; of stories, those with an article of it that matches."""

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
