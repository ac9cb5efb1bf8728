"""The seeds' pages in a real browser, as people see them and as screen readers tell them."""

import pytest

from tests.chromium import NARROW, WIDE, find_chromium, run_chromium
from tests.pages.documents import by_class, parse, said
from tests.pages.test_every_page import crawl
from tests.server import run_server

pytestmark = [pytest.mark.models, pytest.mark.slow]


@pytest.fixture(scope="module")
def http(make_database, seeds):
    with run_server(make_database(), seeds) as server:
        yield server.http


@pytest.fixture(scope="module")
def browser():
    path = find_chromium()
    if path is None:
        pytest.skip("There is no Chromium on this machine.")
    with run_chromium(path) as page:
        yield page


@pytest.fixture(scope="module")
def story(http):
    [story] = http.get("/v1/stories", params={"min_publishers": 2}).json()["items"]
    return f"/stories/{story['id']}"


@pytest.fixture(scope="module")
def paths(http, story):
    article = http.get("/v1/articles", params={"publisher": "the-korea-herald"}).json()["items"][0]["id"]
    person = http.get("/v1/entities", params={"q": "koro bessho"}).json()["items"][0]["id"]
    return (
        "/",
        story,
        f"/articles/{article}",
        f"/entities/{person}",
        "/entities",
        "/search?q=japan",
        "/nothing",
    )


@pytest.fixture(scope="module")
def quoted(http):
    """Return the page of somebody quoted in two weeks."""
    for day in (2, 12):
        text = f"“The ferry will sail again in {day} days,” said harbour master Ilse Brandt on Monday."
        new = {"text": text, "publisher": "Harbour Post", "published_at": f"2026-03-{day:02}T09:00:00Z"}
        assert http.post("/v1/articles", json=new).status_code == 201
    return f"/entities/{http.get('/v1/entities', params={'q': 'ilse brandt'}).json()['items'][0]['id']}"


def focus(browser):
    return browser.ask("document.activeElement.textContent.trim() || document.activeElement.id")


def test_every_link_of_the_seeds_leads_somewhere(http):
    assert len(crawl(http.get, "/search?q=japan")) > 30  # two articles, a story and their names


def test_the_story_shows_what_both_outlets_print_and_what_one_leaves_out(http, story):
    page = parse(http.get(story))
    shared = [said(each) for each in by_class(page, "utterance")]
    assert len(shared) == 3
    assert all("Koro Bessho" in each and "Carried by 2 of 2 articles." in each for each in shared)
    assert sum("at any time" in each for each in shared) == 1
    [form] = [each for each in by_class(page, "form") if "pre-emptive" in said(each)]
    assert said(form) == "pre-emptive (elsewhere: preemptive)"
    alone = page.find(".//h2[@id='alone']").getparent()
    assert [len(list(cell.iter("blockquote"))) for cell in by_class(alone, "cell")] == [9, 6]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW, (320, 700)], ids=str)
def test_pages_fit_the_window_and_the_browser_complains_of_nothing(http, browser, paths, size, scheme):
    for path in paths:
        browser.show(size, scheme=scheme)
        browser.open(f"{http.base_url}{path}")
        assert browser.ask("document.documentElement.scrollWidth <= innerWidth"), path
        assert browser.ask("getComputedStyle(document.body).margin") == "0px"  # the style sheet is in force
    unexpected = [complaint for complaint in browser.complaints if "404" not in complaint]
    assert unexpected == []


def test_the_keyboard_reaches_the_content_first(http, browser, story):
    browser.open(f"{http.base_url}{story}")
    browser.press("Tab")
    assert focus(browser) == "Skip to the content"
    assert browser.ask("document.activeElement.getBoundingClientRect().left >= 0")  # and is seen
    browser.press("Enter")
    browser.press("Tab")
    assert browser.ask("document.activeElement.closest('main') !== null")


def test_the_keyboard_goes_in_the_order_of_reading(http, browser, story):
    browser.open(f"{http.base_url}{story}")
    reached = []
    for _ in range(9):
        browser.press("Tab")
        reached.append(focus(browser))
    assert reached[:7] == ["Skip to the content", "On Record", "Stories", "Articles", "Names", "q", "Search"]
    assert reached[7].startswith("Japan ready to ink")


def test_a_screen_reader_is_told_a_name_for_everything_to_act_on(http, browser, paths):
    for path in paths:
        browser.open(f"{http.base_url}{path}")
        told = browser.things()
        assert {"banner", "main", "navigation", "contentinfo", "search"} <= {role for role, _ in told}
        assert not [
            role for role, name in told if role in {"link", "button", "searchbox", "table"} and not name
        ]


def test_the_number_of_a_quote_leads_to_its_note_and_back(http, browser, paths):
    browser.open(f"{http.base_url}{paths[2]}")
    browser.ask("document.querySelector('.text .number').click()")
    note = browser.ask("document.querySelector(':target').id")
    browser.ask("document.querySelector(':target .number').click()")
    assert browser.ask("document.querySelector(':target').id") == note.replace("quote-", "at-")


@pytest.mark.parametrize("size", [WIDE, NARROW, (320, 700)], ids=str)
def test_a_bar_of_the_chart_can_be_seen_and_leads_to_its_quotes(http, browser, quoted, size):
    browser.show(size)
    browser.complaints.clear()
    browser.open(f"{http.base_url}{quoted}")
    assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
    boxes = "[...document.querySelectorAll('.chart .amount')].map(bar => bar.getBoundingClientRect())"
    assert browser.ask(f"{boxes}.every(box => box.width >= 4 && box.height >= 4)")
    assert browser.ask(f"{boxes}.length") == 2
    assert browser.complaints == []
    path = browser.ask("document.querySelector('.chart a').href.baseVal")
    browser.open(f"{http.base_url}{path}")
    assert browser.ask("document.querySelectorAll('blockquote').length") == 1
    assert browser.ask("document.querySelectorAll('.chart .chosen').length") == 1


def test_screen_readers_and_keyboards_get_the_table_instead_of_the_chart(http, browser, quoted):
    browser.show()
    browser.open(f"{http.base_url}{quoted}")
    assert browser.ask("document.querySelector('.chart a').tabIndex") == -1
    browser.ask("document.querySelector('.timeline summary').click()")
    told = browser.things()
    assert ("link", "2 March 2026") in told
    assert [name for role, name in told if role == "link"].count("2 March 2026") == 1
