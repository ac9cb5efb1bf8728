"""Quotes: who said what, in whose words, printed where."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas
from app.api.deps import EngineDep, FieldChoice, PageChoice, choose_fields, read_rows
from app.api.lists import answer_list, each
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import make_quote
from app.api.responses import json_response
from app.api.schemas import Text, Time
from app.db import queries
from app.db.keyset import Listing, Record
from app.db.queries import QuoteFilter
from app.documents import AttributionKind, QuoteKind, SpeakerType
from app.errors import NotFound

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])


class QuoteListQuery(PageChoice):
    """Which quotes."""

    indexed = frozenset({"speaker", "mentions", "article", "publisher", "status"})

    speaker: list[Text] = Field(default=[], description="Said by: entity id or name.")
    mentions: list[UUID] = Field(default=[], description="Whose words mention this entity.")
    article: list[UUID] = Field(default=[], description="Printed in this article.")
    story: list[UUID] = Field(default=[], description="Printed in an article of this story.")
    utterance: list[UUID] = Field(default=[], description="Carries this utterance.")
    publisher: list[Text] = Field(default=[], description="Printed by: id or slug.")
    kind: list[QuoteKind] = Field(default=[], description="How much of it stands in quotation marks.")
    status: list[schemas.Status] = Field(default=[], description="How well the speaker is known.")
    speaker_type: list[SpeakerType] = Field(
        default=[],
        description="Who speaks: a person with a name or without, a group, an organization, a document.",
    )
    attribution: list[AttributionKind] = Field(
        default=["speech", "writing"],
        description="What the cue reports; beliefs and the rest only on request.",
    )
    published_from: Time | None = Field(default=None, description="Published at or after.")
    published_to: Time | None = Field(default=None, description="Published before.")
    copies: schemas.Copies = Field(
        default="include", description="`exclude`: without those printed in copies of another article."
    )
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    q: Text | None = Field(default=None, max_length=500, description="Words in the quote.")


@router.get("", **answers(schemas.Page[schemas.Quote], 422, query=QuoteListQuery))
async def list_quotes(
    request: Request, engine: EngineDep, query: Annotated[QuoteListQuery, Depends(read(QuoteListQuery))]
) -> Response:
    """List quotes: newest article first, then in the order of its text."""
    wanted = QuoteFilter(**{name: getattr(query, name) for name in QuoteFilter.__dataclass_fields__})

    def listing(connection: Connection) -> Listing:
        return queries.list_quotes(connection, wanted, pages=query.include is None)

    return await answer_list(request, engine, query, listing, each(make_quote))


@router.get("/{quote_id}", **answers(schemas.Quote, 404, 422, query=FieldChoice))
async def get_quote(
    request: Request,
    quote_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a quote."""

    def work(connection: Connection) -> Record | None:
        return queries.get_quote(connection, quote_id)

    row = await read_rows(engine, work, is_bounded=True)
    if row is None:
        raise NotFound("There is no quote with this id.")
    return json_response(request, choose_fields([make_quote(row)], query.fields)[0])
