"""Postgres keeps the words of each article and quote: made anew for each row looked at, phrases took a minute."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SEARCHED = {"article": "coalesce(headline, '') || ' ' || text", "quote": "text"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, searched in SEARCHED.items():
        op.execute(f"DROP INDEX search_{table}")
        run(f"ALTER TABLE {table} ADD search_words tsvector GENERATED ALWAYS AS ({words(searched)}) STORED")
        op.execute(f"CREATE INDEX search_{table} ON {table} USING gin (search_words)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, searched in SEARCHED.items():
        op.execute(f"ALTER TABLE {table} DROP search_words")  # and the index with it
        run(f"CREATE INDEX search_{table} ON {table} USING gin ({words(searched)})")


def run(statement: str) -> None:
    """Execute a statement whose colons are no parameters."""
    op.execute(sa.text(statement.replace(":", "\\:")))


def words(searched: str) -> str:
    """The words without punctuation; Postgres refuses a tsvector over 1 MB, and an article has 5,000 characters."""
    return f"to_tsvector('simple', regexp_replace(left({searched}, 250000), '[^[:alnum:]]+', ' ', 'g'))"
