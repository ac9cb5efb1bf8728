"""Copies: the keys that find articles alike, and which is a copy of which."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "article_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("ordered_at", TIME, nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        belongs("article_band", "article_id"),
        sa.PrimaryKeyConstraint("band", "ordered_at", "article_id", name="pk_article_band"),
    )
    op.create_index("ix_article_band_article_id", "article_band", ["article_id"])
    op.create_table(
        "article_copy",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        belongs("article_copy", "article_id"),
        belongs("article_copy", "original_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_copy"),
    )
    op.create_index("ix_article_copy_original_id", "article_copy", ["original_id"])


def downgrade() -> None:
    op.drop_table("article_copy")
    op.drop_table("article_band")


def belongs(table: str, name: str) -> sa.ForeignKeyConstraint:
    """A foreign key whose rows go with their article."""
    return sa.ForeignKeyConstraint([name], ["article.id"], name=f"fk_{table}_{name}", ondelete="CASCADE")
