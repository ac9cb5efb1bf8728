"""Parse a web page into a tree, whatever its markup: deep, broken, huge or hostile.

The one place that meets the HTML parser. It reaches no network and expands no entities beyond HTML's own; it knows
nothing of articles.
"""

import re
from functools import cache
from typing import Any

from app.errors import NoArticle

# A page of news has 1,000 to 8,000 elements; a quarter of a million take seconds in each reader of the tree.
_MOST_ELEMENTS = 250_000
# The parser compares each attribute with all others of its tag: 100,000 of them take 9 s.
_MOST_ATTRIBUTES = 20_000
_LONG_TAG = 20_000  # characters; the data-* attributes of real pages reach this, with few attributes
_TAG = re.compile(r"<[a-zA-Z](?:[^>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=)*+")
_QUOTED = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")

Element = Any  # lxml has no types


def parse(markup: str) -> Element:
    """Return the root of the page's tree; comments are left out. Raises NoArticle where there is none to read."""
    from lxml import etree, html  # noqa: PLC0415 a process that only serves requests needs no parser

    _refuse_endless_tags(markup)
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=_parser())
    except etree.ParserError as error:
        raise NoArticle("the document is empty") from error
    count = sum(1 for _ in root.iter())
    if count > _MOST_ELEMENTS:
        raise NoArticle(
            f"expected the page of one article, found {count} elements (at most {_MOST_ELEMENTS})"
        )
    return root


@cache
def _parser() -> Any:
    from lxml import html  # noqa: PLC0415

    # huge_tree: 2,048 levels instead of 256; pages with unclosed <font> go deep, and lose what is deeper.
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


def _refuse_endless_tags(markup: str) -> None:
    for tag in _TAG.finditer(markup):
        if tag.end() - tag.start() > _LONG_TAG:
            count = len(_QUOTED.sub("", tag.group()).split())
            if count > _MOST_ATTRIBUTES:
                raise NoArticle(f"a tag holds {count} attributes (at most {_MOST_ATTRIBUTES})")
