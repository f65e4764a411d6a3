"""Numbers become facts: each is bound to its indicator, measure, status, period and organization.

The unit of work is the sentence. A figure takes what stands in its own clause first; what is elided there comes from the
figure before (8 户 12 人), from the sentence, from the section's heading, and at last from the report itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from etl import gazetteer, vocabulary
from etl.extract import periods as times
from etl.extract import phrases
from etl.extract.quantities import sentence_at, sentence_starts
from etl.records import (
    Measure,
    Observation,
    OrganizationMention,
    Paragraph,
    ParagraphKind,
    PeriodMention,
    Quantity,
    Report,
    Status,
    TimeSpan,
)

BOUNDARY = re.compile(r"[，；：。！？（）]")
NATION = "中国"


class Owner(NamedTuple):
    """Whose figure it is."""

    name: str | None
    type: str | None
    region_code: str | None


class Section(NamedTuple):
    level: int
    title: str
    is_plan: bool | None  # None: the heading does not tell
    span: TimeSpan | None


class Reading(NamedTuple):
    """What the words round a number say of it."""

    indicator: str
    measure: Measure
    rule: str
    confidence: float
    sign: int = 1
    queue: tuple[Reading, ...] = ()  # what the numbers after it in its list are


class Memory(NamedTuple):
    """What the figure before left behind for the next one of its sentence."""

    head: str = ""
    verb: str = ""
    is_counted: bool = False  # its noun stands behind it, and so before the next number
    is_share: bool = False
    recent: tuple[str, ...] = ()  # the indicators of the sentence so far
    queue: tuple[Reading, ...] = ()


def bind(
    report: Report,
    quantities: Iterable[Quantity],
    periods: Iterable[PeriodMention],
    organizations: Iterable[OrganizationMention],
) -> tuple[tuple[Observation, ...], tuple[Quantity, ...]]:
    """The observations of a report, and its quantities as they were given, in reading order."""
    quantities = tuple(quantities)
    of_paragraph = _grouped(quantities)
    periods_of, organizations_of = _grouped(periods), _grouped(organizations)
    section = _Sections(report)
    observations: list[Observation] = []
    for i, paragraph in enumerate(report.paragraphs):
        own_periods = periods_of.get(i, [])
        section.enter(paragraph, own_periods)
        facts = [q for q in of_paragraph.get(i, []) if not q.passed_over]
        if facts and paragraph.kind in (ParagraphKind.BODY, ParagraphKind.HEADING):
            binder = _Binder(report, section, paragraph, own_periods, organizations_of.get(i, []))
            observations.extend(binder.bind(facts))
        section.leave(paragraph, own_periods, bool(facts))
    return tuple(observations), quantities


Mention = TypeVar("Mention", Quantity, PeriodMention, OrganizationMention)


def _grouped(items: Iterable[Mention]) -> dict[int, list[Mention]]:
    groups: dict[int, list[Mention]] = {}
    for item in items:
        groups.setdefault(item.paragraph, []).append(item)
    return groups


# ---- where in the report we are -------------------------------------------------------------------------------------


class _Sections:
    """The headings above the current paragraph, whether they look forward, and the time that they and lead paragraphs set."""

    def __init__(self, report: Report) -> None:
        self.anchor = times.anchor_of(report)
        self._report = report
        self._stack: list[Section] = []
        self._topic: TimeSpan | None = None  # set by a lead paragraph: 过去五年，我们……
        self._looks_forward = False  # a government report turns to its plan once and stays there
        self._is_government = report.kind == "政府工作报告"
        self._plan_year = report.period.end.year + 1 if report.period else self.anchor.year

    def enter(self, paragraph: Paragraph, periods: list[PeriodMention]) -> None:
        """Take note of a heading, or of a lead sentence that does the work of one."""
        text = paragraph.text
        spans = [p.span for p in periods if p.span and p.rule != times.COMPARISON and p.span.granularity != "day"]
        span = spans[0] if spans else None
        if paragraph.kind is not ParagraphKind.HEADING:
            short = len(text) <= 30 and not re.search(r"。|——|会议", text) and self._is_plan_heading(text, span)
            self._looks_forward = self._looks_forward or bool(short) or self._opens_plan(text)
            return
        while self._stack and self._stack[-1].level >= paragraph.level:
            self._stack.pop()
        if paragraph.level > 1 and not text.startswith(("——", "（20", "（19")):
            is_plan = self._is_plan_heading(text, span)
            if is_plan is not None and (is_plan or not self._looks_forward or "回顾" in text):
                self._looks_forward = is_plan
            self._stack.append(Section(paragraph.level, text, is_plan, span))
            self._topic = None

    def leave(self, paragraph: Paragraph, periods: list[PeriodMention], has_facts: bool) -> None:
        """A lead paragraph that names a time and no figure speaks for the paragraphs after it."""
        if paragraph.kind is not ParagraphKind.BODY or has_facts or len(paragraph.text) > 400 or self.is_plan:
            return
        last_sentence = sentence_starts(paragraph.text.rstrip("。！？；"))[-1]
        for mention in periods:
            if mention.span and self._sets_topic(mention, last_sentence):
                self._topic = mention.span

    def _sets_topic(self, mention: PeriodMention, last_sentence: int) -> bool:
        assert mention.span
        years = mention.span.end.year - mention.span.start.year
        period = self._report.period
        if period and mention.span.end > period.end:
            return False
        if mention.rule in ("years up to now", "years from–to") or mention.rule == "five-year plan" and "期" in mention.text:
            return 1 < years < 10 and mention.start >= last_sentence
        section = self._section_span
        return mention.rule == "a year" and mention.start <= 8 and section is not None and section.end.year > section.start.year

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(section.title for section in self._stack)

    @property
    def is_plan(self) -> bool:
        if self._is_government:
            return self._looks_forward
        told = next((s.is_plan for s in reversed(self._stack) if s.is_plan is not None), None)
        return bool(told) if told is not None else self._report.kind == "工作计划"

    @property
    def _section_span(self) -> TimeSpan | None:
        return next((s.span for s in reversed(self._stack) if s.span), None) or self._report.period

    @property
    def span(self) -> TimeSpan | None:
        """The time that holds here when the sentence names none."""
        if self.is_plan:
            told = next((s.span for s in reversed(self._stack) if s.span and s.is_plan), None)
            return told or self._next_year()
        return self._topic or self._section_span

    def _next_year(self) -> TimeSpan | None:
        return times.year_span(self._plan_year) if self._plan_year else None

    def _opens_plan(self, text: str) -> bool:
        """今年工作的总体要求是……: a lead sentence without a heading turns a government report to its plan."""
        year = self._plan_year
        if not self._is_government or not year:
            return False
        return bool(re.match(rf"[^。]{{0,30}}(?:今年|{year}年)[^。]{{0,40}}{_PLAN_LEAD}|.{{0,200}}预期目标(?:是|为|：|建议)", text))

    def _is_plan_heading(self, text: str, span: TimeSpan | None) -> bool | None:
        """True for the part that looks forward, False for the one that looks back, None if the heading does not tell."""
        words, year = vocabulary.clauses(), self._plan_year
        if span and year and self._is_government:
            if span.end.year < year:
                return False
            if span.start.year >= year:
                return True
        if any(cue in text for cue in words.past_headings):
            return False
        return True if any(cue in text for cue in words.plan_headings) else None


_PLAN_LEAD = (
    r"(?:总体要求|总体思路|预期目标|主要目标|奋斗目标|发展目标|目标任务|指导思想|工作安排|重点工作|主要任务|重点任务|重点抓好"
    r"|着力抓好|重点做好|着力做好|要做好|要抓好|政府工作(?:的|总)|工作的?建议)"
)


@cache
def _owner(name: str | None, kind: str | None, region_code: str | None, is_redacted: bool) -> Owner:
    """Whose figures a report gives when nothing else is said: the territory, or a body that counts its own work."""
    words = vocabulary.clauses()
    own = kind in words.own_figures or any(part in (name or "") for part in words.own_figures_names)
    if is_redacted:
        return Owner(None, None, region_code)
    if own and name:
        return Owner(name, kind, region_code)
    region = gazetteer.by_code(region_code) if region_code else None
    if region:
        return Owner(gazetteer.territory_name(region), "territory", region_code)
    return Owner(NATION, "territory", None) if name else Owner(None, None, None)


# ---- one paragraph --------------------------------------------------------------------------------------------------


class _Binder:
    def __init__(
        self,
        report: Report,
        section: _Sections,
        paragraph: Paragraph,
        periods: list[PeriodMention],
        organizations: list[OrganizationMention],
    ) -> None:
        self._report = report
        self._section = section
        self._text = paragraph.text
        self._periods = periods
        self._organizations = organizations
        self._starts = sentence_starts(paragraph.text)
        self._last_status: Status | None = None  # of the figure before, in its sentence

    def bind(self, facts: list[Quantity]) -> Iterator[Observation]:
        at = 0
        while at < len(facts):
            start, end = sentence_at(self._starts, facts[at].start, len(self._text))
            stop = at
            while stop < len(facts) and facts[stop].start < end:
                stop += 1
            yield from self._bind_sentence(facts[at:stop], start, end)
            at = stop

    def _bind_sentence(self, facts: list[Quantity], start: int, end: int) -> Iterator[Observation]:
        memory = Memory()
        self._last_status = None
        for k, fact in enumerate(facts):
            before, after = facts[k - 1] if k else None, facts[k + 1] if k + 1 < len(facts) else None
            clause = _Clause(self._text, start, end, fact, before, after, self._cut_out())
            reading = memory.queue[0] if memory.queue else _read(clause, memory, facts[k:], self._text)
            if reading is None or not phrases.tidy(reading.indicator):
                continue
            memory = _remember(memory, reading)
            yield self._observation(fact, reading, clause, start, end)

    def _cut_out(self) -> list[tuple[int, int]]:
        """Spans that are no part of an indicator's name: times, and territories that are the subject."""
        spans = [(p.start, p.end) for p in self._periods]
        return spans + [(o.start, o.end) for o in self._organizations if o.type == "territory"]

    def _observation(self, fact: Quantity, reading: Reading, clause: _Clause, start: int, end: int) -> Observation:
        status = self._last_status = self._status(fact, reading, clause, start)
        span, explicit = self._period(fact, reading, status, start, end)
        owner = self._subject(fact, start)
        quantity = fact
        if reading.sign < 0 and fact.value is not None and fact.value > 0:
            high = -fact.value_high if fact.value_high is not None else None
            quantity = replace(fact, value=-fact.value, value_high=high)
        confidence = reading.confidence * (0.9 if not explicit and span is None else 1.0)
        return Observation(
            quantity,
            phrases.tidy(reading.indicator),
            reading.measure,
            status,
            span,
            explicit,
            owner.name,
            owner.type,
            owner.region_code,
            self._section.titles,
            (start, end),
            reading.rule,
            round(confidence, 2),
        )

    # ---- status ----

    def _status(self, fact: Quantity, reading: Reading, clause: _Clause, start: int) -> Status:
        if self._section.is_plan and not _REACHED.search(self._text[clause.start : fact.start]):
            return Status.TARGET
        if reading.rule == "growth of the figure before" and self._last_status is not None:
            return self._last_status
        own = self._text[clause.start : fact.start] + clause.right[:8]
        sentence = self._text[start : fact.start]
        if self._section.is_plan:
            return Status.ACTUAL
        weak, strong = _target_cues()
        past = vocabulary.clauses().past_cues
        if (weak.search(own) or strong.search(own)) and not any(cue in own for cue in past):
            return Status.TARGET
        last = self._last_period(fact, start)
        if last and last.rule == "by a year" and last.span and self._is_future(last.span.end):
            return Status.TARGET
        if strong.search(own) and "已" not in own:
            return Status.TARGET
        if strong.search(sentence) and not any(cue in sentence for cue in past):
            return Status.TARGET
        return Status.ACTUAL

    def _is_future(self, day: date) -> bool:
        year = self._section.anchor.year
        return bool(year and day.year >= year)

    # ---- period ----

    def _last_period(self, fact: Quantity, start: int) -> PeriodMention | None:
        """The time that the sentence names before the number; 目前 only where there is no other."""
        named = [p for p in self._periods if start <= p.start < fact.start and p.rule != times.COMPARISON and p.span]
        return next((p for p in reversed(named) if p.rule != "now"), named[-1] if named else None)

    def _period(self, fact: Quantity, reading: Reading, status: Status, start: int, end: int) -> tuple[TimeSpan | None, bool]:
        if in_a_row := self._in_a_row(fact, start):
            return in_a_row, True
        if named := self._last_period(fact, start) or self._after(fact):
            return self._for_stock(self._here(named), reading), True
        if carried := self._carried(start):
            return self._for_stock(self._here(carried), reading), False
        return self._for_stock(self._section.span, reading), False

    def _here(self, mention: PeriodMention) -> TimeSpan | None:
        """A time without a year means the coming one in a plan."""
        year = self._section.span.start.year if self._section.is_plan and self._section.span else None
        return times.in_year(mention, year) if year else mention.span

    def _after(self, fact: Quantity) -> PeriodMention | None:
        """68所学校也于今年3月份调整完毕: the time stands behind the number, in its clause."""
        following = next((p for p in self._periods if p.start >= fact.unit_end and p.rule != times.COMPARISON), None)
        if following is None or following.span is None or following.rule in ("now", "up to now"):
            return None
        between = self._text[fact.unit_end : following.start]
        return following if between.endswith(("于", "在")) and not BOUNDARY.search(between) else None

    def _carried(self, start: int) -> PeriodMention | None:
        """The time at the head of an earlier sentence of the paragraph; it holds until another is named."""
        for mention in reversed(self._periods):
            if mention.end <= start and mention.span and mention.rule in _CARRYING:
                head, _ = sentence_at(self._starts, mention.start, len(self._text))
                if mention.start - head <= 4:
                    return mention
        return None

    def _in_a_row(self, fact: Quantity, start: int) -> TimeSpan | None:
        """连续16年: as many whole years, up to the end of the report's period."""
        clause = self._text[start : max(fact.unit_end, fact.end) + 1].rsplit("，", 1)[-1]
        found = re.search(r"连续(\d{1,2}|[一二两三四五六七八九十]{1,3})年", clause)
        period = self._report.period
        if not found or not period:
            return None
        n = times.integer(found[1])
        last = period.end.year
        return times.year_span(last - n + 1, last) if n and n < 60 else None

    def _for_stock(self, span: TimeSpan | None, reading: Reading) -> TimeSpan | None:
        """A stock is counted at a moment: at the day of 截至, or at the end of several years."""
        if span is None:
            return None
        is_stock = bool(_STOCK.search(reading.indicator)) and reading.measure in (Measure.LEVEL, Measure.SHARE)
        if span.granularity == "until" and (is_stock or reading.rule == "stock"):
            return TimeSpan(span.end, span.end, "day", span.label)
        if (span.end - span.start).days > 400 and is_stock:
            return TimeSpan(span.end, span.end, "day", span.label)
        return span

    # ---- organization ----

    def _subject(self, fact: Quantity, start: int) -> Owner:
        report = self._report
        default = _owner(report.issuer_name, report.issuer_type, report.region_code, report.issuer_is_redacted)
        named = [o for o in self._organizations if start <= o.start < fact.start]
        subject = next((o for o in reversed(named) if self._is_part_of_own(o) and self._leads_clause(o, start)), None)
        subject = subject or next((o for o in named if self._leads(o, start)), None)
        if subject is None:
            return default
        if subject.is_redacted:
            return Owner(None, None, subject.region_code)
        if subject.type == "territory":
            return self._territory(subject, default)
        if subject.type in vocabulary.clauses().own_figures and (subject.type != "community" or subject.surface[-1] in "镇乡"):
            return Owner(subject.name, subject.type, subject.region_code)
        return default

    def _is_part_of_own(self, mention: OrganizationMention) -> bool:
        """Whether a body is a territory within the report's own: 木石镇 in a report of its city."""
        code, own = mention.region_code, self._report.region_code
        if mention.type == "community":
            return mention.surface[-1] in "镇乡"
        return mention.type == "territory" and bool(code and own) and code != own and code.startswith(own.rstrip("0"))

    def _leads_clause(self, mention: OrganizationMention, start: int) -> bool:
        return self._leads(mention, max(start, *(m.end() for m in BOUNDARY.finditer(self._text, 0, mention.start)), 0))

    def _leads(self, mention: OrganizationMention, start: int) -> bool:
        """Whether a body stands at the head of its sentence as its subject, and is not just part of a longer name."""
        before = self._text[start : mention.start]
        if not re.fullmatch(r"(?:其中|同时|目前|截至目前|今年以来|一年来|现|[^，；：]{0,12}(?<![在于与和同从向对])，)?[“]?", before):
            return False
        if mention.type == "territory" and mention.surface[-1] not in "省市县区州盟旗镇乡村道":
            return False
        return not re.match(r"[、和与及]|[^，]{0,3}(?:的?领导|支持|批准|委|政府)|[^，。]{0,10}(?:项目|会议|博览会|设施)", self._text[mention.end : mention.end + 16])

    def _territory(self, subject: OrganizationMention, default: Owner) -> Owner:
        code, own = subject.region_code, self._report.region_code
        if self._report.issuer_is_redacted and (code == own or code is None):
            return default
        if code == own and default.type != "territory" and not re.match(r"全|我", subject.surface):
            return default
        if code and own and code != own and own.startswith(code.rstrip("0")):
            return default  # 在全省排名: a territory above the report's own is no subject
        return Owner(subject.name, "territory", code)


_STOCK = re.compile(
    r"(?:总数|总量|总额|余额|里程|总人口|覆盖率|普及率|化率|保有量|市场主体|存量|资产|在册|实有|总装机|在校生|床位|户数|低保户)"
)


_REACHED = re.compile(r"(?<!业)已(?!有的)|以来|去年|上年|截[至止]|现有")
# Times at the head of a sentence that go on for those after it.
_CARRYING = frozenset(
    ("days from–to", "until a day", "a day", "months from–to", "a month", "part of a year", "end of a year", "end of the year", "a year", "five-year plan")
)


@cache
def _target_cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary.clauses()
    return re.compile(words.weak_target_cues), re.compile(words.strong_target_cues)


class _Clause:
    """The words on both sides of a number within its clause, without times and territories."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        fact: Quantity,
        before: Quantity | None,
        after: Quantity | None,
        cut_out: list[tuple[int, int]],
    ) -> None:
        self.fact = fact
        asides = [m.span() for m in _ASIDE.finditer(text, start, end) if not m.start() < fact.start < m.end()]
        cut_out = cut_out + [(a, b) for a, b in asides if b - a > 10 or re.search(r"\d", text[a:b])]
        if before is not None and any(a < before.start < b for a, b in asides):
            before = None  # a figure in brackets is no neighbour
        marks = [m.end() for m in BOUNDARY.finditer(text, start, fact.start) if not _within(asides, m.start())]
        self.start = marks[-1] if marks else start
        self.text_before = text[marks[-2] if len(marks) > 1 else start : self.start - 1] if marks else ""
        previous_end = _behind(text, before) if before else start
        left_start = max(self.start, previous_end)
        self.follows_in_clause = before is not None and previous_end >= self.start
        self.glue = text[previous_end : fact.start] if self.follows_in_clause else ""
        left_end = fact.start - 1 if fact.rule == "rank" else fact.start
        self.raw_left = text[left_start:left_end]
        self.left = _without(text, left_start, left_end, cut_out)
        if fact.from_value is not None:
            self.left = re.sub(r"[由从][^，]*$", "", self.left)
        inner = [(a, b) for a, b in asides if b - a <= 10 and not re.search(r"\d", text[a:b])]
        mark = next((m for m in BOUNDARY.finditer(text, fact.unit_end, end) if not _within(inner, m.start())), None)
        right_end = mark.start() if mark else end
        self.right_to_mark = re.split("、", text[_behind(text, fact) : right_end])[0]
        self.mark = text[right_end : right_end + 1]
        self.next_in_clause = after is not None and after.start < right_end
        if after is not None and self.next_in_clause:
            right_end = after.start - 1 if text[after.start - 1] == "第" else after.start
        right = text[_behind(text, fact) : right_end]
        self.right_whole = right
        self.right = _first_of_list(right) if self.next_in_clause else right


def _first_of_list(right: str) -> str:
    """The first noun of what stands between two numbers; 省、市重点项目 and 国家、省级 are one."""
    parts = re.split(r"(、|[和及](?=[^、]{2,}))", right.rstrip("和及与、"))
    while len(parts) > 2 and 1 <= len(parts[0]) <= 2:
        parts[:3] = ["".join(parts[:3])]
    return parts[0]


_ASIDE = re.compile(r"（[^（）]*）")


def _within(spans: list[tuple[int, int]], position: int) -> bool:
    return any(a <= position < b for a, b in spans)


def _behind(text: str, fact: Quantity) -> int:
    """The offset behind a number, its unit and the bound word after it."""
    found = re.compile(r"(?:余|多)?(?:以上|以下|以内|左右|上下|及以上|之多)?").match(text, max(fact.unit_end, fact.end))
    return found.end() if found else fact.unit_end


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    out, at = [], start
    for a, b in sorted(spans):
        if a >= at and b <= end:
            out.append(text[at:a])
            at = b
    out.append(text[at:end])
    return "".join(out)


# ---- what the words say ---------------------------------------------------------------------------------------------

_COMPLETION = re.compile(
    r"(?:完成|实现)了?(?:[^，]{0,14}(?:目标|任务|计划|预算|进度)(?:总)?数?)?的?$|(?:时序|工程|投资|年度|施工)进度的?$|(?:投资|目标|计划|任务)?完成率$|按$|占[^，]{0,8}(?:目标|任务|计划|预算)的$"
)
_RANK_TAIL = re.compile(
    r"(?:均|分别|连续|稳|继续|也)*(?:位?居|位列|名列|列|排名|排位|排|跃居|跃升至|上升至|升至|升到|前移至|保持|荣获|获得|获|占|在|位次|综合)*(?:在)?(?:全国|全省|全市|全区|全县|全州|世界|全球|中部|西部|东部|省内|国内|同类[^，]{0,6}|[^，]{0,6}(?:城市|省份|地级市|省会)[^，]{0,3})?(?:中|中的|的|内)?(?:位?居|位列|名列|列|排名|排|并列)?$"
)


def _read(clause: _Clause, memory: Memory, rest: list[Quantity], text: str) -> Reading | None:
    """The reading of one number; None where the words round it say nothing that can be trusted."""
    fact = clause.fact
    if fact.rule == "rank":
        return _rank(clause, memory)
    left = clause.left
    if memory.is_counted and clause.follows_in_clause and re.search(r"[、和及与]", left):
        left = re.split(r"[、和及与]", left)[-1]
    left = phrases.without_openings(left)
    if shares := _distributed(clause, left, rest, memory):
        return shares
    if fact.unit in ("%", "‰"):
        return _percent(clause, left, memory)
    if fact.unit in ("个百分点", "百分点", "个基点", "个千分点"):
        grown = phrases.split_growth(left)
        head = phrases.without_links(grown[0]) if grown else phrases.without_links(left)
        return Reading(head or memory.head, Measure.PP, "percentage points", 0.85, grown[1] if grown else 1)
    if fact.unit in ("倍", "番"):
        grown = phrases.split_growth(left)
        head = phrases.without_links(grown[0] if grown else left)
        return Reading(head or memory.head, Measure.MULTIPLE, "multiple", 0.7)
    return _level(clause, left, memory, rest, text)


def _rank(clause: _Clause, memory: Memory) -> Reading | None:
    left = phrases.without_openings(_RANK_TAIL.sub("", clause.left))
    left = phrases.without_links(left) if left else ""
    return Reading(_with_head(left, memory), Measure.RANK, "rank", 0.75)


def _percent(clause: _Clause, left: str, memory: Memory) -> Reading | None:
    left = re.sub(r"(?:年度|预期)?目标$|预期$", "", left)
    own = phrases.without_links(left)
    if "占" in left or clause.right.startswith("占"):
        subject = own if not own.startswith("占") else memory.head + own
        if left.startswith("占") or not own:
            subject = memory.head + left.removesuffix("达到").removesuffix("达").removesuffix("为")
        return Reading(subject, Measure.SHARE, "share", 0.85)
    if _COMPLETION.search(left):
        return Reading(_with_head(own, memory), Measure.COMPLETION, "completion", 0.75)
    if grown := phrases.split_growth(left):
        head = phrases.without_links(grown[0]) if grown[0] else ""
        if memory.is_share and not head:
            return Reading(memory.head, Measure.GROWTH, "growth of the figure before", 0.6, grown[1])
        rule = "growth" if head else "growth of the figure before"
        return Reading(_with_head(head, memory), Measure.GROWTH, rule, 0.9, grown[1])
    if clause.right.startswith("的"):
        noun, predicate = phrases.counted_noun(clause.right)
        if noun:
            return Reading(own + noun + (predicate if len(noun) < 4 else ""), Measure.SHARE, "share of a class", 0.6)
    if left.endswith(("比重", "占比")):
        return Reading(_with_head(own, memory), Measure.SHARE, "share", 0.85)
    if clause.right and len(clause.right) <= 12 and not clause.next_in_clause:
        return Reading(_with_head(own, memory) + clause.right, Measure.LEVEL, "percentage before its predicate", 0.6)
    return Reading(_with_head(own, memory), Measure.LEVEL, "rate", 0.85)


def _with_head(own: str, memory: Memory) -> str:
    """An elided head restored: 办结率 after 受理群众诉求 → 受理群众诉求办结率."""
    if not own:
        return memory.head
    words = vocabulary.clauses()
    if _GRADE_ONLY.fullmatch(own) and memory.head:
        return own + _GRADE.sub("", memory.head)
    if own in words.generic_heads or (len(own) <= 3 and own.endswith(("率", "额", "量", "数", "积", "值", "比"))):
        return _joined(memory.head, own)
    return own


# 省级 1 个、市级 4 个: a grade stands for the head before, with the grade exchanged.
_GRADE = re.compile(r"(?:国家|自治区|[省市州县区镇乡村])级")
_GRADE_ONLY = re.compile(r"(?:国家|自治区|[省市州县区镇乡村])级|全国|自治区|国际|区[内外]|[省市县]内|[省市县]外|城市|农村|城镇|男|女|其他|其它")
_PAIRS = (("收入", "支出"), ("产量", "产值"), ("面积", "产量"), ("存栏", "出栏"), ("户数", "人数"), ("进口", "出口"), ("受理", "办结"))


def _joined(head: str, own: str) -> str:
    """The head before with its own last noun exchanged, or the two in a row."""
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if own.endswith(other) and head.endswith(one) and len(own) <= 4:
                return head[: -len(one)] + own
    return head if own in ("共", "目标", "累计", "完成", "实现", "到位", "净增", "新增") and head else head + own


def _distributed(clause: _Clause, left: str, rest: list[Quantity], memory: Memory) -> Reading | None:
    """A、B分别增长5.1%、6.2%: a reading for the first number, and a queue of readings for those after it."""
    if "分别" not in clause.raw_left:
        return None
    subject, _, tail = left.partition("分别")
    n = _in_a_list(rest)
    if n < 2:
        return None
    subject = phrases.without_links(subject)
    items = phrases.distributed(subject, n) or [subject] * n if subject else list(memory.recent[-n:])
    if len(items) != n:
        return None
    readings = [_one_of(item, tail, clause.fact) for item in items]
    return readings[0]._replace(queue=tuple(readings[1:]))


def _one_of(item: str, tail: str, fact: Quantity) -> Reading:
    rule, confidence = "one of several, in order", 0.75
    grown = phrases.split_growth(tail)
    if fact.unit == "%" and grown:
        return Reading(item + phrases.without_links(grown[0]), Measure.GROWTH, rule, confidence, grown[1])
    if fact.unit == "%" and "占" in tail:
        return Reading(item + tail, Measure.SHARE, rule, confidence)
    return Reading(item + phrases.without_links(tail), Measure.LEVEL, rule, confidence)


def _in_a_list(rest: list[Quantity]) -> int:
    """How many numbers follow one another with only 、 or 和 between them, from the first on."""
    n = 1
    for one, other in zip(rest, rest[1:], strict=False):
        if other.start - max(one.unit_end, one.end) > 3:
            break
        n += 1
    return n


def _level(clause: _Clause, left: str, memory: Memory, rest: list[Quantity], text: str) -> Reading | None:
    fact = clause.fact
    sign, measure = 1, Measure.LEVEL
    grown = phrases.split_growth(left)
    noun, predicate = phrases.counted_noun(clause.right)
    if grown and not noun:
        head = phrases.without_links(grown[0])
        if head or memory.head:
            return Reading(_with_head(head, memory), Measure.CHANGE, "change", 0.7, grown[1])
    if not noun and left.endswith(("新增", "净增", "净增加", "新增加")):
        measure = Measure.CHANGE
    own = phrases.without_links(left)
    if fact.text == "零":
        return Reading(re.split(r"[、，]", clause.right_whole)[0], Measure.LEVEL, "none happened", 0.8)
    if noun and (_counts(fact, clause) or phrases.is_verb(own)):
        return _counted(clause, own, noun, predicate, memory, measure, rest, text)
    if (not own or phrases.is_verb(own)) and not noun and clause.next_in_clause and not clause.right_whole.strip("、和及"):
        shared = _next_noun(rest, text)
        if shared:
            return Reading(own + shared, measure, "noun shared with the next figure", 0.7)
    if not own:
        if predicate and (not clause.follows_in_clause or clause.raw_left.endswith(("为", "对", "给", "向", "让", "使"))):
            return Reading(predicate[:20], measure, "predicate only", 0.5)
        if memory.head:
            head = _FRESH.sub("", memory.head) if _TOTAL.search(clause.raw_left) else memory.head
            return Reading(head, measure, "head of the figure before", 0.65, sign)
        return _of_clause_before(clause, measure)
    own = phrases.without_examples(own)
    if own in vocabulary.clauses().generic_heads and not memory.head and clause.next_in_clause and (thing := _next_thing(rest, text)):
        return Reading(thing + own, measure, "noun shared with the next figure", 0.65)
    indicator = _with_head(own, memory)
    if indicator == own and clause.follows_in_clause and memory.verb and not phrases.leading_verb(own) and re.match(r"[、和及]", clause.glue):
        indicator = memory.verb + own
    if len(own) <= 2 and predicate and not clause.follows_in_clause:
        indicator = own + predicate[:16]
    if not fact.unit and fact.value is not None and not re.search(r"(?:[达为至到是]|得分|指数|分数)$", left) and fact.text[-1] not in "万亿":
        return None
    return Reading(indicator, measure, "indicator before the number", 0.85, sign)


# 新增 A 13 家、达 47 家: the second is the stock, not what was added.
_FRESH = re.compile(r"^(?:新增|净增|新建|新培育|新引进|新认定|再添|增加)")
_TOTAL = re.compile(r"达|总数|累计|共")


def _of_clause_before(clause: _Clause, measure: Measure) -> Reading | None:
    """粮食总产量在上年增长的基础上，达到48401万吨: the head stands in the clause before."""
    noun, predicate = phrases.counted_noun(phrases.without_openings(clause.text_before))
    if not predicate or not 2 <= len(noun) <= 14 or not re.search(r"[达至为到]", clause.raw_left):
        return None
    return Reading(noun, measure, "head of the clause before", 0.5)


def _counts(fact: Quantity, clause: _Clause) -> bool:
    """Whether the noun behind the number is what it counts: 36名安全员, 9.6公里河道, 投资269亿元的项目."""
    unit = vocabulary.units().get(fact.unit)
    if unit is None or unit.dimension in ("count", "persons", "households", "person_times", "doses", "household_times"):
        return True
    return clause.right.startswith("的") or unit.dimension in ("area", "length", "mass", "volume", "power", "containers")


def _counted(
    clause: _Clause, own: str, noun: str, predicate: str, memory: Memory, measure: Measure, rest: list[Quantity], text: str
) -> Reading:
    unit = vocabulary.units().get(clause.fact.unit)
    if clause.right.startswith("的") and unit is not None and unit.dimension.startswith("money"):
        noun = phrases.counted_noun(clause.right_to_mark)[0] or noun
        kind = next((kind for kind in ("总投资", "投资", "资金") if own.endswith(kind)), "")
        return Reading(noun + kind, measure, "sum of the named thing", 0.75)
    if clause.right.startswith("的") and own in vocabulary.clauses().generic_heads:
        return Reading(noun + own, measure, "noun behind the counter", 0.75)
    if _GRADE_ONLY.fullmatch(noun) and clause.next_in_clause:
        noun += _GRADE.sub("", _next_noun(rest[1:], text))
    if own.endswith("等") or "、" in own:
        own = phrases.leading_verb(own)
    if len(own) + len(noun) > 22 or own in ("其", "该", "这", "每"):
        own = phrases.leading_verb(own)
    if len(noun) <= 2 and predicate and len(own) < 2:
        noun += predicate[:14]
    if not own and clause.follows_in_clause and memory.verb and re.fullmatch(r"[、和及]|以及", clause.glue):
        own = memory.verb
    return Reading(own + noun, measure, "noun behind the counter", 0.8)


def _next_noun(rest: list[Quantity], text: str) -> str:
    """For 1.5万户、4.2万人住进新居: what stands behind the last number of the list."""
    for one, other in zip(rest, [*rest[1:], None], strict=False):
        stop = BOUNDARY.search(text, one.unit_end)
        end = min(stop.start() if stop else len(text), other.start if other else len(text))
        right = text[_behind(text, one) : end].strip("、和及")
        if right:
            noun, predicate = phrases.counted_noun(right)
            return (noun if len(noun) > 2 else noun + predicate)[:20]
    return ""


def _next_thing(rest: list[Quantity], text: str) -> str:
    """For 投资242亿元、面积280万亩的国储林项目: the thing behind the 的 after the list."""
    for one in rest[1:3]:
        at = _behind(text, one)
        if text[at : at + 1] == "的":
            return phrases.counted_noun(re.split(r"[，。；、：（]", text[at:])[0])[0][:20]
    return ""


def _remember(memory: Memory, reading: Reading) -> Memory:
    queue = reading.queue or memory.queue[1:]
    if reading.measure in (Measure.GROWTH, Measure.PP, Measure.RANK, Measure.COMPLETION):
        head = reading.indicator if reading.rule == "growth" else memory.head or reading.indicator
        return memory._replace(head=head, queue=queue, is_counted=False)
    verb = phrases.leading_verb(reading.indicator)
    counted = reading.rule == "noun behind the counter"
    is_share = reading.measure is Measure.SHARE
    return Memory(reading.indicator, verb, counted, is_share, (*memory.recent, reading.indicator), queue)
