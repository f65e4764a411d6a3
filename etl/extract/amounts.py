"""Numbers where they stand: what they say, their unit, their bound, and the ranges that they form.

Nothing is judged here: a date, an ordinal and a figure are all numbers. Offsets point into a paragraph's reading text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from etl import numerals, vocabulary
from etl.records import Bound

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TORN = r"(?<=[\u4e00-\u9fff])\d+\. \d+"  # 达到907. 23亿元: a space behind the point; 1. 2022年 is a list number
_TO_ONE = r"(?:比(?!(?:19|20)\d\d)\d+(?:\.\d+)?(?![\d.%])|[:：∶]1(?![\d.%、:：∶]))"  # 1.03比1, 2.3:1
_MASK = r"(?<![A-Za-z])[xX×]+(?:\.[xX×]+)?(?![A-Za-z])"
# 740多万, 100余万, 8个亿; never the 千 of 千瓦, 千米, 千克, nor the 万 of 万元户.
_MAGNITUDE = r"(?:[多余几]?(?:百万|千万|十万|万亿|[百千](?![瓦克米伏卡帕焦赫])|十|万(?!元户)|亿)+|个亿)"
# 3万5千, 1亿5000万
_SMALLER = r"零?(?:\d{1,4}[百千万](?![瓦克米伏卡帕焦赫])|[一二三四五六七八九]千(?![瓦克米伏卡帕焦赫]))"
_HAN = "(?:[零〇○一二两三四五六七八九幺十廿百万亿]|千(?![瓦克米伏卡帕焦赫]))+"
NUMBER = re.compile(
    r"(?P<numerator>(?<![\d/.])[1-9])/(?P<denominator>[2-9]|10)(?![\d/.])"
    rf"|(?P<arabic>{_TORN}|{_ARABIC})(?:{_TO_ONE}|分之(?P<share>{_ARABIC})|(?P<magnitude>{_MAGNITUDE})(?P<smaller>{_SMALLER})?)?"
    rf"|(?P<mask>{_MASK})(?P<mask_magnitude>{_MAGNITUDE})?"
    rf"|百分百"
    rf"|(?P<han>(?:[数几](?=[十百千万亿]))?{_HAN}(?:点{_HAN})?)"
    rf"(?:分之(?P<part>负?(?:{_ARABIC}|{_HAN}(?:点{_HAN})?)(?:[至到]{_HAN}(?!分之))?)|(?P<several>几[百千万亿]*|[多余][百千万亿]+))?"
)
_DASH = re.compile(r"(?:（含）)?(?:[-—–－~～]{1,2} ?|[至到])")
_PARTS_OF = {"百": 1, "千": 10, "万": 100}  # 千分之三 is 0.3 %
_PERCENT_POINTS = frozenset(("%", "个百分点"))


Kind = Literal["arabic", "han", "mask", "percent", "fraction"]


class Amount(NamedTuple):
    """A number with its unit, before it is judged."""

    start: int
    end: int  # behind the magnitude word
    kind: Kind
    value: Decimal | None  # None where digits are masked, or where a numeral says nothing (十一十二)
    unit: str
    unit_start: int
    unit_end: int  # behind the unit, or behind the number where there is none
    bound: Bound
    value_high: Decimal | None = None
    magnitude: str = ""  # the magnitude word of Arabic digits and masks: 多万, 个亿


def find(text: str) -> list[Amount]:
    """All numbers of a text, with ranges joined and units shared, in reading order."""
    return _with_shared_units(text, _joined(text, _scan(text)))


def _scan(text: str) -> Iterator[Amount]:
    at = 0
    for found in NUMBER.finditer(text):
        if found.start() < at:
            continue  # the 百 of 个百分点
        amount = _amount(text, found)
        if amount.kind != "han" or amount.value is not None:
            at = amount.unit_end
            yield amount


class _Said(NamedTuple):
    kind: Kind
    value: Decimal | None
    high: Decimal | None = None
    magnitude: str = ""


def _amount(text: str, found: re.Match[str]) -> Amount:
    start, end = found.span()
    said = _said(found)
    if said.kind == "percent":
        return Amount(start, end, said.kind, said.value, "%", end, end, _bound(text, start, end, end, ""), said.high)
    unit_start, unit_end = _unit_span(text, end, said.magnitude)
    bound = _bound(text, start, end, unit_end, said.magnitude)
    if bound is Bound.EXACT and said.kind == "han":
        bound = _bound_of_numeral(found["han"], said.high)
    unit = text[unit_start:unit_end]
    amount = Amount(start, end, said.kind, said.value, unit, unit_start, unit_end, bound, said.high, said.magnitude)
    return _per_volume(text, _with_currency(text, _with_half(text, amount)))


def _said(found: re.Match[str]) -> _Said:
    if found["mask"]:
        return _Said("mask", None, magnitude=found["mask_magnitude"] or "")
    if found["numerator"]:
        return _Said("fraction", _fraction(Decimal(found["denominator"]), Decimal(found["numerator"])))
    if found["arabic"]:
        return _arabic(found)
    if found["part"]:
        return _share(found["han"], found["part"])
    return _han(found) if found["han"] else _Said("percent", Decimal(100))  # 百分百


def _arabic(found: re.Match[str]) -> _Said:
    """12,000; 740多万; 3万5千; 3分之1."""
    number = numerals.decimal(found["arabic"])
    if found["share"]:
        return _Said("fraction", _fraction(number, numerals.decimal(found["share"])))
    value = number * numerals.magnitude(found["magnitude"]) + _smaller(found["smaller"])
    return _Said("arabic", value, magnitude=found["magnitude"] or "")


def _smaller(text: str | None) -> Decimal:
    """What 3万5千 has behind its 万, digits or numeral with one magnitude word."""
    digits = (text or "").lstrip("零")
    if not digits[:1].isdigit():
        return numerals.value(digits) or Decimal(0)
    return numerals.decimal(digits[:-1]) * numerals.magnitude(digits[-1])


def _han(found: re.Match[str]) -> _Said:
    """三百二十; 十几万 is 100000 and above, 七八 from seven to eight."""
    said, several = found["han"].lstrip("数几"), numerals.magnitude(found["several"])
    magnitude = found["several"] or ""
    value = numerals.value(said + magnitude.lstrip("多余几"))  # 四亿零七百多万: the 万 is not of the 亿
    if value is not None:
        return _Said("han", value, magnitude=magnitude)
    value = numerals.value(said)
    if value is not None:
        return _Said("han", value * several, magnitude=magnitude)
    ends = numerals.span(said)
    return _Said("han", ends[0] * several, ends[1] * several, magnitude) if ends else _Said("han", None)


def _bound_of_numeral(numeral: str, high: Decimal | None) -> Bound:
    """数十亿 are more than one 十亿; 七八 are seven or eight or so."""
    if numeral[0] in "数几":
        return Bound.ABOVE
    return Bound.EXACT if high is None else Bound.APPROX


def _share(whole: str, part: str) -> _Said:
    """百分之八点六 → 8.6 %, 千分之三 → 0.3 %, 百分之三十到四十 → 30 to 40 %; 三分之一 → 0.333333 of no unit."""
    low, _, high = re.sub("[至到]", "|", part).partition("|")
    value, value_high = numerals.span(low) or (_number(low), _number(high))
    if (per := _PARTS_OF.get(whole)) is None:
        return _Said("fraction", _fraction(numerals.value(whole), value))
    return _Said("percent", None if value is None else value / per, None if value_high is None else value_high / per)


def _number(text: str) -> Decimal | None:
    """Arabic digits or a Chinese numeral."""
    return numerals.decimal(text) if text[-1:].isdecimal() else numerals.value(text)


def _fraction(below: Decimal | None, above: Decimal | None) -> Decimal | None:
    return round(above / below, 6) if above is not None and below else None


# ---- units ----------------------------------------------------------------------------------------------------------


@cache
def _unit_lengths() -> dict[str, tuple[int, ...]]:
    """First character of a unit → the lengths of the units that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for unit in vocabulary.units():
        lengths.setdefault(unit[0], set()).add(len(unit))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def unit_at(text: str, at: int) -> str:
    """The longest unit that begins at `at`; '' if none does."""
    units = vocabulary.units()
    for length in _unit_lengths().get(text[at : at + 1], ()):
        if (unit := text[at : at + length]) in units:
            return unit
    return ""


_ABOUT_SO_MANY = frozenset("多余几来")


def _unit_span(text: str, end: int, magnitude: str) -> tuple[int, int]:
    """Where the unit behind a number stands; 余, 多, 几, 来 may come between (1000余家, 3万余人)."""
    between = text[end : end + 1]
    at = end
    if between in _ABOUT_SO_MANY and (unit_at(text, end + 1) or not (magnitude or between == "来")):
        at += 1
    return at, at + len(unit_at(text, at))


_HALF = re.compile(r"半(?=年|月|小时|天)|(?<=[年月天倍成度斤])半|(?<=成)[一二三四五六七八九\d](?![个十百千万\d.%年月])")


def _with_half(text: str, amount: Amount) -> Amount:
    """两成五, 三年半, 一倍半, 两个半小时: what is counted in parts of the unit stands behind it."""
    if text[amount.unit_end : amount.unit_end + 1] not in _BEHIND or amount.value is None or not amount.unit:
        return amount
    found = _HALF.match(text, amount.unit_end)
    if not found:
        return amount
    part = Decimal("0.5") if found[0] == "半" else (_number(found[0]) or 0) / Decimal(10)
    unit_end = found.end()
    unit = amount.unit
    if unit == "个":
        unit = unit_at(text, unit_end)
        unit_end += len(unit)
    return amount._replace(value=amount.value + part, unit=unit, unit_end=unit_end)


_BEHIND = frozenset("半一二三四五六七八九123456789")


_CURRENCY_BEFORE = re.compile(r"(?:人民币|港币|港元|新台币|台币|日元|日币|美元|美金|欧元|英镑|卢布)$")
_CURRENCY_BEHIND = re.compile(r"人民币|港币|新台币|台币|日币|美金|欧元|英镑")
_LONGEST_CURRENCY = 3


def _with_currency(text: str, amount: Amount) -> Amount:
    """港币3000元, 9000元日币: 元 of another currency is no 元."""
    if amount.unit != "元":
        return amount
    if found := _CURRENCY_BEHIND.match(text, amount.unit_end):
        unit = "元" if found[0] == "人民币" else found[0]
        return amount._replace(unit=unit, unit_end=found.end())
    found = _CURRENCY_BEFORE.search(text, max(0, amount.start - _LONGEST_CURRENCY), amount.start)
    return amount if not found or found[0] == "人民币" else amount._replace(unit=found[0])


def _per_volume(text: str, amount: Amount) -> Amount:
    """每立方米27微克 is 27微克/立方米."""
    if amount.unit not in ("微克", "毫克") or not text.endswith("每立方米", 0, amount.start):
        return amount
    return amount._replace(unit=f"{amount.unit}/立方米")


# ---- bounds ---------------------------------------------------------------------------------------------------------

# 签约, 最近, 通过 end like 约, 近, 过 and bound nothing.
_NOT_IN = r"(?<![签节集契预违履条合大])(?<!最(?=近))(?<![附临邻靠远亲](?=近))(?<![通经不胜度透见办渡路召](?=过))"


@cache
def _bounds() -> tuple[re.Pattern[str], dict[str, Bound], re.Pattern[str], dict[str, Bound]]:
    words = vocabulary.numbers()
    before = {word: Bound(bound) for bound, group in words.bounds_before.items() for word in group}
    after = {word: Bound(bound) for bound, group in words.bounds_after.items() for word in group}
    return (
        re.compile(f"{_NOT_IN}(?:{vocabulary.alternatives(before)})$"),
        before,
        re.compile(vocabulary.alternatives(after)),
        after,
    )


_STEP = re.compile("(?:的)?(?:新)?(?:大关|台阶|关口)")


def _bound(text: str, start: int, number_end: int, unit_end: int, magnitude: str) -> Bound:
    before, before_words, after, after_words = _bounds()
    if found := after.match(text, unit_end):
        return after_words[found[0]]
    if found := before.search(text[max(0, start - 4) : start]):
        return before_words[found[0]]
    if _STEP.match(text, unit_end):
        return Bound.ABOVE  # 迈上6000亿元新台阶
    if magnitude[:1] in ("多", "余", "几") or text[number_end : number_end + 1] in ("多", "余"):
        return Bound.ABOVE
    return Bound.EXACT


# ---- ranges ---------------------------------------------------------------------------------------------------------


def _joined(text: str, amounts: Iterator[Amount]) -> list[Amount]:
    """Ranges become one amount: 5-6亿元, 60%—70%, 700万到800万吨, 1至2个."""
    out: list[Amount] = []
    for high in amounts:
        if out and _is_range(text, out[-1], high):
            low = out[-1]
            out[-1] = high._replace(start=low.start, value=_scaled(text, low, high), value_high=high.value)
        else:
            out.append(high)
    return out


def _is_range(text: str, low: Amount, high: Amount) -> bool:
    if not high.unit or low.kind != high.kind or low.kind == "fraction" or low.value_high is not None:
        return False
    if low.unit not in ("", high.unit) or not _DASH.fullmatch(text, low.unit_end, high.start):
        return False
    if low.value is None or high.value is None:
        return True
    scaled = _scaled(text, low, high)
    return scaled is not None and scaled < high.value


def _scaled(text: str, low: Amount, high: Amount) -> Decimal | None:
    """The lower end of a range, with the magnitude word that it shares with the upper end: 5-6亿 → 5亿.

    8500到3万 shares none: 8500万 would be more than the upper end.
    """
    if low.value is None or high.value is None or _own_magnitude(text, low):
        return low.value
    scaled = low.value * numerals.magnitude(_own_magnitude(text, high))
    return scaled if scaled < high.value else low.value


def _own_magnitude(text: str, amount: Amount) -> str:
    if amount.kind != "han":
        return amount.magnitude
    numeral = text[amount.start : amount.end]
    return numeral[len(numeral.rstrip("万亿")) :]


# ---- units that are printed once -----------------------------------------------------------------------------------


def _with_shared_units(text: str, amounts: list[Amount]) -> list[Amount]:
    """分别增长5.1、6.2个百分点; 11.61个和3.87个百分点; 总额 23 亿元，其中到资 6 亿: a unit that is printed once."""
    for i in range(len(amounts) - 2, -1, -1):
        one, other = amounts[i], amounts[i + 1]
        if _shares_next_unit(text, one, other):
            amounts[i] = one._replace(unit=other.unit)
    for i, amount in enumerate(amounts):
        if _lacks_money(text, amount):
            amounts[i] = amount._replace(unit="元")
    for i in range(1, len(amounts)):
        if _shares_money(text, amounts[i - 1], amounts[i]):
            amounts[i] = amounts[i]._replace(unit="元")
    return amounts


def _shares_next_unit(text: str, one: Amount, other: Amount) -> bool:
    if not (one.kind == other.kind == "arabic" and other.unit and other.start - one.unit_end == 1):
        return False
    if text[one.unit_end] not in "、和及，":
        return False
    return (not one.unit and not other.magnitude) or (one.unit, other.unit) == ("个", "个百分点")


_CLAUSE_ENDS = frozenset(("", *"，。；、）"))


def _shares_money(text: str, one: Amount, other: Amount) -> bool:
    return (
        one.unit == "元" and not other.unit and text[other.end - 1] in "万亿"
        and text[other.end : other.end + 1] in _CLAUSE_ENDS and "。" not in text[one.end : other.start]
    )  # fmt: skip


_SUM = re.compile(
    "(?:生产总值|收入|支出|投资|产值|零售额|零售总额|存款|贷款|增加值|销售额|利润|税收)[^，。；、\\d]{0,6}$"
)


def _lacks_money(text: str, a: Amount) -> bool:
    """生产总值达到1.7万亿，增长7%: the 元 of a sum of money is left out."""
    if a.unit or a.kind != "arabic" or text[a.end - 1] != "亿" or text[a.end : a.end + 1] not in _CLAUSE_ENDS:
        return False
    return bool(_SUM.search(text, max(0, a.start - 14), a.start))


# ---- minus ----------------------------------------------------------------------------------------------------------


def signed(text: str, amount: Amount) -> Amount:
    """目前我街-17.01%, 负0.3%, 零下四摄氏度: the sign becomes part of the number."""
    if amount.value is None:
        return amount
    length = _length_of_sign(text, amount)
    return amount._replace(start=amount.start - length, value=-amount.value) if length else amount


def _length_of_sign(text: str, a: Amount) -> int:
    if a.start and text[a.start - 1] == "负":
        return 1
    if text[max(0, a.start - 2) : a.start] == "零下":
        return 2
    is_dash = a.kind == "arabic" and a.start > 0 and text[a.start - 1] in "-－—"
    if not is_dash:
        return 0
    if a.start == 1:
        return 1 if text[0] == "-" else 0
    before = text[a.start - 2]
    return int(a.unit in _PERCENT_POINTS and before not in "-－—%" and not before.isdigit())
