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
        if facts and paragraph.kind is not ParagraphKind.BOILERPLATE:
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
    """The headings above the current paragraph, and the time that they and lead paragraphs set."""

    def __init__(self, report: Report) -> None:
        self._anchor = times.anchor_of(report)
        self._report = report
        self._stack: list[Section] = []
        self._topic: TimeSpan | None = None  # set by a lead paragraph: 过去五年，我们……

    def enter(self, paragraph: Paragraph, periods: list[PeriodMention]) -> None:
        if paragraph.kind is not ParagraphKind.HEADING:
            return
        while self._stack and self._stack[-1].level >= paragraph.level:
            self._stack.pop()
        span = next((p.span for p in periods if p.span and p.rule != times.COMPARISON), None)
        if paragraph.level > 1:
            self._stack.append(Section(paragraph.level, paragraph.text, _is_plan_heading(paragraph.text), span))
            self._topic = None

    def leave(self, paragraph: Paragraph, periods: list[PeriodMention], has_facts: bool) -> None:
        """A lead paragraph that names several years and no figure speaks for the paragraphs after it."""
        if paragraph.kind is ParagraphKind.BODY and not has_facts:
            spans = [p.span for p in periods if p.span and p.rule in ("years up to now", "five-year plan", "years from–to")]
            if spans and len(paragraph.text) < 400:
                self._topic = spans[-1]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(section.title for section in self._stack)

    @property
    def is_plan(self) -> bool:
        told = next((s.is_plan for s in reversed(self._stack) if s.is_plan is not None), None)
        return bool(told) if told is not None else self._report.kind == "工作计划"

    @property
    def span(self) -> TimeSpan | None:
        """The time that holds here when the sentence names none."""
        if self.is_plan:
            told = next((s.span for s in reversed(self._stack) if s.span), None)
            return told or self._next_year()
        if self._topic:
            return self._topic
        return next((s.span for s in reversed(self._stack) if s.span), None) or self._report.period

    def _next_year(self) -> TimeSpan | None:
        report = self._report
        if report.kind == "政府工作报告" and self._anchor.year:
            return times.year_span(self._anchor.year)
        return times.year_after(report.period) if report.period else None

    @property
    def anchor(self) -> times.Anchor:
        return self._anchor


def _is_plan_heading(text: str) -> bool | None:
    words = vocabulary.clauses()
    if any(cue in text for cue in words.past_headings):
        return False
    if any(cue in text for cue in words.plan_headings):
        return True
    return None


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
        self._carried: TimeSpan | None = None  # the time that the sentence before named

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
        status = self._status(fact, clause, start)
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

    def _status(self, fact: Quantity, clause: _Clause, start: int) -> Status:
        words = vocabulary.clauses()
        own = self._text[clause.start : fact.start] + clause.right[:8]
        sentence = self._text[start : fact.start]
        past = any(cue in own for cue in words.past_cues)
        if self._section.is_plan:
            return Status.TARGET
        if not past and any(cue in own and cue in words.weak_target_cues for cue in words.target_cues):
            return Status.TARGET
        strong = [cue for cue in words.target_cues if cue not in words.weak_target_cues]
        if any(cue in own for cue in strong) and not past:
            return Status.TARGET
        last = self._last_period(fact, start)
        if last and last.rule == "by a year" and last.span and self._is_future(last.span.end):
            return Status.TARGET
        if not past and any(cue in sentence for cue in strong) and not any(cue in sentence for cue in words.past_cues):
            return Status.TARGET
        return Status.ACTUAL

    def _is_future(self, day: date) -> bool:
        year = self._section.anchor.year
        return bool(year and day.year >= year)

    # ---- period ----

    def _last_period(self, fact: Quantity, start: int) -> PeriodMention | None:
        return next(
            (p for p in reversed(self._periods) if start <= p.start < fact.start and p.rule != times.COMPARISON and p.span),
            None,
        )

    def _period(self, fact: Quantity, reading: Reading, status: Status, start: int, end: int) -> tuple[TimeSpan | None, bool]:
        if in_a_row := self._in_a_row(fact, start):
            return in_a_row, True
        last = self._last_period(fact, start)
        if last:
            self._carried = last.span
            return self._for_stock(last.span, reading), True
        if self._carried and start > 0:
            return self._for_stock(self._carried, reading), False
        named = self._before(start)
        if named:
            self._carried = named.span
            return self._for_stock(named.span, reading), False
        span = self._section.span
        if status is Status.TARGET and not self._section.is_plan and span == self._report.period:
            span = self._target_span(span)
        return self._for_stock(span, reading), False

    def _before(self, start: int) -> PeriodMention | None:
        """The time that an earlier sentence of the paragraph named, unless it looks back at something else."""
        return next(
            (p for p in reversed(self._periods) if p.end <= start and p.span and p.rule != times.COMPARISON),
            None,
        )

    def _target_span(self, span: TimeSpan | None) -> TimeSpan | None:
        return span

    def _in_a_row(self, fact: Quantity, start: int) -> TimeSpan | None:
        """连续16年: as many whole years, up to the end of the report's period."""
        found = re.search(r"连续(\d{1,2}|[一二两三四五六七八九十]{1,3})年", self._text[start : max(fact.unit_end, fact.end) + 1])
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
        subject = next((o for o in reversed(self._organizations) if start <= o.start < fact.start and self._leads(o, start)), None)
        if subject is None:
            return default
        if subject.is_redacted:
            return Owner(None, None, subject.region_code)
        if subject.type == "territory":
            return self._territory(subject, default)
        if subject.type in ("enterprise", "park", "association", "school", "hospital", "community", "congress", "cppcc", "court"):
            return Owner(subject.name, subject.type, subject.region_code)
        return default

    def _leads(self, mention: OrganizationMention, start: int) -> bool:
        """Whether a body stands at the head of its sentence or of a clause, as its subject."""
        before = self._text[start : mention.start]
        return bool(re.fullmatch(r"(?:.*[，；：])?(?:其中|同时|目前|截至目前|今年以来|一年来|现|在)?[“]?", before)) and not re.match(
            r"[、和与及市县区省州镇]?(?:的领导|领导下|支持|批准)", self._text[mention.end : mention.end + 6]
        )

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
    r"(?:总数|总量|总额|余额|里程|总里程|人口|覆盖率|普及率|化率|保有量|市场主体|存量|资产|在册|实有|现有|共有|拥有|累计建成|登记|装机|数达|注册|在校生|床位|林地|耕地|户数|人数达|企业达|单位|保护区|农村低保户|总数已)"
)


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
        marks = [m.end() for m in BOUNDARY.finditer(text, start, fact.start)]
        self.start = marks[-1] if marks else start
        previous_end = _behind(text, before) if before else start
        left_start = max(self.start, previous_end)
        self.follows_in_clause = before is not None and previous_end >= self.start
        self.glue = text[previous_end : fact.start] if self.follows_in_clause else ""
        left_end = fact.start - 1 if text[fact.start - 1 : fact.start] in ("第", "前") and fact.start else fact.start
        self.raw_left = text[left_start:left_end]
        self.left = _without(text, left_start, left_end, cut_out)
        if fact.from_value is not None:
            self.left = re.sub(r"[由从][^，]*$", "", self.left)
        mark = BOUNDARY.search(text, fact.unit_end, end)
        right_end = mark.start() if mark else end
        self.mark = text[right_end : right_end + 1]
        self.next_in_clause = after is not None and after.start < right_end
        if after is not None and self.next_in_clause:
            right_end = after.start - 1 if text[after.start - 1] == "第" else after.start
        right = text[_behind(text, fact) : right_end]
        self.right_whole = right
        self.right = re.split(r"[、]|[和及](?=[^、]{2,})", right)[0] if self.next_in_clause else right


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

_COMPLETION = re.compile(r"(?:完成(?:率|比例|进度|工程进度|全年|年度|年初)?[^，]{0,10}?(?:目标|任务|计划|预算|进度)?(?:任务)?(?:数)?(?:的|达|为)?|时序进度|进度|投资完成率|完成率|按)$")
_RANK_TAIL = re.compile(
    r"(?:均|分别|连续|稳|继续|也)*(?:位?居|位列|名列|列|排名|排位|排|跃居|跃升至|上升至|升至|升到|前移至|保持|荣获|获得|获|占|在|位次|综合)*(?:在)?(?:全国|全省|全市|全区|全县|全州|世界|全球|中部|西部|东部|省内|国内|同类[^，]{0,6}|[^，]{0,6}(?:城市|省份|地级市|省会)[^，]{0,3})?(?:中|中的|的|内)?(?:位?居|位列|名列|列|排名|排|并列)?$"
)


def _read(clause: _Clause, memory: Memory, rest: list[Quantity], text: str) -> Reading | None:
    """The reading of one number; None where the words round it say nothing that can be trusted."""
    fact = clause.fact
    if fact.rule == "rank":
        return _rank(clause, memory)
    left = phrases.without_openings(clause.left)
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
    return Reading(left or memory.head, Measure.RANK, "rank", 0.75)


def _percent(clause: _Clause, left: str, memory: Memory) -> Reading | None:
    own = phrases.without_links(left)
    if "占" in left or clause.right.startswith("占"):
        subject = own if not own.startswith("占") else memory.head + own
        if left.startswith("占") or not own:
            subject = memory.head + left.removesuffix("达到").removesuffix("达").removesuffix("为")
        return Reading(subject, Measure.SHARE, "share", 0.85)
    if _COMPLETION.search(left) and not left.endswith("率") or left.endswith(("完成率", "时序进度", "工程进度")):
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
    if own in words.generic_heads or (len(own) <= 3 and own.endswith(("率", "额", "量", "数", "积", "值", "比"))):
        return _joined(memory.head, own)
    return own


_PAIRS = (("收入", "支出"), ("产量", "产值"), ("面积", "产量"), ("存栏", "出栏"), ("户数", "人数"), ("进口", "出口"), ("受理", "办结"))


def _joined(head: str, own: str) -> str:
    """The head before with its own last noun exchanged, or the two in a row."""
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if own.endswith(other) and head.endswith(one) and len(own) <= 4:
                return head[: -len(one)] + own
    return head if own in ("共", "目标", "累计") else head + own


def _distributed(clause: _Clause, left: str, rest: list[Quantity], memory: Memory) -> Reading | None:
    """A、B分别增长5.1%、6.2%: a reading for the first number, and a queue of readings for those after it."""
    if "分别" not in clause.raw_left:
        return None
    subject, _, tail = left.partition("分别")
    n = _in_a_list(rest)
    items = phrases.distributed(phrases.without_links(subject), n) if subject else list(memory.recent[-n:])
    if n < 2 or not items or len(items) != n:
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
    if noun and _counts(fact, clause):
        return _counted(clause, own, noun, predicate, memory, measure)
    if not own and not noun and clause.next_in_clause and not clause.right_whole.strip("、和及"):
        shared = _next_noun(rest, text)
        if shared:
            return Reading(shared, measure, "noun shared with the next figure", 0.7)
    if not own:
        if predicate and not clause.follows_in_clause:
            return Reading(predicate[:20], measure, "predicate only", 0.5)
        if memory.head:
            return Reading(memory.head, measure, "head of the figure before", 0.65, sign)
        return None
    indicator = _with_head(own, memory)
    if indicator == own and clause.follows_in_clause and memory.verb and not phrases.leading_verb(own) and re.match(r"[、和及]", clause.glue):
        indicator = memory.verb + own
    if len(own) <= 2 and predicate and not clause.follows_in_clause:
        indicator = own + predicate[:16]
    if not fact.unit and fact.value is not None and not re.search(r"(?:[达为至到是]|得分|指数|分数)$", left) and fact.text[-1] not in "万亿":
        return None
    return Reading(indicator, measure, "indicator before the number", 0.85, sign)


def _counts(fact: Quantity, clause: _Clause) -> bool:
    """Whether the noun behind the number is what it counts: 36名安全员, 9.6公里河道, 投资269亿元的项目."""
    unit = vocabulary.units().get(fact.unit)
    if unit is None or unit.dimension in ("count", "persons", "households", "person_times", "doses", "household_times"):
        return True
    return clause.right.startswith("的") or unit.dimension in ("area", "length", "mass", "volume", "power", "containers")


def _counted(clause: _Clause, own: str, noun: str, predicate: str, memory: Memory, measure: Measure) -> Reading:
    unit = vocabulary.units().get(clause.fact.unit)
    if clause.right.startswith("的") and unit is not None and unit.dimension.startswith("money"):
        return Reading(noun + (own[-4:] if own.endswith(("投资", "总投资", "资金")) else ""), measure, "sum of the named thing", 0.75)
    if own.endswith("等"):
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


def _remember(memory: Memory, reading: Reading) -> Memory:
    queue = reading.queue or memory.queue[1:]
    if reading.measure in (Measure.GROWTH, Measure.PP, Measure.RANK, Measure.COMPLETION):
        return memory._replace(head=memory.head or reading.indicator, queue=queue)
    verb = phrases.leading_verb(reading.indicator)
    return Memory(reading.indicator, verb, reading.measure is Measure.SHARE, (*memory.recent, reading.indicator), queue)
