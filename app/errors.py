"""The domain's errors. They know nothing of HTTP; `api/problems.py` maps them to status codes.

OnRecordError
├── DocumentError            a document that cannot be read; `stage` says where it failed
│   ├── NotDecodable         its bytes are no text in any encoding we accept
│   ├── NoArticle            it holds no article: empty, or page furniture only
│   ├── TooSlow              reading it took longer than the operator allows
│   ├── ReaderDied           the process reading it died twice
│   ├── BadLine              a line or item is not of the form it must have
│   ├── AddressRefused       its URL leads to no public address, or is no plain web URL
│   ├── RobotsRefused        its site asks readers not to fetch it
│   ├── FetchFailed          its URL answers no document, and will not by itself
│   ├── FetchDelayed         its URL answers nothing now; `seconds` says when to try again
│   ├── NotKept              its content was not kept, so it cannot be read again
│   └── ReadingFailed        a bug of ours, kept with the document
├── ModelError               the network is missing or not the one whose digest is pinned
├── BadTable                 the operator's table of ids has a line that cannot be read
├── NotFound                 no such resource
├── Merged                   the entity or story asked for was merged into another; `survivor_id` is where it went
├── BadCorrection            a correction that cannot be made of anything; `field` names what is wrong
├── Conflict                 it contradicts what is stored
├── BadQuery                 a parameter asks for what cannot be looked up; `parameter` names it
└── Busy                     the service cannot answer now; the same request may succeed later
"""

from uuid import UUID


class OnRecordError(Exception):
    """Something On Record expected did not hold."""


class DocumentError(OnRecordError):
    """The document cannot be read."""

    code = "document_error"
    stage = "extraction"

    def to_record(self) -> dict[str, str]:
        """Return what is kept of the failure."""
        return {"code": self.code, "stage": self.stage, "detail": str(self)}

    @staticmethod
    def from_record(record: dict[str, str]) -> "DocumentError":
        """Return the error a record was made of."""
        kinds = {kind.code: kind for kind in DocumentError.__subclasses__()}
        return kinds.get(record["code"], DocumentError)(record["detail"])


class NotDecodable(DocumentError):
    """The document's bytes are no text in any encoding we accept."""

    code = "not_decodable"


class NoArticle(DocumentError):
    """The document holds no article text."""

    code = "no_article"


class TooSlow(DocumentError):
    """Reading the document took longer than the operator allows."""

    code = "too_slow"
    stage = "nlp"


class ReaderDied(DocumentError):
    """The process reading the document died twice."""

    code = "reader_died"
    stage = "nlp"


class NotKept(DocumentError):
    """The document's content was not kept; what was read of it stays as it is."""

    code = "not_kept"
    stage = "input"


class BadLine(DocumentError):
    """A line or item that should describe a document is not of the form it must have."""

    code = "bad_line"
    stage = "input"


class AddressRefused(DocumentError):
    """The URL leads to no public address, or is no plain web URL."""

    code = "address_refused"
    stage = "fetch"


class RobotsRefused(DocumentError):
    """The site's robots.txt asks readers not to fetch this."""

    code = "robots_refused"
    stage = "fetch"


class FetchFailed(DocumentError):
    """The URL answers no document, and asking again will not change that by itself."""

    code = "fetch_failed"
    stage = "fetch"


class FetchDelayed(DocumentError):
    """The URL cannot be fetched now: the site is slow, down, or asks to wait `seconds`."""

    code = "fetch_delayed"
    stage = "fetch"

    def __init__(self, detail: str, seconds: float = 60) -> None:
        super().__init__(detail)
        self.seconds = seconds


class ReadingFailed(DocumentError):
    """Reading the document failed in a way nobody foresaw: a bug of ours, kept with the document."""

    code = "reading_failed"
    stage = "nlp"


class ModelError(OnRecordError):
    """The network is missing or is not the pinned one."""


class BadTable(OnRecordError):
    """The operator's table of ids has a line that cannot be read."""


class NotFound(OnRecordError):
    """No such resource."""


class Merged(OnRecordError):
    """The entity or story asked for was merged into another."""

    def __init__(self, merged_id: UUID, survivor_id: UUID, kind: str = "entity") -> None:
        super().__init__(f"The {kind} {merged_id} was merged into {survivor_id}.")
        self.merged_id = merged_id
        self.survivor_id = survivor_id


class BadCorrection(OnRecordError):
    """A correction that cannot be made: it speaks of what is not there, or says nothing."""

    def __init__(self, detail: str, field: str) -> None:
        super().__init__(detail)
        self.field = field


class Conflict(OnRecordError):
    """It contradicts what is stored."""


class Busy(OnRecordError):
    """The service cannot answer now; the same request may succeed later."""


class BadQuery(OnRecordError):
    """A parameter asks for what cannot be looked up."""

    def __init__(self, detail: str, parameter: str = "q") -> None:
        super().__init__(detail)
        self.parameter = parameter
