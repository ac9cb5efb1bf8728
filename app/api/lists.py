"""Answers a list: reads a page of it, makes its resources, points to the next page."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from starlette.responses import Response

from app.api.deps import PageChoice, choose_fields, read_rows
from app.api.pagination import make_cursor, read_cursor
from app.api.parameters import read
from app.api.resources import Resource
from app.api.responses import json_response
from app.db import keyset
from app.db.keyset import Listing, Record

PageQuery = Annotated[PageChoice, Depends(read(PageChoice))]
PAGE_PARAMETERS = frozenset(PageChoice.model_fields)


async def answer_list(
    request: Request,
    engine: Engine,
    choice: PageChoice,
    listing: Callable[[Connection], Listing],
    make: Callable[[list[Record]], list[Resource]],
) -> Response:
    """Answer the page of a list that `choice` asks for; `listing` makes the list, `make` its resources."""

    def work(connection: Connection) -> Response:
        return list_response(request, connection, listing(connection), choice, make)

    return await read_rows(engine, work, is_bounded=choice.is_bounded())


def list_response(
    request: Request,
    connection: Connection,
    listing: Listing,
    choice: PageChoice,
    make: Callable[[list[Record]], list[Resource]],
) -> Response:
    """Return the page of `listing` that `choice` asks for; `make` turns its rows into resources."""
    filters = _filters(request)
    after = None
    if choice.cursor is not None:
        after = read_cursor(choice.cursor, filters, listing.names)
    rows = keyset.page(connection, listing, choice.limit + 1, after)
    shown = rows[: choice.limit]
    next_cursor = None
    if len(rows) > choice.limit:
        next_cursor = make_cursor([shown[-1][name] for name in listing.names], filters)
    payload: Resource = {"items": choose_fields(make(shown), choice.fields), "next_cursor": next_cursor}
    if choice.include == "total":
        payload["total"] = keyset.count(connection, listing)
    return json_response(request, payload, headers=_link(request, next_cursor))


def each(make: Callable[[Any], Resource]) -> Callable[[Iterable[Record]], list[Resource]]:
    """Return a function that makes a resource of each row."""
    return lambda rows: [make(row) for row in rows]


def _filters(request: Request) -> str:
    """Return what makes the list this list: its path and its filters, in whatever order they were given."""
    given = [pair for pair in request.query_params.multi_items() if pair[0] not in PAGE_PARAMETERS]
    return f"{request.scope['path']}?{sorted(given)}"


def _link(request: Request, next_cursor: str | None) -> dict[str, str]:
    if next_cursor is None:
        return {}
    others = [pair for pair in request.query_params.multi_items() if pair[0] != "cursor"]
    url = f"{request.scope['path']}?{urlencode([*others, ('cursor', next_cursor)])}"
    return {"Link": f'<{url}>; rel="next"'}
