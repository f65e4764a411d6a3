"""Copies, masked names, corrections

Revision: 0002, after 0001
Date: 2026-11-22 03:08:27.709427
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("corrections", schema="kb")  # nothing ever wrote to it
    op.create_table(
        "corrections",
        sa.Column(
            "correction_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("source_name", sa.Text(), nullable=False, comment="文件名 · file that the fact stands in"),
        sa.Column(
            "source_sha256",
            sa.Text(),
            nullable=True,
            comment="内容摘要 · SHA-256 of the bytes that the person had before them",
        ),
        sa.Column("char_start", sa.Integer(), nullable=False, comment="起始字符 · of the number in that text"),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the number"),
        sa.Column("surface", sa.Text(), nullable=False, comment="数值原文 · the number as printed"),
        sa.Column(
            "ordinal", sa.SmallInteger(), nullable=False, comment="序号 · which of the facts that one number gives"
        ),
        sa.Column(
            "evidence",
            sa.Text(),
            nullable=False,
            comment="证据句 · the sentence, to find the fact again in a changed file",
        ),
        sa.Column(
            "field", sa.Text(), nullable=False, comment="字段 · value indicator period organization status reject"
        ),
        sa.Column("value_read", sa.Text(), nullable=True, comment="读出值 · what the rules had read"),
        sa.Column("value_right", sa.Text(), nullable=False, comment="更正值 · what is right"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由 · how the person knows"),
        sa.Column("made_by", sa.Text(), nullable=False, comment="判定人 · who says so"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="时间 · when",
        ),
        sa.CheckConstraint(
            "field IN ('value', 'indicator', 'period', 'organization', 'status', 'reject')",
            name=op.f("ck_corrections_field_known"),
        ),
        sa.PrimaryKeyConstraint("correction_id", name=op.f("pk_corrections")),
        sa.UniqueConstraint(
            "source_name",
            "char_start",
            "char_end",
            "ordinal",
            "field",
            name=op.f("uq_corrections_source_name_char_start_char_end_ordinal_field"),
        ),
        schema="kb",
        comment="人工更正 · a person's corrections of facts, keyed by place and wording so that they survive a reload",
    )
    op.create_table(
        "identity_judgements",
        sa.Column(
            "judgement_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="对象 · organization or initiative"),
        sa.Column("name", sa.Text(), nullable=False, comment="名称 · the one to be shown where both are the same"),
        sa.Column("other_name", sa.Text(), nullable=False, comment="另一名称 · the one that is compared with it"),
        sa.Column("verdict", sa.Text(), nullable=False, comment="判定 · same different unsure"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由 · how the person knows"),
        sa.Column("made_by", sa.Text(), nullable=False, comment="判定人 · who says so"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="时间 · when",
        ),
        sa.CheckConstraint("kind IN ('organization', 'initiative')", name=op.f("ck_identity_judgements_kind_known")),
        sa.CheckConstraint(
            "verdict IN ('same', 'different', 'unsure')", name=op.f("ck_identity_judgements_verdict_known")
        ),
        sa.CheckConstraint("name <> other_name", name=op.f("ck_identity_judgements_names_differ")),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("pk_identity_judgements")),
        sa.UniqueConstraint("kind", "name", "other_name", name=op.f("uq_identity_judgements_kind_name_other_name")),
        schema="kb",
        comment="同一性判定 · a person's judgements on whether two names mean one body or one initiative",
    )
    op.create_table(
        "same_initiatives",
        sa.Column(
            "initiative_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="举措 · as mentions read it"
        ),
        sa.Column(
            "same_as_id", sa.BigInteger(), nullable=False, comment="同一举措 · the initiative as which views show it"
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["kb.initiatives.initiative_id"],
            name=op.f("fk_same_initiatives_initiative_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["same_as_id"], ["kb.initiatives.initiative_id"], name=op.f("fk_same_initiatives_same_as_id")
        ),
        sa.PrimaryKeyConstraint("initiative_id", name=op.f("pk_same_initiatives")),
        schema="kb",
        comment="同一举措 · initiatives that a person judged to be another one",
    )
    op.create_index(
        op.f("ix_same_initiatives_same_as_id"), "same_initiatives", ["same_as_id"], unique=False, schema="kb"
    )
    op.create_table(
        "same_organizations",
        sa.Column(
            "organization_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="机构 · as mentions read it",
        ),
        sa.Column(
            "same_as_id", sa.BigInteger(), nullable=False, comment="同一机构 · the body under whose name views show it"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["kb.organizations.organization_id"],
            name=op.f("fk_same_organizations_organization_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["same_as_id"], ["kb.organizations.organization_id"], name=op.f("fk_same_organizations_same_as_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_same_organizations")),
        schema="kb",
        comment="同一机构 · bodies that a person judged to be another one",
    )
    op.create_index(
        op.f("ix_same_organizations_same_as_id"), "same_organizations", ["same_as_id"], unique=False, schema="kb"
    )
    op.create_table(
        "report_copies",
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="报告 · the copy"),
        sa.Column(
            "original_id",
            sa.BigInteger(),
            nullable=False,
            comment="原报告 · the fullest of the same reports, which views count",
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["kb.reports.report_id"], name=op.f("fk_report_copies_original_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["kb.reports.report_id"], name=op.f("fk_report_copies_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_copies")),
        schema="kb",
        comment="重复报告 · reports that stand in the knowledge base more than once, found by their fingerprints",
    )
    op.create_index(op.f("ix_report_copies_original_id"), "report_copies", ["original_id"], unique=False, schema="kb")
    op.create_table(
        "corrected_observations",
        sa.Column(
            "observation_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="观测 · the fact that is corrected",
        ),
        sa.Column("value", sa.Numeric(), nullable=True, comment="更正数值 · null: as read"),
        sa.Column("indicator_id", sa.BigInteger(), nullable=True, comment="更正指标 · null: as read"),
        sa.Column("period_id", sa.BigInteger(), nullable=True, comment="更正时期 · null: as read"),
        sa.Column("organization_id", sa.BigInteger(), nullable=True, comment="更正机构 · null: as read"),
        sa.Column("status", sa.Text(), nullable=True, comment="更正性质 · actual or target; null: as read"),
        sa.Column("is_rejected", sa.Boolean(), nullable=False, comment="是否剔除 · a person says that this is no fact"),
        sa.CheckConstraint("status IN ('actual', 'target')", name=op.f("ck_corrected_observations_status_known")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["kb.indicators.indicator_id"], name=op.f("fk_corrected_observations_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["kb.observations.observation_id"],
            name=op.f("fk_corrected_observations_observation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["kb.organizations.organization_id"],
            name=op.f("fk_corrected_observations_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["kb.periods.period_id"], name=op.f("fk_corrected_observations_period_id")
        ),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_corrected_observations")),
        schema="kb",
        comment="更正观测 · corrections of facts that were found again",
    )
    op.create_index(
        op.f("ix_corrected_observations_indicator_id"),
        "corrected_observations",
        ["indicator_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_corrected_observations_organization_id"),
        "corrected_observations",
        ["organization_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_corrected_observations_period_id"), "corrected_observations", ["period_id"], unique=False, schema="kb"
    )
    op.add_column(
        "reports",
        sa.Column(
            "fingerprint",
            sa.Text(),
            nullable=True,
            comment="内容指纹 · hashes of wording and figures, hexadecimal (etl.fingerprint)",
        ),
        schema="kb",
    )
    op.add_column(
        "sentences",
        sa.Column(
            "content_masked",
            sa.Text(),
            nullable=True,
            comment="隐名句子 · with people's names masked: 张×; null: it names nobody",
        ),
        schema="kb",
    )


def downgrade() -> None:
    op.drop_column("sentences", "content_masked", schema="kb")
    op.drop_column("reports", "fingerprint", schema="kb")
    op.drop_index(op.f("ix_corrected_observations_period_id"), table_name="corrected_observations", schema="kb")
    op.drop_index(op.f("ix_corrected_observations_organization_id"), table_name="corrected_observations", schema="kb")
    op.drop_index(op.f("ix_corrected_observations_indicator_id"), table_name="corrected_observations", schema="kb")
    op.drop_table("corrected_observations", schema="kb")
    op.drop_index(op.f("ix_report_copies_original_id"), table_name="report_copies", schema="kb")
    op.drop_table("report_copies", schema="kb")
    op.drop_index(op.f("ix_same_organizations_same_as_id"), table_name="same_organizations", schema="kb")
    op.drop_table("same_organizations", schema="kb")
    op.drop_index(op.f("ix_same_initiatives_same_as_id"), table_name="same_initiatives", schema="kb")
    op.drop_table("same_initiatives", schema="kb")
    op.drop_table("identity_judgements", schema="kb")
    op.drop_table("corrections", schema="kb")
    op.create_table(
        "corrections",
        sa.Column(
            "correction_id",
            sa.BigInteger(),
            sa.Identity(always=False),
            nullable=False,
            comment="主键 · number of the correction",
        ),
        sa.Column("table_name", sa.Text(), nullable=False, comment="表 · table of the corrected row"),
        sa.Column("row_id", sa.BigInteger(), nullable=False, comment="行 · its stable id, which survives every reload"),
        sa.Column("column_name", sa.Text(), nullable=False, comment="字段 · what is corrected"),
        sa.Column("value_read", sa.Text(), nullable=True, comment="读出值 · what the rules had read"),
        sa.Column("value_right", sa.Text(), nullable=True, comment="更正值 · what is right"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由 · how the person knows"),
        sa.Column("made_by", sa.Text(), nullable=False, comment="更正人 · who says so"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="更正时间 · when",
        ),
        sa.PrimaryKeyConstraint("correction_id", name=op.f("pk_corrections")),
        sa.UniqueConstraint(
            "table_name", "row_id", "column_name", name=op.f("uq_corrections_table_name_row_id_column_name")
        ),
        schema="kb",
        comment="人工更正 · a person's corrections, keyed so that they survive a reload",
    )
