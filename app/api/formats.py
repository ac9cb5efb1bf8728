"""What a list can be answered in besides pages of JSON: which formats, how one is chosen, how each is written.

A format is chosen by `format=`, which a link can carry, or by the `Accept` header; the parameter wins. Given
`limit` or `cursor` a page is answered, with `Link` to those beside it; otherwise the whole list. Nothing here knows
what is in a list.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import orjson
from fastapi import Request
from pydantic import BaseModel

from app.api import csv_cells
from app.api.feeds import make_atom, make_json_feed
from app.api.interchange import make_news_article, make_ninjs
from app.api.resources import Resource
from app.api.responses import OPTIONS

ListFormat = Literal["json", "csv", "ndjson"]
ArticleListFormat = Literal["json", "csv", "ndjson", "json-ld", "ninjs", "atom", "json-feed"]
ArticleFormat = Literal["json", "json-ld", "ninjs"]
Pages = Iterable[list[Resource]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a writer needs to know of the list besides what is in it."""

    model: type[BaseModel]  # the documented shape of an item
    fields: str | None  # those asked for
    base_url: str  # of the server, without a slash at its end
    url: str  # of this list
    next_url: str | None  # of its next page
    prev_url: str | None  # of the page before
    explain: Callable[[Exception], bytes]  # a failure as the JSON of a problem


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a list. A page's worth of rows is held in memory at a time."""

    media_type: str
    suffix: str
    write: Callable[[Pages, Layout], Iterator[bytes]]
    page_size: int = 1000  # rows read at once: 1 MB of quotes; with 200 reading took a third longer
    is_whole: bool = True  # whether it is the whole list where no page is asked for
    has_text: bool = False  # whether its items are articles with their text
    is_accepted: bool = True  # whether `Accept` asks for it; else `format=` alone


def write_csv(pages: Pages, layout: Layout) -> Iterator[bytes]:
    """Write a table with a header. There is no place in it for a failure: the connection then breaks off."""
    columns = csv_cells.columns_of(layout.model, layout.fields)
    yield csv_cells.header(columns)
    for page in pages:
        yield csv_cells.rows(as_plain(page), columns)


def write_ndjson(pages: Pages, layout: Layout) -> Iterator[bytes]:
    """Write an item a line. After a failure the last line is `{"error": problem}`, and the connection breaks off."""
    try:
        for page in pages:
            yield b"".join(orjson.dumps(item, option=OPTIONS) + b"\n" for item in page)
    except Exception as error:
        yield b'{"error":' + layout.explain(error) + b"}\n"
        raise


def write_json_ld(pages: Pages, layout: Layout) -> Iterator[bytes]:
    """Write a NewsArticle a line."""
    news = ([make_news_article(article, layout.base_url) for article in as_plain(page)] for page in pages)
    return write_ndjson(news, layout)


def write_ninjs(pages: Pages, layout: Layout) -> Iterator[bytes]:
    """Write a ninjs item a line."""
    news = ([make_ninjs(article, layout.base_url) for article in as_plain(page)] for page in pages)
    return write_ndjson(news, layout)


def write_atom(pages: Pages, layout: Layout) -> Iterator[bytes]:
    """Write an Atom feed of one page."""
    for page in pages:
        beside = {"next": layout.next_url, "previous": layout.prev_url}
        yield make_atom(as_plain(page), layout.base_url, layout.url, beside)


def write_json_feed(pages: Pages, layout: Layout) -> Iterator[bytes]:
    """Write a JSON Feed of one page."""
    for page in pages:
        yield make_json_feed(as_plain(page), layout.base_url, layout.url, layout.next_url)


def as_plain(resources: list[Resource]) -> Any:
    """Return resources as plain JSON values: stored JSON parsed, ids and times as text."""
    return orjson.loads(orjson.dumps(resources, option=OPTIONS))


WITH_TEXT: Any = {"has_text": True, "page_size": 50}  # a text may have a megabyte
FORMATS = {
    "csv": Format("text/csv", "csv", write_csv),
    "ndjson": Format("application/x-ndjson", "ndjson", write_ndjson),
    "json-ld": Format("application/x-ndjson", "jsonld.ndjson", write_json_ld, **WITH_TEXT, is_accepted=False),
    "ninjs": Format("application/x-ndjson", "ninjs.ndjson", write_ninjs, **WITH_TEXT, is_accepted=False),
    "atom": Format("application/atom+xml", "atom", write_atom, **WITH_TEXT, is_whole=False),
    "json-feed": Format("application/feed+json", "json", write_json_feed, **WITH_TEXT, is_whole=False),
}
# One article: media type and what makes it
ARTICLE_FORMATS: dict[str, tuple[str, Callable[[Resource, str], Resource]]] = {
    "json-ld": ("application/ld+json", make_news_article),
    "ninjs": ("application/json", make_ninjs),
}
ARTICLE_TYPES = frozenset(media_type for media_type, _ in ARTICLE_FORMATS.values()) - {"application/json"}


@cache
def offered(choice: type[BaseModel]) -> dict[str, Format]:
    """Return the formats that the parameters of a route offer, by name."""
    field = choice.model_fields.get("format")
    names = [name for part in get_args(field.annotation) for name in get_args(part)] if field else []
    return {name: FORMATS[name] for name in names if name in FORMATS}


def choose_format(request: Request, choice: BaseModel) -> Format | None:
    """Return the format a request asks for; None for JSON."""
    formats = offered(type(choice))
    named: str | None = getattr(choice, "format", None)
    if named is not None:
        return formats.get(named)
    accept = request.headers.get("accept", "*/*")
    if not formats or accept == "*/*":  # what clients send that have no wish
        return None
    by_type = {form.media_type: form for form in formats.values() if form.is_accepted}
    for media_type in _by_preference(accept):
        if media_type in by_type:
            return by_type[media_type]
        if media_type in {"application/json", "application/*", "*/*"}:
            return None
    return None


def prefers(request: Request, media_type: str) -> bool:
    """Whether `Accept` names a media type before all others."""
    return _by_preference(request.headers.get("accept", "*/*"))[:1] == [media_type]


def _by_preference(accept: str) -> list[str]:
    """Return the media types an Accept header names, the most wanted first (RFC 9110 12.5.1).

    >>> _by_preference("application/json;q=0.5, text/csv")
    ['text/csv', 'application/json']
    """
    weighed = []
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        weighed.append((media_type, float(weight) if _is_weight(weight) else 0.0))
    return [name for name, weight in sorted(weighed, key=lambda one: -one[1]) if weight > 0]


def _is_weight(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()
