"""Find the byline that a web page prints near its headline, by what its mark-up calls it.

`header` reads bylines by their wording alone; here a line in an element named "byline" or "author", or a link to an
author's page, may be a bare name. It knows no structured data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents import Stated
from app.extraction.blocks import Block
from app.extraction.body import Body
from app.extraction.byline import clean_authors, read_byline
from app.extraction.html.page import Holder, Page

_NAMED = re.compile(r"by-?_?line|author|writer|contributor|\bbyl\b|reporter", re.IGNORECASE)
_NOT_OURS = re.compile(r"comment|related|card|promo|teaser|sidebar|footer|recommend", re.IGNORECASE)
_HEIGHT = 4  # elements up from a line whose names count
_REACH = 25  # lines above the body, and below it, in which its signature may stand; guess 2026-11-22
_LONGEST = 120
_CONFIDENCE = 0.75


@dataclass(frozen=True, slots=True)
class Signature:
    """The byline as printed and the names in it."""

    byline: Stated[str]
    authors: Stated[tuple[str, ...]]


def find_signature(page: Page, body: Body, publisher: str | None) -> Signature:
    """Return the first line near the body that is marked as a byline and names someone but the outlet."""
    for block, holder in _near(page, body):
        if len(block.text) <= _LONGEST and _is_marked(holder):
            byline = read_byline(block.text)
            names = clean_authors(byline.authors if byline else [block.text], publisher)
            if names:
                return Signature(
                    Stated(block.text, "text", _CONFIDENCE, block.span),
                    Stated(names, "text", _CONFIDENCE, block.span, "in an element named as a byline"),
                )
    reason = "no line is marked as a byline"
    return Signature(Stated.absent(reason), Stated.absent(reason))


def _near(page: Page, body: Body) -> Iterator[tuple[Block, Holder]]:
    first = len(body.head)
    last = page.blocks.index(body.kept[-1], first)
    kept = set(body.kept)
    pairs = list(zip(page.blocks, page.holders, strict=True))
    for block, holder in [*pairs[max(0, first - _REACH) : first], *pairs[first : last + _REACH]]:
        if block not in kept:
            yield block, holder


def _is_marked(holder: Holder) -> bool:
    names = [
        " ".join(filter(None, map(element.get, ("class", "id", "itemprop", "rel"))))
        for element in holder.elements[: 2 * _HEIGHT]
    ]
    return any(map(_NAMED.search, names[:_HEIGHT])) and not any(map(_NOT_OURS.search, names))
