"""Which outlets and entities a story has, with the newest article of each."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
PUBLISHERS = """
    INSERT INTO story_publisher (story_id, publisher_id, ordered_at)
    SELECT story_id, publisher_id, max(ordered_at) FROM article
    WHERE story_id IS NOT NULL AND publisher_id IS NOT NULL
    GROUP BY story_id, publisher_id
"""
ENTITIES = """
    INSERT INTO story_entity (story_id, entity_id, ordered_at, said_at)
    SELECT a.story_id, l.entity_id, max(l.ordered_at), max(CASE WHEN l.quote_count > 0 THEN l.ordered_at END)
    FROM article a JOIN article_entity l ON l.article_id = a.id
    WHERE a.story_id IS NOT NULL
    GROUP BY a.story_id, l.entity_id
"""


def upgrade() -> None:
    create("publisher")
    create("entity", sa.Column("said_at", TIME, nullable=True), ondelete="CASCADE")
    for fill in (PUBLISHERS, ENTITIES):
        op.execute(fill)
    index("publisher", "ordered_at")
    index("entity", "ordered_at")
    index("entity", "said_at")


def downgrade() -> None:
    for linked in ("publisher", "entity"):
        op.drop_table(f"story_{linked}")


def create(linked: str, *columns: sa.Column, ondelete: str | None = None) -> None:
    table = f"story_{linked}"
    op.create_table(
        table,
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column(f"{linked}_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", TIME, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=f"fk_{table}_story_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            [f"{linked}_id"], [f"{linked}.id"], name=f"fk_{table}_{linked}_id", ondelete=ondelete
        ),
        sa.PrimaryKeyConstraint("story_id", f"{linked}_id", name=f"pk_{table}"),
    )


def index(linked: str, at: str) -> None:
    columns = [f"{linked}_id", at, "story_id"]
    op.create_index(f"ix_story_{linked}_{'_'.join(columns)}", f"story_{linked}", columns)
