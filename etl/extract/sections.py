"""Where in a report a paragraph stands: the headings above it, whether they look forward, the time that they set."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl import vocabulary
from etl.extract import periods as times
from etl.extract.quantities import sentence_starts
from etl.records import Paragraph, ParagraphKind, PeriodMention, Report, TimeSpan


class Section(NamedTuple):
    level: int
    title: str
    is_plan: bool | None  # None: the heading does not tell
    span: TimeSpan | None


class Sections:
    """The headings above the current paragraph, and the time that they and lead paragraphs set."""

    def __init__(self, report: Report) -> None:
        self.anchor = times.anchor_of(report)
        self._report = report
        self._stack: list[Section] = []
        self._topic: TimeSpan | None = None  # set by a lead paragraph: 过去五年，我们……
        self._topic_level = 0  # of the heading under which it was set
        self._turns = False  # the paragraph turned to another time with its first words
        self._looks_forward = False  # a government report turns to its plan once and stays there
        self._is_government = report.kind == "政府工作报告"
        self._plan_year = report.period.end.year + 1 if report.period else self.anchor.year

    def enter(self, paragraph: Paragraph, periods: list[PeriodMention]) -> None:
        """Take note of a heading, or of a lead sentence that does the work of one."""
        text = paragraph.text
        named = (p for p in periods if p.rule != times.COMPARISON and not p.text.endswith("初"))  # 年初确定的目标
        span = next((p.span for p in named if p.span and p.span.granularity != "day"), None)
        if paragraph.kind is not ParagraphKind.HEADING:
            if len(text) <= 40 and _GLOSSARY.search(text):
                self._looks_forward = False
            self._turns = False
            if paragraph.kind is ParagraphKind.BODY and (topic := self._turns_to(text, periods)):
                self._set_topic(topic)
                self._turns = True
            short = len(text) <= 30 and not re.search(r"。|——|会议", text) and self._is_plan_heading(text, span)
            self._looks_forward = self._looks_forward or bool(short) or self._opens_plan(text)
            return
        while self._stack and self._stack[-1].level >= paragraph.level:
            self._stack.pop()
        if paragraph.level > 1 and not text.startswith(("——", "（20", "（19")):
            is_plan = self._is_plan_heading(text, span)
            if is_plan and self._is_within_review(text, span):
                is_plan = None
            if is_plan is not None and (is_plan or not self._looks_forward or _LOOKS_BACK.search(text)):
                self._looks_forward = is_plan
            self._stack.append(Section(paragraph.level, text, is_plan, span))
            if span or is_plan or paragraph.level <= self._topic_level:
                self._topic = None

    def _is_within_review(self, text: str, span: TimeSpan | None) -> bool:
        """以绿色发展为目标 below 2021年工作回顾: a heading of a review does not turn to the plan by a word."""
        looks_back = self._is_government and bool(self._stack) and self._stack[-1].is_plan is False
        ahead = span is not None and self._plan_year is not None and span.start.year >= self._plan_year
        return looks_back and not ahead and not _NEXT.search(text)

    def leave(self, paragraph: Paragraph, periods: list[PeriodMention], has_facts: bool) -> None:
        """A lead paragraph that names a time and no figure speaks for the paragraphs after it."""
        if paragraph.kind is not ParagraphKind.BODY or self.is_plan:
            return
        if self._reviews_years and (years := self._turns_within(paragraph.text, periods)):
            self._set_topic(years)
            return
        if has_facts or len(paragraph.text) > 400:
            return
        last_sentence = sentence_starts(paragraph.text.rstrip("。！？；"))[-1]
        for mention in periods:
            if mention.span and not self._turns and self._sets_topic(mention, last_sentence):
                self._set_topic(mention.span)

    def _sets_topic(self, mention: PeriodMention, last_sentence: int) -> bool:
        assert mention.span
        years = mention.span.end.year - mention.span.start.year
        period = self._report.period
        if period and mention.span.end > period.end:
            return False
        if mention.rule in ("years up to now", "years from–to") or (
            mention.rule == "five-year plan" and "期" in mention.text
        ):
            return 1 < years < 10 and mention.start >= last_sentence
        section = self._section_span
        return (
            mention.rule == "a year"
            and mention.start <= 8
            and section is not None
            and section.end.year > section.start.year
        )

    def _turns_to(self, text: str, periods: list[PeriodMention]) -> TimeSpan | None:
        """The time to which a paragraph's first words turn a review of several years: 刚刚过去的2021年, or 五年来."""
        period = self._report.period
        if self.is_plan or period is None or not self._reviews_years:
            return None
        lead = _LEAD.match(text)
        at = lead.end() if lead else 0
        year = times.year_span(period.end.year)
        if _THE_PAST_YEAR.match(text, at):
            return year
        first = next((p for p in periods if p.start == at and p.span and p.span.end <= period.end), None)
        if first is None or first.span is None:
            return None
        if first.rule == "a year" and first.span.end == period.end:
            behind = text[first.end :]
            if re.match("[，是我]", behind) or (at and _SAYS_OF_THE_YEAR.match(behind)):
                return year
        is_term = first.rule in _SEVERAL_YEARS and _is_term(first.span)
        return first.span if is_term and first.span.end == period.end else None

    @property
    def _reviews_years(self) -> bool:
        """Whether what is told here is of several years as well as of the last of them."""
        spans = (self._topic, self._section_span)
        return any(s and s.start.year < s.end.year for s in spans) or any(
            s.is_plan is False and _SEVERAL.search(s.title) for s in self._stack
        )

    def _turns_within(self, text: str, periods: list[PeriodMention]) -> TimeSpan | None:
        """Several years with which a sentence behind the first begins: 2020年…。“十三五”时期，…"""
        end = self._report.period and self._report.period.end
        for mention in reversed(periods):
            if not mention.span or mention.rule not in _SEVERAL_YEARS or not _REVIEWED.search(mention.text):
                continue
            several = _is_term(mention.span) and mention.span.end == end
            if several and re.search(r"[。！](?:各位代表[！，：]|回首|回顾|回望|纵观|总结)?$", text[: mention.start]):
                return mention.span
        return None

    def _set_topic(self, span: TimeSpan) -> None:
        self._topic, self._topic_level = span, self._stack[-1].level if self._stack else 0

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
    def several_years(self) -> TimeSpan | None:
        """The years that the headings above set, if they are several."""
        spans = (s.span for s in reversed(self._stack) if s.span and s.span.end.year > s.span.start.year)
        return next(spans, None)

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
        return bool(
            re.match(
                rf"[^。]{{0,30}}(?:今年|{year}年)[^。]{{0,40}}{_PLAN_LEAD}|.{{0,200}}预期目标(?:是|为|：|建议)", text
            )
        )

    def _is_plan_heading(self, text: str, span: TimeSpan | None) -> bool | None:
        """True for the part that looks forward, False for the one that looks back, None if the text does not tell."""
        words, year = vocabulary.clauses(), self._plan_year
        if span and year and self._is_government:
            if span.end.year < year:
                return False
            if span.start.year >= year:
                return True
        if _LOOKS_BACK.search(text) or any(cue in text for cue in words.past_headings):
            return False
        return True if any(cue in text for cue in words.plan_headings) else None


def _is_term(span: TimeSpan) -> bool:
    """Whether a review may be of these years: a term of office or a plan, no decade."""
    return _FEWEST_YEARS <= span.end.year - span.start.year + 1 <= _MOST_YEARS


_FEWEST_YEARS, _MOST_YEARS = 3, 6
_REVIEWED = re.compile("过去|时期|期间|[三四五]年来|以来")
_LEAD = re.compile(r"(?:各位代表|同志们|代表们)?[！：，。、]?")
_THE_PAST_YEAR = re.compile(
    r"(?:刚刚|刚)?过去的?(?:一年|这一年|(?:19|20)\d\d年)|在过去的一年|一年来|去年，|回顾(?:过去的?一年|这一年|去年)"
)
# 各位代表！2025年砥砺前行。 The year is what this is about; 2025年各项任务的完成 closes the review.
_SAYS_OF_THE_YEAR = re.compile(r"(?![^，。]{0,16}(?:成绩|成就|成效|完成|取得|任务))[^，。；！\d]{2,24}[，。！]")
_NEXT = re.compile("下一?步|今后|未来|今年|明年|来年|下半年")
_SEVERAL = re.compile('五年|[九十一二三四]五[”"]?(?![^。，]{0,4}开局)')
_SEVERAL_YEARS = frozenset(("years up to now", "years from–to", "five-year plan"))
_GLOSSARY = re.compile(r"名词|术语|注释")  # at the end of a report; explains what is
_LOOKS_BACK = re.compile(rf"回顾|{_GLOSSARY.pattern}")
_PLAN_LEAD = (
    r"(?:总体要求|总体思路|预期目标|主要目标|奋斗目标|发展目标|目标任务|指导思想|工作安排|重点工作|主要任务|重点任务|重点抓好"
    r"|着力抓好|重点做好|着力做好|要做好|要抓好|政府工作(?:的|总)|工作的?建议)"
)
