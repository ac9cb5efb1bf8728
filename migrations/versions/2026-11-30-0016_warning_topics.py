"""The warnings of articles, as topics to find and count them by."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WARNINGS = {
    "sqlite": "json_each(article.warnings) AS warning",
    "postgresql": "json_array_elements_text(article.warnings::json) AS warning(value)",
}


def upgrade() -> None:
    op.execute(
        "INSERT INTO article_topic (kind, folded, ordered_at, article_id)"
        " SELECT DISTINCT 'warning', lower(warning.value), article.ordered_at, article.id"
        f" FROM article, {WARNINGS[op.get_bind().dialect.name]}"
    )


def downgrade() -> None:
    op.execute("DELETE FROM article_topic WHERE kind = 'warning'")
