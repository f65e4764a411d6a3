"""Cells of tables become facts: the head of the row, the head of the column and the caption say what each number is.

A cell is claimed only where its column has a head, and its unit stands in the cell, in a head, in a column of units or
in the caption (单位：亿元). Everything else stays a number that nobody claims.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from etl import gazetteer, numerals, vocabulary
from etl.extract import grids
from etl.extract import periods as times
from etl.extract import quantities as quantities_of
from etl.extract.grids import Cell, Grid, Row, squeezed
from etl.extract.observations import Owner, bind, owner
from etl.extract.sections import Sections
from etl.records import (
    Bound,
    Measure,
    Observation,
    Paragraph,
    ParagraphKind,
    PeriodMention,
    Quantity,
    Report,
    Status,
    TimeSpan,
)

RULE = "table cell"
LONGEST_CAPTION = 60  # characters
LONGEST_SUBJECT = 16
LONGEST_BETWEEN = 12
MOST_PARTS = 15

_MAGNITUDE = re.compile(r"(?:万亿|百万|千万|十万|百亿|千亿|亿|万|千|百)")
_UNIT_LINE = re.compile(r"(?:计量|金额|数量)?单位[：:]\s*([^，。；）)]{1,30})")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,12})[）)]$")
_ASIDE = re.compile(r"（[^（）]*）")
_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})(?:[-—–~至]((?:19|20)[0-9]{2}))?年?(末|底)?")
_AT_END = re.compile(r"[年期季月]末|年底|期末数")
_ENUMERATOR = re.compile(
    r"(?:[0-9]{1,2}[、.．]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[#＃*·●①-⑳]\s*)+"
)
_AMONG = re.compile(r"(?:其中|#|＃)[：:]?")


class Whole(NamedTuple):
    """The row that another is a part of."""

    name: str | None  # '' for a row that is no part, None where it cannot be told which it is a part of
    unit: Unit | None  # that its head gives for its parts too


class Unit(NamedTuple):
    """A unit without its magnitude word, and what that multiplies by."""

    name: str
    factor: Decimal

    @property
    def is_ratio(self) -> bool:
        return self.name in ("%", "‰", "个百分点", "百分点")


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column says."""

    noun: str  # of what is counted, '' where the row head alone names it
    unit: Unit | None
    measure: Measure | None  # None: the head does not tell
    is_target: bool
    span: TimeSpan | None
    is_at_end: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines above a table say of all its cells."""

    subject: str
    units: tuple[Unit, ...]
    span: TimeSpan | None
    is_growth: bool
    is_at_end: bool
    is_of_results: bool  # 完成情况: what is in it was reached, wherever it stands
    is_of_class: bool = False  # 商品出口数量、金额: the rows name things of the class that the title names first


def extract(
    report: Report, quantities: Iterable[Quantity], periods: Iterable[PeriodMention]
) -> tuple[tuple[Observation, ...], tuple[Quantity, ...]]:
    """The observations in the tables of a report, and all its quantities with those of the tables put right."""
    quantities = tuple(quantities)
    if not any(paragraph.kind is ParagraphKind.TABLE for paragraph in report.paragraphs):
        return (), quantities
    in_cells = [*_observations(report, tuple(periods)), *_in_sentences(report)]
    made = tuple(sorted(in_cells, key=lambda o: (o.quantity.paragraph, o.quantity.start)))
    claimed: dict[int, list[Quantity]] = {o.quantity.paragraph: [] for o in made}
    for observation in made:
        claimed[observation.quantity.paragraph].append(observation.quantity)
    kept = [q for q in quantities if not _is_covered(q, claimed.get(q.paragraph, []))]
    merged = sorted([*kept, *(o.quantity for o in made)], key=lambda q: (q.paragraph, q.start))
    return made, tuple(merged)


def _is_covered(quantity: Quantity, others: list[Quantity]) -> bool:
    end = max(quantity.end, quantity.unit_end)
    return any(quantity.start < max(other.end, other.unit_end) and other.start < end for other in others)


def _observations(report: Report, periods: tuple[PeriodMention, ...]) -> Iterator[Observation]:
    of_paragraph: dict[int, list[PeriodMention]] = {}
    for mention in periods:
        of_paragraph.setdefault(mention.paragraph, []).append(mention)
    section = Sections(report)
    before: Grid | None = None
    caption: Caption | None = None
    last = -2
    for i, paragraph in enumerate(report.paragraphs):
        own = of_paragraph.get(i, [])
        section.enter(paragraph, own)
        if paragraph.kind is ParagraphKind.TABLE:
            above = report.paragraphs[max(0, i - 3) : i]
            found = grids.read(paragraph, above, before if last >= i - 2 else None)
            for grid in found:
                goes_on = before is not None and grid.heads is before.heads
                caption = caption if goes_on and caption else _caption(grid.captions, above, section.anchor)
                yield from _Reader(report, section, i, grid, caption).read()
            if found:
                before, last = found[-1], i
        section.leave(paragraph, own, False)


class _Origin(NamedTuple):
    """Where a cell was taken from, and what is said over it."""

    paragraph: int
    places: list[int]  # in the paragraph, of each character
    caption: Caption
    is_target: bool
    is_result: bool


def _in_sentences(report: Report) -> Iterator[Observation]:
    """What cells say in sentences, read as paragraphs of their own between the headings of the report."""
    paragraphs: list[Paragraph] = []
    origins: list[_Origin | None] = []
    for i, paragraph in enumerate(report.paragraphs):
        if paragraph.kind is ParagraphKind.HEADING:
            paragraphs.append(paragraph)
            origins.append(None)
        elif paragraph.kind is ParagraphKind.TABLE and "|" in paragraph.text:
            for piece, origin in _sentences(report, i):
                paragraphs.append(piece)
                origins.append(origin)
    if not any(origins):
        return
    apart = replace(report, paragraphs=tuple(paragraphs))
    found, _ = bind(apart, quantities_of.extract(apart), times.extract(apart), ())
    for observation in found:
        source = origins[observation.quantity.paragraph]
        if source is not None:
            yield _moved(observation, source, report.period)


def _sentences(report: Report, index: int) -> Iterator[tuple[Paragraph, _Origin]]:
    """The cells of a table that hold sentences, without the spaces beside Chinese characters."""
    paragraph, words = report.paragraphs[index], vocabulary.tables()
    caption = _caption((), report.paragraphs[max(0, index - 3) : index], times.anchor_of(report))
    for head, cell in grids.prose(paragraph):
        left_out = {n for found in _BESIDE_HAN.finditer(cell.text) for n in range(*found.span())}
        places = [cell.start + n for n in range(len(cell.text)) if n not in left_out]
        text = "".join(paragraph.text[n] for n in places)
        is_result = caption.is_of_results or bool(words.reached.search(head))
        is_target = bool(words.targets.search(head)) and not is_result
        origin = _Origin(index, places, caption, is_target, is_result)
        yield Paragraph(text, array("i", (paragraph.origin[n] for n in places))), origin


def _moved(observation: Observation, origin: _Origin, period: TimeSpan | None) -> Observation:
    """The observation with offsets of the table in place of those of its cell, and what the heads say of it."""
    quantity, (start, end) = observation.quantity, observation.evidence
    places = origin.places
    span, status = observation.span, observation.status
    if not observation.period_is_explicit and (origin.caption.span or origin.is_result):
        span = origin.caption.span or period
    if origin.is_result or origin.is_target:
        status = Status.TARGET if origin.is_target else Status.ACTUAL
    return replace(
        observation,
        quantity=replace(
            quantity,
            paragraph=origin.paragraph,
            start=places[quantity.start],
            end=places[quantity.end - 1] + 1,
            unit_end=places[max(quantity.unit_end, quantity.end) - 1] + 1,
        ),
        evidence=(places[start], places[end - 1] + 1),
        span=span,
        status=status,
    )


# ---- what heads and captions say ------------------------------------------------------------------------------------


def unit_of(text: str) -> Unit | None:
    """万吨 → 吨 times 10000; None where it is no unit that is known, alone or before a stroke (万吨/年)."""
    known = vocabulary.units()
    text = squeezed(text)
    bare = re.sub(r"[/／（(].*", "", text)
    if text in known or bare in known:
        return Unit(text, Decimal(1))
    magnitude = _MAGNITUDE.match(text)
    if magnitude and (bare[magnitude.end() :] in known or text[magnitude.end() :] in known):
        return Unit(text[magnitude.end() :], Decimal(numerals.magnitude(magnitude[0])))
    return None


def _unknown_unit(text: str) -> Unit | None:
    """万线 → 线 times 10000: in a column of units any short word is one."""
    magnitude = _MAGNITUDE.match(text)
    name = text[magnitude.end() :] if magnitude else text
    factor = Decimal(numerals.magnitude(magnitude[0])) if magnitude else Decimal(1)
    return Unit(name, factor) if re.fullmatch(r"[\u4e00-\u9fff]{1,4}(?:[/／（][\u4e00-\u9fff）]{1,4})?", name) else None


def _split_unit(text: str) -> tuple[str, Unit | None]:
    """年末数（万人） → 年末数, 万人; 比上年增长% → 比上年增长, %"""
    if text.endswith(("%", "‰")):
        return text[:-1].rstrip("±"), Unit(text[-1], Decimal(1))
    bracket = _IN_BRACKETS.search(text)
    if bracket:
        inner = bracket[1].removeprefix("单位：").lstrip("±")
        if unit := unit_of(inner):
            return text[: bracket.start()], unit
    found = re.search(r"[/／]([^/／]{1,5})$", text)
    if found and (unit := unit_of(found[1])):
        return text[: found.start()], unit
    return text, None


def _time_in(text: str, anchor: times.Anchor) -> tuple[TimeSpan | None, str]:
    """The time that a head names, and the head without it. What it is compared with is no time of the figures."""
    if found := _YEARS.match(text):
        span = times.year_span(int(found[1]), int(found[2] or found[1]), found[0])
        if not re.match("比|较", text[found.end() :]) or found.start() == 0:
            return span, text[: found.start()] + (found[3] or "") + text[found.end() :]
    own = re.split("[比较占]|同比|环比|增长", text)[0]
    for mention in times.find(own, anchor):
        if mention.span and mention.rule != times.COMPARISON:
            return mention.span, text[: mention.start] + text[mention.end :]
    return None, text


def _column(head: str, anchor: times.Anchor, subject: str) -> Column:
    words = vocabulary.tables()
    text, unit = _split_unit(squeezed(head))
    span, rest = _time_in(text, anchor)
    measure: Measure | None = None
    for found_measure, pattern in (
        (Measure.COMPLETION, words.measures.completion),
        (Measure.GROWTH, words.measures.growth),
        (Measure.SHARE, words.measures.share),
        (Measure.RANK, words.measures.rank),
    ):
        found = pattern.search(rest)
        if found and _may_be(found_measure, unit, rest):
            measure = _changed(found_measure, unit)
            rest = rest[: found.start()] + rest[found.end() :]
            break
    is_target = bool(words.targets.search(text)) and not words.reached.search(text)
    noun = re.sub(r"[（(].{0,3}[）)]$|^(?:其中|[的、，：])+|[的、，：]+$", "", rest)
    return Column(_specific(noun, subject), unit, measure, is_target, span, bool(_AT_END.search(text)))


def _told_apart(columns: list[Column], heads: Sequence[str]) -> list[Column]:
    """数量 and 金额 side by side are told apart by these words only."""
    levels = [column for column in columns if column.measure is None]
    if len(levels) == len({(c.noun, c.span, c.is_target, c.is_at_end) for c in levels}):
        return columns
    bare = [_split_unit(squeezed(head))[0] for head in heads]
    return [
        replace(column, noun=name) if column.measure is None and not column.noun else column
        for column, name in zip(columns, bare, strict=True)
    ]


def _may_be(measure: Measure, unit: Unit | None, head: str) -> bool:
    """完成计划（亿元） is a sum; 比重, 增长 and 排名 are what they are."""
    if measure is Measure.COMPLETION:
        return bool(unit and unit.name == "%") or head.endswith(("率", "比例", "进度"))
    if measure is Measure.SHARE:
        return unit is None or unit.is_ratio
    return True


def _changed(measure: Measure, unit: Unit | None) -> Measure:
    """比上年增减（亿元） is an absolute change, 同比（百分点） one of points."""
    if measure is Measure.GROWTH and unit is not None and unit.name != "%":
        return Measure.PP if unit.name.endswith("百分点") else Measure.CHANGE
    return measure


def _specific(noun: str, subject: str) -> str:
    """The noun, or nothing where it says only that a number follows and the caption says no more of it."""
    is_empty = not _generic().sub("", noun) and not subject.find(noun) > 0
    return "" if is_empty or len(noun) < 2 else noun


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(f"(?:{vocabulary.alternatives(vocabulary.tables().generic)})+")


def _caption(captions: Sequence[str], above: Sequence[Paragraph], anchor: times.Anchor) -> Caption:
    """Lines over the head of the table, and the short paragraphs before it up to its title."""
    lines = [squeezed(line) for line in captions]
    for paragraph in reversed(above):
        text = re.sub("^.*[-—](?=表[0-9])", "", squeezed(paragraph.text.rsplit("\n", 1)[-1]))
        is_short = len(text) <= LONGEST_CAPTION and not re.search(r"[。；|]", text.rstrip("。"))
        if not is_short or any(_is_title(line) for line in lines):
            break
        lines.insert(0, text)
    title = next((line for line in reversed(lines) if _is_title(line)), "")
    units = [match[1] for line in lines for match in _UNIT_LINE.finditer(line)]
    units += [bracket[1] for bracket in [_IN_BRACKETS.search(title)] if bracket and unit_of(bracket[1])]
    known = [unit for text in units for part in re.split("[、,/ ]", text) if (unit := unit_of(part))]
    span, _ = _time_in(re.sub(r"^[-—]?表[0-9]{1,2}(?=(?:19|20)[0-9]{2})", "", title), anchor)
    words = vocabulary.tables()
    bare = _UNIT_LINE.sub("", _IN_BRACKETS.sub("", title)) if title else ""
    growth = words.measures.growth.search(bare)
    return Caption(
        _subject(bare),
        tuple(dict.fromkeys(known)),
        span,
        bool(growth and growth.end() == len(bare) and not bare[: growth.start()].endswith(("及其", "和", "、", "与"))),
        bool(_AT_END.search(title)),
        bool(words.reached.search(title)),
        _is_of_class(bare),
    )


def _is_title(line: str) -> bool:
    return bool(re.match(r"[-—]?(?:续?附?表|专栏)[0-9一二三四五六七八九十]", line)) or bool(
        re.search(r"(?:情况|如下|表|速度|幅度|构成|指标|比重|产量|能力)(?:（[^（）]*）)?[：:。]?$", line)
        and not line.startswith("单位")
    )


def _core(title: str) -> str:
    """A title without its number, time and closing words: 表2 2022年分行业投资增长速度 → 投资"""
    words = vocabulary.tables().captions
    text = title.lstrip("-—")
    if opening := words.openings.match(text):
        text = text[opening.end() :]
    return words.closings.sub("", re.sub(r"[。：]$", "", text))


def _is_of_class(title: str) -> bool:
    return bool(vocabulary.tables().captions.classes.match(_core(title)))


def _subject(title: str) -> str:
    """表2 2022年分行业投资增长速度 → 投资"""
    words = vocabulary.tables().captions
    text = words.classes.sub("", _core(title))
    if len(text) > LONGEST_SUBJECT:
        text = _ASIDE.sub("", text)
    is_vague = words.empty.fullmatch(text) or "主要" in text or len(text) > LONGEST_SUBJECT
    return "" if is_vague else text


# ---- one table ------------------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, report: Report, section: Sections, index: int, grid: Grid, caption: Caption) -> None:
        self._report = report
        self._section = section
        self._index = index
        self._grid = grid
        self._caption = caption
        self._columns = _told_apart([_column(head, section.anchor, caption.subject) for head in grid.heads], grid.heads)
        self._heads = [_RowHead.of(row, section.anchor) for row in grid.rows]
        self._is_plan = section.is_plan and not caption.is_of_results
        self._owner = owner(report.issuer_name, report.issuer_type, report.region_code, report.issuer_is_redacted)

    def read(self) -> Iterator[Observation]:
        """Facts row by row."""
        regions = self._regions()
        wholes = self._wholes()
        for row, head, region, whole in zip(self._grid.rows, self._heads, regions, wholes, strict=True):
            head = head._replace(unit=head.unit or whole.unit)
            for number, cell in enumerate(row.values):
                if cell is None:
                    continue
                indicator = self._indicator(number, head, whole.name, region is not None)
                if indicator and (found := self._observation(number, cell, row, head, indicator, region)):
                    yield found

    # ---- rows ----

    def _regions(self) -> list[Owner | None]:
        """The territory that a row is about, where most rows are named by one."""
        found = [_region(head.name, self._report.region_code) for head in self._heads]
        named = sum(region is not None for region in found)
        whole = sum(head.name in vocabulary.tables().wholes for head in self._heads)
        return found if named >= 2 and named >= 0.6 * (len(found) - whole) else [None] * len(found)

    def _wholes(self) -> list[Whole]:
        """What each row is a part of.

        Parts are the rows under 其中, the rows that add up to a row before them, and those whose name stands in the
        table more than once, which says nothing without its whole: 铁路 under 货物周转量 and under 旅客周转量.
        """
        names = Counter(head.name for head in self._heads)
        found: list[Whole] = []
        top, start, end = -1, 0, 0  # the last whole, and the rows that add up to it
        for number, (row, head) in enumerate(zip(self._grid.rows, self._heads, strict=True)):
            if top < 0 or not (number < end or head.is_part or (names[head.name] > 1 and not _is_complete(head.name))):
                top, start, end = number, number + 1, self._end_of_parts(number + 1, number)
                found.append(Whole(row.group, None))
                continue
            whole = Whole(self._heads[top].name, self._heads[top].unit)
            above = self._heads[number - 1]
            if start < number < end and head.is_part:
                found.append(Whole(_put_together(above.name, "", whole.name or ""), whole.unit))
                continue
            if number >= end and head.is_part:
                is_nested = above.is_part and names[head.name] == 1
                start, end = number, self._end_of_parts(number, top)
                if is_nested and end <= number:
                    whole = Whole(None, None)
            found.append(whole)
        return found

    def _end_of_parts(self, first: int, whole: int) -> int:
        """The row behind those from `first` on that add up to the whole, parts of parts left out; 0 if none do."""
        total = self._worth(self._grid.rows[whole])
        summed, count = Decimal(0), 0
        for number in range(first, min(first + MOST_PARTS, len(self._grid.rows))):
            worth, head = self._worth(self._grid.rows[number]), self._heads[number]
            if head.is_part and number > first and count < 2:
                continue
            if not total or worth is None or worth < 0 or _is_complete(head.name) or (head.is_part and number > first):
                return 0
            summed, count = summed + worth, count + 1
            if count > 1 and abs(summed - total) <= Decimal("0.002") * total:
                return number + 1
            if summed > Decimal("1.002") * total:
                return 0
        return 0

    def _worth(self, row: Row) -> Decimal | None:
        """The first figure of a row in its unit without magnitude."""
        value = _first_value(row)
        unit = unit_of(row.unit)
        is_level = self._columns[0].measure in (None, Measure.LEVEL)
        return value * (unit.factor if unit else 1) if value is not None and is_level else None

    # ---- what is counted ----

    def _indicator(self, number: int, head: _RowHead, whole: str | None, is_region: bool) -> str:
        words = vocabulary.tables()
        noun = self._noun(number)
        subject = self._caption.subject
        if is_region or head.span or head.name in words.wholes:
            return self._of_all(noun)
        if self._caption.is_growth and subject:  # 城市, 农村: the columns part what the caption counts
            return ("" if noun in words.wholes else noun) + _put_together(head.name, "", subject)
        if noun in words.qualifiers:
            return noun + head.name
        if noun:
            return _put_together(head.name, self._between(noun), noun)
        if _is_complete(head.name):
            return head.name
        if whole is None:
            return ""
        is_telling = _is_complete(_IN_BRACKETS.sub("", subject)) and not re.search("[、和及与]", subject)
        if whole and whole not in words.wholes and not (is_telling and not _is_complete(whole)):
            return _put_together(head.name, "", _without_whole(whole))
        return _put_together(head.name, "", subject if is_telling else "")

    def _of_all(self, noun: str) -> str:
        """What a row counts that names no thing but a place, a time or 总计: 投资额 of 固定资产投资 is the latter."""
        subject = self._caption.subject
        if not noun or (noun[:-1] in subject and _is_complete(_IN_BRACKETS.sub("", subject))):
            return subject
        return self._between(noun) + noun

    def _noun(self, number: int) -> str:
        """What the column counts; a column of growth or shares speaks of the column of figures to its left."""
        own = self._columns[number]
        left = self._level_left_of(number)
        return own.noun or (left.noun if left else "")

    def _level_left_of(self, number: int) -> Column | None:
        """The column of figures whose growth or share a column gives."""
        if self._columns[number].measure is None:
            return None
        return next((column for column in reversed(self._columns[:number]) if column.measure is None), None)

    def _between(self, noun: str) -> str:
        """商品出口|数量: words of the caption before the noun that are not the head of the rows."""
        subject = self._caption.subject
        at = subject.find(noun)
        if at <= 0:
            subject = _ASIDE.sub("", subject)
            is_short = len(subject) <= LONGEST_BETWEEN and not re.search("[、和及与]", subject)
            return subject if at < 0 and is_short and noun[:2] not in subject else ""
        label = re.sub("名称|类别|指标", "", self._grid.label)
        nouns = vocabulary.alternatives(column.noun for column in self._columns if column.noun)
        before = re.sub(f"(?:(?:{nouns})[、和及与])+$", "", subject[:at])
        if self._caption.is_of_class:
            return before
        return before[before.index(label) + len(label) :] if label and label in before else ""

    # ---- the fact ----

    def _observation(
        self, number: int, cell: Cell, row: Row, head: _RowHead, indicator: str, region: Owner | None
    ) -> Observation | None:
        column = self._columns[number]
        measure = column.measure or (Measure.GROWTH if self._caption.is_growth else Measure.LEVEL)
        found = grids.number_in(cell.text)
        if found is None:
            return None
        bounds = _bounds_after()
        bound = bounds.search(cell.text, found.end())
        unit = self._unit(column, bounds.sub("", cell.text[found.end() :]), row, head, measure)
        if unit is None:
            return None
        if measure is Measure.GROWTH and unit.name not in ("%", "‰"):
            measure = Measure.PP if unit.name.endswith("百分点") else Measure.CHANGE
        printed = found[0].replace("−", "-").replace("－", "-").lstrip("+")
        value = numerals.decimal(printed.lstrip("-")) * unit.factor
        span, explicit = self._span(number, head)
        magnitude = _MAGNITUDE.match(cell.text, found.end()) if unit.factor != 1 else None
        start, end = cell.start, cell.start + (magnitude or found).end()
        quantity = Quantity(
            self._index,
            start,
            end,
            cell.text[: end - start],
            -value if printed.startswith("-") else value,
            unit.name,
            cell.end,
            bound=_bound_words()[bound[0]] if bound else Bound.EXACT,
            rule=RULE,
        )
        whose = region or self._owner
        return Observation(
            quantity,
            indicator,
            measure,
            Status.TARGET if column.is_target or (self._is_plan and not column.span) else Status.ACTUAL,
            span,
            explicit,
            whose.name,
            whose.type,
            whose.region_code,
            self._section.titles,
            (row.start, row.end),
            RULE,
            self._confidence(indicator, span),
        )

    def _unit(self, column: Column, behind: str, row: Row, head: _RowHead, measure: Measure) -> Unit | None:
        """The unit of a cell; None where nothing tells it."""
        if behind.strip():
            return unit_of(behind)
        if column.unit:
            return column.unit
        if measure is Measure.RANK:
            return Unit("", Decimal(1))
        ratios = [unit for unit in self._caption.units if unit.is_ratio]
        if measure in (Measure.GROWTH, Measure.SHARE, Measure.COMPLETION):
            return ratios[0] if ratios else Unit("%", Decimal(1))
        if row.unit:
            return unit_of(row.unit) or _unknown_unit(row.unit)
        if head.unit:
            return head.unit
        levels = [unit for unit in self._caption.units if not unit.is_ratio] or ratios
        return levels[0] if len(levels) == 1 else None

    def _span(self, number: int, head: _RowHead) -> tuple[TimeSpan | None, bool]:
        column = self._columns[number]
        is_at_end = any(c.is_at_end for c in (column, self._level_left_of(number), self._caption) if c)
        is_at_end = is_at_end or (column.measure is None and bool(_AT_END.search(head.name)))
        told = column.span or head.span or self._caption.span
        span = told or (self._section.span if self._is_plan == self._section.is_plan else self._report.period)
        if span and is_at_end and column.measure in (None, Measure.SHARE):
            span = TimeSpan(span.end, span.end, "day", span.label)
        return span, told is not None

    def _confidence(self, indicator: str, span: TimeSpan | None) -> float:
        known = vocabulary.confidence()
        score = known.rules[RULE]
        for name, holds in {"tiny_indicator": len(indicator) <= 2, "no_period": span is None}.items():
            score *= known.factors[name] if holds else 1
        return round(score, 2)


class _RowHead(NamedTuple):
    """What the head of a row says."""

    name: str
    unit: Unit | None
    is_part: bool  # 其中：
    span: TimeSpan | None  # of rows that are named by a year

    @classmethod
    def of(cls, row: Row, anchor: times.Anchor) -> _RowHead:
        text = _ENUMERATOR.sub("", squeezed(row.head), count=1) if _ENUMERATOR.match(row.head) else squeezed(row.head)
        among = _AMONG.match(text)
        name, unit = _split_unit(text[among.end() :] if among else text)
        years = _YEARS.fullmatch(name)
        mentions = times.find(name, anchor)
        whole = next((m.span for m in mentions if m.start == 0 and m.end == len(name)), None)
        span = times.year_span(int(years[1]), int(years[2] or years[1]), name) if years else whole
        return cls(re.sub(r"[①-⑳]+$|\[[0-9]+\]$", "", name), unit, among is not None, span)


@cache
def _bound_words() -> dict[str, Bound]:
    return {word: Bound(kind) for kind, group in vocabulary.numbers().bounds_after.items() for word in group}


@cache
def _bounds_after() -> re.Pattern[str]:
    return re.compile(vocabulary.alternatives(_bound_words()))


def _first_value(row: Row) -> Decimal | None:
    found = grids.number_in(row.values[0].text) if row.values[0] else None
    return numerals.decimal(found[0].lstrip("-+－−")) if found else None


def _is_complete(name: str) -> bool:
    """Whether the name of a row says by itself what is counted: 货物出口额, 境内住户存款."""
    return name.endswith(vocabulary.tables().complete)


def _put_together(name: str, between: str, noun: str) -> str:
    """纱 and 产量 → 纱产量; 新能源汽车 of 汽车 and 货物出口额 stand alone."""
    if not noun or noun in name or name.endswith(noun[-2:]) or (name[-1] == noun[-1] and noun[-1] in "量额数率值"):
        return name
    if len(noun) > 2 and noun[:-1] in name:  # 境内专利授权 of 专利数
        return name + noun[-1]
    return name + between + noun


def _without_whole(whole: str) -> str:
    """全国人口 → 人口, 各项存款 → 存款"""
    return re.sub(r"^(?:全[国省市区县州]|各项|各类|全部|总)+|(?:总计|合计)$", "", whole) or whole


def _region(name: str, within: str | None) -> Owner | None:
    found = gazetteer.resolve(gazetteer.lookup(name), within) if len(name) > 1 else None
    return Owner(gazetteer.territory_name(found), "territory", found.code) if found else None
