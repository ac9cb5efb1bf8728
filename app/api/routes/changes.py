"""The change log: what was created, changed, merged or deleted, page by page or as it happens."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.responses import Response, StreamingResponse

from app.api import change_schemas
from app.api.deps import EngineDep, PageChoice, read_rows, refuse_parameters
from app.api.formats import prefers
from app.api.lists import PAGE_PARAMETERS, answer_list, each
from app.api.openapi import answers, problems
from app.api.parameters import documented, read
from app.api.resources import make_change
from app.api.responses import json_response
from app.api.schemas import Page, Text
from app.api.streams import Listeners, follow
from app.db import changes
from app.db.changes import ChangedKind, ChangeFilter, ChangeType
from app.db.keyset import Listing
from app.db.queries import NOBODY, find_publishers
from app.errors import BadQuery

router = APIRouter(prefix="/v1/changes", tags=["changes"])

HIGHEST_NUMBER = (1 << 53) - 1  # what every JSON reader holds exactly
STREAM_HEADERS = {
    "Cache-Control": "no-store",
    "Vary": "Accept",
    "X-Accel-Buffering": "no",
}  # nginx would hold events back
EVENT_STREAM = "text/event-stream"
EVENTS = {
    "description": "Events, each a Change as JSON; for as long as the client listens.",
    "content": {
        EVENT_STREAM: {
            "schema": {"type": "string"},
            "example": 'id: 7\ndata: {"number":7,"kind":"quote","change":"created","id":"…"}\n\n',
        }
    },
}


async def get_listeners(request: Request) -> Listeners:
    """Return who listens to the change log."""
    listeners: Listeners = request.app.state.listeners
    return listeners


class ChangeChoice(BaseModel):
    """Which changes."""

    model_config = ConfigDict(extra="forbid")

    after: int | None = Field(
        default=None, ge=0, le=HIGHEST_NUMBER, description="Only those with a higher number."
    )
    kind: list[ChangedKind] = Field(default=[], description="What it was.")
    change: list[ChangeType] = Field(default=[], description="What became of it.")
    entity: list[UUID] = Field(
        default=[],
        description="Concerning this entity: itself, quotes it says or said, articles that mention it, and stories "
        "these come to or leave.",
    )
    publisher: list[Text] = Field(default=[], description="In an article of: id or slug.")

    def to_filter(self, connection: Connection) -> ChangeFilter:
        """Return the filter these parameters ask for."""
        publishers = find_publishers(connection, self.publisher) or NOBODY if self.publisher else ()
        return ChangeFilter(
            after=self.after, kind=self.kind, change=self.change, entity=self.entity, publisher=publishers
        )


class ChangeListQuery(ChangeChoice, PageChoice):
    """Which changes, and which page of them."""


ListenersDep = Annotated[Listeners, Depends(get_listeners)]
LastEventId = Annotated[
    int | None,
    Header(ge=0, le=HIGHEST_NUMBER, description="Of a stream: go on after the event with this id."),
]


@router.get(
    "", **answers(Page[change_schemas.Change], 422, query=ChangeListQuery, also=frozenset({EVENT_STREAM}))
)
async def list_changes(
    request: Request,
    engine: EngineDep,
    listeners: ListenersDep,
    query: Annotated[ChangeListQuery, Depends(read(ChangeListQuery))],
    last_event_id: LastEventId = None,
) -> Response:
    """List changes in the order they were made.

    Keep the `number` of the last one you have seen and ask for what comes `after` it: nothing is missed, or told
    twice. With `Accept: text/event-stream` it is what `/v1/changes/stream` answers.
    """
    if query.format is None and prefers(request, EVENT_STREAM):
        for name in query.model_fields_set & PAGE_PARAMETERS:
            raise BadQuery("A stream has no pages: ask for what comes after a number.", name)
        return await _stream(request, engine, listeners, query, last_event_id)

    def listing(connection: Connection) -> Listing:
        return changes.list_changes(connection, query.to_filter(connection))

    return await answer_list(request, engine, query, listing, each(make_change))


@router.get(
    "/last",
    response_model=change_schemas.LastChange,
    responses=problems(422),
    dependencies=[Depends(refuse_parameters)],
)
async def get_last_change(request: Request, engine: EngineDep) -> Response:
    """Return the number of the last change: where to begin for whoever wants only what comes."""
    number = await read_rows(engine, changes.last_number, is_bounded=True)
    return json_response(request, {"number": number})


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses={200: EVENTS, **problems(422)},
    openapi_extra=documented(ChangeChoice),
)
async def stream_changes(
    request: Request,
    engine: EngineDep,
    listeners: ListenersDep,
    query: Annotated[ChangeChoice, Depends(read(ChangeChoice))],
    last_event_id: LastEventId = None,
) -> Response:
    """Send changes as they are made, as server-sent events whose id is the change's number.

    It goes on after `Last-Event-ID`, which browsers send by themselves when they connect again, else after `after`,
    else with what comes. A heartbeat comes every 15 seconds.
    """
    return await _stream(request, engine, listeners, query, last_event_id)


async def _stream(
    request: Request, engine: Engine, listeners: Listeners, query: ChangeChoice, last_event_id: int | None
) -> Response:
    listeners.check()
    wanted = await read_rows(engine, query.to_filter, is_bounded=True)
    last = await listeners.last_number()
    given = (last_event_id, query.after, last)
    after = next(number for number in given if number is not None)
    body = () if request.scope["is_head"] else follow(listeners, engine, replace(wanted, after=after))
    return StreamingResponse(body, headers=STREAM_HEADERS, media_type=EVENT_STREAM)
