"""Workbooks and CSV files as text: a heading for each sheet, its notes as lines, its cells as a pipe table.

Cells are printed as the sheet shows them: 0.053 under the format 0.0% is 5.3%.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.records import ReadError

LARGEST = 100_000  # rows of one sheet; more is a database, no report
_DEFAULT_TITLE = re.compile(r"(?:Sheet|工作表|表)\s*[0-9]*", re.IGNORECASE)
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")
_DELIMITERS = ",\t;|"
_NOTE_LENGTH = 12  # a row with one cell of this many characters, or one above all tables, is a line of text

Row = list[str]


def workbook(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of an .xlsx file, and notes on what was left out.

    Raises:
        ReadError: it is no workbook, or is under a password.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(f"{name}: under a password, or an old .xls renamed; save it as .xlsx without password")
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise ReadError(f"{name}: no workbook, or a damaged one; open it in Excel or WPS and save it again") from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    parts: list[str] = []
    for sheet in shown:
        if sheet.max_row > LARGEST:
            raise ReadError(
                f"{name}: sheet {sheet.title} has more than {LARGEST:,} rows; save the part to load as a file"
            )
        rows = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
        is_named = not _DEFAULT_TITLE.fullmatch(sheet.title)
        parts += _rendered(rows, sheet.title if is_named else "", is_first=not parts)
    missing = sum(_is_unknown(book[sheet.title], row) for sheet in formulas.worksheets for row in sheet.iter_rows())
    notes = []
    if hidden := len(book.worksheets) - len(shown):
        notes.append(f"{hidden} hidden sheets were left out")
    if missing:
        notes.append(f"{missing} formulas have no stored value; open the file in Excel or WPS and save it")
    return "\n".join(parts).strip() + "\n", tuple(notes)


def separated(text: str) -> str:
    """The text of a CSV file: columns parted by commas, tabs, semicolons or bars, whichever stands in most lines."""
    lines = text.splitlines()[:50]
    delimiter = max(_DELIMITERS, key=lambda mark: sum(mark in line for line in lines))
    rows = [[_one_line(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    return "\n".join(_rendered(rows, "", is_first=True)).strip() + "\n"


def _rendered(rows: Iterable[Row], title: str, *, is_first: bool) -> Iterator[str]:
    """Lines of one sheet. What stands alone above its table is its title and unit."""
    blocks = list(_blocks(rows))
    while blocks and not blocks[0]:
        blocks.pop(0)
    if blocks and len(blocks[0]) == 1:
        title = blocks.pop(0)[0]
    if title and blocks:
        yield from (f"{'#' if is_first else '##'} {title}", "")
    for row in blocks:
        if len(row) == 1:
            yield from ("", row[0], "")
        else:
            yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" if row else ""
    yield ""


def _blocks(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without the columns that are empty throughout; [] for an empty row, one cell for a line of text."""
    table = [list(row) for row in rows]
    width = max((len(row) for row in table), default=0)
    table = [row + [""] * (width - len(row)) for row in table]
    kept = [column for column in range(width) if any(row[column] for row in table)]
    seen = False
    for row in table:
        filled = [cell for cell in row if cell]
        if not filled:
            yield []
        elif len(filled) == 1 and len(kept) > 1 and (not seen or len(filled[0]) > _NOTE_LENGTH):
            yield filled
        else:
            seen = True
            yield [row[column] for column in kept]


def _is_unknown(sheet: Any, row: Iterable[Any]) -> int:
    """How many cells of a row hold a formula whose value was not stored with it."""
    formulas = [cell for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
    return sum(sheet.cell(cell.row, cell.column).value is None for cell in formulas)


def _shown(cell: Any) -> str:
    """A cell as the sheet shows it."""
    value, form = cell.value, str(cell.number_format or "General")
    if value is None or isinstance(value, bool) or _ERROR.fullmatch(str(value)):
        return ""
    if isinstance(value, (datetime, date)):
        return _day(value, form)
    if isinstance(value, (int, float)):
        return _number(value, form.split(";")[0])
    return _one_line(str(value))


def _number(value: float, form: str) -> str:
    """0.053 under 0.0% → 5.3%; 1234.5 under #,##0.00 → 1,234.50; eleven digits without a format, as Excel does."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form)
    exact = Decimal(repr(value))
    if "%" in bare:
        exact *= 100
    if re.search("[0#]", bare):
        decimals = len(match[1]) if (match := re.search(r"[0#?]\.([0#?]+)", bare)) else 0
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if match and "#" in match[1]:
            exact = exact.normalize()
    else:
        exact = Decimal(f"{exact:.11g}").normalize()
    printed = f"{exact:,f}" if "#,#" in bare else f"{exact:f}"
    return printed + ("%" if "%" in bare else "")


def _day(value: date, form: str) -> str:
    """A day, a month or a year, whichever the format shows."""
    low = re.sub(r'"[^"]*"', "", form.lower())
    parts = [f"{value.year}年"]
    if "m" in low:
        parts.append(f"{value.month}月")
    if "d" in low:
        parts.append(f"{value.day}日")
    return "".join(parts)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
