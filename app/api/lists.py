"""Answers a list: reads a page of it, makes its resources, points to those beside it; or hands it to an export."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api.deps import PageChoice, choose_fields, read_rows
from app.api.exports import Make, page_in, stream_list
from app.api.formats import Format, choose_format
from app.api.pagination import PageLinks, make_cursor, read_cursor
from app.api.parameters import read
from app.api.resources import Resource
from app.api.responses import json_response
from app.db import keyset
from app.db.keyset import Listing, Record
from app.errors import BadQuery

PageQuery = Annotated[PageChoice, Depends(read(PageChoice))]
PAGE_PARAMETERS = frozenset(PageChoice.model_fields)


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of a list, and the cursors of what comes after and before them.

    What the row a cursor was made of shows to be there is not looked for: a page reached going forward has one
    before it, one reached going back one after it.
    """

    rows: list[Record]
    next_cursor: str | None
    prev_cursor: str | None


async def answer_list(
    request: Request,
    engine: Engine,
    choice: PageChoice,
    listing: Callable[[Connection], Listing],
    make: Make,
) -> Response:
    """Answer the page of a list that `choice` asks for; `listing` makes the list, `make` its resources."""

    def work(connection: Connection) -> Response:
        return list_response(request, connection, listing(connection), choice, make)

    is_json = choose_format(request, choice) is None
    return await read_rows(engine, work, is_bounded=is_json and choice.is_bounded())


def list_response(
    request: Request,
    connection: Connection,
    listing: Listing,
    choice: PageChoice,
    make: Make,
) -> Response:
    """Return what `choice` asks for of `listing`, in the format asked for; `make` turns its rows into resources."""

    def make_chosen(connection: Connection, rows: list[Record]) -> list[Resource]:
        return choose_fields(make(connection, rows), choice.fields)

    form = choose_format(request, choice)
    if form is not None:
        _check(form, choice)
        if form.is_whole and not choice.model_fields_set & {"limit", "cursor"}:
            return stream_list(request, connection, listing, form, choice.fields, make_chosen)
    page = read_page(request, connection, listing, choice.limit, choice.cursor)
    resources, links = make_chosen(connection, page.rows), links_of(request, page)
    if form is not None:
        return page_in(request, form, choice.fields, resources, links)
    payload: Resource = {
        "items": resources,
        "next_cursor": page.next_cursor,
        "prev_cursor": page.prev_cursor,
    }
    if choice.include == "total":
        payload["total"] = keyset.count(connection, listing)
    return json_response(request, payload, headers=links.headers | {"Vary": "Accept, Accept-Encoding"})


def read_page(
    request: Request, connection: Connection, listing: Listing, limit: int, cursor: str | None
) -> ListPage:
    """Return the page of a list that `cursor` leads to, the first where there is none."""
    filters = _filters(request)
    place = None if cursor is None else read_cursor(cursor, filters, listing.names)
    if place is not None and place.is_before:
        rows = keyset.page_before(connection, listing, limit + 1, place.values)
        shown = rows[-limit:]
        has_next, has_prev = bool(shown), len(rows) > limit
    else:
        rows = keyset.page(connection, listing, limit + 1, None if place is None else place.values)
        shown = rows[:limit]
        has_next, has_prev = len(rows) > limit, place is not None and bool(shown)

    def cursor_beside(row: Record, *, is_before: bool) -> str:
        return make_cursor([row[name] for name in listing.names], filters, is_before=is_before)

    return ListPage(
        rows=shown,
        next_cursor=cursor_beside(shown[-1], is_before=False) if has_next else None,
        prev_cursor=cursor_beside(shown[0], is_before=True) if has_prev else None,
    )


def links_of(request: Request, page: ListPage) -> PageLinks:
    """Return where the pages beside this one are."""
    return PageLinks(*(cursor and url_at(request, cursor) for cursor in (page.next_cursor, page.prev_cursor)))


def url_at(request: Request, cursor: str | None) -> str:
    """Return where this list goes on at `cursor`, or begins where there is none."""
    others = [pair for pair in request.query_params.multi_items() if pair[0] != "cursor"]
    query = urlencode([*others, *([("cursor", cursor)] if cursor else [])])
    return f"{request.scope['path']}?{query}" if query else str(request.scope["path"])


def each(make: Callable[[Any], Resource]) -> Make:
    """Return a function that makes a resource of each row."""
    return lambda _connection, rows: [make(row) for row in rows]


def _check(form: Format, choice: PageChoice) -> None:
    """Refuse what a format has no place for, rather than leave it out unsaid."""
    if choice.include is not None:
        raise BadQuery("A total is told in JSON only.", "include")
    if form.has_text and choice.fields is not None:
        raise BadQuery("This format has its own fields: leave fields out.", "fields")


def _filters(request: Request) -> str:
    """Return what makes the list this list: its path and its filters, in whatever order they were given."""
    given = [pair for pair in request.query_params.multi_items() if pair[0] not in PAGE_PARAMETERS]
    return f"{request.scope['path']}?{sorted(given)}"
