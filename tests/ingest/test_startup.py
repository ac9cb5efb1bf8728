import time
from uuid import UUID

from app.db import intake_queries, keyset, queries
from app.db.engine import reading
from app.errors import ModelError
from app.ingest.startup import StartUp
from tests.api.conftest import HandReader


def run(engine, folder, pool=None, max_bytes=10_000):
    startup = StartUp(engine, pool or HandReader(), folder, max_bytes=max_bytes)
    startup.start()
    deadline = time.monotonic() + 20
    while startup.progress.state not in {"done", "failed"}:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return startup.progress


def documents(engine):
    with reading(engine) as connection:
        return {
            row["name"]: row["state"]
            for row in keyset.page(connection, intake_queries.list_documents([]), 50, None)
        }


def test_the_folder_is_read_and_a_second_start_adds_nothing(engine, tmp_path):
    (tmp_path / "a.txt").write_text("“Yes,” said Ada Okafor.")
    (tmp_path / "b.html").write_text("<p>Lisbon slept.</p>")
    (tmp_path / "README.md").write_text("not a document")
    for _ in range(2):
        progress = run(engine, tmp_path)
        assert (progress.total, progress.done, progress.failed) == (2, 2, 0)
    assert documents(engine) == {"a.txt": "stored", "b.html": "stored"}


def test_bad_files_are_recorded_with_their_reason_and_stop_nothing(engine, tmp_path):
    (tmp_path / "a.txt").write_text("  ")
    (tmp_path / "b.txt").write_bytes(b"x" * 10_001)
    (tmp_path / "c.txt").symlink_to("/etc/passwd")
    (tmp_path / "d.txt").write_text("Lisbon slept.")
    (tmp_path / "e.txt").mkdir()
    progress = run(engine, tmp_path)
    assert (progress.total, progress.done, progress.failed) == (5, 1, 4)
    assert documents(engine) == dict.fromkeys(("a.txt", "b.txt", "c.txt", "e.txt"), "failed") | {
        "d.txt": "stored"
    }


def test_an_absent_folder_holds_nothing(engine, tmp_path):
    assert run(engine, tmp_path / "none").total == 0
    assert run(engine, None).state == "done"


def test_a_deleted_seed_does_not_come_back(engine, tmp_path):
    from app.db.engine import writing
    from app.ingest.store import forget_article

    (tmp_path / "a.txt").write_text("Lisbon slept.")
    run(engine, tmp_path)
    with reading(engine) as connection:
        [article] = keyset.page(
            connection, queries.list_articles(connection, queries.ArticleFilter()), 5, None
        )
    with writing(engine) as connection:
        forget_article(connection, UUID(str(article["id"])))
    assert run(engine, tmp_path).done == 1
    with reading(engine) as connection:
        assert (
            keyset.page(connection, queries.list_articles(connection, queries.ArticleFilter()), 5, None) == []
        )
    assert documents(engine) == {"a.txt": "deleted"}


def test_missing_models_are_told_and_nothing_is_read(engine, tmp_path):
    class Broken(HandReader):
        def start(self):
            raise ModelError("The model is not the pinned one.")

    (tmp_path / "a.txt").write_text("Lisbon slept.")
    progress = run(engine, tmp_path, Broken())
    assert progress.state == "failed"
    assert progress.error == "The model is not the pinned one."
    assert documents(engine) == {}
