"""Jobs: what was asked to be read later, and how far it is."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import EngineDep, FieldChoice, PageChoice, choose_fields, read_rows
from app.api.lists import answer_list, each
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import make_job
from app.api.responses import json_response
from app.db import queries
from app.db.engine import reading
from app.db.keyset import Record
from app.errors import NotFound

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


class JobListQuery(PageChoice):
    """Which jobs."""

    indexed = frozenset({"state"})

    state: list[schemas.JobState] = Field(default=[], description="How far it is.")


@router.get("", **answers(schemas.Page[schemas.Job], 422, query=JobListQuery))
async def list_jobs(
    request: Request, engine: EngineDep, query: Annotated[JobListQuery, Depends(read(JobListQuery))]
) -> Response:
    """List jobs, the newest first."""
    return await answer_list(request, engine, query, lambda _: queries.list_jobs(query.state), each(make_job))


@router.get("/{job_id}", **answers(schemas.Job, 404, 422, query=FieldChoice))
async def get_job(
    request: Request,
    job_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a job: how many of its documents are stored, how many failed, how many are left."""

    def work(connection: Connection) -> Record | None:
        return queries.get_job(connection, job_id)

    row = await read_rows(engine, work, is_bounded=True)
    if row is None:
        raise NotFound("There is no job with this id.")
    return json_response(request, choose_fields([make_job(row)], query.fields)[0])


def accepted(request: Request, engine: Engine, job_id: UUID) -> Response:
    """Return the 202 that shows a job just queued, and where to look after it."""
    with reading(engine) as connection:
        row = queries.get_job(connection, job_id)
    if row is None:
        raise NotFound("The job is gone already.")
    headers = {"Location": f"/v1/jobs/{job_id}", "Retry-After": "1"}
    return json_response(request, make_job(row), status=202, headers=headers)
