"""Publishers: the outlets articles appeared in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import EngineDep, FieldChoice, PageChoice, choose_fields, read_rows
from app.api.lists import PageQuery, answer_list, each
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import make_publisher
from app.api.responses import json_response
from app.api.schemas import Text
from app.db import intake_queries
from app.db.keyset import Record
from app.errors import NotFound

router = APIRouter(prefix="/v1/publishers", tags=["publishers"])


@router.get("", **answers(schemas.Page[schemas.Publisher], 422, query=PageChoice))
async def list_publishers(request: Request, engine: EngineDep, query: PageQuery) -> Response:
    """List publishers by slug."""
    return await answer_list(
        request, engine, query, lambda _: intake_queries.list_publishers(), each(make_publisher)
    )


@router.get("/{publisher}", **answers(schemas.Publisher, 404, 422, query=FieldChoice))
async def get_publisher(
    request: Request,
    publisher: Annotated[Text, Path(description="Id or slug.", max_length=200)],
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a publisher, by id or slug."""

    def work(connection: Connection) -> Record | None:
        return intake_queries.get_publisher(connection, publisher)

    row = await read_rows(engine, work, is_bounded=True)
    if row is None:
        raise NotFound("There is no publisher with this id or slug.")
    return json_response(request, choose_fields([make_publisher(row)], query.fields)[0])
