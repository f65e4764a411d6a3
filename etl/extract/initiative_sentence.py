"""A paragraph as the readings of initiatives see it: its words, the places over which no name reaches, its class nouns.

The words are data in schema/vocabulary/initiatives.toml, the names known throughout the country in initiatives.csv.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import rjieba

from etl import gazetteer, vocabulary

LONGEST_NAME = 36  # characters
QUOTED = re.compile(r"“([^“”]{2,45})”|\"([^\"]{2,40})\"")
MARKS = re.compile('[“”‘’"《》]')
PUNCTUATION = re.compile(r"[，。；：！？、,;:!?…（）()《》〈〉\[\]【】\s|①-⒛]|——")
COUNTED = re.compile(
    r"(?<!第)\d[\d.,]*[多余]?[万亿千百]*[多余]?(?:个|项(?!目)|家|间|条|座|批|名|场|次|类|处|所|款|支|只|户|元|%|月|日|季度|届|件|宗|人次|人)"
    r"|[xX]{1,3}(?:个|项|家|条|座|批|名|场|次)"
    r"|(?<![第一二三四五六七八九十])[一二两三四五六七八九十百千几数多]+(?:个|项(?!目)|家|条|座|批|场|件|年来|季度|届)(?!锦标赛|全能|邀请赛)"
)
MEASURED = re.compile(r"\d[\d.,]*[万亿千百]*[多余]?(?:亩|公里|平方米|平方公里|吨|米|台|辆|千瓦|支|套|张|桶|头|位)")
YEAR = re.compile(r"(?:19|20)\d{2}(?:[—-](?:20)?\d{2})?年(?:度)?")
ITEM_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}[、.．])")
COINED = re.compile(r"[\d一二三四五六七八九十百千双两]|\+|·")  # 一网通办, 1+X, 厚德·青山: made for the purpose
STOP_TAGS = "pcruy"  # prepositions, conjunctions, pronouns, particles
PROPER = ("ns", "nr", "nt", "nz")
ROAD = re.compile(r"\d{3}[国省县]道|[国省县]道[GSX]?\d{3}|[GSX]\d{1,4}(?!\d)")  # 102国道, G228
HONOUR = re.compile("国家|全国|省级|中国|世界|全省|市级|[2-5]A级")  # who gives an honour, at the head of its name
TERRITORY = re.compile("(?:[省市县区镇乡村]|社区|街道|公司|集团)$")  # whose it is, and no part of a name
# Many projects, none of them named: 重大项目, 城建重点项目, but 科技创新2030重大项目 is one.
COLLECTIVE = re.compile("^(?:重点|重大|所有|各类|一批|系列)|(?<![A-Za-z0-9])(?:重点|重大|系列)$|所有|各类|一批")
SHARED_WITH = ("军", "兵", "央", "校", "企")  # 军地, 校地: a body and the place where it is
UNKNOWN = re.compile("[一-鿿]{2,}")  # characters that stand alone for a dictionary: 文径港泵站 is cut 文 径 港 泵站
OWNED = re.compile(
    "全国|全省|国家|自治区|[省市县区](?![级区场域内政城际属]|外(?!贸|事)|民(?!兵))"
)  # whose it is, at the head of a name
OWNERS = ("全国", "全省", "国家", "自治区", "省", "市", "县", "区")
WHOLE_ITEM = re.compile("[会路街桥湾湖电期段专线铁速]$")  # a name that shares no class noun with the next
SHORTEST_KEY = 2  # characters in quotation marks that tell no initiative from another
SHORT_ITEM = 4  # characters of a word that shares a class noun with the next: 运城、大同机场


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a paragraph that may be a name."""

    start: int
    end: int
    name: str
    kind: str
    rule: str
    confidence: float
    quoted: str = ""  # the part in quotation marks: “双十镇”建设 and “双十镇”工作 are one

    @property
    def key(self) -> str:
        """What tells it from others in the same report: what is quoted, if not as short as “一环”, and its kind."""
        return self.quoted + self.kind if len(self.quoted) > SHORTEST_KEY else self.name


class Sentence:
    """A paragraph with its words and the places over which no name reaches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes = {match.end(): match.start() for match in QUOTED.finditer(text)}  # end → start
        self.tags: dict[int, str] = {}  # start of a word → its tag
        self.begins: set[int] = set()
        self.ends: set[int] = set()
        stops: set[int] = {0}
        verbs: set[int] = set()  # ends of words that a name may hold: 隐患整改挂牌督办制度
        words = vocabulary.initiatives().boundary.words
        position = 0
        for word, tag in rjieba.tag(text):
            begin, position = position, position + len(word)
            self.tags[begin] = "n" if tag in ("nr", "nt") and rjieba.has_word(word) else tag  # 智慧, 交易中心
            self.begins.add(begin)
            self.ends.add(position)
            if tag[0] in STOP_TAGS and word != "至" and not _is_coined_or_place(text, begin, word):
                stops.add(position)
            elif word in words or (len(word) == 4 and word[2:] in words):
                (stops if word in cues() else verbs).add(position)
        for pattern in (PUNCTUATION, COUNTED, YEAR, ITEM_NUMBER):
            stops.update(match.end() for match in pattern.finditer(text))
        stops.update(match.end() for match in MEASURED.finditer(text) if match.start() in stops)
        quoted = {i for end, start in self.quotes.items() for i in range(start + 1, end)}
        self.hard_stops = sorted(stops - quoted)
        self.stops = (stops | verbs) - quoted

    def begin(self, end: int) -> int:
        """Where the name whose class noun begins at `end` begins: behind the nearest stop, quotations jumped over."""
        at = end
        while at > 0 and end - at < LONGEST_NAME:
            if at in self.quotes:
                at = self.quotes[at]
            elif at in self.stops or self.text[at - 1] in '“”‘’"':
                break
            else:
                at -= 1
        return self.trimmed(at, end)

    def hard_begin(self, end: int) -> int:
        """Where a name that ends at `end` begins if verbs may stand in it: behind the nearest hard stop."""
        return self.hard_stops[bisect_left(self.hard_stops, end) - 1]

    def trimmed(self, at: int, end: int) -> int:
        """Without the words that begin no name: 新一轮, 全市, 建设."""
        edge = vocabulary.initiatives().boundary.edge
        while at < end:
            cut = next((n for n in (5, 4, 3, 2, 1) if self.text[at : at + n] in edge and self._parts(at + n)), 0)
            if not cut or at + cut > end:
                break
            at += cut
        return at

    def without_verbs(self, at: int, end: int) -> int:
        """Without the verbs and the words that begin no name: 力促, 全力支持."""
        words = vocabulary.initiatives().boundary.words
        at = self.trimmed(at, end)
        while at < end and (cut := next((n for n in (4, 3, 2) if self.text[at : at + n] in words), 0)):
            at = self.trimmed(at + cut, end)
        return at

    def _parts(self, at: int) -> bool:
        """Whether a word begins at `at`, or what always begins one: 创建国家级 is taken apart as 创 建国 家级."""
        return at in self.begins or HONOUR.match(self.text, at) is not None

    def cue(self, start: int) -> str:
        """The verb that introduces the name at `start`, words that begin no name between; empty if there is none."""
        edge = vocabulary.initiatives().boundary.edge
        for _ in range(4):
            start -= self.text.startswith("了", start - 1)
            if verb := next((v for n in (4, 3, 2, 1) if (v := self.text[max(0, start - n) : start]) in cues()), ""):
                return verb
            begin = max((i for i in range(max(0, start - 8), start) if i in self.begins), default=start)
            word = self.text[begin:start]
            if start not in self.ends or not (word in edge or word in OWNERS or self.tags[begin] == "ns"):
                return ""
            start = begin
        return ""

    def whole(self, end: int) -> bool:
        """Whether a word ends at `end`, or would if 建设 or 工作 were not joined to it (试点工作, 工程建设)."""
        return end in self.ends or self.text.startswith(("建设", "工作"), end)

    def proper(self, start: int, end: int) -> bool:
        """Whether a proper name stands in [start, end)."""
        if any(self.tags.get(i) in PROPER for i in range(start, end - 1)) or ROAD.search(self.text, start, end):
            return True
        return has_unknown_word(self.text[start:end]) or any(
            not found.is_word for found in gazetteer.find(self.text[start:end])
        )


def _is_coined_or_place(text: str, begin: int, word: str) -> bool:
    """Whether what is tagged as a particle is none: 中以 is China and Israel, the 地 of 军地 a place."""
    if word == "地":
        return text[begin - 1 : begin] in SHARED_WITH
    return len(word) > 1 and not rjieba.has_word(word)


def has_unknown_word(name: str) -> bool:
    """Whether two characters or more stand together that no dictionary joins: the 文径港 of 文径港泵站."""
    known = vocabulary.initiatives().generic.characters
    parts = rjieba.cut(name, False)
    return UNKNOWN.search("".join(part if len(part) == 1 and part not in known else " " for part in parts)) is not None


@cache
def cues() -> dict[str, str]:
    """Each verb that introduces names → the kind of what it introduces."""
    return {verb: kind for kind, verbs in vocabulary.initiatives().cues.items() for verb in verbs}


@cache
def class_nouns() -> dict[str, tuple[str, str]]:
    """Each class noun → its kind and strength."""
    words = vocabulary.initiatives()
    honours = [quality + head for quality in words.honours.qualities for head in words.honours.heads]
    nouns = dict.fromkeys(honours, ("award", "plain"))
    for strength in ("vague", "weak", "place", "plain", "strong"):
        for kind, by_strength in words.classes.items():
            nouns |= dict.fromkeys(by_strength.get(strength, ()), (kind, strength))
    return nouns


@cache
def _noun_automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, ...]]]:
    """Finds class nouns; and by noun, what behind it makes another word of it: 工程师."""
    continued = vocabulary.initiatives().continued
    nouns = list(class_nouns())
    return ahocorasick_rs.AhoCorasick(nouns), [continued.get(noun, continued.get(noun[-2:], ())) for noun in nouns]


def nouns_in(text: str) -> Iterator[tuple[int, int]]:
    """The class nouns of a text, the leftmost longest ones, none over another."""
    automaton, tails = _noun_automaton()
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    spans = sorted((start, -end) for which, start, end in found if not text.startswith(tails[which], end))
    reached = 0
    for start, end in spans:
        if start >= reached:
            reached = -end
            yield start, reached


@cache
def known_names() -> dict[str, tuple[str, str]]:
    """Each way to write a known initiative, without marks → its name and kind."""
    return {
        MARKS.sub("", alias): (known.name, known.kind)
        for known in vocabulary.known_initiatives()
        for alias in (known.name, *known.aliases)
    }


@cache
def telling_names() -> dict[str, tuple[str, str]]:
    """The known names that name an initiative wherever they stand; not those that are also bare topics: 垃圾分类."""
    topics = {known.name for known in vocabulary.known_initiatives() if known.is_topic}
    return {written: meant for written, meant in known_names().items() if meant[0] not in topics}


@cache
def known_endings() -> tuple[str, ...]:
    return tuple(telling_names())


def is_vague(core: str) -> bool:
    """Whether half of the words before a class noun or more say nothing of their own."""
    generic = vocabulary.initiatives().generic.words
    words = [word for word, _ in rjieba.tag(core)]
    return sum(word in generic for word in words) * 2 >= len(words)


def joint_begin(sentence: Sentence, start: int) -> int:
    """Where a name begins that several short words share (运城、大同机场改扩建工程); 0 if it is no such name."""
    begin = 0
    while start > 1 and sentence.text[start - 1] in "、和":
        head = sentence.begin(start - 1)
        word = sentence.text[head : start - 1]
        is_whole = WHOLE_ITEM.search(word) or any(last == len(word) for _, last in nouns_in(word))
        if is_whole or not 1 < len(word) <= SHORT_ITEM or not sentence.proper(head, start - 1):
            break
        begin = start = head
    return begin


def licence(sentence: Sentence, start: int, end: int) -> str:
    """What stands round a span that makes it a name: a verb before it or its list, or a word of progress behind it."""
    if sentence.cue(start):
        return "verb"
    if progress().match(sentence.text, end) or _listed_progress().match(sentence.text, end):
        return "progress"
    for _ in range(6):
        if start < 2 or sentence.text[start - 1] not in "、和及与":
            return ""
        head = sentence.begin(start - 1)
        if head >= start - 1:
            return ""
        start = head
        if sentence.cue(start):
            return "list"
    return ""


@cache
def _listed_progress() -> re.Pattern[str]:
    """A word of progress at the end of the clause, behind a list that goes on: 、居家养老试点工作全面完成."""
    return re.compile(f"[、和及与][^，。；：“”]{{2,40}}?(?:工作)?{progress().pattern}(?=[，。；]|$)")


@cache
def progress() -> re.Pattern[str]:
    """等项目加快推进, 建成通车: what is said of a thing that is built."""
    words = sorted(vocabulary.initiatives().progress.words, key=len, reverse=True)
    return re.compile(f"(?:等(?:.{{0,8}}(?:项目|工作|任务|改革))?)?(?:{'|'.join(words)})")
