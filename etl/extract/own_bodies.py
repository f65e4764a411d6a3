"""Territories and bodies that a report names as its own: 我省 全市 我局 总队 局党组."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl import gazetteer
from etl.extract.naming import Context, Found, Territory, lexicon

_PRONOUN = re.compile(
    r"(?<![安健保齐周完俱成])(我|全|本)(自治区|自治州|自治县|街道|省|市|区|县|州|盟|旗|镇|乡|街|场)(?![域场民级属辖直国]|政府|政协|政法|政务|人大|区)"
)
_OWN = re.compile(r"[我本](局|厅|院|校|委|办|中心|支队|总队|大队|公司|集团|行|馆|站|所|社|会)(?![长员里])")
_OWN_PARTY = re.compile(
    r"(?<![省市县区州警援防察武特巡交安])[我本]?(局|院|总局|支队|总队|大队|校|厅|部|集团|公司|中心)(党组|党委)(?!书记|委员)"
)
_OWN_SUPERIOR = re.compile(r"(?<![省市警])(总队|省厅)(党委|党组)?(?![长员级])")
_OWN_BARE = re.compile(r"(?<![省县区州警援防察武特巡交安税])(总局|总队|支队|市局|省局)(?![长员级党])")
_NATION = re.compile(r"我国|全国(?!政协|人大|人民|各|先进|性|第|前|文明|重点|优秀)")
# 位居全省前列, 全省“百佳”: a comparison, not the province.
_COMPARED = re.compile(r"前|先进|首|“|率先|领先|平均|最|同类|其他|各|一流|优秀")
# A level name that is its own territory: 自治区党委 is a body, 自治区 alone the territory.
_BARE_AUTONOMOUS = re.compile(r"自治[区州县](?![级直内外党人政县区（]|首府|主席|副|示范|劳|优秀|先进|重点|文明)")


def pronouns(text: str, context: Context) -> Iterator[Found]:
    for match in _PRONOUN.finditer(text):
        word = {"街": "街道"}.get(match[2], match[2])
        territory = context.levels.get(word)
        if word == "场" and context.report.issuer_name and context.report.issuer_name.endswith("场"):
            yield _issuer(match.start(), match.end(), context, "pronoun")
        elif word == "场" and territory:
            name, code = territory.name, territory.code
            yield Found(match.start(), match.end(), name, "enterprise", code, "pronoun", 0.8, territory.is_redacted)
        elif territory and (territory.code == context.region_code or not _COMPARED.match(text, match.end())):
            yield _territory_mention(match.start(), match.end(), territory, "pronoun")
    for match in _BARE_AUTONOMOUS.finditer(text):
        territory = context.levels.get(match[0])
        if territory and text[match.start() - 1 : match.start()] not in ("、", "和"):
            yield _territory_mention(match.start(), match.end(), territory, "level word alone")
    for match in re.finditer("省城", text):
        province = next((t for t in context.levels.values() if t.level == "province"), None)
        capital = gazetteer.by_code(f"{province.code[:2]}0100") if province and province.code else None
        if capital:
            yield Found(match.start(), match.end(), capital.name, "territory", capital.code, "provincial capital", 0.9)
    if context.is_national:
        for match in _NATION.finditer(text):
            yield Found(match.start(), match.end(), "中国", "territory", None, "nation", 0.7)


def _territory_mention(start: int, end: int, territory: Territory, rule: str) -> Found:
    kind = "community" if territory.name.endswith("街道") else "territory"
    return Found(start, end, territory.name, kind, territory.code, rule, 0.95, territory.is_redacted)


def _issuer(start: int, end: int, context: Context, rule: str) -> Found:
    report = context.report
    return Found(
        start, end, report.issuer_name or "", report.issuer_type or "other", report.region_code, rule, 0.9,
        report.issuer_is_redacted,
    )  # fmt: skip


def own(text: str, context: Context) -> Iterator[Found]:
    """我局, 总队, 局党组: the issuer and its party body."""
    issuer = context.report.issuer_name or ""
    if not issuer:
        return
    for match in _OWN.finditer(text):
        if issuer.endswith((match[1], {"委": "委员会", "办": "办公室"}.get(match[1], match[1]))):
            yield _issuer(match.start(), match.end(), context, "own body")
    for match in _OWN_BARE.finditer(text):
        if issuer.endswith(match[1][-1]) and (match[1][0] in "市省" or issuer.endswith(match[1])):
            yield _issuer(match.start(), match.end(), context, "own body")
    for form in _issuer_forms(context):
        for match in re.finditer(form, text):
            yield _issuer(match.start(), match.end(), context, "short form of the issuer")
    superior = _superior(issuer, context)
    for match in _OWN_SUPERIOR.finditer(text):
        if superior and superior.endswith(match[1][-1]):
            name = f"中共{superior}委员会" if match[2] else superior
            kind = "party" if match[2] else "department"
            yield Found(match.start(), match.end(), name, kind, None, "superior body", 0.7)
    for match in _OWN_PARTY.finditer(text):
        if issuer.endswith(match[1]):
            name = f"中共{issuer}{'党组' if match[2] == '党组' else '委员会'}"
            yield Found(match.start(), match.end(), name, "party", context.region_code, "own party body", 0.85)


def _issuer_forms(context: Context) -> tuple[str, ...]:
    """麦积民政, 肃南人社: the short name of the territory and the work of the issuing department."""
    region = gazetteer.by_code(context.region_code) if context.region_code else None
    issuer = context.report.issuer_name or ""
    name = gazetteer.territory_name(region) if region else ""
    if region is None or not issuer.startswith(name) or not issuer.endswith(("局", "厅", "委员会")):
        return ()
    full = issuer.removeprefix(name)
    works = {short[:-1] for short, long in lexicon().expand if long == full and len(short) > 2} | {full[:-1]}
    guard = "(?![局厅委部门工事系])"
    return tuple(region.short_name + work + guard for work in works if 2 <= len(work) <= 4)


def _superior(issuer: str, context: Context) -> str | None:
    """The provincial body above a city's: 甘肃省消防救援总队 above 张掖市消防救援支队."""
    province = next((t for w, t in context.levels.items() if t.level == "province"), None)
    city = next((t for w, t in context.levels.items() if t.code == context.region_code), None)
    if province is None or city is None or province is city or not issuer.startswith(city.name):
        return None
    work = issuer.removeprefix(city.name)
    for ending, above in (("支队", "总队"), ("局", "厅")):
        if work.endswith(ending):
            return province.name + work.removesuffix(ending) + above
    return None
