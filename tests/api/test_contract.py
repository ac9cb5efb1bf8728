"""What holds for every route: problems, conditional requests, HEAD, compression, CORS, request ids, keys."""

import logging
import re
from uuid import UUID, uuid4

import pytest
from openapi_spec_validator import validate

from app.api.problems import KINDS
from tests.factories import TEXT, add_article

LISTS = ("articles", "quotes", "entities", "stories", "publishers", "documents", "jobs", "feeds", "changes")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1/articles/not-a-uuid", 422),
        ("PUT", "/v1/articles", 405),
        ("GET", "/v1/articles?limit=0", 422),
        ("GET", "/v1/articles?limit=201", 422),
        ("GET", "/v1/articles?unknown=1", 422),
        ("GET", "/v1/articles?limit=1&limit=2", 422),
        ("GET", "/v1/articles?published_from=2026-03-02", 422),
        ("GET", "/v1/articles?published_from=0001-01-01T00:00:00%2B14:00", 422),
        ("GET", "/v1/quotes?kind=shouted", 422),
        ("GET", "/v1/quotes?min_confidence=2", 422),
        ("GET", "/v1/quotes?min_confidence=NaN", 422),
        ("GET", "/v1/articles?q=%2A", 422),
        ("GET", "/v1/stories?min_publishers=0", 422),
        ("GET", "/v1/articles?cursor=AAAA", 422),
        ("GET", "/livez?x=1", 422),
        ("DELETE", f"/v1/articles/{uuid4()}?force=1", 422),
    ],
)
def test_every_error_is_a_problem(client, method, path, status):
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    assert problem["status"] == status
    assert client.get(problem["type"]).json()["status"] == status
    if status == 422:
        assert all(error["pointer"].startswith("/") for error in problem["errors"])


def test_a_fault_of_ours_is_a_problem_without_its_details(client):
    @client.app.get("/fault")
    def fault():
        raise RuntimeError("secret")

    logging.disable()
    answer = client.get("/fault")
    logging.disable(logging.NOTSET)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_a_cursor_of_another_list_or_other_filters_is_refused(client, engine):
    for number in range(3):
        add_article(engine, content=str(number))
    cursor = client.get("/v1/articles?limit=1").json()["next_cursor"]
    assert client.get(f"/v1/articles?limit=2&cursor={cursor}").status_code == 200
    assert client.get(f"/v1/articles?language=en&cursor={cursor}").status_code == 422
    assert client.get(f"/v1/quotes?cursor={cursor}").status_code == 422


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_items_and_cursors(client, engine, name):
    add_article(engine)
    assert set(client.get(f"/v1/{name}").json()) == {"items", "next_cursor", "prev_cursor"}


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/quotes", "/livez"])
def test_what_the_client_has_already_is_answered_304(client, engine, path):
    add_article(engine)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    add_article(engine, content="another")
    if path != "/livez":
        assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_head_answers_as_get_without_a_body(client, engine):
    path = f"/v1/articles/{add_article(engine)}"
    head, get = client.request("HEAD", path), client.get(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert client.request("HEAD", "/v1/articles?limit=0").status_code == 422


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_bodies_are_compressed_on_request(client, engine, encoding):
    path = f"/v1/articles/{add_article(engine)}"
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert answer.headers["content-encoding"] == encoding
    assert client.get(path, headers={"Accept-Encoding": "identity"}).headers.get("content-encoding") is None


def test_a_request_id_is_kept_when_it_is_a_plain_token_and_made_otherwise(client):
    assert client.get("/livez", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    UUID(client.get("/livez").headers["x-request-id"])
    UUID(client.get("/livez", headers={"X-Request-ID": 'x" y'}).headers["x-request-id"])


def test_browsers_may_call_from_configured_origins_only(make_client):
    open_, closed = make_client(cors_origins="https://news.test"), make_client()
    asked = {"Origin": "https://news.test"}
    assert open_.get("/livez", headers=asked).headers["access-control-allow-origin"] == "https://news.test"
    assert "access-control-allow-origin" not in closed.get("/livez", headers=asked).headers
    asked = {"Origin": "https://other.test"}
    assert "access-control-allow-origin" not in open_.get("/livez", headers=asked).headers


def test_with_keys_only_their_bearers_may_write(make_client):
    client = make_client(api_keys="one,two")
    new = {"text": TEXT}
    assert client.post("/v1/articles", json=new).status_code == 401
    refused = client.post("/v1/articles", json=new, headers={"Authorization": "Bearer three"})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    added = client.post("/v1/articles", json=new, headers={"Authorization": "Bearer two"})
    assert added.status_code == 201
    path = f"/v1/articles/{added.json()['id']}"
    assert client.get(path).status_code == 200
    assert client.delete(path).status_code == 401
    assert client.delete(path, headers={"Authorization": "bearer one"}).status_code == 204


def test_metrics_count_requests_by_route(client, engine):
    client.get(f"/v1/articles/{add_article(engine)}")
    assert re.search(
        r'onrecord_requests_total\{method="GET",route="/v1/articles/\{article_id\}",status="200"\} \d',
        client.get("/metrics").text,
    )


def test_metrics_tell_how_many_documents_there_are_and_what_they_take(client, engine):
    add_article(engine)
    add_article(engine, content="another")
    [kept, _] = client.items("/v1/documents")
    metrics = client.get("/metrics").text
    assert 'onrecord_documents{state="stored"} 2.0' in metrics
    taken = sum(document["kept_byte_count"] for document in client.items("/v1/documents"))
    assert f'onrecord_documents_kept_bytes{{state="stored"}} {float(taken)}' in metrics
    assert kept["kept_byte_count"] > 0


def test_metrics_tell_how_many_articles_have_a_warning(client, engine):
    add_article(engine, warnings=("language_not_read", "possibly_truncated"))
    add_article(engine, content="another", warnings=("language_not_read",))
    metrics = client.get("/metrics").text
    assert 'onrecord_articles_warned{warning="language_not_read"} 2.0' in metrics
    assert 'onrecord_articles_warned{warning="possibly_truncated"} 1.0' in metrics


def test_documents_are_not_kept_where_the_operator_says_so(make_client):
    client = make_client(keep_documents=False)
    new = {"text": TEXT, "external_id": "x1"}
    first, second = client.post("/v1/articles", json=new), client.post("/v1/articles", json=new)
    assert (first.status_code, second.status_code) == (201, 200)
    client.post("/v1/articles", json={"text": " "})
    failed, stored = client.items("/v1/documents")
    assert (stored["kept_byte_count"], failed["kept_byte_count"]) == (0, 0)
    assert stored["byte_count"] == len(TEXT.encode())
    assert client.post(f"/v1/documents/{failed['id']}/retry").status_code == 409
    assert client.get(f"/v1/articles/{first.json()['id']}").json()["text"] == TEXT


def test_the_docs_page_needs_no_other_host(client):
    page = client.get("/docs").text
    urls = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)""", page)
    assert urls
    assert all(url.startswith("/") for url in urls)
    for url in urls:
        assert client.get(url).status_code == 200


def test_the_openapi_document_is_valid_and_its_errors_are_problems(client):
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    validate(document)
    problem = {"$ref": "#/components/schemas/Problem"}
    for path in document["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if status >= "400" and not (
                    status == "503" and operation["operationId"] == "check_readiness"
                ):
                    assert answer["content"] == {"application/problem+json": {"schema": problem}}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_each_kind_of_problem_has_an_explanation(client):
    for slug, kind in KINDS.items():
        assert client.get(f"/problems/{slug}").json()["title"] == kind.title


def test_readiness_waits_for_models_and_seeds(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["state"] == "loading models"
    assert answer.json()["database"] is True
