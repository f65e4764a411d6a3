"""Bodies found by what their names end in: 公司, 开发区, 局, 村.

What stands to the left of the ending must make it a name: a territory, a level word, a known body, a mask, a proper
noun. Where several do, the leftmost is the beginning of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import rjieba

from etl import gazetteer
from etl.extract.bodies import body
from etl.extract.naming import (
    ACTION_INSIDE,
    HAN,
    LEVEL_WORDS,
    MASK,
    PROPER_TAGS,
    TOWNSHIP_WORDS,
    Context,
    Found,
    Territory,
    expanded,
    is_a_kind,
    is_generic,
    is_level_word,
    is_proper,
    is_usable,
    lexicon,
    may_stand_in_a_name,
    own_name,
    park_owner,
)
from etl.gazetteer import RegionMatch

_LEVEL_WORD = re.compile("[省市区县州盟旗镇乡场]|街道")
# What stands behind a level word that is part of another word: 市|场, 区|域, 省|级.
_NOT_AFTER_LEVEL = re.compile(
    r"村(?!委)|[场级属辖域间块外内际直份会容值位县]|民(?!政|宗|族|营|委)|政(?!法|府|协|务|策)|城(?!管|市|乡|建)|区(?!委|政|人|纪|教|总|民|文|卫|财|司|公|妇|残)|县(?!委|政)"
)
_TWO_COUNTRIES = re.compile(r"中[德法以新日韩英意俄美瑞荷奥芬澳泰马哈白捷匈波][一-龥]{2,14}$")
_HARD_CUT = re.compile(
    r"(?<![高中初平同均优特一二三相])等(?![级距离])"
    r"|[，。；：、！？…《》〈〉,;:!?\s\d%~～/]|(?<!中国)[—－\-]"  # 中国—东盟 goes on
)
_BEFORE_BRACKET = re.compile(r"(?:^|[，。；：、！？“”])([一-龥]{2,6})（$")
_FOUNDED_WITH = frozenset({"共建", "合作共建", "联合共建", "合建", "联合组建", "共同建设", "合作建设", "联合成立"})
_MANY_SCHOOLS = re.compile("小学|中学|扩建|新建|^全|公办|民办")
_RECURRING = frozenset({"新区", "新城", "园区", "片区", "合作区", "港区", "旅游区", "度假区", "功能区", "产业城"})
_NOT_AFTER_ENDING = re.compile(r"生(?![态物命源])|化(?![工学])|[长业级员们型类]")
_MANY = re.compile(r"(?:以上|[级家个类各地]|所有|国家|全国|综合)$")
_NOT_AFTER_GENERAL = re.compile(
    r"[位家房商址界内外矿城区镇村组任小校思点队体士结]|工作|任务|环节|成员|地带|理|法|所(?!长)|事|好|公"
)
_NOT_AFTER_VILLAGE = re.compile(r"[村级庄民集干屯居寨务里镇容风落规改企财组道间两官医晚校医小卫]|社区|街道|振兴")
# 千镇万|村, 联城带|村, 百县通|村; 嵌入式|社区.
_MANY_VILLAGES = re.compile(
    "[一二三四五六七八九十百千万两数各多].?[镇县乡企]|[区县市]$|[带通帮促联入进到下包驻边式型万千百]$"
)
_MASK_BEFORE = re.compile(r"[XxＸ×*]{1,6}$")
_BEHIND_KNOWN = "shape behind a known body"
_PART = "part of an own park"
BRANCH = "branch of a body"
HEADED = frozenset({_BEHIND_KNOWN, _PART, BRANCH})  # rules of names that begin with the name of another body
_OPENS = frozenset(
    {"建设", "组建", "筹备", "推广", "促进", "培育", "规划", "申报", "设立", "发展", "引导", "服务", "深化", "重组"}
    | {"提升", "打造", "完善", "强化", "转型", "升级"}
)
_BARE = "bare body"
_LIST = "list behind a level word"
_SAME_LIST = ({"department"}, {"hospital"}, {"other"}, {"hospital", "department"})
_LEVELED = frozenset({"shape behind a level word", "shape behind a territory", "numbered body", "body of a level"})
# Items of a list behind a body of a level: 、财政局 、妇产医院 、科技馆.
_LISTED_TYPES = {
    **dict.fromkeys(("局", "厅", "委", "疾控中心"), "department"),
    **dict.fromkeys(("医院", "保健院", "急救中心"), "hospital"),
}
_LISTED = re.compile(
    r"[、和]((?![各省市区县相有主部所])[一-龥]{0,8}?)"
    r"(局|厅|委|疾控中心|医院|保健院|急救中心|图书馆|博物馆|科技馆|美术馆|档案馆|体育馆|文化馆)(?=[、，。；：）]|[一-龥]{2}|$)"
)
_AWARDS = frozenset({"示范区", "示范基地", "试验区", "先行区"})
_PARTY = "中国共产党"
_COUNT = re.compile(r"\d+多?[家个所](?=[，。；、和及以]|$)")
_AWARDED = re.compile(r"(?:确定为|认定为|评定为|列为|命名为|创建|创成|获评|入选|评为|建成|获批|争创|成为|列入)$")
_MUNICIPAL = re.compile(
    "(?:城|交|国|产|农|建|旅|金|工|能|科|水|矿|港|机|铁|民|文)投|(?:城|交|农|旅|产|科|水|文|开)发|水务|文旅|公交|燃气|热力|安居|地铁|轨道|城建|交建|金控|国控|建工"
    "|交控|能源|水务环境|环境|人才|港口|港航|港务|农业|农垦|交通|机场|航空|数据|大数据|粮食|商贸|康养|城运|公用事业|园区|城乡建设|建设投资|城市建设|城市运营|轨道交通|高速"
)
_PLAIN_COMPANIES = frozenset({"公司", "集团", "集团公司"})
_KIND_OF_COMPANY = re.compile(
    "全资|独资|小贷|医疗|教育|城市|[大小子母分总老新各某该本家]$|外资|市属|国有|^[大小强子母各某该本]|企业|产业|上市|跨国|平台|合资|国资|达赖|分裂|恐怖|犯罪|敌对|利益|军事|第一|民航|财团|联产|法人|保理|寿险|典当|央企"
    "|粮商|出版|报业|传销|演艺|校|院|财务|信贷|租赁|期货|公用|供排水|自来水|房地产|房产|物管|政府|项目|劳务|第三方|投融资|多元|职教|联系|服务|管理|农民|村|地方|外国|台湾|外商|台资|外企"
)
_IS_MANY = re.compile("化|制|法人|治理|股|债|上市|改制|改革|总部")
_COUNTED_BEFORE = re.compile(r"(?:[\d一二两三四五六七八九十][家个所批]|[各等])$")
_COUNTED_BEHIND = re.compile(r"[\d一二两三四五六七八九十]+[家个所批]|等")
PROPER_TYPES = frozenset({"enterprise", "school", "hospital", "media", "park"})
WORLD_WORDS = frozenset({"中国", "亚洲", "世界", "中华"})
_KINDS = frozenset({"重点", "主要", "部分", "所有", "各类", "现有", "新建", "中小"})  # 市重点学校
_NO_BUREAU = frozenset("布格结全大时当棋定骗开新总分好")  # 布局, 格局, 分局
_NO_GROUP = frozenset({"各级", "相关", "各地", "各", "全国", "国家", "工作"})
_NO_NAMES = frozenset({"宅基地", "工厂", "开馆", "闭馆", "场馆", "出厂", "建厂", "办厂"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """A word that names of bodies end in, at [start, end), and what may belong to the name before it."""

    text: str
    start: int
    end: int
    ending: str
    type: str
    words: tuple[tuple[int, str, str], ...]  # (offset, word, tag) before the ending, in reading order

    @property
    def first(self) -> int:
        """Offset of the first word that may belong to the name."""
        return self.words[0][0] if self.words else self.start

    def found(self, at: int, code: str | None, rule: str, confidence: float, name: str | None = None) -> Found:
        return Found(at, self.end, name or self.text[at : self.end], self.type, code, rule, confidence)


def shaped(text: str, regions: list[RegionMatch], known: list[Found], context: Context) -> Iterator[Found]:
    terms = lexicon()
    for index, start, end in terms.ending_matcher.find_matches_as_indexes(text):
        ending, kind = terms.endings[index]
        if ending.endswith("园") and text[end : end + 1] == "区":  # 现代农业园|区
            end += 1
        if _NOT_AFTER_ENDING.match(text, end) or text[start - 1 : start] == ending or _is_plural(text, start, ending):
            continue
        if text[end : end + 1] in ("〔", "["):  # 爱卫办〔2022〕1号
            continue
        if ending in terms.rules.general and _NOT_AFTER_GENERAL.match(text, end):
            continue
        if kind in PROPER_TYPES and _COUNT.match(text, end):
            continue
        left = _left_limit(text, start)
        if ending.endswith("局") and text[end : end + 1] in tuple("面部势限域促"):  # 建设局|面
            continue
        if ending == "局" and text[start - 1 : start] in _NO_BUREAU:
            continue
        if ending == "厅" and text[start - 1 : start] in tuple("分客餐展"):
            continue
        if text[start - 1 : end] in _NO_NAMES:
            continue
        if ending.endswith("城") and text[end : end + 1] == "市":
            continue
        is_general = ending in terms.rules.general and ending != "学校"
        if is_general and not _may_be_named(text, left, start, regions, known):
            continue
        words = () if ending in TOWNSHIP_WORDS else _walk(text, left, start, end, regions)
        shape = _Shape(text, start, end, ending, kind, words)
        found = _community(shape, regions, context) if kind == "community" else _body_of(shape, regions, known, context)
        if found and (whole := _balanced(text, found)):
            yield whole


def _balanced(text: str, found: Found) -> Found | None:
    """The name with the opening mark before it where only the closing one is inside; None if marks do not pair."""
    surface = text[found.start : found.end]
    for opening, closing in ("“”", "（）"):
        if surface.count(opening) == surface.count(closing):
            continue
        if text[found.start - 1 : found.start] != opening or surface.count(opening) + 1 != surface.count(closing):
            return None
        name = opening + found.name if found.name == surface else found.name
        return replace(found, start=found.start - 1, name=name)
    return found


def _may_be_named(text: str, left: int, start: int, regions: list[RegionMatch], known: list[Found]) -> bool:
    """Whether anything stands before a general ending that could make it a name."""
    heads = (*(r.start for r in regions), *(k.start for k in known))
    return any(left <= at < start for at in heads) or _LEVEL_WORD.search(text, left, start) is not None


def _is_plural(text: str, start: int, ending: str) -> bool:
    """中小学, 中小学校: schools in general."""
    return (text[max(0, start - 1) : start] == "中" and ending == "小学") or text[max(0, start - 2) : start] == "中小"


def _left_limit(text: str, start: int) -> int:
    """How far a name may reach to the left of its ending: to a mark, an open quote or bracket, 26 characters."""
    cut = max(0, start - 26)
    for match in _HARD_CUT.finditer(text, cut, start):
        cut = match.end()
    for opening, closing in ("“”", "（）"):
        at = text.rfind(opening, cut, start)
        if at >= 0 and text.find(closing, at, start) < 0:
            cut = max(cut, at + 1)
        closed = text.rfind(closing, cut, start)
        if closed >= 0 and text.rfind(opening, cut, closed) < 0:
            cut = max(cut, closed + 1)
    return cut


def _walk(text: str, left: int, start: int, end: int, regions: list[RegionMatch]) -> tuple[tuple[int, str, str], ...]:
    """(offset, word, tag) of the words before `start` that may belong to the name, in reading order."""
    places = {r.start for r in regions if not r.is_word}  # their names may look like verbs: 怀化, 平凉
    words = []
    offset = left
    for word, tag in rjieba.tag(text[left:end]):
        if offset < start:
            words.append((offset, word, tag))
        offset += len(word)
    first = len(words)
    is_quoted = False
    for at in range(len(words) - 1, -1, -1):
        offset, word, tag = words[at]
        if word == "联合" and text[offset - 1 : offset] in ("委", "局", "办", "厅"):  # 市卫健委|联合|某区卫健委
            break
        if word in "“”":
            is_quoted = word == "”"
        elif not (is_quoted or offset in places or may_stand_in_a_name(word, tag)):
            break
        first = at
    return tuple(words[first:])


def _holds_another(name: str) -> bool:
    """Whether a name runs over the end of a company's name or of a quotation: …有限公司生产基地."""
    return ACTION_INSIDE.search(name) is not None or name.count("“") != name.count("”")


def _body_of(shape: _Shape, regions: list[RegionMatch], known: list[Found], context: Context) -> Found | None:
    """The body, named by the leftmost of: territory, level word, known body, mask; else by a proper noun."""
    if not shape.words:
        return _bare(shape, context)
    text, first, start = shape.text, shape.first, shape.start
    region = next((r for r in regions if first <= r.start and r.end <= start and is_usable(r, context)), None)
    region = _innermost(region, regions)
    level = next((o for o in (*(o for o, _, _ in shape.words), start - 1) if _level_of(text, o, context)), None)
    body = next((k for k in known if first <= k.start and k.end <= start), None)
    mask = MASK.search(text, first, start)
    starts = (region.start if region else None, level, body.start if body else None, mask.start() if mask else None)
    at = min((s for s in starts if s is not None), default=None)
    if at is None:
        partner = next((k for k in known if k.end < first and text[k.end : first] in _FOUNDED_WITH), None)
        if partner:
            return shape.found(first, context.region_code, "founded with", 0.7, partner.name + text[first : shape.end])
        return _named_alone(shape, context)
    if shape.type == "park" and "建设" in text[at:start]:  # 河池建设绿色发展先行试验区
        return None
    if shape.type != "enterprise" and _holds_another(text[at:start]):
        return None
    if at == level:
        return _leveled(shape, at, context)
    if region and at == region.start:
        if (
            text[at - 1 : at] == "（" and "）" in text[at:start]
        ):  # 中国（北部湾）自由贸易试验区 begins before the bracket
            head = _BEFORE_BRACKET.search(text, max(0, at - 7), at)
            begin = first if first < at - 1 else head.start(1) if head else None
            code = region.candidates[0].code
            return None if begin is None else shape.found(begin, code, "shape round a territory", 0.6)
        return _regional(shape, region, context)
    if shape.ending in lexicon().rules.general and shape.ending not in {"基地", "中心", "平台"}:
        return None
    if body and at == body.start:
        return shape.found(at, body.region_code, _BEHIND_KNOWN, 0.7)
    return replace(shape.found(at, context.region_code, "masked body", 0.7), is_redacted=True)


def _innermost(found: RegionMatch | None, regions: list[RegionMatch]) -> RegionMatch | None:
    """甘肃张掖: the second of two names in a row, with the beginning of the first."""
    behind = next((r for r in regions if found and r.start == found.end), None)
    if found is None or behind is None:
        return found
    inside = tuple(r for r in behind.candidates if any(gazetteer.is_within(r, a.code) for a in found.candidates))
    return replace(behind, start=found.start, candidates=inside) if inside else found


def _bare(shape: _Shape, context: Context) -> Found | None:
    """卫健委, 教育局, 中医院 without a level word: that of the report's own territory."""
    own = next((t for t in context.levels.values() if t.code == context.region_code and t.level != "township"), None)
    body = lexicon().of_the_state.get(expanded(shape.ending)) if context.is_national else None
    if body and len(shape.ending) > 2:
        return shape.found(shape.start, None, _BARE, 0.7, body.name)
    if own is None or own.level == "province" or len(shape.ending) < 3:
        return None
    is_department = shape.type == "department" and shape.ending.endswith(("局", "厅", "委", "委员会", "办", "支队"))
    if not (is_department or shape.ending in lexicon().rules.bare) or shape.ending == "管委会":
        return None
    if _MANY.search(shape.text, max(0, shape.start - 3), shape.start):
        return None
    owner = park_owner(context) if shape.type == "park" else own.name
    return shape.found(shape.start, own.code, _BARE, 0.5, owner + expanded(shape.ending))


def with_lists(text: str, kept: list[Found], taken: bytearray) -> list[Found]:
    """市发改委、财政局; 省儿童医院、妇产医院: bodies behind one of a level are of that level too."""
    ends = {f.end: f for f in kept if f.rule in _LEVELED and f.type in {"department", "hospital", "other"}}
    found: list[Found] = []
    for first in sorted(ends.values(), key=lambda f: f.start):
        last = first
        while item := _LISTED.match(text, last.end):
            region = gazetteer.by_code(first.region_code) if first.region_code else None
            kind = _LISTED_TYPES.get(item[2], "other")
            is_short = len(item[1] + item[2]) < 3
            if region is None or is_short or {kind, first.type} not in _SAME_LIST or is_a_kind(item[1]):
                break
            name = gazetteer.territory_name(region) + expanded(item[1] + item[2])
            start, end = item.start(1), item.end()
            bare = next((f for f in kept if (f.start, f.end, f.rule) == (start, end, _BARE)), None)
            if bare is None and any(taken[start:end]):
                break
            if bare:
                kept.remove(bare)
            taken[start:end] = b"\x01" * (end - start)
            last = replace(first, start=start, end=end, name=name, type=kind, rule=_LIST, confidence=0.7)
            found.append(last)
    return kept + found


def _level_of(text: str, at: int, context: Context) -> tuple[str, Territory] | None:
    """The level word at `at` and the territory that it stands for."""
    word = next((w for w in LEVEL_WORDS if text.startswith(w, at)), None)
    territory = context.levels.get(word) if word else None
    if word == "省" and text[at + 1 : at + 2] in tuple("市区县部院"):  # 省市共建
        return None
    if word and text[at + len(word) + 1 : at + len(word) + 2] == "级":  # 国家、省、市三级工作站
        return None
    if text[:at].endswith(("创建国、", "国家、")):  # 国家、省工程中心
        return None
    if word is None or territory is None or text[at - 1 : at] == "全" or not is_level_word(text, at, word):
        return None
    return None if _NOT_AFTER_LEVEL.match(text, at + len(word)) else (word, territory)


def _leveled(shape: _Shape, at: int, context: Context) -> Found | None:
    """市民政局, 省职业技能鉴定中心, 我市创城工作领导小组."""
    level = _level_of(shape.text, at, context)
    if level is None:
        return None
    word, territory = level
    behind = at + len(word)
    work = shape.text[behind : shape.start]
    rules = lexicon().rules
    if len(work) + len(shape.ending) < 3 or (not work and shape.ending in rules.need_work):
        return None
    if shape.ending in _AWARDS and _AWARDED.search(shape.text, max(0, at - 3), at):  # 创建省全域旅游示范区
        return None
    if not _says_whose(shape, work):
        return None
    begin = at - (shape.text[at - 1 : at] == "我")
    name = territory.name + expanded(shape.text[behind : shape.end])
    found = shape.found(begin, territory.code, "shape behind a level word", 0.85, name)
    return replace(found, is_redacted=territory.is_redacted)


def _says_whose(shape: _Shape, work: str) -> bool:
    """Whether the words between territory and ending make one body of it, not a kind: 市重点中学, 市中小企业."""
    if shape.ending in lexicon().rules.general:
        return len(work) >= 2 and work[:1] != "委" and work not in _KINDS
    return shape.type not in {"park", "school", "enterprise", "hospital"} or not is_a_kind(work)


def _regional(shape: _Shape, at: RegionMatch, context: Context) -> Found | None:
    """佛山高新区, 贵溪市财政局, 深圳市宏泽科技有限公司."""
    region = gazetteer.resolve(at.candidates, context.region_code)
    rules = lexicon().rules
    stem = shape.text[at.end : shape.start]
    if shape.ending in _AWARDS and _AWARDED.search(shape.text, max(0, at.start - 3), at.start):
        return None
    if stem.endswith("高水平") or (shape.ending.endswith("机场") and "至" in stem):  # 昆明主城区至长水国际机场
        return None
    if shape.ending == "委员会" and not stem and shape.text[: at.start].endswith(_PARTY) and region:
        committee = f"中共{gazetteer.territory_name(region)}委{'员会' if '自治' in region.name else ''}"
        found = shape.found(at.start - len(_PARTY), region.code, "party committee in full", 0.9, committee)
        return replace(found, type="party")
    if not stem and len(shape.ending) < 3 and shape.ending not in rules.no_stem:
        return None
    if shape.ending in rules.general and shape.ending != "厂" and (at.is_short or len(stem) < 2):
        return None
    if shape.ending == "厂" and stem in {"", "新", "老", "分"}:
        return None
    is_kind = (
        stem
        and shape.ending not in {"学院", "大学"}
        and shape.type in {"enterprise", "school", "hospital"}
        and is_a_kind(stem)
    )
    if is_kind and shape.ending not in rules.strong:
        return None
    name = None
    if shape.type in {"department", "court"} and region and shape.ending not in rules.no_stem:
        name = gazetteer.territory_name(region) + expanded(shape.text[at.end : shape.end])
    return shape.found(at.start, region.code if region else context.region_code, "shape behind a territory", 0.8, name)


def _named_alone(shape: _Shape, context: Context) -> Found | None:
    """A body named by a proper noun alone: 凤凰岭传媒学院, 中德工业服务区."""
    rules = lexicon().rules
    code = context.region_code
    state = lexicon().of_the_state.get(shape.text[shape.first : shape.end]) if context.is_national else None
    if state:  # 知识产权局
        return shape.found(shape.first, None, _BARE, 0.7, state.name)
    pair = _TWO_COUNTRIES.search(shape.text, _left_limit(shape.text, shape.start), shape.start)
    if pair and shape.type == "park":
        return shape.found(pair.start(), code, "park of two countries", 0.7)
    if (shape.type == "department" or shape.ending in rules.bare) and shape.words[-1][
        1
    ] in lexicon().name_verbs:  # 协调教育局
        return _bare(shape, context)
    if shape.ending in rules.research:
        return _research(shape, context)
    if shape.type == "park" and shape.words[0][1] in rules.bare and context.region_code:
        name = park_owner(context) + shape.text[shape.first : shape.end]
        return shape.found(shape.first, code, _PART, 0.6, name)
    is_alone = all(word in _OPENS for _, word, _ in shape.words[:-1])
    if shape.ending == "集团" and is_alone and _MUNICIPAL.fullmatch(shape.text, shape.words[-1][0], shape.start):
        return _municipal(shape, context)
    if shape.ending == "学校":
        return _village_school(shape, context)
    if shape.ending in rules.general:
        return None
    if shape.ending in rules.weak:
        return _recurring(shape, context)
    is_wide = shape.words[0][1] in WORLD_WORDS and shape.type in {"association", "other"}
    if is_wide and len(shape.words) > 1 and not is_generic(shape.text[shape.words[1][0] : shape.start]):
        return shape.found(shape.first, None, "national or international body", 0.6)
    if shape.ending in rules.groups and context.report.issuer_name:
        return _own_group(shape, context)
    if shape.type not in PROPER_TYPES and shape.ending not in rules.proper:
        return None
    is_school = shape.ending in {"大学", "学院"}
    at = next((o for o, w, tag in shape.words if is_proper(w, tag) or (is_school and tag == "ns")), None)
    if at is None and shape.ending in {"中学", "小学", "幼儿园", "学校"}:
        return _plain_school(shape, context)
    if at is None and shape.ending in _PLAIN_COMPANIES:
        return _plain_company(shape, context)
    if at is None:
        long_enough = shape.ending in rules.strong and shape.start - shape.first >= 4
        return shape.found(shape.first, code, "company", 0.6) if long_enough else None
    is_counted = _COUNTED_BEFORE.search(shape.text, max(0, at - 2), at) is not None  # 3个科创产业园
    if (
        is_counted
        or shape.text[at - 1 : at].isdigit()
        or shape.start - at < 2
        or shape.text[at : shape.start] in lexicon().generic
    ):
        return None
    return shape.found(at, code, "shape of a proper noun", 0.75 if shape.ending in rules.strong else 0.5)


def _village_school(shape: _Shape, context: Context) -> Found | None:
    """樟坪民族学校: a school named after a town of its county."""
    at, word, _ = shape.words[0]
    towns = gazetteer.townships(context.region_code) if context.region_code else {}
    if len(word) < 2 or not any(town.startswith(word) for town in towns) or shape.start == at:
        return None
    return shape.found(at, context.region_code, "school of a town", 0.6)


def _municipal(shape: _Shape, context: Context) -> Found | None:
    """水务集团, 文旅集团 without a name: the company of the report's own city."""
    at = shape.words[-1][0]
    if (context.region_code or "0000").endswith("0000") or _COUNTED_BEFORE.search(shape.text, max(0, at - 2), at):
        return None
    name = park_owner(context) + shape.text[at : shape.end]
    return shape.found(at, context.region_code, "company of the own city", 0.5, name)


def _plain_company(shape: _Shape, context: Context) -> Found | None:
    """声威公司, 通商集团: a company with a common word for its name; no kind of companies, no count of them."""
    last = max((i for i, (_, word, _) in enumerate(shape.words) if word in _OPENS), default=-1)
    words = shape.words[last + 1 :]
    at = words[0][0] if words else shape.start
    stem = shape.text[at : shape.start]
    terms = lexicon()
    if not 2 <= len(stem) <= 5 or not HAN.fullmatch(stem) or words[0][1] in terms.generic | terms.name_verbs:
        return None
    if _KIND_OF_COMPANY.search(stem) or _COUNTED_BEFORE.search(shape.text, max(0, at - 2), at):
        return None
    if _COUNTED_BEHIND.match(shape.text, shape.end) or _IS_MANY.match(shape.text, shape.end):
        return None
    return shape.found(at, context.region_code, "company of a common name", 0.45)


def _research(shape: _Shape, context: Context) -> Found | None:
    """A body of science or medicine named by its field: 古树名木保护研究中心; no count of such."""
    last = max((i for i, (_, word, _) in enumerate(shape.words) if word in _OPENS), default=-1)
    words = shape.words[last + 1 :]
    at = words[0][0] if words else shape.start
    field = shape.text[at : shape.start]
    if len(field) < 4 or all(w in lexicon().generic or w in lexicon().name_verbs for _, w, _ in words):
        return None
    if _COUNTED_BEFORE.search(shape.text, max(0, at - 2), at) or _COUNTED_BEHIND.match(shape.text, shape.end):
        return None
    return shape.found(at, context.region_code, "body of a field", 0.5)


def _recurring(shape: _Shape, context: Context) -> Found | None:
    """A proper noun with an ending that proves little (云台山新区): a name if the report repeats it."""
    at = next((o for o, w, tag in shape.words if is_proper(w, tag)), None)
    if at is None or not 2 <= shape.start - at <= 8 or shape.ending not in _RECURRING:
        return None
    name = shape.text[at : shape.end]
    if sum(p.text.count(name) for p in context.report.paragraphs) < 2:
        return None
    return shape.found(at, context.region_code, "recurring name", 0.5)


def _plain_school(shape: _Shape, context: Context) -> Found | None:
    """A school with a common noun for its name: 城东小学, 民族学校; no count of schools, no kind of them."""
    name = shape.text[shape.first : shape.start]
    before = shape.text[shape.first - 1 : shape.first]
    if not 2 <= len(name) <= 6 or is_a_kind(name) or before in tuple("所个各类批座家校") or not HAN.fullmatch(name):
        return None
    if (
        _MANY_SCHOOLS.search(name)
        or all(w in lexicon().generic for _, w, _ in shape.words)
        or not all(t[0] in "nfjs" for _, _, t in shape.words)
    ):
        return None
    return shape.found(shape.first, context.region_code, "school of a common name", 0.45)


def _own_group(shape: _Shape, context: Context) -> Found | None:
    """教育整顿领导小组, 民主评议工作组: a group that the issuer, or the territory of a government, has set up."""
    work = shape.text[shape.first : shape.start]
    if len(work) < 4 or is_generic(work) or shape.words[0][1] in _NO_GROUP:
        return None
    report = context.report
    own = own_name(context)
    whose = own if report.issuer_type in {"government", "territory"} and own else report.issuer_name or ""
    name = whose + shape.text[shape.first : shape.end]
    return shape.found(shape.first, report.region_code, "group of the issuer", 0.5, name)


def _community(shape: _Shape, regions: list[RegionMatch], context: Context) -> Found | None:
    """麦积镇, 九龙村, XX社区: towns are territories, villages and neighbourhoods communities."""
    text, start, end = shape.text, shape.start, shape.end
    mask = _MASK_BEFORE.search(text, max(0, start - 6), start)
    if mask is None and shape.ending in {"村", "社区"} and _NOT_AFTER_VILLAGE.match(text, end):
        return None
    kind = "territory" if shape.ending in {"镇", "乡", "苏木"} else "community"
    if mask:
        return Found(mask.start(), end, text[mask.start() : end], kind, context.region_code, "masked body", 0.8, True)
    if shape.ending in TOWNSHIP_WORDS:
        return _town(text, start, end, kind, regions, context)
    if not shape.words:
        return None
    offset, word, tag = shape.words[-1]
    if offset + len(word) > start and tag != "ns":  # 龙潭|寺村
        is_joined = start - offset == 1 and len(shape.words) > 1 and shape.words[-2][2] == "ns"
        if not is_joined or rjieba.has_word(word):
            return None
        word = word[:1]
    if len(word) > 1 and tag[0] in "val":
        return None
    if len(shape.words) > 1 and shape.words[-2][1] not in LEVEL_WORDS:
        before, joined = shape.words[-2], shape.words[-2][1] + word
        is_one = len(before[1]) == 1 and before[2][0] in "nzg" and len(joined) < 4 and tag in PROPER_TAGS
        if len(word) == 1 or is_one:  # 湾|河口社区
            offset, word, tag = before[0], joined, "x"
    stem = text[offset:start].lstrip("乡镇")
    offset = start - len(stem)
    is_town = any(level in context.levels for level in TOWNSHIP_WORDS)  # its villages may bear common names: 黄金村
    if is_town and shape.ending == "村" and 2 <= len(stem) <= 3 and tag[0] == "n" and stem not in lexicon().generic:
        return Found(offset, end, text[offset:end], kind, context.region_code, "village of the town", 0.6)
    if not 2 <= len(stem) <= 4 or not HAN.fullmatch(stem) or stem in lexicon().generic or not is_proper(word, tag):
        return None
    if _MANY_VILLAGES.search(stem):
        return None
    return Found(offset, end, text[offset:end], kind, context.region_code, "village or neighbourhood", 0.6)


def _town(text: str, start: int, end: int, kind: str, regions: list[RegionMatch], context: Context) -> Found | None:
    """A town of the county or prefecture, or one behind the name of its county."""
    if text[start - 1 : start] in tuple("古小名特集重乡村城全各"):
        return None
    before = next((r for r in regions if start - 5 <= r.end < start), None)
    if before:
        region = gazetteer.resolve(before.candidates, context.region_code)
        if region and region.level != "province" and text[before.end : end] in gazetteer.townships(region.code):
            name = gazetteer.territory_name(region) + text[before.end : end]
            return Found(before.start, end, name, kind, region.code, "town behind its county", 0.9)
    towns = gazetteer.townships(context.region_code) if context.region_code else {}
    for length in (5, 4, 3, 2, 1):
        county = towns.get(text[start - length : end]) if length <= start else None
        region = gazetteer.by_code(county, context.report.report_date) if county else None
        if region:
            name = gazetteer.territory_name(region) + text[start - length : end]
            town = Territory(name, region.code, "township")
            form = lexicon().form.match(text, end)
            if form:
                return next(body(text, start - length, form.end(), town, form[0], "body of a town"), None)
            return Found(start - length, end, name, kind, region.code, "town of the list", 0.9)
    return None
