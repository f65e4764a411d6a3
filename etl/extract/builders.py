"""Brands that nobody listed, at the head of what is built, made or settled: 宏泽三期, 引进宏泽、景盛等项目.

No dictionary has them; their characters decide, and what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba

from etl.extract.brands import is_brand, likeness
from etl.extract.naming import HAN, Context, Found, lexicon
from etl.gazetteer import RegionMatch

# Where the name of an enterprise may begin.
_OPENS = re.compile(
    "^|[、，。：；（“]|[和与及]|(?:推动|支持|依托|加快|推进|培育|扶持|鼓励|服务|促进|促成|确保|吸引|重组|助力|抓好|争取|引进|引入|新增|签约"
    "|开工|投产|建成|建设|实施|启动|完成|落实|对接|携手|联合|深化|做强|做大|盘活|投资|抓住|力促|实现|加强与|深化与)(?=[一-龥])"
)
# Guesses of the segmenter at pieces of names; single characters of what surely looks like a brand may be more.
_TAGS = frozenset({"n", "nr", "nrt", "nrfg", "nz", "ns", "nt", "ng", "j", "x", "vg"})
_TAGS_OF_SURE_BRANDS = _TAGS | {"v", "a", "ag", "m", "q", "tg"}
ALONE, IN_TRADE, _SURE = 0.4, -0.6, 0.8  # likeness that a brand needs
_PROVINCES = re.compile("[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新疆港澳台蒙中]{2,4}")
_NO_ENTERPRISE = re.compile(
    "^[都全共各省市县区该本旧少未已将把促给被让引调援]|[共列均全省市县区量额率期段路线年月项类种式型片级]$|国$|^国[家道省有企资]"
)
_FOLLOW = frozenset({"等", "和", "与", "及", "硅", "铝", "铜", "新"})
_SENTENCE_END = re.compile("[。；！？]")
_ABOUT_PROJECTS = re.compile("项目|投产|开工|竣工|签约|落户|达产|落地|投用")
_SETTLES = re.compile(
    "(?:成功|顺利|正式|相继|先后|实现|全面|如期)*(?:落户|入驻|上市|投产|签约|达产|量产|挂牌|开工)"
    "|、[^。；！？：“”（）]{1,40}等(?![^，。；]{0,10}(?:交通|水利|枢纽|文旅|康旅|农业|工程))[^，。；、的]{0,8}(?:项目|企业)"
)
_ROADS = re.compile("[^，。；]{0,60}?(?:高铁|铁路|高速|公路|连接线|客专|城际)")  # 广湛、深惠等城际项目
_BUILT = re.compile(
    r"（?[一二三四五六]期|年产\d"
    r"|\d[\d.]*(?:万吨|吨|兆瓦|千瓦|GW|MW|万台|万套|万辆|万片|英寸|代线)[^，。；、！？：年月日]{2}"
    r"|[^，。；、！？：“”（）的和与及\d]{2,14}(?:项目|生产线|生产基地|工厂|技改|扩能|扩产|增资)(?!个|和|建设年)"
)
BRAND_VERB = re.compile(
    "[的了和与及在为以等个家上下大用对从是有重贵色]|空天|微纳|冷链|具身|硅晶|氟硅|^[入投做力进聚融走两各市]|[强争]$"
)
_SITE = re.compile("^[一二三四五六七八九十]|[园院川圩湾岛湖山河江]$")
# Parts of words for kinds of goods and works: 新型|材料, 低碳|能源.
NO_BRAND = re.compile(
    "[新旧高低大小多单双再可无非硬原批于氢核风光电水热冷气油煤石木竹纸塑金银铜铁铝锂钢硅碳氟磷硫盐糖茶粮果药农林牧渔工商文医教网云数]"
    "|[智型性化类制产用车船机器件具品料源物械城乡县村镇航天空海陆路港]"
)


def builders(text: str, regions: list[RegionMatch], context: Context) -> Iterator[Found]:
    """宏泽三期, 引进宏泽、景盛等项目, 天柱宏泽新材料项目: a brand at the head of what is built or settles."""
    places = {r.start: r.end for r in regions}
    for opening in _OPENS.finditer(text):
        at = opening.end()
        for end in brand_ends(text, places.get(at, at)):
            if not _is_public_work(text, end) and (
                _BUILT.match(text, end) or _SETTLES.match(text, end) or _makes_goods(text, end)
            ):
                yield Found(at, end, text[at:end], "enterprise", context.region_code, "builder", 0.5)
                break


def _is_public_work(text: str, end: int) -> bool:
    """Whether a road, a waterwork or a school of that name follows, or a list of roads."""
    is_in_list = text[end : end + 1] == "、"
    return bool(lexicon().public_works.match(text, end) or (is_in_list and _ROADS.match(text, end)))


def _makes_goods(text: str, end: int) -> bool:
    """Whether goods follow a brand in a sentence about projects: 宏泽碳纤维、."""
    goods = lexicon().goods.match(text, end)
    if goods is None:
        return False
    stop = _SENTENCE_END.search(text, end)
    return _ABOUT_PROJECTS.search(text, goods.end(), stop.start() if stop else len(text)) is not None


def brand_ends(text: str, at: int) -> Iterator[int]:
    """Where a brand that begins at a place may end, the longest first, with its trade: 宏泽新材料, 宏泽."""
    for length in (4, 3, 2):
        word, end = text[at : at + length], at + length
        if not is_brand(word, IN_TRADE) or not may_be_new(word):
            continue
        trade = next((t for t in lexicon().trades if text.startswith(t, end)), "")
        if trade and _may_end(text, end + len(trade)):
            yield end + len(trade)
        elif is_brand(word, ALONE) and _may_end(text, end):
            yield end


def _may_end(text: str, end: int) -> bool:
    """Whether what follows begins with a word of its own: 宏泽|新材料, not 奕斯|伟硅."""
    behind = text[end : end + 6]
    if not HAN.match(behind):
        return True
    first = rjieba.cut(behind)[0]
    is_word = len(first) > 1 and rjieba.has_word(first)
    return (is_word or first in _FOLLOW) and not rjieba.has_word(text[end - 1] + behind[0])


@lru_cache(maxsize=100_000)
def may_be_new(word: str) -> bool:
    """Whether the pieces of a word may belong to a brand that nobody listed: no verb, no goods, no provinces."""
    goods = [NO_BRAND.match(character) is not None for character in word]
    if all(goods) or (len(word) > 2 and goods[-1]) or BRAND_VERB.search(word) or _NO_ENTERPRISE.search(word):
        return False
    if word in lexicon().coined or _PROVINCES.fullmatch(word) or _SITE.search(word):
        return False
    single = _TAGS_OF_SURE_BRANDS if likeness(word) > _SURE else _TAGS
    return all(
        tag in (single if len(piece) == 1 else _TAGS)
        and (len(piece) == 1 or not rjieba.has_word(piece) or piece in lexicon().brand_openings)
        for piece, tag in rjieba.tag(word)
    )
