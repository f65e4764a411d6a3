"""`kb catalog add`, `remove` and `remap`: what users add to the catalog, and what follows from a change of it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy import Connection

from etl import additions, catalog, load, remapping, views
from etl.additions import Addition
from etl.cli.cataloging import REMEDIES, dimension_of
from etl.cli.checks import show_findings
from etl.cli.database import knowledge_base
from etl.cli.loading import alone
from etl.cli.output import Format, Limit, UserError, deliver, out


def add(
    what: Annotated[str, typer.Argument(help="Code or name of a concept; the code of a new one; or a CSV file.")],
    by: Annotated[str, typer.Option("--by", help="Who adds it; your login.", default_factory=getpass.getuser)],
    alias: Annotated[
        list[str] | None, typer.Option("--alias", "-a", help="A phrase that means it; repeatable.")
    ] = None,
    pattern: Annotated[list[str] | None, typer.Option(help="A pattern of such phrases; repeatable.")] = None,
    name: Annotated[str | None, typer.Option(help="Of a new concept.")] = None,
    unit: Annotated[str | None, typer.Option(help="One of the units of a new concept: 亩, 元, 人, %.")] = None,
    dimension: Annotated[str | None, typer.Option(help="Or the dimension of its units, as in kb.units.")] = None,
    topic: Annotated[str | None, typer.Option(help="From the outside in: 就业/规模.")] = None,
    kind: Annotated[str | None, typer.Option(help="stock, flow or rate.")] = None,
    scope: Annotated[str | None, typer.Option(help="one figure for a body and time, or many.")] = None,
    low: Annotated[str | None, typer.Option(help="Lowest plausible amount, in the base unit.")] = None,
    high: Annotated[str | None, typer.Option(help="Highest plausible amount, in the base unit.")] = None,
    definition: Annotated[str | None, typer.Option(help="What is counted.")] = None,
    nbs_name: Annotated[str | None, typer.Option(help="Its name in official statistics.")] = None,
    note: Annotated[str | None, typer.Option(help="Whose definition it is.")] = None,
) -> None:
    """Add phrases to a concept, or a concept, or a CSV file of both; kept in the database, whatever is loaded later.

    A file has the columns of the catalog's own files, of which only `code` must be there; aliases have | between them.
    """
    with knowledge_base() as connection, connection.begin():
        if what.endswith(".csv"):
            given = additions.read_file(Path(what))
        else:
            said = {"topic": topic, "kind": kind, "scope": scope, "low": low, "high": high, "definition": definition}
            said |= {"nbs_name": nbs_name, "note": note, "name": name, "dimension": dimension or dimension_by(unit)}
            phrases = {"aliases": tuple(alias or ()), "patterns": tuple(pattern or ())}
            given = [additions.made(code=code_called(what), **phrases, **said)]
        keep(connection, given, by)


def code_called(what: str) -> str:
    """The code of a concept that is there or, if `what` can be one, of a new one."""
    code = what if what in catalog.concepts() else catalog.names().get(what, what)
    if not additions.CODE.fullmatch(code):
        raise UserError(f"{what} is no concept of the catalog; a new one needs a code, as RICE_FISH, and --name {what}")
    return code


def dimension_by(unit: str | None) -> str | None:
    if unit is None:
        return None
    found = dimension_of(unit)
    if found is None:
        raise UserError(f"{unit}: no such unit; take one of kb.units, without 万 or 亿.")
    return found


def keep(connection: Connection, given: list[Addition], by: str) -> None:
    """Store additions that are sound, and say what follows.

    Raises:
        UserError: they bring something into the catalog that is wrong.
    """
    for addition in given:
        code = catalog.names().get(addition.name or "", addition.code)
        if code != addition.code:
            raise UserError(f"{code} is called {addition.name} already; add phrases to that one")
    codes = {addition.code for addition in given}
    known = catalog.check(codes)
    meant = {phrase: meaning(phrase, addition) for addition in given for phrase in addition.phrases}
    remapping.store(connection, given, by)
    catalog.use(remapping.stored(connection))
    if wrong := [problem for problem in catalog.check(codes) if problem not in known]:
        raise UserError("; ".join(f"{p.code}: {p.rule} {p.detail} ({REMEDIES[p.rule]})" for p in wrong))
    for addition in given:
        code = catalog.code_of(addition) or addition.code
        concept = catalog.concepts()[code]
        said = remapping.times_said(connection, addition.phrases)
        out.print(f"{code} {escape(concept.name)}: {escape(', '.join((*addition.phrases, *addition.patterns)))}")
        for phrase in addition.phrases:
            other = meant[phrase]
            if other and other != code:
                out.print(f"  [yellow]{escape(phrase)} meant {other} {escape(catalog.concepts()[other].name)}[/yellow]")
        out.print(f"  {said:,} observations of no concept say so 未归类观测")
    out.print("`kb catalog remap` maps what is loaded; the next `kb load` does so by itself.")


def meaning(phrase: str, addition: Addition) -> str | None:
    """Code of what a phrase means now, in the units of the concept that it is to mean."""
    concept = catalog.concepts().get(catalog.code_of(addition) or "")
    dimensions = concept.dimensions if concept else frozenset((addition.dimension or "").split("|"))
    found = (catalog.match(phrase, dimension, "level") for dimension in sorted(dimensions))
    return next((match.code for match in found if match), None)


def remove(what: Annotated[str, typer.Argument(help="Code or name of an added concept, or an added phrase.")]) -> None:
    """Take an addition back: all that was added to a code, or one phrase."""
    with knowledge_base() as connection, connection.begin():
        gone = remapping.take_back(connection, what)
        catalog.use(remapping.stored(connection))
    if not gone:
        raise UserError(f"{what}: no user has added that. `kb catalog list --added` shows what was added.")
    out.print(f"Removed: {escape('; '.join(gone))}\n`kb catalog remap` maps what is loaded.")


def remap(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    limit: Limit = 20,
) -> None:
    """Map all that is loaded by the present catalog, without reading files; what means something else now is shown."""
    with knowledge_base() as connection, alone(connection):
        with connection.begin():
            if dry_run:
                moved = remapping.moves(connection)
            else:
                run, done = remapping.open_run(connection, load.reader_version(), [], must_map=True)
                moved = done or []
                load.settle(connection)
                load.end_run(connection, run)
        show_moves(moved, limit, "would mean" if dry_run else "mean")
        if moved and not dry_run:
            show_findings(connection)


def show_moves(moved: list[remapping.Move], limit: int, mean: str) -> None:
    total = sum(move.observations for move in moved)
    out.print(f"{total:,} observations 观测 {mean} another indicator than before.")
    changes: dict[tuple[str, str], list[remapping.Move]] = {}
    for move in moved:
        now = " ".join(filter(None, (move.after_code, move.after)))
        changes.setdefault((move.before, now), []).append(move)
    rows = sorted(
        ((sum(m.observations for m in group), *named, group[0].phrase) for named, group in changes.items()),
        key=lambda row: (-row[0], row[1:]),
    )
    if rows:
        columns = ("observations", "from", "to", "phrase")
        deliver(views.Table(columns, rows), Format.TABLE, None, limit, "the most frequent stand first")
