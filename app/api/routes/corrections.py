"""Corrections: what people decide of what was found. Each is a record that holds until it is restored."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api.correction_schemas import (
    AnyNewCorrection,
    Correction,
    CorrectionState,
    NewKeepingApart,
    NewReattribution,
)
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
from app.api.lists import each, list_response
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.resources import make_correction
from app.api.responses import json_response
from app.api.schemas import Page, Text
from app.db import history
from app.db.engine import reading, writing
from app.db.history import CorrectionFilter
from app.db.keyset import Record
from app.errors import NotFound
from app.ingest.corrections import CorrectionKind, NewCorrection, correct
from app.ingest.refreshing import refresh_rest
from app.ingest.utterances import settle

router = APIRouter(prefix="/v1/corrections", tags=["corrections"])


class CorrectionListQuery(PageChoice):
    """Which corrections."""

    kind: list[CorrectionKind] = Field(default=[])
    state: list[CorrectionState] = Field(default=[], description="Whether it holds.")
    entity: list[UUID] = Field(default=[], description="Speaks of this entity.")
    quote: list[UUID] = Field(default=[], description="Speaks of this quote.")
    mention: list[UUID] = Field(default=[], description="Speaks of this mention.")
    article: list[UUID] = Field(default=[], description="Changes this article: splits, quotes, mentions.")
    author: list[Text] = Field(default=[], description="Made by.")


@router.get("", **answers(Page[Correction], 422, query=CorrectionListQuery))
async def list_corrections(
    request: Request,
    engine: EngineDep,
    query: Annotated[CorrectionListQuery, Depends(read(CorrectionListQuery))],
) -> Response:
    """List corrections, the latest first: the history of what people decided."""
    wanted = CorrectionFilter(
        **{name: getattr(query, name) for name in CorrectionFilter.__dataclass_fields__}
    )

    def work(connection: Connection) -> Response:
        return list_response(
            request, connection, history.list_corrections(wanted), query, each(make_correction)
        )

    return await read_rows(engine, work, is_bounded=False)


@router.get("/{correction_id}", **answers(Correction, 404, 422, query=FieldChoice))
async def get_correction(
    request: Request,
    correction_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a correction and the state it is in."""

    def work(connection: Connection) -> Record | None:
        return history.get_correction(connection, correction_id)

    row = await read_rows(engine, work, is_bounded=True)
    if row is None:
        raise NotFound("There is no correction with this id.")
    return json_response(request, choose_fields([make_correction(row)], query.fields)[0])


@router.post(
    "",
    status_code=201,
    response_model=Correction,
    responses=problems(400, 401, 409, 413, 415, 422),
    dependencies=[Depends(allow_writing), Depends(require_json), Depends(refuse_parameters)],
)
def add_correction(request: Request, new: Annotated[AnyNewCorrection, Body()], engine: EngineDep) -> Response:
    """Correct what was found. It holds at once in every list, count and detail, and after each later reading."""
    given = new.model_dump(exclude_unset=True)
    if isinstance(new, NewReattribution):
        given["into_id"] = given.pop("entity_id")
    if isinstance(new, NewKeepingApart):
        given["into_id"] = given.pop("candidate_id")
    with writing(engine) as connection:
        correction_id = correct(connection, NewCorrection(**given))
    refresh_rest(engine)
    settle(engine)
    with reading(engine) as connection:
        row = history.get_correction(connection, correction_id)
    resource = make_correction(row or {})
    headers = {"Location": f"/v1/corrections/{correction_id}"}
    return json_response(request, resource, status=201, headers=headers)
