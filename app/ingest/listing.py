"""Fetches what a feed lists. A sitemap index lists sitemaps: the most recent of them are fetched too.

It knows URLs and entries, not how feeds are kept.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from app.errors import DocumentError
from app.extraction.addresses import is_same_site
from app.ingest.fetch import Fetched, Fetcher
from app.ingest.readers.feed import FEED_TYPES, MOST_ENTRIES, read_feed, read_sitemap_index
from app.ingest.readers.found import Found

MOST_FETCHED = 5  # sitemaps of an index at one look: what is new is in the latest; a guess of 2026-11-22
MOST_LEVELS = 2  # an index may name indexes, though the standard has none in them
SECONDS = 60.0  # after which no further sitemap is asked for

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists now, and the validators to ask by next time. It is empty where nothing has changed."""

    found: Sequence[Found]
    is_unchanged: bool
    etag: str | None
    last_modified: str | None


def fetch_listing(fetcher: Fetcher, url: str, *, etag: str | None, last_modified: str | None) -> Listing:
    """Return what the feed at `url` lists; raise a `DocumentError` where it cannot be read.

    An index is asked for anew each time: many stay as they are while their sitemaps change.
    """
    fetched = fetcher.fetch(url, types=FEED_TYPES, etag=etag, last_modified=last_modified)
    if fetched.content is None:
        return Listing((), is_unchanged=True, etag=etag, last_modified=last_modified)
    sitemaps = read_sitemap_index(fetched.content, fetched.url)
    if sitemaps is None:
        found = list(read_feed(fetched.content, fetched.url))
        return Listing(found, is_unchanged=False, etag=fetched.etag, last_modified=fetched.last_modified)
    found = _follow(fetcher, fetched, sitemaps)
    return Listing(found, is_unchanged=False, etag=None, last_modified=None)


def _follow(fetcher: Fetcher, index: Fetched, sitemaps: Sequence[str]) -> list[Found]:
    """Return the entries of an index's sitemaps, a sitemap's own first; those of other sites are left out.

    One that cannot be read is passed over, unless none can.
    """
    waiting = deque((sitemap, 1) for sitemap in sitemaps)
    found: list[Found] = []
    failures: list[DocumentError] = []
    fetched_count, until = 0, time.monotonic() + SECONDS
    while waiting and fetched_count < MOST_FETCHED and len(found) < MOST_ENTRIES and time.monotonic() < until:
        sitemap, level = waiting.popleft()
        if not is_same_site(sitemap, index.url):
            continue
        fetched_count += 1
        try:
            fetched = fetcher.fetch(sitemap, types=FEED_TYPES)
            content = fetched.content or b""
            named = read_sitemap_index(content, fetched.url)
            found += read_feed(content, fetched.url) if named is None else ()
        except DocumentError as error:
            log.warning("sitemap_failed", url=sitemap, **error.to_record())
            failures.append(error)
            continue
        if named and level < MOST_LEVELS:
            waiting.extendleft((one, level + 1) for one in reversed(named))
    if failures and len(failures) == fetched_count:
        raise failures[-1]
    return [replace(one, line=line) for line, one in enumerate(found[:MOST_ENTRIES], 1)]
