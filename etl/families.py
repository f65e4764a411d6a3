"""The catalog of indicators as written, and the concepts composed of a quantity and the items of a breakdown.

甜菜产量 is the family "output" times the product 甜菜. Families are in schema/vocabulary/families.toml, the lists of
what they are counted by in schema/vocabulary/breakdowns/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from etl.vocabulary import IndicatorConcept, alternatives, rows, toml, written_indicators


@cache
def indicators() -> tuple[IndicatorConcept, ...]:
    """schema/vocabulary/indicators/, a file for each topic, and behind them what families.toml composes.

    Their order decides where a phrase means two concepts: files by name, then lines, then families.
    """
    return with_families(written_indicators(), tuple(_composed_indicators()))


class BreakdownItem(BaseModel, frozen=True):
    """A line of a file in breakdowns/: a part by which much is counted, as a product or an industry."""

    code: str
    name: str
    aliases: tuple[str, ...]
    dimension: str  # of its amounts, '' where the family tells


@cache
def breakdown(name: str) -> tuple[BreakdownItem, ...]:
    """schema/vocabulary/breakdowns/, a file for each list; aliases are separated by |."""
    return tuple(
        BreakdownItem(
            code=row["code"],
            name=row["name"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            dimension=row.get("dimension", ""),
        )
        for row in rows(f"breakdowns/{name}.csv")
    )


class Family(BaseModel, frozen=True):
    """A table of families.toml: a quantity that is counted by the items of breakdowns, a concept for each.

    In the texts {code} and {name} are the item's, {item} is its name or any of its aliases.
    """

    model_config = ConfigDict(extra="forbid")

    breakdowns: tuple[str, ...]
    only: frozenset[str] = frozenset()  # codes of items; all if empty
    without: frozenset[str] = frozenset()
    code: str
    name: str
    topic: str
    dimension: str = ""  # '' is the item's
    kind: Literal["stock", "flow", "rate"]
    scope: Literal["one", "many"] = "one"
    low: Decimal | None = None
    high: Decimal | None = None
    definition: str
    nbs_name: str | None = None
    note: str = ""
    phrases: tuple[str, ...] = ()  # aliases
    patterns: tuple[str, ...] = ()

    def concept(self, item: BreakdownItem) -> IndicatorConcept:
        """The concept of an item, as if it were written in a line of indicators/."""
        name = self.name.format(name=item.name)
        forms = (item.name, *item.aliases)
        plain = {re.sub("[、“”（）]", "", form) for form in forms}  # as patterns see a phrase
        phrases = dict.fromkeys(phrase.replace("{item}", form) for phrase in self.phrases for form in forms)
        return IndicatorConcept(
            code=self.code.format(code=item.code),
            name=name,
            topic=self.topic,
            dimension=self.dimension or item.dimension,
            kind=self.kind,
            scope=self.scope,
            low=self.low,
            high=self.high,
            definition=self.definition.format(name=item.name),
            nbs_name=self.nbs_name and self.nbs_name.format(name=item.name),
            note=self.note,
            aliases=tuple(phrase for phrase in phrases if phrase != name),
            patterns=tuple(pattern.replace("{item}", alternatives(plain)) for pattern in self.patterns),
        )


class _Families(BaseModel):
    families: tuple[Family, ...]


@cache
def families() -> tuple[Family, ...]:
    """schema/vocabulary/families.toml"""
    return _Families.model_validate(toml("families.toml")).families


def _composed_indicators() -> Iterator[IndicatorConcept]:
    for family in families():
        for name in family.breakdowns:
            for item in breakdown(name):
                if item.code not in family.without and (not family.only or item.code in family.only):
                    yield family.concept(item)


def with_families(
    written: Iterable[IndicatorConcept], composed: Iterable[IndicatorConcept]
) -> tuple[IndicatorConcept, ...]:
    """The written concepts and the composed ones.

    What is written wins: a composed concept whose name is a name or alias of one already there is that concept, and
    only brings its phrases; and a phrase of one already there stays its own. Phrases are compared with the units that
    their figures are in: 高速公路 in 公里 and in 条 are two.
    """
    concepts = list(written)
    places: dict[tuple[str, str], int] = {}  # of a phrase and a dimension → in the list
    for place, concept in enumerate(concepts):
        _take(places, concept, (concept.name, *concept.aliases), place)
    for concept in composed:
        own = sorted(concept.dimensions)
        free = tuple(p for p in concept.aliases if any((p, dimension) not in places for dimension in own))
        known = next(
            (places[concept.name, dimension] for dimension in own if (concept.name, dimension) in places), None
        )
        if known is None:
            concepts.append(concept.model_copy(update={"aliases": free}))
        else:
            before = concepts[known]
            more = {"aliases": (*before.aliases, *free), "patterns": (*before.patterns, *concept.patterns)}
            concepts[known] = before.model_copy(update=more)
        _take(places, concept, (concept.name, *free), len(concepts) - 1 if known is None else known)
    return tuple(concepts)


def _take(places: dict[tuple[str, str], int], concept: IndicatorConcept, phrases: Iterable[str], place: int) -> None:
    for phrase in phrases:
        for dimension in concept.dimensions:
            places.setdefault((phrase, dimension), place)
