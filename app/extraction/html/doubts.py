"""What may be wrong with the article read from a web page: a stub, an index, two articles in one.

Warnings go with the article; none of them changes it. Each is one row of `_DOUBTS`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.extraction.body import Body
from app.extraction.html.page import Holder, Page
from app.extraction.html.statements import Statements

# Guesses of 2026-11-22, all of them; tried on the labelled pages, where few warnings are due.
# Characters; what a paywall shows of an article is shorter: by whether a wall is printed below the body, and
# whether the page's data say that it is not free.
_STUB_SIZES = {(False, False): 0, (False, True): 800, (True, False): 1_800, (True, True): 6_000}
_TEASERS = 12  # links as long as headlines, under headings or in lists, before a page is an index
_TEASER_WORDS = 5
_INDEX_BODY = 1_200
_SECOND_ARTICLE = 300  # characters of running text in a second <article> with a heading of its own
_WALL = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber))\b.{0,40}"
    r"\b(?:to|and) (?:continue|keep|read|unlock|view|access)"
    r"|to (?:continue|keep) reading|to read (?:the|this) (?:full|rest|entire|whole)"
    r"|already a (?:subscriber|member)\b"
    r"|(?:article|content|story) is (?:only |exclusively )?(?:for|available to) (?:our )?(?:subscribers|members)"
    r"|(?:jetzt|weiter)lesen mit|réservé aux abonnés|solo para suscriptores",
    re.IGNORECASE,
)
_REACH = 6  # lines below the body in which its wall stands
_LONGEST_WALL = 300


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page as it was read."""

    page: Page
    body: Body
    statements: Statements

    @property
    def body_size(self) -> int:
        return sum(len(block.text) for block in self.body.kept)


def find_doubts(page: Page, body: Body, statements: Statements) -> tuple[str, ...]:
    """Return the warnings that the page as read gives rise to."""
    reading = _Reading(page, body, statements)
    return tuple(warning for warning, holds in _DOUBTS if holds(reading))


def _is_stub(reading: _Reading) -> bool:
    """Whether a short body ends at a wall, or on a page that says it is not free."""
    size = reading.body_size
    end = reading.body.kept[-1].span.end
    below = [block for block in reading.body.rest if block.span.start >= end][:_REACH]
    walls = any(len(block.text) <= _LONGEST_WALL and _WALL.search(block.text) for block in below)
    is_paid = any(s.value.lower() in ("false", "no") for s in reading.statements["free"])
    return size < _STUB_SIZES[walls, is_paid]


def _is_index(reading: _Reading) -> bool:
    """Whether a page is a list of articles: many teasers, little text, and no author or day of its own."""
    kept = set(reading.body.kept)
    teasers = sum(
        _is_teaser(block.text, holder)
        for block, holder in zip(reading.page.blocks, reading.page.holders, strict=True)
    )
    is_signed = any(reading.statements[field] for field in ("author", "published"))
    linked = sum(
        len(block.text)
        for block, holder in zip(reading.page.blocks, reading.page.holders, strict=True)
        if block in kept and holder.link_share > 0.5  # noqa: PLR2004 most of it
    )
    is_thin = reading.body_size < _INDEX_BODY or linked > reading.body_size / 2
    return teasers >= _TEASERS and is_thin and not is_signed


def _is_teaser(text: str, holder: Holder) -> bool:
    return holder.link_share > 0.9 and len(text.split()) >= _TEASER_WORDS  # noqa: PLR2004 all but marks


def _holds_two(reading: _Reading) -> bool:
    """Whether the body's text lies in two <article> elements that each have a heading and are not nested."""
    sizes: dict[int, int] = {}
    kept = {block.span for block in reading.body.kept}
    headed = _headed_articles(reading.page)
    for block, holder in zip(reading.page.blocks, reading.page.holders, strict=True):
        article = _outermost_article(holder)
        if block.span in kept and article in headed:
            sizes[article] = sizes.get(article, 0) + len(block.text)
    return sum(size >= _SECOND_ARTICLE for size in sizes.values()) > 1


def _headed_articles(page: Page) -> set[int]:
    return {
        _outermost_article(holder)
        for holder in page.holders
        if any(element.tag in ("h1", "h2") for element in holder.elements[:3])
    } - {0}


def _outermost_article(holder: Holder) -> int:
    """Return which <article> holds a line, as a number; 0 for none."""
    return next((id(e) for e in reversed(holder.elements) if e.tag == "article"), 0)


_DOUBTS: Sequence[tuple[str, Callable[[_Reading], bool]]] = (
    ("paywall_stub", _is_stub),
    ("not_an_article", _is_index),
    ("two_articles", _holds_two),
)
