"""The change log, and webhooks that are told of it."""

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
    create_webhooks()


def downgrade() -> None:
    for table in ("webhook_delivery", "webhook", "change_entity", "change"):
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


def create_webhooks() -> None:
    op.create_table(
        "webhook",
        column("id"),
        column("url", sa.Text()),
        column("secret", sa.String()),
        column("state", sa.String()),
        *(column(name, sa.Text()) for name in ("kinds", "changes", "entities", "publishers")),
        sa.Column("position", NUMBER, nullable=False),
        column("failure_count", sa.Integer()),
        column("due_at", TIME),
        column("claimed_until", TIME, nullable=True),
        column("created_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_index("ix_webhook_state", "webhook", ["state"])
    op.create_table(
        "webhook_delivery",
        column("id"),
        column("webhook_id"),
        column("change_number", sa.BigInteger()),
        column("attempt", sa.Integer()),
        column("state", sa.String()),
        column("status", sa.Integer(), nullable=True),
        column("error", sa.Text(), nullable=True),
        column("made_at", TIME),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name="fk_webhook_delivery_webhook_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
    )
    op.create_index("ix_webhook_delivery_webhook_id_id", "webhook_delivery", ["webhook_id", "id"])


def column(name: str, kind: sa.types.TypeEngine | None = None, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind or sa.Uuid(), nullable=nullable)
