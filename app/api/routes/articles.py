"""Articles: read, list, add, delete; their quotes and mentions."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import (
    EngineDep,
    FieldChoice,
    IdTableDep,
    PageChoice,
    PoolDep,
    allow_writing,
    choose_fields,
    read_rows,
    refuse_parameters,
    require_json,
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
from app.api.schemas import Text, Time
from app.db import keyset, queries
from app.db.engine import reading, writing
from app.db.keyset import Listing
from app.db.queries import ArticleFilter, EntityFilter, QuoteFilter
from app.documents import DocumentForm, Hints, RawDocument
from app.errors import NotFound
from app.ingest.pipeline import ingest
from app.ingest.store import forget_article

router = APIRouter(prefix="/v1/articles", tags=["articles"])
FOUND_LIMIT = 10_000  # quotes, mentions or entities shown inside one article


class ArticleListQuery(PageChoice):
    """Which articles."""

    indexed = frozenset({"entity", "publisher", "language"})

    publisher: list[Text] = Field(default=[], description="Id or slug.")
    published_from: Time | None = Field(default=None, description="Published at or after.")
    published_to: Time | None = Field(default=None, description="Published before.")
    entity: list[UUID] = Field(default=[], description="Mentions this entity.")
    speaker: list[Text] = Field(default=[], description="Quotes this entity: id or name.")
    language: list[Text] = Field(default=[], description="ISO 639-1.")
    external_id: list[Text] = Field(default=[], description="The caller's own key.")
    q: Text | None = Field(default=None, max_length=500, description="Words in headline or text.")


class ArticleQuery(FieldChoice):
    """How much of an article."""

    include: list[Literal["quotes", "mentions", "entities"]] = Field(
        default=[], description="Also what was found in it."
    )


@router.get("", **answers(schemas.Page[schemas.Article], 422, query=ArticleListQuery))
async def list_articles(
    request: Request, engine: EngineDep, query: Annotated[ArticleListQuery, Depends(read(ArticleListQuery))]
) -> Response:
    """List articles, newest first: by publication, or by arrival where that is unknown."""
    wanted = ArticleFilter(**{name: getattr(query, name) for name in ArticleFilter.__dataclass_fields__})

    def listing(connection: Connection) -> Listing:
        return queries.list_articles(connection, wanted, pages=query.include is None)

    return await answer_list(request, engine, query, listing, each(make_article))


@router.get("/{article_id}", **answers(schemas.ArticleDetail, 404, 422, query=ArticleQuery))
async def get_article(
    request: Request,
    article_id: UUID,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[ArticleQuery, Depends(read(ArticleQuery))],
) -> Response:
    """Return an article with its text and, on request, its quotes, mentions and entities."""

    def work(connection: Connection) -> Resource:
        return _detail(connection, article_id, query.include, ids)

    resource = await read_rows(engine, work, is_bounded="entities" not in query.include)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.post(
    "",
    status_code=201,
    response_model=schemas.ArticleDetail,
    responses=problems(400, 401, 413, 415, 422)
    | {200: {"model": schemas.ArticleDetail, "description": "Known already"}},
    dependencies=[Depends(allow_writing), Depends(require_json), Depends(refuse_parameters)],
)
def add_article(
    request: Request, new: schemas.NewArticle, engine: EngineDep, pool: PoolDep, ids: IdTableDep
) -> Response:
    """Read a document and store the article it holds, with its quotes. The same document again changes nothing.

    An article with an `external_id` or `url` that is known becomes that article's next revision.
    """
    ingested = ingest(engine, _raw_document(new), pool.read, version=pool.version)
    with reading(engine) as connection:
        resource = _detail(connection, ingested.article_id, ["quotes"], ids)
    status = 200 if ingested.outcome == "known" else 201
    return json_response(
        request, resource, status=status, headers={"Location": f"/v1/articles/{ingested.article_id}"}
    )


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


def _detail(connection: Connection, article_id: UUID, include: Sequence[str], ids: IdTable) -> Resource:
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


def _raw_document(new: schemas.NewArticle) -> RawDocument:
    forms: dict[DocumentForm, str | None] = {"page": new.raw_text, "text": new.text, "html": new.html}
    form, content = next((form, content) for form, content in forms.items() if content is not None)
    hints = Hints(
        external_id=new.external_id,
        url=str(new.url) if new.url else None,
        headline=new.headline,
        publisher=new.publisher,
        authors=tuple(new.authors),
        published_at=new.published_at,
        language=new.language,
    )
    return RawDocument(content.encode(), form, hints)
