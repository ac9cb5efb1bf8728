"""Answers a list: reads a page of it, makes its resources, points to the next page; or hands it to an export."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api.deps import PageChoice, choose_fields, read_rows
from app.api.exports import Make, page_in, stream_list
from app.api.formats import Format, choose_format
from app.api.pagination import make_cursor, read_cursor
from app.api.parameters import read
from app.api.resources import Resource
from app.api.responses import json_response
from app.db import keyset
from app.db.keyset import Listing, Record
from app.errors import BadQuery

PageQuery = Annotated[PageChoice, Depends(read(PageChoice))]
PAGE_PARAMETERS = frozenset(PageChoice.model_fields)


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
    shown, next_cursor = read_page(request, connection, listing, choice.limit, choice.cursor)
    resources, next_url = make_chosen(connection, shown), next_url_of(request, next_cursor)
    if form is not None:
        return page_in(request, form, choice.fields, resources, next_url)
    payload: Resource = {"items": resources, "next_cursor": next_cursor}
    if choice.include == "total":
        payload["total"] = keyset.count(connection, listing)
    link = {} if next_url is None else {"Link": f'<{next_url}>; rel="next"'}
    return json_response(request, payload, headers=link | {"Vary": "Accept, Accept-Encoding"})


def read_page(
    request: Request, connection: Connection, listing: Listing, limit: int, cursor: str | None
) -> tuple[list[Record], str | None]:
    """Return the rows of a list after `cursor`, and the cursor of what comes after them."""
    filters = _filters(request)
    after = None if cursor is None else read_cursor(cursor, filters, listing.names)
    rows = keyset.page(connection, listing, limit + 1, after)
    shown = rows[:limit]
    if len(rows) <= limit:
        return shown, None
    return shown, make_cursor([shown[-1][name] for name in listing.names], filters)


def next_url_of(request: Request, next_cursor: str | None) -> str | None:
    """Return where the page after this one is, None where there is none."""
    if next_cursor is None:
        return None
    others = [pair for pair in request.query_params.multi_items() if pair[0] != "cursor"]
    return f"{request.scope['path']}?{urlencode([*others, ('cursor', next_cursor)])}"


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
