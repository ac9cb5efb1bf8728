from uuid import uuid4

import pytest

from app.api import schemas

URL = "https://news.test/feed.xml"


def add(client, **fields):
    return client.post("/v1/feeds", json={"url": URL} | fields)


def test_a_feed_is_added_once_listed_paused_and_deleted(client):
    answer = add(client, publisher="The Harbour Post")
    feed = answer.json()
    assert (answer.status_code, set(feed)) == (201, set(schemas.Feed.model_fields))
    path = f"/v1/feeds/{feed['id']}"
    assert answer.headers["location"] == path
    assert add(client).status_code == 200
    assert client.items("/v1/feeds") == [feed]
    paused = client.request("PATCH", path, json={"state": "paused"})
    assert (paused.status_code, paused.json()["state"]) == (200, "paused")
    assert client.items("/v1/feeds", state="active") == []
    assert client.get(path).json()["state"] == "paused"
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404
    assert client.items("/v1/feeds") == []


@pytest.mark.parametrize(
    "body",
    [{}, {"url": "file:///etc/passwd"}, {"url": "feed"}, {"url": URL, "publisher": ""}, {"url": URL, "x": 1}],
)
def test_a_bad_feed_is_refused(client, body):
    assert client.post("/v1/feeds", json=body).status_code == 422


def test_a_feed_that_is_not_there_cannot_be_changed(client):
    path = f"/v1/feeds/{uuid4()}"
    assert client.get(path).status_code == 404
    assert client.request("PATCH", path, json={"state": "paused"}).status_code == 404
    assert client.request("PATCH", path, json={"state": "asleep"}).status_code == 422


def test_a_feed_inside_is_added_and_never_reached(client):
    client.post("/v1/feeds", json={"url": "http://127.0.0.1:1/feed"})
    client.app.state.worker.poll_feeds()
    [feed] = client.items("/v1/feeds")
    assert (feed["error"]["code"], feed["failure_count"]) == ("address_refused", 1)


def test_only_key_bearers_may_change_feeds(make_client):
    client = make_client(api_keys="one")
    path = f"/v1/feeds/{uuid4()}"
    assert add(client).status_code == 401
    assert client.request("PATCH", path, json={"state": "paused"}).status_code == 401
    assert client.delete(path).status_code == 401
    assert client.get("/v1/feeds").status_code == 200
