"""Feeds, and which of their entries have been seen."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from app.db.types import JsonText

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, time = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", text, nullable=False),
        sa.Column("publisher", text, nullable=True),
        sa.Column("state", text, nullable=False),
        sa.Column("etag", text, nullable=True),
        sa.Column("last_modified", text, nullable=True),
        sa.Column("failure_count", sa.Integer(), nullable=False),
        sa.Column("error", JsonText(), nullable=True),
        sa.Column("entry_count", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", time, nullable=False),
        sa.Column("polled_at", time, nullable=True),
        sa.Column("due_at", time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("url", name="uq_feed_url"),
    )
    op.create_index("ix_feed_state_due_at", "feed", ["state", "due_at"])
    op.create_index("ix_feed_created_at_id", "feed", ["created_at", "id"])
    op.create_table(
        "feed_entry",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("seen_at", time, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_feed_entry_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_feed_entry"),
    )


def downgrade() -> None:
    op.drop_table("feed_entry")
    op.drop_table("feed")
