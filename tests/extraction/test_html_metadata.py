"""What the mark-up of a page says of its article, field by field."""

from datetime import UTC, datetime

import pytest

from app.documents import Hints, Publication, RawDocument
from app.extraction import extract
from app.extraction.html.json_ld import find_article
from app.extraction.html.metadata import headline_without_site, read_timestamp
from app.extraction.html.tree import parse
from tests.extraction.pages import PARAGRAPHS

BODY = "<h1>Ferry terminal to close</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(head="", body=BODY, url=None):
    return extract(
        RawDocument(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "html", Hints(url=url))
    )


def json_ld(text):
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("printed", "site", "others", "headline"),
    [
        ("Pier closes | Harbour Post", "Harbour Post", (), "Pier closes"),
        ("Pier closes - World - The Harbour Post", "Harbour Post", ("Pier closes",), "Pier closes"),
        ("Opinion | Let the pier stand", "Harbour Post", ("Let the pier stand",), "Let the pier stand"),
        ("Ashby - a town between two piers", "Harbour Post", (), "Ashby - a town between two piers"),
    ],
)
def test_a_headline_loses_what_a_title_adds_and_nothing_else(printed, site, others, headline):
    assert headline_without_site(printed, site, others) == headline


@pytest.mark.parametrize(
    ("text", "publication"),
    [
        (
            "2024-03-05T07:12:44+01:00",
            Publication(datetime(2024, 3, 5, 6, 12, 44, tzinfo=UTC), "second", "stated"),
        ),
        ("2024-03-05T07:12Z", Publication(datetime(2024, 3, 5, 7, 12, tzinfo=UTC), "minute", "stated")),
        (
            "2024-03-05 07:12:44",
            Publication(datetime(2024, 3, 5, 7, 12, 44, tzinfo=UTC), "second", "unknown"),
        ),
        ("2024-03-05", Publication(datetime(2024, 3, 5, tzinfo=UTC), "day", "unknown")),
        ("2024-03-05T00:00:00Z", Publication(datetime(2024, 3, 5, tzinfo=UTC), "day", "unknown")),
        ("March 5, 2024", Publication(datetime(2024, 3, 5, tzinfo=UTC), "day", "unknown")),
        ("0001-01-01T00:00:00", None),
        ("yesterday", None),
    ],
)
def test_a_time_keeps_its_precision_and_whether_it_named_a_zone(text, publication):
    assert read_timestamp(text) == publication


def test_the_local_zone_is_taken_from_the_time_the_page_shows():
    head = json_ld('{"@type":"NewsArticle","headline":"F","datePublished":"2024-03-06T01:48:19Z"}')
    shown = '<time datetime="2024-03-05T20:48:19">March 5</time>'
    assert read(head, BODY + shown).published.value.offset_minutes == -300


@pytest.mark.parametrize(
    ("printed", "offset"),
    [
        ("Published 8:00 PM EST, Tue March 5, 2024", -300),
        ("March 5, 2024 10:00 PM", -180),
        ("March 6, 2024 1:00 AM", 0),
        ("Published 8:00 PM PST, Tue March 5, 2024", 0),  # another moment
        ("Published March 5, 2024", 0),
    ],
)
def test_the_local_zone_is_taken_from_the_time_the_page_prints(printed, offset):
    head = json_ld('{"@type":"NewsArticle","headline":"F","datePublished":"2024-03-06T01:00:21Z"}')
    published = read(head, BODY.replace("</h1>", f"</h1><div>{printed}</div>")).published.value
    assert published.at == datetime(2024, 3, 6, 1, 0, 21, tzinfo=UTC)
    assert published.offset_minutes == offset


@pytest.mark.parametrize(
    ("shown", "at", "precision"),
    [
        ("<div>Published 2024-03-05 23:30 EST</div>", datetime(2024, 3, 6, 4, 30, tzinfo=UTC), "minute"),
        ('<time datetime="2024-03-06 05:00:00">', datetime(2024, 3, 6, 5, tzinfo=UTC), "minute"),
        ("<div>Published 2019-01-05 23:30 EST</div>", datetime(2024, 3, 6, tzinfo=UTC), "day"),
        ("", datetime(2024, 3, 6, tzinfo=UTC), "day"),
    ],
)
def test_the_day_in_an_address_is_made_exact_by_a_time_printed_beside_it(shown, at, precision):
    body = BODY.replace("</h1>", f"</h1>{shown}")
    published = read(body=body, url="https://mail.example/news/2024/03/06/ferry/").published.value
    assert (published.at, published.precision) == (at, precision)


def test_an_address_that_holds_the_day_dates_the_article():
    published = read(url="https://mail.example/news/2024/mar/05/ferry/").published
    assert published.value.at == datetime(2024, 3, 5, tzinfo=UTC)
    assert published.origin == "meta"


def test_json_ld_goes_before_meta():
    head = (
        json_ld('{"@type":"NewsArticle","headline":"F","author":"Mina Roth"}')
        + '<meta name="author" content="Al Dorn">'
    )
    authors = read(head).authors
    assert (authors.value, authors.origin) == (("Mina Roth",), "json-ld")


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ('"By Mina Roth, Harbour Correspondent"', ("Mina Roth",)),
        ('["Mina Roth", "Karl Voss"]', ("Mina Roth", "Karl Voss")),
        ('"Mina Roth and Karl Voss"', ("Mina Roth", "Karl Voss")),
        ('{"@type":"Person","name":"Mina Roth","jobTitle":"Editor"}', ("Mina Roth",)),
        ('"Mina Roth The Associated Press"', ("Mina Roth",)),
        ('{"@type":"Organization","name":"Coastal Courier"}', None),
        ('"https://courier.example/staff/mroth"', None),
        ('"mina.roth@courier.example"', None),
    ],
)
def test_authors_are_people_without_role_agency_or_address(stated, authors):
    publisher = '"publisher":{"name":"Coastal Courier"}'
    head = json_ld(f'{{"@type":"NewsArticle","headline":"F",{publisher},"author":{stated}}}')
    assert read(head).authors.value == authors


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"Ferry",}',
        '<!-- {"@type":"NewsArticle","headline":"Ferry"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Ferry"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Ferry"};',
        '{"@type":"WebSite"}{"@type":"NewsArticle","headline":"Ferry"}',
        '{"@type":"NewsArticle","headline":"Ferry","description":"a "quoted" word"}',
        '{"@type":"NewsArticle","headline":"Ferry","description":"two\nlines"}',
        '[[{"@graph":[{"@type":["Thing","http://schema.org/NewsArticle"],"headline":"Ferry"}]}]]',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Ferry"}}',
    ],
)
def test_json_ld_is_read_however_it_is_wrapped_or_broken(text):
    assert (
        find_article(parse(f"<html><head>{json_ld(text)}</head><body>x</body></html>"))["headline"] == "Ferry"
    )


def test_the_page_of_several_nodes_is_read_by_its_article():
    text = '[{"@type":"Organization","name":"Post"},{"@type":"BlogPosting","headline":"F"}]'
    assert find_article(parse(f"<html><head>{json_ld(text)}</head></html>"))["headline"] == "F"


def test_a_page_that_says_nothing_has_nulls_with_reasons():
    article = read(body="".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS))
    for field in (article.authors, article.published, article.section, article.canonical_url):
        assert field.value is None
        assert field.reason


def test_what_no_text_can_hold_is_dropped_from_json_ld():
    fields = '"headline":"Ferry\\u0000 terminal","author":"Mina \\ud83dRoth","keywords":["fer\\u001bry"]'
    article = read(json_ld(f'{{"@type":"NewsArticle",{fields}}}'), BODY.replace("h1>", "h2>"))
    assert (article.headline.value, article.authors.value) == ("Ferry terminal", ("Mina Roth",))
    assert article.keywords.value == ("ferry",)
