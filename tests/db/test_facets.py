"""Facets are counted by rows of their own: they must say what the articles and quotes themselves say."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from app.db import facets_postgres, facets_sqlite
from app.db.engine import reading, reading_once, writing
from app.db.facet_counts import name_month
from app.db.facets import count_facets
from app.db.ids import make_id
from app.db.queries import ARTICLE, ENTITY, PUBLISHER, QUOTE
from app.db.search_all import SearchFilter
from app.ingest.store import forget_article
from tests.factories import add_article, make_annotated

AT = datetime(2026, 4, 2, tzinfo=UTC)
SAID = "“The ferry can wait,” said Bo Lund.\n\nA ferry is a ferry."


def add_ferry(engine, publisher, at, speaker="Bo Lund"):
    text = SAID.replace("Bo Lund", speaker)
    quotes = [("The ferry can wait,", "said", speaker)]
    return add_article(
        engine,
        make_annotated(text, people=(speaker,), quotes=quotes, publisher=publisher, published_at=at),
        content=f"{publisher} {at} {speaker}",
    )


@pytest.fixture
def ferries(engine):
    """One story of three articles, of two outlets in two months, with a quote each by two people."""
    add_ferry(engine, "Kalvik Herald", AT)
    add_ferry(engine, "Kalvik Herald", AT.replace(month=5))
    add_ferry(engine, "Wire", AT, speaker="Ida Moen")
    return engine


def count(engine, **wanted):
    with reading(engine) as connection:
        return count_facets(connection, SearchFilter(q="ferry", **wanted))


def count_wide(engine):
    """Return what the articles and quotes themselves say, all of which have the word."""
    with reading(engine) as connection:
        articles = connection.execute(
            select(ARTICLE.c.publisher_id, ARTICLE.c.ordered_at, ARTICLE.c.story_id)
        ).all()
        quotes = connection.execute(
            select(QUOTE.c.publisher_id, QUOTE.c.ordered_at, QUOTE.c.speaker_id).where(
                QUOTE.c.attribution == "speech"
            )
        ).all()
    outlets = Counter(row.publisher_id for row in [*articles, *quotes])
    outlets.update(publisher_id for publisher_id, _ in {(row.publisher_id, row.story_id) for row in articles})
    newest = {}
    for row in sorted(articles, key=lambda row: row.ordered_at):
        newest[row.story_id] = f"{row.ordered_at:%Y-%m}"
    months = Counter(f"{row.ordered_at:%Y-%m}" for row in [*articles, *quotes]) + Counter(newest.values())
    return {
        "kind": {"article": len(articles), "entity": 0, "quote": len(quotes), "story": len(newest)},
        "publisher": outlets,
        "speaker": Counter(row.speaker_id for row in quotes if row.speaker_id),
        "month": months,
    }


def assert_in_step(engine):
    counted = count(engine)
    assert {name: dict(getattr(counted, name)) for name in ("kind", "publisher", "speaker", "month")} == (
        count_wide(engine)
    )


def change(engine, statement):
    with writing(engine) as connection:
        connection.execute(statement)


def test_counts_say_what_the_articles_and_quotes_say(ferries):
    assert_in_step(ferries)
    assert dict(count(ferries).kind) == {"article": 3, "entity": 0, "quote": 3, "story": 1}


def test_counts_follow_a_quote_to_another_speaker_and_to_none(ferries):
    with reading(ferries) as connection:
        ida = connection.execute(select(ENTITY.c.id).where(ENTITY.c.name == "Ida Moen")).scalar_one()
    change(ferries, update(QUOTE).values(speaker_id=ida))
    assert_in_step(ferries)
    assert [number for _, number in count(ferries).speaker] == [3]
    change(ferries, update(QUOTE).values(speaker_id=None))
    assert_in_step(ferries)
    assert count(ferries).speaker == []


def test_quotes_of_nobody_take_no_speaker_s_place(ferries):
    with reading(ferries) as connection:
        ida = connection.execute(select(ENTITY.c.id).where(ENTITY.c.name == "Ida Moen")).scalar_one()
        of_database = facets_sqlite if ferries.dialect.name == "sqlite" else facets_postgres
        change(ferries, update(QUOTE).where(QUOTE.c.speaker_id != ida).values(speaker_id=None))
    with reading(ferries) as connection:
        counts = of_database.count_quotes(connection, SearchFilter(q="ferry"), 1)
    assert counts.speaker[ida] == 1


def test_counts_follow_articles_to_another_outlet_story_and_month(ferries):
    new_id = make_id("publisher", "new")
    change(ferries, insert(PUBLISHER).values(id=new_id, slug="new", name="New", article_count=0))
    moved = {"publisher_id": new_id, "ordered_at": AT.replace(year=2025, month=12)}
    change(ferries, update(ARTICLE).values(**moved, story_id=make_id("story", "new")))
    change(ferries, update(QUOTE).values(**moved))
    assert_in_step(ferries)
    assert count(ferries).month == [("2025-12", 7)]


def test_quotes_that_lists_leave_out_are_not_counted(ferries):
    change(ferries, update(QUOTE).where(QUOTE.c.rank == 0).values(attribution="belief"))
    assert_in_step(ferries)
    assert dict(count(ferries).kind)["quote"] == 0


def test_counts_follow_words_that_change(ferries):
    change(ferries, update(ARTICLE).values(headline="No boats", text="There is none."))
    assert dict(count(ferries).kind) == {"article": 0, "entity": 0, "quote": 3, "story": 0}


def test_what_is_deleted_is_no_longer_counted(ferries):
    article_id = add_ferry(ferries, "Wire", AT.replace(month=6))
    with writing(ferries) as connection:
        forget_article(connection, article_id)
    assert_in_step(ferries)


@pytest.mark.parametrize(
    ("narrowed", "kinds"),
    [
        ({"publisher": ["wire"]}, {"article": 1, "quote": 1, "story": 1}),
        ({"publisher": ["wire", "kalvik-herald"]}, {"article": 3, "quote": 3, "story": 1}),
        ({"speaker": ["Bo Lund"]}, {"article": 2, "quote": 2, "story": 1}),
        ({"speaker": ["Bo Lund"], "publisher": ["wire"]}, {"article": 0, "quote": 0, "story": 0}),
        ({"publisher": ["no such outlet"]}, {"article": 0, "quote": 0, "story": 0}),
        ({"kind": ["story"]}, {"story": 1}),
    ],
)
def test_counts_are_narrowed_as_hits_are(ferries, narrowed, kinds):
    assert dict(count(ferries, **narrowed).kind) == kinds


def test_counts_are_of_the_same_moment_as_the_hits(ferries):
    with reading_once(ferries) as connection:
        before = count_facets(connection, SearchFilter(q="ferry"))
        add_ferry(ferries, "Wire", AT.replace(month=6))
        assert count_facets(connection, SearchFilter(q="ferry")) == before
    assert_in_step(ferries)


def test_months_are_named_as_they_are_counted():
    assert [name_month(2026 * 12 + number) for number in (0, 11)] == ["2026-01", "2026-12"]
