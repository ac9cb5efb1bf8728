"""Cuts bytes that come in piece by piece into lines, holding no more than the longest line allowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.errors import BadLine
from app.ingest.readers.found import Found
from app.ingest.submissions import Submission, parse_line

CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    number: its place, from 1. is_cut: it was longer than allowed; this is its beginning.
    """

    number: int
    content: bytes
    is_cut: bool = False

    def submission(self) -> Submission:
        """Return what the line submits; raise `BadLine` if it cannot be told."""
        if self.is_cut:
            raise BadLine(f"The line is longer than {len(self.content)} bytes.")
        return parse_line(self.content)

    def find(self, name: str) -> Found:
        """Return what the line is: a document, or why not, with its beginning."""
        try:
            return Found(self.number, name, self.submission())
        except BadLine as error:
            return Found.unreadable(self.number, name, error, self.content)


def read_lines(stream: BinaryIO, *, max_bytes: int) -> Iterator[Found]:
    """Yield the documents of NDJSON."""
    for line in cut_lines(iter(lambda: stream.read(CHUNK_BYTES), b""), max_bytes):
        yield line.find(f"line {line.number}")


def cut_lines(chunks: Iterable[bytes], max_bytes: int) -> Iterator[Line]:
    """Yield the lines of a stream that are not blank."""
    begun, is_cut, number = bytearray(), False, 1
    for chunk in chunks:
        for at, piece in enumerate(chunk.split(b"\n")):
            if at:
                yield from _line(number, begun, is_cut=is_cut)
                begun, is_cut, number = bytearray(), False, number + 1
            room = max_bytes - len(begun)
            is_cut = is_cut or len(piece) > room
            begun += piece[:room]
    yield from _line(number, begun, is_cut=is_cut)


def _line(number: int, content: bytearray, *, is_cut: bool) -> Iterator[Line]:
    if content.strip():
        yield Line(number, bytes(content), is_cut)
