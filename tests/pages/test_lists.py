"""The first page, lists, an entity's page and search."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest

from app.pages import reading, routes
from tests.factories import TEXT, add_article, make_annotated
from tests.pages.documents import by_class, links, parse, said

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def add_many(engine, number):
    for at in range(number):
        text = f"{TEXT}\n\nIt was day {at} of the work."
        published = MONDAY - timedelta(days=at)
        add_article(engine, make_annotated(text, headline=f"Day {at}", published_at=published, **QUOTED))


SYLLABLES = ("ba", "ce", "di", "fo", "gu", "hy", "ja", "ke", "li")  # of words that no two events share
QUOTED = {"quotes": [("We will rebuild the bridge,", "said", "Mayor Ada Okafor")]}


def walk(client, path, relation="next"):
    """Return the pages of a list by their links to the next, or to the one before."""
    pages = []
    while path:
        answer = client.get(path)
        pages.append(parse(answer))
        beside = {link.get("rel"): link.get("href") for link in pages[-1].iter("a") if link.get("rel")}
        assert {name: link["url"] for name, link in answer.links.items()} == beside
        heads = {link.get("rel"): link.get("href") for link in pages[-1].find("head").iter("link")}
        assert heads.items() >= beside.items()
        path = beside.get(relation)
    return pages


def there_and_back(client, path):
    """Walk to the last page of a list and back; return what is on the pages, both ways in the same order."""
    there = walk(client, path)
    last = [link.get("href") for link in there[-1].iter("a") if link.get("rel") == "prev"]
    back = walk(client, last[0], "prev")
    return there, [*reversed(back), there[-1]]


def test_the_first_page_shows_what_is_new_and_how_much_there_is(client, articles):
    page = parse(client.get("/"))
    assert "Ferry aground off Port Amelie" in said(page)
    counts = {said(row.find("dt")): said(row.find("dd")).split()[0] for row in by_class(page, "counts")[0]}
    assert counts == {"story": "1", "articles": "3", "quotes": "3", "names": "3"}


def test_the_first_page_says_that_the_server_is_starting(client):
    assert "Starting: loading models" in said(parse(client.get("/")))


@pytest.mark.parametrize("path", ["/articles", "/stories"])
def test_pages_of_a_list_joined_are_the_list(client, engine, path):
    number = routes.LISTED + 3
    for at in range(number):
        names = (f"{one.title()}{SYLLABLES[at // 9]}{SYLLABLES[at % 9]}{one}" for one in SYLLABLES[::3])
        add_article(engine, text=" ".join(names), headline=f"Day {at}", people=(), places=())
    there, back = there_and_back(client, path)
    found = [[said(headline) for headline in page.iter("h2")] for page in there]
    assert sorted(chain(*found)) == sorted(f"Day {at}" for at in range(number))
    assert [[said(headline) for headline in page.iter("h2")] for page in back] == found


def test_an_entity_shows_its_quotes_over_time(client, engine):
    add_many(engine, 3)
    [person] = client.items("/v1/entities", q="ada okafor")
    page = parse(client.get(f"/entities/{person['id']}"))
    assert said(page.find(".//h1")) == "Ada Okafor"
    assert [said(day.find("h3")) for day in by_class(page, "day")] == [
        "2 March 2026",
        "1 March 2026",
        "28 February 2026",
    ]
    for words in ("3 quotes", "3 articles", "mayor", "We will rebuild the bridge,", "The Harbour Post"):
        assert words in said(page)


def test_an_entitys_quotes_go_on_over_pages(client, engine):
    days = [f"“We will rebuild in {day} days,” said Ada Okafor." for day in range(reading.QUOTED + 2)]
    said_so = [(day.split("”")[0][1:], "said", "Ada Okafor") for day in days]
    add_article(engine, make_annotated("\n\n".join(days), quotes=said_so))
    [person] = client.items("/v1/entities", q="ada okafor")
    pages, back = there_and_back(client, f"/entities/{person['id']}")
    quotes = [[said(quote) for quote in page.iter("blockquote")] for page in pages]
    assert [len(each) for each in quotes] == [reading.QUOTED, 2]
    assert [[said(quote) for quote in page.iter("blockquote")] for page in back] == quotes
    assert f"/entities/{person['id']}" in links(pages[1])


def test_names_can_be_looked_up_by_type_and_beginning(client, articles):
    def names(path):
        return {
            said(row.find("th"))
            for row in parse(client.get(path)).iter("tr")
            if row.getparent().tag == "tbody"
        }

    assert names("/entities") == {"Ilse Brandt", "Oto Lind", "Port Amelie"}
    assert names("/entities?type=place") == {"Port Amelie"}
    assert names("/entities?q=ilse") == {"Ilse Brandt"}
    [current] = [
        link for link in parse(client.get("/entities?type=place")).iter("a") if link.get("aria-current")
    ]
    assert said(current) == "Places"
    assert "No name fits." in said(parse(client.get("/entities?q=nobody")))


def test_a_search_marks_the_words_it_found(client, articles):
    page = parse(client.get("/search?q=ferry"))
    assert {said(mark).casefold() for mark in page.iter("mark")} == {"ferry"}
    assert page.find(".//main//input").get("value") == "ferry"
    assert "The best" in said(page)


def test_a_search_can_be_for_one_kind(client, articles):
    page = parse(client.get("/search?q=ilse&kind=entity"))
    assert [said(each) for each in page.iter("h2")] == ["Ilse Brandt"]
    [current] = [link for link in page.iter("a") if link.get("aria-current")]
    assert said(current) == "Names"


def test_a_quote_that_was_found_says_who_printed_it(client, articles):
    page = parse(client.get("/search?q=rudder&kind=quote"))
    outlets = {said(by_class(hit, "outlet")[0]) for hit in by_class(page, "hits")[0]}
    assert outlets == {"Harbour Post", "Kalvik Herald"}


def test_a_story_that_was_found_leads_to_it(client, story):
    page = parse(client.get("/search?q=rudder&kind=story"))
    assert f"/stories/{story}" in links(page)
    assert "Story: Ferry aground off Port Amelie" in said(page)


def test_a_search_that_finds_nothing_says_so(client, articles):
    assert "Nothing has all these words." in said(parse(client.get("/search?q=zebra")))
