"""Names that stand in a fixed frame: honours behind their verb, fairs and games, roads that share a head, lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import rjieba

from etl import vocabulary
from etl.extract.initiative_sentence import (
    MARKS,
    Candidate,
    Sentence,
    class_nouns,
    known_endings,
    known_names,
    nouns_in,
)

ROUTES = re.compile(
    "(?P<items>[一-鿿]{2,4}(?:、[一-鿿]{2,4})+)(?P<sum>等(?:\\d+条)?)?(?P<head>高速公路|高速|城际铁路|城际|铁路|高铁)(?!增长|发展|沿线)"
)
SHORT_ROUTE = 4  # characters: 沪昆, 长韶娄
LINE = re.compile(
    r"(?:地铁|轻轨|轨道交通)[\d一二三四五六七八九十]+(?:[、和][\d一二三四五六七八九十]+)*号线(?:[一二三四]期)?(?:工程)?"
)
FAIR = re.compile("[一-鿿]{1,3}[博洽交贸高]会(?![议谈见晤场])")  # 哈洽会, 台交会
EVENT = re.compile(
    r"第[一二三四五六七八九十\d]+届"
    "(?P<name>[^，。；：、（）“”等]{1,24}?(?:会|论坛|艺术节|文化节|旅游节|锦标赛|邀请赛|大赛|联赛|公开赛))"
    "(?=[，。；：、（）和暨等的]|$|成功|圆满|顺利|在|上|开)"
)
ITEM = "[^，。；：、“”（）]{2,12}"
SUMMED = re.compile(
    f"{ITEM}(?:、{ITEM}){{1,5}}[二两三四五六七八九十]大(?:战略|专项|攻坚|重点|民生)?(?:工程|行动|计划|战役|攻坚战|革命|改革|战略)"
)
VESSEL = re.compile(
    "[一-鿿]{2}[一二三四五六七八九十]{1,3}号(?=卫星|飞船|探测器|载人|货运|火箭|运载|与|、|等|成功|发射|顺利|圆满|首次)"
)
GIVER = "(?:全国|国家|中国|世界|全省|省级?|市级|县级|[一-鿿]{2,3}省)"  # who gives an honour
CLAUSE = re.compile("[^，。；：！？（）]{8,300}")
PART = re.compile("[^、]+")  # of a list
LEAST_ROW = 3
SHORTEST_CORE, LONGEST_CORE = 2, 16  # characters before the class noun of one of a row
HELD = re.compile(".{3,}(?:博览会|交易会|洽谈会|大会|论坛|年会|峰会|艺术节|文化节|旅游节|文化周|锦标赛|大赛|马拉松)$")
ASSEMBLY = re.compile("代表|全会|全体|委员|人大|政协|议会|常委|董事|理事|会议")  # meets to decide, and is no event


def framed(sentence: Sentence) -> Iterator[Candidate]:
    """All of them, as they stand in the text."""
    yield from _conferred(sentence)
    yield from _routes(sentence)
    yield from _summed(sentence)
    yield from _events(sentence)
    yield from _rows(sentence)


def _rows(sentence: Sentence) -> Iterator[Candidate]:
    """Three and more in a row with one class noun, and the events beside one that is held for the n-th time."""
    for clause in CLAUSE.finditer(sentence.text):
        items = [
            (clause.start() + found.start(), clause.start() + found.end()) for found in PART.finditer(clause.group())
        ]
        row: list[tuple[int, int, str]] = []
        for start, end in [*items, (0, 0)]:
            noun = _last_noun(sentence.text[start:end])
            if row and noun != row[-1][2]:
                yield from _alike(sentence, row)
                row = []
            if noun:
                row.append((start, end, noun))
        if len(items) > 1 and (EVENT.search(clause.group()) or FAIR.search(clause.group())):
            for start, end in items:
                begin = sentence.begin(end)
                name = sentence.text[max(start, begin) : end]
                if HELD.search(name) and "等" not in name and not ASSEMBLY.search(name):
                    yield Candidate(max(start, begin), end, name, "campaign", "beside an event", 0.7)


def _last_noun(item: str) -> str:
    """The class noun at the end of a part of a list, if it is no vague one."""
    noun = next((item[first:last] for first, last in nouns_in(item) if last == len(item)), "")
    return noun if noun and class_nouns()[noun][1] in ("strong", "plain") else ""


def _alike(sentence: Sentence, row: list[tuple[int, int, str]]) -> Iterator[Candidate]:
    """冷链提质计划、老店焕新计划、渔港扩容计划: each is a name because the others are."""
    if len(row) < LEAST_ROW:
        return
    for number, (start, end, noun) in enumerate(row):
        begin = start if number else max(start, sentence.begin(end - len(noun)))
        name = MARKS.sub("", sentence.text[begin:end])
        core = name.removesuffix(noun)
        if (
            SHORTEST_CORE <= len(core) <= LONGEST_CORE
            and not set(rjieba.cut(core)) <= vocabulary.initiatives().generic.words
        ):
            yield Candidate(begin, end, name, class_nouns()[noun][0], "one of a row of the same form", 0.7)


def _events(sentence: Sentence) -> Iterator[Candidate]:
    """Metro lines, fairs by their short names, whatever is held for the n-th time."""
    for match in LINE.finditer(sentence.text):
        yield Candidate(*match.span(), match.group(), "project", "metro line", 0.8)
    for match in VESSEL.finditer(sentence.text):
        yield Candidate(*match.span(), match.group(), "project", "space or deep-sea vessel", 0.8)
    for match in EVENT.finditer(sentence.text):
        if not ASSEMBLY.search(match.group()):
            name = known_names().get(match["name"], (match.group(), ""))[0]
            yield Candidate(*match.span(), name, "campaign", "held for the n-th time", 0.8)
    for match in FAIR.finditer(sentence.text):
        start = max(match.start(), sentence.begin(match.end()))
        name = sentence.text[start : match.end()]
        if start == sentence.begin(match.end()) and len(name) > 2 and not name.endswith(known_endings()):
            yield Candidate(start, match.end(), name, "campaign", "short name of a fair", 0.7)


def _summed(sentence: Sentence) -> Iterator[Candidate]:
    """Several that a number sums up: 实施消费提质、供给优化、环境提升三大工程."""
    for match in SUMMED.finditer(sentence.text):
        first = match.start() + match.group().index("、")
        start = max(match.start(), sentence.trimmed(sentence.hard_begin(first), first))
        if sentence.cue(start):
            name = sentence.text[start : match.end()]
            yield Candidate(start, match.end(), name, "program", "several that a number sums up", 0.7)


def _routes(sentence: Sentence) -> Iterator[Candidate]:
    """Roads and railways named by the places that they join, with one head behind their list: 益娄、娄衡高速."""
    for match in ROUTES.finditer(sentence.text):
        for item in re.finditer("[^、]+", match["items"]):
            end = match.start() + item.end()
            start = sentence.begin(end)
            if (
                1 < end - start <= SHORT_ROUTE
                and sentence.text[start:end] not in vocabulary.initiatives().generic.words
            ):
                is_last = end == match.end("items") and not match["sum"]
                name = sentence.text[start:end] + match["head"]
                yield Candidate(start, match.end() if is_last else end, name, "project", "roads that share a head", 0.7)


def _conferred(sentence: Sentence) -> Iterator[Candidate]:
    """Honours by the verb that confers them: 入围国家城中村改造扩围城市, 获评省美食街."""
    for match in _conferring().finditer(sentence.text):
        start = match.start("name")
        for part in re.split(f"(?<=[县市区城地村镇户点])(?:和|与|、)(?={GIVER})", match["name"]):
            end = start + len(part)
            yield Candidate(start, end, MARKS.sub("", part), "award", "honour behind its verb", 0.75)
            start = end + 1


@cache
def _conferring() -> re.Pattern[str]:
    words = vocabulary.initiatives()
    verbs = "|".join(sorted(words.honours.verbs, key=len, reverse=True))
    heads = "|".join(sorted({*words.honours.heads, *words.honours.honoured}, key=len, reverse=True))
    return re.compile(
        f"(?:{verbs})(?:为|了)?(?:首批|第[一二三四五六七八九十]+批)?(?:建设|创建)?"
        rf"(?P<name>{GIVER}[^，。；：、（）“”《》的了]{{2,24}}?(?:{heads}))"
        "(?=建设|创建|称号|荣誉|名单|行列|名录|等|[，。；：、（]|$)"
    )
