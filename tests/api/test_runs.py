from uuid import uuid4

from app.api import run_schemas
from app.documents import RawDocument
from app.ingest.pipeline import ingest
from tests.factories import TEXT, make_annotated


def test_a_run_is_begun_worked_off_and_shown_with_its_differences(client, engine):
    raw = RawDocument(TEXT.encode(), "text")
    ingest(engine, raw, lambda _: make_annotated(quotes=[]), version="older")
    answer = client.post("/v1/runs", json={})
    assert answer.status_code == 202
    run = answer.json()
    assert answer.headers["location"] == f"/v1/runs/{run['id']}"
    assert (run["state"], run["progress"]) == ("running", {"total": 1, "done": 0, "failed": 0})
    assert client.post("/v1/runs", json={}).json()["id"] == run["id"]
    client.app.state.run_worker.work_off()
    run = client.get(f"/v1/runs/{run['id']}").json()
    run_schemas.Run.model_validate(run, strict=False)
    assert (run["state"], run["progress"]["done"]) == ("done", 1)
    assert client.items("/v1/runs", state="done") == [run]
    assert client.items("/v1/runs", state="running") == []
    found = client.items(f"/v1/runs/{run['id']}/differences")
    for difference in found:
        run_schemas.Difference.model_validate(difference, strict=False)
    [quote] = client.items("/v1/quotes")
    assert [(item["change"], item["quote_id"]) for item in found] == [("appeared", quote["id"])]


def test_an_unknown_run_is_a_404(client):
    assert client.get(f"/v1/runs/{uuid4()}").status_code == 404
    assert client.get(f"/v1/runs/{uuid4()}/differences").status_code == 404


def test_only_bearers_of_a_key_may_begin_a_run_where_keys_are_set(make_client):
    client = make_client(api_keys="one")
    assert client.post("/v1/runs", json={}).status_code == 401
    assert client.get("/v1/runs").status_code == 200


def test_a_run_takes_no_other_fields(client):
    assert client.post("/v1/runs", json={"until": "x"}).status_code == 422
