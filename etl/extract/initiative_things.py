"""Things that are built, often without a class noun: by their ending and by what is said of them.

加快建设地王广场、高新医院; 科技大厦、果蔬城建成投用; 青山、绿水、白云等12个重大项目.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from etl import vocabulary
from etl.extract.initiative_sentence import (
    COLLECTIVE,
    COUNTED,
    MEASURED,
    OWNED,
    TERRITORY,
    Candidate,
    Sentence,
    has_unknown_word,
    is_vague,
)

CLAUSE = re.compile("[^，。；：！？（）]{4,240}")
LIST_IN_NAME = re.compile("(?<![初中高同])等")
PLACE = re.compile(  # a river, a road, a village at the head of a name
    "(?!.?[农乡城公铁道线内江大小海中黑旧老新各省])[一-鿿]{1,3}(?:河|江|湖|溪|岛|村|镇|大道|路(?![网桥线]))"
)
WORKED_ON = re.compile("(?:改造|整治|治理|修缮|修复|扩建|除险加固|加固|迁建|提升)(?:工程|项目)?$")
SHARED_END = re.compile("(?:[路街线河江渠溪湖库闸堤港坝堰]|机场|大道|水库|古城)$")  # of what shares works with the next
LONGEST_SHARED = 8  # characters
NUMBERED = re.compile("[一二三四五六七八九十](?:水厂|电厂|医院|大桥|中学)")
JOINT = re.compile("、|以及|[和与及]")
LED = re.compile(
    "(?:的|力争|争取|确保|加快|加速|尽快|即将|年内|全部|相继|顺利|已经?)+$"
)  # leads what is said of a thing
LONGEST_THING = 26  # characters
SHORTEST_THING = 3
TELLING = 6  # characters: the longer name of a thing to be built needs no proper name in it
TELLING_WHEN_BUILT = 5  # 科技文化中心建成投用: what is built is one thing
WORKS = ("改造", "提升", "整治", "治理", "修缮", "平台", "系统", "市场")  # there are many: whose or where, tells which


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a list: what may be the name of a thing in [start, end), and what is said of it in its own part."""

    start: int
    end: int
    is_thing: bool  # ends like the name of a thing
    is_whole: bool  # begins where the part of the list begins
    is_introduced: bool  # by a verb of building of its own
    is_under_way: bool  # a word of progress behind it: 建成通车


def built(sentence: Sentence) -> Iterator[Candidate]:
    """The things built of each clause: a verb of building before their list, a word of progress or a sum behind it."""
    for clause in CLAUSE.finditer(sentence.text):
        if not _hints().search(clause.group()):
            continue
        items = _joined(sentence, _items(sentence, *clause.span()))
        listed = _listed(sentence, items, *clause.span())
        introduced = beside_one = False
        for item, under_way in zip(items, _under_way(items), strict=True):
            introduced = item.is_introduced or (introduced and item.is_whole)
            if not (item in listed or under_way or (item.is_thing and introduced)) or not _may_be_name(sentence, item):
                continue
            beside_one = _is_one(sentence, item) or (beside_one and item.is_whole)
            length = 0 if sentence.text.endswith(WORKS, item.start, item.end) else item.end - item.start
            if item in listed:
                yield _candidate(sentence, item, "in a list of things built")
            elif item.is_thing and introduced and (beside_one or length > TELLING):
                yield _candidate(sentence, item, "thing to be built")
            elif under_way and (
                (item.is_thing and (beside_one or length > TELLING_WHEN_BUILT)) or sentence.proper(item.start, item.end)
            ):
                yield _candidate(sentence, item, "thing under way")


def _listed(sentence: Sentence, items: list[Item], start: int, end: int) -> list[Item]:
    """The items that a word sums up as things built (等12个项目), if a third of them look like such; else none."""
    summed_up = _sum().search(sentence.text, start, end)
    listed = [item for item in items if summed_up and item.end <= summed_up.start()]
    things = sum(item.is_thing or sentence.proper(item.start, item.end) for item in listed)
    return listed if things * 3 >= len(listed) else []


def _candidate(sentence: Sentence, item: Item, rule: str) -> Candidate:
    return Candidate(item.start, item.end, sentence.text[item.start : item.end], "project", rule, 0.65)


def _items(sentence: Sentence, start: int, end: int) -> list[Item]:
    """The parts of a list. What 和, 与 or 及 adds without a name of its own belongs to the part before."""
    items: list[Item] = []
    at = part = start
    for joint in [*JOINT.finditer(sentence.text, start, end), None]:
        first, last = joint.span() if joint else (end, end)
        if joint and joint.group() != "、" and not (first in sentence.begins and last in sentence.ends):
            continue
        if part < first:
            item = _item(sentence, part, first)
            if (
                part > at
                and items
                and (not (item.is_thing or sentence.proper(item.start, item.end)) or _is_half(sentence, items[-1]))
            ):
                items[-1] = _item(sentence, at, first)
            else:
                items.append(item)
                at = part
        part = last
        if joint and joint.group() == "、":
            at = last
    return items


def _is_half(sentence: Sentence, item: Item) -> bool:
    """Whether a part before 和 is the first half of a name that says whose it is: 市人力资源和社会保障服务中心."""
    is_owned = OWNED.match(sentence.text, item.start, item.end) is not None
    return is_owned and not item.is_thing and not item.is_under_way


def _joined(sentence: Sentence, items: list[Item]) -> list[Item]:
    """The parts of a list, those that share works made one: 黄河路与泰山路快速化改造, 横泉、张峰水库除险加固."""
    joined: list[Item] = []
    for item in items:
        works = WORKED_ON.search(sentence.text, item.start, item.end)
        while joined and works and joined[-1].end + 1 == item.start and sentence.text[joined[-1].end] in "、和与及":
            before = joined[-1]
            name = sentence.text[before.start : before.end]
            if not SHARED_END.search(name) or len(name) > LONGEST_SHARED:
                break
            joined.pop()
            item = replace(item, start=before.start, is_whole=before.is_whole, is_introduced=before.is_introduced)
        joined.append(item)
    return joined


def _item(sentence: Sentence, start: int, end: int) -> Item:
    """What a part of a list names, with what stands round the name."""
    text = sentence.text
    listed = LIST_IN_NAME.search(text, start + 1, end)
    last = max(_ends(sentence, start, listed.start() if listed else end), default=0)
    behind = () if last else (_said().search(text, start + SHORTEST_THING, end), _sum().search(text, start, end))
    found = last or min((match.start() for match in behind if match and match.start() in sentence.begins), default=end)
    begin = max(start, sentence.hard_begin(found))
    is_introduced = begin > start and sentence.cue(begin) in vocabulary.initiatives().progress.building
    for verb in _building().finditer(text, begin, max(begin, found - SHORTEST_THING)):
        if verb.start() in sentence.begins:
            begin, is_introduced = verb.end(), True
    begin = sentence.without_verbs(begin, found)
    found -= len(trailing.group()) if not last and (trailing := LED.search(text, begin, found)) else 0
    return Item(
        begin,
        found,
        is_thing=last > 0,
        is_whole=begin == start,
        is_introduced=is_introduced,
        is_under_way=_progress().match(text, found, end) is not None,
    )


def _ends(sentence: Sentence, start: int, end: int) -> Iterator[int]:
    """Where in [start, end) the ending of a thing's name stands, and nothing follows but what is said of the thing."""
    text = sentence.text
    found = {
        start + last: last - first
        for _, first, last in _endings().find_matches_as_indexes(text[start:end], overlapping=True)
    }
    for at, length in sorted(found.items()):
        if at - start < SHORTEST_THING:
            continue  # 改造升级市博物馆 does not end with 改造
        if (length > 1 or at in sentence.ends or text.startswith("等", at)) and _behind().match(text, at, end):
            yield text.index("〕", at) + 1 if text.startswith("〔", at) else at


def _under_way(items: list[Item]) -> list[bool]:
    """For each item, whether the word of progress behind its list speaks of it."""
    spoken_of: list[bool] = []
    goes_on = False
    for item in reversed(items):
        goes_on = item.is_under_way or goes_on
        spoken_of.append(goes_on)
        goes_on = goes_on and item.is_whole
    return spoken_of[::-1]


def _may_be_name(sentence: Sentence, item: Item) -> bool:
    """Whether an item is no count, no quotation and no class of things."""
    name = sentence.text[item.start : item.end]
    if (
        not (SHORTEST_THING < len(name) <= LONGEST_THING or _is_short_name(sentence, item))
        or COUNTED.match(name)
        or MEASURED.match(name)
        or re.search("[“”]", name)
    ):
        return False
    if COLLECTIVE.search(name) or LIST_IN_NAME.search(name) or (not item.is_thing and TERRITORY.search(name)):
        return False
    if name.endswith(vocabulary.initiatives().progress.nothing) or sentence.text.endswith("一批", 0, item.start):
        return False
    return _is_one(sentence, item) or not is_vague(name)


def _is_short_name(sentence: Sentence, item: Item) -> bool:
    """Whether three characters are the name of a road or a works: 丽康路, 六水厂."""
    return (
        item.end - item.start == SHORTEST_THING
        and item.is_thing
        and (
            has_unknown_word(sentence.text[item.start : item.end])
            or NUMBERED.match(sentence.text, item.start) is not None
        )
    )


def _is_one(sentence: Sentence, item: Item) -> bool:
    """Whether a name tells whose or where a thing is: 省人民医院, 青山体育馆."""
    told = (
        OWNED.match(sentence.text, item.start, item.end)
        or NUMBERED.match(sentence.text, item.start)
        or PLACE.match(sentence.text, item.start, item.end)
    )
    return told is not None or sentence.proper(item.start, item.end)


@cache
def _building() -> re.Pattern[str]:
    return re.compile("|".join(sorted(vocabulary.initiatives().progress.building, key=len, reverse=True)))


@cache
def _endings() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(vocabulary.initiatives().progress.things))


@cache
def _behind() -> re.Pattern[str]:
    """What may stand behind the name of a thing in a list."""
    return re.compile(f"(?:〔[^〕]*〕)?(?:$|等|的?(?:规划)?建设|前期|项目|工程|升级|提质|扩容|布展|{_said().pattern})")


@cache
def _progress() -> re.Pattern[str]:
    return re.compile(rf"(?:等[^、]{{0,16}}?)?(?:的?(?:规划)?建设|前期工作|工程|项目|主体)*{_said().pattern}")


@cache
def _said() -> re.Pattern[str]:
    """What is said of a thing that is built: 全面建成通车."""
    built = "|".join(sorted(vocabulary.initiatives().progress.built, key=len, reverse=True))
    steadily = "(?:加快|加紧|抓紧|有序|稳步|全面|顺利|扎实)(?:规划建设|建设|推进|实施|施工)$"
    return re.compile(
        f"(?:实现|实质性|年内|年底前?|[上下]半年|全面|正式|全部|相继|顺利|基本|主体|如期|成功|即将|建成)*(?:{built})|{steadily}"
    )


@cache
def _hints() -> re.Pattern[str]:
    """What a clause must hold to speak of building at all."""
    progress = vocabulary.initiatives().progress
    return re.compile("|".join(sorted({word[:2] for word in progress.building | progress.built} | {"项目", "工程"})))


@cache
def _sum() -> re.Pattern[str]:
    return re.compile(
        r"等(?!领域|方面|行业|地区|企业)(?:\d+[个项条]|一(?:大)?批)?[^，。；：、]{0,12}(?:项目|工程|景点|(?:高速|干线)?公路|道路|桥梁|快速路|铁路|高铁|场馆|园区|区块|板块|片区|组团|创新平台|平台建设)"
    )
