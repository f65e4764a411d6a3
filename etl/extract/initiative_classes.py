"""Initiatives whose name ends with a class noun: 农村电商提升工程, 殡葬服务改革, 国家知识产权保护示范区."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from etl import gazetteer, vocabulary
from etl.extract.initiative_sentence import (
    COLLECTIVE,
    COUNTED,
    HONOUR,
    MARKS,
    SHORT_ITEM,
    TERRITORY,
    Candidate,
    Sentence,
    class_nouns,
    is_vague,
    joint_begin,
    known_endings,
    known_names,
    licence,
    nouns_in,
)

LIST_IN_NAME = re.compile("(?<![初中高同])等.")
OF_A_LEVEL = re.compile("^.{0,3}(?:[省市县]级|自治区级)")  # 省级卫生城市 is not the country's
DATED = re.compile(r"\d{4}")  # 科技创新2030重大项目
IS_COUNTED = re.compile(f"(?:{COUNTED.pattern})$")
SHARING = ("reform",)  # kinds of which several fields share one name: 财税、投资、价格改革
BARE_COUNT = re.compile("[一二两三四五六七八九十]{1,2}大[^，。]{0,2}")  # 两大战略行动 counts, it names none
MANY = re.compile("(?:一批|一系列|若干|重点|重大)$")
GOES_ON = ("健全", "完善", "坚持", "加强")  # what one goes on with is a field of work: 完善社会保障制度
WITH_VERBS = ("campaign", "program", "reform", "mechanism")  # kinds whose names may hold verbs
ROUTE_HEADS = ("高速", "高速公路", "铁路", "高铁", "城际")  # each that shares one has a name of its own
LONGEST_OBJECT = 22  # characters of a name before its class noun


def suffixed(sentence: Sentence) -> Iterator[Candidate]:
    """Names that end with a class noun: 农村电商提升工程, 殡葬服务改革."""
    text = sentence.text
    for first, end in nouns_in(text):
        kind, strength = class_nouns()[text[first:end]]
        if strength == "vague" or first in sentence.stops or not sentence.whole(end):
            continue
        start = sentence.begin(first)
        if kind in WITH_VERBS:
            start = _object_begin(sentence, start, first) or start
        shared = _shared_begin(sentence, start) if kind in SHARING else 0
        if not shared and _is_nameless(text[start:first], text[first:end], kind, strength):
            continue
        start = shared or _full_begin(sentence, start, first, end, kind)
        proper = sentence.proper(start, first)
        if kind == "project" and (
            COUNTED.match(text, end)
            or (MANY.search(text[max(0, start - 6) : start]) and not DATED.search(text, start, end))
        ):
            continue  # 建设项目128个, 一批文化项目
        if kind == "project" and strength != "strong" and IS_COUNTED.search(text, max(0, start - 8), start):
            continue  # 12个文化项目
        if text[start - 1 : start] == "等" and kind in ("campaign", "program"):
            continue  # 招聘等就业促进行动: what a list sums up
        if text[first:end] == "制度" and sentence.cue(start) in GOES_ON:
            continue
        noun = text[first:end]
        if rule := _rule(kind, strength, licence(sentence, start, end), proper, text[start:first], noun):
            yield Candidate(start, end, MARKS.sub("", text[start:end]), kind, *rule)


def _is_nameless(core: str, noun: str, kind: str, strength: str) -> bool:
    """Whether what stands before a class noun makes no name of it, or another reading knows the name better."""
    if (
        not core
        or "“" in core
        or core.endswith("等")
        or (kind == "project" and LIST_IN_NAME.search(core))
        or core in vocabulary.initiatives().generic.empty
        or BARE_COUNT.fullmatch(core)
    ):
        return True
    if core.startswith(("情况", "事项", "问题", "任务")):
        return True  # the head of a longer object
    if TERRITORY.search(core) and gazetteer.lookup(core):
        return True  # whose it is, is no name: 青山市改革
    name = MARKS.sub("", core + noun)
    if name not in known_names() and name.endswith(known_endings()) and not OF_A_LEVEL.search(name):
        return True  # what is known keeps its name, whoever has it: 市河长制
    if noun == "创建" and core.endswith(known_endings()):
        return True
    return _is_generic(name[:-2], kind, strength)


def _full_begin(sentence: Sentence, start: int, first: int, end: int, kind: str) -> int:
    """Where a name with the class noun [first, end) really begins, if it holds more than reaches back to `start`.

    An honour has who gives it, a shared class noun the first who shares it.
    """
    if kind == "award" and (honoured := HONOUR.search(sentence.text, start + 1, first)):
        start = honoured.start()
    if sentence.text[first:end] in ROUTE_HEADS:
        return start
    if sentence.text[start - 1 : start] in ("与", "和") and not HONOUR.match(sentence.text, start):
        giver = sentence.hard_begin(start - 1)
        if HONOUR.match(sentence.text, giver) and sentence.cue(giver) and not any(nouns_in(sentence.text[giver:start])):
            return giver  # 推进国家城乡与产业融合试验区
    return joint_begin(sentence, start) or start


def _shared_begin(sentence: Sentence, start: int) -> int:
    """Where a name begins that several fields share, behind the verb of their list; 0 if it is no such name.

    深化财税、投资、价格改革; 推进科技、教育等事业单位改革.
    """
    text = sentence.text
    begin = start
    while text[begin - 1 : begin] in ("、", "和", "与", "及", "等") and begin > 2:
        head = sentence.hard_begin(begin - 1)
        word = text[head : begin - 1]
        if not 1 < len(word) <= SHORT_ITEM or any(last == len(word) for _, last in nouns_in(word)):
            break
        begin = head
    return begin if begin < start and "、" in text[begin:start] and sentence.cue(begin) else 0


def _object_begin(sentence: Sentence, start: int, first: int) -> int:
    """Where the whole object begins whose class noun begins at `first`: behind the verb that governs it, else 0.

    实行隐患整改挂牌督办制度; 推进城乡环境整治与建设四年行动计划: what stands behind 与 is too short to be a name.
    """
    text = sentence.text
    begin = sentence.hard_begin(first)
    if text[begin - 1] in "和与及" and first - begin <= SHORT_ITEM + sentence.trimmed(begin, first) - begin:
        before = sentence.trimmed(sentence.hard_begin(begin - 1), first)
        nouns = [(text[before + i : before + j], before + j) for i, j in nouns_in(text[before : begin - 1])]
        is_joined = not any(last == begin - 1 and class_nouns()[noun][1] != "weak" for noun, last in nouns)
        begin = before if is_joined and begin - before > SHORT_ITEM else begin
    begin = sentence.trimmed(begin, first)
    is_governed = sentence.cue(begin) and not any(begin <= quoted < start for quoted in sentence.quotes)
    return begin if begin < start and first - begin <= LONGEST_OBJECT and is_governed else 0


def _rule(kind: str, strength: str, licence: str, proper: bool, core: str, noun: str) -> tuple[str, float] | None:
    """The rule by which a class noun with `core` before it is a name, and how far to trust it."""
    if strength == "weak":
        return ("class noun of a name made for the purpose", 0.6) if _made_up(kind, licence, core) else None
    if strength == "strong" and kind == "project" and is_vague(core):
        return None
    if strength == "strong" and kind != "award":
        return "telling class noun", 0.9 if licence else 0.75
    if kind == "project" and noun.endswith("工程") and licence == "verb" and not COLLECTIVE.search(core):
        return "works behind their verb", 0.65
    if strength == "place" and not (licence and (proper or (kind == "project" and len(core) > 5))):
        return None
    if kind == "project" and COLLECTIVE.search(core):
        return None
    if kind == "project" and proper and not TERRITORY.search(core):
        return "thing built, with a proper name", 0.8 if licence else 0.6
    if kind == "project" and strength == "plain" and licence and len(core) > 3 and not is_vague(core):
        return "thing built, behind a verb or before a word of progress", 0.6
    if kind == "award" and (licence or HONOUR.match(core)):
        return "honour", 0.8
    if strength == "place" and kind == "program":
        return "territories that grow together", 0.7
    if kind not in ("project", "award") and (licence == "verb" or (licence == "list" and kind != "mechanism")):
        return "class noun behind its verb", 0.7
    if kind == "reform" and licence == "progress":
        return "reform under way", 0.7
    return None


def _made_up(kind: str, licence: str, core: str) -> bool:
    """Whether a name before a weak class noun is evidently coined: 8890平台, 六员进校园活动, 千名专家下乡活动."""
    if kind == "mechanism":
        return bool(re.match(r"\d{3,}$|.*[A-Za-z]", core))
    counted = re.match("[一二三四五六七八九十百千万]", core)
    return kind == "campaign" and licence == "verb" and (bool(counted) or len(core) > 8)


def _is_generic(core: str, kind: str, strength: str) -> bool:
    """Whether nothing in front of the class noun is a name's own: 重点, 基础设施, 工作."""
    generic = vocabulary.initiatives().generic.words
    words = [word for word, _ in rjieba.tag(core)]
    few = 1 if strength == "strong" or kind == "reform" else 2
    return len(core) < 2 or (len(words) <= few and all(word in generic for word in words))
