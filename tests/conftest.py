"""PostgreSQL for the tests: a throwaway server of each kind, and an empty database a module.

Every test that asks for `database` runs once for each server: the embedded one, and those that Debian or Ubuntu has
installed. KB_TEST_SERVERS=embedded (or 15, or embedded,15) narrows that down.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from etl import server

SERVERS: dict[str, Path] = {
    "embedded": server.embedded_bin_dir(),
    **{folder.parent.name: folder for folder in server.system_bin_dirs()},
}
CHOSEN = [name for name in os.environ.get("KB_TEST_SERVERS", ",".join(SERVERS)).split(",") if name]


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
