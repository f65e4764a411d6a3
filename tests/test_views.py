"""The reading side: headers, the columns that they promise, reviewed rows, and checks that find a planted defect."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from handmade import example, undone, write
from sqlalchemy import Connection, text

from etl import load, pipeline, views, vocabulary
from etl.assets import folder
from etl.cli.database import connect
from etl.cli.output import json_lines, plain

GOLDEN = Path(__file__).parent / "views"
CONTRACT = {
    "v_reports": (
        "report_id source_name ordinal title title_is_inferred kind issuer_name issuer_type issuer_is_redacted "
        "region_code region_name report_date period_start period_end char_start char_end"
    ),
    "v_observations": (
        "observation_id report_id source_name report_title section_path char_start char_end value_text value "
        "value_high from_value unit base_value base_unit measure status bound indicator_text indicator_code "
        "indicator_name topic period_start period_end period_label period_is_explicit organization_id "
        "organization_name organization_type region_code region_name is_redacted evidence rule confidence"
    ),
    "v_organization_mentions": (
        "mention_id report_id source_name organization_id organization_name organization_type region_code surface role "
        "char_start char_end"
    ),
    "v_initiative_mentions": (
        "mention_id report_id source_name initiative_id initiative_name initiative_kind surface organization_name "
        "period_start period_end char_start char_end"
    ),
    "v_policy_citations": (
        "citation_id report_id source_name policy_id policy_title document_number surface char_start char_end"
    ),
}
VIEWS = views.queries()
CHECKS = views.checks()


STATISTICS = """地区,指标,时期,数值,单位,来源
420200,城镇新增就业,2021,4.7,万人,发明的年鉴
黄石市,城镇新增就业,2022年,5.11,万人,发明的年鉴
黄石市,城镇新增就业增速,2021年,5.5,%,发明的年鉴
420000,城镇新增就业,2022年,90,万人,发明的年鉴
黄石市,紫苏种植户,2022年,5,户,发明的年鉴
"""


@pytest.fixture(scope="module")
def filled(database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two cities, two years, a second report that disagrees with the first, a table of statistics, and one finding."""
    table = tmp_path_factory.mktemp("tables") / "statistics.csv"
    table.write_text(STATISTICS, "utf-8")
    with connect(database).begin() as connection:
        views.upgrade(connection)
        write(
            connection,
            example("anhe-2021.txt", region_code="420200"),
            example("anhe-2022.txt", region_code="420200", of=2022, jobs="5.1 万", people=51000, growth="7.4"),
            example("anhe-2022-b.txt", region_code="420200", of=2022, jobs="5.4 万", people=54000, growth="7.4"),
            example("qingyuan-2022.txt", city="清源市", region_code="360300", of=2022, jobs="6 万", people=60000),
            example("masked-2022.txt", city="XX市", is_redacted=True, of=2022),
            pipeline.read_file(table),
        )
        check = CHECKS["differs_between_reports"]
        rows = json_lines(views.run_check(connection, check))
        load.write_findings(connection, check.name, check.header["Severity"], rows)
    return database


@pytest.fixture
def connection(filled: str) -> Iterator[Connection]:
    with undone(filled) as connection:
        yield connection


@pytest.mark.parametrize("path", sorted(folder("queries").rglob("*.sql")), ids=lambda path: path.stem)
def test_header_is_complete(path: Path) -> None:
    query = views.Query.read(path)
    fields = [*views.FIELDS, "Kind", "Severity"] if path.parent.name == "checks" else list(views.FIELDS)
    assert sorted(query.header.keys() - {"Threshold"}) == sorted(fields)
    assert (":threshold" in query.sql) == (query.threshold is not None)
    assert all(value for field, value in query.header.items() if field != "Columns")
    assert query.columns
    assert all(" · " in meaning for meaning in query.columns.values())
    if "Kind" in query.header:
        assert query.header["Kind"] in ("proof", "plausibility")
        assert query.header["Severity"] in ("error", "warning", "notice")


def test_a_bad_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("-- Title: x\nSELECT 1", "utf-8")
    with pytest.raises(views.QueryError, match=r"x\.sql: the header lacks Question, Grain, Columns, Caveats"):
        views.Query.read(tmp_path / "x.sql")


@pytest.mark.parametrize("name", CONTRACT)
def test_the_public_columns_are_there(name: str) -> None:
    assert set(CONTRACT[name].split()) <= VIEWS[name].columns.keys()


@pytest.mark.parametrize("name", VIEWS)
def test_views_read_base_views_only_and_those_come_first(name: str) -> None:
    own = VIEWS[name].sql
    order = list(VIEWS)
    read = [other for other in VIEWS if f"mart.{other}" in own]
    assert all(other.startswith("base_") and order.index(other) < order.index(name) for other in read)


@pytest.mark.parametrize("name", VIEWS)
def test_golden_rows(connection: Connection, name: str) -> None:
    """Reviewed rows; the long ids are left out, since the names beside them say the same."""
    result = views.run(connection, name, [])
    assert result.columns == tuple(VIEWS[name].columns)
    shown = [n for n, column in enumerate(result.columns) if not column.endswith("_id")]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([result.columns[n] for n in shown])
    writer.writerows(sorted([plain(row[n]) for n in shown] for row in result.rows))
    golden = GOLDEN / f"{name}.csv"
    if not golden.exists():
        golden.write_text(buffer.getvalue(), "utf-8")
        pytest.fail(f"{golden.name} was missing and is written now: review it")
    assert buffer.getvalue() == golden.read_text("utf-8")


@pytest.mark.parametrize("name", CHECKS)
def test_checks_hold_on_good_data(connection: Connection, name: str) -> None:
    result = views.run_check(connection, CHECKS[name])
    assert result.columns == tuple(CHECKS[name].columns)
    assert len(result.rows) == (1 if name == "differs_between_reports" else 0)  # anhe-2022-b is there to disagree


CONCEPT = "UPDATE kb.observations SET indicator_id = i.indicator_id FROM kb.indicators AS i WHERE indicator_text"
JOBS_AS = f"{CONCEPT} = '城镇新增就业' AND i.code ="
AREA_AS = f"{CONCEPT} = '种植紫苏' AND i.code ="
DEFECTS = {
    "person_as_row": (
        "UPDATE kb.sentences SET content = '主任赵立新，' || content, content_masked = '主任赵××，' || content;"
        "UPDATE kb.initiatives SET name = '赵立新工作室' WHERE name = '清风行动'"
    ),
    "span_shows_surface": "UPDATE kb.organization_mentions SET surface = '清河市人社局' WHERE surface = '清源市人社局'",
    "text_is_whole": "UPDATE kb.source_texts SET content = content || '。'",
    "value_as_printed": "UPDATE kb.quantities SET value = 4.75 WHERE value_text = '4.75 万'",
    "unit_converts": "UPDATE kb.units SET factor_numerator = 10 WHERE unit = '平方米'",
    "fact_inside_report": "UPDATE kb.reports SET char_end = char_end - 20",
    "text_outside_reports": "UPDATE kb.reports SET char_start = 5",
    "percentage_out_of_range": (
        "UPDATE kb.observations SET measure = 'share' WHERE measure = 'growth';"
        "UPDATE kb.quantities SET value = 120 WHERE unit = '%'"
    ),
    "actual_after_report": "UPDATE kb.reports SET report_date = '2000-01-01'",
    "tenfold_jump": "UPDATE kb.quantities SET value = 510000 WHERE value = 51000",
    "growth_does_not_fit": "UPDATE kb.quantities SET value = 40 WHERE value_text = '7.4'",
    "differs_within_report": (
        f"{AREA_AS} 'URBAN_EMPLOYMENT'; UPDATE kb.quantities SET unit = '人' WHERE unit = '亩';"
        "UPDATE kb.sentences SET content = content || sentence_id;"
        "UPDATE kb.observations SET sentence_id = (SELECT max(sentence_id) FROM kb.sentences)"
        " WHERE indicator_text = '种植紫苏'"
    ),
    "differs_between_reports": (
        "UPDATE kb.quantities SET value = 40 WHERE value_text = '7.4'"
        " AND source_id = (SELECT source_id FROM kb.sources WHERE name = 'anhe-2022-b.txt')"
    ),
    "parts_above_whole": (
        "UPDATE kb.sentences SET content = replace(content, '种植', '其中');"
        "UPDATE kb.source_texts SET content = replace(content, '种植', '其中');"
        "UPDATE kb.quantities SET value = 100000, unit = '人' WHERE unit = '亩'"
    ),
    "parts_do_not_add_up": (
        f"{JOBS_AS} 'POPULATION'; {AREA_AS} 'POPULATION_URBAN';"
        "UPDATE kb.quantities SET value = 100000, unit = '人' WHERE unit = '亩'"
    ),
    "value_out_of_range": "UPDATE kb.indicators SET high = 50000 WHERE code = 'URBAN_EMPLOYMENT'",
    "target_far_from_outcome": "UPDATE kb.quantities SET value = 30000 WHERE value_text = '5万'",
    "growth_far_from_target": (
        "UPDATE kb.observations SET measure = 'growth' WHERE status = 'target';"
        "UPDATE kb.quantities SET value = 20, unit = '%' WHERE value_text = '5万'"
    ),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_planted_defect_is_found(connection: Connection, name: str) -> None:
    before = len(views.run_check(connection, CHECKS[name]).rows)
    for statement in DEFECTS[name].split(";"):
        connection.execute(views.verbatim(statement))
    assert len(views.run_check(connection, CHECKS[name]).rows) > before


def test_facts_that_are_not_trusted_are_left_out_unless_asked_for(connection: Connection) -> None:
    def rows(least: float | None = None) -> int:
        return len(views.run(connection, "base_figures", ["status=target"], min_confidence=least).rows)

    before = rows()
    trusted_from = vocabulary.confidence().trusted_from
    lowered = "UPDATE kb.observations SET confidence = :low WHERE status = 'target'"
    connection.execute(text(lowered), {"low": trusted_from - 0.01})
    assert (rows(), rows(0)) == (0, before)
    assert {
        row[0] for row in views.run(connection, "v_observations", ["status=target"], columns=("is_trusted",)).rows
    } == {False}
    connection.execute(text(lowered), {"low": trusted_from})
    connection.execute(text("SET LOCAL kb.min_confidence = ''"))
    assert rows() == before
    assert {row[0] for row in views.run(connection, "v_observations", [], columns=("is_trusted",)).rows} == {True}


def test_claimed_ranks(connection: Connection) -> None:
    connection.execute(text("UPDATE kb.observations SET measure = 'rank' WHERE measure = 'growth'"))
    claimed = views.run(connection, "claimed_ranks", [], columns=("organization_name", "others_claiming")).rows
    assert sorted(claimed) == [("安河市", 0), ("安河市", 0), ("安河市", 0), ("清源市", 0)]


def test_a_finding_keeps_the_run_that_brought_it(connection: Connection) -> None:
    def found() -> list[tuple[object, ...]]:
        return views.run(connection, "findings", [], columns=("severity", "is_new", "found_in_run")).rows

    check = CHECKS["differs_between_reports"]
    load.begin_run(connection, "v1", [])
    rows = json_lines(views.run_check(connection, check))
    assert load.write_findings(connection, check.name, "warning", rows) == 0
    assert found() == [("warning", False, 1)]
    assert load.write_findings(connection, check.name, "notice", []) == 0
    assert found() == []


def test_conditions(connection: Connection) -> None:
    def values(*conditions: str) -> list[object]:
        result = views.run(connection, "v_observations", list(conditions), columns=("source_name", "value"))
        return sorted(f"{source}:{plain(value)}" for source, value in result.rows)

    assert values("value=60000") == ["qingyuan-2022.txt:60,000"]
    assert values("value>=51000", "status=actual", "source_name~ANHE") == [
        "anhe-2022-b.txt:54,000",
        "anhe-2022.txt:51,000",
    ]
    assert values("period_start=2023-01-01", "source_name!=masked-2022.txt", "value>0") == [
        "anhe-2022-b.txt:50,000", "anhe-2022.txt:50,000", "qingyuan-2022.txt:50,000"
    ]  # fmt: skip
    assert len(values("value=")) == 5
    assert len(values("value!=", "source_name=anhe-2021.txt")) == 4


@pytest.mark.parametrize(
    ("name", "condition", "message"),
    [
        ("no_such", "a=1", "There is no query 'no_such'"),
        ("v_reports", "no_such=1", "is no condition on a column of v_reports. Columns: report_id, "),
        ("v_reports", "title; DROP TABLE kb.reports", "is no condition"),
    ],
)
def test_a_question_that_makes_no_sense(connection: Connection, name: str, condition: str, message: str) -> None:
    with pytest.raises(views.QueryError, match=message):
        views.run(connection, name, [condition])


def test_values_are_bound_not_pasted(connection: Connection) -> None:
    assert views.run(connection, "v_reports", ["title=x' OR 'x' = 'x"]).rows == []


def test_figures_behind_the_name_of_an_initiative_belong_to_it(connection: Connection) -> None:
    """The golden report names its campaign behind its figures; here it stands before the area, once too far away."""
    place = (
        "UPDATE kb.initiative_mentions AS m SET char_start = q.char_start - {0}, char_end = q.char_start - {0} + 4"
        " FROM kb.quantities AS q JOIN kb.sources AS s USING (source_id)"
        " WHERE q.report_id = m.report_id AND q.value_text = '300' AND s.name = '{1}'"
    )
    connection.execute(text(place.format(9, "anhe-2021.txt")))
    connection.execute(text(place.format(50, "anhe-2022.txt")))
    found = views.run(
        connection, "initiative_figures", [], columns=("initiative_name", "indicator", "value", "source_name")
    )
    assert [(*row[:2], int(row[2]), row[3]) for row in found.rows] == [
        ("清风行动", "种植紫苏", 200000, "anhe-2021.txt")
    ]
