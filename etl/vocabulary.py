"""Knowledge kept as data under schema/vocabulary, validated on first use.

Each file has one pydantic model here and one cached function that returns it. Rules live in the extractors; words live
in the files.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

FOLDER = Path(__file__).resolve().parent.parent / "schema" / "vocabulary"


def toml(name: str) -> dict[str, object]:
    """One TOML file of the vocabulary."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one CSV file of the vocabulary, by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def alternatives(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


class PolicyVocabulary(BaseModel):
    """Signs by which a title in 《》 is known as a document or as something else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_endings: tuple[str, ...]
    document_openings: tuple[str, ...]
    document_cues: tuple[str, ...]
    media_endings: tuple[str, ...]
    media_titles: frozenset[str]
    work_cues_before: tuple[str, ...]
    work_cues_after: tuple[str, ...]


@cache
def policies() -> PolicyVocabulary:
    """schema/vocabulary/policies.toml"""
    return PolicyVocabulary.model_validate(toml("policies.toml"))


class Unit(BaseModel, frozen=True):
    """A unit as printed and what it is worth in the base unit of its dimension, as an exact fraction."""

    unit: str
    dimension: str
    base_unit: str
    factor_numerator: int
    factor_denominator: int


@cache
def units() -> dict[str, Unit]:
    """units.csv by the printed form; both widths of brackets are known."""
    known = {row["unit"]: Unit.model_validate(row) for row in rows("units.csv")}
    wide = {u.replace("(", "（").replace(")", "）"): entry for u, entry in known.items()}
    return known | wide


class Numbers(BaseModel, frozen=True):
    """numbers.toml: bounds, set phrases, cues of rank and of length of time, counters that are other words too."""

    bounds_before: dict[str, list[str]]
    bounds_after: dict[str, list[str]]
    set_phrases: tuple[str, ...]
    duration_cues: tuple[str, ...]
    duration_units: frozenset[str]
    rank_cues: tuple[str, ...]
    threshold_nouns: tuple[str, ...]
    counters_behind_han: frozenset[str]
    not_behind_han: frozenset[str]
    place_units: frozenset[str]


@cache
def numbers() -> Numbers:
    """schema/vocabulary/numbers.toml"""
    raw: dict[str, Any] = toml("numbers.toml")
    return Numbers(
        bounds_before=raw["bounds_before"],
        bounds_after=raw["bounds_after"],
        set_phrases=raw["set_phrases"]["words"],
        duration_cues=raw["durations"]["cues"],
        duration_units=raw["durations"]["units"],
        rank_cues=raw["rank"]["cues"],
        threshold_nouns=raw["thresholds"]["nouns"],
        counters_behind_han=raw["counters"]["behind_han"],
        not_behind_han=raw["counters"]["not_behind_han"],
        place_units=raw["counters"]["places"],
    )


class Words(BaseModel):
    """A list of words under a heading of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: frozenset[str]


class BoundaryWords(BaseModel):
    """Words at which the name of an initiative begins or ends."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: frozenset[str]
    edge: frozenset[str]


class GenericWords(BaseModel):
    """Words that make no name of a class noun; `empty` ones not even of a telling class noun."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: frozenset[str]
    empty: frozenset[str]
    characters: frozenset[str]  # that stand alone in common names, so that they are no sign of a proper one


class ProgressWords(BaseModel):
    """Words behind a thing that is built or under way, or, `recognised`, that won an honour; `built` ones are said of
    little else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: frozenset[str]
    built: frozenset[str]
    recognised: tuple[str, ...]
    things: tuple[str, ...]  # how the names of things built end
    nothing: tuple[str, ...]  # words with such an ending that name no thing
    building: frozenset[str]  # verbs whose object is built


class SetPhrases(BaseModel):
    """Set phrases that name no initiative."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: frozenset[str]


class HonourWords(BaseModel):
    """A quality and whom it is given to: 示范 + 城市."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    qualities: tuple[str, ...]
    heads: tuple[str, ...]
    verbs: tuple[str, ...]  # that confer an honour, or by which one strives for it
    honoured: tuple[str, ...]  # how an honour ends behind such a verb, besides the heads


class NameWording(BaseModel):
    """Wordings of initiatives' names that mean one thing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    same: dict[str, str]  # as written → as compared
    tails: dict[str, tuple[str, ...]]  # kind → endings that a name may have or not
    shortest: int  # characters that must be left of a name without its ending
    idle: frozenset[str]  # words by which two names seldom differ in what they mean


class InitiativeVocabulary(BaseModel):
    """The grammar of initiative names as words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, dict[str, tuple[str, ...]]]  # kind → strength → class nouns
    honours: HonourWords
    continued: dict[str, tuple[str, ...]]  # class noun → what behind it makes another word
    boundary: BoundaryWords
    generic: GenericWords
    phrases: SetPhrases
    progress: ProgressWords
    cues: dict[str, tuple[str, ...]]  # kind → verbs that introduce it
    sayings: Words
    themes: Words
    boasts: Words
    wording: NameWording
    glossary: Words


class KnownInitiative(BaseModel):
    """An initiative that is known throughout the country."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: str
    aliases: tuple[str, ...]
    since: int | None  # the year in which it began
    lead: str  # the body that leads it; empty if none alone does
    scope: str  # GB/T 2260 code of the territory to which it belongs; empty for the whole country
    is_topic: bool  # also a bare topic: known as the same everywhere, but no initiative wherever the words stand


@cache
def initiatives() -> InitiativeVocabulary:
    """schema/vocabulary/initiatives.toml"""
    return InitiativeVocabulary.model_validate(toml("initiatives.toml"))


@cache
def known_initiatives() -> tuple[KnownInitiative, ...]:
    """schema/vocabulary/initiatives.csv; aliases are separated by |"""
    return tuple(
        KnownInitiative(
            name=row["name"],
            kind=row["kind"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            since=int(row["since"]) if row["since"] else None,
            lead=row["lead"],
            scope=row["scope"],
            is_topic=row["topic"] == "yes",
        )
        for row in rows("initiatives.csv")
    )


class NamedTimes(BaseModel, frozen=True):
    """periods.toml: events that reports count from, five-year plans, holidays with fixed days."""

    since: dict[str, date]
    plans: dict[str, int]
    holidays: dict[str, tuple[int, int, int, int]]


@cache
def named_times() -> NamedTimes:
    return NamedTimes.model_validate(toml("periods.toml"))


class Clauses(BaseModel, frozen=True):
    """clauses.toml: the words that bind a number to what it counts."""

    openings: tuple[str, ...]
    links: tuple[str, ...]
    predicates: tuple[str, ...]
    list_verbs: frozenset[str]
    own_rates: frozenset[str]
    generic_heads: frozenset[str]
    growth_up: tuple[str, ...]
    growth_down: tuple[str, ...]
    comparisons: tuple[str, ...]
    strong_target_cues: str
    weak_target_cues: str
    past_cues: str
    plan_headings: tuple[str, ...]
    past_headings: tuple[str, ...]
    own_figures: frozenset[str]
    own_figures_names: tuple[str, ...]
    yearly_figures: str


@cache
def clauses() -> Clauses:
    return Clauses.model_validate(toml("clauses.toml"))


class IndicatorConcept(BaseModel, frozen=True):
    """A line of a file in indicators/: a concept, and the phrases that mean it."""

    code: str
    name: str
    topic: str
    dimension: str  # of its units in units.csv; several are separated by |, "none" is a number without a unit
    kind: Literal["stock", "flow", "rate"]
    scope: Literal["one", "many"]  # many: several figures of one body and period may all be right, as of its projects
    low: Decimal | None  # plausible range of an amount, in the base unit
    high: Decimal | None
    definition: str
    nbs_name: str | None  # what the National Bureau of Statistics calls it
    note: str
    aliases: tuple[str, ...]
    patterns: tuple[str, ...]  # regular expressions of further phrases, with the sets of catalog.toml in braces

    @property
    def dimensions(self) -> frozenset[str]:
        return frozenset(self.dimension.split("|"))


def written_indicators() -> tuple[IndicatorConcept, ...]:
    """The lines of indicators/; aliases are separated by |, patterns by white space."""
    files = sorted(path.name for path in (FOLDER / "indicators").glob("*.csv"))
    return tuple(
        IndicatorConcept.model_validate(
            {column: value or None for column, value in row.items()}
            | {
                "note": row["note"],
                "aliases": tuple(filter(None, row["aliases"].split("|"))),
                "patterns": tuple(row["patterns"].split()),
            }
        )
        for name in files
        for row in rows(f"indicators/{name}")
    )


class TitleKind(BaseModel, frozen=True):
    """The kind of a report whose title holds the pattern."""

    kind: str
    pattern: re.Pattern[str]


class Opener(BaseModel, frozen=True):
    """A sign that a report begins with a paragraph, and how much it weighs."""

    name: str
    weight: int
    pattern: re.Pattern[str]
    at: Literal["start", "end"] = "start"


class Foreign(BaseModel, frozen=True):
    """A paragraph that belongs to no report, and why."""

    reason: str
    pattern: re.Pattern[str]


class ReportVocabulary(BaseModel, frozen=True):
    """reports.toml: titles, openings, closings and foreign matter of reports."""

    kinds: tuple[TitleKind, ...]
    title_ends: tuple[str, ...]
    title_generic: tuple[str, ...]
    heading_ends: tuple[str, ...]
    compilation_words: tuple[str, ...]
    contents: frozenset[str]
    openers: tuple[Opener, ...]
    late: re.Pattern[str]
    planned: re.Pattern[str]
    closing: re.Pattern[str]
    foreign: tuple[Foreign, ...]
    surnames: tuple[str, ...]
    body_suffixes: dict[str, str]  # what the name of a body ends with → its type


@cache
def reports() -> ReportVocabulary:
    raw: dict[str, Any] = toml("reports.toml")
    return ReportVocabulary(
        kinds=raw["kinds"],
        title_ends=raw["titles"]["ends"],
        title_generic=raw["titles"]["generic"],
        heading_ends=raw["headings"]["ends"],
        compilation_words=raw["compilations"]["words"],
        contents=raw["compilations"]["contents"],
        openers=raw["openers"],
        late=raw["late"]["pattern"],
        planned=raw["planned"]["pattern"],
        closing=raw["closing"]["pattern"],
        foreign=raw["foreign"],
        surnames=raw["names"]["surnames"].split(),
        body_suffixes={suffix: kind for kind, suffixes in raw["bodies"].items() for suffix in suffixes},
    )


class Issuer(BaseModel, frozen=True):
    """A body by the word that reports call it by, and its full name at each level of government.

    {region} is the territory, {party} its committee of the Party: 延安市委.
    """

    word: str
    local: str
    province: str
    national: str
    type: str

    @property
    def full_word(self) -> str:
        """The full name without territory: 人力资源和社会保障局, 纪律检查委员会."""
        return self.local.replace("{region}", "").replace("{party}", "").removeprefix("中共")


@cache
def issuers() -> dict[str, Issuer]:
    """issuers.csv by word and by full name without the territory (民政局; 人社局), longest first."""
    known = [Issuer.model_validate(row) for row in rows("issuers.csv")]
    named = {issuer.word: issuer for issuer in known}
    for issuer in known:
        named.setdefault(issuer.local.replace("{region}", "").replace("{party}", ""), issuer)
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


@cache
def report_topics() -> dict[str, str]:
    """report_topics.csv: the subject of a title → the word of the body that reports on it; longest first."""
    ordered = sorted(rows("report_topics.csv"), key=lambda row: -len(row["topic"]))
    return {row["topic"]: row["issuer"] for row in ordered}


class Body(BaseModel):
    """A body that every territory has, and the forms that follow the level word or the name of the territory."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str  # canonical; {T} is the territory, {court} the level of a court
    type: str
    forms: tuple[str, ...]
    not_before: str = ""  # characters that make another word of the form: 市委|员


class WordList(BaseModel):
    """Words separated by white space."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: str

    def set(self) -> frozenset[str]:
        return frozenset(self.words.split())


# Words in one string, separated by white space.
SplitWords = Annotated[tuple[str, ...], BeforeValidator(str.split)]


class EndingRules(BaseModel):
    """What an ending asks of the words before it; see the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    strong: frozenset[str]
    weak: frozenset[str]
    general: frozenset[str]
    no_stem: frozenset[str]
    proper: frozenset[str]
    bare: frozenset[str]
    kinds: frozenset[str]
    groups: frozenset[str]
    need_work: frozenset[str]
    research: frozenset[str]


class OrganizationVocabulary(BaseModel):
    """organizations.toml: how bodies are named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bodies: tuple[Body, ...]
    departments: dict[str, str]  # short form → full form
    bureaus: tuple[str, ...]  # full forms that are found without a level word too
    endings: dict[str, tuple[str, ...]]  # type → what names of that type end in
    ending_rules: EndingRules
    trades: tuple[str, ...]
    common_trades: frozenset[str]
    list_verbs: SplitWords
    not_enterprises: SplitWords
    goods: SplitWords
    public_works: SplitWords
    coined: SplitWords
    brand_openings: SplitWords
    place_nouns: SplitWords
    name_verbs: WordList
    generic: WordList


@cache
def national_bodies() -> frozenset[str]:
    """Full names of the bodies of the whole country: 国务院, 国家统计局."""
    known = {body.name for body in known_organizations() if body.region_code is None and body.type != "enterprise"}
    return frozenset(known | {issuer.national for issuer in issuers().values()})


class KnownOrganization(BaseModel):
    """A body known throughout the country."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: str
    region_code: str | None
    forms: tuple[str, ...]
    forms_in_business: tuple[str, ...] = ()  # are words or places too: 三峡, 大众
    since: int | None = None  # year of its foundation, of bodies of the state
    until: int | None = None  # year in which it ceased
    successor: str | None = None  # who took over its work


@cache
def organizations() -> OrganizationVocabulary:
    return OrganizationVocabulary.model_validate(toml("organizations.toml"))


@cache
def known_organizations() -> tuple[KnownOrganization, ...]:
    """schema/vocabulary/organizations.csv; forms are separated by spaces"""
    return tuple(
        KnownOrganization(
            name=row["name"],
            type=row["type"],
            region_code=row["region_code"] or None,
            forms=tuple(row["forms"].split()),
            forms_in_business=tuple(row["forms_in_business"].split()),
            since=int(row["since"]) if row["since"] else None,
            until=int(row["until"]) if row["until"] else None,
            successor=row["successor"] or None,
        )
        for row in rows("organizations.csv")
    )


class Confidence(BaseModel, frozen=True):
    """confidence.toml: what the rules of observations get right, and what lowers the trust in a fact."""

    trusted_from: float
    rules: dict[str, float]
    factors: dict[str, float]


@cache
def confidence() -> Confidence:
    return Confidence.model_validate(toml("confidence.toml"))


class CatalogWords(BaseModel, frozen=True):
    """catalog.toml: the words that the phrases of indicators are dressed in."""

    model_config = ConfigDict(extra="forbid")

    openings: tuple[str, ...]
    closings: tuple[str, ...]
    growth: tuple[str, ...]
    amounts: tuple[str, ...]
    inner_verbs: tuple[str, ...]
    inner_nouns: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...]  # pattern, what stands for it
    verbs: dict[str, tuple[str, ...]]  # verb → its synonyms
    sets: dict[str, tuple[str, ...]]  # name → words, for the patterns of indicators/


@cache
def catalog_words() -> CatalogWords:
    return CatalogWords.model_validate(toml("catalog.toml"))


class TableMeasures(BaseModel, frozen=True):
    """What the head of a column says that its numbers are."""

    model_config = ConfigDict(extra="forbid")

    growth: re.Pattern[str]
    share: re.Pattern[str]
    completion: re.Pattern[str]
    rank: re.Pattern[str]


class TableCaptions(BaseModel, frozen=True):
    """What stands in a caption round the name of what is counted."""

    model_config = ConfigDict(extra="forbid")

    openings: re.Pattern[str]
    closings: re.Pattern[str]
    classes: re.Pattern[str]
    empty: re.Pattern[str]


class TableWords(BaseModel, frozen=True):
    """tables.toml: the words in the heads of tables."""

    model_config = ConfigDict(extra="forbid")

    labels: frozenset[str]
    units: frozenset[str]
    numbering: frozenset[str]
    generic: frozenset[str]
    targets: re.Pattern[str]
    reached: re.Pattern[str]
    wholes: frozenset[str]
    qualifiers: frozenset[str]
    complete: tuple[str, ...]
    measures: TableMeasures
    captions: TableCaptions


@cache
def tables() -> TableWords:
    return TableWords.model_validate(toml("tables.toml"))


class PeopleVocabulary(BaseModel):
    """Surnames, and the words by which a name is known as one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    surnames: str
    compound_surnames: tuple[str, ...]
    titles: tuple[str, ...]
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    addresses: tuple[str, ...]
    private_addresses: tuple[str, ...]
    weak_addresses: tuple[str, ...]
    followers: tuple[str, ...]
    not_given: str
    not_after_mask: str
    not_names: frozenset[str]
    public: frozenset[str]


@cache
def people() -> PeopleVocabulary:
    """schema/vocabulary/people.toml"""
    return PeopleVocabulary.model_validate(toml("people.toml"))


class StatisticsVocabulary(BaseModel, frozen=True):
    """Titles of the columns of tables of statistics, and magnitude words before units, the longest first."""

    columns: dict[str, Literal["region", "indicator", "period", "value", "unit", "source"]]
    magnitudes: dict[str, int]


@cache
def statistics() -> StatisticsVocabulary:
    """schema/vocabulary/statistics.toml"""
    return StatisticsVocabulary.model_validate(toml("statistics.toml"))


@cache
def traditional() -> dict[str, str]:
    """traditional.csv: characters that simplified texts do not use (none is in GB 2312), and how those write them."""
    return {row["traditional"]: row["simplified"] for row in rows("traditional.csv")}
