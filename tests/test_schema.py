"""The tables: made by the migrations alone, described in full, gone without a trace of others' things."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from handmade import undone
from sqlalchemy import CheckConstraint, Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from alembic import command
from etl import records, views
from etl.cli.database import connect
from schema import tables as t


@pytest.fixture(scope="module")
def upgraded(database: str) -> str:
    with connect(database).begin() as connection:
        views.upgrade(connection)
    return database


def relations(connection: Connection) -> set[str]:
    sql = "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    return set(connection.execute(text(f"{sql} WHERE n.nspname !~ '^(pg_|information_schema)'")).scalars())


def test_migrations_make_what_the_tables_say(upgraded: str) -> None:
    with undone(upgraded) as connection:
        command.check(views.migrations(connection))


def test_down_and_up_again(upgraded: str) -> None:
    with undone(upgraded) as connection:
        made = relations(connection)
        connection.execute(text("CREATE TABLE kb.mine AS SELECT 1 AS n"))  # somebody else's, in our schema
        views.downgrade(connection, "base")
        assert relations(connection) == {"kb.mine", "kb.alembic_version", "kb.alembic_version_pkc"}
        views.upgrade(connection)
        assert relations(connection) == made | {"kb.mine"}
        connection.execute(text("DROP TABLE kb.mine"))
        command.check(views.migrations(connection))


def test_upgrading_again_changes_nothing(upgraded: str) -> None:
    with undone(upgraded) as connection:
        made = relations(connection)
        assert views.is_current(connection)
        views.upgrade(connection)
        assert relations(connection) == made


def test_what_users_build_on_the_views_stays(upgraded: str) -> None:
    with undone(upgraded) as connection:
        connection.execute(text("CREATE VIEW mart.mine AS SELECT title FROM mart.v_reports"))
        made = relations(connection)
        views.upgrade(connection)
        assert relations(connection) == made


def test_views_with_other_columns_are_made_anew(upgraded: str) -> None:
    with undone(upgraded) as connection:
        made = relations(connection)
        connection.execute(text("ALTER VIEW mart.v_reports RENAME COLUMN title TO old_title"))
        connection.execute(text("CREATE VIEW mart.obsolete AS SELECT 1 AS n"))
        connection.execute(text("COMMENT ON VIEW mart.obsolete IS 'Grain: of an older version'"))
        views.upgrade(connection)
        assert relations(connection) == made
        connection.execute(text("CREATE VIEW public.mine AS SELECT title FROM mart.v_reports"))
        connection.execute(text("ALTER VIEW mart.v_reports RENAME COLUMN title TO old_title"))
        with pytest.raises(DBAPIError, match=r"view mine depends on view mart\.v_reports"):
            views.upgrade(connection)


def test_changed_views_are_noticed(upgraded: str) -> None:
    with undone(upgraded) as connection:
        connection.execute(text("COMMENT ON SCHEMA mart IS 'of an older program'"))
        assert not views.is_current(connection)


def test_everything_has_a_comment(upgraded: str) -> None:
    """BI tools show them; each begins with the Chinese term."""
    with undone(upgraded) as connection:
        rows = connection.execute(
            text("""
                SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, ''),
                    coalesce(col_description(c.oid, a.attnum), obj_description(c.oid))
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE n.nspname IN ('kb', 'mart') AND c.relkind IN ('r', 'v') AND c.relname <> 'alembic_version'
            """)
        ).all()
    assert len(rows) > 300
    assert [name for name, comment in rows if not comment or not re.match(r"[\u4e00-\u9fff]", comment)] == []


def test_constraints_are_named_and_numbers_exact() -> None:
    unnamed = [c for table in t.metadata.tables.values() for c in table.constraints if not c.name]
    assert unnamed == []
    inexact = [c for table in t.metadata.tables.values() for c in table.columns if "FLOAT" in str(c.type)]
    assert inexact == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "schema/dictionary.md"])
def test_documents_are_up_to_date(name: str) -> None:
    """In part they are generated; `python -m cogapp -r` with their names writes them anew."""
    root = Path(__file__).parent.parent
    checked = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", name], cwd=root, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_words_allowed_are_those_of_the_records() -> None:
    for words, enumeration in (
        (t.MEASURES, records.Measure),
        (t.STATUSES, records.Status),
        (t.BOUNDS, records.Bound),
        (t.ROLES, records.Role),
    ):
        assert words == tuple(enumeration)


@pytest.mark.parametrize(
    ("table", "values", "constraint"),
    [
        ("units", "('尺', NULL, '尺', 1, 0, NULL)", "ck_units_factor_positive"),
        ("periods", "(1, '2021-02-01', '2021-01-01', 'span', 'x')", "ck_periods_days_ordered"),
        ("organizations", "(1, 'x', '', 'club', NULL, NULL, false)", "ck_organizations_type_known"),
        ("boilerplate_spans", "(1, 1, 5, 5, 'x')", "ck_boilerplate_spans_span_ordered"),
    ],
)
def test_nonsense_is_refused(upgraded: str, table: str, values: str, constraint: str) -> None:
    assert constraint in {
        c.name for c in t.metadata.tables[f"kb.{table}"].constraints if isinstance(c, CheckConstraint)
    }
    with undone(upgraded) as connection, pytest.raises(IntegrityError, match=constraint):
        connection.execute(text(f"INSERT INTO kb.{table} VALUES {values}"))


def test_a_server_without_trigrams_does(upgraded: str) -> None:
    """The extension may be missing, or the user may not create it."""
    with undone(upgraded) as connection:
        views.downgrade(connection, "base")
        connection.execute(text("DROP EXTENSION pg_trgm"))
        in_the_way = "CREATE FUNCTION public.show_trgm(text) RETURNS text[] LANGUAGE sql AS 'SELECT NULL::text[]'"
        connection.execute(views.verbatim(in_the_way))
        views.upgrade(connection)
        assert not any(name.endswith("_trgm") for name in relations(connection))
