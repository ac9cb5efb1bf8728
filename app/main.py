"""Wires it all: settings, engine, reading pool, start-up job, routes. The only place that knows every part."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette_compress import CompressMiddleware

from app.api import docs, openapi
from app.api.deps import load_same_as
from app.api.middleware import BodyLimit, RequestContext
from app.api.problems import add_handlers
from app.api.routes import (
    articles,
    candidates,
    changes,
    corrections,
    documents,
    entities,
    feeds,
    health,
    jobs,
    publishers,
    quotes,
    revisions,
    runs,
    search,
    stories,
    utterances,
    webhooks,
)
from app.api.streams import Listeners, closing_early
from app.db.engine import make_engine
from app.ingest import runs as reading_again
from app.ingest import webhooks as webhook_calls
from app.ingest.background import Background, IsStopped
from app.ingest.catching_up import catch_up
from app.ingest.fetch import Fetcher
from app.ingest.pool import ReadingPool
from app.ingest.startup import StartUp
from app.ingest.webhook_sender import Sender
from app.ingest.worker import Worker
from app.pages import problems as problem_pages
from app.pages import routes as pages
from app.settings import Settings

VERSION = "0.1.0"
BATCH_BODIES = 100  # how much more than other bodies a batch may hold: it goes to the database line by line
RUN_SECONDS = 30.0  # between two looks for a run that another server left behind
WEBHOOK_SECONDS = 2.0  # between two looks at the change log, which other servers write to as well
STOP_SECONDS = 5  # what a background job gets to finish its transaction
ROUTES = (
    articles,
    revisions,
    quotes,
    entities,
    stories,
    utterances,
    candidates,
    corrections,
    runs,
    publishers,
    search,
    changes,
    webhooks,
    documents,
    jobs,
    feeds,
    health,
)
EXPOSED_HEADERS = ("ETag", "Link", "Location", "Retry-After", "X-Request-ID")


def create_app(
    settings: Settings | None = None, pool: ReadingPool | None = None, fetcher: Fetcher | None = None
) -> FastAPI:
    """Return the app. The database must be migrated; models and seeds come in once it is serving.

    Its worker begins after the seeds: what is queued has come after them.
    """
    settings = settings or Settings()
    pool = pool or ReadingPool(
        settings.readers, seconds=settings.read_seconds, quote_model=settings.quote_model
    )
    app = FastAPI(
        title="On Record",
        version=VERSION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=openapi.operation_id,
    )
    app.state.settings = settings
    app.state.engine = make_engine(
        settings.database_url,
        query_seconds=settings.query_seconds,
        keeps_documents=settings.keep_documents,
    )
    app.state.pool = pool
    app.state.worker = Worker(
        app.state.engine,
        pool,
        fetcher or Fetcher(max_bytes=settings.max_body_bytes),
        threads=settings.readers,
    )
    app.state.startup = StartUp(
        app.state.engine,
        pool,
        settings.seeds_dir,
        max_bytes=settings.max_body_bytes,
        then=app.state.worker.start,
    )
    app.state.same_as = load_same_as(settings.same_as)
    app.state.run_worker = Background("runs", partial(_rework, app.state.engine, pool), seconds=RUN_SECONDS)
    app.state.listeners = Listeners(app.state.engine)
    tell_all = partial(webhook_calls.tell_all, app.state.engine, Sender())
    app.state.webhook_worker = Background("webhooks", tell_all, seconds=WEBHOOK_SECONDS)
    for routes in ROUTES:
        app.include_router(routes.router)
    pages.install(app)
    add_handlers(app, problem_pages.as_page)
    docs.install(app)
    openapi.install(app)
    app.add_middleware(
        BodyLimit,
        max_bytes=settings.max_body_bytes,
        larger={"/v1/articles:batch": settings.max_body_bytes * BATCH_BODIES},
    )
    app.add_middleware(CompressMiddleware, zstd_level=1, brotli_quality=1, gzip_level=1)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST", "PATCH", "DELETE"),
            allow_headers=("Authorization", "Content-Type", "If-None-Match", "Prefer", "X-Request-ID"),
            expose_headers=EXPOSED_HEADERS,
        )
    app.add_middleware(RequestContext)
    return app


def _rework(engine: Engine, pool: ReadingPool, is_stopped: IsStopped) -> None:
    """Put articles that have no story into one, then read again what a run asks for."""
    catch_up(engine, is_stopped=is_stopped)
    reading_again.work_off(engine, pool, is_stopped)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.startup.start()
    app.state.run_worker.start()
    app.state.webhook_worker.start()
    with closing_early(app.state.listeners):
        yield
    app.state.listeners.close()
    background = (app.state.webhook_worker, app.state.run_worker, app.state.startup)
    for job in background:
        job.stop()
    await run_in_threadpool(app.state.worker.stop)
    app.state.pool.close()
    for job in background:
        job.join(STOP_SECONDS)
    app.state.engine.dispose()
