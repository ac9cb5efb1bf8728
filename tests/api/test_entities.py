from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.api import schemas
from tests.factories import TEXT, add_article


@pytest.fixture
def ids(client, engine):
    add_article(engine)
    add_article(engine, text="Ada Okafor flew to Porto.", people=("Ada Okafor",), places=("Porto",))
    return {item["name"]: item["id"] for item in client.items("/v1/entities")}


def test_an_entity_has_the_documented_shape(client, ids):
    entity = client.get(f"/v1/entities/{ids['Ada Okafor']}").json()
    assert set(entity) == set(schemas.EntityDetail.model_fields)
    schemas.EntityDetail.model_validate(entity, strict=False)
    assert entity["counts"] == {"mentions": 2, "articles": 2, "quotes": 1}
    assert entity["aliases"] == ["Ada Okafor"]
    assert entity["roles"] == ["mayor"]


def test_one_person_of_two_articles_is_one_entity(client, ids):
    assert sorted(ids) == ["Ada Okafor", "Lisbon", "Porto"]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"type": "place"}, ["Lisbon", "Porto"]),
        ({"type": ["place", "person"]}, ["Ada Okafor", "Lisbon", "Porto"]),
        ({"q": "ada"}, ["Ada Okafor"]),
        ({"q": "okafor"}, []),
        ({"q": "L"}, ["Lisbon"]),
        ({"sort": "-quote_count", "limit": 1}, ["Ada Okafor"]),
        ({"sort": "-mention_count", "limit": 1}, ["Ada Okafor"]),
    ],
)
def test_entities_are_filtered_and_sorted(client, ids, parameters, names):
    assert [item["name"] for item in client.items("/v1/entities", **parameters)] == names


def test_what_an_entity_said_and_where_it_is_mentioned(client, ids):
    person = ids["Ada Okafor"]
    assert client.items(f"/v1/entities/{person}/quotes") == client.items("/v1/quotes", speaker=person)
    assert len(client.items(f"/v1/entities/{person}/mentions")) == 2
    assert len(client.items(f"/v1/entities/{person}/articles")) == 2
    mention = client.items(f"/v1/entities/{person}/mentions")[0]
    schemas.Mention.model_validate(mention, strict=False)
    assert set(mention) == set(schemas.Mention.model_fields)


def test_counts_follow_when_an_article_goes(client, engine, ids):
    [article] = client.items("/v1/articles", entity=ids["Porto"])
    client.delete(f"/v1/articles/{article['id']}")
    entity = client.get(f"/v1/entities/{ids['Ada Okafor']}").json()
    assert entity["counts"] == {"mentions": 1, "articles": 1, "quotes": 1}
    assert client.get(f"/v1/entities/{ids['Porto']}").status_code == 404


@pytest.mark.parametrize("tail", ["", "/quotes", "/mentions", "/articles", "/related", "/candidates"])
def test_an_unknown_entity_is_a_404(client, tail):
    assert client.get(f"/v1/entities/{uuid4()}{tail}").status_code == 404


def test_a_publisher_is_found_by_slug_and_by_id(client, engine):
    add_article(engine, text=TEXT)
    [publisher] = client.items("/v1/publishers")
    assert set(publisher) == set(schemas.Publisher.model_fields)
    assert client.get("/v1/publishers/the-harbour-post").json() == publisher
    assert client.get(f"/v1/publishers/{publisher['id']}").json() == publisher
    assert client.get("/v1/publishers/nobody").status_code == 404


def test_the_whole_of_a_name_finds_its_bearers(client, ids):
    assert [item["name"] for item in client.items("/v1/entities", name="ADA okafor")] == ["Ada Okafor"]
    assert client.items("/v1/entities", name="Okafor") == []


def test_names_and_roles_tell_when_they_were_printed(client, engine, ids):
    later = datetime(2026, 5, 1, tzinfo=UTC)
    add_article(engine, text="Ada Okafor spoke. Ada Okafor left.", published_at=later, places=())
    entity = client.get(f"/v1/entities/{ids['Ada Okafor']}").json()
    [use] = entity["alias_uses"]
    assert use == {
        "name": "Ada Okafor",
        "mentions": 4,
        "first_seen_at": "2026-03-02T09:30:00Z",
        "last_seen_at": "2026-05-01T00:00:00Z",
    }
    assert [use["mentions"] for use in entity["role_uses"]] == [3]


def test_a_name_goes_with_the_last_article_that_prints_it(client, engine):
    both = "Ada Okafor met Ada K. Okafor."
    one = add_article(engine, text=both, people=("Ada Okafor", "Ada K. Okafor"), places=())
    add_article(engine, text="Ada Okafor left.", places=())
    [entity] = client.items("/v1/entities", name="Ada K. Okafor")
    client.delete(f"/v1/articles/{one}")
    assert client.get(f"/v1/entities/{entity['id']}").status_code in {200, 404}
    assert client.items("/v1/entities", name="Ada K. Okafor") == []


def test_entities_of_the_same_articles_are_related(client, ids):
    related = client.items(f"/v1/entities/{ids['Ada Okafor']}/related")
    assert {item["name"]: item["article_count"] for item in related} == {"Lisbon": 1, "Porto": 1}
    for item in related:
        schemas.RelatedEntity.model_validate(item, strict=False)
    pages = client.get(f"/v1/entities/{ids['Ada Okafor']}/related?limit=1").json()
    rest = client.items(f"/v1/entities/{ids['Ada Okafor']}/related", limit=1, cursor=pages["next_cursor"])
    assert pages["items"] + rest == related
    assert client.items(f"/v1/entities/{ids['Ada Okafor']}/related", type="person") == []


def test_what_the_resolver_was_unsure_of_is_listed_from_both_ends(client, engine, ids):
    add_article(engine, text="A. Okafor slept.", people=("A. Okafor",), places=())
    [doubtful] = client.items("/v1/entities", name="A. Okafor")
    [pair] = client.items("/v1/candidates")
    schemas.Candidate.model_validate(pair, strict=False)
    assert (pair["entity"]["id"], pair["candidate"]["id"]) == (doubtful["id"], ids["Ada Okafor"])
    assert "initial" in pair["reason"]
    for entity_id in (doubtful["id"], ids["Ada Okafor"]):
        assert client.items(f"/v1/entities/{entity_id}/candidates") == [pair]
    assert client.items(f"/v1/entities/{ids['Lisbon']}/candidates") == []


def test_ids_of_the_operators_table_are_shown_with_what_matched(make_client, tmp_path):
    table = tmp_path / "ids.tsv"
    table.write_text("Q101\tperson\tAda Okafor\n", encoding="utf-8")
    client = make_client(same_as=table)
    add_article(client.app.state.engine)
    [person, place] = client.items("/v1/entities")
    assert person["same_as"] == ["http://www.wikidata.org/entity/Q101"]
    assert person["same_as_origin"] == {"table": "ids.tsv", "matched": "Ada Okafor"}
    assert (place["same_as"], place["same_as_origin"]) == ([], None)
    [article] = client.items("/v1/articles")
    detail = client.get(f"/v1/articles/{article['id']}?include=entities").json()
    assert detail["entities"] == [person, place]
