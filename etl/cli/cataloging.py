"""`kb catalog`: which concepts there are, what they miss, and what users add to them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Annotated, Any

import typer
from rich.markup import escape

from etl import additions, catalog, proposals, remapping, views, vocabulary
from etl.catalog import Problem
from etl.cli.database import knowledge_base
from etl.cli.output import As, Format, Limit, To, UserError, deliver, must_be_printable, out, plain, show
from etl.vocabulary import IndicatorConcept

app = typer.Typer(help="The catalog of indicators: what it holds and misses, what users add; mapping anew.")
Row = dict[str, Any]
Topic = Annotated[str, typer.Option(help="Of this topic: 就业, 经济/投资.")]
REMEDIES = {
    "duplicate_code": "give one of the two another code",
    "duplicate_name": "give one of the two another name, or make them one",
    "unknown_dimension": "take a dimension of units.csv, or none for figures without a unit",
    "empty_range": "low must lie below high",
    "no_anchor": "every branch needs two plain characters that stand together",
    "bad_pattern": "write a regular expression, with sets of catalog.toml in braces",
    "lost_phrase": "it means another concept: take it from one of the two",
    "no_concept": "give a name and a dimension to make it a concept, or the code of one that is there",
    "other_concept": "take it back with kb catalog remove, and add it under another code",
    "taken_name": "it is the name of another concept, and stays its own",
}


@app.callback(invoke_without_command=True)
def overview(context: typer.Context) -> None:
    """The catalog of indicators: what it holds and misses, what users add; mapping anew."""
    if context.invoked_subcommand:
        return
    with knowledge_base() as connection:
        used = remapping.usage(connection)
    concepts: Counter[str] = Counter()
    observations: Counter[str] = Counter()
    for concept in catalog.indicators():
        topic = concept.topic.partition("/")[0]
        concepts[topic] += 1
        observations[topic] += used.get(concept.code, 0)
    show(
        views.Table(("topic", "concepts", "observations"), [(t, concepts[t], n) for t, n in observations.most_common()])
    )
    out.print(
        f"\n{len(catalog.indicators()):,} concepts 指标概念, {len(catalog.added()):,} additions of users 用户增补\n"
        "  kb catalog list 就业                    the concepts that have the word in them 查找\n"
        "  kb catalog show URBAN_EMPLOYMENT        all of one concept, and the phrases that led to it 详情\n"
        "  kb catalog unknown                      frequent phrases of no concept, with proposals 未归类"
    )


@app.command("list")
def list_(
    text: Annotated[str, typer.Argument(help="In code, name, topic or a phrase; without it all.")] = "",
    topic: Topic = "",
    added: Annotated[bool, typer.Option("--added", help="Only what users have added.")] = False,
    format: As = Format.TABLE,
    output: To = None,
    limit: Limit = 50,
) -> None:
    """Find concepts; --added -f csv writes what users have added as a file for `kb catalog add`."""
    must_be_printable(format, output)
    with knowledge_base() as connection:
        used = remapping.usage(connection)
    if added and format is Format.CSV:
        content = additions.as_csv(catalog.added())
        output.write_text(content, "utf-8") if output else print(content, end="")
        return
    own = {catalog.code_of(addition) for addition in catalog.added()}
    found = [
        (rank, -used.get(concept.code, 0), concept)
        for concept in catalog.indicators()
        if concept.topic.startswith(topic) and (not added or concept.code in own)
        if (rank := rank_of(concept, text)) is not None
    ]
    rows = [
        (concept.code, concept.name, concept.topic, concept.dimension, concept.kind, -minus, phrase_with(concept, text))
        for _, minus, concept in sorted(found, key=lambda entry: entry[:2])
    ]
    columns = ("code", "name", "topic", "dimension", "kind", "observations", "phrase")
    deliver(views.Table(columns, rows), format, output, limit, "a word narrows them down")


def rank_of(concept: IndicatorConcept, part: str) -> int | None:
    """How well a concept answers a search, 0 best; None if not at all."""
    wanted = part.casefold()
    fields = ((concept.code, concept.name), (concept.name, concept.nbs_name or ""), concept.aliases)
    if not part or wanted in map(str.casefold, fields[0]):
        return 0
    places = (*fields[1:], (concept.code, concept.topic))
    return next((n for n, words in enumerate(places, 1) if any(wanted in word.casefold() for word in words)), None)


def phrase_with(concept: IndicatorConcept, part: str) -> str:
    """The shortest alias that holds what was searched."""
    return min((alias for alias in concept.aliases if part and part in alias), key=len, default="")


@app.command("show")
def show_concept(
    name: Annotated[str, typer.Argument(metavar="CODE", help="Code or name of a concept.")], limit: Limit = 20
) -> None:
    """Show all of one concept: what counts it, what the reports say of it, and by which phrases."""
    with knowledge_base() as connection:
        concept = concept_called(name)
        facts = remapping.facts_of(connection, concept.name)
        phrases = remapping.phrases_of(connection, concept.name)
    out.print(f"[bold]{concept.code}  {escape(concept.name)}[/bold]")
    limits = f"{plain(concept.low)} … {plain(concept.high)}" if (concept.low, concept.high) != (None, None) else ""
    for what, said in (
        ("topic 主题", concept.topic),
        ("definition 定义", concept.definition),
        ("units 量纲", f"{concept.dimension} ({', '.join(units_of(concept))})"),
        ("kind 类型", f"{concept.kind}, {concept.scope} figure(s) for a body and time"),
        ("plausible 合理范围", limits),
        ("statistics 国家统计局", concept.nbs_name),
        ("note 出处", concept.note),
        ("from 来自", place_of(concept.code)),
        ("aliases 别称", " | ".join(concept.aliases)),
        ("patterns 模式", "  ".join(concept.patterns)),
    ):
        if said:
            out.print(f"  [dim]{what}[/dim]  {escape(said)}")
    years = f", {facts['first'].year}–{facts['last'].year}" if facts["first"] else ""
    out.print(
        f"\n{facts['observations']:,} observations 观测 in {facts['reports']:,} reports 报告 "
        f"of {facts['organizations']:,} bodies 机构{years}"
    )
    if phrases:
        rows = [(*row.values(), how_found(row)) for row in phrases]
        deliver(views.Table((*phrases[0], "found"), rows), Format.TABLE, None, limit, "the most frequent stand first")


def concept_called(name: str) -> IndicatorConcept:
    code = name if name in catalog.concepts() else catalog.names().get(name)
    if code is None:
        near = ", ".join(f"{code} {catalog.concepts()[code].name}" for code in proposals.nearest(name))
        hint = f"Near it: {near}." if near else "`kb catalog list WORD` finds one."
        raise UserError(f"{name}: the catalog has no such concept. {hint}")
    return catalog.concepts()[code]


def units_of(concept: IndicatorConcept) -> list[str]:
    """The commonest units of its dimensions."""
    units = [unit for unit, entry in vocabulary.units().items() if entry.dimension in concept.dimensions]
    return [*units[:8], "…"] if len(units) > 8 else units


def how_found(row: Row) -> str:
    """alias, suffix or pattern; corrected where the catalog alone would not say so."""
    found = catalog.match(row["phrase"], dimension_of(row["unit"]), row["measure"])
    return found.how if found else "mapped before the catalog changed"


def dimension_of(unit: str) -> str | None:
    known = vocabulary.units().get(unit)
    return known.dimension if known else None


@app.command("unknown")
def unknown_phrases(
    text: Annotated[str, typer.Argument(help="Only phrases that hold it.")] = "",
    kind: Annotated[str | None, typer.Option(help="Only in reports of this kind: 政府工作报告.")] = None,
    topic: Topic = "",
    format: As = Format.TABLE,
    output: To = None,
    limit: Limit = 50,
) -> None:
    """List phrases that mean no concept, those in most reports first, each with the concepts nearest to it.

    With --topic only phrases whose nearest concept is of that topic.
    """
    must_be_printable(format, output)
    with knowledge_base() as connection:
        found = remapping.unknown(connection, text, kind)
    rows: list[tuple[Any, ...]] = []
    for row in found:
        if format is Format.TABLE and limit and len(rows) > limit:
            break
        near = proposals.nearest(row["phrase"], frozenset(row["dimensions"]))
        if not topic or (near and catalog.concepts()[near[0]].topic.startswith(topic)):
            proposed = ", ".join(f"{code} {catalog.concepts()[code].name}" for code in near)
            example = row["example"] if format is not Format.TABLE else shortened(row["example"], row["phrase"])
            rows.append((row["reports"], row["observations"], row["phrase"], row["units"], proposed, example))
    columns = ("reports", "observations", "phrase", "units", "nearest", "example")
    deliver(views.Table(columns, rows), format, output, limit, "a word narrows them down")


def shortened(sentence: str, phrase: str, width: int = 30) -> str:
    """The part of a sentence where a phrase stands."""
    at = max(sentence.find(phrase[:2]), 0)
    start = max(at - width // 3, 0)
    return "…" * (start > 0) + sentence[start : start + width] + "…" * (len(sentence) > start + width)


@app.command("check")
def check_catalog() -> None:
    """Check the catalog and what users have added. Exit code 1: something is wrong."""
    with knowledge_base():
        problems = catalog.check()
    for problem in problems:
        out.print(f"{place_of(problem.code)}  [bold]{problem.code}[/bold]  {told(problem)}")
    if problems:
        raise typer.Exit(1)
    phrases = sum(len(concept.aliases) + 1 for concept in catalog.indicators())
    out.print(f"All is well: {len(catalog.indicators()):,} concepts, {phrases:,} phrases.")


def told(problem: Problem) -> str:
    return f"{problem.rule} {escape(problem.detail)}  [dim]{REMEDIES[problem.rule]}[/dim]"


def place_of(code: str) -> str:
    """Where a concept stands."""
    is_added = any(addition.code == code for addition in catalog.added())
    return written().get(code) or ("added by users" if is_added else "families.toml")


@cache
def written() -> dict[str, str]:
    """Code of a concept that stands in a file of indicators/ → the file."""
    names = [f"indicators/{path.name}" for path in sorted((vocabulary.FOLDER / "indicators").glob("*.csv"))]
    return {row["code"]: name for name in names for row in vocabulary.rows(name)}
