"""Time expressions, and the days that they mean in this report.

Relative times need an anchor: 今年 is the year in which the report speaks, 今年以来 ends where its period ends. What the
anchor cannot settle stays unresolved. A base of comparison (比上年, 同比) is found too, and named as such.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from etl import vocabulary
from etl.numerals import integer as integer
from etl.records import PeriodMention, Report, TimeSpan


class Anchor(NamedTuple):
    """What relative times are relative to."""

    year: int | None  # 今年
    today: date | None  # the day on which the report speaks, where it is known
    period: TimeSpan | None  # that the report looks back on


def anchor_of(report: Report) -> Anchor:
    """今年 of a report: the year of its date; of a summary written in the spring after, the year that it sums up."""
    day, period = report.report_date, report.period
    year = day.year if day else None
    if period:
        speaks_later = report.kind == "政府工作报告"
        if day is None:
            year = period.end.year + (1 if speaks_later else 0)
        elif not speaks_later and day.year == period.end.year + 1 and day.month <= 3:
            year = period.end.year
    return Anchor(year, day, period)


def year_span(first: int, last: int | None = None, label: str = "") -> TimeSpan:
    """Whole years, from January 1 to December 31."""
    last = last or first
    return TimeSpan(date(first, 1, 1), date(last, 12, 31), "year" if first == last else "span", label)


def month_span(year: int, first: int, last: int) -> TimeSpan | None:
    if not (1 <= first <= last <= 12):
        return None
    end = date(year, last, calendar.monthrange(year, last)[1])
    return TimeSpan(date(year, first, 1), end, "month" if first == last else "span")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:19|20)\d{2}年|[一二][〇零○九八七六五四三二一]{3}年|今年|本年度?|当年|去年|上年|前年|明年|来年|后年)"
_RELATIVE = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}
_TO = r"(?:至|到|[-—–~～－]{1,2})"


def _year(text: str | None, anchor: Anchor, fallback: int | None) -> int | None:
    """The year that `text` names; without one, `fallback` (the year last named) or the year that is looked back on."""
    if not text:
        return fallback or (anchor.period.end.year if anchor.period else anchor.year)
    if text.isdigit():
        return int(text)
    if text in _RELATIVE:
        return anchor.year + _RELATIVE[text] if anchor.year else None
    return integer(text.rstrip("年度")) if text[0].isdigit() else integer(text[:-1])


class _Context(NamedTuple):
    anchor: Anchor
    year: int | None  # last named in this paragraph


Resolve = Callable[[re.Match[str], _Context], TimeSpan | None]


def _now(context: _Context) -> date | None:
    anchor = context.anchor
    if anchor.today:
        return anchor.today
    return anchor.period.end if anchor.period else None


def _date_range(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year = _year(m["y"], c.anchor, c.year)
    month, day, month2, day2 = integer(m["m"]), integer(m["d"]), integer(m["m2"]), integer(m["d2"])
    if not (year and month and day and day2):
        return None
    start = _day(year, month, day)
    end = _day(_year(m["y2"], c.anchor, year) or year, month2 or month, day2)
    return TimeSpan(start, end, "span") if start and end and start <= end else None


def _one_day(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year, month, day = _year(m["y"], c.anchor, c.year), integer(m["m"]), integer(m["d"])
    found = _day(year, month, day) if year and month and day else None
    return TimeSpan(found, found, "day") if found else None


def _months(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year, first, last = _year(m["y"], c.anchor, c.year), integer(m["m"]), integer(m["m2"])
    return month_span(year, first, last) if year and first and last else None


def _month(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year, month = _year(m["y"], c.anchor, c.year), integer(m["m"])
    span = month_span(year, month, month) if year and month else None
    if not span or not m["part"]:
        return span
    part = m["part"] or ""
    if part in ("底", "末"):
        return TimeSpan(span.end, span.end, "day")
    first, last = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, span.end.day), "初": (1, 10)}[part]
    return TimeSpan(span.start.replace(day=first), span.start.replace(day=last), "span")


def _until(m: re.Match[str], c: _Context) -> TimeSpan | None:
    """截至11月底: from January 1 of that year; a stock takes the last day of it only."""
    year, month, day = _year(m["y"], c.anchor, c.year), integer(m["m"]), integer(m["d"])
    if not year:
        return None
    if not month:
        return year_span(year) if m["y"] else None
    span = month_span(year, month, month)
    end = _day(year, month, day) if day else span.end if span else None
    return TimeSpan(date(year, 1, 1), end, "until") if end else None


def _until_now(m: re.Match[str], c: _Context) -> TimeSpan | None:
    if c.anchor.today and c.anchor.period and c.anchor.today <= c.anchor.period.end:
        return TimeSpan(c.anchor.today, c.anchor.today, "day")
    return c.anchor.period


def _years(m: re.Match[str], c: _Context) -> TimeSpan | None:
    first, last = int(m["y"]), int(m["y2"])
    return year_span(first, last) if first < last <= first + 40 else None


def _part_of_year(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year = _year(m["y"], c.anchor, c.year)
    if not year:
        return None
    part = m["part"]
    if part in ("年末", "年底", "末", "底"):
        return TimeSpan(date(year, 12, 31), date(year, 12, 31), "day")
    if part in ("年初", "初"):
        return TimeSpan(date(year, 1, 1), date(year, 1, 31), "month")
    if part in ("全年", "全年度"):
        return year_span(year)
    if part in ("上半年", "下半年"):
        first = 1 if part == "上半年" else 7
        return TimeSpan(date(year, first, 1), date(year, first + 5, 30 if first == 1 else 31), "half")
    quarter = re.fullmatch(r"(前)?第?([一二三四1234])(?:个)?季度", part)
    if not quarter:
        return None
    n = integer(quarter[2]) or 1
    span = month_span(year, 1 if quarter[1] else 3 * n - 2, 3 * n)
    return TimeSpan(span.start, span.end, "span" if quarter[1] else "quarter") if span else None


def _since_year(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year, now = _year(m["y"], c.anchor, None), _now(c)
    if not year or not now:
        return None
    month = integer(m["m"]) or 1
    end = c.anchor.period.end if c.anchor.period and c.anchor.period.end >= date(year, month, 1) else now
    start = date(year, month, 1) if month <= 12 else None
    return TimeSpan(start, end, "span") if start and start <= end else None


def _by_year(m: re.Match[str], c: _Context) -> TimeSpan | None:
    """到2025年, a goal: from the year in which the report speaks to the end of that one."""
    last = _year(m["y"], c.anchor, None)
    if not last:
        return None
    if m["end"]:
        return TimeSpan(date(last, 12, 31), date(last, 12, 31), "day")
    first = c.anchor.year or last
    return year_span(min(first, last), last)


def _plan(m: re.Match[str], c: _Context) -> TimeSpan | None:
    first = vocabulary.named_times().plans.get(m["plan"])
    if first is None:
        return None
    if m["part"] in ("末", "期末"):
        return TimeSpan(date(first + 4, 12, 31), date(first + 4, 12, 31), "day")
    if m["part"] == "以来":
        now = _now(c)
        return TimeSpan(date(first, 1, 1), min(now, date(first + 4, 12, 31)), "plan") if now and now.year >= first else None
    return TimeSpan(date(first, 1, 1), date(first + 4, 12, 31), "plan")


def _past_years(m: re.Match[str], c: _Context) -> TimeSpan | None:
    """近三年, 五年来, 过去五年: whole years that end with the report's period."""
    n = integer(m["n"])
    if not n or n > 60:
        return None
    period = c.anchor.period
    last = period.end.year if period else (c.anchor.year - 1 if c.anchor.year else None)
    return year_span(last - n + 1, last) if last else None


def _next_years(m: re.Match[str], c: _Context) -> TimeSpan | None:
    n = integer(m["n"])
    return year_span(c.anchor.year, c.anchor.year + n - 1) if n and c.anchor.year and n < 40 else None


def _this_period(m: re.Match[str], c: _Context) -> TimeSpan | None:
    return c.anchor.period


def _half_year(m: re.Match[str], c: _Context) -> TimeSpan | None:
    period = c.anchor.period
    return TimeSpan(date(period.end.year, 7, 1), period.end, "half") if period and period.end.month == 12 else None


def _named_since(m: re.Match[str], c: _Context) -> TimeSpan | None:
    start, now = vocabulary.named_times().since[m["event"]], _now(c)
    if c.anchor.period and now:
        now = min(now, c.anchor.period.end)
    return TimeSpan(start, now, "span") if now and start <= now else None


def _holiday(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year = _year(m["y"], c.anchor, c.year)
    month, day, month2, day2 = vocabulary.named_times().holidays[m["name"]]
    return TimeSpan(date(year, month, day), date(year, month2, day2), "span") if year else None


def _whole_year(m: re.Match[str], c: _Context) -> TimeSpan | None:
    year = _year(m["y"], c.anchor, None)
    return year_span(year) if year and 1900 < year < 2100 else None


def _comparison(m: re.Match[str], c: _Context) -> TimeSpan | None:
    return None


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], Resolve], ...]:
    """(name, pattern, reading). An earlier rule wins where two begin at the same place and are of one length."""
    named = vocabulary.named_times()
    events = "|".join(sorted(map(re.escape, named.since), key=len, reverse=True))
    plans = "|".join(sorted(map(re.escape, named.plans), key=len, reverse=True))
    holidays = "|".join(map(re.escape, named.holidays))
    y, n, to = _YEAR, _N, _TO
    until = "(?:截至|截止到?|到|至|截止至)"
    table: tuple[tuple[str, str, Resolve], ...] = (
        ("base of comparison", rf"(?:比|较|同比|与|相比)?(?:上年|去年|前年|上一年)(?:同期|同比|相比)|(?:比|较|是)(?:{y}(?:底|末|年底)?|年初|上年末|上年底|“?(?:{plans})”?期?末)|同比|环比|同期", _comparison),
        ("days from–to", rf"(?P<y>{y})?(?P<m>{n})月(?P<d>{n})[日号]?{to}(?P<y2>{y})?(?:(?P<m2>{n})月)?(?P<d2>{n})[日号]", _date_range),
        ("until a day", rf"{until}(?P<y>{y})?(?P<m>{n})月(?:(?P<d>{n})[日号]|份?(?:底|末)?)(?:止)?", _until),
        ("a day", rf"(?P<y>{y})?(?P<m>{n})月(?P<d>{n})[日号]", _one_day),
        ("months from–to", rf"(?P<y>{y})?(?P<m>{n})(?:月份?)?{to}(?P<m2>{n})月份?", _months),
        ("since a month", rf"(?P<y>{y})?(?P<m>{n})月份?(?:以来|[^，。；]{{0,6}}以来)", _since_year),
        ("a month", rf"(?P<y>{y})?(?P<m>{n})月(?:份)?(?P<part>底|末|初|上旬|中旬|下旬)?", _month),
        ("years from–to", rf"(?P<y>(?:19|20)\d{{2}})年?{to}(?P<y2>(?:19|20)\d{{2}})年?", _years),
        ("part of a year", rf"(?P<y>{y})?(?P<part>上半年|下半年|(?:前|第)?[一二三四1234](?:个)?季度|全年)", _part_of_year),
        ("end of a year", rf"(?P<y>(?:19|20)\d{{2}}年|今年|去年|上年|明年)(?P<part>年?[底末])", _part_of_year),
        ("end of the year", r"(?P<y>(?!))?(?P<part>年末|年底|年初)", _part_of_year),
        ("since a year", rf"(?:自|从)?(?P<y>{y})(?P<m>(?!))?(?:以来|开始|起)", _since_year),
        ("by a year", rf"(?:到|至|争取到|力争到)(?P<y>(?:19|20)\d{{2}}年|今年|明年)(?P<end>年?[底末]前?)?", _by_year),
        ("five-year plan", rf"[“\"]?(?P<plan>{plans})[”\"]?(?P<part>时期|期间|期末|末|以来)?(?!规划|计划)", _plan),
        ("years up to now", rf"(?:近|最近|过去的?|这|前)(?P<n>{n})年(?:来|多来|间|里|中)?|(?<![\d第])(?P<n2>{n})年(?:来|多来)", _past_years),
        ("years to come", rf"(?:今后|未来|力争|用)(?P<n>{n})(?:至{n})?年(?:左右|内)?", _next_years),
        ("the report's period", r"一年来|(?:过去的?|这|在过去的?)一年(?:里|中|来)?|本年度|年内|今年以来|本届[^，。；]{0,8}以来", _this_period),
        ("last half year", r"半年来|近半年", _half_year),
        ("up to now", r"截[至止]目前|到目前为止|目前为止|迄今|至今|截[至止]当前", _until_now),
        ("now", r"目前|现阶段", _until_now),
        ("since an event", rf"(?P<event>{events})(?:召开|胜利召开|闭幕)?以来", _named_since),
        ("a holiday", rf"(?P<y>{y})?[“\"]?(?P<name>{holidays})[”\"]?(?:期间|假期|黄金周|长假|前夕)", _holiday),
        ("a month, its 年 lost", r"(?P<y>20[0-2]\d)(?P<m>1[0-2]|[1-9])月(?:份)?", _month),
        ("a year", rf"(?P<y>{y}|(?:19|20)\d{{2}}年度)", _whole_year),
    )  # fmt: skip
    return tuple((name, re.compile(pattern), resolve) for name, pattern, resolve in table)


@cache
def _any() -> re.Pattern[str]:
    """Where a time expression can begin at all; keeps the rules away from text without any."""
    return re.compile(r"年|月|季度|同比|环比|同期|目前|至今|迄今|现有|现已|以来|期间|[一二三四五六七八九十]五")


# A time within a title or a quoted name is no time of the sentence: 《三年行动计划（2021—2023年）》, “建功‘十四五’”.
_NAMES = re.compile(r"《[^《》]*》|“[^“”]*”")
COMPARISON = "base of comparison"


def find(text: str, anchor: Anchor, paragraph: int = 0) -> list[PeriodMention]:
    """All time expressions of one paragraph's reading text, leftmost and longest, in reading order."""
    if not _any().search(text):
        return []
    found = [
        (m.start(), -m.end(), order, name, resolve, m)
        for order, (name, pattern, resolve) in enumerate(_rules())
        for m in pattern.finditer(text)
    ]
    found.sort(key=lambda entry: entry[:3])
    mentions: list[PeriodMention] = []
    names = [m.span() for m in _NAMES.finditer(text)]
    at, year = 0, None
    for start, minus_end, _, name, resolve, m in found:
        if start < at:
            continue
        if "。" in text[at:start]:
            year = None
        if any(a < start and -minus_end < b and b - a > -minus_end - start + 4 for a, b in names):
            continue
        at = -minus_end
        span = _resolved(m, resolve, _Context(anchor, year))
        if span and name != COMPARISON and re.match(r"\d|[一二]", m[0]) and m.groupdict().get("y"):
            year = span.start.year
        mentions.append(PeriodMention(paragraph, start, at, m[0], span, name))
    return mentions


def _resolved(m: re.Match[str], resolve: Resolve, context: _Context) -> TimeSpan | None:
    try:
        span = resolve(_Named(m), context)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return TimeSpan(span.start, span.end, span.granularity, m[0]) if span else None


class _Named:
    """A match that answers None for a group that its pattern does not have; `n` may stand in two places."""

    def __init__(self, match: re.Match[str]) -> None:
        self._groups = match.groupdict()

    def __getitem__(self, name: str) -> str | None:
        return self._groups.get(name) or self._groups.get(f"{name}2" if name == "n" else "")


def extract(report: Report) -> tuple[PeriodMention, ...]:
    """All time expressions of a report, in reading order."""
    anchor = anchor_of(report)
    return tuple(p for i, paragraph in enumerate(report.paragraphs) for p in find(paragraph.text, anchor, i))


def in_year(mention: PeriodMention, year: int) -> TimeSpan | None:
    """The span of a mention that names no year itself (年底, 上半年, 6月), moved to `year`."""
    span = mention.span
    if not span or span.start.year == year or _NAMED_YEAR.search(mention.text):
        return span
    try:
        return TimeSpan(
            span.start.replace(year=year), span.end.replace(year=year + span.end.year - span.start.year), span.granularity, span.label
        )
    except ValueError:  # February 29
        return None


_NAMED_YEAR = re.compile(rf"{_YEAR}|五[”期时末以]|以来|年来|[近前]")
