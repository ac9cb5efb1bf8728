"""Webhooks: who is told of which changes, and what became of each message. Nobody without a key sees them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import webhook_schemas
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
from app.api.lists import PageQuery, answer_list, each
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.responses import json_response
from app.api.schemas import Page
from app.db import webhooks as stored
from app.db.engine import reading, writing
from app.db.keyset import Listing, Record
from app.errors import NotFound
from app.ingest import webhooks
from app.ingest.webhooks import State

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], dependencies=[Depends(allow_writing)])


class WebhookListQuery(PageChoice):
    """Which webhooks."""

    state: list[State] = Field(default=[])


@router.post(
    "",
    status_code=201,
    response_model=webhook_schemas.WebhookWithSecret,
    responses=problems(400, 401, 413, 415, 422),
    dependencies=[Depends(require_json), Depends(refuse_parameters)],
)
def add_webhook(request: Request, new: webhook_schemas.NewWebhook, engine: EngineDep) -> Response:
    """Have changes posted to a URL from now on, one message each, in order, as Standard Webhooks has it.

    Check `webhook-signature` with the secret, which is shown in this answer only; take `webhook-id` to tell a message
    that comes again. What is not answered 2xx within 15 seconds comes again, up to 9 times within four days.
    """
    with writing(engine) as connection:
        webhook_id, secret = webhooks.add_webhook(connection, webhooks.NewWebhook(**new.model_dump()))
        resource = _require(connection, webhook_id) | {"secret": secret}
    return json_response(request, resource, status=201, headers={"Location": f"/v1/webhooks/{webhook_id}"})


@router.get("", **answers(Page[webhook_schemas.Webhook], 401, 422, query=WebhookListQuery))
async def list_webhooks(
    request: Request, engine: EngineDep, query: Annotated[WebhookListQuery, Depends(read(WebhookListQuery))]
) -> Response:
    """List webhooks, the latest first."""

    def listing(_connection: Connection) -> Listing:
        return stored.list_webhooks(query.state)

    return await answer_list(request, engine, query, listing, each(dict))


@router.get("/{webhook_id}", **answers(webhook_schemas.Webhook, 401, 404, 422, query=FieldChoice))
async def get_webhook(
    request: Request,
    webhook_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a webhook: how far it was told, and whether it fails."""

    def work(connection: Connection) -> Record:
        return _require(connection, webhook_id)

    row = await read_rows(engine, work, is_bounded=True)
    return json_response(request, choose_fields([row], query.fields)[0])


@router.get(
    "/{webhook_id}/deliveries", **answers(Page[webhook_schemas.Delivery], 401, 404, 422, query=PageChoice)
)
async def list_webhook_deliveries(
    request: Request, webhook_id: UUID, engine: EngineDep, query: PageQuery
) -> Response:
    """List the last 1,000 attempts to tell a webhook of changes, the latest first."""

    def listing(connection: Connection) -> Listing:
        _require(connection, webhook_id)
        return stored.list_deliveries(webhook_id)

    return await answer_list(request, engine, query, listing, each(dict))


@router.post(
    "/{webhook_id}/pause",
    response_model=webhook_schemas.Webhook,
    responses=problems(401, 404, 422),
    dependencies=[Depends(refuse_parameters)],
)
def pause_webhook(request: Request, webhook_id: UUID, engine: EngineDep) -> Response:
    """Stop telling a webhook; the changes it misses wait in the log."""
    return _set_state(request, engine, webhook_id, "paused")


@router.post(
    "/{webhook_id}/resume",
    response_model=webhook_schemas.Webhook,
    responses=problems(401, 404, 422),
    dependencies=[Depends(refuse_parameters)],
)
def resume_webhook(request: Request, webhook_id: UUID, engine: EngineDep) -> Response:
    """Go on telling a paused or failing webhook, with the change after the last it took."""
    return _set_state(request, engine, webhook_id, "active")


@router.delete(
    "/{webhook_id}",
    status_code=204,
    responses=problems(401, 404, 422),
    dependencies=[Depends(refuse_parameters)],
)
def delete_webhook(webhook_id: UUID, engine: EngineDep) -> Response:
    """Delete a webhook and its list of attempts."""
    with writing(engine) as connection:
        if not webhooks.remove_webhook(connection, webhook_id):
            raise NotFound("There is no webhook with this id.")
    return Response(status_code=204)


def _set_state(request: Request, engine: Engine, webhook_id: UUID, state: State) -> Response:
    with writing(engine) as connection:
        if not webhooks.set_state(connection, webhook_id, state):
            raise NotFound("There is no webhook with this id.")
    with reading(engine) as connection:
        return json_response(request, _require(connection, webhook_id))


def _require(connection: Connection, webhook_id: UUID) -> Record:
    row = stored.get_webhook(connection, webhook_id)
    if row is None:
        raise NotFound("There is no webhook with this id.")
    return row
