"""The pages' addresses. They need no key: reading never does.

Parameters they do not know are let pass, unlike the API's: links to pages collect them.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Request
from pydantic import BaseModel, Field
from sqlalchemy.engine import Connection
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from app.api.deps import EngineDep, IdTableDep, StartUpDep, read_rows
from app.api.parameters import read
from app.api.schemas import Text
from app.db.queries import EntityFilter
from app.db.search_all import HitKind
from app.documents import EntityType
from app.pages import reading
from app.pages.parts import Pager
from app.pages.rendering import STATIC, show
from app.pages.timeline_view import Chosen

router = APIRouter(include_in_schema=False)

NEWEST_STORIES, NEWEST_ARTICLES = 6, 8  # on the first page
LISTED = 30  # of a list on a page


class PageQuery(BaseModel):
    """Which page of a list."""

    cursor: str | None = Field(default=None, max_length=500)


class EntitiesQuery(PageQuery):
    """Which entities."""

    type: EntityType | None = None
    q: Text = Field(default="", max_length=200)


class EntityQuery(PageQuery):
    """Which quotes of an entity: those of some days (UTC), or all."""

    published_from: date | None = None
    published_to: date | None = None


class SearchQuery(BaseModel):
    """What to look for."""

    q: Text = Field(default="", max_length=500)
    kind: HitKind | None = None


PageDep = Annotated[PageQuery, Depends(read(PageQuery))]


def install(app: FastAPI) -> None:
    """Serve the pages, their style sheet and their icon."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


@router.get("/")
async def show_home(request: Request, engine: EngineDep, startup: StartUpDep) -> Response:
    """Show the newest stories and articles, and how much there is."""

    def work(connection: Connection) -> Response:
        stories, _ = reading.list_stories(request, connection, NEWEST_STORIES, None)
        articles, _ = reading.list_articles(request, connection, NEWEST_ARTICLES, None)
        counts = reading.count_all(connection)
        return show(
            request, "home.html", stories=stories, articles=articles, counts=counts, progress=startup.progress
        )

    return await read_rows(engine, work, is_bounded=False)


@router.get("/stories")
async def show_stories(request: Request, engine: EngineDep, query: PageDep) -> Response:
    """Show stories, the one with the newest article first."""

    def work(connection: Connection) -> Response:
        stories, pager = reading.list_stories(request, connection, LISTED, query.cursor)
        return _show_list(request, "stories.html", pager, stories=stories)

    return await read_rows(engine, work, is_bounded=False)


@router.get("/articles")
async def show_articles(request: Request, engine: EngineDep, query: PageDep) -> Response:
    """Show articles, newest first."""

    def work(connection: Connection) -> Response:
        articles, pager = reading.list_articles(request, connection, LISTED, query.cursor)
        return _show_list(request, "articles.html", pager, articles=articles)

    return await read_rows(engine, work, is_bounded=False)


@router.get("/entities")
async def show_entities(
    request: Request,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[EntitiesQuery, Depends(read(EntitiesQuery))],
) -> Response:
    """Show entities, the most mentioned first: of one type, or whose name begins so."""
    wanted = EntityFilter(
        type=[query.type] if query.type else (), q=query.q.strip() or None, sort="-mention_count"
    )

    def work(connection: Connection) -> Response:
        entities, pager = reading.list_entities(request, connection, wanted, ids, LISTED, query.cursor)
        return _show_list(
            request,
            "entities.html",
            pager,
            entities=entities,
            types=reading.entity_types(),
            type=query.type,
            q=query.q,
        )

    return await read_rows(engine, work, is_bounded=False)


@router.get("/articles/{article_id}")
async def show_article(request: Request, article_id: UUID, engine: EngineDep, ids: IdTableDep) -> Response:
    """Show an article with what was found in it, marked in its text."""

    def work(connection: Connection) -> Response:
        return show(request, "article.html", view=reading.read_article_view(connection, article_id, ids))

    return await read_rows(engine, work, is_bounded=False)


@router.get("/entities/{entity_id}")
async def show_entity(
    request: Request,
    entity_id: UUID,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[EntityQuery, Depends(read(EntityQuery))],
) -> Response:
    """Show an entity, what it said over time, and with whom it appears."""

    def work(connection: Connection) -> Response:
        chosen = Chosen(query.published_from, query.published_to)
        view = reading.read_entity_view(request, connection, entity_id, ids, query.cursor, chosen)
        return show(request, "entity.html", headers=view.pager.beside.headers, view=view)

    return await read_rows(engine, work, is_bounded=False)


@router.get("/stories/{story_id}")
async def show_story(request: Request, story_id: UUID, engine: EngineDep) -> Response:
    """Show a story: its articles side by side, what they share, and what each alone has."""

    def work(connection: Connection) -> Response:
        return show(request, "story.html", view=reading.read_story_view(connection, story_id))

    return await read_rows(engine, work, is_bounded=False)


@router.get("/search")
async def show_search(
    request: Request,
    engine: EngineDep,
    ids: IdTableDep,
    query: Annotated[SearchQuery, Depends(read(SearchQuery))],
) -> Response:
    """Show the best matches in articles, quotes and names; without words, how to ask."""
    if not query.q.strip():
        return show(request, "search.html", view=None)

    def work(connection: Connection) -> Response:
        view = reading.read_search_view(connection, query.q, query.kind, ids)
        return show(request, "search.html", view=view)

    return await read_rows(engine, work, is_bounded=False)


def _show_list(request: Request, template: str, pager: Pager, **values: Any) -> Response:
    return show(request, template, headers=pager.beside.headers, pager=pager, **values)
