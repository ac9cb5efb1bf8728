"""What holds for any bytes: spans lie in their texts, nothing crashes, time stays linear."""

import time
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import Hints, RawDocument
from app.errors import DocumentError
from app.extraction import extract
from app.extraction.decoding import decode
from tests.extraction.pages import BODY, PARAGRAPHS

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            (
                *PARAGRAPHS,
                "",
                "Home",
                "By Ada Lund",
                "7 May 2019",
                "OSLO —",
                "(AFP)",
                "  • More",
                "\xa0",
                "Share",
                "By",
            )
        ),
        st.text(max_size=60),
    ),
    max_size=14,
)
MEGABYTE = 1_000_000


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(LINES, st.sampled_from(["page", "text", "html"]))
def test_spans_lie_in_the_text_they_point_into(lines, form):
    raw = RawDocument("\n\n".join(lines).encode("utf-8", "ignore"), form)
    try:
        article = extract(raw)
    except DocumentError:
        return
    ends = 0
    for span in article.paragraphs:
        assert ends <= span.start < span.end <= len(article.text)
        assert span.of(article.text) == span.of(article.text).strip()
        ends = span.end
    if form != "html":
        decoded = decode(raw).text
        stated = (
            article.headline,
            article.byline,
            article.authors,
            article.published,
            article.dateline,
            article.credit,
        )
        for span in [s.raw_span for s in (*stated, *article.removed) if s.raw_span]:
            assert 0 <= span.start < span.end <= len(decoded)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["page", "text", "html"]))
def test_arbitrary_bytes_give_an_article_or_a_document_error(content, form):
    with suppress(DocumentError):
        extract(RawDocument(content, form))


@given(st.text(min_size=1, alphabet=st.characters(exclude_characters="\x00", codec="utf-8")))
def test_a_clean_text_never_changes(text):
    try:
        article = extract(RawDocument(text.encode(), "text"))
    except DocumentError:
        return
    assert article.text == text.removeprefix("\ufeff")


def test_a_body_extracted_again_stays_the_same():
    once = extract(RawDocument(BODY.encode())).text
    assert extract(RawDocument(once.encode())).text == once


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ['"', " ", "a", "(", "(AP) ", "A. ", "By A, ", "\n", "x\n", "• a\n", "<p>", "1:1 ", "A "]
)
@pytest.mark.parametrize("form", ["page", "text", "html"])
def test_a_megabyte_of_one_thing_takes_seconds(unit, form):
    start = time.process_time()
    with suppress(DocumentError):
        extract(RawDocument((unit * (MEGABYTE // len(unit))).encode(), form))
    assert time.process_time() - start < 15


ANYTHING = st.none() | st.text(max_size=40)
ADDRESSES = st.none() | st.sampled_from(
    [
        "http://[bad",
        "http://mail.example:port/",
        "//",
        "http://\uff0f.example/",
        "https://mail.example/2024/13/45/",
    ]
)
TIMES = st.none() | st.datetimes(timezones=st.none() | st.timezones())
HINTS = st.builds(
    Hints,
    **dict.fromkeys(("external_id", "headline", "publisher", "section", "language", "charset"), ANYTHING),
    **dict.fromkeys(("url", "lead_image_url"), ADDRESSES | ANYTHING),
    **dict.fromkeys(("published_at", "modified_at"), TIMES),
    **dict.fromkeys(("authors", "keywords"), st.lists(st.text(max_size=9), max_size=3).map(tuple)),
)
STATED = '<link rel="canonical" href="/a"><meta property="og:image" content="b.jpg"><h1>Pier to close</h1>'


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(HINTS, st.sampled_from(["page", "text", "html"]))
def test_no_hint_is_a_fault(hints, form):
    """Whatever a caller claims is taken, left out, or refused as an error of the document."""
    content = (STATED + f"<p>{BODY}</p>" if form == "html" else BODY).encode()
    article = extract(RawDocument(content, form, hints))
    for value in (article.lead_image_url.value, article.canonical_url.value):
        assert value is None or value.startswith(("http://", "https://"))
    for stated in (article.published, article.modified):
        assert stated.value is None or stated.value.at.utcoffset() == timedelta()
