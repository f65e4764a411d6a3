"""Numbers in their surroundings: places, shared units, successors, and every number accounted for."""

from __future__ import annotations

from array import array
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import numerals
from etl.extract import quantities
from etl.records import Bound, Paragraph, ParagraphKind, Quantity, Report


def facts(text: str) -> list[Quantity]:
    return [quantity for quantity in quantities.find(text) if quantity.passed_over is None]


@given(st.integers(2, 10**12), st.sampled_from(["人", "元", "亩", "公里", "户"]))
def test_digits_and_numerals_say_the_same(number: int, unit: str) -> None:
    [digits] = facts(f"共计{number}{unit}，")
    [separated] = facts(f"共计{number:,}{unit}，")
    [han] = facts(f"共计{numerals.han(number)}{unit}，")
    assert digits.value == separated.value == han.value == number
    assert digits.unit == separated.unit == han.unit == unit


@given(
    st.text("零一二三十百千万亿点半成几多余两第0123456789.,%xX-—至到由从约近个元人年月日《》“”（）：∶/比 ", max_size=30)
)
def test_any_text_can_be_read(text: str) -> None:
    found = quantities.find(text)
    assert all(text[q.start : q.end] == q.text and q.start < q.end <= len(text) for q in found)
    assert all(one.start < other.start for one, other in pairwise(found))
    assert all(q.passed_over or q.rule for q in found)


@pytest.mark.parametrize(
    ("text", "value"), [("三亿零五十多万吨", 300500000), ("七百多万吨", 7000000), ("二十几亿吨", 2000000000)]
)
def test_more_than_a_numeral_of_two_magnitudes(text: str, value: int) -> None:
    assert [quantity.value for quantity in facts(text)] == [value]


def test_a_step_is_gone_beyond() -> None:
    assert [quantity.bound for quantity in facts("产值连续突破500亿元、600亿元大关，达到612亿元")] == [
        Bound.ABOVE,
        Bound.ABOVE,
        Bound.EXACT,
    ]


def test_among_how_many_is_no_figure() -> None:
    assert [quantity.text for quantity in facts("职工10万人工伤死亡人数为1.2人")] == ["1.2"]


def test_places_of_number_and_unit() -> None:
    text = "累计发放救助金740多万元。"
    [quantity] = facts(text)
    assert (quantity.start, quantity.end, quantity.unit_end) == (7, 12, 13)
    assert quantity.text == "740多万"
    assert (quantity.value, quantity.unit, quantity.bound) == (Decimal(7400000), "元", Bound.ABOVE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分别增长5.1、6.2和7.3个百分点", [("5.1", "个百分点"), ("6.2", "个百分点"), ("7.3", "个百分点")]),
        ("下降11.61个和3.87个百分点", [("11.61", "个百分点"), ("3.87", "个百分点")]),
        ("签约23亿元，其中到位6亿，开工4个", [("2300000000", "元"), ("600000000", "元"), ("4", "个")]),
        ("低保6户12人", [("6", "户"), ("12", "人")]),
    ],
)
def test_a_unit_that_is_printed_once_is_shared(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(quantity.value, quantity.unit) for quantity in facts(text)] == [(Decimal(v), u) for v, u in expected]


@pytest.mark.parametrize(
    "text",
    ["时限由240天压减至80天", "时限从原来的240天缩短为80天", "时限由2019年的240天减少到2022年的80天"],
)
def test_an_old_value_goes_with_its_successor(text: str) -> None:
    [quantity] = facts(text)
    assert (quantity.value, quantity.from_value) == (Decimal(80), Decimal(240))
    reasons = {q.value: q.passed_over for q in quantities.find(text)}
    assert reasons[Decimal(240)] == "value before the change"


def test_words_that_end_like_a_bound_are_none() -> None:
    assert [q.bound for q in facts("签约12个，通过30项，最近5个，邻近8家")] == [Bound.EXACT] * 4


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("截至2021年底", "date"),
        ("《三年计划（2021—2023年）》", "title"),
        ("（安政发〔2021〕17号）", "document number"),
        ("开展“百日攻坚”行动", "quoted name"),
        ("“十四五”时期", "quoted name"),
        ("第十四届人民代表大会", "congress"),
        ("第三次会议", "ordinal"),
        ("一是加强领导", "list number"),
        ("世界500强", "list of the largest"),
        ("65岁以上老人", "age"),
        ("三年行动", "duration"),
        ("比例为3:2", "ratio or time"),
        ("千亿元产业", "threshold of a class"),
        ("几十名群众", "vague number"),
        ("xx市", "masked name"),
    ],
)
def test_what_is_no_fact_is_passed_over_by_name(text: str, reason: str) -> None:
    assert {quantity.passed_over for quantity in quantities.find(text)} == {reason}


def report(text: str, kind: ParagraphKind) -> Report:
    return Report(1, 0, len(text), (Paragraph(text, array("l", range(len(text))), kind),))


def test_bare_numbers_of_a_table_wait_for_their_row_and_column() -> None:
    text = "粮食 5.1  油料 30吨"
    in_table = quantities.extract(report(text, ParagraphKind.TABLE))
    assert [(q.text, q.passed_over) for q in in_table] == [("5.1", "cell of a table"), ("30", None)]
    assert [q.passed_over for q in quantities.extract(report(text, ParagraphKind.BODY))] == [None, None]


def test_sentences_are_found_by_their_starts() -> None:
    text = "建成5个。“投资3亿元；”增长2%"
    starts = quantities.sentence_starts(text)
    assert [text[slice(*quantities.sentence_at(starts, at, len(text)))] for at in (2, 7, len(text) - 1)] == [
        "建成5个。",
        "“投资3亿元；”",
        "增长2%",
    ]
