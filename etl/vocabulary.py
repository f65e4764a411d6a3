"""Knowledge kept as data under schema/vocabulary, validated on first use.

Each file has one pydantic model here and one cached function that returns it. Rules live in the extractors; words live
in the files.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).resolve().parent.parent / "schema" / "vocabulary"


def toml(name: str) -> dict[str, object]:
    """One TOML file of the vocabulary."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one CSV file of the vocabulary, by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


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
    """numbers.toml: bounds, set phrases, cues of rank and of length of time."""

    bounds_before: dict[str, list[str]]
    bounds_after: dict[str, list[str]]
    set_phrases: tuple[str, ...]
    duration_cues: tuple[str, ...]
    duration_units: frozenset[str]
    rank_cues: tuple[str, ...]
    threshold_nouns: tuple[str, ...]


@cache
def numbers() -> Numbers:
    raw: dict[str, Any] = toml("numbers.toml")
    return Numbers(
        bounds_before=raw["bounds_before"],
        bounds_after=raw["bounds_after"],
        set_phrases=raw["set_phrases"]["words"],
        duration_cues=raw["durations"]["cues"],
        duration_units=raw["durations"]["units"],
        rank_cues=raw["rank"]["cues"],
        threshold_nouns=raw["thresholds"]["nouns"],
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


class SetPhrases(BaseModel):
    """Set phrases that name no initiative."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: frozenset[str]


class InitiativeVocabulary(BaseModel):
    """The grammar of initiative names as words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, tuple[str, ...]]  # kind → class nouns
    continued: dict[str, tuple[str, ...]]  # class noun → what behind it makes another word
    boundary: BoundaryWords
    generic: Words
    phrases: SetPhrases
    progress: Words
    honour: Words


class KnownInitiative(BaseModel):
    """An initiative that is known throughout the country."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: str
    aliases: tuple[str, ...]


@cache
def initiatives() -> InitiativeVocabulary:
    """schema/vocabulary/initiatives.toml"""
    return InitiativeVocabulary.model_validate(toml("initiatives.toml"))


@cache
def known_initiatives() -> tuple[KnownInitiative, ...]:
    """schema/vocabulary/initiatives.csv; aliases are separated by |"""
    return tuple(
        KnownInitiative(name=row["name"], kind=row["kind"], aliases=tuple(filter(None, row["aliases"].split("|"))))
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
