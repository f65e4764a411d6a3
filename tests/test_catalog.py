"""The catalog of indicators: phrases lead to their concept or to none, and equal phrases meet."""

import time

import pytest

from etl import catalog, families, vocabulary

PHRASES = [phrase for concept in families.indicators() for phrase in (concept.name, *concept.aliases)]


def code_of(phrase: str, unit: str, measure: str = "level") -> str | None:
    known = vocabulary.units().get(unit)
    found = catalog.match(phrase, known.dimension if known else None, measure)
    return found.code if found else None


def test_the_catalog_is_sound() -> None:
    assert catalog.check() == []


def test_the_catalog_is_large_and_described() -> None:
    concepts = families.indicators()
    assert len(concepts) >= 400
    assert [c.code for c in concepts if not c.definition or "/" not in c.topic] == []


@pytest.mark.parametrize(
    ("phrase", "unit", "measure", "code"),
    [
        ("地区生产总值", "元", "level", "GDP"),
        ("全市完成“地区生产总值”（GDP）", "元", "level", "GDP"),
        ("地区生产总值增速", "%", "growth", "GDP"),
        ("GDP增长", "%", "level", "GDP"),  # a growth, whatever measure was read
        ("新增城镇就业", "人", "level", "URBAN_EMPLOYMENT"),
        ("城镇新增就业人数达", "人", "level", "URBAN_EMPLOYMENT"),
        ("规模以上工业完成增加值", "元", "level", "INDUSTRY_VALUE_ADDED"),
        ("规上工业增加值", "%", "growth", "INDUSTRY_VALUE_ADDED"),
        ("全部工业增加值", "元", "level", "INDUSTRY_VALUE_ADDED_ALL"),
        ("高新技术产业增加值", "元", "level", "HIGH_TECH_VALUE_ADDED"),
        ("服务业增加值占GDP的比重", "%", "share", "SERVICES_SHARE"),
        ("高速公路通车里程", "公里", "level", "EXPRESSWAYS"),
        ("新（改）建农村公路", "公里", "level", "RURAL_ROADS"),
        ("高速公路", "条", "level", "EXPRESSWAY_COUNT"),
        ("新建改建和提升农村公路", "公里", "level", "RURAL_ROADS"),
        ("新增省级专精特新中小企业", "家", "level", "SRDI_FIRMS_NEW"),
        ("专精特新中小企业", "家", "level", "SRDI_FIRMS"),
        ("国家高新技术企业总数", "家", "level", "HIGH_TECH_FIRMS"),
        ("新认定国家高新技术企业", "家", "level", "HIGH_TECH_FIRMS_NEW"),
        ("实际使用外资", "美元", "level", "FDI"),
        ("实际使用外资", "元", "level", "FDI"),  # any currency
        ("宣传单发放", "份", "level", "PUBLICITY_MATERIALS"),
        ("甜菜产量", "吨", "level", "SUGAR_BEET_OUTPUT"),
        ("大中型拖拉机产量", "台", "level", "TRACTOR_LARGE_OUTPUT"),
        ("原油产量", "吨", "level", "OIL_OUTPUT"),
        ("原油进口数量", "吨", "level", "CRUDE_OIL_IMPORT"),  # written out, and brought phrases by its family
        ("钢材出口金额", "%", "growth", "STEEL_EXPORTS"),
        ("铁路货物运输周转量", "吨公里", "level", "FREIGHT_TURNOVER_RAIL"),
        ("货物运输周转量", "吨公里", "level", "FREIGHT_TURNOVER"),
        ("对东盟进出口", "%", "growth", "ASEAN_TRADE"),
        ("与美国双边贸易额", "元", "level", "USA_TRADE"),
        ("水利、环境和公共设施管理业固定资产投资", "%", "growth", "WATER_FACILITIES_INVESTMENT"),
        ("制造业固定资产投资", "元", "level", "MANUFACTURING_INVESTMENT"),
        ("采矿业外商直接投资企业数", "家", "level", "MINING_FDI_FIRMS"),
        ("城市居住居民消费价格", "%", "growth", "CPI_URBAN_HOUSING"),
        ("限额以上单位汽车类商品零售额", "%", "growth", "RETAIL_CARS"),
        ("引进省外资金", "元", "level", "CAPITAL_OUT_PROVINCE"),
        ("招商引资到位资金", "元", "level", "DOMESTIC_CAPITAL"),
        ("新开工亿元以上产业项目", "个", "level", "PROJECTS_STARTED_OVER_100M"),
        ("亿元以上项目开工建设", "个", "level", "PROJECTS_STARTED_OVER_100M"),
        ("省重点项目完成投资", "元", "level", "KEY_PROJECT_INVESTMENT_PROVINCE"),
        ("竣工文旅项目", "个", "level", "TOURISM_PROJECTS_DONE"),
        ("新增产值超10亿元企业", "家", "level", "FIRMS_OVER_1B_NEW"),
        ("主营业务收入超10亿元企业", "家", "level", "FIRMS_OVER_1B"),
        ("16—59岁（含不满60周岁）人口", "人", "level", "AGE_16_59"),
        ("第三产业增加值占全市GDP", "%", "share", "TERTIARY_SHARE"),
    ],
)
def test_what_phrases_mean(phrase: str, unit: str, measure: str, code: str) -> None:
    assert code_of(phrase, unit, measure) == code


@pytest.mark.parametrize(
    ("phrase", "unit", "measure", "wrong"),
    [
        ("民营经济增加值", "元", "level", "GDP"),
        ("文化产业生产总值", "元", "level", "GDP"),
        ("农产品进出口总额", "元", "level", "TRADE"),
        ("服务贸易进出口总额", "美元", "level", "TRADE"),
        ("新增贷款", "元", "level", "LOANS"),
        ("新增高新技术企业", "家", "level", "HIGH_TECH_FIRMS"),
        ("规上工业增加值", "元", "level", "INDUSTRY_VALUE_ADDED_ALL"),
        ("工业增加值", "元", "level", "INDUSTRY_VALUE_ADDED"),
        ("高技术制造业投资", "元", "level", "MANUFACTURING_INVESTMENT"),
        ("服务业增加值占地区生产总值比重", "%", "share", "SERVICES_VALUE_ADDED"),
        ("地区生产总值", "家", "level", "GDP"),  # not its unit
        ("地区生产总值", "%", "level", "GDP"),
        ("城镇居民人均可支配收入", "元", "level", "INCOME"),
        ("贫困地区农村居民人均可支配收入", "元", "level", "RURAL_INCOME"),
        ("规上工业企业主营业务收入利润率", "%", "level", "INDUSTRY_PROFIT"),
        ("原油进口数量", "吨", "level", "OIL_OUTPUT"),
        ("钢材出口数量", "吨", "level", "STEEL_PRODUCT_OUTPUT"),
        ("公路货运量", "吨", "level", "FREIGHT"),
        ("农产品出口额", "美元", "level", "AGRI_TRADE"),
        ("教育投资", "元", "level", "EDUCATION_INVESTMENT"),
        ("新能源汽车", "辆", "level", "NEV_OUTPUT"),
        ("引进省外资金", "元", "level", "DOMESTIC_CAPITAL"),
        ("新开工亿元以上项目", "个", "level", "PROJECTS_STARTED"),
        ("城镇固定资产投资", "元", "level", "INVESTMENT"),
        ("高新技术产业产值占规上工业总产值比重", "%", "share", "HIGH_TECH_SHARE"),
        ("自营出口额", "美元", "level", "EXPORTS"),
        ("65岁及以上人口", "人", "level", "AGED_60"),
    ],
)
def test_what_phrases_do_not_mean(phrase: str, unit: str, measure: str, wrong: str) -> None:
    assert code_of(phrase, unit, measure) != wrong


@pytest.mark.parametrize("phrase", ["紫苏种植基地亩产", "某项目增加值", "稀土产业链增加值占比", "外宾接待车辆"])
def test_long_tail_phrases_stay_unmapped(phrase: str) -> None:
    assert {code_of(phrase, unit) for unit in ("元", "家", "%", "公里", "人")} == {None}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发放明白卡", "明白卡发放"),
        ("派发明白卡", "发放明白卡"),
        ("全市共举办读书会", "开展读书会"),
        ("“读书会”开展", "举办 读书会"),
        ("新建和改造水渡口", "改造、新建水渡口"),
    ],
)
def test_equal_phrases_meet(one: str, other: str) -> None:
    assert catalog.normal_form(one) == catalog.normal_form(other)


def test_different_phrases_stay_apart() -> None:
    assert catalog.normal_form("发放明白卡") != catalog.normal_form("收集明白卡")


def test_normal_forms_are_stable_and_never_empty() -> None:
    forms = [catalog.normal_form(phrase) for phrase in PHRASES]
    assert all(forms)
    assert [form for form in forms if catalog.normal_form(form) != form] == []


def test_anchors_are_in_every_match() -> None:
    assert catalog.anchors("{build}农村公路(?:里程)?") == {"农村公路"}
    assert catalog.anchors("(?:中欧|中亚)(?:国际)?班列") == {"中欧", "中亚"}
    assert catalog.anchors("{new+}企业(?:数|总量)?") == {"企业"}
    assert catalog.anchors("(?:甲乙|丙)?.*") == frozenset()


def test_fast_enough_for_a_corpus() -> None:
    said = [(phrase, "count", "level") for phrase in PHRASES]
    for one in said:
        catalog.match(*one)
    started = time.perf_counter()
    for one in said:
        catalog.match(*one)
    assert len(said) / (time.perf_counter() - started) > 100_000


def concept(
    code: str, name: str, aliases: tuple[str, ...] = (), dimension: str = "mass"
) -> vocabulary.IndicatorConcept:
    return vocabulary.IndicatorConcept(
        code=code, name=name, topic="工业/产品", dimension=dimension, kind="flow", scope="one", low=None, high=None,
        definition=name, nbs_name=None, note="", aliases=aliases, patterns=(),
    )  # fmt: skip


def test_a_family_composes_a_concept_for_each_item() -> None:
    family = families.Family(
        breakdowns=("products",), code="{code}_OUTPUT", name="{name}产量", topic="工业/产品", kind="flow",
        definition="当期生产的{name}总量", nbs_name="{name}产量", phrases=("{item}产量", "生产{item}"),
        patterns=("{build}(?:{item})产能",),
    )  # fmt: skip
    item = families.BreakdownItem(code="BEET", name="甜菜", aliases=("糖萝卜",), dimension="mass")
    made = family.concept(item)
    assert (made.code, made.name, made.dimension) == ("BEET_OUTPUT", "甜菜产量", "mass")
    assert (made.definition, made.nbs_name) == ("当期生产的甜菜总量", "甜菜产量")
    assert made.aliases == ("糖萝卜产量", "生产甜菜", "生产糖萝卜")
    assert made.patterns == ("{build}(?:糖萝卜|甜菜)产能",)


def test_what_is_written_wins_over_what_is_composed() -> None:
    written = [concept("IRON", "生铁产量", ("生铁",)), concept("STEEL", "粗钢产量", ("钢产量",))]
    composed = [
        concept("PIG_IRON_OUTPUT", "生铁产量", ("生铁", "生产生铁")),
        concept("STEEL_MADE", "钢产量", ("炼钢",)),  # its name is an alias of a written one
        concept("ZINC", "锌产量", ("锌", "生铁")),
        concept("IRON_COUNT", "生铁", (), "count"),  # not in that unit
    ]
    found = {c.code: c.aliases for c in families.with_families(written, composed)}
    assert found == {
        "IRON": ("生铁", "生产生铁"),
        "STEEL": ("钢产量", "炼钢"),
        "ZINC": ("锌",),
        "IRON_COUNT": (),
    }


def test_families_and_items_fit_together() -> None:
    for family in families.families():
        items = [item for name in family.breakdowns for item in families.breakdown(name)]
        codes = {item.code for item in items}
        assert family.only | family.without <= codes, family.code
        assert [item.code for item in items if not (family.dimension or item.dimension)] == [], family.code
        assert "{code}" in family.code
        assert "{name}" in family.name, family.code
    names = [
        item.code for path in (vocabulary.FOLDER / "breakdowns").glob("*.csv") for item in families.breakdown(path.stem)
    ]
    assert len(names) > 300
