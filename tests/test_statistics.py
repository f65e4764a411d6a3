"""Tables of official statistics: what a row says, what cannot be used and why, how rows are stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handmade import undone
from sqlalchemy import text

from etl import load, pipeline, statistics, views
from etl.cli.database import connect
from etl.records import Measure

HEAD = "region,indicator,period,value,unit,source\n"


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "statistics.csv"
    path.write_text(head + "\n".join(rows) + "\n", "utf-8")
    return path


def test_a_table_is_known_by_its_head(tmp_path: Path) -> None:
    facts = pipeline.read_file(table(tmp_path, "黄石市,GDP,2022,2041.5,亿元,x"))
    (row,) = facts.statistics
    assert facts.reports == ()
    assert facts.source.text[row.char_start : row.char_end] == "| 黄石市 | GDP | 2022 | 2041.5 | 亿元 | x |"
    chinese = table(tmp_path, "2022年,420200,3.5,地区生产总值增速,%", head="年份,行政区划代码,数值,指标,单位\n")
    (row,) = pipeline.read_file(chinese).statistics
    assert (row.problem, row.concept_name, row.measure, row.publisher) == (None, "地区生产总值", Measure.GROWTH, None)


def test_another_table_is_a_report(tmp_path: Path) -> None:
    other = table(tmp_path, "黄石市,3,4", head="地区,产量,面积\n")
    assert pipeline.read_file(other).statistics == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("420200,GDP,2022,2041.5,亿元", "420200 地区生产总值 level 2022-01-01 2022-12-31 元"),
        ("湖北省黄石市,国内生产总值,2022年,2041.5,亿元", "420200 地区生产总值 level 2022-01-01 2022-12-31 元"),
        ("湖北,GDP,2022年上半年,2041.5,亿元", "420000 地区生产总值 level 2022-01-01 2022-06-30 元"),
        ("湖北,GDP,2022Q3,2041.5,亿元", "420000 地区生产总值 level 2022-07-01 2022-09-30 元"),
        ("湖北,GDP,2022年1—9月,2041.5,亿元", "420000 地区生产总值 level 2022-01-01 2022-09-30 元"),
        ("湖北,GDP,2022-03,2041.5,亿元", "420000 地区生产总值 level 2022-03-01 2022-03-31 元"),
        ('湖北,常住人口,2022-12-31,"204,150,000,000",人', "420000 常住人口 level 2022-12-31 2022-12-31 人"),
    ],
)
def test_a_row(tmp_path: Path, row: str, expected: str) -> None:
    (found,) = pipeline.read_file(table(tmp_path, row + ",x")).statistics
    assert found.span
    said = (found.region_code, found.concept_name, found.measure, found.span.start, found.span.end, found.unit)
    assert " ".join(map(str, said)) == expected
    assert (found.value, found.problem) == (Decimal(204_150_000_000), None)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("无此地,GDP,2022,1,亿元,x", "region '无此地': no such region, or several: give its code"),
        ("鼓楼区,GDP,2022,1,亿元,x", "region '鼓楼区': no such region, or several: give its code"),
        ("黄石市,紫苏种植户,2022,1,户,x", "indicator '紫苏种植户': no concept of the catalog in this unit"),
        ("黄石市,GDP,2022,1,亩,x", "indicator 'GDP': no concept of the catalog in this unit"),
        ("黄石市,GDP,去年,1,亿元,x", "period '去年': no year, half, quarter, month or day"),
        ("黄石市,GDP,2022年13月,1,亿元,x", "period '2022年13月': no year, half, quarter, month or day"),
        ("黄石市,GDP,2022,…,亿元,x", "value '…': no number"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, row: str, problem: str) -> None:
    (found,) = pipeline.read_file(table(tmp_path, row)).statistics
    assert found.problem == problem


@pytest.mark.parametrize("name", ["2022", "2022年", "2022年全年"])
def test_a_year(name: str) -> None:
    span = statistics.period(name)
    assert span
    assert (span.start, span.end) == (date(2022, 1, 1), date(2022, 12, 31))


def test_rows_are_stored_once_and_forgotten_with_their_file(tmp_path: Path, database: str) -> None:
    path = table(tmp_path, "黄石市,GDP,2022,2041.5,亿元,x", "无此地,GDP,2022,1,亿元,x")
    with connect(database).begin() as connection:
        views.upgrade(connection)
    with undone(database) as connection:
        for _ in range(2):
            run = load.begin_run(connection, "v1", [])
            load.write_file(connection, load.prepare(pipeline.read_file(path)), run, version="v1")
            for stage in (*load.DIMENSIONS, *load.FACTS):
                connection.execute(text(f"TRUNCATE stage_{stage.name}"))
        load.settle(connection)
        count = text("SELECT count(problem), count(*) FROM kb.statistics")
        assert connection.execute(count).one() == (1, 2)
        load.forget(connection, path.name, str(path), load.begin_run(connection, "v1", []))
        assert connection.execute(count).one() == (0, 0)
