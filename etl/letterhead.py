"""What a report says of itself: its title, kind, issuer, territory, date."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

import rjieba

from etl import gazetteer, lookback, vocabulary
from etl.headlines import (
    BYLINE,
    DATE,
    DATELINE,
    GREETING,
    LAST_OF_HEAD,
    LONGEST_TITLE,
    NUMERALS,
    SHORT_NAME,
    SPEECHES,
    TOP,
    YEAR,
    is_enumerated,
    read_day,
)
from etl.records import ParagraphKind, Report, SourceText, TimeSpan

LOCAL_KINDS = (*SPEECHES, "工作总结", "工作计划", "总结与计划")  # what towns and street offices write
TOWNSHIP = ("街道", "镇", "乡")
SELF_WORDS = {
    word: re.compile(rf"[我全本]{word}(?![级直])") for word in ("省", "市", "县", "区", "州", "旗", "镇", "乡")
}
NATIONAL_BODY = re.compile(
    "国务院|全国人民代表大会|国家统计局|全国人大|全国政协|团中央|全国总工会|全国妇联|中华人民共和国"
)
BRANCH = re.compile(
    r"(?:国家|中国|中华)[\u4e00-\u9fff]{2,8}?(?=[\u4e00-\u9fff]{2,6}(?:调查总?队|税务局|海关|支行|分行|监管局|分局))"
)
NATIONAL = re.compile(r"全国|中央|国家[^级]|中国|国民经济")
MASKED_BODY = re.compile(r"[xX×*某]{1,6}(?:街道|镇|乡|垦殖场|农场|林场|社区|村)")
ELSEWHERE = re.compile(
    r"(?:[派奔]?赴|前往|来自|[支驰]援|援[建助]|帮扶|协作|结对|友好)(?:[^，。；、]{1,7}(?:省|自治区|市))?$"
)
TITLE_LEAD = re.compile(
    rf"(.{{3,24}}?)(?:{YEAR}年|[{NUMERALS}零]{{4}}年|关于|工作|[上下]半年|[“\"]?十[一二三四五]五|五年|学习|贯彻|落实|开展)"
)
SUPERIORS = ("政府", "党委", "省委", "市委", "县委", "区委", "州委", "旗委", "人大", "工会", "法院", "巡察")
SYSTEM = re.compile(r"系统|局长|厅长|主任会|部门|工作会议$")


def describe(report: Report, source: SourceText, cover: str) -> Report:
    """The report with title, kind, issuer, region, date and period, as far as its text tells them."""
    head = _head(report)
    front = _front_title(source.text) if report.ordinal == 1 else ""
    named_in_front = re.sub(r"[（(].*|[《》]", "", front).strip()
    title = report.title if report.title and report.title not in named_in_front else named_in_front or report.title
    about = "\n".join(filter(None, (title, front, *head)))
    words = "".join(item.text for item in report.paragraphs)
    kind = _kind(title, about, report, cover)
    spoken_for = _spoken_for(words[:800]) if kind in SPEECHES else ""
    place = _Place.of(f"{spoken_for}\n{about}", words)
    issuer, issuer_type, is_redacted = _issuer(title or "", spoken_for, report, words, kind, place)
    day = _date(head, front, report)
    period = lookback.period(title or "", about, report, kind, day, cover, source)
    title_is_inferred = report.title_is_inferred
    if title is None:
        title = _made_up_title(issuer, kind, period)
        title_is_inferred = title is not None
    region = place.region
    return replace(
        report,
        title=title,
        title_is_inferred=title_is_inferred,
        kind=kind,
        issuer_name=issuer,
        issuer_type=issuer_type,
        issuer_is_redacted=is_redacted,
        region_code=region.code if region else None,
        region_name=gazetteer.full_name(region.code) if region else ("全国" if place.is_national else None),
        report_date=day,
        period=period,
    )


def _head(report: Report) -> list[str]:
    """The short lines above the body: title, date, place of the meeting, speaker."""
    lines: list[str] = []
    for item in report.paragraphs[:LAST_OF_HEAD]:
        if len(item.text) > LONGEST_TITLE or is_enumerated(item.text) or GREETING.match(item.text):
            break
        lines.append(item.text)
    return lines


def _front_title(text: str) -> str:
    """The title in YAML front matter, empty without one."""
    found = re.match(r"---+\n(?:.*\n)*?title:[ \t]*(.*)\n", text[:2000])
    return found[1].strip(" '\"") if found else ""


def _made_up_title(issuer: str | None, kind: str, period: TimeSpan | None) -> str | None:
    """A title for a report that has none: XX镇人民政府2022年总结与计划."""
    if issuer is None and period is None:
        return None
    year = f"{period.end.year}年" if period else ""
    return f"{issuer or ''}{year}{kind}"


def _kind(title: str | None, about: str, report: Report, cover: str) -> str:
    """The kind by the title, else by how the text opens, else by what the compilation says of itself."""
    opening = "".join(item.text for item in report.paragraphs[:4])[:600]
    if (kind := _kind_by(about)) in ("政府工作报告", "统计公报"):
        return kind
    if title and (kind := _kind_by(title)):
        return _with_plan(kind, report) if kind == "工作总结" else kind
    if any(DATELINE.match(item.text) for item in report.paragraphs[:3]):
        return "新闻报道"
    if any(BYLINE.match(item.text) and len(item.text) <= 30 for item in report.paragraphs[1:3]):
        return "评论"
    if any(SHORT_NAME.match(item.text) for item in report.paragraphs[1:3]):
        return "新闻报道" if re.search("记者|笔者|近日|日前|连日来", opening) else "评论"
    announced = re.search(r"现将.{0,60}(?:汇报|报告|总结)|(?:汇报|报告|总结)[^。]{0,6}如下", opening)
    if announced and not GREETING.match(opening):
        return _with_plan("工作总结", report)
    default = _kind_by(cover)
    if default in ("工作总结", "总结与计划", "工作计划"):
        return _with_plan("工作总结", report)
    if default:
        return default
    return "讲话" if GREETING.match(opening) else "其他"


def _kind_by(words: str) -> str | None:
    return next((entry.kind for entry in vocabulary.reports().kinds if entry.pattern.search(words)), None)


def _with_plan(kind: str, report: Report) -> str:
    """总结与计划 where a heading announces what comes next."""
    plan = re.compile(
        r"下一步|打算|明年|(?:工作)?计划|工作思路|今后|重点工作安排|20[0-9]{2}年.{0,6}(?:计划|打算|安排|要点|思路)"
    )
    headings = [
        item.text[:40] for item in report.paragraphs if TOP.match(item.text) or item.kind is ParagraphKind.HEADING
    ]
    return "总结与计划" if any(plan.search(words) for words in headings[1:]) else kind


def _date(head: Sequence[str], front: str, report: Report) -> date | None:
    """The day under the title, in the line of the meeting, in the front matter, or at the very end."""
    tail = [item.text for item in report.paragraphs[-2:] if len(item.text) <= 30]
    for line in (*head, front, *tail):
        if found := DATE.search(line):
            return read_day(found)
    return None


# --- Where


@dataclass(frozen=True, slots=True)
class _Place:
    """The territory of a report, and how its text calls it: 市, 镇 … or the whole country."""

    region: gazetteer.Region | None = None
    self_word: str = ""  # 省 市 县 区 州 旗 镇 乡 街道
    is_national: bool = False

    @staticmethod
    def of(about: str, words: str) -> _Place:
        """By the lines above the text, the first that names a place; else by what the text speaks of most."""
        self_word = _self_word(words)
        mentions = _mentions(words)
        for line in about.split("\n"):
            named = _named(line, mentions)
            if NATIONAL_BODY.search(line) and not (named and BRANCH.search(line)):
                return _Place(None, self_word, True)
            if named:
                return _Place(named, self_word)
            if not self_word and NATIONAL.search(line):
                return _Place(None, self_word, True)
        beginning = words[:3000]
        own = sum(len(pattern.findall(beginning)) for pattern in SELF_WORDS.values())
        if len(NATIONAL_BODY.findall(beginning)) >= max(2, own + 1):
            return _Place(None, self_word, True)
        return _Place(_likeliest(mentions, _mentions(words[:1000]), self_word), self_word)


def _self_word(words: str) -> str:
    counts = {word: len(pattern.findall(words)) for word, pattern in SELF_WORDS.items()}
    counts["街道"] = len(re.findall(r"我街|全街|街道(?:党工委|办事处|办)|[xX]街道", words))
    best = max(counts, key=lambda word: counts[word])
    return best if counts[best] >= 2 else ""


def _mentions(words: str) -> dict[str, float]:
    """Weight of each region code in a text: a full name counts twice, an ambiguous one is shared out.

    A short name counts only where it is a word by itself: 引来安家 does not speak of 来安. One that is also a common
    word counts where the full name stands in the text as well: 江岸 beside 江岸区. Where somebody goes or what is
    helped is elsewhere: 赴和田地区, 对口支援阿坝州.
    """
    weights: dict[str, float] = defaultdict(float)
    edges = _word_edges(words)
    matches = gazetteer.find(words)
    in_full = {region.code for match in matches if not match.is_short for region in match.candidates}
    for match in matches:
        if match.is_short and (match.start not in edges or match.end not in edges):
            continue
        if ELSEWHERE.search(words, max(0, match.start - 12), match.start):
            continue
        if match.is_short and match.is_word and in_full.isdisjoint(region.code for region in match.candidates):
            continue
        weight = 1.0 if match.is_short else 0.2 if match.is_word or match.end - match.start < 3 else 2.0
        for region in match.candidates:
            weights[region.code] += weight / len(match.candidates)
    return weights


def _word_edges(words: str) -> set[int]:
    return set(accumulate(map(len, rjieba.cut(words)), initial=0))


def _support(code: str, mentions: Mapping[str, float]) -> float:
    """How much a text speaks of a territory, of what lies in it and of what lies above it."""
    above = {region.code for region in gazetteer.ancestors(code)}
    total = 2 * mentions.get(code, 0.0)
    for other, weight in mentions.items():
        if other in above:
            total += 0.3 * min(weight, 3)
        elif other != code and any(region.code == code for region in gazetteer.ancestors(other)):
            total += min(weight, 3)
    return total


def _named(line: str, mentions: Mapping[str, float]) -> gazetteer.Region | None:
    """The territory that a line names: a full name before a short one, the lower level before the higher."""
    if DATELINE.match(line) and not line.startswith("本"):
        return None
    edges = _word_edges(line)
    for is_short in (False, True):
        found = [
            m
            for m in gazetteer.find(line)
            if m.is_short is is_short
            and (not m.is_word or m.start == 0)
            and (not is_short or (m.start in edges and m.end in edges))
        ]
        if found:
            best = max(found, key=lambda m: (max(gazetteer.LEVELS.index(r.level) for r in m.candidates), -m.start))
            return max(best.candidates, key=lambda region: _support(region.code, mentions))
    return None


def _likeliest(mentions: Mapping[str, float], opening: Mapping[str, float], self_word: str) -> gazetteer.Region | None:
    """The territory that a text without a name at its head speaks of most, of the level by which it calls itself."""
    together = {code: mentions.get(code, 0.0) + opening.get(code, 0.0) for code in {*mentions, *opening}}
    regions = set(together)
    for code in together:
        regions |= {region.code for region in gazetteer.ancestors(code)}
    fitting = [code for code in regions if _fits(code, self_word)]
    best = max(fitting, key=lambda code: (_support(code, together), code), default=None)
    if best is None or _support(best, together) < 2:
        return None
    named = max(together, key=lambda code: (together[code], code))
    more = 2.0 if self_word else 1.0
    if self_word in ("", "省") and named in opening and together[named] >= more * together.get(best, 0.0):
        best = named  # a county's news that speaks of 全省 as well
    return gazetteer.by_code(best)


def _fits(code: str, self_word: str) -> bool:
    region = gazetteer.by_code(code)
    if region is None:
        return False
    if self_word in TOWNSHIP:
        return region.level == "county"
    if self_word == "省":
        return region.level == "province"
    if self_word == "州":
        return region.name.endswith("自治州")
    return not self_word or region.name.endswith(self_word)


# --- Who


def _issuer(
    title: str, spoken_for: str, report: Report, words: str, kind: str, place: _Place
) -> tuple[str | None, str | None, bool]:
    """Full name and type of the body that reports, and whether its name is masked."""
    known = vocabulary.issuers()
    if kind == "政府工作报告":
        return *_full(known["政府"], place), False
    if kind == "统计公报":
        return *_full(known["统计局"], place), False
    is_township = place.self_word in TOWNSHIP or not place.self_word or MASKED_BODY.search(words[:400])
    if kind in LOCAL_KINDS and not place.is_national and is_township and (name := _township(words, place)):
        return name, "community" if "街道" in name else "government", MASKED_BODY.match(name) is not None
    byline = next((item.text for item in report.paragraphs[1:3] if BYLINE.match(item.text)), "")
    if (body := _titled_body(title, place)) and kind not in SPEECHES:
        return *body, False
    word = _represented(spoken_for) or _body_word(title) or _body_word(byline)
    if word is None and report.title is None:
        word = _opening_word(words[:90])
    if word is None and (known_body := _known_body(title)):
        return known_body.name, known_body.type, False
    is_speech = kind in SPEECHES
    if word is None and (not is_speech or place.is_national or SYSTEM.search(title)):
        word = _topic_word(title)
    if word is None and (is_speech or not gazetteer.find(title)):
        word = _speaker_word(words)
    if word is None and kind not in (*SPEECHES, "新闻报道", "综述"):
        word = _subject_word(words)
    if word is None and (place.region or (place.is_national and kind != "其他")):
        word = "政府"
    if word is None:
        return None, None, False
    return *_full(known[word], place), False


def _township(words: str, place: _Place) -> str | None:
    """The street office, town or township that a text names most, masked names as printed."""
    masked = Counter(MASKED_BODY.findall(words))
    if masked:
        return _office(masked.most_common(1)[0][0])
    named: Counter[str] = Counter()
    tokens = rjieba.cut(words)
    for name, ending, behind in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if ending in TOWNSHIP and re.fullmatch("[\u4e00-\u9fff]{2,3}", name):
            named[name + ending] += 2 if behind in ("办事处", "党工委", "党委") else 1
    if not named:
        return None
    name, count = named.most_common(1)[0]
    within = gazetteer.territory_name(place.region) if place.region else ""
    return within + _office(name) if count >= 2 else None


def _office(name: str) -> str:
    if name.endswith("街道"):
        return name + "办事处"
    return name + "人民政府" if name.endswith(("镇", "乡")) else name


def _titled_body(title: str, place: _Place) -> tuple[str, str] | None:
    """A body that has no name of the common pattern, at the head of the title: 桐庐县富春江镇2022年…"""
    lead = TITLE_LEAD.match(title)
    if lead is None or any(lead[1].endswith(word) for word in vocabulary.issuers()):
        return None
    for suffix, body_type in vocabulary.reports().body_suffixes.items():
        if lead[1].endswith(suffix):
            name = lead[1]
            found = next((m for m in gazetteer.find(name) if m.start == 0), None)
            if found and place.region and any(region.code == place.region.code for region in found.candidates):
                name = gazetteer.territory_name(place.region) + name[found.end :]
            return _office(name), body_type
    return None


def _known_body(title: str) -> vocabulary.KnownOrganization | None:
    """A body known throughout the country that the title names: 中国石化."""
    named = [
        body for body in vocabulary.known_organizations() if any(form in title for form in (body.name, *body.forms))
    ]
    return max(named, key=lambda body: max(len(f) for f in (body.name, *body.forms) if f in title), default=None)


def _subject_word(words: str) -> str | None:
    """The word of the body whose subject runs through the whole text: 食品安全."""
    counts: Counter[str] = Counter()
    for topic, word in vocabulary.report_topics().items():
        if word:
            counts[word] += words.count(topic)
    (first, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    return first if most >= max(5, len(words) / 250) and most >= 2 * second else None


def _body_word(title: str) -> str | None:
    """The word of the body that a title names: 市人大常委会 → 人大常委会, 县纪律检查委员会 → 纪委."""
    known = vocabulary.issuers()
    named = [
        word
        for word, issuer in known.items()
        if word in title or (len(issuer.full_word) > 4 and issuer.full_word in title)
    ]
    vague = ("政府", "中共")
    return next((word for word in named if word not in vague), "中共" if "中共" in named else None)


def _opening_word(opening: str) -> str | None:
    """The body that the first sentence is about: 2022年，在县委的领导下，县残联坚持… → 残联; 全县人社工作… → 人社局."""
    subject = re.sub("在[^，。]*?下，?", "", opening)
    named = (word for word in vocabulary.issuers() if word in subject[:30] and word not in SUPERIORS)
    working = (
        word
        for topic, word in vocabulary.report_topics().items()
        if word and re.search(f"{topic}[^，。]{{0,6}}工作", subject)
    )
    return next(named, None) or next(working, None)


def _topic_word(title: str) -> str | None:
    """The word of the body whose subject a title names: 交通运输 → 交通运输局."""
    return next((word for topic, word in vocabulary.report_topics().items() if topic in title and word), None)


def _spoken_for(opening: str) -> str:
    """Whom a speaker represents: 我谨代表淮北市委、市政府，…"""
    found = re.search(r"(?:我|谨)[谨们]?代表([\u4e00-\u9fff、]{2,24})[，,向对]", opening)
    return found[1] if found else ""


def _represented(spoken_for: str) -> str | None:
    """淮北市委、市政府 → 政府."""
    if "政府" in spoken_for:
        return "政府"
    return next((word for word in vocabulary.issuers() if word in spoken_for), None)


def _speaker_word(words: str) -> str | None:
    """The body that a speech without a name in its title speaks for: the one that it names most, from the beginning."""
    counts = {word: words.count(word) for word in vocabulary.issuers() if word not in SUPERIORS}
    word = max(counts, key=lambda word: counts[word])
    return word if counts[word] >= 3 and words[:1500].count(word) >= 2 else None


def _full(issuer: vocabulary.Issuer, place: _Place) -> tuple[str | None, str]:
    region = place.region
    if region is None:
        return (issuer.national if place.is_national else None), issuer.type
    name = gazetteer.territory_name(region)
    template = issuer.province if region.level == "province" and not name.endswith("市") else issuer.local
    party = f"{name}委员会" if "自治" in name else f"{name}委"
    return template.format(region=name, party=party), issuer.type
