"""The shapes of stories, utterances and comparisons."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.schemas import Confidence, NamedRange, Provenance, PublisherRef, Range
from app.documents import DatePrecision, DateZone, QuoteKind

Manner = Literal["exact", "cut", "reworded", "fragment", "overlap"]


class StoryCounts(BaseModel):
    """How much there is of a story."""

    articles: int
    publishers: int
    quotes: int


class HeadlineChoice(BaseModel):
    """Where a story's headline is from, and why that one."""

    article_id: UUID | None
    reason: str


class Story(BaseModel):
    """The articles about one event."""

    id: UUID
    headline: str | None = Field(description="Of one of its articles.")
    headline_choice: HeadlineChoice
    first_published_at: datetime | None = Field(description="Of its articles with a date.")
    first_published_precision: DatePrecision | None = Field(description="As that article states it.")
    first_published_zone: DateZone | None
    first_published_offset_minutes: int | None
    last_published_at: datetime | None
    last_published_precision: DatePrecision | None
    last_published_zone: DateZone | None
    last_published_offset_minutes: int | None
    counts: StoryCounts
    publishers: list[PublisherRef]


class TimelineArticle(BaseModel):
    """An article of a story, in brief."""

    article_id: UUID
    publisher: PublisherRef | None
    headline: str | None
    opening: str | None = Field(description="The text's first words, where there is no headline.")
    published_at: datetime | None
    published_precision: DatePrecision | None
    published_zone: DateZone | None
    published_offset_minutes: int | None


class StoryDetail(Story):
    """A story with its articles in brief: the earliest 200, by publication, or by arrival where that is unknown."""

    timeline: list[TimelineArticle]


class SpeakerRef(BaseModel):
    """Who speaks: an entity, or a name that could not be tied to one."""

    entity_id: UUID | None
    name: str | None


class SpeakerClaim(SpeakerRef):
    """Whom some quotes name as the speaker."""

    quote_ids: list[UUID]


class Change(BaseModel):
    """A step from the fullest wording to a variant's, by words."""

    op: Literal["equal", "insert", "delete", "replace"]
    text: str = Field(description="Of the variant; for delete, of the fullest wording.")
    instead_of: str | None = Field(description="For replace, what the fullest wording has there.")


class Variant(BaseModel):
    """A quote of an utterance, and how its wording differs from the fullest."""

    quote_id: UUID
    article_id: UUID
    publisher: str | None
    published_at: datetime | None
    kind: QuoteKind
    text: str
    segments: list[Range]
    cue: NamedRange | None
    confidence: Confidence
    provenance: Provenance
    speaker: SpeakerRef | None
    manner: Manner = Field(description="How it matches the fullest wording.")
    difference: list[Change]


class Printing(BaseModel):
    """Where words were printed."""

    quote_id: UUID
    publisher: str | None
    published_at: datetime | None


class UtteranceBase(BaseModel):
    """The same words of one speaker, as several quotes carry them."""

    id: UUID | None = Field(description="Null for a moment after its article came in.")
    speaker: SpeakerRef | None = Field(
        description="Null where nobody is known, or outlets name different ones."
    )
    speakers: list[SpeakerClaim] = Field(
        description="Who is named, most often first; over one: they disagree."
    )
    is_disputed: bool
    lead_quote_id: UUID = Field(description="The fullest wording, which the others are compared with.")
    variants: list[Variant] = Field(description="The earliest first.")
    earliest: list[Printing] = Field(description="Who printed it first, where dates are known.")


class ComparedUtterance(UtteranceBase):
    """An utterance over the articles compared."""

    carried_by: list[UUID]
    missing_from: list[UUID] = Field(description="Articles that do not have it.")


class UtteranceCounts(BaseModel):
    """How often an utterance is printed, and by how many."""

    quotes: int
    publishers: int


class Utterance(UtteranceBase):
    """An utterance with its variants over time and outlets."""

    story_id: UUID | None
    counts: UtteranceCounts


class SpeakerShare(SpeakerRef):
    """How much of an article's quoted words a speaker has."""

    word_count: int
    share: Confidence


class ComparedArticle(BaseModel):
    """What one article gives, and what it alone has."""

    id: UUID
    publisher: str | None
    headline: str | None
    published_at: datetime | None
    speakers: list[SpeakerShare] = Field(description="Who has the word, by share of the quoted words.")
    kinds: dict[QuoteKind, float] = Field(
        description="Shares of direct, mixed and indirect quotes, by words."
    )
    exclusive_quotes: list[UUID] = Field(description="Quotes of utterances no other article carries.")


class ComparedEntity(BaseModel):
    """An entity, and how often it is mentioned."""

    id: UUID
    name: str
    mentions: int


class ComparedEntities(BaseModel):
    """Whom and what all articles mention, and what one alone does, by the article's id."""

    shared: list[ComparedEntity]
    exclusive: dict[UUID, list[ComparedEntity]]


class Figure(NamedRange):
    """A number with what it counts, as an article has it; offsets into that article's text."""

    article_id: UUID
    number: str


class FigureDifference(BaseModel):
    """What articles count and number differently: a candidate, for a reader to judge."""

    counted: str
    figures: list[Figure]


class Comparison(BaseModel):
    """A story's articles side by side: shared, exclusive, missing."""

    story_id: UUID
    is_complete: bool = Field(
        description="False where only the newest 50 articles, or 1,000 quotes, are compared."
    )
    articles: list[ComparedArticle] = Field(description="The earliest first.")
    utterances: list[ComparedUtterance] = Field(description="Those most articles carry first.")
    entities: ComparedEntities
    figures: list[FigureDifference]


class NearestArticle(BaseModel):
    """The article of a story that is most like another."""

    article_id: UUID
    similarity: float


class SharedTerm(BaseModel):
    """What an article shares with others of its story."""

    kind: Literal["word", "name", "number"]
    term: str = Field(description="In small letters; of a word, its stem.")


class Bond(BaseModel):
    """What holds an article in its story."""

    article_id: UUID
    similarity: float | None = Field(
        description="0 to 1: with the other articles, in the mean, less where days lie between. Null alone."
    )
    confidence: float | None = Field(
        description="The share of the other articles that is likely on the same event."
    )
    nearest: NearestArticle | None
    shared: list[SharedTerm] = Field(description="Those that make most of the similarity, at most eight.")


class Bonds(BaseModel):
    """Why the articles of a story are one story."""

    story_id: UUID
    method: str
    version: str
    threshold: float = Field(description="The mean similarity above which groups of articles are one story.")
    is_complete: bool = Field(description="False where only the newest 100 articles are compared.")
    articles: list[Bond] = Field(description="The newest first.")
