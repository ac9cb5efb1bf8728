"""The shapes of the API, for the OpenAPI document, for checking requests, and for the tests of responses."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from app.documents import (
    AttributionKind,
    DatePrecision,
    DateZone,
    EntityType,
    MentionKind,
    Origin,
    QuoteKind,
    SpeakerType,
)
from app.ingest.submissions import NewArticle, Text, Time

__all__ = ["NewArticle", "Text", "Time"]  # requests are checked where every reader checks them

JobKind = Literal["document", "url", "batch", "feed", "retry"]
JobState = Literal["receiving", "queued", "running", "done", "failed"]
FeedState = Literal["active", "paused"]
Copies = Literal["include", "exclude"]
Status = Literal["resolved", "named", "unresolved", "none"]
Confidence = Annotated[float, Field(ge=0, le=1)]
Offset = Annotated[int, Field(ge=0, description="Unicode code points into the article's text")]


class Range(BaseModel):
    """A half-open stretch [start, end) of the article's text, in Unicode code points."""

    start: Offset
    end: Offset


class NamedRange(Range):
    """A stretch of the article's text, and the words there."""

    text: str


class RawSpan(BaseModel):
    """A half-open stretch of the document as it came in, decoded."""

    start: int
    end: int


class Provenance(BaseModel):
    """What made a claim."""

    stage: str
    version: str
    method: str


class FieldOrigin(BaseModel):
    """Where a field's value comes from; "none" with the reason where there is no value."""

    origin: Origin
    confidence: Confidence
    raw_span: RawSpan | None
    reason: str | None


class PublisherRef(BaseModel):
    """The outlet an article appeared in."""

    id: UUID
    slug: str
    name: str


class DatelineOut(BaseModel):
    """The place, and perhaps the agency, that opens the body."""

    place: str
    agency: str | None


class ArticleCounts(BaseModel):
    """How much was found in an article."""

    quotes: int
    entities: int


class CopyOf(BaseModel):
    """The earliest article that has nearly the same words."""

    article_id: UUID
    similarity: Confidence = Field(description="Runs of five words the two share, of all.")


class Article(BaseModel):
    """An article, as lists show it."""

    id: UUID
    external_id: str | None = Field(description="The caller's own key for the document.")
    url: str | None
    headline: str | None
    opening: str | None = Field(description="The text's first words, where there is no headline.")
    publisher: PublisherRef | None
    byline: str | None = Field(description="As printed.")
    authors: list[str]
    published_at: datetime | None = Field(description="UTC; with zone unknown, the clock time as printed.")
    published_precision: DatePrecision | None
    published_zone: DateZone | None
    published_offset_minutes: int | None = Field(
        description="Of the zone it was stated in, from UTC: `published_at` plus this is the local time."
    )
    modified_at: datetime | None
    modified_precision: DatePrecision | None
    modified_zone: DateZone | None
    modified_offset_minutes: int | None
    dateline: DatelineOut | None
    credit: str | None = Field(description="Wire credit.")
    language: str | None
    section: str | None = Field(description="As the page or the caller names it.")
    keywords: list[str]
    lead_image_url: str | None
    canonical_url: str | None = Field(description="What the page names as its own address; not checked.")
    word_count: int
    story_id: UUID | None = Field(description="The event it is about.")
    copy_of: CopyOf | None = Field(
        description="Where it is a wire copy or near-duplicate; null in revisions."
    )
    counts: ArticleCounts
    revision: int
    ingested_at: datetime
    fields: dict[str, FieldOrigin]


class RemovedOut(BaseModel):
    """A piece of the document left out of the text, and why."""

    text: str
    reason: str
    raw_span: RawSpan | None


class Quote(BaseModel):
    """Words said or reported, who said them, and the words that link the two."""

    id: UUID
    article_id: UUID
    kind: QuoteKind
    attribution: AttributionKind = Field(description="What the cue reports; lists show speech and writing.")
    text: str = Field(description="The segments, joined by a space.")
    segments: list[Range]
    cue: NamedRange | None
    speaker: "Speaker | None"
    speaker_type: SpeakerType | None = Field(description="null: not told, or read before it was")
    status: Status = Field(
        description="resolved: the speaker is an entity; named: a name we could not tie to one; "
        "unresolved: a phrase or pronoun; none: no speaker is printed."
    )
    confidence: Confidence
    utterance_id: UUID | None = Field(
        description="The same words, as others print them: /v1/utterances/{id}."
    )
    provenance: Provenance


class Speaker(BaseModel):
    """The words that name the speaker here, and the entity they refer to.

    Where no words do but a person has said who speaks, `start`, `end` and `text` are null.
    """

    start: Offset | None
    end: Offset | None
    text: str | None
    entity_id: UUID | None
    name: str | None
    resolved_by: Literal["name", "nominal", "pronoun", "context", "correction"] | None
    confidence: Confidence
    alternatives: list["SpeakerAlternative"] = Field(
        description="Who else it may be, likeliest first. Where two compete the speaker is unresolved and both "
        "are here."
    )


class SpeakerAlternative(BaseModel):
    """An entity of the article that may be the speaker, though it was not chosen."""

    entity_id: UUID
    name: str = Field(description="As this article has it.")
    confidence: Confidence


class Mention(Range):
    """A stretch of an article's text that refers to an entity."""

    id: UUID
    article_id: UUID
    entity_id: UUID
    text: str
    kind: MentionKind
    confidence: Confidence
    provenance: Provenance


class EntityCounts(BaseModel):
    """How often an entity is mentioned, in how many articles, and quoted."""

    mentions: int
    articles: int
    quotes: int


class SameAsOrigin(BaseModel):
    """Why an entity is said to be one of elsewhere."""

    table: str = Field(description="The operator's table.")
    matched: str = Field(description="The name that matched.")


class Entity(BaseModel):
    """A person, organisation or place behind names in articles."""

    id: UUID
    type: EntityType
    name: str
    aliases: list[str]
    roles: list[str]
    counts: EntityCounts
    first_seen_at: datetime
    last_seen_at: datetime
    same_as: list[str] = Field(description="Addresses of the same entity elsewhere.")
    same_as_origin: SameAsOrigin | None = Field(description="Where `same_as` comes from.")


class LabelUse(BaseModel):
    """A name or role of an entity, how often it is printed, and over which time."""

    name: str
    mentions: int
    first_seen_at: datetime
    last_seen_at: datetime


class EntityDetail(Entity):
    """An entity with its names and roles over time, the commonest first."""

    alias_uses: list[LabelUse]
    role_uses: list[LabelUse]


class EntityRef(BaseModel):
    """An entity, in brief."""

    id: UUID
    type: EntityType
    name: str


class RelatedEntity(EntityRef):
    """An entity that appears in the same articles."""

    article_count: int = Field(
        description="In how many of the newest 1,000 articles of the other it appears."
    )
    last_together_at: datetime


class Candidate(BaseModel):
    """Two entities the resolver was unsure about: kept apart until a person merges them."""

    entity: EntityRef
    candidate: EntityRef = Field(description="The one that was known already.")
    confidence: Confidence = Field(description="How likely they are one.")
    reason: str


class ArticleDetail(Article):
    """An article with its text and, on request, what was found in it."""

    text: str
    paragraphs: list[Range]
    warnings: list[str] = Field(description="language_not_read: not English, left alone")
    removed: list[RemovedOut]
    provenance: list[Provenance]
    quotes: list[Quote] | None = Field(default=None, description="With include=quotes.")
    mentions: list[Mention] | None = Field(default=None, description="With include=mentions.")
    entities: list[Entity] | None = Field(default=None, description="With include=entities.")


class PublisherCounts(BaseModel):
    """How much there is of a publisher."""

    articles: int


class Publisher(PublisherRef):
    """An outlet."""

    counts: PublisherCounts


class DocumentFailure(BaseModel):
    """Why a document could not be read."""

    code: str
    stage: str
    detail: str


class Document(BaseModel):
    """What came in, and what became of it."""

    id: UUID
    name: str | None
    form: Literal["page", "text", "html"]
    byte_count: int
    kept_byte_count: int = Field(
        description="What its content takes, compressed; 0 where it was not kept, and cannot be read again."
    )
    state: Literal["stored", "failed", "deleted", "queued"]
    error: DocumentFailure | None
    pipeline_version: str
    article_id: UUID | None
    received_at: datetime
    job_id: UUID | None = Field(description="The job that last brought it in.")
    line: int | None = Field(description="Its line or place in that job, from 1.")


class Job(BaseModel):
    """What was asked to be read later, and how far it is."""

    id: UUID
    kind: JobKind
    state: JobState = Field(
        description="receiving: still coming in; queued; running; done: at least one document is stored; "
        "failed: none is."
    )
    counts: "JobCounts"
    article_id: UUID | None = Field(description="The article stored last; the one of a job of one document.")
    error: DocumentFailure | None = Field(description="Why the document failed, the last one of several.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobCounts(BaseModel):
    """How many documents a job has; its failed ones are at `/v1/documents?job=…&state=failed`."""

    total: int
    done: int
    failed: int


class Feed(BaseModel):
    """A feed that is looked at again and again, and how it is."""

    id: UUID
    url: str
    publisher: str | None = Field(description="For articles that name none.")
    state: FeedState
    error: DocumentFailure | None = Field(description="Why it could not be read when last looked at.")
    failure_count: int = Field(description="How often in a row it could not; it is then asked less often.")
    entry_count: int = Field(description="Entries it has brought.")
    job_id: UUID | None = Field(description="The job that reads its latest new entries.")
    created_at: datetime
    polled_at: datetime | None
    next_poll_at: datetime = Field(description="Where it is not paused.")


class NewFeed(BaseModel):
    """A feed to look at."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"url": "https://news.example/feed.xml", "publisher": "The Harbour Post"}]
        },
    )

    url: Annotated[HttpUrl, Field(max_length=2000)]
    publisher: Annotated[Text, Field(min_length=1, max_length=200)] | None = None


class FeedChange(BaseModel):
    """What may be changed of a feed."""

    model_config = ConfigDict(extra="forbid")

    state: FeedState


class Page[T](BaseModel):
    """A page of a list."""

    items: list[T]
    next_cursor: str | None = Field(description="Give it as `cursor` for the next page; null on the last.")
    prev_cursor: str | None = Field(
        description="The same for the page before; null on the first. Rows that came in since are in it or before it."
    )
    total: int | None = Field(default=None, description="With include=total.")
