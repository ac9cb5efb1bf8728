"""Tables of what people decided and of what runs did. What was found and is served is in `tables`.

A correction is a record, never an edit: what is served is what was found with the corrections in force applied
(`ingest/standing.py`), and `as_found` holds what they changed, so that undoing one gives back what was found.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from app.db.types import JsonText


def _json(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(JsonText, nullable=nullable), default=None)


class Correction(SQLModel, table=True):
    """A person's decision. Ids point at things that may be gone, and back after the next reading: no foreign keys."""

    id: UUID = Field(primary_key=True)  # UUIDv7
    number: int = Field(sa_type=BigInteger, unique=True)  # the order in which they were made
    kind: str  # merge | keep_apart | split | rename | retype | reattribute | reject | restore
    entity_id: UUID | None = Field(default=None, index=True)  # what is merged, split, renamed, retyped
    into_id: UUID | None = Field(
        default=None, index=True
    )  # the survivor, the one kept apart, the part split off, the speaker
    quote_id: UUID | None = Field(default=None, index=True)
    mention_id: UUID | None = Field(default=None, index=True)
    article_ids: Any = _json()  # where it applies, if not everywhere
    name: str | None = None
    type: str | None = None
    restores_id: UUID | None = Field(default=None, index=True)
    subject: Any = _json()  # what it was about, as served when it was made
    author: str
    reason: str
    made_at: datetime
    undone_by_id: UUID | None = None
    is_overruled: bool = False  # a later correction decides the same thing otherwise


class CorrectionArticle(SQLModel, table=True):
    """That a correction changes what is served of an article."""

    __tablename__ = "correction_article"

    article_id: UUID = Field(primary_key=True)
    correction_id: UUID = Field(primary_key=True, foreign_key="correction.id", ondelete="CASCADE", index=True)


class StaleArticle(SQLModel, table=True):
    """An article that a correction concerns and that is not yet served as it says: there were too many at once."""

    __tablename__ = "stale_article"

    article_id: UUID = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")


class MergedEntity(SQLModel, table=True):
    """An entity that is served as another. Derived from the corrections in force."""

    __tablename__ = "merged_entity"

    entity_id: UUID = Field(primary_key=True)
    into_id: UUID  # what the correction names
    survivor_id: UUID = Field(index=True)  # where the chain of merges ends


class AsFound(SQLModel, table=True):
    """What was found, of a quote or mention that corrections changed: the columns, or all of a rejected row."""

    __tablename__ = "as_found"

    id: UUID = Field(primary_key=True)
    layer: str  # quote | mention
    article_id: UUID = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    found: Any = _json()
    is_rejected: bool


class Run(SQLModel, table=True):
    """A reading again of what older pipelines have read."""

    id: UUID = Field(primary_key=True)  # UUIDv7
    state: str = Field(index=True)  # running | done
    pipeline_version: str
    since: str | None = None
    position: UUID | None = None  # the last document done: where to go on
    total_count: int = Field(sa_type=BigInteger)
    done_count: int = Field(default=0, sa_type=BigInteger)
    failed_count: int = Field(default=0, sa_type=BigInteger)
    appeared_count: int = Field(default=0, sa_type=BigInteger)
    vanished_count: int = Field(default=0, sa_type=BigInteger)
    changed_count: int = Field(default=0, sa_type=BigInteger)
    started_at: datetime
    finished_at: datetime | None = None
    claimed_until: datetime | None = None  # a worker has it until then; after that another may go on


class RunDifference(SQLModel, table=True):
    """What a run changed: a quote that appeared, vanished or changed, or a document it could not read."""

    __tablename__ = "run_difference"
    __table_args__ = (Index("ix_run_difference_change_run_id_id", "change", "run_id", "id"),)

    run_id: UUID = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE")
    id: UUID = Field(primary_key=True)  # UUIDv7: in the order they were found
    change: str  # appeared | vanished | changed | failed
    article_id: UUID | None = None
    document_id: UUID
    quote_id: UUID | None = None
    before: Any = _json(nullable=True)
    after: Any = _json(nullable=True)
