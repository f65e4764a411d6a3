"""`kb verify` and `kb check`: what does not hold, and what is not plausible."""

from __future__ import annotations

from collections import Counter

import typer
from rich.markup import escape
from sqlalchemy import Connection, text

from etl import load, views
from etl.cli.database import knowledge_base
from etl.cli.output import json_lines, out, plain


def verify() -> None:
    """Read every span and every conversion again; print what does not hold."""
    with knowledge_base() as connection:
        failing = run_checks(
            connection, [check for check in views.checks().values() if check.header["Kind"] == "proof"]
        )
        spans = connection.execute(text(SPANS)).scalar_one()
    if failing["error"]:
        raise typer.Exit(1)
    out.print(f"All holds: {spans:,} spans show what is stored, every value is what is printed.")


SPANS = """
    SELECT (SELECT count(*) FROM kb.quantities) + (SELECT count(*) FROM kb.organization_mentions)
        + (SELECT count(*) FROM kb.initiative_mentions) + (SELECT count(*) FROM kb.policy_citations)
"""


def check() -> None:
    """Run the data checks and keep what they find in kb.findings. Exit code 1: some found errors."""
    with knowledge_base() as connection:
        failing = run_checks(connection, list(views.checks().values()), keep=True)
    raise typer.Exit(1 if failing["error"] else 0)


def run_checks(connection: Connection, checks: list[views.Query], *, keep: bool = False) -> Counter[str]:
    """Run checks and print the rows that fail. Returns how many rows failed, by severity."""
    failing: Counter[str] = Counter()
    for entry in checks:
        result = views.run_check(connection, entry)
        severity = entry.header["Severity"]
        failing[severity] += len(result.rows)
        mark = {"error": "red", "warning": "yellow", "notice": "cyan"}[severity] if result.rows else "green"
        found = f"{len(result.rows)} {severity}(s)" if result.rows else "holds"
        out.print(f"[{mark}]{found:>12}[/{mark}]  {entry.name}  {escape(entry.header['Title'])}")
        for row in result.rows[:3]:
            pairs = zip(result.columns, row, strict=True)
            out.print("              [dim]" + escape(", ".join(f"{k}={plain(v)}" for k, v in pairs)[:300]) + "[/dim]")
        if keep:
            keep_findings(connection, entry, result)
    connection.rollback()
    return failing


def keep_findings(connection: Connection, entry: views.Query, result: views.Table) -> int:
    """Store what a check found; how many findings are new."""
    connection.rollback()
    with connection.begin():
        return load.write_findings(connection, entry.name, entry.header["Severity"], json_lines(result))


def show_findings(connection: Connection) -> None:
    """Run the plausibility checks, which take a second or two, after a load; and say what they found."""
    found: Counter[str] = Counter()
    new = 0
    for entry in views.checks().values():
        if entry.header["Kind"] == "plausibility":
            result = views.run_check(connection, entry)
            found[entry.header["Severity"]] += len(result.rows)
            new += keep_findings(connection, entry, result)
    counts = ", ".join(f"{found[severity]:,} {severity}s" for severity in ("error", "warning", "notice"))
    out.print(f"Findings 疑点: {counts}; {new:,} of them new [dim](kb query findings -p is_new=true)[/dim]")
