"""The data dictionary and the diagram, from the tables themselves: see dictionary.md."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql

from schema.tables import metadata

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def dictionary() -> str:
    """Every table with its columns, as Markdown."""
    return "\n".join(line for table in in_reading_order() for line in described(table))


def described(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n\n{table.comment}\n"
    yield "| column | type | key | meaning |\n| --- | --- | --- | --- |"
    for column in table.columns:
        kind = str(column.type.compile(dialect=DIALECT)).lower()
        null = "" if column.nullable else " not null"
        yield f"| {column.name} | {kind}{null} | {key_of(column)} | {column.comment} |"
    yield ""


def key_of(column: Column[object]) -> str:
    """`key`, or the column that it refers to."""
    targets = [f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys]
    return ", ".join((["key"] if column.primary_key else []) + [f"→ {target}" for target in targets])


def diagram() -> str:
    """Tables and what refers to what, as a Mermaid diagram."""
    lines = ["```mermaid", "erDiagram"]
    for table in in_reading_order():
        lines += [
            f"    {key.column.table.name} {'|o' if key.parent.nullable else '||'}--o{{ {table.name} : {key.parent.name}"
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table is not table and key.column.table.name not in ("load_runs", "regions")
        ]
    return "\n".join([*lines, "```"])


def in_reading_order() -> list[Table]:
    """As they stand in tables.py."""
    return list(metadata.tables.values())
