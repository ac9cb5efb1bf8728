"""Which weighing of terms an article was put into its story by, so that those of an older one are found."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article_terms") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ix_article_terms_version", "article_terms", ["version"])


def downgrade() -> None:
    op.drop_index("ix_article_terms_version", "article_terms")
    with op.batch_alter_table("article_terms") as table:
        table.drop_column("version")
