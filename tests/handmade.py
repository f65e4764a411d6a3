"""Small reports made by hand, as the stages before the loader would give them, and ways to store them."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from etl import load
from etl.cli.database import connect
from etl.records import (
    Bound,
    FileFacts,
    InitiativeMention,
    Measure,
    Observation,
    OrganizationMention,
    Paragraph,
    ParagraphKind,
    PolicyCitation,
    Quantity,
    Report,
    ReportFacts,
    Role,
    SourceText,
    Status,
    TimeSpan,
)
from schema import tables as t

HEADING = "一、就业工作"


def year(number: int) -> TimeSpan:
    return TimeSpan(date(number, 1, 1), date(number, 12, 31), "year", f"{number}年")


def paragraph(body: str, piece: str, kind: ParagraphKind = ParagraphKind.BODY, level: int = 0) -> Paragraph:
    """The paragraph that reads `piece`, without its spaces."""
    start = body.index(piece)
    kept = [start + i for i, character in enumerate(piece) if character != " "]
    return Paragraph("".join(body[i] for i in kept), array("l", kept), kind, level)


def example(
    name: str = "a.txt",
    *,
    city: str = "安河市",
    region_code: str | None = None,
    is_redacted: bool = False,
    of: int = 2021,
    jobs: str = "4.75 万",
    people: int = 47500,
    growth: str = "5.5",
    land: str = "300",
    kind: str = "department",
) -> FileFacts:
    """The yearly report of a city's labour bureau.

    It has a level with its growth, a target for the next year, an area, a number that is passed over and one that no
    rule claims, a masked one, and one mention each of a body, an initiative and a policy.
    """
    bureau = f"{city}人力资源和社会保障局"
    main = (
        f"{of}年，{city}人社局城镇新增就业{jobs}人，增长{growth}%，种植紫苏 {land} 亩，接待xx人，"
        f"第3次开展“清风行动”，得17分（见《就业条例》）。"
    )
    plan = f"{of + 1}年城镇新增就业5万人以上。"
    body = f"{bureau}{of}年工作总结\n{HEADING}\n{main}\n{plan}\n"
    paragraphs = (paragraph(body, HEADING, ParagraphKind.HEADING, 2), paragraph(body, main), paragraph(body, plan))
    report = Report(
        1, 0, len(body) - 1, paragraphs, title=body.split("\n")[0], kind="工作总结", issuer_name=bureau,
        issuer_type=kind, issuer_is_redacted=is_redacted, region_code=region_code, report_date=date(of + 1, 1, 10),
        period=year(of),
    )  # fmt: skip

    def at(words: str, number: int = 1) -> tuple[int, int, int, str]:
        start = paragraphs[number].text.index(words)
        return number, start, start + len(words), words

    def quantity(words: str, amount: int | str | None, unit: str, number: int = 1, **more: Any) -> Quantity:
        place = at(words, number)
        value = None if amount is None else Decimal(amount)
        return Quantity(*place, value, unit, place[2] + len(unit), rule="arabic", **more)

    def observation(number: Quantity, indicator: str, **more: Any) -> Observation:
        given: dict[str, Any] = {"measure": Measure.LEVEL, "status": Status.ACTUAL, "span": year(of), **more}
        sentence = (0, len(paragraphs[number.paragraph].text))
        return Observation(
            number, indicator, period_is_explicit=True, organization_name=city, organization_type="territory",
            region_code=region_code, section=(HEADING,), evidence=sentence, rule="amount", confidence=0.9, **given,
        )  # fmt: skip

    level = quantity(jobs.replace(" ", ""), people, "人")
    rise = quantity(growth, growth, "%")
    area = quantity(land, land, "亩")
    target = quantity("5万", 50000, "人", 2, bound=Bound.ABOVE)
    masked = quantity("xx", None, "人", is_redacted=True)
    ordinal = quantity("3", 3, "次", passed_over="ordinal")
    unclaimed = quantity("17", 17, "分")
    observations = (
        observation(level, "城镇新增就业"),
        observation(rise, "城镇新增就业", measure=Measure.GROWTH),
        observation(area, "种植紫苏"),
        observation(target, "城镇新增就业", status=Status.TARGET, span=year(of + 1)),
        observation(masked, "接待紫苏种植户", span=None),
    )
    facts = ReportFacts(
        report,
        observations,
        (level, rise, area, target, masked, ordinal, unclaimed),
        organizations=(
            OrganizationMention(
                *at(f"{city}人社局"), bureau, kind, region_code, city, Role.ISSUER, is_redacted, "short form", 0.8
            ),
        ),
        initiatives=(InitiativeMention(*at("清风行动"), "清风行动", "campaign", bureau, year(of), "quoted", 0.7),),
        policies=(PolicyCitation(*at("《就业条例》"), "就业条例", "安发〔2021〕3号", "marks", 0.9),),
    )
    source = SourceText(
        name,
        f"/reports/{name}",
        hashlib.sha256(body.encode()).hexdigest(),
        len(body.encode()),
        "text/plain",
        "utf-8",
        body,
    )
    return FileFacts(source, (facts,), ((len(body) - 1, len(body), "line end"),))


@contextmanager
def undone(database: str) -> Iterator[Connection]:
    """A connection of which nothing stays."""
    with connect(database).connect() as connection:
        yield connection
        connection.rollback()


def write(connection: Connection, *files: FileFacts) -> list[load.Row]:
    """Load files as one run, in the transaction that is open; the changes, one a file."""
    run = load.begin_run(connection, "v1", ["/reports"])
    changes = []
    for facts in files:
        changes.append(load.write_file(connection, load.prepare(facts), run, version="v1"))
        clear_stages(connection)
    load.settle(connection)
    load.end_run(connection, run)
    return changes


def clear_stages(connection: Connection) -> None:
    """What the end of a transaction does."""
    for table in (*load.DIMENSIONS, *load.FACTS):
        connection.execute(text(f"TRUNCATE stage_{table.name}"))


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the runs' own, without the times of loading."""
    found = {}
    for table in t.metadata.sorted_tables:
        if table.name not in ("load_runs", "load_changes"):
            columns = [column.name for column in table.columns if column.name not in ("loaded_at", "load_run_id")]
            order = ", ".join(load.primary_key(table))
            rows = connection.execute(text(f"SELECT {', '.join(columns)} FROM {table.fullname} ORDER BY {order}"))
            found[table.name] = [tuple(row) for row in rows]
    return found
