"""The shape of an entity's quotes over time."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.timelines import MOST_PERIODS, Unit
from app.db.quote_days import COUNTED_QUOTES


class TimelinePeriod(BaseModel):
    """A stretch of time with quotes, half-open: as `published_from` and `published_to` of `/v1/quotes` take it."""

    published_from: datetime
    published_to: datetime
    quotes: int = Field(description="Of speech and writing.")


class EntityTimeline(BaseModel):
    """An entity's quotes by when they were published, in UTC; weeks begin on Mondays."""

    entity_id: UUID
    unit: Unit = Field(
        description=f"The length of periods. Unless asked for, the finest of which {MOST_PERIODS} hold all quotes."
    )
    periods: list[TimelinePeriod] = Field(description="Those with quotes, the earliest first.")
    undated: int = Field(description="Quotes in articles whose date of publication is not known.")
    is_complete: bool = Field(
        description=f"False where only the newest {COUNTED_QUOTES:,} quotes are counted; the earliest period "
        "may then have more."
    )
