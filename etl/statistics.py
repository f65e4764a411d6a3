"""Tidy tables of official statistics: columns region, indicator, period, value, unit, source; a row a figure.

The table comes as `readers` made it of a CSV file or a workbook: lines of cells between bars. Every row is mapped to
a region, a concept, a period and a value in one unit; a row that cannot be mapped is kept with what is wrong with it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from etl import catalog, gazetteer, vocabulary
from etl.records import Measure, SourceText, Statistic, TimeSpan

MEDIA_TYPES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
NEEDED = ("region", "indicator", "period", "value")
_ROW = re.compile(r"^\|.*\|$", re.M)


def is_table(source: SourceText) -> bool:
    """Whether a file is a table of statistics: a CSV file or a workbook whose first row names the columns."""
    return source.media_type in MEDIA_TYPES and _head(source.text) is not None


def read(source: SourceText) -> tuple[Statistic, ...]:
    """The rows of a table of statistics, those that are not understood included."""
    head = _head(source.text)
    assert head is not None, f"{source.name} is no table of statistics"
    return tuple(
        understood(dict(zip(head, _cells(found[0]), strict=False)), found.start(), found.end())
        for found in _ROW.finditer(source.text)
        if tuple(map(_column, _cells(found[0]))) != head
    )


def _head(text: str) -> tuple[str, ...] | None:
    """The columns that the first row names, "" for others; None where a needed one is missing."""
    first = _ROW.search(text)
    head = tuple(map(_column, _cells(first[0]))) if first else ()
    return head if set(NEEDED) <= set(head) else None


def _column(title: str) -> str:
    return vocabulary.statistics().columns.get(title.casefold(), "")


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def understood(cells: dict[str, str], start: int, end: int) -> Statistic:
    """A row of a table by the kinds of its columns, and its place in the text; with the problem, if there is one."""
    said = {column: cells.get(column, "") for column in (*NEEDED, "unit", "source")}
    region_code = _region_code(said["region"])
    span = period(said["period"])
    amount, unit = value_in_unit(said["value"], said["unit"])
    concept = _concept(said["indicator"], unit)
    problems = (
        ("region", region_code, "no such region, or several: give its code"),
        ("indicator", concept, "no concept of the catalog in this unit"),
        ("period", span, "no year, half, quarter, month or day"),
        ("value", amount is not None, "no number"),
        ("unit", unit in vocabulary.units(), "unknown unit"),
    )
    problem = next((f"{column} {said[column]!r}: {why}" for column, found, why in problems if not found), None)
    return Statistic(
        char_start=start,
        char_end=end,
        region_text=said["region"],
        indicator_text=said["indicator"],
        period_text=said["period"],
        value_text=said["value"],
        unit_text=said["unit"],
        publisher=said["source"] or None,
        region_code=region_code,
        concept_name=concept[0] if concept else None,
        measure=concept[1] if concept else None,
        span=span,
        value=amount,
        unit=unit,
        problem=problem,
    )


# ---------------------------------------------------------------- regions and concepts


def _region_code(text: str) -> str | None:
    """The code of a region given by code, by name (甘肃, 天水市) or with the names above it (甘肃省天水市)."""
    if re.fullmatch(r"\d{6}", text):
        return text if gazetteer.by_code(text) else None
    whole = _full_names().get(text)
    if whole:
        return whole
    found = {region.code for region in gazetteer.lookup(text) if not region.is_former}
    return found.pop() if len(found) == 1 else None


@cache
def _full_names() -> dict[str, str]:
    return {gazetteer.full_name(region.code): region.code for region in gazetteer.all_regions()}


def _concept(text: str, unit: str) -> tuple[str, Measure] | None:
    """The name of the concept given by code, by any name, or by what the National Bureau of Statistics says.

    A rate of what is no rate itself (地区生产总值, %) is its growth.
    """
    concepts = catalog.concepts()
    code = text if text in concepts else catalog.bureau_names().get(text)
    known = vocabulary.units().get(unit)
    dimension = known.dimension if known else None
    for measure in (Measure.LEVEL, Measure.GROWTH) if dimension == "ratio" else (Measure.LEVEL,):
        match = catalog.match(concepts[code].name if code else text, dimension, measure)
        if match:
            is_growth = dimension == "ratio" and "ratio" not in concepts[match.code].dimensions
            return concepts[match.code].name, Measure.GROWTH if is_growth else Measure.LEVEL
    return None


# ---------------------------------------------------------------- values and periods


def value_in_unit(value: str, unit: str) -> tuple[Decimal | None, str]:
    """A value with its magnitude multiplied out, and the unit without it: 1,234.5 and 亿元 → 123450000000 元."""
    number = re.sub(r"[,，\s]", "", value)
    percent = re.fullmatch(r"(.+)[%％]", number)
    if percent:
        number, unit = percent[1], unit or "%"
    unit = unit.replace("％", "%")
    words = vocabulary.statistics().magnitudes
    word = next((word for word in words if unit.startswith(word) and unit not in vocabulary.units()), "")
    try:
        amount = Decimal(number) * words.get(word, 1)
    except InvalidOperation:
        return None, unit.removeprefix(word)
    return amount if amount.is_finite() else None, unit.removeprefix(word)


def period(text: str) -> TimeSpan | None:
    """The time of a row: 2023, 2023年, 2023年上半年, 2023H1, 2023Q3, 2023年1—9月, 2023-06, 2023-12-31."""
    plain = re.sub(r"\s+", "", text).upper()
    for pattern, months in _periods():
        found = pattern.fullmatch(plain)
        if found:
            year = int(found["year"])
            first, last = months or _months(found.groupdict())
            if 1 <= first <= last <= 12:
                start, end = date(year, first, 1), date(year, last, monthrange(year, last)[1])
                return TimeSpan(start, end, label=text)
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain)
    try:
        return TimeSpan(day := date(*map(int, found.groups())), day, label=text) if found else None
    except ValueError:
        return None


def _months(found: dict[str, str | None]) -> tuple[int, int]:
    """First and last month that a pattern found."""
    if found.get("quarter"):
        quarter = "一二三四".find(str(found["quarter"])) + 1 or int(str(found["quarter"]))
        return 3 * quarter - 2, 3 * quarter
    last = int(found.get("last") or found.get("month") or 0)
    return int(found.get("month") or 0), last


@cache
def _periods() -> tuple[tuple[re.Pattern[str], tuple[int, int] | None], ...]:
    return tuple(_patterns())


def _patterns() -> Iterator[tuple[re.Pattern[str], tuple[int, int] | None]]:
    """Patterns, each with its months where it says them by itself."""
    year = r"(?P<year>(?:19|20)\d{2})"
    yield re.compile(rf"{year}年?(?:全年)?"), (1, 12)
    yield re.compile(rf"{year}(?:年上半年|-?H1)"), (1, 6)
    yield re.compile(rf"{year}(?:年下半年|-?H2)"), (7, 12)
    yield re.compile(rf"{year}年?前三季度"), (1, 9)
    yield re.compile(rf"{year}(?:年第?(?=.季)|-?Q)(?P<quarter>[一二三四1-4])(?:季度)?"), None
    yield re.compile(rf"{year}(?:[-/.]|年)?(?P<month>\d{{1,2}})月?"), None
    yield re.compile(rf"{year}年(?P<month>\d{{1,2}})月?[-—–~至](?P<last>\d{{1,2}})月"), None
