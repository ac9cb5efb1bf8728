"""What a page says of its article besides its words: from the mark-up and the caller to the API."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from app.db.engine import reading
from app.db.topics import ArticleTopic
from app.documents import AnnotatedArticle, Hints, Provenance, RawDocument
from app.extraction import extract
from app.ingest.pipeline import ingest
from tests.extraction.pages import PARAGRAPHS
from tests.factories import add_article

HEAD = """
<link rel="canonical" href="/news/ferry-terminal-to-close">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry terminal to close",
 "datePublished": "2026-03-02T23:30:00-05:00", "dateModified": "2026-03-03T10:00:00-05:00",
 "articleSection": "Harbour", "keywords": ["ferry", "Port Ashby"], "image": "/img/ferry terminal.jpg"}</script>
"""
PAGE = f"<html><head>{HEAD}</head><body><h1>Ferry terminal to close</h1>" + "".join(
    f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS
)


def add_page(engine, page=PAGE, **hints) -> UUID:
    """Ingest a web page as it is extracted, with nothing found in it."""

    def read(raw):
        return AnnotatedArticle(extract(raw), (), (), (), (), Provenance("nlp", "test", "test"))

    return ingest(engine, RawDocument(page.encode(), "html", Hints(**hints)), read).article_id


def test_what_the_mark_up_says_is_answered_with_its_origin(client, engine):
    article = client.get(f"/v1/articles/{add_page(engine, url='https://mail.test/x')}").json()
    assert article["section"] == "Harbour"
    assert article["keywords"] == ["ferry", "Port Ashby"]
    assert article["lead_image_url"] == "https://mail.test/img/ferry%20terminal.jpg"
    assert article["canonical_url"] == "https://mail.test/news/ferry-terminal-to-close"
    origins = {name: article["fields"][name]["origin"] for name in ("section", "keywords", "canonical_url")}
    assert origins == {"section": "json-ld", "keywords": "json-ld", "canonical_url": "meta"}
    assert article["fields"]["lead_image_url"]["confidence"] > 0


def test_both_times_keep_precision_and_the_zone_they_name(client, engine):
    article = client.get(f"/v1/articles/{add_page(engine)}").json()
    times = {
        what: [article[f"{what}_{name}"] for name in ("at", "precision", "zone", "offset_minutes")]
        for what in ("published", "modified")
    }
    assert times == {
        "published": ["2026-03-03T04:30:00Z", "minute", "stated", -300],
        "modified": ["2026-03-03T15:00:00Z", "minute", "stated", -300],
    }


def test_the_caller_wins_over_the_mark_up(client, engine):
    hints = {
        "section": "World",
        "keywords": ("tide",),
        "lead_image_url": "https://img.test/a.jpg",
        "modified_at": datetime(2026, 3, 4, tzinfo=UTC),
    }
    article = client.get(f"/v1/articles/{add_page(engine, **hints)}").json()
    assert (article["section"], article["keywords"]) == ("World", ["tide"])
    assert (article["lead_image_url"], article["modified_at"]) == (
        "https://img.test/a.jpg",
        "2026-03-04T00:00:00Z",
    )
    assert {article["fields"][name]["origin"] for name in hints} == {"caller"}


def test_what_nobody_says_is_null_with_the_reason(client, engine):
    article = client.get(f"/v1/articles/{add_article(engine)}").json()
    for name, nothing in {
        "section": None,
        "keywords": [],
        "lead_image_url": None,
        "canonical_url": None,
    }.items():
        assert article[name] == nothing
        assert article["fields"][name]["origin"] == "none"
        assert article["fields"][name]["reason"]


def test_what_a_caller_posts_reaches_the_reader_as_hints(client):
    new = {"text": "It held.", "published_at": "2026-03-02T23:30:00-05:00", "section": "Harbour"}
    more = {
        "keywords": ["ferry"],
        "lead_image_url": "https://img.test/a.jpg",
        "modified_at": "2026-03-03T00:00:00Z",
    }
    article = client.post("/v1/articles", json=new | more).json()
    assert article["section"] == "Harbour"
    assert article["keywords"] == ["ferry"]
    assert article["lead_image_url"] == "https://img.test/a.jpg"


@pytest.mark.parametrize(
    "field",
    [
        {"keywords": ["a"] * 31}, {"keywords": [""]}, {"section": "x" * 201}, {"modified_at": "2026-03-03T00:00:00"},
        {"lead_image_url": "javascript:alert(1)"}, {"lead_image_url": "https://img.test/" + "a" * 2000},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(client, field):
    assert client.post("/v1/articles", json={"text": "It held."} | field).status_code == 422


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"section": "Harbour"}, ["b", "a"]),
        ({"section": " HARBOUR"}, ["b", "a"]),
        ({"section": ["harbour", "world"]}, ["c", "b", "a"]),
        ({"section": "ferry"}, []),
        ({"keyword": "ferry"}, ["c", "a"]),
        ({"keyword": ["tide", "ferry"]}, ["c", "b", "a"]),
        ({"keyword": "ferry", "section": "harbour"}, ["a"]),
        ({"keyword": ["tide", "ferry"], "section": ["world", "x"]}, ["c"]),
        ({"keyword": "ferry", "publisher": "the-harbour-post", "q": "rebuild"}, ["c", "a"]),
    ],
)
def test_articles_are_filtered_by_section_and_keyword(client, engine, parameters, found):
    filed = {
        "a": ("Harbour", ("Ferry", "pier")),
        "b": ("harbour", ("tide",)),
        "c": ("World", ("FERRY", "ferry")),
    }
    for day, (name, (section, keywords)) in enumerate(filed.items(), 1):
        at = datetime(2026, 3, day, tzinfo=UTC)
        add_article(engine, external_id=name, section=section, keywords=keywords, published_at=at)
    assert [item["external_id"] for item in client.items("/v1/articles", **parameters)] == found
    cut = client.get("/v1/articles", params=parameters | {"limit": 1}).json()
    assert (cut["next_cursor"] is not None) == (len(found) > 1)
    if cut["next_cursor"]:
        rest = client.items("/v1/articles", **parameters, cursor=cut["next_cursor"])
        assert [item["external_id"] for item in rest] == found[1:]


def test_an_entity_and_a_keyword_are_both_asked_for(client, engine):
    add_article(engine, external_id="a", keywords=("bridge",))
    add_article(engine, external_id="b", keywords=("rain",))
    [okafor] = client.items("/v1/entities", q="ada")
    [article] = client.items("/v1/articles", entity=okafor["id"], keyword="Bridge")
    assert article["external_id"] == "a"


def test_the_next_revision_is_filed_anew_and_a_deleted_article_no_longer(client, engine):
    article_id = add_article(engine, external_id="a", keywords=("rain",))
    add_article(engine, external_id="a", keywords=("sun",), headline="Sun")
    assert client.items("/v1/articles", keyword="rain") == []
    assert len(client.items("/v1/articles", keyword="sun")) == 1
    client.delete(f"/v1/articles/{article_id}")
    with reading(engine) as connection:
        assert connection.execute(select(ArticleTopic)).all() == []


STORY = "https://mail.test/news/ferry-terminal-to-close"


def test_a_page_fetched_by_two_addresses_is_one_article_with_two_revisions(client, engine):
    page = PAGE.replace('href="/', 'href="https://mail.test/')
    first = add_page(engine, page, url=STORY + "?from=feed")
    second = add_page(
        engine, page.replace("Monday night", "Tuesday night"), url=STORY.replace("mail", "m.mail")
    )
    assert first == second
    article = client.get(f"/v1/articles/{first}").json()
    assert (article["revision"], article["url"]) == (2, STORY.replace("mail", "m.mail"))
    assert add_page(engine, page, url=STORY + "?from=feed") == first
    assert client.get(f"/v1/articles/{first}").json()["revision"] == 2, "what is known changes nothing"


@pytest.mark.parametrize(
    "canonical",
    ["https://courier.test/news/ferry-terminal-to-close", "https://mail.test/", "/news", "http://[bad"],
)
def test_an_address_that_may_be_another_pages_joins_no_articles(client, engine, canonical):
    page = PAGE.replace('href="/news/ferry-terminal-to-close"', f'href="{canonical}"')
    ids = {
        add_page(engine, page, url=f"https://mail.test/news/{name}-to-close") for name in ("ferry", "pier")
    }
    assert len(ids) == 2
    assert len(client.items("/v1/articles")) == 2


def test_a_page_saved_without_its_address_is_told_by_its_content(engine):
    page = PAGE.replace('href="/', 'href="https://mail.test/')
    assert len({add_page(engine, page), add_page(engine, page.replace("Monday", "Tuesday"))}) == 2
