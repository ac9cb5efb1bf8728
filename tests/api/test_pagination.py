"""Pages of lists, there and back: the page before a page is the one it came from, whatever came in meanwhile."""

from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID

import pytest
from fastapi import Request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from app.api.lists import read_page
from app.db.queries import ENTITY, EntityFilter, list_entities
from tests.factories import add_article

AT = datetime(2026, 3, 2, tzinfo=UTC)
SORTS = ("name", "-mention_count")  # ascending by text, descending with many of one number
REQUEST = Request({"type": "http", "path": "/v1/entities", "query_string": b"", "headers": []})
# Each example is a transaction that is rolled back, so the database is empty at the beginning of each
on_one_database = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

rows = st.lists(
    st.tuples(st.uuids(version=4), st.integers(0, 4), st.sampled_from("abcdé")),
    max_size=14,
    unique_by=lambda row: row[0],
)


@contextmanager
def scratch(engine):
    """Give a connection whose writes are forgotten."""
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def put(connection, given):
    values = [
        {"id": id_, "type": "person", "name": name, "sort_name": name, "mention_count": count}
        | {"article_count": 0, "quote_count": 0, "first_seen_at": AT, "last_seen_at": AT}
        for id_, count, name in given
    ]
    if values:
        connection.execute(insert(ENTITY), values)


def read(connection, sort, size, cursor=None):
    return read_page(REQUEST, connection, list_entities(connection, EntityFilter(sort=sort)), size, cursor)


def ids(page):
    return [UUID(str(row["id"])) for row in page.rows]


def walk(connection, sort, size, page, relation):
    """Return a page and those that follow it, or that come before it, the nearest first."""
    pages = [page]
    while cursor := getattr(pages[-1], f"{relation}_cursor"):
        pages.append(read(connection, sort, size, cursor))
    return pages


@on_one_database
@given(given=rows, size=st.integers(1, 6), sort=st.sampled_from(SORTS))
def test_the_page_before_each_page_is_the_one_it_came_from(engine, given, size, sort):
    with scratch(engine) as connection:
        put(connection, given)
        pages = walk(connection, sort, size, read(connection, sort, size), "next")
        back = walk(connection, sort, size, pages[-1], "prev")
        assert list(map(ids, reversed(back))) == list(map(ids, pages))
        assert sorted(chain(*map(ids, pages))) == sorted(id_ for id_, *_ in given)


@on_one_database
@given(given=rows, late=rows, size=st.integers(1, 6), sort=st.sampled_from(SORTS), at=st.integers(0, 14))
def test_what_came_in_meanwhile_is_on_the_way_back_once_in_its_place(engine, given, late, size, sort, at):
    with scratch(engine) as connection:
        put(connection, given)
        pages = walk(connection, sort, size, read(connection, sort, size), "next")
        page = pages[at % len(pages)]
        known = {id_ for id_, *_ in given}
        put(connection, [row for row in late if row[0] not in known])
        whole = ids(read(connection, sort, 200))
        before = walk(connection, sort, size, page, "prev")[1:]
        on_the_way = list(chain(*map(ids, reversed(before))))
        assert on_the_way == (whole[: whole.index(ids(page)[0])] if before else [])
        if at % len(pages):
            came_from = ids(pages[at % len(pages) - 1])
            unchanged = whole[whole.index(came_from[0]) : whole.index(ids(page)[0])] == came_from
            assert not unchanged or ids(before[0]) == came_from


@on_one_database
@given(given=rows, size=st.integers(1, 6), sort=st.sampled_from(SORTS))
def test_going_back_and_on_again_leads_to_the_same_page(engine, given, size, sort):
    with scratch(engine) as connection:
        put(connection, given)
        pages = walk(connection, sort, size, read(connection, sort, size), "next")
        for page in pages[1:]:
            back = read(connection, sort, size, page.prev_cursor)
            assert ids(read(connection, sort, size, back.next_cursor)) == ids(page)


def test_a_page_links_to_those_beside_it_in_every_format(client, engine):
    for number in range(3):
        add_article(engine, content=str(number), external_id=str(number))
    for name in ("json", "csv", "ndjson", "atom"):
        first = client.get(f"/v1/articles?limit=1&format={name}")
        second = client.get(first.links["next"]["url"])
        third = client.get(second.links["next"]["url"])
        assert [set(page.links) for page in (first, second, third)] == [{"next"}, {"prev", "next"}, {"prev"}]
        again = client.get(second.links["prev"]["url"])
        if name != "atom":  # which names its own address
            assert again.content == first.content or name == "json"
        assert set(again.links) == {"next"}


def test_the_cursors_are_those_of_the_links(client, engine):
    for number in range(2):
        add_article(engine, content=str(number), external_id=str(number))
    first = client.get("/v1/articles?limit=1")
    second = client.get("/v1/articles", params={"limit": 1, "cursor": first.json()["next_cursor"]})
    assert first.json()["prev_cursor"] is None
    assert second.json()["prev_cursor"] in second.links["prev"]["url"]
    back = client.get("/v1/articles", params={"limit": 1, "cursor": second.json()["prev_cursor"]}).json()
    assert back["items"] == first.json()["items"]
    assert back["prev_cursor"] is None


def test_an_atom_feed_names_the_page_before(client, engine):
    for number in range(2):
        add_article(engine, content=str(number), external_id=str(number))
    second = client.get(client.get("/v1/articles?limit=1&format=atom").links["next"]["url"])
    assert '<link rel="previous" href="' in second.text


@pytest.mark.parametrize("cursor", ["W10", "WyJiZWZvcmUiXQ", "WyJiZWZvcmUiLCJiZWZvcmUiXQ", "MQ", "e30"])
def test_what_only_looks_like_a_cursor_is_refused(client, cursor):
    assert client.get(f"/v1/articles?cursor={cursor}").status_code == 422
