"""Search: articles, quotes, entities and stories in one ranked answer."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.api.deps import EngineDep, IdTableDep
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import IdTable, Resource, make_article, make_entities, make_quote
from app.api.responses import json_response
from app.api.routes.stories import load_stories
from app.api.schemas import Text
from app.api.search_schemas import SearchAnswer
from app.db import queries, search_all
from app.db.engine import reading_once
from app.db.facets import Facets, count_facets
from app.db.search_all import Hit, HitKind, SearchFilter

router = APIRouter(prefix="/v1/search", tags=["search"])

TOO_LONG = "Counting all matches took longer than a query may run; ask for rarer words or fewer kinds."


class SearchQuery(BaseModel):
    """What to look for, and in what."""

    model_config = ConfigDict(extra="forbid")

    q: Text = Field(
        max_length=500,
        description='Words, all of which must be there; "a phrase", either OR other, -not, begin*.',
        examples=['"interest rate" OR inflation'],
    )
    kind: list[HitKind] = Field(default=[], description="Only these kinds of hits.")
    publisher: list[Text] = Field(default=[], description="Printed by: id or slug.")
    speaker: list[Text] = Field(
        default=[], description="Quotes said by, articles that quote (and their stories): entity id or name."
    )
    limit: int = Field(default=20, ge=1, le=100, description="At most so many hits.")
    include: Literal["facets"] | None = Field(default=None, description="`facets`: count all matches too.")


@router.get("", **answers(SearchAnswer, 422, query=SearchQuery))
async def search(
    request: Request,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[SearchQuery, Depends(read(SearchQuery))],
) -> Response:
    """Find articles, quotes and stories by their words, entities by how their names begin; the best first.

    Ranked are the newest matches of each kind, as many as `ranked` says; `/v1/quotes?q=`, `/v1/articles?q=` and
    `/v1/stories?q=` page through all of them. Facets count all of them.
    """
    wanted = SearchFilter(q=query.q, kind=query.kind, publisher=query.publisher, speaker=query.speaker)

    def work() -> Resource:
        with reading_once(engine) as connection:
            hits, ranked = search_all.find_hits(connection, wanted, query.limit)
            items = make_hits(connection, hits, ids)
            facets = count_facets(connection, wanted) if query.include else None
        return {
            "items": items,
            "ranked": [
                {"kind": one.kind, "among": one.among, "is_complete": one.is_complete} for one in ranked
            ],
            "facets": facets and _make_facets(facets),
            "facets_missing": TOO_LONG if query.include and facets is None else None,
        }

    return json_response(request, await run_in_threadpool(work))


def make_hits(connection: Connection, hits: list[Hit], ids: IdTable) -> list[Resource]:
    """Return Hits."""
    of = {kind: [hit.row for hit in hits if hit.kind == kind] for kind in ("entity", "story")}
    names = queries.names_of(connection, [row["id"] for row in of["entity"]])
    entities = iter(make_entities(of["entity"], names, ids))
    stories = iter(load_stories(connection, of["story"]))
    return [
        {
            "kind": hit.kind,
            "score": round(hit.score, 4),
            "highlights": [
                {"field": field, "start": start, "end": end}
                for field, found in hit.highlights.items()
                for start, end in found
            ],
            "excerpt": _make_excerpt(hit),
            "article": make_article(hit.row) if hit.kind == "article" else None,
            "quote": make_quote(hit.row) if hit.kind == "quote" else None,
            "entity": next(entities) if hit.kind == "entity" else None,
            "story": next(stories) if hit.kind == "story" else None,
            "article_id": hit.article_id,
        }
        for hit in hits
    ]


def _make_excerpt(hit: Hit) -> Resource | None:
    if hit.excerpt is None:
        return None
    (start, end), text = hit.excerpt
    return {"start": start, "end": end, "text": text}


def _make_facets(facets: Facets) -> Resource:
    def named(pairs: list[tuple[Any, int]], *columns: str) -> Iterator[Resource]:
        for id_, count in pairs:
            yield {"id": id_} | dict(zip(columns, facets.names[id_], strict=True)) | {"count": count}

    speakers = (
        {name: one[name] for name in ("id", "name", "count")} for one in named(facets.speaker, "slug", "name")
    )
    return {
        **{
            name: [{"value": value, "count": count} for value, count in getattr(facets, name)]
            for name in ("kind", "month")
        },
        "publisher": list(named(facets.publisher, "slug", "name")),
        "speaker": list(speakers),
    }
