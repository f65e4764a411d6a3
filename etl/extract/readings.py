"""What the words round a number say of it: its indicator and its measure.

A number takes what stands in its own clause first; what is elided there comes from the figure before (8 户 12 人), from
the noun behind a list (1.5 万户、4.2 万人住进新居), or from the clause before.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

import rjieba

from etl import vocabulary
from etl.extract import phrases
from etl.records import Measure, Quantity

BOUNDARY = re.compile(r"[，；：。！？（）]")


class Reading(NamedTuple):
    """What the words round a number say of it."""

    indicator: str
    measure: Measure
    rule: str
    sign: int = 1
    queue: tuple[Reading, ...] = ()  # what the numbers after it in its list are


class Memory(NamedTuple):
    """What the figure before left behind for the next one of its sentence."""

    head: str = ""
    verb: str = ""
    is_counted: bool = False  # its noun stands behind it, and so before the next number
    is_share: bool = False
    recent: tuple[str, ...] = ()  # the indicators of the sentence so far
    queue: tuple[Reading, ...] = ()


class Clause:
    """The words on both sides of a number within its clause, without times and territories."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        fact: Quantity,
        before: Quantity | None,
        after: Quantity | None,
        cut_out: list[tuple[int, int]],
        subjects: list[tuple[int, int]],
    ) -> None:
        self.fact = fact
        asides = [m.span() for m in _ASIDE.finditer(text, start, end) if not m.start() < fact.start < m.end()]
        cut_out = cut_out + [(a, b) for a, b in asides if b - a > 10 or re.search(r"\d", text[a:b])]
        if before is not None and any(a < before.start < b for a, b in asides):
            before = None  # a figure in brackets is no neighbour
        marks = [m.end() for m in BOUNDARY.finditer(text, start, fact.start) if not _within(asides, m.start())]
        self.start = marks[-1] if marks else start
        self.text_before = text[marks[-2] if len(marks) > 1 else start : self.start - 1] if marks else ""
        previous_end = _behind(text, before) if before else start
        left_start = max(self.start, previous_end)
        self.follows_in_clause = before is not None and previous_end >= self.start
        self.glue = text[previous_end : fact.start] if self.follows_in_clause else ""
        left_end = fact.start - 1 if fact.rule == "rank" else fact.start
        left_start = _behind_subject(text, left_start, left_end, subjects)
        if heading := _HEADING_BEFORE.match(text, left_start, left_end):
            left_start = heading.end()
        self.raw_left = text[left_start:left_end]
        self.left = phrases.without_footnotes(_without(text, left_start, left_end, cut_out))
        if fact.from_value is not None:
            self.left = re.sub(r"[由从][^，]*$", "", self.left)
        inner = [(a, b) for a, b in asides if b - a <= 10 and not re.search(r"\d", text[a:b])]
        mark = next((m for m in BOUNDARY.finditer(text, fact.unit_end, end) if not _within(inner, m.start())), None)
        right_end = mark.start() if mark else end
        self.right_to_mark = re.split("、", text[_behind(text, fact) : right_end])[0]
        self.end = right_end
        self.next_in_clause = after is not None and after.start < right_end
        if after is not None and self.next_in_clause:
            right_end = after.start - 1 if text[after.start - 1] == "第" else after.start
        right = text[_behind(text, fact) : right_end]
        self.right_whole = right
        self.right = _first_of_list(right) if self.next_in_clause else right


# （一）经济较快增长全省生产总值完成: a heading that has run into its text.
_HEADING_BEFORE = re.compile(r"（[一二三四五六七八九十]{1,3}）[^，]{4,20}?(?=[全我][省市区县州国])")
_CLASS_NOUN = re.compile(r"(?:实践|专项|主题)?(?:活动|行动|改革|工程|计划|工作)?(?:中)?")


# The name goes on, or belongs to the noun behind it.
_OF = ("的", "项目", "等", "和", "与", "及", "、", "领导", "建设", "数", "企业")


def _behind_subject(text: str, start: int, end: int, subjects: list[tuple[int, int]]) -> int:
    """Where the words about the figure begin behind the body or campaign that did it: X局 | 走访企业 30 家."""
    for a, b in subjects:
        if start <= a and b <= end and not phrases.without_openings(text[start:a]).strip("“‘"):
            behind = _CLASS_NOUN.match(text, b + (text[b : b + 1] == "”"))
            at = behind.end() if behind else b
            rest = phrases.without_links(phrases.without_openings(text[at:end]))
            if len(rest) >= 4 and rest not in vocabulary.clauses().generic_heads and not rest.startswith(_OF):
                return at
    return start


def _first_of_list(right: str) -> str:
    """The first noun of what stands between two numbers; 省、市重点项目 and 国家、省级 are one."""
    parts = re.split(r"(、|以及|[和及](?=[^、]{2,}))", right.rstrip("和及与、"))
    while len(parts) > 2 and 1 <= len(parts[0]) <= 2:
        parts[:3] = ["".join(parts[:3])]
    return parts[0]


_ASIDE = re.compile(r"（[^（）]*）")


def _within(spans: list[tuple[int, int]], position: int) -> bool:
    return any(a <= position < b for a, b in spans)


def _behind(text: str, fact: Quantity) -> int:
    """The offset behind a number, its unit and the bound word after it."""
    found = re.compile(r"(?:余|多)?(?:以上|以下|以内|左右|上下|及以上|之多)?").match(text, max(fact.unit_end, fact.end))
    return found.end() if found else fact.unit_end


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    out, at = [], start
    for a, b in sorted(spans):
        if a >= at and b <= end:
            out.append(text[at:a])
            at = b
    out.append(text[at:end])
    return "".join(out)


# 低于年初预期3.6个百分点, 快于全省1.2个百分点: a distance, below is negative.
_AGAINST = re.compile(
    r"(低|高|快|慢|少|多)[于出]?[^，]{0,8}(?:预期|目标|全国|全省|全市|全州|平均水平|平均|计划)(?:目标)?(?:水平)?$"
)
_POINTS = ("个百分点", "百分点", "个基点", "基点", "个千分点")

# ---- rules ----------------------------------------------------------------------------------------------------------

_COMPLETION = re.compile(
    r"(?:为|达)(?:年度|全年|年初)?(?:目标|计划|预算|任务)[^，]{0,2}的$|(?:完成|实现)了?(?:[^，]{0,14}(?:目标|任务|计划|预算|进度)(?:总)?数?)?的?$|(?:时序|工程|投资|年度|施工)进度的?$|(?:投资|目标|计划|任务)?完成率$|按$|占[^，]{0,8}(?:目标|任务|计划(?:投资)?|预算|(?<=计划)投资)的?$"
)
_RANK_TAIL = re.compile(
    r"(?:均|分别|连续|稳|继续|也)*(?:位?居|位列|名列|列|排名|排位|排|跃居|跃升至|上升至|升至|升到|前移至|保持|荣获|获得|获|占|在|位次|综合)*(?:在)?(?:全国|全省|全市|全区|全县|全州|世界|全球|中部|西部|东部|省内|国内|同类[^，]{0,6}|[^，]{0,6}(?:城市|省份|地级市|省会)[^，]{0,3})?(?:中|中的|的|内)?(?:位?居|位列|名列|列|排名|排|并列)?$"
)


# 增速位居副省级城市, 排名由 … 上升到: the verb of a rank, and what goes with it.
_RANK_VERB = re.compile(
    r"(?:均|分别|连续|稳|继续|也)*(?:位居|位列|名列|稳居|跃居|跃升|上升|提升|前移|升)(?:[至到为]|在)?(?:了)?[^，]{0,12}$"
)


def read(clause: Clause, memory: Memory, rest: list[Quantity], text: str) -> Reading | None:
    """The reading of one number; None where the words round it say nothing that can be trusted."""
    topic = "" if memory.head else _topic(clause)
    reading = _read(clause, memory._replace(head=topic) if topic else memory, rest, text)
    if topic and reading and reading.indicator.startswith(topic):
        return reading._replace(rule="head of the clause before")
    return reading


def _topic(clause: Clause) -> str:
    """What the clause before names and says nothing of: 粮食总产量，在上年增长的基础上 …, 工业总产值，比上年增长 …"""
    before = phrases.without_openings(clause.text_before)
    before = before[len(phrases.leading_verb(before)) :]
    noun, predicate = phrases.counted_noun(before)
    if not 2 <= len(noun) <= 14 or re.search(r"[\d“”]", before) or (predicate and not predicate.startswith("在")):
        return ""
    kinds = [kind for _, kind in rjieba.tag(noun)]
    return noun if kinds[0][0] in "nbj" and kinds[-1] in ("n", "vn", "nz") else ""


def _read(clause: Clause, memory: Memory, rest: list[Quantity], text: str) -> Reading | None:
    fact = clause.fact
    if fact.rule == "rank":
        return _rank(clause, memory)
    left = clause.left
    if memory.is_counted and clause.follows_in_clause and re.search(r"[、和及与]", left):
        left = re.split(r"[、和及与]", left)[-1]
    left = phrases.without_openings(left)
    if shares := _distributed(clause, left, rest, memory, text):
        return shares
    if fact.unit in ("%", "‰", "成"):
        return _percent(clause, left, memory)
    if fact.unit in _POINTS:
        grown = phrases.split_growth(left)
        head = phrases.without_links(grown[0]) if grown else phrases.without_links(left)
        if against := _AGAINST.search(left):
            head, grown = phrases.without_links(left[: against.start()]), ("", -1 if against[1] in "低少慢" else 1)
        head = "" if head in ("比", "较") else head
        return Reading(head or memory.head, Measure.PP, "percentage points", grown[1] if grown else 1)
    if fact.unit in ("倍", "番"):
        grown = phrases.split_growth(left)
        head = phrases.without_links(grown[0] if grown else left)
        return Reading(head or memory.head, Measure.MULTIPLE, "multiple")
    return _level(clause, left, memory, rest, text)


def _rank(clause: Clause, memory: Memory) -> Reading | None:
    verb = _RANK_VERB.search(clause.left)
    left = phrases.without_openings(clause.left[: verb.start()] if verb else _RANK_TAIL.sub("", clause.left))
    left = phrases.without_links(left) if left else ""
    return Reading(_with_head(left, memory), Measure.RANK, "rank")


def _percent(clause: Clause, left: str, memory: Memory) -> Reading | None:
    left = re.sub(r"(?:年度|预期)?目标$|预期$", "", left)
    own = phrases.without_links(left)
    if done := _COMPLETION.search(left):
        head = own if left.endswith(("率", "进度")) else phrases.without_links(left[: done.start()])
        return Reading(_with_head(head, memory) or own, Measure.COMPLETION, "completion")
    if "占" in left or clause.right.startswith("占"):
        subject = own if not own.startswith("占") else memory.head + own
        if left.startswith("占") or not own:
            subject = memory.head + left.removesuffix("达到").removesuffix("达").removesuffix("为")
        return Reading(subject, Measure.SHARE, "share")
    if grown := phrases.split_growth(left):
        head = phrases.without_links(grown[0]) if grown[0] else ""
        if memory.is_share and not head:
            return Reading(memory.head, Measure.GROWTH, "growth of the figure before", grown[1])
        rule = "growth" if head else "growth of the figure before"
        return Reading(_with_head(head, memory), Measure.GROWTH, rule, grown[1])
    if clause.right.startswith("的"):
        noun, predicate = phrases.counted_noun(clause.right)
        if noun:
            return Reading(own + noun + (predicate if len(noun) < 4 else ""), Measure.SHARE, "share of a class")
    if left.endswith(("比重", "占比")):
        return Reading(_with_head(own, memory), Measure.SHARE, "share")
    if clause.right and len(clause.right) <= 12 and not clause.next_in_clause:
        return Reading(_with_head(own, memory) + clause.right, Measure.LEVEL, "percentage before its predicate")
    return Reading(_with_head(own, memory), Measure.LEVEL, "rate")


def _with_head(own: str, memory: Memory) -> str:
    """An elided head restored: 办结率 after 受理群众诉求 → 受理群众诉求办结率."""
    if not own:
        return memory.head
    words = vocabulary.clauses()
    if exchanged := _exchanged(memory.head, own):
        return exchanged
    if _GRADE_ONLY.fullmatch(own) and memory.head:
        return own + _GRADE.sub("", memory.head)
    if own in words.own_rates:
        return own
    if own in words.generic_heads or (len(own) <= 3 and own.endswith(("率", "额", "量", "数", "积", "值", "比"))):
        return _joined(memory.head, own)
    return own


# 省级 1 个、市级 4 个: a grade stands for the head before, with the grade exchanged.
_GRADE = re.compile(r"(?:国家|自治区|[省市州县区镇乡村])级")
_GRADE_ONLY = re.compile(
    r"(?:国家|自治区|[省市州县区镇乡村])级|全国|自治区|国际|区[内外]|[省市县]内|[省市县]外|城市|农村|城镇|男|女|其他|其它"
)
_PAIRS = (
    ("收入", "支出"),
    ("产量", "产值"),
    ("面积", "产量"),
    ("存栏", "出栏"),
    ("户数", "人数"),
    ("进口", "出口"),
    ("受理", "办结"),
    ("产值", "税收"),
    ("产值", "利税"),
    ("产值", "利润"),
    ("招生", "在校生"),
    ("招生", "在校学生"),
    ("招生", "毕业生"),
    ("招生", "毕业"),
    ("在校生", "毕业生"),
)


def _exchanged(head: str, own: str) -> str:
    """财政收入 with 支出 for its end is 财政支出; '' where the two are no pair."""
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if own == other and head.endswith(one):
                return head[: -len(one)] + own
    return ""


def _joined(head: str, own: str) -> str:
    """The head before with its own last noun exchanged, or the two in a row."""
    if own.endswith("率") and head.endswith("率"):
        *before, last = rjieba.cut(head)
        if before and len(last) > 1:
            return "".join(before) + own  # 人口出生率, 死亡率 → 人口死亡率
    if own in ("总量", "总数", "总规模", "总装机", "总里程", "总户数", "总人数"):  # of all, not of the new ones
        head = _FRESH.sub("", re.sub("(?:增幅|增速|增长)[^，]*$", "", head)) or head
    return head if own in ("共", "目标", "累计", "完成", "实现", "到位", "净增", "新增") and head else head + own


def _distributed(clause: Clause, left: str, rest: list[Quantity], memory: Memory, text: str) -> Reading | None:
    """A、B分别增长5.1%、6.2%: a reading for the first number, and a queue of readings for those after it."""
    n = _in_a_list(rest, text)
    if n < 2:
        return None
    respectively = _IN_ORDER.search(left)
    subject, tail = (left[: respectively.start()], left[respectively.end() :]) if respectively else (left, "")
    says_nothing = phrases.split_growth(left) == ("", 1) or (left in _REACHED and len(set(memory.recent[-n:])) == n)
    if not respectively and says_nothing and len(memory.recent) >= n:
        subject, tail = "", left  # A、B分别为1、2，增长3%和4%; A、B分别增长3%和4%，达1和2
    elif not _IN_ORDER.search(clause.raw_left):
        return None
    subject = phrases.without_links(_ON_AVERAGE.sub("", subject))
    items = phrases.distributed(subject, n) or [subject] * n if subject else list(memory.recent[-n:])
    if len(items) != n:
        return None
    readings = [_one_of(item, tail, fact) for item, fact in zip(items, rest, strict=False)]
    return readings[0]._replace(queue=tuple(readings[1:]))


_ON_AVERAGE = re.compile(r"(?:[两三四五六七八九十\d]{1,2}年)?年均$")
_REACHED = ("达", "达到", "为", "达到了")
_IN_ORDER = re.compile("分别|(?:相继|依次|接连|连续)(?=突破|跨过|跨越|迈上|迈过|站上|跃上|跃升|达到|超过)")


def _one_of(item: str, tail: str, fact: Quantity) -> Reading:
    rule = "one of several, in order"
    if fact.unit == "%" and (done := _COMPLETION.search(tail)):
        return Reading(item + phrases.without_links(tail[: done.start()]), Measure.COMPLETION, rule)
    if fact.unit == "%" and item.endswith(("增速", "增幅", "涨幅")):
        return Reading(item[:-2], Measure.GROWTH, rule)
    grown = phrases.split_growth(tail)
    if fact.unit in ("倍", "番"):
        return Reading(item + phrases.without_links(grown[0] if grown else tail), Measure.MULTIPLE, rule)
    if fact.unit == "%" and grown:
        return Reading(item + phrases.without_links(grown[0]), Measure.GROWTH, rule, grown[1])
    if grown:
        measure = Measure.PP if fact.unit in _POINTS else Measure.CHANGE
        return Reading(item + phrases.without_links(grown[0]), measure, rule, grown[1])
    if fact.unit == "%" and "占" in tail:
        return Reading(item + tail, Measure.SHARE, rule)
    return Reading(item + phrases.without_links(tail), Measure.LEVEL, rule)


def _in_a_list(rest: list[Quantity], text: str) -> int:
    """How many numbers follow one another with only 、 or 和 between them, from the first on."""
    n = 1
    for one, other in pairwise(rest):
        if not re.fullmatch(r"[、和及与]|以及", text[_behind(text, one) : other.start]):
            break
        n += 1
    return n


def _level(clause: Clause, left: str, memory: Memory, rest: list[Quantity], text: str) -> Reading | None:
    fact = clause.fact
    sign, measure = 1, Measure.LEVEL
    grown = phrases.split_growth(left)
    noun, predicate = phrases.counted_noun(
        _ASIDE.sub("", clause.right) if clause.right.startswith("（") else clause.right
    )
    if not noun and _GAINS_OF_ONE.search(left):
        return Reading(left, Measure.CHANGE, "change")
    if grown and not noun:
        head = phrases.without_links(grown[0])
        if head or memory.head:
            return Reading(_with_head(head, memory), Measure.CHANGE, "change", grown[1])
    if not noun and left in _MORE_OR_LESS and memory.head:
        return Reading(memory.head, Measure.CHANGE, "change", _MORE_OR_LESS[left])
    if not noun and left.endswith(("新增", "净增", "净增加", "新增加")):
        measure = Measure.CHANGE
    own = phrases.without_links(left)
    if own in _IN_OTHER_MONEY and memory.head:
        return Reading(memory.head, measure, "head of the figure before", sign)
    if own == "连续":
        return Reading(own + (noun + predicate)[:16], measure, "predicate only") if noun or predicate else None
    if fact.text == "零":
        return Reading(re.split(r"[、，]", clause.right_whole)[0], Measure.LEVEL, "none happened")
    if noun.endswith("台阶") and (steps := _STEPS.search(own)):
        return Reading(own[: steps.start()], measure, "noun behind the counter", sign)
    if noun and not _counts(fact, clause):
        own = phrases.trailing_verb(own) or own
    if noun and (_counts(fact, clause) or phrases.is_verb(own)):
        return _counted(clause, own, noun, predicate, memory, measure, rest, text)
    if (
        (not own or phrases.is_verb(own))
        and not noun
        and clause.next_in_clause
        and not clause.right_whole.strip("、和及")
    ):
        shared = _next_noun(rest, text)
        if shared:
            return Reading(own + shared, measure, "noun shared with the next figure")
    if not own:
        if predicate and (
            not clause.follows_in_clause or clause.raw_left.endswith(("为", "对", "给", "向", "让", "使"))
        ):
            return Reading(predicate[:20], measure, "predicate only")
        if memory.head:
            head = _FRESH.sub("", memory.head) if _TOTAL.search(clause.raw_left) else memory.head
            each = _EACH.search(left)
            if each and not head.startswith(each[0]):
                head = each[0] + head
            return Reading(head, measure, "head of the figure before", sign)
        return None
    own = _AIM.sub("", phrases.without_examples(own).removeprefix("分别"))
    if phrases.is_verb(own) and memory.head.startswith(own) and memory.head != own:
        return Reading(memory.head, measure, "head of the figure before", sign)
    if (
        own in vocabulary.clauses().generic_heads
        and not memory.head
        and clause.next_in_clause
        and (thing := _next_thing(rest, text))
    ):
        return Reading(thing + own, measure, "noun shared with the next figure")
    indicator = _with_head(own, memory)
    if (
        indicator == own
        and clause.follows_in_clause
        and memory.verb
        and not phrases.leading_verb(own)
        and re.match(r"[、和及]", clause.glue)
    ):
        indicator = memory.verb + own
    if len(own) <= 2 and predicate and not clause.follows_in_clause:
        indicator = own + predicate[:16]
    if (
        not fact.unit
        and fact.value is not None
        and not re.search(r"(?:[达为至到是比]|得分|指数|分数|因子|系数|平均分)$", left)
        and fact.text[-1] not in "万亿"
    ):
        return None
    return Reading(indicator, measure, "indicator before the number", sign)


_AIM = re.compile("目标(?=[新净]增$)")  # 规上企业目标新增2户，净增1户
_STEPS = re.compile("(?:[一二两三四五]年内?|连续|接连|相继)*(?:迈|跨|登|跃|站)[过上越]?$")  # 迈过三个百亿元台阶
_IN_OTHER_MONEY = ("折", "折合", "约合", "合")  # 9000亿元，折1300亿美元
_GAINS_OF_ONE = re.compile("[人户亩村]均(?:增收|增产|节支|减负)$")  # 亩均增收1500元
_EACH = re.compile("[人户亩地]均")  # 生产总值600亿元，人均突破1200美元
# 新增 A 13 家、达 47 家: the second is the stock, not what was added.
_FRESH = re.compile(r"^(?:新增|净增|新建|新培育|新引进|新认定|再添|增加)")
_TOTAL = re.compile(r"达|总数|累计|共")


_MORE_OR_LESS = {
    "多": 1,
    "多了": 1,
    "多增": 1,
    "高出": 1,
    "少": -1,
    "少了": -1,
    "缩短": -1,
    "增收": 1,
    "减收": -1,
}  # 比上年多…


_COUNTED = ("count", "sheets", "persons", "households", "person_times", "doses", "household_times")


def _counts(fact: Quantity, clause: Clause) -> bool:
    """Whether the noun behind the number is what it counts: 36名安全员, 9.6公里河道, 投资269亿元的项目."""
    unit = vocabulary.units().get(fact.unit)
    if unit is None or unit.dimension in _COUNTED:
        return True
    return clause.right.startswith("的") or unit.dimension in (
        "area",
        "length",
        "mass",
        "volume",
        "power",
        "containers",
    )


def _counted(
    clause: Clause,
    own: str,
    noun: str,
    predicate: str,
    memory: Memory,
    measure: Measure,
    rest: list[Quantity],
    text: str,
) -> Reading:
    unit = vocabulary.units().get(clause.fact.unit)
    if clause.right.startswith("的") and unit is not None and unit.dimension.startswith("money"):
        noun = phrases.counted_noun(clause.right_to_mark)[0] or noun
        kind = next((kind for kind in ("总投资", "投资", "资金", "投入") if own.endswith(kind)), "")
        return Reading(noun + kind, measure, "sum of the named thing")
    if clause.right.startswith("的") and own in vocabulary.clauses().generic_heads:
        return Reading(noun + own, measure, "noun behind the counter")
    bare = phrases.without_links(noun)
    if bare in vocabulary.clauses().generic_heads and clause.next_in_clause and (thing := _next_thing(rest, text)):
        noun = thing  # 100个总投资超过20亿元的项目
    if _GRADE_ONLY.fullmatch(noun) and clause.next_in_clause:
        noun += _GRADE.sub("", _next_noun(rest[1:], text))
    if own.endswith("等") or "、" in own:
        own = phrases.leading_verb(own)
    if len(own) + len(noun) > 22 or own in ("其", "该", "这", "每"):
        own = phrases.leading_verb(own)
    if len(noun) <= 2 and predicate and len(own) < 2:
        noun += predicate[:14]
    if not own and clause.follows_in_clause and memory.verb and re.fullmatch(r"[、和及]|以及", clause.glue):
        own = memory.verb
    return Reading(own + noun, measure, "noun behind the counter")


def _next_noun(rest: list[Quantity], text: str) -> str:
    """For 1.5万户、4.2万人住进新居: what stands behind the last number of the list."""
    for one, other in zip(rest, [*rest[1:], None], strict=False):
        stop = BOUNDARY.search(text, one.unit_end)
        end = min(stop.start() if stop else len(text), other.start if other else len(text))
        right = text[_behind(text, one) : end].strip("、和及")
        if right:
            noun, predicate = phrases.counted_noun(right)
            return (noun if len(noun) > 2 else noun + predicate)[:20]
    return ""


def _next_thing(rest: list[Quantity], text: str) -> str:
    """For 投资8亿元、面积3万亩的湿地修复项目: the thing behind the 的 after the list."""
    for one in rest[1:3]:
        at = _behind(text, one)
        if text[at : at + 1] == "的":
            return phrases.counted_noun(re.split(r"[，。；、：（]", text[at:])[0])[0][:20]
    return ""


def remember(memory: Memory, reading: Reading) -> Memory:
    queue = reading.queue or memory.queue[1:]
    if reading.measure in (Measure.GROWTH, Measure.PP, Measure.RANK, Measure.COMPLETION):
        head = reading.indicator if reading.rule == "growth" else memory.head or reading.indicator
        listed = (reading.indicator,) if reading.rule == "one of several, in order" else ()
        return memory._replace(head=head, queue=queue, is_counted=False, recent=(*memory.recent, *listed))
    verb = phrases.leading_verb(reading.indicator)
    counted = reading.rule == "noun behind the counter"
    is_share = reading.measure is Measure.SHARE
    return Memory(reading.indicator, verb, counted, is_share, (*memory.recent, reading.indicator), queue)
