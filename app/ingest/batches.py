"""A batch comes in: what a reader finds becomes the tasks of a job, bad lines failed documents.

They go to the database some at a time, and none is due before the last is there; so any worker on any machine can
take them up, and a batch takes no more memory than the part of it in hand.
"""

from collections.abc import Iterable, Sequence
from itertools import batched
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from app.db.engine import writing
from app.ingest import jobs
from app.ingest.jobs import JobKind
from app.ingest.readers.found import Found

KEPT_AT_ONCE = 50  # documents of a transaction


def queue_all(engine: Engine, kind: JobKind, found: Iterable[Found]) -> UUID:
    """Queue what a reader finds as one job, and return its id. If the reader raises, there was no job."""
    with writing(engine) as connection:
        job_id = jobs.open_job(connection, kind)
    total = 0
    try:
        for some in batched(found, KEPT_AT_ONCE):
            with writing(engine) as connection:
                keep(connection, job_id, some)
            total += len(some)
    except BaseException:
        with writing(engine) as connection:
            jobs.abandon(connection, job_id)
        raise
    with writing(engine) as connection:
        jobs.close_job(connection, job_id, total)
    return job_id


def keep(connection: Connection, job_id: UUID, found: Sequence[Found]) -> None:
    """Add what was found to a job: tasks, and what is no document as failed."""
    good = [(one.line, one.submission) for one in found if one.error is None]
    jobs.add_tasks(connection, job_id, good)
    for one in found:
        if one.error is not None:
            jobs.add_failure(connection, job_id, one, one.error)
