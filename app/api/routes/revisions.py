"""Revisions: what an article was before, and what differs between two states of it."""

from collections import defaultdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request
from pydantic import ConfigDict, Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api.deps import EngineDep, FieldChoice, PageChoice, choose_fields, read_rows
from app.api.lists import PageQuery, answer_list, each
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import Resource, make_article_detail, make_quote, make_revision
from app.api.responses import json_response
from app.api.revision_schemas import Revision, RevisionDetail, RevisionDifferences
from app.api.schemas import Page
from app.db import intake_queries, queries, revision_queries
from app.db.keyset import Listing
from app.documents import Span
from app.errors import BadQuery, NotFound
from app.ingest.quote_changes import compare_quotes
from app.ingest.revisions import load_revision
from app.ingest.rows import Row
from app.ingest.word_differences import Difference, compare_texts

router = APIRouter(prefix="/v1/articles/{article_id}/revisions", tags=["articles"])
LAST = (1 << 31) - 1  # what the column holds

Number = Annotated[int, Path(ge=1, le=LAST)]


class DifferencesQuery(FieldChoice):
    """Which revision to compare with."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_number: int | None = Field(
        default=None, alias="from", ge=1, le=LAST, description="That revision; the one before, if not given."
    )


@router.get("", **answers(Page[Revision], 404, 422, query=PageChoice))
async def list_article_revisions(
    request: Request, article_id: UUID, engine: EngineDep, query: PageQuery
) -> Response:
    """List an article's revisions, the current one first."""

    def listing(connection: Connection) -> Listing:
        if not queries.has_article(connection, article_id):
            raise NotFound("There is no article with this id.")
        return revision_queries.list_revisions(article_id)

    return await answer_list(request, engine, query, listing, each(make_revision))


@router.get("/{number}", **answers(RevisionDetail, 404, 422, query=FieldChoice))
async def get_article_revision(
    request: Request,
    article_id: UUID,
    number: Number,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a revision: the article as it was printed and read then, with its quotes as they were found."""

    def work(connection: Connection) -> Resource:
        kept = _require(connection, article_id, number)
        publisher_id = kept["article"]["publisher_id"]
        publisher = publisher_id and intake_queries.get_publisher(connection, publisher_id)
        named = {f"publisher_{name}": publisher and publisher[name] for name in ("slug", "name")}
        since: Resource = {"keywords": []}  # what came into the table since; all else is null
        row = defaultdict(lambda: None, since | kept["article"] | named)
        shown = {"article_id": str(article_id), "number": number, "is_current": kept["is_current"]}
        told = {name: row[name] for name in ("pipeline_version", "ingested_at")}
        quotes = _quotes(connection, kept["quotes"])
        return shown | told | {"article": make_article_detail(row), "quotes": list(quotes.values())}

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.get("/{number}/differences", **answers(RevisionDifferences, 404, 422, query=DifferencesQuery))
async def compare_article_revisions(
    request: Request,
    article_id: UUID,
    number: Number,
    engine: EngineDep,
    query: Annotated[DifferencesQuery, Depends(read(DifferencesQuery))],
) -> Response:
    """Return the words and quotes that differ between an earlier revision, or any other, and this one."""
    from_number = query.from_number if query.from_number is not None else number - 1
    if from_number < 1:
        raise BadQuery("There is no revision before the first: say which to compare with.", "from")

    def work(connection: Connection) -> Resource:
        before, after = (_require(connection, article_id, one) for one in (from_number, number))
        texts = before["article"]["text"], after["article"]["text"]
        shown = [_quotes(connection, kept["quotes"]) for kept in (before, after)]
        return {
            "article_id": str(article_id),
            "from_number": from_number,
            "to_number": number,
            "text": [_difference(one, *texts) for one in compare_texts(*texts)],
            "quotes": [
                {
                    "change": one.change,
                    "before": one.before and shown[0][one.before["id"]],
                    "after": one.after and shown[1][one.after["id"]],
                }
                for one in compare_quotes(before["quotes"], after["quotes"])
            ],
        }

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


def _require(connection: Connection, article_id: UUID, number: int) -> Row:
    kept = load_revision(connection, article_id, number)
    if kept is None:
        raise NotFound("There is no such revision of an article with this id.")
    return kept


def _quotes(connection: Connection, rows: list[Row]) -> dict[str, Resource]:
    """Return the quotes of a revision by id; a speaker goes by the name that is known now, if still known."""
    names = revision_queries.names_of(connection, [row["speaker_id"] for row in rows if row["speaker_id"]])
    return {
        row["id"]: make_quote(defaultdict(lambda: None, row, speaker_name=names.get(row["speaker_id"])))
        for row in rows
    }


def _difference(one: Difference, before: str, after: str) -> Resource:
    is_equal = one.op == "equal"
    return {
        "op": one.op,
        "before": _range(one.before),
        "after": _range(one.after),
        "before_text": None if is_equal else one.before.of(before),
        "after_text": None if is_equal else one.after.of(after),
    }


def _range(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}
