"""One search over everything: what is found, in which order, where the words stand, how many there are."""

from datetime import UTC, datetime

import pytest

from app.api.search_schemas import SearchAnswer
from app.db import search_all
from app.db.engine import make_engine
from app.db.search_all import SearchFilter
from tests.factories import add_article, make_annotated

OTHER = "“The bridge can wait,” said Bo Lund.\n\nA bridge is a bridge."


@pytest.fixture
def filled(client, engine):
    add_article(engine)
    other = make_annotated(
        OTHER,
        people=("Bo Lund",),
        quotes=[("The bridge can wait,", "said", "Bo Lund")],
        publisher="The Other Post",
        headline="Council talks",
        published_at=datetime(2026, 4, 2, tzinfo=UTC),
    )
    add_article(engine, other)
    return client


def search(client, **parameters):
    answer = client.get("/v1/search", params=parameters)
    assert answer.status_code == 200, answer.text
    SearchAnswer.model_validate(answer.json(), strict=False)
    return answer.json()


def test_articles_quotes_and_entities_come_in_one_answer_the_best_first(filled):
    found = search(filled, q="bridge")
    assert sorted(hit["kind"] for hit in found["items"]) == ["article", "article", "quote", "quote"]
    scores = [hit["score"] for hit in found["items"]]
    assert scores == sorted(scores, reverse=True)
    assert found["facets"] is None
    assert found["facets_missing"] is None


def test_each_hit_says_where_the_words_stand(filled):
    for hit in search(filled, q="bridge")["items"]:
        thing = hit[hit["kind"]]
        if hit["kind"] == "article":
            thing |= filled.get(f"/v1/articles/{thing['id']}").json()
            excerpt = hit["excerpt"]
            assert thing["text"][excerpt["start"] : excerpt["end"]] == excerpt["text"]
        assert hit["highlights"]
        for mark in hit["highlights"]:
            assert thing[mark["field"]][mark["start"] : mark["end"]].casefold() == "bridge"


def test_whoever_bears_the_name_comes_before_texts_that_mention_it(filled):
    first = search(filled, q="Ada Okafor")["items"][0]
    assert (first["kind"], first["entity"]["name"]) == ("entity", "Ada Okafor")


def test_a_search_is_narrowed_by_kind_publisher_and_speaker(filled):
    assert {hit["kind"] for hit in search(filled, q="bridge", kind="quote")["items"]} == {"quote"}
    [article, quote] = search(filled, q="bridge", publisher="the-other-post")["items"]
    assert {article["kind"], quote["kind"]} == {"article", "quote"}
    assert {hit["kind"] for hit in search(filled, q="bridge", speaker="Bo Lund")["items"]} == {
        "article",
        "quote",
    }
    assert search(filled, q="bridge", publisher="nobody")["items"] == []


def test_facets_count_all_matches_and_not_only_the_hits_shown(filled):
    found = search(filled, q="bridge", include="facets", limit=1)
    facets = found["facets"]
    assert len(found["items"]) == 1
    assert facets["kind"] == [
        {"value": "article", "count": 2},
        {"value": "entity", "count": 0},
        {"value": "quote", "count": 2},
    ]
    assert [(one["slug"], one["count"]) for one in facets["publisher"]] == [
        (slug, 2) for slug in sorted(("the-harbour-post", "the-other-post"), key=dict(slugs(filled)).get)
    ]
    assert sorted((one["name"], one["count"]) for one in facets["speaker"]) == [
        ("Ada Okafor", 1),
        ("Bo Lund", 1),
    ]
    assert facets["month"] == [{"value": "2026-04", "count": 2}, {"value": "2026-03", "count": 2}]


def slugs(client):
    return [(item["slug"], item["id"]) for item in client.items("/v1/publishers")]


def test_facets_equal_the_totals_of_the_lists(filled):
    for q in ("bridge", "rebuild", "Okafor -Lund", "wait OR rebuild"):
        counts = {
            one["value"]: one["count"] for one in search(filled, q=q, include="facets")["facets"]["kind"]
        }
        for kind in ("article", "quote"):
            page = filled.get(f"/v1/{kind}s", params={"q": q, "include": "total"}).json()
            assert counts[kind] == page["total"]


def test_the_answer_says_among_how_many_it_chose(filled):
    ranked = {one["kind"]: one for one in search(filled, q="bridge")["ranked"]}
    assert ranked["article"] == {"kind": "article", "among": 2, "is_complete": True}


def test_counts_that_take_too_long_are_left_out_and_never_wrong(database, database_url):
    engine = make_engine(database_url)
    for number in range(30):
        add_article(engine, text=f"Bridge number {number}. " * 50)
    engine.dispose()
    hurried = make_engine(database_url, query_seconds=0.000001 if database == "sqlite" else 0.001)
    counted = search_all.count_facets(hurried, SearchFilter(q="bridge"))
    hurried.dispose()
    assert counted is None or dict(counted.kind)["article"] == 30


@pytest.mark.parametrize("q", ["", "*", "-bridge", "x " * 17])
def test_a_query_with_nothing_to_look_for_is_refused(client, q):
    assert client.get("/v1/search", params={"q": q}).status_code == 422


def test_a_search_needs_words(client):
    answer = client.get("/v1/search")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/q"


@pytest.mark.parametrize(
    "q", ["'", '"', "bridge\u0000", "%", "a b) OR (", "NEAR(a b)", "é" * 300, "(((", "bridge'*"]
)
def test_no_query_breaks_the_search(filled, q):
    assert filled.get("/v1/search", params={"q": q, "include": "facets"}).status_code in {200, 422}
