"""Candidates: pairs of entities a person should look at. Merging them, or keeping them apart, is a correction."""

from fastapi import APIRouter, Request
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import EngineDep, PageChoice, read_rows
from app.api.lists import PageQuery, each, list_response
from app.api.openapi import answers
from app.api.resources import make_candidate
from app.db import entity_queries

router = APIRouter(prefix="/v1/candidates", tags=["entities"])


@router.get("", **answers(schemas.Page[schemas.Candidate], 422, query=PageChoice))
async def list_candidates(request: Request, engine: EngineDep, query: PageQuery) -> Response:
    """List the pairs of entities the resolver was unsure about and nobody has decided on, the likeliest first."""

    def work(connection: Connection) -> Response:
        return list_response(
            request, connection, entity_queries.list_candidates(), query, each(make_candidate)
        )

    return await read_rows(engine, work, is_bounded=False)
