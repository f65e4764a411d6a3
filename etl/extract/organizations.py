"""Named bodies and territories of a report, each under its full name.

Six ways lead to a mention, and where several meet the longest wins:

- pronouns: 我省 全市 我局, by the report's territory and issuer;
- bodies by level: 市委 区政府 团省委, by the report's territory and those above it;
- bodies by territory: 延安市委, 广东省政府办公厅;
- bodies known throughout the country: 国务院, 商务部, 央视 (schema/vocabulary/organizations.csv);
- shape: a word like 公司 or 开发区 and what stands to its left, if something there makes it a name: a territory, a
  level word, a known body, a mask, a proper noun;
- names of territories themselves.

Word segmentation proposes where a shaped name may begin; the rules decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs
import rjieba

from etl import gazetteer, vocabulary
from etl.gazetteer import Region, RegionMatch
from etl.records import OrganizationMention, ParagraphKind, Report, Role

LEVEL_WORDS = ("自治区", "自治州", "自治县", "街道", "省", "市", "区", "县", "州", "盟", "旗", "镇", "乡", "场")
TOWNSHIP_WORDS = frozenset({"街道", "镇", "乡"})
COURTS = {"province": "高级人民法院", "prefecture": "中级人民法院", "county": "人民法院"}

_LEVEL = "|".join(LEVEL_WORDS)
_LEVEL_WORD = re.compile("[省市区县州盟旗镇乡场]|街道")
_MASK = re.compile(r"[XxＸｘ×*＊]{1,6}")
# What stands before a level word that is part of another word: 城|市, 社|区, 各|县.
_NOT_BEFORE_LEVEL = {
    "市": "城都超股上开夜门地县区楼汽集早菜花房债车罢应入各两本该多三四五六七八九十几个外跨",
    "区": "社园小景地城片山灾老校库林牧辖特新郊街市厂战军矿港疫专范验发功居产住商作误湖滩各两本该多个跨东西南北外内",
    "省": "外反节各两邻该多本个跨",
    "县": "各两本该市区穷困强城多个郡跨外",
    "州": "神九各广杭苏",
    "镇": "乡城村集重各小名古建全",
    "乡": "城家老故下还回各水梦全",
    "街道": "各乡镇全、（",
    "旗": "红国党军队锦各",
    "盟": "联加同",
    "场": "市会广农林牧立现当到在入退登开专职考商剧体操赛战官菜分各",
}
# What stands behind a level word that is part of another word: 市|场, 区|域, 省|级.
_NOT_AFTER_LEVEL = re.compile(
    r"村(?!委)|[场级属辖域间块外内际直份会容值位县]|民(?!政|宗|族|营|委)|政(?!法|府|协|务|策)|城(?!管|市|乡|建)|区(?!委|政|人|纪|教|总|民|文|卫|财|司|公|妇|残)|县(?!委|政)"
)
_PRONOUN = re.compile(
    r"(?<![安健保齐周完俱成])(我|全|本)(自治区|自治州|自治县|街道|省|市|区|县|州|盟|旗|镇|乡|街|场)(?![域场民级属辖直国]|政府|政协|政法|政务|人大|区)"
)
_OWN = re.compile(r"[我本](局|厅|院|校|委|办|中心|支队|总队|大队|公司|集团|行|馆|站|所|社|会)(?![长员里])")
_OWN_PARTY = re.compile(
    r"(?<![省市县区州警援防察武特巡交安])[我本]?(局|院|总局|支队|总队|大队|校|厅|部|集团|公司|中心)(党组|党委)(?!书记|委员)"
)
_OWN_SUPERIOR = re.compile(r"(?<![省市警])(总队|省厅)(党委|党组)?(?![长员级])")
_OWN_BARE = re.compile(r"(?<![省县区州警援防察武特巡交安税])(总局|总队|支队|市局|省局)(?![长员级党])")
_NATION = re.compile(r"我国|全国(?!政协|人大|人民|各|先进|性|第|前|文明|重点|优秀)")
_NATIONAL_KINDS = frozenset({"政府工作报告", "统计公报"})
# 位居全省前列, 全省“百佳”: a comparison, not the province.
_COMPARED = re.compile(r"前|先进|首|“|率先|领先|平均|最|同类|其他|各|一流|优秀")
_OTHER_COMMITTEE = re.compile(r"中共[一-龥]{1,3}$")  # 中共闽赣|省委
_LEAGUE = re.compile(r"[省市区县州]?委(?!员)")  # 团新疆区委
_NEEDS_FULL_NAME = frozenset({"委", "党委", "团委", "组织部", "宣传部", "统战部"})
# A level name that is its own territory: 自治区党委 is a body, 自治区 alone the territory.
_BARE_AUTONOMOUS = re.compile(r"自治[区州县](?![级直内外党人政县区（]|首府|主席|副|示范|劳|优秀|先进|重点|文明)")
# A territory as part of the name of a road, a match, a spirit.
_ATTRIBUTIVE = re.compile(
    r"[一-龥]{0,6}?(?:大桥|特大桥|高速|铁路|高铁|机场|隧道|水库|电站|灌区|枢纽|公路|古城|战役|奥运|冬奥|世博|亚运|石窟|景区|古镇|遗址|故里|果蔬城|实景演出|污水处理厂|精神|时间|航线|专线|班列)"
    r"|[话籍戏剧菜酒人式版]|至[一-龥]{2,4}(?:高速|铁路|公路|段)"
)
_KEEPS_ACTING = re.compile(r"[两三四五六七八九十等和与及撤升建获被将是有要已各全省市县区]")
_LOCATION = re.compile(r"[在驻从于]$")
_ROUTE = re.compile(r"[-—至]$")
_AWARD = re.compile(r"(?:[评获入][为得选]|承办了|争创|确定为|“)$")
_WATERS = re.compile(r"([湖河江])、[一-龥]{1,2}\1")  # 洪湖、长湖
_WATERS_BEFORE = re.compile(r"([湖河江])、[一-龥]\1$")
_OFFICE_HOLDER = re.compile(r"工作报告|书记|主任|主席(?!会议|团)|副")
_TWO_COUNTRIES = re.compile(r"中[德法以新日韩英意俄美瑞荷奥芬澳泰马哈白捷匈波][一-龥]{2,14}$")
_NUMBERED_SCHOOL = re.compile(
    r"(?:^|(?<=[、，和与（及到了对在为向]))([一二三四五六七八九十]{1,2})(中|小|幼)(?=[、，和与）及等]|校区|分校)(?![^。；]{0,8}全会)"
)
_NUMBERED_SCHOOL_BEHIND = re.compile(r"第?([一二三四五六七八九十]{1,3})(中(?!全会|[心央型小]))")
_NUMBERED = {"中": "中学", "小": "小学", "幼": "幼儿园", "院": "医院", "医院": "医院", "高中": "高级中学"}
_LEVEL_NUMBERED = re.compile(
    f"(?P<level>{_LEVEL})" + r"([一二三四五六七八九十]{1,3})(高中|医院|[中小幼院])(?![心央级型届次个年项条类批])"
)
_NEWSPAPER = re.compile(r"《([^《》，。]{2,9}(?:报|周刊|杂志|月刊))》")
_WHICH = r"(?P<which>第?[一二三四五六七八九十]{1,3}[届次])"
_MEETING = re.compile(
    _WHICH + r"(?:党代会|人民代表大会|人大|代表大会|政协|委员会(?=第[一二三四五六七八九十]+次(?:会议|全体会议)))"
)
_LEVEL_MEETING = re.compile(f"({_LEVEL})" + _MEETING.pattern)
_BRAND_HEAD = (
    r"(?:(?<=^)|(?<=[、，。：；（进和与对及由是])"
    r"|(?<=推动|支持|依托|加快|培育|扶持|鼓励|服务|帮助|促进|确保|吸引|组建|重组|助力|推进|抓好))([一-龥]{2})"
)
_BRAND_TAIL = r"(?=[、，。；）等和与及]|项目|公司|落户|投产|上市|开工|荣获|获|入选|建成|竣工|签约|[一二三四五六]期)"
_BRAND_VERB = re.compile(
    "[的了和与及在为以等个家上下大用对从是有重贵色]|空天|微纳|冷链|具身|硅晶|氟硅|^[入投做力进聚融走]|[强争]$"
)
_LIST_OF = re.compile(
    r"([^，。；：！？（）“”\s]{2,60})等(?![^，。；、]{0,8}(?:行业|产业|领域|类型))[^，。；、的等]{0,10}?"
    r"(企业|公司|集团|央企|民企|药企|车企|高校|大学|院校)(?![一-龥]{0,2}(?:集群|园|主体|税|贷))"
)
_ITEM_AFTER = re.compile(r"、([^，。；：、！？“”（）《》\s和与及等]{2,10})(?=[、，。；等和与及])")
_ITEM_BEFORE = re.compile(r"(?:^|[、，。；：（和与及])([^，。；：、！？“”（）《》\s和与及等]{2,10})、$")
_PARK_ENDINGS = (
    "园区",
    "开发区",
    "试验区",
    "示范区",
    "食品区",
    "商务区",
    "新区",
    "新城",
    "产业园",
    "保税区",
    "片区",
    "合作区",
    "文旅区",
)
_NO_ENTERPRISE = (
    "项目",
    "工程",
    "基地",
    "园区",
    "产业园",
    "大桥",
    "机场",
    "高速",
    "铁路",
    "医院",
    "学校",
    "广场",
    "中心",
    "码头",
    "工厂",
    "板块",
    "产业",
    "集群",
)
_LIST_VERB = re.compile(
    r"^.*(?:引进|引入|吸引|新增|培育|支持|推动|与|和|同|对接|走访|入驻|落户|拥有|形成|以|包括|涌现|涌现出|扶持|促成|签约|建成|依托|帮助|组织"
    r"|推进|鼓励)(?=.{2})"
)
_HARD_CUT = re.compile(r"[，。；：、！？…《》〈〉,;:!?\s\d%—－\-~～/]")
_ACTION_INSIDE = re.compile("公司|所属|下属|[委局办]联合|会同|晋升|创建|努力|实现|成为|打造|建成|获批|[的了被]")
_BEFORE_BRACKET = re.compile(r"(?:^|[，。；：、！？“”])([一-龥]{2,6})（$")
_FOUNDED_WITH = frozenset({"共建", "合作共建", "联合共建", "合建", "联合组建", "共同建设", "合作建设", "联合成立"})
_MANY_SCHOOLS = re.compile("小学|中学|扩建|新建|^全|公办|民办")
_INSTITUTION_PARTY = re.compile(r"(党委|党组|党工委|党总支|党支部)(?!书记|委员|成员|班子)")
_FUNCTION_CHARACTER = re.compile("[还同会用把将与及等在被使为以向对从由并又都更最很较再各每某此该这那其我你他建强做投]")
_RECURRING = frozenset({"新区", "新城", "园区", "片区", "合作区", "港区", "旅游区", "度假区", "功能区", "产业城"})
_INVESTMENT = re.compile(r"投资(?:额?[超近约达]?过?)?\d[\d.]*多?[亿万]元的")
_PHRASE_OF_ACTION = re.compile(
    "围绕|建立|健全|落实|贯彻|坚持|推|深入|促进|实现|成为|具有|打造|全面|大力|积极|牢固|紧紧|力争|做优|做强|做大|扩能|提质|筑牢|打好|新建"
)
_NOT_AFTER_ENDING = re.compile(r"[生长化业级员们型类]")
_MANY = re.compile(r"(?:以上|[级家个类各地]|所有|国家|全国|综合)$")
_NOT_AFTER_GENERAL = re.compile(
    r"[位家房商址界内外矿城区镇村组任小校思点队体士结]|工作|任务|环节|成员|地带|理|法|所|事|好|公"
)
_NOT_AFTER_KNOWN = re.compile(r"[生长化业员们型类门队署分际间]|指战员|官兵|驻")
_INSIDE_KNOWN = re.compile("中国航|[东西南]北大|北大[道街门桥]|[农新]民建")  # 中国航发, 南北大道
_PARTY_ACTS = re.compile(r"的?(?:坚强)?领导")
_NOT_AFTER_VILLAGE = re.compile(r"[级庄民集干屯居寨务里镇容风落规改企财组道间两官医晚校医小卫]|社区|街道|振兴")
_HAN = re.compile("[一-龥]+")
_MASKED_TOWN = {
    word: re.compile(r"[XxＸ×]{1,6}" + ("[一-龥]{0,3}场" if word == "场" else word))
    for word in ("街道", "镇", "乡", "场")
}
_MASK_BEFORE = re.compile(r"[XxＸ×*]{1,6}$")
BOUNDARY_TAGS = frozenset(
    {"v", "p", "c", "u", "uj", "ul", "uv", "uz", "ud", "ug", "r", "m", "q", "d", "df", "y", "e", "o", "x", "t", "tg"}
    | {"vd", "vi", "vq", "f", "a", "ad", "l", "i"}
)
PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "nz", "nt", "ns"})
_BEHIND_KNOWN = "shape behind a known body"
PROPER_TYPES = frozenset({"enterprise", "school", "hospital", "media", "park"})
WORLD_WORDS = frozenset({"中国", "亚洲", "世界", "中华"})
_KINDS = frozenset({"重点", "主要", "部分", "所有", "各类", "现有", "新建", "中小"})  # 市重点学校
_NO_BUREAU = frozenset("布格结全大时当棋定骗开新总分好")  # 布局, 格局, 分局
_NO_GROUP = frozenset({"各级", "相关", "各地", "各", "全国", "国家", "工作"})
_NO_NAMES = frozenset({"宅基地", "工厂", "开馆", "闭馆", "场馆", "出厂", "建厂", "办厂"})
_TELLING = frozenset({"人民", "中医", "妇幼", "职业", "技术"})  # generic words that tell schools and hospitals apart


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    name: str
    type: str
    region_code: str | None
    rule: str
    confidence: float
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class _Territory:
    """A territory that words like 市 or 镇 stand for in a report."""

    name: str
    code: str | None
    level: str  # province prefecture county township
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What the report says of itself: its territory, those above, its issuer."""

    report: Report
    region_code: str | None
    levels: dict[str, _Territory]  # level word → territory
    is_national: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The vocabulary, compiled."""

    forms: dict[str, vocabulary.Body]
    level_body: re.Pattern[str]
    form: re.Pattern[str]
    known: tuple[vocabulary.KnownOrganization, ...]
    known_matcher: ahocorasick_rs.AhoCorasick
    endings: tuple[tuple[str, str], ...]  # (ending, type)
    ending_matcher: ahocorasick_rs.AhoCorasick
    expand: tuple[tuple[str, str], ...]  # longest first
    name_verbs: frozenset[str]
    generic: frozenset[str]
    rules: vocabulary.EndingRules
    trades: tuple[str, ...]
    brand: re.Pattern[str]


def extract(report: Report) -> tuple[OrganizationMention, ...]:
    """All mentions of named bodies and territories, in reading order."""
    context = _context(report)
    mentions = []
    for index, paragraph in enumerate(report.paragraphs):
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        for found in _read(paragraph.text, context):
            mentions.append(
                OrganizationMention(
                    paragraph=index,
                    start=found.start,
                    end=found.end,
                    surface=paragraph.text[found.start : found.end],
                    name=found.name,
                    type=found.type,
                    region_code=found.region_code,
                    parent_name=_parent_name(found),
                    role=_role(paragraph.text, found, report),
                    is_redacted=found.is_redacted,
                    rule=found.rule,
                    confidence=found.confidence,
                )
            )
    return tuple(mentions)


def _read(text: str, context: _Context) -> list[_Found]:
    """The mentions of one paragraph, none inside another but a known body at the head of a longer name."""
    regions = gazetteer.find(text, context.report.report_date)
    known = _known(text)
    candidates = [
        *_pronouns(text, context),
        *_own(text, context),
        *_bodies_by_level(text, regions, context),
        *_bodies_by_territory(text, regions, context),
        *known,
        *_shaped(text, regions, known, context),
        *_special(text, regions, context),
        *_brands(text, context),
        *_listed(text, context),
        *_invested(text, context),
        *_territories(text, regions, context),
    ]
    candidates.sort(key=lambda f: (f.start - f.end, f.start))
    taken = bytearray(len(text))
    kept: list[_Found] = []
    for found in candidates:
        if found.rule == "known body" and any(k.rule == _BEHIND_KNOWN and k.start == found.start for k in kept):
            kept.append(found)  # 中国科学院云计算中心 names two bodies
        elif not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            kept.append(found)
    kept.extend(_neighbours(text, kept, taken, context))
    kept = [_with_party(text, f) for f in kept]
    return sorted((f for f in kept if f.name), key=lambda f: (f.start, -f.end))


def _parent_name(found: _Found) -> str | None:
    """The territory above: 陕西省 of 延安市, 延安市 of 延安市财政局."""
    region = gazetteer.by_code(found.region_code) if found.region_code else None
    if region is None:
        return None
    if found.name == gazetteer.territory_name(region):
        region = gazetteer.parent(region.code)
    return gazetteer.territory_name(region) if region else None


def _role(text: str, found: _Found, report: Report) -> Role:
    if found.name == report.issuer_name:
        return Role.ISSUER
    before = text[max(0, found.start - 3) : found.start]
    if before.endswith(("联合", "会同", "携手", "协同")):
        return Role.PARTNER
    if not before or before[-1] in "。；！？，":
        return Role.SUBJECT
    return Role.MENTIONED


# --- the report's own words -------------------------------------------------------------------------------------------


def _context(report: Report) -> _Context:
    code = report.region_code
    levels: dict[str, _Territory] = {}
    if code and gazetteer.by_code(code):
        for region in (gazetteer.by_code(code, report.report_date), *gazetteer.ancestors(code)):
            if region is None:
                continue
            territory = _Territory(gazetteer.territory_name(region), region.code, region.level)
            for word in _level_words(region):
                levels.setdefault(word, territory)
    for word in ("街道", "镇", "乡", "场"):  # the mask of the report names its own town first
        masked = next((m for p in report.paragraphs[:12] if (m := _MASKED_TOWN[word].search(p.text))), None)
        if masked:
            levels[word] = _Territory(masked[0], code, "township", True)
    town = re.search(r"([XxＸ×*]{1,6}|[一-龥]{1,6}?)(街道|镇|乡)", _without_region(report.issuer_name or "", levels))
    if town:
        redacted = bool(_MASK.fullmatch(town[1]))
        county = next((t.name for t in levels.values() if t.level == "county"), "")
        name = town[0] if redacted else county + town[0]
        levels[town[2]] = _Territory(name, code, "township", redacted)
    is_national = not code and report.kind in _NATIONAL_KINDS
    return _Context(report, code, levels, is_national)


def _without_region(name: str, levels: dict[str, _Territory]) -> str:
    for territory in levels.values():
        name = name.removeprefix("中共").removeprefix(territory.name)
    return name


def _level_words(region: Region) -> tuple[str, ...]:
    """The words that stand for a territory in its own reports: 自治区 and 区 for 广西."""
    for long in ("自治区", "自治州", "自治县"):
        if region.name.endswith(long):
            return (long, long[-1])
    return (region.name[-1],)


def _pronouns(text: str, context: _Context) -> Iterator[_Found]:
    for match in _PRONOUN.finditer(text):
        word = {"街": "街道"}.get(match[2], match[2])
        territory = context.levels.get(word)
        if word == "场" and context.report.issuer_name and context.report.issuer_name.endswith("场"):
            yield _issuer(match.start(), match.end(), context, "pronoun")
        elif word == "场" and territory:
            name, code = territory.name, territory.code
            yield _Found(match.start(), match.end(), name, "enterprise", code, "pronoun", 0.8, territory.is_redacted)
        elif territory and (territory.code == context.region_code or not _COMPARED.match(text, match.end())):
            yield _territory_mention(match.start(), match.end(), territory, "pronoun")
    for match in _BARE_AUTONOMOUS.finditer(text):
        territory = context.levels.get(match[0])
        if territory and text[match.start() - 1 : match.start()] not in ("、", "和"):
            yield _territory_mention(match.start(), match.end(), territory, "level word alone")
    for match in re.finditer("省城", text):
        province = next((t for t in context.levels.values() if t.level == "province"), None)
        capital = gazetteer.by_code(f"{province.code[:2]}0100") if province and province.code else None
        if capital:
            yield _Found(match.start(), match.end(), capital.name, "territory", capital.code, "provincial capital", 0.9)
    if context.is_national:
        for match in _NATION.finditer(text):
            yield _Found(match.start(), match.end(), "中国", "territory", None, "nation", 0.7)


def _territory_mention(start: int, end: int, territory: _Territory, rule: str) -> _Found:
    kind = "community" if territory.name.endswith("街道") else "territory"
    return _Found(start, end, territory.name, kind, territory.code, rule, 0.95, territory.is_redacted)


def _issuer(start: int, end: int, context: _Context, rule: str) -> _Found:
    report = context.report
    return _Found(
        start, end, report.issuer_name or "", report.issuer_type or "other", report.region_code, rule, 0.9,
        report.issuer_is_redacted,
    )  # fmt: skip


def _own(text: str, context: _Context) -> Iterator[_Found]:
    """我局, 总队, 局党组: the issuer and its party body."""
    issuer = context.report.issuer_name or ""
    if not issuer:
        return
    for match in _OWN.finditer(text):
        if issuer.endswith((match[1], {"委": "委员会", "办": "办公室"}.get(match[1], match[1]))):
            yield _issuer(match.start(), match.end(), context, "own body")
    for match in _OWN_BARE.finditer(text):
        if issuer.endswith(match[1][-1]) and (match[1][0] in "市省" or issuer.endswith(match[1])):
            yield _issuer(match.start(), match.end(), context, "own body")
    for form in _issuer_forms(context):
        for match in re.finditer(form, text):
            yield _issuer(match.start(), match.end(), context, "short form of the issuer")
    superior = _superior(issuer, context)
    for match in _OWN_SUPERIOR.finditer(text):
        if superior and superior.endswith(match[1][-1]):
            name = f"中共{superior}委员会" if match[2] else superior
            kind = "party" if match[2] else "department"
            yield _Found(match.start(), match.end(), name, kind, None, "superior body", 0.7)
    for match in _OWN_PARTY.finditer(text):
        if issuer.endswith(match[1]):
            name = f"中共{issuer}{'党组' if match[2] == '党组' else '委员会'}"
            yield _Found(match.start(), match.end(), name, "party", context.region_code, "own party body", 0.85)


def _issuer_forms(context: _Context) -> tuple[str, ...]:
    """麦积民政, 肃南人社: the short name of the territory and the work of the issuing department."""
    region = gazetteer.by_code(context.region_code) if context.region_code else None
    issuer = context.report.issuer_name or ""
    name = gazetteer.territory_name(region) if region else ""
    if region is None or not issuer.startswith(name) or not issuer.endswith(("局", "厅", "委员会")):
        return ()
    full = issuer.removeprefix(name)
    works = {short[:-1] for short, long in _lexicon().expand if long == full and len(short) > 2} | {full[:-1]}
    guard = "(?![局厅委部门工事系])"
    return tuple(region.short_name + work + guard for work in works if 2 <= len(work) <= 4)


def _superior(issuer: str, context: _Context) -> str | None:
    """The provincial body above a city's: 甘肃省消防救援总队 above 张掖市消防救援支队."""
    province = next((t for w, t in context.levels.items() if t.level == "province"), None)
    city = next((t for w, t in context.levels.items() if t.code == context.region_code), None)
    if province is None or city is None or province is city or not issuer.startswith(city.name):
        return None
    work = issuer.removeprefix(city.name)
    for ending, above in (("支队", "总队"), ("局", "厅")):
        if work.endswith(ending):
            return province.name + work.removesuffix(ending) + above
    return None


# --- bodies that every territory has ----------------------------------------------------------------------------------


def _named_before(text: str, start: int, level: str, regions: list[RegionMatch]) -> _Territory | None:
    """The territory of that level named last before: 江西…省委, in a report that is about no territory."""
    for found in reversed(regions):
        region = gazetteer.resolve(found.candidates, None)
        if found.end <= start and region and level in _level_words(region):
            return _Territory(gazetteer.territory_name(region), region.code, region.level)
    return None


def _bodies_by_level(text: str, regions: list[RegionMatch], context: _Context) -> Iterator[_Found]:
    """市委, 我区政府, 团省委, 省人大常委会."""
    for match in _lexicon().level_body.finditer(text):
        level, form = match[1], match[2]
        territory = context.levels.get(level)
        if territory is None and not context.region_code:
            territory = _named_before(text, match.start(), level, regions)
        if (
            territory is None
            or text[match.start() - 1 : match.start()] == "全"
            or not _is_level_word(text, match.start(), level)
        ):
            continue
        start = match.start() - (text[match.start() - 1 : match.start()] == "我")
        yield from _body(text, start, match.end(), territory, form, "body of a level")


def _bodies_by_territory(text: str, regions: list[RegionMatch], context: _Context) -> Iterator[_Found]:
    """延安市委, 中共甘肃省委, 团江西省委."""
    for found in regions:
        region = gazetteer.resolve(found.candidates, context.region_code)
        if region is None:
            continue
        territory = _Territory(gazetteer.territory_name(region), region.code, region.level)
        is_bare = found.is_short and (
            found.is_word or text[found.end - 1] not in "省市区县州盟旗"
        )  # 德宏 but not 德宏州
        league = _LEAGUE.match(text, found.end) if text[: found.start].endswith("团") else None
        form = _lexicon().form.match(text, found.end)
        if league:
            yield from _body(text, found.start, league.end(), territory, "委", "body of a territory")
        elif form and not (is_bare and form[0] in _NEEDS_FULL_NAME):
            yield from _body(text, found.start, form.end(), territory, form[0], "body of a territory")


def _body(text: str, start: int, end: int, territory: _Territory, form: str, rule: str) -> Iterator[_Found]:
    body = _lexicon().forms[form]
    if text[end : end + 1] in tuple(body.not_before) or _OFFICE_HOLDER.match(text, end):
        return
    if form == "委" and text[:start].endswith("团"):
        start -= 3 if text[:start].endswith("共青团") else 1
        yield _Found(start, end, f"共青团{territory.name}委员会", "association", territory.code, rule, 0.9)
        return
    if text[:start].endswith("中共"):
        start -= 2
    name = body.name
    if territory.level == "township" and name.startswith("中共") and name.endswith("委"):
        name += "员会"
    name = name.format(T=territory.name, court=COURTS.get(territory.level, "人民法院"))
    yield _Found(start, end, name, body.type, territory.code, rule, 0.95, territory.is_redacted)


def _is_level_word(text: str, start: int, level: str) -> bool:
    """Whether the level word at `start` stands for a territory and is no part of another word or name."""
    before = text[start - 1 : start]
    if before and before in _NOT_BEFORE_LEVEL.get(level, ""):
        return False
    return _OTHER_COMMITTEE.search(text, max(0, start - 6), start) is None


# --- bodies of the list -----------------------------------------------------------------------------------------------


def _known(text: str) -> list[_Found]:
    lexicon = _lexicon()
    found = []
    for index, start, end in lexicon.known_matcher.find_matches_as_indexes(text):
        body = lexicon.known[index]
        if end - start == 2 and _INSIDE_KNOWN.search(text[start - 1 : end + 1]):
            continue
        if body.name == "中国共产党" and not _PARTY_ACTS.match(text, end):
            continue
        if _NOT_AFTER_KNOWN.match(text, end) or _OFFICE_HOLDER.match(text, end):
            continue
        found.append(_Found(start, end, body.name, body.type, body.region_code, "known body", 0.9))
    return found


# --- bodies by shape --------------------------------------------------------------------------------------------------


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

    def found(self, at: int, code: str | None, rule: str, confidence: float, name: str | None = None) -> _Found:
        return _Found(at, self.end, name or self.text[at : self.end], self.type, code, rule, confidence)


def _shaped(text: str, regions: list[RegionMatch], known: list[_Found], context: _Context) -> Iterator[_Found]:
    lexicon = _lexicon()
    for index, start, end in lexicon.ending_matcher.find_matches_as_indexes(text):
        ending, kind = lexicon.endings[index]
        if _NOT_AFTER_ENDING.match(text, end) or text[start - 1 : start] == ending or _is_plural(text, start, ending):
            continue
        if text[end : end + 1] in ("〔", "["):  # 爱卫办〔2022〕1号
            continue
        if ending in lexicon.rules.general and _NOT_AFTER_GENERAL.match(text, end):
            continue
        left = _left_limit(text, start)
        if ending == "局" and text[start - 1 : start] in _NO_BUREAU:
            continue
        if text[start - 1 : end] in _NO_NAMES:
            continue
        if ending.endswith("城") and text[end : end + 1] == "市":
            continue
        if ending in lexicon.rules.general and not _may_be_named(text, left, start, regions, known):
            continue
        words = () if ending in TOWNSHIP_WORDS else _walk(text, left, start, end, regions)
        shape = _Shape(text, start, end, ending, kind, words)
        found = _community(shape, regions, context) if kind == "community" else _body_of(shape, regions, known, context)
        if found and (whole := _balanced(text, found)):
            yield whole


def _balanced(text: str, found: _Found) -> _Found | None:
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


def _may_be_named(text: str, left: int, start: int, regions: list[RegionMatch], known: list[_Found]) -> bool:
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
        if word in "“”":
            is_quoted = word == "”"
        elif not (is_quoted or offset in places or _may_stand_in_a_name(word, tag)):
            break
        first = at
    return tuple(words[first:])


def _may_stand_in_a_name(word: str, tag: str) -> bool:
    """Nouns may, and of the rest those that are part of names: 发展, 东部, 第一."""
    lexicon = _lexicon()
    if _PHRASE_OF_ACTION.search(word) or _ACTION_INSIDE.search(word):
        return False
    if tag not in BOUNDARY_TAGS or word in lexicon.name_verbs or word in lexicon.generic or word in "中东西南北（）":
        return True
    if len(word) == 2 and _HAN.fullmatch(word) and not rjieba.has_word(word):
        return _FUNCTION_CHARACTER.search(word) is None  # the tag of an unknown word is a guess
    if tag == "m":
        return word.startswith("第")
    return tag in {"l", "i"} or (tag == "f" and len(word) > 1 and word[-1] in "部岸")


def _holds_another(name: str) -> bool:
    """Whether a name runs over the end of a company's name or of a quotation: …有限公司生产基地."""
    return _ACTION_INSIDE.search(name) is not None or name.count("“") != name.count("”")


def _body_of(shape: _Shape, regions: list[RegionMatch], known: list[_Found], context: _Context) -> _Found | None:
    """The body, named by the leftmost of: territory, level word, known body, mask; else by a proper noun."""
    if not shape.words:
        return _bare(shape, context)
    text, first, start = shape.text, shape.first, shape.start
    region = next((r for r in regions if first <= r.start and r.end <= start and _is_usable(r, context)), None)
    region = _innermost(region, regions)
    level = next((o for o in (*(o for o, _, _ in shape.words), start - 1) if _level_of(text, o, context)), None)
    body = next((k for k in known if first <= k.start and k.end <= start), None)
    mask = _MASK.search(text, first, start)
    starts = (region.start if region else None, level, body.start if body else None, mask.start() if mask else None)
    at = min((s for s in starts if s is not None), default=None)
    if at is None:
        partner = next((k for k in known if k.end < first and text[k.end : first] in _FOUNDED_WITH), None)
        if partner:
            return shape.found(first, context.region_code, "founded with", 0.7, partner.name + text[first : shape.end])
        return _named_alone(shape, context)
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
    if shape.ending in _lexicon().rules.general and shape.ending not in {"基地", "中心", "平台"}:
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


def _bare(shape: _Shape, context: _Context) -> _Found | None:
    """卫健委, 教育局, 中医院 without a level word: that of the report's own territory."""
    own = next((t for t in context.levels.values() if t.code == context.region_code and t.level != "township"), None)
    if own is None or own.level == "province" or len(shape.ending) < 3:
        return None
    is_department = shape.type == "department" and shape.ending.endswith(("局", "厅", "委", "委员会", "办", "支队"))
    if not (is_department or shape.ending in _lexicon().rules.bare) or shape.ending == "管委会":
        return None
    if _MANY.search(shape.text, max(0, shape.start - 3), shape.start):
        return None
    return shape.found(shape.start, own.code, "bare body", 0.5, own.name + _expanded(shape.ending))


def _level_of(text: str, at: int, context: _Context) -> tuple[str, _Territory] | None:
    """The level word at `at` and the territory that it stands for."""
    word = next((w for w in LEVEL_WORDS if text.startswith(w, at)), None)
    territory = context.levels.get(word) if word else None
    if word == "省" and text[at + 1 : at + 2] in tuple("市区县部院"):  # 省市共建
        return None
    if word is None or territory is None or text[at - 1 : at] == "全" or not _is_level_word(text, at, word):
        return None
    return None if _NOT_AFTER_LEVEL.match(text, at + len(word)) else (word, territory)


def _leveled(shape: _Shape, at: int, context: _Context) -> _Found | None:
    """市民政局, 省职业技能鉴定中心, 我市创城工作领导小组."""
    level = _level_of(shape.text, at, context)
    if level is None:
        return None
    word, territory = level
    behind = at + len(word)
    work = shape.text[behind : shape.start]
    rules = _lexicon().rules
    if len(work) + len(shape.ending) < 3 or (not work and shape.ending in rules.need_work):
        return None
    if not _says_whose(shape, work):
        return None
    begin = at - (shape.text[at - 1 : at] == "我")
    name = territory.name + _expanded(shape.text[behind : shape.end])
    found = shape.found(begin, territory.code, "shape behind a level word", 0.85, name)
    return replace(found, is_redacted=territory.is_redacted)


def _says_whose(shape: _Shape, work: str) -> bool:
    """Whether the words between territory and ending make one body of it, not a kind: 市重点中学, 市中小企业."""
    if shape.ending in _lexicon().rules.general:
        return len(work) >= 2 and work[:1] != "委" and work not in _KINDS
    return shape.type not in {"park", "school", "enterprise", "hospital"} or not _is_a_kind(work)


def _regional(shape: _Shape, at: RegionMatch, context: _Context) -> _Found | None:
    """佛山高新区, 贵溪市财政局, 深圳市千宝科技有限公司."""
    region = gazetteer.resolve(at.candidates, context.region_code)
    rules = _lexicon().rules
    stem = shape.text[at.end : shape.start]
    if not stem and len(shape.ending) < 3 and shape.ending not in rules.no_stem:
        return None
    if shape.ending in rules.general and shape.ending != "厂" and (at.is_short or len(stem) < 2):
        return None
    if shape.ending == "厂" and not stem:
        return None
    is_kind = (
        stem
        and shape.ending not in {"学院", "大学"}
        and shape.type in {"enterprise", "school", "hospital"}
        and _is_a_kind(stem)
    )
    if is_kind and shape.ending not in rules.strong:
        return None
    name = None
    if shape.type in {"department", "court"} and region and shape.ending not in rules.no_stem:
        name = gazetteer.territory_name(region) + _expanded(shape.text[at.end : shape.end])
    return shape.found(at.start, region.code if region else context.region_code, "shape behind a territory", 0.8, name)


def _named_alone(shape: _Shape, context: _Context) -> _Found | None:
    """A body named by a proper noun alone: 清凉山传媒培训学院, 中德工业服务区."""
    rules = _lexicon().rules
    code = context.region_code
    pair = _TWO_COUNTRIES.search(shape.text, _left_limit(shape.text, shape.start), shape.start)
    if pair and shape.type == "park":
        return shape.found(pair.start(), code, "park of two countries", 0.7)
    if (shape.type == "department" or shape.ending in rules.bare) and shape.words[-1][
        1
    ] in _lexicon().name_verbs:  # 协调教育局
        return _bare(shape, context)
    if shape.ending in rules.general:
        return None
    if shape.ending in rules.weak:
        return _recurring(shape, context)
    is_wide = shape.words[0][1] in WORLD_WORDS and shape.type in {"association", "other"}
    if is_wide and len(shape.words) > 1 and not _is_generic(shape.text[shape.words[1][0] : shape.start]):
        return shape.found(shape.first, None, "national or international body", 0.6)
    if shape.ending in rules.groups and context.report.issuer_name:
        return _own_group(shape, context)
    if shape.type not in PROPER_TYPES and shape.ending not in rules.proper:
        return None
    is_school = shape.ending in {"大学", "学院"}
    at = next((o for o, w, tag in shape.words if _is_proper(w, tag) or (is_school and tag == "ns")), None)
    if at is None and shape.ending in {"中学", "小学", "幼儿园", "学校"}:
        return _plain_school(shape, context)
    if at is None:
        long_enough = shape.ending in rules.strong and shape.start - shape.first >= 4
        return shape.found(shape.first, code, "company", 0.6) if long_enough else None
    is_counted = shape.text[at - 1 : at].isdigit()  # 5家镇卫生院
    if is_counted or shape.start - at < 2 or shape.text[at : shape.start] in _lexicon().generic:
        return None
    return shape.found(at, code, "shape of a proper noun", 0.75 if shape.ending in rules.strong else 0.5)


def _recurring(shape: _Shape, context: _Context) -> _Found | None:
    """A proper noun with an ending that proves little (川渝高竹新区): a name if the report repeats it."""
    at = next((o for o, w, tag in shape.words if _is_proper(w, tag)), None)
    if at is None or not 2 <= shape.start - at <= 8 or shape.ending not in _RECURRING:
        return None
    name = shape.text[at : shape.end]
    if sum(p.text.count(name) for p in context.report.paragraphs) < 2:
        return None
    return shape.found(at, context.region_code, "recurring name", 0.5)


def _plain_school(shape: _Shape, context: _Context) -> _Found | None:
    """A school with a common noun for its name: 城东小学, 民族学校; no count of schools, no kind of them."""
    name = shape.text[shape.first : shape.start]
    before = shape.text[shape.first - 1 : shape.first]
    if not 2 <= len(name) <= 6 or _is_a_kind(name) or before in tuple("所个各类批座家校") or not _HAN.fullmatch(name):
        return None
    if (
        _MANY_SCHOOLS.search(name)
        or all(w in _lexicon().generic for _, w, _ in shape.words)
        or not all(t[0] in "nfjs" for _, _, t in shape.words)
    ):
        return None
    return shape.found(shape.first, context.region_code, "school of a common name", 0.45)


def _own_group(shape: _Shape, context: _Context) -> _Found | None:
    """教育整顿领导小组, 民主评议工作组: a group that the issuer, or the territory of a government, has set up."""
    work = shape.text[shape.first : shape.start]
    if len(work) < 4 or _is_generic(work) or shape.words[0][1] in _NO_GROUP:
        return None
    report = context.report
    own = next((t.name for t in context.levels.values() if t.code == report.region_code), "")
    whose = own if report.issuer_type in {"government", "territory"} and own else report.issuer_name or ""
    name = whose + shape.text[shape.first : shape.end]
    return shape.found(shape.first, report.region_code, "group of the issuer", 0.5, name)


def _is_usable(found: RegionMatch, context: _Context) -> bool:
    region = gazetteer.resolve(found.candidates, context.region_code)
    return region is not None and _names_a_place(found, region, context)


def _is_proper(word: str, tag: str) -> bool:
    lexicon = _lexicon()
    if word in lexicon.generic or word in lexicon.name_verbs or len(word) < 2 or gazetteer.is_common_word(word):
        return False
    return tag in PROPER_TAGS or not rjieba.has_word(word)


def _is_generic(words: str) -> bool:
    """Whether these are nothing but generic nouns: 中小, 民营, 国家级."""
    return all(w in _lexicon().generic and w not in _TELLING for w in rjieba.cut(words))


def _is_a_kind(words: str) -> bool:
    """Whether these say what kinds are meant, not which: 公立, 乡镇, 中小; 老年 and 商业 tell one body."""
    return _is_generic(words) and any(w in _lexicon().rules.kinds for w in rjieba.cut(words) or (words,))


def _expanded(stem: str) -> str:
    for short, full in _lexicon().expand:
        if stem.endswith(short):
            return stem[: -len(short)] + full
    return stem


def _community(shape: _Shape, regions: list[RegionMatch], context: _Context) -> _Found | None:
    """麦积镇, 九龙村, XX社区: towns are territories, villages and neighbourhoods communities."""
    text, start, end = shape.text, shape.start, shape.end
    if shape.ending in {"村", "社区"} and _NOT_AFTER_VILLAGE.match(text, end):
        return None
    kind = "territory" if shape.ending in {"镇", "乡", "苏木"} else "community"
    mask = _MASK_BEFORE.search(text, max(0, start - 6), start)
    if mask:
        return _Found(mask.start(), end, text[mask.start() : end], kind, context.region_code, "masked body", 0.8, True)
    if shape.ending in TOWNSHIP_WORDS:
        return _town(text, start, end, kind, regions, context)
    if not shape.words:
        return None
    offset, word, tag = shape.words[-1]
    if (len(word) > 1 and tag[0] in "val") or (offset + len(word) > start and tag != "ns"):
        return None
    if len(shape.words) > 1 and len(word) == 1 and shape.words[-2][1] not in LEVEL_WORDS:
        offset, word, tag = shape.words[-2][0], shape.words[-2][1] + word, "x"
    stem = text[offset:start].lstrip("乡镇")
    offset = start - len(stem)
    is_town = any(level in context.levels for level in TOWNSHIP_WORDS)  # its villages may bear common names: 黄金村
    if is_town and shape.ending == "村" and 2 <= len(stem) <= 3 and tag[0] == "n" and stem not in _lexicon().generic:
        return _Found(offset, end, text[offset:end], kind, context.region_code, "village of the town", 0.6)
    if not 2 <= len(stem) <= 4 or not _HAN.fullmatch(stem) or stem in _lexicon().generic or not _is_proper(word, tag):
        return None
    return _Found(offset, end, text[offset:end], kind, context.region_code, "village or neighbourhood", 0.6)


def _town(text: str, start: int, end: int, kind: str, regions: list[RegionMatch], context: _Context) -> _Found | None:
    """A town of the county or prefecture, or one behind the name of its county."""
    if text[start - 1 : start] in tuple("古小名特集重乡村城全各"):
        return None
    before = next((r for r in regions if start - 5 <= r.end < start), None)
    if before:
        region = gazetteer.resolve(before.candidates, context.region_code)
        if region and region.level != "province" and text[before.end : end] in gazetteer.townships(region.code):
            name = gazetteer.territory_name(region) + text[before.end : end]
            return _Found(before.start, end, name, kind, region.code, "town behind its county", 0.9)
    towns = gazetteer.townships(context.region_code) if context.region_code else {}
    for length in (5, 4, 3, 2, 1):
        county = towns.get(text[start - length : end]) if length <= start else None
        region = gazetteer.by_code(county, context.report.report_date) if county else None
        if region:
            name = gazetteer.territory_name(region) + text[start - length : end]
            town = _Territory(name, region.code, "township")
            form = _lexicon().form.match(text, end)
            if form:
                return next(_body(text, start - length, form.end(), town, form[0], "body of a town"), None)
            return _Found(start - length, end, name, kind, region.code, "town of the list", 0.9)
    return None


def _special(text: str, regions: list[RegionMatch], context: _Context) -> Iterator[_Found]:
    """Forms that follow no ending: 九中, 贵溪一中, 佛山市第十四届人民代表大会, 省第十二次党代会, 《中国教育报》."""
    city = context.levels.get("市")
    for match in _NUMBERED_SCHOOL.finditer(text) if city else ():
        name = _school_name(city.name, match) if city else ""
        yield _Found(match.start(), match.end(), name, "school", context.region_code, "numbered school", 0.7)
    for match in _LEVEL_NUMBERED.finditer(text):
        territory = context.levels.get(match["level"])
        if territory and _is_level_word(text, match.start(), match["level"]):
            name = territory.name + "第" + match[2] + _NUMBERED[match[3]]
            kind = "hospital" if match[3] in {"院", "医院"} else "school"
            yield _Found(match.start(), match.end(), name, kind, territory.code, "numbered body", 0.8)
    for match in _NEWSPAPER.finditer(text):
        yield _Found(match.start(1), match.end(1), match[1], "media", None, "newspaper", 0.8)
    for match in _LEVEL_MEETING.finditer(text):
        territory = context.levels.get(match[1])
        if territory and _is_level_word(text, match.start(), match[1]):
            yield _meeting(match.start(), match, territory)
    for found in regions:
        region = gazetteer.resolve(found.candidates, context.region_code)
        if region is None:
            continue
        territory = _Territory(gazetteer.territory_name(region), region.code, region.level)
        if school := _NUMBERED_SCHOOL_BEHIND.match(text, found.end):
            name = _school_name(territory.name, school)
            yield _Found(found.start, school.end(), name, "school", region.code, "numbered school", 0.8)
        elif meeting := _MEETING.match(text, found.end):
            yield _meeting(found.start, meeting, territory)


def _school_name(territory: str, match: re.Match[str]) -> str:
    return f"{territory}第{match[1]}{_NUMBERED[match[2]]}"


def _meeting(start: int, match: re.Match[str], territory: _Territory) -> _Found:
    """The congress that meets stands for the body: 第十四届人民代表大会第三次会议."""
    if "政协" in match[0] or "委员会" in match[0]:
        name, kind = f"政协{territory.name}委员会", "cppcc"
    elif "党代会" in match[0]:
        name, kind = f"中国共产党{territory.name}{match['which']}代表大会", "party"
    elif "人" in match[0]:
        name, kind = f"{territory.name}人民代表大会", "congress"
    else:
        name, kind = f"中国共产党{territory.name}{match['which']}代表大会", "party"
    if kind == "party" and match.string[:start].endswith("中国共产党"):
        start -= len("中国共产党")
    return _Found(start, match.end(), name, kind, territory.code, "meeting of a body", 0.7, territory.is_redacted)


def _brands(text: str, context: _Context) -> Iterator[_Found]:
    """Enterprises named by a brand and a trade: 中锦发展, 辛诚硅业."""
    for match in _lexicon().brand.finditer(text):
        word = match[1]
        if not _BRAND_VERB.search(word) and (_is_brand(word) or not rjieba.has_word(word)):
            yield _Found(match.start(1), match.end(), match[0], "enterprise", context.region_code, "brand", 0.5)


def _listed(text: str, context: _Context) -> Iterator[_Found]:
    """格力电器、日立电梯等一批大型企业: what a list of enterprises or universities holds."""
    for match in _LIST_OF.finditer(text):
        kind = "school" if match[2] in {"高校", "大学", "院校"} else "enterprise"
        start = match.start(1)
        for item in match[1].split("、"):
            name = _LIST_VERB.sub("", item)
            begin = start + len(item) - len(name)
            start += len(item) + 1
            if 2 <= len(name) <= 10 and (_is_brand(name) or _has_trade(name)):
                yield _Found(begin, begin + len(name), name, kind, context.region_code, "list of enterprises", 0.55)


def _has_trade(name: str) -> bool:
    """西山煤电, 太阳镁业: a word before a trade."""
    trade = next((t for t in _lexicon().trades if name.endswith(t)), None)
    return trade is not None and 2 <= len(name) - len(trade) <= 4 and name[: -len(trade)] not in _lexicon().generic


def _invested(text: str, context: _Context) -> Iterator[_Found]:
    """投资12亿元的宏泽新材料项目: the unknown words at the head of an investment are its enterprise."""
    for match in _INVESTMENT.finditer(text):
        at, end = match.end(), match.end()
        for word, tag in rjieba.tag(text[match.end() : match.end() + 8]):
            if end == at and gazetteer.lookup(word):  # 大同协鑫
                at = end = end + len(word)
            elif _HAN.fullmatch(word) and _is_proper(word, tag) and not gazetteer.lookup(word):
                end += len(word)
            else:
                break
        if 3 <= end - at <= 6:
            yield _Found(at, end, text[at:end], "enterprise", context.region_code, "head of an investment", 0.45)


def _is_brand(name: str) -> bool:
    """Whether an item of a list of enterprises is a proper name: no verb nor particle in it, and a proper noun."""
    if name in _lexicon().generic or gazetteer.lookup(name):
        return False
    words = rjieba.tag(name)
    return all(_may_stand_in_a_name(w, t) for w, t in words) and any(_is_proper(w, t) for w, t in words)


def _neighbours(text: str, kept: list[_Found], taken: bytearray, context: _Context) -> list[_Found]:
    """Items of a list that stand beside an enterprise or a park in it: 一汽集团、华微电子, 高新区、化工园区."""
    found = []
    reached = [f for f in kept if f.type in {"enterprise", "park"}]
    while reached:
        known = reached.pop()
        for item in (_ITEM_AFTER.match(text, known.end), _item_before(text, known.start)):
            if item is None or any(taken[item.start(1) : item.end(1)]) or not _fits(item[1], known.type):
                continue
            start, end = item.span(1)
            taken[start:end] = b"\x01" * (end - start)
            name = item[1]
            if known.type == "park" and known.rule == "bare body":
                name = known.name.removesuffix(text[known.start : known.end]) + name
            new = _Found(start, end, name, known.type, context.region_code, "neighbour in a list", 0.45)
            found.append(new)
            reached.append(replace(new, rule=known.rule, name=known.name) if known.rule == "bare body" else new)
    return found


def _with_party(text: str, found: _Found) -> _Found:
    """The party committee or group of an institution: 市财政局党组, 新源路社区党委."""
    party = _INSTITUTION_PARTY.match(text, found.end) if found.type not in {"territory", "party", "park"} else None
    if party is None:
        return found
    name = f"中共{found.name}{ {'党组': '党组', '党支部': '支部委员会'}.get(party[1], '委员会') }"
    return replace(found, end=party.end(), name=name, type="party", rule="party body of an institution")


def _item_before(text: str, end: int) -> re.Match[str] | None:
    """The item that ends in 、 right before `end`, without the verb that may open the list."""
    item = _ITEM_BEFORE.search(text, max(0, end - 14), end)
    verb = _LIST_VERB.match(item[1]) if item else None
    return re.compile("(" + item[1][verb.end() :] + ")、").search(text, item.start(), end) if item and verb else item


def _fits(item: str, kind: str) -> bool:
    if kind == "park":
        return item.endswith(_PARK_ENDINGS) and not any(t[0] in "vmdpru" for _, t in rjieba.tag(item)[:-1])
    return not item.endswith(_NO_ENTERPRISE) and _is_brand(item)


# --- territories ------------------------------------------------------------------------------------------------------


def _territories(text: str, regions: list[RegionMatch], context: _Context) -> Iterator[_Found]:
    previous: tuple[int, Region, int] | None = None  # start, region, end of the name right before
    for found in regions:
        region = gazetteer.resolve(found.candidates, context.region_code)
        begin = found.start
        if previous and previous[2] == found.start:  # 甘肃张掖: the second within the first
            inside = tuple(r for r in found.candidates if _lies_in(r, previous[1], found.is_word))
            if inside:
                region, begin = gazetteer.resolve(inside, context.region_code), previous[0]
        previous = (begin, region, found.end) if region else None
        if region is None or (begin == found.start and not _names_a_place(found, region, context)):
            continue
        own = region.code == context.region_code
        is_loose = found.is_word and found.is_short and region.level == "county" and begin == found.start
        if is_loose and _HAN.match(text[found.end : found.end + 1]):  # 合作|社 in a report of 合作市
            continue
        if not own and (_ATTRIBUTIVE.match(text, found.end) or _is_only_a_place(text, begin, found, region, context)):
            continue
        if _is_in_title(text, begin):
            continue
        name = gazetteer.territory_name(region)
        confidence = 0.6 if found.is_short and not own else 0.9
        yield _Found(begin, found.end, name, "territory", region.code, "territory", confidence)


def _lies_in(region: Region, above: Region, is_word: bool) -> bool:
    """Whether a name behind that of another territory is a place in it; common words (辽宁振兴) only right below it."""
    return region.parent_code == above.code if is_word else gazetteer.is_within(region, above.code)


def _is_only_a_place(text: str, start: int, found: RegionMatch, region: Region, context: _Context) -> bool:
    """Whether the territory is only where something is, or the beginning of another name.

    在北京举办, 太原-吕梁, 被评为抚州市“…”, 重庆毛哥食品, and names in 《》.
    """
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
    if _WATERS.match(text, found.end - 1) or _WATERS_BEFORE.search(text[max(0, start - 4) : found.end]):
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


def _names_a_place(found: RegionMatch, region: Region, context: _Context) -> bool:
    nearness = gazetteer.nearness(region, context.region_code)
    if region.level == "province":
        return True
    if region.level == "county" and nearness == 0 and gazetteer.is_common_word(region.short_name):  # 解放区, 老城区
        return False
    if found.is_word:
        return nearness == 4
    if found.is_short and region.level == "county":
        return nearness >= 1
    return True


# --- the vocabulary, compiled -----------------------------------------------------------------------------------------


@cache
def _lexicon() -> _Lexicon:
    words = vocabulary.organizations()
    forms = {form: body for body in words.bodies for form in body.forms}
    alternatives = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    known = [(form, body) for body in vocabulary.known_organizations() for form in (body.name, *body.forms)]
    listed = {ending: kind for kind, group in words.endings.items() for ending in group}
    endings = tuple(
        {
            **dict.fromkeys(words.departments, "department"),
            **dict.fromkeys(words.bureaus, "department"),
            **listed,
        }.items()
    )
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    trades = "|".join(trade for trade in words.trades if trade not in words.common_trades)
    return _Lexicon(
        forms,
        re.compile(f"({_LEVEL})({alternatives})"),
        re.compile(alternatives),
        tuple(body for _, body in known),
        ahocorasick_rs.AhoCorasick([form for form, _ in known], matchkind=longest),
        endings,
        ahocorasick_rs.AhoCorasick([ending for ending, _ in endings], matchkind=longest),
        tuple(sorted(words.departments.items(), key=lambda item: -len(item[0]))),
        words.name_verbs.set(),
        words.generic.set(),
        words.ending_rules,
        words.trades,
        re.compile(rf"{_BRAND_HEAD}(?:{trades}){_BRAND_TAIL}"),
    )
