"""Indexes that hold all that counting quotes by day asks for: looking up rows took seconds on a cold disk."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Of each index: its table, its columns, and the one that is added at their end
INDEXES = (
    ("quote", ["speaker_id", "ordered_at", "article_id", "rank"], "attribution"),
    ("article", ["ordered_at", "id"], "published_at"),
)


def upgrade() -> None:
    for table, columns, added in INDEXES:
        replace(table, columns, [*columns, added])


def downgrade() -> None:
    for table, columns, added in INDEXES:
        replace(table, [*columns, added], columns)


def replace(table: str, before: list[str], after: list[str]) -> None:
    """Make the new index before the old one goes."""
    op.create_index(f"ix_{table}_{'_'.join(after)}", table, after)
    op.drop_index(f"ix_{table}_{'_'.join(before)}", table_name=table)
