"""Reads web archives (WARC, ISO 28500), such as Common Crawl's CC-NEWS: the pages that were answered in full.

It streams: no more than one record is in memory. Requests, redirects, errors and other media are passed over.
"""

import zlib
from collections.abc import Iterator
from email.message import Message
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from app.documents import Hints, RawDocument
from app.errors import BadLine, DocumentError, FetchFailed
from app.ingest.fetch import CHUNK_BYTES, PAGE_TYPES, inflate
from app.ingest.readers.found import Found
from app.ingest.submissions import Submission


def read_warc(stream: BinaryIO, *, max_bytes: int) -> Iterator[Found]:
    """Yield the pages of an archive; one that breaks off ends with the reason."""
    line = 0
    beginning = stream.read(5)
    stream.seek(0)
    if not beginning.startswith((b"WARC/", b"\x1f\x8b")):  # warcio would guess at older formats
        yield Found.unreadable(1, "archive", BadLine("This is no WARC archive."), beginning)
        return
    try:
        for record in ArchiveIterator(stream):
            if _is_page(record):
                line += 1
                yield _find(record, line, max_bytes)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error) as error:
        yield Found.unreadable(line + 1, f"record {line + 1}", BadLine(f"The archive breaks off: {error}."))


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    return (
        record.rec_type == "response"
        and headers is not None
        and headers.get_statuscode() == "200"
        and _content_type(record)[0] in PAGE_TYPES
    )


def _find(record: Any, line: int, max_bytes: int) -> Found:
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    try:
        content = _payload(record, max_bytes)
    except (DocumentError, OSError, EOFError, ValueError, zlib.error) as error:
        failure = error if isinstance(error, DocumentError) else BadLine(f"The record breaks off: {error}.")
        return Found.unreadable(line, url or f"record {line}", failure)
    media_type, charset = _content_type(record)
    raw = RawDocument(
        content, "page" if media_type == "text/plain" else "html", Hints(url=url or None, charset=charset)
    )
    return Found(line, url or f"record {line}", Submission(raw))


def _payload(record: Any, max_bytes: int) -> bytes:
    """Return a record's page, unpacked in bounded pieces: warcio's own unpacking trusts the archive."""
    headers = record.http_headers
    body = record.raw_stream
    if headers.get_header("transfer-encoding", "").lower() == "chunked":
        body = ChunkedDataReader(body)  # also takes a body that says it is chunked and is not
    coding = headers.get_header("content-encoding", "").strip().lower()
    taken = bytearray()
    for piece in inflate(iter(lambda: body.read(CHUNK_BYTES), b""), coding):
        taken += piece
        if len(taken) > max_bytes:
            raise FetchFailed(f"The page is larger than {max_bytes} bytes.")
    return bytes(taken)


def _content_type(record: Any) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = record.http_headers.get_header("content-type") or "text/html"
    return message.get_content_type(), message.get_content_charset()
