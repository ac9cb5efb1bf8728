"""Stories: the articles about one event, their quotes, and how outlets differ."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api import schemas, story_schemas
from app.api.deps import EngineDep, FieldChoice, PageChoice, choose_fields, read_rows
from app.api.lists import PageQuery, answer_list, each, list_response
from app.api.openapi import answers
from app.api.parameters import read
from app.api.resources import Resource, make_article, make_quote
from app.api.responses import json_response
from app.api.schemas import Text, Time
from app.api.story_resources import make_bonds, make_comparison, make_stories, make_story_detail
from app.db import queries, story_queries
from app.db.keyset import Listing, Record
from app.db.queries import ArticleFilter, QuoteFilter
from app.db.story_queries import StoryFilter
from app.db.story_vectors import load_vectors
from app.errors import Merged, NotFound

router = APIRouter(prefix="/v1/stories", tags=["stories"])
COUNT_LIMIT = 1 << 31  # what the databases' integers hold


class StoryListQuery(PageChoice):
    """Which stories."""

    publisher: list[Text] = Field(default=[], description="Has an article of: id or slug.")
    published_from: Time | None = Field(default=None, description="Last published at or after.")
    published_to: Time | None = Field(default=None, description="First published before.")
    entity: list[UUID] = Field(default=[], description="Mentions this entity.")
    speaker: list[Text] = Field(default=[], description="Quotes this entity: id or name.")
    min_publishers: int | None = Field(
        default=None, ge=1, lt=COUNT_LIMIT, description="Printed by at least so many."
    )
    q: Text | None = Field(
        default=None, max_length=500, description="Words in headline or text of an article."
    )


@router.get("", **answers(schemas.Page[story_schemas.Story], 422, query=StoryListQuery))
async def list_stories(
    request: Request, engine: EngineDep, query: Annotated[StoryListQuery, Depends(read(StoryListQuery))]
) -> Response:
    """List stories, the one with the newest article first.

    Asked for a speaker, an entity or a publisher, it is the newest article that has the first of these.
    """
    wanted = StoryFilter(**{name: getattr(query, name) for name in StoryFilter.__dataclass_fields__})

    def work(connection: Connection) -> Response:
        listing = story_queries.list_stories(connection, wanted, pages=query.include is None)
        return list_response(request, connection, listing, query, load_stories)

    return await read_rows(engine, work, is_bounded=False)


@router.get("/{story_id}", **answers(story_schemas.StoryDetail, 308, 404, 422, query=FieldChoice))
async def get_story(
    request: Request,
    story_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Return a story with its headline, why that one, and its articles in brief."""

    def work(connection: Connection) -> Resource:
        row = require_story(connection, story_id)
        [story] = load_stories(connection, [row])
        return make_story_detail(story, story_queries.timeline_of(connection, story_id))

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.get("/{story_id}/articles", **answers(schemas.Page[schemas.Article], 308, 404, 422, query=PageChoice))
async def list_story_articles(
    request: Request, story_id: UUID, engine: EngineDep, query: PageQuery
) -> Response:
    """List a story's articles, newest first."""

    def listing(connection: Connection) -> Listing:
        require_story(connection, story_id)
        return queries.list_articles(connection, ArticleFilter(story=[story_id]))

    return await answer_list(request, engine, query, listing, each(make_article))


@router.get("/{story_id}/quotes", **answers(schemas.Page[schemas.Quote], 308, 404, 422, query=PageChoice))
async def list_story_quotes(
    request: Request, story_id: UUID, engine: EngineDep, query: PageQuery
) -> Response:
    """List the quotes of a story's articles: newest article first, then in the order of its text."""

    def listing(connection: Connection) -> Listing:
        require_story(connection, story_id)
        return queries.list_quotes(connection, QuoteFilter(story=[story_id]))

    return await answer_list(request, engine, query, listing, each(make_quote))


@router.get("/{story_id}/comparison", **answers(story_schemas.Comparison, 308, 404, 422, query=FieldChoice))
async def compare_story(
    request: Request,
    story_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Compare a story's articles: whose words each carries and leaves out, in which wording, what differs."""

    def work(connection: Connection) -> Resource:
        require_story(connection, story_id)
        return make_comparison(story_id, story_queries.load_compared(connection, story_id))

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


@router.get("/{story_id}/bonds", **answers(story_schemas.Bonds, 308, 404, 422, query=FieldChoice))
async def explain_story(
    request: Request,
    story_id: UUID,
    engine: EngineDep,
    query: Annotated[FieldChoice, Depends(read(FieldChoice))],
) -> Response:
    """Tell why the articles of a story are one: how like the others each is, and what it shares with them."""

    def work(connection: Connection) -> Resource:
        return make_bonds(require_story(connection, story_id), load_vectors(connection, story_id))

    resource = await read_rows(engine, work, is_bounded=False)
    return json_response(request, choose_fields([resource], query.fields)[0])


def load_stories(connection: Connection, rows: list[Record]) -> list[Resource]:
    """Return Stories of their rows."""
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    publishers, ends = story_queries.publishers_of(connection, ids), story_queries.ends_of(connection, ids)
    return make_stories(rows, publishers, ends)


def require_story(connection: Connection, story_id: UUID) -> Record:
    """Return a story; raise `Merged` or `NotFound` where there is none of this id."""
    row = story_queries.get_story(connection, story_id)
    if row is None:
        survivor = story_queries.find_story(connection, story_id)
        if survivor is not None:
            raise Merged(story_id, survivor, "story")
        raise NotFound("There is no story with this id.")
    return row
