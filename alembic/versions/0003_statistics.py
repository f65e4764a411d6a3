"""Official statistics, and what the catalog knows of a concept

Revision: 0003, after 0002
Date: 2026-11-22 03:10:00
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statistics",
        sa.Column(
            "statistic_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column("region_text", sa.Text(), nullable=False, comment="地区原文 · name or code, as the table gives it"),
        sa.Column(
            "indicator_text", sa.Text(), nullable=False, comment="指标原文 · name or code, as the table gives it"
        ),
        sa.Column("period_text", sa.Text(), nullable=False, comment="时期原文 · as the table gives it"),
        sa.Column("value_text", sa.Text(), nullable=False, comment="数值原文 · as the table gives it"),
        sa.Column("unit_text", sa.Text(), nullable=False, comment="单位原文 · as the table gives it"),
        sa.Column(
            "publisher", sa.Text(), nullable=True, comment="发布来源 · who publishes the statistic, as the table says"
        ),
        sa.Column(
            "region_code",
            sa.Text(),
            nullable=True,
            comment="行政区划代码 · of the territory; null if it is not understood",
        ),
        sa.Column(
            "indicator_id", sa.BigInteger(), nullable=True, comment="指标 · the concept; null if it is not understood"
        ),
        sa.Column("measure", sa.Text(), nullable=True, comment="度量 · level, or growth over the year before in %"),
        sa.Column(
            "period_id",
            sa.BigInteger(),
            nullable=True,
            comment="时期 · the time that it covers; null if it is not understood",
        ),
        sa.Column(
            "value",
            sa.Numeric(),
            nullable=True,
            comment="数值 · in `unit`, magnitude multiplied out; null if it is no number",
        ),
        sa.Column("unit", sa.Text(), nullable=True, comment="单位 · magnitude removed"),
        sa.Column(
            "problem",
            sa.Text(),
            nullable=True,
            comment="隔离原因 · why the row cannot be used; null if all of it is understood",
        ),
        sa.CheckConstraint("measure IN ('level', 'growth')", name=op.f("ck_statistics_measure_known")),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_statistics_span_ordered")),
        sa.CheckConstraint(
            "problem IS NOT NULL OR num_nulls(region_code, indicator_id, measure, period_id, value, unit) = 0",
            name=op.f("ck_statistics_understood_or_not"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["kb.indicators.indicator_id"], name=op.f("fk_statistics_indicator_id")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["kb.periods.period_id"], name=op.f("fk_statistics_period_id")),
        sa.ForeignKeyConstraint(["region_code"], ["kb.regions.region_code"], name=op.f("fk_statistics_region_code")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_statistics_source_id")),
        sa.ForeignKeyConstraint(["unit"], ["kb.units.unit"], name=op.f("fk_statistics_unit")),
        sa.PrimaryKeyConstraint("statistic_id", name=op.f("pk_statistics")),
        sa.UniqueConstraint("source_id", "char_start", name=op.f("uq_statistics_source_id_char_start")),
        schema="kb",
        comment="官方统计 · rows of tidy tables of statistics, a touchstone for what reports claim",
    )
    op.create_index(
        op.f("ix_statistics_indicator_id_period_id"),
        "statistics",
        ["indicator_id", "period_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(op.f("ix_statistics_period_id"), "statistics", ["period_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_statistics_region_code"), "statistics", ["region_code"], unique=False, schema="kb")
    op.add_column(
        "indicators",
        sa.Column("kind", sa.Text(), nullable=True, comment="存量或流量 · stock, flow or rate; null while unmapped"),
        schema="kb",
    )
    op.add_column(
        "indicators",
        sa.Column(
            "scope",
            sa.Text(),
            nullable=True,
            comment="唯一性 · one figure for a body and time, or many that may all be right, as of its projects",
        ),
        schema="kb",
    )
    op.add_column(
        "indicators",
        sa.Column("low", sa.Numeric(), nullable=True, comment="合理下限 · lowest plausible amount, in the base unit"),
        schema="kb",
    )
    op.add_column(
        "indicators",
        sa.Column("high", sa.Numeric(), nullable=True, comment="合理上限 · highest plausible amount, in the base unit"),
        schema="kb",
    )
    op.add_column(
        "indicators",
        sa.Column(
            "nbs_name",
            sa.Text(),
            nullable=True,
            comment="国家统计局名称 · what the National Bureau of Statistics calls it",
        ),
        schema="kb",
    )
    op.create_check_constraint(
        op.f("ck_indicators_kind_known"), "indicators", "kind IN ('stock', 'flow', 'rate')", schema="kb"
    )
    op.create_check_constraint(op.f("ck_indicators_scope_known"), "indicators", "scope IN ('one', 'many')", schema="kb")


def downgrade() -> None:
    op.drop_table("statistics", schema="kb")
    for column in ("kind", "scope", "low", "high", "nbs_name"):
        op.drop_column("indicators", column, schema="kb")
