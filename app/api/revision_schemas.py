"""The shapes of revisions and of what differs between two."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.schemas import ArticleDetail, Quote, Range


class Revision(BaseModel):
    """One state of an article: as it was printed, and as a version of the pipeline read it."""

    article_id: UUID
    number: int = Field(description="1 for the first; the article's `revision` for the current one.")
    is_current: bool
    pipeline_version: str
    ingested_at: datetime


class RevisionDetail(Revision):
    """A revision with what it held. Its quotes are as they were found: corrections are not applied."""

    article: ArticleDetail
    quotes: list[Quote]


class TextDifference(BaseModel):
    """A stretch of the earlier text and what stands for it in the later one. Spacing alone is no difference."""

    op: Literal["equal", "insert", "delete", "replace"]
    before: Range = Field(description="In the text of revision `from`; empty for an insertion.")
    after: Range = Field(description="In the text of this revision; empty for a deletion.")
    before_text: str | None = Field(description="Null where the texts are equal.")
    after_text: str | None


class QuoteDifference(BaseModel):
    """A quote that appeared, vanished, or was changed: its words, kind, cue or speaker."""

    change: Literal["appeared", "vanished", "changed"]
    before: Quote | None
    after: Quote | None


class RevisionDifferences(BaseModel):
    """What differs between two revisions of an article."""

    article_id: UUID
    from_number: int
    to_number: int
    text: list[TextDifference] = Field(description="In order: the whole of both texts, less spacing.")
    quotes: list[QuoteDifference]
