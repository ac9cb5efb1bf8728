"""Servers as operators run them: killed, started together, stopped, without keys."""

import json
import shutil
import subprocess
import sys
import time

import pytest

from app.db.engine import make_engine, writing
from tests.ingest.test_pipeline import BY_ARRIVAL, LEFT_OUT, contents
from tests.server import run_server, start_server

pytestmark = [pytest.mark.models, pytest.mark.slow]
COPIES = 12


@pytest.fixture
def many_seeds(tmp_path, seeds):
    """Return a folder of the two seeds and copies that differ by one word, so that each is an article."""
    folder = tmp_path / "seeds"
    shutil.copytree(seeds, folder)
    for path in sorted(seeds.glob("*.txt")):
        for number in range(COPIES // 2):
            text = path.read_text(encoding="utf-8").replace("South Korea", f"Southland {number}")
            (folder / f"{number}-{path.name}").write_text(text, encoding="utf-8")
    return folder


def stored(url):
    engine = make_engine(url)
    rows = contents(engine, left_out=LEFT_OUT | BY_ARRIVAL)
    engine.dispose()
    return rows


def test_a_server_killed_in_mid_ingest_completes_it_at_the_next_start_with_nothing_doubled(
    empty_database_url, make_database, many_seeds
):
    with start_server(empty_database_url, many_seeds) as server:
        server.wait_until_alive()
        while not server.http.get("/v1/articles").json()["items"]:
            time.sleep(0.02)
        server.kill()
    halfway = stored(empty_database_url)
    assert 1 <= len(halfway["article"]) <= COPIES + 2
    assert len(halfway["document"]) == len(halfway["article"])
    with run_server(empty_database_url, many_seeds) as server:
        assert server.http.get("/readyz").json()["done"] == COPIES + 2
    undisturbed = make_database()
    with run_server(undisturbed, many_seeds):
        pass
    assert stored(empty_database_url) == stored(undisturbed)


def test_servers_that_start_together_store_each_document_once(empty_database_url, many_seeds):
    starts = (start_server(empty_database_url, many_seeds) for _ in range(2))
    with next(starts) as one, next(starts) as other:
        for server in (one, other):
            assert server.wait_until_ready()["done"] == COPIES + 2
            articles = server.http.get("/v1/articles?limit=200").json()["items"]
            assert [article["revision"] for article in articles] == [1] * (COPIES + 2)


def test_an_asked_to_stop_server_ends_by_itself(database_url, seeds):
    with run_server(database_url, seeds) as server:
        assert server.stop() in {0, -15}


def test_a_posted_page_dump_is_read_by_the_real_pipeline(database_url, tmp_path):
    page = (
        "Home\nNews\nSport\n\nCouncil backs flood wall\n\nBy Jo Day\n\nPublished 2 March 2026 09:30 GMT\n\nShare\n\n"
        "The council voted on Monday to build a wall along the river, after two winters of floods.\n\n"
        "“We cannot wait for another winter,” said Ada Okafor, the mayor of Harbour. “The money is there.”\n\n"
        "Residents of the old town had asked for the wall in a petition signed by thousands of people.\n\n"
        "Sign up for our newsletter\n\nMost read"
    )
    with run_server(database_url, tmp_path) as server:
        answer = server.http.post("/v1/articles", json={"raw_text": page, "publisher": "The Harbour Post"})
        article = answer.json()
        assert answer.status_code == 201, article
        assert article["headline"] == "Council backs flood wall"
        assert article["published_at"] == "2026-03-02T09:30:00Z"
        assert article["text"].startswith("The council voted")
        [quote] = [quote for quote in article["quotes"] if quote["kind"] == "direct"]
        assert quote["speaker"]["name"] == "Ada Okafor"
        assert len(quote["segments"]) == 2


def test_without_keys_no_other_machine_is_let_in():
    command = [sys.executable, "-m", "app", "serve", "--host", "0.0.0.0"]  # noqa: S104 - refused, that is the test
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert "ONRECORD_API_KEYS" in refused.stderr


def test_a_batch_cut_short_by_a_kill_is_completed_by_whoever_comes_next(database_url, tmp_path):
    lines = [
        {"id": number, "text": f"“Yes, {number} times,” said Ada Okafor in Lisbon."} for number in range(40)
    ]
    content = "\n".join(json.dumps(line) for line in lines)
    with run_server(database_url, tmp_path) as server:
        headers = {"Content-Type": "application/x-ndjson"}
        job = server.http.post("/v1/articles:batch", content=content, headers=headers).json()
        while not server.http.get(f"/v1/jobs/{job['id']}").json()["counts"]["done"]:
            time.sleep(0.02)
        server.kill()
    engine = make_engine(database_url)
    with writing(engine) as connection:  # the lease of the task in hand runs out
        connection.exec_driver_sql("UPDATE task SET due_at = '2026-01-01 00:00:00.000000'")
    engine.dispose()
    assert len(stored(database_url)["article"]) < 40
    with run_server(database_url, tmp_path) as server:
        while server.http.get(f"/v1/jobs/{job['id']}").json()["state"] != "done":
            time.sleep(0.05)
        counts = server.http.get(f"/v1/jobs/{job['id']}").json()["counts"]
        assert counts == {"total": 40, "done": 40, "failed": 0}
        articles = server.http.get("/v1/articles?limit=200").json()["items"]
    assert len(articles) == 40
    assert {article["revision"] for article in articles} == {1}


def test_a_server_someone_listens_to_stops_at_once(database_url, tmp_path):
    with (
        run_server(database_url, tmp_path) as server,
        server.http.stream("GET", "/v1/changes/stream") as stream,
    ):
        assert next(stream.iter_bytes()).startswith(b"retry:")
        asked_at = time.monotonic()
        assert server.stop() in {0, -15}
        assert time.monotonic() - asked_at < 9  # its grace for open connections is 10 seconds
