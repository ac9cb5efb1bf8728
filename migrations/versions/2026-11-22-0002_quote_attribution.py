"""What kind of attribution a quote's cue makes: speech, writing, belief or other."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quote", sa.Column("attribution", sa.String(), nullable=False, server_default="speech"))


def downgrade() -> None:
    op.drop_column("quote", "attribution")
