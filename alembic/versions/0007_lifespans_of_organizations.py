"""When a body of the state began and ceased to be, and who took over its work

Revision: 0007, after 0006
Date: 2026-11-22 05:50:00
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = (
    ("since_year", sa.SmallInteger(), "设立年份 · of bodies of the state, as far as listed"),
    ("until_year", sa.SmallInteger(), "撤销年份 · when a reform renamed or dissolved it, as far as listed"),
    ("successor_name", sa.Text(), "后继机构 · who took over its work"),
)


def upgrade() -> None:
    for name, kind, comment in COLUMNS:
        op.add_column("organizations", sa.Column(name, kind, nullable=True, comment=comment), schema="kb")


def downgrade() -> None:
    for name, _, _ in reversed(COLUMNS):
        op.drop_column("organizations", name, schema="kb")
