"""Time expressions, and the days that they mean in this report.

Relative times need an anchor: 今年 is the year in which the report speaks, 今年以来 ends where its period ends. What
the anchor cannot settle stays unresolved. A base of comparison (比上年, 同比) and a frequency (每年9月) are found too,
and named as such: they are no time of anything. Reports count whole years: 近三年 are three, from January to December.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from etl import numerals, vocabulary
from etl.numerals import integer
from etl.records import PeriodMention, Report, TimeSpan

COMPARISON = "base of comparison"


class Anchor(NamedTuple):
    """What relative times are relative to."""

    year: int | None  # 今年
    today: date | None  # the day on which the report speaks, where it is known
    period: TimeSpan | None  # that the report looks back on

    @property
    def now(self) -> date | None:
        return self.today or (self.period.end if self.period else None)


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


# ---- spans of days --------------------------------------------------------------------------------------------------


def year_span(first: int, last: int | None = None, label: str = "") -> TimeSpan:
    """Whole years, from January 1 to December 31."""
    last = last or first
    return TimeSpan(date(first, 1, 1), date(last, 12, 31), "year" if first == last else "span", label)


def _moment(day: date) -> TimeSpan:
    return TimeSpan(day, day, "day")


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(year: int, first: int, last: int, granularity: str = "span") -> TimeSpan | None:
    """Whole months of one year; None if there are no such months."""
    if not 1 <= first <= last <= 12:
        return None
    return TimeSpan(date(year, first, 1), _last_day(year, last), "month" if first == last else granularity)


def _quarter(year: int, number: int) -> TimeSpan | None:
    return _months(year, 3 * number - 2, 3 * number, "quarter")


def _between(start: date, end: date, granularity: str = "span") -> TimeSpan | None:
    return TimeSpan(start, end, granularity) if start <= end else None


def _months_before(day: date, count: int) -> date:
    """The day after the one that lies `count` months back: three months up to March 31 begin on January 1."""
    after = day + timedelta(days=1)
    month = after.year * 12 + after.month - 1 - count
    year, month = divmod(month, 12)
    return date(year, month + 1, min(after.day, _last_day(year, month + 1).day))


# ---- what a match says ----------------------------------------------------------------------------------------------

_LOOKS_BACK = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "次": 1, "翌": 1, "后": 2}
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class _Said:
    """The parts of one match (y year, m month, d day, n number, …) and what was named before it."""

    parts: dict[str, str]
    anchor: Anchor
    named_year: int | None  # last named in this paragraph

    def __getitem__(self, name: str) -> str:
        return self.parts.get(name) or ""

    def number(self, name: str) -> int:
        """The whole number in a part; 0 if there is none."""
        return integer(self[name]) or 0

    @property
    def year(self) -> int:
        """The year that the match names, or else the one named before, or that is looked back on."""
        return self.year_in("y")

    def year_in(self, name: str) -> int:
        """The year in a part; raises ValueError where nothing tells it."""
        text = self[name].rstrip("度")
        if not text:
            year = self.named_year or (self.anchor.period.end.year if self.anchor.period else self.anchor.year)
        elif text[0] not in _LOOKS_BACK:
            said = text.rstrip("年")
            year = self._calendar_year(int(said) if said.isdecimal() else numerals.digits(said))
        elif text[0] in "次翌":
            year = self.named_year + 1 if self.named_year else self.anchor.year + 1 if self.anchor.year else None
        else:
            year = self.anchor.year + _LOOKS_BACK[text[0]] if self.anchor.year else None
        if not year:
            raise ValueError("no year")
        return year

    def _calendar_year(self, said: int) -> int:
        """58 and 07 are years of the century that keeps them out of the far future."""
        if said >= _CENTURY:
            return said
        latest = (self.anchor.year or 2000) + 15
        return said + 2000 if said + 2000 <= latest else said + 1900

    @property
    def now(self) -> date:
        """The day up to which the report speaks; raises ValueError where it is not known."""
        now = self.anchor.now
        if now is None:
            raise ValueError("no day")
        return now

    @property
    def until_now(self) -> date:
        """The end of the report's period, or else the day on which it speaks."""
        return self.anchor.period.end if self.anchor.period else self.now


Read = Callable[[_Said], TimeSpan | None]  # raises ValueError for days that do not exist, and for what nothing tells


def _nothing(said: _Said) -> TimeSpan | None:
    return None


def _one_day(said: _Said) -> TimeSpan | None:
    return _moment(date(said.year, said.number("m"), said.number("d")))


def _days(said: _Said) -> TimeSpan | None:
    start = date(said.year, said.number("m"), said.number("d"))
    last_year = said.year_in("y2") if said["y2"] else start.year
    return _between(start, date(last_year, said.number("m2") or start.month, said.number("d2")))


def _one_month(said: _Said) -> TimeSpan | None:
    year, month = said.year, said.number("m")
    return _part_of_month(_months(year, month, month), said["part"])


def _part_of_month(month: TimeSpan | None, part: str) -> TimeSpan | None:
    if not month or not part:
        return month
    if part[-1] in "底末":
        return _moment(month.end)
    first, last = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, month.end.day), "初": (1, 5)}[part]
    return TimeSpan(month.start.replace(day=first), month.start.replace(day=last))


def _month_range(said: _Said) -> TimeSpan | None:
    year, first, last = said.year, said.number("m"), said.number("m2")
    if not said["y2"]:
        return _months(year, first, last)
    return _between(date(year, first, 1), _last_day(said.year_in("y2"), last or 12))


_MONTHS_OF_A_YEAR = 12


def _counted_months(said: _Said) -> TimeSpan | None:
    """前七个月, 后三月, 首月, 第8个月 of a year."""
    n = said.number("n") or 1
    if said["part"] == "后":
        return _months(said.year, _MONTHS_OF_A_YEAR + 1 - n, _MONTHS_OF_A_YEAR)
    return _months(said.year, n if said["part"] == "第" else 1, n)


_STEP = {"上": -1, "下": 1, "本": 0, "当": 0, "这": 0}


def _month_from_now(said: _Said) -> TimeSpan | None:
    month = said.now.year * 12 + said.now.month - 1 + _STEP[said["step"][0]]
    year, month = month // 12, month % 12 + 1
    if said["d"]:
        return _moment(date(year, month, said.number("d")))
    return _part_of_month(_months(year, month, month), said["part"])


def _quarter_from_now(said: _Said) -> TimeSpan | None:
    quarter = said.now.year * 4 + (said.now.month - 1) // 3 + _STEP[said["step"][0]]
    return _end_of(_quarter(quarter // 4, quarter % 4 + 1), said["part"])


def _end_of(span: TimeSpan | None, part: str) -> TimeSpan | None:
    """The last day of a span (季度末), its first month (季度初), or all of it."""
    if span and part == "初":
        return _months(span.start.year, span.start.month, span.start.month)
    return _moment(span.end) if span and part else span


def _year_to_day(said: _Said) -> TimeSpan | None:
    """截至11月底: from January 1 of that year; a stock takes the last day of it only."""
    year, month = said.year, said.number("m")
    end = date(year, month, said.number("d")) if said["d"] else _last_day(year, month)
    return TimeSpan(date(year, 1, 1), end, "until")


def _at_present(said: _Said) -> TimeSpan | None:
    """目前: the day of a report that speaks within its period, else the whole of the period."""
    period, today = said.anchor.period, said.anchor.today
    return _moment(today) if today and (not period or today <= period.end) else period


_LONGEST_SPAN = 60  # years


def _year_range(said: _Said) -> TimeSpan | None:
    first, last = said.year, said.year_in("y2")
    return year_span(first, last) if first < last <= first + _LONGEST_SPAN else None


def _one_year(said: _Said) -> TimeSpan | None:
    return year_span(said.year)


def _two_years(said: _Said) -> TimeSpan | None:
    """今明两年, 去今两年."""
    year = said.anchor.year
    return year_span(year + _LOOKS_BACK[said["y"]], year + _LOOKS_BACK[said["y2"]]) if year else None


def _part_of_year(said: _Said) -> TimeSpan | None:
    year, part = said.year, said["part"]
    if part in ("上半年", "下半年"):
        return _months(year, 1, 6, "half") if part == "上半年" else _months(year, 7, 12, "half")
    return year_span(year)  # 全年


def _numbered_quarter(said: _Said) -> TimeSpan | None:
    n = 1 if said["n"] == "首" else said.number("n")
    span = _months(said.year, 1, 3 * n) if said["part"] else _quarter(said.year, n)
    return _end_of(span, said["end"])


def _edge_of_year(said: _Said) -> TimeSpan | None:
    """年底 is a day, 年初 a month."""
    year = said.year
    return _moment(date(year, 12, 31)) if said["part"][-1] in "底末" else _months(year, 1, 1)


def _since(said: _Said) -> TimeSpan | None:
    start = date(said.year, said.number("m") or 1, said.number("d") or 1)
    period = said.anchor.period
    if period is None:
        return _between(start, said.now)
    return _between(start, period.end if period.end >= start else date(start.year, 12, 31))  # 从明年起


def _by_year(said: _Said) -> TimeSpan | None:
    """到2025年, a goal: from the year in which the report speaks to the end of that one."""
    last = said.year
    if said["end"]:
        return _moment(date(last, 12, 31))
    return year_span(min(said.anchor.year or last, last), last)


def _before_year(said: _Said) -> TimeSpan | None:
    """2035年前, a deadline; 2015年以前 has no beginning."""
    return _by_year(said) if said.year >= (said.anchor.year or said.year) else None


_PLAN_YEARS = 5


def _plan(said: _Said) -> TimeSpan | None:
    first = vocabulary.named_times().plans[said["plan"]]
    end = date(first + _PLAN_YEARS - 1, 12, 31)
    if said["part"] in ("末", "期末"):
        return _moment(end)
    if said["part"] == "以来":
        return _between(date(first, 1, 1), min(said.now, end), "plan")
    if said["year"]:
        return year_span(first if said["year"][0] in "开起" else end.year)
    return TimeSpan(date(first, 1, 1), end, "plan")


def _past_years(said: _Said) -> TimeSpan | None:
    """近三年, 五年来, 过去五年: whole years that end with the report's period."""
    n, period = said.number("n"), said.anchor.period
    last = period.end.year if period else said.anchor.year - 1 if said.anchor.year else None
    return year_span(last - n + 1, last) if last and 0 < n <= _LONGEST_SPAN else None


def _years_from_now(said: _Said) -> TimeSpan | None:
    """三年前 is a year; 三年以前 has no beginning, 三年以后 no end."""
    year = said.anchor.year
    return year_span(year + said.number("n") * (-1 if said["part"] == "前" else 1)) if year else None


def _past_months(said: _Said) -> TimeSpan | None:
    """近三个月: up to the end of the report's period, or to the day on which it speaks."""
    end = said.until_now
    return _between(_months_before(end, said.number("n")), end)


def _next_years(said: _Said) -> TimeSpan | None:
    n, year = said.number("n"), said.anchor.year
    return year_span(year, year + n - 1) if year and 0 < n <= _LONGEST_SPAN else None


def _next_months(said: _Said) -> TimeSpan | None:
    start = said.now
    return _between(start, _months_before(start, -said.number("n")) - timedelta(days=2))


def _report_period(said: _Said) -> TimeSpan | None:
    """一年来: what the report looks back on; without a period, the year before the one in which it speaks."""
    year = said.anchor.year
    return said.anchor.period or (year_span(year - 1) if year else None)


def _this_year(said: _Said) -> TimeSpan | None:
    """今年以来, 年内: what the report looks back on; without a period, the year up to its day."""
    anchor = said.anchor
    return anchor.period or (_between(date(anchor.year, 1, 1), said.now) if anchor.year else None)


def _this_whole_year(said: _Said) -> TimeSpan | None:
    return said.anchor.period or (year_span(said.anchor.year) if said.anchor.year else None)


def _half_year(said: _Said) -> TimeSpan | None:
    period = said.anchor.period
    return _months(period.end.year, 7, 12, "half") if period and period.end.month == _MONTHS_OF_A_YEAR else None


def _since_event(said: _Said) -> TimeSpan | None:
    start, now = vocabulary.named_times().since[said["event"]], said.now
    return _between(start, min(now, said.until_now))


def _holiday(said: _Said) -> TimeSpan | None:
    month, day, last_month, last_day = vocabulary.named_times().holidays[said["name"]]
    return TimeSpan(date(said.year, month, day), date(said.year, last_month, last_day))


_PARTS_OF_DECADE = {"初": (0, 2), "前": (0, 2), "中": (3, 6), "末": (7, 9), "后": (7, 9)}


def _decade(said: _Said) -> TimeSpan | None:
    """上世纪80年代, 九十年代末期; without a century that of the years before 2000."""
    centuries = {"上": 20, "本": 21}
    century = centuries.get(said["century"]) or said.number("century") or 20
    first = (century - 1) * _CENTURY + said.number("n")
    begin, end = _PARTS_OF_DECADE[said["part"][0]] if said["part"] else (0, 9)
    return year_span(first + begin, first + end)


# ---- rules ----------------------------------------------------------------------------------------------------------

_HAN_DIGIT = "[〇零○一二三四五六七八九]"
_CALENDAR_YEAR = rf"(?:19|20)\d{{2}}年度?|[一二]{_HAN_DIGIT}{{3}}年度?"
# Not in 以前年度, 近年来年均, 成本年均, 文明年, 以上年龄, 过去年均, 批次年.
_WORD_YEAR = (
    r"今年|(?<![成基])本年度?|当年|(?<!过)去年度?|(?<![以线])上一?年度?|(?<![以之大])前年|(?<!文)明年|(?<!年)来年|(?<![批一二两三四五六七八九十])次年|翌年"
    r"|(?<![以之])后年"
)
_SHORT_YEAR = (
    rf"(?<![\d.])\d{{2}}年|(?<![十{_HAN_DIGIT[1:-1]}])[〇零○一二五六七八九]{_HAN_DIGIT}年"  # before a month only
)
_MONTH = r"(?<![\d.闰])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TO = r"(?:至|到|[-—–~～－]{1,2})"
_IN_DIGITS = r"(?:19|20)\d{2}"
_MONTH_DIGITS, _DAY_DIGITS = r"(?:1[0-2]|0?[1-9])", r"(?:[12]\d|3[01]|0?[1-9])"
_UNTIL = r"(?:截至|截止到?|到|至|截止至)"
_SINCE = r"(?:以来|开始|起(?![草步点诉伏到]))(?:至今|到现在|到目前)?"


class _Rule(NamedTuple):
    name: str
    cues: tuple[str, ...]  # one of them stands in every text that the pattern can match
    pattern: re.Pattern[str]
    read: Read


# Name of the rule, its cues, its pattern with the parts of `_vocabulary` in braces, and what reads it. Where two
# matches begin at the same place, the longer wins; of one length, the earlier rule.
_PATTERNS: tuple[tuple[str, str, str, Read], ...] = (
    (COMPARISON, "年", r"(?:比|较|同比|与|相比)?(?:上年|去年|前年|上一年)(?:同期|同比|相比)", _nothing),
    (
        COMPARISON,
        "比 较",
        r"(?:(?<![占对])(?:比|较)|[与同](?=[^，]{2,8}相比))"
        r"(?:(?:{any_year})(?:年?[底末])?|年初|“?(?:{plans})”?末)",
        _nothing,
    ),
    (
        COMPARISON,
        "年 五",
        r"是(?:(?:{any_year})(?:年?[底末])?|“?(?:{plans})”?期?末)"
        r"(?=的[\d一二两三四五六七八九十][^，。；]{0,8}倍)",
        _nothing,
    ),
    (COMPARISON, "水平", r"(?:至|到|超过|接近|达到)(?:{any_year})(?:年?[底末])?(?:同期)?的?水平", _nothing),
    (COMPARISON, "于", r"(?:高于|低于|多于|少于|快于|好于)(?:{any_year})(?:年?[底末])?(?:同期)?(?!{to})", _nothing),
    (COMPARISON, "同 环比", r"同比|环比|同期", _nothing),
    (
        "frequency",
        "每",
        r"每(?:年|月|季度?)(?:{month}月份?(?:{to}{month2}月)?(?:{day}[日号])?|{day2}[日号])",
        _nothing,
    ),
    ("days from–to", "日 号", r"{years}?{month}月{day}[日号]?{to}{year2}?(?:{month2}月)?{day2}[日号]", _days),
    ("days from–to", "-", r"(?:自|从)?{day_in_digits}起?{to}{end_in_digits}止?", _days),
    ("until a day", "月", r"{until}{years}?{month}月(?:{day}[日号]|份?(?:底|末)?)(?:止)?", _year_to_day),
    ("a day", "日 号", r"{years}?{month}月{day}[日号]", _one_day),
    ("a day", "19 20", r"{day_in_digits}(?![\d.])", _one_day),
    (
        "a day",
        "19 20",
        r"{digits}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d.,年万亿元A-Za-z-])",
        _one_day,
    ),
    ("months from–to", "月", r"{years}?{month}(?:月份?)?{to}{month2}月份?", _month_range),
    ("months from–to", "月", r"{years}{month}月份?{to}{year2}{month2}月(?:份|底)?", _month_range),
    (
        "months from–to",
        ".",
        r"{digits}\.(?P<m>{month_digits}){to}(?P<y2>{year_digits})(?:\.(?P<m2>{month_digits}))?(?![\d.年])",
        _month_range,
    ),
    ("months of a year", "月", r"{years}?(?<![提之以此])(?P<part>[前头后第]){number}个?月(?!份)", _counted_months),
    ("months of a year", "首月", r"{years}首月", _counted_months),
    ("since a month", "月", r"(?:自|从)?{years}?{month}月份?(?:{day}[日号])?(?:{since}|[^，。；]{0,6}以来)", _since),
    ("a month", "月", r"{years}?{month}月(?:份)?(?P<part>月?底|末|初|上旬|中旬|下旬)?", _one_month),
    (
        "years from–to",
        "19 20",
        r"(?<![\d.])(?P<y>{year_digits})年?{to}(?P<y2>{year_digits})(?:年|(?![\d.]))",
        _year_range,
    ),
    ("years from–to", "年", r"(?:从|自)?(?P<y>{calendar_year}){to}(?P<y2>{calendar_year})", _year_range),
    ("part of a year", "半年 全年", r"{years}?(?P<part>上半年|下半年|全年)", _part_of_year),
    (
        "part of a year",
        "季度",
        r"{years}?(?:(?P<part>前)(?P<n>[一二三四两1234])个?|第?(?P<n2>[一二三四1234首]))季度"
        r"(?P<end>[初末])?",
        _numbered_quarter,
    ),
    ("quarter from now", "季度", r"(?<!以)(?P<step>上一?|本|下一?)个?季度(?P<part>[初末])?", _quarter_from_now),
    (
        "month from now",
        "月",
        r"(?<![以线日基])(?P<step>上一?|下一?|本|当|这)个?月(?!均|度|经|球|光)"
        r"(?:{day}[日号]|(?P<part>底|末|初|[上中下]旬))?",
        _month_from_now,
    ),
    ("end of a year", "年", r"{years}(?P<part>年?[底末初]|伊始)", _edge_of_year),
    ("end of the year", "年", r"(?P<part>年末|年底|年初)", _edge_of_year),
    ("since a year", "年", r"(?:自|从)?{year}(?:{since}|至今|到现在|到目前)", _since),
    ("by a year", "年", r"(?:到|至|争取到|力争到){year}(?P<end>年?[底末]前?)?", _by_year),
    ("by a year", "前", r"{year}(?:之前|以前|前(?![\d一二两三四五六七八九十几后列往进所沿景瞻]))", _before_year),
    (
        "year of a plan",
        "开 起 收",
        r"[“\"]?(?P<plan>{plans})[”\"]?+(?:规划|计划)?(?:良好)?(?P<year>开局|开好局|起步|收官)(?:起步)?(?:之年|的?第一年)?",
        _plan,
    ),
    (
        "five-year plan",
        "五",
        r"[“\"]?(?P<plan>{long_plans})[”\"]?+(?P<part>时期|期间|期末|末|以来)?(?!规划|计划)",
        _plan,
    ),
    ("five-year plan", "五", r"[“\"](?P<plan>{plans})[”\"](?P<part>时期|期间|期末|末|以来)?(?!规划|计划)", _plan),
    ("five-year plan", "五", r"[“\"]?(?P<plan>{plans})[”\"]?(?:规划|计划)?(?P<part>时期|期间|期末|末|以来)", _plan),
    ("the report's period", "一年", r"一年来|(?:在?过去的?)一年(?:里|中|来)?", _report_period),
    ("the report's period", "一年 本年度", r"这一年(?:里|中|来)?|本年度", _this_whole_year),
    ("the report's period", "以来", r"(?:今年|年初|开年)以来|本届[^，。；]{0,8}以来", _this_year),
    ("within the year", "年内", r"(?<![\d一二两三四五六七八九十几多这])年内", _this_year),
    (
        "years up to now",
        "年",
        r"(?:近|最近|过去的?|这|(?<![提之以此学])前){number}年(?:来|多来|间|里|中)?",
        _past_years,
    ),
    (
        "years of an average",
        "年",
        r"(?:^|(?<=[，。；：—！？、])){number}年(?=年均|平均|增长)",
        _past_years,
    ),
    (
        "years up to now",
        "年",
        r"(?:^|(?<=[，。；：—！？、])){number}年(?=累计|共|新增|完成|安排|投入|财政|发放|实施|引进)",
        _past_years,
    ),
    ("years up to now", "年来 年多来 年间", r"(?<![\d第]){number}年(?:来|多来|间)", _past_years),
    (COMPARISON, "年前", r"(?:比|较|是){number}年(?:以)?前", _nothing),
    (
        "years from now",
        "年前 年后",
        r"(?:^|(?<=[，。；：“])){number}年(?:之|以)?(?P<part>前|后)(?![\d一二两三四五六七八九十几年勤期备续排])",
        _years_from_now,
    ),
    (
        "months up to now",
        "月",
        r"(?:近|最近|过去的?|这){number}个?月(?:以?来|间|里)?(?!份)"
        r"|(?<![\d第])(?P<n2>{count})个月(?:以?来)",
        _past_months,
    ),
    ("years to come", "年", r"(?:今后|未来|力争|用){number}(?:至{count})?年(?:左右|内)?", _next_years),
    ("months to come", "月", r"(?:今后|未来){number}个月", _next_months),
    ("two years", "两年", r"(?P<y>[今去])(?P<y2>[今明])两年", _two_years),
    ("last half year", "半年", r"半年来|近半年", _half_year),
    ("up to now", "目前 今 当前", r"截[至止]目前|到目前为止|目前为止|迄今|至今|截[至止]当前", _at_present),
    ("now", "目前 现阶段", r"目前|现阶段", _at_present),
    ("since an event", "以来", r"{event}(?:召开|胜利召开|闭幕)?以来", _since_event),
    (
        "a holiday",
        "期间 假 黄金周 前夕",
        r"{year}?[“\"]?(?P<name>{holidays})[”\"]?(?:期间|假期|黄金周|长假|前夕)",
        _holiday,
    ),
    (
        "a decade",
        "年代",
        r"(?:(?P<century>上|本|\d{1,2}|[一二八九十]{1,3})世纪)?(?P<n>\d0|[一二三四五六七八九]十)年代"
        r"(?P<part>初期?|前期|中期|末期?|后期)?",
        _decade,
    ),
    ("a month, its 年 lost", "20", r"(?P<y>20[0-2]\d)(?P<m>1[0-2]|[1-9])月(?:份)?", _one_month),
    ("a year", "年", r"{year}", _one_year),
)


def _vocabulary() -> dict[str, str]:
    """What the words in braces stand for. Those that `_Said` asks for are groups: {year} is (?P<y>…)."""
    named = vocabulary.named_times()
    any_year = f"{_CALENDAR_YEAR}|{_WORD_YEAR}"
    digits = rf"(?<![\d.A-Za-z/-])(?P<y>{_IN_DIGITS})"
    return {
        "any_year": any_year,
        "calendar_year": _CALENDAR_YEAR,
        "year": f"(?P<y>{any_year})",
        "year2": f"(?P<y2>{any_year})",
        "years": f"(?P<y>{any_year}|{_SHORT_YEAR})",  # before months also 58年, 九七年
        "month": f"(?P<m>{_MONTH})",
        "month2": f"(?P<m2>{_MONTH})",
        "day": f"(?P<d>{_DAY})",
        "day2": f"(?P<d2>{_DAY})",
        "number": f"(?P<n>{_NUMBER})",
        "count": _NUMBER,
        "to": _TO,
        "until": _UNTIL,
        "since": _SINCE,
        "year_digits": _IN_DIGITS,
        "month_digits": _MONTH_DIGITS,
        "day_digits": _DAY_DIGITS,
        "digits": digits,
        "day_in_digits": rf"{digits}(?P<sep>[-./])(?P<m>{_MONTH_DIGITS})(?P=sep)(?P<d>{_DAY_DIGITS})",
        "end_in_digits": rf"(?P<y2>{_IN_DIGITS})(?P=sep)(?P<m2>{_MONTH_DIGITS})(?P=sep)(?P<d2>{_DAY_DIGITS})(?![\d.])",
        "event": f"(?P<event>{vocabulary.alternatives(named.since)})",
        "holidays": vocabulary.alternatives(named.holidays),
        "plans": vocabulary.alternatives(named.plans),
        "long_plans": vocabulary.alternatives(plan for plan in named.plans if len(plan) > 2),
    }


@cache
def _rules() -> tuple[_Rule, ...]:
    words = _vocabulary()
    return tuple(
        _Rule(name, tuple(cues.split()), re.compile(_IN_BRACES.sub(lambda m: words[m[1]], pattern)), read)
        for name, cues, pattern, read in _PATTERNS
    )


_IN_BRACES = re.compile(r"\{([a-z]\w*)\}")

# ---- reading --------------------------------------------------------------------------------------------------------

_ANY = re.compile(
    r"年|月|季度|同比|环比|同期|目前|至今|迄今|现阶段|以来|期间|假期|黄金周|[一二三四五六七八九十]五|(?:19|20)\d\d"
)
# A time within a title or a quoted name is no time of the sentence: 《三年行动计划（2021—2023年）》, “建功‘十四五’”.
_NAMES = re.compile(r"《[^《》]*》|“[^“”]*”")
_MOST_MARKS = 4  # characters by which a name may be longer than the time in it: “十四五”期间
_NAMES_A_YEAR = re.compile(r"\d{2}|[一二]")


class _Match(NamedTuple):
    start: int
    minus_end: int
    order: int
    rule: _Rule
    groups: dict[str, str | None]


def find(text: str, anchor: Anchor, paragraph: int = 0) -> list[PeriodMention]:
    """All time expressions of one paragraph's reading text, leftmost and longest, in reading order."""
    if not _ANY.search(text):
        return []
    found = sorted(
        _Match(m.start(), -m.end(), order, rule, m.groupdict())
        for order, rule in enumerate(_rules())
        if any(cue in text for cue in rule.cues)
        for m in rule.pattern.finditer(text)
    )
    mentions: list[PeriodMention] = []
    names = [m.span() for m in _NAMES.finditer(text)]
    at, year = 0, None
    for match in found:
        start, end = match.start, -match.minus_end
        if start < at or any(a < start and end < b and b - a > end - start + _MOST_MARKS for a, b in names):
            continue
        if "。" in text[at:start]:
            year = None
        at = end
        span = _span(match, anchor, year, text[start:end])
        if span and match.groups.get("y") and _NAMES_A_YEAR.match(text, start):
            year = span.start.year
        mentions.append(PeriodMention(paragraph, start, end, text[start:end], span, match.rule.name))
    return mentions


def _span(match: _Match, anchor: Anchor, year: int | None, label: str) -> TimeSpan | None:
    groups = {name.rstrip("2") if name == "n2" else name: part for name, part in match.groups.items() if part}
    try:
        span = match.rule.read(_Said(groups, anchor, year))
    except (ValueError, OverflowError):
        return None
    return TimeSpan(span.start, span.end, span.granularity, label) if span else None


def extract(report: Report) -> tuple[PeriodMention, ...]:
    """All time expressions of a report, in reading order."""
    anchor = anchor_of(report)
    return tuple(p for i, paragraph in enumerate(report.paragraphs) for p in find(paragraph.text, anchor, i))


_WITHOUT_YEAR = frozenset(
    (
        "days from–to", "until a day", "a day", "months from–to", "months of a year", "a month", "part of a year",
        "end of the year", "within the year", "a holiday",
    )
)  # fmt: skip
_YEAR = re.compile(f"{_CALENDAR_YEAR}|{_WORD_YEAR}|{_SHORT_YEAR}|{_IN_DIGITS}")


def in_year(mention: PeriodMention, year: int) -> TimeSpan | None:
    """The span of a mention that names no year itself (年底, 上半年, 6月), moved to `year`."""
    span = mention.span
    if not span or span.start.year == year or mention.rule not in _WITHOUT_YEAR or _YEAR.search(mention.text):
        return span
    try:
        return TimeSpan(
            span.start.replace(year=year),
            span.end.replace(year=year + span.end.year - span.start.year),
            span.granularity,
            span.label,
        )
    except ValueError:  # February 29
        return None
