"""What Chinese numerals say, and digits mixed with them.

Pure functions over the characters of one numeral. Where a numeral stands in a text, and whether it counts anything
there, is for the extractors to tell.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "幺": 1}
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@lru_cache(4096)
def value(text: str) -> Decimal | None:
    """The number that a numeral says; None if it says none, or more than one.

    两万三千 → 23000, 二〇二一 → 2021, 三点五 → 3.5, 二十点一万 → 201000, 三万五 → 35000, 负二 → -2;
    三五 and 十一十二 → None.
    """
    if text.startswith("负"):
        positive = value(text[1:])
        return None if positive is None else -positive
    if "点" in text:
        return _with_fraction(text)
    whole = _whole(text.replace("廿", "二十"))
    return None if whole is None else Decimal(whole)


def _with_fraction(text: str) -> Decimal | None:
    before, _, behind = text.partition("点")
    said = behind.rstrip("百千万亿")
    whole = value(before)
    if whole is None or not said or not all(c in DIGITS for c in said):
        return None
    fraction = "".join(str(DIGITS[c]) for c in said)
    return Decimal(f"{whole}.{fraction}") * magnitude(behind[len(said) :])


def _whole(text: str) -> int | None:
    if not text:
        return None
    if all(c in DIGITS for c in text):
        return _digit_by_digit(text)
    unit = max((c for c in text if c in MAGNITUDES), key=MAGNITUDES.__getitem__, default=None)
    if unit is None:
        return None
    factor = MAGNITUDES[unit]
    head, _, tail = text.rpartition(unit)
    count = _count(head, unit, tail)
    rest = _rest(tail, factor)
    return None if count is None or rest is None else count * factor + rest


def _digit_by_digit(text: str) -> int | None:
    """二〇二一 → 2021, 一一〇 → 110; 三五 is a range and 一一 nothing, but 〇五 is 5."""
    return None if len(text) == 2 and not set(text) & set("零〇○") else digits(text)


def digits(text: str) -> int:
    """A row of Chinese digits as a number: 九七 → 97, 二〇二一 → 2021."""
    return int("".join(str(DIGITS[c]) for c in text))


def _count(head: str, unit: str, tail: str) -> int | None:
    """How many of `unit`: at most 9 of 十 百 千, fewer than 10000 of 万. 十二 and the bare 百万 leave out the one."""
    if not head:
        return 1 if unit == "十" or not tail else None
    count = _whole(head)
    limit = {"万": 10**4, "亿": 10**8}.get(unit, 10)
    return count if count is not None and 0 < count < limit else None


def _rest(tail: str, factor: int) -> int | None:
    """What follows a magnitude of `factor`; a digit without 零 counts tenths of it: 一百零二 is 102, 一百二 120."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in DIGITS:
        return DIGITS[tail] * factor // 10
    rest = _whole(tail.lstrip("零〇"))
    return rest if rest is not None and rest < factor else None


@lru_cache(4096)
def span(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends that neighbouring digits say: 三四百 → 300, 400; 十七八万 → 170000, 180000; 三五 → 3, 5."""
    pairs = [
        i for i in range(len(text) - 1) if DIGITS.get(text[i]) and DIGITS.get(text[i + 1]) and "点" not in text[:i]
    ]
    if len(pairs) != 1:
        return None
    [at] = pairs
    one, other = DIGITS[text[at]], DIGITS[text[at + 1]]
    if other != one + 1 and (one, other) != (3, 5):
        return None
    low, high = value(text[: at + 1] + text[at + 2 :]), value(text[:at] + text[at + 1 :])
    return (low, high) if low is not None and high is not None and low < high else None


def magnitude(text: str | None) -> Decimal:
    """The factor of a magnitude word: 万 → 10000, 多万 → 10000, 百万 → 1000000, 个亿 → 100000000, none → 1."""
    factor = 1
    for c in text or "":
        factor *= MAGNITUDES.get(c, 1)
    return Decimal(factor)


def decimal(text: str) -> Decimal:
    """Arabic digits with or without separators, and with a gap behind the point: 1,234.5 → 1234.5, 1. 6 → 1.6."""
    return Decimal(text.replace(",", "").replace(" ", ""))


def integer(text: str | None) -> int | None:
    """The whole number that digits or a numeral say; None if they say none."""
    if not text:
        return None
    said = Decimal(text) if text.isdecimal() else value(text)
    return int(said) if said is not None else None


_UNITS = ("", "十", "百", "千")


def han(number: int) -> str:
    """A whole number from 0 up to 10¹⁶ the way it is written out: 1010 → 一千零一十, 12 → 十二."""
    if number < 0 or number >= 10**16:
        raise ValueError(f"{number} is not written out")
    written = _written(number) or "零"
    return written[1:] if written.startswith("一十") else written


def _written(number: int) -> str:
    for factor, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= factor:
            count, rest = divmod(number, factor)
            zero = "零" if rest and rest < factor // 10 else ""
            return f"{_written(count)}{unit}{zero}{_written(rest)}"
    return "零一二三四五六七八九"[number] if number else ""
