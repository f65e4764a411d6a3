"""Workbooks and CSV files: cells as the sheet shows them, and facts out of them."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl import pipeline, readers, spreadsheets
from etl.records import Measure, Observation, ReadError

SHEET = (
    ("兰州市2023年主要经济指标",),
    ("单位：亿元",),
    ("指标", "2022年", "2023年", "比上年增长"),
    ("地区生产总值", 3343.5, 3487.3, 0.041),
    ("一般公共预算收入", 241.2, 262.1, 0.0866),
)


def workbook(**sheets: tuple[tuple[object, ...], ...]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def facts(path: Path) -> list[tuple[str, Decimal | None, str, Measure]]:
    def plain(o: Observation) -> tuple[str, Decimal | None, str, Measure]:
        return o.indicator_text, o.quantity.value, o.quantity.unit, o.measure

    return [plain(o) for report in pipeline.read_file(path).reports for o in report.observations]


EXPECTED = [
    ("地区生产总值", Decimal("334350000000.0"), "元", Measure.LEVEL),
    ("地区生产总值", Decimal("348730000000.0"), "元", Measure.LEVEL),
    ("地区生产总值", Decimal("4.1"), "%", Measure.GROWTH),
    ("一般公共预算收入", Decimal("24120000000.0"), "元", Measure.LEVEL),
    ("一般公共预算收入", Decimal("26210000000.0"), "元", Measure.LEVEL),
    ("一般公共预算收入", Decimal("8.7"), "%", Measure.GROWTH),
]


def test_facts_of_a_workbook(tmp_path: Path) -> None:
    book = workbook(主要指标=SHEET)
    for row in (4, 5):
        book["主要指标"].cell(row, 4).number_format = "0.0%"
    path = tmp_path / "指标.xlsx"
    path.write_bytes(saved(book))
    assert facts(path) == EXPECTED


def test_facts_of_a_csv_in_gbk(tmp_path: Path) -> None:
    rows = [[str(cell) for cell in row] for row in SHEET]
    rows[3][3], rows[4][3] = "4.1%", "8.7%"
    path = tmp_path / "指标.csv"
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode("gbk"))
    assert readers.read(path).encoding == "gb18030"
    assert facts(path) == EXPECTED


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.0866, "0.0%", "8.7%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1062.2999999999997, "General", "1062.3"),
        (12, "General", "12"),
        (1e15, "General", "1000000000000000"),
        (3.14159, "0.00_ ", "3.14"),
        (date(2023, 5, 1), 'yyyy"年"m"月"', "2023年5月"),
        ("#DIV/0!", "General", ""),
        (True, "General", ""),
        ("多\n行 文字", "General", "多 行 文字"),
    ],
)
def test_cells_are_printed_as_the_sheet_shows_them(value: object, form: str, shown: str) -> None:
    book = workbook(A=((value, "x"), ("y", "z")))
    book["A"].cell(1, 1).number_format = form
    text, _ = spreadsheets.workbook("a.xlsx", saved(book))
    assert text.splitlines()[-2 if shown else -1].startswith(f"| {shown} |" if shown else "| y |")


def test_notes_say_what_was_left_out() -> None:
    book = workbook(显=(("指标", "数"), ("甲", "=1+1")), 隐=(("a", "b"), ("c", "d")))
    book["隐"].sheet_state = "hidden"
    text, notes = spreadsheets.workbook("a.xlsx", saved(book))
    assert "| c | d |" not in text
    assert [note.split(";")[0] for note in notes] == [
        "1 hidden sheets were left out",
        "1 formulas have no stored value",
    ]


def test_each_sheet_has_a_heading() -> None:
    text, _ = spreadsheets.workbook(
        "a.xlsx", saved(workbook(工业=(("a", 1), ("b", 2)), 农业=(("表题一",), ("a", 1), ("b", 2))))
    )
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# 工业", "## 表题一"]


@pytest.mark.parametrize(("data", "says"), [(b"no zip", "damaged"), (b"\xd0\xcf\x11\xe0", "password")])
def test_bad_workbooks(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        spreadsheets.workbook("a.xlsx", data)
