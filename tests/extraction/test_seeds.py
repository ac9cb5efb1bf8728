"""The two articles the service ships with, field by field."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.documents import Dateline, Publication, RawDocument
from app.extraction import extract

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def herald():
    return extract(RawDocument((SEEDS / "000_506af10d5a1f8c1c.txt").read_bytes()))


@pytest.fixture(scope="module")
def stripes():
    return extract(RawDocument((SEEDS / "001_91d926f8b44d3833.txt").read_bytes()))


def test_the_herald_page_states_headline_publisher_and_minute(herald):
    assert herald.headline.value == "Japan ready to ink military pact with S. Korea 'at any time'"
    assert herald.publisher.value == "The Korea Herald"
    assert herald.published.value == Publication(
        datetime(2013, 4, 17, 15, 40, tzinfo=UTC), "minute", "unknown"
    )


def test_the_herald_byline_is_kept_as_printed(herald):
    raw = (SEEDS / "000_506af10d5a1f8c1c.txt").read_text("utf-8")
    assert herald.byline.value == herald.byline.raw_span.of(raw)
    assert herald.authors.value == (herald.byline.value.removeprefix("By "),)
    assert herald.authors.value[0].startswith("KH디지털")


def test_the_herald_body_runs_from_lead_to_last_sentence(herald):
    assert herald.text.startswith("The Japanese ambassador to Seoul said Wednesday")
    assert herald.text.endswith("including a missile launch.")
    assert herald.paragraphs[0].of(herald.text).endswith("North Korea's bellicose threats.")
    assert len(herald.paragraphs) == 15


def test_the_herald_credit_is_a_field_and_not_body(herald):
    assert herald.credit.value == "Yonhap News"
    assert ("(Yonhap News)", "credit") in [(removed.text, removed.reason) for removed in herald.removed]
    assert herald.dateline.value is None


def test_the_stripes_page_has_no_headline_byline_or_date(stripes):
    assert (stripes.headline.value, stripes.byline.value, stripes.published.value) == (None, None, None)
    assert stripes.headline.reason


def test_the_stripes_author_and_publisher_are_read_from_furniture(stripes):
    assert stripes.authors.value == ("Yoo Kyong Chang",)
    assert stripes.publisher.value == "Stars and Stripes"
    assert stripes.publisher.confidence < 0.9


def test_the_stripes_dateline_is_a_field_and_not_body(stripes):
    assert stripes.dateline.value == Dateline("SEOUL")
    assert stripes.text.startswith("Japan is willing")
    assert ("SEOUL —", "dateline") in [(removed.text, removed.reason) for removed in stripes.removed]
    assert stripes.credit.value is None


def test_the_stripes_body_ends_before_the_author_note(stripes):
    assert stripes.text.endswith("from becoming diplomatic issues.")
    assert len(stripes.paragraphs) == 12
