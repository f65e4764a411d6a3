"""Whose an initiative is, since when, and who leads it

Revision: 0006, after 0005
Date: 2026-11-22 05:25:00
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SAME = "同一举措 · initiatives that are another one: a person says so, or reports laid side by side show it"
JUDGED = "同一举措 · initiatives that a person judged to be another one"


def upgrade() -> None:
    op.add_column(
        "initiatives",
        sa.Column(
            "scope",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="范围 · '' for the whole country, else code of the territory whose own it is, or who reports",
        ),
        schema="kb",
    )
    op.alter_column("initiatives", "scope", server_default=None, schema="kb")
    op.add_column(
        "initiatives",
        sa.Column(
            "region_code",
            sa.Text(),
            nullable=True,
            comment="行政区划代码 · of the territory whose own it is; null for the whole country or if unknown",
        ),
        schema="kb",
    )
    op.add_column(
        "initiatives",
        sa.Column(
            "since_year",
            sa.SmallInteger(),
            nullable=True,
            comment="起始年份 · in which a national one began, as far as known",
        ),
        schema="kb",
    )
    op.add_column(
        "initiatives",
        sa.Column(
            "lead_name", sa.Text(), nullable=True, comment="牵头机构 · body that leads a national one, as far as known"
        ),
        schema="kb",
    )
    op.drop_constraint(op.f("uq_initiatives_name"), "initiatives", schema="kb", type_="unique")
    op.create_unique_constraint(op.f("uq_initiatives_name_scope"), "initiatives", ["name", "scope"], schema="kb")
    op.create_foreign_key(
        op.f("fk_initiatives_region_code"),
        "initiatives",
        "regions",
        ["region_code"],
        ["region_code"],
        source_schema="kb",
        referent_schema="kb",
    )
    op.create_index(op.f("ix_initiatives_region_code"), "initiatives", ["region_code"], unique=False, schema="kb")
    op.create_table_comment("same_initiatives", SAME, existing_comment=JUDGED, schema="kb")


def downgrade() -> None:
    op.create_table_comment("same_initiatives", JUDGED, existing_comment=SAME, schema="kb")
    op.execute("DELETE FROM kb.same_initiatives")
    op.execute("DELETE FROM kb.initiative_mentions m USING kb.initiatives i WHERE i.initiative_id = m.initiative_id")
    op.execute("DELETE FROM kb.initiatives")
    op.execute("UPDATE kb.sources SET reader_version = ''")  # the next load reads all files again
    op.drop_index(op.f("ix_initiatives_region_code"), table_name="initiatives", schema="kb")
    op.drop_constraint(op.f("fk_initiatives_region_code"), "initiatives", schema="kb", type_="foreignkey")
    op.drop_constraint(op.f("uq_initiatives_name_scope"), "initiatives", schema="kb", type_="unique")
    op.create_unique_constraint(op.f("uq_initiatives_name"), "initiatives", ["name"], schema="kb")
    op.drop_column("initiatives", "lead_name", schema="kb")
    op.drop_column("initiatives", "since_year", schema="kb")
    op.drop_column("initiatives", "region_code", schema="kb")
    op.drop_column("initiatives", "scope", schema="kb")
