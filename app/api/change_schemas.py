"""The shapes of the change log."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.changes import ChangedKind, ChangeType


class Change(BaseModel):
    """That something was created, changed, merged or deleted."""

    number: int = Field(description="Its place in the log, which has no gaps: `after` to go on from here.")
    kind: ChangedKind
    change: ChangeType
    id: UUID = Field(
        description="Of the article, quote, entity or story; what is deleted is no longer to be had. A story changes "
        "when an article comes or goes, or its headline does."
    )
    article_id: UUID | None = Field(
        description="Of a quote: the article that prints it; of a story: the one that came or went, if it is one."
    )
    publisher_id: UUID | None = Field(
        description="That of the article, or of all articles that came or went."
    )
    into_id: UUID | None = Field(description="Of a merged entity or story: where it went.")
    made_at: datetime


class LastChange(BaseModel):
    """The end of the log."""

    number: int = Field(description="Number of the last change; 0 where there is none.")
