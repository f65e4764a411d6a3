"""Connections, and `kb db`: the only place that opens them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import typer
from sqlalchemy import Connection, Engine, create_engine

from etl import catalog, remapping, server, views
from etl.cli.output import out

app = typer.Typer(no_args_is_help=True, help="The embedded server, the connection string, migrations and views.")


def connect(url: str) -> Engine:
    """An engine for any address that libpq understands."""
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))


def embedded() -> server.Server:
    """The server of our own; KB_DATA_DIR moves its data from the user's data folder."""
    given = os.environ.get("KB_DATA_DIR")
    return server.Server(Path(given) if given else server.default_data_dir(), server.embedded_bin_dir())


def database_url() -> str:
    """KB_DATABASE_URL, else the embedded server, started."""
    return os.environ.get("KB_DATABASE_URL") or embedded().start()


@contextmanager
def knowledge_base() -> Iterator[Connection]:
    """A connection to a database that has the present schema and views; what users added to the catalog counts."""
    engine = connect(database_url())
    with engine.connect() as connection:
        with connection.begin():
            if not views.is_current(connection):
                views.upgrade(connection)
            catalog.use(remapping.stored(connection))
        yield connection
    engine.dispose()


@app.command("start")
def db_start() -> None:
    """Start the embedded server and print how to connect."""
    embedded().start()
    db_url()


@app.command("stop")
def db_stop() -> None:
    """Stop the embedded server; the data stay."""
    out.print("The server is stopped." if embedded().stop() else "The server was not running.")


@app.command("url")
def db_url() -> None:
    """Print the address of the database, for psql and BI tools."""
    given = os.environ.get("KB_DATABASE_URL")
    print(given or embedded().tcp_url())


@app.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the present schema and make the views anew."""
    with connect(database_url()).begin() as connection:
        views.upgrade(connection)
    out.print(f"The schema is up to date; {len(views.queries())} views are in schema {views.MART}.")


@app.command("status")
def db_status() -> None:
    """Say whether the embedded server runs, and where."""
    status = embedded().status()
    out.print(f"{'Running' if status.is_running else 'Stopped'}, data in {status.data_dir}, log in {status.log}")
    if status.is_running:
        out.print(f"Process {status.pid}, 127.0.0.1:{status.port}")
