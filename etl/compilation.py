"""A source becomes its reports: where each begins and by what evidence, who wrote it, about which time and place."""

from __future__ import annotations

from etl.records import Paragraph, ParagraphKind, Report, SourceText


def split(
    source: SourceText, paragraphs: tuple[Paragraph, ...]
) -> tuple[tuple[Report, ...], tuple[tuple[int, int, str], ...]]:
    """The reports of a source, and the source spans (start, end, reason) that belong to none."""
    starts = [i for i, paragraph in enumerate(paragraphs) if paragraph.kind is ParagraphKind.HEADING and paragraph.level == 1]
    starts = starts or [0]
    reports = []
    for ordinal, (first, after) in enumerate(zip(starts, [*starts[1:], len(paragraphs)], strict=True), 1):
        part = paragraphs[first:after]
        title = part[0].text if part[0].kind is ParagraphKind.HEADING else None
        reports.append(Report(ordinal, part[0].char_start, part[-1].char_end, part, title, evidence=("heading of level 1",)))
    return tuple(reports), ()
