"""Knowledge kept as data under schema/vocabulary, validated on first use.

Each file has one pydantic model here and one cached function that returns it. Rules live in the extractors; words live
in the files.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "schema" / "vocabulary"


def toml(name: str) -> dict[str, object]:
    """One TOML file of the vocabulary."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one CSV file of the vocabulary, by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
