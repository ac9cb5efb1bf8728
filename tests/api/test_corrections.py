"""Corrections over HTTP: they hold at once, everywhere, and after every later reading."""

from uuid import uuid4

import pytest

from app.api.correction_schemas import Correction
from tests.factories import add_article, make_annotated

WHO = {"author": "jo.day", "reason": "The byline says so."}
LETTER = "“Boats first,” said A. Okafor in Porto."


def add_all(engine, **options):
    """Two articles of the mayor, one of someone the resolver kept apart."""
    return [
        add_article(engine, make_annotated(), content="one", **options),
        add_article(engine, make_annotated(), content="two", **options),
        add_article(
            engine,
            make_annotated(
                LETTER,
                people=("A. Okafor",),
                places=("Porto",),
                quotes=[("Boats first,", "said", "A. Okafor")],
            ),
            content="three",
            **options,
        ),
    ]


@pytest.fixture
def articles(client, engine):
    return list(map(str, add_all(engine)))


@pytest.fixture
def ids(client, articles):
    return {item["name"]: item["id"] for item in client.items("/v1/entities")}


def correct(client, **fields):
    answer = client.post("/v1/corrections", json=WHO | fields)
    assert answer.status_code == 201, answer.text
    correction = answer.json()
    Correction.model_validate(correction, strict=False)
    assert answer.headers["location"] == f"/v1/corrections/{correction['id']}"
    assert client.get(answer.headers["location"]).json() == correction
    return correction


def refuse(client, **fields):
    answer = client.post("/v1/corrections", json=WHO | fields)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, [error["pointer"] for error in answer.json()["errors"]]


def restore(client, correction):
    return correct(client, kind="restore", correction_id=correction["id"])


def states(client, **filters):
    return [(item["kind"], item["state"]) for item in client.items("/v1/corrections", **filters)]


def everything(client):
    """Return all that is served, as lists show it, less what each reading changes."""
    lists = ["articles", "quotes", "entities", "candidates"]
    lists += [f"entities/{item['id']}/{tail}" for item in client.items("/v1/entities", limit=200) for tail in
              ("quotes", "mentions", "articles", "related")]  # fmt: skip
    return {
        name: [
            {field: value for field, value in item.items() if field not in {"revision", "ingested_at"}}
            for item in client.items(f"/v1/{name}", limit=200)
        ]
        for name in lists
    }


def test_a_merged_entity_is_its_survivor_in_every_list_and_count(client, ids):
    into, gone = ids["Ada Okafor"], ids["A. Okafor"]
    correct(client, kind="merge", entity_id=gone, into_id=into)
    entity = client.get(f"/v1/entities/{into}").json()
    assert entity["counts"] == {"mentions": 3, "articles": 3, "quotes": 3}
    assert entity["aliases"] == ["Ada Okafor", "A. Okafor"]
    assert len(client.items("/v1/quotes", speaker=into)) == 3
    assert len(client.items(f"/v1/entities/{into}/mentions")) == 3
    assert len(client.items(f"/v1/entities/{into}/articles")) == 3
    assert [item["name"] for item in client.items("/v1/entities", type="person")] == ["Ada Okafor"]
    assert client.items("/v1/candidates") == []


def test_a_pair_kept_apart_is_no_candidate_until_restored(client, ids):
    pair = client.items("/v1/candidates")
    kept = correct(client, kind="keep_apart", entity_id=ids["Ada Okafor"], candidate_id=ids["A. Okafor"])
    assert (kept["entity_id"], kept["candidate_id"]) == (ids["Ada Okafor"], ids["A. Okafor"])
    assert kept["into_id"] is None
    assert len(pair) == 1
    assert client.items("/v1/candidates") == []
    assert client.items(f"/v1/entities/{ids['A. Okafor']}/candidates") == []
    restore(client, kept)
    assert client.items("/v1/candidates") == pair


def test_a_merge_overrules_keeping_apart(client, ids):
    correct(client, kind="keep_apart", entity_id=ids["Ada Okafor"], candidate_id=ids["A. Okafor"])
    merge = correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    assert states(client) == [("merge", "in force"), ("keep_apart", "overruled")]
    restore(client, merge)
    assert states(client, kind="keep_apart") == [("keep_apart", "in force")]


@pytest.mark.parametrize(
    ("candidate", "status"), [("Ada Okafor", 422), ("A. Okafor", 409)], ids=["itself", "merged into it"]
)
def test_what_is_one_cannot_be_kept_apart(client, ids, candidate, status):
    correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    asked = {"entity_id": ids["Ada Okafor"], "candidate_id": ids[candidate], "author": "a", "reason": "b"}
    assert client.post("/v1/corrections", json={"kind": "keep_apart", **asked}).status_code == status


@pytest.mark.parametrize("tail", ["", "/quotes", "/mentions", "/articles", "/related", "/candidates"])
def test_a_merged_id_points_to_its_survivor(client, ids, tail):
    into, gone = ids["Ada Okafor"], ids["A. Okafor"]
    correct(client, kind="merge", entity_id=gone, into_id=into)
    answer = client.get(f"/v1/entities/{gone}{tail}?fields=id")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/entities/{into}{tail}?fields=id"


def test_a_merged_id_still_works_as_a_filter(client, ids):
    into, gone = ids["Ada Okafor"], ids["A. Okafor"]
    correct(client, kind="merge", entity_id=gone, into_id=into)
    assert client.items("/v1/quotes", speaker=gone) == client.items("/v1/quotes", speaker=into)
    assert client.items("/v1/articles", entity=gone) == client.items("/v1/articles", entity=into)


def test_restoring_a_merge_gives_back_what_was_found(client, ids):
    before = everything(client)
    merge = correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    assert everything(client) != before
    undo = restore(client, merge)
    assert everything(client) == before
    assert states(client) == [("restore", "in force"), ("merge", "undone")]
    restore(client, undo)
    assert states(client) == [("restore", "in force"), ("restore", "undone"), ("merge", "in force")]
    assert client.get(f"/v1/entities/{ids['A. Okafor']}").status_code == 308


def test_a_new_name_and_type_show_at_once_and_old_names_still_find_it(client, ids):
    entity = ids["Porto"]
    correct(client, kind="rename", entity_id=entity, name="Oporto")
    correct(client, kind="retype", entity_id=entity, type="organization")
    assert [item["id"] for item in client.items("/v1/entities", q="oporto")] == [entity]
    assert [item["id"] for item in client.items("/v1/entities", q="porto")] == [entity]
    assert [item["name"] for item in client.items("/v1/entities", type="organization")] == ["Oporto"]


def test_of_two_names_the_later_wins_and_the_earlier_comes_back_with_its_restoration(client, ids):
    entity = ids["Porto"]
    correct(client, kind="rename", entity_id=entity, name="Oporto")
    later = correct(client, kind="rename", entity_id=entity, name="Invicta")
    assert client.get(f"/v1/entities/{entity}").json()["name"] == "Invicta"
    assert states(client) == [("rename", "in force"), ("rename", "overruled")]
    restore(client, later)
    assert client.get(f"/v1/entities/{entity}").json()["name"] == "Oporto"
    assert states(client, kind="rename") == [("rename", "undone"), ("rename", "in force")]


def test_a_quote_put_to_another_speaker_counts_for_that_one(client, ids):
    quote = client.items("/v1/quotes", speaker=ids["A. Okafor"])[0]
    correct(client, kind="reattribute", quote_id=quote["id"], entity_id=ids["Ada Okafor"])
    speaker = client.get(f"/v1/quotes/{quote['id']}").json()["speaker"]
    assert (speaker["entity_id"], speaker["resolved_by"]) == (ids["Ada Okafor"], "correction")
    assert client.get(f"/v1/quotes/{quote['id']}").json()["speaker_type"] == "person"
    counts = client.get(f"/v1/entities/{ids['Ada Okafor']}").json()["counts"]
    assert counts == {"mentions": 2, "articles": 3, "quotes": 3}
    assert client.items("/v1/quotes", speaker=ids["A. Okafor"]) == []


def test_a_quote_of_nobody_known_is_unresolved(client, ids):
    quote = client.items("/v1/quotes", speaker=ids["A. Okafor"])[0]
    made = correct(client, kind="reattribute", quote_id=quote["id"], entity_id=None)
    unknown = client.get(f"/v1/quotes/{quote['id']}").json()
    assert (unknown["status"], unknown["speaker_type"]) == ("unresolved", None)
    restore(client, made)
    assert client.get(f"/v1/quotes/{quote['id']}").json() == quote


def test_a_quote_put_to_a_place_is_said_by_those_who_govern_it(client, ids):
    quote = client.items("/v1/quotes", speaker=ids["A. Okafor"])[0]
    made = correct(client, kind="reattribute", quote_id=quote["id"], entity_id=ids["Porto"])
    assert client.get(f"/v1/quotes/{quote['id']}").json()["speaker_type"] == "organization"
    restore(client, made)
    assert client.get(f"/v1/quotes/{quote['id']}").json()["speaker_type"] == "person"


def test_who_else_may_have_spoken_follows_merges_too(client, engine):
    text = "Ada Okafor, A. Okafor and Bo Lund met.\n\n“Boats first,” one said."
    people = ("Ada Okafor", "A. Okafor", "Bo Lund")
    others = [("Ada Okafor", 0.4), ("A. Okafor", 0.3), ("Bo Lund", 0.2)]
    quotes = [("Boats first,", "said", "one")]
    add_article(engine, make_annotated(text, people=people, places=(), quotes=quotes, alternatives=others))
    ids = {item["name"]: item["id"] for item in client.items("/v1/entities")}
    made = correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Bo Lund"])

    def alternatives():
        [quote] = client.items("/v1/quotes")
        return [other["entity_id"] for other in quote["speaker"]["alternatives"]]

    assert alternatives() == [ids["Ada Okafor"], ids["Bo Lund"]]
    [quote] = client.items("/v1/quotes")
    said = correct(client, kind="reattribute", quote_id=quote["id"], entity_id=ids["Bo Lund"])
    assert alternatives() == []
    restore(client, said)
    restore(client, made)
    assert alternatives() == [ids["Ada Okafor"], ids["A. Okafor"], ids["Bo Lund"]]


def test_a_rejected_quote_is_gone_from_lists_counts_and_search(client, ids):
    quote = client.items("/v1/quotes", q="boats")[0]
    before = everything(client)
    made = correct(client, kind="reject", quote_id=quote["id"])
    assert client.items("/v1/quotes", q="boats") == []
    assert client.get(f"/v1/quotes/{quote['id']}").status_code == 404
    assert client.get(f"/v1/entities/{ids['A. Okafor']}").json()["counts"]["quotes"] == 0
    article = client.get(f"/v1/articles/{quote['article_id']}").json()
    assert article["counts"]["quotes"] == 0
    restore(client, made)
    assert everything(client) == before
    assert client.items("/v1/quotes", q="boats") == [quote]


def test_a_rejected_mention_takes_its_name_with_it(client, ids):
    mention = client.items(f"/v1/entities/{ids['Porto']}/mentions")[0]
    made = correct(client, kind="reject", mention_id=mention["id"])
    assert client.get(f"/v1/entities/{ids['Porto']}").status_code == 404
    assert client.items("/v1/entities", name="Porto") == []
    restore(client, made)
    assert client.get(f"/v1/entities/{ids['Porto']}").json()["aliases"] == ["Porto"]


def test_a_part_split_off_has_its_articles_and_quotes(client, ids, articles):
    whole = ids["Ada Okafor"]
    before = everything(client)
    made = correct(
        client, kind="split", entity_id=whole, article_ids=[articles[1]], name="Ada Okafor (chess)"
    )
    part = client.get(f"/v1/entities/{made['into_id']}").json()
    assert (part["name"], part["counts"]) == (
        "Ada Okafor (chess)",
        {"mentions": 1, "articles": 1, "quotes": 1},
    )
    assert client.get(f"/v1/entities/{whole}").json()["counts"] == {"mentions": 1, "articles": 1, "quotes": 1}
    restore(client, made)
    assert everything(client) == before
    assert client.get(f"/v1/entities/{part['id']}").headers["location"] == f"/v1/entities/{whole}"


def test_merges_follow_one_another(client, engine, ids):
    add_article(engine, text="A.B. Okafor slept.", people=("A.B. Okafor",), places=(), content="four")
    [third] = client.items("/v1/entities", name="A.B. Okafor")
    first = correct(client, kind="merge", entity_id=third["id"], into_id=ids["A. Okafor"])
    correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    assert (
        client.get(f"/v1/entities/{third['id']}").headers["location"] == f"/v1/entities/{ids['Ada Okafor']}"
    )
    restore(client, first)
    assert client.get(f"/v1/entities/{third['id']}").status_code == 200


def test_of_two_merges_of_one_entity_the_later_wins(client, engine, ids):
    add_article(engine, text="Bo Lund slept.", people=("Bo Lund",), places=(), content="four")
    [other] = client.items("/v1/entities", name="Bo Lund")
    correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    later = correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=other["id"])
    assert client.get(f"/v1/entities/{other['id']}").json()["counts"]["articles"] == 2
    assert states(client) == [("merge", "in force"), ("merge", "overruled")]
    restore(client, later)
    assert client.get(f"/v1/entities/{other['id']}").json()["counts"]["articles"] == 1
    assert client.get(f"/v1/entities/{ids['Ada Okafor']}").json()["counts"]["articles"] == 3


def test_what_cannot_be_corrected_is_refused_with_its_field(client, ids, articles):
    person, place, nobody = ids["Ada Okafor"], ids["Porto"], str(uuid4())
    merge = {"kind": "merge", "entity_id": person}
    assert refuse(client, **merge, into_id=nobody) == (422, ["/into_id"])
    assert refuse(client, **merge, into_id=person) == (422, ["/into_id"])
    assert refuse(client, **merge, into_id="x") == (422, ["/into_id"])
    assert refuse(client, **merge, into_id=place) == (409, [])
    assert refuse(client, kind="rename", entity_id=nobody, name="X") == (422, ["/entity_id"])
    assert refuse(client, kind="rename", entity_id=person, name="") == (422, ["/name"])
    assert refuse(client, kind="retype", entity_id=person, type="ghost") == (422, ["/type"])
    assert refuse(client, kind="reject", quote_id=nobody) == (422, ["/quote_id"])
    assert refuse(client, kind="reject", mention_id=nobody) == (422, ["/mention_id"])
    assert refuse(client, kind="reject")[0] == 422
    assert refuse(client, kind="reattribute", quote_id=nobody, entity_id=person) == (422, ["/quote_id"])
    quote = client.items("/v1/quotes")[0]["id"]
    assert refuse(client, kind="reattribute", quote_id=quote, entity_id=nobody) == (422, ["/entity_id"])
    assert refuse(client, kind="reattribute", quote_id=quote) == (422, ["/entity_id"])
    split = {"kind": "split", "entity_id": person}
    assert refuse(client, **split, article_ids=[articles[2]]) == (422, ["/article_ids"])
    assert refuse(client, **split, article_ids=articles[:2]) == (422, ["/article_ids"])
    assert refuse(client, kind="restore", correction_id=nobody) == (422, ["/correction_id"])
    assert refuse(client, kind="shout")[0] == 422
    assert client.items("/v1/corrections") == []


def test_a_circle_and_a_second_restoration_are_conflicts(client, ids):
    one, other = ids["A. Okafor"], ids["Ada Okafor"]
    made = correct(client, kind="merge", entity_id=one, into_id=other)
    assert refuse(client, kind="merge", entity_id=other, into_id=one)[0] == 409
    assert refuse(client, kind="merge", entity_id=one, into_id=other)[0] == 409
    assert refuse(client, kind="rename", entity_id=one, name="X")[0] == 409
    restore(client, made)
    assert refuse(client, kind="restore", correction_id=made["id"])[0] == 409


def test_the_history_is_filtered_and_paged(client, ids):
    correct(client, kind="rename", entity_id=ids["Porto"], name="Oporto")
    quote = client.items("/v1/quotes", q="boats")[0]
    correct(client, kind="reject", quote_id=quote["id"])
    assert [kind for kind, _ in states(client, entity=ids["Porto"])] == ["rename"]
    assert [kind for kind, _ in states(client, quote=quote["id"])] == ["reject"]
    assert [kind for kind, _ in states(client, article=quote["article_id"])] == ["reject"]
    assert [kind for kind, _ in states(client, kind=["rename", "reject"])] == ["reject", "rename"]
    assert states(client, state="dormant") == []
    assert states(client, author="nobody") == []
    first = client.get("/v1/corrections?limit=1").json()
    rest = client.get("/v1/corrections", params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [item["kind"] for item in first["items"] + rest["items"]] == ["reject", "rename"]
    assert rest["next_cursor"] is None
    assert client.get(f"/v1/corrections/{uuid4()}").status_code == 404


def test_only_bearers_of_a_key_may_correct_where_keys_are_set(make_client):
    client = make_client(api_keys="one")
    answer = client.post("/v1/corrections", json=WHO | {"kind": "reject", "quote_id": str(uuid4())})
    assert answer.status_code == 401


def test_every_correction_holds_after_all_is_read_again_by_a_new_pipeline(client, engine, ids, articles):
    ours = client.items("/v1/quotes", article=articles[0])
    correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    correct(client, kind="rename", entity_id=ids["Porto"], name="Oporto")
    correct(client, kind="retype", entity_id=ids["Lisbon"], type="organization")
    correct(client, kind="reject", quote_id=ours[0]["id"])
    split = correct(client, kind="split", entity_id=ids["Ada Okafor"], article_ids=[articles[1]])
    letter = client.items("/v1/quotes", q="boats")[0]
    correct(client, kind="reattribute", quote_id=letter["id"], entity_id=split["into_id"])
    mention = client.items(f"/v1/articles/{articles[1]}/mentions")[-1]
    correct(client, kind="reject", mention_id=mention["id"])
    before = everything(client)
    add_all(engine, version="next")
    assert {item["revision"] for item in client.items("/v1/articles")} == {2}
    assert everything(client) == before
    assert {state for _, state in states(client)} == {"in force"}


def test_a_correction_of_what_is_gone_is_dormant_and_wakes_when_it_is_back(client, engine, ids, articles):
    correct(client, kind="merge", entity_id=ids["A. Okafor"], into_id=ids["Ada Okafor"])
    correct(client, kind="rename", entity_id=ids["Porto"], name="Oporto")
    correct(client, kind="reject", quote_id=client.items("/v1/quotes", q="boats")[0]["id"])
    before = everything(client)
    client.delete(f"/v1/articles/{articles[2]}")
    assert {state for _, state in states(client)} == {"dormant"}
    add_all(engine)
    assert {state for _, state in states(client)} == {"in force"}
    after = everything(client)
    assert after["quotes"] == before["quotes"]
    assert after["entities"] == before["entities"]
