"""What a web page's mark-up says of its article, field by field, the most trusted statement first.

A table says where each field may stand: JSON-LD, <meta> and <link>, Microdata, elements. Nothing is judged here:
`metadata` cleans the values and chooses.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.documents import Origin
from app.extraction.blocks import fold
from app.extraction.html import json_ld
from app.extraction.html.tree import Element

_MOST_MARKED = 400  # elements with an itemprop that are read; lists of teasers have thousands
_LONGEST_VALUE = 2_000
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # JSON may escape what no text can hold
_TAG = re.compile(r"<[^<>]{1,300}>")

# Field → keys of the article's node, the keys of <meta>, the itemprops: all in order of trust.
_KEYS: Mapping[str, tuple[str, str, str]] = {
    "headline": ("headline name", "og:title twitter:title dc.title sailthru.title parsely-title", "headline"),
    "author": (
        "author creator",
        """author article:author byl parsely-author sailthru.author dc.creator dcterms.creator
        cxenseparse:author article.author news_authors authors dable:author og:article:author""",
        "author creator",
    ),
    "published": (
        "datePublished dateCreated",
        """article:published_time og:article:published_time article:published og:published_time
        datepublished parsely-pub-date sailthru.date dc.date.issued dcterms.created dc.date pubdate
        publishdate publish-date publication_date cxenseparse:recs:publishtime date article.published
        originalpublicationdate""",
        "datePublished dateCreated",
    ),
    "modified": (
        "dateModified",
        """article:modified_time og:updated_time og:article:modified_time datemodified dcterms.modified
        lastmod last-modified article.updated revised""",
        "dateModified",
    ),
    "url": ("url mainEntityOfPage", "og:url", ""),
    "publisher": (
        "publisher sourceOrganization",
        "og:site_name application-name dc.publisher dcterms.publisher",
        "publisher",
    ),
    "section": (
        "articleSection",
        "article:section sailthru.section parsely-section cxenseparse:section section",
        "articleSection",
    ),
    "keywords": ("keywords", "news_keywords keywords article:tag parsely-tags sailthru.tags", "keywords"),
    "image": (
        "image thumbnailUrl",
        "og:image og:image:url og:image:secure_url twitter:image twitter:image:src",
        "image",
    ),
    "language": ("inLanguage", "og:locale content-language language dc.language", "inLanguage"),
    "description": ("description", "og:description description twitter:description", "description"),
    "body": ("articleBody", "", ""),
    "free": ("isAccessibleForFree", "", "isAccessibleForFree"),
}
_ADDRESSES = frozenset({"url", "image"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One value for a field as the page gives it, and where."""

    value: str
    origin: Origin
    is_organization: bool = False  # of an author: the page says it is no person


Statements = Mapping[str, Sequence[Statement]]


def read_statements(root: Element) -> Statements:
    """Return all statements of each field, JSON-LD first, then <meta>, then Microdata."""
    node = json_ld.find_article(root)
    metas = _metas(root)
    marked = _marked(root)
    found = {
        field: [
            *_of_node(field, node, of_node.split()),
            *(Statement(value, "meta") for key in of_meta.split() for value in metas.get(key, ())),
            *(Statement(value, "meta") for key in of_item.split() for value in marked.get(key, ())),
        ]
        for field, (of_node, of_meta, of_item) in _KEYS.items()
    }
    found["url"] = [*_canonical(root), *found["url"]]
    found["language"] += [Statement(value, "meta") for value in filter(None, [root.get("lang")])]
    return found


def _of_node(field: str, node: json_ld.Node, keys: Sequence[str]) -> Iterator[Statement]:
    take: Callable[[Any], Iterator[str]] = json_ld.urls if field in _ADDRESSES else json_ld.names
    for key in keys:
        value = node.get(key)
        for item in value if isinstance(value, list) else [value]:
            is_organization = isinstance(item, Mapping) and any(
                "organization" in kind for kind in json_ld.types_of(item)
            )
            for text in take(str(item) if isinstance(item, bool) else item):
                kept = _NO_TEXT.sub("", text)
                plain = kept if field == "body" else fold(_TAG.sub(" ", kept))[:_LONGEST_VALUE]
                if plain.strip():
                    yield Statement(plain, "json-ld", is_organization)


def _metas(root: Element) -> dict[str, list[str]]:
    """Return the contents of <meta> by their name or property in lower case."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = fold(meta.get("content") or "")[:_LONGEST_VALUE]
        if key and content:
            values = metas.setdefault(key.strip().lower(), [])
            if content not in values:
                values.append(content)
    return metas


def _marked(root: Element) -> dict[str, list[str]]:
    """Return the texts of elements by their itemprop, and those of rel=author links, as Microdata has them."""
    marked: dict[str, list[str]] = {}
    wanted = {key for _, _, keys in _KEYS.values() for key in keys.split()}
    elements = root.xpath("//*[@itemprop][not(self::meta[ancestor::head])]")[:_MOST_MARKED]
    for element in elements:
        for key in (element.get("itemprop") or "").split():
            if key in wanted:
                value = _item_value(element)
                if value and value not in marked.setdefault(key, []):
                    marked[key].append(value)
    return marked


def _item_value(element: Element) -> str:
    stated = element.get("content") or element.get("datetime")
    if stated:
        return fold(stated)[:_LONGEST_VALUE]
    named = element.xpath("(.//*[@itemprop='name'])[1]") if element.get("itemscope") is not None else []
    if named:
        return _item_value(named[0])
    return fold(" ".join(element.itertext()))[:_LONGEST_VALUE]


def _canonical(root: Element) -> Iterator[Statement]:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield Statement(link.get("href").strip(), "meta")
