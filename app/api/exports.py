"""Answers a list in a format other than JSON: one page of it, or all of it as a stream.

A stream reads page after page by keyset, each in a short transaction of its own: it holds one page in memory and
keeps no writer waiting, however long the list and however slow the client. What comes in meanwhile may or may not
be in it; what was there from beginning to end is in it once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from starlette.responses import Response, StreamingResponse

from app.api.formats import Format, Layout
from app.api.pagination import PageLinks, values_of
from app.api.problems import problem
from app.api.resources import Resource
from app.db import keyset
from app.db.engine import reading
from app.db.keyset import Listing, Record

Make = Callable[[Connection, list[Record]], list[Resource]]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The page of a list that is read before anything is answered."""

    rows: list[Record]
    resources: list[Resource]


def stream_list(
    request: Request, connection: Connection, listing: Listing, form: Format, fields: str | None, make: Make
) -> Response:
    """Return a whole list as it is read. The first page is read here, so that what is wrong is a problem still."""
    rows = keyset.page(connection, listing, form.page_size, None)
    first = FirstPage(rows, make(connection, rows))
    engine = request.app.state.engine
    is_head = request.scope.get("is_head", False)  # nobody will see the pages
    pages = iter(()) if is_head else read_pages(engine, listing, form.page_size, make, first)
    body = form.write(pages, make_layout(request, fields, PageLinks()))
    return StreamingResponse(body, headers=_headers(request, form))


def read_pages(
    engine: Engine, listing: Listing, size: int, make: Make, first: FirstPage
) -> Iterator[list[Resource]]:
    """Yield the resources of a list page by page, from the first, which has been read."""
    rows, resources = first.rows, first.resources
    while True:
        yield resources
        if len(rows) < size:
            return
        with reading(engine) as connection:
            rows = keyset.page(connection, listing, size, values_of(rows[-1], listing.names))
            resources = make(connection, rows)


def page_in(
    request: Request, form: Format, fields: str | None, resources: list[Resource], links: PageLinks
) -> Response:
    """Return a page of a list."""
    layout = make_layout(request, fields, links)
    headers = _headers(request, form) | links.headers
    return Response(b"".join(form.write(iter([resources]), layout)), headers=headers)


def make_layout(request: Request, fields: str | None, links: PageLinks) -> Layout:
    """Return what a writer needs to know of the list that a request asks for."""
    base_url = base_url_of(request)

    def explain(error: Exception) -> bytes:
        slug = "unavailable" if isinstance(error, OperationalError) else "internal"
        detail = "The list breaks off here: what is left could not be read."
        return bytes(problem(slug, detail, request=request).body)

    return Layout(
        model=item_model(request.scope["route"].response_model),
        fields=fields,
        base_url=base_url,
        url=str(request.url),
        next_url=links.next_url and base_url + links.next_url,
        prev_url=links.prev_url and base_url + links.prev_url,
        explain=explain,
    )


def base_url_of(request: Request) -> str:
    """Return the server's address as the caller knows it, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def item_model(page_model: Any) -> type[BaseModel]:
    """Return the shape of a page's items: a route documents `Page[Item]`."""
    [model] = page_model.__pydantic_generic_metadata__["args"]
    return model  # type: ignore[no-any-return] # what Pydantic keeps there is untyped


def _headers(request: Request, form: Format) -> dict[str, str]:
    """Name the file by the route's path, never by what a caller sent."""
    name = request.scope["route"].path.rpartition("/")[2]
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    return {
        "Content-Type": form.media_type + charset,
        "Content-Disposition": f'inline; filename="{name}.{form.suffix}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Accept-Encoding",
    }
