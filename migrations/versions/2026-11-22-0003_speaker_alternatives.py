"""Who else a quote's speaker may be."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quote", sa.Column("speaker_alternatives", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("quote", "speaker_alternatives")
