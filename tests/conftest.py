"""Shared fixtures, and the policy behind them.

The core (extraction, nlp, resolution) is tested with strings written in the test; a test that needs the real
language models takes `models` and is marked so. Everything that touches a database takes `engine`, and runs twice:
on SQLite and on a real Postgres started here. Each test gets a database of its own, a copy of a migrated one.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, make_url

from app.db.engine import make_engine
from app.db.migrate import upgrade
from app.nlp import Models, load_models
from tests.postgres import run_postgres

DATABASES = ("sqlite", "postgres")

# In CI the generated examples are the same each time, so that a run says what the change did; elsewhere they search.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=[*DATABASES, "both"], default="both", help="databases to test on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("database")
        metafunc.parametrize("database", DATABASES if chosen == "both" else [chosen], scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that takes the real models, so that the fast tier leaves it out."""
    for item in items:
        if {"models", "server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.models)


@pytest.fixture(scope="session")
def models() -> Models:
    """Return the language models, loaded once for the whole run."""
    return load_models()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the URL of a Postgres that runs for the length of the test run."""
    with run_postgres() as url:
        if url is None:
            if os.environ.get("REQUIRE_POSTGRES"):
                pytest.fail("There is no Postgres to test on.")
            pytest.skip("There is no Postgres to test on.")
        yield url


@pytest.fixture(scope="session")
def make_database(
    database: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[..., str]]:
    """Return a function that makes a new database, migrated or empty, and returns its URL."""
    if database == "sqlite":
        yield _sqlite_maker(tmp_path_factory.mktemp("sqlite"))
        return
    server = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    yield _postgres_maker(admin)
    admin.dispose()


@pytest.fixture
def database_url(make_database: Callable[..., str]) -> str:
    """Return the URL of a migrated database without rows."""
    return make_database()


@pytest.fixture
def empty_database_url(make_database: Callable[..., str]) -> str:
    """Return the URL of a database without tables."""
    return make_database(migrated=False)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Return an engine on an empty migrated database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of the seeds."""
    return Path(__file__).parent.parent / "seeds"


def _sqlite_maker(folder: Path) -> Callable[..., str]:
    numbers = count()
    template = folder / "template.sqlite3"
    _migrate(f"sqlite:///{template}")

    def make(*, migrated: bool = True) -> str:
        path = folder / f"{next(numbers)}.sqlite3"
        if migrated:
            shutil.copy(template, path)
        return f"sqlite:///{path}"

    return make


def _postgres_maker(admin: Engine) -> Callable[..., str]:
    numbers = count()
    _execute(
        admin, "DROP DATABASE IF EXISTS onrecord_template WITH (FORCE)", "CREATE DATABASE onrecord_template"
    )
    _migrate(_url(admin, "onrecord_template"))

    def make(*, migrated: bool = True) -> str:
        name = f"onrecord_{os.getpid()}_{next(numbers)}"
        _execute(admin, f"CREATE DATABASE {name} TEMPLATE {'onrecord_template' if migrated else 'template0'}")
        return _url(admin, name)

    return make


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _execute(admin: Engine, *statements: str) -> None:
    with admin.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _url(admin: Engine, name: str) -> str:
    return admin.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
