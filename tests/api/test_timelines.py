"""An entity's quotes over time: counts by period, which are the lists of quotes that the periods' ends ask for."""

import doctest
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import timelines
from app.api.timeline_schemas import EntityTimeline
from app.api.timelines import MOST_PERIODS, choose_unit, make_timeline
from app.db.engine import reading
from app.db.quote_days import QuoteDays, count_quote_days
from tests.factories import add_article, make_annotated

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = "We will rebuild the bridge,"


def say(engine, at, number=1):
    text = "\n\n".join(f"“{WORDS}” said Ada Okafor on day {n} of {at}." for n in range(number))
    quotes = [(f"{WORDS}", "said", f"Ada Okafor on day {n}") for n in range(number)]
    return add_article(engine, make_annotated(text, quotes=quotes, published_at=at))


@pytest.fixture
def person(client, engine):
    for days, number in ((0, 2), (1, 1), (40, 3)):
        say(engine, NOON + timedelta(days), number)
    say(engine, None)
    return client.items("/v1/entities", q="ada okafor")[0]["id"]


def counts(timeline):
    return {one["published_from"][:10]: one["quotes"] for one in timeline["periods"]}


@pytest.mark.parametrize(
    ("unit", "periods"),
    [
        ("day", {"2026-03-02": 2, "2026-03-03": 1, "2026-04-11": 3}),
        ("week", {"2026-03-02": 3, "2026-04-06": 3}),
        ("month", {"2026-03-01": 3, "2026-04-01": 3}),
        ("year", {"2026-01-01": 6}),
    ],
)
def test_quotes_are_counted_by_period_and_those_without_a_date_apart(client, person, unit, periods):
    timeline = client.get(f"/v1/entities/{person}/timeline?unit={unit}").json()
    EntityTimeline.model_validate(timeline)
    assert timeline["unit"] == unit
    assert counts(timeline) == periods
    assert (timeline["undated"], timeline["is_complete"]) == (1, True)


def test_a_period_lists_as_many_quotes_as_it_counts(client, person):
    for unit in ("day", "week", "month", "year"):
        for period in client.get(f"/v1/entities/{person}/timeline?unit={unit}").json()["periods"]:
            ends = {name: period[name] for name in ("published_from", "published_to")}
            assert len(client.items("/v1/quotes", speaker=person, **ends)) == period["quotes"]


def test_the_unit_suits_the_span_where_none_is_asked_for(client, person):
    assert client.get(f"/v1/entities/{person}/timeline").json()["unit"] == "week"


def test_beliefs_are_not_counted_as_they_are_not_listed(client, engine, person):
    total = client.get(f"/v1/entities/{person}").json()["counts"]["quotes"]
    timeline = client.get(f"/v1/entities/{person}/timeline").json()
    assert sum(counts(timeline).values()) + timeline["undated"] == total


def test_of_more_quotes_than_are_counted_the_newest_are(engine, client, person):
    with reading(engine) as connection:
        found = count_quote_days(connection, UUID(person), most=4)
    assert (dict(found.days), found.undated_count, found.is_complete) == ({date(2026, 4, 11): 3}, 1, False)


def test_who_says_nothing_has_no_periods(client, engine):
    add_article(engine)
    [place] = client.items("/v1/entities", q="lisbon")
    timeline = client.get(f"/v1/entities/{place['id']}/timeline").json()
    assert (timeline["periods"], timeline["undated"], timeline["is_complete"]) == ([], 0, True)


@pytest.mark.parametrize("name", ["published_from", "published_to"])
def test_quotes_without_a_date_are_of_no_time(client, person, name):
    at = {"published_from": "2000-01-01T00:00:00Z", "published_to": "2100-01-01T00:00:00Z"}[name]
    assert len(client.items("/v1/quotes", **{name: at})) == 6


days = st.dictionaries(st.dates(), st.integers(1, 1000), max_size=20)


@given(days, st.sampled_from(["day", "week", "month", "year"]))
def test_periods_hold_every_quote_once_and_do_not_overlap(found, unit):
    timeline = make_timeline(None, QuoteDays(found, 0, is_complete=True), unit)
    periods = timeline["periods"]
    assert sum(period["quotes"] for period in periods) == sum(found.values())
    ends = [period[name] for period in periods for name in ("published_from", "published_to")]
    assert ends == sorted(ends)


@given(days)
def test_all_periods_of_the_unit_chosen_are_few(found):
    unit = choose_unit(QuoteDays(found, 0, is_complete=True))
    if found and unit != "year":
        length = {"day": 1, "week": 7, "month": 31}[unit]
        assert (max(found) - min(found)).days <= MOST_PERIODS * length


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(timelines) == (0, doctest.testmod(timelines).attempted)
