"""A story's page: outlets side by side, what they share in which wording, what each alone has."""

import pytest

from tests.api.test_stories import HERALD, LATE, POST, TOWED, add
from tests.pages.documents import by_class, links, parse, said


@pytest.fixture
def page(client, story):
    return parse(client.get(f"/stories/{story}"))


def cells(utterance):
    return {said(by_class(cell, "outlet")[0]): cell for cell in by_class(utterance, "cell")}


def test_each_outlet_has_a_column_with_whose_words_it_prints(page):
    heads = {said(by_class(card, "outlet")[0]): said(card) for card in by_class(page, "outlet-card")}
    assert list(heads) == ["Harbour Post", "Kalvik Herald", "Wire"]
    assert "Ilse Brandt 56 %" in heads["Harbour Post"]
    assert "No headline: All 209 passengers of the ferry" in heads["Kalvik Herald"]
    assert "Quotes nobody." in heads["Wire"]


def test_words_that_differ_are_marked(page):
    [utterance] = by_class(page, "utterance")
    post, herald, wire = (cells(utterance)[name] for name in ("Harbour Post", "Kalvik Herald", "Wire"))
    assert "fullest wording" in said(post)
    assert post.find(".//del") is None
    assert [said(words) for words in herald.iter("del")] == ["left out: to Kalvik,"]
    assert "Does not carry it." in said(wire)


def test_who_printed_it_first_is_told(page):
    [utterance] = by_class(page, "utterance")
    assert "Carried by 2 of 3 articles." in said(utterance)
    assert "First printed: Harbour Post, 2 March 2026." in said(utterance)


def test_each_wording_says_in_words_how_it_was_found(page):
    [utterance] = by_class(page, "utterance")
    assert "direct: all in quotation marks, “said”, 90 % sure" in said(cells(utterance)["Harbour Post"])
    alone = page.find(".//h2[@id='alone']").getparent()
    assert "direct: all in quotation marks, “said”, 90 % sure" in said(alone)


def test_who_printed_it_when_is_in_order_with_what_has_no_date_last(page):
    [table] = by_class(page, "arrivals")
    assert [said(row) for row in table.find("tbody")] == [
        "Harbour Post 2 March 2026, 09:30 (UTC) first",
        "Kalvik Herald 2 March 2026, 11:30 (UTC) 2 h later",
        "Wire Date unknown",
    ]
    assert [circle.get("cx") for circle in table.iter("circle")] == ["2.00%", "98.00%"]


def test_what_one_alone_has_is_listed(page):
    alone = page.find(".//h2[@id='alone']").getparent()
    told = {said(by_class(cell, "outlet")[0]): said(cell) for cell in by_class(alone, "cell")}
    assert LATE in told["Harbour Post"]
    assert "All it quotes is in others too." in told["Kalvik Herald"]


def test_figures_that_differ_stand_side_by_side(page):
    table = page.find(".//h2[@id='figures']").getparent().find(".//table")
    [row] = [said(row) for row in table.iter("tr") if "passeng" in said(row)]
    assert row.index("214") < row.index("209")


def test_each_wording_leads_to_its_place_in_the_article(client, page):
    for link in {link for link in links(page) if "#at-" in link}:
        path, _, anchor = link.partition("#")
        assert parse(client.get(path)).xpath(f"//*[@id='{anchor}']")


def test_outlets_that_disagree_who_spoke_are_both_named(client, engine):
    words = "The water rose over the northern wall at four, and nobody had been warned before then"
    for name, publisher in (("Ilse Brandt", "Harbour Post"), ("Oto Lind", "Kalvik Herald")):
        text = f"Floods hit Tarvia overnight. “{words},” said {name}."
        article = add(engine, text, publisher, quotes=[(f"{words},", "said", name)])
    page = parse(client.get(f"/stories/{client.get(f'/v1/articles/{article}').json()['story_id']}"))
    [utterance] = by_class(page, "utterance")
    assert "Outlets disagree who said it:" in said(utterance)
    claims = {name: said(by_class(cell, "claim")[0]) for name, cell in cells(utterance).items()}
    assert claims == {"Harbour Post": "said by Ilse Brandt", "Kalvik Herald": "said by Oto Lind"}


def test_one_article_is_compared_with_nothing(client, engine):
    alone = add(engine, POST, "Harbour Post", headline="Ferry aground")
    page = parse(client.get(f"/stories/{client.get(f'/v1/articles/{alone}').json()['story_id']}"))
    assert "One article so far." in said(page)
    assert page.find(".//h2[@id='alone']") is None


def test_of_many_articles_only_those_that_carry_words_have_a_column(client, engine, articles, story):
    for number in range(3):
        more = f"{HERALD} {number} tugs came."
        add(engine, more, f"Paper {number}", hours=3, quotes=[(f"{TOWED},", "said", "Ilse Brandt")])
    [utterance] = by_class(parse(client.get(f"/stories/{story}")), "utterance")
    assert "Wire" not in cells(utterance)
    assert "Not in: Wire." in said(utterance)
