"""Numbers become facts: each is bound to its indicator, measure, status, period and organization.

The unit of work is the sentence. What a figure counts is told by the words round it (see `readings`); when, whose and
whether it was reached comes from the clause, the sentence, the section's heading, and at last from the report itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple, TypeVar

import rjieba

from etl import gazetteer, vocabulary
from etl.extract import periods as times
from etl.extract import phrases
from etl.extract.quantities import sentence_at, sentence_starts
from etl.extract.readings import BOUNDARY, Clause, Memory, Reading, read, remember
from etl.extract.sections import Sections
from etl.numerals import integer
from etl.records import (
    InitiativeMention,
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

NATION = "中国"
GOVERNMENT = "人民政府"


class Owner(NamedTuple):
    """Whose figure it is."""

    name: str | None
    type: str | None
    region_code: str | None


def bind(
    report: Report,
    quantities: Iterable[Quantity],
    periods: Iterable[PeriodMention],
    organizations: Iterable[OrganizationMention],
    initiatives: Iterable[InitiativeMention] = (),
) -> tuple[tuple[Observation, ...], tuple[Quantity, ...]]:
    """The observations of a report, and its quantities as they were given, in reading order."""
    quantities = tuple(quantities)
    of_paragraph = _grouped(quantities)
    periods_of, organizations_of, initiatives_of = _grouped(periods), _grouped(organizations), _grouped(initiatives)
    section = Sections(report)
    observations: list[Observation] = []
    for i, paragraph in enumerate(report.paragraphs):
        own_periods = periods_of.get(i, [])
        section.enter(paragraph, own_periods)
        facts = [q for q in of_paragraph.get(i, []) if not q.passed_over]
        if facts and paragraph.kind in (ParagraphKind.BODY, ParagraphKind.HEADING):
            binder = _Binder(
                report, section, paragraph, own_periods, organizations_of.get(i, []), initiatives_of.get(i, [])
            )
            observations.extend(binder.bind(facts))
        section.leave(paragraph, own_periods, bool(facts))
    return tuple(observations), quantities


Mention = TypeVar("Mention", Quantity, PeriodMention, OrganizationMention, InitiativeMention)


def _grouped(items: Iterable[Mention]) -> dict[int, list[Mention]]:
    groups: dict[int, list[Mention]] = {}
    for item in items:
        groups.setdefault(item.paragraph, []).append(item)
    return groups


@cache
def owner(name: str | None, kind: str | None, region_code: str | None, is_redacted: bool) -> Owner:
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
    if name in vocabulary.national_bodies():
        return Owner(NATION, "territory", None)
    if name and name.endswith(GOVERNMENT):  # of a town whose county is not said
        return Owner(name.removesuffix(GOVERNMENT), "territory", None)
    return Owner(name, kind if name else None, None)


# ---- one paragraph --------------------------------------------------------------------------------------------------


class _Binder:
    def __init__(
        self,
        report: Report,
        section: Sections,
        paragraph: Paragraph,
        periods: list[PeriodMention],
        organizations: list[OrganizationMention],
        initiatives: list[InitiativeMention],
    ) -> None:
        self._report = report
        self._section = section
        self._text = paragraph.text
        self._periods = periods
        self._organizations = organizations
        bodies = [(o.start, o.end) for o in organizations if o.type != "territory"]
        self._subjects = sorted(
            bodies + [(i.start, i.end) for i in initiatives if paragraph.text[i.end - 1] not in "带区圈"]
        )
        self._starts = sentence_starts(paragraph.text)
        self._facts: list[Quantity] = []  # of the paragraph
        self._last_status: Status | None = None  # of the figure before, in its sentence
        self._chain = _Chain()

    def bind(self, facts: list[Quantity]) -> Iterator[Observation]:
        self._facts, at = facts, 0
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
        self._chain = self._chain.at(self._text, start)
        for k, fact in enumerate(facts):
            before, after = facts[k - 1] if k else None, facts[k + 1] if k + 1 < len(facts) else None
            clause = Clause(self._text, start, end, fact, before, after, self._cut_out(), self._subjects)
            reading = memory.queue[0] if memory.queue else read(clause, memory, facts[k:], self._text)
            if reading is None or not phrases.tidy(reading.indicator):
                continue
            reading = reading._replace(indicator=self._chain.completed(reading, self._text[start : clause.start]))
            memory = remember(memory, reading)
            self._chain = self._chain.after(reading)
            yield self._observation(fact, reading, clause, start, end)

    def _cut_out(self) -> list[tuple[int, int]]:
        """Spans that are no part of an indicator's name: times, and territories that are the subject."""
        spans = [(p.start, p.end + bool(_BEFORE.match(self._text, p.end))) for p in self._periods]
        return spans + [(o.start, o.end) for o in self._organizations if o.type == "territory" and self._is_apart(o)]

    def _is_apart(self, territory: OrganizationMention) -> bool:
        """Whether a territory is apart from the name of what is counted; not in 占全省, 长江经济带, 港澳和台湾同胞."""
        if _AREA.search(territory.surface) or self._text.endswith("占", 0, territory.start):
            return False
        in_a_list = self._text[territory.start - 1 : territory.start] in _AND or (
            self._text[territory.end : territory.end + 1] in _AND
        )
        behind = self._behind_list(territory)
        kinds = rjieba.tag(behind[:8]) if in_a_list and behind else []
        return not kinds or kinds[0][1][0] != "n"

    def _behind_list(self, territory: OrganizationMention) -> str:
        """What follows the last of the territories of which one is given: 港、澳和台湾 | 同胞."""
        end = territory.end
        for other in self._organizations:
            if other.type == "territory" and other.start == end + 1 and self._text[end] in _AND:
                end = other.end
        return self._text[end:]

    def _observation(self, fact: Quantity, reading: Reading, clause: Clause, start: int, end: int) -> Observation:
        status = self._last_status = self._status(fact, reading, clause, start)
        span, explicit = self._period(fact, reading, start)
        if reading.measure is Measure.GROWTH and _A_YEAR_ON_AVERAGE.search(self._text, clause.start, fact.start):
            span = self._years_of_average(fact, span, status, start)
        elif self._is_over(span, status):
            span = _of_the_last_year(span, fact, reading, self._text[clause.start : fact.start])
        owner = self._subject(fact, clause, start)
        quantity = fact
        if reading.sign < 0 and fact.value is not None and fact.value > 0:
            high = -fact.value_high if fact.value_high is not None else None
            quantity = replace(fact, value=-fact.value, value_high=high)
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
            _confidence(reading, fact, span),
        )

    # ---- status ----

    def _status(self, fact: Quantity, reading: Reading, clause: Clause, start: int) -> Status:
        if self._section.is_plan and not _REACHED.search(self._text[clause.start : fact.start]):
            return Status.TARGET
        if reading.rule == "growth of the figure before" and self._last_status is not None:
            return self._last_status
        own = self._text[clause.start : fact.start] + clause.right[:8]
        sentence = self._text[start : fact.start]
        if self._section.is_plan:
            return Status.ACTUAL
        weak, strong, past = _status_cues()
        if _GOALS_FOLLOW.search(self._text, 0, fact.start):
            return Status.TARGET
        if (weak.search(own) or strong.search(own)) and not past.search(own):
            return Status.TARGET
        last = self._last_period(fact, start) or self._carried(start)
        if last and last.span and self._is_ahead(last):
            return Status.TARGET
        if strong.search(own) and "已" not in own:
            return Status.TARGET
        if strong.search(sentence) and not past.search(sentence):
            return Status.TARGET
        if any(not past.search(sentence, cue.end()) for cue in _ONCE_MADE.finditer(sentence)):
            return Status.TARGET
        return Status.ACTUAL

    def _is_ahead(self, named: PeriodMention) -> bool:
        """Whether a time lies before those who speak: 到2025年, or a year that has not begun."""
        (year, today, period), span = self._section.anchor, named.span
        if not year or not span:
            return False
        if period and period.end < span.start and span.start.year == period.end.year:
            return not today or today < span.start  # 下半年 in a report of the first half
        return span.end.year >= year if named.rule == "by a year" else span.start.year > year

    # ---- period ----

    def _last_period(self, fact: Quantity, start: int) -> PeriodMention | None:
        """The time that the sentence names before the number; 目前 only where there is no other."""
        named = [
            p
            for p in self._periods
            if start <= p.start < fact.start
            and p.rule != times.COMPARISON
            and p.span
            and not self._is_base(p)
            and not _ONCE_MADE.search(self._text, p.end, fact.start)
            and not (fact.from_value is not None and self._text[p.start - 1 : p.start] in _FROM)
        ]
        return next((p for p in reversed(named) if p.rule != "now"), named[-1] if named else None)

    def _is_base(self, mention: PeriodMention) -> bool:
        """Whether a time is that of a goal, or of a figure that this one is compared with: 年初目标, 相当于去年的."""
        before = self._text[max(0, mention.start - 4) : mention.start].rstrip("“")
        return bool(_OF_A_GOAL.match(self._text, mention.end)) or before.endswith(_COMPARED_WITH)

    def _period(self, fact: Quantity, reading: Reading, start: int) -> tuple[TimeSpan | None, bool]:
        if in_a_row := self._in_a_row(fact, start):
            return in_a_row, True
        if named := self._last_period(fact, start) or self._after(fact):
            return self._for_stock(self._here(named), reading), True
        if carried := self._carried(start):
            return self._for_stock(_of_its_year(self._here(carried), reading), reading), False
        return self._for_stock(self._section.span, reading), False

    def _here(self, mention: PeriodMention) -> TimeSpan | None:
        """A time without a year means the coming one in a plan; 截至11月现有 counts at a moment."""
        if mention.span and mention.span.granularity == "until" and _AT_HAND.match(self._text, mention.end):
            return TimeSpan(mention.span.end, mention.span.end, "day", mention.span.label)
        if not self._section.is_plan or not self._section.span or mention.rule in ("now", "up to now"):
            return mention.span
        return times.in_year(mention, self._section.span.start.year)

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
            if mention.end > start or self._is_base(mention):
                continue
            if mention.span and mention.rule in _CARRYING and not mention.text.endswith("初"):
                head, _ = sentence_at(self._starts, mention.start, len(self._text))
                at_head = mention.start == head or self._text[mention.end : mention.end + 1] == "，"
                if (mention.start - head <= 6 and at_head) or not re.search(
                    "[。！？]", self._text[mention.end : start]
                ):
                    return mention
        return None

    def _in_a_row(self, fact: Quantity, start: int) -> TimeSpan | None:
        """连续16年: as many whole years, up to the end of the report's period."""
        clause = self._text[start : max(fact.unit_end, fact.end) + 1].rsplit("，", 1)[-1]
        found = re.search(r"连续(\d{1,2}|[一二两三四五六七八九十]{1,3})年", clause)
        period = self._report.period
        if not found or not period:
            return None
        n = integer(found[1])
        last = period.end.year
        return times.year_span(last - n + 1, last) if n and n < 60 else None

    def _is_over(self, span: TimeSpan | None, status: Status) -> bool:
        """Whether a time lies behind those who speak; 预计 is said of the last months too."""
        year = self._section.anchor.year
        return (
            span is not None
            and (status is Status.ACTUAL or year is not None)
            and span.end.year <= (year or 9999) - (status is Status.TARGET)
        )

    def _years_of_average(self, fact: Quantity, span: TimeSpan | None, status: Status, start: int) -> TimeSpan | None:
        """年均增长8%: the years over which it is an average, where the time that was found is a single one."""
        if span is None or span.start.year != span.end.year:
            return span
        before = self._text[start : fact.start]
        named = [int(year) for year in re.findall(r"((?:19|20)\d\d)年", before)]
        if named and 1 < max(named) - min(named) < _LONGEST_AVERAGE:
            return times.year_span(min(named) + 1, max(named))
        counted = _COUNTED_YEARS.search(before)
        section = self._section.several_years
        if not counted and section:
            return section
        n = (integer(counted[1]) if counted else None) or _YEARS_OF_A_PLAN
        if status is Status.TARGET:
            return times.year_span(span.start.year, span.start.year + n - 1)
        return times.year_span(span.end.year - n + 1, span.end.year)

    def _for_stock(self, span: TimeSpan | None, reading: Reading) -> TimeSpan | None:
        """A stock is counted at a moment: at the day of 截至, or at the end of several years."""
        if span is None:
            return None
        is_stock = bool(_STOCK.search(reading.indicator)) and reading.measure in (Measure.LEVEL, Measure.SHARE)
        if span.granularity == "until" and is_stock:
            return TimeSpan(span.end, span.end, "day", span.label)
        if (span.end - span.start).days > 400 and is_stock:
            return TimeSpan(span.end, span.end, "day", span.label)
        return span

    # ---- organization ----

    def _one_of_several(self, fact: Quantity, clause: Clause) -> OrganizationMention | None:
        """大冶市、阳新县分别引进13个和9个: as many territories as numbers, in order."""
        numbers = [q for q in self._facts if clause.start <= q.start < clause.end]
        before = self._text[clause.start : numbers[0].start]
        named = [o for o in self._organizations if clause.start <= o.start < numbers[0].start]
        bodies = [o for o in named if o.type == "territory"]
        if "分别" not in before or len(numbers) != len(bodies) or len(bodies) < 2:
            return None
        return bodies[numbers.index(fact)]

    def _subject(self, fact: Quantity, clause: Clause, start: int) -> Owner:
        report = self._report
        default = owner(report.issuer_name, report.issuer_type, report.region_code, report.issuer_is_redacted)
        if one := self._one_of_several(fact, clause):
            return Owner(one.name, one.type, one.region_code)
        named = [o for o in self._organizations if start <= o.start < fact.start]
        subject = next(
            (o for o in reversed(named) if self._is_territory_here(o) and self._leads_clause(o, start)), None
        )
        subject = subject or next((o for o in named if self._leads(o, start)), None)
        if subject is None:
            return default
        if subject.is_redacted:
            return Owner(None, None, subject.region_code)
        if subject.type == "territory":
            return self._territory(subject, default)
        if subject.type in vocabulary.clauses().own_figures and (
            subject.type != "community" or subject.surface[-1] in "镇乡"
        ):
            return Owner(subject.name, subject.type, subject.region_code)
        return default

    def _is_territory_here(self, mention: OrganizationMention) -> bool:
        """Whether a body is the report's own territory or one within it: 全市, 木石镇 in a report of its city."""
        code, own = mention.region_code, self._report.region_code
        if mention.type == "community":
            return mention.surface[-1] in "镇乡"
        if mention.type != "territory" or code is None or own is None:
            return False
        return code.startswith(own.rstrip("0"))

    def _leads_clause(self, mention: OrganizationMention, start: int) -> bool:
        return self._leads(mention, max(start, *(m.end() for m in BOUNDARY.finditer(self._text, 0, mention.start)), 0))

    def _leads(self, mention: OrganizationMention, start: int) -> bool:
        """Whether a body stands at the head of its sentence as its subject, and is not just part of a longer name."""
        before = self._text[start : mention.start]
        if not re.fullmatch(
            r"(?:其中|同时|目前|截至目前|今年以来|一年来|现|[^，；：]{0,12}(?<![在于与和同从向对])，)?[“]?", before
        ):
            return False
        if mention.type == "territory" and mention.surface[-1] not in "省市县区州盟旗镇乡村道":
            return False
        return not re.match(
            r"[、和与及]|[^，]{0,3}(?:的?领导|支持|批准|委|政府)|[^，。]{0,10}(?:项目|会议|博览会|设施)",
            self._text[mention.end : mention.end + 16],
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


class _Chain(NamedTuple):
    """What sentences with ； between them, or with 分行业看 at their head, say only once."""

    kind: str = ""  # 利润: 分经济类型看，集体企业400亿元
    area: str = ""  # 兵团: 兵团生产总值增长8%，一般预算收入增长9%
    last: str = ""  # indicator

    def at(self, text: str, start: int) -> _Chain:
        """The state at the beginning of a sentence."""
        goes_on = text[max(0, start - 1) : start] == "；"
        if _BY_CLASS.match(text, start):
            found = _KIND.search(self.last)
            return _Chain(self.kind or (found[0] if found else ""), "", self.last)
        return self if goes_on else _Chain(last=self.last)

    def completed(self, reading: Reading, before: str) -> str:
        """The indicator with what is said only once. `before`: the clauses of the sentence before its own."""
        own = reading.indicator
        if self.kind and reading.rule in _OWN_NAMES and not _KIND.search(own) and own.endswith(_CLASSES):
            return own + self.kind
        if not _OF_A_TERRITORY.search(own) or _AREA.search(own):
            return own
        return next((area for clause in reversed(before.split("，")) if (area := _area(clause))), self.area) + own

    def after(self, reading: Reading) -> _Chain:
        found = _AREA_FIGURE.match(reading.indicator)
        return self._replace(last=reading.indicator, area=found["area"] if found else self.area)


def _area(clause: str) -> str:
    """The part of a territory with which a clause begins as its subject: 高新区加快开发, 7个开发区."""
    found = _AREA.match(clause)
    return found[0] if found and all(kind[0] in "nmjbfqx" for _, kind in rjieba.tag(found[0])) else ""


_AREA = re.compile(
    r"[^，。；]{0,10}?(?:县域|兵团|园区|开发区|高新区|经济带|经济区|示范区|新区|工业区|自贸区|重点县|贫困县|县（市）区?|县（市、区）)"
)
_AREA_FIGURE = re.compile(
    rf"(?P<area>{_AREA.pattern})(?:实现|完成|全年)?(?:地区|地方)?(?:生产总值|经济|财政|固定资产|规模|规上|一般)"
)
_OF_A_TERRITORY = re.compile(
    r"^(?:地区|地方)?(?:生产总值|GDP|财政|一般|固定资产投资|规模以上工业|规上工业|城镇居民|农村居民|农民人均)"
)
_BY_CLASS = re.compile(r"[^，。；]{0,14}，?分[^，。；看]{1,8}看，")
_KIND = re.compile("增加值|利润总额|利润|投资|总产值|零售额|营业收入|出口|进口")
_CLASSES = ("企业", "业", "产业", "地区", "东部", "中部", "西部", "东北")
_OWN_NAMES = frozenset(("indicator before the number", "growth"))
_STOCK = re.compile(
    r"(?:总数|(?<!经济)总量|(?:资产|[存贷]款|储蓄|债务|负债)总额|余额|里程|总人口|覆盖率|普及率|化率|保有量|市场主体|存量|资产|在册|实有|总装机|在校生|床位|户数|低保户)"
)


_BEFORE = re.compile("前(?![\\d一二两三四五六七八九十往进所沿景瞻期列移])")  # 6月底前
_AND = ("、", "和", "与", "及")
_FROM = ("由", "从", "自")
_A_YEAR_ON_AVERAGE = re.compile("年均|年平均|平均每年|年年均")
_COUNTED_YEARS = re.compile(r"(\d{1,2}|[两二三四五六七八九十]{1,2})年(?:来|间)?(?:来|年)?(?:平均|均)")
_YEARS_OF_A_PLAN = 5  # what an average is over when nothing is said
_LONGEST_AVERAGE = 25  # years


def _of_the_last_year(span: TimeSpan | None, fact: Quantity, reading: Reading, before: str) -> TimeSpan | None:
    """Five years brought output, or a share, from 5 to 8: the 8 is of the last. 累计 says that all of them made it."""
    if span is None or span.end.year - span.start.year < 1 or span.granularity == "until":
        return span
    if reading.measure is Measure.SHARE and fact.from_value is not None:
        return times.year_span(span.end.year)
    if reading.measure is not Measure.LEVEL or _ALL_TOGETHER.search(before):
        return span
    yearly = re.search(vocabulary.clauses().yearly_figures, reading.indicator)
    reached = fact.from_value is not None or before.endswith(_REACHES)
    return times.year_span(span.end.year) if yearly and (reached or not yearly["if_reached"]) else span


_ALL_TOGETHER = re.compile("累计|合计|总计|(?<!公)共|[两三四五]年(?!均)|先后|(?<![人户])均|每年|始终|一直")
_REACHES = (
    "达",
    "达到",
    "突破",
    "超过",
    "超",
    "跃升至",
    "跃升到",
    "增至",
    "增加到",
    "提高到",
    "增长到",
    "提升到",
    "提升至",
    "迈上",
    "跨越",
    "跨过",
    "跃上",
    "站上",
    "近",
    "约",
)
# 年初目标 is no time of the figure; 2023年预期目标：is that of those that follow.
_OF_A_GOAL = re.compile(r"的?(?:目标|预期|计划|确定|预算|任务)(?![^，。；]{0,6}：)")
_ONCE_MADE = re.compile("(?:达产|投产|建成|竣工|投用)后")  # 年底投产，达产后可实现产值8亿元: not at the end of the year
_COMPARED_WITH = ("相当于", "等于", "超过", "高于", "低于", "快于", "好于", "多于", "少于")
_FLOW = re.compile(r"收入|产值|销售额|新增|支出|补贴|增速")


def _of_its_year(span: TimeSpan | None, reading: Reading) -> TimeSpan | None:
    """年末 goes on for stocks; what was done or grew after it in the paragraph took the year."""
    if span is None or span.start != span.end or (span.end.month, span.end.day) != (12, 31):
        return span
    is_flow = (
        reading.measure is Measure.GROWTH or phrases.leading_verb(reading.indicator) or _FLOW.search(reading.indicator)
    )
    return times.year_span(span.end.year) if is_flow else span


_AT_HAND = re.compile(r"[，,]?[^，。；]{0,6}(?:现有|实有|共有|拥有|在册|尚有|现存)")
# 主要预期目标是：……；……。 The lead governs the rest of its paragraph.
_GOALS_FOLLOW = re.compile(r"(?:目标|预期|指标)[^。；，]{0,10}(?:是：|为：|：)")
_REACHED = re.compile(r"(?<!业)已(?!有的)|以来|去年|上年|截[至止]|现有|目前")
# Times at the head of a sentence that go on for those after it.
_CARRYING = frozenset(
    (
        "days from–to",
        "until a day",
        "a day",
        "months from–to",
        "a month",
        "part of a year",
        "end of a year",
        "end of the year",
        "a year",
        "five-year plan",
        "years up to now",
    )
)


@cache
def _status_cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = vocabulary.clauses()
    return re.compile(words.weak_target_cues), re.compile(words.strong_target_cues), re.compile(words.past_cues)


def _confidence(reading: Reading, fact: Quantity, span: TimeSpan | None) -> float:
    """How far to trust a fact, from 0 to 1: what its rule gets right elsewhere, less what makes it doubtful."""
    known = vocabulary.confidence()
    length = len(phrases.tidy(reading.indicator))
    days = (span.end - span.start).days if span else 0
    doubts = {
        "tiny_indicator": length <= 2,
        "long_indicator": 15 <= length < 20,
        "longer_indicator": length >= 20,
        "listed_indicator": "、" in reading.indicator,
        "numeral_in_words": not re.search(r"[\dxX×]", fact.text) and reading.measure is not Measure.RANK,
        "no_period": span is None,
        "a_day": span is not None and days == 0,
        "part_of_a_year": 0 < days < 364,
        "masked": fact.is_redacted,
    }
    score = known.rules[reading.rule]
    for name, holds in doubts.items():
        score *= known.factors[name] if holds else 1
    return round(score, 2)
