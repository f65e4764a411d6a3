"""PostgreSQL for the tests: a throwaway server of each kind, and an empty database a module.

Nearly every test that asks for `database` runs once for each server: the embedded one, and those that Debian or Ubuntu
has installed. KB_TEST_SERVERS=embedded (or 15, or embedded,15) narrows that down.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from command import REPORT, Run
from psycopg.sql import SQL, Identifier

from etl import catalog, cli, load, server
from etl.cli import reading

SERVERS: dict[str, Path] = {
    "embedded": server.embedded_bin_dir(),
    **{folder.parent.name: folder for folder in server.system_bin_dirs()},
}
CHOSEN = [name for name in os.environ.get("KB_TEST_SERVERS", ",".join(SERVERS)).split(",") if name]

# Commands start from an empty database each time, which takes seconds; what they ask of PostgreSQL is tried on every
# server by the tests of load, views, judgements and schema.
ON_ONE_SERVER = ("test_cataloging", "test_cli")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs no second server."""
    left_out = [
        item
        for item in items
        if isinstance(item, pytest.Function)
        and item.path.stem in ON_ONE_SERVER
        and hasattr(item, "callspec")
        and item.callspec.params.get("bin_dir", CHOSEN[0]) != CHOSEN[0]
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(scope="session", params=CHOSEN)
def bin_dir(request: pytest.FixtureRequest) -> Path:
    """The programs of one PostgreSQL."""
    return SERVERS[request.param]


@pytest.fixture(scope="session")
def server_url(bin_dir: Path) -> Iterator[str]:
    """A running server."""
    with server.throwaway(bin_dir) as running:
        yield running.url()


@pytest.fixture(scope="module")
def database(server_url: str) -> Iterator[str]:
    """The URL of an empty database, dropped when the tests of the module are done."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("create database {}").format(Identifier(name)))
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
        connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))


@pytest.fixture
def run(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Run]:
    """Run `kb` with arguments; its exit code and what it printed. The database is empty at the start of each test."""
    monkeypatch.setenv("KB_DATABASE_URL", database)
    monkeypatch.setattr(reading, "log_path", lambda: tmp_path / "errors.log")
    monkeypatch.setattr(load, "reader_version", lambda: "v1")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS mart CASCADE")
        connection.execute("DROP SCHEMA IF EXISTS kb CASCADE")

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["kb", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        captured = capsys.readouterr()
        return code, captured.out + captured.err.replace("\n", " ")

    yield run
    catalog.use(())  # what a test has added


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two good reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for city, year, jobs in (("黄石市", 2021, "4.75 "), ("萍乡市", 2022, "3.2")):
        content = REPORT.format(city=city, year=year, next=year + 1, jobs=jobs)
        (folder / f"{city}-{year}.txt").write_text(content, "utf-8")
    return folder
