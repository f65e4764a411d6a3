"""Territories by their names, where they act or are measured and are not merely where something is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from etl import gazetteer
from etl.extract.naming import HAN, KINDS_OF_PLACES, Context, Found, lexicon, names_a_place
from etl.gazetteer import Region, RegionMatch

_KEEPS_ACTING = re.compile(r"[两三四五六七八九十等和与及撤升建获被将是有要已各全省市县区]")
_JOINS = frozenset({"、", "和", "与", "及"})
_ACHIEVES = re.compile(
    r"(?:连续|成功|率先|顺利|首次|正式|也|均|已|先后|再次|双双|分别|一举|被|新)*"
    r"(?:荣?获|入[选围]|[评列]为|跻身|位[列居]|进入|实现|完成|摘|退出|撤|建成|通过|成为|纳入|创成|排名|蝉联|上榜|晋[升级]|连续\d|脱贫|率先)"
)
_URGED = re.compile("(?:推动|支持|指导|鼓励|推进|力争|确保|协助)$")  # 支持三台创建…
_URGED_TO = re.compile("(?:等[县市区旗地]*)?(?:创建|争创|申创|打造|申报|建设(?:国家|全国|省)|创成|建成)")
_LOCATION = re.compile(r"[在驻从于]$")
_ROUTE = re.compile(r"[-—至]$")
_AWARD = re.compile(r"(?:[评获入][为得选]|承办了|争创|确定为|“)$")
_WATERS = re.compile(r"([湖河江])、[一-龥]{1,2}\1")  # 洪湖、长湖
_WATERS_BEFORE = re.compile(r"([湖河江])、[一-龥]\1$")


def territories(text: str, regions: list[RegionMatch], context: Context) -> Iterator[Found]:
    acting = _acting(text, regions, context)
    previous: tuple[int, Region, int] | None = None  # start, region, end of the name right before
    accepted = -2  # end of the last territory that acts
    for found in regions:
        region = gazetteer.resolve(found.candidates, context.region_code)
        begin = found.start
        if previous and previous[2] == found.start:  # 甘肃张掖: the second within the first
            inside = tuple(r for r in found.candidates if _lies_in(r, previous[1], found.is_word))
            if inside:
                region, begin = gazetteer.resolve(inside, context.region_code), previous[0]
        previous = (begin, region, found.end) if region else None
        if region is None:
            continue
        acts = found.start in acting
        if begin == found.start and not acts and not names_a_place(found, region, context):
            continue
        own = region.code == context.region_code
        is_loose = not acts and found.is_word and found.is_short and region.level == "county" and begin == found.start
        is_loose = is_loose and not (own and context.is_known_by_its_short_name)
        if is_loose and HAN.match(text[found.end : found.end + 1]):  # 合作|社 in a report of 合作市
            continue
        goes_on = text[accepted:begin] in _JOINS  # 成都、重庆产业项目
        is_listed = goes_on or any(text[found.end : r.start] == "、" for r in regions)
        if not own and not goes_on and _is_only_a_place(text, begin, found, region, context, is_listed):
            continue
        if _is_in_title(text, begin):
            continue
        accepted = found.end
        name = gazetteer.territory_name(region)
        confidence = 0.6 if found.is_short and not own else 0.9
        yield Found(begin, found.end, name, "territory", region.code, "territory", confidence)


def _acting(text: str, regions: list[RegionMatch], context: Context) -> set[int]:
    """Where a common word names a place of the own city: 三台入选…, and 三台 in a list of places: 梓潼、三台."""
    words = [r for r in regions if r.is_word and _may_be_own(text, r, context)]
    acting = {
        r.start
        for r in words
        if ((r.start == 0 or text[r.start - 1] in "。；，：！？") and _ACHIEVES.match(text, r.end))
        or (_URGED.search(text, max(0, r.start - 2), r.start) and _URGED_TO.match(text, r.end))
    }
    places = [r for r in regions if not r.is_word or r.start in acting]
    for found, others in ((words, places), (words[::-1], places)):  # along the list, forth and back
        for word in found:
            if any(text[p.end : word.start] in _JOINS or text[word.end : p.start] in _JOINS for p in others):
                acting.add(word.start)
                places.append(word)
    return acting


def _may_be_own(text: str, found: RegionMatch, context: Context) -> bool:
    region = gazetteer.resolve(found.candidates, context.region_code)
    name = text[found.start : found.end]
    is_own = region is not None and gazetteer.is_of_own_city(region, context.region_code)
    return is_own and not name.endswith(KINDS_OF_PLACES)


def _lies_in(region: Region, above: Region, is_word: bool) -> bool:
    """Whether a name behind that of another territory is a place in it; common words (辽宁振兴) only right below it."""
    return region.parent_code == above.code if is_word else gazetteer.is_within(region, above.code)


def _is_only_a_place(
    text: str, start: int, found: RegionMatch, region: Region, context: Context, is_listed: bool
) -> bool:
    """Whether the territory is only where something is, or the beginning of another name.

    在北京举办, 太原-吕梁, 被评为抚州市“…”, 重庆火锅协会, and names in 《》.
    """
    if lexicon().attributive.match(text, found.end):
        return True
    begins_alone = start == found.start
    is_far = gazetteer.nearness(region, context.region_code) == 0
    is_above = any(r.code == region.code for r in gazetteer.ancestors(context.region_code or ""))
    next_mark = text[found.end : found.end + 1]
    if next_mark in ("-", "—", "·", "至") or _ROUTE.search(text, max(0, start - 1), start):
        return True
    if is_above and (next_mark == "“" or _AWARD.search(text, max(0, start - 3), start)):
        return True
    if is_far and found.is_short and begins_alone and _LOCATION.search(text, max(0, start - 1), start):
        return True
    is_water = _WATERS.match(text, found.end - 1) or _WATERS_BEFORE.search(text[max(0, start - 4) : found.end])
    if is_water and not is_listed:
        return True
    if not found.is_short or not begins_alone or gazetteer.is_within(region, context.region_code or "-"):
        return False
    if _KEEPS_ACTING.match(text, found.end):
        return False
    after = text[found.end : found.end + 6]
    if not after or not "一" <= after[0] <= "龥":
        return False
    tag = rjieba.tag(after)[0][1]
    return tag[0] in "nbjg" or tag == "a"


def _is_in_title(text: str, at: int) -> bool:
    opened = text.rfind("《", max(0, at - 60), at)
    return opened >= 0 and text.find("》", opened, at) < 0
