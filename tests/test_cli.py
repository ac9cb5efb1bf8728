import json
import os
import subprocess
import sys
import time

import pytest

from app.db import queries
from app.db.engine import make_engine, reading, writing
from app.ingest import jobs
from app.ingest.submissions import parse_line

pytestmark = [pytest.mark.models, pytest.mark.slow]

GOOD = "“We will rebuild the bridge,” said Mayor Ada Okafor.\n\nShe spoke in Lisbon."
PAGE = (
    "“We will rebuild the bridge before the next winter comes,” said Ada Okafor, the mayor of Harbour.\n\n"
    "The old bridge, which stood for a hundred and twenty years, was swept away by the flood in January.\n\n"
    "She spoke in Lisbon, where the engineers of the new bridge had shown their plans to the council."
)


def run(*arguments, given=b"", settings=None):
    command = [sys.executable, "-m", "app", *arguments]
    environment = os.environ | (settings or {})
    return subprocess.run(
        command, input=given, capture_output=True, check=False, timeout=120, env=environment
    )


def lines(*records):
    return (
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in records) + b"\n"
    )


@pytest.fixture(scope="module")
def answers():
    given = lines(
        {"id": 1, "text": GOOD},
        b"{broken",
        {"id": "two", "text": "", "more": 1},
        {"id": 3, "raw_text": "Menu\n\nShare"},
        {"text": GOOD},
        b'{"id": 5, "text": "\\ud800"}',
        {"id": 6, "text": 7},
        {
            "id": 7,
            "html": "<script>x</script><p>" + PAGE.replace("\n\n", "</p><p>"),
        },
        {"id": 8, "text": GOOD},
    )
    answer = run("annotate", given=given)
    assert answer.returncode == 0, answer.stderr
    return answer, [json.loads(line) for line in answer.stdout.splitlines()]


def test_one_line_out_for_each_line_in_and_order_kept(answers):
    assert [line["id"] for line in answers[1]] == [1, None, "two", 3, None, None, 6, 7, 8]


def test_a_bad_line_is_an_error_object_and_the_run_goes_on(answers):
    errors = [line["error"]["code"] for line in answers[1] if "error" in line]
    assert errors == ["bad_line", "no_article", "no_article", "bad_line", "bad_line", "bad_line"]
    assert b"6 lines failed" in answers[0].stderr


def test_a_clean_text_is_kept_verbatim_and_spans_slice_to_their_words(answers):
    line = answers[1][0]
    assert line["article"]["text"] == GOOD
    [quote] = line["quotes"]
    assert [GOOD[start:end] for start, end in quote["content"]] == ["We will rebuild the bridge,"]
    assert [GOOD[start:end] for start, end in quote["cue"]] == ["said"]
    assert [GOOD[start:end] for start, end in quote["speaker"]] == ["Mayor Ada Okafor"]
    speaker = line["entities"][quote["speaker_entity"]]
    assert (speaker["type"], speaker["name"]) == ("person", "Ada Okafor")
    assert quote["speaker_alternatives"] == []
    assert "She" in [GOOD[mention["start"] : mention["end"]] for mention in speaker["mentions"]]
    assert line["pipeline"]["version"]


def test_strict_makes_a_failed_line_the_exit_status():
    assert run("annotate", "--strict", given=b"{broken\n").returncode == 1


def test_the_openapi_command_writes_the_document():
    assert json.loads(run("openapi").stdout)["info"]["title"] == "On Record"


def test_a_folder_is_ingested_and_what_failed_is_counted(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE)
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}")
    assert run("ingest", str(folder)).returncode == 0
    (folder / "b.txt").write_text("")
    answer = run("ingest", str(folder))
    assert answer.returncode == 1
    assert b"1 of 2 documents stored" in answer.stderr


def test_reprocess_reads_again_what_another_pipeline_has_read_and_nothing_twice(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE)
    database = {"ONRECORD_DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    run("ingest", str(tmp_path), settings=database | {"ONRECORD_QUOTE_MODEL": "rules"})
    for told in ("1 of 1 documents read, 0 failed", "0 of 0 documents read"):
        answer = run("reprocess", settings=database)
        assert answer.returncode == 0, answer.stderr
        assert told in answer.stderr.decode()


def test_lines_are_ingested_and_the_bad_one_is_named(tmp_path, monkeypatch):
    path = tmp_path / "in.ndjson"
    path.write_bytes(lines({"id": 1, "text": GOOD}, b"{broken"))
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}")
    answer = run("ingest", str(path), str(tmp_path / "none.pdf"))
    assert answer.returncode == 1
    assert b"1 of 3 documents stored" in answer.stderr
    assert b"line 2" in answer.stderr
    assert b"none.pdf" in answer.stderr


def test_a_worker_reads_what_is_queued_and_ends_when_asked(database_url, monkeypatch):
    engine = make_engine(database_url)
    with writing(engine) as connection:
        job_id = jobs.submit(connection, "document", [parse_line(json.dumps({"text": GOOD}).encode())])
    monkeypatch.setenv("ONRECORD_DATABASE_URL", database_url)
    worker = subprocess.Popen([sys.executable, "-m", "app", "worker"], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while True:
        with reading(engine) as connection:
            job = queries.get_job(connection, job_id)
        if job["state"] == "done":
            break
        assert time.monotonic() < deadline
        time.sleep(0.1)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    engine.dispose()
