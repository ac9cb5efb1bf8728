"""The shapes of runs and of what they changed."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.schemas import DocumentFailure, Status
from app.documents import AttributionKind, QuoteKind, SpeakerType

RunState = Literal["running", "done", "stopped"]


class RunProgress(BaseModel):
    """How far a run is, in documents."""

    total: int = Field(description="Documents older pipelines had read when it began.")
    done: int
    failed: int = Field(description="Of those done, how many could not be read; they stay as they were.")


class RunChanges(BaseModel):
    """How many quotes a run changed."""

    appeared: int
    vanished: int
    changed: int


class Run(BaseModel):
    """A reading again of what older pipelines have read."""

    id: UUID
    state: RunState = Field(description="stopped: another pipeline version took over.")
    pipeline_version: str
    since: str | None
    progress: RunProgress
    differences: RunChanges
    started_at: datetime
    finished_at: datetime | None


class FoundQuote(BaseModel):
    """A quote as a pipeline found it, whatever people have corrected."""

    kind: QuoteKind
    attribution: AttributionKind
    text: str
    cue_text: str | None
    speaker_text: str | None
    speaker_id: UUID | None
    speaker_type: SpeakerType | None = None
    status: Status


class Difference(BaseModel):
    """One thing a run changed. `before` is null for what appeared, `after` for what vanished."""

    id: UUID
    run_id: UUID
    change: Literal["appeared", "vanished", "changed", "failed"]
    document_id: UUID
    article_id: UUID | None
    quote_id: UUID | None
    before: FoundQuote | None
    after: FoundQuote | None
    error: DocumentFailure | None = Field(description="Why the document could not be read.")
