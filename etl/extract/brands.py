"""How much a word that no dictionary has looks like the brand of an enterprise: 旭康 does, 曲溪 looks like a place.

The characters of the brands in organizations.csv are held against those of the towns in townships.csv.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

import rjieba

from etl import gazetteer, vocabulary

_STEM = re.compile("[一-龥]{2,4}")
_KIND_OF_TOWN = re.compile("(?:街道|镇|乡|苏木|民族.*)$")
_NAMES = frozenset({"nr", "nrt", "nrfg", "nz"})  # tags of the segmenter
_PRIOR = 0.5
_CHARACTERS = 1500  # that names are made of, so that an unseen one weighs the same in both


@dataclass(frozen=True, slots=True)
class _Characters:
    """How often characters begin names and stand behind."""

    counts: Counter[tuple[str, bool]]
    names: int

    def logarithm(self, character: str, *, is_first: bool) -> float:
        return log((self.counts[character, is_first] + _PRIOR) / (self.names + _CHARACTERS))


@lru_cache(maxsize=100_000)
def likeness(word: str) -> float:
    """Mean log odds a character of a brand against a town; above 0 it looks like a brand."""
    brands, towns = _characters()
    odds = [brands.logarithm(c, is_first=i == 0) - towns.logarithm(c, is_first=i == 0) for i, c in enumerate(word)]
    return sum(odds) / len(odds)


@lru_cache(maxsize=100_000)
def is_brand(word: str, least: float) -> bool:
    """Whether a word of two to four characters is none of the dictionary, or a name in it, and looks like a brand."""
    if not _STEM.fullmatch(word) or gazetteer.lookup(word):
        return False
    is_known = rjieba.has_word(word) and any(tag not in _NAMES for _, tag in rjieba.tag(word))
    return not is_known and likeness(word) > least


@cache
def _characters() -> tuple[_Characters, _Characters]:
    trades = sorted((*vocabulary.organizations().trades, "集团", "公司"), key=len, reverse=True)
    trade = re.compile(f"(?:{'|'.join(trades)}).*$")
    forms = {
        trade.sub("", form)
        for body in vocabulary.known_organizations()
        if body.type == "enterprise"
        for form in (body.name, *body.forms, *body.forms_in_business)
    }
    towns = {_KIND_OF_TOWN.sub("", name) for row in vocabulary.rows("townships.csv") for name in row["names"].split()}
    return _counted(f for f in forms if not f.startswith("中国") and not gazetteer.lookup(f)), _counted(towns)


def _counted(names: Iterable[str]) -> _Characters:
    counts: Counter[tuple[str, bool]] = Counter()
    solid = {name for name in names if _STEM.fullmatch(name)}
    for name in solid:
        counts.update((character, at == 0) for at, character in enumerate(name))
    return _Characters(counts, len(solid))
