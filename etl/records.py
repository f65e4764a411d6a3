"""Every type that crosses from one stage to the next. Frozen, and imports nothing of ours.

Two coordinate systems meet here and are never mixed:

- *source offsets* (`char_start`, `char_end`): code points of `SourceText.text`, end exclusive;
- *reading offsets* (`paragraph`, `start`, `end`): code points of `Paragraph.text`, which is the repaired text of one
  paragraph. `Paragraph.span()` leads from the second to the first; nothing leads back.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a number says of its indicator."""

    LEVEL = "level"
    CHANGE = "change"
    GROWTH = "growth"
    PP = "pp"
    SHARE = "share"
    RANK = "rank"
    COMPLETION = "completion"
    MULTIPLE = "multiple"


class Status(StrEnum):
    """Whether the number was reached or is a goal, plan or forecast."""

    ACTUAL = "actual"
    TARGET = "target"


class Bound(StrEnum):
    """Which way the true figure may differ from the printed one."""

    EXACT = "exact"
    APPROX = "approx"
    ABOVE = "above"
    BELOW = "below"


class ParagraphKind(StrEnum):
    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    BOILERPLATE = "boilerplate"


class Role(StrEnum):
    """The part an organization plays where it is named."""

    ISSUER = "issuer"
    SUBJECT = "subject"
    PARTNER = "partner"
    MENTIONED = "mentioned"


class ReadError(Exception):
    """A file that cannot be read. The message names the place and the remedy, for the person who runs the load."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as text. Offsets of everything found in it point into `text`."""

    name: str  # file name without folders
    path: str
    sha256: str
    byte_count: int
    media_type: str  # "text/plain", "text/markdown", "text/html", "application/pdf", …
    encoding: str | None  # of text files: "utf-8", "gb18030", "utf-16", …
    text: str
    notes: tuple[str, ...] = ()  # what the reader had to do or could not do


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph repaired for reading: page breaks rejoined, width unified, spaces round digits dropped.

    `text` is a subsequence of the source in which single characters may be replaced by their equivalent (a full-width
    digit by an ASCII one); `origin[i]` is the source offset of `text[i]`, strictly increasing.
    """

    text: str
    origin: array[int]
    kind: ParagraphKind = ParagraphKind.BODY
    level: int = 0  # of headings: 1 the title, 2 一、, 3 （一）, 4 1.; 0 for everything else

    @property
    def char_start(self) -> int:
        return self.origin[0]

    @property
    def char_end(self) -> int:
        return self.origin[-1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the non-empty reading span [start, end)."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Days from `start` to `end`, both included. A moment has start = end."""

    start: date
    end: date
    granularity: str = "span"  # day month quarter half year plan span
    label: str = ""  # as the text says it, or the name of the rule's reading


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a source, with who wrote it and when, and its paragraphs in reading order."""

    ordinal: int  # from 1, in its file
    char_start: int
    char_end: int
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    title_is_inferred: bool = False
    kind: str = "其他"
    issuer_name: str | None = None  # full canonical name; a masked one as printed: XX街道办事处
    issuer_type: str | None = None
    issuer_is_redacted: bool = False
    region_code: str | None = None  # GB/T 2260, six digits
    region_name: str | None = None  # full, with the names of its parents: 甘肃省天水市麦积区
    report_date: date | None = None
    period: TimeSpan | None = None  # that the report looks back on
    evidence: tuple[str, ...] = ()  # why a report begins here, for people


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text, with its unit and bound, whatever becomes of it."""

    paragraph: int  # index into Report.paragraphs
    start: int  # of the number with its magnitude word, without bound word and unit
    end: int
    text: str
    value: Decimal | None  # in `unit`, magnitude multiplied out; None when masked
    unit: str = ""  # as printed, magnitude removed
    unit_end: int = 0  # reading offset behind the unit
    value_high: Decimal | None = None
    from_value: Decimal | None = None
    bound: Bound = Bound.EXACT
    is_redacted: bool = False
    passed_over: str | None = None  # the name of the rule that says that this is no fact: date, ordinal, slogan, …
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time expression. `span` is None where it is seen but cannot be resolved."""

    paragraph: int
    start: int
    end: int
    text: str
    span: TimeSpan | None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """A named body or territory, resolved as far as the text allows."""

    paragraph: int
    start: int
    end: int
    surface: str
    name: str  # canonical, full: 中共延安市委, 天水市麦积区
    type: str  # territory party government congress cppcc department court procuratorate enterprise …
    region_code: str | None = None
    parent_name: str | None = None
    role: Role = Role.MENTIONED
    is_redacted: bool = False
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class InitiativeMention:
    """A named campaign, program, reform, project, mechanism or award."""

    paragraph: int
    start: int
    end: int
    surface: str
    name: str  # canonical, without the marks round it
    kind: str  # campaign program reform project mechanism award
    organization_name: str | None = None
    span: TimeSpan | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PolicyCitation:
    """A document named in 《》 or by its number (文号)."""

    paragraph: int
    start: int
    end: int
    surface: str
    title: str | None
    document_number: str | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person who is named. Found to be left out and masked, never stored."""

    paragraph: int
    start: int
    end: int
    name: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """A numeric fact: a quantity bound to its indicator, period, status and organization."""

    quantity: Quantity
    indicator_text: str
    measure: Measure
    status: Status
    span: TimeSpan | None
    period_is_explicit: bool
    organization_name: str | None
    organization_type: str | None
    region_code: str | None
    section: tuple[str, ...]  # headings above it, outermost first
    evidence: tuple[int, int]  # reading span of the sentence in the quantity's paragraph
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything that was read in one report. Quantities include those that became no observation."""

    report: Report
    observations: tuple[Observation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[PeriodMention, ...] = ()
    organizations: tuple[OrganizationMention, ...] = ()
    initiatives: tuple[InitiativeMention, ...] = ()
    policies: tuple[PolicyCitation, ...] = ()
    people: tuple[PersonMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Statistic:
    """A row of a table of official statistics. What is not understood is None, and `problem` says why."""

    char_start: int  # source offsets of the row
    char_end: int
    region_text: str
    indicator_text: str
    period_text: str
    value_text: str
    unit_text: str
    publisher: str | None
    region_code: str | None  # GB/T 2260
    concept_name: str | None  # as the catalog has it
    measure: Measure | None  # LEVEL, or GROWTH over the year before in %
    span: TimeSpan | None
    value: Decimal | None  # in `unit`, magnitude multiplied out
    unit: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file, read. `boilerplate` holds source spans that belong to no report, with the reason."""

    source: SourceText
    reports: tuple[ReportFacts, ...] = ()
    boilerplate: tuple[tuple[int, int, str], ...] = field(default=())
    statistics: tuple[Statistic, ...] = ()  # of a table of statistics, which holds no reports
