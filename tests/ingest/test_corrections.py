"""What is served depends on which corrections are in force, and on nothing else that happened."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from app.db.engine import make_engine, reading, writing
from app.errors import BadCorrection, Conflict
from app.ingest.corrections import NewCorrection, correct
from app.ingest.refreshing import refresh_rest
from tests.factories import add_article, make_annotated

SERVED = ("entity", "entity_label", "entity_name", "article_entity", "mention", "quote", "quote_mention")
PEOPLE = ("Ada Okafor", "A. Okafor", "Bo Lund", "Cy Marsh")
VERSIONS = count()
BY = {"author": "test", "reason": "test"}


def read_all(engine, **options):
    """Read four articles; each person speaks in two of them."""
    for number in range(4):
        speakers = [PEOPLE[number], PEOPLE[(number + 1) % 4]]
        text = "\n\n".join(f"“Word {number} of {name},” said {name}. Lisbon met {name}." for name in speakers)
        quotes = [(f"Word {number} of {name},", "said", name) for name in speakers]
        annotated = make_annotated(
            text, people=speakers, quotes=quotes, alternatives=[(name, 0.3) for name in speakers]
        )
        add_article(engine, annotated, content=str(number), **options)


@pytest.fixture
def filled(engine):
    read_all(engine)
    return engine


def rows(engine, statement):
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(sql(statement)).mappings()]


def served(engine):
    """Return all rows that are served, and what waits as found; not the utterances, which are grouped afterwards."""
    tables = {table: rows(engine, f"SELECT * FROM {table}") for table in (*SERVED, "as_found")}
    for row in tables["quote"]:
        del row["utterance_id"]
    counts = rows(engine, "SELECT id, quote_count, entity_count FROM article")
    return {table: sorted(map(repr, found)) for table, found in {**tables, "article": counts}.items()}


def ids(engine, table, column="id"):
    found = rows(engine, f"SELECT DISTINCT {column} AS id FROM {table} ORDER BY {column}")
    return [UUID(str(row["id"])) for row in found]


def make(engine, **fields):
    with writing(engine) as connection:
        return correct(connection, NewCorrection(**BY, **fields))


def restore(engine, correction_id):
    return make(engine, kind="restore", correction_id=correction_id)


def in_force(engine):
    chosen = "undone_by_id IS NULL AND kind <> 'restore' ORDER BY number"
    return [UUID(str(row["id"])) for row in rows(engine, f"SELECT id FROM correction WHERE {chosen}")]


def assert_counts_equal_the_rows(engine):
    wrong = """
        SELECT e.name FROM entity e WHERE
          e.mention_count != (SELECT count(*) FROM mention m WHERE m.entity_id = e.id)
          OR e.article_count != (SELECT count(*) FROM article_entity a WHERE a.entity_id = e.id)
          OR e.quote_count != (SELECT count(*) FROM quote q WHERE q.speaker_id = e.id)
          OR e.article_count = 0
    """
    assert rows(engine, wrong) == []
    names = """
        SELECT l.name FROM entity_label l WHERE l.mention_count !=
          (SELECT coalesce(sum(n.mention_count), 0) FROM entity_name n
           WHERE n.entity_id = l.entity_id AND n.kind = l.kind AND n.name = l.name)
    """
    assert rows(engine, names) == []


def asked(engine, kind, one, other):
    """Return the fields of a correction of whatever stands at these places."""

    def pick(table, number, column="id"):
        found = ids(engine, table, column)
        if not found:
            raise Conflict("none is left")
        return found[number % len(found)]

    entity, second = pick("decision", one, "found_id"), pick("entity", other)  # perhaps merged; as served
    if kind == "split":
        written = entity.hex if engine.dialect.name == "sqlite" else entity
        articles = ids(engine, f"article_entity WHERE entity_id = '{written}'", "article_id")
        return {"entity_id": entity, "article_ids": tuple(articles[: 1 + other % 2])}
    fields = {
        "merge": lambda: {"entity_id": entity, "into_id": second},
        "rename": lambda: {"entity_id": entity, "name": f"Name {other}"},
        "retype": lambda: {"entity_id": entity, "type": "group" if other % 2 else "person"},
        "reattribute": lambda: {"quote_id": pick("quote", one), "into_id": second if other % 3 else None},
        "reject": lambda: (
            {"quote_id": pick("quote", one)} if other % 2 else {"mention_id": pick("mention", one)}
        ),
    }
    return fields[kind]()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "merge", "split", "rename", "retype", "reattribute", "reject", "undo"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=10,
)


def take(engine, steps):
    for kind, one, other in steps:
        held = in_force(engine)
        try:
            if kind == "undo":
                if held:
                    restore(engine, held[one % len(held)])
            else:
                make(engine, kind=kind, **asked(engine, kind, one, other))
        except (BadCorrection, Conflict):
            continue  # a person would be told


def restore_all(engine):
    for id_ in in_force(engine):
        restore(engine, id_)


def test_of_two_merges_made_at_once_that_close_a_circle_one_is_refused(filled):
    one, other = ids(filled, "decision", "found_id")[:2]
    pairs = [{"entity_id": one, "into_id": other}, {"entity_id": other, "into_id": one}]

    def attempt(pair):
        try:
            return make(filled, kind="merge", **pair)
        except Conflict:
            return None

    for pair in pairs:
        make(filled, kind="retype", entity_id=pair["entity_id"], type="group")
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(attempt, pairs))
    assert made.count(None) == 1
    assert_counts_equal_the_rows(filled)


@pytest.mark.slow
@given(steps=STEPS, seed=st.integers())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_corrections_made_and_undone_in_any_order_leave_what_those_in_force_say(filled, steps, seed):
    order = Random(seed)  # noqa: S311 - an order for a test
    restore_all(filled)  # what an example before left
    found = served(filled)
    take(filled, steps)
    assert_counts_equal_the_rows(filled)
    corrected = served(filled)
    held = in_force(filled)
    order.shuffle(held)
    undone = [restore(filled, id_) for id_ in held]
    assert served(filled) == found
    order.shuffle(undone)
    for undo in undone:  # made again, in another order
        restore(filled, undo)
    assert served(filled) == corrected
    restore_all(filled)
    assert served(filled) == found


@pytest.mark.slow
@given(steps=STEPS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_corrections_hold_after_all_is_read_again(filled, steps):
    restore_all(filled)  # what an example before left
    take(filled, steps)
    before = served(filled)
    read_all(filled, version=f"version {next(VERSIONS)}")
    assert served(filled) == before


def test_a_merge_of_many_articles_is_finished_in_pieces_and_comes_to_the_same(make_database):
    engines = [make_engine(make_database()) for _ in range(2)]
    states = []
    for engine, at_once in zip(engines, (1, 100), strict=True):
        read_all(engine)
        with reading(engine) as connection:
            named = connection.execute(sql("SELECT name, id FROM entity")).all()
        one, other = (UUID(str(id_)) for name, id_ in sorted(named) if name in PEOPLE[1:3])
        with writing(engine) as connection:
            correct(
                connection, NewCorrection(kind="merge", entity_id=one, into_id=other, **BY), at_once=at_once
            )
        if at_once == 1:
            assert len(rows(engine, "SELECT article_id FROM stale_article")) == 1
            refresh_rest(engine)
        assert rows(engine, "SELECT article_id FROM stale_article") == []
        refresh_rest(engine)
        states.append([row["name"] for row in rows(engine, "SELECT name FROM entity ORDER BY name")])
        counted = "SELECT mention_count, article_count, quote_count FROM entity WHERE name = 'Bo Lund'"
        states.append(rows(engine, counted))
        engine.dispose()
    assert states[:2] == states[2:]
