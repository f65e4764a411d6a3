"""The time that a report looks back on: by its title, its headings, the date under it, the years that it names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from etl.headlines import NUMERALS, SPEECHES, YEAR, read_number
from etl.records import ParagraphKind, Report, SourceText, TimeSpan

FIVE_YEARS = re.compile(r"五年|5年")
PLAN = re.compile(r"[“\"]?十([一二三四五])五[”\"]?")
EVENT_DAY = re.compile(r"^.{0,70}?([0-9]{1,2})月([0-9]{1,2})日")
DURATION = re.compile(r"为期([两二三四五六七])天")
UP_TO_MONTH = re.compile(r"(?:截至|今年1[-—至到]|今年前)([0-9]{1,2})(?:个月|月)")


def period(
    title: str, about: str, report: Report, kind: str, day: date | None, cover: str, source: SourceText
) -> TimeSpan | None:
    """The time that the report looks back on."""
    year_of_report = day.year if day else _year_of(about) or _year_of(re.sub(r"[\[【].*?[\]】]", "", cover))
    headings = [item.text for item in report.paragraphs if item.kind is ParagraphKind.HEADING][:12]
    if kind == "政府工作报告":
        return _government_period(headings, day, year_of_report or _year_of_file(source.name))
    if kind in ("工作计划", "其他"):
        return None
    if year := _year_of(title):
        return _part_of_year(title, year) or _years(year, year)
    if plan := PLAN.search(title):
        first = 2001 + 5 * "一二三四五".index(plan[1]) + 5
        return _years(first, first + 4, "plan")
    if FIVE_YEARS.search(title) and year_of_report:
        last = year_of_report if not day or day.month > 6 else year_of_report - 1
        return _years(last - 4, last)
    words = "".join(item.text for item in report.paragraphs)
    if day and day.month <= 3 and kind in ("讲话", "工作总结", "总结与计划") and _tells_of_last_year(words[:800], day):
        return _years(day.year - 1, day.year - 1)
    if kind in (*SPEECHES, "评论"):
        looks_back = kind == "讲话" and "今年" in words
        return _years(year_of_report, year_of_report) if looks_back and year_of_report else None
    if kind == "新闻报道":
        return _news_period(words, _latest_year(words, None) or year_of_report or _latest_year(source.text, None))
    opening = words[:800]
    years = re.search("近([三四五六3456])年来?|([三四五六3456])年来", opening)
    if years and (re.search("[一二三四五六七八九十]届", title) or not re.search("今年|这一年|一年来", opening)):
        end = year_of_report or _latest_year(opening, None)
        return _years(end - read_number(years[1] or years[2]) + 1, end) if end else None
    if day and re.search("今年|这一年|一年来", opening):
        return _years(day.year, day.year)
    latest = _latest_year(opening, year_of_report) or year_of_report
    return _years(latest, latest) if latest else None


PARTS_OF_YEAR = (  # in a title, the first: 2022年上半年工作总结和下半年工作计划 looks back on the first half
    (re.compile("上半年"), 1, 6),
    (re.compile("下半年"), 7, 12),
    (re.compile("前三季度|1[-—~至到]9月"), 1, 9),
    (re.compile("第?[一1]季度"), 1, 3),
    (re.compile("第?[二2]季度"), 4, 6),
    (re.compile("第?[三3]季度"), 7, 9),
    (re.compile("第?[四4]季度"), 10, 12),
    (re.compile("半年(?:度)?工作(?:总结|小结|汇报|报告)"), 1, 6),
)


def _part_of_year(title: str, year: int) -> TimeSpan | None:
    found = next(((first, last) for pattern, first, last in PARTS_OF_YEAR if pattern.search(title)), None)
    if found is None:
        return None
    first, last = found
    end = date(year, last, monthrange(year, last)[1])
    return TimeSpan(date(year, first, 1), end, "half" if last - first == 5 else "span", f"{year}年{first}-{last}月")


def _tells_of_last_year(opening: str, day: date) -> bool:
    """Whether what is said early in a year looks back on the year before: 2024年1月12日 … 2023年，共批准逮捕…"""
    return re.search(rf"过去的?一年|刚刚过去|去年|(?<![至到—-]){day.year - 1}年[，,来全度我]", opening) is not None


def _news_period(words: str, year: int | None) -> TimeSpan | None:
    """The day of the event, the months that the figures run to, or the half year that a news item tells of."""
    if year is None:
        return None
    until = UP_TO_MONTH.search(words)
    if until is None and (event := EVENT_DAY.match(words)):
        days = DURATION.search(words)
        try:
            start = date(year, int(event[1]), int(event[2]))
        except ValueError:
            return None
        length = "两二三四五六七".index(days[1]) or 1 if days else 0
        return TimeSpan(start, start + timedelta(length), "day" if not length else "span", f"{start}")
    first = date(year - 1 if "去年以来" in words else year, 1, 1)
    if until:
        month = min(max(int(until[1]), 1), 12)
        last = date(year, month, monthrange(year, month)[1])
    elif "上半年" in words:
        last = date(year, 6, 30)
    else:
        last = date(year, 12, 31)
        if "下半年" in words:
            first = date(year, 7, 1)
    return TimeSpan(first, last, "span", f"{first}-{last}")


def _government_period(headings: Sequence[str], day: date | None, year_of_report: int | None) -> TimeSpan | None:
    """The year in the heading of the look back; five years where it names them alone; else the year before the report.

    A report of November or December looks back on its own year.
    """
    back = next((words for words in headings if re.search("回顾|过去|五年|总结", words) and "今后" not in words), "")
    named = re.search(rf"({YEAR})\s*年", back)
    if named and (year_of_report is None or 0 <= year_of_report - int(named[1]) <= 1):
        return _years(int(named[1]), int(named[1]))
    if year_of_report is None:
        return None
    last = year_of_report if day and day.month >= 11 else year_of_report - 1
    if FIVE_YEARS.search(back) and not re.search("去年|过去一年|一年来", back):
        return _years(last - 4, last)
    return _years(last, last)


def _latest_year(words: str, limit: int | None) -> int | None:
    """The year that a text names most, the later one of two, none behind the year of the report."""
    counts = Counter(int(year) for year in re.findall(rf"({YEAR})年", words) if limit is None or int(year) <= limit)
    return max(counts, key=lambda year: (counts[year], year), default=None)


def _year_of(words: str) -> int | None:
    found = re.search(rf"({YEAR})\s*年", words) or re.search(rf"([{NUMERALS}]{{4}})年", words)
    return read_number(found[1]) if found else None


def _year_of_file(name: str) -> int | None:
    """The last evidence: 云南省-2004.md."""
    found = re.search(rf"(?<![0-9]){YEAR}(?![0-9])", name)
    return int(found[0]) if found else None


def _years(first: int, last: int, granularity: str = "year") -> TimeSpan:
    label = f"{first}年" if first == last else f"{first}-{last}年"
    return TimeSpan(
        date(first, 1, 1),
        date(last, 12, 31),
        granularity if first == last else "plan" if granularity == "plan" else "span",
        label,
    )
