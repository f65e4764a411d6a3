"""Knowledge kept as data under schema/vocabulary, validated on first use.

Each file has one pydantic model here and one cached function that returns it. Rules live in the extractors; words live
in the files.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
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
