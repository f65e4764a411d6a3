"""Sayings and their reading: one value or time a line of `tests/corpus/`, with all the ways of saying it.

A line with `nothing` lists what looks like a number and is no fact. A saying that is not yet read as it should be
stands in `not_yet`: it must fail, so that who teaches it to the reader moves it up.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.extract import periods, quantities
from etl.records import TimeSpan

CORPUS = Path(__file__).parent / "corpus"
YEAR = TimeSpan(date(2022, 1, 1), date(2022, 12, 31), "year")
ANCHOR = periods.Anchor(2022, None, YEAR)  # a report on 2022 that bears no date


def sayings(name: str) -> list[Any]:
    """(saying, its line) of a corpus file."""
    cases = []
    for line in (CORPUS / name).read_text("utf-8").splitlines():
        case = json.loads(line)
        cases += [pytest.param(saying, case, id=saying) for saying in case["sayings"]]
        not_yet = pytest.mark.xfail(strict=True, reason="not read yet")
        cases += [pytest.param(saying, case, id=saying, marks=not_yet) for saying in case.get("not_yet", [])]
    return cases


@pytest.mark.parametrize(("saying", "case"), sayings("quantities.jsonl"))
def test_quantity(saying: str, case: dict[str, Any]) -> None:
    found = [quantity for quantity in quantities.find(saying) if not quantity.passed_over]
    if "nothing" in case:
        assert not found
        return
    [quantity] = found
    assert quantity.value == (None if case["value"] is None else Decimal(str(case["value"])))
    assert quantity.unit == case["unit"]
    assert quantity.bound == case.get("bound", "exact")
    assert quantity.value_high == case.get("value_high")
    assert quantity.from_value == case.get("from_value")
    assert quantity.is_redacted == case.get("redacted", False)


@pytest.mark.parametrize(("saying", "case"), sayings("periods.jsonl"))
def test_period(saying: str, case: dict[str, Any]) -> None:
    spans = [found.span for found in periods.find(f"{saying}，全市新增就业5人。", ANCHOR) if found.span]
    expected = [] if "nothing" in case else [(case["start"], case["end"])]
    assert [(str(span.start), str(span.end)) for span in spans] == expected
