"""What was found apart from what is served, so that corrections can be applied and undone; runs."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "found_entity",
        column("id"),
        column("type", sa.String()),
        column("name", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_found_entity"),
    )
    op.execute("INSERT INTO found_entity (id, type, name) SELECT id, type, name FROM entity")
    create_decisions()
    remake("entity_key", lambda: create_keys("found_entity"), "SELECT key, entity_id FROM kept")
    candidates = "SELECT entity_id, candidate_id, confidence, reason FROM kept"
    remake("entity_candidate", lambda: create_candidates("found_entity"), candidates)
    op.create_index(
        "ix_entity_candidate_confidence_entity_id_candidate_id",
        "entity_candidate",
        ["confidence", "entity_id", "candidate_id"],
    )
    remake(
        "entity_name",
        create_names,
        """
        SELECT kept.article_id, kept.entity_id, kept.kind, kept.name, kept.mention_count, kept.entity_id,
               article.ordered_at, kept.mention_count
        FROM kept JOIN article ON article.id = kept.article_id
        """,
    )
    create_labels()
    create_corrections()
    create_runs()
    op.create_index("ix_document_pipeline_version_id", "document", ["pipeline_version", "id"])


def downgrade() -> None:
    op.drop_index("ix_document_pipeline_version_id", "document")
    for table in ("run_difference", "run", "as_found", "merged_entity", "correction_article", "correction"):
        op.drop_table(table)
    op.drop_table("entity_label")
    remake(
        "entity_name",
        create_old_names,
        """
        SELECT article_id, entity_id, kind, name, lower(name), sum(mention_count) FROM kept
        WHERE entity_id IS NOT NULL GROUP BY article_id, entity_id, kind, name
        """,
    )
    both = "entity_id IN (SELECT id FROM entity) AND candidate_id IN (SELECT id FROM entity)"
    op.drop_index("ix_entity_candidate_confidence_entity_id_candidate_id", "entity_candidate")
    remake(
        "entity_candidate",
        lambda: create_candidates("entity"),
        f"SELECT entity_id, candidate_id, confidence, reason FROM kept WHERE {both}",
    )
    remake(
        "entity_key",
        lambda: create_keys("entity"),
        "SELECT key, entity_id FROM kept WHERE entity_id IN (SELECT id FROM entity)",
    )
    op.add_column("article_entity", sa.Column("confidence", sa.Float(), nullable=False, server_default="1"))
    op.add_column("article_entity", sa.Column("reason", sa.String(), nullable=False, server_default=""))
    op.drop_table("decision")
    op.drop_table("found_entity")


def create_decisions() -> None:
    op.create_table(
        "decision",
        column("article_id"),
        column("found_id"),
        column("confidence", sa.Float()),
        column("reason", sa.String()),
        belongs("decision", "article_id", "article"),
        belongs("decision", "found_id", "found_entity"),
        sa.PrimaryKeyConstraint("article_id", "found_id", name="pk_decision"),
    )
    op.execute(
        """
        INSERT INTO decision (article_id, found_id, confidence, reason)
        SELECT article_id, entity_id, confidence, reason FROM article_entity
        """
    )
    op.create_index("ix_decision_found_id_article_id", "decision", ["found_id", "article_id"])
    op.drop_column("article_entity", "confidence")
    op.drop_column("article_entity", "reason")


def create_keys(entity: str) -> None:
    op.create_table(
        "entity_key",
        column("key", sa.String()),
        column("entity_id"),
        belongs("entity_key", "entity_id", entity),
        sa.PrimaryKeyConstraint("key", "entity_id", name="pk_entity_key"),
    )
    op.create_index("ix_entity_key_entity_id", "entity_key", ["entity_id"])


def create_candidates(entity: str) -> None:
    op.create_table(
        "entity_candidate",
        column("entity_id"),
        column("candidate_id"),
        column("confidence", sa.Float()),
        column("reason", sa.String()),
        belongs("entity_candidate", "candidate_id", entity),
        belongs("entity_candidate", "entity_id", entity),
        sa.PrimaryKeyConstraint("entity_id", "candidate_id", name="pk_entity_candidate"),
    )
    op.create_index("ix_entity_candidate_candidate_id", "entity_candidate", ["candidate_id"])


def create_names() -> None:
    op.create_table(
        "entity_name",
        column("article_id"),
        column("found_id"),
        column("kind", sa.String()),
        column("name", sa.String()),
        column("found_count", sa.Integer()),
        column("entity_id", nullable=True),
        column("ordered_at", TIME),
        column("mention_count", sa.Integer()),
        belongs("entity_name", "article_id", "article"),
        belongs("entity_name", "found_id", "found_entity"),
        belongs("entity_name", "entity_id", "entity"),
        sa.PrimaryKeyConstraint("article_id", "found_id", "kind", "name", name="pk_entity_name"),
    )
    op.create_index("ix_entity_name_found_id_kind_name", "entity_name", ["found_id", "kind", "name"])
    op.create_index(
        "ix_entity_name_entity_id_kind_name_ordered_at",
        "entity_name",
        ["entity_id", "kind", "name", "ordered_at"],
    )


def create_old_names() -> None:
    op.create_table(
        "entity_name",
        column("article_id"),
        column("entity_id"),
        column("kind", sa.String()),
        column("name", sa.String()),
        column("folded", SORTED_TEXT),
        column("mention_count", sa.Integer()),
        belongs("entity_name", "article_id", "article"),
        belongs("entity_name", "entity_id", "entity"),
        sa.PrimaryKeyConstraint("article_id", "entity_id", "kind", "name", name="pk_entity_name"),
    )
    op.create_index("ix_entity_name_entity_id", "entity_name", ["entity_id"])
    op.create_index("ix_entity_name_kind_folded_entity_id", "entity_name", ["kind", "folded", "entity_id"])


def create_labels() -> None:
    op.create_table(
        "entity_label",
        column("entity_id"),
        column("kind", sa.String()),
        column("name", sa.String()),
        column("folded", SORTED_TEXT),
        column("mention_count", sa.Integer()),
        column("first_seen_at", TIME),
        column("last_seen_at", TIME),
        belongs("entity_label", "entity_id", "entity"),
        sa.PrimaryKeyConstraint("entity_id", "kind", "name", name="pk_entity_label"),
    )
    op.create_index("ix_entity_label_kind_folded_entity_id", "entity_label", ["kind", "folded", "entity_id"])
    fold_names()


def fold_names() -> None:
    """Sum the names of each entity. Folded here: SQLite's lower() knows ASCII only."""
    connection = op.get_bind()
    labels = sa.table(
        "entity_label",
        *(sa.column(name) for name in ("entity_id", "kind", "name", "folded", "mention_count")),
        sa.column("first_seen_at"),
        sa.column("last_seen_at"),
    )
    summed = connection.execute(
        sa.text(
            """
            SELECT entity_id, kind, name, sum(mention_count) AS mention_count, min(ordered_at) AS first_seen_at,
                   max(ordered_at) AS last_seen_at
            FROM entity_name GROUP BY entity_id, kind, name
            """
        )
    ).mappings()
    rows = [{**row, "folded": row["name"].casefold()} for row in summed]
    if rows:
        connection.execute(sa.insert(labels), rows)


def create_corrections() -> None:
    op.create_table(
        "correction",
        column("id"),
        column("number", sa.BigInteger()),
        column("kind", sa.String()),
        column("entity_id", nullable=True),
        column("into_id", nullable=True),
        column("quote_id", nullable=True),
        column("mention_id", nullable=True),
        column("article_ids", sa.Text()),
        column("name", sa.String(), nullable=True),
        column("type", sa.String(), nullable=True),
        column("restores_id", nullable=True),
        column("subject", sa.Text()),
        column("author", sa.String()),
        column("reason", sa.String()),
        column("made_at", TIME),
        column("undone_by_id", nullable=True),
        column("is_overruled", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.UniqueConstraint("number", name="uq_correction_number"),
    )
    for name in ("entity_id", "into_id", "quote_id", "mention_id", "restores_id"):
        op.create_index(f"ix_correction_{name}", "correction", [name])
    op.create_table(
        "correction_article",
        column("article_id"),
        column("correction_id"),
        belongs("correction_article", "correction_id", "correction"),
        sa.PrimaryKeyConstraint("article_id", "correction_id", name="pk_correction_article"),
    )
    op.create_index("ix_correction_article_correction_id", "correction_article", ["correction_id"])
    op.create_table(
        "merged_entity",
        column("entity_id"),
        column("into_id"),
        column("survivor_id"),
        sa.PrimaryKeyConstraint("entity_id", name="pk_merged_entity"),
    )
    op.create_index("ix_merged_entity_survivor_id", "merged_entity", ["survivor_id"])
    op.create_table(
        "as_found",
        column("id"),
        column("layer", sa.String()),
        column("article_id"),
        column("found", sa.Text()),
        column("is_rejected", sa.Boolean()),
        belongs("as_found", "article_id", "article"),
        sa.PrimaryKeyConstraint("id", name="pk_as_found"),
    )
    op.create_index("ix_as_found_article_id", "as_found", ["article_id"])


def create_runs() -> None:
    op.create_table(
        "run",
        column("id"),
        column("state", sa.String()),
        column("pipeline_version", sa.String()),
        column("since", sa.String(), nullable=True),
        column("position", nullable=True),
        *(column(f"{name}_count", sa.BigInteger()) for name in ("total", "done", "failed")),
        *(column(f"{name}_count", sa.BigInteger()) for name in ("appeared", "vanished", "changed")),
        column("started_at", TIME),
        column("finished_at", TIME, nullable=True),
        column("claimed_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_state", "run", ["state"])
    op.create_table(
        "run_difference",
        column("run_id"),
        column("id"),
        column("change", sa.String()),
        column("article_id", nullable=True),
        column("document_id"),
        column("quote_id", nullable=True),
        column("before", sa.Text(), nullable=True),
        column("after", sa.Text(), nullable=True),
        belongs("run_difference", "run_id", "run"),
        sa.PrimaryKeyConstraint("run_id", "id", name="pk_run_difference"),
    )
    op.create_index("ix_run_difference_change_run_id_id", "run_difference", ["change", "run_id", "id"])


def column(name: str, kind: sa.types.TypeEngine | None = None, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind or sa.Uuid(), nullable=nullable)


def belongs(table: str, name: str, owner: str) -> sa.ForeignKeyConstraint:
    """A foreign key whose rows go with their owner's."""
    return sa.ForeignKeyConstraint([name], [f"{owner}.id"], name=f"fk_{table}_{name}", ondelete="CASCADE")


def remake(table: str, create: Callable[[], None], rows: str) -> None:
    """Make a table again with `rows` of what it held ("kept"): SQLite changes neither keys nor columns in place."""
    op.execute(f"CREATE TABLE kept AS SELECT * FROM {table}")
    op.drop_table(table)
    create()
    op.execute(f"INSERT INTO {table} {rows}")
    op.drop_table("kept")
