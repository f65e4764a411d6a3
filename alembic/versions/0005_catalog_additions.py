"""What users add to the catalog, and by which catalog the facts are mapped

Revision: 0005, after 0004
Date: 2026-11-22 05:10:00
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "load_runs",
        sa.Column(
            "catalog_version",
            sa.Text(),
            nullable=True,
            comment="目录版本 · hash of the catalog by which the run mapped all facts; null: by no other than before",
        ),
        schema="kb",
    )
    op.create_table_comment(
        "load_runs", "加载批次 · one row a run of `kb load`, `kb forget`, `kb catalog remap`", schema="kb"
    )
    op.create_table(
        "catalog_additions",
        sa.Column("code", sa.Text(), nullable=False, comment="指标代码 · of a concept of the catalog, or of a new one"),
        sa.Column(
            "name", sa.Text(), nullable=True, comment="指标名称 · null: phrases of a concept that the catalog has"
        ),
        sa.Column(
            "topic", sa.Text(), nullable=True, comment="主题 · topic of the concept, from the outside in: 经济/投资"
        ),
        sa.Column(
            "dimension", sa.Text(), nullable=True, comment="量纲 · dimension of its units, several with | between"
        ),
        sa.Column("kind", sa.Text(), nullable=True, comment="存量或流量 · stock, flow or rate"),
        sa.Column(
            "scope",
            sa.Text(),
            nullable=True,
            comment="唯一性 · one figure for a body and time, or many that may all be right",
        ),
        sa.Column("low", sa.Numeric(), nullable=True, comment="合理下限 · lowest plausible amount, in the base unit"),
        sa.Column("high", sa.Numeric(), nullable=True, comment="合理上限 · highest plausible amount, in the base unit"),
        sa.Column("definition", sa.Text(), nullable=True, comment="定义 · what is counted"),
        sa.Column(
            "nbs_name",
            sa.Text(),
            nullable=True,
            comment="国家统计局名称 · what the National Bureau of Statistics calls it",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="出处 · whose definition it is"),
        sa.Column("aliases", postgresql.ARRAY(sa.Text()), nullable=False, comment="别称 · phrases that mean it"),
        sa.Column(
            "patterns",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="模式 · regular expressions of further phrases",
        ),
        sa.Column("made_by", sa.Text(), nullable=False, comment="添加人 · who added it"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="时间 · when",
        ),
        sa.CheckConstraint("kind IN ('stock', 'flow', 'rate')", name=op.f("ck_catalog_additions_kind_known")),
        sa.CheckConstraint("scope IN ('one', 'many')", name=op.f("ck_catalog_additions_scope_known")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_catalog_additions")),
        schema="kb",
        comment="指标目录增补 · concepts and phrases that users added to the catalog; they survive reload and upgrade",
    )


def downgrade() -> None:
    op.drop_table("catalog_additions", schema="kb")
    op.create_table_comment("load_runs", "加载批次 · one row a run of `kb load`, `kb forget`", schema="kb")
    op.drop_column("load_runs", "catalog_version", schema="kb")
