from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from app.db.engine import reading
from app.documents import Hints, RawDocument
from app.errors import DocumentError, NoArticle
from app.ingest.pipeline import ingest
from tests.factories import TEXT, add_article, make_annotated

TABLES = (
    "article", "article_revision", "article_entity", "document", "entity", "entity_key", "entity_name",
    "mention", "publisher", "quote", "quote_mention",
)  # fmt: skip


LEFT_OUT = {"ingested_at", "received_at", "reason", "confidence"}  # when it came, and what decided
BY_ARRIVAL = {"ordered_at", "first_seen_at", "last_seen_at"}  # of an article with no date


def contents(engine, *, left_out=LEFT_OUT):
    """Return every row of the tables that hold what was found, less what differs from run to run."""
    with reading(engine) as connection:
        return {
            table: sorted(
                str({name: value for name, value in row.items() if name not in left_out})
                for row in connection.execute(sql(f"SELECT * FROM {table}")).mappings()
            )
            for table in TABLES
        }


def test_ingesting_twice_adds_nothing(engine):
    add_article(engine)
    before = contents(engine)
    add_article(engine)
    assert contents(engine) == before


def test_a_document_known_to_this_pipeline_is_not_read_again(engine):
    raw = RawDocument(b"x", "text")
    assert ingest(engine, raw, lambda _: make_annotated()).outcome == "new"

    def never(_raw):
        raise AssertionError

    assert ingest(engine, raw, never).outcome == "known"


def test_a_new_pipeline_version_reads_again_and_keeps_the_old_revision(engine):
    raw = RawDocument(b"x", "text")
    first = ingest(engine, raw, lambda _: make_annotated())
    before = contents(engine)
    second = ingest(engine, raw, lambda _: make_annotated(), version="next")
    assert (second.article_id, second.outcome) == (first.article_id, "revised")
    after = contents(engine)
    for table in (
        "mention",
        "quote",
        "entity",
        "article_entity",
        "entity_name",
        "quote_mention",
        "publisher",
    ):
        assert after[table] == before[table], f"{table}: ids and counts must survive re-reading"
    assert len(after["article_revision"]) == 1
    assert len(after["document"]) == 1


def test_a_database_built_again_has_the_same_ids(make_database):
    from app.db.engine import make_engine

    engines = [make_engine(make_database()) for _ in range(2)]
    for engine in engines:
        add_article(engine, text="Ada Okafor met Ada Okafor in Lisbon.", content="a")
        add_article(engine, content="b")
    one, other = (contents(engine) for engine in engines)
    assert one == other
    for engine in engines:
        engine.dispose()


def test_a_failure_is_kept_and_told_again_without_reading(engine):
    raw = RawDocument(b"nothing", "page")

    def fail(_raw):
        raise NoArticle("only furniture")

    for read in (fail, lambda _: make_annotated()):
        with pytest.raises(NoArticle, match="only furniture"):
            ingest(engine, raw, read)
    assert contents(engine)["article"] == []
    assert "no_article" in contents(engine)["document"][0]


def test_a_fault_while_storing_leaves_nothing_behind(engine):
    annotated = make_annotated()
    broken = replace(annotated, quotes=(replace(annotated.quotes[0], confidence=None),))
    with pytest.raises(IntegrityError):
        add_article(engine, broken)
    assert not any(contents(engine).values())


def test_articles_of_one_url_are_revisions_and_of_two_urls_are_two(engine):
    one = add_article(engine, content="1", url="https://news.test/a")
    assert add_article(engine, content="2", url="https://news.test/a") == one
    assert add_article(engine, content="2", url="https://news.test/b") != one


def test_the_same_content_with_other_hints_revises_the_same_article(engine):
    one = ingest(engine, RawDocument(b"x", "text"), lambda _: make_annotated())
    raw = RawDocument(b"x", "text", Hints(headline="Better"))
    other = ingest(engine, raw, lambda _: make_annotated(headline="Better"))
    assert (other.article_id, other.outcome) == (one.article_id, "revised")


def test_counts_equal_the_rows(engine):
    add_article(engine, content="a")
    add_article(engine, text=TEXT + " Ada Okafor left Lisbon.", content="b")
    add_article(engine, text="Lisbon slept.", content="c", url="https://news.test/c")
    add_article(engine, text="Porto slept.", content="d", url="https://news.test/c", places=("Porto",))
    with reading(engine) as connection:
        wrong = connection.execute(
            sql("""
            SELECT e.name FROM entity e WHERE
              e.mention_count != (SELECT count(*) FROM mention m WHERE m.entity_id = e.id)
              OR e.article_count != (SELECT count(DISTINCT m.article_id) FROM mention m WHERE m.entity_id = e.id)
              OR e.quote_count != (SELECT count(*) FROM quote q WHERE q.speaker_id = e.id)
            """)
        ).all()
        publishers = connection.execute(sql("SELECT article_count FROM publisher")).scalars().all()
    assert wrong == []
    assert publishers == [3]


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=80
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_was_stored(engine, text):
    article_id = add_article(engine, text=text, people=(), places=())
    with reading(engine) as connection:
        from app.db.queries import get_article

        assert get_article(connection, article_id)["text"] == text


def test_every_document_error_comes_back_from_its_record():
    for kind in DocumentError.__subclasses__():
        again = DocumentError.from_record(kind("why").to_record())
        assert (type(again), str(again)) == (kind, "why")
