"""The change log."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_changes()


def downgrade() -> None:
    for table in ("change_entity", "change"):
        op.drop_table(table)


def create_changes() -> None:
    op.create_table(
        "change",
        sa.Column("number", NUMBER, nullable=False),
        column("kind", sa.String()),
        column("change", sa.String()),
        column("subject_id"),
        column("article_id", nullable=True),
        column("publisher_id", nullable=True),
        column("into_id", nullable=True),
        column("made_at", TIME),
        sa.PrimaryKeyConstraint("number", name="pk_change"),
    )
    op.create_index("ix_change_kind_change_number", "change", ["kind", "change", "number"])
    op.create_index("ix_change_publisher_id_number", "change", ["publisher_id", "number"])
    op.create_table(
        "change_entity",
        column("entity_id"),
        sa.Column("number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "number", name="pk_change_entity"),
        sqlite_with_rowid=False,
    )


def column(name: str, kind: sa.types.TypeEngine | None = None, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind or sa.Uuid(), nullable=nullable)
