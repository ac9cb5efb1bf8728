"""Lists as CSV and NDJSON: complete, safe to open, and never cut without a word."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import csv_cells, schemas
from app.api.exports import FirstPage, read_pages
from app.api.formats import Layout, write_csv, write_ndjson
from app.db import queries
from app.db.engine import reading
from app.db.keyset import page
from app.db.queries import ArticleFilter, EntityFilter, QuoteFilter
from tests.factories import add_article, make_annotated

LISTS = (
    "articles",
    "quotes",
    "entities",
    "publishers",
    "documents",
    "corrections",
    "runs",
    "candidates",
)


def table(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def lines(answer) -> list[dict]:
    return [json.loads(line) for line in answer.text.splitlines()]


def make_layout() -> Layout:
    return Layout(
        model=schemas.Publisher,
        fields=None,
        base_url="http://onrecord.test",
        url="http://onrecord.test/v1/publishers",
        next_url=None,
        prev_url=None,
        explain=lambda _: b'{"title": "A fault"}',
    )


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_had_as_lines_with_what_its_pages_hold(client, engine, name):
    add_article(engine)
    answer = client.get(f"/v1/{name}?format=ndjson")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert lines(answer) == client.items(f"/v1/{name}")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_had_as_a_table_whose_header_stands_without_rows_too(client, engine, name):
    header = client.get(f"/v1/{name}?format=csv").text
    assert header.count("\r\n") == 1
    add_article(engine)
    answer = client.get(f"/v1/{name}?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}.csv"'
    assert answer.text.startswith(header)
    assert len(table(answer)) == len(client.items(f"/v1/{name}"))


@pytest.mark.parametrize("count", [1, 4, 5])
@pytest.mark.parametrize("make_listing", [
    lambda connection: queries.list_articles(connection, ArticleFilter()),
    lambda connection: queries.list_quotes(connection, QuoteFilter(speaker=["ada okafor"])),
    lambda connection: queries.list_entities(connection, EntityFilter(sort="-mention_count")),
])  # fmt: skip
def test_pages_read_one_after_the_other_are_the_whole_list_in_its_order(engine, make_listing, count):
    for number in range(count):
        add_article(engine, content=str(number), external_id=str(number))
    with reading(engine) as connection:
        listing = make_listing(connection)
        whole = page(connection, listing, 100, None)
        rows = page(connection, listing, 2, None)
    pages = list(read_pages(engine, listing, 2, lambda _, rows: rows, FirstPage(rows, rows)))
    assert [row["id"] for one in pages for row in one] == [row["id"] for row in whole]
    assert all(len(one) == 2 for one in pages[:-1])


def test_an_export_with_a_limit_is_a_page_that_points_to_the_next(client, engine):
    for number in range(3):
        add_article(engine, content=str(number), external_id=str(number))
    first = client.get("/v1/articles?format=csv&limit=2&fields=external_id")
    assert len(table(first)) == 2
    following = client.get(first.links["next"]["url"])
    assert "next" not in following.links
    assert [row["external_id"] for row in table(first) + table(following)] == [
        item["external_id"] for item in client.items("/v1/articles")
    ]


def test_an_export_has_the_fields_and_filters_of_its_list(client, engine):
    add_article(engine)
    add_article(engine, content="2", language="fr", external_id="other")
    [row] = table(client.get("/v1/articles?format=csv&fields=headline,publisher&language=fr"))
    assert list(row) == ["headline", "publisher.id", "publisher.slug", "publisher.name"]
    assert row["publisher.name"] == "The Harbour Post"
    [quote] = lines(client.get("/v1/quotes?format=ndjson&fields=text&publisher=the-harbour-post&limit=1"))
    assert list(quote) == ["text"]
    assert client.get("/v1/quotes?format=csv&fields=nothing").status_code == 422


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/html, */*", "application/json"),
        ("text/csv;q=x, ,;", "application/json"),
        ("", "application/json"),
    ],
)
def test_accept_chooses_the_format_and_the_parameter_wins(client, accept, media_type):
    answer = client.get("/v1/quotes", headers={"Accept": accept})
    assert answer.headers["content-type"] == media_type
    assert "Accept" in answer.headers["vary"]
    named = client.get("/v1/quotes?format=json", headers={"Accept": accept})
    assert named.headers["content-type"] == "application/json"


def test_head_answers_as_an_export_would_without_reading_on(client, engine):
    add_article(engine)
    head, get = (client.request(method, "/v1/quotes?format=csv") for method in ("HEAD", "GET"))
    assert head.content == b""
    for name in ("content-type", "content-disposition", "vary"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("path", ["quotes?format=xlsx", "quotes?format=csv&include=total", "quotes?format="])
def test_what_a_format_has_no_place_for_is_refused(client, path):
    assert client.get(f"/v1/{path}").status_code == 422


def test_what_is_missing_is_a_problem_before_any_line(client):
    answer = client.get("/v1/articles/00000000-0000-0000-0000-000000000000/quotes?format=csv")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_words_that_look_like_a_formula_are_defused(client, engine):
    text = "“=HYPERLINK(1),” said Ada Okafor."
    quotes = [("=HYPERLINK(1),", "said", "Ada Okafor")]
    add_article(engine, make_annotated(text, quotes=quotes, headline="@SUM(1)", publisher="+1 News"))
    [quote] = table(client.get("/v1/quotes?format=csv"))
    assert quote["text"] == "'=HYPERLINK(1),"
    [article] = table(client.get("/v1/articles?format=csv"))
    assert (article["headline"], article["publisher.name"]) == ("'@SUM(1)", "'+1 News")
    assert article["authors"] == '["Jo Day"]'


@given(st.text())
def test_no_cell_begins_with_what_a_spreadsheet_calculates(text):
    cell = csv_cells.defused(text)
    assert cell[:1] not in csv_cells.FORMULA_STARTS
    assert not csv_cells.CONTROL.search(cell)
    assert cell.lstrip("'").endswith(csv_cells.CONTROL.sub("", text).lstrip("'"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=1))
def test_a_table_reads_back_as_it_was_written(names):
    items = [{"id": "1", "slug": "s", "name": name, "counts": {"articles": 2}} for name in names]
    written = b"".join(write_csv([items], make_layout())).decode()
    read = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [row["name"] for row in read] == [csv_cells.defused(name) for name in names]
    assert {row["counts.articles"] for row in read} == {"2"}


def failing_pages():
    yield [{"id": "1", "slug": "s", "name": "Post", "counts": {"articles": 1}}]
    raise ZeroDivisionError


def test_a_failure_is_the_last_line_and_breaks_the_stream():
    written = []
    with pytest.raises(ZeroDivisionError):
        written.extend(write_ndjson(failing_pages(), make_layout()))
    assert json.loads(written[-1]) == {"error": {"title": "A fault"}}
    assert json.loads(written[0])["name"] == "Post"


def test_a_failure_breaks_a_table_off():
    written = []
    with pytest.raises(ZeroDivisionError):
        written.extend(write_csv(failing_pages(), make_layout()))
    assert len(written) == 2
