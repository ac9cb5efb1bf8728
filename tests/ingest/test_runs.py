import orjson
import pytest

from app.db import keyset, run_queries
from app.db.engine import reading, writing
from app.db.queries import get_article
from app.documents import RawDocument
from app.errors import BadLine, Busy, FetchFailed, NoArticle
from app.ingest import ledger
from app.ingest.pipeline import ingest
from app.ingest.runs import claim_run, describe_run, is_older, start_run, work
from tests.factories import TEXT, make_annotated

OLD, NEW = "nlp-1+rules", "nlp-2+rules"
LATER = f"{TEXT}\n\n“Boats first,” said Ada Okafor."
ONE, TWO = ("We will rebuild the bridge,", "said", "Mayor Ada Okafor"), ("Boats first,", "said", "Ada Okafor")


def add(engine, text=LATER, *, content=b"a", quotes=(ONE,), version=OLD):
    return ingest(
        engine, RawDocument(content, "text"), lambda _: make_annotated(text, quotes=quotes), version=version
    )


def reader(*quotes):
    return lambda _raw: make_annotated(LATER, quotes=quotes)


def run_all(engine, read, *, since=None, version=NEW, is_stopped=lambda: False):
    with writing(engine) as connection:
        run_id = start_run(connection, version, since)
    work(engine, claim_run(engine, version), read, is_stopped=is_stopped)
    return look(engine, run_id)


def look(engine, run_id):
    with reading(engine) as connection:
        return run_queries.get_run(connection, run_id) | {"id": run_id}


def differences(engine, run, *change):
    with reading(engine) as connection:
        listing = run_queries.list_differences(run["id"], change)
        rows = keyset.page(connection, listing, 50, None)
    return sorted(row["change"] for row in rows)


def counts(run):
    return {
        name: run[f"{name}_count"] for name in ("total", "done", "failed", "appeared", "vanished", "changed")
    }


def test_what_an_older_pipeline_read_is_read_again_and_the_old_revision_kept(engine):
    article_id = add(engine).article_id
    run = run_all(engine, reader(ONE, TWO))
    assert (run["state"], run["finished_at"] is not None) == ("done", True)
    assert counts(run) == {"total": 1, "done": 1, "failed": 0, "appeared": 1, "vanished": 0, "changed": 0}
    assert differences(engine, run) == ["appeared"]
    with reading(engine) as connection:
        from app.db.queries import get_article

        assert get_article(connection, article_id)["revision"] == 2


def test_quotes_that_vanish_or_change_are_listed(engine):
    add(engine, quotes=(ONE, TWO))
    run = run_all(engine, reader(("We will rebuild the bridge,", "said", None)))
    assert differences(engine, run) == ["changed", "vanished"]
    assert differences(engine, run, "vanished") == ["vanished"]


def test_what_the_present_pipeline_has_read_is_left_alone(engine):
    add(engine, version=NEW)

    def never(_raw):
        raise AssertionError

    assert counts(run_all(engine, never))["total"] == 0


def test_a_document_that_fails_is_listed_and_stays_as_it_was(engine):
    add(engine, content=b"a")
    add(engine, content=b"b")

    def read(raw):
        if raw.content == b"a":
            raise NoArticle("only furniture")
        return make_annotated(LATER, quotes=(ONE,))

    run = run_all(engine, read)
    assert counts(run) == {"total": 2, "done": 2, "failed": 1, "appeared": 0, "vanished": 0, "changed": 0}
    assert differences(engine, run) == ["failed"]
    with reading(engine) as connection:
        assert ledger.find_known(connection, RawDocument(b"a", "text"), OLD) is not None


def test_what_no_pipeline_could_read_may_be_read_by_a_newer_one(engine):
    def fail(_raw):
        raise NoArticle("only furniture")

    with pytest.raises(NoArticle):
        ingest(engine, RawDocument(b"a", "text"), fail, version=OLD)
    assert differences(engine, run_all(engine, reader(ONE))) == ["appeared"]


def test_a_stopped_run_goes_on_where_it_was(engine):
    for number in range(5):
        add(engine, content=b"%d" % number)
    stops = iter([False, False, True])
    run = run_all(engine, reader(ONE), is_stopped=lambda: next(stops))
    assert (run["state"], run["done_count"]) == ("running", 2)
    again = run_all(engine, reader(ONE))
    assert (again["id"], again["state"], again["done_count"]) == (run["id"], "done", 5)


def test_a_run_is_worked_on_by_one_process_at_a_time(engine):
    add(engine)
    with writing(engine) as connection:
        start_run(connection, NEW)
    assert claim_run(engine, NEW) is not None
    assert claim_run(engine, NEW) is None


def test_another_version_stops_an_unfinished_run(engine):
    add(engine)
    with writing(engine) as connection:
        first = start_run(connection, "nlp-2+tagger")
    assert run_all(engine, reader(ONE))["state"] == "done"
    assert look(engine, first)["state"] == "stopped"


def test_a_run_waits_while_every_reader_is_at_work(engine):
    add(engine)
    answers = iter([Busy("at work")])

    def read(_raw):
        for error in answers:
            raise error
        return make_annotated(LATER, quotes=(ONE,))

    assert run_all(engine, read)["done_count"] == 1


def test_only_the_last_document_of_an_article_is_read_again(engine):
    article = {"external_id": "one"}
    for content in (b"a", b"b"):
        from app.documents import Hints

        raw = RawDocument(content, "text", Hints(external_id="one"))
        ingest(engine, raw, lambda _: make_annotated(LATER, quotes=(ONE,), **article), version=OLD)
    read = []

    def note(raw):
        read.append(raw.content)
        assert raw.hints.external_id == "one"
        return make_annotated(LATER, quotes=(ONE,), **article)

    assert counts(run_all(engine, note))["done"] == 2
    assert read == [b"b"]


@pytest.mark.parametrize(
    ("version", "since", "older"),
    [
        ("extraction-1+nlp-3+rules", "extraction-2+nlp-1+rules", True),
        ("extraction-2+nlp-3+rules", "extraction-2+nlp-3+tagger", False),
        ("extraction-2+nlp-10+rules", "extraction-2+nlp-9+rules", False),
        ("something", "nlp-1", True),
    ],
)
def test_a_version_is_older_when_any_stage_is(version, since, older):
    assert is_older(version, since) is older


def test_since_leaves_alone_what_that_version_has_read(engine):
    add(engine)
    assert run_all(engine, reader(ONE), since=OLD)["total_count"] == 0
    run = run_all(engine, reader(ONE), since="nlp-2")
    assert run["done_count"] == 1
    assert describe_run(engine, run["id"]).startswith("1 of 1 documents read, 0 failed")


def test_what_was_never_given_to_a_pipeline_is_left_alone(engine):
    for error in (BadLine("This is no JSON."), FetchFailed("It answers 404.")):
        with writing(engine) as connection:
            raw = RawDocument(error.code.encode(), "text")
            ledger.keep_failure(connection, raw, error, name=None, version=OLD)
    assert counts(run_all(engine, reader(ONE)))["total"] == 0


def test_a_document_that_was_not_kept_is_listed_with_the_reason_and_stays_as_it_was_read(engine):
    keeps_nothing = engine.execution_options(keeps_documents=False)
    article_id = add(keeps_nothing).article_id
    run = run_all(engine, reader(ONE, TWO))
    assert counts(run) | {"done": 1, "failed": 1, "appeared": 0} == counts(run)
    with reading(engine) as connection:
        [told] = keyset.page(connection, run_queries.list_differences(run["id"], ["failed"]), 9, None)
        assert get_article(connection, article_id)["revision"] == 1
    assert b"not_kept" in orjson.dumps(told["after"])
    assert OLD.encode() in orjson.dumps(told["after"])
