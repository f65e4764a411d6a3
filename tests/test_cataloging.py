"""`kb catalog`: finding concepts, adding to the catalog, and mapping what is loaded anew without reading files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from command import Run, rows
from handmade import contents

from etl import catalog, families, pipeline
from etl.assets import folder
from etl.cli.database import connect

CODES = "SELECT DISTINCT indicator_code FROM mart.v_observations WHERE indicator_text = '流转土地'"
MY_LAND = ("catalog", "add", "MY_LAND", "--name", "我的土地", "--unit", "亩", "--alias", "流转土地")
SAMPLES = ("city-reports-2022.txt", "statistics-2022.csv")


def everything(database: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that a load writes."""
    with connect(database).connect() as connection:
        found = contents(connection)
    return {table: found[table] for table in found if table not in ("findings", "catalog_additions")}


def test_an_added_phrase_is_mapped_and_taken_back(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    before = everything(database)
    assert rows(database, CODES) != [("MY_LAND",)]
    assert run(*MY_LAND)[0] == 0
    assert everything(database) == before  # until it is mapped
    code, printed = run("catalog", "remap", "--dry-run")
    assert (code, "2 observations 观测 would mean another indicator" in printed) == (0, True)
    assert everything(database) == before
    code, printed = run("catalog", "remap")
    assert "2 observations 观测 mean another indicator" in printed
    assert rows(database, CODES) == [("MY_LAND",)]
    assert run("query", "v_observations", "-p", "indicator_code=MY_LAND", "-c", "value")[1].count("300") == 2
    assert rows(database, "SELECT name FROM kb.indicator_aliases JOIN kb.indicators USING (indicator_id) "
                          "WHERE alias = '流转土地'") == [("我的土地",)]  # fmt: skip
    assert "0 observations" in run("catalog", "remap")[1]
    assert run("catalog", "remove", "MY_LAND")[0] == 0
    run("catalog", "remap")
    assert everything(database) == before


def test_mapping_anew_is_as_good_as_reading_anew(run: Run, tmp_path: Path, database: str) -> None:
    """Phrases of statistics and of reports; new concepts, phrases taken from others, and a pattern."""
    files = [folder("samples") / name for name in SAMPLES]
    run("load", *files)
    before = everything(database)
    taken = [text for (text,) in rows(
        database,
        """
        SELECT indicator_text FROM kb.observations JOIN kb.indicators i USING (indicator_id)
        WHERE indicator_text <> i.name GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 40
        """,
    )]  # fmt: skip
    free = [text for text in map(str, taken) if text not in catalog.names()]
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "code,name,dimension,aliases,patterns\n"
        f"MINE,我的指标,count|money_cny|persons|area|none,{'|'.join(free[::2])},\n"
        f"GDP,,,{'|'.join(free[1::4])},\n"
        "ROADS_OF_ALL_KINDS,各种道路,length,,.*公路.*\n",
        "utf-8",
    )
    code, printed = run("catalog", "add", mine)
    assert code == 0, printed
    assert run("catalog", "remap")[0] == 0
    mapped = everything(database)
    assert mapped["observations"] != before["observations"]
    for name in SAMPLES:
        assert run("forget", name)[0] == 0
    assert rows(database, "SELECT count(*) FROM kb.observations") == [(0,)]
    run("load", *files)
    assert everything(database) == mapped
    for added in ("MINE", "GDP", "ROADS_OF_ALL_KINDS"):
        assert run("catalog", "remove", added)[0] == 0
    run("catalog", "remap")
    assert everything(database) == before


def test_a_load_maps_anew_and_reads_nothing_again(
    run: Run, reports: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("load", reports)
    run(*MY_LAND)
    monkeypatch.setattr(pipeline, "read_file", lambda path: pytest.fail(f"{path} is read"))
    code, printed = run("load", reports)
    assert (code, "Files: 2 unchanged" in printed) == (0, True)
    assert "The catalog has changed 目录有更新: 2 observations mean another indicator now" in printed
    assert rows(database, CODES) == [("MY_LAND",)]
    assert "目录有更新" not in run("load", reports)[1]


def test_forgetting_a_file_maps_the_others(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    run(*MY_LAND)
    run("forget", "黄石市-2021.txt")
    assert rows(database, CODES) == [("MY_LAND",)]


def test_processes_that_read_know_the_additions(run: Run, reports: Path, database: str) -> None:
    text = (reports / "黄石市-2021.txt").read_text("utf-8")
    for year in range(2010, 2014):
        (reports / f"{year}.txt").write_text(text.replace("2021", str(year)), "utf-8")
    run(*MY_LAND)
    run("load", reports, "--workers", 2)
    assert rows(database, CODES) == [("MY_LAND",)]


def test_a_correction_of_the_indicator_follows_the_catalog(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    ((number, _),) = rows(
        database,
        "SELECT observation_id, value FROM mart.v_observations "
        "WHERE indicator_text = '流转土地' AND source_name = '黄石市-2021.txt'",
    )
    run("correct", "fact", number, "indicator", "托管面积", "-r", "annex", "--by", "li")
    run("catalog", "add", "MY_CARE", "--name", "我的托管", "--unit", "亩", "--alias", "托管面积")
    run("catalog", "remap")
    shown = "SELECT indicator_code FROM mart.v_observations WHERE indicator_code LIKE 'MY%'"
    assert rows(database, shown) == [("MY_CARE",)]
    run("catalog", "remove", "MY_CARE")
    run("catalog", "remap")
    assert rows(database, shown) == []


def test_additions_go_from_one_database_to_another(run: Run, tmp_path: Path) -> None:
    run(
        "catalog",
        "add",
        "MY_LAND",
        "--name",
        "我的土地",
        "--unit",
        "亩",
        "-a",
        "我流转的土地",
        "--low",
        "0",
        "--by",
        "li",
    )
    run("catalog", "add", "GDP", "-a", "全域生产总量", "--by", "li")
    run("catalog", "add", "地区生产总值", "-a", "全域产出", "--by", "li")
    kept = tmp_path / "mine.csv"
    assert run("catalog", "list", "--added", "-f", "csv", "-o", kept)[0] == 0
    lines = {line["code"]: line for line in csv.DictReader(io.StringIO(kept.read_text("utf-8")))}
    assert set(lines) == {"MY_LAND", "GDP"}
    assert lines["GDP"]["aliases"] == "全域生产总量|全域产出"
    for code in lines:
        run("catalog", "remove", code)
    assert "0 additions" in run("catalog")[1]
    assert run("catalog", "add", kept)[0] == 0
    assert run("catalog", "list", "--added", "-f", "csv")[1] == kept.read_text("utf-8")
    assert run("export", tmp_path / "package")[0] == 0
    exported = (tmp_path / "package" / "catalog_additions.csv").read_text("utf-8-sig")
    assert "我流转的土地" in exported
    assert run("catalog", "remove", "全域产出")[0] == 0
    assert "全域产出" not in run("catalog", "list", "--added", "-f", "csv")[1]


REFUSED = (
    (("add", "我的土地", "-a", "流转土地"), "a new one needs a code"),
    (("add", "MY_LAND", "-a", "流转土地"), "no_concept"),
    (("add", "MY_LAND", "--name", "我的土地", "--dimension", "parsecs"), "unknown_dimension parsecs"),
    (("add", "MY_LAND", "--name", "我的土地", "--unit", "万亩"), "no such unit"),
    (("add", "MY_LAND", "--name", "我的土地", "--unit", "亩", "--low", "5", "--high", "3"), "empty_range"),
    (("add", "MY_LAND", "--name", "地区生产总值", "--unit", "元"), "GDP is called 地区生产总值 already"),
    (("add", "GDP", "--name", "生产"), "other_concept"),
    (("add", "GDP", "--pattern", "(("), "bad_pattern"),
    (("add", "GDP", "--pattern", ".*"), "no_anchor"),
    (("add", "GDP", "--alias", "进出口总额"), "taken_name 进出口总额"),
    (("add", "GDP", "--kind", "sum"), "kind: Input should be"),
    (("add", "GDP", "--low", "much"), "low: Input should be"),
    (("add", "nowhere.csv"), "nowhere.csv: "),
    (("remove", "地区生产总值"), "no user has added that"),
    (("show", "城镇新增就业人口数"), "Near it: URBAN_EMPLOYMENT"),
)
BAD_FILES = (
    ("code,alias\nGDP,x\n", "column alias is unknown"),
    ("name\nx\n", "there is no column code"),
    ("code,aliases\nGDP,x\ngdp,y\n", "bad.csv:3: code"),
    ("code,aliases\nGDP,x,y\n", "bad.csv:2: more cells than columns"),
)


def test_what_cannot_be_done(run: Run, tmp_path: Path) -> None:
    for arguments, message in REFUSED:
        code, printed = run("catalog", *arguments)
        assert (code, message in " ".join(printed.split())) == (2, True), printed
    for content, message in BAD_FILES:
        (tmp_path / "bad.csv").write_text(content, "utf-8")
        code, printed = run("catalog", "add", tmp_path / "bad.csv")
        assert (code, message in " ".join(printed.split())) == (2, True), printed
    assert "0 additions of users" in run("catalog")[1]


def test_what_a_phrase_meant_is_said(run: Run) -> None:
    code, printed = run("catalog", "add", "GDP", "-a", "国民总收入之和")
    assert "meant" not in printed
    alias = next(alias for alias in catalog.concepts()["TRADE"].aliases if catalog.match(alias, "money_cny", "level"))
    code, printed = run("catalog", "add", "GDP", "-a", alias)
    assert (code, f"{alias} meant TRADE" in printed) == (0, True)
    assert ("TRADE", alias) not in [(problem.code, problem.detail) for problem in catalog.check()]  # people decide


def test_a_catalog_that_grows_past_an_addition(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the catalog brings what a user had added, by code or by name, or means something else."""
    for code, name in (("MY_LAND", "我的土地"), ("MY_WATER", "我的水面"), ("MY_WOODS", "我的林地")):
        run("catalog", "add", code, "--name", name, "--unit", "亩", "-a", f"全部{name}")
    brought = {"MY_LAND": "我的土地", "WATER": "我的水面", "MY_WOODS": "我的木头"}
    later = [
        catalog.concepts()["MY_LAND"].model_copy(update={"code": code, "name": name, "aliases": (f"一切{name}",)})
        for code, name in brought.items()
    ]
    installed = families.indicators()
    monkeypatch.setattr(families, "indicators", lambda: (*installed, *later))
    catalog.use(())
    code, printed = run("catalog", "check")
    assert code == 1
    assert "MY_WOODS  other_concept 我的木头, added as 我的林地" in printed
    assert printed.count("\n") == 1
    for name, expected in (("全部我的土地", "MY_LAND"), ("一切我的土地", "MY_LAND"), ("全部我的水面", "WATER")):
        found = catalog.match(name, "area", "level")
        assert found
        assert found.code == expected
    catalog.use(())


def test_finding_concepts(run: Run, reports: Path) -> None:
    run("load", reports)
    code, printed = run("catalog")
    assert (code, "就业" in printed) == (0, True)
    code, printed = run("catalog", "list", "城镇新增就业")
    assert printed.splitlines()[1].split()[:2] == ["URBAN_EMPLOYMENT", "城镇新增就业"]
    code, printed = run("catalog", "list", "--topic", "就业/规模", "-f", "json", "--limit", "0")
    found = json.loads(printed)
    assert {entry["topic"] for entry in found} == {"就业/规模"}
    assert next(entry for entry in found if entry["code"] == "URBAN_EMPLOYMENT")["observations"] == 6
    code, printed = run("catalog", "show", "城镇新增就业")
    assert "indicators/employment.csv" in printed
    assert "6 observations 观测 in 2 reports 报告" in printed
    assert "alias" in printed
    assert run("catalog", "check")[0] == 0


def test_phrases_of_no_concept(run: Run, reports: Path) -> None:
    said = {"黄石市-2021.txt": "茶叶新品种植面积300亩，玉石摆件12件。", "萍乡市-2022.txt": "茶叶新品种植面积3亩。"}
    for name, sentence in said.items():
        path = reports / name
        path.write_text(path.read_text("utf-8").replace("流转土地300亩。", sentence), "utf-8")
    run("load", reports)
    code, printed = run("catalog", "unknown", "-f", "json")
    assert code == 0
    found = {entry["phrase"]: entry for entry in json.loads(printed)}
    assert next(iter(found)) == "茶叶新品种植面积"
    assert (found["茶叶新品种植面积"]["reports"], found["茶叶新品种植面积"]["units"]) == (2, "亩")
    assert "TEA_AREA" in found["茶叶新品种植面积"]["nearest"]
    assert "玉石摆件" in found
    assert "玉石摆件" not in run("catalog", "unknown", "茶叶")[1]
    assert "茶叶" not in run("catalog", "unknown", "--kind", "政府工作报告")[1]
    assert "茶叶" not in run("catalog", "unknown", "--topic", "财政")[1]
