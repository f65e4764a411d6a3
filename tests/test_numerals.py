"""Chinese numerals: what is written out is read back, and what says nothing is not read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import numerals

LARGEST = 10**16 - 1


@given(st.integers(0, LARGEST))
def test_a_number_written_out_is_read_back(number: int) -> None:
    assert numerals.value(numerals.han(number)) == number


@given(st.integers(0, 9999), st.text("零一二三四五六七八九", min_size=1, max_size=6))
def test_a_fraction_is_read_digit_by_digit(whole: int, fraction: str) -> None:
    digits = "".join(str(numerals.DIGITS[c]) for c in fraction)
    assert numerals.value(f"{numerals.han(whole)}点{fraction}") == Decimal(f"{whole}.{digits}")


@given(st.integers(1, 8), st.sampled_from(["", "十", "百", "千", "万", "亿", "十万"]))
def test_neighbouring_digits_are_two_ends(digit: int, magnitude: str) -> None:
    neighbours = "零一二三四五六七八九"[digit : digit + 2]
    expected = digit * numerals.magnitude(magnitude), (digit + 1) * numerals.magnitude(magnitude)
    assert numerals.span(neighbours + magnitude) == expected


@given(st.text("零一二三四五六七八九十百千万亿点两负", max_size=12))
def test_any_row_of_numerals_is_read_or_refused(text: str) -> None:
    for read in (numerals.value(text), numerals.span(text), numerals.integer(text)):
        assert read is None or read == read  # and nothing is raised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两万三千", 23000),
        ("一千零一十", 1010),
        ("一千零十", 1010),
        ("三万五", 35000),  # a digit behind a magnitude counts tenths of it
        ("一百二", 120),
        ("二〇二一", 2021),
        ("一一〇", 110),
        ("廿三", 23),
        ("三千万亿", 3 * 10**15),
        ("万亿", 10**12),
        ("百万", 10**6),
        ("负十一", -11),
    ],
)
def test_ways_of_writing(text: str, expected: int) -> None:
    assert numerals.value(text) == expected


@pytest.mark.parametrize("text", ["", "点一", "零点", "十一十二", "八百一千", "零百", "三五", "一一", "百十一", "万三"])
def test_what_is_no_number(text: str) -> None:
    assert numerals.value(text) is None


@pytest.mark.parametrize("text", ["三五七", "九八", "二十", "三点五六", "两两"])
def test_what_has_no_two_ends(text: str) -> None:
    assert numerals.span(text) is None


def test_only_what_can_be_read_back_is_written_out() -> None:
    with pytest.raises(ValueError, match="is not written out"):
        numerals.han(-1)
