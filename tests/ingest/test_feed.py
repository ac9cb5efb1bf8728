import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Hints
from app.errors import BadLine
from app.ingest.readers.feed import MOST_ENTRIES, read_feed, read_sitemap_index

HERE = "https://news.test/feed"
RSS = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Harbour Post</title><link>https://news.test/</link>
<item><title>Mayor &amp;amp; council  agree</title><link>/a?x=1</link><guid isPermaLink="false">7</guid>
  <media:title>Photo</media:title><pubDate>Mon, 02 Mar 2026 10:30:00 +0100</pubDate></item>
<item><title>Second</title><guid>https://news.test/b</guid><pubDate>yesterday</pubDate></item>
<item><title>Third</title><description>Lisbon slept.</description></item>
<item><title>Fourth</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><title type="html">A &lt;b&gt;pact&lt;/b&gt;</title><id>urn:1</id>
  <link rel="self" href="/self"/><link href="https://news.test/a"/><updated>2026-03-03T00:00:00Z</updated>
  <published>2026-03-02T09:30:00Z</published></entry></feed>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.test/a</loc><news:news>
  <news:publication><news:name>The Harbour Post</news:name><news:language>en</news:language></news:publication>
  <news:publication_date>2026-03-02T09:30:00+00:00</news:publication_date><news:title>Pact</news:title>
  </news:news></url></urlset>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>Pact</title><link>https://news.test/a</link>
  <dc:date>2026-03-02T09:30:00Z</dc:date></item></rdf:RDF>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [
  {"id": "1", "url": "https://news.test/a", "title": "Pact", "date_published": "2026-03-02T09:30:00Z"},
  {"id": "2", "content_html": "<p>Lisbon slept."}, 7]}"""


def hints(content):
    return [found.submission.raw.hints for found in read_feed(content, HERE)]


def test_rss_gives_links_headlines_and_dates_with_their_zone():
    first, second, third, fourth = read_feed(RSS, HERE)
    said = first.submission.raw.hints
    assert (said.url, said.headline) == ("https://news.test/a?x=1", "Mayor & council agree")
    assert said.published_at.isoformat() == "2026-03-02T10:30:00+01:00"
    assert first.submission.must_fetch
    assert second.submission.raw.hints == Hints(url="https://news.test/b", headline="Second")
    assert (third.submission.raw.form, third.submission.raw.content) == ("html", b"Lisbon slept.")
    assert isinstance(fourth.error, BadLine)
    assert [found.line for found in (first, second, third, fourth)] == [1, 2, 3, 4]


@pytest.mark.parametrize("content", [ATOM, SITEMAP, RDF, JSON_FEED], ids=["atom", "sitemap", "rdf", "json"])
def test_other_feeds_say_the_same(content):
    said = hints(content)[0]
    assert said.url == "https://news.test/a"
    assert said.published_at.isoformat() == "2026-03-02T09:30:00+00:00"
    assert "pact" in said.headline.lower()


def test_a_news_sitemap_names_the_publisher():
    assert hints(SITEMAP)[0].publisher == "The Harbour Post"


def test_a_broken_feed_gives_what_can_be_read():
    broken = RSS.replace(b"<channel>", b"<channel>&nbsp;<br>").replace(b"</rss>", b"")
    assert hints(broken)[0].url == "https://news.test/a?x=1"


NO_FEEDS = [b"", b"hello", b"<html><body>Hi</body></html>", b"{}", b"{", b"\x00\xff", b'{"version": "2"}']


@pytest.mark.parametrize("content", NO_FEEDS)
def test_what_is_no_feed_is_refused(content):
    with pytest.raises(BadLine):
        list(read_feed(content, HERE))


def test_entities_and_files_in_a_feed_are_left_unread(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("password")
    doctype = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY b "&a;&a;">]>'
    content = (
        doctype.encode()
        + b"<rss><channel><item><title>&a;&b;</title><link>https://news.test/a</link></item></channel></rss>"
    )
    assert "password" not in str(list(read_feed(content, HERE)))


def test_a_bomb_of_entities_takes_no_time():
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    item = "<item><title>&e12;</title></item>"
    content = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]><rss><channel>{item}</channel></rss>'
    started = time.process_time()
    list(read_feed(content.encode(), HERE))
    assert time.process_time() - started < 1


def test_a_feed_without_end_is_cut():
    items = b"<item><title>x</title><link>https://news.test/a</link></item>" * (MOST_ENTRIES + 5)
    assert len(list(read_feed(b"<rss><channel>" + items + b"</channel></rss>", HERE))) == MOST_ENTRIES


@given(st.binary(max_size=200))
def test_any_bytes_give_entries_or_a_reason(content):
    for wrapped in (content, b"<rss><channel><item><title>" + content + b"</title></item></channel></rss>"):
        with contextlib.suppress(BadLine):
            list(read_feed(wrapped, HERE))


def test_of_a_sitemap_of_everything_the_newest_pages_are_read():
    rows = "".join(
        f"<url><loc>https://news.test/{number}</loc><lastmod>{2000 + number % 26}-01-01</lastmod></url>"
        for number in range(MOST_ENTRIES + 500)
    )
    content = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()
    urls = [one.url for one in hints(content)]
    assert len(urls) == MOST_ENTRIES
    assert urls[0] == "https://news.test/25"
    assert "https://news.test/1" not in urls


@pytest.mark.parametrize("content", [b"", b"<urlset/>", RSS, b"{}"])
def test_what_is_no_sitemap_index_is_told(content):
    assert read_sitemap_index(content, HERE) is None


@pytest.mark.parametrize("content", [b"\x1f\x8bno gzip", b"\x1f\x8b"])
def test_a_broken_gzip_is_no_feed(content):
    with pytest.raises(BadLine):
        list(read_feed(content, HERE))
