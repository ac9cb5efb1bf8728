"""Articles as Atom, JSON Feed, JSON-LD and ninjs, held to what those formats demand."""

import json
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import feeds
from app.api.interchange import make_news_article, make_ninjs
from app.ingest.standards import fields_of
from tests.factories import TEXT, add_article, make_annotated

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "http://onrecord.test"
# The properties of a ninjs 3.1 text item that we use, and what is inside those that are objects (its JSON Schema
# allows no others)
NINJS = {
    "standard": {"name", "version", "schema"},
    "uri": str,
    "type": str,
    "representationType": str,
    "version": str,
    "versionCreated": datetime,
    "contentCreated": datetime,
    "language": str,
    "headlines": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "by": str,
    "located": str,
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    "altIds": {"role", "value"},
    "subjects": {"name", "rel", "uri", "literal", "creator", "relevance", "confidence"},
    "associations": {"name", "rel", "uri", "type", "renditions"},
    **dict.fromkeys(
        ("people", "places", "organisations", "objects", "events"), frozenset({"name", "rel", "uri"})
    ),
}


def make_resource(**fields) -> dict:
    return {
        "id": "00000000-0000-5000-8000-000000000001",
        "external_id": None,
        "url": None,
        "headline": "Dam holds",
        "publisher": {"id": "1", "slug": "post", "name": "Post"},
        "byline": None,
        "authors": [],
        "published_at": "2026-03-02T09:30:00Z",
        "published_precision": "minute",
        "published_zone": "stated",
        "modified_at": None,
        "modified_precision": None,
        "modified_zone": None,
        "section": None,
        "keywords": [],
        "lead_image_url": None,
        "canonical_url": None,
        "dateline": None,
        "credit": None,
        "language": "en",
        "word_count": 3,
        "revision": 1,
        "ingested_at": "2026-03-03T00:00:00Z",
        "text": "It held.",
    } | fields


def assert_ninjs(item: dict) -> None:
    assert item.keys() <= NINJS.keys()
    for name, value in item.items():
        kind = NINJS[name]
        if kind is datetime:
            assert datetime.fromisoformat(value).tzinfo is not None
        elif kind is str:
            assert isinstance(value, str)
        else:
            for part in value if isinstance(value, list) else [value]:
                assert part.keys() <= kind


def test_an_atom_feed_has_what_the_standard_demands(client, engine):
    add_article(engine, url="https://post.test/dam?a=1&b=2")
    answer = client.get("/v1/articles?format=atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    [entry] = feed.findall(f"{ATOM}entry")
    for parent in (feed, entry):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Jo Day"
    assert entry.find(f"{ATOM}link").get("href") == "https://post.test/dam?a=1&b=2"
    assert entry.findtext(f"{ATOM}content") == TEXT


@pytest.mark.parametrize("name", ["atom", "json-feed"])
def test_a_feed_is_a_page_that_points_to_the_next(client, engine, name):
    for number in range(3):
        add_article(engine, content=str(number), external_id=str(number))
    answer = client.get(f"/v1/articles?format={name}&limit=2")
    if name == "atom":
        links = ET.fromstring(answer.content).findall(f"{ATOM}link")  # noqa: S314 - our own
        next_url = next(link.get("href") for link in links if link.get("rel") == "next")
    else:
        next_url = answer.json()["next_url"]
    assert next_url == BASE + answer.links["next"]["url"]
    assert "next" not in client.get(next_url).links


def test_a_json_feed_has_what_the_standard_demands(client, engine):
    article_id = add_article(engine, url="javascript:alert(1)")
    answer = client.get("/v1/articles", headers={"Accept": "application/feed+json"})
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    [item] = feed["items"]
    assert (item["id"], item["content_text"]) == (f"urn:uuid:{article_id}", TEXT)
    assert "external_url" not in item


def test_an_empty_feed_is_a_feed(client):
    assert ET.fromstring(client.get("/v1/articles?format=atom").content).tag  # noqa: S314 - our own
    assert client.get("/v1/articles?format=json-feed").json()["items"] == []


@given(st.text())
def test_whatever_a_text_holds_the_feed_is_well_formed(text):
    text = text.encode("utf-8", "ignore").decode()
    article = make_resource(text=text, headline=text, authors=[text], url=f"https://post.test/{text}"[:50])
    feed = ET.fromstring(feeds.make_atom([article], BASE, BASE + "/" + text, {}))  # noqa: S314 - our own
    kept = feeds.NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == kept


def test_an_article_is_a_news_article_with_its_quotes_and_entities(client, engine):
    add = make_annotated(url="https://post.test/dam", credit="Coast News Agency")
    article_id = add_article(engine, add)
    answer = client.get(f"/v1/articles/{article_id}?format=json-ld&include=quotes&include=entities")
    assert answer.headers["content-type"] == "application/ld+json"
    news = answer.json()
    assert (news["@context"], news["@type"]) == ("https://schema.org", "NewsArticle")
    assert news["@id"] == f"{BASE}/v1/articles/{article_id}"
    assert (news["articleBody"], news["creditText"]) == (TEXT, "Coast News Agency")
    assert news["author"] == [{"@type": "Person", "name": "Jo Day"}]
    [quotation] = news["hasPart"]
    assert quotation["creator"]["name"] == "Ada Okafor"
    assert {thing["@type"]: thing["name"] for thing in news["mentions"]} == {
        "Person": "Ada Okafor",
        "Place": "Lisbon",
    }


FILED = {
    "section": "Harbour",
    "keywords": ["dam", "Harbour", "<sea> & wall"],
    "lead_image_url": "https://post.test/dam.jpg?a=1&b=2",
    "canonical_url": "https://post.test/dam",
}


def test_a_news_article_says_what_it_is_filed_under_and_shows_its_picture():
    news = make_news_article(make_resource(**FILED), BASE)
    assert (news["articleSection"], news["keywords"]) == (FILED["section"], FILED["keywords"])
    assert news["image"] == FILED["lead_image_url"]
    assert news["url"] == news["mainEntityOfPage"] == "https://post.test/dam"


def test_a_ninjs_item_has_section_and_keywords_as_subjects_and_its_picture_beside_it():
    item = make_ninjs(make_resource(**FILED), BASE)
    assert_ninjs(item)
    assert [(one["name"], one["rel"]) for one in item["subjects"]][:2] == [
        ("Harbour", "section"),
        ("dam", "keyword"),
    ]
    assert [one["href"] for picture in item["associations"] for one in picture["renditions"]] == [
        FILED["lead_image_url"]
    ]


def test_what_we_write_as_ninjs_is_read_back_as_it_was():
    fields = fields_of(make_ninjs(make_resource(**FILED), BASE))
    assert {name: fields[name] for name in ("section", "keywords", "lead_image_url")} == {
        name: FILED[name] for name in ("section", "keywords", "lead_image_url")
    }


def test_feeds_have_section_and_keywords_as_tags_and_the_picture():
    feed = ET.fromstring(feeds.make_atom([make_resource(**FILED)], BASE, BASE, {}))  # noqa: S314 - our own
    entry = feed.find(f"{ATOM}entry")
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == ["Harbour", "dam", "<sea> & wall"]
    assert entry.find("{http://search.yahoo.com/mrss/}thumbnail").get("url") == FILED["lead_image_url"]
    [item] = json.loads(feeds.make_json_feed([make_resource(**FILED)], BASE, BASE, None))["items"]
    assert item["tags"] == ["Harbour", "dam", "<sea> & wall"]
    assert item["image"] == FILED["lead_image_url"]
    assert item["external_url"] == "https://post.test/dam"


@pytest.mark.parametrize(
    ("precision", "zone", "at"),
    [
        ("minute", "stated", "2026-03-02T09:30:00Z"),
        ("minute", "unknown", "2026-03-02T09:30:00"),
        ("day", "unknown", "2026-03-02"),
    ],
)
def test_a_date_is_told_no_more_exactly_than_it_was_stated(precision, zone, at):
    article = make_resource(published_precision=precision, published_zone=zone)
    assert make_news_article(article, BASE)["datePublished"] == at
    assert ("contentCreated" in make_ninjs(article, BASE)) == (at.endswith("Z"))


def test_what_is_not_known_is_left_out():
    names = ("headline", "publisher", "published_at", "language")
    article = make_resource(**dict.fromkeys(names), published_precision=None, published_zone=None)
    news = make_news_article(article, BASE)
    assert None not in news.values()
    assert not {"headline", "publisher", "datePublished", "inLanguage"} & news.keys()
    assert_ninjs(make_ninjs(article, BASE))


def test_an_article_is_a_ninjs_item(client, engine):
    article_id = add_article(engine, external_id="dam-1", credit="Coast News Agency")
    item = client.get(f"/v1/articles/{article_id}?format=ninjs&include=entities").json()
    assert_ninjs(item)
    assert item["uri"] == f"{BASE}/v1/articles/{article_id}"
    assert item["bodies"][0]["value"] == TEXT
    assert item["people"] == [{"name": "Ada Okafor", "rel": "mentions"}]
    assert {"name": "Coast News Agency", "role": "originator"} in item["infoSources"]


@pytest.mark.parametrize("name", ["json-ld", "ninjs"])
def test_all_articles_are_had_one_a_line(client, engine, name):
    for number in range(2):
        add_article(engine, content=str(number), external_id=str(number))
    answer = client.get(f"/v1/articles?format={name}&publisher=the-harbour-post")
    items = [json.loads(line) for line in answer.text.splitlines()]
    ids = [article["id"] for article in client.items("/v1/articles")]
    single = [client.get(f"/v1/articles/{id_}?format={name}").json() for id_ in ids]
    assert items == single


def test_a_format_with_fields_of_its_own_takes_no_fields(client, engine):
    article_id = add_article(engine)
    assert client.get("/v1/articles?format=atom&fields=id").status_code == 422
    assert client.get(f"/v1/articles/{article_id}?format=ninjs&fields=id").status_code == 422
