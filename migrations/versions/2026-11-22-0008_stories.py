"""Stories, the terms articles are compared by, and utterances. Articles that are there are grouped by the server."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("article", sa.Column("story_id", sa.Uuid(), nullable=True))
    op.create_index("ix_article_story_id_ordered_at_id", "article", ["story_id", "ordered_at", "id"])
    op.add_column("quote", sa.Column("utterance_id", sa.Uuid(), nullable=True))
    op.create_index("ix_quote_utterance_id", "quote", ["utterance_id"])
    op.create_table(
        "story",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("headline_article_id", sa.Uuid(), nullable=True),
        sa.Column("headline_reason", sa.String(), nullable=False),
        sa.Column("first_published_at", TIME, nullable=True),
        sa.Column("last_published_at", TIME, nullable=True),
        sa.Column("ordered_at", TIME, nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("publisher_count", sa.Integer(), nullable=False),
        sa.Column("quote_count", sa.Integer(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_index("ix_story_ordered_at_id", "story", ["ordered_at", "id"])
    op.create_table(
        "story_key",
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ordered_at", TIME, nullable=False),
        belongs("story_key", "story"),
        sa.PrimaryKeyConstraint("story_id", "key", name="pk_story_key"),
    )
    op.create_index("ix_story_key_key_ordered_at_story_id", "story_key", ["key", "ordered_at", "story_id"])
    op.create_table(
        "merged_story",
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name="pk_merged_story"),
    )
    op.create_index("ix_merged_story_survivor_id", "merged_story", ["survivor_id"])
    op.create_table(
        "stale_story",
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        belongs("stale_story", "story"),
        sa.PrimaryKeyConstraint("story_id", name="pk_stale_story"),
    )
    op.create_table(
        "article_terms",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        belongs("article_terms", "article"),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_terms"),
    )
    op.create_table(
        "term_frequency",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_term_frequency"),
    )


def downgrade() -> None:
    for table in ("term_frequency", "article_terms", "stale_story", "merged_story", "story_key", "story"):
        op.drop_table(table)
    op.drop_index("ix_quote_utterance_id", "quote")
    op.drop_column("quote", "utterance_id")
    op.drop_index("ix_article_story_id_ordered_at_id", "article")
    op.drop_column("article", "story_id")


def belongs(table: str, parent: str) -> sa.ForeignKeyConstraint:
    name, column = f"fk_{table}_{parent}_id", f"{parent}_id"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
