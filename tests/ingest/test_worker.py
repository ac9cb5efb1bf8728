"""The queue and its workers: every task done once in effect, whatever happens to whoever does it."""

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text as sql

from app.db import queries
from app.db.engine import reading, writing
from app.documents import Hints, RawDocument
from app.errors import Busy, FetchDelayed, FetchFailed, NoArticle, ReaderDied
from app.ingest import jobs, worker
from app.ingest.fetch import Fetched
from app.ingest.submissions import Submission
from app.ingest.worker import Worker
from tests.factories import make_annotated


class HandFetcher:
    """Answers a page with its URL in it, or raises what it was given."""

    def __init__(self, error=None):
        self.error = error

    def fetch(self, url):
        if self.error:
            raise self.error
        content = f"Lisbon slept. {url}".encode()
        kept = {"media_type": "text/html", "charset": "utf-8", "etag": None, "last_modified": None}
        return Fetched(url=url, content=content, **kept)


def read(raw):
    if not raw.content.strip():
        raise NoArticle("The document is empty.")
    return make_annotated(raw.content.decode(), url=raw.hints.url)


class HandPool:
    """Reads with a function of the test's."""

    version = "hand"

    def __init__(self, read):
        self.read = read


def make_worker(engine, read=read, fetcher=None, **options):
    return Worker(engine, HandPool(read), fetcher or HandFetcher(), **options)


def documents(*texts):
    return [Submission(RawDocument(text.encode(), "text")) for text in texts]


def page(url="https://news.test/a"):
    return [Submission.of_url(Hints(url=url))]


def submit(engine, submissions, kind="batch"):
    with writing(engine) as connection:
        return jobs.submit(connection, kind, submissions)


def job(engine, job_id):
    with reading(engine) as connection:
        row = queries.get_job(connection, job_id)
    return row["state"], row["total_count"], row["done_count"], row["failed_count"]


def rows(engine, table):
    with reading(engine) as connection:
        return connection.execute(sql(f"SELECT * FROM {table}")).mappings().all()


def make_due(engine):
    """Let time pass: every task is due now."""
    with writing(engine) as connection:
        now = datetime.now(UTC) - timedelta(seconds=1)
        task = jobs.Task
        connection.execute(task.metadata.tables["task"].update().values(due_at=now))


def test_a_job_counts_what_is_stored_and_what_failed(engine):
    job_id = submit(engine, documents("Lisbon slept.", " ", "Lisbon woke."))
    assert job(engine, job_id) == ("queued", 3, 0, 0)
    assert make_worker(engine).run_due() == 3
    assert job(engine, job_id) == ("done", 3, 2, 1)
    assert rows(engine, "task") == []
    [failed] = [row for row in rows(engine, "document") if row["state"] == "failed"]
    assert failed["line"] == 2
    assert "no_article" in failed["error"]


def test_a_job_that_stored_nothing_has_failed(engine):
    job_id = submit(engine, documents(" "))
    make_worker(engine).run_due()
    assert job(engine, job_id) == ("failed", 1, 0, 1)


def test_a_job_without_documents_is_done(engine):
    assert job(engine, submit(engine, [])) == ("done", 0, 0, 0)


def test_a_document_known_already_counts_as_done(engine):
    for _ in range(2):
        job_id = submit(engine, documents("Lisbon slept."))
        make_worker(engine).run_due()
        assert job(engine, job_id) == ("done", 1, 1, 0)
    assert len(rows(engine, "article")) == 1


def test_a_document_that_failed_before_fails_again_without_being_read(engine):
    submit(engine, documents(" "))
    make_worker(engine).run_due()
    job_id = submit(engine, documents(" "))
    make_worker(engine, read=pytest.fail).run_due()
    assert job(engine, job_id) == ("failed", 1, 0, 1)


def test_a_url_is_fetched_then_read(engine):
    job_id = submit(engine, page(), "url")
    make_worker(engine).run_due()
    assert job(engine, job_id) == ("done", 1, 1, 0)
    [article] = rows(engine, "article")
    assert article["url"] == "https://news.test/a"


def test_a_url_that_answers_nothing_is_a_failed_document_with_its_url(engine):
    job_id = submit(engine, page(), "url")
    make_worker(engine, fetcher=HandFetcher(FetchFailed("It answers 404."))).run_due()
    assert job(engine, job_id) == ("failed", 1, 0, 1)
    [failed] = rows(engine, "document")
    assert (failed["state"], failed["name"]) == ("failed", "https://news.test/a")
    submit(engine, page(), "url")
    make_worker(engine).run_due()
    assert [row["state"] for row in rows(engine, "document")] == ["stored"]


def test_a_url_that_is_down_is_tried_again_later_and_given_up_in_the_end(engine):
    job_id = submit(engine, page(), "url")
    down = make_worker(engine, fetcher=HandFetcher(FetchDelayed("It answers 503.", seconds=30)))
    for attempt in range(worker.MOST_ATTEMPTS):
        assert job(engine, job_id)[0] != "failed", attempt
        assert down.run_due() == 1
        assert down.run_due() == 0, "it is not due at once"
        make_due(engine)
    assert job(engine, job_id) == ("failed", 1, 0, 1)


def test_a_reader_that_is_busy_costs_no_attempt(engine):
    def busy(_raw):
        raise Busy("Every reader is at work.")

    job_id = submit(engine, documents("Lisbon slept."))
    for _ in range(worker.MOST_ATTEMPTS + 2):
        make_worker(engine, read=busy).run_due()
        make_due(engine)
    make_worker(engine).run_due()
    assert job(engine, job_id) == ("done", 1, 1, 0)


def test_a_killed_workers_task_is_taken_up_when_its_lease_ends(engine):
    job_id = submit(engine, documents("Lisbon slept."))
    assert jobs.claim(engine, uuid4(), lease=0.05) is not None
    assert make_worker(engine).run_due() == 0
    time.sleep(0.1)
    assert make_worker(engine).run_due() == 1
    assert job(engine, job_id) == ("done", 1, 1, 0)


def test_a_lease_is_extended_by_a_live_worker(engine):
    submit(engine, documents("Lisbon slept."))
    holder = uuid4()
    jobs.claim(engine, holder, lease=0.05)
    jobs.extend_leases(engine, holder, lease=60)
    time.sleep(0.1)
    assert jobs.claim(engine, uuid4(), lease=60) is None


def test_a_document_that_kills_every_worker_is_given_up(engine):
    job_id = submit(engine, documents("Lisbon slept."))
    for _ in range(worker.MOST_ATTEMPTS):
        assert jobs.claim(engine, uuid4(), lease=0)
    make_worker(engine, read=pytest.fail).run_due()
    assert job(engine, job_id) == ("failed", 1, 0, 1)


def test_a_task_finished_by_two_workers_counts_once(engine):
    job_id = submit(engine, documents("Lisbon slept."))
    first = jobs.claim(engine, uuid4(), lease=0)
    again = jobs.claim(engine, uuid4(), lease=60)
    assert first.id == again.id
    for task in (first, again):
        worker.run_task(engine, task, HandPool(read), HandFetcher())
    assert job(engine, job_id) == ("done", 1, 1, 0)


def test_a_task_that_another_holds_is_not_given_back(engine):
    submit(engine, documents("Lisbon slept."))
    first = jobs.claim(engine, uuid4(), lease=0)
    assert jobs.claim(engine, uuid4(), lease=60)
    jobs.release(engine, first, 0, counts=False)
    assert jobs.claim(engine, uuid4(), lease=60) is None


def test_a_reader_stopped_with_its_worker_fails_nothing(engine):
    job_id = submit(engine, documents("Lisbon slept."))
    task = jobs.claim(engine, uuid4(), lease=60)

    def die(_raw):
        raise ReaderDied("The process reading the document died.")

    worker.run_task(engine, task, HandPool(die), HandFetcher(), is_stopping=lambda: True)
    make_due(engine)
    assert make_worker(engine).run_due() == 1
    assert job(engine, job_id) == ("done", 1, 1, 0)


def test_a_fault_in_storing_undoes_the_count_with_the_article(engine):
    job_id = submit(engine, documents("Lisbon slept."))
    task = jobs.claim(engine, uuid4(), lease=60)

    def also(connection, article_id):
        jobs.finish(connection, task, task.submission.raw, article_id)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        worker.ingest(engine, task.submission.raw, read, also=also)
    assert rows(engine, "article") == []
    assert job(engine, job_id) == ("running", 1, 0, 0)
    assert len(rows(engine, "task")) == 1


def test_one_document_does_not_wait_for_a_batch(engine):
    batch = submit(engine, documents("a", "b", "c"))
    one = submit(engine, documents("d"), "document")
    assert jobs.claim(engine, uuid4(), lease=60).job_id == one
    assert jobs.claim(engine, uuid4(), lease=60).job_id == batch


def test_many_workers_claim_each_task_once(engine):
    submit(engine, documents(*(f"Text {number}." for number in range(60))))
    claimed = []

    def work():
        while (task := jobs.claim(engine, uuid4(), lease=60)) is not None:
            claimed.append(task.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 60


def test_a_worker_in_threads_does_what_is_queued_and_stops(engine):
    running = make_worker(engine, threads=2)
    running.start()
    job_id = submit(engine, documents(*(f"Text {number}." for number in range(6))))
    running.wake()
    deadline = time.monotonic() + 20
    while job(engine, job_id)[0] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    running.stop()
    assert job(engine, job_id) == ("done", 6, 6, 0)


def test_a_batch_whose_server_died_is_forgotten(engine):
    with writing(engine) as connection:
        job_id = jobs.open_job(connection, "batch")
        jobs.add_tasks(connection, job_id, enumerate(documents("a"), 1))
    jobs.forget_broken(engine)
    assert len(rows(engine, "job")) == 1
    with writing(engine) as connection:
        long_ago = datetime.now(UTC) - timedelta(days=1)
        connection.execute(jobs.Job.metadata.tables["job"].update().values(created_at=long_ago))
    jobs.forget_broken(engine)
    assert (rows(engine, "job"), rows(engine, "task")) == ([], [])
