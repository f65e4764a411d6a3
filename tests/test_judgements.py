"""What people say of what was read: it survives reloads, is told when its source changes, can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from handmade import contents, example, undone, write
from sqlalchemy import Connection, text

from etl import judgements, load, views
from etl.cli.database import connect
from etl.judgements import Correction, Identity, JudgementError, Judgements


@pytest.fixture(scope="module")
def upgraded(database: str) -> str:
    with connect(database).begin() as connection:
        views.upgrade(connection)
    return database


@pytest.fixture
def connection(upgraded: str) -> Iterator[Connection]:
    with undone(upgraded) as connection:
        yield connection


def fact(connection: Connection, condition: str = "value_text = '4.75 万'") -> dict[str, Any]:
    sql = f"SELECT * FROM mart.v_observations WHERE source_name = 'a.txt' AND {condition}"
    return dict(connection.execute(text(sql)).mappings().one())


def correct(connection: Connection, field: str, right: str, condition: str = "value_text = '4.75 万'") -> Correction:
    number = fact(connection, condition)["observation_id"]
    made = judgements.correction_of(connection, number, field, right, "seen in the annex", "li")
    judgements.store(connection, Judgements(fact=(made,)))
    load.settle(connection)
    return made


def states(connection: Connection) -> list[str]:
    return [standing.state for standing in judgements.standings(connection)]


def same(name: str, other: str, verdict: str = "same", kind: str = "organization") -> Identity:
    return Identity.model_validate(
        {"kind": kind, "name": name, "other": other, "verdict": verdict, "reason": "one seal", "by": "li"}
    )


# ---------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("field", "right", "expected"),
    [
        ("value", "47600", {"value": 47600, "base_value": 47600, "value_text": "4.75 万"}),
        ("indicator", "常住人口", {"indicator_name": "常住人口", "indicator_text": "城镇新增就业"}),
        ("period", "2021-01..2021-11", {"period_end": date(2021, 11, 30), "period_label": "2021年1—11月"}),
        ("organization", "清源市", {"organization_name": "清源市"}),
        ("status", "target", {"status": "target"}),
    ],
)
def test_a_correction_is_shown_and_survives_a_reload(
    connection: Connection, field: str, right: str, expected: dict[str, Any]
) -> None:
    write(connection, example(), example("b.txt", city="清源市"))
    read = fact(connection)
    correct(connection, field, right)
    for _ in range(2):
        found = fact(connection)
        assert {key: found[key] for key in expected} == expected
        assert (found["is_corrected"], found["confidence"]) == (True, 1)
        assert states(connection) == ["applies"]
        write(connection, example())
    (judgement,) = judgements.stored(connection).fact
    assert judgements.take_back(connection, judgement.id)
    load.settle(connection)
    assert fact(connection) == read


def test_a_rejected_fact_is_not_shown(connection: Connection) -> None:
    write(connection, example())
    before = views.run(connection, "v_observations", []).rows
    correct(connection, "reject", "yes")
    assert len(views.run(connection, "v_observations", []).rows) == len(before) - 1
    assert views.run(connection, "base_figures", ["value=47500"]).rows == []
    assert connection.execute(text("SELECT count(*) FROM kb.observations")).scalar_one() == len(before)


def test_a_corrected_figure_is_compared(connection: Connection) -> None:
    write(connection, example())
    correct(connection, "value", "47600")
    found = views.run(connection, "base_figures", ["unit=人", "status=actual"], columns=("value",))
    assert found.rows == [(47600,)]


def test_a_correction_outlives_its_file(connection: Connection) -> None:
    write(connection, example())
    correct(connection, "value", "47600")
    run = load.begin_run(connection, "v1", [])
    load.forget(connection, "a.txt", "/reports/a.txt", run)
    load.settle(connection)
    assert states(connection) == ["not loaded"]
    write(connection, example())
    assert states(connection) == ["applies"]
    assert fact(connection)["value"] == 47600


def test_a_correction_says_that_its_source_changed(connection: Connection) -> None:
    write(connection, example())
    correct(connection, "value", "310", "value_text = '300'")
    write(connection, example(growth="5.50"))  # the number moves, the sentence changes
    assert states(connection) == ["lost"]
    assert fact(connection, "value_text = '300'")["is_corrected"] is False
    correct(connection, "value", "51000", "value_text = '5万'")
    write(connection, example(growth="5.5"))  # the number moves, its sentence stays
    assert [standing.state for standing in judgements.standings(connection)].count("source changed") == 1
    assert fact(connection, "value_text = '5万'")["value"] == 51000


def test_a_correction_that_the_rules_agree_with(connection: Connection) -> None:
    write(connection, example(people=4750))
    correct(connection, "value", "47,500.0")
    correct(connection, "period", "2021")
    assert sorted(states(connection)) == ["agrees", "applies"]
    write(connection, example())
    assert states(connection) == ["agrees", "agrees"]


def test_later_corrections_take_the_place_of_earlier_ones(connection: Connection) -> None:
    write(connection, example())
    correct(connection, "value", "1")
    correct(connection, "value", "2")
    assert fact(connection)["value"] == 2
    assert len(judgements.stored(connection).fact) == 1


@pytest.mark.parametrize(
    ("field", "right", "message"),
    [
        ("value", "viel", "'viel' is no number"),
        ("period", "2021-13", "there is no month 13"),
        ("period", "voriges Jahr", "is no time: write 2021, "),
        ("period", "2022..2021", "ends before it begins"),
        ("status", "plan", "a status is actual or target"),
        ("reject", "no", "reject=yes"),
        ("colour", "red", "Input should be 'value', 'indicator'"),
    ],
)
def test_corrections_that_make_no_sense(connection: Connection, field: str, right: str, message: str) -> None:
    write(connection, example())
    with pytest.raises(JudgementError, match=message):
        correct(connection, field, right)


def test_no_such_fact(connection: Connection) -> None:
    with pytest.raises(JudgementError, match="There is no observation 17"):
        judgements.correction_of(connection, 17, "value", "1", "x", "li")


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-11-30", date(2021, 11, 30), date(2021, 11, 30)),
        ("2021..2025", date(2021, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods(written: str, start: date, end: date) -> None:
    assert judgements.period(written) == (start, end)


def test_numbers() -> None:
    assert judgements.number("47,500.10") == Decimal("47500.10")


# ---------------------------------------------------------------- identity


def test_one_body_under_two_names(connection: Connection) -> None:
    write(connection, example(), example("b.txt", city="清源市"))
    untouched = contents(connection)
    judgements.store(connection, Judgements(identity=(same("安河市", "清源市"),)))
    load.settle(connection)
    shown = connection.execute(text("SELECT DISTINCT organization_name FROM mart.v_observations")).scalars().all()
    assert shown == ["安河市"]
    profile = views.run(connection, "organization_profile", ["organization_name=安河市"], columns=("other_names",))
    assert profile.rows == [("清源市",)]
    now = contents(connection)
    facts = [table for table in now if table.endswith(("mentions", "observations")) and table[:4] != "corr"]
    assert {name: now[name] for name in facts} == {name: untouched[name] for name in facts}  # nothing is rewritten
    (judgement,) = judgements.stored(connection).identity
    judgements.take_back(connection, judgement.id)
    load.settle(connection)
    assert contents(connection) == untouched


def test_one_initiative_under_two_names(connection: Connection) -> None:
    write(connection, example(), example("b.txt", city="清源市"))
    connection.execute(
        text("UPDATE kb.initiative_mentions SET surface = surface, initiative_id = :other WHERE source_id = :b"),
        {"other": _initiative(connection, "清风专项行动"), "b": load.stable_id("source", "b.txt")},
    )
    judgements.store(connection, Judgements(identity=(same("清风行动", "清风专项行动", kind="initiative"),)))
    load.settle(connection)
    rows = views.run(connection, "v_initiative_mentions", [], columns=("initiative_name",)).rows
    assert rows == [("清风行动",), ("清风行动",)]


def _initiative(connection: Connection, name: str) -> int:
    number = load.stable_id("initiative", name)
    values = {"number": number, "name": name, "scope": "清源市人力资源和社会保障局"}
    columns = "initiative_id, name, kind, scope"
    connection.execute(
        text(f"INSERT INTO kb.initiatives ({columns}) VALUES (:number, :name, 'campaign', :scope)"), values
    )
    return number


@pytest.mark.parametrize(
    ("judged", "present", "merged"),
    [
        ([("A", "B", "same")], "AB", {"B": "A"}),
        ([("A", "B", "same"), ("B", "C", "same")], "ABC", {"B": "A", "C": "A"}),
        ([("A", "B", "same"), ("B", "C", "same")], "BC", {"C": "B"}),
        ([("A", "B", "same"), ("C", "B", "same")], "ABC", {"B": "A", "C": "A"}),
        ([("A", "B", "different"), ("A", "C", "unsure")], "ABC", {}),
        ([("A", "B", "same"), ("B", "C", "same"), ("A", "C", "different")], "ABC", {}),
        ([("A", "B", "same"), ("B", "A", "same")], "AB", {"B": "A"}),
    ],
)
def test_groups_of_names(judged: list[tuple[str, str, str]], present: str, merged: dict[str, str]) -> None:
    assert judgements.merge(judged, present) == merged


def test_contradictions_are_told() -> None:
    wrong = same("A", "C", "different")
    assert judgements.contradictions([same("A", "B"), same("B", "C"), wrong]) == [wrong]
    assert judgements.contradictions([same("A", "B"), wrong]) == []


def test_a_second_judgement_on_two_names_replaces_the_first(connection: Connection) -> None:
    judgements.store(connection, Judgements(identity=(same("甲局", "乙局"),)))
    judgements.store(connection, Judgements(identity=(same("乙局", "甲局", "different"),)))
    assert [(entry.name, entry.verdict) for entry in judgements.stored(connection).identity] == [("乙局", "different")]


# ---------------------------------------------------------------- files


def test_judgements_live_in_a_file(connection: Connection, tmp_path: Path) -> None:
    write(connection, example())
    correct(connection, "value", "47600")
    judgements.store(connection, Judgements(identity=(same("安河市", '安"河"\\市'),)))
    kept = judgements.stored(connection)
    path = tmp_path / "judgements.toml"
    path.write_text(judgements.as_toml(kept), "utf-8")
    connection.execute(text("DELETE FROM kb.corrections; DELETE FROM kb.identity_judgements"))
    judgements.store(connection, judgements.read_file(path))
    assert judgements.stored(connection) == kept


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[fact]", "judgements.toml: "),
        ("[[facts]]\n", "facts: Extra inputs are not permitted"),
        ('[[identity]]\nkind = "organization"\n', "identity 1 reason: Field required"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "judgements.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(JudgementError, match=message):
        judgements.read_file(path)


# ---------------------------------------------------------------- review


def test_names_that_may_be_one() -> None:
    names = ["安河市卫健委", "安河市卫生健康委", "安河市教育局", "安河市体育局", "清源市卫健委", "清风行动"]
    assert [pair[1:] for pair in judgements.alike(names)] == [("安河市卫健委", "安河市卫生健康委")]


def initiatives(connection: Connection) -> set[tuple[str, str]]:
    """File and scope of the initiative as views show it."""
    rows = connection.execute(
        text("""
            SELECT v.source_name, i.scope FROM mart.v_initiative_mentions v JOIN kb.initiatives i USING (initiative_id)
        """)
    )
    return {(name, scope) for name, scope in rows}


CITIES = {"a.txt": "420200", "b.txt": "430100", "c.txt": "440300", "d.txt": "450200"}  # of four provinces


def test_initiatives_of_one_name_are_each_their_territorys_own(connection: Connection) -> None:
    write(connection, *(example(name, city=name, region_code=code) for name, code in list(CITIES.items())[:3]))
    load.settle(connection)
    assert initiatives(connection) == set(list(CITIES.items())[:3])


def test_what_reports_of_four_provinces_name_is_everybodys(connection: Connection) -> None:
    write(connection, *(example(name, city=name, region_code=code) for name, code in CITIES.items()))
    load.settle(connection)
    assert initiatives(connection) == {(name, "") for name in CITIES}
    made = contents(connection)
    judgements.store(
        connection, Judgements(identity=(same("清风行动", "清风行动（湖北省黄石市）", "different", "initiative"),))
    )
    load.settle(connection)
    assert ("a.txt", "420200") in initiatives(connection)
    (judgement,) = judgements.stored(connection).identity
    judgements.take_back(connection, judgement.id)
    load.settle(connection)
    assert contents(connection) == made


def test_what_a_superior_names_too_is_the_superiors(connection: Connection) -> None:
    places = {"a.txt": "420200", "b.txt": "420222", "c.txt": "420000"}
    write(connection, *(example(name, city=name, region_code=code) for name, code in places.items()))
    load.settle(connection)
    assert initiatives(connection) == {(name, "420000") for name in places}


def test_initiatives_that_may_be_one_are_shown_for_review(connection: Connection) -> None:
    write(connection, example(region_code="420200"), example("b.txt", region_code="430100"))
    columns = "initiative_id, name, kind, scope"
    connection.execute(
        text(f"INSERT INTO kb.initiatives ({columns}) VALUES (1, '清风专项行动', 'campaign', '420200')"),
    )
    (pair,) = judgements.unsure_names(connection, "initiative")
    assert (pair[1], pair[3]) == ("清风专项行动（湖北省黄石市）", "清风行动（湖北省黄石市）")
