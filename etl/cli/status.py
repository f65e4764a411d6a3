"""`kb status`: what is loaded, what is quarantined, and how much of the numbers was read."""

from __future__ import annotations

from rich.markup import escape
from sqlalchemy import Connection, text

from etl.cli.database import knowledge_base
from etl.cli.output import out

TOTALS = """
    SELECT (SELECT count(*) FROM kb.reports) AS "reports 报告",
           (SELECT count(*) FROM kb.observations) AS "observations 观测",
           (SELECT count(DISTINCT organization_id) FROM kb.organization_mentions) AS "organizations 机构",
           (SELECT count(*) FROM kb.initiatives) AS "initiatives 举措",
           (SELECT count(*) FROM kb.policies) AS "policies 政策文件"
"""


def status() -> None:
    """Show what is loaded, what is quarantined, and how much of the numbers was read."""
    with knowledge_base() as connection:
        totals = connection.execute(text(TOTALS)).mappings().one()
        files = connection.execute(
            text("SELECT status, count(*) FROM kb.sources GROUP BY status ORDER BY status")
        ).all()
        out.print("Files: " + (", ".join(f"{count} {name}" for name, count in files) or "none yet: kb load PATH"))
        out.print("Knowledge base: " + ", ".join(f"{count:,} {what}" for what, count in totals.items()))
        show_numbers(connection)
        show_boilerplate(connection)
        waiting = connection.execute(
            text("SELECT path, reason, remedy FROM kb.sources WHERE status <> 'loaded' ORDER BY path")
        ).all()
        if waiting:
            out.print(f"[yellow]Quarantined 隔离: {len(waiting)}[/yellow]")
        for path, reason, remedy in waiting:
            out.print(
                f"  {escape(path)}\n    {escape(reason)}" + (f"\n    [dim]{escape(remedy)}[/dim]" if remedy else "")
            )


def show_numbers(connection: Connection) -> None:
    """What became of the numbers; the unclaimed ones are the debt."""
    rows = connection.execute(
        text("""
            SELECT
                CASE
                    WHEN disposition = 'passed_over' THEN 'passed over by name 按规则略过'
                    WHEN is_redacted THEN 'masked in the source 原文隐去'
                    WHEN disposition = 'claimed' THEN 'read as observations 读为观测'
                    ELSE 'unclaimed 未读懂'
                END AS what,
                count(*) AS numbers
            FROM kb.quantities GROUP BY 1 ORDER BY 2 DESC
        """)
    ).all()
    total = sum(count for _, count in rows)
    out.print(f"Numbers: {total:,}")
    for what, count in rows:
        out.print(f"  {count:>9,}  {100 * count / total:5.1f}%  {what}")


def show_boilerplate(connection: Connection) -> None:
    """The share of the text that was set aside, and the files where it is largest."""
    rows = connection.execute(
        text("""
            SELECT s.name, s.char_count, coalesce(sum(b.char_end - b.char_start), 0) AS aside
            FROM kb.sources s LEFT JOIN kb.boilerplate_spans b USING (source_id)
            WHERE s.char_count > 0
            GROUP BY s.source_id
            ORDER BY 1.0 * coalesce(sum(b.char_end - b.char_start), 0) / s.char_count DESC
        """)
    ).all()
    characters, aside = sum(row.char_count for row in rows), sum(row.aside for row in rows)
    if characters:
        out.print(f"Text: {characters:,} characters, {100 * aside / characters:.2f}% set aside as boilerplate")
    for row in [row for row in rows if row.aside][:5]:
        out.print(f"  {100 * row.aside / row.char_count:5.1f}%  {escape(row.name)}")
