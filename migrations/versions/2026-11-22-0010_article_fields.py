"""Section, keywords, lead image, the page's own address and zones of articles; topics to find them by; sizes kept."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SIZES = "ix_document_state_byte_count_kept_byte_count"
TIME = sa.DateTime(timezone=True)
COLUMNS = (
    ("section", sa.Text),
    ("lead_image_url", sa.Text),
    ("canonical_url", sa.Text),
    ("published_offset_minutes", sa.Integer),
    ("modified_precision", sa.String),
    ("modified_zone", sa.String),
    ("modified_offset_minutes", sa.Integer),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("article", sa.Column(name, kind(), nullable=True))
    op.add_column("article", sa.Column("keywords", sa.Text(), nullable=False, server_default="[]"))
    op.create_table(
        "article_topic",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("ordered_at", TIME, nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_topic_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "folded", "ordered_at", "article_id", name="pk_article_topic"),
    )
    op.create_index("ix_article_topic_article_id", "article_topic", ["article_id"])
    op.add_column(
        "document", sa.Column("kept_byte_count", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute("UPDATE document SET kept_byte_count = length(content)")
    op.create_index(SIZES, "document", ["state", "byte_count", "kept_byte_count"])

    op.create_table(
        "stale_article",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_stale_article_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_stale_article"),
    )


def downgrade() -> None:
    op.drop_table("stale_article")
    op.drop_index(SIZES, "document")
    op.drop_column("document", "kept_byte_count")
    op.drop_table("article_topic")
    for name in ("keywords", *(name for name, _ in reversed(COLUMNS))):
        op.drop_column("article", name)
