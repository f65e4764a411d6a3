"""What the readers of organizations share: the territory and issuer that a report speaks of, and what makes a name.

Word segmentation proposes which words may belong to a name; the rules decide. Its tags of unknown words are guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import rjieba

from etl import gazetteer, vocabulary
from etl.gazetteer import Region, RegionMatch
from etl.records import Report

LEVEL_WORDS = ("自治区", "自治州", "自治县", "街道", "省", "市", "区", "县", "州", "盟", "旗", "镇", "乡", "场")
TOWNSHIP_WORDS = frozenset({"街道", "镇", "乡"})
LEVEL = "|".join(LEVEL_WORDS)
MASK = re.compile(r"[XxＸｘ×*＊]{1,6}")
# What stands before a level word that is part of another word: 城|市, 社|区, 各|县.
_NOT_BEFORE_LEVEL = {
    "市": "城都超股上开夜门地县区楼汽集早菜花房债车罢应入各两本该多三四五六七八九十几个外跨",
    "区": "县社园小景地城片山灾老校库林牧辖特新郊街市厂战军矿港疫专范验发功居产住商作误湖滩各两本该多个跨东西南北外内",
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
_NATIONAL_KINDS = frozenset({"政府工作报告", "统计公报"})
_OTHER_COMMITTEE = re.compile(r"中共[一-龥]{1,3}$")  # 中共川陕|省委
REPORT_OF_BODY = re.compile("工作报告")
_BRAND_HEAD = (
    r"(?:(?<=^)|(?<=[、，。：；（进和与对及由是])"
    r"|(?<=推动|支持|依托|加快|培育|扶持|鼓励|服务|帮助|促进|确保|吸引|组建|重组|助力|推进|抓好|争取|引进|新增|签约|开工|投产))([一-龥]{2})"
)
_BRAND_TAIL = (
    r"(?=[、，。；）等和与及]|项目|公司|落户|投产|上市|开工|荣获|获|入选|建成|竣工|签约|[一二三四五六]期|\d+[家户个])"
)
ACTION_INSIDE = re.compile(
    "公司|所属|下属|[委局办]联合|会同|申[报建]|创成|建设(?:高|现代|国家|世界)|晋升|创建|努力|实现|成为|打造|建成|获批|[的了被]"
)
_FUNCTION_CHARACTER = re.compile("[还同会用把将与及等在被使为以向对从由并又都更最很较再各每某此该这那其我你他建强做投]")
_PHRASE_OF_ACTION = re.compile(
    "围绕|建立|健全|落实|贯彻|坚持|推|深入|促进|实现|成为|具有|打造|全面|大力|积极|牢固|紧紧|力争|做优|做强|做大|扩能|提质|筑牢|打好|新建|投用|启用|迁建"
)
# 人 话 戏 of a place, and roads that begin there: 太原|至吕梁高速.
_BEHIND_PLACES = "[话籍戏剧菜酒人式版]|至[一-龥]{2,4}(?:高速|铁路|公路|段)"
_PUBLIC_WORKS = (
    "[^，。；、]{0,8}(?:高速|公路|铁路|客运专线|客专|大桥|水厂|调蓄|运河)",
    "[东西南北大中小](?:路|街|桥|河|湖|山|湾|岸|线|段|外|环|片|区|城|站|门|部)",
)
HAN = re.compile("[一-龥]+")
_MASKED_TOWN = {
    word: re.compile(r"[XxＸ×]{1,6}" + ("[一-龥]{0,3}场" if word == "场" else word))
    for word in ("街道", "镇", "乡", "场")
}
# Short names of these endings are a kind of place too: 新区, 城区, 郊区.
KINDS_OF_PLACES = ("区", "郊", "老城", "新城", "古城", "山城", "江城", "公园", "合作", "资源", "港口", "回民")
BOUNDARY_TAGS = frozenset(
    {"v", "p", "c", "u", "uj", "ul", "uv", "uz", "ud", "ug", "r", "m", "q", "d", "df", "y", "e", "o", "x", "t", "tg"}
    | {"vd", "vi", "vq", "f", "a", "ad", "l", "i"}
)
PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "nz", "nt", "ns"})
_TELLING = frozenset({"人民", "中医", "妇幼", "职业", "技术"})  # generic words that tell schools and hospitals apart


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    name: str
    type: str
    region_code: str | None
    rule: str
    confidence: float
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory that words like 市 or 镇 stand for in a report."""

    name: str
    code: str | None
    level: str  # province prefecture county township
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the report says of itself: its territory, those above, its issuer."""

    report: Report
    region_code: str | None
    levels: dict[str, Territory]  # level word → territory
    is_national: bool
    is_known_by_its_short_name: bool  # 平川 for 平川区, though it is a common word too


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The vocabulary, compiled."""

    forms: dict[str, vocabulary.Body]
    level_body: re.Pattern[str]
    form: re.Pattern[str]
    known: tuple[vocabulary.KnownOrganization, ...]
    known_matcher: ahocorasick_rs.AhoCorasick
    in_business: dict[str, vocabulary.KnownOrganization]  # 三峡, 大众: enterprises where the text speaks of business
    in_business_matcher: ahocorasick_rs.AhoCorasick
    enterprises: dict[str, str]  # every form of an enterprise known throughout the country → its name
    before: dict[str, list[vocabulary.KnownOrganization]]  # name → the bodies whose work it took over
    of_the_state: dict[str, vocabulary.KnownOrganization]  # 发展和改革委员会 → 国家发展和改革委员会
    endings: tuple[tuple[str, str], ...]  # (ending, type)
    ending_matcher: ahocorasick_rs.AhoCorasick
    expand: tuple[tuple[str, str], ...]  # longest first
    name_verbs: frozenset[str]
    generic: frozenset[str]
    rules: vocabulary.EndingRules
    trades: tuple[str, ...]
    brand: re.Pattern[str]
    list_verb: re.Pattern[str]
    attributive: re.Pattern[str]
    not_enterprises: tuple[str, ...]
    public_works: re.Pattern[str]
    goods: re.Pattern[str]  # to the end of an item of a list that names some: 碳纤维二期
    coined: frozenset[str]  # 补链: no dictionary has them, and they name no enterprise
    brand_openings: frozenset[str]  # words that brands begin with: 中科
    park_endings: tuple[str, ...]
    brand_of_a_city: re.Pattern[str]
    brand_of_a_list: re.Pattern[str]
    works: dict[str, tuple[str, ...]]  # 民政 → 民政局, 民政厅
    listed_works: re.Pattern[str]


def read_context(report: Report) -> Context:
    code = report.region_code
    levels: dict[str, Territory] = {}
    if code and gazetteer.by_code(code):
        for region in (gazetteer.by_code(code, report.report_date), *gazetteer.ancestors(code)):
            if region is None:
                continue
            territory = Territory(gazetteer.territory_name(region), region.code, region.level)
            for word in level_words(region):
                levels.setdefault(word, territory)
    for word in ("街道", "镇", "乡", "场"):  # the mask of the report names its own town first
        masked = next((m for p in report.paragraphs[:12] if (m := _MASKED_TOWN[word].search(p.text))), None)
        if masked:
            levels[word] = Territory(masked[0], code, "township", True)
    town = re.search(r"([XxＸ×*]{1,6}|[一-龥]{1,6}?)(街道|镇|乡)", _without_region(report.issuer_name or "", levels))
    if town:
        redacted = bool(MASK.fullmatch(town[1]))
        county = next((t.name for t in levels.values() if t.level == "county"), "")
        name = town[0] if redacted else county + town[0]
        levels[town[2]] = Territory(name, code, "township", redacted)
    is_national = not code and report.kind in _NATIONAL_KINDS
    return Context(report, code, levels, is_national, _is_known_by_its_short_name(report, code))


def _is_known_by_its_short_name(report: Report, code: str | None) -> bool:
    """Whether the report says its county's short name again and again, and the dictionary takes it for a name."""
    region = gazetteer.by_code(code) if code else None
    if region is None or region.level != "county" or not gazetteer.is_common_word(region.short_name):
        return False
    is_name = all(tag in PROPER_TAGS for _, tag in rjieba.tag(region.short_name))
    alone = re.compile(f"{region.short_name}(?![省市县区])")
    return is_name and sum(len(alone.findall(p.text)) for p in report.paragraphs) > 2


def _without_region(name: str, levels: dict[str, Territory]) -> str:
    for territory in levels.values():
        name = name.removeprefix("中共").removeprefix(territory.name)
    return name


def level_words(region: Region) -> tuple[str, ...]:
    """The words that stand for a territory in its own reports: 自治区 and 区 for 广西."""
    for long in ("自治区", "自治州", "自治县"):
        if region.name.endswith(long):
            return (long, long[-1])
    return (region.name[-1],)


def own_name(context: Context) -> str:
    """The territory that the report is about, '' without one."""
    return next((t.name for t in context.levels.values() if t.code == context.region_code), "")


def park_owner(context: Context) -> str:
    """What stands before the name of an own park: 延安 of 延安高新区, whether the text says so or only 高新区."""
    region = gazetteer.by_code(context.region_code) if context.region_code else None
    return region.short_name if region else ""


def is_level_word(text: str, start: int, level: str) -> bool:
    """Whether the level word at `start` stands for a territory and is no part of another word or name."""
    before = text[start - 1 : start]
    if before and before in _NOT_BEFORE_LEVEL.get(level, ""):
        return False
    if before == "（" and text[start + len(level) :].startswith("）"):  # 县（区）园区
        return False
    return _OTHER_COMMITTEE.search(text, max(0, start - 6), start) is None


def may_stand_in_a_name(word: str, tag: str) -> bool:
    """Nouns may, and of the rest those that are part of names: 发展, 东部, 第一."""
    terms = lexicon()
    if _PHRASE_OF_ACTION.search(word) or ACTION_INSIDE.search(word):
        return False
    if tag not in BOUNDARY_TAGS or word in terms.name_verbs or word in terms.generic or word in "中东西南北（）":
        return True
    if 2 <= len(word) <= 4 and HAN.fullmatch(word) and not rjieba.has_word(word):
        return _FUNCTION_CHARACTER.search(word) is None  # the tag of an unknown word is a guess
    if tag == "m":
        return word.startswith("第")
    return tag in {"l", "i"} or (tag == "f" and len(word) > 1 and word[-1] in "部岸")


def is_usable(found: RegionMatch, context: Context) -> bool:
    """Whether a name of a territory may begin the name of a body; a common word may in a report of its own city."""
    region = gazetteer.resolve(found.candidates, context.region_code)
    if region is None:
        return False
    is_own = gazetteer.is_of_own_city(region, context.region_code)
    return names_a_place(found, region, context) or (is_own and not region.short_name.endswith(KINDS_OF_PLACES))


def is_proper(word: str, tag: str) -> bool:
    terms = lexicon()
    if word in terms.generic or word in terms.name_verbs or len(word) < 2 or gazetteer.is_common_word(word):
        return False
    return tag in PROPER_TAGS or not rjieba.has_word(word)


def is_generic(words: str) -> bool:
    """Whether these are nothing but generic nouns: 中小, 民营, 国家级."""
    return all(w in lexicon().generic and w not in _TELLING for w in rjieba.cut(words))


def is_a_kind(words: str) -> bool:
    """Whether these say what kinds are meant, not which: 公立, 乡镇, 中小; 老年 and 商业 tell one body."""
    return is_generic(words) and any(w in lexicon().rules.kinds for w in rjieba.cut(words) or (words,))


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a short name begins or ends inside a word: 奥林|匹克, 重汽|车."""
    left = at = max(0, start - 4)
    for word in rjieba.cut(text[left : end + 4]):
        behind = at + len(word)
        if at < start < behind <= end or start <= at < end < behind:
            return True
        if at < start and end < behind:
            return True
        at = behind
    return False


def expanded(stem: str) -> str:
    for short, full in lexicon().expand:
        if stem.endswith(short):
            return stem[: -len(short)] + full
    return stem


def names_a_place(found: RegionMatch, region: Region, context: Context) -> bool:
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


@cache
def lexicon() -> _Lexicon:
    words = vocabulary.organizations()
    forms = {form: body for body in words.bodies for form in body.forms}
    alternatives = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    known = [(form, body) for body in vocabulary.known_organizations() for form in (body.name, *body.forms)]
    in_business = {form: body for body in vocabulary.known_organizations() for form in body.forms_in_business}
    before: dict[str, list[vocabulary.KnownOrganization]] = {}
    for body in vocabulary.known_organizations():
        before.setdefault(body.successor or "", []).append(body)
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
    every_trade = "|".join(words.trades)
    trades_of_lists = "|".join(words.common_trades - {"文化", "信息", "通信"})
    works: dict[str, tuple[str, ...]] = {}
    for ending in (*words.bureaus, *words.departments):
        if ending.endswith(("局", "厅", "委")) and len(ending) > 2:
            works[ending[:-1]] = (*works.get(ending[:-1], ()), ending)
    work = "|".join(sorted(works, key=len, reverse=True))
    return _Lexicon(
        forms,
        re.compile(f"({LEVEL})({alternatives})"),
        re.compile(alternatives),
        tuple(body for _, body in known),
        ahocorasick_rs.AhoCorasick([form for form, _ in known], matchkind=longest),
        in_business,
        ahocorasick_rs.AhoCorasick(list(in_business), matchkind=longest),
        {form: body.name for form, body in (*known, *in_business.items()) if body.type == "enterprise"},
        before,
        {form[2:]: body for form, body in known if form.startswith("国家") and body.type == "department"},
        endings,
        ahocorasick_rs.AhoCorasick([ending for ending, _ in endings], matchkind=longest),
        tuple(sorted(words.departments.items(), key=lambda item: -len(item[0]))),
        words.name_verbs.set(),
        words.generic.set(),
        words.ending_rules,
        words.trades,
        re.compile(rf"{_BRAND_HEAD}(?:{trades}){_BRAND_TAIL}"),
        re.compile(rf"^.*(?:{'|'.join(words.list_verbs)})(?=.{{2}})"),
        re.compile(rf"[一-龥]{{0,6}}?(?:{'|'.join(words.place_nouns)})|{_BEHIND_PLACES}"),
        words.not_enterprises,
        re.compile("|".join((*words.public_works, *_PUBLIC_WORKS))),
        re.compile(
            rf"[^，。；、！？：“”（）的和与及等]{{0,8}}?(?:{'|'.join((*words.goods, *words.trades))})"
            "[^，。；、！？：“”（）的]{0,6}(?=[、（]|和[一-龥]|等)"
        ),
        frozenset(words.coined),
        frozenset(words.brand_openings),
        words.endings["park"],
        re.compile(rf"([一-龥]{{2}})(?:{every_trade}){_BRAND_TAIL}"),
        re.compile(rf"{_BRAND_HEAD}(?:{trades_of_lists})(?=[、等]|和[一-龥]{{2,6}}等)"),
        works,
        re.compile(rf"({LEVEL})((?:{work})(?:[、和](?:{work}))+)(?=等?[一-龥]{{0,4}}部门)"),
    )
