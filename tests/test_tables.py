"""Tables: which cell is which fact, and which is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import pipeline
from etl.records import Bound, Measure, Observation, ParagraphKind, ReportFacts, Status

TITLE = "# 兰州市2023年国民经济和社会发展统计公报\n\n兰州市统计局\n\n2024年3月20日\n\n2023年，全市经济平稳运行。\n\n"


@pytest.fixture
def read(tmp_path: Path):
    """Facts of a bulletin with a table in it."""

    def facts(table: str) -> ReportFacts:
        path = tmp_path / "公报.md"
        path.write_text(TITLE + table + "\n", encoding="utf-8")
        (report,) = pipeline.read_file(path).reports
        return report

    return facts


def cells(facts: ReportFacts) -> dict[str, list[Observation]]:
    """Observations in tables by indicator."""
    found: dict[str, list[Observation]] = {}
    for observation in facts.observations:
        if observation.rule == "table cell":
            found.setdefault(observation.indicator_text, []).append(observation)
    return found


PRODUCTS = """表3 2023年主要工业产品产量及其增长速度

| 产品名称 | 单位 | 产量 | 比上年增长（%） |
| --- | --- | --- | --- |
| 水泥 | 万吨 | 812.5 | -3.1 |
| 汽车 | 辆 | 21300 | 4.0 |
| 其中：新能源汽车 | 辆 | 4500 | 48.0 |
| 发电量 | 亿千瓦时 | 33.1 | 2.5 |
"""


def test_heads_of_row_and_column_name_a_cell(read) -> None:
    found = cells(read(PRODUCTS))
    level, growth = found["水泥产量"]
    assert (level.quantity.text, level.quantity.value, level.quantity.unit) == ("812.5", Decimal(8125000), "吨")
    assert (growth.measure, growth.quantity.value, growth.quantity.unit) == (Measure.GROWTH, Decimal("-3.1"), "%")
    assert level.span
    assert (level.span.start, level.span.end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert level.organization_name == "兰州市"
    assert list(found) == ["水泥产量", "汽车产量", "新能源汽车产量", "发电量"]


def test_span_is_the_number_in_the_source(read, tmp_path: Path) -> None:
    facts = read(PRODUCTS)
    text = (tmp_path / "公报.md").read_text("utf-8")
    for observation in facts.observations:
        paragraph = facts.report.paragraphs[observation.quantity.paragraph]
        start, end = paragraph.span(observation.quantity.start, observation.quantity.end)
        assert text[start:end] == observation.quantity.text


def test_the_same_table_set_with_spaces(read) -> None:
    spaced = """**表3 2023年主要工业产品产量及其增长速度**

- 产品名称 单 位 产 量 比上年增长%
- 水 泥 万吨 812.5 -3.1
- 汽 车 辆 21300 4.0
- 其中：新能源汽车 辆 4500 48.0
- 发电量 亿千瓦时 33.1 2.5
"""

    def facts(table: str) -> list[tuple[str, Decimal | None, str, Measure]]:
        return [
            (name, o.quantity.value, o.quantity.unit, o.measure)
            for name, observations in cells(read(table)).items()
            for o in observations
        ]

    assert facts(spaced) == facts(PRODUCTS)


def test_parts_are_named_by_their_whole(read) -> None:
    found = cells(
        read(
            """表1 2023年年末人口数及其构成

| 指标 | 年末数（万人） | 比重（%） |
| --- | --- | --- |
| 全市人口 | 300.0 | 100.0 |
| 其中：城镇 | 180.0 | 60.0 |
| 乡村 | 120.0 | 40.0 |
"""
        )
    )
    assert list(found) == ["全市人口", "城镇人口", "乡村人口"]
    level, share = found["乡村人口"]
    assert (level.quantity.value, share.measure) == (Decimal(1200000), Measure.SHARE)
    assert level.span
    assert level.span.start == level.span.end == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("title", "heads", "names"),
    [
        (
            "表5 2023年主要商品出口数量、金额及其增长速度",
            "商品名称 | 数量（万吨） | 比上年增长（%） | 金额（亿元） | 比上年增长（%）",
            ["镁锭出口数量", "镁锭出口金额"],
        ),
        (
            "表6 2023年外商直接投资（不含银行、证券、保险）及其增长速度",
            "行业 | 企业数（家） | 比上年增长（%） | 实际使用金额（亿元） | 比上年增长（%）",
            ["镁锭外商直接投资企业数", "镁锭外商直接投资实际使用金额"],
        ),
    ],
)
def test_the_title_tells_what_is_done_with_the_things_of_the_rows(
    read, title: str, heads: str, names: list[str]
) -> None:
    found = cells(read(f"{title}\n\n| {heads} |\n| --- | --- | --- | --- | --- |\n| 镁锭 | 8 | 2.5 | 31 | -4.0 |\n"))
    assert list(found) == names
    assert [o.measure for o in found[names[1]]] == [Measure.LEVEL, Measure.GROWTH]


def test_rows_named_by_regions_are_facts_of_these(read) -> None:
    found = cells(
        read(
            """表2 各区县主要经济指标

| 地区 | 地区生产总值（亿元） | 同比增长（%） |
| --- | --- | --- |
| 全市 | 3487.3 | 4.1 |
| 城关区 | 1300.5 | 3.9 |
| 榆中县 | 200.2 | 5.0 |
"""
        )
    )
    assert list(found) == ["地区生产总值"]
    levels = [o for o in found["地区生产总值"] if o.measure is Measure.LEVEL]
    assert [o.organization_name for o in levels] == ["兰州市", "兰州市城关区", "榆中县"]


def test_columns_of_years_and_of_goals(read) -> None:
    found = cells(
        read(
            """| 指标名称 | 单位 | 2022年 | 2023年计划 | | 2023年完成 | |
| --- | --- | --- | --- | --- | --- | --- |
| | | | 绝对数 | 增长（%） | 绝对数 | 增长（%） |
| 一般公共预算收入 | 亿元 | 241.2 | 255 | 6左右 | 262.1 | 8.7 |
"""
        )
    )
    seen = [
        (o.span.start.year if o.span else None, o.measure, o.status, o.quantity.bound)
        for o in found["一般公共预算收入"]
    ]
    assert seen == [
        (2022, Measure.LEVEL, Status.ACTUAL, Bound.EXACT),
        (2023, Measure.LEVEL, Status.TARGET, Bound.EXACT),
        (2023, Measure.GROWTH, Status.TARGET, Bound.APPROX),
        (2023, Measure.LEVEL, Status.ACTUAL, Bound.EXACT),
        (2023, Measure.GROWTH, Status.ACTUAL, Bound.EXACT),
    ]


def test_years_as_row_heads_and_a_unit_in_the_caption(read) -> None:
    found = cells(
        read(
            """表4 财政收入情况（单位：万元）

| 年份 | 财政总收入 | 同比增长 |
| --- | --- | --- |
| 2022年 | 12,000 | 5% |
| 2023年 | 13,200 | 10% |
"""
        )
    )
    first, growth, *_ = found["财政总收入"]
    assert (first.quantity.text, first.quantity.value, first.quantity.unit) == ("12,000", Decimal(120000000), "元")
    assert first.span
    assert first.span.start.year == 2022
    assert growth.measure is Measure.GROWTH


@pytest.mark.parametrize(
    "table",
    [
        "| 指标 | 数值 |\n| --- | --- |\n| 地区生产总值 | 3487.3 |\n| 财政收入 | 262 |",  # no unit anywhere
        "地区生产总值 3487.3 4.1\n\n财政收入 262 8.7",  # no heads
        "指标 总量\n\n地区生产总值 亿元 3487.3 4.1\n\n财政收入 亿元 262 8.7",  # heads that do not fit
    ],
)
def test_what_cannot_be_told_for_sure_is_not_claimed(read, table: str) -> None:
    facts = read(table)
    assert not cells(facts)
    assert any(facts.report.paragraphs[q.paragraph].kind is ParagraphKind.TABLE for q in facts.quantities)


def test_cells_that_hold_sentences_are_read_like_paragraphs(read, tmp_path: Path) -> None:
    facts = read(
        """2023年民生实事完成情况

| 事项 | 责任单位 | 实际进度 | 2024年目标 |
| --- | --- | --- | --- |
| 一、办好教育 | 市教育局 | 新建幼儿园 12 所，新增学位3600个。 | 计划改造学校20所，新增学位5000个。 |
"""
    )
    read_facts = [(o.quantity.text, o.quantity.unit, o.status) for o in facts.observations]
    assert read_facts == [
        ("12", "所", Status.ACTUAL),
        ("3600", "个", Status.ACTUAL),
        ("20", "所", Status.TARGET),
        ("5000", "个", Status.TARGET),
    ]
    text = (tmp_path / "公报.md").read_text("utf-8")
    for observation in facts.observations:
        paragraph = facts.report.paragraphs[observation.quantity.paragraph]
        start, end = paragraph.span(observation.quantity.start, observation.quantity.end)
        assert text[start:end] == observation.quantity.text


def test_cells_of_a_web_page_that_reach_over_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "公报.html"
    path.write_text(
        """<html><body><h1>兰州市2023年国民经济和社会发展统计公报</h1><p>2023年，全市经济平稳运行。</p>
        <table><tr><th rowspan=2>指标<th rowspan=2>单位<th colspan=2>2022年<th colspan=2>2023年</tr>
        <tr><th>绝对数<th>增长（%）<th>绝对数<th>增长（%）</tr>
        <tr><td>粮食产量<td rowspan=2>万吨<td>35.1<td>1.1<td>36.2<td>3.1</tr>
        <tr><td>蔬菜产量<td>120<td>2.0<td>126<td>5.0</tr></table></body></html>""",
        encoding="utf-8",
    )
    (report,) = pipeline.read_file(path).reports
    (first, growth, second, _) = cells(report)["粮食产量"]
    assert [o.span.start.year for o in (first, growth, second) if o.span] == [2022, 2022, 2023]
    assert (first.quantity.value, first.quantity.unit, growth.measure) == (Decimal(351000), "吨", Measure.GROWTH)
    assert [o.quantity.text for o in cells(report).get("蔬菜产量", [])] == ["2.0", "5.0"]  # its unit is not told


def test_a_table_cut_by_a_page_break_goes_on_under_its_head(read) -> None:
    rows = PRODUCTS.splitlines()
    assert list(cells(read("\n".join([*rows[:6], "", "", *rows[6:]])))) == list(cells(read(PRODUCTS)))


def test_months_and_numbered_columns(read) -> None:
    found = cells(
        read(
            """| 指标 | 单位 | 1-6月 | 1-9月 |
| --- | --- | --- | --- |
| 甲 | 乙 | 1 | 2 |
| 工业增加值 | 亿元 | 100.5 | 160.2 |
| 年末实有企业 | 万户 | 1.2万户 | 1.3 |
"""
        )
    )
    assert [str(o.span.end) for o in found["工业增加值"] if o.span] == ["2023-06-30", "2023-09-30"]
    assert [(o.quantity.text, o.quantity.value) for o in found["年末实有企业"]] == [
        ("1.2万", Decimal(12000)),
        ("1.3", Decimal(13000)),
    ]
