"""The other two forms: clean text kept verbatim, and markup read as a page."""

import pytest

from app.documents import Dateline, Hints, RawDocument
from app.errors import NoArticle
from app.extraction import extract
from tests.extraction.pages import BODY, PARAGRAPHS


def test_a_clean_text_is_kept_to_the_character():
    text = "  OSLO (AP) —  The ferry\xa0sank.\r\n\r\n“No,”  she said. (AP)\n"
    assert extract(RawDocument(text.encode(), "text")).text == text


def test_a_clean_text_still_tells_dateline_and_credit():
    article = extract(RawDocument(f"OSLO — {BODY} (AFP)".encode(), "text"))
    assert article.dateline.value == Dateline("OSLO")
    assert article.credit.value == "AFP"
    assert article.text.startswith("OSLO — ")


def test_a_clean_text_has_the_caller_headline_only():
    assert extract(RawDocument(BODY.encode(), "text")).headline.value is None
    hinted = extract(RawDocument(BODY.encode(), "text", Hints(headline="Ferry to close")))
    assert hinted.headline.value == "Ferry to close"


def test_paragraphs_of_a_clean_text_are_its_lines():
    article = extract(RawDocument(BODY.encode(), "text"))
    assert tuple(span.of(article.text) for span in article.paragraphs) == PARAGRAPHS


def test_an_empty_clean_text_is_no_article():
    with pytest.raises(NoArticle):
        extract(RawDocument(b" \n\n", "text"))


def test_markup_is_read_as_the_page_it_shows():
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    markup = (
        "<html><head><title>Ashby</title><style>p {color: red}</style></head><body><script>var a = "
        "'<p>';</script>"
        "<ul><li>Home</li><li>News</li></ul><h1>Ferry terminal of Port Ashby to close</h1>"
        f"<div>By Mina <b>Roth</b></div>{paragraphs}<footer>&copy; 2019 Coastal</footer></body></html>"
    )
    article = extract(RawDocument(markup.encode(), "html"))
    assert article.text == BODY
    assert article.headline.value == "Ferry terminal of Port Ashby to close"
    assert article.authors.value == ("Mina Roth",)


def test_a_line_break_in_markup_breaks_the_line():
    markup = "<p>" + "<br>".join(PARAGRAPHS) + "</p>"
    assert extract(RawDocument(markup.encode(), "html")).text == BODY
