"""Hostile input gets a clear problem and changes nothing."""

import json
from urllib.parse import quote

import pytest

from tests.factories import add_article


def stored(client):
    return len(client.items("/v1/articles"))


def post(client, content, media_type="application/json"):
    return client.post("/v1/articles", content=content, headers={"Content-Type": media_type})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b'{"text": "\xff"}', 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"text": "a", "raw_text": "b"}', 422),
        (b'{"text": "a\\u0000b"}', 422),
        (b'{"text": "a\\ud800b"}', 422),
        (b'{"text": "a", "headline": "\\udfff"}', 422),
        (b'{"text": "a", "published_at": "2026-03-02T10:00:00"}', 422),
        (b'{"text": "a", "published_at": "0001-01-01T00:00:00+14:00"}', 422),
        (b'{"text": "a", "published_at": NaN}', 422),
        (b'{"text": "a", "published_at": 1e400}', 422),
        (b'{"text": "a", "url": "file:///etc/passwd"}', 422),
        (b'{"text": "a", "url": "javascript:alert(1)"}', 422),
        (b'{"text": "a", "language": "' + b"x" * 100 + b'"}', 422),
        (b'{"text": "a", "unknown": 1}', 422),
        (b'{"text": ' + b"9" * 100_000 + b"}", 400),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"text": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}", 400),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_body_is_refused_and_nothing_is_stored(client, body, status):
    answer = post(client, body)
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert stored(client) == 0


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_another_media_type_is_a_415(client, media_type):
    assert post(client, b'{"text": "a"}', media_type).status_code == 415


def test_a_body_over_the_limit_is_a_413_whether_or_not_it_says_its_length(make_client):
    client = make_client(max_body_bytes=2000)
    body = json.dumps({"text": "a" * 3000}).encode()

    async def chunks():
        for at in range(0, len(body), 100):
            yield body[at : at + 100]

    for content in (body, chunks()):
        answer = post(client, content)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
    assert stored(client) == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> “Yes,” said Ada Okafor.",
        "Robert'); DROP TABLE article;-- said Ada Okafor.",
        "\u202eright to left\u202c said Ada Okafor.",
        "e\u0301" * 2000 + " said Ada Okafor.",
        "🏴\u200d☠️ “Arr,” said Ada Okafor.",
    ],
)
def test_strange_text_is_stored_and_served_as_it_came(client, text):
    answer = client.post("/v1/articles", json={"text": text})
    assert answer.status_code == 201, answer.text
    assert answer.json()["text"] == text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "value",
    [
        "'",
        "' OR '1'='1",
        '"; DROP TABLE quote; --',
        "%",
        "_",
        "\\",
        "\u0000",
        "\U0010ffff",
        "a" * 300,
        "{}",
        "$1",
    ],
)
def test_injected_syntax_in_any_parameter_finds_nothing_and_breaks_nothing(client, engine, value):
    add_article(engine)
    for path, name in (
        ("articles", "publisher"),
        ("articles", "speaker"),
        ("articles", "language"),
        ("articles", "external_id"),
        ("articles", "warning"),
        ("articles", "q"),
        ("quotes", "speaker"),
        ("quotes", "q"),
        ("entities", "q"),
        ("stories", "publisher"),
        ("stories", "speaker"),
        ("stories", "q"),
        ("articles", "cursor"),
        ("articles", "fields"),
    ):
        answer = client.get(f"/v1/{path}", params={name: value})
        assert answer.status_code in {200, 422}, (path, name, answer.text)
        assert answer.status_code == 422 or answer.json()["items"] == []
    assert client.get(f"/v1/publishers/{quote(value, safe='')}").status_code in {
        404,
        422,
    }
    assert stored(client) == 1


def test_a_bad_cursor_is_never_a_fault(client, engine):
    for number in range(3):
        add_article(engine, content=str(number))
    cursor = client.get("/v1/articles?limit=1").json()["next_cursor"]
    for at in range(len(cursor)):
        for letter in "A_z9":
            changed = cursor[:at] + letter + cursor[at + 1 :]
            assert client.get(f"/v1/articles?limit=1&cursor={changed}").status_code in {200, 422}
