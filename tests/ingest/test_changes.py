"""The change log says what became of everything served, in the order of commits, whoever made the change."""

import threading
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as sql

from app.db.changes import ChangeFilter, NewChange, last_number, list_changes, record
from app.db.engine import make_engine, reading, writing
from app.db.ids import make_id
from app.db.keyset import page
from app.ingest.change_log import WATCHED, compare_quotes
from app.ingest.corrections import NewCorrection, correct
from app.ingest.store import forget_article
from tests.factories import add_article, make_annotated

WRITERS, EACH = 4, 25
LATER = "extraction-99"


def log(engine, **wanted):
    with reading(engine) as connection:
        return page(connection, list_changes(connection, ChangeFilter(**wanted)), 1000, None)


def told(engine, **wanted):
    return [(row["kind"], row["change"]) for row in log(engine, **wanted)]


def entity_id(engine, name):
    with reading(engine) as connection:
        found = connection.execute(sql("SELECT id FROM entity WHERE name = :name"), {"name": name}).scalar()
    return make_uuid(found)


def make_uuid(value):
    return UUID(str(value))


def make(engine, **fields):
    with writing(engine) as connection:
        return correct(connection, NewCorrection(author="test", reason="test", **fields))


def test_an_article_that_comes_in_is_told_with_its_entities_and_quotes(engine):
    add_article(engine)
    assert sorted(told(engine)) == [
        ("article", "created"),
        ("entity", "created"),
        ("entity", "created"),
        ("quote", "created"),
        ("story", "created"),
    ]


def test_what_changes_nothing_is_not_told(engine):
    add_article(engine)
    last = log(engine)[-1]["number"]
    add_article(engine)
    assert log(engine, after=last) == []


def test_reading_again_tells_the_article_and_only_the_quotes_that_differ(engine):
    first = make_annotated(external_id="a")
    add_article(engine, first, content="same")
    last = log(engine)[-1]["number"]
    add_article(engine, first, content="same", version=LATER)
    assert told(engine, after=last) == [("article", "changed")]
    last = log(engine)[-1]["number"]
    add_article(engine, make_annotated(external_id="a", quotes=[]), content="same", version=LATER + "9")
    assert told(engine, after=last) == [("article", "changed"), ("quote", "deleted")]


def test_a_deleted_article_takes_its_quotes_and_lone_entities_along(engine):
    article_id = add_article(engine)
    last = log(engine)[-1]["number"]
    with writing(engine) as connection:
        forget_article(connection, article_id)
    assert told(engine, after=last) == [
        ("story", "deleted"),
        ("quote", "deleted"),
        ("article", "deleted"),
        ("entity", "deleted"),
        ("entity", "deleted"),
    ]


def test_a_merge_is_told_with_where_the_entity_went_and_the_quotes_that_went_with_it(engine):
    add_article(engine)
    words = "“Not this year,” said Bo Lund."
    add_article(
        engine, make_annotated(words, people=("Bo Lund",), quotes=[("Not this year,", "said", "Bo Lund")])
    )
    ada, bo = entity_id(engine, "Ada Okafor"), entity_id(engine, "Bo Lund")
    last = log(engine)[-1]["number"]
    merge = make(engine, kind="merge", entity_id=bo, into_id=ada)
    rows = log(engine, after=last)
    assert [(row["kind"], row["change"]) for row in rows] == [("quote", "changed"), ("entity", "merged")]
    assert (make_uuid(rows[1]["subject_id"]), make_uuid(rows[1]["into_id"])) == (bo, ada)
    assert ("quote", "created") in told(engine, entity=(bo,))
    assert told(engine, entity=(ada,)) == told(engine, entity=(bo,))
    make(engine, kind="restore", correction_id=merge)
    assert told(engine, after=rows[-1]["number"]) == [("entity", "created"), ("quote", "changed")]


def test_a_reattributed_quote_concerns_both_speakers_and_a_new_name_the_entity(engine):
    add_article(engine)
    ada, lisbon = entity_id(engine, "Ada Okafor"), entity_id(engine, "Lisbon")
    with reading(engine) as connection:
        quote_id = make_uuid(connection.execute(sql("SELECT id FROM quote")).scalar())
    last = log(engine)[-1]["number"]
    make(engine, kind="reattribute", quote_id=quote_id, into_id=lisbon)
    make(engine, kind="rename", entity_id=lisbon, name="Lisboa")
    for one in (ada, lisbon):
        assert told(engine, after=last, entity=(one,), kind=("quote",)) == [("quote", "changed")]
    assert told(engine, after=last, kind=("entity",), change=("changed",)) == [("entity", "changed")]


def test_a_change_that_is_rolled_back_leaves_no_gap(engine):
    add_article(engine)
    change = NewChange(kind="story", change="created", id=make_id("story"))
    with pytest.raises(AttributeError), writing(engine) as connection:
        record(connection, [change, None])
    add_article(engine, text="Another text.")
    assert [row["number"] for row in log(engine)] == list(range(1, len(log(engine)) + 1))


def test_whoever_follows_the_log_while_several_write_misses_nothing(database_url):
    """A follower that keeps only the last number it saw must see every number once, in order."""
    engines = [make_engine(database_url) for _ in range(WRITERS)]

    def write(engine):
        for number in range(EACH):
            with writing(engine) as connection:
                ids = [make_id(id(engine), number, at) for at in range(1 + number % 3)]
                record(connection, [NewChange(kind="story", change="created", id=id_) for id_ in ids])

    threads = [threading.Thread(target=write, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    follower, seen = make_engine(database_url), []
    while True:
        is_over = not any(thread.is_alive() for thread in threads)
        seen += [row["number"] for row in log(follower, after=seen[-1] if seen else 0)]
        if is_over:
            break
    for engine in (*engines, follower):
        engine.dispose()
    assert seen == list(range(1, WRITERS * sum(1 + number % 3 for number in range(EACH)) + 1))


def test_the_last_number_is_0_where_nothing_happened(engine):
    with reading(engine) as connection:
        assert last_number(connection) == 0


QUOTES = st.dictionaries(st.integers(0, 5), st.sampled_from("abc"), max_size=5)


@given(QUOTES, QUOTES)
def test_whoever_applies_the_changes_to_the_old_quotes_has_the_new(before, after):
    def rows(quotes):
        told = dict.fromkeys((*WATCHED, "article_id", "publisher_id"))
        return [told | {"id": make_id(id_), "text": words} for id_, words in quotes.items()]

    new = {row["id"]: row["text"] for row in rows(after)}
    held = {row["id"]: row["text"] for row in rows(before)}
    for change in compare_quotes(rows(before), rows(after)):
        if change.change == "deleted":
            del held[change.id]
        else:
            assert (change.id in held) == (change.change == "changed")
            held[change.id] = new[change.id]
    assert held == new
