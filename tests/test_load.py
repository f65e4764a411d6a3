"""Facts into rows: once however often, the same in any order, and only what the file says."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from etl import load, views
from etl.cli import connect
from etl.records import (
    FileFacts,
    InitiativeMention,
    Measure,
    Observation,
    OrganizationMention,
    Paragraph,
    ParagraphKind,
    PolicyCitation,
    Quantity,
    ReadError,
    Report,
    ReportFacts,
    Role,
    SourceText,
    Status,
    TimeSpan,
)
from schema import tables as t

YEAR = TimeSpan(date(2021, 1, 1), date(2021, 12, 31), "year", "全年")
HEADING = "一、就业工作"
BODY = "安河市人社局全年城镇新增就业4.75 万人，流转土地 300 亩，完成2021年第3次“清风行动”（见《安河市就业条例》）。"


def paragraph(body: str, piece: str, kind: ParagraphKind = ParagraphKind.BODY, level: int = 0) -> Paragraph:
    """The paragraph that reads `piece`, without its spaces."""
    start = body.index(piece)
    kept = [start + i for i, character in enumerate(piece) if character != " "]
    return Paragraph("".join(body[i] for i in kept), array("l", kept), kind, level)


def example(
    name: str, *, issuer: str = "安河市人力资源和社会保障局", value: str = "4.75 万", people: int = 47500
) -> FileFacts:
    """A small report with one fact of each kind, two observations, and a number that is passed over."""
    body = f"{issuer}2021年工作总结\n{HEADING}\n{BODY}\n".replace("4.75 万", value)
    source = SourceText(
        name,
        f"/reports/{name}",
        hashlib.sha256(body.encode()).hexdigest(),
        len(body.encode()),
        "text/plain",
        "utf-8",
        body,
    )
    main = paragraph(body, BODY.replace("4.75 万", value))
    heading = paragraph(body, HEADING, ParagraphKind.HEADING, 2)

    def at(words: str) -> tuple[int, int]:
        return main.text.index(words), main.text.index(words) + len(words)

    def number(words: str, amount: int, unit: str, **more: Any) -> Quantity:
        start, end = at(words)
        return Quantity(1, start, end, words, Decimal(amount), unit, end + len(unit), rule="arabic", **more)

    def observation(quantity: Quantity, indicator: str) -> Observation:
        return Observation(
            quantity, indicator, Measure.LEVEL, Status.ACTUAL, YEAR, True, "安河市", "territory", None,
            (HEADING,), (0, len(main.text)), "amount", 0.9,
        )  # fmt: skip

    jobs = number(value.replace(" ", ""), people, "人")
    land = number("300", 300, "亩")
    ordinal = number("3", 3, "次", passed_over="ordinal")
    report = Report(
        1, 0, len(body), (heading, main), title=body.split("\n")[0], kind="工作总结", issuer_name=issuer,
        issuer_type="department", report_date=date(2022, 1, 10), period=YEAR,
    )  # fmt: skip
    start, end = at("安河市人社局")
    bureau = OrganizationMention(
        1,
        start,
        end,
        "安河市人社局",
        issuer,
        "department",
        None,
        "安河市",
        Role.ISSUER,
        rule="short form",
        confidence=0.8,
    )
    start, end = at("清风行动")
    campaign = InitiativeMention(1, start, end, "清风行动", "清风行动", "campaign", issuer, YEAR, "quoted", 0.7)
    start, end = at("《安河市就业条例》")
    policy = PolicyCitation(1, start, end, "《安河市就业条例》", "安河市就业条例", "安发〔2021〕3号", "marks", 0.9)
    facts = ReportFacts(
        report, (observation(jobs, "城镇新增就业"), observation(land, "流转土地")), (jobs, land, ordinal), (),
        (bureau,), (campaign,), (policy,),
    )  # fmt: skip
    return FileFacts(source, (facts,), ((len(body) - 1, len(body), "line end"),))


@pytest.fixture(scope="module")
def upgraded(database: str) -> str:
    with connect(database).begin() as connection:
        views.upgrade(connection)
    return database


@pytest.fixture
def connection(upgraded: str) -> Iterator[Connection]:
    """A connection with a run open; nothing stays after the test."""
    with connect(upgraded).connect() as connection:
        yield connection
        connection.rollback()


def write(connection: Connection, *files: FileFacts) -> list[dict[str, Any]]:
    run = load.begin_run(connection, "v1", ["/reports"])
    changes = []
    for facts in files:
        changes.append(load.write_file(connection, load.prepare(facts), run, version="v1"))
        clear_stages(connection)
    load.settle(connection)
    load.end_run(connection, run)
    return changes


def clear_stages(connection: Connection) -> None:
    """What the end of a transaction does; the tests hold one open."""
    for table in (*load.DIMENSIONS, *load.FACTS):
        connection.execute(text(f"TRUNCATE stage_{table.name}"))


VOLATILE = {"loaded_at", "load_run_id"}


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the runs' own."""
    found = {}
    for table in t.metadata.sorted_tables:
        if table.name not in ("load_runs", "load_changes"):
            columns = [c for c in table.columns.keys() if c not in VOLATILE]
            rows = connection.execute(text(f"SELECT {', '.join(columns)} FROM {table.fullname} ORDER BY 1, 2"))
            found[table.name] = [tuple(row) for row in rows]
    return found


def test_every_fact_is_stored_with_its_place(connection: Connection) -> None:
    write(connection, example("a.txt"))
    observation = (
        connection.execute(text("SELECT * FROM mart.v_observations WHERE indicator_text = '流转土地'")).mappings().one()
    )
    expected = {
        "source_name": "a.txt", "section_path": HEADING, "value_text": "300", "value": 300, "unit": "亩",
        "base_value": 200000, "base_unit": "平方米", "measure": "level", "status": "actual", "bound": "exact",
        "indicator_code": None, "period_label": "2021年", "organization_name": "安河市", "organization_type": "territory",
        "is_redacted": False, "rule": "amount",
    }  # fmt: skip
    assert {key: observation[key] for key in expected} == expected
    surfaces = connection.execute(
        text("""
            SELECT kb.source_text(source_name, char_start, char_end), surface FROM mart.v_organization_mentions
            UNION ALL SELECT kb.source_text(source_name, char_start, char_end), surface FROM mart.v_initiative_mentions
            UNION ALL SELECT kb.source_text(source_name, char_start, char_end), surface FROM mart.v_policy_citations
            UNION ALL SELECT kb.source_text(source_name, char_start, char_end), value_text FROM mart.v_observations
        """)
    ).all()
    assert len(surfaces) == 5
    assert all(piece == surface for piece, surface in surfaces)
    assert ("4.75 万", "4.75 万") in surfaces


def test_concept_joins_by_name(connection: Connection) -> None:
    write(connection, example("a.txt"))
    codes = connection.execute(text("SELECT indicator_code FROM mart.v_observations WHERE unit = '人'")).scalars().all()
    assert codes == ["URBAN_EMPLOYMENT"]


def test_loading_twice_changes_nothing(connection: Connection) -> None:
    write(connection, example("a.txt"), example("b.txt", issuer="安河市民政局"))
    once = contents(connection)
    (change,) = write(connection, example("a.txt"))
    assert contents(connection) == once
    assert (change["observations_added"], change["observations_changed"], change["observations_removed"]) == (0, 0, 0)
