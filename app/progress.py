"""Ingests what a command names, and shows on a terminal how far it is."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Engine

from app.errors import DocumentError
from app.ingest.bulk import Outcome, ingest_all
from app.ingest.fetch import Fetcher
from app.ingest.pool import ReadingPool
from app.ingest.readers.opening import open_collection
from app.settings import Settings


def ingest_names(
    names: Iterable[str],
    engine: Engine,
    pool: ReadingPool,
    fetcher: Fetcher,
    *,
    settings: Settings,
    is_shown: bool,
) -> Iterator[Outcome]:
    """Yield what became of each document in the folders, files and URLs named; a name that is none fails alone."""
    with Progress(console=Console(stderr=True), disable=not is_shown) as progress:
        for name in names:
            try:
                with open_collection(name, fetcher, max_bytes=settings.max_body_bytes) as collection:
                    bar = progress.add_task(name, total=collection.total)
                    for outcome in ingest_all(
                        engine, collection.found, pool, fetcher, at_once=settings.readers
                    ):
                        progress.update(bar, completed=collection.position())
                        yield outcome
                    progress.update(bar, completed=collection.total)
            except DocumentError as error:
                yield Outcome(name, error)
