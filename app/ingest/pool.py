"""Processes that read documents, so that neither the event loop nor the request threads ever run a model.

A reading process loads the models once and then turns raw documents into annotated articles, one at a time.
One that takes too long, or dies, is replaced; the server itself imports no model.
"""

import contextlib
import os
import queue
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from app.documents import AnnotatedArticle, RawDocument
from app.errors import Busy, DocumentError, ModelError, ReaderDied, ReadingFailed, TooSlow
from app.ingest.pipeline import read, version_with
from app.nlp import Models, QuoteModel, load_models

START_SECONDS = 120  # to load the models: 3 to 17 s were measured, on an idle and on a busy machine
WAIT_SECONDS = 30  # a request waits so long for a free reader before it is answered 503


@dataclass(frozen=True, slots=True)
class _Reader:
    process: BaseProcess
    pipe: Connection


class ReadingPool:
    """A fixed number of reading processes; `read` may be called from any thread."""

    def __init__(self, count: int, *, seconds: float, quote_model: QuoteModel = "tagger") -> None:
        self._count = count
        self._quote_model: QuoteModel = quote_model
        self.seconds = seconds
        self.version = version_with(quote_model)  # what these readers' articles are kept as read by
        self._free: queue.Queue[_Reader] = queue.Queue()
        self._closed = threading.Event()

    def start(self) -> None:
        """Start the readers and wait until their models are loaded; raise `ModelError` if they cannot be."""
        readers = [_start_reader(self._quote_model) for _ in range(self._count)]
        for reader in readers:
            _await_models(reader)
            self._free.put(reader)

    def read(self, raw: RawDocument) -> AnnotatedArticle:
        """Return the annotated article; raise `DocumentError` if there is none, `Busy` if no reader is free."""
        try:
            return self._read(raw)
        except ReaderDied:  # perhaps not this document's doing: a second death says it is
            return self._read(raw)

    def readers(self) -> list[int]:
        """Return the process ids of the readers that are free."""
        return [reader.process.pid or 0 for reader in self._free.queue]

    def close(self) -> None:
        """Stop the readers."""
        self._closed.set()
        with contextlib.suppress(queue.Empty):
            while True:
                _stop(self._free.get_nowait())

    def _read(self, raw: RawDocument) -> AnnotatedArticle:
        with self._reader() as reader:
            try:
                reader.pipe.send(raw)
                if not reader.pipe.poll(self.seconds):
                    _stop(reader)
                    raise TooSlow(f"Reading the document took longer than {self.seconds:g} s.")
                answer = reader.pipe.recv()
            except (EOFError, OSError) as error:
                _stop(reader)
                raise ReaderDied("The process reading the document died.") from error
        if isinstance(answer, AnnotatedArticle):
            return answer
        raise answer

    @contextlib.contextmanager
    def _reader(self) -> Iterator[_Reader]:
        try:
            reader = self._free.get(timeout=WAIT_SECONDS)
        except queue.Empty:
            raise Busy("Every reader is at work; try again in a moment.") from None
        try:
            yield reader
        finally:
            if not reader.process.is_alive() and not self._closed.is_set():
                reader = _start_reader(self._quote_model)
                _await_models(reader)
            self._free.put(reader)


def _start_reader(quote_model: QuoteModel) -> _Reader:
    context = get_context("spawn")  # a fork would copy the server's locks in whatever state they are
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, quote_model), name="onrecord-reader", daemon=True)
    process.start()
    theirs.close()
    return _Reader(process, ours)


def _await_models(reader: _Reader) -> None:
    try:
        answer = (
            reader.pipe.recv() if reader.pipe.poll(START_SECONDS) else ModelError("Loading took too long.")
        )
    except EOFError:
        answer = ModelError("The reading process died while it loaded its models.")
    if isinstance(answer, Exception):
        _stop(reader)
        raise answer


def _stop(reader: _Reader) -> None:
    reader.pipe.close()
    reader.process.kill()
    reader.process.join()


def _serve(pipe: Connection, quote_model: QuoteModel) -> None:
    """Be a reading process: say when the models are loaded, then answer documents until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when readers stop
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        models = load_models(quote_model)
    except ModelError as error:
        pipe.send(error)
        return
    pipe.send(None)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(_answer(pipe.recv(), models))


def _answer(raw: RawDocument, models: Models) -> AnnotatedArticle | DocumentError:
    try:
        return read(raw, models)
    except DocumentError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a bug on one document must not take the reader with it
        return ReadingFailed(f"{type(error).__name__}: {error}")
