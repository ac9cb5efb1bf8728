"""What a running server answers for the two seeds: the whole path, from the files to JSON over HTTP."""

import subprocess
import sys

import orjson
import pytest

from app.api.openapi import EXAMPLES
from tests import examples
from tests.server import run_server

pytestmark = [pytest.mark.models, pytest.mark.slow]


@pytest.fixture(scope="module")
def http(make_database, seeds):
    with run_server(make_database(), seeds) as server:
        yield server.http


@pytest.fixture(scope="module")
def herald(http):
    return article_of(http, "the-korea-herald")


@pytest.fixture(scope="module")
def stripes(http):
    return article_of(http, "stars-and-stripes")


def article_of(http, publisher):
    [item] = http.get("/v1/articles", params={"publisher": publisher}).json()["items"]
    return http.get(f"/v1/articles/{item['id']}?include=quotes").json()


def said(article, kind):
    """Return (first words, last words, parts, who) of an article's quotes of a kind."""
    return [
        (quote["text"], len(quote["segments"]), quote["speaker"]["name"], quote["status"])
        for quote in article["quotes"]
        if quote["kind"] == kind
    ]


def test_both_seeds_are_read_and_none_failed(http):
    assert http.get("/readyz").json() | {"state": "done"} == http.get("/readyz").json()
    assert http.get("/readyz").json()["done"] == 2
    assert len(http.get("/v1/articles").json()["items"]) == 2


def test_what_the_herald_prints_about_its_article(herald):
    assert herald["headline"] == "Japan ready to ink military pact with S. Korea 'at any time'"
    assert herald["publisher"]["name"] == "The Korea Herald"
    assert herald["byline"] == "By KH디지털3"
    assert herald["authors"] == ["KH디지털3"]
    assert herald["published_at"] == "2013-04-17T15:40:00Z"
    assert (herald["published_precision"], herald["published_zone"]) == ("minute", "unknown")
    assert herald["dateline"] is None
    assert herald["credit"] == "Yonhap News"
    assert herald["text"].startswith("The Japanese ambassador to Seoul said Wednesday")
    assert herald["text"].endswith("including a missile launch.")
    assert "bellicose threats." in herald["text"]


def test_what_stripes_prints_about_its_article(stripes):
    assert stripes["headline"] is None
    assert stripes["fields"]["headline"]["reason"]
    assert stripes["publisher"]["name"] == "Stars and Stripes"
    assert stripes["authors"] == ["Yoo Kyong Chang"]
    assert stripes["published_at"] is None
    assert stripes["dateline"] == {"place": "SEOUL", "agency": None}
    assert stripes["credit"] is None
    assert stripes["text"].startswith("Japan is willing")
    assert stripes["text"].endswith("from becoming diplomatic issues.")


def test_direct_quotes_of_the_herald(herald):
    quotes = said(herald, "direct")
    assert [text.split()[:3] for text, *_ in quotes] == [
        ["Japan", "is", "willing"],
        ["North", "Korea", "has"],
        ["While", "the", "South"],
        ["Although", "it", "is"],
    ]
    assert [parts for _, parts, *_ in quotes] == [1, 2, 1, 1]
    assert {(name, status) for *_, name, status in quotes} == {("Koro Bessho", "resolved")}
    assert quotes[1][0].endswith("and the U.S.")


def test_mixed_quotes_of_the_herald(herald):
    quotes = said(herald, "mixed")
    for fragment, (text, *_) in zip(
        ("at any time", "mutually benefit", "strong hope", "no simple solution"), quotes, strict=True
    ):
        assert fragment in text
    assert {(name, status) for *_, name, status in quotes} == {("Koro Bessho", "resolved")}


def test_quotes_of_stripes(stripes):
    direct, mixed = said(stripes, "direct"), said(stripes, "mixed")
    assert [(text.split()[0], parts, name) for text, parts, name, _ in direct] == [
        ("North", 2, "Koro Bessho"),
        ("While", 1, "Koro Bessho"),
        ("Japan", 2, "Lee Myung-bak"),
    ]
    assert [("at any time" in text, name, status) for text, _, name, status in mixed[:1]] == [
        (True, "Koro Bessho", "resolved")
    ]
    assert [("too early" in text, name, status) for text, _, name, status in mixed[1:]] == [
        (True, None, "unresolved")
    ]
    assert not any("comfort women" in quote["text"] for quote in stripes["quotes"])


@pytest.mark.parametrize(
    ("publisher", "words", "who"),
    [
        ("the-korea-herald", "strengthen its bilateral military ties", "Koro Bessho"),
        ("the-korea-herald", "must boost their trilateral cooperation", "Koro Bessho"),
        ("the-korea-herald", "may go ahead with a potential missile launch", None),
        ("stars-and-stripes", "is needed to act as a deterrent", "Koro Bessho"),
        ("stars-and-stripes", "take responsibility for its imperial past", "Lee Myung-bak"),
        ("stars-and-stripes", "had reached their rockiest point", "Koro Bessho"),
        ("stars-and-stripes", "keep historical grievances from becoming", "Koro Bessho"),
    ],
)
def test_indirect_quotes(http, publisher, words, who):
    quotes = http.get("/v1/quotes", params={"publisher": publisher, "kind": "indirect", "limit": 50}).json()[
        "items"
    ]
    [quote] = [quote for quote in quotes if words in quote["text"]]
    assert quote["speaker"]["name"] == who
    assert quote["attribution"] == "speech"


def test_one_entity_for_one_person_of_both_articles(http):
    [bessho] = http.get("/v1/entities", params={"q": "koro bessho"}).json()["items"]
    assert bessho["type"] == "person"
    assert bessho["counts"]["articles"] == 2
    assert {"Koro Bessho", "Bessho"} <= set(bessho["aliases"])
    assert any("ambassador" in role.lower() for role in bessho["roles"])
    quotes = http.get(f"/v1/entities/{bessho['id']}/quotes").json()["items"]
    assert len(quotes) == bessho["counts"]["quotes"] == 16
    assert len({quote["article_id"] for quote in quotes}) == 2


@pytest.mark.parametrize("name", ["Japan", "South Korea", "North Korea", "U.S."])
def test_countries_are_one_place_each_across_both_articles(http, name):
    found = http.get("/v1/entities", params={"q": name}).json()["items"]
    [country] = [entity for entity in found if name in entity["aliases"]]
    assert country["type"] == "place"
    assert country["counts"]["articles"] == 2


@pytest.fixture(scope="module")
def story(http):
    [story] = http.get("/v1/stories").json()["items"]
    return story


@pytest.fixture(scope="module")
def comparison(http, story):
    return http.get(f"/v1/stories/{story['id']}/comparison").json()


def test_both_articles_are_one_story(http, story, herald, stripes):
    assert story["headline"] == herald["headline"]
    assert story["headline_choice"] == {"article_id": herald["id"], "reason": "the only headline"}
    assert story["counts"] == {"articles": 2, "publishers": 2, "quotes": 22}
    assert herald["story_id"] == stripes["story_id"] == story["id"]
    timeline = http.get(f"/v1/stories/{story['id']}").json()["timeline"]
    assert [article["article_id"] for article in timeline] == [herald["id"], stripes["id"]]


@pytest.mark.parametrize(
    ("opening", "kinds", "steps"),
    [
        ("North Korea has threatened", ["direct", "direct"], {"equal"}),  # preemptive, pre-emptive
        ("While the South Korea-U.S. alliance", ["direct", "direct"], {"equal"}),
        ("Japan is willing", ["direct", "mixed", "mixed"], {"equal", "insert", "replace"}),  # "at any time"
    ],
)
def test_words_both_outlets_carry_are_one_utterance(http, comparison, opening, kinds, steps):
    shared = [each for each in comparison["utterances"] if len(each["carried_by"]) == 2]
    assert len(shared) == 3
    [utterance] = [each for each in shared if each["variants"][0]["text"].startswith(opening)]
    assert utterance["speaker"]["name"] == "Koro Bessho"
    assert [variant["kind"] for variant in utterance["variants"]] == kinds
    assert {change["op"] for variant in utterance["variants"] for change in variant["difference"]} == steps
    assert utterance["missing_from"] == []
    alone = http.get(f"/v1/utterances/{utterance['id']}").json()
    assert alone["counts"] == {"quotes": len(kinds), "publishers": 2}
    assert [each["quote_id"] for each in alone["variants"]] == [
        each["quote_id"] for each in utterance["variants"]
    ]


def test_what_each_outlet_alone_quotes(http, comparison, herald, stripes):
    alone = {article["publisher"]: article["exclusive_quotes"] for article in comparison["articles"]}
    assert {name: len(quote_ids) for name, quote_ids in alone.items()} == {
        "The Korea Herald": 9,
        "Stars and Stripes": 6,
    }
    words = [quote["text"] for quote in stripes["quotes"] if quote["id"] in alone["Stars and Stripes"]]
    assert any(text.startswith("Japan is a close neighbor") for text in words)
    words = [quote["text"] for quote in herald["quotes"] if quote["id"] in alone["The Korea Herald"]]
    assert any("strong hope" in text for text in words)


def test_every_claim_slices_to_its_words(http):
    for item in http.get("/v1/articles").json()["items"]:
        article = http.get(f"/v1/articles/{item['id']}?include=quotes&include=mentions").json()
        text = article["text"]
        for quote in article["quotes"]:
            assert " ".join(text[p["start"] : p["end"]] for p in quote["segments"]) == quote["text"]
            for role in ("cue", "speaker"):
                if quote[role]:
                    assert text[quote[role]["start"] : quote[role]["end"]] == quote[role]["text"]
        for mention in article["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_the_examples_in_the_openapi_document_are_what_the_server_answers(http):
    """Where this fails because the pipeline reads better now, `make openapi` renews the examples."""
    assert list(examples.differences(examples.answers(http), orjson.loads(EXAMPLES.read_bytes()))) == []


def test_every_operation_that_answers_json_has_an_example(http):
    for operations in http.get("/openapi.json").json()["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status.startswith("2") and "application/json" in answer.get("content", {}):
                    assert "example" in answer["content"]["application/json"], operation["operationId"]


def test_the_server_itself_loads_no_model():
    code = "import sys, app.main; sys.exit(bool({'onnxruntime', 'tokenizers', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
