"""Runs: everything older pipelines have read is read again, one document at a time, and what changed is listed.

A run goes through the documents by id and keeps its place in the transaction of each, so that it can be stopped at
any moment and goes on where it was, here or in another process. A document that cannot be read any more is listed
and left as it was.
"""

import heapq
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

import structlog
from sqlalchemy import Engine, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app import resolution
from app.db.engine import insert_rows, reading, writing
from app.db.ids import make_time_id
from app.db.records import Run, RunDifference
from app.db.tables import Document
from app.documents import AnnotatedArticle, RawDocument
from app.errors import Busy, DocumentError, NotKept
from app.ingest import entities, ledger, serving, store, stories, utterances
from app.ingest.background import IsStopped
from app.ingest.pipeline import Read
from app.ingest.pool import ReadingPool
from app.ingest.quote_changes import COMPARED, tell_change
from app.ingest.rows import Row

CLAIM = timedelta(
    seconds=300
)  # how long a worker that died keeps a run from others; a document takes 60 s at most
BATCH = 100  # documents looked up at once
BUSY_SECONDS = 1.0  # between two tries where every reader is at work
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run this process works on."""

    id: UUID
    version: str
    since: str | None
    position: UUID | None


def start_run(connection: Connection, version: str, since: str | None = None) -> UUID:
    """Return the unfinished run of this pipeline version, or a new one; unfinished ones of others are stopped."""
    unfinished = select(col(Run.id)).where(col(Run.state) == "running", col(Run.pipeline_version) == version)
    known = connection.execute(unfinished).scalars().first()
    if known is not None:
        return known
    now = datetime.now(UTC)
    connection.execute(
        update(Run).where(col(Run.state) == "running").values(state="stopped", finished_at=now)
    )
    stale = _stale_versions(connection, version, since)
    total = select(func.count()).select_from(Document).where(col(Document.pipeline_version).in_(stale))
    row = {
        "id": make_time_id(),
        "state": "running",
        "pipeline_version": version,
        "since": since,
        "total_count": connection.execute(total).scalar_one(),
        "started_at": now,
        **{f"{name}_count": 0 for name in ("done", "failed", "appeared", "vanished", "changed")},
    }
    connection.execute(insert(Run), [row])
    return UUID(str(row["id"]))


def claim_run(engine: Engine, version: str) -> Claimed | None:
    """Take an unfinished run of this version that nobody works on, or return None."""
    now = datetime.now(UTC)
    free = select(col(Run.id), col(Run.pipeline_version), col(Run.since), col(Run.position)).where(
        col(Run.state) == "running",
        col(Run.pipeline_version) == version,
        or_(col(Run.claimed_until).is_(None), col(Run.claimed_until) < now),
    )
    with reading(engine) as connection:
        if connection.execute(free).first() is None:  # so that an idle server takes no lock
            return None
    with writing(engine) as connection:
        row = connection.execute(free).first()
        if row is None:
            return None
        _update(connection, row.id, claimed_until=now + CLAIM)
    return Claimed(row.id, row.pipeline_version, row.since, row.position)


def work(engine: Engine, run: Claimed, read: Read, *, is_stopped: IsStopped) -> bool:
    """Read again what is left of a run; return whether it is finished. Stop after the document in hand."""
    with reading(engine) as connection:
        stale = _stale_versions(connection, run.version, run.since)
    position = run.position
    while True:
        with reading(engine) as connection:
            document_ids = _documents_after(connection, stale, position)
        if not document_ids:
            with writing(engine) as connection:
                _update(connection, run.id, state="done", finished_at=datetime.now(UTC), claimed_until=None)
            return True
        for document_id in document_ids:
            if is_stopped():
                with writing(engine) as connection:
                    _update(connection, run.id, claimed_until=None)
                return False
            _read_again(engine, run, document_id, _patient(read, is_stopped))
            position = document_id


def work_off(engine: Engine, pool: ReadingPool, is_stopped: IsStopped) -> None:
    """Work on unfinished runs, also those another server left behind, until none is left or it is stopped."""
    while not is_stopped() and (run := claim_run(engine, pool.version)):
        is_done = work(engine, run, pool.read, is_stopped=is_stopped)
        log.info("run_left", run_id=str(run.id), is_done=is_done)


def describe_run(engine: Engine, run_id: UUID) -> str:
    """Return a line that tells how far a run is."""
    names = ("done", "total", "failed", "appeared", "vanished", "changed")
    counts = [getattr(Run, f"{name}_count").label(name) for name in names]
    with reading(engine) as connection:
        row = connection.execute(select(*counts).where(col(Run.id) == run_id)).one()
    changes = ", ".join(f"{getattr(row, name)} {name}" for name in names[3:])
    return f"{row.done} of {row.total} documents read, {row.failed} failed; quotes: {changes}"


def is_older(version: str, since: str) -> bool:
    """Whether any stage of a pipeline version has a lower number than in another.

    >>> is_older("extraction-2+nlp-1+rules", "extraction-2+nlp-3+tagger")
    True
    """
    stages, others = _stages(version), _stages(since)
    return any(stages.get(stage, 0) < number for stage, number in others.items())


def _stages(version: str) -> dict[str, int]:
    return {stage: int(number) for stage, number in re.findall(r"([a-z]+)-(\d{1,9})\b", version)}


def _stale_versions(connection: Connection, version: str, since: str | None) -> list[str]:
    versions = connection.execute(select(col(Document.pipeline_version)).distinct()).scalars()
    read = [one for one in versions if one not in {version, ledger.UNREAD}]
    return [one for one in read if since is None or is_older(one, since)]


def _documents_after(connection: Connection, versions: Iterable[str], position: UUID | None) -> list[UUID]:
    """Return the next documents of these versions, by id; each version's ids come from the index alone."""
    found = []
    for version in versions:
        chosen = select(col(Document.id)).where(col(Document.pipeline_version) == version)
        if position is not None:
            chosen = chosen.where(col(Document.id) > position)
        ordered = chosen.order_by(col(Document.id)).limit(BATCH)
        found.append(connection.execute(ordered).scalars().all())
    return list(islice(heapq.merge(*found), BATCH))


def _patient(read: Read, is_stopped: IsStopped) -> Read:
    """Return `read` that waits for a free reader: requests come first, and a run has time."""

    def wait(raw: RawDocument) -> AnnotatedArticle:
        while True:
            try:
                return read(raw)
            except Busy:
                if is_stopped():
                    raise
                time.sleep(BUSY_SECONDS)

    return wait


def _read_again(engine: Engine, run: Claimed, document_id: UUID, read: Read) -> None:
    with reading(engine) as connection:
        document = ledger.load(connection, document_id)
    if document is None or document.is_superseded:
        with writing(engine) as connection:
            _advance(connection, run, document_id, [])
        return
    try:
        if not document.is_whole:
            raise NotKept(f"Its content was not kept; what {document.version} read of it stays.")
        annotated = read(document.raw)
    except Busy:
        return  # stopped while every reader was at work: the document is still to be read
    except DocumentError as error:
        with writing(engine) as connection:
            _keep_failure(connection, run, document, error)
        log.warning("document_failed", document_id=str(document_id), run_id=str(run.id), **error.to_record())
        return
    terms = stories.terms_of(annotated)
    with writing(engine) as connection:
        _keep_reading(connection, run, document, annotated, terms)
    utterances.settle(engine)


def _keep_failure(connection: Connection, run: Claimed, document: ledger.Kept, error: DocumentError) -> None:
    """List what cannot be read. What an older pipeline could read stays; what none could has its reason renewed."""
    if document.article_id is None and document.is_whole:
        ledger.keep_failure(
            connection,
            document.raw,
            error,
            name=document.name,
            version=run.version,
            received_at=document.received_at,
        )
    _advance(connection, run, document.id, [_difference("failed", document, after=error.to_record())])


def _keep_reading(
    connection: Connection,
    run: Claimed,
    document: ledger.Kept,
    annotated: AnnotatedArticle,
    terms: stories.Terms,
) -> None:
    before = _found_quotes(connection, document.article_id)
    decisions = resolution.resolve(annotated, entities.find_candidates(connection, annotated))
    article_id, _ = store.keep_article(
        connection,
        document.raw,
        annotated,
        decisions,
        name=document.name,
        version=run.version,
        received_at=document.received_at,
    )
    stories.place(connection, article_id, terms)
    if document.article_id not in {None, article_id} and not ledger.has_documents(
        connection, document.article_id
    ):
        store.forget_article(
            connection, document.article_id
        )  # the new pipeline tells another article from it
    after = _found_quotes(connection, article_id)
    found = [
        _difference(change, document, article_id, quote_id, before.get(quote_id), after.get(quote_id))
        for quote_id in {**before, **after}
        if (change := tell_change(before.get(quote_id), after.get(quote_id)))
    ]
    _advance(connection, run, document.id, found)


def _found_quotes(connection: Connection, article_id: UUID | None) -> dict[UUID, Row]:
    """Return an article's quotes as they were found, less what corrections say of them."""
    if article_id is None:
        return {}
    return {
        row["id"]: {name: row[name] for name in COMPARED}
        for article in serving.load_found(connection, [article_id])
        for row in article.quotes
    }


def _difference(
    change: str,
    document: ledger.Kept,
    article_id: UUID | None = None,
    quote_id: UUID | None = None,
    before: Row | None = None,
    after: Row | None = None,
) -> Row:
    return {
        "id": make_time_id(),
        "change": change,
        "article_id": article_id or document.article_id,
        "document_id": document.id,
        "quote_id": quote_id,
        "before": before,
        "after": after,
    }


def _advance(connection: Connection, run: Claimed, document_id: UUID, differences: list[Row]) -> None:
    """Keep what a document changed and that it is done, in its own transaction."""
    insert_rows(connection, RunDifference, [row | {"run_id": run.id} for row in differences])
    changes = [row["change"] for row in differences]
    counts = {
        f"{change}_count": getattr(Run, f"{change}_count") + changes.count(change)
        for change in ("failed", "appeared", "vanished", "changed")
    }
    until = datetime.now(UTC) + CLAIM
    _update(
        connection, run.id, position=document_id, claimed_until=until, done_count=Run.done_count + 1, **counts
    )


def _update(connection: Connection, run_id: UUID, **values: object) -> None:
    connection.execute(update(Run).where(col(Run.id) == run_id).values(values))
