"""Which concepts of the catalog a phrase may mean: proposals for a person, never a match."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from etl import catalog
from etl.additions import Addition

LEAST = 0.4  # likeness below which a proposal helps nobody
HEAD = 0.1  # for the same last term, which says what is counted: 补助资金 is money, whatever it is for
OTHER_UNIT = 0.75  # of the likeness stays where no figure of the phrase is in a unit of the concept


class _Form(NamedTuple):
    """A phrase in its plain form as terms (jieba) and as pairs of characters."""

    terms: tuple[str, ...]
    pairs: frozenset[str]


@cache
def _form(plain: str) -> _Form:
    return _Form(tuple(rjieba.cut(plain, False)), frozenset(plain[i : i + 2] for i in range(len(plain) - 1)))


class _Index(NamedTuple):
    weights: dict[str, float]  # of terms; 增加值 is in many phrases and says little, 再就业 is in few
    unknown: float  # weight of a term that no phrase has
    holders: dict[str, list[str]]  # term or pair of characters → the phrases that hold it


@lru_cache(1)
def _index(_added: tuple[Addition, ...]) -> _Index:
    """The phrases of the catalog; it is made anew when users add to it."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for form in catalog.forms():
        for part in (*_form(form).terms, *_form(form).pairs):
            holders[part].add(form)
    counts = Counter(term for form in catalog.forms() for term in set(_form(form).terms))
    total = len(catalog.forms()) + 1
    weights = {term: _weight(total, count) for term, count in counts.items()}
    return _Index(weights, _weight(total, 0), {part: sorted(forms) for part, forms in holders.items()})


def _weight(total: int, count: int) -> float:
    return math.log(total / (count + 1)) + 0.3


def nearest(phrase: str, dimensions: frozenset[str] = frozenset(), limit: int = 3) -> tuple[str, ...]:
    """Codes of the concepts whose phrases are most like this one, best first.

    Likeness is the mean of the shared terms, rare ones weighing more, and the shared pairs of characters (Dice), which
    still speak where terms are cut in another way. `dimensions` are those of the units that its figures are in.
    """
    index = _index(catalog.added())
    own = _form(catalog.plain(phrase))
    best: dict[str, float] = {}
    for form in {form for part in (*own.terms, *own.pairs) for form in index.holders.get(part, ())}:
        likeness = _likeness(own, _form(form), index)
        for code in catalog.forms()[form]:
            fits = not dimensions or "ratio" in dimensions or dimensions & catalog.concepts()[code].dimensions
            best[code] = max(likeness * (1 if fits else OTHER_UNIT), best.get(code, 0.0))
    ranked = sorted((code for code in best if best[code] >= LEAST), key=lambda code: (-best[code], code))
    return tuple(ranked[:limit])


def _likeness(one: _Form, other: _Form, index: _Index) -> float:
    mine, yours = set(one.terms), set(other.terms)
    terms = 2 * _sum(mine & yours, index) / (_sum(mine, index) + _sum(yours, index))
    pairs = 2 * len(one.pairs & other.pairs) / ((len(one.pairs) + len(other.pairs)) or 1)
    same_head = HEAD if one.terms[-1] == other.terms[-1] else 0.0
    return (1 - HEAD) * (terms + pairs) / 2 + same_head


def _sum(terms: set[str], index: _Index) -> float:
    return sum(index.weights.get(term, index.unknown) for term in terms)
