"""Numbers with their units and bounds, and the reason why a number is no fact.

Every number of a report comes out: as a quantity that may become an observation, or with `passed_over` naming the rule
that says why not (a date, an ordinal, a slogan). What neither claims is counted as unclaimed further on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from etl.extract import amounts, nonfacts
from etl.extract.amounts import Amount
from etl.records import ParagraphKind, Quantity, Report


def find(text: str, paragraph: int = 0) -> list[Quantity]:
    """All numbers of one paragraph's reading text, judged."""
    found = amounts.find(text)
    if not found:
        return []
    covered = nonfacts.spans(text)
    quantities: list[Quantity] = []
    old: list[Amount] = []  # values whose successors come: 由240天减至80天, 从2%提高到2020年的3%
    behind = 0
    for amount in found:
        reason = nonfacts.reason(text, amount, covered)
        is_date, is_old = reason == "date", reason != "date" and nonfacts.is_replaced(text, amount)
        if not is_date and not is_old and behind and text[behind : amount.start] not in _AND:
            old = []
        replaces = old.pop(0) if old and not is_date and not is_old else None
        if replaces and reason == "duration":
            reason = None
        quantities.append(_quantity(text, paragraph, amounts.signed(text, amount), replaces, reason))
        if is_old:
            old.append(amount)
        behind = amount.unit_end if replaces else 0
    return quantities


_AND = ("、", "和", "及", "与")


def _quantity(text: str, paragraph: int, amount: Amount, replaces: Amount | None, reason: str | None) -> Quantity:
    return Quantity(
        paragraph,
        amount.start,
        amount.end,
        text[amount.start : amount.end],
        amount.value,
        amount.unit,
        amount.unit_end,
        amount.value_high,
        replaces.value if replaces else None,
        amount.bound,
        amount.kind == "mask",
        reason,
        _rule(text, amount) if reason is None else "",
    )


def _rule(text: str, amount: Amount) -> str:
    if nonfacts.is_rank(text, amount):
        return "rank"
    return "number with unit" if amount.unit else "bare number"


def extract(report: Report) -> tuple[Quantity, ...]:
    """All numbers of a report, in reading order. What a bare number in a table means, its row and column say."""
    found: list[Quantity] = []
    for i, paragraph in enumerate(report.paragraphs):
        quantities = find(paragraph.text, i)
        if paragraph.kind is ParagraphKind.TABLE:
            quantities = [
                q if q.unit or q.passed_over else replace(q, passed_over="cell of a table") for q in quantities
            ]
        found += quantities
    return tuple(found)


_SENTENCE_END = re.compile(r"[。！？；][”’）]?")


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a reading text begin; 。！？； end one."""
    return [0, *(m.end() for m in _SENTENCE_END.finditer(text))]


def sentence_at(starts: list[int], position: int, length: int) -> tuple[int, int]:
    """The sentence round a position, given `sentence_starts`."""
    i = bisect_right(starts, position) - 1
    return starts[i], starts[i + 1] if i + 1 < len(starts) else length
