"""`kb review`, `correct` and `corrections`: what people say of what was read."""

from __future__ import annotations

import getpass
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy import Connection

from etl import judgements, load, views
from etl.cli.database import knowledge_base
from etl.cli.output import UserError, out, show

app = typer.Typer(no_args_is_help=True, help="Corrections of facts, and whether two names mean one thing.")


Reason = Annotated[str, typer.Option("--reason", "-r", help="How you know.")]
By = Annotated[str, typer.Option("--by", help="Who says so; your login.", default_factory=getpass.getuser)]
Kind = Annotated[str, typer.Argument(help=f"What the names are of: {' or '.join(judgements.KINDS)}.")]
Shown = Annotated[str, typer.Argument(help="The name; if both are the same, the one that views show.")]
Other = Annotated[str, typer.Argument(help="The other name.")]


def review(limit: Annotated[int, typer.Option(help="Rows of each kind.")] = 10) -> None:
    """List what is unsure: facts of low confidence, names that may mean one thing, frequent phrases of no concept."""
    with knowledge_base() as connection:
        out.print("\n[bold]Facts of low confidence[/bold] 低置信度")
        show(views.run_sql(connection, f"{UNSURE} LIMIT {limit}"))
        out.print("\n[bold]Frequent phrases of no concept[/bold] 未归类指标")
        show(views.run(connection, "unmapped_phrases", ["reports>1"], columns=PHRASES, limit=limit))
        for kind in judgements.KINDS:
            pairs = judgements.unsure_names(connection, kind)
            out.print(f"\n[bold]Names of one {kind}?[/bold] 疑为同一 ({len(pairs)})")
            show(views.Table(("why", "name", "mentions", "other_name", "other_mentions"), pairs[:limit]))
    out.print(
        "\n  kb correct fact NUMBER value 47500 -r 'annex 2'            what is right of a fact 更正\n"
        "  kb correct fact NUMBER reject yes -r 'a phone number'      it is none 剔除\n"
        "  kb correct same organization NAME OTHER -r 'one seal'      one body 同一机构; also: different, unsure\n"
        "  kb catalog unknown                                         more phrases, and what may be meant 未归类指标"
    )


UNSURE = """
    SELECT observation_id, source_name, value_text, unit, indicator_text, confidence, rule, evidence_masked
    FROM mart.v_observations
    WHERE NOT is_trusted AND NOT is_copy
    ORDER BY indicator_code IS NULL, confidence, observation_id
"""
PHRASES = ("phrase", "reports", "observations", "units", "example")


@app.command("fact")
def correct_fact(
    number: Annotated[int, typer.Argument(help="observation_id, as `kb query v_observations` shows it.")],
    field: Annotated[str, typer.Argument(help="value, indicator, period, organization, status or reject.")],
    right: Annotated[str, typer.Argument(help="What is right: 47500, 2021-01..2021-11, target; reject yes.")],
    reason: Reason,
    by: By,
) -> None:
    """Store what is right of a fact; it survives every reload."""
    with knowledge_base() as connection, connection.begin():
        made = judgements.correction_of(connection, number, field, right, reason, by)
        keep(connection, judgements.Judgements(fact=(made,)))
        out.print(f"{made.id}: {escape(made.surface)} in {escape(made.source)}: {field} {made.read} → {escape(right)}")


@app.command("same")
def correct_same(kind: Kind, name: Shown, other: Other, reason: Reason, by: By) -> None:
    """Say that two names mean one body or one initiative."""
    judge(kind, name, other, "same", reason, by)


@app.command("different")
def correct_different(kind: Kind, name: Shown, other: Other, reason: Reason, by: By) -> None:
    """Say that two names mean two bodies or two initiatives."""
    judge(kind, name, other, "different", reason, by)


@app.command("unsure")
def correct_unsure(kind: Kind, name: Shown, other: Other, reason: Reason, by: By) -> None:
    """Say that it cannot be told whether two names mean one thing."""
    judge(kind, name, other, "unsure", reason, by)


def judge(kind: str, name: str, other: str, verdict: str, reason: str, by: str) -> None:
    made = judgements.identity_of(kind, name, other, verdict, reason, by)
    with knowledge_base() as connection, connection.begin():
        keep(connection, judgements.Judgements(identity=(made,)))
    out.print(f"{made.id}: {escape(name)} and {escape(other)}: {verdict}")


@app.command("file")
def correct_file(path: Annotated[Path, typer.Argument(help="TOML, as `kb corrections --toml` writes it.")]) -> None:
    """Take in a file of corrections and judgements, as a team keeps it under version control."""
    given = judgements.read_file(path)
    with knowledge_base() as connection, connection.begin():
        keep(connection, given)
    out.print(f"Taken in: {len(given.fact)} corrections of facts, {len(given.identity)} judgements on names.")


@app.command("undo")
def correct_undo(number: Annotated[int, typer.Argument(help="Its number, as `kb corrections` shows it.")]) -> None:
    """Take a correction or judgement back."""
    with knowledge_base() as connection, connection.begin():
        if not judgements.take_back(connection, number):
            raise UserError(f"There is no correction {number}. `kb corrections` lists them.")
        load.settle(connection)
    out.print("Taken back.")


def keep(connection: Connection, given: judgements.Judgements) -> None:
    judgements.store(connection, given)
    load.settle(connection)


def corrections(
    toml: Annotated[bool, typer.Option("--toml", help="As a file for `kb correct file`.")] = False,
) -> None:
    """List what people have corrected and judged, and whether the facts are still there."""
    with knowledge_base() as connection:
        made = judgements.stored(connection)
        if toml:
            print(judgements.as_toml(made), end="")
            return
        for standing in judgements.standings(connection):
            row, style = standing.row, "yellow" if standing.is_upset else "green"
            out.print(
                f"[{style}]{standing.state:>14}[/{style}]  {row['correction_id']}  {escape(row['source_name'])}: "
                f"{escape(row['surface'])}, {row['field']} {escape(str(row['value_read']))} → "
                f"{escape(row['value_right'])}  [dim]{escape(row['made_by'])}: {escape(row['reason'])}[/dim]"
            )
        against = judgements.contradictions(made.identity)
        for entry in made.identity:
            state = "contradicts" if entry in against else entry.verdict
            out.print(
                f"{state:>14}  {entry.id}  {entry.kind} {escape(entry.name)} | {escape(entry.other)}  "
                f"[dim]{escape(entry.by)}: {escape(entry.reason)}[/dim]"
            )


def show_upset(connection: Connection) -> None:
    """Say how many corrections no longer find the fact as it was."""
    upset = Counter(standing.state for standing in judgements.standings(connection) if standing.is_upset)
    if upset:
        told = ", ".join(f"{count} {state}" for state, count in sorted(upset.items()))
        out.print(f"[yellow]Corrections to look at 更正待查: {told}: kb corrections[/yellow]")
