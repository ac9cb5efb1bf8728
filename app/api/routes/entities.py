"""Entities: people, organisations and places, with what they said and where they are mentioned."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas, timeline_schemas
from app.api.deps import EngineDep, FieldChoice, IdTableDep, PageChoice, choose_fields, read_rows
from app.api.lists import PageQuery, answer_list, each, list_response
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import (
    Resource,
    make_article,
    make_candidate,
    make_entities,
    make_entity_detail,
    make_mention,
    make_quote,
    make_related,
)
from app.api.responses import json_response
from app.api.schemas import Text
from app.api.timelines import Unit, make_timeline
from app.db import entity_queries, queries
from app.db.keyset import Listing, Record
from app.db.merges import find_survivors
from app.db.queries import ArticleFilter, EntityFilter, QuoteFilter
from app.db.quote_days import count_quote_days
from app.documents import EntityType
from app.errors import Merged, NotFound

router = APIRouter(prefix="/v1/entities", tags=["entities"])


class EntityListQuery(PageChoice):
    """Which entities."""

    type: list[EntityType] = Field(default=[])
    name: list[Text] = Field(default=[], description="The whole of one of its names.")
    article: list[UUID] = Field(default=[], description="Mentioned in this article.")
    story: list[UUID] = Field(default=[], description="Mentioned in an article of this story.")
    q: Text | None = Field(default=None, max_length=200, description="The beginning of one of its names.")
    sort: Literal["name", "-mention_count", "-quote_count"] = Field(default="name")


class RelatedQuery(PageChoice):
    """Which related entities."""

    type: list[EntityType] = Field(default=[])


class TimelineQuery(FieldChoice):
    """By which periods."""

    unit: Unit | None = Field(default=None, description="How long a period is.")


@router.get("", **answers(schemas.Page[schemas.Entity], 422, query=EntityListQuery))
async def list_entities(
    request: Request,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[EntityListQuery, Depends(read(EntityListQuery))],
) -> Response:
    """List entities, by name or the most mentioned or most quoted first."""
    wanted = EntityFilter(**{name: getattr(query, name) for name in EntityFilter.__dataclass_fields__})

    def make(connection: Connection, rows: list[Record]) -> list[Resource]:
        return make_entities(rows, queries.names_of(connection, [row["id"] for row in rows]), ids)

    def work(connection: Connection) -> Response:
        return list_response(request, connection, queries.list_entities(connection, wanted), query, make)

    return await read_rows(engine, work, is_bounded=False)


@router.get("/{entity_id}", **answers(schemas.EntityDetail, 308, 404, 422, query=FieldChoice))
async def get_entity(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return an entity with its names and roles over time, and counts."""

    def work(connection: Connection) -> Resource:
        row = require_entity(connection, entity_id)
        names = queries.names_of(connection, [entity_id])
        return make_entity_detail(row, names, entity_queries.list_labels(connection, entity_id), ids)

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.get("/{entity_id}/quotes", **answers(schemas.Page[schemas.Quote], 308, 404, 422, query=PageChoice))
async def list_entity_quotes(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    query: PageQuery,
) -> Response:
    """List what an entity said, newest first."""

    def listing(connection: Connection) -> Listing:
        require_entity(connection, entity_id)
        return queries.list_quotes(connection, QuoteFilter(speaker=[str(entity_id)]))

    return await answer_list(request, engine, query, listing, each(make_quote))


@router.get(
    "/{entity_id}/timeline",
    **answers(timeline_schemas.EntityTimeline, 308, 404, 422, query=TimelineQuery),
)
async def get_entity_timeline(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    query: Annotated[TimelineQuery, Depends(read(TimelineQuery))],
) -> Response:
    """Count what an entity said by when it was published."""

    def work(connection: Connection) -> Resource:
        require_entity(connection, entity_id)
        return make_timeline(entity_id, count_quote_days(connection, entity_id), query.unit)

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.get(
    "/{entity_id}/mentions", **answers(schemas.Page[schemas.Mention], 308, 404, 422, query=PageChoice)
)
async def list_entity_mentions(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    query: PageQuery,
) -> Response:
    """List where an entity is mentioned, newest first."""

    def listing(connection: Connection) -> Listing:
        require_entity(connection, entity_id)
        return queries.list_mentions(entity=[entity_id])

    return await answer_list(request, engine, query, listing, each(make_mention))


@router.get(
    "/{entity_id}/articles", **answers(schemas.Page[schemas.Article], 308, 404, 422, query=PageChoice)
)
async def list_entity_articles(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    query: PageQuery,
) -> Response:
    """List the articles that mention an entity, newest first."""

    def listing(connection: Connection) -> Listing:
        require_entity(connection, entity_id)
        return queries.list_articles(connection, ArticleFilter(entity=[entity_id]))

    return await answer_list(request, engine, query, listing, each(make_article))


@router.get(
    "/{entity_id}/related", **answers(schemas.Page[schemas.RelatedEntity], 308, 404, 422, query=RelatedQuery)
)
async def list_related_entities(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    query: Annotated[RelatedQuery, Depends(read(RelatedQuery))],
) -> Response:
    """List the entities in the newest 1,000 articles of an entity, those in most of them first."""

    def work(connection: Connection) -> Response:
        require_entity(connection, entity_id)
        listing = entity_queries.list_related(entity_id, query.type)
        return list_response(request, connection, listing, query, each(make_related))

    return await read_rows(engine, work, is_bounded=False)


@router.get(
    "/{entity_id}/candidates", **answers(schemas.Page[schemas.Candidate], 308, 404, 422, query=PageChoice)
)
async def list_entity_candidates(
    request: Request, entity_id: UUID, engine: EngineDep, query: PageQuery
) -> Response:
    """List the pairs of this entity and another that may be one: the resolver was unsure. Merge them, or let be."""

    def listing(connection: Connection) -> Listing:
        require_entity(connection, entity_id)
        return entity_queries.list_candidates(entity_id)

    return await answer_list(request, engine, query, listing, each(make_candidate))


def require_entity(connection: Connection, entity_id: UUID) -> Record:
    """Return an entity; raise `Merged` or `NotFound` where there is none of this id."""
    row = queries.get_entity(connection, entity_id)
    if row is None:
        for survivor_id in find_survivors(connection, [entity_id]).values():
            raise Merged(entity_id, survivor_id)
        raise NotFound("There is no entity with this id.")
    return row
