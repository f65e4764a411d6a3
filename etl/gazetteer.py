"""Territories of GB/T 2260 by code and by name: what a name means, where it stands in a text, what lies above it.

The tables are schema/vocabulary/regions.csv (one row a code), region_names.csv (names and parents that a code had
before), region_aliases.csv (short forms that no rule makes) and region_words.txt (short names that are common words).
Everything is immutable and read once, on first use.

A name often means several places (城关区, 吉林, 朝阳). `lookup` and `find` give all candidates; `resolve` chooses one
by the place that the text is about, or none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import ahocorasick_rs
import rjieba

from etl.vocabulary import FOLDER, rows

LEVELS = ("province", "prefecture", "county")
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # 北京 天津 上海 重庆: their districts hang from the province

_HAN = re.compile("[一-龥]")
# What follows a short name that is part of a longer name: 上海路, 黄河南岸, 山东半岛 stays a place.
_ROAD = re.compile(
    r"[东西南北中一二三]{0,2}(?:路|大街|街(?!道)|大道|岸|麓|站|港|河|湖|江(?!苏|西)|山(?!(?:东|西)(?![麓坡侧部段]))|寺|庙|桥|塔|机场|铁路|湾|盆地|平原|草原|半岛)"
)
# 长江西岸, 黄河南岸, 中山东路: directions that look like a province.
_DIRECTION = re.compile(r"(?:长江|[黄运漯淮海沿环临滨泰中嵩洞庭]{1,2})$")
_COMPASS_PROVINCES = frozenset({"河北", "河南", "湖北", "湖南", "江西", "山东", "山西", "海南", "云南"})
_OTHER_WORDS = frozenset({"复合肥", "混合肥"})
# 新县城, 达成县级, 和县域: a county of one character and 县 inside other words.
_INSIDE_COUNTY = re.compile(r"[城域级乡区处直长]|（[市区]")
_INSIDE_COUNTY_BEFORE = re.compile(
    r"[提完达形示新和成应代理兴临宁富单古义道文通各全本该两三四五六七八九十个分市跨邻外出进建省]$"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A territory under one name. Former names of a code are Regions too, with `is_former` set."""

    code: str  # GB/T 2260, six digits
    name: str  # 麦积区
    short_name: str  # 麦积
    level: str  # province prefecture county
    parent_code: str | None
    valid_from: date | None  # None: since before 1980
    valid_to: date | None  # None: still holds
    successor_code: str | None  # the code of that place today, where it is another
    latitude: float | None  # degrees, GCJ-02
    longitude: float | None
    is_former: bool = False  # the code bears another name now, or is no more

    def holds(self, on: date) -> bool:
        """Whether the name held on that day; the limits are exact to the year."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A name in a text, code points [start, end), and what it may mean, likeliest first."""

    start: int
    end: int
    candidates: tuple[Region, ...]
    is_short: bool  # 延安 for 延安市
    is_word: bool  # a name that is also a common word: 和平, 城区


@dataclass(frozen=True, slots=True)
class _Tables:
    by_code: dict[str, Region]
    former: dict[str, tuple[Region, ...]]  # earlier names of a code
    by_name: dict[str, tuple[Region, ...]]
    names: tuple[str, ...]
    matcher: ahocorasick_rs.AhoCorasick
    words: frozenset[str]


def by_code(code: str, on: date | None = None) -> Region | None:
    """The territory of a code, under the name of that day if given, else its last; None if there never was one."""
    tables = _tables()
    if on:
        for region in tables.former.get(code, ()):
            if region.holds(on):
                return region
    return tables.by_code.get(code)


def parent(code: str) -> Region | None:
    """The territory directly above; None for a province and for an unknown code."""
    region = by_code(code)
    return by_code(region.parent_code) if region and region.parent_code else None


def ancestors(code: str) -> tuple[Region, ...]:
    """The territories above, the nearest first."""
    above = parent(code)
    return (above, *ancestors(above.code)) if above else ()


def all_regions() -> tuple[Region, ...]:
    """Every code under its last name, provinces first."""
    return tuple(_tables().by_code.values())


def full_name(code: str) -> str:
    """The name with those of its superiors in front: 甘肃省天水市麦积区.

    Raises:
        KeyError: no such code.
    """
    return "".join(r.name for r in reversed(ancestors(code))) + _tables().by_code[code].name


def territory_name(region: Region) -> str:
    """The canonical name of the territory as an organization, unique in the country.

    A district stands behind its city (天水市麦积区, 上海市虹口区), for many cities have a 城关区; everything else
    stands alone: 山西省, 延安市, 松滋市, 公安县, 肃南裕固族自治县.
    """
    if region.level == "county" and region.name.endswith("区") and region.parent_code:
        above = by_code(region.parent_code)
        if above and (above.level == "prefecture" or above.code[:2] in MUNICIPALITIES):
            return above.name + region.name
    return region.name


def lookup(name: str, within: str | None = None, on: date | None = None) -> tuple[Region, ...]:
    """What a full, short or compound name may mean: 延安, 延安市, 恩施州, 肃南县, 湖北江陵, 天水市麦积区.

    Args:
        within: code; keep only places in that territory (or the territory itself).
        on: keep the names that held that day, if there are any; without it, those that hold today, if there are any.

    Returns:
        Candidates, the highest level first; empty if the name is unknown.
    """
    found = _tables().by_name.get(name, ())
    for cut in range(2, len(name) - 1):
        if found:
            break
        found = tuple(
            region
            for above in _tables().by_name.get(name[:cut], ())
            for region in lookup(name[cut:], above.code, on)
            if region.code != above.code
        )
    if within:
        found = tuple(r for r in found if is_within(r, within))
    return _in_force(found, on)


def is_within(region: Region, code: str) -> bool:
    """Whether a region is the territory of `code` or lies in it."""
    return region.code == code or region.parent_code == code or any(r.code == code for r in ancestors(region.code))


def find(text: str, on: date | None = None) -> list[RegionMatch]:
    """Names of territories in a text, leftmost-longest.

    Short names inside roads, rivers and longer words are left out. `on` is as in `lookup`.
    """
    tables = _tables()
    found = []
    for index, start, end in tables.matcher.find_matches_as_indexes(text):
        name = tables.names[index]
        candidates = _in_force(tables.by_name[name], on)
        is_short = all(name != r.name for r in candidates)
        if _is_inside_a_word(text, start, end, name, is_short) or (is_short and on and _is_long_gone(candidates, on)):
            continue
        found.append(RegionMatch(start, end, candidates, is_short, name in tables.words))
    return found


def resolve(candidates: Sequence[Region], context_code: str | None) -> Region | None:
    """The candidate that a text about the territory `context_code` means.

    The nearest wins: the territory itself, what lies in it or above it, its prefecture, its province. Where all are
    equally near the higher level wins (吉林 is the province, 恩施 the prefecture); None if that leaves several.
    """
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    ranked = sorted(candidates, key=lambda r: (-nearness(r, context_code), LEVELS.index(r.level)))
    best, second = ranked[0], ranked[1]
    if (nearness(best, context_code), best.level) == (nearness(second, context_code), second.level):
        return None
    return best


def nearness(region: Region, context_code: str | None) -> int:
    """How near a region is to a territory.

    4 the same, 3 in it or above it, 2 in the same prefecture, 1 in the same province, 0 farther or no territory.
    """
    if not context_code:
        return 0
    if region.code == context_code:
        return 4
    if is_within(region, context_code) or any(r.code == region.code for r in ancestors(context_code)):
        return 3
    if region.code[:2] != context_code[:2]:
        return 0
    return 2 if region.code[:4] == context_code[:4] else 1


def is_of_own_city(region: Region, context_code: str | None) -> bool:
    """Whether a text about `context_code` knows the region as one of its own: right below it, or of the same city."""
    if not context_code:
        return False
    in_the_city = not context_code.endswith("0000") and region.code[:4] == context_code[:4]
    return in_the_city or region.parent_code == context_code


def is_common_word(name: str) -> bool:
    """Whether a short name is also a common word: 和平, 新建."""
    return name in _tables().words


@cache
def townships(code: str) -> dict[str, str]:
    """Names of the towns, townships and subdistricts of today in a county or prefecture → code of their county.

    A name that two counties of the prefecture share is left out.
    """
    found: dict[str, str] = {}
    shared = set()
    for row in rows("townships.csv"):
        county = row["county_code"]
        if county == code or (code.endswith("00") and county.startswith(code[:4])):
            for name in row["names"].split():
                if found.setdefault(name, county) != county:
                    shared.add(name)
    return {name: county for name, county in found.items() if name not in shared}


def _is_inside_a_word(text: str, start: int, end: int, name: str, is_short: bool) -> bool:
    if is_short:
        if text[start - 1 : end] in _OTHER_WORDS:
            return True
        if name in _COMPASS_PROVINCES and _DIRECTION.search(text, max(0, start - 2), start):
            return True
        before, behind = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
        if len(name) == 2 and len(before) == 2 and rjieba.has_word(before) and rjieba.has_word(behind):  # 隆重|庆祝
            return name not in rjieba.cut(text[max(0, start - 4) : end + 4])
        return _ROAD.match(text, end) is not None
    if name[-1] == "区" and text[end : end + 1] in ("位", "域", "间", "块"):  # 荆州|区位
        return True
    if name.endswith("城市") and rjieba.has_word(text[max(0, start - 1) : start + 1]):  # 适应|城市, 营运|城市
        return True
    if len(name) == 2 and name[-1] == "县":  # 成县, 和县
        follows = _HAN.match(text[max(0, start - 1) : start]) is not None
        if name[0] in "和与" and follows and not _is_behind_superior(text, start, name):  # 城区|和县城
            return True
        return bool(_INSIDE_COUNTY.match(text, end) or _INSIDE_COUNTY_BEFORE.search(text, max(0, start - 1), start))
    return False


def _is_behind_superior(text: str, start: int, name: str) -> bool:
    """马鞍山市|和县: whether the name of a territory that has this one ends at `start`."""
    tables = _tables()
    codes = {code for r in tables.by_name[name] for code in (r.parent_code, r.code[:2] + "0000")}
    return any(r.code in codes for cut in (2, 3, 4) for r in tables.by_name.get(text[max(0, start - cut) : start], ()))


def _is_long_gone(candidates: Iterable[Region], on: date) -> bool:
    """Whether all ceased ten years before: short names of such are mostly other words."""
    return all(r.valid_to is not None and r.valid_to.year + 10 < on.year for r in candidates)


def _in_force(candidates: Iterable[Region], on: date | None) -> tuple[Region, ...]:
    """Those that hold on a day (today without one), or all if none does; one a code."""
    every = tuple(candidates)
    kept = tuple(r for r in every if (r.holds(on) if on else not r.is_former)) or every
    if len(kept) < 2:
        return kept
    ordered = sorted(kept, key=lambda r: (LEVELS.index(r.level), r.code, r.is_former))
    return tuple({r.code: r for r in reversed(ordered)}.values())[::-1]


def _name_forms(region: Region) -> Iterable[str]:
    """The names under which a region is found."""
    yield region.name
    if len(region.short_name) < 2 or region.short_name == region.name:
        return
    yield region.short_name
    if "自治" in region.name and region.level != "province":  # 肃南县, 德宏州, 鄂伦春旗
        yield region.short_name + region.name[-1]


def _region(row: dict[str, str], level: str, place: Region | None) -> Region:
    day = {k: date.fromisoformat(row[k]) if row[k] else None for k in ("valid_from", "valid_to")}
    return Region(
        row["code"],
        row["name"],
        row["short_name"],
        level,
        row["parent_code"] or None,
        day["valid_from"],
        day["valid_to"],
        row["successor_code"] or None,
        place.latitude if place else float(row["latitude"]) if row.get("latitude") else None,
        place.longitude if place else float(row["longitude"]) if row.get("longitude") else None,
        is_former=place is not None or bool(row["valid_to"]),
    )


@cache
def _tables() -> _Tables:
    codes = {row["code"]: _region(row, row["level"], None) for row in rows("regions.csv")}
    by_name: defaultdict[str, list[Region]] = defaultdict(list)
    former = [_region(row, codes[row["code"]].level, codes[row["code"]]) for row in rows("region_names.csv")]
    for region in (*codes.values(), *former):
        for name in _name_forms(region):
            by_name[name].append(region)
    for row in rows("region_aliases.csv"):
        region = codes[row["code"]]
        if region not in by_name[row["name"]]:
            by_name[row["name"]].insert(0, region)
    earlier: defaultdict[str, list[Region]] = defaultdict(list)
    for region in former:
        earlier[region.code].append(region)
    names = tuple(by_name)
    matcher = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    lines = (FOLDER / "region_words.txt").read_text("utf-8").splitlines()
    words = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return _Tables(
        codes,
        {code: tuple(found) for code, found in earlier.items()},
        {name: tuple(found) for name, found in by_name.items()},
        names,
        matcher,
        words,
    )
