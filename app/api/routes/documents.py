"""Documents: what came in, and what became of it. Here one finds what could not be read, and why."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import EngineDep, PageChoice, WorkerDep, allow_writing, read_rows, refuse_parameters
from app.api.lists import each, list_response
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.resources import make_document
from app.api.routes.jobs import accepted
from app.db import queries
from app.db.engine import writing
from app.ingest.retrying import retry

router = APIRouter(prefix="/v1/documents", tags=["documents"])


class DocumentListQuery(PageChoice):
    """Which documents."""

    state: list[Literal["stored", "failed", "deleted", "queued"]] = Field(
        default=[], description="What became of it."
    )
    job: list[UUID] = Field(default=[], description="Brought in by this job.")


@router.get("", **answers(schemas.Page[schemas.Document], 422, query=DocumentListQuery))
async def list_documents(
    request: Request, engine: EngineDep, query: Annotated[DocumentListQuery, Depends(read(DocumentListQuery))]
) -> Response:
    """List the documents that came in, the newest first; `state=failed` for those that could not be read."""

    def work(connection: Connection) -> Response:
        return list_response(
            request, connection, queries.list_documents(query.state, query.job), query, each(make_document)
        )

    return await read_rows(engine, work, is_bounded=query.is_bounded())


@router.post(
    "/{document_id}/retry",
    status_code=202,
    response_model=schemas.Job,
    responses=problems(401, 404, 409, 422),
    dependencies=[Depends(allow_writing), Depends(refuse_parameters)],
)
def retry_document(request: Request, document_id: UUID, engine: EngineDep, worker: WorkerDep) -> Response:
    """Try a failed document again, as it was kept; one that could not be fetched is fetched again."""
    with writing(engine) as connection:
        job_id = retry(connection, document_id)
    worker.wake()
    return accepted(request, engine, job_id)
