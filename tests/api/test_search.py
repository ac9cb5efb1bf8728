"""One search over everything: what is found, in which order, where the words stand, how many there are."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text as sql

from app.api.search_schemas import SearchAnswer
from app.db.engine import make_engine, reading
from app.db.facets import count_facets
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


def test_all_kinds_come_in_one_answer_the_best_first(filled):
    found = search(filled, q="bridge")
    assert sorted(hit["kind"] for hit in found["items"]) == ["article"] * 2 + ["quote"] * 2 + ["story"] * 2
    scores = [hit["score"] for hit in found["items"]]
    assert scores == sorted(scores, reverse=True)
    assert found["facets"] is None
    assert found["facets_missing"] is None


def test_each_hit_says_where_the_words_stand(filled):
    for hit in search(filled, q="bridge")["items"]:
        thing = hit[hit["kind"]]
        if hit["kind"] in {"article", "story"}:
            article_id = thing["id"] if hit["kind"] == "article" else hit["article_id"]
            thing |= {"text": filled.get(f"/v1/articles/{article_id}").json()["text"]}
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
    for narrowed in ({"publisher": "the-other-post"}, {"speaker": "Bo Lund"}):
        found = search(filled, q="bridge", **narrowed)["items"]
        assert sorted(hit["kind"] for hit in found) == ["article", "quote", "story"]
    assert search(filled, q="bridge", publisher="nobody")["items"] == []


@pytest.fixture
def flooded(client, engine):
    """One event of two articles in two months and outlets, and another event."""
    flood = "The river Amel flooded the old town of Kalvik and its harbour market."
    for number, outlet in enumerate(("Kalvik Herald", "Wire")):
        at = datetime(2026, 5, 31, tzinfo=UTC) + timedelta(days=number)
        text = f"{flood} It rained for {number + 4} days."
        add_article(
            engine, text=text, publisher=outlet, published_at=at, headline=f"Kalvik flooded, {outlet}"
        )
    add_article(engine, text="A budget of flooded fields was voted down in Tarvia.", headline="No budget")
    return client


def test_a_story_is_found_by_any_of_its_articles_and_shows_the_best(flooded):
    [hit] = search(flooded, q="harbour market", kind="story")["items"]
    assert hit["story"]["counts"]["articles"] == 2
    text = flooded.get(f"/v1/articles/{hit['article_id']}").json()["text"]
    marks = [text[one["start"] : one["end"]] for one in hit["highlights"] if one["field"] == "text"]
    assert marks == ["harbour", "market"]
    [by_headline] = search(flooded, q='"Kalvik flooded"', kind="story")["items"]
    assert [one["field"] for one in by_headline["highlights"]] == ["headline"]


def test_a_story_of_one_comes_after_its_article_and_one_of_several_before_a_story_of_one(flooded):
    found = search(flooded, q="budget")["items"]
    assert [hit["kind"] for hit in found] == ["article", "story"]
    both = search(flooded, q="flooded", kind="story")["items"]
    assert [hit["story"]["counts"]["articles"] for hit in both] == [2, 1]


def test_a_story_counts_once_in_the_month_of_its_newest_match_and_for_each_of_its_outlets(flooded):
    facets = search(flooded, q="Kalvik", kind="story", include="facets")["facets"]
    assert facets["kind"] == [{"value": "story", "count": 1}]
    assert facets["month"] == [{"value": "2026-06", "count": 1}]
    assert sorted((one["slug"], one["count"]) for one in facets["publisher"]) == [
        ("kalvik-herald", 1),
        ("wire", 1),
    ]


def test_facets_count_all_matches_and_not_only_the_hits_shown(filled):
    found = search(filled, q="bridge", include="facets", limit=1)
    facets = found["facets"]
    assert len(found["items"]) == 1
    assert facets["kind"] == [
        {"value": "article", "count": 2},
        {"value": "entity", "count": 0},
        {"value": "quote", "count": 2},
        {"value": "story", "count": 2},
    ]
    assert [(one["slug"], one["count"]) for one in facets["publisher"]] == [
        (slug, 3) for slug in sorted(("the-harbour-post", "the-other-post"), key=dict(slugs(filled)).get)
    ]
    assert sorted((one["name"], one["count"]) for one in facets["speaker"]) == [
        ("Ada Okafor", 1),
        ("Bo Lund", 1),
    ]
    assert facets["month"] == [{"value": "2026-04", "count": 3}, {"value": "2026-03", "count": 3}]


def slugs(client):
    return [(item["slug"], item["id"]) for item in client.items("/v1/publishers")]


def test_facets_equal_the_totals_of_the_lists(filled):
    for q in ("bridge", "rebuild", "Okafor -Lund", "wait OR rebuild"):
        counts = {
            one["value"]: one["count"] for one in search(filled, q=q, include="facets")["facets"]["kind"]
        }
        for kind, path in (("article", "articles"), ("quote", "quotes"), ("story", "stories")):
            page = filled.get(f"/v1/{path}", params={"q": q, "include": "total"}).json()
            assert counts[kind] == page["total"]


def test_the_answer_says_among_how_many_it_chose(filled):
    ranked = {one["kind"]: one for one in search(filled, q="bridge")["ranked"]}
    assert ranked["article"] == {"kind": "article", "among": 2, "is_complete": True}


def test_counts_that_take_too_long_are_left_out_and_never_wrong(database, database_url):
    engine = make_engine(database_url)
    for number in range(30):
        add_article(engine, text=f"Bridge number {number}. " * 50)
    engine.dispose()
    hurried = make_engine(database_url, query_seconds=0.000001 if database == "sqlite" else 5)
    with reading(hurried) as connection:
        if database == "postgres":  # once connected: what sets a connection up must not be cut
            connection.execute(sql("SET statement_timeout = 1"))
        counted = count_facets(connection, SearchFilter(q="bridge"))
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
