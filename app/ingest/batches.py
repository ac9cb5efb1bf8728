"""A batch comes in: lines become tasks of a job, bad lines failed documents; none is due before the last is there.

Lines go to the database as they come, so a batch takes no more memory than the part of it in hand.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine

from app.db.engine import writing
from app.errors import BadLine
from app.ingest import jobs
from app.ingest.lines import Line, LineCutter
from app.ingest.pipeline import VERSION


class Batch:
    """A job that is still coming in. `take` chunks, then `close`; or `abandon`, and it was never there."""

    def __init__(self, engine: Engine, *, max_line_bytes: int) -> None:
        self._engine = engine
        self._cutter = LineCutter(max_line_bytes)
        self._total = 0
        with writing(engine) as connection:
            self.job_id: UUID = jobs.open_job(connection, "batch")

    def take(self, chunk: bytes) -> None:
        """Queue the lines that end in this chunk."""
        self._keep(self._cutter.feed(chunk))

    def close(self) -> None:
        """Queue the last line and let the work begin."""
        self._keep(self._cutter.end())
        with writing(self._engine) as connection:
            jobs.close_job(connection, self.job_id, self._total)

    def abandon(self) -> None:
        """Drop what has come in."""
        with writing(self._engine) as connection:
            jobs.abandon(connection, self.job_id)

    def _keep(self, lines: Sequence[Line]) -> None:
        good, bad = [], []
        for line in lines:
            try:
                good.append((line.number, line.submission()))
            except BadLine as reason:
                bad.append((line, reason))
        if not lines:
            return
        with writing(self._engine) as connection:
            jobs.add_tasks(connection, self.job_id, good)
            for line, error in bad:
                jobs.add_failure(connection, self.job_id, line.number, line.raw(), error, version=VERSION)
        self._total += len(lines)
