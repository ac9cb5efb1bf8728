"""Jobs, the documents they still have to read, and which job brought a document in."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from app.db.types import JsonText

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("job_id", sa.Uuid(), nullable=True))
    op.add_column("document", sa.Column("line", sa.BigInteger(), nullable=True))
    op.create_index("ix_document_job_id", "document", ["job_id"])
    time = sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("total_count", "done_count", "failed_count")
        ),
        sa.Column("article_id", sa.Uuid(), nullable=True),
        sa.Column("error", JsonText(), nullable=True),
        sa.Column("created_at", time, nullable=False),
        sa.Column("started_at", time, nullable=True),
        sa.Column("finished_at", time, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_created_at_id", "job", ["created_at", "id"])
    op.create_index("ix_job_state_created_at_id", "job", ["state", "created_at", "id"])
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hints", JsonText(), nullable=False),
        sa.Column("must_fetch", sa.Boolean(), nullable=False),
        sa.Column("due_at", time, nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_task_job_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_job_id", "task", ["job_id"])
    op.create_index("ix_task_worker_id", "task", ["worker_id"])
    op.create_index("ix_task_rank_due_at_id", "task", ["rank", "due_at", "id"])


def downgrade() -> None:
    op.drop_table("task")
    op.drop_table("job")
    op.drop_index("ix_document_job_id", "document")
    op.drop_column("document", "line")
    op.drop_column("document", "job_id")
