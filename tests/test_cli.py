"""The commands, as a user runs them, on a real database."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import zipfile
from pathlib import Path

import openpyxl
import psycopg
import pyarrow.parquet
import pytest
from command import REPORT, Run, rows
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas
from typer.main import get_command

from etl import cli, pipeline, views
from etl.cli import loading, reading


def add_bad_files(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    (folder / "not-a-zip.docx").write_bytes(b"PK is what a docx begins with, this goes on otherwise")
    (folder / "strange.xyz").write_text("工作总结", "utf-8")
    page = canvas.Canvas(str(folder / "locked.pdf"), encrypt=pdfencrypt.StandardEncryption("secret"))
    page.drawString(100, 700, "secret")
    page.save()


BAD = ("empty.txt", "picture.txt", "not-a-zip.docx", "strange.xyz", "locked.pdf")


def test_load_and_load_again(run: Run, reports: Path, database: str) -> None:
    code, printed = run("load", reports)
    assert code == 0
    assert "Files: 2 loaded" in printed
    assert "2 reports" in printed
    stamps = rows(database, "SELECT name, loaded_at, load_run_id FROM kb.sources ORDER BY name")
    code, printed = run("load", reports)
    assert code == 0
    assert "Files: 2 unchanged" in printed
    assert rows(database, "SELECT name, loaded_at, load_run_id FROM kb.sources ORDER BY name") == stamps


def test_unchanged_files_are_not_read(run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("load", reports)
    monkeypatch.setattr(pipeline, "read_file", lambda path: pytest.fail(f"{path} is read"))
    assert run("load", reports)[0] == 0


def test_each_bad_file_is_named_and_costs_no_other_its_load(run: Run, reports: Path, database: str) -> None:
    add_bad_files(reports)
    code, printed = run("load", reports, "--workers", 1)
    assert code == 1
    assert "2 loaded, 5 quarantined" in printed
    listed = {Path(str(path)).name: (reason, remedy) for path, reason, remedy in rows(
        database, "SELECT path, reason, remedy FROM kb.sources WHERE status = 'quarantined'"
    )}  # fmt: skip
    assert set(listed) == set(BAD)
    for name, (reason, _) in listed.items():
        assert name in printed
        assert "internal error" not in str(reason)
    code, printed = run("load", reports)
    assert (code, "2 unchanged" in printed) == (1, False)  # what is quarantined is still said, and not tried again
    assert "7 unchanged" in printed
    code, printed = run("status")
    assert code == 0
    assert all(name in printed for name in BAD)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_folders_and_files_that_may_not_be_read(run: Run, reports: Path) -> None:
    closed = reports / "closed"
    closed.mkdir()
    (reports / "黄石市-2021.txt").chmod(0)
    closed.chmod(0)
    code, printed = run("load", reports)
    closed.chmod(0o700)
    assert code == 1
    assert "1 loaded, 2 quarantined" in printed


def test_a_folder_that_cannot_be_listed_is_named(run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = reports / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    code, printed = run("load", reports)
    assert code == 1
    assert "the folder cannot be read (Permission denied)" in printed
    assert "2 loaded, 1 quarantined" in printed


def test_our_own_mistake_costs_one_file(run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = pipeline.read_file

    def stumble(path: Path) -> object:
        return read(path) if "黄石" in path.name else 1 / 0

    monkeypatch.setattr(pipeline, "read_file", stumble)
    code, printed = run("load", reports)
    assert code == 1
    assert "internal error (ZeroDivisionError: division by zero); please report it" in printed.replace(
        "\n    ", " "
    ) or ("internal error (ZeroDivisionError: division by zero)" in printed)
    assert "ZeroDivisionError" in reading.log_path().read_text("utf-8")
    assert "1 loaded, 1 quarantined" in printed


def test_many_files_are_read_by_several_processes(run: Run, reports: Path, database: str) -> None:
    for number in range(6):
        content = REPORT.format(city="遂宁市", year=2015 + number, next=2016 + number, jobs=3 + number)
        (reports / f"{number}.txt").write_text(content, "utf-8")
    add_bad_files(reports)
    code, printed = run("load", reports, "--workers", 2)
    assert code == 1
    assert "8 loaded, 5 quarantined" in printed
    assert rows(database, "SELECT count(*) FROM kb.load_runs WHERE finished_at IS NULL") == [(0,)]


def die_of_the_third(job: reading.Job) -> object:
    """What the system does to a process that takes too much memory; runs in a reading process."""
    if job.path.name == "3.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return attempt(job)


attempt = reading.attempt


def test_a_reading_process_that_dies_costs_one_file(run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        content = REPORT.format(city="遂宁市", year=2015 + number, next=2016 + number, jobs=3 + number)
        (reports / f"{number}.txt").write_text(content, "utf-8")
    monkeypatch.setattr(reading, "attempt", die_of_the_third)
    code, printed = run("load", reports, "--workers", 2)
    assert code == 1
    assert "7 loaded, 1 quarantined" in printed
    assert "the process that read it died" in printed


def test_ctrl_c_keeps_what_is_loaded(run: Run, reports: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = pipeline.read_file

    def interrupted(path: Path) -> object:
        if "黄石" in path.name:
            raise KeyboardInterrupt
        return read(path)

    monkeypatch.setattr(pipeline, "read_file", interrupted)
    code, printed = run("load", reports)
    assert code == 130
    assert "Interrupted" in printed
    monkeypatch.setattr(pipeline, "read_file", read)
    assert run("load", reports)[0] == 0
    assert rows(database, "SELECT count(*) FROM kb.sources WHERE status = 'loaded'") == [(2,)]


def test_copies_are_told_and_namesakes_kept_apart(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    other = reports / "other"
    other.mkdir()
    shutil.copy(reports / "黄石市-2021.txt", other / "copy.txt")
    (other / "黄石市-2021.txt").write_text(REPORT.format(city="黄石市", year=2019, next=2020, jobs=4), "utf-8")
    code, printed = run("load", reports)
    assert code == 0
    assert "1 duplicate, 1 loaded, 2 unchanged" in printed
    assert "copy.txt" in printed
    names = [str(name) for (name,) in rows(database, "SELECT name FROM kb.sources ORDER BY name")]
    assert len(names) == 3
    assert sum(name.startswith("黄石市-2021~") for name in names) == 1


def test_paths_that_are_not_there(run: Run, tmp_path: Path) -> None:
    code, printed = run("load", tmp_path / "nowhere")
    assert code == 2
    assert "there is no such file or folder" in printed
    assert run("load", f"{tmp_path}/*.txt")[0] == 2


def test_globs(run: Run, reports: Path) -> None:
    assert "Files: 1 loaded" in run("load", f"{reports}/黄石*.txt")[1]


def test_forget_and_diff(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    path = reports / "黄石市-2021.txt"
    path.write_text(path.read_text("utf-8").replace("4.75 ", "4.85 "), "utf-8")
    run("load", reports)
    changed = run("diff")[1]
    assert "黄石市-2021.txt" in changed
    assert "changed" in changed
    assert "萍乡" not in changed
    code, printed = run("forget", path)
    assert code == 0
    assert "Forgot 黄石市-2021.txt" in printed
    assert rows(database, "SELECT source_name FROM mart.v_reports") == [("萍乡市-2022.txt",)]
    assert run("forget", "nobody.txt")[0] == 2


def test_query_in_every_format(run: Run, reports: Path, tmp_path: Path) -> None:
    run("load", reports)
    question = (
        "query",
        "v_observations",
        "-p",
        "indicator_text~城镇新增就业",
        "-p",
        "measure=level",
        "-p",
        "status=actual",
    )
    code, printed = run(*question)
    assert code == 0
    assert "47,500" in printed
    for name, read in (
        ("csv", lambda path: len(list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))) - 1),
        ("json", lambda path: len(json.loads(path.read_text("utf-8")))),
        ("parquet", lambda path: pyarrow.parquet.read_table(path).num_rows),
        ("xlsx", lambda path: openpyxl.load_workbook(path).active.max_row - 1),
    ):
        output = tmp_path / f"out.{name}"
        assert run(*question, "--format", name, "--output", output)[0] == 0
        assert read(output) == 2
    assert run("query", "v_reports", "-f", "xlsx")[0] == 2
    assert run("query", "nothing")[0] == 2
    code, printed = run("query")
    assert all(name in printed for name in views.queries())


def test_verify_and_check(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    code, printed = run("verify")
    assert code == 0
    assert "All holds" in printed
    assert run("check")[0] == 0
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE kb.quantities SET value = 4.75 WHERE value_text LIKE '4.75%'")
    code, printed = run("verify")
    assert code == 1
    assert "1 error(s)  value_as_printed" in printed
    assert run("check")[0] == 1
    assert rows(
        database, "SELECT check_name, severity, detail ->> 'stored' FROM kb.findings WHERE severity = 'error'"
    ) == [("value_as_printed", "error", "4.75")]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_export(run: Run, reports: Path, tmp_path: Path, suffix: str) -> None:
    run("load", reports)
    target = tmp_path / "package"
    assert run("export", target, "--format", suffix)[0] == 0
    package = json.loads((target / "datapackage.json").read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} | {"datapackage.json"} == {
        path.name for path in target.iterdir()
    }
    observations = next(r for r in package["resources"] if r["name"] == "observations")
    assert observations["schema"]["primaryKey"] == ["observation_id"]
    assert all(field["description"] for field in observations["schema"]["fields"])
    assert run("export", target)[0] == 2  # not into a folder that holds something


def test_explain_needs_no_database(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    sentence = "2021年，全市城镇新增就业4.75 万人，落实《就业促进条例》。"
    code, printed = run("explain", sentence, "--date", "2022-01-10", "--issuer", "黄石市人民政府", "--json")
    assert code == 0
    found = json.loads(printed)
    assert set(found) == {"observations", "quantities", "periods", "organizations", "initiatives", "policies"}
    for item in (item for items in found.values() for item in items):
        assert sentence[item["start"] : item["end"]] == item["text"]
    (observation,) = found["observations"]
    assert observation["value_text"] == "4.75 万"
    assert (observation["value"], observation["unit"], observation["indicator_code"]) == (
        47500,
        "人",
        "URBAN_EMPLOYMENT",
    )
    assert (observation["organization_name"], observation["region_code"]) == ("黄石市", "420200")
    assert (observation["period_start"], observation["period_end"]) == ("2021-01-01", "2021-12-31")
    claimed = [quantity["observation"] for quantity in found["quantities"] if quantity["text"] == "4.75 万"]
    assert claimed == [0]
    passed_over = [quantity["passed_over"] for quantity in found["quantities"] if quantity["observation"] is None]
    assert all(passed_over)
    assert found["periods"][0]["start_date"] == "2021-01-01"
    assert found["policies"][0]["policy_title"] == "就业促进条例"
    code, printed = run("explain", sentence)
    assert code == 0
    assert sentence in printed
    assert run("explain", sentence, "--date", "yesterday")[0] == 2


def test_a_server_that_is_not_there(run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    code, printed = run("load", reports)
    assert code == 2
    assert "The database refuses" in printed
    assert "Traceback" not in printed


def test_two_loads_at_once(run: Run, reports: Path, database: str) -> None:
    run("load", reports)
    with psycopg.connect(database) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [loading.LOCK])
        code, printed = run("load", reports)
    assert code == 2
    assert "Another load is running" in printed


def test_demo_says_something_worth_seeing(run: Run) -> None:
    code, printed = run("demo")
    assert code == 0
    assert "quarantined" not in printed
    for name in ("compare_indicator", "indicator_over_time", "target_vs_outcome", "initiative_adopters"):
        assert f"kb query {name}" in printed
    assert "psql 'postgresql://" in printed


def test_db_commands(run: Run, database: str) -> None:
    assert run("db", "url") == (0, f"{database}\n")
    code, printed = run("db", "upgrade")
    assert code == 0
    assert f"{len(views.queries())} views" in printed


def test_a_database_of_a_newer_version(run: Run, database: str) -> None:
    run("db", "upgrade")
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE kb.alembic_version SET version_num = '9999'")
    code, printed = run("status")
    assert (code, "of a newer version of kb" in printed) == (2, True)


def test_people_correct_what_was_read(run: Run, reports: Path, database: str, tmp_path: Path) -> None:
    run("load", reports)
    ((number,),) = rows(database, "SELECT observation_id FROM mart.v_observations WHERE value_text = '4.75 万'")
    code, printed = run("correct", "fact", number, "value", "47600", "--reason", "annex", "--by", "li")
    assert (code, "4.75 万" in printed, "value 47500 → 47600" in printed) == (0, True, True)
    run("correct", "same", "organization", "黄石市", "萍乡市", "-r", "a test", "--by", "li")
    shown = "SELECT DISTINCT organization_name, value FROM mart.v_observations WHERE value IN (47600, 32000)"
    assert set(rows(database, shown)) == {("黄石市", 47600), ("黄石市", 32000)}
    code, listed = run("corrections")
    assert "applies" in listed
    assert "organization 黄石市 | 萍乡市  li: a test" in listed
    kept = tmp_path / "judgements.toml"
    kept.write_text(run("corrections", "--toml")[1], "utf-8")
    for made in re.findall(r"\d{15,}", listed):
        assert run("correct", "undo", made) == (0, "Taken back.\n")
    assert len(set(rows(database, shown))) == 1
    code, printed = run("correct", "file", kept)
    assert printed == "Taken in: 1 corrections of facts, 1 judgements on names.\n"
    assert len(set(rows(database, shown))) == 2
    path = reports / "黄石市-2021.txt"
    path.write_text(path.read_text("utf-8").replace("4.75 万", "4.85 万"), "utf-8")
    assert "Corrections to look at 更正待查: 1 lost" in run("load", reports)[1]
    assert "lost" in run("corrections")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fact", 17, "value", 3), "There is no observation 17"),
        (("same", "planet", "a", "b"), "Input should be 'organization' or 'initiative'"),
        (("same", "organization", "a", "a"), "are one name"),
        (("undo", 17), "There is no correction 17"),
        (("file", "nowhere.toml"), "nowhere.toml: "),
    ],
)
def test_corrections_that_cannot_be_made(run: Run, arguments: tuple[object, ...], message: str) -> None:
    reason = () if arguments[0] in ("undo", "file") else ("-r", "a test")
    code, printed = run("correct", *arguments, *reason)
    assert code == 2
    assert message in printed


def test_review_lists_what_is_unsure(run: Run, reports: Path) -> None:
    run("load", reports)
    code, printed = run("review")
    assert code == 0
    assert "Names of one organization? 疑为同一" in printed


def test_every_command_has_help() -> None:
    group = get_command(cli.app)
    assert {"load", "explain", "status", "query", "verify", "diff", "forget", "check", "export", "db", "demo"} <= set(
        group.commands  # type: ignore[attr-defined]
    )
    assert all(command.help for command in group.commands.values())  # type: ignore[attr-defined]


def test_zip_of_nothing_is_no_docx(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("hello.txt", "x")
    code, printed = run("load", tmp_path / "x.docx")
    assert code == 1
    assert "internal error" not in printed


def test_split_shows_where_reports_begin_and_why(run: Run, tmp_path: Path) -> None:
    more = "全年走访企业260家，收集并答复各类诉求，规范人力资源市场秩序，办事流程进一步精简。" * 6
    parts = [
        REPORT.format(city=city, year=2021, next=2022, jobs="3").replace("流转", more + "流转")
        for city in ("黄石市", "萍乡市")
    ]
    (tmp_path / "two.txt").write_text("\n\n".join(parts), "utf-8")
    code, shown = run("split", tmp_path / "two.txt")
    assert code == 0
    assert "1. 黄石市人力资源和社会保障局2021年工作总结" in shown
    assert "2. 萍乡市人力资源和社会保障局2021年工作总结" in shown
    assert shown.count("begins here: ") == 2
    code, shown = run("split", tmp_path / "none.txt")
    assert (code, "none.txt" in shown) == (2, True)
