"""What holds for every page: documents, headers, conditional requests, errors, keys, costs."""

import logging
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, insert

from app.db.engine import writing
from app.db.story_tables import MergedStory
from tests.factories import add_article
from tests.pages.documents import links, parse, said

PAGES = ("/", "/articles", "/entities", "/stories", "/search", "/search?q=ferry")


def count_queries(client, path):
    statements = []

    def note(*given):
        statements.append(given[2])

    engine = client.app.state.engine
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def crawl(get, *starts):
    """Return every page that links lead to, and check what else they lead to."""
    found, waiting = {}, ["/", *starts]
    while waiting:
        path = waiting.pop()
        answer = get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html") or path == "/docs":
            continue
        found[path] = parse(answer)
        paths = {link.partition("#")[0] for link in links(found[path]) if link.startswith("/")}
        waiting += [path for path in paths if path not in found and path not in waiting]
    return found


def test_every_link_leads_somewhere(client, articles):
    found = crawl(client.get, "/search?q=ferry", "/search?q=ilse&kind=quote")
    assert {path.split("/")[1].split("?")[0] for path in found} >= {"", "articles", "entities", "stories"}
    for page in found.values():
        for link in links(page):
            path, _, anchor = link.partition("#")
            if anchor and path in found:
                assert found[path].xpath(f"//*[@id='{anchor}']"), link


@pytest.mark.parametrize("path", PAGES)
def test_pages_stand_alone_without_articles(client, path):
    page = parse(client.get(path))
    if path not in {"/search", "/search?q=ferry"}:
        assert "curl -X POST" in said(page)


@pytest.mark.parametrize("path", [*PAGES, "/nothing", f"/articles/{uuid4()}"])
def test_nothing_but_our_own_files_may_be_loaded(client, path):
    headers = client.get(path, headers={"Accept": "text/html"}).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"


def test_the_style_sheet_and_the_icon_are_served(client):
    page = parse(client.get("/"))
    for link in page.iter("link"):
        assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/articles"])
def test_what_the_browser_has_already_is_answered_304(client, engine, path):
    add_article(engine)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    add_article(engine, content="another", headline="Other")
    assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_head_and_compression_work(client, engine):
    path = f"/articles/{add_article(engine)}"
    head = client.request("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert client.get(path, headers={"Accept-Encoding": "br"}).headers["content-encoding"] == "br"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (f"/articles/{uuid4()}", 404, "There is no article with this id."),
        (f"/entities/{uuid4()}", 404, "There is no entity with this id."),
        (f"/stories/{uuid4()}", 404, "There is no story with this id."),
        ("/articles/not-an-id", 422, "path/article_id"),
        ("/search?q=%2A", 422, "query/q"),
        ("/stories?cursor=AAAA", 422, "This is no cursor of ours."),
        ("/entities?type=cat", 422, "query/type"),
        ("/search?q=%00", 422, "query/q"),
    ],
)
def test_an_error_is_a_page_in_the_words_of_the_problem(client, path, status, words):
    page = parse(client.get(path), status)
    assert words in said(page)
    assert str(status) in said(page)


def test_a_browser_gets_pages_for_unknown_paths_and_the_api_stays_json(client):
    browser = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
    assert "No such resource" in said(parse(client.get("/nothing", headers=browser), 404))
    for path, headers in (("/nothing", {}), ("/v1/nothing", browser), (f"/v1/articles/{uuid4()}", browser)):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_another_method_is_refused_with_those_there_are(client):
    answer = client.post("/stories")
    parse(answer, 405)
    assert "GET" in answer.headers["allow"]


def test_a_fault_of_ours_is_a_page_without_its_details(client):
    @client.app.get("/search/fault")
    def fault():
        raise RuntimeError("secret")

    logging.disable()
    page = parse(client.get("/search/fault"), 500)
    logging.disable(logging.NOTSET)
    assert "A fault of ours" in said(page)
    assert "secret" not in said(page)


def test_a_merged_story_leads_to_its_survivor(client, engine, story):
    gone = uuid4()
    with writing(engine) as connection:
        connection.execute(insert(MergedStory).values(story_id=gone, survivor_id=UUID(story)))
    for spelling in (str(gone), str(gone).upper(), gone.hex):
        answer = client.get(f"/stories/{spelling}?from=mail")
        parse(answer, 308)
        assert answer.headers["location"] == f"/stories/{story}?from=mail"


def test_pages_need_no_key(make_client):
    client = make_client(api_keys="one")
    parse(client.get("/"))


def test_parameters_that_links_collect_are_let_pass(client, articles):
    parse(client.get("/articles?utm_medium=mail"))


def test_a_page_costs_few_queries_however_much_it_shows(client, articles, story):
    [person] = client.items("/v1/entities", q="ilse brandt")
    costs = {  # at most: SQLite asks how common a word is, Postgres does not
        "/": 5,
        "/articles": 1,
        "/stories": 3,
        "/entities": 2,
        "/search?q=ferry": 11,
        f"/articles/{articles['post']}": 6,
        f"/stories/{story}": 7,
        f"/entities/{person['id']}": 11,
    }
    found = {path: count_queries(client, path) for path in costs}
    assert {path: cost for path, cost in found.items() if cost > costs[path]} == {}
