"""Bodies known without a look at their shape: those that every territory has, and those known in the whole country.

市委 区政府 团省委 by the territory of the report; 延安市委 by the territory named; 国务院 商务部 央视 by the list in
schema/vocabulary/organizations.csv; meetings, numbered schools and newspapers by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl import gazetteer
from etl.extract.naming import (
    LEVEL,
    REPORT_OF_BODY,
    Context,
    Found,
    Territory,
    cuts_a_word,
    expanded,
    is_level_word,
    level_words,
    lexicon,
)
from etl.gazetteer import RegionMatch
from etl.vocabulary import KnownOrganization

COURTS = {"province": "高级人民法院", "prefecture": "中级人民法院", "county": "人民法院"}
_LEAGUE = re.compile(r"[省市区县州]?委(?!员)")  # 团新疆区委
# 某县委常委、宣传部部长: the second post is of the same territory.
_SECOND_POST = re.compile(
    r"[省市区县州盟旗]?委(?:常委|副书记)、(?:常务)?(宣传部|组织部|统战部|政法委|纪委)(?=[部书主副长])"
)
_NEEDS_FULL_NAME = frozenset({"委", "党委", "团委", "组织部", "宣传部", "统战部"})
_NUMBERED_SCHOOL = re.compile(
    r"(?:^|(?<=[、，和与（及到了对在为向]))([一二三四五六七八九十]{1,2})(中|小|幼)(?=[、，。和与）及等]|校区|分校|进行|建成|[扩迁新]建|搬迁)(?![^。；]{0,24}全会)"
)
_NUMBERED_SCHOOL_BEHIND = re.compile(r"第?([一二三四五六七八九十]{1,3})(中(?!全会|[心央型小]))")
_NUMBERED = {"中": "中学", "小": "小学", "幼": "幼儿园", "院": "医院", "医院": "医院", "高中": "高级中学"}
_LEVEL_NUMBERED = re.compile(
    f"(?P<level>{LEVEL})" + r"([一二三四五六七八九十]{1,3})(高中|医院|[中小幼院])(?![心央级型届次个年项条类批])"
)
_NEWSPAPER = re.compile(r"《([^《》，。]{2,9}(?:报|周刊|杂志|月刊))》")
_WHICH = r"(?P<which>第?[一二三四五六七八九十]{1,3}[届次])"
_MEETING = re.compile(
    _WHICH + r"(?:党代会|人民代表大会|人大|代表大会|政协|委员会(?=第[一二三四五六七八九十]+次(?:会议|全体会议)))"
)
_LEVEL_MEETING = re.compile(f"({LEVEL})" + _MEETING.pattern)
_NOT_AFTER_KNOWN = re.compile(r"[生长化业员们型类门队署分际间]|指战员|官兵|驻")
_INSIDE_KNOWN = re.compile("中国航|[东西南]北大|北大[道街门桥湖]|[农新]民建")  # 中国航发, 南北大道
_LATIN = re.compile("[A-Za-z0-9]")
_PARTY_ACTS = re.compile(r"的?(?:坚强)?领导")


def _named_before(text: str, start: int, level: str, regions: list[RegionMatch]) -> Territory | None:
    """The territory of that level named last before: 江西…省委, in a report that is about no territory."""
    for found in reversed(regions):
        region = gazetteer.resolve(found.candidates, None)
        if found.end <= start and region and level in level_words(region):
            return Territory(gazetteer.territory_name(region), region.code, region.level)
    return None


def bodies_by_level(text: str, regions: list[RegionMatch], context: Context) -> Iterator[Found]:
    """市委, 我区政府, 团省委, 省人大常委会."""
    for match in lexicon().level_body.finditer(text):
        level, form = match[1], match[2]
        territory = context.levels.get(level)
        if territory is None and not context.region_code:
            territory = _named_before(text, match.start(), level, regions)
        if (
            territory is None
            or text[match.start() - 1 : match.start()] == "全"
            or not is_level_word(text, match.start(), level)
        ):
            continue
        start = match.start() - (text[match.start() - 1 : match.start()] == "我")
        own = next((n for n in _own_names(territory) if text[:start].endswith(n)), "")  # 麦积区|区委
        yield from body(text, start - len(own), match.end(), territory, form, "body of a level")


def _own_names(territory: Territory) -> tuple[str, ...]:
    region = gazetteer.by_code(territory.code) if territory.code and territory.level == "county" else None
    return (territory.name, region.name) if region else ()


def bodies_by_territory(text: str, regions: list[RegionMatch], context: Context) -> Iterator[Found]:
    """延安市委, 中共甘肃省委, 团江西省委."""
    for found in regions:
        region = gazetteer.resolve(found.candidates, context.region_code)
        if region is None:
            continue
        territory = Territory(gazetteer.territory_name(region), region.code, region.level)
        is_bare = found.is_short and (
            found.is_word or text[found.end - 1] not in "省市区县州盟旗"
        )  # 德宏 but not 德宏州
        league = _LEAGUE.match(text, found.end) if text[: found.start].endswith("团") else None
        form = lexicon().form.match(text, found.end)
        if second := _SECOND_POST.match(text, found.end):
            yield from body(text, second.start(1), second.end(1), territory, second[1], "second post")
        if league:
            yield from body(text, found.start, league.end(), territory, "委", "body of a territory")
        elif form and not (is_bare and (found.is_word or form[0] in _NEEDS_FULL_NAME)):
            yield from body(text, found.start, form.end(), territory, form[0], "body of a territory")


def body(text: str, start: int, end: int, territory: Territory, form: str, rule: str) -> Iterator[Found]:
    body = lexicon().forms[form]
    if text[end : end + 1] in tuple(body.not_before) or REPORT_OF_BODY.match(text, end):
        return
    if form == "委" and text[:start].endswith("团"):
        start -= 3 if text[:start].endswith("共青团") else 1
        yield Found(start, end, f"共青团{territory.name}委员会", "association", territory.code, rule, 0.9)
        return
    if text[:start].endswith("中共"):
        start -= 2
    name = body.name
    if name == "中共{T}委" and (territory.level == "township" or "自治" in territory.name):
        name += "员会"
    name = name.format(T=territory.name, court=COURTS.get(territory.level, "人民法院"))
    yield Found(start, end, name, body.type, territory.code, rule, 0.95, territory.is_redacted)


def listed_works(text: str, context: Context) -> Iterator[Found]:
    """市民政、财政等部门: the departments of a list that names their work alone."""
    for match in lexicon().listed_works.finditer(text):
        territory = context.levels.get(match[1])
        if territory is None or not is_level_word(text, match.start(), match[1]):
            continue
        wanted = "厅委局" if territory.level == "province" else "局委厅"
        at = match.start()
        for work in re.split("[、和]", match[2]):
            end = (match.start(2) if at == match.start() else at) + len(work)
            ending = min(lexicon().works[work], key=lambda e: wanted.index(e[-1]))
            name = territory.name + expanded(ending)
            yield Found(at, end, name, "department", territory.code, "list of departments", 0.7, territory.is_redacted)
            at = end + 1


def known_bodies(text: str, year: int | None) -> list[Found]:
    """Bodies of the list; a short form means the one of that year: 广电总局 has been three."""
    terms = lexicon()
    found = []
    for index, start, end in terms.known_matcher.find_matches_as_indexes(text):
        body = terms.known[index]
        if end - start == 2 and _INSIDE_KNOWN.search(text[start - 1 : end + 1]):
            continue
        if end - start < 4 and cuts_a_word(text, start, end):
            continue
        if _LATIN.match(text, start) and (_LATIN.match(text, end) or _LATIN.match(text, start - 1)):  # G20|8线
            continue
        if body.name == "中国共产党" and not _PARTY_ACTS.match(text, end):
            continue
        if text[end - 2 : end + 1] == "大学城" or _NOT_AFTER_KNOWN.match(text, end) or REPORT_OF_BODY.match(text, end):
            continue
        if text[start:end] != body.name and year:
            body = _of_that_year(body, text[start:end], year)
        found.append(Found(start, end, body.name, body.type, body.region_code, "known body", 0.9))
    return found


def _of_that_year(body: KnownOrganization, form: str, year: int) -> KnownOrganization:
    """The forerunner that was there in a year and whose name is likest to the short form; without one the body."""
    found = body
    while found.since and year < found.since and found.name in lexicon().before:
        found = max(lexicon().before[found.name], key=lambda earlier: len(set(form) & set(earlier.name)))
    return body if found.until and year > found.until else found


def special(text: str, regions: list[RegionMatch], context: Context) -> Iterator[Found]:
    """Forms that follow no ending: 九中, 贵溪一中, 佛山市第十四届人民代表大会, 省第十二次党代会, 《中国教育报》."""
    city = context.levels.get("市")
    for match in _NUMBERED_SCHOOL.finditer(text) if city else ():
        name = _school_name(city.name, match) if city else ""
        yield Found(match.start(), match.end(), name, "school", context.region_code, "numbered school", 0.7)
    for match in _LEVEL_NUMBERED.finditer(text):
        territory = context.levels.get(match["level"])
        if territory and is_level_word(text, match.start(), match["level"]):
            name = territory.name + "第" + match[2] + _NUMBERED[match[3]]
            kind = "hospital" if match[3] in {"院", "医院"} else "school"
            yield Found(match.start(), match.end(), name, kind, territory.code, "numbered body", 0.8)
    for match in _NEWSPAPER.finditer(text):
        yield Found(match.start(1), match.end(1), match[1], "media", None, "newspaper", 0.8)
    for match in _LEVEL_MEETING.finditer(text):
        territory = context.levels.get(match[1])
        if territory and is_level_word(text, match.start(), match[1]):
            yield _meeting(match.start(), match, territory)
    for found in regions:
        region = gazetteer.resolve(found.candidates, context.region_code)
        if region is None:
            continue
        territory = Territory(gazetteer.territory_name(region), region.code, region.level)
        if school := _NUMBERED_SCHOOL_BEHIND.match(text, found.end):
            name = _school_name(territory.name, school)
            yield Found(found.start, school.end(), name, "school", region.code, "numbered school", 0.8)
        elif meeting := _MEETING.match(text, found.end):
            yield _meeting(found.start, meeting, territory)


def _school_name(territory: str, match: re.Match[str]) -> str:
    return f"{territory}第{match[1]}{_NUMBERED[match[2]]}"


def _meeting(start: int, match: re.Match[str], territory: Territory) -> Found:
    """The congress that meets stands for the body: 第十四届人民代表大会第三次会议."""
    if "政协" in match[0] or "委员会" in match[0]:
        name, kind = f"中国人民政治协商会议{territory.name}委员会", "cppcc"
    elif "党代会" in match[0]:
        name, kind = f"中国共产党{territory.name}{match['which']}代表大会", "party"
    elif "人" in match[0]:
        name, kind = f"{territory.name}人民代表大会", "congress"
    else:
        name, kind = f"中国共产党{territory.name}{match['which']}代表大会", "party"
    if kind == "party" and match.string[:start].endswith("中国共产党"):
        start -= len("中国共产党")
    return Found(start, match.end(), name, kind, territory.code, "meeting of a body", 0.7, territory.is_redacted)
