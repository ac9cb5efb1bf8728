"""Brings a database to the current schema. Alembic is imported only here, when it is needed."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from app.db.engine import WRITER_LOCK

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply the migrations up to `revision`. Servers that start together take turns; the later find it done."""
    from alembic import command  # noqa: PLC0415 - slow to import, needed once

    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
            connection.execute(text("SET LOCAL statement_timeout = 0"))  # a million rows take minutes
        config = make_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def make_config() -> Any:
    """Return the Alembic configuration; there is no alembic.ini."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option(
        "file_template", "%%(year)d-%%(month).2d-%%(day).2d-%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    return config
