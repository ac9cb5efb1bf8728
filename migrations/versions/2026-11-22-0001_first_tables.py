"""First tables, and the full-text index over articles and quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# What FTS5 indexes, and the expression a Postgres index is made on; app/db/search.py asks by the same expression.
SEARCHED = {
    "article": (("headline", "text"), "coalesce(article.headline, '') || ' ' || article.text"),
    "quote": (("text",), "quote.text"),
}


def upgrade() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", SORTED_TEXT, nullable=False),
        sa.Column("mention_count", sa.Integer(), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("quote_count", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
    )
    op.create_index("ix_entity_mention_count_id", "entity", ["mention_count", "id"], unique=False)
    op.create_index("ix_entity_quote_count_id", "entity", ["quote_count", "id"], unique=False)
    op.create_index("ix_entity_sort_name_id", "entity", ["sort_name", "id"], unique=False)
    op.create_index("ix_entity_type_sort_name_id", "entity", ["type", "sort_name", "id"], unique=False)
    op.create_table(
        "publisher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publisher"),
        sa.UniqueConstraint("slug", name="uq_publisher_slug"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("search_key", sa.BigInteger(), nullable=False),
        sa.Column("natural_key", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher_id", sa.Uuid(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.String(), nullable=True),
        sa.Column("published_zone", sa.String(), nullable=True),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("paragraphs", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("quote_count", sa.Integer(), nullable=False),
        sa.Column("entity_count", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name="fk_article_publisher_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("external_id", name="uq_article_external_id"),
        sa.UniqueConstraint("natural_key", name="uq_article_natural_key"),
        sa.UniqueConstraint("search_key", name="uq_article_search_key"),
    )
    op.create_index(
        "ix_article_language_ordered_at_id", "article", ["language", "ordered_at", "id"], unique=False
    )
    op.create_index("ix_article_ordered_at_id", "article", ["ordered_at", "id"], unique=False)
    op.create_index(
        "ix_article_publisher_id_ordered_at_id", "article", ["publisher_id", "ordered_at", "id"], unique=False
    )
    op.create_table(
        "entity_candidate",
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["entity.id"], name="fk_entity_candidate_candidate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_candidate_entity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "candidate_id", name="pk_entity_candidate"),
    )
    op.create_index("ix_entity_candidate_candidate_id", "entity_candidate", ["candidate_id"], unique=False)
    op.create_table(
        "entity_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_key_entity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "entity_id", name="pk_entity_key"),
    )
    op.create_index("ix_entity_key_entity_id", "entity_key", ["entity_id"], unique=False)
    op.create_table(
        "article_entity",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mention_count", sa.Integer(), nullable=False),
        sa.Column("quote_count", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_entity_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_article_entity_entity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "entity_id", name="pk_article_entity"),
    )
    op.create_index(
        "ix_article_entity_entity_id_ordered_at_article_id",
        "article_entity",
        ["entity_id", "ordered_at", "article_id"],
        unique=False,
    )
    op.create_table(
        "article_revision",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_revision_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name="pk_article_revision"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("hints", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_document_article_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("content_hash", name="uq_document_content_hash"),
    )
    op.create_index("ix_document_article_id", "document", ["article_id"], unique=False)
    op.create_index("ix_document_received_at", "document", ["received_at"], unique=False)
    op.create_index("ix_document_state", "document", ["state"], unique=False)
    op.create_table(
        "entity_name",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", SORTED_TEXT, nullable=False),
        sa.Column("mention_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_entity_name_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_name_entity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "entity_id", "kind", "name", name="pk_entity_name"),
    )
    op.create_index("ix_entity_name_entity_id", "entity_name", ["entity_id"], unique=False)
    op.create_index(
        "ix_entity_name_kind_folded_entity_id", "entity_name", ["kind", "folded", "entity_id"], unique=False
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_mention_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_mention_entity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
        sa.UniqueConstraint("article_id", "rank", name="uq_mention_article_id_rank"),
    )
    op.create_index(
        "ix_mention_entity_id_ordered_at_article_id_rank",
        "mention",
        ["entity_id", "ordered_at", "article_id", "rank"],
        unique=False,
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("search_key", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("publisher_id", sa.Uuid(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.Column("cue_start", sa.BigInteger(), nullable=True),
        sa.Column("cue_end", sa.BigInteger(), nullable=True),
        sa.Column("cue_text", sa.Text(), nullable=True),
        sa.Column("speaker_start", sa.BigInteger(), nullable=True),
        sa.Column("speaker_end", sa.BigInteger(), nullable=True),
        sa.Column("speaker_text", sa.Text(), nullable=True),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_resolved_by", sa.String(), nullable=True),
        sa.Column("speaker_confidence", sa.Float(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_quote_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name="fk_quote_publisher_id"),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["entity.id"], name="fk_quote_speaker_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quote"),
        sa.UniqueConstraint("article_id", "rank", name="uq_quote_article_id_rank"),
        sa.UniqueConstraint("search_key", name="uq_quote_search_key"),
    )
    op.create_index(
        "ix_quote_ordered_at_article_id_rank", "quote", ["ordered_at", "article_id", "rank"], unique=False
    )
    op.create_index(
        "ix_quote_publisher_id_ordered_at_article_id_rank",
        "quote",
        ["publisher_id", "ordered_at", "article_id", "rank"],
        unique=False,
    )
    op.create_index(
        "ix_quote_speaker_id_ordered_at_article_id_rank",
        "quote",
        ["speaker_id", "ordered_at", "article_id", "rank"],
        unique=False,
    )
    op.create_index(
        "ix_quote_status_ordered_at_article_id_rank",
        "quote",
        ["status", "ordered_at", "article_id", "rank"],
        unique=False,
    )
    op.create_table(
        "quote_mention",
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_quote_mention_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_quote_mention_entity_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name="fk_quote_mention_quote_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quote_id", "entity_id", name="pk_quote_mention"),
    )
    op.create_index("ix_quote_mention_article_id", "quote_mention", ["article_id"], unique=False)
    op.create_index(
        "ix_quote_mention_entity_id_ordered_at_article_id_rank",
        "quote_mention",
        ["entity_id", "ordered_at", "article_id", "rank"],
        unique=False,
    )
    create_search()


def downgrade() -> None:
    drop_search()
    op.drop_table("quote_mention")
    op.drop_table("quote")
    op.drop_table("mention")
    op.drop_table("entity_name")
    op.drop_table("document")
    op.drop_table("article_revision")
    op.drop_table("article_entity")
    op.drop_table("entity_key")
    op.drop_table("entity_candidate")
    op.drop_table("article")
    op.drop_table("publisher")
    op.drop_table("entity")


def create_search() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, (columns, expression) in SEARCHED.items():
        for statement in fts5(table, columns) if is_sqlite else gin(table, expression):
            op.execute(sa.text(statement.replace(":", "\\:")))


def drop_search() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in SEARCHED:
        if is_sqlite:
            for event in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER search_{table}_{event}")
            op.execute(f"DROP TABLE search_{table}")
        else:
            op.execute(f"DROP INDEX search_{table}")


def fts5(table: str, columns: tuple[str, ...]) -> list[str]:
    """An index without a copy of the text, kept in step by triggers."""
    names = ", ".join(columns)
    new = ", ".join(f"new.{column}" for column in columns)
    old = ", ".join(f"old.{column}" for column in columns)
    add = f"INSERT INTO search_{table} (rowid, {names}) VALUES (new.search_key, {new});"
    remove = f"INSERT INTO search_{table} (search_{table}, rowid, {names}) VALUES ('delete', old.search_key, {old});"
    return [
        f"CREATE VIRTUAL TABLE search_{table} USING fts5({names}, content='{table}', content_rowid='search_key', "
        "tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER search_{table}_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER search_{table}_delete AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER search_{table}_update AFTER UPDATE OF {names} ON {table} BEGIN {remove} {add} END",
    ]


def gin(table: str, expression: str) -> list[str]:
    words = f"regexp_replace(left({expression}, 250000), '[^[:alnum:]]+', ' ', 'g')"
    return [f"CREATE INDEX search_{table} ON {table} USING gin (to_tsvector('simple', {words}))"]
