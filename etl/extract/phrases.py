"""The words round a number become the phrase that names its indicator.

Reports say a figure in two orders: what is counted, then the number (城镇新增就业 47.52 万人), or the number, its
counter, then what is counted (36 名安全员持证上岗). Everything here works on short strings cut from one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import rjieba

from etl import vocabulary

LONGEST = 30  # characters of an indicator; what is longer is a sentence, not a name
_MARKS = "，；：。！？、,;:.!?()——…|* \u3000-—–"


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"{_longest_first(vocabulary.clauses().openings)}|[{re.escape(_MARKS)}]+")


@cache
def _links() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first(vocabulary.clauses().links)}|[{re.escape(_MARKS)}])+$")


@cache
def _predicates() -> re.Pattern[str]:
    return re.compile(rf"{_longest_first(vocabulary.clauses().predicates)}|于(?=[\d今去本年]+[年月底])")  # 于9月竣工


@cache
def _list_verb() -> re.Pattern[str]:
    return re.compile(f"(?:新)?(?:{_longest_first(vocabulary.clauses().list_verbs)})")


@cache
def _growth() -> re.Pattern[str]:
    words = vocabulary.clauses()
    return re.compile(
        rf"(?P<head>.*?)(?:{_longest_first(words.comparisons)})*"
        rf"(?:(?P<up>{_longest_first(words.growth_up)})|(?P<down>{_longest_first(words.growth_down)}))"
        rf"(?:了|控制在|保持在|稳定在|维持在|约|近|超过|超|达到|达|为|均为|均|分别|分别为|分别达到|逾|幅度|率|均超|均达|均达到|均在|在|左右)*$"
    )


def split_growth(left: str) -> tuple[str, int] | None:
    """`left` as (what grows, 1 up or -1 down) if it ends with a verb of growth: 网上零售额增长 → (网上零售额, 1)."""
    found = None if _LIMIT.search(left) else _growth().fullmatch(left)
    if not found or found["head"].endswith(("新", "调", "递", "精", "消", "裁", "自然")):
        return None  # 新增 and 调减 are verbs of their own, 自然增长率 is a name
    return _OVER_YEARS.sub("", _COMPARED.sub("", found["head"])), 1 if found["up"] else -1


# 投入比上一个五年增加: what it is compared with is no part of what grows.
_COMPARED = re.compile(r"(?<![占对率百贷载价重环同类])(?:比|较|与)[^，、]{0,14}$")


# 工业投资两年平均增长: over how many years is no part of what grows.
_OVER_YEARS = re.compile(r"(?:^[从由]的)?(?:近|过去)?(?:[两三四五六七八九]|\d{1,2})年(?:间|来)?$")
_LIST_NUMBER = re.compile(r"^(?:[（(]?\d{1,2}[)）.、．](?!\d)|（[一二三四五六七八九十]{1,3}）)")
_LIMIT = re.compile(r"(?:不低于|不高于|不少于|不多于)$")  # 比例不低于80%: a bound, no growth


def without_openings(text: str) -> str:
    """The text without the connectives, adverbs and territory words before its first content word."""
    text = _LIST_NUMBER.sub("", text)
    while (found := _openings().match(text) or _OWN_SUBJECT.match(text)) and not _PROTECTED.match(text):
        text = text[found.end() :]
    return text


_OWN_SUBJECT = re.compile(
    "(?:集团|公司|医院|学校|[全我本](?:院|校|局|所|行|厂|公司|集团))(?=(?:实现|完成|累计|共|新签|获得|荣获|发放|开展|举办)[^，]{2})"
)


# Words that begin with an opening and are no opening: 为民服务, 对外贸易, 共青团, 实现…
_PROTECTED = re.compile(
    r"为民|给予|对外|对华|对口|对接|共青|共建|共享|共同|现代|将军|要素|要点|以工|在建|在校|在册|在岗|在职|在线|和谐|与会|有效|有机|有色|有线|还款|还林|还田|还草|是否|到位|到账|到户|使用|向上|各级|各类|各项|各种|现行|现场|共有产权|"
    r"统计(?!，)|有限|为主|对象|对台|给水|给排水|向阳|以色列|在建|和平|等级|的士|到期|让利|共产|又好|再生|还贷|均值|都市|各族|仅用|拟建|"
    r"将军|要求|现代|先进|创新(?=型|平台|创业|园|券|中心|团队|主体|工作|攻关)|全面(?=小康|从严)|集中(?=供|式|居住|办理|连片|安置|开工)|计划(?=生育|投资)|全国(?=重点|文明|人大|政协|性|先进|五|劳|百)|全市(?=域)|全区(?=域)|全县(?=域)|已建|再生|再就业|均衡|都市|及时|等级|目标(?=任务|企业)|现金|现场|现役|有限|以旧换新|通过率|帮助率|积极(?=分子|性)|持续(?=改)|深入(?=推)"
)


def without_links(text: str) -> str:
    """The text without the verbs and adverbs that stand between an indicator and its number."""
    text = text.rstrip(_MARKS)
    found = _links().search(text)
    if not found or found.start() == 0:
        return "" if found and found.start() == 0 else text
    cut = text[: found.start()]
    return cut if not _PROTECTED_END.search(text) else text


# Words that end like a link and are none: 总数, 会计, 国有.
_PROTECTED_END = re.compile(
    r"(?:总数|户数|人数|件数|次数|指数|基数|参数|合计|总计|统计|设计|审计|会计|行为|作为|国有|所有|现有|拥有|共有|到位|参与|发现|目标数|个数)$"
)


def counted_noun(right: str) -> tuple[str, str]:
    """What follows a counted number, as (noun phrase, predicate): 安全员持证上岗 → (安全员, 持证上岗)."""
    right = right.strip(_MARKS)
    right = re.sub(r"^(?:的|左右|以上|以下|以内|多|余)+", "", right)
    for found in _predicates().finditer(right):
        if _is_open(right[: found.start()]):
            continue
        if found.start() == 0:
            if _inside_token(right, found.end()) or right.startswith(
                ("户", "村", "县", "区"), found.end()
            ):  # 全国重点实验室, 脱贫户
                continue
            return "", right
        if _is_noun_end(right, found.start(), found.end()):
            return right[: found.start()], right[found.start() :]
    return right, ""


def _is_open(text: str) -> bool:
    """Whether a bracket or a quotation that begins in the text does not end there."""
    return any(text.count(mark) > text.count(other) for mark, other in ("“”", "（）", "《》"))


# Where a word that looks like a predicate is part of a noun: 参与率, 建成区, 就业岗位, 在校生, 投产项目.
_NOUN_AFTER = re.compile(
    r"(?:率|区|岗位|人员|项目|资金|企业|机构|中心|平台|面积|基地|园|工程|活动|服务|方案|措施|任务|事项|问题|小组|培训|补贴|贷款|机制|体系|制度|中小学|学校|站|点|者|型|式|性|化|的|校生|册|岗|职|建|业|产|国|民|户|社会|保障|示范|试点|合同|协议|政策|标准|团队|人才|意见|建议|工作室|比赛|赛|会|费|金|量|值|额|度|线)"
)


def _is_noun_end(text: str, start: int, end: int) -> bool:
    if start < 1 or _NOUN_AFTER.match(text, end):
        return False
    return end - start > 1 or not (_inside_token(text, start) or _inside_token(text, end))


def _inside_token(text: str, at: int) -> bool:
    """Whether jieba sees `at` within a word: 全 of 安全员 is no adverb. It proposes; the list decides."""
    position = 0
    for word in rjieba.cut(text[: at + 6]):
        if position < at < position + len(word):
            return True
        position += len(word)
    return False


def trailing_verb(text: str) -> str:
    """The verb of a list with which a clause ends before its number: 市级财政还设立 → 设立."""
    return next((text[-n:] for n in (4, 3, 2) if text[-n:] in vocabulary.clauses().list_verbs), "")


def is_verb(text: str) -> bool:
    """Whether the text is nothing but one of the verbs that lists share."""
    return bool(_list_verb().fullmatch(text))


def without_examples(text: str) -> str:
    """Examples before 等 dropped, the words before them kept: 解决用工、用气等问题 → 解决问题."""
    head, mark, tail = text.rpartition("等")
    if not mark or len(tail) < 2 or "、" not in head:
        return text
    words = rjieba.cut(head.split("、")[0])
    return "".join(words[:-1]) + tail


def leading_verb(text: str) -> str:
    """The verb with which a clause begins, if it is one that lists share: 新建扶贫设施农业 → 新建."""
    found = _list_verb().match(text)
    return found[0] if found else ""


def tidy(text: str) -> str:
    """An indicator without marks and particles at its ends, and not longer than a name can be."""
    text = text.strip(_MARKS)
    for mark, other in (("（", "）"), ("“", "”")):
        if text.count(mark) != text.count(other):
            text = text.strip(mark + other)
    text = without_footnotes(text).removesuffix("的").removesuffix("等").removesuffix("了")
    text = _LOOSE_END.sub("", _REACHING.sub("", text))
    text = _EMPTY_LIST.sub("", text)
    text += "比" if text.endswith("占") and len(text) > 1 else ""  # 燃料动力1113亿元，占25%
    if len(text) <= LONGEST:
        return text
    return re.split(r"[，；：。、]", text)[-1][-LONGEST:]


_COMPLETE = re.compile("(?:[值额量入率数积]|支出|投资|余额|比重)$")  # an item that lacks no noun of the last one
_REACHING = re.compile(
    "(?<=[值额量入资数积费金口率])(?:预计|累计|实际|全年)?(?:完成|实现|达成|连续|提前)?$"
)  # 固定资产投资完成
_SECTORS = re.compile(r"(?:第?[一二三](?:产业?)?[、和及])+第?[一二三](?:次)?产(?:业)?(?P<of>.*)")


def _sectors(subject: str, n: int) -> list[str] | None:
    """第一、二、三产业增加值 → [第一产业增加值, 第二产业增加值, 第三产业增加值]."""
    found = _SECTORS.fullmatch(subject)
    numbers = re.findall("[一二三]", subject[: found.start("of")]) if found else []
    return [f"第{number}产业{found['of']}" for number in numbers] if found and len(numbers) == n else None


_EMPTY_LIST = re.compile("、{2,}[和与及]?|(?<=占)占")  # of names that were taken out
_LOOSE_END = re.compile("(?<=..)(?:以及|及其|及|并|且)$")
_BOTH = (("城乡", "城镇", "农村"), ("收支", "收入", "支出"), ("存贷款", "存款", "贷款"), ("存、贷款", "存款", "贷款"))
_FOOTNOTE = re.compile(r"[①-⑳]|\[\d+\]")


def without_footnotes(text: str) -> str:
    """The text without marks like ② and [3]."""
    return _FOOTNOTE.sub("", text)


def distributed(subject: str, n: int) -> list[str] | None:
    """The n things that a clause with 分别 speaks of: 甲、乙制造业增加值 → [甲制造业增加值, 乙制造业增加值]."""
    if sectors := _sectors(subject, n):
        return sectors
    for both, one, other in _BOTH:
        if n == 2 and subject.count(both) == 1:
            return [subject.replace(both, one), subject.replace(both, other)]
    items = [item for item in re.split(r"[、和及与]|以及", subject) if item]
    if len(items) == n - 1 and sum("城乡" in item for item in items) == 1:
        items = [
            one
            for item in items
            for one in ((item.replace("城乡", "城镇"), item.replace("城乡", "农村")) if "城乡" in item else (item,))
        ]
    if len(items) != n:
        return None
    first, last = items[0], items[-1]
    if len(first) <= 2 and len(last) >= 6 and not set(first) & set(last):  # 城镇、农村居民人均收入
        return [item + last[len(first) :] if len(item) <= 2 else item for item in items]
    common = max((word for word in vocabulary.clauses().generic_heads if last.endswith(word)), key=len, default="")
    if common and len(common) < len(last) and not first.endswith(common):  # 甲、乙、丙增速
        return [item if item.endswith(common) or _COMPLETE.search(item) else item + common for item in items]
    suffix = next(
        (last[last.rfind(first[-k:]) + k :] for k in range(min(4, len(first)), 0, -1) if first[-k:] in last[:-1]), ""
    )
    return [item if item.endswith(suffix) else item + suffix for item in items] if suffix else items
