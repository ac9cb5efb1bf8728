"""Every table, and the reason for each column that is not the thing itself.

Hot lists must be one index scan, so what they filter and sort by is repeated in the row (`ordered_at`, the
publisher, counts): with the date in `article` alone, page one of a much-mentioned entity took 86 ms at a
million quotes, with the date in the link row 0.07 ms.

`ordered_at` is published_at, or ingested_at where that is unknown. `rank` is minus the ordinal in the
article, so one descending index lists newest articles first and each article's rows in text order.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db.types import JsonText

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Sorted by code point on both databases, so that lists and prefix searches agree
SORTED_TEXT: Any = Text().with_variant(Text(collation="C"), "postgresql")


def _text(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Text, nullable=nullable), default=None)


def _sorted_text() -> Any:
    return Field(sa_type=SORTED_TEXT)


def _json() -> Any:
    return Field(sa_column=Column(JsonText, nullable=False))


def _search_key() -> Any:
    return Field(sa_column=Column(BigInteger, nullable=False, unique=True))


class Document(SQLModel, table=True):
    """A document as it came in, and what became of it: one row per content."""

    __table_args__ = (
        Index("ix_document_pipeline_version_id", "pipeline_version", "id"),
        Index("ix_document_state_byte_count_kept_byte_count", "state", "byte_count", "kept_byte_count"),
    )

    id: UUID = Field(primary_key=True)
    content_hash: str = Field(unique=True)  # SHA-256 over content, form and hints
    name: str | None = None  # file name or the caller's word for it
    form: str
    content: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False)
    )  # zlib, to be read again; empty: not kept
    byte_count: int = Field(sa_type=BigInteger)
    kept_byte_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    hints: Any = _json()
    state: str = Field(index=True)  # stored | failed | deleted | queued
    error: Any = Field(sa_column=Column(JsonText, nullable=True), default=None)  # {code, stage, detail}
    pipeline_version: str
    article_id: UUID | None = Field(default=None, foreign_key="article.id", index=True, ondelete="SET NULL")
    received_at: datetime = Field(index=True)
    job_id: UUID | None = Field(default=None, index=True)  # the job that last brought it in
    line: int | None = Field(default=None, sa_type=BigInteger)  # its line or place there, from 1


class Publisher(SQLModel, table=True):
    """An outlet."""

    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    article_count: int = 0


class Article(SQLModel, table=True):
    """The current revision of an article."""

    __table_args__ = (
        Index("ix_article_ordered_at_id_published_at", "ordered_at", "id", "published_at"),
        Index("ix_article_publisher_id_ordered_at_id", "publisher_id", "ordered_at", "id"),
        Index("ix_article_language_ordered_at_id", "language", "ordered_at", "id"),
        Index("ix_article_story_id_ordered_at_id", "story_id", "ordered_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    search_key: int = _search_key()
    natural_key: str = Field(unique=True)  # external_id, else URL (its own, where trusted), else content hash
    external_id: str | None = Field(default=None, unique=True)
    url: str | None = _text(nullable=True)
    publisher_id: UUID | None = Field(default=None, foreign_key="publisher.id")
    headline: str | None = _text(nullable=True)
    byline: str | None = _text(nullable=True)
    authors: Any = _json()
    published_at: datetime | None = None
    published_precision: str | None = None
    published_zone: str | None = None
    published_offset_minutes: int | None = None  # of the zone it was stated in
    modified_at: datetime | None = None
    modified_precision: str | None = None
    modified_zone: str | None = None
    modified_offset_minutes: int | None = None
    ordered_at: datetime
    dateline: Any = Field(sa_column=Column(JsonText, nullable=True), default=None)
    credit: str | None = None
    language: str | None = None
    section: str | None = _text(nullable=True)
    keywords: Any = Field(sa_column=Column(JsonText, nullable=False, server_default="[]"))
    lead_image_url: str | None = _text(nullable=True)
    canonical_url: str | None = _text(nullable=True)  # the page's own word; `url` is where it was found
    text: str = _text()
    paragraphs: Any = _json()
    fields: Any = _json()
    warnings: Any = _json()
    removed: Any = _json()
    provenance: Any = _json()
    word_count: int
    quote_count: int
    entity_count: int
    revision: int
    pipeline_version: str
    ingested_at: datetime
    story_id: UUID | None = None  # no foreign key: SQLite could not take the column back then


class ArticleRevision(SQLModel, table=True):
    """An earlier revision: its row and its quotes' rows, as they stood."""

    __tablename__ = "article_revision"

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    revision: int = Field(primary_key=True)
    pipeline_version: str
    ingested_at: datetime
    article: Any = _json()
    quotes: Any = _json()


class Entity(SQLModel, table=True):
    """A person, organisation or place behind names in articles, as served: with the corrections in force."""

    __table_args__ = (
        Index("ix_entity_type_sort_name_id", "type", "sort_name", "id"),
        Index("ix_entity_sort_name_id", "sort_name", "id"),
        Index("ix_entity_mention_count_id", "mention_count", "id"),
        Index("ix_entity_quote_count_id", "quote_count", "id"),
    )

    id: UUID = Field(primary_key=True)
    type: str
    name: str
    sort_name: str = _sorted_text()  # case-folded
    mention_count: int = 0
    article_count: int = 0
    quote_count: int = 0
    first_seen_at: datetime
    last_seen_at: datetime


class FoundEntity(SQLModel, table=True):
    """An entity as the resolver knows it, whatever people have corrected since: `entity` is what is served."""

    __tablename__ = "found_entity"

    id: UUID = Field(primary_key=True)
    type: str
    name: str


class EntityKey(SQLModel, table=True):
    """A key under which a found entity is looked up when a new article may name it again."""

    __tablename__ = "entity_key"

    key: str = Field(primary_key=True)
    entity_id: UUID = Field(primary_key=True, foreign_key="found_entity.id", ondelete="CASCADE", index=True)


class Decision(SQLModel, table=True):
    """What the resolver held: that the article's chain is this found entity, how sure it was, and why."""

    __table_args__ = (Index("ix_decision_found_id_article_id", "found_id", "article_id"),)

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    found_id: UUID = Field(primary_key=True, foreign_key="found_entity.id", ondelete="CASCADE")
    confidence: float
    reason: str


class EntityName(SQLModel, table=True):
    """A name or role an article prints for a found entity, and the entity it is served as.

    Where every mention of it is rejected it is served as none, and `mention_count` is 0.
    """

    __tablename__ = "entity_name"
    __table_args__ = (
        Index("ix_entity_name_found_id_kind_name", "found_id", "kind", "name"),
        Index("ix_entity_name_entity_id_kind_name_ordered_at", "entity_id", "kind", "name", "ordered_at"),
    )

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    found_id: UUID = Field(primary_key=True, foreign_key="found_entity.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)  # alias | role
    name: str = Field(primary_key=True)
    found_count: int
    entity_id: UUID | None = Field(default=None, foreign_key="entity.id", ondelete="CASCADE")
    ordered_at: datetime
    mention_count: int


class EntityLabel(SQLModel, table=True):
    """A name or role of an entity over all articles: the sum of its `entity_name` rows, kept as they change.

    Summing at each read was linear in the articles that mention the entity.
    """

    __tablename__ = "entity_label"
    __table_args__ = (Index("ix_entity_label_kind_folded_entity_id", "kind", "folded", "entity_id"),)

    entity_id: UUID = Field(primary_key=True, foreign_key="entity.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)  # alias | role
    name: str = Field(primary_key=True)
    folded: str = _sorted_text()  # case-folded
    mention_count: int
    first_seen_at: datetime
    last_seen_at: datetime


class EntityCandidate(SQLModel, table=True):
    """A pair of found entities the resolver was unsure of: kept apart, listed for a person to decide."""

    __tablename__ = "entity_candidate"
    __table_args__ = (
        Index(
            "ix_entity_candidate_confidence_entity_id_candidate_id", "confidence", "entity_id", "candidate_id"
        ),
    )

    entity_id: UUID = Field(primary_key=True, foreign_key="found_entity.id", ondelete="CASCADE")
    candidate_id: UUID = Field(
        primary_key=True, foreign_key="found_entity.id", ondelete="CASCADE", index=True
    )
    confidence: float
    reason: str


class ArticleEntity(SQLModel, table=True):
    """That an article mentions an entity, how often, and how many of its quotes the entity says."""

    __tablename__ = "article_entity"
    __table_args__ = (
        Index("ix_article_entity_entity_id_ordered_at_article_id", "entity_id", "ordered_at", "article_id"),
    )

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    entity_id: UUID = Field(primary_key=True, foreign_key="entity.id", ondelete="CASCADE")
    ordered_at: datetime
    mention_count: int
    quote_count: int


class Mention(SQLModel, table=True):
    """A span of an article's text that refers to an entity."""

    __table_args__ = (
        Index(
            "ix_mention_entity_id_ordered_at_article_id_rank", "entity_id", "ordered_at", "article_id", "rank"
        ),
        UniqueConstraint("article_id", "rank"),
    )

    id: UUID = Field(primary_key=True)
    article_id: UUID = Field(foreign_key="article.id", ondelete="CASCADE")
    entity_id: UUID = Field(foreign_key="entity.id", ondelete="CASCADE")
    ordered_at: datetime
    rank: int
    start: int = Field(sa_type=BigInteger)
    end: int = Field(sa_type=BigInteger)
    text: str = _text()
    kind: str
    confidence: float
    provenance: Any = _json()


class Quote(SQLModel, table=True):
    """Words said, who said them, and the words that link the two."""

    __table_args__ = (
        Index("ix_quote_ordered_at_article_id_rank", "ordered_at", "article_id", "rank"),
        Index(
            "ix_quote_speaker_id_ordered_at_article_id_rank_attribution",
            "speaker_id",
            "ordered_at",
            "article_id",
            "rank",
            "attribution",
        ),
        Index(
            "ix_quote_publisher_id_ordered_at_article_id_rank",
            "publisher_id",
            "ordered_at",
            "article_id",
            "rank",
        ),
        Index("ix_quote_status_ordered_at_article_id_rank", "status", "ordered_at", "article_id", "rank"),
        UniqueConstraint("article_id", "rank"),
    )

    id: UUID = Field(primary_key=True)
    search_key: int = _search_key()
    article_id: UUID = Field(foreign_key="article.id", ondelete="CASCADE")
    publisher_id: UUID | None = Field(default=None, foreign_key="publisher.id")
    ordered_at: datetime
    rank: int
    kind: str
    attribution: str = Field(
        sa_column_kwargs={"server_default": "speech"}
    )  # speech | writing | belief | other
    text: str = _text()
    segments: Any = _json()
    cue_start: int | None = Field(default=None, sa_type=BigInteger)
    cue_end: int | None = Field(default=None, sa_type=BigInteger)
    cue_text: str | None = _text(nullable=True)
    speaker_start: int | None = Field(default=None, sa_type=BigInteger)
    speaker_end: int | None = Field(default=None, sa_type=BigInteger)
    speaker_text: str | None = _text(nullable=True)
    speaker_type: str | None = None  # person | unnamed_person | group | organization | document
    speaker_id: UUID | None = Field(default=None, foreign_key="entity.id", ondelete="SET NULL")
    speaker_resolved_by: str | None = None  # name | nominal | pronoun | context
    speaker_confidence: float
    # [{entity_id, name, confidence}]: entities of the same article, so an entity is never dropped before them
    speaker_alternatives: Any = Field(sa_column=Column(JsonText, nullable=False, server_default="[]"))
    status: str  # resolved | named | unresolved | none
    confidence: float
    provenance: Any = _json()
    utterance_id: UUID | None = Field(default=None, index=True)  # given after the article's transaction


class QuoteMention(SQLModel, table=True):
    """That the words of a quote mention an entity."""

    __tablename__ = "quote_mention"
    __table_args__ = (
        Index(
            "ix_quote_mention_entity_id_ordered_at_article_id_rank",
            "entity_id",
            "ordered_at",
            "article_id",
            "rank",
        ),
    )

    quote_id: UUID = Field(primary_key=True, foreign_key="quote.id", ondelete="CASCADE")
    entity_id: UUID = Field(primary_key=True, foreign_key="entity.id", ondelete="CASCADE")
    ordered_at: datetime
    article_id: UUID = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    rank: int
