"""An entity's quotes over time: a chart, the same as a table, and each bar leads to its quotes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.timelines import make_timeline
from app.db.quote_days import QuoteDays
from app.pages.timeline_view import Chosen, make_timeline_view
from tests.factories import add_article, make_annotated
from tests.pages.documents import by_class, links, parse, said

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = "We will rebuild the bridge,"
ALL = Chosen()


@pytest.fixture
def path(client, engine):
    """Return the page of somebody quoted on two days of March and once without a date."""
    for number, day in enumerate((0, 0, 3, None)):
        text = f"“{WORDS}” said Ada Okafor for the time {number}."
        at = None if day is None else NOON + timedelta(day)
        quotes = [(WORDS, "said", "Ada Okafor")]
        add_article(engine, make_annotated(text, quotes=quotes, published_at=at))
    [person] = client.items("/v1/entities", q="ada okafor")
    return f"/entities/{person['id']}"


def view(days, *, chosen=ALL):
    timeline = make_timeline("1", QuoteDays(days, 0, is_complete=True))
    for period in timeline["periods"]:
        period |= {name: period[name].isoformat() for name in ("published_from", "published_to")}
    return make_timeline_view(timeline, "/entities/1", chosen)


def test_the_chart_is_told_in_words_and_as_a_table(client, path):
    [figure] = by_class(parse(client.get(path)), "timeline")
    assert said(figure.find("figcaption")) == (
        "3 quotes by day, 2 March 2026 to 5 March 2026. Most: 2, 2 March 2026. Counted by "
        "the days of UTC; those below are the outlets’ own. 1 quote without a date not counted here."
    )
    assert [said(row) for row in figure.find(".//tbody")] == ["2 March 2026 2 quotes", "5 March 2026 1 quote"]
    assert figure.find("svg").get("aria-hidden") == "true"


def test_each_bar_leads_to_the_quotes_of_its_time(client, path):
    [figure] = by_class(parse(client.get(path)), "timeline")
    bars = links(figure.find("svg"))
    assert bars == links(figure.find(".//tbody"))
    found = [parse(client.get(bar.partition("#")[0])) for bar in bars]
    assert [len(list(page.iter("blockquote"))) for page in found] == [2, 1]
    assert "Only quotes of 2 March 2026." in said(found[0])
    assert path in links(found[0])


def test_the_json_of_some_days_has_the_quotes_of_the_page(client, path):
    page = parse(client.get(f"{path}?published_from=2026-03-02&published_to=2026-03-03"))
    [json] = [link for link in links(page) if link.startswith("/v1/quotes?")]
    assert len(client.get(json).json()["items"]) == len(list(page.iter("blockquote"))) == 2


def test_days_without_quotes_say_so_and_lead_back(client, path):
    page = parse(client.get(f"{path}?published_from=2026-03-03&published_to=2026-03-05"))
    assert "Only quotes of the days from 3 March 2026 before 5 March 2026." in said(page)
    assert "No quotes of Ada Okafor are known of these days." in said(page)
    assert path in links(page)


@pytest.mark.parametrize(("day", "found"), [("0001-01-01", 3), ("9999-12-31", 0)])
def test_the_first_and_the_last_day_there_are_can_be_asked_for(client, path, day, found):
    page = parse(client.get(f"{path}?published_from={day}"))
    assert len(list(page.iter("blockquote"))) == found


def test_what_is_no_day_is_refused_in_words(client, path):
    assert "query/published_from" in said(parse(client.get(f"{path}?published_from=yesterday"), 422))


def test_who_is_never_quoted_has_no_chart(client, engine):
    add_article(engine)
    [place] = client.items("/v1/entities", type="place")
    assert not by_class(parse(client.get(f"/entities/{place['id']}")), "timeline")


def test_one_period_is_told_without_a_chart():
    shown = view({date(2026, 3, 2): 3})
    assert (shown.summary, shown.ends) == ("3 quotes: 2 March 2026.", None)


days = st.dictionaries(st.dates(), st.integers(1, 10_000), min_size=1, max_size=30)


@given(days)
def test_bars_lie_within_the_chart_in_order_and_none_is_too_low_to_be_seen(found):
    bars = view(found).bars
    lefts = [float(bar.left.rstrip("%")) for bar in bars]
    assert lefts == sorted(lefts)
    for left, bar in zip(lefts, bars, strict=True):
        assert -0.01 <= left <= left + float(bar.width.rstrip("%")) <= 100.01
        assert 2 <= float(bar.height.rstrip("%")) <= 100
    assert max(float(bar.height.rstrip("%")) for bar in bars) == 100


def test_the_period_that_is_listed_is_marked():
    chosen = Chosen(date(2026, 3, 2), date(2026, 3, 3))
    shown = view({date(2026, 3, 2): 3, date(2026, 3, 5): 1}, chosen=chosen)
    assert [bar.is_chosen for bar in shown.bars] == [True, False]
    assert shown.chosen == "2 March 2026"
