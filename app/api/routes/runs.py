"""Runs: read again what older pipelines have read, and see what that changed."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import run_schemas
from app.api.deps import (
    EngineDep,
    FieldChoice,
    PageChoice,
    PoolDep,
    RunWorkerDep,
    allow_writing,
    choose_fields,
    read_rows,
    refuse_parameters,
    require_json,
)
from app.api.lists import answer_list, each, list_response
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.resources import make_difference, make_run
from app.api.responses import json_response
from app.api.schemas import Page, Text
from app.db import run_queries
from app.db.engine import reading, writing
from app.db.keyset import Listing, Record
from app.errors import NotFound
from app.ingest.runs import start_run

router = APIRouter(prefix="/v1/runs", tags=["runs"])


class NewRun(BaseModel):
    """What to read again."""

    model_config = ConfigDict(extra="forbid")

    since: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="Only what was last read by a pipeline with an older stage than this version; "
        "without, whatever the present version has not read.",
        examples=["extraction-2+nlp-3+resolution-1"],
    )


class RunListQuery(PageChoice):
    """Which runs."""

    state: list[run_schemas.RunState] = Field(default=[])


class DifferenceListQuery(PageChoice):
    """Which differences."""

    change: list[Literal["appeared", "vanished", "changed", "failed"]] = Field(default=[])


@router.get("", **answers(Page[run_schemas.Run], 422, query=RunListQuery))
async def list_runs(
    request: Request, engine: EngineDep, query: Annotated[RunListQuery, Depends(read(RunListQuery))]
) -> Response:
    """List runs, the latest first."""

    def work(connection: Connection) -> Response:
        return list_response(request, connection, run_queries.list_runs(query.state), query, each(make_run))

    return await read_rows(engine, work, is_bounded=False)


@router.get("/{run_id}", **answers(run_schemas.Run, 404, 422, query=FieldChoice))
async def get_run(
    request: Request,
    run_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a run: how far it is, and how much it changed."""

    def work(connection: Connection) -> Record:
        return _require(connection, run_id)

    row = await read_rows(engine, work, is_bounded=True)
    return json_response(request, choose_fields([make_run(row)], query.fields)[0])


@router.get(
    "/{run_id}/differences", **answers(Page[run_schemas.Difference], 404, 422, query=DifferenceListQuery)
)
async def list_run_differences(
    request: Request,
    run_id: UUID,
    engine: EngineDep,
    query: Annotated[DifferenceListQuery, Depends(read(DifferenceListQuery))],
) -> Response:
    """List what a run changed: quotes that appeared, vanished or changed, and documents it could not read."""

    def listing(connection: Connection) -> Listing:
        _require(connection, run_id)
        return run_queries.list_differences(run_id, query.change)

    return await answer_list(request, engine, query, listing, each(make_difference))


@router.post(
    "",
    status_code=202,
    response_model=run_schemas.Run,
    responses=problems(400, 401, 413, 415, 422),
    dependencies=[Depends(allow_writing), Depends(require_json), Depends(refuse_parameters)],
)
def add_run(
    request: Request, new: NewRun, engine: EngineDep, pool: PoolDep, worker: RunWorkerDep
) -> Response:
    """Begin to read again, in the background, what older pipelines have read; an unfinished run is gone on with."""
    with writing(engine) as connection:
        run_id = start_run(connection, pool.version, new.since)
    worker.wake()
    with reading(engine) as connection:
        row = _require(connection, run_id)
    return json_response(request, make_run(row), status=202, headers={"Location": f"/v1/runs/{run_id}"})


def _require(connection: Connection, run_id: UUID) -> Record:
    row = run_queries.get_run(connection, run_id)
    if row is None:
        raise NotFound("There is no run with this id.")
    return row
