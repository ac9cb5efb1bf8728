"""Whole web pages in the manner of different publishing systems, each frozen beside what it should yield.

`web_pages/NAME.html` with `NAME.json`; the JSON has been read against the page. `python -m
tests.extraction.test_web_pages` writes the JSON anew: say in the commit why it changed.
"""

import json
from pathlib import Path

import pytest

from app.documents import Hints, RawDocument
from app.extraction import extract

FOLDER = Path(__file__).with_name("web_pages")
PAGES = sorted(FOLDER.glob("*.html"))


def describe(path):
    article = extract(RawDocument(path.read_bytes(), "html"))
    published, modified = article.published.value, article.modified.value
    return {
        "headline": article.headline.value,
        "authors": list(article.authors.value or ()),
        "authors_origin": article.authors.origin,
        "published": published and time_of(published),
        "modified": modified and time_of(modified),
        "publisher": article.publisher.value,
        "language": article.language.value,
        "section": article.section.value,
        "keywords": list(article.keywords.value or ()),
        "lead_image_url": article.lead_image_url.value,
        "canonical_url": article.canonical_url.value,
        "dateline": article.dateline.value and [article.dateline.value.place, article.dateline.value.agency],
        "warnings": list(article.warnings),
        "paragraphs": [span.of(article.text) for span in article.paragraphs],
    }


def time_of(publication):
    zone = [publication.zone, publication.offset_minutes]
    return [publication.at.isoformat(), publication.precision, *zone]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_yields_what_a_person_read_on_it(path):
    assert describe(path) == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_raw_span_and_paragraph_lies_in_its_text(path):
    article = extract(RawDocument(path.read_bytes(), "html"))
    assert "\n\n".join(span.of(article.text) for span in article.paragraphs) == article.text
    assert all(removed.raw_span is None or removed.raw_span.end > 0 for removed in article.removed)


def test_the_caller_wins_over_the_mark_up():
    hints = Hints(headline="As printed", authors=("Hal Wendt",), publisher="The Ashby Mail")
    article = extract(RawDocument((FOLDER / "wordpress.html").read_bytes(), "html", hints))
    assert article.headline.value == "As printed"
    assert article.authors.origin == "caller"
    assert article.publisher.value == "The Ashby Mail"


def test_addresses_are_completed_by_where_the_page_was_found():
    markup = '<link rel="canonical" href="/a/ferry"><h1>Ferry to close</h1>' + "<p>The ferry closes.</p>" * 3
    article = extract(RawDocument(markup.encode(), "html", Hints(url="https://mail.example/x?y=1")))
    assert article.canonical_url.value == "https://mail.example/a/ferry"


if __name__ == "__main__":
    for page in PAGES:
        text = json.dumps(describe(page), indent=1, ensure_ascii=False)
        page.with_suffix(".json").write_text(text + "\n", "utf-8")
