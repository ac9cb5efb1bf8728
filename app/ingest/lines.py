"""Cuts bytes that come in piece by piece into lines, holding no more than the longest line allowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.documents import RawDocument
from app.errors import BadLine
from app.ingest.submissions import Submission, parse_line

KEPT_BYTES = 4096  # of a bad line: enough to see what it is


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

    def raw(self) -> RawDocument:
        """Return the line itself as a document: how one that submits nothing is kept."""
        return RawDocument(self.content[:KEPT_BYTES], "text")


class LineCutter:
    """Takes chunks, gives lines."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._line = bytearray()
        self._is_cut = False
        self.count = 0  # lines ended, blank ones too

    def feed(self, chunk: bytes) -> list[Line]:
        """Return the lines that end in this chunk."""
        *ended, last = chunk.split(b"\n")
        lines = []
        for piece in ended:
            self._add(piece)
            lines += self.end()
        self._add(last)
        return lines

    def end(self) -> list[Line]:
        """Return the line begun, if it is not blank."""
        self.count += 1
        line = Line(self.count, bytes(self._line), self._is_cut)
        self._line.clear()
        self._is_cut = False
        return [line] if line.content.strip() else []

    def _add(self, piece: bytes) -> None:
        room = self._max_bytes - len(self._line)
        self._is_cut = self._is_cut or len(piece) > room
        self._line += piece[:room]


def cut_lines(chunks: Iterable[bytes], max_bytes: int) -> Iterator[Line]:
    """Yield the lines of a stream."""
    cutter = LineCutter(max_bytes)
    for chunk in chunks:
        yield from cutter.feed(chunk)
    yield from cutter.end()
