"""Why a number is no fact: it is part of a date, an ordinal, a slogan, a name, a grade, a class of things.

Two kinds of rules. Patterns cover spans of text in which no number counts anything; judges look at one amount and what
stands round it. Each has a name, which is stored with the number that it passes over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from etl import vocabulary
from etl.extract.amounts import Amount, unit_at

# ---- spans that hold no fact ----------------------------------------------------------------------------------------

_DATE = re.compile(
    r"(?:\d{2,4}|[一二三四五六七八九零〇○]{2,4}|[xX]{2,4}|20[xX]{2})年(?:度|底|末|初|中|版|期|代|级|至|以|来|前|后)?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[xX]{1,2})(?:月(?:份|底|末|初|上旬|中旬|下旬)?(?!饼|球|亮|嫂))"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[xX]{1,2})(?:日|号)(?!处|办|化|常|均|产)"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
    r"|\d{4}[-—–~～至]\d{2,4}(?:年|$)|\d{1,2}[-—–~～至]\d{1,2}(?:月|日)"
    r"|(?:\d\.)?20[0-2]\d(?:1[0-2]|[1-9])(?:月|[1-3]?\d日)"
    r"|[\d一二三四五六七八九十]+(?:点|时)(?:\d{1,2}分|整|半|许|左右)"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.ASCII))
    for name, pattern in (
        ("web address", r"(?=[\d_.:/-]*[A-Za-z])[\w.:-]*(?:/[\w.:-]+){2,}|[\w./:-]+\.s?html?"),
        ("page number", r"(?:\.{3,}|…+)\s*\d+"),
        ("title", r"《[^《》]{1,80}》"),
        ("document number", r"[〔\[【（(](?:19|20)[\dxX]{2}[〕\]】）)]\s*第?[\dxX]+号|第[\dxX]+号"),
        ("quoted name", r"“[^“”]{1,14}”|‘[^‘’]{1,14}’|\"[^\"]{1,14}\""),
        ("plan", r"[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?(?=规划|时期|期间|末|以来|计划|开局|收官|[，。、的”\"])"),
        (
            "congress",
            r"(?:党的)?(?:十[一二三四五六七八九]|二十)大|[一二三四五六七八九十]+届(?:[一二三四五六七八九十]+(?:中全会|次))?",
        ),
        ("decade", r"[二三四五六七八九]十年代|\d{2}年代|(?:二十|二十一|20|21)世纪"),
        (
            "short date",
            r"(?:[1-9]|1[0-2])\.(?:[1-9]|[12]\d|3[01])(?=[”\"]?(?:世界|全国|国际|讲话|重要讲话|特大|较大|重大|事故|案件|地震))",
        ),
        ("years", r"\d{4}[-—–~～至]\d{4}"),
        # 名词解释: 1.三条底线：指…… The number is part of the term.
        ("explained term", r"^\d{0,3}[.、．]?[^：。，；]{2,25}：(?=指|即|是指|就是)"),
        (
            "list number",
            r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．。:：](?!\d)|^\[\d{1,3}\]|^\d{1,2}。|[（(][一二三四五六七八九十\d]{1,2}[)）]"
            r"|(?:^|[。；，：、！？”])(?:第?[一二三四五六七八九十]{1,3}(?:是|则|要|、)|第[一二三四五六七八九十]，|其[一二三四五六七])"
            r"|(?:^|[。；：])[\d]{1,2}[.、．。](?!\d)",
        ),
        (
            "line or code",
            r"\d\.0(?=升级|版|时代|全面)|\d{3,}(?:国道|省道|县道|线|平台|热线|号|电话)"
            r"|(?:12[0-9]{3}|120|110|119|122)"
            r"(?=[^\d，。；、]{0,4}(?:热线|平台)|市民|政务|便民|公共服务|急救|报警|接警|服务|投诉|举报)"
            r"|(?:国道|省道|县道|高速|电话|热线|邮编|编号|代码|QQ|微信)[:：]?[A-Z]?\d+"
            r"|\d{3,4}(?=(?:计划|工程|人才工程)(?!总|项目[^，]|投资))",  # 863计划, 211工程
        ),
        ("reference", r"(?:附件|附表|附图|专栏)\d+|^[表图] ?\d{1,2}(?![\d.%])|【\d{1,3}】|\[\d{1,3}\]"),
        ("address", r"(?<=[路街道巷弄里])\d+号(?:楼|院|线)?|\d+号(?:楼|线|院|公路|桥|台风)"),
    )
)
_AGE = re.compile(r"[\d一二三四五六七八九十]+(?:[-—至到][\d一二三四五六七八九十]+)?(?:周)?岁")
_LIFETIME = re.compile(r"寿命|平均年龄")
_CODE = re.compile(r"[A-Za-z][-—+＋_]?\d+(?:\.\d+)?|\d+(?:\.\d+)?[A-Za-z+＋]+(?:\d+)?|\d+\+[\dXxN]+(?:\+[\dXxN]+)*")
_KNOWN_LATIN_UNIT = re.compile(
    r"\d+(?:\.\d+)?(?:km2?|m[23]?|kW|MW|GW|kg|cm|mm|TEU|t|g|hm2|GB|TB|PB|Mbps|bit)(?![A-Za-z\d])"
)
_FEW_YEARS = re.compile(r"\d{1,3}年|(?![一二三四五六七八九零〇○]{4}年)[一二三四五六七八九十百]{1,3}年")
_MULTIPLE = re.compile(r"\d+(?:\.\d+)?[xX]+")

Span = tuple[int, int, str]  # start, end, name of the rule


def spans(text: str) -> list[Span]:
    """Spans of the text that hold no fact."""
    found = [(m.start(), m.end(), name) for name, pattern in _PATTERNS for m in pattern.finditer(text)]
    found += [(m.start(), m.end(), "date") for m in _DATE.finditer(text) if _is_date(text, m)]
    found += [(m.start(), m.end(), "model or code") for m in _CODE.finditer(text) if _is_code(text, m)]
    found += [(m.start(), m.end(), "age") for m in _AGE.finditer(text) if not _is_lifetime(text, m)]
    found += [(m.start(), m.end(), "set phrase") for m in _set_phrases().finditer(text) if not _counts(text, m)]
    return found


def _is_date(text: str, found: re.Match[str]) -> bool:
    """二十年, 3年, 10日 may be lengths of time; a date has four digits, a month behind it, or no cue of length."""
    if _FEW_YEARS.match(found[0]):
        return False
    return not (found[0].endswith("日") and text[: found.start()].endswith(_duration_cues()))


@cache
def _duration_cues() -> tuple[str, ...]:
    return tuple(vocabulary.numbers().duration_cues)


def _is_lifetime(text: str, found: re.Match[str]) -> bool:
    """人均预期寿命达到78岁 is a figure."""
    return bool(_LIFETIME.search(text, max(0, found.start() - 12), found.start()))


def _is_code(text: str, found: re.Match[str]) -> bool:
    return not _KNOWN_LATIN_UNIT.match(text, found.start()) and not _MULTIPLE.fullmatch(found[0])


_NUMERAL = re.compile("[零一二三四五六七八九十百千万亿两]*")


def _counts(text: str, found: re.Match[str]) -> bool:
    """三公里 is no 三公, and 十一人 not the holiday 十一: the unit goes on behind the phrase."""
    numeral = _NUMERAL.match(found[0])
    unit_start = found.start() + (numeral.end() if numeral else 0)
    unit = unit_at(text, unit_start)
    return bool(unit) and unit_start + len(unit) > found.end()


@cache
def _set_phrases() -> re.Pattern[str]:
    return re.compile(vocabulary.alternatives(vocabulary.numbers().set_phrases))


def _covering(amount: Amount, covered: list[Span]) -> str | None:
    for start, end, name in covered:
        if start <= amount.start < end and (amount.end <= end or name == "date"):
            return name
    return None


def reason(text: str, amount: Amount, covered: list[Span]) -> str | None:
    """The name of the rule that passes over the number; None if it may be a fact. `covered` is what `spans` returns."""
    return _covering(amount, covered) or next((name for name, holds in _JUDGES if holds(text, amount)), None)


# ---- judges of one number -------------------------------------------------------------------------------------------


_NO_RANK = ("目前", "之前", "以前", "此前", "日前", "当前", "提前")


def is_rank(text: str, a: Amount) -> bool:
    """第三, 第 2 位, 前三: an ordinal, or a rank; 目前 3 is neither."""
    before = text[max(0, a.start - 2) : a.start]
    return before.endswith("第") or (before.endswith("前") and before not in _NO_RANK)


_DEATHS_AMONG = re.compile("(?:人口?|吨|车)[^，。；0-9]{0,12}死亡(?:人数|率)")


def _base_of_a_rate(text: str, a: Amount) -> bool:
    """10万人死亡人数为1.6人: among how many; no figure of its own."""
    return (
        a.value in (10_000, 100_000, 1_000_000)
        and a.unit in ("人", "人口", "吨", "")
        and bool(_DEATHS_AMONG.match(text, a.end))
    )


_CLAUSE_MARK = re.compile(r"[，。；：]")
_HAN_CHARACTER = re.compile(r"[\u4e00-\u9fff]")


def _ordinal(text: str, a: Amount) -> bool:
    """第三次, 第 2 批; not 全省第三, 第二名, 列第 5 位, which are ranks."""
    if not is_rank(text, a) or a.unit in ("名", "位"):
        return False
    if a.unit or _HAN_CHARACTER.match(text, a.end):
        return True
    clause = _CLAUSE_MARK.split(text[max(0, a.start - 15) : a.start - 1])[-1]
    return not any(cue in clause for cue in vocabulary.numbers().rank_cues)


def _masked_name(text: str, a: Amount) -> bool:
    return a.kind == "mask" and (not a.unit or a.unit in vocabulary.numbers().place_units)


def _back_reference(text: str, a: Amount) -> bool:
    """这五项工作, 对五项工作: counts what was named before, and counts it again."""
    return a.kind == "han" and text[max(0, a.start - 1) : a.start] in ("这", "该", "述", "对", "把", "此")


_CLAUSE = re.compile(r"[^，。；：！？（）“”]*$")
_IN_A_LIST = re.compile(r"、|和|及|与")
_LONGEST_LIST = 60
_ACTION = re.compile("了|共|达到|新增|引进|建成|完成|培育|实施|创建")


def _sums_up(text: str, a: Amount) -> bool:
    """甲村、乙村和丙村三个村: counts the names that stand before it; 甲村、乙村等三个村 says how many there are."""
    if a.kind != "han" or not a.unit or a.value is None or not 2 <= a.value <= 12 or text[a.start - 1] == "等":
        return False
    clause = _CLAUSE.search(text, max(0, a.start - _LONGEST_LIST), a.start)
    items = _IN_A_LIST.split(clause[0]) if clause else []
    return len(items) == a.value and not _ACTION.search(items[-1])


def _largest(text: str, a: Amount) -> bool:
    """世界500强, 百强: the name of a list."""
    return text[a.end : a.end + 1] == "强" and not a.unit


_LONE = frozenset(("一", "万", "亿", "千", "百", "千万", "百万", "几"))


def _lone_one(text: str, a: Amount) -> bool:
    """一个, 一批, 一条, 百家 count nothing; 翻一番 does, and 一 with 第 before it is a rank or an ordinal."""
    numeral = text[a.start : a.end]
    if a.kind != "han" or _follows_di(text, a) or (numeral == "一" and a.unit in ("番", "倍", "成")):
        return False
    return numeral in _LONE


def _vague(text: str, a: Amount) -> bool:
    """数百名, 几十个: of which order it is, and no more."""
    return a.kind == "han" and text[a.start] in "数几"


def _follows_di(text: str, a: Amount) -> bool:
    return a.start > 0 and text[a.start - 1] == "第"


# 零事故, 零投诉 say that there was none; 零距离, 零售 say nothing of the kind.
_NONE_OF = re.compile("事故|伤亡|投诉|感染|违纪|上访|发生|增长|案件|死亡|失误|差错|报告|疫情|确诊|门槛|进京|非访")


def _han_without_counter(text: str, a: Amount) -> bool:
    """Chinese numerals are parts of ordinary words too often: only those with a unit count, or 零 before a noun."""
    if a.kind != "han" or _follows_di(text, a):
        return False
    numeral = text[a.start : a.end]
    if numeral == "零":
        return not _NONE_OF.match(text, a.end)
    return not a.unit or (numeral[0] == "零" and numeral[1] != "点")


@cache
def _counts_behind_han(unit: str) -> bool:
    """Every measure does, and some counters."""
    words = vocabulary.numbers()
    if vocabulary.units()[unit].dimension in ("count", "sheets"):
        return unit in words.counters_behind_han
    return unit not in words.not_behind_han


_DIVISION = re.compile(
    "方面|个方面|个全覆盖|个确保|个提升|个转变|点|个字|者|种|句话|级|层|号|线|面|代|大|届|期|化|维|股|头|道|步|环|星"
    "|次会|次全|次常|次代|次主席|次党"
)


def _division(text: str, a: Amount) -> bool:
    """三个方面, 两级, 四大: divisions of a text or a grade, not a count that somebody keeps."""
    if a.kind != "han" or not a.unit or _follows_di(text, a):
        return False
    return not _counts_behind_han(a.unit) or bool(_DIVISION.match(text, a.unit_start))


_RATIO = re.compile(r"[\d. ]+[:：∶]\d+(?:\.\d+)?")


def _ratio(text: str, a: Amount) -> bool:
    """1:1.5 and 9:30, either end; not 城乡收入比2.3:1, which is 2.3."""
    if a.start > 1 and text[a.start - 1] in ":：∶" and text[a.start - 2].isdigit():
        return True
    if text[a.start : a.end].endswith(_TO_ONE) and _COMPARES.search(
        text, max(0, a.start - _LONGEST_COMPARISON), a.start
    ):
        return False
    return bool(_RATIO.match(text, a.start))


_TO_ONE = (":1", "：1", "∶1")
_COMPARES = re.compile(r"(?:收入|[\u4e00-\u9fff]{2})(?:之?比|比例|比率|倍差)[^，。；、比\d]{0,8}$")
_LONGEST_COMPARISON = 16


_RAISED = ("提升", "提高", "上升", "晋升")


def _grade(text: str, a: Amount) -> bool:
    """3A级, 二级以上, 2号: a grade or a number plate."""
    return a.unit in ("级", "号", "版", "届") and not text[: a.start].endswith(_RAISED)


_SET_BY_SIZE = re.compile("大(?![类项学专病中型豆棚])")


def _set_by_size(text: str, a: Amount) -> bool:
    """五大工程, 10大产业: a set that is named by its size."""
    return not a.unit and a.value is not None and a.value < 200 and bool(_SET_BY_SIZE.match(text, a.end))


_DONE_WITHIN = re.compile("(?:内)?(?:办结|办成|办理完毕|办完|领证|出证|到达|直达)")  # 1日办结
_PERIOD_OR_NAME = re.compile("来|前|期|制|内|级|以来|行动|计划|攻坚")


_YEAR_ALONE = re.compile(r"(?:19[5-9]|20[0-4])\d")


def _bare_year(text: str, a: Amount) -> bool:
    """回顾2021，展望2022; 2030”行动."""
    return a.kind == "arabic" and not a.unit and bool(_YEAR_ALONE.fullmatch(text, a.start, a.end))


_NUMBER_MAY_FOLLOW = frozenset(
    "达到为是至超约近过增减居列第前名共计有升降成均高低于余得占破比数0123456789.,、+-—∶:：%（( "
)
_MARK_BEHIND = re.compile(r"[，。；）]|$")


def _footnote(text: str, a: Amount) -> bool:
    """纵深推进“三大专项行动”9，: the mark of a footnote, stuck to a name or a noun."""
    if a.kind != "arabic" or a.unit or a.end - a.start > 2 or not a.start or not _MARK_BEHIND.match(text, a.end):
        return False
    return text[a.start - 1] not in _NUMBER_MAY_FOLLOW


_SIZES = frozenset(("英寸", "千伏", "蒸吨"))


def _size(text: str, a: Amount) -> bool:
    """8英寸晶圆, 220千伏变电站, 2×60万千瓦机组: the size or make of a thing is part of its name."""
    return a.unit in _SIZES or (text[a.end : a.end + 1] in _TIMES and text[a.end + 1 : a.end + 2].isdigit())


_TIMES = frozenset("×xX*")


def _duration(text: str, a: Amount) -> bool:
    """三年行动, 两天: how long; 压缩至3天 and 连续五年 are facts."""
    if a.unit not in vocabulary.numbers().duration_units:
        return False
    if _PERIOD_OR_NAME.match(text, a.unit_end):
        return True
    if _DONE_WITHIN.match(text, a.unit_end):
        return False
    before = text[max(0, a.start - 6) : a.start].rstrip("超过不近约仅了")
    return not before.endswith(_duration_cues())


@cache
def _threshold_pattern() -> re.Pattern[str]:
    nouns = vocabulary.alternatives(vocabulary.numbers().threshold_nouns)
    return re.compile(
        r"(?:以上|及以上|以下|及以下|级|量级|级别)?的?"
        rf"(?:[省市县国]级|重点|重大|工业|农业|规模|产业|签约|大型|新){{0,2}}(?:{nouns})"
    )


_BARE_MAGNITUDE = re.compile("[百千十]?[万亿]|万亿")
_STEP = re.compile("新?(?:大关|台阶|关口|门槛)")
_STEPS_BEFORE = re.compile(r"(?:[\d.]+[万亿]*元?[、和])+$")  # 分别突破3000亿元、500亿元、1000亿元大关
_REACHED = ("破", "突破", "迈上", "跨上", "跃上", "登上", "站上", "越过", "跨过", "跨越", "迈过", "达到", "超过", "超")
_AROUND = re.compile("以上|以下|左右|大关")


def _reaches_a_step(text: str, a: Amount) -> bool:
    """突破4000亿元大关, 迈上千亿元台阶: what the total has reached; 三个千亿元台阶 are steps."""
    before = _STEPS_BEFORE.sub("", text[max(0, a.start - 40) : a.start])
    return bool(_STEP.match(text, a.unit_end)) and before.endswith(_REACHED) and bool(a.unit)


def _names_a_class(text: str, a: Amount) -> bool:
    """千亿产业, 百亿元企业, 千亿台阶; not 突破千亿元."""
    if a.unit and vocabulary.units()[a.unit].dimension not in ("count", "sheets"):
        return bool(_HAN_CHARACTER.match(text, a.unit_end)) and not _AROUND.match(text, a.unit_end)
    return bool(_HAN_CHARACTER.match(text, a.end)) and not text.startswith("大关", a.end)


_COUNTERS = frozenset(("", "%", "个", "家", "项", "名", "户", "条", "座", "所"))
_COUNTED_THINGS = re.compile(r"\d[个家项户名][^，。；、]*$")
_AMOUNT_OF = re.compile(r"(?:投资|资金|投入|总额)$")


def _threshold(text: str, a: Amount) -> bool:
    """亿元以上企业, 过 500 万元项目, 35个年产值过2亿元的重点企业: a class of things, not a figure."""
    if not a.unit and text[a.end - 1] in "万亿" and text[a.end : a.end + 2] in ("以上", "以下"):
        return True
    if _reaches_a_step(text, a):
        return False
    if _BARE_MAGNITUDE.fullmatch(text, a.start, a.end) and _names_a_class(text, a):
        return True
    if a.unit in _COUNTERS or not _threshold_pattern().match(text, a.unit_end):
        return False
    before = text[max(0, a.start - 12) : a.start]
    if text[a.unit_end : a.unit_end + 1] == "的":
        return bool(_COUNTED_THINGS.search(before)) and before.endswith(("过", "超", "超过", "在"))
    if before.endswith(("过", "超", "超过")) or text.startswith(("以上", "及以", "以下", "级"), a.unit_end):
        return True
    return a.unit == "元" and not _AMOUNT_OF.search(before)


_FROM = re.compile(r"[由从](?:(?:19|20)\d\d年|[^，。；\d]){0,8}(?:[\d.,]+[万亿]*(?:元|%|个|人|户|家|亩|公里)?[、和])*$")
_TO = re.compile(
    r"[^，。；\d]{0,10}?(?:至|到|为|成)(?:了)?(?:目前的|现在的|的)?(?:(?:19|20)\d\d年[底末]?的?)?"
    r"第?(?=[\d一二两三四五六七八九十百千万xX×])(?!(?:19|20)\d\d年)"
)


def is_replaced(text: str, a: Amount) -> bool:
    """由240个工作日压减至80个工作日: the number is an old value, and its successor follows."""
    others = _OTHER_OLD.match(text, max(a.unit_end, a.end))
    end = others.end() if others else max(a.unit_end, a.end)
    return bool(_FROM.search(text, max(0, a.start - _LONGEST_FROM), a.start) and _TO.match(text, end))


# 分别由3万元、2万元增加到5万元、4万元: old values in a list.
_OLD = r"[\d.,]+[万亿]*(?:元|%|个|人|户|家|亩|公里|个百分点)?"
_OTHER_OLD = re.compile(rf"(?:[、和]{_OLD})*")
_LONGEST_FROM = 40


_JUDGES: tuple[tuple[str, Callable[[str, Amount], bool]], ...] = (
    ("ordinal", _ordinal),
    ("masked name", _masked_name),
    ("back reference", _back_reference),
    ("list of the largest", _largest),
    ("一 that counts nothing", _lone_one),
    ("vague number", _vague),
    ("word with a numeral in it", _han_without_counter),
    ("division or grade", _division),
    ("ratio or time", _ratio),
    ("grade", _grade),
    ("set named by its size", _set_by_size),
    ("sum of a list", _sums_up),
    ("value before the change", is_replaced),
    ("base of a rate", _base_of_a_rate),
    ("duration", _duration),
    ("size of a product", _size),
    ("year", _bare_year),
    ("footnote mark", _footnote),
    ("threshold of a class", _threshold),
)
