"""By what reports meet: ids that derive from natural keys, one name a concept, one label a period."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from datetime import date

from etl import catalog, vocabulary


def stable_id(*key: object) -> int:
    """The first 63 bits of the SHA-256 of a natural key: the same on every machine, and a positive bigint."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def concept_of(phrase: str, unit: str, measure: str) -> str:
    """The name of the concept that a phrase means, else the form of the phrase in which equal phrases meet.

    A phrase that is the name of a concept, with a unit that does not fit it, says so: 高速公路（条）.
    """
    known = vocabulary.units().get(unit)
    found = catalog.match(phrase, known.dimension if known else None, measure)
    if found:
        return catalog.concepts()[found.code].name
    form = catalog.normal_form(phrase) or phrase
    return f"{form}（{unit or '无单位'}）" if form in catalog.names() else form


def describe_period(start: date, end: date) -> tuple[str, str]:
    """Granularity and label of a span of days: 2021-01-01, 2021-11-30 → span, 2021年1—11月."""
    first, last = start.month, end.month
    if start == end:
        return "day", f"{start.year}年{start.month}月{start.day}日"
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return "span", f"{start.year}年{first}月{start.day}日—{end.year}年{last}月{end.day}日"
    if (first, last) == (1, 12):
        if start.year == end.year:
            return "year", f"{start.year}年"
        is_plan = end.year - start.year == 4 and start.year % 5 == 1  # five-year plans run from 2021, 2016, …
        return "plan" if is_plan else "span", f"{start.year}—{end.year}年"
    if start.year != end.year:
        return "span", f"{start.year}年{first}月—{end.year}年{last}月"
    if first == last:
        return "month", f"{start.year}年{first}月"
    if (first, last) in ((1, 6), (7, 12)):
        return "half", f"{start.year}年{'上' if first == 1 else '下'}半年"
    if first % 3 == 1 and last == first + 2:
        return "quarter", f"{start.year}年{'一二三四'[first // 3]}季度"
    return "span", f"{start.year}年{first}—{last}月"
