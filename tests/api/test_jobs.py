"""Documents to be read later: one by one, by URL, in batches; and the jobs that tell how far they are."""

import json
from uuid import uuid4

import pytest

from app.api import schemas
from tests.factories import TEXT
from tests.ingest.test_feed import RSS
from tests.ingest.test_standards import JSON_LD, NINJS_1
from tests.ingest.test_warc import archive, page
from tests.ingest.web import Answer, make_fetcher, run_site

LINES = {"Content-Type": "application/x-ndjson"}
LATER = {"Prefer": "respond-async"}


def post_lines(client, *lines):
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return client.post("/v1/articles:batch", content=content, headers=LINES)


def work(client):
    client.app.state.worker.run_due()


def follow(client, answer):
    assert answer.status_code == 202, answer.text
    return client.get(answer.headers["location"]).json()


def test_a_document_is_read_later_where_that_is_preferred(client):
    answer = client.post("/v1/articles", json={"text": TEXT}, headers=LATER)
    job = follow(client, answer)
    assert set(job) == set(schemas.Job.model_fields)
    assert (job["kind"], job["state"], job["counts"]) == (
        "document",
        "queued",
        {"total": 1, "done": 0, "failed": 0},
    )
    assert client.items("/v1/articles") == []
    work(client)
    job = follow(client, answer)
    assert (job["state"], job["counts"]["done"]) == ("done", 1)
    assert client.get(f"/v1/articles/{job['article_id']}").json()["text"] == TEXT


def test_a_document_that_fails_later_fails_its_job_with_the_reason(client):
    answer = client.post("/v1/articles", json={"text": " "}, headers=LATER)
    work(client)
    job = follow(client, answer)
    assert (job["state"], job["error"]["code"]) == ("failed", "no_article")
    [document] = client.items("/v1/documents", job=job["id"], state="failed")
    assert document["line"] == 1


def test_a_bad_document_is_refused_at_once_even_if_later_is_preferred(client):
    assert client.post("/v1/articles", json={}, headers=LATER).status_code == 422
    assert client.items("/v1/jobs") == []


def test_a_url_alone_is_fetched_by_a_job(make_client):
    with run_site() as site:
        site.pages["/a"] = Answer(b"<p>Lisbon slept.")
        client = make_client(fetcher=make_fetcher())
        answer = client.post("/v1/articles", json={"url": site.url + "/a", "publisher": "The Harbour Post"})
        work(client)
        job = follow(client, answer)
    assert (job["kind"], job["state"]) == ("url", "done")
    article = client.get(f"/v1/articles/{job['article_id']}").json()
    assert (article["url"], article["publisher"]["name"]) == (site.url + "/a", "The Harbour Post")


def test_a_url_inside_is_not_fetched_whatever_the_settings(client):
    with run_site() as site:
        answer = client.post("/v1/articles", json={"url": site.url + "/a"})
        work(client)
        job = follow(client, answer)
        assert site.requests == []
    assert (job["state"], job["error"]["code"]) == ("failed", "address_refused")


def test_a_batch_counts_its_lines_and_keeps_the_bad_ones_by_number(client):
    answer = post_lines(
        client, {"id": 1, "text": TEXT}, b"{broken", b"", {"text": " "}, {"id": "x"}, {"text": "Lisbon woke."}
    )
    assert answer.json()["counts"] == {"total": 5, "done": 0, "failed": 2}
    work(client)
    job = follow(client, answer)
    assert (job["kind"], job["state"]) == ("batch", "done")
    assert job["counts"] == {"total": 5, "done": 2, "failed": 3}
    failed = client.items("/v1/documents", job=job["id"], state="failed")
    codes = {document["line"]: document["error"]["code"] for document in failed}
    assert codes == {2: "bad_line", 4: "no_article", 5: "bad_line"}
    assert client.items("/v1/articles", external_id="1")


def test_a_batch_without_lines_is_done(client):
    job = follow(client, post_lines(client))
    assert (job["state"], job["counts"]["total"]) == ("done", 0)


def test_a_batch_of_bad_lines_only_has_failed(client):
    assert follow(client, post_lines(client, b"{"))["state"] == "failed"


def test_a_batch_may_be_larger_than_other_bodies_but_not_without_end(make_client):
    client = make_client(max_body_bytes=2000)
    lines = [{"text": f"Lisbon slept {number} times."} for number in range(100)]
    assert post_lines(client, *lines).json()["counts"]["total"] == 100
    too_long = post_lines(client, {"text": "a" * 3000}, {"text": "b"})
    assert too_long.json()["counts"] == {"total": 2, "done": 0, "failed": 1}

    async def chunks():
        for _ in range(300):
            yield b'{"text": "a"}\n' * 100

    answer = client.post("/v1/articles:batch", content=chunks(), headers=LINES)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(client.items("/v1/jobs")) == 2


@pytest.mark.parametrize(
    ("media_type", "content", "total"),
    [
        ("application/warc", archive(page(), page(url="https://news.test/b")), 2),
        ("application/json", json.dumps([NINJS_1, {"text": TEXT}]).encode(), 2),
        ("application/ld+json", json.dumps(JSON_LD).encode(), 1),
        ("application/rss+xml", RSS, 4),
        ("application/rss+xml", b"no feed", 1),
    ],
)
def test_a_batch_may_be_of_any_kind_a_reader_knows(client, media_type, content, total):
    answer = client.post("/v1/articles:batch", content=content, headers={"Content-Type": media_type})
    assert answer.json()["counts"]["total"] == total


@pytest.mark.parametrize("media_type", ["text/plain", "image/png", ""])
def test_a_batch_in_another_media_type_is_a_415(client, media_type):
    answer = client.post("/v1/articles:batch", content=b"{}", headers={"Content-Type": media_type})
    assert answer.status_code == 415


def test_jobs_are_listed_newest_first_and_by_state(client):
    for text in ("Lisbon slept.", " "):
        client.post("/v1/articles", json={"text": text}, headers=LATER)
        work(client)
    client.post("/v1/articles", json={"text": "Lisbon woke."}, headers=LATER)
    assert [job["state"] for job in client.items("/v1/jobs")] == ["queued", "failed", "done"]
    assert [job["state"] for job in client.items("/v1/jobs", state="failed")] == ["failed"]
    first = client.get("/v1/jobs?limit=2").json()
    rest = client.get(f"/v1/jobs?limit=2&cursor={first['next_cursor']}").json()
    assert len(first["items"] + rest["items"]) == 3


def test_only_key_bearers_may_queue(make_client):
    client = make_client(api_keys="one")
    assert post_lines(client, {"text": TEXT}).status_code == 401
    assert client.post("/v1/articles", json={"text": TEXT}, headers=LATER).status_code == 401


def failed(client):
    [document] = client.items("/v1/documents", state="failed")
    return document


def test_a_failed_document_is_tried_again_as_it_was_kept(client):
    client.app.state.pool.fails = True
    client.post("/v1/articles", json={"text": "Lisbon slept.", "headline": "Night"})
    client.app.state.pool.fails = False
    assert client.post("/v1/articles", json={"text": "Lisbon slept.", "headline": "Night"}).status_code == 422
    path = f"/v1/documents/{failed(client)['id']}/retry"
    answer = client.post(path)
    assert [document["state"] for document in client.items("/v1/documents")] == ["queued"]
    assert client.post(path).status_code == 409, "it is queued already"
    work(client)
    job = follow(client, answer)
    assert (job["kind"], job["state"]) == ("retry", "done")
    assert client.get(f"/v1/articles/{job['article_id']}").json()["headline"] == "Night"
    assert [document["state"] for document in client.items("/v1/documents")] == ["stored"]
    assert client.post(path).status_code == 409


def test_a_document_that_fails_again_is_failed_again_with_its_reason(client):
    client.post("/v1/articles", json={"text": " "})
    answer = client.post(f"/v1/documents/{failed(client)['id']}/retry")
    work(client)
    assert follow(client, answer)["state"] == "failed"
    assert failed(client)["error"]["code"] == "no_article"


def test_a_url_that_could_not_be_fetched_is_fetched_again(make_client):
    with run_site() as site:
        client = make_client(fetcher=make_fetcher())
        client.post("/v1/articles", json={"url": site.url + "/a", "headline": "Night"})
        work(client)
        site.pages["/a"] = Answer(b"<p>Lisbon slept.")
        answer = client.post(f"/v1/documents/{failed(client)['id']}/retry")
        work(client)
    job = follow(client, answer)
    assert client.get(f"/v1/articles/{job['article_id']}").json()["headline"] == "Night"
    assert [document["state"] for document in client.items("/v1/documents")] == ["stored"]


def test_a_bad_line_cannot_be_tried_again(client):
    post_lines(client, b"{broken")
    assert client.post(f"/v1/documents/{failed(client)['id']}/retry").status_code == 409


def test_what_is_not_there_cannot_be_tried_again(client):
    assert client.post(f"/v1/documents/{uuid4()}/retry").status_code == 404
