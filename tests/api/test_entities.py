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
    assert set(entity) == set(schemas.Entity.model_fields)
    schemas.Entity.model_validate(entity, strict=False)
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


@pytest.mark.parametrize("tail", ["", "/quotes", "/mentions", "/articles"])
def test_an_unknown_entity_is_a_404(client, tail):
    assert client.get(f"/v1/entities/{uuid4()}{tail}").status_code == 404


def test_a_publisher_is_found_by_slug_and_by_id(client, engine):
    add_article(engine, text=TEXT)
    [publisher] = client.items("/v1/publishers")
    assert set(publisher) == set(schemas.Publisher.model_fields)
    assert client.get("/v1/publishers/the-harbour-post").json() == publisher
    assert client.get(f"/v1/publishers/{publisher['id']}").json() == publisher
    assert client.get("/v1/publishers/nobody").status_code == 404
