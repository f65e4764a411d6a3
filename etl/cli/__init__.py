"""The command `kb`: the only package that reads the environment, prints, exits, and opens connections."""

from __future__ import annotations

import sys
from typing import Any

import psycopg
import typer
from alembic.util.exc import CommandError
from rich.markup import escape
from sqlalchemy.exc import DBAPIError
from typer.main import get_command

from etl import judgements, server, views
from etl.additions import AdditionError
from etl.cli import (
    catalog_changes,
    cataloging,
    checks,
    corrections,
    database,
    demo,
    explaining,
    loading,
    querying,
    status,
)
from etl.cli.output import UserError, err
from etl.records import ReadError

USER_ERRORS = (UserError, ReadError, AdditionError, views.QueryError, server.ServerError, judgements.JudgementError)
COULD_NOT_RUN = 2  # exit code; etl/cli/loading.py has the others

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
for command in (  # in the order of `kb --help`
    loading.load_command,
    loading.forget,
    loading.diff,
    status.status,
    querying.query,
    checks.verify,
    checks.check,
    corrections.review,
    corrections.corrections,
    querying.export,
    explaining.explain,
    explaining.split,
    demo.demo,
):
    app.command(command.__name__.removesuffix("_command"))(command)
for change in (catalog_changes.add, catalog_changes.remove, catalog_changes.remap):
    cataloging.app.command(change.__name__)(change)
app.add_typer(database.app, name="db")
app.add_typer(corrections.app, name="correct")
app.add_typer(cataloging.app, name="catalog")


def main() -> None:
    """Run `kb`. Mistakes of the user and of the surroundings are one line, not a traceback."""
    try:
        app()
    except USER_ERRORS as error:
        stop(str(error))
    except CommandError as error:
        stop(f"The database is of a newer version of kb than this one ({error}). Install that version.")
    except (DBAPIError, psycopg.Error) as error:
        stop(f"The database refuses: {getattr(error, 'orig', error)}".strip())


def stop(message: str) -> None:
    err.print(f"[red]kb:[/red] {escape(message)}")
    sys.exit(COULD_NOT_RUN)


def command_index() -> str:
    """The commands as a Markdown table."""
    lines = ["| command | does |", "| --- | --- |"]
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        for more, sub in getattr(command, "commands", {"": command}).items():
            arguments = (argument_index(p) for p in sub.params if p.param_type_name == "argument")
            usage = " ".join(filter(None, ["kb", name, more, *arguments]))
            lines.append(f"| `{usage}` | {sub.help.splitlines()[0]} |")
    return "\n".join(lines)


def argument_index(argument: Any) -> str:
    """PATHS..., [NAME]"""
    name = argument.metavar or argument.name.upper()
    return f"{name}..." if argument.nargs == -1 else name if argument.required else f"[{name}]"
