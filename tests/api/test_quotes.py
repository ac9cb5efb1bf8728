import pytest

from app.api import schemas
from tests.factories import add_article

TEXT = "“Rates fall,” said Vera Lindt. “They rise,” said Otto Kuhn of Bern.\n\n“Wait,” someone said."
QUOTES = [
    ("Rates fall,", "said", "Vera Lindt"),
    ("They rise,", "said", "Otto Kuhn"),
    ("Wait,", "said", "someone"),
]
PEOPLE = {"people": ("Vera Lindt", "Otto Kuhn"), "places": ("Bern",)}


@pytest.fixture
def article_id(engine):
    return add_article(engine, text=TEXT, quotes=QUOTES, **PEOPLE)


def test_a_quote_has_the_documented_shape(client, article_id):
    for item in client.items("/v1/quotes"):
        schemas.Quote.model_validate(item, strict=False)
        assert set(item) == set(schemas.Quote.model_fields)
        assert client.get(f"/v1/quotes/{item['id']}").json() == item


def test_a_quote_says_what_kind_of_speaker_it_has_in_tables_too(client, article_id):
    found = [item["speaker_type"] for item in client.items("/v1/quotes")]
    assert found == ["person", "person", "unnamed_person"]
    table = client.get("/v1/quotes?format=csv&fields=speaker_type").text
    assert table.split() == ["speaker_type", *found]
    assert client.get("/v1/quotes?speaker_type=somebody").status_code == 422


def test_quotes_are_listed_in_the_order_of_the_text(client, article_id):
    assert [item["text"] for item in client.items("/v1/quotes")] == ["Rates fall,", "They rise,", "Wait,"]
    assert client.items(f"/v1/articles/{article_id}/quotes") == client.items("/v1/quotes", article=article_id)


def test_pages_of_quotes_joined_are_the_list(client, engine, article_id):
    add_article(engine, text=TEXT + " ", quotes=QUOTES, **PEOPLE)
    paged, parameters = [], {"limit": 1}
    while True:
        answer = client.get("/v1/quotes", params=parameters).json()
        paged += answer["items"]
        if answer["next_cursor"] is None:
            break
        parameters["cursor"] = answer["next_cursor"]
    assert paged == client.items("/v1/quotes")
    assert len(paged) == 6


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"speaker": "Vera Lindt"}, 1),
        ({"speaker": ["Vera Lindt", "Otto Kuhn"]}, 2),
        ({"speaker": "Nobody"}, 0),
        ({"status": "unresolved"}, 1),
        ({"status": "resolved"}, 2),
        ({"kind": "direct"}, 3),
        ({"kind": ["mixed", "indirect"]}, 0),
        ({"speaker_type": "person"}, 2),
        ({"speaker_type": ["unnamed_person", "document"]}, 1),
        ({"speaker_type": "person", "q": "rise"}, 1),
        ({"speaker_type": "group"}, 0),
        ({"min_confidence": 0.95}, 0),
        ({"min_confidence": 0.5}, 3),
        ({"publisher": "the-harbour-post"}, 3),
        ({"q": "rise"}, 1),
        ({"q": "rise", "speaker": "Vera Lindt"}, 0),
    ],
)
def test_quotes_are_filtered(client, article_id, parameters, found):
    assert len(client.items("/v1/quotes", **parameters)) == found


def test_quotes_are_found_by_whom_their_words_mention(client, engine):
    text = "“Lisbon must pay Porto,” said Vera Lindt. “No,” said Otto Kuhn."
    quotes = [("Lisbon must pay Porto,", "said", "Vera Lindt"), ("No,", "said", "Otto Kuhn")]
    add_article(
        engine, text=text, quotes=quotes, people=("Vera Lindt", "Otto Kuhn"), places=("Lisbon", "Porto")
    )
    ids = {item["name"]: item["id"] for item in client.items("/v1/entities")}
    assert [item["text"] for item in client.items("/v1/quotes", mentions=ids["Porto"])] == [
        "Lisbon must pay Porto,"
    ]
    assert client.items("/v1/quotes", mentions=[ids["Porto"], ids["Lisbon"]]) == client.items(
        "/v1/quotes", mentions=ids["Lisbon"]
    )
    assert client.items("/v1/quotes", mentions=ids["Otto Kuhn"]) == []


def test_an_unknown_speaker_is_null_with_a_status_never_a_guess(client, article_id):
    [quote] = client.items("/v1/quotes", status="unresolved")
    assert quote["speaker"]["text"] == "someone"
    assert quote["speaker"]["entity_id"] is None
    assert quote["speaker"]["name"] is None


def test_the_alternatives_of_a_speaker_are_entities_with_a_confidence(client, engine):
    add_article(
        engine,
        text="Vera Lindt met Ana Reis. “Rates fall,” she said.",
        people=("Vera Lindt", "Ana Reis"),
        quotes=[("Rates fall,", "said", "she")],
        alternatives=[("Ana Reis", 0.5), ("Vera Lindt", 0.4), ("Ana Reis", 0.1)],
    )
    [quote] = client.items("/v1/quotes")
    ids = {item["name"]: item["id"] for item in client.items("/v1/entities")}
    assert (quote["status"], quote["speaker"]["entity_id"]) == ("unresolved", None)
    assert quote["speaker"]["alternatives"] == [
        {"entity_id": ids[name], "name": name, "confidence": confidence}
        for name, confidence in [("Ana Reis", 0.5), ("Vera Lindt", 0.4)]
    ]


def test_an_alternative_is_never_the_speaker_itself(client, engine):
    add_article(engine, text=TEXT, quotes=QUOTES[:1], alternatives=[("Vera Lindt", 0.3)], **PEOPLE)
    [quote] = client.items("/v1/quotes")
    assert quote["speaker"]["name"] == "Vera Lindt"
    assert quote["speaker"]["alternatives"] == []


def test_provenance_names_stage_version_and_rule(client, article_id):
    assert client.items("/v1/quotes")[0]["provenance"] == {
        "stage": "nlp",
        "version": "test",
        "method": "test",
    }
