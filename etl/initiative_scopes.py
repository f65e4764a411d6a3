"""Whose an initiative is, the whole country's or a territory's own; and which rows of alike names are one all the same.

A county's own 清河行动 is not its neighbour's, and the national 春风行动 is everybody's. What a mention says by itself
(`scope_of`) depends on nothing but its own report. What only shows when reports are laid side by side (`one`) is worked
out anew from all rows after each load, so that the order of loading does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from etl import gazetteer, vocabulary

NATIONAL = ""  # the scope of what belongs to no single territory
COUNTRY = "100000"
SPREAD = 4  # provinces whose reports use one name: then it is used throughout the country
SPREADING = ("campaign", "program", "reform", "mechanism", "award")  # kinds; each 体育中心 is another one
GIVEN = re.compile("^(?:国家|全国|中央财政|国务院)|国家级|^[345]A级")  # whose it is, told by its name
GIVEN_ABROAD = re.compile("^(?:中国|中华|世界|国际|联合国|亚洲)")  # of an honour or an event; 国际会展中心 is a city's
NATIONAL_BODIES = re.compile(
    "^(?:中华人民共和国|中国共产党中央|中共中央|国务院|国家|全国|最高人民|中央|中华全国|共青团中央)"
)
OWNERS = (  # at the head of a name, whose it is, and how many digits of the code tell that
    (re.compile("^(?:全?省(?!级?道|际|会)|自治区)"), 2),
    (re.compile("^市(?![场政民域容内级])"), 4),
    (re.compile("^[县区](?![域级块际])"), 6),
)
NEARLY = 0.7  # of the length of the longer of two names
TELLING = 6  # characters: a project's longer name needs no territory in it to be known again


@dataclass(frozen=True, slots=True)
class Named:
    """An initiative as a row: a name in a scope, and how often reports name it so."""

    id: int
    name: str
    kind: str
    scope: str  # '', a code of GB/T 2260, or who gives the report where the territory is unknown
    mentions: int

    @property
    def region(self) -> str:
        """Code of the territory; empty if there is none or it is unknown."""
        return self.scope if self.scope.isdigit() else ""


def scope_of(name: str, kind: str, region_code: str | None, issuer: str) -> str:
    """The scope of an initiative that a report names: '' for the whole country, else a code of GB/T 2260.

    Args:
        region_code: Territory of the report.
        issuer: Who gives it, or what tells it from all others: the scope where the territory is unknown.
    """
    if known := _known().get(name):
        return known.scope
    if kind != "project" and (GIVEN.search(name) or (kind in ("award", "campaign") and GIVEN_ABROAD.search(name))):
        return NATIONAL
    if region_code is None:
        return NATIONAL if NATIONAL_BODIES.search(issuer) else issuer
    if region_code == COUNTRY:
        return NATIONAL
    digits = next((digits for owner, digits in OWNERS if owner.search(name)), 0)
    if digits:
        return _superior(region_code, digits)
    return _named_territory(name, region_code) or region_code


@cache
def _known() -> Mapping[str, vocabulary.KnownInitiative]:
    return {known.name: known for known in vocabulary.known_initiatives()}


def _superior(code: str, digits: int) -> str:
    """The territory above whose code begins with as many digits: 420222 → 420200, and 310115 → 310000."""
    if digits == 4 and code[:2] in gazetteer.MUNICIPALITIES:
        digits = 2
    return code[:digits].ljust(6, "0")


def _named_territory(name: str, region_code: str) -> str | None:
    """The territory that stands in a name, if it is the report's own, lies in it or above it: 健康河北."""
    for found in gazetteer.find(name):
        region = None if found.is_word else gazetteer.resolve(found.candidates, region_code)
        if region and gazetteer.nearness(region, region_code) >= 3:
            return region.code
    return None


# ---------------------------------------------------------------- side by side


def normal_form(name: str, kind: str) -> str:
    """The form in which names that differ in wording only meet: 国家级创新型城市, 国家创新型城市."""
    words = vocabulary.initiatives().wording
    form = re.sub("[“”‘’·、，\\s—－-]", "", name)
    for written, meant in words.same.items():
        form = form.replace(written, meant)
    tails = words.tails.get(kind, ())
    tail = next((tail for tail in tails if form.endswith(tail) and len(form) - len(tail) >= words.shortest), "")
    return form.removesuffix(tail)


def tells_nothing(part: str) -> bool:
    """Whether a part by which two names differ seldom tells two initiatives apart: 综合, 专项."""
    idle = vocabulary.initiatives().wording.idle
    ends = {0}  # of idle words from the start on
    for end in range(1, len(part) + 1):
        if any(part[start:end] in idle for start in ends):
            ends.add(end)
    return len(part) in ends


def one(rows: Iterable[Named], apart: frozenset[frozenset[str]] = frozenset()) -> dict[int, tuple[str, str]]:
    """Under which other name and scope a row is shown: id → (name, scope); rows that stand for themselves are left out.

    Names of one normal form meet in the most mentioned of them. A name that national bodies use, or reports of
    `SPREAD` provinces and more, is everybody's; what a superior territory names too is the superior's.

    Args:
        apart: Pairs of labels that a person judged to be different.
    """
    groups: defaultdict[tuple[str, bool], list[Named]] = defaultdict(list)
    for row in rows:
        groups[normal_form(row.name, row.kind), row.kind == "project"].append(row)
    shown: dict[int, tuple[str, str]] = {}
    for (_, is_project), group in groups.items():
        scopes = {row.scope for row in group if row.mentions}
        provinces = {row.region[:2] for row in group if row.region and row.mentions}
        is_spread = NATIONAL in scopes or (len(provinces) >= SPREAD and not is_project)
        targets: dict[Named, str] = {}
        for row in group:
            if is_spread and (not is_project or _is_telling(row.name)):
                targets[row] = NATIONAL
            elif row.region and (not is_project or _is_telling(row.name)):
                targets[row] = next((code for code in _above(row.region) if code in scopes), row.scope)
            else:
                targets[row] = row.scope
        names = {scope: _name([row for row in group if targets[row] == scope]) for scope in set(targets.values())}
        for row, scope in targets.items():
            is_apart = frozenset((label(row.name, row.scope), label(names[scope], scope))) in apart
            if (names[scope], scope) != (row.name, row.scope) and not is_apart:
                shown[row.id] = names[scope], scope
    return shown


def _name(rows: list[Named]) -> str:
    """Of the names of one initiative a known one, else the one nearest to most mentions, else the first in order."""
    mentions: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        mentions[row.name] += row.mentions

    def near(name: str) -> int:
        """Mentions under names of nearly its length: 三帮行动 stands for 三帮专项行动 and for 三帮."""
        lengths = ((len(name), len(other), times) for other, times in mentions.items())
        return sum(times for one, other, times in lengths if min(one, other) >= NEARLY * max(one, other))

    return min(mentions, key=lambda name: (name not in _known(), -near(name), -mentions[name], name))


def _above(code: str) -> tuple[str, ...]:
    """Codes of the province and the prefecture above a territory, and its own, the highest first."""
    return tuple(dict.fromkeys((_superior(code, 2), _superior(code, 4), code)))


def is_above(one: str, other: str) -> bool:
    """Whether the territory `one` is the territory `other` or lies above it."""
    return one.isdigit() and other.isdigit() and one in _above(other)


def _is_telling(name: str) -> bool:
    """Whether the name of a thing that is built is no other thing's: 引江济淮工程, but not 体育中心."""
    return name in _known() or (len(name) >= TELLING and not name.startswith(("市", "省", "县", "区")))


def label(name: str, scope: str) -> str:
    """A name as people tell it from others of the same wording: 清风行动（湖北省黄石市）."""
    if scope.isdigit():
        return f"{name}（{gazetteer.full_name(scope) if gazetteer.by_code(scope) else scope}）"
    return f"{name}（{scope}）" if scope else name
