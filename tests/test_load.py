"""Facts into rows: once however often, the same in any order, and only what the file says."""

from __future__ import annotations

import random
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handmade import HEADING, clear_stages, contents, example, undone, write
from sqlalchemy import Connection, text

from etl import keys, load, views
from etl.cli.database import connect
from etl.records import FileFacts, Paragraph, PersonMention, ReadError


@pytest.fixture(scope="module")
def upgraded(database: str) -> str:
    with connect(database).begin() as connection:
        views.upgrade(connection)
    return database


@pytest.fixture
def connection(upgraded: str) -> Iterator[Connection]:
    with undone(upgraded) as connection:
        yield connection


def one(connection: Connection, sql: str) -> dict[str, Any]:
    return dict(connection.execute(text(sql)).mappings().one())


def test_every_fact_is_stored_with_its_place(connection: Connection) -> None:
    write(connection, example())
    observation = one(connection, "SELECT * FROM mart.v_observations WHERE indicator_text = '种植紫苏'")
    expected = {
        "source_name": "a.txt", "section_path": HEADING, "value_text": "300", "value": 300, "unit": "亩",
        "base_value": 200000, "base_unit": "平方米", "measure": "level", "status": "actual", "bound": "exact",
        "indicator_code": None, "indicator_name": None, "period_label": "2021年", "organization_name": "安河市",
        "organization_type": "territory", "is_redacted": False, "rule": "amount",
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
    assert len(surfaces) == 8
    assert all(piece == surface for piece, surface in surfaces)
    assert ("4.75 万", "4.75 万") in surfaces  # as printed, with the space that the reading drops


def test_a_phrase_of_the_catalog_gets_its_concept(connection: Connection) -> None:
    write(connection, example())
    found = one(connection, "SELECT * FROM mart.v_observations WHERE value = 47500")
    assert (found["indicator_code"], found["indicator_name"]) == ("URBAN_EMPLOYMENT", "城镇新增就业")


@pytest.mark.parametrize(
    ("phrase", "unit", "measure", "name"),
    [
        ("GDP", "元", "level", "地区生产总值"),
        ("地区 生产总值（GDP）", "元", "level", "地区生产总值"),
        ("地区生产总值", "%", "growth", "地区生产总值"),
        ("粮食总产量", "公里", "level", "粮食总产量（公里）"),
        ("种植紫苏", "亩", "level", "种植紫苏"),
    ],
)
def test_concept_of_a_phrase(phrase: str, unit: str, measure: str, name: str) -> None:
    assert keys.concept_of(phrase, unit, measure) == name


def test_numbers_are_claimed_passed_over_or_unclaimed(connection: Connection) -> None:
    write(connection, example())
    found = connection.execute(
        text("SELECT value_text, disposition, passed_over FROM kb.quantities WHERE disposition <> 'claimed' ORDER BY 1")
    ).all()
    assert found == [("17", "unclaimed", None), ("3", "passed_over", "ordinal")]


def test_loading_twice_changes_nothing(connection: Connection) -> None:
    write(connection, example("a.txt"), example("b.txt", city="清源市"))
    once = contents(connection)
    (change,) = write(connection, example("a.txt"))
    assert contents(connection) == once
    assert (change["observations_added"], change["observations_changed"], change["observations_removed"]) == (0, 0, 0)


def test_any_order_gives_the_same_rows(upgraded: str) -> None:
    # The files disagree on what the bureau is, so that settling has something to decide.
    files = [example("a.txt"), example("b.txt", kind="government", of=2022), example("c.txt", city="清源市")]
    with undone(upgraded) as connection:
        write(connection, *files)
        forward = contents(connection)
    with undone(upgraded) as connection:
        write(connection, *reversed(files))
        backward = contents(connection)
    with undone(upgraded) as connection:
        for facts in (files[1], files[2], files[0]):
            write(connection, facts)
        one_by_one = contents(connection)
    assert forward == backward == one_by_one


def test_a_changed_file_replaces_only_its_own_rows(connection: Connection) -> None:
    write(connection, example("a.txt"), example("b.txt", city="清源市"))
    before = contents(connection)
    (change,) = write(connection, example("a.txt", jobs="4.80 万", people=48000))
    after = contents(connection)
    values = connection.execute(
        text("SELECT source_name, value FROM mart.v_observations WHERE value > 40000 ORDER BY 1, 2")
    )
    assert values.all() == [("a.txt", 48000), ("a.txt", 50000), ("b.txt", 47500), ("b.txt", 50000)]
    assert (change["action"], change["observations_changed"], change["observations_added"]) == ("changed", 1, 0)
    of_b = {name: [row for row in rows if keys.stable_id("source", "b.txt") in row] for name, rows in before.items()}
    assert {
        name: [row for row in rows if keys.stable_id("source", "b.txt") in row] for name, rows in after.items()
    } == of_b


def test_what_a_file_no_longer_says_goes(connection: Connection) -> None:
    write(connection, example())
    nothing = example()
    empty = replace(nothing, reports=(replace(nothing.reports[0], observations=(), quantities=(), initiatives=()),))
    (change,) = write(connection, empty)
    assert change["observations_removed"] == 5
    for table in ("observations", "quantities", "sentences", "initiatives", "initiative_mentions"):
        assert one(connection, f"SELECT count(*) AS n FROM kb.{table}") == {"n": 0}
    assert one(connection, "SELECT count(*) AS n FROM kb.policies") == {"n": 1}


def test_a_concept_may_get_another_name(connection: Connection) -> None:
    write(connection, example())
    connection.execute(text("UPDATE kb.indicators SET code = NULL WHERE code = 'GDP'"))
    earlier = "INSERT INTO kb.indicators (indicator_id, name, code) VALUES (7, '经济总量之和', 'GDP')"
    connection.execute(text(earlier))
    load.begin_run(connection, "v1", [])
    assert one(connection, "SELECT code FROM kb.indicators WHERE name = '经济总量之和'") == {"code": None}
    assert one(connection, "SELECT name FROM kb.indicators WHERE code = 'GDP'") == {"name": "地区生产总值"}


def test_forget_takes_out_what_only_that_file_said(connection: Connection) -> None:
    write(connection, example("b.txt", city="清源市"))
    without = contents(connection)
    write(connection, example("a.txt"))
    load.forget(connection, "a.txt", "/reports/a.txt", load.begin_run(connection, "v1", []))
    load.settle(connection)
    assert contents(connection) == without


def test_a_masked_body_is_one_per_report(connection: Connection) -> None:
    write(connection, example("a.txt", city="XX市", is_redacted=True), example("b.txt", city="XX市", is_redacted=True))
    found = connection.execute(text("SELECT DISTINCT issuer_id, issuer_is_redacted FROM mart.v_reports")).all()
    assert len(found) == 2
    assert all(is_redacted for _, is_redacted in found)


def test_an_unlisted_region_is_kept_and_marked(connection: Connection) -> None:
    write(connection, example(region_code="999999"))
    assert one(connection, "SELECT level FROM kb.regions WHERE region_code = '999999'") == {"level": "unknown"}


def test_text_is_found_across_pieces(connection: Connection) -> None:
    facts = example()
    body = facts.source.text + "".join(chr(0x4E00 + n % 9000) for n in range(3 * load.PIECE))
    write(connection, replace(facts, source=replace(facts.source, text=body)))
    for start, end in ((0, 5), (4090, 4100), (4095, 4096), (4096, 4097), (8000, 12300), (len(body) - 3, len(body))):
        found = connection.execute(text("SELECT kb.source_text('a.txt', :start, :end)"), {"start": start, "end": end})
        assert found.scalar_one() == body[start:end]


def test_a_file_with_nul_is_refused() -> None:
    facts = example()
    with pytest.raises(ReadError, match=r"a\.txt.*NUL.*; "):
        load.prepare(replace(facts, source=replace(facts.source, text=facts.source.text + "\0")))


def quarantine(connection: Connection, run: int) -> None:
    message = "a.txt: the file is empty; get it again"
    path = Path("/reports/a.txt")
    load.write_quarantine(connection, path, message, run, version="v1", name="a.txt", sha256="0" * 64)


def test_quarantine_keeps_reason_and_remedy(connection: Connection) -> None:
    run = load.begin_run(connection, "v1", [])
    quarantine(connection, run)
    found = one(connection, "SELECT status, reason, remedy, char_count FROM kb.sources")
    assert found == {
        "status": "quarantined", "reason": "a.txt: the file is empty", "remedy": "get it again", "char_count": 0
    }  # fmt: skip


def test_facts_of_the_last_good_version_stay(connection: Connection) -> None:
    write(connection, example())
    run = load.begin_run(connection, "v1", [])
    quarantine(connection, run)
    assert one(connection, "SELECT status FROM kb.sources") == {"status": "stale"}
    assert one(connection, "SELECT count(*) AS n FROM kb.observations") == {"n": 5}
    clear_stages(connection)
    write(connection, example())
    assert one(connection, "SELECT status, reason, rejected_sha256 FROM kb.sources") == {
        "status": "loaded", "reason": None, "rejected_sha256": None
    }  # fmt: skip


def known(path: Path, sha256: str, name: str | None = None, version: str = "v1") -> load.Known:
    return load.Known(name or path.name, str(path), sha256, "loaded", version)


def test_what_is_to_be_read(tmp_path: Path) -> None:
    first = tmp_path / "总结.txt"
    first.touch()
    inventory = load.Inventory("v1")
    assert inventory.decide(first, "a" * 64) == load.Decision("read", "总结.txt")
    inventory.note(known(first, "a" * 64))
    assert inventory.decide(first, "a" * 64).action == "unchanged"
    assert inventory.decide(first, "b" * 64) == load.Decision("read", "总结.txt", known(first, "a" * 64))
    inventory.version = "v2"
    assert inventory.decide(first, "a" * 64).action == "read"


def test_two_files_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "x" / "总结.txt", tmp_path / "y" / "总结.txt"
    first.parent.mkdir()
    first.touch()
    inventory = load.Inventory("v1")
    inventory.note(known(first, "a" * 64))
    assert inventory.decide(second, "b" * 64).name == "总结~bbbbbbbb.txt"
    assert inventory.decide(second, "a" * 64).action == "duplicate"


def test_a_file_that_moved_is_not_read_again(tmp_path: Path) -> None:
    gone, here = tmp_path / "x" / "总结.txt", tmp_path / "总结.txt"
    inventory = load.Inventory("v1")
    inventory.note(known(gone, "a" * 64))
    assert inventory.decide(here, "a" * 64).action == "moved"
    assert inventory.decide(here, "b" * 64) == load.Decision("read", "总结.txt", known(gone, "a" * 64))


@pytest.mark.parametrize(
    ("start", "end", "granularity", "label"),
    [
        ("2021-11-30", "2021-11-30", "day", "2021年11月30日"),
        ("2021-02-01", "2021-02-28", "month", "2021年2月"),
        ("2021-07-01", "2021-09-30", "quarter", "2021年三季度"),
        ("2021-01-01", "2021-06-30", "half", "2021年上半年"),
        ("2021-01-01", "2021-12-31", "year", "2021年"),
        ("2021-01-01", "2025-12-31", "plan", "2021—2025年"),
        ("2017-01-01", "2021-12-31", "span", "2017—2021年"),
        ("2021-01-01", "2021-11-30", "span", "2021年1—11月"),
        ("2020-10-01", "2021-03-31", "span", "2020年10月—2021年3月"),
        ("2021-03-05", "2021-04-01", "span", "2021年3月5日—2021年4月1日"),
    ],
)
def test_labels_of_periods(start: str, end: str, granularity: str, label: str) -> None:
    assert keys.describe_period(date.fromisoformat(start), date.fromisoformat(end)) == (granularity, label)


def test_ids_are_the_same_everywhere() -> None:
    assert keys.stable_id("source", "a.txt") == 376042520861391913


# ---------------------------------------------------------------- copies and people


def long_report(name: str, seed: int = 1, noise: Callable[[str], str] = str) -> FileFacts:
    """The example, with a paragraph of its own that is long enough to be recognized."""
    facts = example(name, of=2000 + seed)
    (read,) = facts.reports
    draw = random.Random(seed)
    long = "".join(
        chr(draw.randint(0x4E00, 0x9FA5)) + (f"{draw.randint(10, 9999)}" if n % 9 == 0 else "") for n in range(900)
    )
    added = Paragraph(noise(long), array("l", range(len(noise(long)))))
    return replace(
        facts, reports=(replace(read, report=replace(read.report, paragraphs=(*read.report.paragraphs, added))),)
    )


def copies(connection: Connection) -> set[tuple[str, str]]:
    rows = connection.execute(text("SELECT source_name, original_source_name FROM mart.v_reports WHERE is_copy"))
    return {(copy, original) for copy, original in rows}


def test_copies_are_linked_in_any_order_and_counted_once(upgraded: str) -> None:
    files = [
        long_report("a.txt"),
        long_report("b.txt", noise=lambda body: body[:-200]),
        long_report("c.txt", seed=2),
        long_report("d.txt", noise=lambda body: re.sub(r"[0-9]+", "xx", body)),
    ]
    for order in (files, files[::-1], files[2:] + files[:2]):
        with undone(upgraded) as connection:
            write(connection, *order)
            assert copies(connection) == {("b.txt", "a.txt"), ("d.txt", "a.txt")}
            shown = connection.execute(text("SELECT count(*) FROM mart.v_observations")).scalar_one()
            assert shown == sum(len(facts.reports[0].observations) for facts in files)
            counted = connection.execute(text("SELECT DISTINCT source_name FROM mart.base_figures")).scalars()
            assert set(counted) == {"a.txt", "c.txt"}


def test_copies_are_judged_anew_when_files_go_or_change(connection: Connection) -> None:
    write(connection, long_report("a.txt"), long_report("b.txt"), long_report("c.txt"))
    assert copies(connection) == {("b.txt", "a.txt"), ("c.txt", "a.txt")}
    run = load.begin_run(connection, "v1", [])
    load.forget(connection, "a.txt", "/reports/a.txt", run)
    load.settle(connection)
    assert copies(connection) == {("c.txt", "b.txt")}
    write(connection, long_report("c.txt", seed=2))
    assert copies(connection) == set()
    write(connection, long_report("a.txt"))
    assert copies(connection) == {("b.txt", "a.txt")}


def test_people_are_masked_in_evidence(connection: Connection) -> None:
    facts = example("a.txt", city="赵立新")  # where a person would stand
    (read,) = facts.reports
    sentence = read.report.paragraphs[1].text
    start = sentence.index("赵立新")
    named = replace(read, people=(PersonMention(1, start, start + 3, "赵立新"),))
    write(connection, replace(facts, reports=(named,)))
    found = one(connection, "SELECT evidence, evidence_masked FROM mart.v_observations WHERE value = 300")
    assert found == {"evidence": sentence, "evidence_masked": sentence.replace("赵立新", "赵××", 1)}
    plan = one(connection, "SELECT evidence, evidence_masked FROM mart.v_observations WHERE value = 50000")
    assert plan["evidence"] == plan["evidence_masked"]
    assert connection.execute(text("SELECT count(*) FROM kb.sentences WHERE content_masked IS NULL")).scalar_one() == 1


def test_every_table_is_analyzed(connection: Connection) -> None:
    """PostgreSQL takes a table that it has never looked at for one of ten pages, and plans nested loops of minutes."""
    write(connection, example("a.txt"))
    sql = "SELECT relname FROM pg_class WHERE relnamespace = 'kb'::regnamespace AND relkind = 'r' AND reltuples < 0"
    assert set(connection.execute(text(sql)).scalars()) <= {"alembic_version"}
