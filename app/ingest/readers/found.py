"""What every reader yields: one document after another, each with its place, and never an exception for a bad one."""

from dataclasses import dataclass

from app.documents import Hints, RawDocument
from app.errors import DocumentError
from app.ingest.submissions import Submission


@dataclass(frozen=True, slots=True)
class Found:
    """A document in a folder, file, archive or feed. line: its place there, from 1. error: why it is none."""

    line: int
    name: str
    submission: Submission
    error: DocumentError | None = None

    @classmethod
    def unreadable(cls, line: int, name: str, error: DocumentError, content: bytes = b"") -> "Found":
        """Return what is kept of a document that could not even be submitted: the beginning of its content."""
        raw = RawDocument(content[:KEPT_BYTES], "text", Hints(external_id=name))
        return cls(line, name, Submission(raw), error)


KEPT_BYTES = 4096  # of a bad document: enough to see what it is
