"""Markup that is broken, huge or hostile: an article or a clear error, in bounded time, and no network."""

import gzip
import socket
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import RawDocument
from app.errors import DocumentError, NoArticle
from app.extraction import extract
from tests.extraction.pages import PARAGRAPHS

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MEGABYTE = 1_000_000


def read(markup):
    return extract(RawDocument(markup.encode("utf-8", "surrogatepass"), "html"))


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("reading a page must not reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_reading_a_page_reaches_no_network(no_network):
    page = (
        '<!DOCTYPE html SYSTEM "http://203.0.113.9/a.dtd"><html><head><base href="http://203.0.113.9/">'
        '<link rel="stylesheet" href="http://203.0.113.9/a.css"></head><body><h1>Ferry to close</h1>'
        f'<img src="http://203.0.113.9/a.png"><iframe src="http://203.0.113.9/"></iframe>{BODY}</body></html>'
    )
    assert len(read(page).paragraphs) == len(PARAGRAPHS)


def test_entities_of_a_document_type_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    article = read(
        f"{bomb}<body><h1>Ferry to close</h1>{BODY}<p>&b;&f; is what the notice said on Monday.</p>"
    )
    assert "root:" not in article.text
    assert "haha" not in article.text


def test_null_bytes_become_spaces():
    assert "\x00" not in read(f"<h1>Ferry\x00</h1>{BODY}").text


@pytest.mark.parametrize(
    "markup", ["", "   ", "<html></html>", "<!-- only a comment -->", "<script>1</script>"]
)
def test_a_page_without_words_is_no_article(markup):
    with pytest.raises(NoArticle):
        read(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <p>" + BODY,
        "<div " * 50 + BODY,
        BODY + "</div>" * 500,
        "<table><tr><td>" * 40 + BODY,
        '<script type="application/ld+json">{"@graph": [' + "[" * 5000 + "</script>" + BODY,
        '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@id":"a"},"@id":"a"}</script>'
        + BODY,
        '<meta property="article:published_time" content="99999-99-99T99:99">' + BODY,
        '<meta property="og:url" content="http://[bad"><link rel=canonical href="http://[::1">' + BODY,
        f"<html><frameset><frame src=a></frameset>{BODY}",
        gzip.compress(BODY.encode()).decode("latin-1"),
    ],
)
def test_broken_markup_gives_an_article_or_a_document_error(markup):
    with suppress(DocumentError):
        assert read(markup).text


@given(st.text(alphabet="<>/=\"'! -&;#pdivtableliscriptahrefmn{}[]:,.@x\n", max_size=400))
def test_no_markup_raises_anything_but_a_document_error(markup):
    with suppress(DocumentError):
        article = read(markup)
        assert "\n\n".join(span.of(article.text) for span in article.paragraphs) == article.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + BODY + "</div>" * 100_000,
        "<p>" + "<b>" * 100_000 + "x",
        BODY + "<p>word word</p>" * (5 * MEGABYTE // 16),
        f"<p>{'word ' * MEGABYTE}</p>",
        "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">" + BODY,
        "<" * MEGABYTE,
        "<a href='" * 100_000,
        "<script " * 100_000,
        "<li><a href=x>Council hires two more gardeners</a></li>" * 19_000,
        '<h1 itemprop="author">' * 20_000 + BODY,
        '<script type="application/ld+json">' + '{"headline":"' * 80_000 + "</script>" + BODY,
        "<title>" + "a | " * 200_000 + "</title><h1>a | a</h1>" + BODY,
    ],
    ids=[
        "deep", "deep-inline", "5-megabytes", "one-paragraph", "attributes", "angles", "quotes", "scripts", "links",
        "itemprops", "json", "title",
    ],
)  # fmt: skip
def test_a_hostile_page_takes_seconds(markup):
    start = time.process_time()
    with suppress(DocumentError):
        read(markup)
    assert time.process_time() - start < 15
