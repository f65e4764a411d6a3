"""Times relative to a report: what its date, kind and period make of 今年, and what stays unresolved."""

from __future__ import annotations

from array import array
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import periods
from etl.extract.periods import Anchor
from etl.records import Paragraph, PeriodMention, Report, TimeSpan

YEAR = TimeSpan(date(2021, 1, 1), date(2021, 12, 31), "year")
GOVERNMENT = Anchor(2022, date(2022, 1, 20), YEAR)  # speaks in January of the year that it sums up
MID_YEAR = Anchor(2022, date(2022, 7, 8), TimeSpan(date(2022, 1, 1), date(2022, 6, 30), "half"))
NOBODY_KNOWS = Anchor(None, None, None)


def days(text: str, anchor: Anchor) -> list[tuple[str, str] | None]:
    return [
        (str(found.span.start), str(found.span.end)) if found.span else None for found in periods.find(text, anchor)
    ]


@pytest.mark.parametrize(
    ("kind", "day", "period", "expected"),
    [
        ("工作总结", date(2021, 12, 28), YEAR, 2021),
        ("工作总结", date(2022, 2, 10), YEAR, 2021),  # in spring, of the year before
        ("政府工作报告", date(2022, 1, 20), YEAR, 2022),
        ("政府工作报告", None, YEAR, 2022),
        ("工作总结", None, YEAR, 2021),
        ("工作总结", date(2022, 9, 1), None, 2022),
        ("讲话", None, None, None),
    ],
)
def test_this_year_of_a_report(kind: str, day: date | None, period: TimeSpan | None, expected: int | None) -> None:
    assert periods.anchor_of(Report(1, 0, 1, (), kind=kind, report_date=day, period=period)).year == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年", ("2022-01-01", "2022-12-31")),
        ("去年", ("2021-01-01", "2021-12-31")),
        ("一年来", ("2021-01-01", "2021-12-31")),
        ("全年", ("2021-01-01", "2021-12-31")),  # no year is named: the one that is looked back on
        ("五年来", ("2017-01-01", "2021-12-31")),
        ("到2025年", ("2022-01-01", "2025-12-31")),
        ("截至11月底", ("2021-01-01", "2021-11-30")),
        ("“十四五”以来", ("2021-01-01", "2022-01-20")),
        ("“十四五”开局之年", ("2021-01-01", "2021-12-31")),
        ("“十三五”收官", ("2020-01-01", "2020-12-31")),
        ("五年累计投入", ("2017-01-01", "2021-12-31")),
    ],
)
def test_times_of_a_government_report(text: str, expected: tuple[str, str]) -> None:
    assert days(text, GOVERNMENT) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年以来", ("2022-01-01", "2022-06-30")),
        ("近三个月", ("2022-04-01", "2022-06-30")),
        ("本月9日", ("2022-07-09", "2022-07-09")),
        ("上个月", ("2022-06-01", "2022-06-30")),
        ("上季度末", ("2022-06-30", "2022-06-30")),
        ("本季度", ("2022-07-01", "2022-09-30")),
        ("未来两个月", ("2022-07-08", "2022-09-07")),
        ("三年前", ("2019-01-01", "2019-12-31")),
    ],
)
def test_times_from_a_day_in_july(text: str, expected: tuple[str, str]) -> None:
    assert days(text, MID_YEAR) == [expected]


@pytest.mark.parametrize(
    "text", ["今年", "去年6月", "五年来", "年底", "目前", "3月5日", "一季度", "今后五年", "党的十九大以来"]
)
def test_what_nothing_settles_stays_unresolved(text: str) -> None:
    assert days(text, NOBODY_KNOWS) == [None]


@pytest.mark.parametrize("text", ["2月30日", "13月5日", "2021年11月至8月", "31月"])
def test_days_that_do_not_exist(text: str) -> None:
    assert not any(days(text, GOVERNMENT)[-1:])


def test_a_year_holds_until_the_sentence_ends() -> None:
    spans = days("2019年新建5所，6月投用。6月开工。", GOVERNMENT)
    assert [span and span[0] for span in spans] == ["2019-01-01", "2019-06-01", "2021-06-01"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("比上年增长", "base of comparison"),
        ("比2020年提高", "base of comparison"),
        ("同比增长", "base of comparison"),
        ("每年9月举办", "frequency"),
        ("截至11月底", "until a day"),
        ("到2025年", "by a year"),
        ("近三年", "years up to now"),
        ("2019—2021年", "years from–to"),
        ("“十三五”期间", "five-year plan"),
        ("目前", "now"),
        ("截至目前", "up to now"),
    ],
)
def test_names_of_rules_that_others_ask_for(text: str, rule: str) -> None:
    assert [found.rule for found in periods.find(text, GOVERNMENT)] == [rule]


def test_times_within_names_are_none_of_the_sentence() -> None:
    assert days("印发《三年行动计划（2021—2023年）》，开展“决战决胜2022年”活动", GOVERNMENT) == []
    assert days("“十四五”期间", GOVERNMENT) == [("2021-01-01", "2025-12-31")]


def test_a_time_without_a_year_can_be_moved() -> None:
    moved = {
        found.text: span and str(span.end)
        for found in periods.find("上半年，2020年底，年底，近三年", GOVERNMENT)
        for span in [periods.in_year(found, 2023)]
    }
    assert moved == {"上半年": "2023-06-30", "2020年底": "2020-12-31", "年底": "2023-12-31", "近三年": "2021-12-31"}


def test_a_leap_day_cannot_be_moved() -> None:
    leap = PeriodMention(0, 0, 4, "2月29日", TimeSpan(date(2024, 2, 29), date(2024, 2, 29), "day"), "a day")
    assert periods.in_year(leap, 2023) is None


@given(st.dates(date(1950, 1, 1), date(2035, 12, 31)))
def test_a_day_in_all_its_forms(day: date) -> None:
    forms = (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%Y%m%d}")
    assert [days(form, NOBODY_KNOWS) for form in forms] == [[(str(day), str(day))]] * len(forms)


@given(st.text("一二三五十2019-—至到年月日季度前后近上本每底末初以来起截期间“”。比今去 ", max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    for anchor in (GOVERNMENT, NOBODY_KNOWS):
        found = periods.find(text, anchor)
        assert all(text[p.start : p.end] == p.text for p in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(p.span is None or p.span.start <= p.span.end for p in found)


def test_paragraphs_are_numbered() -> None:
    texts = ("今年", "平安", "去年")
    paragraphs = tuple(Paragraph(text, array("l", range(len(text)))) for text in texts)
    found = periods.extract(Report(1, 0, 6, paragraphs, report_date=date(2022, 5, 1)))
    assert [(p.paragraph, p.text) for p in found] == [(0, "今年"), (2, "去年")]
