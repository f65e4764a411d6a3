"""`kb query` and `kb export`: what the knowledge base says, for people and programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from etl import views
from etl.cli.database import knowledge_base
from etl.cli.output import FORMATS, As, Format, Limit, To, UserError, deliver, must_be_printable, out


def query(
    name: Annotated[str | None, typer.Argument(help="A saved query; without one all are listed.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="column=value, also != < <= > >=; column~part of a text.")
    ] = None,
    format: As = Format.TABLE,
    output: To = None,
    columns: Annotated[
        str, typer.Option("--columns", "-c", help="Columns to show, with commas between; without it all.")
    ] = "",
    limit: Limit = 50,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Facts from this confidence on; 0 for all, without it those that are trusted."),
    ] = None,
) -> None:
    """List the saved queries, or run one."""
    if name is None:
        for entry in views.queries().values():
            out.print(
                f"[bold]{entry.name}[/bold]  {escape(entry.header['Title'])}\n    {escape(entry.header['Question'])}"
            )
        return
    must_be_printable(format, output)
    with knowledge_base() as connection:
        wanted = tuple(filter(None, columns.replace(" ", "").split(",")))
        rows = limit + 1 if format is Format.TABLE and limit else None
        result = views.run(connection, name, param or [], columns=wanted, limit=rows, min_confidence=min_confidence)
    deliver(result, format, output, limit, "--param narrows them down")


def export(
    directory: Annotated[Path, typer.Argument(help="An empty or new folder.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="csv or parquet.")] = Format.CSV,
) -> None:
    """Write the whole knowledge base as an open data package: a file a table, and datapackage.json."""
    if format not in (Format.CSV, Format.PARQUET):
        raise UserError("A data package is csv or parquet.")
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UserError(f"{directory} is not an empty folder.")
    directory.mkdir(parents=True, exist_ok=True)
    with knowledge_base() as connection:
        resources = [views.table_resource(table, str(format)) for table in views.exported_tables()]
        for resource in resources:
            result = views.whole_table(connection, resource["name"])
            (directory / resource["path"]).write_bytes(FORMATS[format](result))
            out.print(f"{len(result.rows):>9,}  {resource['path']}")
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "kb-reports",
        "title": "工作报告知识库 · facts read from work reports",
        "resources": resources,
    }
    (directory / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
