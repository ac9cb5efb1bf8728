"""Utterances: the same words of one speaker, as outlets printed them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import story_schemas
from app.api.deps import EngineDep, FieldChoice, choose_fields, read_rows
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import Resource
from app.api.responses import json_response
from app.api.story_resources import make_utterance
from app.db.story_quotes import load_utterance
from app.errors import NotFound

router = APIRouter(prefix="/v1/utterances", tags=["utterances"])
VARIANTS = 500  # quotes shown of one utterance, of the newest articles


@router.get("/{utterance_id}", **answers(story_schemas.Utterance, 404, 422, query=FieldChoice))
async def get_utterance(
    request: Request,
    utterance_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return an utterance with its wordings over time and outlets, and who printed it first."""

    def work(connection: Connection) -> Resource:
        quotes = load_utterance(connection, utterance_id, VARIANTS)
        if not quotes:
            raise NotFound("There is no utterance with this id.")
        return make_utterance(quotes)

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])
