"""The command line: serve, ingest, worker, annotate, reprocess, migrate, openapi.

Each command imports what it needs when it runs, so that `--help` answers at once and nothing but reading
documents ever loads a model.
"""

import sys
from typing import Annotated

import typer

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    add_completion=False,
    help="Who said what, and where it was printed.",
)

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1, max=64)] = 1,
) -> None:
    """Migrate the database and serve the API; the seeds are read in the background.

    Without API keys everyone who can connect may write, so the server then listens on this machine only.
    """
    import uvicorn  # noqa: PLC0415

    from app import logs  # noqa: PLC0415
    from app.db.engine import make_engine  # noqa: PLC0415
    from app.db.migrate import upgrade  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    settings = Settings()
    if not settings.api_keys and host is not None and host not in LOOPBACK:
        typer.echo(
            f"Set ONRECORD_API_KEYS to listen on {host}: without keys anyone there could write.", err=True
        )
        raise typer.Exit(2)
    logs.configure()
    address = host or ("0.0.0.0" if settings.api_keys else "127.0.0.1")  # noqa: S104 - keys guard it
    if not settings.api_keys:
        typer.echo(f"No ONRECORD_API_KEYS: listening on {address} only, where anyone may write.", err=True)
    engine = make_engine(settings.database_url, keeps_documents=settings.keep_documents)
    upgrade(engine)
    engine.dispose()
    typer.echo(f"On Record: http://{address}:{port}/ (API: /docs)", err=True)
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=address,
        port=port,
        workers=workers,
        access_log=False,  # the app logs requests itself, with fields
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


@app.command()
def ingest(
    names: Annotated[
        list[str],
        typer.Argument(help="Folders, files (.ndjson .jsonl .warc .json .xml, or .gz of these), URLs."),
    ],
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Read documents into the database; print what failed, and why. Begun again, it goes on where it was.

    Folders hold *.txt page dumps and *.html pages. Lines are objects with text, raw_text, html or url; ninjs and
    JSON-LD items do too. URLs are pages or feeds, fetched politely from public addresses.
    """
    import logging  # noqa: PLC0415

    from app import logs  # noqa: PLC0415
    from app.db.engine import make_engine  # noqa: PLC0415
    from app.db.migrate import upgrade  # noqa: PLC0415
    from app.ingest.fetch import Fetcher  # noqa: PLC0415
    from app.ingest.pool import ReadingPool  # noqa: PLC0415
    from app.progress import ingest_names  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    logs.configure(logging.ERROR)  # what fails is printed below, and kept with the documents
    settings = Settings()
    engine = make_engine(settings.database_url, keeps_documents=settings.keep_documents)
    upgrade(engine)
    pool = ReadingPool(settings.readers, seconds=settings.read_seconds, quote_model=settings.quote_model)
    pool.start()
    outcomes = ingest_names(
        names,
        engine,
        pool,
        Fetcher(max_bytes=settings.max_body_bytes),
        settings=settings,
        is_shown=not quiet and sys.stderr.isatty(),
    )
    stored = failed = 0
    for outcome in outcomes:
        stored, failed = stored + (outcome.error is None), failed + (outcome.error is not None)
        if outcome.error is not None:
            typer.echo(f"{outcome.name}: {outcome.error}", err=True)
    pool.close()
    typer.echo(f"{stored} of {stored + failed} documents stored.", err=True)
    raise typer.Exit(1 if failed else 0)


@app.command()
def worker() -> None:
    """Read what is queued, beside what servers do themselves; as many documents at once as ONRECORD_READERS.

    Any number of workers may share a Postgres database. SIGTERM ends it after the documents in hand.
    """
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    from app import logs  # noqa: PLC0415
    from app.db.engine import make_engine  # noqa: PLC0415
    from app.db.migrate import upgrade  # noqa: PLC0415
    from app.ingest.fetch import Fetcher  # noqa: PLC0415
    from app.ingest.pool import ReadingPool  # noqa: PLC0415
    from app.ingest.worker import Worker  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    settings = Settings()
    logs.configure()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    engine = make_engine(settings.database_url, keeps_documents=settings.keep_documents)
    upgrade(engine)
    pool = ReadingPool(settings.readers, seconds=settings.read_seconds, quote_model=settings.quote_model)
    pool.start()
    fetcher = Fetcher(max_bytes=settings.max_body_bytes)
    reader = Worker(engine, pool, fetcher, threads=settings.readers)
    reader.start()
    typer.echo("Reading what is queued.", err=True)
    stopped.wait()
    reader.stop()
    pool.close()
    engine.dispose()


@app.command()
def annotate(
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if any line failed.")] = False,
) -> None:
    """Read JSON Lines of documents on standard input; write JSON Lines of annotations, in order. No database."""
    from app.ingest.annotate import annotate_lines  # noqa: PLC0415
    from app.nlp import load_models  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    failed = 0
    for answer, is_good in annotate_lines(sys.stdin.buffer, load_models(Settings().quote_model)):
        failed += not is_good
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
    if failed:
        typer.echo(f"{failed} lines failed.", err=True)
    raise typer.Exit(1 if failed and strict else 0)


@app.command()
def reprocess(
    since: Annotated[
        str | None, typer.Option(help="Only what a pipeline with an older stage than this version has read.")
    ] = None,
) -> None:
    """Read again what older pipelines have read; what changed is listed at /v1/runs. Stopped, it goes on later."""
    from app.db.engine import make_engine, writing  # noqa: PLC0415
    from app.db.migrate import upgrade  # noqa: PLC0415
    from app.ingest.pool import ReadingPool  # noqa: PLC0415
    from app.ingest.runs import claim_run, describe_run, start_run, work  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    settings = Settings()
    engine = make_engine(settings.database_url, keeps_documents=settings.keep_documents)
    upgrade(engine)
    pool = ReadingPool(1, seconds=settings.read_seconds, quote_model=settings.quote_model)
    with writing(engine) as connection:
        run_id = start_run(connection, pool.version, since)
    run = claim_run(engine, pool.version)
    if run is None:
        typer.echo(f"Another process is at work on the run {run_id}.", err=True)
        raise typer.Exit(1)
    pool.start()

    def show() -> bool:
        typer.echo(f"\r{describe_run(engine, run.id)}", err=True, nl=False)
        return False

    work(engine, run, pool.read, is_stopped=show)
    pool.close()
    typer.echo(f"\r{describe_run(engine, run.id)}", err=True)


@app.command()
def migrate(revision: Annotated[str, typer.Argument(help="Alembic revision.")] = "head") -> None:
    """Bring the database's schema up to a revision."""
    from app.db.engine import make_engine  # noqa: PLC0415
    from app.db.migrate import upgrade  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    upgrade(make_engine(Settings().database_url), revision)


@app.command()
def openapi() -> None:
    """Write the OpenAPI document to standard output."""
    import orjson  # noqa: PLC0415

    from app.main import create_app  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    document = create_app(Settings(database_url="sqlite://", seeds_dir=None)).openapi()
    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")


def main() -> None:
    """Run the onrecord command."""
    app()
