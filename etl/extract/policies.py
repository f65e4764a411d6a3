"""Documents that a report names: by title in 《》, by document number (文号), or both.

`extract` tells the story. Whether a title is that of a document, and not of a newspaper, a film or a song, is told by
its ending and by the words round it; those words are data in schema/vocabulary/policies.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl import vocabulary
from etl.records import ParagraphKind, PolicyCitation, Report

LONGEST_TITLE = 150  # characters; a mark that closes later than that was lost in the source

# 〔2021〕5号 of X政发〔2021〕5号: the year and the ordinal; digits may be masked (x爱卫办〔2022〕x号).
NUMBER = re.compile(r"[〔\[［【（(](?:(?:19|20)\d{2}|[xX]{2,4})[〕\]］】）)]第?[\dxX]{1,5}号")
NUMBER_ISSUER = re.compile(r"(?:[xX]{1,4})?[一-鿿]{1,10}$")  # the issuer's short name before it: 国发, 达市委办发
# What may stand before the issuer's short name in running text and is no part of it.
NUMBER_LEAD = re.compile(
    r".*(?:出台|印发|下发|根据|按照|依据|落实|抢抓|把握|执行|转发|国务院|文件|和|及|与|以|的|了|即|见|由|对|在|是|为)"
)
BRACKETED_NUMBER = re.compile(r"[（(](?P<number>[^（）()]{0,14}[〔\[［【（(][^）)]{2,6}[〕\]］】）)][^（）()]{1,7}号)")
# （试行）, （2021—2025年）, （草案）, “十二条” behind the noun that tells what sort of document it is.
TAIL = re.compile(r"(?:[（(][^（）()]{1,24}[）)]|[0-9〇一二三四五六七八九十百年版—-]+)$")
SHORT_FORM = 4  # 《规划》, 《实施意见》


def extract(report: Report) -> tuple[PolicyCitation, ...]:
    """Every document that the report names, in reading order; the same document as often as it is named."""
    found: list[PolicyCitation] = []
    for index, paragraph in enumerate(report.paragraphs):
        if paragraph.kind is not ParagraphKind.BOILERPLATE:
            titled = list(_titled(index, paragraph.text))
            taken = [(citation.start, citation.end) for citation in titled]
            found += sorted(titled + list(_numbered(index, paragraph.text, taken)), key=lambda citation: citation.start)
    return tuple(found)


def title_spans(text: str) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 of a paragraph, marks included: 《关于印发《…》的通知》 is one."""
    depth = start = 0
    for mark in re.finditer("[《》]", text):
        if mark.group() == "《":
            if depth == 0 or mark.start() - start > LONGEST_TITLE:
                start, depth = mark.start(), 0
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and mark.end() - start <= LONGEST_TITLE:
                yield start, mark.end()


def _titled(index: int, text: str) -> Iterator[PolicyCitation]:
    sure = False  # whether the title before, in the same list of titles, was a document
    behind = -1
    for start, end in title_spans(text):
        title = text[start + 1 : end - 1].strip()
        listed = text[behind:start] in ("", "、", "和", "及", "以及", "，") if behind >= 0 else False
        before, after = text[max(0, start - 14) : start], text[end : end + 12]
        rule, confidence = _document_sign(title, before, after, listed and sure)
        behind, sure = end, bool(rule)
        if not rule:
            continue
        number = BRACKETED_NUMBER.match(text, end)
        stop = number.end("number") + 1 if number else end
        yield PolicyCitation(
            paragraph=index,
            start=start,
            end=stop,
            surface=text[start:stop],
            title=title,
            document_number=number["number"] if number else None,
            rule=rule,
            confidence=confidence,
        )
        behind = stop


def _document_sign(title: str, before: str, after: str, follows_document: bool) -> tuple[str, float]:
    """The rule by which a title is a document's, and how far to trust it; an empty rule where it is none."""
    words = vocabulary.policies()
    bare = _without_tail(title)
    if not bare or title in words.media_titles or bare.endswith(words.media_endings):
        return "", 0.0
    if _work_before().search(before):
        return "", 0.0
    if title.startswith(words.document_openings):
        return "title opens like a document's", 0.98
    if bare.endswith(words.document_endings):
        return "title ends with a kind of document", 0.8 if len(bare) <= SHORT_FORM else 0.97
    if after.startswith(words.work_cues_after):
        return "", 0.0
    if before.endswith(words.document_cues):
        return "verb that governs documents before the title", 0.7
    if follows_document and len(title) > SHORT_FORM:
        return "in a list of documents", 0.6
    return "", 0.0


def _without_tail(title: str) -> str:
    """The title without a bracket, year or count behind its noun: …意见（试行） → …意见."""
    while (bare := TAIL.sub("", title.rstrip("”’」 "))) != title:
        title = bare
    return title


@cache
def _work_before() -> re.Pattern[str]:
    """A sort of work, then at most an opening bracket or a prize, then the title."""
    return re.compile(f"(?:{'|'.join(vocabulary.policies().work_cues_before)})[“（，]?$")


def _numbered(index: int, text: str, taken: list[tuple[int, int]]) -> Iterator[PolicyCitation]:
    """Document numbers that stand outside of a title and its bracket: 国发〔2012〕2号文件."""
    for match in NUMBER.finditer(text):
        issuer = NUMBER_ISSUER.search(text, max(0, match.start() - 14), match.start())
        if not issuer:
            continue
        start = issuer.start() + _lead_length(issuer.group())
        if any(a < match.end() and start < b for a, b in taken):
            continue
        number = text[start : match.end()]
        yield PolicyCitation(
            paragraph=index,
            start=start,
            end=match.end(),
            surface=number,
            title=None,
            document_number=number,
            rule="document number alone",
            confidence=0.95,
        )


def _lead_length(issuer: str) -> int:
    lead = NUMBER_LEAD.match(issuer)
    return lead.end() if lead and lead.end() < len(issuer) else 0
