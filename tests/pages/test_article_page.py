"""An article's page: its text with quotes, speakers and names marked where the API's offsets say."""

import copy
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.documents import Dateline, Publication
from tests.api.test_stories import TOWED
from tests.factories import add_article, make_annotated, stated
from tests.ingest.test_shingles import WIRE
from tests.pages.documents import by_class, links, parse, plain, said

EMOJI = "“We will 🌉 rebuild it,” said Ada Okafor. “All of it,” she said.\n\n“And soon.”"


@pytest.fixture
def page(client, articles):
    return parse(client.get(f"/articles/{articles['post']}"))


def text_of(page):
    """Return the text as it is written, less the numbers of quotes."""
    [text] = copy.deepcopy(by_class(page, "text"))
    for number in by_class(text, "number"):
        parent, before = number.getparent(), number.getprevious()
        if before is None:
            parent.text = (parent.text or "") + (number.tail or "")
        else:
            before.tail = (before.tail or "") + (number.tail or "")
        parent.remove(number)
    return "\n\n".join(plain(paragraph) for paragraph in text.iter("p"))


def test_the_text_is_the_stored_text(client, page, articles):
    assert text_of(page) == client.get(f"/v1/articles/{articles['post']}").json()["text"]


def test_offsets_are_code_points(client, engine):
    quotes = [("We will 🌉 rebuild it,", "said", "Ada Okafor")]
    path = add_article(engine, make_annotated(EMOJI, quotes=quotes))
    page = parse(client.get(f"/articles/{path}"))
    assert text_of(page) == EMOJI
    [mark] = by_class(page, "quote")[-1:]
    assert plain(mark).startswith("We will 🌉 rebuild it,")


def test_a_quote_is_marked_numbered_and_listed_with_its_speaker(client, page, articles):
    first = client.get(f"/v1/articles/{articles['post']}/quotes").json()["items"][0]
    [mark] = page.xpath(f"//mark[@id='at-{first['id']}']")
    assert plain(mark).startswith(first["text"])
    assert mark.get("class") == "quote direct"
    [number] = by_class(mark, "number")
    assert number.get("aria-label") == "Quote 1, direct, Ilse Brandt"
    [note] = page.xpath(f"//li[@id='quote-{first['id']}']")
    told = said(note)
    for words in ("Ilse Brandt", "direct", TOWED, "Cue: “said”", "Confidence 90 %", "Named here, 80 % sure"):
        assert words in told
    assert f"/entities/{first['speaker']['entity_id']}" in links(note)


def test_names_lead_to_whom_they_mean(page):
    assert {plain(name) for name in by_class(page, "name") if name.tag == "a"} == {
        "Ilse Brandt",
        "Oto Lind",
        "Port Amelie",
    }


def test_an_unknown_speaker_is_said_to_be_unknown(client, engine):
    text = "“It was late,” someone at the port said."
    annotated = make_annotated(
        text, people=(), places=(), quotes=[("It was late,", "said", "someone at the port")]
    )
    page = parse(client.get(f"/articles/{add_article(engine, annotated)}"))
    [note] = page.xpath("//li[starts-with(@id, 'quote-')]")
    assert "someone at the port" in said(note)
    assert by_class(note, "unknown")
    assert "The words do not tell who it is." in said(note)


def test_what_is_not_known_says_why(client, engine):
    annotated = make_annotated(
        headline=None, published_at=None, byline=None, dateline=Dateline("LISBON", "Reuters")
    )
    page = parse(client.get(f"/articles/{add_article(engine, annotated)}"))
    assert said(page.find(".//h1")) == "Article without a headline"
    assert "No headline: the test gives none" in said(page)
    assert "Date unknown: the test gives none" in said(page)
    assert "byline unknown: the test gives none" in said(page)
    assert "LISBON, Reuters" in said(page)


def test_a_day_is_that_of_the_place_where_it_was_printed(client, engine):
    annotated = make_annotated()
    midnight = Publication(datetime(2026, 3, 1, 15, tzinfo=UTC), "minute", "stated", offset_minutes=540)
    article = add_article(
        engine, replace(annotated, article=replace(annotated.article, published=stated(midnight)))
    )
    page = parse(client.get(f"/articles/{article}"))
    assert "2 March 2026, 00:00 (UTC+09:00)" in said(page)
    story = client.get(f"/v1/articles/{article}").json()["story_id"]
    for page in (
        parse(client.get(f"/stories/{story}")),
        parse(client.get("/stories")),
        parse(client.get("/")),
    ):
        [day] = page.xpath("//time[@datetime='2026-03-02T00:00:00+09:00']")[:1]
        assert said(day) == "2 March 2026"
    [person] = client.items("/v1/entities", q="ada okafor")
    assert "2 March 2026" in said(by_class(parse(client.get(f"/entities/{person['id']}")), "day")[0])


def test_it_leads_to_its_story_where_other_outlets_have_it_too(client, page, story, articles):
    assert f"/stories/{story}" in links(page)
    utterance = client.get(f"/v1/articles/{articles['post']}/quotes").json()["items"][0]["utterance_id"]
    assert f"/stories/{story}#u-{utterance}" in links(page)


def test_an_article_nobody_else_has_is_compared_with_none(client, engine):
    page = parse(client.get(f"/articles/{add_article(engine)}"))
    assert not [link for link in links(page) if "#u-" in link]


def test_a_copy_leads_to_its_original(client, engine):
    text = "\n\n".join(WIRE)
    first, second = (
        add_article(engine, make_annotated(text, publisher=name, external_id=name))
        for name in ("First", "Second")
    )
    shown = [parse(client.get(f"/articles/{each}")) for each in (first, second)]
    assert [f"/articles/{first}" in links(page.find(".//article")) for page in shown] == [False, True]


def test_a_day_of_which_the_place_is_not_known_is_said_to_be_that_of_utc(client, engine):
    add_article(engine)
    assert "(UTC)" in said(by_class(parse(client.get("/stories")), "cards")[0])
