"""What the commands print and write: tables for people, CSV, JSON, Parquet and workbooks."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl import views

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, highlight=False)


class UserError(Exception):
    """What is asked for cannot be done. The message says why and what to do."""


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


As = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
To = Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of printing.")]
Limit = Annotated[int, typer.Option(help="Rows of a printed table; 0 for all.")]


def show(result: views.Table) -> None:
    """Print a table for people; one too wide for the terminal row by row, a line a column."""
    cells = [[plain(value) for value in row] for row in result.rows]
    widths = [max(map(cell_len, column)) for column in zip(result.columns, *cells, strict=True)]
    if sys.stdout.isatty() and sum(widths) > 2 * out.width:
        for row in cells:
            out.rule(style="dim")
            for column, cell in zip(result.columns, row, strict=True):
                out.print(f"[dim]{column:>24}[/dim]  {escape(cell)}")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(result.columns):
        is_number = any(is_numeric(row[number]) or str(row[number])[-1:] in ("亿", "万") for row in result.rows)
        table.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(escape, row))
    whole = sum(widths) + 2 * len(widths)
    Console(highlight=False, width=None if sys.stdout.isatty() else whole).print(table)


def must_be_printable(format: Format, output: Path | None) -> None:
    """Refuse to print what is no text.

    Raises:
        UserError: with the remedy.
    """
    if format in (Format.PARQUET, Format.XLSX) and output is None:
        raise UserError(f"{format} is not text: say where to write it with --output FILE.")


def deliver(result: views.Table, format: Format, output: Path | None, limit: int, hint: str) -> None:
    """Print a table, at most `limit` rows of it (0: all) where it is for people; or write it to a file.

    `hint` says how to get fewer rows.

    Raises:
        UserError: a format that is no text is to be printed.
    """
    must_be_printable(format, output)
    if format is Format.TABLE:
        shown = result.rows[:limit] if limit else result.rows
        show(views.Table(result.columns, shown))
        if len(result.rows) > len(shown):
            out.print(f"[dim]… more than {limit} rows: --limit 0 shows all, {hint}.[/dim]")
    elif output:
        output.write_bytes(FORMATS[format](result))
    else:
        sys.stdout.buffer.write(FORMATS[format](result))


def is_numeric(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def plain(value: Any) -> str:
    """A value for people: exact numbers without an exponent and without zeros behind."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        digits = f"{value:,f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(value)


def as_csv(result: views.Table) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.rows)
    return ("\ufeff" + buffer.getvalue()).encode()  # with the mark Excel takes it for UTF-8


def as_json(result: views.Table) -> bytes:
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return (json.dumps(rows, ensure_ascii=False, indent=1, default=json_value) + "\n").encode()


def json_value(value: Any) -> Any:
    """Exact numbers as numbers, days as text."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return str(value)


def as_parquet(result: views.Table) -> bytes:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({name: [row[n] for row in result.rows] for n, name in enumerate(result.columns)})
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer)
    return buffer.getvalue()


def as_xlsx(result: views.Table) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(result.columns)
    for row in result.rows:
        sheet.append([xlsx_value(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsx_value(value: Any) -> Any:
    """Numbers and days as such; the long ids as text, since a sheet keeps 15 digits."""
    if isinstance(value, Decimal):
        return float(value)
    is_short = isinstance(value, int) and abs(value) < 10**15
    return value if value is None or is_short or isinstance(value, date) else str(value)


FORMATS = {Format.CSV: as_csv, Format.JSON: as_json, Format.PARQUET: as_parquet, Format.XLSX: as_xlsx}


def json_lines(result: views.Table) -> list[str]:
    """One JSON object a row."""
    rows = (dict(zip(result.columns, row, strict=True)) for row in result.rows)
    return [json.dumps(row, ensure_ascii=False, default=json_value) for row in rows]
