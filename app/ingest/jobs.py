"""The queue: what is to be read later, in the database that holds the articles, so one transaction does for both.

A job is what a caller asked for and can look at; its tasks are the documents it still has to read. A worker claims a
task by a lease, which is all there is to a task's state: one that nobody finished is due again when its lease ends.
The same statements run on SQLite and Postgres; there, workers pass over what others are claiming (SKIP LOCKED).
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import orjson
from sqlalchemy import Engine, case, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows, writing
from app.db.ids import make_id, make_time_id
from app.db.intake_tables import Job, Task
from app.db.tables import Document
from app.db.types import table_of
from app.documents import RawDocument
from app.errors import DocumentError
from app.ingest import ledger
from app.ingest.readers.found import Found
from app.ingest.submissions import Submission

JobKind = Literal["document", "url", "batch", "feed", "retry"]

NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)  # when the tasks of a batch that is still coming in are due
RECEIVING_SECONDS = 3600  # a batch that has not come in by then never will: its server died


@dataclass(frozen=True, slots=True)
class ClaimedTask:
    """A task a worker holds: the document, and how often it was tried, this time included."""

    id: UUID
    job_id: UUID
    line: int
    submission: Submission
    attempt_count: int


def submit(connection: Connection, kind: JobKind, submissions: Sequence[Submission]) -> UUID:
    """Queue documents as a new job and return its id."""
    job_id = open_job(connection, kind, state="queued")
    rank = int(len(submissions) > 1)
    add_tasks(connection, job_id, enumerate(submissions, 1), rank=rank, due_at=datetime.now(UTC))
    return _settle(connection, job_id, len(submissions))


def open_job(connection: Connection, kind: JobKind, *, state: str = "receiving") -> UUID:
    """Begin a job whose documents are still coming in, and return its id."""
    job_id = make_time_id()
    row = {
        "id": job_id,
        "kind": kind,
        "state": state,
        "total_count": 0,
        "done_count": 0,
        "failed_count": 0,
        "created_at": datetime.now(UTC),
    }
    connection.execute(insert(Job), [row])
    return job_id


def add_tasks(
    connection: Connection,
    job_id: UUID,
    numbered: Iterable[tuple[int, Submission]],
    *,
    rank: int = 1,
    due_at: datetime = NOT_YET,
) -> None:
    """Add documents to a job, with their lines. Nobody claims them before they are due."""
    rows = [
        {
            "id": make_time_id(),
            "job_id": job_id,
            "rank": rank,
            "line": line,
            "content": zlib.compress(submission.raw.content, 1),
            "form": submission.raw.form,
            "hints": orjson.Fragment(orjson.dumps(submission.raw.hints)),
            "must_fetch": submission.must_fetch,
            "due_at": due_at,
            "attempt_count": 0,
        }
        for line, submission in numbered
    ]
    insert_rows(connection, Task, rows)


def add_failure(connection: Connection, job_id: UUID, found: Found, error: DocumentError) -> None:
    """Keep what came in with a job and is no document, with the reason, and count it."""
    raw = found.submission.raw
    ledger.keep_failure(connection, raw, error, name=found.name, version=ledger.UNREAD)
    _count(connection, job_id, found.line, raw, {"failed_count": 1, "error": error.to_record()})


def close_job(connection: Connection, job_id: UUID, total: int) -> None:
    """Say that all documents of a job have come in: from here on they are due."""
    connection.execute(update(Task).where(col(Task.job_id) == job_id).values(due_at=datetime.now(UTC)))
    _settle(connection, job_id, total)


def abandon(connection: Connection, job_id: UUID) -> None:
    """Forget a job that did not come in whole."""
    connection.execute(delete(Task).where(col(Task.job_id) == job_id))
    connection.execute(delete(Job).where(col(Job.id) == job_id))


def claim(engine: Engine, worker_id: UUID, lease: float) -> ClaimedTask | None:
    """Take the task that has been due longest, for `lease` seconds; None if nothing is due."""
    now = datetime.now(UTC)
    chosen = (
        select(col(Task.id))
        .where(col(Task.due_at) <= now)
        .order_by(col(Task.rank), col(Task.due_at), col(Task.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taking = (
        update(Task)
        .where(col(Task.id) == chosen.scalar_subquery())
        .values(
            due_at=now + timedelta(seconds=lease),
            attempt_count=col(Task.attempt_count) + 1,
            worker_id=worker_id,
        )
        .returning(*table_of(Task).columns)
    )
    with engine.execution_options(
        writes=True
    ).begin() as connection:  # no writer's turn: claims pass each other
        row = connection.execute(taking).mappings().first()
        if row is None:
            return None
        connection.execute(
            update(Job)
            .where(col(Job.id) == row["job_id"], col(Job.state) == "queued")
            .values(state="running", started_at=now)
        )
    return _task(row)


def extend_leases(engine: Engine, worker_id: UUID, lease: float) -> None:
    """Keep what a worker holds for `lease` seconds more."""
    until = datetime.now(UTC) + timedelta(seconds=lease)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(Task).where(col(Task.worker_id) == worker_id).values(due_at=until))


def release(engine: Engine, task: ClaimedTask, seconds: float, *, counts: bool) -> None:
    """Give a task back, due in `seconds`, unless another has it by now. counts: whether the attempt does."""
    due_at = datetime.now(UTC) + timedelta(seconds=seconds)
    spared = 0 if counts else 1
    with writing(engine) as connection:
        connection.execute(
            update(Task)
            .where(col(Task.id) == task.id, col(Task.attempt_count) == task.attempt_count)
            .values(due_at=due_at, worker_id=None, attempt_count=col(Task.attempt_count) - spared)
        )


def finish(connection: Connection, task: ClaimedTask, raw: RawDocument, article_id: UUID) -> None:
    """Count a task's document as stored. A task that another worker finished meanwhile is not counted twice."""
    if _drop(connection, task, raw):
        _count(connection, task.job_id, task.line, raw, {"done_count": 1, "article_id": article_id})


def fail(connection: Connection, task: ClaimedTask, raw: RawDocument, error: DocumentError) -> None:
    """Count a task's document as failed; its reason is kept with the document."""
    if _drop(connection, task, raw):
        _count(connection, task.job_id, task.line, raw, {"failed_count": 1, "error": error.to_record()})


def forget_broken(engine: Engine) -> None:
    """Drop the jobs that began to come in long ago and never ended."""
    earliest = datetime.now(UTC) - timedelta(seconds=RECEIVING_SECONDS)
    with writing(engine) as connection:
        broken = select(col(Job.id)).where(col(Job.state) == "receiving", col(Job.created_at) < earliest)
        for job_id in connection.execute(broken).scalars().all():
            abandon(connection, job_id)


def has_tasks(connection: Connection) -> bool:
    """Whether anything is queued, due or not."""
    return connection.execute(select(col(Task.id)).limit(1)).first() is not None


def _task(row: Any) -> ClaimedTask:
    submission = Submission(ledger.kept_document(row), row["must_fetch"])
    return ClaimedTask(row["id"], row["job_id"], row["line"], submission, row["attempt_count"])


def _drop(connection: Connection, task: ClaimedTask, raw: RawDocument) -> bool:
    """Drop a task; return whether it was still there. A page that was fetched replaces the record of its absence."""
    if raw is not task.submission.raw:
        absent = make_id("document", ledger.content_hash(task.submission.raw))
        connection.execute(delete(Document).where(col(Document.id) == absent))
    return connection.execute(delete(Task).where(col(Task.id) == task.id)).rowcount == 1


def _count(
    connection: Connection, job_id: UUID, line: int, raw: RawDocument, changes: dict[str, Any]
) -> None:
    """Count one document of a job, note with the document where it came from, and end the job with its last."""
    counted = {
        name: getattr(Job, name) + number for name, number in changes.items() if name.endswith("_count")
    }
    connection.execute(update(Job).where(col(Job.id) == job_id).values(changes | counted))
    document_id = make_id("document", ledger.content_hash(raw))
    connection.execute(
        update(Document).where(col(Document.id) == document_id).values(job_id=job_id, line=line)
    )
    _end(connection, job_id)


def _settle(connection: Connection, job_id: UUID, total: int) -> UUID:
    connection.execute(update(Job).where(col(Job.id) == job_id).values(total_count=total, state="queued"))
    _end(connection, job_id)
    return job_id


def _end(connection: Connection, job_id: UUID) -> None:
    """End a job that has come in whole and has no document left; one that stored none has failed."""
    is_over = col(Job.done_count) + col(Job.failed_count) >= col(Job.total_count)
    stored_none = (col(Job.failed_count) > 0) & (col(Job.done_count) == 0)
    connection.execute(
        update(Job)
        .where(col(Job.id) == job_id, col(Job.state) != "receiving", is_over)
        .values(state=case((stored_none, "failed"), else_="done"), finished_at=datetime.now(UTC))
    )
