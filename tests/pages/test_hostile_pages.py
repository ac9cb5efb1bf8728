"""Hostile texts are shown as text: nothing in them is run, followed or lets the rest of a page be misread."""

import pytest

from app.pages.phrases import web_address
from tests.factories import add_article, make_annotated
from tests.pages.documents import links, parse, plain

SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    SCRIPT,
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title></h1></main><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; ]]> <!-- -->",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eevil\u202c \u2066\u200f",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stand_as_they_are_on_every_page(client, engine, words):
    text = f"“We saw {words} there,” said Ada {words} Okafor."
    annotated = make_annotated(
        text,
        people=(f"Ada {words} Okafor",),
        places=(),
        quotes=[(f"We saw {words} there,", "said", f"Ada {words} Okafor")],
        headline=f"Headline {words}",
        publisher=f"Post {words}",
        byline=f"By {words}",
        language=words,
    )
    article = add_article(engine, annotated)
    stored = client.get(f"/v1/articles/{article}?include=quotes").json()
    entity = stored["quotes"][0]["speaker"]["entity_id"]
    for path in ("/", "/articles", "/stories", f"/articles/{article}", f"/stories/{stored['story_id']}"):
        assert words in plain(parse(client.get(path)))
    assert words in plain(parse(client.get(f"/entities/{entity}")))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_searched_for_is_shown_as_text(client, words):
    answer = client.get("/search", params={"q": f"bridge {words}"})
    page = parse(answer, answer.status_code)
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        assert page.find(".//main//input").get("value") == f"bridge {words}"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//news.example/a",
        "https:",
        "https://[",
        "java\nscript:alert(1)",
        "https://news.example/\u202egnp",
    ],
)
def test_an_address_that_is_not_of_the_web_is_no_link(url):
    assert web_address(url) is None


def test_an_article_without_an_address_of_the_web_has_no_link_out(client, engine):
    article = add_article(engine, url="javascript:alert(1)")
    assert not [link for link in links(parse(client.get(f"/articles/{article}"))) if "script" in link]


def test_a_link_out_tells_nobody_where_it_was_followed(client, engine):
    article = add_article(engine, url="https://news.example/bridge?a=1&b=2")
    page = parse(client.get(f"/articles/{article}"))
    [link] = [each for each in page.iter("a") if each.get("href").startswith("https:")]
    assert link.get("href") == "https://news.example/bridge?a=1&b=2"
    assert set(link.get("rel").split()) == {"noopener", "nofollow", "noreferrer"}


def test_every_stretch_of_foreign_text_is_kept_to_itself(client, engine):
    """A text that turns the writing direction round must not turn the words beside it."""
    article = add_article(engine, headline="\u202eenilaeh", publisher="\u202etsop")
    page = parse(client.get(f"/articles/{article}"))
    for element in page.iter():
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        if "\u202e" in own:
            assert element.tag in {"bdi", "title"} or element.get("dir") == "auto"
