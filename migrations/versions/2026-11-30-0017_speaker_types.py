"""What kind of speaker a quote has: a person with a name or without, a group, an organization, a document."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quote", sa.Column("speaker_type", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("quote", "speaker_type")
