"""A finding keeps the run that brought it

Revision: 0004, after 0003
Date: 2026-11-22 03:36:00
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("findings", "load_run_id", comment="加载批次 · run after which it was found first", schema="kb")
    op.alter_column("findings", "found_at", comment="发现时间 · when it was found first", schema="kb")
    op.create_table_comment("findings", "检查结果 · rows that a data check found wrong when it ran last", schema="kb")


def downgrade() -> None:
    op.alter_column(
        "findings", "load_run_id", comment="加载批次 · state of the knowledge base that was checked", schema="kb"
    )
    op.alter_column("findings", "found_at", comment="发现时间 · when the check ran", schema="kb")
    op.create_table_comment(
        "findings", "检查结果 · rows that a data check found wrong, as of the last `kb check`", schema="kb"
    )
