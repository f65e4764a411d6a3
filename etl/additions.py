"""What users add to the catalog of indicators: concepts of their own, and further phrases of those that are there.

An addition is a line of a file like those in schema/vocabulary/indicators/, of which it needs few columns. One with the
code of a concept that is there adds phrases to it; one with a name and a dimension is a concept of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from etl.vocabulary import IndicatorConcept

CODE = re.compile("[A-Z][A-Z0-9_]*")
OWN_TOPIC = "自定义/指标"
COLUMNS = tuple(IndicatorConcept.model_fields)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class AdditionError(Exception):
    """An addition that makes no sense. The message says why and what to do."""


class Addition(BaseModel):
    """A concept, or phrases of one, that users add. Fields as in `IndicatorConcept`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, StringConstraints(pattern=f"^{CODE.pattern}$")]
    name: Words | None = None
    topic: Words | None = None
    dimension: Words | None = None
    kind: Literal["stock", "flow", "rate"] | None = None
    scope: Literal["one", "many"] | None = None
    low: Decimal | None = Field(default=None, allow_inf_nan=False)
    high: Decimal | None = Field(default=None, allow_inf_nan=False)
    definition: Words | None = None
    nbs_name: Words | None = None
    note: Words | None = None
    aliases: tuple[Words, ...] = ()
    patterns: tuple[Words, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        return (self.name, *self.aliases) if self.name else self.aliases

    def concept(self) -> IndicatorConcept:
        """A concept of its own; what is not said is what most concepts are.

        Raises:
            AdditionError: it has no name or no dimension.
        """
        if not (self.name and self.dimension):
            raise AdditionError(
                f"{self.code} is no concept of the catalog; to make it one give its name and the dimension of its "
                "units, to add phrases to another give that one's code (`kb catalog list` finds it)"
            )
        default_kind: Literal["rate", "flow"] = "rate" if self.dimension == "ratio" else "flow"
        return IndicatorConcept(
            code=self.code,
            name=self.name,
            topic=self.topic or OWN_TOPIC,
            dimension=self.dimension,
            kind=self.kind or default_kind,
            scope=self.scope or "one",
            low=self.low,
            high=self.high,
            definition=self.definition or self.name,
            nbs_name=self.nbs_name,
            note=self.note or "",
            aliases=self.aliases,
            patterns=self.patterns,
        )


def extended(installed: Iterable[IndicatorConcept], additions: Iterable[Addition]) -> tuple[IndicatorConcept, ...]:
    """The catalog with what was added behind it.

    An addition with the code or the name of an installed concept is that concept, also where a later version of the
    catalog has brought it. Phrases of a concept that a later version lacks mean nothing.
    """
    concepts = list(installed)
    places = {key: place for place, concept in enumerate(concepts) for key in (concept.code, concept.name)}
    for addition in additions:
        place = places.get(addition.code, places.get(addition.name or ""))
        if place is not None:
            concept = concepts[place]
            phrases = dict.fromkeys((*concept.aliases, *(p for p in addition.phrases if p != concept.name)))
            more = {"aliases": tuple(phrases), "patterns": (*concept.patterns, *addition.patterns)}
            concepts[place] = concept.model_copy(update=more)
        elif addition.name and addition.dimension:
            concepts.append(addition.concept())
    return tuple(concepts)


def joined(before: Addition, more: Addition) -> Addition:
    """An addition with what was said later of the same code: phrases come together, else the later one counts."""
    said = {**before.model_dump(exclude_none=True), **more.model_dump(exclude_none=True)}
    for field in ("aliases", "patterns"):
        said[field] = tuple(dict.fromkeys((*getattr(before, field), *getattr(more, field))))
    return Addition.model_validate(said)


def made(**said: object) -> Addition:
    """An addition from what a person typed.

    Raises:
        AdditionError: it makes no sense.
    """
    try:
        return Addition.model_validate({key: value for key, value in said.items() if value not in (None, "")})
    except ValidationError as error:
        first = error.errors()[0]
        raise AdditionError(f"{' '.join(map(str, first['loc']))}: {first['msg']}, not {first['input']!r}") from error


def read_file(path: Path) -> list[Addition]:
    """The additions in a CSV file with the columns of `Addition`; aliases have | between them, patterns white space.

    Raises:
        AdditionError: the file is not as it should be; the message names the line.
    """
    try:
        lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
        unknown = set(lines.fieldnames or ()) - set(COLUMNS)
        if unknown or "code" not in (lines.fieldnames or ()):
            told = f"column {sorted(unknown)[0]} is unknown" if unknown else "there is no column code"
            raise AdditionError(f"{path}: {told}; the first line names columns out of {', '.join(COLUMNS)}")
        return [_read_line(f"{path}:{lines.line_num}", line) for line in lines]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AdditionError(f"{path}: {error}") from error


def _read_line(place: str, line: dict[str, str]) -> Addition:
    if None in line:
        raise AdditionError(f"{place}: more cells than columns; a cell with a comma needs quotes")
    said = {column: (cell or "").strip() for column, cell in line.items()}
    lists = {
        "aliases": tuple(filter(None, said.pop("aliases", "").split("|"))),
        "patterns": tuple(said.pop("patterns", "").split()),
    }
    try:
        return made(**said, **lists)
    except AdditionError as error:
        raise AdditionError(f"{place}: {error}") from error


def as_csv(lines: Iterable[IndicatorConcept | Addition]) -> str:
    """Concepts as a file that `read_file` reads."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for line in lines:
        said = line.model_dump()
        writer.writerow({**said, "aliases": "|".join(line.aliases), "patterns": " ".join(line.patterns)})
    return buffer.getvalue()
