"""Documents: what came in, and what became of it. Here one finds what could not be read, and why."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import EngineDep, PageChoice, read_rows
from app.api.lists import each, list_response
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import make_document
from app.db import intake_queries

router = APIRouter(prefix="/v1/documents", tags=["documents"])


class DocumentListQuery(PageChoice):
    """Which documents."""

    state: list[Literal["stored", "failed", "deleted"]] = Field(default=[], description="What became of it.")


@router.get("", **answers(schemas.Page[schemas.Document], 422, query=DocumentListQuery))
async def list_documents(
    request: Request, engine: EngineDep, query: Annotated[DocumentListQuery, Depends(read(DocumentListQuery))]
) -> Response:
    """List the documents that came in, the newest first; `state=failed` for those that could not be read."""

    def work(connection: Connection) -> Response:
        return list_response(
            request, connection, intake_queries.list_documents(query.state), query, each(make_document)
        )

    return await read_rows(engine, work, is_bounded=query.is_bounded())
