"""Reads what a feed lists: RSS 0.9 to 2, Atom, JSON Feed, sitemaps and indexes of them. Nothing is fetched here.

An entry with a link becomes a page to fetch, with the headline and date the feed states: a feed's own text is most
often a summary. One without a link is read from its text. Feeds are often broken XML, so the parser mends what it
can; entities and DTDs are left unread.
"""

import html
import zlib
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import orjson
from lxml import etree

from app.errors import BadLine
from app.ingest.readers.found import Found
from app.ingest.submissions import EARLIEST, LATEST, check

FEED_TYPES = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
        "application/feed+json", "application/json", "text/plain", "text/html",  # many servers say these of feeds
        "application/gzip", "application/x-gzip",  # sitemap.xml.gz
    }
)  # fmt: skip
MOST_ENTRIES = 1000  # what a news sitemap may hold; of more the newest are read
MOST_SITEMAPS = 50_000  # what an index may hold
LARGEST_SITEMAP = 10 * 1024 * 1024  # bytes, unpacked: 50,000 pages or so; a longer one is read so far
LONGEST_HEADLINE = 1000

_ATOM, _SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
_GZIP = b"\x1f\x8b"
_INDEX_WITHIN = 4096  # bytes; comments may come before
_NEWS, _DC = "http://www.google.com/schemas/sitemap-news/0.9", "http://purl.org/dc/elements/1.1/"
_RSS = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)
_ENTRIES = ((_ATOM, "entry"), (_SITEMAP, "url"), *((namespace, "item") for namespace in _RSS))
_ENTRY_TAGS = frozenset(f"{{{namespace}}}{name}" if namespace else name for namespace, name in _ENTRIES)
# What the elements of an entry say, by namespace and name; of several, the first in this order counts
_MEANINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "link": (*((ns, "link") for ns in _RSS), (_SITEMAP, "loc"), (_ATOM, "id"), ("", "guid")),
    "headline": ((_NEWS, "title"), *((ns, "title") for ns in _RSS), (_ATOM, "title")),
    "published": (
        (_NEWS, "publication_date"), ("", "pubDate"), (_ATOM, "published"), (_DC, "date"), (_ATOM, "updated"),
    ),
    "publisher": ((_NEWS, "name"),),
    "content": (
        ("http://purl.org/rss/1.0/modules/content/", "encoded"), (_ATOM, "content"), ("", "description"),
        (_ATOM, "summary"),
    ),
}  # fmt: skip


def read_feed(content: bytes, url: str) -> Iterator[Found]:
    """Yield the entries of a feed, at most `MOST_ENTRIES`; raise `BadLine` for what is no feed."""
    entries = _json_entries(content) if content.lstrip()[:1] == b"{" else _xml_entries(content)
    for line, entry in enumerate(entries, 1):
        if line > MOST_ENTRIES:
            return
        yield _find(line, entry, url)


def read_sitemap_index(content: bytes, url: str) -> list[str] | None:
    """Return the sitemaps that an index names, the lately changed first; None for what is no sitemap index."""
    if b"<sitemapindex" not in content[:_INDEX_WITHIN] and not content.startswith(_GZIP):
        return None
    root = _parse(content)
    if root is None or etree.QName(root).localname != "sitemapindex":
        return None
    named = list(islice(root.iter(f"{{{_SITEMAP}}}sitemap"), MOST_SITEMAPS))
    links = [_link(_text_at(element, "loc"), url) for element in sorted(named, key=_changed_at, reverse=True)]
    return [link for link in links if link]


def _find(line: int, entry: dict[str, str], url: str) -> Found:
    link = _link(entry.get("link"), url)
    title = html.unescape(entry.get("headline", ""))
    published_at = _time(entry.get("published", ""))
    fields = {
        "headline": " ".join(title.split())[:LONGEST_HEADLINE] or None,
        "publisher": entry.get("publisher"),
        "published_at": published_at and published_at.isoformat(),
    }
    body = {"url": link} if link else {"html": entry.get("content", ""), "external_id": entry.get("link")}
    name = link or entry.get("link") or f"entry {line}"
    try:
        given = {key: value for key, value in (fields | body).items() if value}
        return Found(line, name, check(given))
    except BadLine as error:
        return Found.unreadable(line, name, error, orjson.dumps(entry))


def _xml_entries(content: bytes) -> Iterator[dict[str, str]]:
    root = _parse(content)
    tags = {"rss", "feed", "RDF", "urlset"}
    if root is None or etree.QName(root).localname not in tags:
        raise BadLine("This is no feed: neither RSS, Atom, a news sitemap nor JSON Feed.")
    if (
        len(root) > MOST_ENTRIES and etree.QName(root).localname == "urlset"
    ):  # as sites list their whole archive
        newest = sorted(root.iter(f"{{{_SITEMAP}}}url"), key=_changed_at, reverse=True)
        return map(_xml_entry, newest)
    return map(_xml_entry, root.iter(*_ENTRY_TAGS))


def _parse(content: bytes) -> Any:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(_unpacked(content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadLine(f"This is no feed: {error}.") from None


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, LARGEST_SITEMAP)
    except zlib.error as error:
        raise BadLine(f"This is no gzip: {error}.") from None


def _changed_at(element: Any) -> str:
    """Return when a sitemap says that something changed, as it sorts: dates of one site are written alike."""
    published = element.find(f".//{{{_NEWS}}}publication_date")
    return (published.text if published is not None else _text_at(element, "lastmod")) or ""


def _text_at(element: Any, name: str) -> str:
    return (element.findtext(f"{{{_SITEMAP}}}{name}") or "").strip()


def _xml_entry(element: Any) -> dict[str, str]:
    said: dict[tuple[str, str], str] = {}
    for child in element.iter(tag=etree.Element):
        name = etree.QName(child)
        text = "".join(child.itertext()).strip()
        if name.namespace == _ATOM and name.localname == "link":
            if child.get("rel", "alternate") == "alternate":
                said.setdefault(("", "link"), child.get("href", ""))
        elif text and not (name.localname == "guid" and child.get("isPermaLink") == "false"):
            said.setdefault((name.namespace or "", name.localname), text)
    found = {
        meaning: next((said[place] for place in places if said.get(place)), "")
        for meaning, places in _MEANINGS.items()
    }
    return {meaning: text for meaning, text in found.items() if text}


def _json_entries(content: bytes) -> Iterator[dict[str, str]]:
    try:
        feed = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadLine(f"This is no JSON Feed: {error}.") from None
    items = feed.get("items")
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(items, list):
        raise BadLine("This is JSON, but no JSON Feed.")
    names = {"link": ("url", "external_url", "id"), "headline": ("title",), "published": ("date_published",)}
    names["content"] = ("content_html", "content_text", "summary")
    return (
        {
            meaning: next(str(item[name]) for name in given if item.get(name))
            for meaning, given in names.items()
            if any(item.get(name) for name in given)
        }
        for item in items
        if isinstance(item, dict)
    )


def _link(link: str | None, url: str) -> str | None:
    try:
        joined = urljoin(url, (link or "").strip())
    except ValueError:
        return None
    return joined if link and joined.startswith(("http://", "https://")) else None


def _time(text: str) -> datetime | None:
    """Return a time that names its zone, as RSS (RFC 822) or the others (ISO 8601) write it."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(text.strip())
            if at.tzinfo is not None and EARLIEST <= at <= LATEST:
                return at
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
