"""Articles as feeds: Atom (RFC 4287, paged by RFC 5005) and JSON Feed 1.1. Pure.

A feed is a page of a list, the newest first, and points to those beside it. Texts come from anywhere: what XML cannot
hold is dropped, everything else is escaped.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urlsplit

import orjson

from app.api.interchange import article_url
from app.api.resources import Resource

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
TITLE = "On Record: articles"
NEVER = "1970-01-01T00:00:00Z"  # when a feed without entries was updated


def make_atom(articles: list[Resource], base_url: str, url: str, beside: Mapping[str, str | None]) -> bytes:
    """Return an Atom feed of articles. beside: where the pages beside it are, by relation."""
    updated = max((_updated(article) for article in articles), default=NEVER)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">',
        _element("id", url),
        _element("title", TITLE),
        _element("updated", updated),
        _link("self", url),
        *(_link(relation, other) for relation, other in beside.items() if other),
    ]
    entries = ["".join(_entry(article, base_url)) for article in articles]
    return "\n".join([*head, *entries, "</feed>\n"]).encode()


def make_json_feed(articles: list[Resource], base_url: str, url: str, next_url: str | None) -> bytes:
    """Return a JSON Feed of articles."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": f"{base_url}/docs",
        "feed_url": url,
        **({"next_url": next_url} if next_url else {}),
        "items": [_item(article, base_url) for article in articles],
    }
    return orjson.dumps(feed)


def _entry(article: Resource, base_url: str) -> Iterator[str]:
    """Yield the parts of an entry; an entry must have an author, so the publisher stands in for nobody named."""
    yield "<entry>"
    yield _element("id", f"urn:uuid:{article['id']}")
    yield _element("title", article["headline"] or "")
    yield _element("updated", _updated(article))
    if article["published_at"]:
        yield _element("published", article["published_at"])
    for name in _authors(article):
        yield f"<author>{_element('name', name)}</author>"
    for topic in _topics(article):
        yield f'<category term="{_text(topic)}"/>'
    yield _link("alternate", web_url(article) or article_url(article, base_url))
    if article["lead_image_url"]:
        yield f'<media:thumbnail url="{_text(article["lead_image_url"])}"/>'
    yield f'<content type="text">{_text(article["text"])}</content>'
    yield "</entry>"


def _item(article: Resource, base_url: str) -> Resource:
    item = {
        "id": f"urn:uuid:{article['id']}",
        "url": article_url(article, base_url),
        "external_url": web_url(article),
        "title": article["headline"],
        "content_text": article["text"],
        "date_published": article["published_at"],
        "date_modified": article["modified_at"],
        "authors": [{"name": name} for name in _authors(article)],
        "language": article["language"],
        "tags": _topics(article) or None,
        "image": article["lead_image_url"],
    }
    return {name: value for name, value in item.items() if value is not None}


def web_url(article: Resource) -> str | None:
    """Return an article's address if it is one of the web: feed readers make links of it."""
    url: str | None = article["url"] or article["canonical_url"]
    return url if url and urlsplit(url).scheme in {"http", "https"} else None


def _authors(article: Resource) -> list[str]:
    publisher = article["publisher"] or {"name": "unknown"}
    return article["authors"] or [publisher["name"]]


def _topics(article: Resource) -> list[str]:
    """Return section and keywords, each once."""
    named = [article["section"], *article["keywords"]]
    return list(dict.fromkeys(topic for topic in named if topic))


def _updated(article: Resource) -> str:
    at: str = article["modified_at"] or article["published_at"] or article["ingested_at"]
    return at


def _element(name: str, value: str) -> str:
    return f"<{name}>{_text(value)}</{name}>"


def _link(relation: str, url: str) -> str:
    return f'<link rel="{relation}" href="{_text(url)}"/>'


def _text(value: str) -> str:
    return escape(NOT_XML.sub("", value))
