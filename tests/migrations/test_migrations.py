import subprocess
import sys

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

from app.db.engine import make_engine, reading
from app.db.facets import count_facets
from app.db.keyset import page
from app.db.migrate import make_config, upgrade
from app.db.queries import ArticleFilter, QuoteFilter, list_articles, list_quotes
from app.db.search_all import SearchFilter
from tests.factories import add_article

REVISIONS = [script.revision for script in ScriptDirectory.from_config(make_config()).walk_revisions()][::-1]


def run(engine, act, *arguments):
    config = make_config()
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        act(config, *arguments)


def test_the_migrations_make_the_tables_the_code_declares(engine):
    run(engine, command.check)
    assert set(SQLModel.metadata.tables) <= set(inspect(engine).get_table_names())


def test_every_migration_goes_down_and_up_again_with_data(engine):
    add_article(engine)
    run(engine, command.downgrade, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    for revision in REVISIONS:
        upgrade(engine, revision)
    add_article(engine)


def test_what_was_stored_before_search_words_were_kept_is_found(engine):
    add_article(engine)
    run(engine, command.downgrade, "0011")
    upgrade(engine)
    with reading(engine) as connection:
        articles = list_articles(connection, ArticleFilter(q='"rebuild the bridge"'))
        quotes = list_quotes(connection, QuoteFilter(q='"rebuild the bridge"'))
        assert [len(page(connection, listing, 20, None)) for listing in (articles, quotes)] == [1, 1]


def test_what_was_stored_before_there_were_rows_to_count_by_is_counted(engine):
    add_article(engine)
    nobody = [("The bridge is shut", "it was said", None)]
    text = "The bridge is shut, it was said."
    add_article(engine, text=text, quotes=nobody, content="unknown", publisher=None)
    run(engine, command.downgrade, "0012")
    upgrade(engine)
    add_article(engine, content="another", publisher="The Other Post")
    with reading(engine) as connection:
        counted = count_facets(connection, SearchFilter(q="bridge"))
    assert {kind: dict(counted.kind)[kind] for kind in ("article", "quote")} == {"article": 3, "quote": 3}
    assert len(counted.publisher) == 2


def test_articles_stored_before_warnings_could_be_asked_for_are_found_by_them(engine):
    add_article(engine, warnings=("possibly_truncated", "decoded_as_cp1252"))
    run(engine, command.downgrade, "0015")
    upgrade(engine)
    with reading(engine) as connection:
        listing = list_articles(connection, ArticleFilter(warning=["possibly_truncated"]))
        assert len(page(connection, listing, 20, None)) == 1


def test_migrating_twice_changes_nothing(engine):
    article_id = add_article(engine)
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM article").scalar() == 1
    assert article_id


def test_servers_that_start_together_migrate_once(empty_database_url):
    """Two processes on one empty database: both end with the tables, neither with an error."""
    code = (
        "import sys; from app.db.engine import make_engine; from app.db.migrate import upgrade;"
        "upgrade(make_engine(sys.argv[1]))"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, empty_database_url]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in started] == [0, 0]
    engine = make_engine(empty_database_url)
    assert "article" in inspect(engine).get_table_names()
    engine.dispose()
