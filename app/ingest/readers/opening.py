"""Opens what is named: a folder, a file by its suffix, or a URL; each as a stream of documents with its progress."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from app.documents import Hints
from app.errors import BadLine, DocumentError
from app.ingest.fetch import PAGE_TYPES, Fetcher
from app.ingest.readers import folder
from app.ingest.readers.feed import FEED_TYPES, read_feed
from app.ingest.readers.found import Found
from app.ingest.readers.lines import read_lines
from app.ingest.readers.warc import read_warc
from app.ingest.standards import fields_of, items_of
from app.ingest.submissions import Submission, check

MOST_WHOLE_BYTES = 64 * 1024 * 1024  # of a JSON or XML file: unlike lines and archives it is held whole

Reader = Callable[..., Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, one after another, and how far along they are, in bytes or files."""

    found: Iterator[Found]
    total: int
    position: Callable[[], int]


@contextmanager
def open_collection(name: str, fetcher: Fetcher, *, max_bytes: int) -> Iterator[Collection]:
    """Give the documents of a folder, file or URL; raise `DocumentError` for what no reader knows."""
    if name.startswith(("http://", "https://")):
        yield Collection(_read_url(name, fetcher), 1, lambda: 0)
        return
    path = Path(name)
    if path.is_dir():
        yield _open_folder(path, max_bytes)
        return
    read = READERS.get(path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix)
    if read is None or not path.is_file():
        known = ", ".join(sorted(READERS))
        raise DocumentError(f"{name} is no folder, http URL or file with one of {known} (or .gz of these).")
    with path.open("rb") as file:
        is_packed = path.suffix == ".gz" and read is not read_warc  # an archive is packed record by record
        stream: Any = gzip.GzipFile(fileobj=file) if is_packed else file
        found = _until_broken(read(stream, max_bytes=max_bytes))
        yield Collection(found, path.stat().st_size, file.tell)


def read_items(stream: BinaryIO, *, max_bytes: int) -> Iterator[Found]:  # noqa: ARG001 - as every reader
    """Yield the documents of a JSON file: an object, an array, a ninjs or JSON-LD item, or a JSON Feed."""
    content = _read_whole(stream)
    try:
        record = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        yield Found.unreadable(1, "item 1", BadLine(f"This is no JSON: {error}."), content)
        return
    if isinstance(record, dict) and "jsonfeed.org" in str(record.get("version")):
        yield from read_feed(content, "")
        return
    for line, item in enumerate(items_of(record), 1):
        try:
            yield Found(line, f"item {line}", check(fields_of(item)))
        except BadLine as error:
            yield Found.unreadable(line, f"item {line}", error, orjson.dumps(item))


def read_feed_file(stream: BinaryIO, *, max_bytes: int) -> Iterator[Found]:  # noqa: ARG001
    """Yield the entries of a feed in a file."""
    content = _read_whole(stream)
    try:
        yield from read_feed(content, "")
    except BadLine as error:
        yield Found.unreadable(1, "feed", error, content)


READERS: dict[str, Reader] = {
    ".ndjson": read_lines,
    ".jsonl": read_lines,
    ".warc": read_warc,
    ".json": read_items,
    ".jsonld": read_items,
    ".xml": read_feed_file,
    ".rss": read_feed_file,
    ".atom": read_feed_file,
}

# What a body may be: the standards' own types and what is commonly said instead
MEDIA_TYPES: dict[str, Reader] = {
    "application/x-ndjson": read_lines,
    "application/jsonl": read_lines,
    "application/warc": read_warc,
    "application/json": read_items,
    "application/ld+json": read_items,
    "application/feed+json": read_items,
    "application/rss+xml": read_feed_file,
    "application/atom+xml": read_feed_file,
    "application/xml": read_feed_file,
}


def _open_folder(path: Path, max_bytes: int) -> Collection:
    paths = folder.list_documents(path)
    done = 0

    def read() -> Iterator[Found]:
        nonlocal done
        for one in paths:
            done += 1
            yield folder.find_document(one, done, max_bytes=max_bytes)

    return Collection(read(), len(paths), lambda: done)


def _until_broken(found: Iterator[Found]) -> Iterator[Found]:
    """Yield what a reader finds; what cannot be unpacked ends with the reason."""
    line = 0
    try:
        for one in found:
            line = one.line
            yield one
    except (OSError, EOFError, zlib.error) as error:
        yield Found.unreadable(line + 1, f"after {line}", BadLine(f"The file breaks off: {error}."))


def _read_url(url: str, fetcher: Fetcher) -> Iterator[Found]:
    """Yield the entries of a feed, or the page, a URL answers."""
    try:
        fetched = fetcher.fetch(url, types=PAGE_TYPES | FEED_TYPES)
        if fetched.media_type not in PAGE_TYPES:
            yield from read_feed(fetched.content or b"", fetched.url)
            return
    except DocumentError as error:
        yield Found.unreadable(1, url, error)
        return
    yield Found(1, url, Submission.of_url(Hints(url=url)))


def _read_whole(stream: BinaryIO) -> bytes:
    content = stream.read(MOST_WHOLE_BYTES + 1)
    return content if len(content) <= MOST_WHOLE_BYTES else b"larger than may be held whole"
