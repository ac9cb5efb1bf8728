"""Read the JSON-LD of a web page, broken as it often is, down to the one node that describes the article.

It knows JSON and schema.org's types, not what a headline or an author should look like.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Any

from app.extraction.html.tree import Element

Node = Mapping[str, Any]  # as the page wrote it

_ARTICLE_TYPES = tuple(
    """
    newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle
    reviewnewsarticle askpublicnewsarticle liveblogposting blogposting article socialmediaposting report
    scholarlyarticle techarticle advertisercontentarticle satiricalarticle review webpage
    """.split()  # noqa: SIM905 a table of words, the more telling first
)
_FEWEST_FIELDS = ("headline", "articleBody", "datePublished", "author")
_MOST_NODES = 2_000  # of a page; its articles come among the first
_WRAPPERS = ("mainEntityOfPage", "mainEntity", "@graph")
_SCRIPT_TYPE = re.compile(r"ld\+json", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LOST_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleBody|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)
_LOST_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^}]{0,200}?"name"\s*:\s*"((?:[^"\\\n]|\\.)*)"')


def find_article(root: Element) -> Node:
    """Return the page's article node, references to other nodes filled in; {} when there is none."""
    scripts = [
        script.text or "" for script in root.iter("script") if _SCRIPT_TYPE.search(script.get("type") or "")
    ]
    every = (node for text in scripts for value in _values(text) for node in _flattened(value))
    nodes = list(islice(every, _MOST_NODES))
    articles = [node for node in nodes if _rank(node) < len(_ARTICLE_TYPES)]
    if not articles:
        return next(filter(None, map(_salvaged, scripts)), {})
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    best = min(articles, key=_rank)
    return {key: _resolved(value, by_id) for key, value in best.items()}


def names(value: Any) -> Iterator[str]:
    """Yield the names in a value: a string, a node with a name, or a list of such."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from names(value.get("name"))
    elif isinstance(value, list):
        for item in value:
            yield from names(item)


def urls(value: Any) -> Iterator[str]:
    """Yield the addresses in a value: a string, a node with a url or an @id, or a list of such."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from urls(value.get("url") or value.get("contentUrl") or value.get("@id"))
    elif isinstance(value, list):
        for item in value:
            yield from urls(item)


def types_of(node: Node) -> list[str]:
    """Return the node's types in lower case, without the address of their vocabulary."""
    stated = node.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return [kind.rsplit("/", 1)[-1].lower() for kind in listed if isinstance(kind, str)]


def _rank(node: Node) -> int:
    """Return how well a node's type fits an article, 0 best; a bare page counts only if it says something."""
    places = [_ARTICLE_TYPES.index(kind) for kind in types_of(node) if kind in _ARTICLE_TYPES]
    says_something = any(node.get(name) for name in _FEWEST_FIELDS)
    return min(places, default=len(_ARTICLE_TYPES)) if says_something else len(_ARTICLE_TYPES)


def _values(text: str) -> list[Any]:
    """Return the values a script holds: one, as it should be, or what can be read of several or broken ones."""
    stripped = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")
    for attempt in (stripped, _TRAILING_COMMA.sub("", stripped), unescape(stripped)):
        found = _decoded(attempt)
        if found:
            return found
    return []


def _decoded(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    found, position = [], 0
    try:
        while position < len(text):
            value, position = decoder.raw_decode(text, position)
            found.append(value)
            while position < len(text) and text[position] in " \t\r\n,;":
                position += 1
    except (ValueError, RecursionError):
        pass  # what came before the fault is kept
    return found


def _flattened(value: Any) -> Iterator[Node]:
    """Yield the nodes of a value: lists and @graph opened, and the nodes that a page wraps around its article."""
    waiting = deque([value])
    while waiting:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extendleft(reversed(item[:_MOST_NODES]))
        elif isinstance(item, Mapping):
            yield item
            waiting.extendleft(item[key] for key in _WRAPPERS if key in item)


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:
    """Return a reference as the node it refers to, one step deep."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, Mapping) and "name" not in value:
        return by_id.get(str(value.get("@id")), value)
    return value


def _salvaged(text: str) -> Node:
    """Return what single fields of JSON that cannot be parsed still say."""
    found: dict[str, Any] = {}
    for key, value in _LOST_FIELD.findall(text):
        found.setdefault(key, _unquoted(value))
    author = _LOST_AUTHOR.search(text)
    if author:
        found["author"] = _unquoted(author[1])
    return found if "headline" in found else {}


def _unquoted(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value
