"""`kb explain` and `kb split`: what is read in a text, and why; no database needed."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from etl import compilation, layout, pipeline, readers
from etl import explain as explanation
from etl.cli.output import UserError, json_value, out, plain


def explain(
    text_: Annotated[str, typer.Argument(metavar="TEXT", help="A piece of a report; - reads standard input.")],
    date_: Annotated[str | None, typer.Option("--date", metavar="D", help="The day of the report: 2022-01-15.")] = None,
    issuer: Annotated[str | None, typer.Option(metavar="NAME", help="Who gives the report, in full.")] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what is read in a piece of text and by which rule; needs no database."""
    content = sys.stdin.read() if text_ == "-" else text_
    if not content.strip():
        raise UserError("There is no text to explain.")
    facts = pipeline.read_report(explanation.report_of(content, day_of(date_), issuer))
    found = explanation.explained(content, facts)
    if as_json_:
        print(json.dumps(found, ensure_ascii=False, indent=1, default=json_value))
    else:
        show_explained(content, found)


def day_of(given: str | None) -> date | None:
    """A day as ISO 8601 writes it, with a time or without; of a year or a month alone the first day."""
    if given is None:
        return None
    try:
        return date.fromisoformat({4: f"{given}-01-01", 7: f"{given}-01"}.get(len(given), given[:10]))
    except ValueError:
        raise UserError(f"{given!r} is no day: write it like 2022-01-15.") from None


def split(path: Annotated[Path, typer.Argument(help="A file of reports.")]) -> None:
    """Show how a file is cut into reports, and by what evidence; needs no database."""
    source = readers.read(path)
    reports, boilerplate = compilation.split(source, layout.paragraphs(source))
    for report in reports:
        title = f"{report.title or 'no title'}{' (inferred 推断)' if report.title_is_inferred else ''}"
        out.print(f"[bold]{report.ordinal}. {escape(title)}[/bold]  {report.char_start:,}–{report.char_end:,}")
        span = f"{report.period.start} … {report.period.end}" if report.period else "no period"
        told = (report.kind, report.issuer_name, report.region_name, report.report_date, span)
        out.print("   " + escape(", ".join(str(part) for part in told if part)))
        out.print(f"   [dim]begins here: {escape('; '.join(report.evidence) or 'the file begins')}[/dim]")
    for start, end, reason in boilerplate:
        out.print(f"[dim]{start:,}–{end:,} set aside: {escape(reason)}[/dim]")


STYLES = {"organizations": "blue", "initiatives": "magenta", "policies": "cyan", "periods": "yellow"}


def show_explained(content: str, found: dict[str, list[dict[str, Any]]]) -> None:
    """For people: the text with what was read marked in it, then what, by which rule, and what was passed over."""
    marked = Text(content)
    for kind, style in STYLES.items():
        for item in found[kind]:
            marked.stylize(style, item["start"], item["end"])
    for item in found["quantities"]:
        style = "bold green" if item["observation"] is not None else "dim" if item["passed_over"] else "bold red"
        marked.stylize(style, item["start"], item["end"])
    out.print(marked)
    out.print(
        "[bold green]observation 观测[/]  [dim]passed over 略过[/]  [bold red]unclaimed 未读懂[/]  "
        "[yellow]time 时间[/]  [blue]organization 机构[/]  [magenta]initiative 举措[/]  [cyan]policy 政策[/]\n"
    )
    for item in found["observations"]:
        show_observation(item)
    for item in found["quantities"]:
        if item["observation"] is None:
            why = (
                f"passed over as [bold]{item['passed_over']}[/]" if item["passed_over"] else "[red]no rule claims it[/]"
            )
            out.print(f"[dim]{escape(item['text'] + item['unit'])}[/]  {why}")
    for item in found["periods"]:
        days = f"{item['start_date']} … {item['end_date']}" if item["start_date"] else "not resolved"
        out.print(f"[yellow]{escape(item['text'])}[/]  {days}  [dim]{item['rule']}[/]")
    for kind, name, sort in (
        ("organizations", "organization_name", "organization_type"),
        ("initiatives", "initiative_name", "initiative_kind"),
        ("policies", "policy_title", "document_number"),
    ):
        for item in found[kind]:
            what = escape(f"{item[name] or ''}  {item[sort] or ''}")
            out.print(
                f"[{STYLES[kind]}]{escape(item['text'])}[/]  {what}  [dim]{item['rule']} {item['confidence']:.2f}[/]"
            )


def show_observation(item: dict[str, Any]) -> None:
    high = f"–{plain(item['value_high'])}" if item["value_high"] is not None else ""
    value = "masked 隐去" if item["is_redacted"] else f"{plain(item['value'])}{high}{item['unit']}"
    base = (
        f" = {item['base_value']:,.10g}{item['base_unit']}"
        if item["base_unit"] != item["unit"] and item["base_value"]
        else ""
    )
    code = f" [{item['indicator_code']}]" if item["indicator_code"] else ""
    out.print(
        f"[bold green]{escape(item['text'])}[/]  {escape(item['indicator_text'] + code)}: {escape(value + base)}"
        f"  {item['measure']} {item['status']} {item['bound']}\n"
        f"    {item['period_label'] or 'time not told'}, {escape(item['organization_name'] or 'body not told')}"
        f"  [dim]{item['rule']} {item['confidence']:.2f}[/]"
    )
