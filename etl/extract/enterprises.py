"""Enterprises that carry no 公司 in their name: brands, items of lists, heads of projects and investments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import rjieba

from etl import gazetteer
from etl.extract.brands import is_brand
from etl.extract.builders import ALONE, BRAND_VERB, IN_TRADE, NO_BRAND, brand_ends, may_be_new
from etl.extract.naming import (
    HAN,
    Context,
    Found,
    cuts_a_word,
    is_generic,
    is_proper,
    lexicon,
    may_stand_in_a_name,
    park_owner,
)
from etl.gazetteer import RegionMatch

# …等重点企业, …等世界500强; and 以…为龙头.
_LIST_OF = re.compile(
    r"([^，。；：！？（）“”\s]{2,60})(?<![高中初平同均优特])等([^，。；、的等]{0,10}?)"
    r"(企业|公司|集团|央企|民企|药企|车企|名企|龙头(?=企业|[，。；、]|$)|500强|巨头|链主|独角兽|厂商|金融机构|高校|大学|院校)"
    r"(?![一-龥]{0,2}(?:集群|园|主体|税|贷))"
    r"|以([^，。；：！？（）“”\s]{2,40}?)为(?:龙头|代表|引领)"
)
_KINDS_OF_TRADE = re.compile("行业|产业|领域|类型|关联|相关|手工业|耗能|密集")
_ITEM_AFTER = re.compile(r"、([^，。；：、！？“”（）《》\s和与及等]{2,10})(?=[、，。；等和与及])")
_ITEM_BEFORE = re.compile(r"(?:^|[、，。；：（和与及])([^，。；：、！？“”（）《》\s和与及等]{2,10})、$")
_COUNTED_LIST = re.compile(
    r"([^，。；：！？（）“”\s\d]{2,50}、[^，。；：！？（）“”\s\d]{2,10}?)等?(?:\d+|[一二两三四五六七八九十]+)[家户][一-龥]{0,8}企业"
)
_FIRM = re.compile("(?:股份)?(?:集团|公司|有限公司)(?!军)")
_DEALS = re.compile("(?:引进|引入|签约|携手|对接|支持|与|、|和|推动|牵手)$")
_DEALT = re.compile(
    "(?:、[一-龥]{2,6})*(?:等[^，。；、的]{0,8}(?:企业|公司|集团|央企|品牌|总部|项目)|签约|签订|签署|战略合作|合作|对接|落户|入驻)"
)
_COMPANY_END = re.compile("(?:（?集团）?)?(?:股份|控股)?(?:有限)?(?:责任)?(?:公司|集团|股份)$")
# Rules whose names are known anyway, or too unsure to be looked for elsewhere.
_SAY_LITTLE = frozenset({"known body", "known in business", "builder", "neighbour in a list", "head of an investment"})
_COUNTRIES = ("美国", "德国", "日本", "韩国", "法国", "英国", "瑞士", "荷兰", "泰国", "台湾", "香港")
_OWN_NEIGHBOUR = "neighbour of an own park"
_INVESTMENT = re.compile(r"投资(?:额?[超近约达]?过?)?\d[\d.]*多?[亿万]元的")


def brands(text: str, context: Context) -> Iterator[Found]:
    """Enterprises named by a brand and a trade: 宏泽药业, 景盛硅业."""
    for match in lexicon().brand.finditer(text):
        word = match[1]
        if word in lexicon().coined or BRAND_VERB.search(word):
            continue
        if _is_brand(word) or not rjieba.has_word(word):
            yield Found(match.start(1), match.end(), match[0], "enterprise", context.region_code, "brand", 0.5)
    for match in lexicon().brand_of_a_list.finditer(text):  # 宏泽能源、…
        word = match[1]
        if not (rjieba.has_word(word) or gazetteer.lookup(word) or BRAND_VERB.search(word) or NO_BRAND.search(word)):
            yield Found(match.start(1), match.end(), match[0], "enterprise", context.region_code, "brand", 0.5)


def in_business(text: str, context: Context) -> Iterator[Found]:
    """三峡集团, 引进三峡, 三峡、远景等总部项目: names that are words or places too, where business is spoken of."""
    terms = lexicon()
    for start, end in ((s, e) for _, s, e in terms.in_business_matcher.find_matches_as_indexes(text)):
        if _FIRM.match(text, end) or (_DEALS.search(text, max(0, start - 4), start) and _DEALT.match(text, end)):
            body = terms.in_business[text[start:end]]
            firm = _FIRM.match(text, end)
            yield Found(
                start, firm.end() if firm else end, body.name, body.type, body.region_code, "known in business", 0.7
            )


def brands_of_cities(text: str, regions: list[RegionMatch], known: list[Found], context: Context) -> Iterator[Found]:
    """武汉宏泽生鲜: a word that no dictionary has between a city and a trade."""
    for region in regions:
        match = lexicon().brand_of_a_city.match(text, region.end)
        if any(k.start == region.end for k in known):  # 芜湖|三安光电
            continue
        if match and not rjieba.has_word(match[1]) and not BRAND_VERB.search(match[1]):
            name = text[region.start : match.end()]
            yield Found(region.start, match.end(), name, "enterprise", context.region_code, "brand of a city", 0.6)


def listed(text: str, context: Context) -> Iterator[Found]:
    """格力电器、日立电梯等一批大型企业: what a list of enterprises or universities holds."""
    for match in _COUNTED_LIST.finditer(text):  # 甲电子、乙铸造3家企业
        yield from _members(list(_items(match[1], match.start(1))), "enterprise", context)
    for match in _LIST_OF.finditer(text):
        whole, what, whose, leaders = match.groups()
        if what and _KINDS_OF_TRADE.search(what):  # 钢铁、有色等行业企业
            continue
        if leaders and "、" not in leaders and not _has_trade(leaders):  # 以创建为引领
            continue
        items = list(_items(whole or leaders, match.start(1 if whole else 4)))
        yield from _members(items, "school" if whose in {"高校", "大学", "院校"} else "enterprise", context)


def _members(items: list[tuple[int, str]], kind: str, context: Context) -> Iterator[Found]:
    """The items of a list that name enterprises; beside one that surely does, also those that may."""
    named = [_is_brand(name) or _has_trade(name) or _is_odd(name) or name in lexicon().in_business for _, name in items]
    for (begin, name), is_named in zip(items, named, strict=True):
        if is_named or (any(named) and _may_be_a_brand(name)):
            yield _item(begin, name, kind, context)


def _is_odd(name: str) -> bool:
    """Whether an item is no phrase: 乐村淘, no dictionary has it and its pieces are single characters with a word."""
    pieces = rjieba.tag(name)
    return (
        3 <= len(name) <= 4
        and HAN.fullmatch(name) is not None
        and not rjieba.has_word(name)
        and len(pieces) > 1
        and any(len(piece) == 1 for piece, _ in pieces)
        and not any(tag[0] in "cpudmrq" or (tag[0] == "v" and len(piece) > 1) for piece, tag in pieces)
        and not BRAND_VERB.search(name)
        and not NO_BRAND.search(name)
    )


def _item(start: int, name: str, kind: str, context: Context) -> Found:
    """An item of a list of enterprises, under its full name if it is known: 三峡, 三峡集团."""
    known = lexicon().in_business.get(name)
    end = start + len(name)
    if known:
        return Found(start, end, known.name, known.type, known.region_code, "known in business", 0.7)
    return Found(start, end, name, kind, context.region_code, "list of enterprises", 0.55)


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
    stem = name.removesuffix(trade) if trade else ""
    if not 2 <= len(stem) <= 4 or stem in lexicon().generic:
        return False
    return not rjieba.has_word(stem) or rjieba.tag(stem)[0][1][0] not in "vda"  # 加大|钢铁


def invested(text: str, known: list[Found], context: Context) -> Iterator[Found]:
    """投资12亿元的宏泽新材料项目: the unknown words at the head of an investment are its enterprise."""
    for match in _INVESTMENT.finditer(text):
        at = begin = end = match.end()
        place = next((n for n in (4, 3, 2) if gazetteer.lookup(text[at : at + n])), 0)  # 大同协鑫
        if any(k.start in (at, at + place) for k in known):
            continue
        begin = end = at + place
        if brand := next(brand_ends(text, begin), None):
            yield Found(at, brand, text[at:brand], "enterprise", context.region_code, "head of an investment", 0.5)
            continue
        for word, tag in rjieba.tag(text[begin : begin + 8]):
            if not (HAN.fullmatch(word) and is_proper(word, tag) and not gazetteer.lookup(word)):
                break
            end += len(word)
        if 3 <= end - begin <= 6:
            yield Found(at, end, text[at:end], "enterprise", context.region_code, "head of an investment", 0.45)


def _is_brand(name: str) -> bool:
    """Whether an item of a list of enterprises is a proper name: no verb nor particle in it, and a proper noun."""
    if name in lexicon().generic or name in lexicon().coined or gazetteer.lookup(name):
        return False
    if is_brand(name, ALONE) and may_be_new(name):
        return True
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
            body = lexicon().in_business.get(item[1])
            name = body.name if body else name
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
    if item in lexicon().in_business:
        return True
    return not item.endswith(lexicon().not_enterprises) and (_is_brand(item) or _has_new_trade(item))


def _has_new_trade(name: str) -> bool:
    """烯石新材料: a trade behind a word that no dictionary has."""
    trade = next((t for t in lexicon().trades if name.endswith(t)), "")
    return bool(trade) and is_brand(name.removesuffix(trade), IN_TRADE) and may_be_new(name.removesuffix(trade))


def again(texts: Sequence[str], found: Sequence[tuple[int, Found]], context: Context) -> list[tuple[int, Found]]:
    """Where a report says the name of one of its enterprises once more: 宏泽科技 is 宏泽 elsewhere.

    Args:
        texts: the paragraphs that may hold names, '' for others.
        found: what was found, with the number of its paragraph.
    """
    names: dict[str, str] = {}
    taken = {number: bytearray(len(text)) for number, text in enumerate(texts)}
    for number, mention in found:
        taken[number][mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        if mention.type == "enterprise" and not mention.is_redacted and mention.rule not in _SAY_LITTLE:
            names.update((form, mention.name) for form in _short_forms(texts[number][mention.start : mention.end]))
    if not names:
        return []
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    return [
        (number, Found(*m.span(), names[m[0]], "enterprise", context.region_code, "named elsewhere", 0.4))
        for number, text in enumerate(texts)
        for m in pattern.finditer(text)
        if not any(taken[number][m.start() : m.end()]) and not cuts_a_word(text, *m.span())
    ]


def _short_forms(surface: str) -> Iterator[str]:
    """What may stand for an enterprise elsewhere: itself, and its brand without the trade or 公司."""
    stem = _COMPANY_END.sub("", surface)
    place = next((n for n in (4, 3, 2) if len(stem) - n > 1 and gazetteer.lookup(stem[:n])), 0)
    trade = next((t for t in lexicon().trades if stem.endswith(t)), "")
    for form in {stem, stem[place:], stem[place:].removesuffix(trade)}:
        is_new = len(form) > 2 and not rjieba.has_word(form) and not is_generic(form)
        if HAN.fullmatch(form) and ((is_new and trade) or (is_brand(form, ALONE) and may_be_new(form))):
            yield form


def one_name_each(found: Sequence[tuple[int, Found]]) -> list[tuple[int, Found]]:
    """Enterprises under one name: the listed one, else that of its group in the report: 宏泽 is its 宏泽集团."""
    names = {body.name for _, body in found if body.type == "enterprise"}
    fullest = {name.removesuffix("集团"): name for name in names if name.endswith("集团")}
    return [
        (number, replace(body, name=_listed_name(body.name) or fullest.get(body.name, body.name)))
        if body.type == "enterprise" and not body.is_redacted
        else (number, body)
        for number, body in found
    ]


def _listed_name(name: str) -> str | None:
    """The name in the list of an enterprise whose form, country or kind of company differ: 德国巴斯夫集团, 巴斯夫."""
    listed = lexicon().enterprises
    stem = _COMPANY_END.sub("", name)
    forms = (name, stem, *(stem + kind for kind in ("集团", "公司", "股份")))
    bare = [form[2:] for form in forms if form.startswith(_COUNTRIES)]
    return next((listed[form] for form in (*forms, *bare) if form in listed and len(form) > 1), None)
