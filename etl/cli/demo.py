"""`kb demo`: the sample reports, loaded and compared."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any

from rich.markup import escape
from sqlalchemy import Connection

from etl import readers, views
from etl.assets import folder
from etl.cli.database import database_url, embedded, knowledge_base
from etl.cli.loading import expand, load_files, show_summary
from etl.cli.output import out, plain, show


def demo() -> None:
    """Load the sample reports into the knowledge base and compare them."""
    out.print("[bold]1. Starting PostgreSQL[/bold] 启动数据库")
    url = database_url()
    with knowledge_base() as connection:
        out.print("[bold]2. Loading the sample reports[/bold] 加载示例报告")
        samples = [path for path in expand([str(folder("samples"))])[0] if path.suffix in readers.READERS]
        show_summary(connection, load_files(connection, samples, [], ["samples"], os.cpu_count() or 1))
        out.print("\n[bold]3. What the reports say, side by side[/bold] 横向比较")
        show_comparisons(connection)
    shown = url if "KB_DATABASE_URL" in os.environ else embedded().tcp_url()
    out.print(
        "\n[bold]4. Go on from here[/bold] 接下来\n"
        "  .venv/bin/kb query                     the saved queries 查询清单\n"
        "  .venv/bin/kb load FOLDER               your own reports 加载自己的报告\n"
        "  .venv/bin/kb explain '…'               how a sentence is read 一句话怎么读\n"
        f"  psql '{shown}'\n"
        "  A BI tool connects to the same address (PostgreSQL); the views with their comments are in schema mart.\n"
        f"  .venv/bin/kb forget {folder('samples')}\n"
        "                                         the samples out again, before your own reports come 清除示例\n"
        "  The server goes on running; `.venv/bin/kb db stop` stops it, the data stay."
    )


def show_comparisons(connection: Connection) -> None:
    """The two indicators that most bodies give, then growth, targets, initiatives and contradictions."""
    common = ["status=actual", "granularity=year", "indicator_code!="]
    for measure in ("level", "growth"):
        found = views.run(connection, "most_compared", [*common, f"measure={measure}"], limit=1)
        for best in (dict(zip(found.columns, row, strict=True)) for row in found.rows):
            heading = f"[bold]{best['period_label']} {best['indicator']}[/bold], {measure}"
            out.print(f"\n{heading}, {best['bodies']} bodies 家 (kb query compare_indicator)")
            keys = ("indicator", "measure", "status", "period_label", "organization_type", "region_level", "unit")
            same = [f"{key}={best[key]}" for key in keys if best[key] is not None]
            shown = ("position", "organization_name", "value", "unit", "bound", "claims", "source_name", "evidence")
            peers = views.run(connection, "compare_indicator", same, columns=shown, limit=12)
            show(in_chinese(peers, "compare_indicator", hidden=1))
            *_, source, evidence = peers.rows[0]
            out.print(f"[dim]{escape(source)}: {escape(evidence)}[/dim]")
    others: tuple[tuple[str, str, list[str], tuple[str, ...]], ...] = (
        (
            "Claimed growth beside the one that the levels give 报告增速与计算增速",
            "indicator_over_time",
            ["claimed_growth_pct>-100", "computed_growth_pct>-100", "indicator_code!="],
            ("organization_name", "indicator", "year", "computed_growth_pct", "claimed_growth_pct", "difference_pp"),
        ),
        (
            "Last year's targets, this year's outcome 目标与完成",
            "target_vs_outcome",
            [],
            ("organization_name", "indicator", "measure", "period_label", "target", "outcome", "unit", "is_reached"),
        ),
        (
            "Who takes part in what 举措推广",
            "initiative_adopters",
            ["adopters>1"],
            ("initiative_name", "adopters", "organization_name", "reports", "first_period_start"),
        ),
        (
            "Reports that disagree 数据出入",
            "conflicts",
            ["sources>1"],
            (
                "organization_name",
                "indicator",
                "period_label",
                "lowest",
                "highest",
                "unit",
                "lowest_source",
                "highest_source",
            ),
        ),
        (
            "Reports beside official statistics 报告数与官方统计",
            "claims_against_statistics",
            [],
            ("organization_name", "indicator", "period_label", "claim", "statistic", "unit", "deviation_pct"),
        ),
    )
    for title, name, conditions, columns in others:
        result = views.run(connection, name, conditions, columns=columns, limit=6)
        if result.rows:
            out.print(f"\n[bold]{title}[/bold] (kb query {name})")
            show(in_chinese(result, name))


def in_chinese(result: views.Table, name: str, hidden: int = 0) -> views.Table:
    """A query's result as Chinese readers like it: short heads, amounts in 亿 and 万; the last columns hidden."""
    meanings = views.queries()[name].columns
    heads = [meanings[column].partition(" · ")[0] for column in result.columns]
    width = len(heads) - hidden
    return views.Table(tuple(heads[:width]), [tuple(map(chinese_amount, row[:width])) for row in result.rows])


def chinese_amount(value: Any) -> Any:
    """14170000000 → 141.7亿, 51100 → 5.11万; what is not a large number stays."""
    for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if isinstance(value, Decimal) and abs(value) >= size:
            return plain(round(value / size, 4)) + word
    return value
