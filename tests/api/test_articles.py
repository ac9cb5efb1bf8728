from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.api import schemas
from tests.factories import TEXT, add_article


def day(number):
    return datetime(2026, 3, number, 12, tzinfo=UTC)


def test_an_article_has_the_documented_shape(client, engine):
    article_id = add_article(engine)
    answer = client.get(f"/v1/articles/{article_id}?include=quotes&include=mentions&include=entities")
    assert answer.status_code == 200
    article = schemas.ArticleDetail.model_validate(answer.json(), strict=False)
    assert set(answer.json()) == set(schemas.ArticleDetail.model_fields)
    assert article.publisher.slug == "the-harbour-post"
    assert article.published_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert article.counts.quotes == len(article.quotes) == 1
    assert article.counts.entities == len(article.entities) == 2


def test_every_range_slices_to_its_words(client, engine):
    article = client.get(f"/v1/articles/{add_article(engine)}?include=quotes&include=mentions").json()
    text = article["text"]
    for quote in article["quotes"]:
        assert " ".join(text[part["start"] : part["end"]] for part in quote["segments"]) == quote["text"]
        for role in ("cue", "speaker"):
            assert text[quote[role]["start"] : quote[role]["end"]] == quote[role]["text"]
    for mention in article["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    assert [text[part["start"] : part["end"]] for part in article["paragraphs"]] == text.split("\n\n")


def test_offsets_count_code_points_beyond_the_basic_plane(client, engine):
    text = "🌉 “We will rebuild the bridge,” said Mayor Ada Okafor."
    quotes = [("We will rebuild the bridge,", "said", "Mayor Ada Okafor")]
    article = client.get(
        f"/v1/articles/{add_article(engine, text=text, quotes=quotes)}?include=quotes"
    ).json()
    part = article["quotes"][0]["segments"][0]
    assert article["text"][part["start"] : part["end"]] == "We will rebuild the bridge,"


def test_an_article_without_a_headline_is_listed_by_its_first_words(client, engine):
    first_line = (
        "The bridge at Port Ashby is closed, the town's works office said, and will stay so " + "on and " * 20
    )
    add_article(engine, text=f"{first_line}.\n\nMore.", headline=None, content="1", quotes=[])
    add_article(engine, headline="Bridge closed", content="2")
    opening, none = sorted(
        (each["opening"] for each in client.items("/v1/articles")), key=lambda each: each is None
    )
    assert none is None
    assert 100 < len(opening) <= 120
    assert first_line.startswith(f"{opening} ")


def test_articles_are_listed_newest_first(client, engine):
    for number in (3, 1, 2):
        add_article(engine, published_at=day(number), headline=f"Day {number}", content=str(number))
    assert [item["headline"] for item in client.items("/v1/articles")] == ["Day 3", "Day 2", "Day 1"]


def test_an_undated_article_is_listed_by_its_arrival_and_matches_no_date_filter(client, engine):
    add_article(engine, published_at=None, content="undated")
    [item] = client.items("/v1/articles")
    assert item["published_at"] is None
    assert item["fields"]["published_at"]["origin"] == "none"
    assert client.items("/v1/articles", published_from="2020-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"publisher": "the-harbour-post"}, 1),
        ({"publisher": ["the-harbour-post", "ridge-times"]}, 2),
        ({"publisher": "nobody"}, 0),
        ({"published_from": "2026-03-02T12:00:00Z"}, 1),
        ({"published_to": "2026-03-02T12:00:00Z"}, 1),
        ({"published_from": "2026-03-02T13:00:00+01:00"}, 1),
        ({"speaker": "Ada Okafor"}, 1),
        ({"speaker": "ada  okafor"}, 1),
        ({"speaker": "Lisbon"}, 0),
        ({"language": "en"}, 2),
        ({"language": ["fr", "de"]}, 0),
        ({"external_id": "doc-1"}, 1),
        ({"q": "rebuild"}, 1),
        ({"q": "rebuild", "publisher": "ridge-times"}, 0),
    ],
)
def test_articles_are_filtered(client, engine, parameters, found):
    add_article(engine, published_at=day(1), external_id="doc-1")
    other = {"publisher": "Ridge Times", "people": (), "places": (), "text": "Rain fell.", "headline": "Rain"}
    add_article(engine, published_at=day(2), **other)
    assert len(client.items("/v1/articles", **parameters)) == found


def test_articles_are_filtered_by_what_they_were_read_with_warnings_of(client, engine):
    add_article(engine, external_id="plain")
    warned = add_article(engine, external_id="cut", warnings=("possibly_truncated",), keywords=("rain",))
    add_article(engine, external_id="foreign", warnings=("language_not_read",))

    def found(**parameters):
        return {item["external_id"] for item in client.items("/v1/articles", **parameters)}

    assert found(warning="language_not_read") == {"foreign"}
    assert found(warning=["language_not_read", "possibly_truncated"]) == {"cut", "foreign"}
    assert found(warning="possibly_truncated", keyword="rain") == {"cut"}
    assert found(warning="two_articles") == set()
    assert client.get(f"/v1/articles/{warned}").json()["warnings"] == ["possibly_truncated"]
    add_article(engine, external_id="cut", content="whole")
    assert found(warning="possibly_truncated") == set(), "the next revision is read without it"


def test_articles_are_filtered_by_one_entity_or_by_either_of_two(client, engine):
    add_article(engine, content="a")
    add_article(engine, text="Porto and Lisbon.", people=(), places=("Porto", "Lisbon"))
    ids = {item["name"]: item["id"] for item in client.items("/v1/entities")}
    assert len(client.items("/v1/articles", entity=ids["Lisbon"])) == 2
    assert len(client.items("/v1/articles", entity=ids["Porto"])) == 1
    assert len(client.items("/v1/articles", entity=[ids["Porto"], ids["Ada Okafor"]])) == 2


def test_pages_joined_are_the_list_even_with_equal_times(client, engine):
    for number in range(7):
        add_article(engine, published_at=day(1 + number // 3), content=str(number), headline=str(number))
    whole = [item["id"] for item in client.items("/v1/articles")]
    paged, cursor = [], None
    while True:
        answer = client.get("/v1/articles", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        paged += [item["id"] for item in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            assert set(answer.links) == {"prev"}
            break
        assert f"cursor={cursor}" in answer.headers["link"]
        assert 'rel="next"' in answer.headers["link"]
    assert paged == whole
    assert len(set(paged)) == 7


def test_the_total_is_counted_only_on_request(client, engine):
    add_article(engine)
    assert "total" not in client.get("/v1/articles").json()
    assert client.get("/v1/articles?include=total").json()["total"] == 1


def test_fields_choose_what_is_answered(client, engine):
    article_id = add_article(engine)
    assert set(client.get(f"/v1/articles/{article_id}?fields=id,headline").json()) == {"id", "headline"}
    assert set(client.items("/v1/articles", fields="id")[0]) == {"id"}
    assert client.get("/v1/articles?fields=nonsense").status_code == 422


def test_a_posted_document_becomes_an_article_and_is_known_the_second_time(client):
    new = {"text": TEXT, "headline": "Bridge", "publisher": "The Harbour Post", "external_id": "x1"}
    first, second = client.post("/v1/articles", json=new), client.post("/v1/articles", json=new)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.headers["location"] == f"/v1/articles/{first.json()['id']}"
    assert first.json()["id"] == second.json()["id"]
    assert second.json()["revision"] == 1
    assert [quote["speaker"]["name"] for quote in first.json()["quotes"]] == ["Ada Okafor"]


def test_changed_text_under_the_same_external_id_is_the_next_revision(client):
    old = client.post("/v1/articles", json={"text": TEXT, "external_id": "x1"}).json()
    new = client.post("/v1/articles", json={"text": "Nothing was said.", "external_id": "x1"}).json()
    assert new["id"] == old["id"]
    assert new["revision"] == 2
    assert client.items(f"/v1/articles/{new['id']}/quotes") == []
    assert client.items("/v1/entities") == []


def test_a_document_without_an_article_is_a_problem_and_is_kept_with_its_reason(client):
    answer = client.post("/v1/articles", json={"raw_text": "   "})
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/unreadable-document"
    [document] = client.items("/v1/documents", state="failed")
    assert document["error"]["code"] == "no_article"
    assert client.items("/v1/articles") == []


def test_a_deleted_article_is_gone_with_all_that_was_found_in_it(client, engine):
    article_id = add_article(engine)
    [quote] = client.items("/v1/quotes")
    assert client.delete(f"/v1/articles/{article_id}").status_code == 204
    assert client.get(f"/v1/articles/{article_id}").status_code == 404
    assert client.get(f"/v1/quotes/{quote['id']}").status_code == 404
    assert client.items("/v1/entities") == []
    assert client.delete(f"/v1/articles/{article_id}").status_code == 404
    assert client.get("/v1/publishers/the-harbour-post").json()["counts"]["articles"] == 0


@pytest.mark.parametrize("path", ["/v1/articles/{}", "/v1/articles/{}/quotes", "/v1/articles/{}/mentions"])
def test_an_unknown_article_is_a_404(client, path):
    assert client.get(path.format(uuid4())).status_code == 404
