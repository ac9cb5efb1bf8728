"""Read what stands around the body: headline, byline, dates.

Each reader looks at the blocks outside the body and returns a value with the block that states it, or says
why there is none. The first sentence of the body is never a headline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.documents import Publication, Span, Stated
from app.extraction.addresses import split_address
from app.extraction.blocks import Block, locate
from app.extraction.body import Body
from app.extraction.byline import Byline, read_author_note, read_bare_name, read_byline
from app.extraction.dates import PrintedDate, find_dates, label_of
from app.extraction.furniture import kinds_of
from app.extraction.publisher import load_publishers

_HEADLINE_LENGTHS = range(15, 221)
_FEWEST_WORDS = 3
_SURE_WORDS = 5
# Wording of furniture that headlines share: "Watch the harbour freeze", "Top nurse is a writer too".
_HARMLESS = frozenset({"author_bio", "related"})
_HARMLESS_IN_LONG = _HARMLESS | {"navigation", "share"}
_HEAD_REACH = 12  # blocks above the body in which its headline and byline stand
_TAIL_REACH = 12  # blocks below it in which a signature or a first-published line stands
_LONGEST_DATE_LINE = 160
_UNLABELLED_RESIDUE = 60  # characters beside an unlabelled date; more and the line is about something else
_CONFIDENCE_LABELLED = 0.95
_CONFIDENCE_BARE = 0.8
_SLUG_WORD = re.compile(r"[a-z0-9]{3,}")
_SLUG_OVERLAP = 0.6
_COPYRIGHT = re.compile(r"©|\bcopyright\b|\bedition\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What a page says of its article outside the body, and the blocks that say it by their reason."""

    headline: Stated[str]
    byline: Stated[str]
    authors: Stated[tuple[str, ...]]
    published: Stated[Publication]
    modified: Stated[Publication]
    reasons: dict[Span, str]


def read_header(raw_text: str, body: Body, url: str | None) -> Header:
    """Read the furniture around `body`; `url` helps to tell the headline by its slug."""
    head = body.head
    reasons: dict[Span, str] = {}
    dates = _page_dates(body)
    published, modified = (_dated(raw_text, dates, label) for label in ("published", "modified"))
    reasons |= {block.span: "date" for block, _ in dates}
    byline_block, byline = _find_byline(body)
    if byline_block:
        reasons[byline_block.span] = "byline"
    headline_block = _find_headline(head, reasons, url)
    headline: Stated[str] = Stated.absent("no line above the body reads like a headline")
    if headline_block:
        reasons[headline_block.span] = "headline"
        headline = Stated(headline_block.text, "text", 0.8, headline_block.span)
    return Header(
        headline,
        _stated_byline(raw_text, byline_block, byline),
        _stated_authors(raw_text, body, byline_block, byline),
        published,
        modified,
        reasons,
    )


def _find_headline(head: Sequence[Block], reasons: dict[Span, str], url: str | None) -> Block | None:
    """Choose the line whose words the URL repeats, else the first long enough, else the first at all.

    Short lines above a body are rather the names of sections: "Winter Sports Desk".
    """
    candidates = [b for b in head if b.span not in reasons and _may_be_headline(b)]
    slug = set(_SLUG_WORD.findall(split_address(url).path.lower()))
    best = max(candidates, key=lambda block: _overlap(block.text, slug), default=None)
    if best and _overlap(best.text, slug) >= _SLUG_OVERLAP:
        return best
    near = set(head[-_HEAD_REACH:])
    candidates = [block for block in candidates if block in near]
    sure = (block for block in candidates if len(block.text.split()) >= _SURE_WORDS)
    return next(sure, None) or next(iter(candidates), None)


def _may_be_headline(block: Block) -> bool:
    text, words = block.text, len(block.text.split())
    harmless = _HARMLESS_IN_LONG if words > _SURE_WORDS else _HARMLESS
    return (
        not block.has_bullet
        and len(text) in _HEADLINE_LENGTHS
        and words >= _FEWEST_WORDS
        and not text.endswith((".", ":", ";", ",", "…", "|"))
        and harmless.issuperset(kinds_of(text))
        and text.lower() not in load_publishers().by_name
        and " > " not in text
    )


def _overlap(text: str, slug: set[str]) -> float:
    words = set(_SLUG_WORD.findall(text.lower()))
    return len(words & slug) / len(words) if len(words) >= _FEWEST_WORDS else 0.0


def _find_byline(body: Body) -> tuple[Block | None, Byline | None]:
    head = body.head[-_HEAD_REACH:]
    nearest = [*head, *body.rest[:_TAIL_REACH]]
    for index, block in enumerate(nearest):
        following = nearest[index + 1].text if index + 1 < len(nearest) else ""
        byline = read_byline(block.text, following)
        if byline:
            return block, byline
    for block, following_block in pairwise(head):
        byline = read_bare_name(block.text)
        is_below_headline = any(_may_be_headline(above) for above in head[: head.index(block)])
        if byline and is_below_headline and find_dates(following_block.text):
            return block, byline
    return None, None


def _stated_byline(raw_text: str, block: Block | None, byline: Byline | None) -> Stated[str]:
    if block is None or byline is None:
        return Stated.absent("no byline is printed")
    return Stated(byline.printed, "text", byline.confidence, locate(raw_text, block, byline.printed))


def _stated_authors(
    raw_text: str, body: Body, block: Block | None, byline: Byline | None
) -> Stated[tuple[str, ...]]:
    if block is not None and byline is not None:
        return Stated(byline.authors, "text", byline.confidence, locate(raw_text, block, byline.authors[0]))
    for note in body.rest:
        name = read_author_note(note.text)
        if name:
            return Stated(
                (name,), "text", 0.6, locate(raw_text, note, name), "named in the note on the author"
            )
    return Stated.absent("no byline and no note on the author is printed")


def _page_dates(body: Body) -> list[tuple[Block, PrintedDate]]:
    """Return the dates of short lines: any above the body, labelled ones only below its start."""
    found = []
    head = body.head
    for index, block in enumerate(head):
        label = (
            label_of(head[index - 1].text)
            if index and len(head[index - 1].text) <= _UNLABELLED_RESIDUE
            else "none"
        )
        for date in _line_dates(block):
            own = date if date.label != "none" else PrintedDate(date.publication, label, date.span)
            if own.label != "none" or _is_mostly_date(block, date):
                found.append((block, own))
    for block in body.rest:
        found += [(block, date) for date in _line_dates(block) if date.label != "none"]
    return found


def _line_dates(block: Block) -> list[PrintedDate]:
    if len(block.text) > _LONGEST_DATE_LINE or _COPYRIGHT.search(block.text):
        return []
    return find_dates(block.text)


def _is_mostly_date(block: Block, date: PrintedDate) -> bool:
    beside = len(block.text) - (date.span.end - date.span.start)
    return beside <= _UNLABELLED_RESIDUE


def _dated(raw_text: str, dates: Sequence[tuple[Block, PrintedDate]], label: str) -> Stated[Publication]:
    labelled = [pair for pair in dates if pair[1].label == label]
    bare = [pair for pair in dates if pair[1].label == "none"] if label == "published" else []
    # Today's date in a masthead has no time of day; the article's own line often has one, and comes later.
    bare.sort(key=lambda pair: pair[1].publication.precision == "day")
    for (block, date), confidence in [
        *((pair, _CONFIDENCE_LABELLED) for pair in labelled),
        *((pair, _CONFIDENCE_BARE) for pair in bare),
    ]:
        return Stated(date.publication, "text", confidence, locate(raw_text, block, date.span.of(block.text)))
    return Stated.absent(f"no {label} date is printed")
