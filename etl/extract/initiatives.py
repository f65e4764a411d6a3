"""Named campaigns, programmes, reforms, projects, mechanisms and awards.

`read` tells the story: several readings propose spans, and of spans that overlap the longest stays. Where a name
begins is told by the words over which no name reaches; those words, the class nouns and the known names are data in
schema/vocabulary/initiatives.toml and initiatives.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs
import rjieba

from etl import gazetteer, vocabulary
from etl.records import InitiativeMention, ParagraphKind, Report

LONGEST_NAME = 36  # characters
QUOTED = re.compile(r"“([^“”]{2,45})”|\"([^\"]{2,40})\"")
TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")  # of a document: what it names is not reported on
MARKS = re.compile('[“”‘’"《》]')
PUNCTUATION = re.compile(r"[，。；：！？、,;:!?…（）()《》〈〉\[\]【】\s|]|——")
COUNTED = re.compile(
    r"\d[\d.,]*[多余]?[万亿千百]*[多余]?(?:个|项(?!目)|家|条|座|批|名|场|次|类|处|所|款|支|只|户|元|%|月|日|季度|届|件|宗|人次|人)"
    r"|[xX]{1,3}(?:个|项|家|条|座|批|名|场|次)"
    r"|[一二两三四五六七八九十百千几数多]+(?:个|项(?!目)|家|条|座|批|场|件|年来|季度|届)"
)
MEASURED = re.compile(r"\d[\d.,]*[万亿千百]*[多余]?(?:亩|公里|平方米|平方公里|吨|米|台|辆|千瓦|支|套|张|桶|头|位)")
YEAR = re.compile(r"(?:19|20)\d{2}(?:[—-](?:20)?\d{2})?年(?:度)?")
ITEM_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}[、.．])")
COINED = re.compile(r"[\d一二三四五六七八九十百千双两]|\+|·")  # 一网通办, 1+X, 厚德·青山: made for the purpose
PHASE = re.compile("（(?:[一二三四五六]期|[南北东西中]段|[南北东西]线)）")  # its brackets end no name: 德胜电厂（二期）
FLAT = str.maketrans("（）", "〔〕")
UNFLAT = str.maketrans("〔〕", "（）")
BARE_COUNT = re.compile("[一二两三四五六七八九十]{1,2}大[^，。]{0,2}")  # 两大战略行动 counts, it names none
STOP_TAGS = "pcruy"  # prepositions, conjunctions, pronouns, particles
MOTTO = re.compile("[一-鿿]·[一-鿿]")  # 青春心向党·建功新时代
PROPER = ("ns", "nr", "nt", "nz")
COLLECTIVE = re.compile("重点|重大|所有|各类|一批|系列")  # many projects, none of them named
ROAD = re.compile(r"\d{3}[国省县]道|[国省县]道[GSX]?\d{3}|[GSX]\d{1,4}(?!\d)")  # 102国道, G228
TERRITORY = re.compile("(?:[省市县区镇乡村]|社区|街道|公司|集团)$")  # whose it is, and no part of a name
GLOSSARY = re.compile(r"(?:\d{1,2}[.、．]?|[（(]\d{1,2}[）)]|\[\d{1,2}\])\s*(?P<term>[^，。：；]{3,26})：")
SUMMED_UP = "in a list of things built"
TO_BE_BUILT = "thing to be built"
LONGEST_LEAD = 9  # characters of a name before its quoted part
QUOTE_GAP = 12  # characters between a quoted name and its class noun: “青绘乡村”青年文化创意设计大赛
OWNERS = ("全国", "全省", "国家", "省", "市", "县", "区")
HONOUR = re.compile("国家|全国|省级|中国|世界|全省|市级|[2-5]A级")  # who gives an honour, at the head of its name
# Class nouns that a quoted name does without: “我为群众办实事”实践活动.
DROPPED = ("活动", "实践活动", "主题活动", "系列活动", "专项行动", "建设", "创建", "主题实践活动", "网络主题活动")
GLOSS = re.compile(r"^(?:\d+[.、．]|[（(]\d+[）)]|\[\d+\])[^，。：；]*$")  # 12.乡村振兴“十大工程”：…
SHORT_ITEM = 4  # characters of a word that shares a class noun with the next: 运城、大同机场
SHORT_NAME = 4  # a quoted name that short keeps its class noun: “三帮”活动 is no “三帮”


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
        """What tells it from others in the same report."""
        return self.quoted or self.name


def extract(report: Report) -> tuple[InitiativeMention, ...]:
    """Every initiative named in the report, in reading order; the same one as often as it is named."""
    found = [
        (index, candidate)
        for index, paragraph in enumerate(report.paragraphs)
        if paragraph.kind is not ParagraphKind.BOILERPLATE
        for candidate in read(paragraph.text)
    ]
    names = _names([candidate for _, candidate in found])
    return tuple(
        InitiativeMention(
            paragraph=index,
            start=candidate.start,
            end=candidate.end,
            surface=report.paragraphs[index].text[candidate.start : candidate.end],
            name=names[candidate.key].name,
            kind=names[candidate.key].kind,
            rule=candidate.rule,
            confidence=candidate.confidence,
        )
        for index, candidate in found
    )


def _names(candidates: list[Candidate]) -> dict[str, Candidate]:
    """By key, the mention whose name the others take: the shortest of what is quoted alike, the full of short forms."""
    names: dict[str, Candidate] = {}
    for candidate in candidates:
        before = names.get(candidate.key)
        if before is None:
            names[candidate.key] = _in_full(candidate, names)
        elif candidate.quoted and len(candidate.name) < len(before.name):
            names[candidate.key] = candidate
    return names


def _in_full(candidate: Candidate, before: dict[str, Candidate]) -> Candidate:
    """The earlier mention of which this one is the short form: 队伍教育整顿 of 政法队伍教育整顿."""
    if candidate.quoted or candidate.name in _known_names():
        return candidate
    full = (other for name, other in before.items() if name.endswith(candidate.name) and other.kind == candidate.kind)
    return next(full, candidate)


def read(text: str) -> list[Candidate]:
    """The initiatives named in one paragraph, in order, none over another."""
    flat = PHASE.sub(lambda phase: phase.group().translate(FLAT), text)
    sentence = Sentence(flat)
    titles = [match.span() for match in TITLE.finditer(text)]
    proposed = [*_known(flat), *_quoted(sentence), *_suffixed(sentence), *_built(sentence), *_themed(sentence)]
    proposed += _glossed(flat)
    chosen: list[Candidate] = []
    for candidate in sorted(proposed, key=lambda c: (c.start - c.end, -c.confidence)):
        overlaps = any(candidate.start < other.end and other.start < candidate.end for other in chosen)
        in_title = any(start <= candidate.start and candidate.end <= end for start, end in titles)
        if not overlaps and not in_title:
            chosen.append(replace(candidate, name=candidate.name.translate(UNFLAT)))
    return sorted(chosen, key=lambda candidate: candidate.start)


class Sentence:
    """A paragraph with its words and the places over which no name reaches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes = {match.end(): match.start() for match in QUOTED.finditer(text)}  # end → start
        self.tags: dict[int, str] = {}  # start of a word → its tag
        self.begins: set[int] = set()
        self.ends: set[int] = set()
        stops: set[int] = {0}
        words = vocabulary.initiatives().boundary.words
        position = 0
        for word, tag in rjieba.tag(text):
            begin, position = position, position + len(word)
            self.tags[begin] = tag
            self.begins.add(begin)
            self.ends.add(position)
            if word in words or (len(word) == 4 and word[2:] in words) or (tag[0] in STOP_TAGS and word != "至"):
                stops.add(position)
        for pattern in (PUNCTUATION, COUNTED, YEAR, ITEM_NUMBER):
            stops.update(match.end() for match in pattern.finditer(text))
        stops.update(match.end() for match in MEASURED.finditer(text) if match.start() in stops)
        quoted = {i for end, start in self.quotes.items() for i in range(start + 1, end)}
        self.stops = stops - quoted

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

    def trimmed(self, at: int, end: int) -> int:
        """Without the words that begin no name: 新一轮, 全市, 建设."""
        edge = vocabulary.initiatives().boundary.edge
        while at < end:
            cut = next((n for n in (5, 4, 3, 2, 1) if self.text[at : at + n] in edge and self._parts(at + n)), 0)
            if not cut or at + cut > end:
                break
            at += cut
        return at

    def _parts(self, at: int) -> bool:
        """Whether a word begins at `at`, or what always begins one: 创建国家级 is taken apart as 创 建国 家级."""
        return at in self.begins or HONOUR.match(self.text, at) is not None

    def cue(self, start: int) -> str:
        """The verb that introduces the name at `start`, words that begin no name between; empty if there is none."""
        edge = vocabulary.initiatives().boundary.edge
        for _ in range(4):
            if verb := next((v for n in (4, 3, 2, 1) if (v := self.text[max(0, start - n) : start]) in _cues()), ""):
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
        return any(not found.is_word for found in gazetteer.find(self.text[start:end]))


@cache
def _cues() -> dict[str, str]:
    """Each verb that introduces names → the kind of what it introduces."""
    return {verb: kind for kind, verbs in vocabulary.initiatives().cues.items() for verb in verbs}


@cache
def _class_nouns() -> dict[str, tuple[str, str]]:
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
    nouns = list(_class_nouns())
    return ahocorasick_rs.AhoCorasick(nouns), [continued.get(noun, continued.get(noun[-2:], ())) for noun in nouns]


def _nouns_in(text: str) -> Iterator[tuple[int, int]]:
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
def _known_names() -> dict[str, tuple[str, str]]:
    """Each way to write a known initiative, without marks → its name and kind."""
    return {
        MARKS.sub("", alias): (known.name, known.kind)
        for known in vocabulary.known_initiatives()
        for alias in (known.name, *known.aliases)
    }


@cache
def _known_endings() -> tuple[str, ...]:
    return tuple(_known_names())


@cache
def _known_automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(_known_names()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _known(text: str) -> Iterator[Candidate]:
    """Known names, whatever quotation marks the text sets inside or round them."""
    kept = [i for i, character in enumerate(text) if character not in '“”‘’"']
    bare = "".join(text[i] for i in kept)
    meanings = list(_known_names().values())
    for which, start, end in _known_automaton().find_matches_as_indexes(bare):
        first, last = kept[start], kept[end - 1] + 1
        if text[first - 1 : first] == "“" and "”" in text[first : last + 1]:
            first -= 1
            last += text[last : last + 1] == "”"
        yield Candidate(first, last, *meanings[which], "known throughout the country", 0.95)


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


def _quoted(sentence: Sentence) -> Iterator[Candidate]:
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
        if group and text[group[-1].end() : match.start()] not in ("", "、", "和", "及", "与", "以及"):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _quotation(row: Row, start: int, end: int) -> Candidate | None:
    """What the quotation [start, end) of a row names."""
    text = row.sentence.text
    inner = MARKS.sub("", text[start:end]).strip()
    if inner in _known_names():
        close = row.noun[1] if row.noun and end == row.end else end
        return Candidate(start, close, *_known_names()[inner], "known throughout the country", 0.95)
    if inner in vocabulary.initiatives().phrases.set or re.search("[。；！？]", inner):
        return None
    if kind := _own_kind(inner):
        begin = _quote_begin(row.sentence, start) if row.is_single else start
        name = MARKS.sub("", text[begin:end])
        rule = "quoted name that ends with a class noun"
        return None if _is_saying(text, end) else Candidate(begin, end, name, kind, rule, 0.85, inner)
    if row.noun:
        return _with_noun(row, row.noun, start, end)
    begin = _object_begin(row, start, end)
    if begin < 0:
        return None
    kind = _cues().get(row.cue or row.sentence.cue(begin), "program")
    return Candidate(begin, end, MARKS.sub("", text[begin:end]), kind, "quoted name behind its verb", 0.65, inner)


def _with_noun(row: Row, noun: tuple[int, int], start: int, end: int) -> Candidate | None:
    """A quotation that shares a class noun, the noun kept where the name is short without it or needs it."""
    text = row.sentence.text
    inner = MARKS.sub("", text[start:end])
    kind, strength = _class_nouns()[text[slice(*noun)]]
    if strength == "vague" and (text[row.end : row.end + 1] == "的" or not (row.cue or COINED.search(inner))):
        return None
    rule = "quoted name with its class noun"
    one_of_several = not row.is_single or text[end : end + 1] == "等"
    if one_of_several or (text[end : noun[1]] in DROPPED and len(inner) > SHORT_NAME):
        return Candidate(start, noun[1] if row.is_single else end, inner, kind, rule, 0.85, inner)
    tells = len(inner) >= SHORT_NAME and not COINED.match(inner)
    begin = start if row.cue or tells else _quote_begin(row.sentence, start)
    return Candidate(begin, noun[1], MARKS.sub("", text[begin : noun[1]]), kind, rule, 0.85, inner)


def _quote_begin(sentence: Sentence, start: int) -> int:
    """Where a name begins whose quoted part begins at `start`: 延安“六式”学习法, but not 永吉县“一区多园”模式."""
    begin = sentence.begin(start)
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
    last = next((start for start, end in _nouns_in(inner) if end == len(inner) and start > 0), None)
    kind, strength = _class_nouns()[inner[last:]] if last else ("", "")
    return kind if strength in ("strong", "plain", "place") else None


def _is_slogan(inner: str) -> bool:
    """Whether a quotation is a row of demands, a counted list (五个聚焦) or a boast (山西样板)."""
    counted = re.match("[一二三四五六七八九十两]个", inner)
    return bool(counted) or len(re.findall("[、，]", inner)) > 1 or inner.endswith(_boasts())


@cache
def _boasts() -> tuple[str, ...]:
    return tuple(vocabulary.initiatives().boasts.words)


def _is_saying(text: str, end: int) -> bool:
    """Whether what follows a quotation shows that it is a saying or a principle: “…”的要求, “…”等问题."""
    words = vocabulary.initiatives().sayings.words
    behind = text[end : end + 8].removeprefix("等")
    return any(behind.startswith(word) for word in words)


def _is_complete(sentence: Sentence, end: int) -> bool:
    """Whether a quotation is a whole object, and not the first part of one: 实施“雁阵”， but not “红色”阵地."""
    text = sentence.text
    if _is_saying(text, end):
        return False
    rest = text[end : end + 1]
    if not rest or rest in "等和及与" or rest.isdigit() or PUNCTUATION.match(rest):
        return True
    return next((i for i in range(end + 1, end + 6) if i in sentence.ends), end) in sentence.stops  # a verb follows


def _noun_behind(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """The class noun that belongs to the quotation that ends at `end`: the last one before a stop."""
    text = sentence.text
    start = end + 1 if text[end : end + 1] in ("等", "的") else end
    reach = min(len(text), start + QUOTE_GAP + 6)
    stop = next((i for i in range(start + 1, reach) if i in sentence.stops), reach)
    found = None
    for first, last in _nouns_in(text[start : reach + 1]):
        if sentence.whole(start + last) and first <= QUOTE_GAP and start + last <= stop:
            found = start + first, start + last
    return found


def _suffixed(sentence: Sentence) -> Iterator[Candidate]:
    """Names that end with a class noun: 农村电商提升工程, 殡葬服务改革."""
    text = sentence.text
    for first, end in _nouns_in(text):
        kind, strength = _class_nouns()[text[first:end]]
        if strength == "vague" or first in sentence.stops or not sentence.whole(end):
            continue
        start = sentence.begin(first)
        if _is_nameless(text[start:first], text[first:end], kind, strength):
            continue
        start = _full_begin(sentence, start, first, kind)
        proper = sentence.proper(start, first)
        if rule := _rule(kind, strength, _licence(sentence, start, end), proper, text[start:first]):
            yield Candidate(start, end, MARKS.sub("", text[start:end]), kind, *rule)


def _is_nameless(core: str, noun: str, kind: str, strength: str) -> bool:
    """Whether what stands before a class noun makes no name of it, or another reading knows the name better."""
    if not core or "“" in core or core in vocabulary.initiatives().generic.empty or BARE_COUNT.fullmatch(core):
        return True
    name = MARKS.sub("", core + noun)
    if name not in _known_names() and name.endswith(_known_endings()):
        return True  # what is known keeps its name, whoever has it: 市河长制
    if noun == "创建" and core.endswith(_known_endings()):
        return True
    return _is_generic(name[:-2], kind, strength)


def _full_begin(sentence: Sentence, start: int, end: int, kind: str) -> int:
    """Where a name really begins: an honour with who gives it, a shared class noun with the first who shares it."""
    if kind == "award" and (honoured := HONOUR.search(sentence.text, start + 1, end)):
        start = honoured.start()
    return _joint_begin(sentence, start) or start


def _built(sentence: Sentence) -> Iterator[Candidate]:
    """Things under way, often without a class noun, by the frame they stand in.

    A、B、C等12个重大项目; 科技大厦、果蔬城建成投用; 加快建设地王广场、高新医院.
    """
    for frame, rule in _frames():
        for match in frame.finditer(sentence.text):
            items = list(_items(sentence, *match.span("items"), is_summed_up=rule == SUMMED_UP))
            named = [item for item in items if _is_thing(sentence, *item, needs_ending=rule == TO_BE_BUILT)]
            for start, end in items if rule == SUMMED_UP and len(named) * 2 >= len(items) else named:
                yield Candidate(start, end, sentence.text[start:end], "project", rule, 0.65)


def _items(sentence: Sentence, start: int, end: int, is_summed_up: bool) -> Iterator[tuple[int, int]]:
    """The spans of the items of a list that could be names: no count before them, not all generic.

    Where no word sums them up, an item must be whole: no verb in it but one that introduces names.
    """
    text = sentence.text
    for item in re.finditer("[^、]+", text[start:end]):
        first, last = start + item.start(), start + item.end()
        begin = max(first, sentence.begin(last))
        if begin > first and not (is_summed_up or sentence.cue(begin)):
            continue
        name = text[begin:last]
        if 3 < len(name) < 26 and not COUNTED.match(name) and "”" not in name and not _is_vague(name):
            yield begin, last


def _is_thing(sentence: Sentence, start: int, end: int, needs_ending: bool) -> bool:
    """Whether the name of a thing stands in [start, end): the right ending and a proper name or some length."""
    ending = sentence.text.endswith(vocabulary.initiatives().progress.things, start, end)
    if needs_ending:
        return ending and (end - start > 6 or sentence.proper(start, end))
    return (ending and end - start > 5) or sentence.proper(start, end)


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    progress = vocabulary.initiatives().progress
    under_way = "|".join(sorted(progress.built, key=len, reverse=True))
    building = "|".join(sorted(progress.building, key=len, reverse=True))
    clause = r"(?<![^，。；：！）\s])"
    things = r"(?P<items>[^，。；：！（）]{4,120}?)"
    sum_up = r"等(?:\d+个|一(?:大)?批)?[^，。；：、]{0,12}(?:项目|工程|景点)"
    return (
        (re.compile(f"{clause}{things}{sum_up}"), SUMMED_UP),
        (
            re.compile(f"{clause}{things}(?:全面|正式|全部|相继|顺利|基本|主体)*(?:{under_way}|建成(?=[，。；]))"),
            "thing under way",
        ),
        (re.compile(f"(?:{building}){things}(?:规划建设|建设|前期工作|改造)?(?=[，。；])"), TO_BE_BUILT),
    )


def _glossed(text: str) -> Iterator[Candidate]:
    """The term that a note explains, if it was made for the purpose or ends with a class noun: 15.双环四射：指…"""
    if found := GLOSSARY.match(text):
        term = MARKS.sub("", found["term"])
        noun = next((term[start:] for start, end in _nouns_in(term) if end == len(term)), "")
        made_up = COINED.search(term) and "“" in found["term"]
        if (noun or made_up) and term not in vocabulary.initiatives().phrases.set and not COUNTED.search(term):
            kind = _class_nouns()[noun][0] if noun else "program"
            yield Candidate(found.start("term"), found.end("term"), term, kind, "term of a note", 0.7)


def _themed(sentence: Sentence) -> Iterator[Candidate]:
    """A theme before the name of a territory: 健康河北建设, 平安XX创建."""
    for match in _themes().finditer(sentence.text):
        known = gazetteer.lookup(match["place"]) and not gazetteer.is_common_word(match["place"])
        if known or match["place"].lower().startswith("xx"):
            end = match.end() if match.end() in sentence.ends else match.end("place")
            name = sentence.text[match.start() : end]
            yield Candidate(match.start(), end, name, "program", "theme and territory", 0.8)


@cache
def _themes() -> re.Pattern[str]:
    themes = "|".join(vocabulary.initiatives().themes.words)
    return re.compile(f"(?:{themes})(?P<place>[xX]{{2,4}}|[一-鿿]{{2,3}}?)(?:建设|创建|行动|(?=的|工作|[^一-鿿]|$))")


def _joint_begin(sentence: Sentence, start: int) -> int:
    """Where a name begins that several short words share (运城、大同机场改扩建工程); 0 if it is no such name."""
    begin = 0
    while start > 1 and sentence.text[start - 1] in "、和":
        head = sentence.begin(start - 1)
        if not 1 < start - 1 - head <= SHORT_ITEM or not sentence.proper(head, start - 1):
            break
        begin = start = head
    return begin


def _licence(sentence: Sentence, start: int, end: int) -> str:
    """What stands round a span that makes it a name: a verb before it or its list, or a word of progress behind it."""
    if sentence.cue(start):
        return "verb"
    if _progress().match(sentence.text, end):
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


def _rule(kind: str, strength: str, licence: str, proper: bool, core: str) -> tuple[str, float] | None:
    """The rule by which a class noun with `core` before it is a name, and how far to trust it."""
    if strength == "weak":
        return ("class noun of a name made for the purpose", 0.6) if _made_up(kind, licence, core) else None
    if strength == "strong" and kind == "project" and _is_vague(core):
        return None
    if strength == "strong" and kind != "award":
        return "telling class noun", 0.9 if licence else 0.75
    if strength == "place" and not (licence and (proper or len(core) > 5)):
        return None
    if kind == "project" and COLLECTIVE.search(core):
        return None
    if kind == "project" and proper and not TERRITORY.search(core):
        return "thing built, with a proper name", 0.8 if licence else 0.6
    if kind == "project" and strength == "plain" and licence and len(core) > 3 and not _is_vague(core):
        return "thing built, behind a verb or before a word of progress", 0.6
    if kind == "award" and (licence or HONOUR.match(core)):
        return "honour", 0.8
    if strength == "place" and kind == "program":
        return "territories that grow together", 0.7
    if kind not in ("project", "award") and licence in ("verb", "list"):
        return "class noun behind its verb", 0.7
    return None


def _made_up(kind: str, licence: str, core: str) -> bool:
    """Whether a name before a weak class noun is evidently coined: 8890平台, 六员进校园活动, 千名专家下乡活动."""
    if kind == "mechanism":
        return bool(re.match(r"\d{3,}$|.*[A-Za-z]", core))
    counted = re.match("[一二三四五六七八九十百千万]", core)
    return kind == "campaign" and licence == "verb" and (bool(counted) or len(core) > 8)


def _is_vague(core: str) -> bool:
    """Whether half of the words before a class noun or more say nothing of their own."""
    generic = vocabulary.initiatives().generic.words
    words = [word for word, _ in rjieba.tag(core)]
    return sum(word in generic for word in words) * 2 >= len(words)


@cache
def _progress() -> re.Pattern[str]:
    """等项目加快推进, 建成通车: what is said of a thing that is built."""
    words = sorted(vocabulary.initiatives().progress.words, key=len, reverse=True)
    return re.compile(f"(?:等(?:.{{0,8}}项目)?)?(?:{'|'.join(words)})")


def _is_generic(core: str, kind: str, strength: str) -> bool:
    """Whether nothing in front of the class noun is a name's own: 重点, 基础设施, 工作."""
    generic = vocabulary.initiatives().generic.words
    words = [word for word, _ in rjieba.tag(core)]
    few = 1 if strength == "strong" or kind == "reform" else 2
    return len(core) < 2 or (len(words) <= few and all(word in generic for word in words))
