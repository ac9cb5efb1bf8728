"""Choose, for each field, what a web page says of its article: cleaned, with its origin and confidence.

It judges values (`statements` gathers them): a headline carries no name of the site, an author is a person, a date
is a date. What the mark-up leaves open, the text around the body may still tell: that is `header`'s to read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.documents import DatePrecision, Origin, Publication, Stated
from app.extraction.addresses import absolute, is_front_page, split_address
from app.extraction.blocks import fold
from app.extraction.byline import clean_authors
from app.extraction.dates import find_dates
from app.extraction.html.page import Holder, Page
from app.extraction.html.statements import Statement, Statements
from app.extraction.html.tree import Element
from app.extraction.publisher import load_publishers, publisher_of_url

# How often such a statement is right, on the labelled news pages (2026-11-22, rounded).
_CONFIDENCE: dict[Origin, float] = {"json-ld": 0.9, "meta": 0.85, "text": 0.8}
_SUFFIX = re.compile(r"\s+(?:[|•·»—–]|-{1,2}|::?|/)\s+")
_WORD = re.compile(r"\w+")
_SAME_HEADLINE = 0.6  # share of words that two wordings of one headline have in common; guess 2026-11-22
_LONGEST_HEADLINE = 300
_TOP_LINES = 100  # of a page, among which its headline is printed
_MOST_HEADINGS = 20  # <h1> of the page
_HEADING_HEIGHT = 3  # an <h1> may wrap its words in blocks
_MOST_CLAIMS = 5
_FEWEST_WORDS = 3
_LONGEST_FIELD = 200
_MOST_KEYWORDS = 30
_LONGEST_KEYWORD = 80
_DATE_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])")
_MOST_TIMES = 20
_FARTHEST_ZONE = 14 * 60  # minutes from UTC
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page's mark-up says of its article; absent where it says nothing usable."""

    headline: Stated[str]
    authors: Stated[tuple[str, ...]]
    published: Stated[Publication]
    dated: Stated[Publication]  # the day in the page's address
    shown: Stated[Publication]  # by a <time> below the heading: likely the publication's, not said to be
    modified: Stated[Publication]
    publisher: Stated[str]
    language: Stated[str]
    section: Stated[str]
    keywords: Stated[tuple[str, ...]]
    lead_image_url: Stated[str]
    canonical_url: Stated[str]


def read_metadata(root: Element, page: Page, stated: Statements, url: str | None) -> Metadata:
    """Read every field; `url` is where the caller found the page, and completes addresses."""
    canonical = _canonical_url(stated["url"], url)
    publisher = _publisher(stated["publisher"], canonical.value or url)
    return Metadata(
        headline=_headline(root, page, stated, publisher.value),
        authors=_authors(stated["author"], publisher.value),
        published=_with_local_time(root, _first_date(stated["published"]))
        or Stated.absent("the mark-up states no publication date"),
        dated=_dated_path(canonical.value or url),
        shown=_timed(root),
        modified=_first_date(stated["modified"]) or Stated.absent("the mark-up states no time of change"),
        publisher=publisher,
        language=_language(stated["language"]),
        section=_first(stated["section"], "section"),
        keywords=_keywords(stated["keywords"]),
        lead_image_url=_address(stated["image"], canonical.value or url, "lead image"),
        canonical_url=canonical,
    )


def headline_without_site(headline: str, site: str | None, others: Iterable[str] = ()) -> str:
    """Return a headline less what a page's title adds to it: "Pier closes | Harbour Post" → "Pier closes".

    A part is cut where it is the site's name, or where the page elsewhere prints the rest alone.
    """
    known = set(map(_key, others)) - {""}
    for mark in reversed(list(_SUFFIX.finditer(headline))):
        rest, suffix = headline[: mark.start()], headline[mark.end() :]
        if _key(rest) in known or (site and _key(suffix) and _is_site(suffix, site)):
            return headline_without_site(rest, site, known)
    first = _SUFFIX.search(headline)
    if first:
        kicker, rest = headline[: first.start()], headline[first.end() :]
        if _key(rest) in known or (site and _key(kicker) == _key(site)):
            return rest
    return headline


def _headline(root: Element, page: Page, stated: Statements, site: str | None) -> Stated[str]:
    """Return the page's printed heading where its data agree, else what its data say, else its title."""
    headings = [b for b, h in zip(page.blocks, page.holders, strict=True) if _is_heading(h)][:_MOST_HEADINGS]
    printed = [*(heading.text for heading in headings), *(b.text for b in page.blocks[:_TOP_LINES])]
    title = Statement(fold(root.xpath("string(//head/title)")), "meta")
    claims = [s for s in (*stated["headline"], title) if len(s.value) <= _LONGEST_HEADLINE]
    claims = [Statement(headline_without_site(s.value, site, printed), s.origin) for s in claims]
    wordings = [claim.value for claim in claims]
    for claim in claims[:_MOST_CLAIMS]:
        best = max(headings, key=lambda heading: _likeness(heading.text, claim.value), default=None)
        if best and _likeness(best.text, claim.value) >= _SAME_HEADLINE:
            headline = headline_without_site(best.text, site, wordings)
            return Stated(headline, "text", 0.95, best.span, "the page's heading, as its data have it")
    for claim in claims:
        if len(_WORD.findall(claim.value)) > 1 and not _is_site(claim.value, site or ""):
            return Stated(claim.value, claim.origin, _CONFIDENCE[claim.origin])
    return Stated.absent("the mark-up states no headline")


def _is_heading(holder: Holder) -> bool:
    return any(element.tag == "h1" for element in holder.elements[:_HEADING_HEIGHT])


def _likeness(one: str, other: str) -> float:
    """Return the words both have in common over those either has; 1 where one is the other cut short."""
    first, second = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    shorter = min(len(first), len(second))
    if shorter >= _FEWEST_WORDS and (first <= second or second <= first):
        return 1.0
    return len(first & second) / max(1, len(first | second))


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _is_site(text: str, site: str) -> bool:
    """Whether `text` is the site's name, or its domain, or begins with it: "The Harbour Post - World"."""
    own, name = _key(text), _key(site)
    return bool(own and name) and (own in name or name in own)


def _authors(statements: Sequence[Statement], publisher: str | None) -> Stated[tuple[str, ...]]:
    """Return the people of the first statements that name any; an agency where none does."""
    for origin in ("json-ld", "meta"):
        said = [s for s in statements if s.origin == origin]
        names = clean_authors([s.value for s in said if not s.is_organization], publisher)
        names = names or clean_authors([s.value for s in said if s.is_organization], publisher)
        if names:
            return Stated(names, said[0].origin, _CONFIDENCE[said[0].origin])
    return Stated.absent("the mark-up names no author")


def _first_date(statements: Sequence[Statement]) -> Stated[Publication] | None:
    for statement in statements:
        publication = read_timestamp(statement.value)
        if publication:
            return Stated(publication, statement.origin, _CONFIDENCE[statement.origin])
    return None


def read_timestamp(text: str) -> Publication | None:
    """Return the time that a field of the mark-up states: ISO 8601 as a rule, else a printed date.

    Midnight to the second is how systems write a day without a time: then the day is kept as it is.
    """
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        printed = find_dates(text[:_LONGEST_FIELD])
        return printed[0].publication if printed else None
    if at.year not in _YEARS:
        return None
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return Publication(at.replace(microsecond=0, tzinfo=UTC), "day", "unknown")
    precision: DatePrecision = "second" if at.second else "minute"
    if at.tzinfo is None:
        return Publication(at.replace(microsecond=0, tzinfo=UTC), precision, "unknown")
    offset = at.utcoffset() or timedelta()
    return Publication(
        at.replace(microsecond=0).astimezone(UTC), precision, "stated", round(offset.total_seconds() / 60)
    )


def choose_published(said: Metadata, printed: Stated[Publication]) -> Stated[Publication]:
    """Return when a page says it was published; `printed` is what the text around its body says.

    The page's data go first, in the zone the page prints them in: "8 PM EST" is 01:00 UTC of the next day. The
    day in an address is made exact by a time printed of that day or one beside it: an address is made at a
    newsroom's desk, say in Tokyo.
    """
    known, shown = said.published.value, printed.value
    if known is not None:
        offset = _offset_shown(known, shown) if shown and known.offset_minutes == 0 else None
        return (
            replace(said.published, value=replace(known, offset_minutes=offset)) if offset else said.published
        )
    day = said.dated.value
    found = [one for one in (printed, said.shown) if one.value is not None]
    if day is not None:
        return next((one for one in found if one.value and _days_apart(one.value, day) <= 1), said.dated)
    return next(iter(found), said.shown)


def _days_apart(one: Publication, other: Publication) -> int:
    first, second = (at.at + timedelta(minutes=at.offset_minutes or 0) for at in (one, other))
    return abs((first.date() - second.date()).days)


def _with_local_time(root: Element, published: Stated[Publication] | None) -> Stated[Publication] | None:
    """Add the local zone that the page's data leave out, from a <time> that shows the same moment.

    20:48:19 below the heading is 01:48:19 UTC of the next day, five hours behind it.
    """
    if published is None or published.value is None or published.value.offset_minutes != 0:
        return published
    known = published.value
    for time in root.xpath(f"(//time[@datetime])[position() <= {_MOST_TIMES}]"):
        shown = read_timestamp(time.get("datetime"))
        offset = _offset_shown(known, shown) if shown and shown.precision == known.precision else None
        if offset:
            return replace(published, value=replace(known, offset_minutes=offset))
    return published


def _offset_shown(known: Publication, shown: Publication) -> int | None:
    """Return how far from UTC the zone is in which `shown` is the moment `known`; None where it is none."""
    if shown.precision == "day":
        return None
    moment = known.at if shown.precision == "second" else known.at.replace(second=0)
    ahead = round((shown.at - moment).total_seconds() / 60)
    if shown.zone != "unknown":
        return shown.offset_minutes if ahead == 0 else None
    return ahead if ahead % 30 == 0 and abs(ahead) <= _FARTHEST_ZONE else None


def _timed(root: Element) -> Stated[Publication]:
    """Return the <time> that follows the heading; those before it are of other articles."""
    for time in root.xpath("(//h1/following::time)[position() <= 2]"):
        stated = time.get("datetime") or fold(" ".join(time.itertext()))
        publication = read_timestamp(stated)
        if publication:
            return Stated(publication, "meta", 0.7, None, "the <time> below the heading")
    return Stated.absent("no <time> stands below the heading")


def _dated_path(url: str | None) -> Stated[Publication]:
    match = _DATE_IN_PATH.search(split_address(url).path.lower() + "/")
    if match:
        year, month, day = match.groups()
        dates = find_dates(f"{day} {month} {year}" if month.isalpha() else f"{year}/{month}/{day}")
        if dates:
            return Stated(dates[0].publication, "meta", 0.8, None, "the date in the page's address")
    return Stated.absent("the page's address holds no date")


def _canonical_url(statements: Sequence[Statement], url: str | None) -> Stated[str]:
    """Return the page's own address: absolute, and not a site's front page unless that is where we are."""
    for statement in statements:
        address = absolute(statement.value, url)
        if address and not is_front_page(address):
            return Stated(address, statement.origin, 0.95)
    return Stated.absent("the mark-up states no address of the page")


def _publisher(statements: Sequence[Statement], url: str | None) -> Stated[str]:
    """Return the outlet by its domain where we know it, else as the page names it."""
    known = publisher_of_url(url) if url else None
    if known:
        return Stated(known, "meta", 0.95, None, "domain of the page's address")
    by_name = load_publishers().by_name
    for statement in statements:
        if len(statement.value) <= _LONGEST_FIELD and not statement.value.startswith(("http", "@")):
            name = by_name.get(statement.value.lower(), statement.value)
            return Stated(name, statement.origin, _CONFIDENCE[statement.origin])
    return Stated.absent("the mark-up names no publisher")


def _language(statements: Sequence[Statement]) -> Stated[str]:
    for statement in statements:
        code = re.split(r"[-_]", statement.value.strip().lower())[0]
        if len(code) == 2 and code.isalpha():  # noqa: PLR2004 ISO 639-1
            return Stated(code, statement.origin, 0.8)
    return Stated.absent("the mark-up states no language")


def _first(statements: Sequence[Statement], what: str) -> Stated[str]:
    for statement in statements:
        if len(statement.value) <= _LONGEST_FIELD:
            return Stated(statement.value, statement.origin, _CONFIDENCE[statement.origin])
    return Stated.absent(f"the mark-up states no {what}")


def _keywords(statements: Sequence[Statement]) -> Stated[tuple[str, ...]]:
    for origin in ("json-ld", "meta"):
        listed = (part for s in statements if s.origin == origin for part in re.split(r"[,;]", s.value))
        words = [word for part in listed if (word := part.strip()) and len(word) <= _LONGEST_KEYWORD]
        if words:
            return Stated(tuple(dict.fromkeys(words))[:_MOST_KEYWORDS], origin, _CONFIDENCE[origin])
    return Stated.absent("the mark-up states no keywords")


def _address(statements: Sequence[Statement], url: str | None, what: str) -> Stated[str]:
    for statement in statements:
        address = absolute(statement.value, url)
        if address:
            return Stated(address, statement.origin, _CONFIDENCE[statement.origin])
    return Stated.absent(f"the mark-up states no {what}")
