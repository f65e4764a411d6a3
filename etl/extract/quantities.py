"""Numbers with their units and bounds, and the reason why a number is no fact.

Every number of a report comes out: as a quantity that may become an observation, or with `passed_over` naming the rule
that says why not (a date, an ordinal, a slogan). What neither claims is counted as unclaimed further on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from etl import vocabulary
from etl.records import Bound, Quantity, Report

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?"
_MASK = r"(?<![A-Za-z])[xX×]+(?:\.[xX×]+)?(?![A-Za-z])"
# 740多万, 100余万, 8个亿; never the 千 of 千瓦, 千米, 千克.
_MAGNITUDE = r"(?:[多余几]?(?:百万|千万|十万|万亿|[百千](?![瓦克米伏卡帕焦赫])|十|万(?!元户)|亿)+|个亿)"
_NUMBER = re.compile(
    rf"(?P<percent>[百千]分之(?:{_ARABIC}|{_HAN}))"
    rf"|(?P<fraction>(?:{_HAN})分之(?:{_HAN}))"
    rf"|(?P<arabic>(?:{_ARABIC}))(?P<magnitude>{_MAGNITUDE})?"
    rf"|(?P<mask>{_MASK})(?P<mask_magnitude>{_MAGNITUDE})?"
    rf"|(?P<han>{_HAN})(?P<han_magnitude>[多余几][百千万亿]+)?"
)
_DASH = re.compile(r"[-—–－~～至到]{1,2}")


class Candidate(NamedTuple):
    """A number where it stands, before it is judged. Offsets into the paragraph's reading text."""

    start: int
    end: int  # behind the magnitude word
    kind: str  # percent fraction arabic mask han
    value: Decimal | None
    unit: str
    unit_start: int
    unit_end: int  # behind the unit, or behind the number where there is none
    bound: Bound
    value_high: Decimal | None = None


def han_value(text: str) -> Decimal | None:
    """The number that a Chinese numeral says: 两万三千 → 23000, 二〇二一 → 2021, 三点五 → 3.5; None if it says none."""
    whole, _, fraction = text.partition("点")
    if all(c in DIGITS for c in whole):
        digits = "".join(str(DIGITS[c]) for c in whole)
        value = Decimal(digits) if len(whole) == 1 or len(whole) > 2 else None
    else:
        value = _spoken(whole)
    if value is None or not fraction:
        return value
    return value + Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))


def _spoken(text: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None  # 三五: two digits side by side are no number but a range (三五个)
            digit = DIGITS[c]
            continue
        unit = MAGNITUDES[c]
        if unit < 10**4:
            section += (1 if digit is None else digit) * unit
        else:
            section += digit or 0
            total = (total + (section or 1)) * unit if unit == 10**8 else total + (section or 1) * unit
            section = 0
        digit = None
    return Decimal(total + section + (digit or 0))


def magnitude_value(text: str | None) -> Decimal:
    """The factor of a magnitude word: 万 → 10000, 多万 → 10000, 百万 → 1000000, 个亿 → 100000000."""
    factor = Decimal(1)
    for c in text or "":
        factor *= MAGNITUDES.get(c, 1)
    return factor


@cache
def _unit_pattern() -> re.Pattern[str]:
    units = sorted(vocabulary.units(), key=len, reverse=True)
    return re.compile("|".join(re.escape(unit) for unit in units))


# Units that are names of kinds of places or bodies too: after a mask they are part of the masked name (xx市, XX村).
_PLACE_UNITS = frozenset("省 市 县 镇 乡 村 国 组 班 店 厂 园 站 校 院 部 团 室 号 部门 社区 区 点 级 期 届 平台 片区".split())


def _unit_after(text: str, at: int) -> tuple[str, int, int]:
    """The unit that begins at `at`: (unit, start, end); ('', at, at) if none."""
    found = _unit_pattern().match(text, at)
    if not found:
        return "", at, at
    return found[0], at, found.end()


# 签约, 最近, 通过 end like 约, 近, 过 and bound nothing.
_NOT_IN = r"(?<![签节集契预违履条合大])(?<!最(?=近))(?<![附临邻靠远亲](?=近))(?<![通经不胜度透见办渡路召](?=过))"


@cache
def _bounds() -> tuple[re.Pattern[str], dict[str, Bound], re.Pattern[str], dict[str, Bound]]:
    words = vocabulary.numbers()
    before = {word: Bound(bound) for bound, group in words.bounds_before.items() for word in group}
    after = {word: Bound(bound) for bound, group in words.bounds_after.items() for word in group}
    longest_first = lambda group: "|".join(sorted(map(re.escape, group), key=len, reverse=True))  # noqa: E731
    return (
        re.compile(f"{_NOT_IN}(?:{longest_first(before)})$"),
        before,
        re.compile(f"(?:{longest_first(after)})"),
        after,
    )


def _bound(text: str, start: int, number_end: int, unit_end: int, inner: str) -> Bound:
    before, before_words, after, after_words = _bounds()
    if found := after.match(text, unit_end):
        return after_words[found[0]]
    if found := before.search(text[max(0, start - 4) : start]):
        return before_words[found[0]]
    if inner[:1] in ("多", "余", "几") or text[number_end : number_end + 1] in ("多", "余"):
        return Bound.ABOVE
    return Bound.EXACT


def _candidates(text: str) -> Iterable[Candidate]:
    for found in _NUMBER.finditer(text):
        kind = found.lastgroup or ""
        if found["percent"]:
            kind = "percent"
        elif found["fraction"]:
            kind = "fraction"
        elif found["arabic"]:
            kind = "arabic"
        elif found["mask"]:
            kind = "mask"
        else:
            kind = "han"
        magnitude = found["magnitude"] or found["mask_magnitude"] or found["han_magnitude"]
        value = _value(kind, found, magnitude)
        end = found.end()
        if kind == "percent":
            yield Candidate(found.start(), end, kind, value, "%", end, end, _bound(text, found.start(), end, end, ""))
            continue
        at = end
        if text[at : at + 1] in ("多", "余", "几") and not magnitude:
            at += 1  # 1000余家
        elif text[at : at + 1] in ("多", "余", "来") and _unit_after(text, at + 1)[0]:
            at += 1  # 3万余人
        unit, unit_start, unit_end = _unit_after(text, at)
        if not unit:
            unit_start = unit_end = at
        yield Candidate(
            found.start(), end, kind, value, unit, unit_start, unit_end,
            _bound(text, found.start(), end, unit_end, magnitude or ""),
        )  # fmt: skip


def _value(kind: str, found: re.Match[str], magnitude: str | None) -> Decimal | None:
    if kind == "mask":
        return None
    if kind == "percent":
        whole = found["percent"][3:]
        value = _decimal(whole) if whole[0].isdigit() else han_value(whole)
        return value / 10 if value is not None and found["percent"][0] == "千" else value
    if kind == "fraction":
        below, above = (han_value(part) for part in found["fraction"].split("分之", 1))
        return round(above / below, 6) if above is not None and below else None
    value = _decimal(found["arabic"]) if kind == "arabic" else han_value(found["han"])
    return value * magnitude_value(magnitude) if value is not None else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


# ---- ranges ---------------------------------------------------------------------------------------------------------


def _joined(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Ranges become one candidate: 5-6亿元, 60%—70%, 700万到800万吨, 1至2个."""
    out: list[Candidate] = []
    for high in candidates:
        low = out[-1] if out else None
        if low and _is_range(text, low, high):
            out[-1] = _range(text, low, high)
        else:
            out.append(high)
    return out


def _is_range(text: str, low: Candidate, high: Candidate) -> bool:
    between = text[low.unit_end : high.start]
    return (
        bool(_DASH.fullmatch(between))
        and low.kind == high.kind
        and low.value_high is None
        and low.kind in ("arabic", "mask", "percent", "han")
        and (low.unit in ("", high.unit))
        and bool(high.unit)
        and (low.value is None or high.value is None or low.value < high.value or _scaled(text, low, high) < high.value)
    )


def _scaled(text: str, low: Candidate, high: Candidate) -> Decimal:
    """The lower end of a range, with the magnitude word that it shares with the upper end: 5-6亿 → 5亿."""
    assert low.value is not None
    if _has_magnitude(text, low):
        return low.value
    return low.value * magnitude_value(_magnitude_of(text, high))


def _magnitude_of(text: str, candidate: Candidate) -> str:
    found = re.search(r"[多余几十百千万亿个]+$", text[candidate.start : candidate.end])
    return found[0] if found and candidate.kind != "han" else ""


def _has_magnitude(text: str, candidate: Candidate) -> bool:
    return bool(_magnitude_of(text, candidate))


def _range(text: str, low: Candidate, high: Candidate) -> Candidate:
    value = _scaled(text, low, high) if low.value is not None else None
    return high._replace(start=low.start, value=value, value_high=high.value)


# ---- what is no fact ------------------------------------------------------------------------------------------------

_DATE = re.compile(
    r"(?:\d{2,4}|[一二三四五六七八九零〇○]{2,4}|[xX]{2,4}|20[xX]{2})年(?:度|底|末|初|中|版|期|代|级|至|以|来|前|后)?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[xX]{1,2})(?:月(?:份|底|末|初|上旬|中旬|下旬)?(?!饼|球|亮|嫂))"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[xX]{1,2})(?:日|号)(?!处|办|化|常|均|产)"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
    r"|\d{4}[-—–~～至]\d{2,4}(?:年|$)|\d{1,2}[-—–~～至]\d{1,2}(?:月|日)"
    r"|(?:\d\.)?20[0-2]\d(?:1[0-2]|[1-9])(?:月|[1-3]?\d日)"
    r"|[\d一二三四五六七八九十]+(?:点|时)(?:\d{1,2}分|整|半|许|左右)"
)
_YEARS_AS_SPAN = re.compile(r"\d{4}[-—–~～至]\d{4}")
_DOCUMENT_NUMBER = re.compile(r"[〔\[【（(](?:19|20)[\dxX]{2}[〕\]】）)]\s*第?[\dxX]+号|第[\dxX]+号")
_QUOTED = re.compile(r"“[^“”]{1,14}”|‘[^‘’]{1,14}’|\"[^\"]{1,14}\"")
_TITLE = re.compile(r"《[^《》]{1,80}》")
_LIST_NUMBER = re.compile(
    r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．。:：](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）]"
    r"|(?:^|[。；，：、！？”])(?:第?[一二三四五六七八九十]{1,3}(?:是|则|要|、)|第[一二三四五六七八九十]，|其[一二三四五六七])"
    r"|(?:^|[。；：])[\d]{1,2}[.、．。](?!\d)"
)
_PLAN = re.compile(r"[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?(?=规划|时期|期间|末|以来|计划|开局|收官|[，。、的”\"])")
_CONGRESS = re.compile(r"(?:党的)?(?:十[一二三四五六七八九]|二十)大|[一二三四五六七八九十]+届(?:[一二三四五六七八九十]+(?:中全会|次))?")
_CODE = re.compile(r"[A-Za-z][-—+＋]?\d+(?:\.\d+)?|\d+(?:\.\d+)?[A-Za-z+＋]+(?:\d+)?|\d+\+[\dXxN]+(?:\+[\dXxN]+)*")
_KNOWN_LATIN_UNIT = re.compile(r"\d+(?:\.\d+)?(?:km2?|m[23]?|kW|MW|GW|kg|cm|mm|TEU|t|g|hm2|GB|TB|PB|Mbps|bit)(?![A-Za-z\d])")
_AGE = re.compile(r"[\d一二三四五六七八九十]+(?:[-—至到][\d一二三四五六七八九十]+)?(?:周)?岁")
_LINE = re.compile(r"\d{3,}(?:国道|省道|县道|线|平台|热线|号|电话)|(?:国道|省道|县道|高速|电话|热线|邮编|编号|代码|QQ|微信)[:：]?[A-Z]?\d+")
_ADDRESS = re.compile(r"(?<=[路街道巷弄里])\d+号(?:楼|院|线)?|\d+号(?:楼|线|院|公路|桥|台风)")
_DECADE = re.compile(r"[二三四五六七八九]十年代|\d{2}年代|(?:二十|二十一|20|21)世纪")
_RATIO = re.compile(r"\d+(?:\.\d+)?[:：]\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?)*")
_SHORT_DATE = re.compile(r"(?:[1-9]|1[0-2])\.(?:[1-9]|[12]\d|3[01])(?=[”\"]?(?:世界|全国|国际|讲话|重要讲话|特大|较大|重大|事故|案件|地震))")

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("title", _TITLE),
    ("document number", _DOCUMENT_NUMBER),
    ("quoted name", _QUOTED),
    ("plan", _PLAN),
    ("congress", _CONGRESS),
    ("decade", _DECADE),
    ("short date", _SHORT_DATE),
    ("years", _YEARS_AS_SPAN),
    ("list number", _LIST_NUMBER),
    ("line or code", _LINE),
    ("address", _ADDRESS),
    ("age", _AGE),
)


class _Covered:
    """Spans of the text that hold no fact, each with the name of its rule."""

    def __init__(self, text: str) -> None:
        spans = [(m.start(), m.end(), name) for name, pattern in _PATTERNS for m in pattern.finditer(text)]
        spans += [(m.start(), m.end(), "date") for m in _DATE.finditer(text) if _is_date(text, m)]
        spans += [(m.start(), m.end(), "model or code") for m in _CODE.finditer(text) if _is_code(text, m)]
        spans += [(m.start(), m.end(), "set phrase") for m in _set_phrases().finditer(text)]
        self._spans = spans

    def rule(self, candidate: Candidate) -> str | None:
        for start, end, name in self._spans:
            if start <= candidate.start and candidate.end <= end:
                return name
            if name == "date" and start <= candidate.start < end:
                return name
        return None


def _is_date(text: str, found: re.Match[str]) -> bool:
    """二十年, 3年, 10日 may be lengths of time; a date has four digits, a month behind it, or no cue of length."""
    surface = found[0]
    if re.match(r"\d{1,3}年|[一二三四五六七八九十百]{1,3}年", surface) and not re.match(r"[一二三四五六七八九零〇○]{4}年", surface):
        return False
    return not (surface.endswith("日") and text[: found.start()].endswith(_duration_cues()))


@cache
def _duration_cues() -> tuple[str, ...]:
    return tuple(vocabulary.numbers().duration_cues)


def _is_code(text: str, found: re.Match[str]) -> bool:
    return not _KNOWN_LATIN_UNIT.match(text, found.start()) and not re.fullmatch(r"\d+(?:\.\d+)?[xX]+", found[0])


@cache
def _set_phrases() -> re.Pattern[str]:
    words = sorted(vocabulary.numbers().set_phrases, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _judge(text: str, candidate: Candidate, covered: _Covered) -> tuple[str | None, str]:
    """(why it is passed over or None, the name of the rule that reads it)."""
    if reason := covered.rule(candidate):
        return reason, ""
    for name, holds in _JUDGES:
        if holds(text, candidate):
            return name, ""
    if _is_rank(text, candidate):
        return None, "rank"
    return None, "number with unit" if candidate.unit else "bare number"


def _is_rank(text: str, candidate: Candidate) -> bool:
    """第三, 第 2 位, 前三: an ordinal, or a rank; 目前 3 is neither."""
    before = text[max(0, candidate.start - 2) : candidate.start]
    return before.endswith("第") or before.endswith("前") and before not in ("目前", "之前", "以前", "此前", "日前", "当前", "提前")


def _ordinal(text: str, c: Candidate) -> bool:
    """第三次, 第 2 批; not 全省第三, 第二名, 列第 5 位, which are ranks."""
    if not _is_rank(text, c):
        return False
    if c.unit in ("名", "位"):
        return False
    if c.unit or re.match(r"[\u4e00-\u9fff]", text[c.end : c.end + 1]):
        return True
    clause = re.split(r"[，。；：]", text[: c.start - 1])[-1][-14:]
    return not any(cue in clause for cue in vocabulary.numbers().rank_cues)


def _duration(text: str, c: Candidate) -> bool:
    if c.unit not in vocabulary.numbers().duration_units:
        return False
    if text[c.unit_end : c.unit_end + 1] in ("来", "期", "制", "内", "级", "多来") or text[c.unit_end : c.unit_end + 2] in ("以来", "行动", "计划", "攻坚"):
        return True
    before = text[max(0, c.start - 5) : c.start].rstrip("超过不近约仅")
    return not before.endswith(_duration_cues())


def _lone_one(text: str, c: Candidate) -> bool:
    """一个, 一批, 一条 count nothing; 一 with 第 before it is a rank or an ordinal."""
    return c.kind == "han" and text[c.start : c.end] in ("一", "万", "亿", "千", "百", "十百", "千万", "百万", "万千", "亿万", "千百", "几") and (
        text[c.start - 1 : c.start] != "第" or c.start == 0
    )


def _han_without_counter(text: str, c: Candidate) -> bool:
    """Chinese numerals are parts of ordinary words too often: only those with a unit count, or 零 before a noun."""
    if c.kind != "han" or text[c.start - 1 : c.start] == "第":
        return False
    surface = text[c.start : c.end]
    if surface == "零":
        return not re.match(r"(?:事故|伤亡|投诉|感染|违纪|上访|发生|增长|案件|死亡|失误|差错|报告|疫情|确诊|门槛|进京|非访)", text[c.end : c.end + 2])
    return not c.unit or c.value is None


_HAN_UNITS = frozenset(
    "个 家 名 项 条 件 座 所 支 场 次 位 户 人 亩 元 吨 公里 处 套 台 辆 批次 批 类 种 款 部 篇 份 本 期 轮 起 例 宗 间 栋 对 大类 万 方面 "
    "年 个月 天 倍 成 番 % 个百分点 人次 平方米 平方公里 公顷 斤 公斤 头 只 部门 口 公里 米".split()
)
_VAGUE = re.compile(r"(?:方面|个方面|个全覆盖|个确保|个提升|个转变|点|个字|者|种|句话|级|层|号|线|面|代|大|届|期|届|化|维|股|头|道|步|环|星|次会|次全|次常|次代|次主席|次党)")


def _vague_han(text: str, c: Candidate) -> bool:
    """三个方面, 两级, 四大: divisions of a text or a grade, not a count that somebody keeps."""
    if c.kind != "han" or text[c.start - 1 : c.start] == "第":
        return False
    return bool(c.unit) and (c.unit not in _HAN_UNITS or bool(_VAGUE.match(text, c.unit_start)) or c.unit == "期")


def _masked_name(text: str, c: Candidate) -> bool:
    return c.kind == "mask" and (not c.unit or c.unit in _PLACE_UNITS)


def _back_reference(text: str, c: Candidate) -> bool:
    """这五项工作, 对五项工作: counts what was named before, and counts it again."""
    return c.kind == "han" and text[max(0, c.start - 1) : c.start] in ("这", "该", "述", "对", "把", "此")


def _largest(text: str, c: Candidate) -> bool:
    """世界500强, 百强: the name of a list."""
    return text[c.end : c.end + 1] == "强" and not c.unit


def _grade(text: str, c: Candidate) -> bool:
    """3A级, 二级以上, 2号: a grade or a number plate."""
    return c.unit in ("级", "号", "版", "届") and not text[: c.start].endswith(("提升", "提高", "上升", "晋升"))


def _great(text: str, c: Candidate) -> bool:
    """五大工程, 10大产业: a set that is named by its size."""
    return not c.unit and text[c.end : c.end + 1] == "大" and text[c.end : c.end + 2] not in ("大类", "大项")


def _times(text: str, c: Candidate) -> bool:
    return bool(_RATIO.match(text, c.start)) or (c.start > 0 and text[c.start - 1] in ":：" and c.start > 1 and text[c.start - 2].isdigit())


@cache
def _threshold_pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, vocabulary.numbers().threshold_nouns), key=len, reverse=True))
    return re.compile(rf"(?:以上|及以上|以下|及以下|级|量级|级别)?的?(?:[省市县国]级|重点|重大|工业|农业|规模|产业|签约|大型|新){{0,2}}(?:{nouns})")


def _threshold(text: str, c: Candidate) -> bool:
    """亿元以上企业, 过 500 万元项目, 82个预增产值过10亿元的重大增长点: a class of things, not a figure."""
    if not c.unit and text[c.end - 1] in "万亿" and text[c.end : c.end + 2] in ("以上", "以下"):
        return True
    if c.unit in ("", "%", "个", "家", "项", "名", "户", "条", "座", "所") or not _threshold_pattern().match(text, c.unit_end):
        return False
    before = text[max(0, c.start - 12) : c.start]
    if text[c.unit_end : c.unit_end + 1] == "的":
        return bool(re.search(r"\d[个家项户名][^，。；、]*$", before)) and before.endswith(("过", "超", "超过", "在"))
    bounded = text[c.unit_end : c.unit_end + 2] in ("以上", "及以", "以下", "级") or before.endswith(("过", "超", "超过"))
    return bounded or c.unit == "元" and not re.search(r"(?:投资|资金|投入|总额)$", before)


def _from_value(text: str, c: Candidate) -> bool:
    return _from_to(text, c) is not None


_TO = re.compile(r"[^，。；\d]{0,10}?(?:至|到|为|成)(?:了)?(?:目前的|现在的|的)?$")


def _from_to(text: str, c: Candidate) -> re.Match[str] | None:
    """The words between an old value and its successor, where `c` is the old one: 由240个工作日压减至80个工作日."""
    head = text[max(0, c.start - 10) : c.start]
    if not re.search(r"[由从][^，。；\d]{0,8}$", head):
        return None
    following = _NUMBER.search(text, max(c.unit_end, c.end))
    if not following or following.start() - c.unit_end > 14:
        return None
    return _TO.fullmatch(text[c.unit_end : following.start()])


_JUDGES: tuple[tuple[str, Callable[[str, Candidate], bool]], ...] = (
    ("ordinal", _ordinal),
    ("masked name", _masked_name),
    ("back reference", _back_reference),
    ("list of the largest", _largest),
    ("一 that counts nothing", _lone_one),
    ("word with a numeral in it", _han_without_counter),
    ("division or grade", _vague_han),
    ("ratio or time", _times),
    ("grade", _grade),
    ("set named by its size", _great),
    ("duration", _duration),
    ("threshold of a class", _threshold),
    ("value before the change", _from_value),
)


def find(text: str, paragraph: int = 0) -> list[Quantity]:
    """All numbers of one paragraph's reading text, judged."""
    candidates = [c for c in _joined(text, list(_candidates(text))) if not (c.kind == "han" and c.value is None)]
    if not candidates:
        return []
    covered = _Covered(text)
    quantities: list[Quantity] = []
    previous: Candidate | None = None
    candidates = _with_shared_units(text, candidates)
    for candidate in candidates:
        passed_over, rule = _judge(text, candidate, covered)
        before = previous if previous and _from_value(text, previous) else None
        start, value = candidate.start, candidate.value
        if _is_minus(text, candidate) and value is not None:
            start, value = start - 1, -value
        quantities.append(
            Quantity(
                paragraph, start, candidate.end, text[start : candidate.end], value, candidate.unit, candidate.unit_end,
                candidate.value_high, before.value if before else None, candidate.bound,
                candidate.kind == "mask", passed_over, rule,
            )  # fmt: skip
        )
        previous = candidate
    return quantities


def _with_shared_units(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """分别增长5.1、6.2个百分点; 11.61个和3.87个百分点; 总额 23 亿元，其中到资 6 亿: a unit that is printed once."""
    out = list(candidates)
    for i in range(len(out) - 2, -1, -1):
        one, other = out[i], out[i + 1]
        gap = text[one.unit_end : other.start]
        if gap in ("、", "和", "及", "，") and one.kind == other.kind == "arabic" and other.unit:
            if not one.unit and not _has_magnitude(text, other) or one.unit == "个" and other.unit == "个百分点":
                out[i] = one._replace(unit=other.unit)
    for i in range(1, len(out)):
        one, other = out[i - 1], out[i]
        if not other.unit and text[other.end - 1] in "万亿" and one.unit == "元" and "。" not in text[one.end : other.start]:
            if re.match(r"[，。；、）]|$", text[other.end : other.end + 1]):
                out[i] = other._replace(unit="元")
    return out


def _is_minus(text: str, c: Candidate) -> bool:
    """目前我街-17.01%: a dash between a word and a percentage."""
    return (
        c.unit in ("%", "个百分点") and c.kind == "arabic" and c.start > 1 and text[c.start - 1] in "-－—"
        and text[c.start - 2] not in "-－—" and not text[c.start - 2].isdigit() and text[c.start - 2] != "%"
    )  # fmt: skip


def extract(report: Report) -> tuple[Quantity, ...]:
    """All numbers of a report, in reading order."""
    return tuple(q for i, paragraph in enumerate(report.paragraphs) for q in find(paragraph.text, i))


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a reading text begin; 。！？； end one."""
    return [0, *(m.end() for m in re.finditer(r"[。！？；][”’）]?", text))]


def sentence_at(starts: list[int], position: int, length: int) -> tuple[int, int]:
    """The sentence round a position, given `sentence_starts`."""
    i = bisect_right(starts, position) - 1
    return starts[i], starts[i + 1] if i + 1 < len(starts) else length
