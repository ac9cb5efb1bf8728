"""Copies are linked to the earliest as articles come, change and go."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from app.db.engine import reading, writing
from app.db.keyset import page
from app.db.queries import ArticleFilter, list_articles
from app.ingest.store import forget_article
from tests.factories import add_article
from tests.ingest.test_shingles import FURNITURE, OTHER, WIRE

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "\n\n".join(WIRE)


def add(engine, name: str, *, hours: float = 0, text: str = TEXT, **fields):
    fields = {"publisher": f"The {name} Post", "external_id": name} | fields
    return add_article(engine, text=text, published_at=START + timedelta(hours=hours), **fields)


def links(engine) -> dict:
    """Return which article is shown as a copy of which, by their external ids."""
    with reading(engine) as connection:
        rows = page(connection, list_articles(connection, ArticleFilter()), 100, None)
    names = {row["id"]: row["external_id"] for row in rows}
    return {row["external_id"]: names.get(row["copy_of_id"]) for row in rows}


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_the_earliest_published_is_the_original_in_whatever_order_they_come(engine, order):
    for name in order:
        add(engine, name, hours="abc".index(name))
    assert links(engine) == {"a": None, "b": "a", "c": "a"}


def test_other_stories_of_the_same_publisher_are_left_alone(engine):
    for name, story in (("a", WIRE[:3]), ("b", OTHER)):
        add(engine, name, text="\n\n".join([*story, *FURNITURE]), publisher="The Eastport Courier")
    assert links(engine) == {"a": None, "b": None}


@pytest.mark.parametrize("gone", ["deleted", "revised"])
def test_when_the_original_goes_its_copies_find_another(engine, gone):
    original = add(engine, "a")
    for hours, name in enumerate("bcd", start=1):
        add(engine, name, hours=hours)
    if gone == "deleted":
        with writing(engine) as connection:
            forget_article(connection, original)
        assert links(engine) == {"b": None, "c": "b", "d": "b"}
    else:
        add(engine, "a", text="\n\n".join(OTHER))
        assert links(engine) == {"a": None, "b": None, "c": "b", "d": "b"}


def test_a_copy_that_is_rewritten_is_a_copy_no_more(engine):
    add(engine, "a")
    assert links(engine) == {"a": None}
    add(engine, "b", hours=1)
    assert links(engine) == {"a": None, "b": "a"}
    add(engine, "b", hours=1, text="\n\n".join(OTHER))
    assert links(engine) == {"a": None, "b": None}
    add(engine, "b", hours=1, text="\n\n".join([*WIRE, "More to come."]))
    assert links(engine) == {"a": None, "b": "a"}


def test_among_many_copies_a_late_one_still_finds_the_original(engine):
    add(engine, "a")
    for number in range(20):
        add(engine, f"copy{number}", hours=1 + number)
    assert set(links(engine).values()) == {None, "a"}
    add(engine, "earliest", hours=-1)
    assert links(engine) == dict.fromkeys(links(engine), "earliest") | {"earliest": None}
