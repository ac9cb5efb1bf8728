"""The change log: what was created, changed, merged or deleted, page by page."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import change_schemas
from app.api.deps import EngineDep, PageChoice, read_rows, refuse_parameters
from app.api.lists import answer_list, each
from app.api.openapi import answers, problems
from app.api.parameters import read
from app.api.resources import make_change
from app.api.responses import json_response
from app.api.schemas import Page, Text
from app.db import changes
from app.db.changes import ChangedKind, ChangeFilter, ChangeType
from app.db.keyset import Listing
from app.db.queries import NOBODY, find_publishers

router = APIRouter(prefix="/v1/changes", tags=["changes"])

HIGHEST_NUMBER = (1 << 53) - 1  # what every JSON reader holds exactly


class ChangeListQuery(PageChoice):
    """Which changes."""

    after: int | None = Field(
        default=None, ge=0, le=HIGHEST_NUMBER, description="Only those with a higher number."
    )
    kind: list[ChangedKind] = Field(default=[], description="What it was.")
    change: list[ChangeType] = Field(default=[], description="What became of it.")
    entity: list[UUID] = Field(
        default=[],
        description="Concerning this entity: itself, quotes it says or said, articles that mention it.",
    )
    publisher: list[Text] = Field(default=[], description="In an article of: id or slug.")

    def to_filter(self, connection: Connection) -> ChangeFilter:
        """Return the filter these parameters ask for."""
        publishers = find_publishers(connection, self.publisher) or NOBODY if self.publisher else ()
        return ChangeFilter(
            after=self.after, kind=self.kind, change=self.change, entity=self.entity, publisher=publishers
        )


@router.get("", **answers(Page[change_schemas.Change], 422, query=ChangeListQuery))
async def list_changes(
    request: Request, engine: EngineDep, query: Annotated[ChangeListQuery, Depends(read(ChangeListQuery))]
) -> Response:
    """List changes in the order they were made.

    Keep the `number` of the last one you have seen and ask for what comes `after` it: nothing is missed, or told
    twice.
    """

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
