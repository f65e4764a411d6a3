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
