"""Feeds looked at again and again, served by a site on this machine."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text as sql

from app.db.engine import reading, writing
from app.db.tables import Feed, FeedEntry
from app.ingest import feeds
from app.ingest import listing as listing_module
from tests.ingest.test_worker import make_worker
from tests.ingest.web import Answer, make_fetcher, run_site

RSS = {"Content-Type": "application/rss+xml", "ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 09:30:00 GMT"}


@pytest.fixture
def site():
    with run_site() as site:
        yield site


def listing(*paths):
    items = "".join(f"<item><title>On {path}</title><link>{path}</link></item>" for path in paths)
    return f"<rss><channel>{items}</channel></rss>".encode()


def add(engine, site, publisher=None):
    with writing(engine) as connection:
        return feeds.add_feed(connection, site.url + "/feed", publisher)[0]


def poll(engine, fetcher=None):
    """Let time pass, and look at the feeds that are due."""
    with writing(engine) as connection:
        long_ago = datetime.now(UTC) - timedelta(days=1)
        connection.execute(Feed.metadata.tables["feed"].update().values(due_at=long_ago))
    worker = make_worker(engine, fetcher=fetcher or make_fetcher())
    worker.poll_feeds()
    worker.run_due()


def rows(engine, table):
    with reading(engine) as connection:
        return connection.execute(sql(f"SELECT * FROM {table}")).mappings().all()


def only(engine):
    [feed] = rows(engine, "feed")
    return feed


def pages(site, *paths):
    site.pages |= {path: Answer(f"Lisbon slept at {path}.".encode()) for path in paths}


def test_new_entries_are_fetched_once_and_kept_with_the_feeds_headline(engine, site):
    add(engine, site, publisher="The Harbour Post")
    pages(site, "/a", "/b", "/c")
    site.pages["/feed"] = Answer(listing("/a", "/b"), headers=RSS)
    poll(engine)
    assert sorted(row["url"] for row in rows(engine, "article")) == [site.url + "/a", site.url + "/b"]
    assert [row["name"] for row in rows(engine, "publisher")] == ["The Harbour Post"]
    assert only(engine)["entry_count"] == 2
    site.pages["/feed"] = Answer(listing("/c", "/b", "/b"), headers=RSS)
    poll(engine)
    assert len(rows(engine, "article")) == 3
    assert site.paths().count("/b") == 1
    assert [(row["kind"], row["state"]) for row in rows(engine, "job")] == [("feed", "done")] * 2


def test_only_what_has_changed_is_asked_for(engine, site):
    add(engine, site)
    pages(site, "/a")
    site.pages["/feed"] = Answer(listing("/a"), headers=RSS)
    poll(engine)
    site.pages["/feed"] = Answer(status=304)
    for _ in range(2):
        poll(engine)
        asked = site.requests[-1][1]
        assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (RSS["ETag"], RSS["Last-Modified"])
    assert only(engine)["error"] is None
    assert len(rows(engine, "job")) == 1


def test_a_feed_that_fails_says_why_and_is_asked_less_and_less_often(engine, site):
    add(engine, site)
    pauses = []
    for number in range(1, 9):
        poll(engine)
        feed = only(engine)
        assert feed["failure_count"] == number
        assert "fetch_failed" in feed["error"]
        with reading(engine) as connection:
            due_at, polled_at = connection.execute(
                Feed.metadata.tables["feed"].select().with_only_columns(Feed.due_at, Feed.polled_at)
            ).one()
        pauses.append((due_at - polled_at).total_seconds())
    assert pauses[:3] == [900, 1800, 3600]
    assert max(pauses) == feeds.LONGEST_INTERVAL
    site.pages["/feed"] = Answer(listing(), headers=RSS)
    poll(engine)
    assert (only(engine)["failure_count"], only(engine)["error"]) == (0, None)


def test_a_page_that_is_no_feed_is_an_error_of_the_feed(engine, site):
    add(engine, site)
    site.pages["/feed"] = Answer(b"<html><body>Moved</body></html>")
    poll(engine)
    assert "no feed" in only(engine)["error"]


def test_a_bad_entry_is_a_failed_document_and_the_others_are_read(engine, site):
    add(engine, site)
    pages(site, "/a")
    site.pages["/feed"] = Answer(listing("/a", "javascript:alert(1)"), headers=RSS)
    poll(engine)
    assert sorted(row["state"] for row in rows(engine, "document")) == ["failed", "stored"]


def test_a_paused_feed_is_left_alone_until_it_is_taken_up_again(engine, site):
    feed_id = add(engine, site)
    for state, asked in (("paused", False), ("active", True)):
        with writing(engine) as connection:
            assert feeds.set_state(connection, feed_id, state)
        poll(engine)
        assert bool(site.requests) is asked


def test_a_feed_added_again_stays_as_it_is(engine, site):
    assert add(engine, site) == add(engine, site, publisher="Other")
    assert only(engine)["publisher"] is None


def test_a_deleted_feed_takes_its_memory_with_it_and_not_its_articles(engine, site):
    feed_id = add(engine, site)
    pages(site, "/a")
    site.pages["/feed"] = Answer(listing("/a"), headers=RSS)
    poll(engine)
    with writing(engine) as connection:
        assert feeds.delete_feed(connection, feed_id)
        assert not feeds.delete_feed(connection, feed_id)
    assert (rows(engine, "feed"), rows(engine, "feed_entry"), len(rows(engine, "article"))) == ([], [], 1)


def test_entries_no_longer_listed_are_forgotten_in_the_end(engine, site):
    add(engine, site)
    pages(site, "/a", "/b")
    site.pages["/feed"] = Answer(listing("/a"), headers=RSS)
    poll(engine)
    with writing(engine) as connection:
        long_ago = datetime.now(UTC) - timedelta(days=feeds.FORGET_DAYS + 1)
        connection.execute(FeedEntry.metadata.tables["feed_entry"].update().values(seen_at=long_ago))
    site.pages["/feed"] = Answer(listing("/b"), headers=RSS)
    poll(engine)
    assert len(rows(engine, "feed_entry")) == 1


def test_a_poll_whose_worker_died_is_made_again_after_its_lease(engine, site):
    add(engine, site)
    assert feeds._claim(engine) is not None
    assert feeds._claim(engine) is None
    site.pages["/feed"] = Answer(listing(), headers=RSS)
    poll(engine)
    assert only(engine)["error"] is None


SITEMAP = {"Content-Type": "application/xml", "ETag": '"1"'}


def index(*named):
    """Return a sitemap index of (address, day it changed)."""
    rows = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>2026-03-{day:02}</lastmod></sitemap>" for url, day in named
    )
    xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return Answer(
        f"<?xml version='1.0'?><sitemapindex {xmlns}>{rows}</sitemapindex>".encode(), headers=SITEMAP
    )


def sitemap(site, *paths):
    rows = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


def add_sitemaps(site, *days):
    """Put up an index of a sitemap for each of these days, each with a page."""
    site.pages["/feed"] = index(*((f"{site.url}/map{day}.xml", day) for day in days))
    for day in days:
        site.pages[f"/map{day}.xml"] = Answer(sitemap(site, f"/on{day}"), headers=SITEMAP)
        pages(site, f"/on{day}")


def test_a_sitemap_index_is_followed_to_its_latest_sitemaps(engine, site):
    add(engine, site)
    add_sitemaps(site, 3, 9, 1, 5, 7, 8, 2)
    poll(engine)
    fetched = [path for path in site.paths() if path.startswith("/map")]
    assert fetched == ["/map9.xml", "/map8.xml", "/map7.xml", "/map5.xml", "/map3.xml"]
    assert len(rows(engine, "article")) == only(engine)["entry_count"] == listing_module.MOST_FETCHED


def test_an_index_is_asked_for_anew_since_it_may_stay_as_it_is(engine, site):
    add(engine, site)
    add_sitemaps(site, 3)
    poll(engine)
    site.pages["/map3.xml"] = Answer(sitemap(site, "/on3", "/later"), headers=SITEMAP)
    pages(site, "/later")
    poll(engine)
    assert len(rows(engine, "article")) == 2
    assert site.paths().count("/on3") == 1


def test_indexes_in_indexes_are_followed_one_level_and_other_sites_not_at_all(engine, site):
    add(engine, site)
    site.pages["/feed"] = index((f"{site.url}/inner", 2), ("https://other.test/map.xml", 9))
    site.pages["/inner"] = index((f"{site.url}/map", 1), (f"{site.url}/innermost", 9))
    site.pages["/innermost"] = index((f"{site.url}/never", 1))
    site.pages["/map"] = Answer(
        gzip.compress(sitemap(site, "/a")), headers={"Content-Type": "application/gzip"}
    )
    pages(site, "/a")
    poll(engine)
    assert len(rows(engine, "article")) == 1
    assert "/never" not in site.paths()
    assert only(engine)["error"] is None


def test_a_sitemap_that_fails_is_passed_over_unless_all_do(engine, site):
    add(engine, site)
    add_sitemaps(site, 3, 4)
    del site.pages["/map4.xml"]
    poll(engine)
    assert (len(rows(engine, "article")), only(engine)["error"]) == (1, None)
    del site.pages["/map3.xml"]
    poll(engine)
    assert "404" in only(engine)["error"]
