"""Initiatives named in quotation marks: “我为群众办实事”实践活动, 延安“六式”学习法, 实施“雁阵”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl import vocabulary
from etl.extract.initiative_sentence import (
    COINED,
    MARKS,
    PUNCTUATION,
    QUOTED,
    SHORT_ITEM,
    TERRITORY,
    Candidate,
    Sentence,
    class_nouns,
    cues,
    known_names,
    nouns_in,
)

MOTTO = re.compile("[一-鿿]·[一-鿿]")  # 青春心向党·建功新时代
LONGEST_LEAD = 9  # characters of a name before its quoted part
QUOTE_GAP = 12  # characters between a quoted name and its class noun: “青绘乡村”青年文化创意设计大赛
JOINED = re.compile(
    r"(?:\d+(?:余|多)?[个条处家项名户场座])?(?:[、和及与]|以及)?"
)  # “五进”“六必访”, “一店”3个、“一街”5条
SUMMED_UP = re.compile(
    "[一二三四五六七八九十两]大.{0,2}(?:产业|板块|集群|基地|支柱|体系|高地|领域|市场|要素|短板|难题)"
)
GLOSS = re.compile(r"^(?:\d+[.、．]|[（(]\d+[）)]|\[\d+\])[^，。：；]*$")  # 12.乡村振兴“十大工程”：…
GOES_ON = ("提质", "扩面", "发展", "落地", "实施", "见效", "增效")  # how what a longer quotation names goes on
SHORT_QUOTATION = 6  # characters with the marks: “红色” is no name, “绵州农房增信贷” is
SHORT_NAME = 4  # a quoted name that short keeps its class noun: “三帮”活动 is no “三帮”


@dataclass(frozen=True, slots=True)
class Row:
    """Quotations in a row, and what stands round them."""

    sentence: Sentence
    start: int
    end: int
    is_single: bool
    noun: tuple[int, int] | None  # the class noun that they share
    cue: str  # the verb that introduces them
    is_glossed: bool  # 17.“三稳三高于”：…


def quoted(sentence: Sentence) -> Iterator[Candidate]:
    """“我为群众办实事”实践活动, 延安“六式”学习法, 实施“雁阵”, “五进”“六必访”“五微”等活动."""
    text = sentence.text
    for group in _quote_groups(text):
        start, end = group[0].start(), group[-1].end()
        glossed = GLOSS.search(text, 0, start) is not None and text[end : end + 1] == "："
        row = Row(sentence, start, end, len(group) == 1, _noun_behind(sentence, end), sentence.cue(start), glossed)
        for match in group:
            if found := _quotation(row, match.start(), match.end()):
                yield found


def _quote_groups(text: str) -> Iterator[list[re.Match[str]]]:
    """Quotations in a row: “五进”“六必访”“五微”, “标准地”和“全代办”."""
    group: list[re.Match[str]] = []
    for match in QUOTED.finditer(text):
        if group and not JOINED.fullmatch(text, group[-1].end(), match.start()):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _quotation(row: Row, start: int, end: int) -> Candidate | None:
    """What the quotation [start, end) of a row names."""
    text = row.sentence.text
    inner = MARKS.sub("", text[start:end]).strip()
    if text.startswith(vocabulary.initiatives().continued.get(inner, ()), end):
        return None
    if inner in known_names() and not _is_of_a_known_one(row, inner, end):
        close = row.noun[1] if row.noun and end == row.end else end
        return Candidate(start, close, *known_names()[inner], "known throughout the country", 0.95)
    if (inner in vocabulary.initiatives().phrases.set and not _is_made_one(row, end)) or re.search("[。；！？]", inner):
        return None
    if (kind := _own_kind(inner)) and not (row.noun and row.is_single and inner.endswith("一体化")):
        begin = _quote_begin(row.sentence, start) if row.is_single else start
        name = MARKS.sub("", text[begin:end])
        rule = "quoted name that ends with a class noun"
        return None if _is_saying(text, end) else Candidate(begin, end, name, kind, rule, 0.85, inner)
    if row.noun:
        return _with_noun(row, row.noun, start, end)
    begin = _object_begin(row, start, end)
    if begin < 0:
        return None
    kind = cues().get(row.cue or row.sentence.cue(begin), "program")
    return Candidate(begin, end, MARKS.sub("", text[begin:end]), kind, "quoted name behind its verb", 0.65, inner)


def _is_of_a_known_one(row: Row, inner: str, end: int) -> bool:
    """Whether what is quoted and known is part of the name of another: “多规合一”信息平台 is no reform."""
    if row.noun is None or end != row.end:
        return False
    noun = row.sentence.text[slice(*row.noun)]
    if row.noun[1] - end <= SHORT_ITEM and not noun.endswith(("平台", "系统")):
        return False
    kind, strength = class_nouns()[noun]
    return kind in ("mechanism", "project", "award") and kind != known_names()[inner][1] and strength != "vague"


def _is_made_one(row: Row, end: int) -> bool:
    """Whether a telling class noun right behind a set phrase makes an initiative of it: “小升规”专项行动."""
    if row.noun is None or row.noun[0] != end:
        return False
    return class_nouns()[row.sentence.text[slice(*row.noun)]][1] == "strong"


def _with_noun(row: Row, noun: tuple[int, int], start: int, end: int) -> Candidate | None:
    """A quotation that shares a class noun, the noun kept where the name is short without it or needs it."""
    text = row.sentence.text
    inner = MARKS.sub("", text[start:end])
    kind, strength = class_nouns()[text[slice(*noun)]]
    if strength == "vague" and (text[row.end : row.end + 1] == "的" or not (row.cue or COINED.search(inner))):
        return None
    rule = "quoted name with its class noun"
    one_of_several = not row.is_single or text[end : end + 1] == "等"
    if one_of_several:
        return Candidate(start, noun[1] if row.is_single else end, inner, kind, rule, 0.85, inner)
    tells = len(inner) >= SHORT_NAME and not COINED.match(inner)
    begin = start if row.cue or tells else _quote_begin(row.sentence, start)
    return Candidate(begin, noun[1], MARKS.sub("", text[begin : noun[1]]), kind, rule, 0.85, inner)


def _quote_begin(sentence: Sentence, start: int) -> int:
    """Where a name begins whose quoted part begins at `start`: 延安“六式”学习法, but not 永吉县“一区多园”模式."""
    begin = sentence.without_verbs(sentence.begin(start), start)
    return start if TERRITORY.search(sentence.text, begin, start) else begin


def _object_begin(row: Row, start: int, end: int) -> int:
    """Where a quoted name without class noun begins; -1 if nothing shows that it is a name.

    It may be the last part of the object of a verb: 推进农村土地“三权分置”.
    """
    sentence = row.sentence
    if row.is_glossed or _is_told(row) or MOTTO.search(sentence.text, start, end):
        return start
    if _is_slogan(sentence.text[start + 1 : end - 1]) or not _is_complete(sentence, row.end):
        return -1
    if row.cue:
        return start
    lead = sentence.begin(start)
    told = row.is_single and 0 < start - lead < LONGEST_LEAD and sentence.cue(lead)
    return _quote_begin(sentence, start) if told else -1


def _is_told(row: Row) -> bool:
    """What an activity goes by (以“青春心向党”为主题), or what is honoured or spread (“村民说事”入选典型案例)."""
    text = row.sentence.text
    if text[row.start - 1 : row.start] == "以":
        return text.startswith(("为主题", "为载体", "为抓手", "为品牌"), row.end)
    clause = PUNCTUATION.split(text[max(0, row.start - LONGEST_LEAD) : row.start])[-1]
    return len(clause) <= SHORT_ITEM and text.startswith(vocabulary.initiatives().progress.recognised, row.end)


def _own_kind(inner: str) -> str | None:
    """The kind of a quoted name that ends with a class noun of its own: 八大行动计划."""
    last = next((start for start, end in nouns_in(inner) if end == len(inner) and start > 0), None)
    kind, strength = class_nouns()[inner[last:]] if last else ("", "")
    return kind if strength in ("strong", "plain", "place") else None


def _is_slogan(inner: str) -> bool:
    """Whether a quotation is a row of demands, a counted list (五个聚焦) or a boast (山西样板)."""
    counted = re.match("[一二三四五六七八九十两]个", inner) or SUMMED_UP.fullmatch(inner)
    return bool(counted) or len(re.findall("[、，]", inner)) > 1 or inner.endswith(_boasts())


@cache
def _boasts() -> tuple[str, ...]:
    return tuple(vocabulary.initiatives().boasts.words)


def _is_saying(text: str, end: int) -> bool:
    """Whether what follows a quotation shows that it is a saying or a principle: “…”的要求, “…”等问题."""
    words = vocabulary.initiatives().sayings.words
    behind = text[end : end + 8].removeprefix("等").removeprefix("突出")
    return any(behind.startswith(word) for word in words)


def _is_complete(sentence: Sentence, end: int) -> bool:
    """Whether a quotation is a whole object, and not the first part of one: 实施“雁阵”， but not “红色”阵地."""
    text = sentence.text
    if _is_saying(text, end):
        return False
    rest = text[end : end + 1]
    if not rest or rest in "等和及与" or rest.isdigit() or PUNCTUATION.match(rest):
        return True
    if text.startswith(GOES_ON, end) and end - sentence.quotes.get(end, end) > SHORT_QUOTATION:
        return True
    return next((i for i in range(end + 1, end + 6) if i in sentence.ends), end) in sentence.stops  # a verb follows


def _noun_behind(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """The class noun that belongs to the quotation that ends at `end`: the last one before a stop."""
    text = sentence.text
    start = end + 1 if text[end : end + 1] in ("等", "的") else end
    reach = min(len(text), start + QUOTE_GAP + 6)
    stop = next((i for i in range(start + 1, reach) if i in sentence.stops), reach)
    found = None
    if text.startswith("品牌", end):
        return end, end + 2  # “青山羊”品牌优势: what a brand has is no other word
    for first, last in nouns_in(text[start : reach + 1]):
        if sentence.whole(start + last) and first <= QUOTE_GAP and start + last <= stop:
            found = start + first, start + last
    return found
