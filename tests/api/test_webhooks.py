import base64
from uuid import uuid4

import pytest

from app.api import webhook_schemas

NEW = {"url": "https://news.example/hook", "kinds": ["quote"], "changes": ["created"]}


def add(client, **fields):
    answer = client.post("/v1/webhooks", json=NEW | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_webhook_is_added_with_a_secret_that_is_shown_once(client):
    made = add(client)
    webhook_schemas.WebhookWithSecret.model_validate(made, strict=False)
    assert len(base64.b64decode(made.pop("secret").removeprefix("whsec_"))) == 32
    assert client.items("/v1/webhooks") == [made]
    assert client.get(f"/v1/webhooks/{made['id']}").json() == made


def test_a_webhook_is_paused_resumed_and_deleted(client):
    path = f"/v1/webhooks/{add(client)['id']}"
    assert client.post(f"{path}/pause").json()["state"] == "paused"
    assert client.items("/v1/webhooks", state="active") == []
    assert client.post(f"{path}/resume").json()["state"] == "active"
    assert client.items(f"{path}/deliveries") == []
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example", "https://", "https://me:pass@a.example", "https://a.example/ b", "x", "http://a:x/"],
)
def test_a_url_nothing_can_be_posted_to_is_refused(client, url):
    answer = client.post("/v1/webhooks", json=NEW | {"url": url})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/url"


def test_an_unknown_webhook_is_a_404(client):
    for method, path in (("GET", ""), ("GET", "/deliveries"), ("POST", "/pause"), ("POST", "/resume")):
        assert client.request(method, f"/v1/webhooks/{uuid4()}{path}").status_code == 404


def test_where_keys_are_set_nobody_without_one_sees_webhooks(make_client):
    client = make_client(api_keys="one")
    bearer = {"Authorization": "Bearer one"}
    assert client.post("/v1/webhooks", json=NEW).status_code == 401
    made = client.post("/v1/webhooks", json=NEW, headers=bearer).json()
    for path in ("", f"/{made['id']}", f"/{made['id']}/deliveries"):
        assert client.get(f"/v1/webhooks{path}").status_code == 401
        assert client.get(f"/v1/webhooks{path}", headers=bearer).status_code == 200
