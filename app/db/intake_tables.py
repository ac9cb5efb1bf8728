"""Tables of what is still to be read: jobs and their tasks, feeds and what of them has been seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.db.types import JsonText


class Job(SQLModel, table=True):
    """What a caller asked to be read later, and how far it is: the record a client sees."""

    __table_args__ = (
        Index("ix_job_created_at_id", "created_at", "id"),
        Index("ix_job_state_created_at_id", "state", "created_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    kind: str  # document | url | batch | feed | retry
    state: str  # receiving | queued | running | done | failed
    total_count: int = Field(sa_type=BigInteger)
    done_count: int = Field(sa_type=BigInteger)
    failed_count: int = Field(sa_type=BigInteger)
    article_id: UUID | None = None  # of the document stored last: the one there is, where there is one
    error: Any = Field(sa_column=Column(JsonText, nullable=True), default=None)  # of the last that failed
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None


class Task(SQLModel, table=True):
    """A document that a job still has to read. The row goes once the document is stored or has failed.

    A worker takes a task by moving `due_at` to where its lease ends: if the worker dies, the task is due again.
    """

    __table_args__ = (Index("ix_task_rank_due_at_id", "rank", "due_at", "id"),)

    id: UUID = Field(primary_key=True)
    job_id: UUID = Field(foreign_key="job.id", ondelete="CASCADE", index=True)
    rank: int  # 0 before 1: one document does not wait for a batch of thousands
    line: int = Field(sa_type=BigInteger)  # its place in the job, from 1
    content: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False)
    )  # zlib; empty where it is to be fetched
    form: str
    hints: Any = Field(sa_column=Column(JsonText, nullable=False))
    must_fetch: bool
    due_at: datetime
    attempt_count: int
    worker_id: UUID | None = Field(default=None, index=True)


class Feed(SQLModel, table=True):
    """A feed that is looked at again and again, and how it is."""

    __table_args__ = (
        Index("ix_feed_state_due_at", "state", "due_at"),
        Index("ix_feed_created_at_id", "created_at", "id"),
    )

    id: UUID = Field(primary_key=True)  # of its URL
    url: str = Field(unique=True)
    publisher: str | None = None  # for what it lists, where that names none
    state: str  # active | paused
    etag: str | None = None
    last_modified: str | None = None
    failure_count: int = 0  # since it was last well
    error: Any = Field(sa_column=Column(JsonText, nullable=True), default=None)  # {code, stage, detail}
    entry_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    job_id: UUID | None = None  # that reads its latest new entries
    created_at: datetime
    polled_at: datetime | None = None
    due_at: datetime  # when it is looked at next; or when the lease of who does ends


class FeedEntry(SQLModel, table=True):
    """That an entry of a feed has been seen, so that it is not fetched again at each look."""

    __tablename__ = "feed_entry"

    feed_id: UUID = Field(primary_key=True, foreign_key="feed.id", ondelete="CASCADE")
    key: UUID = Field(primary_key=True)  # of its link
    seen_at: datetime  # when it was listed last
