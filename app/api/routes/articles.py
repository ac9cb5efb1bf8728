"""Articles: read, list, add, delete; their quotes and mentions."""

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.api import schemas
from app.api.deps import (
    EngineDep,
    FieldChoice,
    IdTableDep,
    PageChoice,
    PoolDep,
    ReaderDep,
    WorkerDep,
    allow_writing,
    choose_fields,
    read_rows,
    refuse_parameters,
    require_json,
)
from app.api.exports import base_url_of
from app.api.formats import (
    ARTICLE_FORMATS,
    ARTICLE_TYPES,
    ArticleFormat,
    ArticleListFormat,
    as_plain,
    choose_format,
)
from app.api.lists import PageQuery, answer_list, each
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.resources import (
    IdTable,
    Resource,
    make_article,
    make_article_detail,
    make_entities,
    make_mention,
    make_quote,
)
from app.api.responses import json_response
from app.api.routes.jobs import accepted
from app.api.schemas import Text, Time
from app.db import keyset, queries
from app.db.engine import reading, writing
from app.db.keyset import Listing
from app.db.queries import ArticleFilter, EntityFilter, QuoteFilter
from app.errors import BadQuery, NotFound
from app.ingest import jobs
from app.ingest.batches import queue_all
from app.ingest.jobs import JobKind
from app.ingest.pipeline import ingest
from app.ingest.readers.lines import read_lines
from app.ingest.readers.opening import MEDIA_TYPES
from app.ingest.store import forget_article
from app.ingest.utterances import settle

router = APIRouter(prefix="/v1/articles", tags=["articles"])
LINES = '{"id": "a1", "text": "“We will sign it,” said Mayor Ada Okafor."}\n{"url": "https://news.example/flood-pact"}\n'
BATCHES = {
    media_type: {"schema": {"type": "string", "format": "binary"}}
    | ({"example": LINES} if reader is read_lines else {})
    for media_type, reader in MEDIA_TYPES.items()
}
FOUND_LIMIT = 10_000  # quotes, mentions or entities shown inside one article


class ArticleListQuery(PageChoice):
    """Which articles."""

    indexed = frozenset({"entity", "publisher", "language", "story", "section", "keyword", "warning"})

    publisher: list[Text] = Field(default=[], description="Id or slug.")
    published_from: Time | None = Field(default=None, description="Published at or after.")
    published_to: Time | None = Field(default=None, description="Published before.")
    entity: list[UUID] = Field(default=[], description="Mentions this entity.")
    speaker: list[Text] = Field(default=[], description="Quotes this entity: id or name.")
    language: list[Text] = Field(default=[], description="ISO 639-1.")
    external_id: list[Text] = Field(default=[], description="The caller's own key.")
    story: list[UUID] = Field(default=[], description="About this story's event.")
    section: list[Text] = Field(default=[], description="Filed under this, whatever the case.")
    keyword: list[Text] = Field(default=[], description="Has this keyword, whatever the case.")
    warning: list[Text] = Field(default=[], description="Read with this warning, as `language_not_read`.")
    copies: schemas.Copies = Field(default="include", description="`exclude`: without copies of another.")
    q: Text | None = Field(default=None, max_length=500, description="Words in headline or text.")
    format: ArticleListFormat | None = Field(  # type: ignore[assignment] # more than other lists have
        default=None,
        description="`csv` or `ndjson`: the whole list, or a page where `limit` or `cursor` is given; so too "
        "`json-ld` (schema.org NewsArticle) and `ninjs` (IPTC ninjs 3.1), one a line, with texts. `atom` and "
        "`json-feed`: a page with texts, linked to the next. Without it, what `Accept` names.",
    )


class ArticleQuery(FieldChoice):
    """How much of an article."""

    include: list[Literal["quotes", "mentions", "entities"]] = Field(
        default=[], description="Also what was found in it."
    )
    format: ArticleFormat = Field(
        default="json", description="`json-ld`: a schema.org NewsArticle; `ninjs`: an IPTC ninjs 3.1 item."
    )


@router.get("", **answers(schemas.Page[schemas.Article], 422, query=ArticleListQuery))
async def list_articles(
    request: Request, engine: EngineDep, query: Annotated[ArticleListQuery, Depends(read(ArticleListQuery))]
) -> Response:
    """List articles, newest first: by publication, or by arrival where that is unknown."""
    wanted = ArticleFilter(**{name: getattr(query, name) for name in ArticleFilter.__dataclass_fields__})

    form = choose_format(request, query)
    has_text = form is not None and form.has_text

    def listing(connection: Connection) -> Listing:
        return queries.list_articles(connection, wanted, with_text=has_text, pages=query.include is None)

    return await answer_list(
        request, engine, query, listing, each(make_article_detail if has_text else make_article)
    )


@router.get(
    "/{article_id}", **answers(schemas.ArticleDetail, 404, 422, query=ArticleQuery, also=ARTICLE_TYPES)
)
async def get_article(
    request: Request,
    article_id: UUID,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[ArticleQuery, Depends(read(ArticleQuery))],
) -> Response:
    """Return an article with its text and, on request, its quotes, mentions and entities."""

    def work(connection: Connection) -> Resource:
        return read_article(connection, article_id, query.include, ids)

    resource = await read_rows(engine, work, is_bounded="entities" not in query.include)
    if query.format != "json":
        return _article_in(request, query, resource)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.post(
    "",
    status_code=201,
    response_model=schemas.ArticleDetail,
    responses=problems(400, 401, 413, 415, 422)
    | {
        200: {"model": schemas.ArticleDetail, "description": "Known already"},
        202: {"model": schemas.Job, "description": "To be read later: a URL, or as preferred"},
    },
    dependencies=[Depends(allow_writing), Depends(require_json), Depends(refuse_parameters)],
)
def add_article(
    request: Request,
    new: schemas.NewArticle,
    engine: EngineDep,
    pool: PoolDep,
    ids: IdTableDep,
    worker: WorkerDep,
    prefer: Annotated[schemas.Text | None, Header(description="`respond-async`: answer with a job.")] = None,
) -> Response:
    """Read a document and store the article it holds, with its quotes. The same document again changes nothing.

    An article with an `external_id` or `url` that is known becomes that article's next revision. A url without
    content is fetched later: the answer is then a job, as it is with `Prefer: respond-async`.
    """
    submission = new.submission()
    if submission.must_fetch or _prefers_async(prefer):
        with writing(engine) as connection:
            kind: JobKind = "url" if submission.must_fetch else "document"
            job_id = jobs.submit(connection, kind, [submission])
        worker.wake()
        return accepted(request, engine, job_id)
    ingested = ingest(engine, submission.raw, pool.read, version=pool.version)
    with reading(engine) as connection:
        resource = read_article(connection, ingested.article_id, ["quotes"], ids)
    status = 200 if ingested.outcome == "known" else 201
    return json_response(
        request, resource, status=status, headers={"Location": f"/v1/articles/{ingested.article_id}"}
    )


@router.post(
    ":batch",
    status_code=202,
    response_model=schemas.Job,
    responses=problems(400, 401, 413, 415, 422),
    dependencies=[Depends(allow_writing), Depends(refuse_parameters)],
    openapi_extra={"requestBody": {"required": True, "content": BATCHES}},
)
async def add_articles(request: Request, engine: EngineDep, worker: WorkerDep, reader: ReaderDep) -> Response:
    """Queue many documents at once: lines of JSON, a WARC archive, ninjs or JSON-LD items, a feed.

    A line is an object with the fields of a new article, and `id` for `external_id`, or an item of a standard. The
    job counts them. A bad one fails alone and is kept, with its number and the reason, among the documents. The body
    may be 100 times as large as others, each document in it as large as they may be.
    """
    max_bytes = request.app.state.settings.max_body_bytes
    with SpooledTemporaryFile(max_size=max_bytes) as spool:
        async for chunk in request.stream():
            await run_in_threadpool(spool.write, chunk)
        spool.seek(0)
        job_id = await run_in_threadpool(queue_all, engine, "batch", reader(spool, max_bytes=max_bytes))
    worker.wake()
    return await run_in_threadpool(accepted, request, engine, job_id)


@router.delete(
    "/{article_id}",
    status_code=204,
    responses=problems(401, 404, 422),
    dependencies=[Depends(allow_writing), Depends(refuse_parameters)],
)
def delete_article(article_id: UUID, engine: EngineDep) -> Response:
    """Delete an article, all that was found in it, and the document it came from."""
    with writing(engine) as connection:
        if not forget_article(connection, article_id):
            raise NotFound("There is no article with this id.")
    settle(engine)
    return Response(status_code=204)


@router.get("/{article_id}/quotes", **answers(schemas.Page[schemas.Quote], 404, 422, query=PageChoice))
async def list_article_quotes(
    request: Request,
    article_id: UUID,
    engine: EngineDep,
    query: PageQuery,
) -> Response:
    """List an article's quotes, in the order of its text."""

    def listing(connection: Connection) -> Listing:
        _require(connection, article_id)
        return queries.list_quotes(connection, QuoteFilter(article=[article_id]))

    return await answer_list(request, engine, query, listing, each(make_quote))


@router.get("/{article_id}/mentions", **answers(schemas.Page[schemas.Mention], 404, 422, query=PageChoice))
async def list_article_mentions(
    request: Request,
    article_id: UUID,
    engine: EngineDep,
    query: PageQuery,
) -> Response:
    """List an article's mentions of entities, in the order of its text."""

    def listing(connection: Connection) -> Listing:
        _require(connection, article_id)
        return queries.list_mentions(article=[article_id])

    return await answer_list(request, engine, query, listing, each(make_mention))


def _article_in(request: Request, query: ArticleQuery, resource: Resource) -> Response:
    if query.fields is not None:
        raise BadQuery("This format has its own fields: leave fields out.", "fields")
    media_type, make = ARTICLE_FORMATS[query.format]
    [article] = as_plain([resource])
    return json_response(request, make(article, base_url_of(request)), media_type=media_type)


def read_article(connection: Connection, article_id: UUID, include: Sequence[str], ids: IdTable) -> Resource:
    """Return an article with its text and what `include` names; raise `NotFound` where there is none."""
    row = queries.get_article(connection, article_id)
    if row is None:
        raise NotFound("There is no article with this id.")
    resource = make_article_detail(row)
    if "quotes" in include:
        listing = queries.list_quotes(connection, QuoteFilter(article=[article_id]))
        resource["quotes"] = [make_quote(row) for row in keyset.page(connection, listing, FOUND_LIMIT, None)]
    if "mentions" in include:
        listing = queries.list_mentions(article=[article_id])
        resource["mentions"] = [
            make_mention(row) for row in keyset.page(connection, listing, FOUND_LIMIT, None)
        ]
    if "entities" in include:
        listing = queries.list_entities(connection, EntityFilter(article=[article_id]))
        rows = keyset.page(connection, listing, FOUND_LIMIT, None)
        resource["entities"] = make_entities(
            rows, queries.names_of(connection, [row["id"] for row in rows]), ids
        )
    return resource


def _require(connection: Connection, article_id: UUID) -> None:
    if not queries.has_article(connection, article_id):
        raise NotFound("There is no article with this id.")


def _prefers_async(prefer: str | None) -> bool:
    """Whether a `Prefer` header (RFC 7240) asks not to wait."""
    return "respond-async" in {part.partition(";")[0].strip().lower() for part in (prefer or "").split(",")}
