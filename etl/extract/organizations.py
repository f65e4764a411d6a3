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
from etl.extract.bodies import bodies_by_level, bodies_by_territory, known_bodies, special
from etl.extract.enterprises import brands, invested, listed, neighbours
from etl.extract.naming import Context, Found, read_context
from etl.extract.own_bodies import own, pronouns
from etl.extract.places import territories
from etl.extract.shapes import BEHIND_KNOWN, shaped
from etl.records import OrganizationMention, ParagraphKind, Report, Role

_INSTITUTION_PARTY = re.compile(r"(党委|党组|党工委|党总支|党支部)(?!书记|委员|成员|班子)")


def extract(report: Report) -> tuple[OrganizationMention, ...]:
    """All mentions of named bodies and territories, in reading order."""
    context = read_context(report)
    mentions = []
    for index, paragraph in enumerate(report.paragraphs):
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        for found in _read(paragraph.text, context):
            mentions.append(
                OrganizationMention(
                    paragraph=index,
                    start=found.start,
                    end=found.end,
                    surface=paragraph.text[found.start : found.end],
                    name=found.name,
                    type=found.type,
                    region_code=found.region_code,
                    parent_name=_parent_name(found),
                    role=_role(paragraph.text, found, report),
                    is_redacted=found.is_redacted,
                    rule=found.rule,
                    confidence=found.confidence,
                )
            )
    return tuple(mentions)


def _read(text: str, context: Context) -> list[Found]:
    """The mentions of one paragraph, none inside another but a known body at the head of a longer name."""
    regions = gazetteer.find(text, context.report.report_date)
    known = known_bodies(text)
    candidates = [
        *pronouns(text, context),
        *own(text, context),
        *bodies_by_level(text, regions, context),
        *bodies_by_territory(text, regions, context),
        *known,
        *shaped(text, regions, known, context),
        *special(text, regions, context),
        *brands(text, context),
        *listed(text, context),
        *invested(text, context),
        *territories(text, regions, context),
    ]
    candidates.sort(key=lambda f: (f.start - f.end, f.start))
    taken = bytearray(len(text))
    kept: list[Found] = []
    for found in candidates:
        if found.rule == "known body" and any(k.rule == BEHIND_KNOWN and k.start == found.start for k in kept):
            kept.append(found)  # 中国科学院云计算中心 names two bodies
        elif not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            kept.append(found)
    kept.extend(neighbours(text, kept, taken, context))
    kept = [_with_party(text, f) for f in kept]
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


def _with_party(text: str, found: Found) -> Found:
    """The party committee or group of an institution: 市财政局党组, 和平路社区党委."""
    party = _INSTITUTION_PARTY.match(text, found.end) if found.type not in {"territory", "party", "park"} else None
    if party is None:
        return found
    name = f"中共{found.name}{ {'党组': '党组', '党支部': '支部委员会'}.get(party[1], '委员会') }"
    return replace(found, end=party.end(), name=name, type="party", rule="party body of an institution")
