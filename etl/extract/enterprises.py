"""Enterprises that carry no 公司 in their name: brands, items of lists, heads of investments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from etl import gazetteer
from etl.extract.naming import HAN, Context, Found, is_proper, lexicon, may_stand_in_a_name, park_owner
from etl.gazetteer import RegionMatch

_BRAND_VERB = re.compile(
    "[的了和与及在为以等个家上下大用对从是有重贵色]|空天|微纳|冷链|具身|硅晶|氟硅|^[入投做力进聚融走两各市]|[强争]$"
)
_SITE = re.compile("^[一二三四五六七八九十]|[园院川圩湾岛湖山河江]$")
# Parts of words for kinds of goods and works: 新型|材料, 低碳|能源.
_NO_BRAND = re.compile(
    "[新旧高低大小多单双再可无非硬原批于氢核风光电水热冷气油煤石木竹纸塑金银铜铁铝锂钢硅碳氟磷硫盐糖茶粮果药农林牧渔工商文医教网云数]"
    "|[智型性化类制产用车船机器件具品料源物械城乡县村镇航天空海陆路港]"
)
# …等重点企业, …等世界500强; and 以…为龙头.
_LIST_OF = re.compile(
    r"([^，。；：！？（）“”\s]{2,60})等(?![^，。；、]{0,8}(?:行业|产业|领域|类型))[^，。；、的等]{0,10}?"
    r"(企业|公司|集团|央企|民企|药企|车企|名企|龙头|500强|巨头|链主|独角兽|厂商|金融机构|高校|大学|院校)"
    r"(?![一-龥]{0,2}(?:集群|园|主体|税|贷))"
    r"|以([^，。；：！？（）“”\s]{2,40}?)为(?:龙头|代表|引领)"
)
_ITEM_AFTER = re.compile(r"、([^，。；：、！？“”（）《》\s和与及等]{2,10})(?=[、，。；等和与及])")
_ITEM_BEFORE = re.compile(r"(?:^|[、，。；：（和与及])([^，。；：、！？“”（）《》\s和与及等]{2,10})、$")
_COUNTED_LIST = re.compile(
    r"([^，。；：！？（）“”\s\d]{2,50}、[^，。；：！？（）“”\s\d]{2,10})\d+[家户][一-龥]{0,4}企业"
)
_OWN_NEIGHBOUR = "neighbour of an own park"
_INVESTMENT = re.compile(r"投资(?:额?[超近约达]?过?)?\d[\d.]*多?[亿万]元的")


def brands(text: str, context: Context) -> Iterator[Found]:
    """Enterprises named by a brand and a trade: 宏泽药业, 景盛硅业."""
    for match in lexicon().brand.finditer(text):
        word = match[1]
        if not _BRAND_VERB.search(word) and (_is_brand(word) or not rjieba.has_word(word)):
            yield Found(match.start(1), match.end(), match[0], "enterprise", context.region_code, "brand", 0.5)
    for match in lexicon().brand_of_a_list.finditer(text):  # 宏泽能源、…
        word = match[1]
        if not (rjieba.has_word(word) or gazetteer.lookup(word) or _BRAND_VERB.search(word) or _NO_BRAND.search(word)):
            yield Found(match.start(1), match.end(), match[0], "enterprise", context.region_code, "brand", 0.5)


def builders(text: str, context: Context) -> Iterator[Found]:
    """宏泽三期, 宏泽30万吨水泥: a word that no dictionary has before what it builds."""
    for match in lexicon().brand_of_a_project.finditer(text):
        word = match[1]
        ((_, tag), *rest) = rjieba.tag(word)
        is_known = rest or rjieba.has_word(word) or gazetteer.lookup(word)
        if (
            not is_known
            and tag[0] == "n"
            and not _SITE.search(word)
            and not _BRAND_VERB.search(word)
            and not _NO_BRAND.search(word)
        ):
            yield Found(match.start(1), match.end(1), word, "enterprise", context.region_code, "builder", 0.45)


def brands_of_cities(text: str, regions: list[RegionMatch], known: list[Found], context: Context) -> Iterator[Found]:
    """武汉宏泽生鲜: a word that no dictionary has between a city and a trade."""
    for region in regions:
        match = lexicon().brand_of_a_city.match(text, region.end)
        if any(k.start == region.end for k in known):  # 芜湖|三安光电
            continue
        if match and not rjieba.has_word(match[1]) and not _BRAND_VERB.search(match[1]):
            name = text[region.start : match.end()]
            yield Found(region.start, match.end(), name, "enterprise", context.region_code, "brand of a city", 0.6)


def listed(text: str, context: Context) -> Iterator[Found]:
    """格力电器、日立电梯等一批大型企业: what a list of enterprises or universities holds."""
    for match in _COUNTED_LIST.finditer(text):  # 甲电子、乙铸造3家企业
        for begin, name in _items(match[1], match.start(1)):
            if _is_brand(name) or _has_trade(name):
                yield Found(
                    begin, begin + len(name), name, "enterprise", context.region_code, "list of enterprises", 0.55
                )
    for match in _LIST_OF.finditer(text):
        kind = "school" if match[2] in {"高校", "大学", "院校"} else "enterprise"
        group = 1 if match[1] else 3
        if group == 3 and "、" not in match[3] and not _has_trade(match[3]):  # 以创建为引领
            continue
        items = list(_items(match[group], match.start(group)))
        named = [_is_brand(name) or _has_trade(name) for _, name in items]
        for (begin, name), is_named in zip(items, named, strict=True):
            if is_named or (any(named) and _may_be_a_brand(name)):
                yield Found(begin, begin + len(name), name, kind, context.region_code, "list of enterprises", 0.55)


def _items(text: str, start: int) -> Iterator[tuple[int, str]]:
    """(offset, item) of a list, each without the verb that may open it."""
    for item in text.split("、"):
        name = lexicon().list_verb.sub("", item)
        if 2 <= len(name) <= 10 and HAN.search(name) and not name.endswith(lexicon().not_enterprises):
            yield start + len(item) - len(name), name
        start += len(item) + 1


def _may_be_a_brand(name: str) -> bool:
    """An item among brands that is a common word itself: 骑士, 光明."""
    words = rjieba.tag(name)
    is_common = all(w in lexicon().generic for w, _ in words) or bool(gazetteer.lookup(name))
    return len(name) <= 6 and not is_common and all(may_stand_in_a_name(w, t) for w, t in words)


def _has_trade(name: str) -> bool:
    """东河煤电, 金河镁业: a word before a trade."""
    trade = next((t for t in lexicon().trades if name.endswith(t)), None)
    return trade is not None and 2 <= len(name) - len(trade) <= 4 and name[: -len(trade)] not in lexicon().generic


def invested(text: str, context: Context) -> Iterator[Found]:
    """投资12亿元的宏泽新材料项目: the unknown words at the head of an investment are its enterprise."""
    for match in _INVESTMENT.finditer(text):
        at, end = match.end(), match.end()
        for word, tag in rjieba.tag(text[match.end() : match.end() + 8]):
            if end == at and gazetteer.lookup(word):  # 大同协鑫
                at = end = end + len(word)
            elif HAN.fullmatch(word) and is_proper(word, tag) and not gazetteer.lookup(word):
                end += len(word)
            else:
                break
        if 3 <= end - at <= 6:
            yield Found(at, end, text[at:end], "enterprise", context.region_code, "head of an investment", 0.45)


def _is_brand(name: str) -> bool:
    """Whether an item of a list of enterprises is a proper name: no verb nor particle in it, and a proper noun."""
    if name in lexicon().generic or gazetteer.lookup(name):
        return False
    words = rjieba.tag(name)
    return all(may_stand_in_a_name(w, t) for w, t in words) and any(is_proper(w, t) for w, t in words)


def neighbours(text: str, kept: list[Found], taken: bytearray, context: Context) -> list[Found]:
    """Items of a list that stand beside an enterprise or a park in it: 一汽集团、宏泽电子, 高新区、化工园区."""
    found = []
    reached = [f for f in kept if f.type in {"enterprise", "park"}]
    while reached:
        known = reached.pop()
        for item in (_ITEM_AFTER.match(text, known.end), _item_before(text, known.start)):
            if item is None or any(taken[item.start(1) : item.end(1)]) or not _fits(item[1], known.type):
                continue
            start, end = item.span(1)
            taken[start:end] = b"\x01" * (end - start)
            is_own = known.type == "park" and known.rule in {"bare body", _OWN_NEIGHBOUR}  # 高新区、化工园区
            is_named = is_own or known.type != "park" or _says_where(item[1], context)
            name = item[1] if is_named and not is_own else park_owner(context) + item[1]
            rule = _OWN_NEIGHBOUR if is_own else "neighbour in a list"
            new = Found(start, end, name, known.type, context.region_code, rule, 0.45)
            found.append(new)
            reached.append(new)
    return found


def _says_where(park: str, context: Context) -> bool:
    """Whether a park needs no city before its name: 前湾新区 needs none, 临空经济示范区 does."""
    is_provincial = (context.region_code or "0000").endswith("0000")
    return is_provincial or any(is_proper(w, t) or gazetteer.lookup(w) for w, t in rjieba.tag(park))


def _item_before(text: str, end: int) -> re.Match[str] | None:
    """The item that ends in 、 right before `end`, without the verb that may open the list."""
    item = _ITEM_BEFORE.search(text, max(0, end - 14), end)
    verb = lexicon().list_verb.match(item[1]) if item else None
    return re.compile("(" + item[1][verb.end() :] + ")、").search(text, item.start(), end) if item and verb else item


def _fits(item: str, kind: str) -> bool:
    if kind == "park":
        tags = [tag for _, tag in rjieba.tag(item)[:-1]]
        return item.endswith(lexicon().park_endings) and not any(t == "v" or t[0] in "mdpru" for t in tags)
    return not item.endswith(lexicon().not_enterprises) and _is_brand(item)
