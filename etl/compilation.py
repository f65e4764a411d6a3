"""A source becomes its reports: what belongs to none of them, where each begins, what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl import boundaries, letterhead, vocabulary
from etl.headlines import BYLINE, LAST_OF_HEAD, SHORT_NAME, is_enumerated
from etl.records import Paragraph, ParagraphKind, Report, SourceText

Boilerplate = tuple[int, int, str]  # source span and reason

UNDER_TITLE = re.compile(r"(?:会议|大会|次会)上?$|^(?:——|──).*[0-9]日|(?:国家统计局|人民政府)$")
PHOTO = re.compile(r"图为|图片说明")


def split(source: SourceText, paragraphs: tuple[Paragraph, ...]) -> tuple[tuple[Report, ...], tuple[Boilerplate, ...]]:
    """The reports of a source in order, and the source spans that belong to none, with the reason."""
    text = source.text
    items = list(paragraphs)
    contents = boundaries.table_of_contents(text, items)
    foreign = _foreign(text, items, contents)
    cover = _cover(items, foreign)
    items, starts = boundaries.find(text, items, foreign, contents, cover)
    return _reports(source, items, _foreign(text, items, contents), cover, starts)


def _foreign(text: str, items: Sequence[Paragraph], contents: boundaries.Contents) -> dict[int, str]:
    """Paragraphs that belong to no report, with the reason."""
    front = text.startswith("---")
    found: dict[int, str] = {}
    for i, item in enumerate(items):
        if i in contents.paragraphs:
            found[i] = "table of contents"
        elif item.kind is ParagraphKind.BOILERPLATE:
            found[i] = "front matter" if front else "comment"
        else:
            front = False
            if len(item.text) <= 160 and (reason := _foreign_reason(item.text)):
                found[i] = reason
    for i in range(1, len(items)):
        if boundaries.PHOTO_CREDIT.fullmatch(items[i].text) and len(items[i].text) <= 24:
            found[i] = "photo credit"
            if PHOTO.search(items[i - 1].text):
                found[i - 1] = "photo caption"
    return found


def _foreign_reason(words: str) -> str | None:
    return next((entry.reason for entry in vocabulary.reports().foreign if entry.pattern.search(words)), None)


def _cover(items: Sequence[Paragraph], foreign: dict[int, str]) -> str:
    """What the first lines say of the file: its name as a compilation, front matter."""
    head = [
        item.text for i, item in enumerate(items[:12]) if len(item.text) <= 80 and foreign.get(i) != "table of contents"
    ]
    return "\n".join(head)


def _reports(
    source: SourceText,
    items: Sequence[Paragraph],
    foreign: dict[int, str],
    cover: str,
    starts: Sequence[boundaries.Start],
) -> tuple[tuple[Report, ...], tuple[Boilerplate, ...]]:
    reports: list[Report] = []
    foreign = dict(foreign)
    edges = [*(start.paragraph for start in starts), len(items)]
    for ordinal, (start, end) in enumerate(zip(starts, edges[1:], strict=True), 1):
        own = [i for i in range(start.paragraph, end) if i not in foreign]
        while len(own) > 1 and _is_stray(items[own[-1]]):
            foreign[own.pop()] = "column name or caption"
        lines = range(start.paragraph, start.paragraph + start.title_lines)
        part = tuple(
            _as_title(items[i]) if i in lines and not start.is_inferred else _as_byline(items[i], n)
            for n, i in enumerate(own)
        )
        report = Report(
            ordinal,
            part[0].char_start,
            part[-1].char_end,
            part,
            start.title,
            start.is_inferred,
            evidence=start.evidence,
        )
        reports.append(letterhead.describe(report, source, cover))
    return tuple(reports), _spans(source.text, items, foreign, reports)


def _is_stray(item: Paragraph) -> bool:
    """A heading with nothing under it."""
    return item.kind is ParagraphKind.HEADING and len(item.text) <= 20


def _as_title(item: Paragraph) -> Paragraph:
    return replace(item, kind=ParagraphKind.HEADING, level=1)


def _as_byline(item: Paragraph, place: int) -> Paragraph:
    """A speaker, a meeting or an office under the title is no heading, however short its line."""
    is_heading = place < LAST_OF_HEAD and item.kind is ParagraphKind.HEADING and not is_enumerated(item.text)
    if is_heading and (BYLINE.match(item.text) or SHORT_NAME.match(item.text) or UNDER_TITLE.search(item.text)):
        return replace(item, kind=ParagraphKind.BODY, level=0)
    return item


def _spans(
    text: str, items: Sequence[Paragraph], foreign: dict[int, str], reports: Iterable[Report]
) -> tuple[Boilerplate, ...]:
    """Everything that no report holds, neighbours with the same reason in one span."""
    held = {item.char_start for report in reports for item in report.paragraphs}
    spans: list[Boilerplate] = []
    for i, item in enumerate(items):
        if item.char_start in held:
            continue
        reason = foreign.get(i, "cover")
        if spans and spans[-1][2] == reason and i and items[i - 1].char_start not in held:
            spans[-1] = (spans[-1][0], item.char_end, reason)
        else:
            spans.append((item.char_start, item.char_end, reason))
    return tuple(spans)
