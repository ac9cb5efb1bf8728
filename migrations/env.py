"""Alembic's entry: runs the migrations on the connection that `app.db.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import app.db.changes
import app.db.copies
import app.db.intake_tables
import app.db.records
import app.db.story_tables
import app.db.tables
import app.db.topics
import app.db.webhooks  # noqa: F401 - they fill the metadata


def is_ours(name: str | None, type_: str, parents: dict[str, str | None]) -> bool:
    """Whether Alembic compares an object: what full-text search needs is kept by hand in the migrations."""
    table = name if type_ == "table" else parents.get("table_name")
    is_search_index = type_ == "index" and (name or "").startswith("search_")
    is_search_words = type_ == "column" and name == "search_words"
    is_search_table = (table or "").startswith(("search_", "searched_"))
    return not (is_search_table or is_search_index or is_search_words)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_name=is_ours,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
