"""Feeds: added, listed, paused, deleted; and how each is."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import (
    EngineDep,
    FieldChoice,
    PageChoice,
    allow_writing,
    choose_fields,
    read_rows,
    refuse_parameters,
    require_json,
)
from app.api.lists import answer_list, each
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.resources import Resource, make_feed
from app.api.responses import json_response
from app.db import queries
from app.db.engine import reading, writing
from app.errors import NotFound
from app.ingest import feeds

router = APIRouter(prefix="/v1/feeds", tags=["feeds"])
WRITES: list[Any] = [Depends(allow_writing), Depends(require_json), Depends(refuse_parameters)]


class FeedListQuery(PageChoice):
    """Which feeds."""

    state: list[Literal["active", "paused"]] = Field(default=[], description="Whether it is looked at.")


@router.get("", **answers(schemas.Page[schemas.Feed], 422, query=FeedListQuery))
async def list_feeds(
    request: Request, engine: EngineDep, query: Annotated[FeedListQuery, Depends(read(FeedListQuery))]
) -> Response:
    """List feeds, the newest first."""
    return await answer_list(
        request, engine, query, lambda _: queries.list_feeds(query.state), each(make_feed)
    )


@router.get("/{feed_id}", **answers(schemas.Feed, 404, 422, query=FieldChoice))
async def get_feed(
    request: Request,
    feed_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a feed: when it was looked at, when it will be next, and what went wrong last."""
    resource = await read_rows(engine, lambda connection: _resource(connection, feed_id), is_bounded=True)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.post(
    "",
    status_code=201,
    response_model=schemas.Feed,
    responses=problems(400, 401, 413, 415, 422)
    | {200: {"model": schemas.Feed, "description": "Known already, and left as it is"}},
    dependencies=WRITES,
)
def add_feed(request: Request, new: schemas.NewFeed, engine: EngineDep) -> Response:
    """Add a feed: RSS, Atom, JSON Feed or a news sitemap. What it lists is fetched, now and as it changes."""
    with writing(engine) as connection:
        feed_id, is_new = feeds.add_feed(connection, str(new.url), new.publisher)
    with reading(engine) as connection:
        resource = _resource(connection, feed_id)
    status = 201 if is_new else 200
    return json_response(request, resource, status=status, headers={"Location": f"/v1/feeds/{feed_id}"})


@router.patch(
    "/{feed_id}",
    response_model=schemas.Feed,
    responses=problems(400, 401, 404, 413, 415, 422),
    dependencies=WRITES,
)
def change_feed(request: Request, feed_id: UUID, change: schemas.FeedChange, engine: EngineDep) -> Response:
    """Pause a feed, or take it up again: it is then looked at at once."""
    with writing(engine) as connection:
        feeds.set_state(connection, feed_id, change.state)
    with reading(engine) as connection:
        return json_response(request, _resource(connection, feed_id))


@router.delete(
    "/{feed_id}",
    status_code=204,
    responses=problems(401, 404, 422),
    dependencies=[Depends(allow_writing), Depends(refuse_parameters)],
)
def delete_feed(feed_id: UUID, engine: EngineDep) -> Response:
    """Delete a feed. What it brought stays."""
    with writing(engine) as connection:
        if not feeds.delete_feed(connection, feed_id):
            raise NotFound("There is no feed with this id.")
    return Response(status_code=204)


def _resource(connection: Connection, feed_id: UUID) -> Resource:
    row = queries.get_feed(connection, feed_id)
    if row is None:
        raise NotFound("There is no feed with this id.")
    return make_feed(row)
