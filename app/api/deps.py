"""What routes ask for: the engine, the reading pool, the page, the right to write.

Dependencies here are `async` although they wait for nothing: a plain function would cost a trip through the
thread pool each. Routes are `async` too and read through `read_rows`, which decides what goes to a thread.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from app.api.formats import ListFormat
from app.api.resources import IdTable
from app.api.schemas import Text
from app.db.engine import reading
from app.errors import BadQuery
from app.ingest.background import Background
from app.ingest.pool import ReadingPool
from app.ingest.readers.opening import MEDIA_TYPES, Reader
from app.ingest.startup import StartUp
from app.ingest.worker import Worker
from app.resolution.same_as import SameAs, read_same_as


async def get_engine(request: Request) -> Engine:
    """Return the database's engine."""
    engine: Engine = request.app.state.engine
    return engine


async def get_pool(request: Request) -> ReadingPool:
    """Return the processes that read documents."""
    pool: ReadingPool = request.app.state.pool
    return pool


async def get_startup(request: Request) -> StartUp:
    """Return the start-up job."""
    startup: StartUp = request.app.state.startup
    return startup


async def get_run_worker(request: Request) -> Background:
    """Return what works on runs."""
    worker: Background = request.app.state.run_worker
    return worker


def load_same_as(path: Path | None) -> IdTable:
    """Return the operator's table of ids, empty where there is none; raise `BadTable` where it cannot be read."""
    if path is None:
        return IdTable("", SameAs())
    with path.open(encoding="utf-8") as lines:
        return IdTable(path.name, read_same_as(lines))


async def get_same_as(request: Request) -> IdTable:
    """Return the operator's table of ids."""
    ids: IdTable = request.app.state.same_as
    return ids


async def allow_writing(request: Request) -> None:
    """Let the request pass if no keys are configured, or if it bears one of them."""
    digests = request.app.state.settings.api_key_digests
    if not digests:
        return
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    given = sha256(key.strip().encode()).digest()
    known = [hmac.compare_digest(given, digest) for digest in digests]
    if scheme.lower() != "bearer" or not any(known):
        raise HTTPException(401, "Send Authorization: Bearer <key>.", {"WWW-Authenticate": "Bearer"})


async def require_json(request: Request) -> None:
    """Let the request pass if its body says it is JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Send Content-Type: application/json.")


async def find_reader(request: Request) -> Reader:
    """Return the reader of the body's media type."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise HTTPException(415, f"Send one of {', '.join(MEDIA_TYPES)}.")
    return MEDIA_TYPES[media_type]


async def get_worker(request: Request) -> Worker:
    """Return the worker of this process."""
    worker: Worker = request.app.state.worker
    return worker


async def refuse_parameters(request: Request) -> None:
    """Refuse query parameters where a route has none: a misspelt one must not pass unnoticed."""
    for name in request.query_params:
        raise BadQuery(f"There is no parameter {name!r} here.", name)


EngineDep = Annotated[Engine, Depends(get_engine)]
PoolDep = Annotated[ReadingPool, Depends(get_pool)]
ReaderDep = Annotated[Reader, Depends(find_reader)]
WorkerDep = Annotated[Worker, Depends(get_worker)]
IdTableDep = Annotated[IdTable, Depends(get_same_as)]
StartUpDep = Annotated[StartUp, Depends(get_startup)]
RunWorkerDep = Annotated[Background, Depends(get_run_worker)]


async def read_rows[T](engine: Engine, work: Callable[[Connection], T], *, is_bounded: bool) -> T:
    """Return what `work` reads. What may take long runs in a thread, so that it keeps nobody waiting.

    A read of a bounded number of rows by an index takes 0.1 ms on SQLite, less than the way to a thread and back
    (measured: 300 µs of CPU on a busy machine), so there it runs at once. Postgres is always waited for in a thread.
    """
    if is_bounded and engine.dialect.name == "sqlite":
        return _read(engine, work)
    return await run_in_threadpool(_read, engine, work)


def _read[T](engine: Engine, work: Callable[[Connection], T]) -> T:
    with reading(engine) as connection:
        return work(connection)


class FieldChoice(BaseModel):
    """Which fields of a resource to answer."""

    model_config = ConfigDict(extra="forbid")

    fields: Text | None = Field(
        default=None,
        description="Only these top-level fields, separated by commas.",
        max_length=500,
        examples=["id,headline"],
    )


class PageChoice(FieldChoice):
    """Which page of a list."""

    limit: int = Field(default=20, ge=1, le=200, description="At most so many items.")
    cursor: str | None = Field(
        default=None,
        max_length=500,
        description="`next_cursor` of the page before, or `prev_cursor` of the one after.",
    )
    include: Literal["total"] | None = Field(default=None, description="`total`: count the whole list too.")
    format: ListFormat | None = Field(
        default=None,
        description="`csv` or `ndjson`: the whole list, or a page where `limit` or `cursor` is given. "
        "Without it, what `Accept` names.",
    )

    indexed: ClassVar[frozenset[str]] = frozenset()  # filters that an index answers in the list's own order

    def is_bounded(self) -> bool:
        """Whether reading the page touches about as many rows as it shows, however many there are."""
        filters = {name: getattr(self, name) for name in self.model_fields_set - set(PageChoice.model_fields)}
        return self.include is None and (
            not filters
            or (len(filters) == 1 and filters.keys() <= self.indexed and len(*filters.values()) == 1)
        )


def choose_fields(resources: list[dict[str, Any]], fields: str | None) -> list[dict[str, Any]]:
    """Return the resources with only the fields asked for; raise `BadQuery` for one there is not."""
    if fields is None or not resources:
        return resources
    names = [name.strip() for name in fields.split(",") if name.strip()]
    if not names:
        raise BadQuery("fields names no field.", "fields")
    for name in names:
        if name not in resources[0]:
            raise BadQuery(f"There is no field {name!r}; there are {', '.join(resources[0])}.", "fields")
    return [{name: resource[name] for name in names} for resource in resources]
