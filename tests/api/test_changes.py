from app.api import change_schemas
from tests.factories import TEXT, add_article


def test_changes_are_listed_in_order_and_followed_by_their_number(client, engine):
    add_article(engine)
    items = client.items("/v1/changes")
    for item in items:
        change_schemas.Change.model_validate(item, strict=False)
    assert [item["number"] for item in items] == list(range(1, len(items) + 1))
    assert client.get("/v1/changes/last").json() == {"number": len(items)}
    assert client.items("/v1/changes", after=len(items)) == []
    first = client.get("/v1/changes?limit=1").json()
    rest = client.get(f"/v1/changes?limit=200&cursor={first['next_cursor']}").json()["items"]
    assert first["items"] + rest == items


def test_changes_are_filtered_by_what_they_concern(client, engine):
    add_article(engine)
    add_article(engine, text="Nobody spoke.", publisher="The Other Post")
    [quote] = client.items("/v1/quotes")
    speaker = quote["speaker"]["entity_id"]
    [said] = client.items("/v1/changes", entity=speaker, kind="quote")
    assert (said["id"], said["article_id"], said["change"]) == (quote["id"], quote["article_id"], "created")
    [article, story] = client.items("/v1/changes", publisher="the-other-post")
    assert (article["kind"], story["kind"]) == ("article", "story")
    assert story["article_id"] == article["id"]
    assert client.items("/v1/changes", publisher="nobody") == []
    assert client.items("/v1/changes", change="merged") == []


def test_a_bad_number_is_refused(client):
    for value in (-1, "x", 1 << 60):
        assert client.get(f"/v1/changes?after={value}").status_code == 422


def test_a_deleted_article_is_told(client):
    article = client.post("/v1/articles", json={"text": TEXT}).json()
    client.delete(f"/v1/articles/{article['id']}")
    [deleted] = client.items("/v1/changes", kind="article", change="deleted")
    assert deleted["id"] == article["id"]
