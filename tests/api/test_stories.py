"""Stories over HTTP: one event as three outlets print it, and another event."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, insert

from app.api.story_schemas import Comparison, Story, StoryDetail, Utterance
from app.db.engine import writing
from app.db.story_tables import MergedStory
from app.documents import Publication
from tests.factories import add_article, make_annotated, stated

ENDS = ("first", "last")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TOWED = "Nobody was hurt when the rudder broke, and the ferry will be towed"
LATE = "The tug came four hours too late, and the owners knew it"
POST = f"""A ferry with 214 passengers ran aground off Port Amelie. “{TOWED} to Kalvik,” said Ilse Brandt. “{LATE},”
said Oto Lind."""
HERALD = f"""All 209 passengers of the ferry that ran aground off Port Amelie are safe. “{TOWED},” said Ilse Brandt,
the harbour master of Port Amelie."""
WIRE = "Investigators in Port Amelie said a broken rudder drove the ferry with 214 passengers aground."
BUDGET = "Parliament in Tarvia rejected the budget of Prime Minister Oto Lind by three votes."


def add(engine, text, publisher, *, hours=0, quotes=(), headline=None):
    people = tuple(name for name in ("Ilse Brandt", "Oto Lind") if name in text)
    places = tuple(name for name in ("Port Amelie", "Tarvia") if name in text)
    at = None if hours is None else MONDAY + timedelta(hours=hours)
    annotated = make_annotated(
        text,
        people=people,
        places=places,
        quotes=quotes,
        published_at=at,
        publisher=publisher,
        headline=headline,
    )
    return str(add_article(engine, annotated, content=text))


@pytest.fixture
def articles(engine):
    said = ("said", "Ilse Brandt")
    post = [(f"{TOWED} to Kalvik,", *said), (f"{LATE},", "said", "Oto Lind")]
    return {
        "post": add(engine, POST, "Harbour Post", quotes=post, headline="Ferry aground off Port Amelie"),
        "herald": add(engine, HERALD, "Kalvik Herald", hours=2, quotes=[(f"{TOWED},", *said)]),
        "wire": add(engine, WIRE, "Wire", hours=None),
        "budget": add(engine, BUDGET, "Harbour Post", hours=5, headline="Budget falls"),
    }


@pytest.fixture
def ferry(client, articles):
    return client.get(f"/v1/articles/{articles['post']}").json()["story_id"]


def headlines(client, **parameters):
    return [story["headline"] for story in client.items("/v1/stories", **parameters)]


def test_a_story_shows_its_headline_with_the_reason_its_outlets_and_its_articles_in_order(
    client, articles, ferry
):
    story = client.get(f"/v1/stories/{ferry}").json()
    StoryDetail.model_validate(story)
    assert story["headline"] == "Ferry aground off Port Amelie"
    assert story["headline_choice"] == {"article_id": articles["post"], "reason": "the only headline"}
    assert story["counts"] == {"articles": 3, "publishers": 3, "quotes": 3}
    assert [publisher["slug"] for publisher in story["publishers"]] == [
        "harbour-post",
        "kalvik-herald",
        "wire",
    ]
    assert [one["article_id"] for one in story["timeline"]] == [
        articles[name] for name in ("post", "herald", "wire")
    ]
    assert (story["first_published_at"], story["last_published_at"]) == (
        "2026-03-02T09:30:00Z",
        "2026-03-02T11:30:00Z",
    )


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, 2),
        ({"publisher": "wire"}, 1),
        ({"publisher": "harbour-post"}, 2),
        ({"publisher": "nobody"}, 0),
        ({"publisher": ["wire", "harbour-post"]}, 2),
        ({"publisher": ["wire", "harbour-post"], "speaker": ["oto lind", "ilse brandt"]}, 1),
        ({"speaker": "Port Amelie"}, 0),
        ({"speaker": "ilse brandt"}, 1),
        ({"min_publishers": 2}, 1),
        ({"min_publishers": 4}, 0),
        ({"q": "rudder"}, 1),
        ({"q": "budget OR rudder"}, 2),
        ({"published_to": "2026-03-02T10:00:00Z"}, 1),
        ({"published_from": "2026-03-02T13:00:00Z"}, 1),
        ({"published_from": "2027-01-01T00:00:00Z"}, 0),
        ({"publisher": "wire", "min_publishers": 3, "q": "ferry", "speaker": "Oto Lind"}, 1),
    ],
)
def test_stories_are_found_by_what_their_articles_say(client, articles, parameters, found):
    assert len(headlines(client, **parameters)) == found


def test_stories_are_found_by_an_entity_of_any_article(client, articles):
    [place] = client.items("/v1/entities", q="tarvia")
    assert headlines(client, entity=place["id"]) == ["Budget falls"]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"publisher": "harbour-post"}, {"publisher": ["wire", "harbour-post"]}, {"q": "ferry OR budget"}],
)
def test_pages_joined_are_the_list(client, articles, parameters):
    whole = client.items("/v1/stories", **parameters)
    first = client.get("/v1/stories", params=parameters | {"limit": 1}).json()
    following = {"limit": 1, "cursor": first["next_cursor"]}
    second = client.get("/v1/stories", params=parameters | following).json()
    assert first["items"] + second["items"] == whole
    total = client.get("/v1/stories", params=parameters | {"include": "total", "limit": 1}).json()["total"]
    assert total == len(whole) == 2


def test_stories_of_an_outlet_are_ordered_by_its_own_newest_article(client, engine, articles):
    add(engine, HERALD + " Fog is expected.", "Kalvik Herald", hours=9)
    assert headlines(client)[0] != "Budget falls"
    assert headlines(client, publisher="harbour-post") == ["Budget falls", "Ferry aground off Port Amelie"]
    assert headlines(client, publisher=["harbour-post", "wire"])[0] == "Ferry aground off Port Amelie"


@pytest.mark.parametrize(("name", "found"), [("articles", 3), ("quotes", 3)])
def test_a_story_s_lists_equal_the_filtered_lists(client, articles, ferry, name, found):
    listed = client.items(f"/v1/stories/{ferry}/{name}")
    assert len(listed) == found
    assert listed == client.items(f"/v1/{name}", story=ferry)


def test_entities_of_a_story(client, articles, ferry):
    names = {entity["name"] for entity in client.items("/v1/entities", story=ferry)}
    assert names == {"Ilse Brandt", "Oto Lind", "Port Amelie"}


def test_a_comparison_tells_shared_exclusive_and_missing(client, articles, ferry):
    answer = client.get(f"/v1/stories/{ferry}/comparison").json()
    Comparison.model_validate(answer)
    shared, exclusive = answer["utterances"]
    assert shared["speaker"]["name"] == "Ilse Brandt"
    assert shared["carried_by"] == [articles["post"], articles["herald"]]
    assert shared["missing_from"] == [articles["wire"]]
    assert [one["publisher"] for one in shared["earliest"]] == ["Harbour Post"]
    assert [one["difference"][-1]["op"] for one in shared["variants"]] == ["equal", "delete"]
    assert exclusive["carried_by"] == [articles["post"]]
    post, herald, wire = answer["articles"]
    assert post["exclusive_quotes"] == [exclusive["lead_quote_id"]]
    assert (herald["exclusive_quotes"], wire["speakers"], wire["kinds"]) == ([], [], {})
    assert [share["name"] for share in post["speakers"]] == ["Ilse Brandt", "Oto Lind"]
    assert post["kinds"] == {"direct": 1.0}
    assert [entity["name"] for entity in answer["entities"]["shared"]] == ["Port Amelie"]
    assert [entity["name"] for entity in answer["entities"]["exclusive"][articles["post"]]] == ["Oto Lind"]
    assert answer["is_complete"]


def test_everything_compared_slices_to_its_words(client, articles, ferry):
    answer = client.get(f"/v1/stories/{ferry}/comparison").json()
    texts = {id_: client.get(f"/v1/articles/{id_}").json()["text"] for id_ in articles.values()}
    for utterance in answer["utterances"]:
        for variant in utterance["variants"]:
            text = texts[variant["article_id"]]
            assert " ".join(text[p["start"] : p["end"]] for p in variant["segments"]) == variant["text"]
    figures = [figure for counted in answer["figures"] for figure in counted["figures"]]
    assert {figure["number"] for figure in figures} == {"214", "209"}
    for figure in figures:
        assert texts[figure["article_id"]][figure["start"] : figure["end"]] == figure["text"]


def test_a_quote_leads_to_its_utterance_and_back(client, articles, ferry):
    quotes = client.items(f"/v1/stories/{ferry}/quotes")
    [shared] = {quote["utterance_id"] for quote in quotes if TOWED in quote["text"]}
    utterance = client.get(f"/v1/utterances/{shared}").json()
    Utterance.model_validate(utterance)
    assert utterance["counts"] == {"quotes": 2, "publishers": 2}
    assert utterance["story_id"] == ferry
    ids = [variant["quote_id"] for variant in utterance["variants"]]
    assert sorted(ids) == sorted(quote["id"] for quote in client.items("/v1/quotes", utterance=shared))
    assert client.get(f"/v1/stories/{ferry}/comparison").json()["utterances"][0]["id"] == shared


def test_outlets_that_name_other_speakers_are_shown_and_not_averaged(client, engine):
    words = "The water rose over the northern wall at four, and nobody had been warned before then"
    for name, publisher in (("Ilse Brandt", "Harbour Post"), ("Oto Lind", "Kalvik Herald")):
        text = f"Floods hit Tarvia overnight. “{words},” said {name}."
        add(engine, text, publisher, quotes=[(f"{words},", "said", name)])
    [story] = client.items("/v1/stories")
    [utterance] = client.get(f"/v1/stories/{story['id']}/comparison").json()["utterances"]
    assert utterance["is_disputed"]
    assert utterance["speaker"] is None
    assert {claim["name"] for claim in utterance["speakers"]} == {"Ilse Brandt", "Oto Lind"}


def test_reattributing_a_quote_moves_it_out_of_the_utterance(client, articles, ferry):
    quotes = client.items(f"/v1/stories/{ferry}/quotes")
    short = next(quote for quote in quotes if quote["text"] == f"{TOWED},")
    [other] = client.items("/v1/entities", q="oto lind")
    body = {
        "kind": "reattribute",
        "quote_id": short["id"],
        "entity_id": other["id"],
        "author": "x",
        "reason": "y",
    }
    assert client.post("/v1/corrections", json=body).status_code == 201
    utterance = client.get(f"/v1/quotes/{short['id']}").json()["utterance_id"]
    [shown] = [
        one
        for one in client.get(f"/v1/stories/{ferry}/comparison").json()["utterances"]
        if one["id"] == utterance
    ]
    assert shown["is_disputed"] or [one["quote_id"] for one in shown["variants"]] == [short["id"]]


def test_a_story_tells_why_its_articles_are_one(client, articles, ferry):
    answer = client.get(f"/v1/stories/{ferry}/bonds").json()
    assert (answer["story_id"], answer["method"], answer["is_complete"]) == (ferry, "average-linkage", True)
    assert {bond["article_id"] for bond in answer["articles"]} == {
        articles[name] for name in ("post", "herald", "wire")
    }
    for bond in answer["articles"]:
        assert answer["threshold"] < bond["similarity"] <= bond["nearest"]["similarity"] <= 1
        assert 0.9 <= bond["confidence"] < 1
        assert {"kind": "name", "term": "amelie"} in bond["shared"]


def test_an_article_alone_in_its_story_has_no_bond(client, articles):
    [budget] = [story for story in client.items("/v1/stories") if story["headline"] == "Budget falls"]
    [bond] = client.get(f"/v1/stories/{budget['id']}/bonds").json()["articles"]
    assert bond == {
        "article_id": articles["budget"],
        "similarity": None,
        "confidence": None,
        "nearest": None,
        "shared": [],
    }


def test_the_id_of_a_merged_story_leads_on(client, engine, articles, ferry):
    gone = uuid4()
    with writing(engine) as connection:
        connection.execute(insert(MergedStory), [{"story_id": gone, "survivor_id": UUID(ferry)}])
    answer = client.get(f"/v1/stories/{gone}/comparison?fields=articles")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/stories/{ferry}/comparison?fields=articles"
    assert len(client.items("/v1/articles", story=str(gone))) == 3


@pytest.mark.parametrize(
    "path",
    [
        "stories/{id}",
        "stories/{id}/comparison",
        "stories/{id}/bonds",
        "stories/{id}/quotes",
        "stories/{id}/articles",
        "utterances/{id}",
    ],
)
def test_what_there_is_not_is_a_404(client, path):
    assert client.get(f"/v1/{path.format(id=uuid4())}").status_code == 404


def test_deleting_all_articles_of_a_story_deletes_it(client, articles, ferry):
    for name in ("post", "herald", "wire"):
        assert client.delete(f"/v1/articles/{articles[name]}").status_code == 204
    assert client.get(f"/v1/stories/{ferry}").status_code == 404
    assert headlines(client) == ["Budget falls"]


def test_a_list_of_stories_takes_three_queries(client, engine, articles):
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    client.items("/v1/stories")
    assert len(statements) == 3


def test_a_variant_tells_what_its_quote_tells(client, articles, ferry):
    comparison = client.get(f"/v1/stories/{ferry}/comparison").json()
    for utterance in comparison["utterances"]:
        for variant in utterance["variants"]:
            quote = client.get(f"/v1/quotes/{variant['quote_id']}").json()
            for name in ("kind", "text", "segments", "cue", "confidence", "provenance"):
                assert variant[name] == quote[name]


def test_a_story_tells_how_its_first_and_last_times_are_stated(client, engine):
    midnight = Publication(MONDAY.replace(hour=15, minute=30), "minute", "stated", offset_minutes=540)
    for publisher, published in (("Herald", None), ("Post", midnight)):
        annotated = make_annotated(publisher=publisher, published_at=MONDAY)
        if published:
            annotated = replace(annotated, article=replace(annotated.article, published=stated(published)))
        article = add_article(engine, annotated, content=publisher)
    story = client.get(f"/v1/articles/{article}").json()["story_id"]
    [listed], detail = client.items("/v1/stories"), client.get(f"/v1/stories/{story}").json()
    for shown in (listed, detail):
        told = {end: [shown[f"{end}_published_{name}"] for name in ("at", "offset_minutes")] for end in ENDS}
        assert told == {"first": ["2026-03-02T09:30:00Z", None], "last": ["2026-03-02T15:30:00Z", 540]}
    Story.model_validate(listed)
    assert [one["published_offset_minutes"] for one in detail["timeline"]] == [None, 540]
