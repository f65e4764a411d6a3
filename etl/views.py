"""The reading side: migrations, then queries/*.sql as views of schema `mart`, and queries/checks/*.sql as data checks.

A query is one file: a header in comments (Title, Question, Grain, Columns, Caveats; a check has Kind and Severity as
well, and where it has one a Threshold, `:threshold` in its SELECT) and one SELECT. The file's name is the view's name.
Comments on views and columns are the header's, so that psql and BI tools show them. `base_*.sql` is read by other
views; they are made first, in the order of their names.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    CursorResult,
    Date,
    DateTime,
    Integer,
    Numeric,
    SmallInteger,
    schema,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.sql.elements import TextClause

from alembic import command
from etl.assets import folder
from schema.tables import SCHEMA, metadata

MART = "mart"
FIELDS = ("Title", "Question", "Grain", "Columns", "Caveats")
CONDITION = re.compile(r"\s*(\w+)\s*(>=|<=|!=|=|>|<|~)\s*(.*?)\s*", re.S)
GRAIN = "Grain: "  # in the comment of every view of ours
NULLNESS = {"=": "IS NULL", "!=": "IS NOT NULL"}


class QueryError(Exception):
    """A query cannot be run as asked. The message is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Query:
    """One file of queries/: its header and its SELECT."""

    name: str
    header: dict[str, str]  # Title … Caveats, Severity of checks; one line each
    columns: dict[str, str]  # column → what it means
    sql: str

    @property
    def chinese_title(self) -> str:
        return self.header["Title"].partition(" · ")[0]

    @property
    def threshold(self) -> Decimal | None:
        """The number with which the header of a check says its threshold: `10 percentage points`."""
        said = self.header.get("Threshold")
        return Decimal(said.split()[0]) if said else None

    @classmethod
    def read(cls, path: Path) -> Query:
        """Read a file.

        Raises:
            QueryError: the header is not as it should be.
        """
        lines = path.read_text("utf-8").splitlines()
        size = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
        header: dict[str, str] = {}
        columns: dict[str, str] = {}
        for line in lines[:size]:
            is_column = line.startswith("--   ")
            key, colon, value = line.removeprefix("--").strip().partition(":")
            if not colon:
                raise QueryError(f"{path.name}: this line of the header has no colon: {line}")
            (columns if is_column else header)[key] = value.strip()
        missing = [field for field in FIELDS if field not in header]
        if missing:
            raise QueryError(f"{path.name}: the header lacks {', '.join(missing)}")
        return cls(path.stem, header, columns, "\n".join(lines[size:]).strip().rstrip(";"))


def queries() -> dict[str, Query]:
    """All views by name, those that others read (base_*) first."""
    paths = sorted(folder("queries").glob("*.sql"), key=lambda path: (not path.name.startswith("base_"), path.name))
    return {path.stem: Query.read(path) for path in paths}


def checks() -> dict[str, Query]:
    """All data checks by name."""
    return {path.stem: Query.read(path) for path in sorted((folder("queries") / "checks").glob("*.sql"))}


def view_index() -> str:
    """The views as a Markdown table."""
    rows = [f"| `{q.name}` {q.chinese_title} | {q.header['Question']} |" for q in queries().values()]
    return "\n".join(["| view | question |", "| --- | --- |", *rows])


def check_index() -> str:
    """The data checks as a Markdown table."""
    rows = [
        f"| `{q.name}` {q.chinese_title} | {q.header['Severity']}, {q.header['Kind']} "
        f"| {q.header.get('Threshold', '')} | {q.header['Question']} |"
        for q in checks().values()
    ]
    return "\n".join(["| check | severity | threshold | question |", "| --- | --- | --- | --- |", *rows])


# ---------------------------------------------------------------- schema and views


def migrations(connection: Connection) -> Config:
    """Alembic, set up in code: a user needs no file for it."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection) -> None:
    """Bring the tables to the present schema and the views to the present queries, in the caller's transaction.

    Raises:
        DBAPIError: somebody's own view depends on one that must change; the message names both.
    """
    if not has_present_tables(connection):
        drop_views(connection)  # PostgreSQL does not change a column that a view reads
        command.upgrade(migrations(connection), "head")
    create_views(connection)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the tables back to an older schema; its views come with the older program's `upgrade`."""
    drop_views(connection)
    command.downgrade(migrations(connection), revision)


def is_current(connection: Connection) -> bool:
    """Whether tables and views are those of this program."""
    comment = connection.execute(text("SELECT obj_description(to_regnamespace(:mart))"), {"mart": MART}).scalar()
    return comment == _about_views() and has_present_tables(connection)


def has_present_tables(connection: Connection) -> bool:
    found = MigrationContext.configure(connection, opts={"version_table_schema": SCHEMA}).get_current_revision()
    return found == ScriptDirectory.from_config(migrations(connection)).get_current_head()


def _about_views() -> str:
    """The comment on the schema of the views; it ends with a hash of the files that they were made from."""
    digest = hashlib.sha256("\0".join(f"{query}" for query in queries().values()).encode()).hexdigest()
    return f"分析视图 · views for analysis, one file each in queries/ ({digest[:12]})"


def create_views(connection: Connection) -> None:
    """Make the views from queries/*.sql; in place if their columns allow it, so that what users built on them stays."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {MART}"))
    wanted = queries()
    try:
        with connection.begin_nested():
            _drop(connection, [name for name in _our_views(connection) if name not in wanted])
            for query in wanted.values():
                connection.execute(verbatim(f"CREATE OR REPLACE VIEW {MART}.{query.name} AS\n{query.sql}"))
    except ProgrammingError:
        drop_views(connection)
        for query in wanted.values():
            connection.execute(verbatim(f"CREATE VIEW {MART}.{query.name} AS\n{query.sql}"))
    for query in wanted.values():
        header = query.header
        about = "\n".join([header["Title"], header["Question"], f"{GRAIN}{header['Grain']}", header["Caveats"]])
        _comment(connection, f"VIEW {MART}.{query.name}", about)
        for column, meaning in query.columns.items():
            _comment(connection, f"COLUMN {MART}.{query.name}.{column}", meaning)
    _comment(connection, f"SCHEMA {MART}", _about_views())


def drop_views(connection: Connection) -> None:
    """Drop our views, not what others have made in the schema."""
    _drop(connection, _our_views(connection))


def _our_views(connection: Connection) -> list[str]:
    """The views that `create_views` made, now or in an older version: they are known by their comments."""
    names = connection.execute(
        text("""
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = :mart AND c.relkind = 'v' AND strpos(obj_description(c.oid), :grain) > 0
        """),
        {"mart": MART, "grain": GRAIN},
    )
    return list(names.scalars())


def _drop(connection: Connection, names: list[str]) -> None:
    if names:  # at once, since they depend on one another
        connection.execute(text(f"DROP VIEW {', '.join(f'{MART}.{name}' for name in names)}"))


def verbatim(sql: str, parameter: str = "") -> TextClause:
    """SQL in which colons are colons (`value::text`, '10:30'), but for one parameter."""
    colons = sql.replace(":", r"\:")
    return text(colons.replace(rf"\:{parameter}", f":{parameter}") if parameter else colons)


def _comment(connection: Connection, target: str, comment: str) -> None:
    quoted = comment.replace("'", "''")
    connection.execute(verbatim(f"COMMENT ON {target} IS '{quoted}'"))


# ---------------------------------------------------------------- running


@dataclass(frozen=True, slots=True)
class Table:
    """What a query gave."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run(
    connection: Connection,
    name: str,
    conditions: list[str],
    *,
    columns: tuple[str, ...] = (),
    limit: int | None = None,
    min_confidence: float | None = None,
) -> Table:
    """Run a view. Conditions are `column=value`, also with != < <= > >=, and `column~part` for a part of a text.

    `column=` and `column!=` without a value ask for what is missing and what is there. Facts that are not trusted are
    left out, unless `min_confidence` (0 to 1) says from which confidence on they are wanted.

    Raises:
        QueryError: there is no such view or column, or a value does not fit the column's type.
    """
    query = queries().get(name)
    if query is None:
        raise QueryError(f"There is no query {name!r}. `kb query` lists them.")
    unknown = [column for column in columns if column not in query.columns]
    if unknown:
        raise QueryError(f"{name} has no column {unknown[0]}. Columns: {', '.join(query.columns)}")
    where, values = [], {}
    for number, condition in enumerate(conditions):
        match = CONDITION.fullmatch(condition)
        if match is None or match[1] not in query.columns:
            known = ", ".join(query.columns)
            raise QueryError(f"{condition!r} is no condition on a column of {name}. Columns: {known}")
        column, operator, value = match.groups()
        if operator == "~":
            where.append(f"CAST({column} AS text) ILIKE :p{number}")
            values[f"p{number}"] = f"%{value}%"
        elif value == "" and operator in NULLNESS:
            where.append(f"{column} {NULLNESS[operator]}")
        else:
            where.append(f"{column} {operator} :p{number}")
            values[f"p{number}"] = value
    if min_confidence is not None:
        connection.execute(text("SELECT set_config('kb.min_confidence', :least, TRUE)"), {"least": str(min_confidence)})
    sql = f"SELECT {', '.join(columns) or '*'} FROM {MART}.{name}"
    if where:
        sql += " WHERE " + " AND ".join(where)
    if limit is not None:
        sql += f" LIMIT {limit}"
    return _table(connection.execute(text(sql), values))


def run_sql(connection: Connection, sql: str) -> Table:
    """Run a piece of SQL of our own."""
    return _table(connection.execute(verbatim(sql)))


def run_check(connection: Connection, check: Query) -> Table:
    """The rows that fail a check."""
    statement = verbatim(check.sql, "threshold")
    return _table(connection.execute(statement, {"threshold": check.threshold} if check.threshold else {}))


def _table(result: CursorResult[Any]) -> Table:
    return Table(tuple(result.keys()), [tuple(row) for row in result])


# ---------------------------------------------------------------- the data package

FIELD_TYPES = {
    BigInteger: "integer",
    SmallInteger: "integer",
    Integer: "integer",
    Numeric: "number",
    Boolean: "boolean",
    Date: "date",
    DateTime: "datetime",
    ARRAY: "array",
    JSONB: "object",
}


def exported_tables() -> list[schema.Table]:
    """What a data package holds: all but the runs' own records, parents before children."""
    return [table for table in metadata.sorted_tables if table.name not in ("load_runs", "load_changes", "findings")]


def table_resource(table: schema.Table, suffix: str) -> dict[str, Any]:
    """A table as a resource of a data package: fields with types and meanings, keys."""
    fields = [
        {
            "name": column.name,
            "type": next((name for kind, name in FIELD_TYPES.items() if isinstance(column.type, kind)), "string"),
            "description": column.comment,
        }
        for column in table.columns
    ]
    keys = [
        {"fields": [key.parent.name], "reference": {"resource": key.column.table.name, "fields": [key.column.name]}}
        for key in table.foreign_keys
        if key.column.table in exported_tables()
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.{suffix}",
        "description": table.comment,
        "schema": {
            "fields": fields,
            "primaryKey": [column.name for column in table.primary_key],
            "foreignKeys": sorted(keys, key=lambda key: key["fields"]),
        },
    }


def whole_table(connection: Connection, name: str) -> Table:
    """All rows of a table of the knowledge base, by primary key."""
    table = metadata.tables[f"{SCHEMA}.{name}"]
    return _table(connection.execute(select(table).order_by(*table.primary_key)))
