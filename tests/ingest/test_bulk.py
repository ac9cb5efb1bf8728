"""Collections ingested without a queue: what a command does."""

import gzip
import json
import tracemalloc

import pytest
from sqlalchemy import text as sql

from app.db.engine import reading
from app.errors import DocumentError, NoArticle
from app.ingest.bulk import ingest_all
from app.ingest.readers.lines import read_lines
from app.ingest.readers.opening import open_collection
from tests.factories import make_annotated
from tests.ingest.test_feed import JSON_FEED, RSS
from tests.ingest.test_standards import NINJS_1
from tests.ingest.test_warc import archive, page
from tests.ingest.test_worker import HandPool
from tests.ingest.web import Answer, make_fetcher, run_site


def read(raw):
    if not raw.content.strip():
        raise NoArticle("The document is empty.")
    hints = raw.hints
    return make_annotated(raw.content.decode(), url=hints.url, external_id=hints.external_id)


def ingest(engine, name, fetcher=None, at_once=2):
    with open_collection(str(name), fetcher or make_fetcher(), max_bytes=50_000) as collection:
        outcomes = list(
            ingest_all(engine, collection.found, HandPool(read), fetcher or make_fetcher(), at_once=at_once)
        )
        return [(outcome.name, outcome.error and outcome.error.code) for outcome in outcomes]


def states(engine):
    with reading(engine) as connection:
        return sorted(connection.execute(sql("SELECT state FROM document")).scalars())


def lines(*records):
    return b"\n".join(json.dumps(record).encode() for record in records)


def test_lines_are_ingested_in_order_and_bad_ones_kept(engine, tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_bytes(lines({"text": "Lisbon slept."}, {"text": " "}, {}, {"text": "Lisbon woke."}))
    expected = [("line 1", None), ("line 2", "no_article"), ("line 3", "bad_line"), ("line 4", None)]
    assert ingest(engine, path) == expected
    assert states(engine) == ["failed", "failed", "stored", "stored"]
    assert ingest(engine, path) == expected, "and again, with nothing doubled"
    assert states(engine) == ["failed", "failed", "stored", "stored"]


def test_a_collection_broken_off_goes_on_where_it_was(engine, tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(*({"text": f"Lisbon slept {n} times."} for n in range(8)))))
    with open_collection(str(path), make_fetcher(), max_bytes=50_000) as collection:
        outcomes = ingest_all(engine, collection.found, HandPool(read), make_fetcher(), at_once=1)
        next(outcomes)
        outcomes.close()
    begun = len(states(engine))
    assert 1 <= begun < 8
    count = 0

    def counting(raw):
        nonlocal count
        count += 1
        return read(raw)

    with open_collection(str(path), make_fetcher(), max_bytes=50_000) as collection:
        list(ingest_all(engine, collection.found, HandPool(counting), make_fetcher(), at_once=1))
    assert (len(states(engine)), count) == (8, 8 - begun)


PAGES = archive(page(), page(url="https://news.test/b", body=b" "))
ITEMS = json.dumps([NINJS_1, {"text": "Lisbon woke."}, 7]).encode()
TORN = gzip.compress(lines({"text": "Lisbon slept."}, {"text": "x" * 9000}))[:-30]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.warc.gz", PAGES, {"https://news.test/a": None, "https://news.test/b": "no_article"}),
        ("a.json", ITEMS, {"item 1": None, "item 2": None, "item 3": "bad_line"}),
        ("a.json", b"{", {"item 1": "bad_line"}),
        ("a.xml", b"<html/>", {"feed": "bad_line"}),
        ("a.ndjson.gz", TORN, {"after 0": "bad_line"}),
    ],
)
def test_a_file_is_read_by_its_suffix(engine, tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content)
    assert dict(ingest(engine, path)) == expected


def test_a_folder_is_read_by_name(engine, tmp_path):
    (tmp_path / "b.html").write_text("<p>Lisbon slept.")
    (tmp_path / "a.txt").write_text("Lisbon woke.")
    assert ingest(engine, tmp_path) == [("a.txt", None), ("b.html", None)]


def test_a_feed_and_a_page_are_read_from_their_urls(engine):
    with run_site() as site:
        feed = {"Content-Type": "application/rss+xml"}
        site.pages |= {
            "/feed": Answer(RSS.replace(b"https://news.test", site.url.encode()), headers=feed),
            "/a?x=1": Answer(b"<p>Lisbon slept."),
            "/b": Answer(status=404),
        }
        found = ingest(engine, site.url + "/feed", at_once=1)
        assert [error for _, error in found] == [None, "fetch_failed", None, "bad_line"]
        assert ingest(engine, site.url + "/a?x=1") == [(site.url + "/a?x=1", None)]
        assert ingest(engine, site.url + "/none")[0][1] == "fetch_failed"


@pytest.mark.parametrize("name", ["none.ndjson", "a.pdf", "ftp://news.test/a"])
def test_what_no_reader_knows_is_refused_by_name(name):
    with pytest.raises(DocumentError, match="no folder"), open_collection(name, make_fetcher(), max_bytes=1):
        pass


def test_a_json_feed_in_a_file_is_a_feed(engine, tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(JSON_FEED)
    names = [name for name, _ in ingest(engine, path, make_fetcher(resolve=lambda *_: []))]
    assert names == ["https://news.test/a", "2"]


def test_thirty_megabytes_of_lines_are_read_in_constant_memory(tmp_path):
    path = tmp_path / "many.ndjson"
    line = json.dumps({"text": "Lisbon slept. " * 1000}).encode() + b"\n"
    with path.open("wb") as file:
        for _ in range(30_000_000 // len(line)):
            file.write(line)
    tracemalloc.start()
    with path.open("rb") as file:
        count = sum(found.error is None for found in read_lines(file, max_bytes=50_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_000_000 // len(line)
    assert peak < 3_000_000
