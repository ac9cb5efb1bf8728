"""An article's revisions, and what differs between two."""

from uuid import uuid4

import pytest

from tests.factories import TEXT, add_article, make_annotated

LATER = TEXT.replace("We will rebuild the bridge,", "We will not rebuild the bridge,")


@pytest.fixture
def article_id(engine) -> str:
    """Return an article printed twice: what was said has changed, and a sentence has come."""
    add_article(engine, external_id="bridge", headline="Mayor to rebuild bridge")
    quotes = [("We will not rebuild the bridge,", "said", "Mayor Ada Okafor")]
    text = LATER + "\n\nWork was to begin in May."
    headline = "Mayor drops bridge"
    return str(
        add_article(engine, make_annotated(text, quotes=quotes, external_id="bridge", headline=headline))
    )


def test_revisions_are_listed_with_the_current_one_first(client, article_id):
    path = f"/v1/articles/{article_id}/revisions"
    revisions = client.items(path)
    assert [(one["number"], one["is_current"]) for one in revisions] == [(2, True), (1, False)]
    first = client.get(f"{path}?limit=1").json()
    following = client.get(path, params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert first["items"] + following["items"] == revisions
    assert following["next_cursor"] is None


def test_a_revision_is_the_article_as_it_was(client, article_id):
    path = f"/v1/articles/{article_id}/revisions"
    earlier, current = (client.get(f"{path}/{number}").json() for number in (1, 2))
    assert (earlier["is_current"], current["is_current"]) == (False, True)
    assert earlier["article"]["headline"] == "Mayor to rebuild bridge"
    assert earlier["article"]["text"] == TEXT
    assert earlier["article"]["publisher"]["name"] == "The Harbour Post"
    assert earlier["quotes"][0]["speaker"]["name"] == "Ada Okafor"
    now = client.get(f"/v1/articles/{article_id}?include=quotes").json()
    assert current["quotes"] == now.pop("quotes")
    assert current["article"] == now


def test_what_differs_is_told_word_by_word_and_quote_by_quote(client, article_id):
    answer = client.get(f"/v1/articles/{article_id}/revisions/2/differences").json()
    assert (answer["from_number"], answer["to_number"]) == (1, 2)
    changes = [(one["op"], one["before_text"], one["after_text"]) for one in answer["text"]]
    assert [change for change in changes if change[0] != "equal"] == [
        ("insert", "", "not"),
        ("insert", "", "Work was to begin in May."),
    ]
    [quote] = answer["quotes"]
    assert quote["change"] == "changed"
    assert quote["before"]["text"] == "We will rebuild the bridge,"
    assert quote["after"]["text"] == "We will not rebuild the bridge,"


def test_revisions_can_be_compared_the_other_way_round(client, article_id):
    answer = client.get(f"/v1/articles/{article_id}/revisions/1/differences?from=2").json()
    ops = {one["op"] for one in answer["text"]}
    assert ops == {"equal", "delete"}
    same = client.get(f"/v1/articles/{article_id}/revisions/2/differences?from=2").json()
    assert ({one["op"] for one in same["text"]}, same["quotes"]) == ({"equal"}, [])


def test_a_correction_is_no_difference_between_revisions(client, engine, article_id):
    quote_id = client.items("/v1/quotes")[0]["id"]
    correction = {"kind": "reject", "quote_id": quote_id, "author": "jo.day", "reason": "No quote."}
    assert client.post("/v1/corrections", json=correction).status_code == 201
    assert client.items("/v1/quotes") == []
    assert len(client.get(f"/v1/articles/{article_id}/revisions/2").json()["quotes"]) == 1


def test_quotes_that_came_and_went_are_told_apart(client, engine):
    add_article(engine, external_id="bridge")
    text = "“Nobody asked the ferrymen,” said Ada Okafor."
    quotes = [("Nobody asked the ferrymen,", "said", "Ada Okafor")]
    article_id = add_article(engine, make_annotated(text, quotes=quotes, external_id="bridge"))
    answer = client.get(f"/v1/articles/{article_id}/revisions/2/differences").json()
    assert [one["change"] for one in answer["quotes"]] == ["vanished", "appeared"]
    assert [one["before"] is None for one in answer["quotes"]] == [False, True]


@pytest.mark.parametrize(
    ("path", "status"),
    [("3", 404), ("0", 422), ("99999999999", 422), ("1/differences", 422), ("2/differences?from=9", 404)],
)
def test_what_is_not_there_is_a_problem(client, article_id, path, status):
    assert client.get(f"/v1/articles/{article_id}/revisions/{path}").status_code == status


def test_an_unknown_article_has_no_revisions(client):
    for path in ("", "/1", "/2/differences"):
        assert client.get(f"/v1/articles/{uuid4()}/revisions{path}").status_code == 404


def test_revisions_go_with_their_article(client, article_id):
    client.delete(f"/v1/articles/{article_id}")
    assert client.get(f"/v1/articles/{article_id}/revisions").status_code == 404
