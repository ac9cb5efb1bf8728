"""Feeds that are looked at again and again: which are due, what is new in them, and how they are.

A poll asks only for what has changed, and new entries become a job like any other. A feed that fails is asked less
and less often. It knows how feeds are kept; `readers/feed.py` knows how they are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.db.engine import insert_rows, writing
from app.db.ids import make_id
from app.db.tables import Feed, FeedEntry
from app.errors import Busy, DocumentError, FetchDelayed
from app.ingest import jobs
from app.ingest.batches import keep
from app.ingest.fetch import Fetcher
from app.ingest.listing import Listing, fetch_listing
from app.ingest.readers.found import Found

INTERVAL_SECONDS = 900.0  # guess of 2026-11-22: news feeds change every few minutes and list a day or more
LONGEST_INTERVAL = 24 * 3600.0
LEASE_SECONDS = 180.0  # longer than a listing may take; a poll whose worker died comes after it
FORGET_DAYS = 30  # after which an entry no longer listed would count as new

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to look at now."""

    id: UUID
    url: str
    publisher: str | None
    etag: str | None
    last_modified: str | None
    failure_count: int


def add_feed(connection: Connection, url: str, publisher: str | None) -> tuple[UUID, bool]:
    """Add a feed, due at once; return its id and whether it is new. One known already stays as it is."""
    feed_id = make_id("feed", url)
    if connection.execute(select(col(Feed.id)).where(col(Feed.id) == feed_id)).first() is not None:
        return feed_id, False
    now = datetime.now(UTC)
    row = {"id": feed_id, "url": url, "publisher": publisher, "state": "active", "failure_count": 0}
    connection.execute(insert(Feed), [row | {"due_at": now, "created_at": now}])
    return feed_id, True


def set_state(connection: Connection, feed_id: UUID, state: str) -> bool:
    """Pause a feed, or take it up again, due at once; return whether there is one."""
    changed = connection.execute(
        update(Feed).where(col(Feed.id) == feed_id).values(state=state, due_at=datetime.now(UTC))
    )
    return changed.rowcount == 1


def delete_feed(connection: Connection, feed_id: UUID) -> bool:
    """Delete a feed, not what it brought; return whether there was one."""
    return connection.execute(delete(Feed).where(col(Feed.id) == feed_id)).rowcount == 1


def poll_due(engine: Engine, fetcher: Fetcher) -> bool:
    """Look at the feed that has been due longest; return whether there was one."""
    feed = _claim(engine)
    if feed is None:
        return False
    try:
        listing = fetch_listing(fetcher, feed.url, etag=feed.etag, last_modified=feed.last_modified)
    except Busy:
        return True  # its lease is its pause
    except DocumentError as error:
        _keep_failure(engine, feed, error)
        return True
    _keep_success(engine, feed, listing)
    return True


def _claim(engine: Engine) -> DueFeed | None:
    now = datetime.now(UTC)
    chosen = (
        select(col(Feed.id))
        .where(col(Feed.state) == "active", col(Feed.due_at) <= now)
        .order_by(col(Feed.due_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    names = ("id", "url", "publisher", "etag", "last_modified", "failure_count")
    taking = (
        update(Feed)
        .where(col(Feed.id) == chosen.scalar_subquery())
        .values(due_at=now + timedelta(seconds=LEASE_SECONDS))
        .returning(*(getattr(Feed, name) for name in names))
    )
    with engine.execution_options(writes=True).begin() as connection:
        row = connection.execute(taking).first()
    return None if row is None else DueFeed(*row)


def _keep_success(engine: Engine, feed: DueFeed, listing: Listing) -> None:
    """Queue what is new, and note that the feed is well, in one transaction: an entry is neither lost nor doubled."""
    with writing(engine) as connection:
        new = _take_new(connection, feed, listing.found)
        values: dict[str, Any] = {"failure_count": 0, "error": None}
        if not listing.is_unchanged:
            values |= {"etag": listing.etag, "last_modified": listing.last_modified}
        if new:
            job_id = jobs.open_job(connection, "feed")
            keep(connection, job_id, [_with_publisher(one, feed.publisher) for one in new])
            jobs.close_job(connection, job_id, len(new))
            values |= {"job_id": job_id, "entry_count": col(Feed.entry_count) + len(new)}
        _note(connection, feed, INTERVAL_SECONDS, values)
    log.info("feed_polled", feed_id=str(feed.id), listed=len(listing.found), new=len(new))


def _keep_failure(engine: Engine, feed: DueFeed, error: DocumentError) -> None:
    asked = error.seconds if isinstance(error, FetchDelayed) else 0.0
    pause: float = min(INTERVAL_SECONDS * 2**feed.failure_count, LONGEST_INTERVAL)
    values = {"failure_count": feed.failure_count + 1, "error": error.to_record()}
    with writing(engine) as connection:
        _note(connection, feed, max(pause, asked), values)
    log.warning("feed_failed", feed_id=str(feed.id), **error.to_record())


def _note(connection: Connection, feed: DueFeed, seconds: float, values: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    connection.execute(
        update(Feed)
        .where(col(Feed.id) == feed.id)
        .values(values | {"polled_at": now, "due_at": now + timedelta(seconds=seconds)})
    )


def _take_new(connection: Connection, feed: DueFeed, found: Sequence[Found]) -> list[Found]:
    """Return the entries not seen before, each once, and remember all that are listed now."""
    if not found:
        return []
    now = datetime.now(UTC)
    by_key = {make_id("entry", one.name): one for one in reversed(found)}
    mine = col(FeedEntry.feed_id) == feed.id
    listed = col(FeedEntry.key).in_(by_key)
    known = set(connection.execute(select(col(FeedEntry.key)).where(mine, listed)).scalars())
    connection.execute(update(FeedEntry).where(mine, listed).values(seen_at=now))
    connection.execute(
        delete(FeedEntry).where(mine, col(FeedEntry.seen_at) < now - timedelta(days=FORGET_DAYS))
    )
    new = {key: one for key, one in by_key.items() if key not in known}
    insert_rows(connection, FeedEntry, [{"feed_id": feed.id, "key": key, "seen_at": now} for key in new])
    return sorted(new.values(), key=lambda one: one.line)


def _with_publisher(found: Found, publisher: str | None) -> Found:
    """Return an entry with the publisher its feed was added with, unless it names its own."""
    raw = found.submission.raw
    if publisher is None or raw.hints.publisher is not None or found.error is not None:
        return found
    hinted = replace(raw, hints=replace(raw.hints, publisher=publisher))
    return replace(found, submission=replace(found.submission, raw=hinted))
