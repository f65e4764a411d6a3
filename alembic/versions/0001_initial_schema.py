"""Initial schema

Revision: 0001, after
Date: 2026-11-22 02:18:38.022159
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


SOURCE_TEXT = """
CREATE FUNCTION kb.source_text(source_name text, char_start integer, char_end integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT substr(
        string_agg(t.content, '' ORDER BY t.piece),
        source_text.char_start - source_text.char_start / 4096 * 4096 + 1,
        source_text.char_end - source_text.char_start
    )
    FROM kb.sources s
    JOIN kb.source_texts t USING (source_id)
    WHERE s.name = source_text.source_name
      AND t.piece BETWEEN source_text.char_start / 4096 AND (source_text.char_end - 1) / 4096;
END
"""

# Trigram indexes make substring search fast. A server without the extension, or a user who may not create it, does
# without them: nothing else depends on it.
TRIGRAMS = """
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm cannot be created (%): substring search will be slow', SQLERRM;
END $$;
DO $$
DECLARE
    operators text;
BEGIN
    SELECT format('%I.gin_trgm_ops', n.nspname) INTO operators
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    IF operators IS NOT NULL THEN
        EXECUTE format(
            'CREATE INDEX ix_observations_indicator_text_trgm ON kb.observations USING gin (indicator_text %s)',
            operators
        );
        EXECUTE format('CREATE INDEX ix_indicators_name_trgm ON kb.indicators USING gin (name %s)', operators);
        EXECUTE format('CREATE INDEX ix_organizations_name_trgm ON kb.organizations USING gin (name %s)', operators);
        EXECUTE format('CREATE INDEX ix_initiatives_name_trgm ON kb.initiatives USING gin (name %s)', operators);
    END IF;
END $$;
"""

COMMENTS = """
COMMENT ON SCHEMA kb IS '工作报告知识库 · work reports as normalized facts; the views for analysis are in schema mart';
COMMENT ON FUNCTION kb.source_text(text, integer, integer) IS
    '取原文 · any piece of a stored text: code points from char_start up to char_end';
"""


def upgrade() -> None:
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
    op.create_table(
        "indicators",
        sa.Column(
            "indicator_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="指标名称 · of a concept, or the phrase itself while it is unmapped",
        ),
        sa.Column(
            "code", sa.Text(), nullable=True, comment="指标代码 · of a concept from the catalog; null while unmapped"
        ),
        sa.Column(
            "topic", sa.Text(), nullable=True, comment="主题 · topic of the concept, from the outside in: 经济/投资"
        ),
        sa.Column("dimension", sa.Text(), nullable=True, comment="量纲 · dimension of its units"),
        sa.Column("definition", sa.Text(), nullable=True, comment="定义 · what is counted"),
        sa.Column("note", sa.Text(), nullable=True, comment="出处 · whose definition it is"),
        sa.PrimaryKeyConstraint("indicator_id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("code", name=op.f("uq_indicators_code")),
        sa.UniqueConstraint("name", name=op.f("uq_indicators_name")),
        schema="kb",
        comment="指标 · concepts from the catalog, and one row a phrase that is not mapped to one yet",
    )
    op.create_table(
        "initiatives",
        sa.Column(
            "initiative_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="举措名称 · canonical, without the marks round it"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="举措类型 · campaign program reform project mechanism award, as most read it",
        ),
        sa.CheckConstraint(
            "kind IN ('campaign', 'program', 'reform', 'project', 'mechanism', 'award')",
            name=op.f("ck_initiatives_kind_known"),
        ),
        sa.PrimaryKeyConstraint("initiative_id", name=op.f("pk_initiatives")),
        sa.UniqueConstraint("name", name=op.f("uq_initiatives_name")),
        schema="kb",
        comment="举措 · campaigns, programmes, reforms, projects, mechanisms, awards",
    )
    op.create_table(
        "load_runs",
        sa.Column(
            "load_run_id",
            sa.BigInteger(),
            sa.Identity(always=False),
            nullable=False,
            comment="主键 · number of the run",
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="开始时间 · when the run began"),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="结束时间 · when it ended; null: running or broken off",
        ),
        sa.Column(
            "reader_version", sa.Text(), nullable=False, comment="读取版本 · hash of the rules and the vocabulary used"
        ),
        sa.Column("paths", postgresql.ARRAY(sa.Text()), nullable=False, comment="路径 · what was asked to be loaded"),
        sa.PrimaryKeyConstraint("load_run_id", name=op.f("pk_load_runs")),
        schema="kb",
        comment="加载批次 · one row a run of `kb load`, `kb forget`",
    )
    op.create_table(
        "periods",
        sa.Column(
            "period_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("start_date", sa.Date(), nullable=False, comment="开始日期 · first day"),
        sa.Column("end_date", sa.Date(), nullable=False, comment="结束日期 · last day; a moment has start = end"),
        sa.Column("granularity", sa.Text(), nullable=False, comment="粒度 · day month quarter half year plan span"),
        sa.Column("label", sa.Text(), nullable=False, comment="时期 · one label for these days: 2021年1—11月"),
        sa.CheckConstraint(
            "granularity IN ('day', 'month', 'quarter', 'half', 'year', 'plan', 'span')",
            name=op.f("ck_periods_granularity_known"),
        ),
        sa.CheckConstraint("start_date <= end_date", name=op.f("ck_periods_days_ordered")),
        sa.PrimaryKeyConstraint("period_id", name=op.f("pk_periods")),
        sa.UniqueConstraint("start_date", "end_date", name=op.f("uq_periods_start_date_end_date")),
        schema="kb",
        comment="时期 · spans of days that figures cover",
    )
    op.create_table(
        "policies",
        sa.Column(
            "policy_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="政策 · title without 《》, or the document number where no title is given",
        ),
        sa.Column("title", sa.Text(), nullable=True, comment="文件标题 · without 《》"),
        sa.Column("document_number", sa.Text(), nullable=True, comment="文号 · as most citations give it"),
        sa.PrimaryKeyConstraint("policy_id", name=op.f("pk_policies")),
        sa.UniqueConstraint("name", name=op.f("uq_policies_name")),
        schema="kb",
        comment="政策文件 · laws, plans and documents that reports name",
    )
    op.create_table(
        "regions",
        sa.Column("region_code", sa.Text(), nullable=False, comment="行政区划代码 · GB/T 2260, six digits"),
        sa.Column("name", sa.Text(), nullable=False, comment="名称 · own name: 麦积区"),
        sa.Column("short_name", sa.Text(), nullable=False, comment="简称 · without 市, 县, 区: 麦积"),
        sa.Column("full_name", sa.Text(), nullable=False, comment="全称 · with the names above it: 甘肃省天水市麦积区"),
        sa.Column("parent_code", sa.Text(), nullable=True, comment="上级代码 · region that it lies in"),
        sa.Column(
            "level",
            sa.Text(),
            nullable=False,
            comment="级别 · country province prefecture county; unknown: not in the table",
        ),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="启用日期 · first day of the code, as far as known"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="停用日期 · last day of the code; null: in force"),
        sa.Column("successor_code", sa.Text(), nullable=True, comment="后继代码 · region that took its place"),
        sa.Column(
            "latitude", sa.Numeric(), nullable=True, comment="纬度 · degrees north, GCJ-02 (as Chinese maps have it)"
        ),
        sa.Column(
            "longitude", sa.Numeric(), nullable=True, comment="经度 · degrees east, GCJ-02 (as Chinese maps have it)"
        ),
        sa.CheckConstraint(
            "level IN ('country', 'province', 'prefecture', 'county', 'unknown')", name=op.f("ck_regions_level_known")
        ),
        sa.ForeignKeyConstraint(["parent_code"], ["kb.regions.region_code"], name=op.f("fk_regions_parent_code")),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_regions")),
        schema="kb",
        comment="行政区划 · regions of GB/T 2260 with their parents",
    )
    op.create_index(op.f("ix_regions_parent_code"), "regions", ["parent_code"], unique=False, schema="kb")
    op.create_table(
        "units",
        sa.Column("unit", sa.Text(), nullable=False, comment="单位 · as printed, without magnitude; '' for none"),
        sa.Column(
            "dimension",
            sa.Text(),
            nullable=True,
            comment="量纲 · money_cny, area …; null while unknown: comparable only with itself",
        ),
        sa.Column("base_unit", sa.Text(), nullable=False, comment="基本单位 · unit in which the dimension is compared"),
        sa.Column(
            "factor_numerator",
            sa.Numeric(),
            nullable=False,
            comment="换算系数分子 · base = value × numerator ÷ denominator",
        ),
        sa.Column(
            "factor_denominator",
            sa.Numeric(),
            nullable=False,
            comment="换算系数分母 · 亩 to 平方米 is 2000/3, which no decimal holds",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="备注 · where the factor comes from"),
        sa.CheckConstraint("factor_numerator > 0 AND factor_denominator > 0", name=op.f("ck_units_factor_positive")),
        sa.PrimaryKeyConstraint("unit", name=op.f("pk_units")),
        schema="kb",
        comment="计量单位 · units with their exact factor to the base unit",
    )
    op.create_table(
        "findings",
        sa.Column(
            "finding_id",
            sa.BigInteger(),
            sa.Identity(always=False),
            nullable=False,
            comment="主键 · number of the finding",
        ),
        sa.Column(
            "load_run_id",
            sa.BigInteger(),
            nullable=True,
            comment="加载批次 · state of the knowledge base that was checked",
        ),
        sa.Column(
            "check_name", sa.Text(), nullable=False, comment="检查 · name of the check: queries/checks/<name>.sql"
        ),
        sa.Column("severity", sa.Text(), nullable=False, comment="严重程度 · error warning notice"),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="详情 · the failing row"),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False, comment="发现时间 · when the check ran"),
        sa.CheckConstraint("severity IN ('error', 'warning', 'notice')", name=op.f("ck_findings_severity_known")),
        sa.ForeignKeyConstraint(["load_run_id"], ["kb.load_runs.load_run_id"], name=op.f("fk_findings_load_run_id")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_findings")),
        schema="kb",
        comment="检查结果 · rows that a data check found wrong, as of the last `kb check`",
    )
    op.create_index(op.f("ix_findings_check_name"), "findings", ["check_name"], unique=False, schema="kb")
    op.create_index(op.f("ix_findings_load_run_id"), "findings", ["load_run_id"], unique=False, schema="kb")
    op.create_table(
        "indicator_aliases",
        sa.Column("alias", sa.Text(), nullable=False, comment="别称 · phrase without spaces and marks"),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False, comment="指标 · the concept that it means"),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["kb.indicators.indicator_id"], name=op.f("fk_indicator_aliases_indicator_id")
        ),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_indicator_aliases")),
        schema="kb",
        comment="指标别称 · phrases that mean a concept",
    )
    op.create_index(
        op.f("ix_indicator_aliases_indicator_id"), "indicator_aliases", ["indicator_id"], unique=False, schema="kb"
    )
    op.create_table(
        "initiative_aliases",
        sa.Column("initiative_id", sa.BigInteger(), nullable=False, comment="举措 · the initiative"),
        sa.Column("alias", sa.Text(), nullable=False, comment="别称 · as reports write it"),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["kb.initiatives.initiative_id"],
            name=op.f("fk_initiative_aliases_initiative_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "alias", name=op.f("pk_initiative_aliases")),
        schema="kb",
        comment="举措别称 · other wordings under which reports mention an initiative",
    )
    op.create_index(op.f("ix_initiative_aliases_alias"), "initiative_aliases", ["alias"], unique=False, schema="kb")
    op.create_table(
        "load_changes",
        sa.Column("load_run_id", sa.BigInteger(), nullable=False, comment="加载批次 · the run"),
        sa.Column("source_name", sa.Text(), nullable=False, comment="文件名 · the file"),
        sa.Column("path", sa.Text(), nullable=False, comment="路径 · where it was found"),
        sa.Column(
            "action", sa.Text(), nullable=False, comment="动作 · loaded changed reread quarantined duplicate forgotten"
        ),
        sa.Column(
            "detail",
            sa.Text(),
            nullable=True,
            comment="说明 · reason of a quarantine, name of the original of a duplicate",
        ),
        sa.Column(
            "observations_added", sa.Integer(), nullable=False, comment="新增观测 · facts that were not there before"
        ),
        sa.Column(
            "observations_changed",
            sa.Integer(),
            nullable=False,
            comment="变更观测 · facts at the same place, read otherwise",
        ),
        sa.Column(
            "observations_removed", sa.Integer(), nullable=False, comment="删除观测 · facts that are no longer there"
        ),
        sa.CheckConstraint(
            "action IN ('loaded', 'changed', 'reread', 'quarantined', 'duplicate', 'forgotten')",
            name=op.f("ck_load_changes_action_known"),
        ),
        sa.ForeignKeyConstraint(
            ["load_run_id"], ["kb.load_runs.load_run_id"], name=op.f("fk_load_changes_load_run_id")
        ),
        sa.UniqueConstraint("load_run_id", "path", name=op.f("uq_load_changes_load_run_id_path")),
        schema="kb",
        comment="加载变化 · what a run did to a file; unchanged files have no row",
    )
    op.create_table(
        "organizations",
        sa.Column(
            "organization_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="机构名称 · canonical and full: 中共延安市委"),
        sa.Column(
            "scope",
            sa.Text(),
            nullable=False,
            comment="范围 · '' or, of a masked body, the one report in which it means anything",
        ),
        sa.Column(
            "type",
            sa.Text(),
            nullable=False,
            comment="机构类型 · territory party government … as most mentions read it",
        ),
        sa.Column("parent_id", sa.BigInteger(), nullable=True, comment="上级机构 · as most mentions read it"),
        sa.Column("region_code", sa.Text(), nullable=True, comment="行政区划代码 · as most mentions read it"),
        sa.Column(
            "is_redacted", sa.Boolean(), nullable=False, comment="是否隐名 · the name is masked in the report: XX镇"
        ),
        sa.CheckConstraint(
            "type IN ('territory', 'party', 'government', 'congress', 'cppcc', 'department', 'court', "
            "'procuratorate', 'enterprise', 'school', 'hospital', 'media', 'association', 'community', "
            "'military', 'park', 'other')",
            name=op.f("ck_organizations_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["kb.organizations.organization_id"], name=op.f("fk_organizations_parent_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["kb.regions.region_code"], name=op.f("fk_organizations_region_code")),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("name", "scope", name=op.f("uq_organizations_name_scope")),
        schema="kb",
        comment="机构 · bodies and territories, one row each across all reports",
    )
    op.create_index(op.f("ix_organizations_parent_id"), "organizations", ["parent_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_organizations_region_code"), "organizations", ["region_code"], unique=False, schema="kb")
    op.create_table(
        "sources",
        sa.Column(
            "source_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="文件名 · without folders; of two files with one name the second has ~hash",
        ),
        sa.Column("path", sa.Text(), nullable=False, comment="路径 · where it was read from"),
        sa.Column(
            "sha256",
            sa.Text(),
            nullable=True,
            comment="内容摘要 · SHA-256 of the bytes whose facts are stored; null: never read",
        ),
        sa.Column("byte_count", sa.BigInteger(), nullable=True, comment="字节数 · size of the file"),
        sa.Column("media_type", sa.Text(), nullable=True, comment="媒体类型 · text/plain, application/pdf …"),
        sa.Column("encoding", sa.Text(), nullable=True, comment="编码 · of text files: utf-8, gb18030 …"),
        sa.Column("char_count", sa.Integer(), nullable=False, comment="字符数 · code points of the stored text"),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="状态 · loaded; stale: newer bytes could not be read; quarantined",
        ),
        sa.Column("reason", sa.Text(), nullable=True, comment="隔离原因 · why it could not be read"),
        sa.Column("remedy", sa.Text(), nullable=True, comment="处理办法 · what to do about it"),
        sa.Column(
            "rejected_sha256",
            sa.Text(),
            nullable=True,
            comment="被拒摘要 · SHA-256 of the bytes that could not be read",
        ),
        sa.Column(
            "notes",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="备注 · what the reader had to do or could not do",
        ),
        sa.Column(
            "reader_version",
            sa.Text(),
            nullable=False,
            comment="读取版本 · hash of the rules and the vocabulary that read it",
        ),
        sa.Column("load_run_id", sa.BigInteger(), nullable=False, comment="加载批次 · the run that wrote it last"),
        sa.Column(
            "loaded_at", sa.DateTime(timezone=True), nullable=False, comment="加载时间 · when it was written last"
        ),
        sa.CheckConstraint("status = 'loaded' OR reason IS NOT NULL", name=op.f("ck_sources_reason_given")),
        sa.CheckConstraint("status IN ('loaded', 'stale', 'quarantined')", name=op.f("ck_sources_status_known")),
        sa.ForeignKeyConstraint(["load_run_id"], ["kb.load_runs.load_run_id"], name=op.f("fk_sources_load_run_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_sources_name")),
        sa.UniqueConstraint("path", name=op.f("uq_sources_path")),
        schema="kb",
        comment="来源文件 · one row a file that was loaded or quarantined",
    )
    op.create_index(op.f("ix_sources_sha256"), "sources", ["sha256"], unique=False, schema="kb")
    op.create_table(
        "boilerplate_spans",
        sa.Column(
            "boilerplate_span_id",
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
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="原因 · why this belongs to no report: contents, advert, page number …",
        ),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_boilerplate_spans_span_ordered")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_boilerplate_spans_source_id")),
        sa.PrimaryKeyConstraint("boilerplate_span_id", name=op.f("pk_boilerplate_spans")),
        sa.UniqueConstraint("source_id", "char_start", name=op.f("uq_boilerplate_spans_source_id_char_start")),
        schema="kb",
        comment="非正文 · stretches of a file that belong to no report",
    )
    op.create_table(
        "organization_aliases",
        sa.Column("organization_id", sa.BigInteger(), nullable=False, comment="机构 · the body"),
        sa.Column("alias", sa.Text(), nullable=False, comment="别称 · as reports call it: 市委"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["kb.organizations.organization_id"],
            name=op.f("fk_organization_aliases_organization_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "alias", name=op.f("pk_organization_aliases")),
        schema="kb",
        comment="机构别称 · other names under which reports mention a body; 市委 belongs to many",
    )
    op.create_index(op.f("ix_organization_aliases_alias"), "organization_aliases", ["alias"], unique=False, schema="kb")
    op.create_table(
        "reports",
        sa.Column(
            "report_id",
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
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="序号 · from 1, in its file"),
        sa.Column("title", sa.Text(), nullable=True, comment="标题 · null if none can be told"),
        sa.Column("title_is_inferred", sa.Boolean(), nullable=False, comment="标题是否推断 · not printed as a title"),
        sa.Column("kind", sa.Text(), nullable=False, comment="文种 · 综述 工作总结 工作计划 …"),
        sa.Column("issuer_id", sa.BigInteger(), nullable=True, comment="发文机构 · who gives the report"),
        sa.Column(
            "region_code", sa.Text(), nullable=True, comment="行政区划代码 · of the region that the report is about"
        ),
        sa.Column("report_date", sa.Date(), nullable=True, comment="报告日期 · when it was given"),
        sa.Column(
            "period_id", sa.BigInteger(), nullable=True, comment="报告期 · the time that the report looks back on"
        ),
        sa.Column(
            "evidence", postgresql.ARRAY(sa.Text()), nullable=False, comment="切分依据 · why a report begins here"
        ),
        sa.CheckConstraint(
            "kind IN ('综述', '工作总结', '工作计划', '总结与计划', '讲话', '发言', '致辞', '新闻报道', "
            "'评论', '政府工作报告', '统计公报', '其他')",
            name=op.f("ck_reports_kind_known"),
        ),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_reports_span_ordered")),
        sa.ForeignKeyConstraint(["issuer_id"], ["kb.organizations.organization_id"], name=op.f("fk_reports_issuer_id")),
        sa.ForeignKeyConstraint(["period_id"], ["kb.periods.period_id"], name=op.f("fk_reports_period_id")),
        sa.ForeignKeyConstraint(["region_code"], ["kb.regions.region_code"], name=op.f("fk_reports_region_code")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_reports_source_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_reports")),
        sa.UniqueConstraint("source_id", "ordinal", name=op.f("uq_reports_source_id_ordinal")),
        schema="kb",
        comment="报告 · one row a report; a compilation holds many",
    )
    op.create_index(op.f("ix_reports_issuer_id"), "reports", ["issuer_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_reports_period_id"), "reports", ["period_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_reports_region_code"), "reports", ["region_code"], unique=False, schema="kb")
    op.create_table(
        "source_texts",
        sa.Column("source_id", sa.BigInteger(), nullable=False, comment="来源文件 · file that the piece belongs to"),
        sa.Column(
            "piece",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="片段序号 · from 0, 4,096 code points each",
        ),
        sa.Column("content", sa.Text(), nullable=False, comment="原文 · the text as decoded, nothing repaired"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["kb.sources.source_id"], name=op.f("fk_source_texts_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "piece", name=op.f("pk_source_texts")),
        schema="kb",
        comment="原文片段 · the text of a file in pieces; read it with kb.source_text(name, char_start, char_end)",
    )
    op.create_table(
        "initiative_mentions",
        sa.Column(
            "mention_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column("initiative_id", sa.BigInteger(), nullable=False, comment="举措 · the initiative that is meant"),
        sa.Column("surface", sa.Text(), nullable=False, comment="原文 · the name as printed"),
        sa.Column(
            "kind_read",
            sa.Text(),
            nullable=False,
            comment="读出类型 · kind as read here; the initiative's own is what most say",
        ),
        sa.Column("organization_id", sa.BigInteger(), nullable=True, comment="机构 · who carries it out"),
        sa.Column("period_id", sa.BigInteger(), nullable=True, comment="时期 · when it runs"),
        sa.Column("rule", sa.Text(), nullable=False, comment="规则 · name of the rule that read it"),
        sa.Column("confidence", sa.Numeric(), nullable=False, comment="置信度 · how far to trust it, 0 to 1"),
        sa.CheckConstraint(
            "kind_read IN ('campaign', 'program', 'reform', 'project', 'mechanism', 'award')",
            name=op.f("ck_initiative_mentions_kind_read_known"),
        ),
        sa.CheckConstraint(
            "char_start >= 0 AND char_start < char_end", name=op.f("ck_initiative_mentions_span_ordered")
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_initiative_mentions_confidence_range")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["kb.initiatives.initiative_id"], name=op.f("fk_initiative_mentions_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["kb.organizations.organization_id"],
            name=op.f("fk_initiative_mentions_organization_id"),
        ),
        sa.ForeignKeyConstraint(["period_id"], ["kb.periods.period_id"], name=op.f("fk_initiative_mentions_period_id")),
        sa.ForeignKeyConstraint(["report_id"], ["kb.reports.report_id"], name=op.f("fk_initiative_mentions_report_id")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_initiative_mentions_source_id")),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_initiative_mentions")),
        sa.UniqueConstraint(
            "source_id",
            "char_start",
            "char_end",
            "initiative_id",
            name=op.f("uq_initiative_mentions_source_id_char_start_char_end_initiative_id"),
        ),
        schema="kb",
        comment="举措提及 · where an initiative is named",
    )
    op.create_index(
        op.f("ix_initiative_mentions_initiative_id"),
        "initiative_mentions",
        ["initiative_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_initiative_mentions_organization_id"),
        "initiative_mentions",
        ["organization_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_initiative_mentions_period_id"), "initiative_mentions", ["period_id"], unique=False, schema="kb"
    )
    op.create_index(
        op.f("ix_initiative_mentions_report_id"), "initiative_mentions", ["report_id"], unique=False, schema="kb"
    )
    op.create_table(
        "organization_mentions",
        sa.Column(
            "mention_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column("organization_id", sa.BigInteger(), nullable=False, comment="机构 · the body that is meant"),
        sa.Column("surface", sa.Text(), nullable=False, comment="原文 · the name as printed"),
        sa.Column("role", sa.Text(), nullable=False, comment="角色 · issuer subject partner mentioned"),
        sa.Column("rule", sa.Text(), nullable=False, comment="规则 · name of the rule that read it"),
        sa.Column("confidence", sa.Numeric(), nullable=False, comment="置信度 · how far to trust it, 0 to 1"),
        sa.CheckConstraint(
            "role IN ('issuer', 'subject', 'partner', 'mentioned')", name=op.f("ck_organization_mentions_role_known")
        ),
        sa.CheckConstraint(
            "char_start >= 0 AND char_start < char_end", name=op.f("ck_organization_mentions_span_ordered")
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_organization_mentions_confidence_range")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["kb.organizations.organization_id"],
            name=op.f("fk_organization_mentions_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["kb.reports.report_id"], name=op.f("fk_organization_mentions_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["kb.sources.source_id"], name=op.f("fk_organization_mentions_source_id")
        ),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_organization_mentions")),
        sa.UniqueConstraint(
            "source_id",
            "char_start",
            "char_end",
            "organization_id",
            name=op.f("uq_organization_mentions_source_id_char_start_char_end_organization_id"),
        ),
        schema="kb",
        comment="机构提及 · where a body is named",
    )
    op.create_index(
        op.f("ix_organization_mentions_organization_id"),
        "organization_mentions",
        ["organization_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_organization_mentions_report_id"), "organization_mentions", ["report_id"], unique=False, schema="kb"
    )
    op.create_table(
        "organization_readings",
        sa.Column(
            "reading_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file"),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · the report that reads the body so"),
        sa.Column("organization_id", sa.BigInteger(), nullable=False, comment="机构 · the body"),
        sa.Column("type", sa.Text(), nullable=True, comment="读出类型 · type as read in this report"),
        sa.Column("region_code", sa.Text(), nullable=True, comment="读出区划 · region as read in this report"),
        sa.Column("parent_id", sa.BigInteger(), nullable=True, comment="读出上级 · parent as read in this report"),
        sa.Column("votes", sa.Integer(), nullable=False, comment="票数 · how often the report reads it so"),
        sa.CheckConstraint(
            "type IN ('territory', 'party', 'government', 'congress', 'cppcc', 'department', 'court', "
            "'procuratorate', 'enterprise', 'school', 'hospital', 'media', 'association', 'community', "
            "'military', 'park', 'other')",
            name=op.f("ck_organization_readings_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["kb.organizations.organization_id"],
            name=op.f("fk_organization_readings_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["kb.organizations.organization_id"], name=op.f("fk_organization_readings_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["kb.regions.region_code"], name=op.f("fk_organization_readings_region_code")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["kb.reports.report_id"], name=op.f("fk_organization_readings_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["kb.sources.source_id"], name=op.f("fk_organization_readings_source_id")
        ),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_organization_readings")),
        schema="kb",
        comment="机构判读 · what each report takes a body to be; the body's own row says what most of them say",
    )
    op.create_index(
        op.f("ix_organization_readings_organization_id"),
        "organization_readings",
        ["organization_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_organization_readings_parent_id"), "organization_readings", ["parent_id"], unique=False, schema="kb"
    )
    op.create_index(
        op.f("ix_organization_readings_report_id"), "organization_readings", ["report_id"], unique=False, schema="kb"
    )
    op.create_index(
        op.f("ix_organization_readings_source_id"), "organization_readings", ["source_id"], unique=False, schema="kb"
    )
    op.create_table(
        "policy_citations",
        sa.Column(
            "citation_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column("policy_id", sa.BigInteger(), nullable=False, comment="政策文件 · the document that is meant"),
        sa.Column("surface", sa.Text(), nullable=False, comment="原文 · the citation as printed"),
        sa.Column("document_number", sa.Text(), nullable=True, comment="文号 · where the citation gives it"),
        sa.Column("rule", sa.Text(), nullable=False, comment="规则 · name of the rule that read it"),
        sa.Column("confidence", sa.Numeric(), nullable=False, comment="置信度 · how far to trust it, 0 to 1"),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_policy_citations_span_ordered")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_policy_citations_confidence_range")),
        sa.ForeignKeyConstraint(["policy_id"], ["kb.policies.policy_id"], name=op.f("fk_policy_citations_policy_id")),
        sa.ForeignKeyConstraint(["report_id"], ["kb.reports.report_id"], name=op.f("fk_policy_citations_report_id")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_policy_citations_source_id")),
        sa.PrimaryKeyConstraint("citation_id", name=op.f("pk_policy_citations")),
        sa.UniqueConstraint(
            "source_id",
            "char_start",
            "char_end",
            "policy_id",
            name=op.f("uq_policy_citations_source_id_char_start_char_end_policy_id"),
        ),
        schema="kb",
        comment="政策引用 · where a document is named",
    )
    op.create_index(op.f("ix_policy_citations_policy_id"), "policy_citations", ["policy_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_policy_citations_report_id"), "policy_citations", ["report_id"], unique=False, schema="kb")
    op.create_table(
        "quantities",
        sa.Column(
            "quantity_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column(
            "value_text",
            sa.Text(),
            nullable=False,
            comment="数值原文 · as printed, with its magnitude word, without unit",
        ),
        sa.Column(
            "value", sa.Numeric(), nullable=True, comment="数值 · in `unit`, magnitude multiplied out; null when masked"
        ),
        sa.Column("value_high", sa.Numeric(), nullable=True, comment="数值上限 · upper end of a range"),
        sa.Column("from_value", sa.Numeric(), nullable=True, comment="原数值 · the value that it replaced"),
        sa.Column("unit", sa.Text(), nullable=False, comment="单位 · as printed, magnitude removed"),
        sa.Column("bound", sa.Text(), nullable=False, comment="界限 · exact approx above below"),
        sa.Column("is_redacted", sa.Boolean(), nullable=False, comment="是否隐去 · digits masked in the source"),
        sa.Column(
            "disposition",
            sa.Text(),
            nullable=False,
            comment="处置 · claimed by an observation, passed_over by name, unclaimed",
        ),
        sa.Column(
            "passed_over",
            sa.Text(),
            nullable=True,
            comment="略过规则 · name of the rule that says that this is no fact",
        ),
        sa.Column("rule", sa.Text(), nullable=False, comment="规则 · name of the rule that read the number"),
        sa.CheckConstraint(
            "(disposition = 'passed_over') = (passed_over IS NOT NULL)", name=op.f("ck_quantities_passed_over_named")
        ),
        sa.CheckConstraint("bound IN ('exact', 'approx', 'above', 'below')", name=op.f("ck_quantities_bound_known")),
        sa.CheckConstraint(
            "disposition IN ('claimed', 'passed_over', 'unclaimed')", name=op.f("ck_quantities_disposition_known")
        ),
        sa.CheckConstraint("NOT is_redacted OR value IS NULL", name=op.f("ck_quantities_masked_without_value")),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_quantities_span_ordered")),
        sa.ForeignKeyConstraint(["report_id"], ["kb.reports.report_id"], name=op.f("fk_quantities_report_id")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_quantities_source_id")),
        sa.ForeignKeyConstraint(["unit"], ["kb.units.unit"], name=op.f("fk_quantities_unit")),
        sa.PrimaryKeyConstraint("quantity_id", name=op.f("pk_quantities")),
        sa.UniqueConstraint(
            "source_id", "char_start", "char_end", name=op.f("uq_quantities_source_id_char_start_char_end")
        ),
        schema="kb",
        comment="数量 · every number of a report, whatever became of it",
    )
    op.create_index(op.f("ix_quantities_report_id"), "quantities", ["report_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_quantities_unit"), "quantities", ["unit"], unique=False, schema="kb")
    op.create_table(
        "sections",
        sa.Column(
            "section_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column("parent_id", sa.BigInteger(), nullable=True, comment="上级章节 · section that it lies in"),
        sa.Column("level", sa.SmallInteger(), nullable=False, comment="层级 · 1 the title, 2 一、, 3 （一）, 4 1."),
        sa.Column("title", sa.Text(), nullable=False, comment="章节标题 · the heading"),
        sa.Column(
            "path", sa.Text(), nullable=False, comment="章节路径 · headings from the outside in, joined by ' > '"
        ),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_sections_span_ordered")),
        sa.ForeignKeyConstraint(["parent_id"], ["kb.sections.section_id"], name=op.f("fk_sections_parent_id")),
        sa.ForeignKeyConstraint(["report_id"], ["kb.reports.report_id"], name=op.f("fk_sections_report_id")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_sections_source_id")),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_sections")),
        sa.UniqueConstraint("source_id", "char_start", name=op.f("uq_sections_source_id_char_start")),
        schema="kb",
        comment="章节 · headings with the stretch of text under each",
    )
    op.create_index(op.f("ix_sections_parent_id"), "sections", ["parent_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_sections_report_id"), "sections", ["report_id"], unique=False, schema="kb")
    op.create_table(
        "sentences",
        sa.Column(
            "sentence_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column(
            "source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file in whose text the span lies"
        ),
        sa.Column(
            "char_start", sa.Integer(), nullable=False, comment="起始字符 · first code point of the span, from 0"
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="结束字符 · code point behind the span"),
        sa.Column("section_id", sa.BigInteger(), nullable=True, comment="章节 · innermost section"),
        sa.Column(
            "content", sa.Text(), nullable=False, comment="句子 · repaired for reading: evidence of the facts in it"
        ),
        sa.CheckConstraint("char_start >= 0 AND char_start < char_end", name=op.f("ck_sentences_span_ordered")),
        sa.ForeignKeyConstraint(["report_id"], ["kb.reports.report_id"], name=op.f("fk_sentences_report_id")),
        sa.ForeignKeyConstraint(["section_id"], ["kb.sections.section_id"], name=op.f("fk_sentences_section_id")),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_sentences_source_id")),
        sa.PrimaryKeyConstraint("sentence_id", name=op.f("pk_sentences")),
        sa.UniqueConstraint(
            "source_id", "char_start", "char_end", name=op.f("uq_sentences_source_id_char_start_char_end")
        ),
        schema="kb",
        comment="证据句 · sentences that hold numeric facts",
    )
    op.create_index(op.f("ix_sentences_report_id"), "sentences", ["report_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_sentences_section_id"), "sentences", ["section_id"], unique=False, schema="kb")
    op.create_table(
        "observations",
        sa.Column(
            "observation_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="主键 · derived from the natural key",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="报告 · report that it belongs to"),
        sa.Column("source_id", sa.BigInteger(), nullable=False, comment="来源文件 · the file that it was read in"),
        sa.Column(
            "quantity_id",
            sa.BigInteger(),
            nullable=False,
            comment="数量 · the number, its unit and its place in the text",
        ),
        sa.Column(
            "ordinal",
            sa.SmallInteger(),
            nullable=False,
            comment="序号 · 1; 2 and up where one number says more than one thing",
        ),
        sa.Column("sentence_id", sa.BigInteger(), nullable=False, comment="证据句 · sentence that it was read from"),
        sa.Column("section_id", sa.BigInteger(), nullable=True, comment="章节 · innermost section"),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False, comment="指标 · the concept or the phrase"),
        sa.Column(
            "indicator_text", sa.Text(), nullable=False, comment="指标原文 · the indicator in the report's own words"
        ),
        sa.Column(
            "measure", sa.Text(), nullable=False, comment="度量 · level change growth pp share rank completion multiple"
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="性质 · actual or target"),
        sa.Column("period_id", sa.BigInteger(), nullable=True, comment="时期 · the time that it covers"),
        sa.Column(
            "period_text",
            sa.Text(),
            nullable=True,
            comment="时期原文 · as the text says it, or the name of the reading",
        ),
        sa.Column(
            "period_is_explicit", sa.Boolean(), nullable=False, comment="时期是否明示 · said in the same sentence"
        ),
        sa.Column("organization_id", sa.BigInteger(), nullable=True, comment="机构 · whose figure it is"),
        sa.Column(
            "region_code", sa.Text(), nullable=True, comment="行政区划代码 · of the territory, or of the institution"
        ),
        sa.Column("rule", sa.Text(), nullable=False, comment="规则 · name of the rule that read it"),
        sa.Column("confidence", sa.Numeric(), nullable=False, comment="置信度 · how far to trust it, 0 to 1"),
        sa.CheckConstraint(
            "measure IN ('level', 'change', 'growth', 'pp', 'share', 'rank', 'completion', 'multiple')",
            name=op.f("ck_observations_measure_known"),
        ),
        sa.CheckConstraint("status IN ('actual', 'target')", name=op.f("ck_observations_status_known")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_observations_confidence_range")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["kb.indicators.indicator_id"], name=op.f("fk_observations_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["kb.organizations.organization_id"], name=op.f("fk_observations_organization_id")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["kb.periods.period_id"], name=op.f("fk_observations_period_id")),
        sa.ForeignKeyConstraint(
            ["quantity_id"], ["kb.quantities.quantity_id"], name=op.f("fk_observations_quantity_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["kb.regions.region_code"], name=op.f("fk_observations_region_code")),
        sa.ForeignKeyConstraint(["report_id"], ["kb.reports.report_id"], name=op.f("fk_observations_report_id")),
        sa.ForeignKeyConstraint(["section_id"], ["kb.sections.section_id"], name=op.f("fk_observations_section_id")),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["kb.sentences.sentence_id"], name=op.f("fk_observations_sentence_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["kb.sources.source_id"], name=op.f("fk_observations_source_id")),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_observations")),
        sa.UniqueConstraint("quantity_id", "ordinal", name=op.f("uq_observations_quantity_id_ordinal")),
        schema="kb",
        comment="观测 · numeric facts: a number bound to indicator, period, status and body",
    )
    op.create_index(
        op.f("ix_observations_indicator_id_period_id"),
        "observations",
        ["indicator_id", "period_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(
        op.f("ix_observations_organization_id_indicator_id"),
        "observations",
        ["organization_id", "indicator_id"],
        unique=False,
        schema="kb",
    )
    op.create_index(op.f("ix_observations_period_id"), "observations", ["period_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_observations_region_code"), "observations", ["region_code"], unique=False, schema="kb")
    op.create_index(op.f("ix_observations_report_id"), "observations", ["report_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_observations_section_id"), "observations", ["section_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_observations_sentence_id"), "observations", ["sentence_id"], unique=False, schema="kb")
    op.create_index(op.f("ix_observations_source_id"), "observations", ["source_id"], unique=False, schema="kb")
    op.execute(SOURCE_TEXT)
    op.execute(TRIGRAMS)
    op.execute(COMMENTS)


def downgrade() -> None:
    op.execute("DROP FUNCTION kb.source_text(text, integer, integer)")
    op.drop_index(op.f("ix_observations_source_id"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_sentence_id"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_section_id"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_report_id"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_region_code"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_period_id"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_organization_id_indicator_id"), table_name="observations", schema="kb")
    op.drop_index(op.f("ix_observations_indicator_id_period_id"), table_name="observations", schema="kb")
    op.drop_table("observations", schema="kb")
    op.drop_index(op.f("ix_sentences_section_id"), table_name="sentences", schema="kb")
    op.drop_index(op.f("ix_sentences_report_id"), table_name="sentences", schema="kb")
    op.drop_table("sentences", schema="kb")
    op.drop_index(op.f("ix_sections_report_id"), table_name="sections", schema="kb")
    op.drop_index(op.f("ix_sections_parent_id"), table_name="sections", schema="kb")
    op.drop_table("sections", schema="kb")
    op.drop_index(op.f("ix_quantities_unit"), table_name="quantities", schema="kb")
    op.drop_index(op.f("ix_quantities_report_id"), table_name="quantities", schema="kb")
    op.drop_table("quantities", schema="kb")
    op.drop_index(op.f("ix_policy_citations_report_id"), table_name="policy_citations", schema="kb")
    op.drop_index(op.f("ix_policy_citations_policy_id"), table_name="policy_citations", schema="kb")
    op.drop_table("policy_citations", schema="kb")
    op.drop_index(op.f("ix_organization_readings_source_id"), table_name="organization_readings", schema="kb")
    op.drop_index(op.f("ix_organization_readings_report_id"), table_name="organization_readings", schema="kb")
    op.drop_index(op.f("ix_organization_readings_parent_id"), table_name="organization_readings", schema="kb")
    op.drop_index(op.f("ix_organization_readings_organization_id"), table_name="organization_readings", schema="kb")
    op.drop_table("organization_readings", schema="kb")
    op.drop_index(op.f("ix_organization_mentions_report_id"), table_name="organization_mentions", schema="kb")
    op.drop_index(op.f("ix_organization_mentions_organization_id"), table_name="organization_mentions", schema="kb")
    op.drop_table("organization_mentions", schema="kb")
    op.drop_index(op.f("ix_initiative_mentions_report_id"), table_name="initiative_mentions", schema="kb")
    op.drop_index(op.f("ix_initiative_mentions_period_id"), table_name="initiative_mentions", schema="kb")
    op.drop_index(op.f("ix_initiative_mentions_organization_id"), table_name="initiative_mentions", schema="kb")
    op.drop_index(op.f("ix_initiative_mentions_initiative_id"), table_name="initiative_mentions", schema="kb")
    op.drop_table("initiative_mentions", schema="kb")
    op.drop_table("source_texts", schema="kb")
    op.drop_index(op.f("ix_reports_region_code"), table_name="reports", schema="kb")
    op.drop_index(op.f("ix_reports_period_id"), table_name="reports", schema="kb")
    op.drop_index(op.f("ix_reports_issuer_id"), table_name="reports", schema="kb")
    op.drop_table("reports", schema="kb")
    op.drop_index(op.f("ix_organization_aliases_alias"), table_name="organization_aliases", schema="kb")
    op.drop_table("organization_aliases", schema="kb")
    op.drop_table("boilerplate_spans", schema="kb")
    op.drop_index(op.f("ix_sources_sha256"), table_name="sources", schema="kb")
    op.drop_table("sources", schema="kb")
    op.drop_index(op.f("ix_organizations_region_code"), table_name="organizations", schema="kb")
    op.drop_index(op.f("ix_organizations_parent_id"), table_name="organizations", schema="kb")
    op.drop_table("organizations", schema="kb")
    op.drop_table("load_changes", schema="kb")
    op.drop_index(op.f("ix_initiative_aliases_alias"), table_name="initiative_aliases", schema="kb")
    op.drop_table("initiative_aliases", schema="kb")
    op.drop_index(op.f("ix_indicator_aliases_indicator_id"), table_name="indicator_aliases", schema="kb")
    op.drop_table("indicator_aliases", schema="kb")
    op.drop_index(op.f("ix_findings_load_run_id"), table_name="findings", schema="kb")
    op.drop_index(op.f("ix_findings_check_name"), table_name="findings", schema="kb")
    op.drop_table("findings", schema="kb")
    op.drop_table("units", schema="kb")
    op.drop_index(op.f("ix_regions_parent_code"), table_name="regions", schema="kb")
    op.drop_table("regions", schema="kb")
    op.drop_table("policies", schema="kb")
    op.drop_table("periods", schema="kb")
    op.drop_table("load_runs", schema="kb")
    op.drop_table("initiatives", schema="kb")
    op.drop_table("indicators", schema="kb")
    op.drop_table("corrections", schema="kb")
