"""Named bodies and territories of a report, each under its full name.

Where several readers meet, the longest name wins:

- `own_bodies`: 我省 全市 我局, by the report's territory and issuer;
- `bodies`: 市委 区政府 团省委 by the report's territory and those above it, 延安市委 by the territory named, and bodies
  known throughout the country: 国务院, 商务部, 央视;
- `shapes`: a word like 公司 or 开发区 and what stands to its left, if something there makes it a name;
- `enterprises`: brands and lists of enterprises;
- `places`: names of territories themselves.

What they share is in `naming`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl import gazetteer
from etl.extract.bodies import bodies_by_level, bodies_by_territory, known_bodies, listed_works, special
from etl.extract.builders import builders
from etl.extract.enterprises import (
    again,
    brands,
    brands_of_cities,
    in_business,
    invested,
    listed,
    neighbours,
    one_name_each,
)
from etl.extract.naming import Context, Found, expanded, read_context
from etl.extract.own_bodies import own, pronouns
from etl.extract.places import territories
from etl.extract.shapes import BRANCH, HEADED, shaped, with_lists
from etl.gazetteer import RegionMatch
from etl.records import OrganizationMention, ParagraphKind, Report, Role

_BRANCH = re.compile("(?:分院|分校|分所|分部|分中心|基地|校区|院区|研究院|研究中心)")
_BRANCH_OF_A_QUARTER = re.compile(
    "（[一-龥]{1,6}[校院]区）|(?:[东西南北]区|城[区东西南北](?=[分院校])|[东西南北](?=[校院]区)|(?![新老总各两分])[一-龥]{2}(?=[校院]区))(?:分院|分校|校区|院区|院)?"
)
_ZONES = frozenset({"高新技术产业开发区", "经济技术开发区", "经济开发区", "经开区", "综合保税区", "开发区"})
_NATIONAL = re.compile("(?<=.)国家级?(?=(?:高新技术产业|经济技术)开发区$)")
_NOT_A_BRANCH = re.compile("[等和与新老各]|两校|分校")
_INSTITUTION_PARTY = re.compile(r"(党委|党组|党工委|党总支|党支部)(?!书记|委员|成员|班子)")


def extract(report: Report) -> tuple[OrganizationMention, ...]:
    """All mentions of named bodies and territories, in reading order."""
    context = read_context(report)
    texts = ["" if p.kind is ParagraphKind.BOILERPLATE else p.text for p in report.paragraphs]
    found = [(number, body) for number, text in enumerate(texts) for body in _read(text, context)]
    found += again(texts, found, context)
    found = one_name_each(found)
    found.sort(key=lambda item: (item[0], item[1].start, -item[1].end))
    return tuple(_mention(report, number, body) for number, body in found)


def _mention(report: Report, number: int, found: Found) -> OrganizationMention:
    text = report.paragraphs[number].text
    return OrganizationMention(
        paragraph=number,
        start=found.start,
        end=found.end,
        surface=text[found.start : found.end],
        name=found.name,
        type=report.issuer_type if found.name == report.issuer_name and report.issuer_type else found.type,
        region_code=found.region_code,
        parent_name=_parent_name(found),
        role=_role(text, found, report),
        is_redacted=found.is_redacted,
        rule=found.rule,
        confidence=found.confidence,
    )


def _read(text: str, context: Context) -> list[Found]:
    """The mentions of one paragraph, none inside another but a known body at the head of a longer name."""
    regions = gazetteer.find(text, context.report.report_date)
    date = context.report.report_date
    known = known_bodies(text, date.year if date else None)
    candidates = [
        *pronouns(text, context),
        *own(text, context),
        *bodies_by_level(text, regions, context),
        *bodies_by_territory(text, regions, context),
        *listed_works(text, context),
        *known,
        *shaped(text, regions, known, context),
        *special(text, regions, context),
        *brands(text, context),
        *builders(text, regions, context),
        *in_business(text, context),
        *brands_of_cities(text, regions, known, context),
        *listed(text, context),
        *invested(text, known, context),
        *territories(text, regions, context),
    ]
    candidates = [_with_branch(text, f, regions) for f in candidates]
    candidates.sort(key=lambda f: (f.start - f.end, f.start))
    taken = bytearray(len(text))
    kept: list[Found] = []
    for found in candidates:
        if found.rule in {"known body", "bare body"} and any(k.rule in HEADED and k.start == found.start for k in kept):
            kept.append(found)  # 中国科学院云计算中心 names two bodies, so does 经开区化工园区
        elif not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            kept.append(found)
    kept.extend(neighbours(text, kept, taken, context))
    kept = with_lists(text, kept, taken)
    kept = [_full_park(body) for f in kept for body in _with_party(text, f)]
    return sorted((f for f in kept if f.name), key=lambda f: (f.start, -f.end))


def _parent_name(found: Found) -> str | None:
    """The territory above: 陕西省 of 延安市, 延安市 of 延安市财政局."""
    region = gazetteer.by_code(found.region_code) if found.region_code else None
    if region is None:
        return None
    if found.name == gazetteer.territory_name(region):
        region = gazetteer.parent(region.code)
    return gazetteer.territory_name(region) if region else None


def _role(text: str, found: Found, report: Report) -> Role:
    if found.name == report.issuer_name:
        return Role.ISSUER
    before = text[max(0, found.start - 3) : found.start]
    if before.endswith(("联合", "会同", "携手", "协同")):
        return Role.PARTNER
    if not before or before[-1] in "。；！？，":
        return Role.SUBJECT
    return Role.MENTIONED


def _full_park(found: Found) -> Found:
    """One name for a park: 延安市高新区, 延安国家高新技术产业开发区 → 延安高新技术产业开发区."""
    region = gazetteer.by_code(found.region_code) if found.region_code else None
    if found.type != "park" or region is None or found.is_redacted or found.rule == "known body":
        return found
    name = _NATIONAL.sub("", expanded(found.name))
    if name.startswith(region.name) and len(region.short_name) > 1 and name.removeprefix(region.name) in _ZONES:
        name = region.short_name + name.removeprefix(region.name)
    if region.level == "county":  # those of counties are founded by provinces
        name = name.replace("经济技术开发区", "经济开发区") if found.name.endswith("经开区") else name
    if region.level == "province" and name == f"{region.short_name}自由贸易试验区":
        name = f"中国（{region.short_name}）自由贸易试验区"
    return replace(found, name=name)


def _with_branch(text: str, found: Found, regions: list[RegionMatch]) -> Found:
    """A body of science, a school or a hospital with the place of its branch: …研究中心绵阳基地, 市医院城区分院."""
    if found.type not in {"school", "hospital", "other"}:
        return found
    place = next((r.end for r in regions if r.start == found.end), found.end)
    tail = _BRANCH.match(text, place) if place > found.end else _BRANCH_OF_A_QUARTER.match(text, found.end)
    if tail is None:
        return found
    if _NOT_A_BRANCH.match(text, found.end):
        return found
    name = found.name + text[found.end : tail.end()]
    return replace(found, end=tail.end(), name=name, rule=BRANCH)


def _with_party(text: str, found: Found) -> tuple[Found, ...]:
    """The institution and its party committee or group: 市财政局党组, 和平路社区党委."""
    party = _INSTITUTION_PARTY.match(text, found.end) if found.type not in {"territory", "party", "park"} else None
    if party is None:
        return (found,)
    name = f"中共{found.name}{ {'党组': '党组', '党支部': '支部委员会'}.get(party[1], '委员会') }"
    whole = replace(found, end=party.end(), name=name, type="party", rule="party body of an institution")
    return (whole, found) if found.type == "department" else (whole,)
