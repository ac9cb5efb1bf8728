"""Copies in the API: shown, and left out of lists and counts on request."""

from datetime import UTC, datetime

import pytest

from tests.factories import add_article, make_annotated
from tests.ingest.test_shingles import WIRE


@pytest.fixture
def articles(engine) -> tuple[str, str]:
    """Return an original and its copy."""
    text = "\n\n".join(WIRE)
    quotes = [("We cannot ask people to work under a wall that moves,", "said", "Ines Marlow")]

    def add(name: str, hour: int) -> str:
        fields = {"publisher": name, "external_id": name, "quotes": quotes, "people": ("Ines Marlow",)}
        at = datetime(2026, 3, 2, hour, tzinfo=UTC)
        return str(add_article(engine, make_annotated(text, published_at=at, **fields)))

    return add("First", 9), add("Second", 10)


def test_a_copy_names_its_original(client, articles):
    original, copy = (client.get(f"/v1/articles/{id_}").json() for id_ in articles)
    assert original["copy_of"] is None
    assert copy["copy_of"] == {"article_id": articles[0], "similarity": 1.0}
    assert client.items("/v1/articles")[0]["copy_of"] == copy["copy_of"]


@pytest.mark.parametrize("path", ["articles", "quotes"])
def test_copies_can_be_left_out_of_lists_and_counts(client, articles, path):
    everything = client.get(f"/v1/{path}?include=total").json()
    assert everything["total"] == 2
    assert client.get(f"/v1/{path}?copies=include&include=total").json() == everything
    rest = client.get(f"/v1/{path}?copies=exclude&include=total").json()
    assert rest["total"] == len(rest["items"]) == 1
    assert rest["items"][0].get("article_id", rest["items"][0]["id"]) == articles[0]
    assert client.get(f"/v1/{path}?copies=none").status_code == 422


def test_an_export_leaves_copies_out_too(client, articles):
    answer = client.get("/v1/articles?copies=exclude&format=csv&fields=id,copy_of")
    assert answer.text == f"id,copy_of.article_id,copy_of.similarity\r\n{articles[0]},,\r\n"
