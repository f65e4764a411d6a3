"""What is read in single sentences, and the state that headings and lead paragraphs carry from one to the next."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import layout, pipeline, vocabulary
from etl.extract import readings
from etl.records import Observation, Report, SourceText, TimeSpan

YEAR = TimeSpan(date(2021, 1, 1), date(2021, 12, 31), "year")
CITY = Report(
    1, 0, 0, (), kind="工作总结", issuer_name="中共石嘴山市委", issuer_type="party", region_code="640200", period=YEAR
)


def read(text: str, report: Report = CITY) -> tuple[Observation, ...]:
    source = SourceText("t.txt", "t.txt", "", 0, "text/plain", "utf-8", text)
    return pipeline.read_report(replace(report, paragraphs=layout.paragraphs(source))).observations


# sentence → (number, indicator, measure, value) of each of its facts, in order
SAYINGS = {
    "全年新建口袋公园17个、健身步道32公里。": [
        ("17", "新建口袋公园", "level", 17),
        ("32", "新建健身步道", "level", 32),
    ],
    "排查房屋隐患4200余处，整改完成率98.5%。": [
        ("4200", "排查房屋隐患", "level", 4200),
        ("98.5", "整改完成率", "completion", "98.5"),
    ],
    "粮食产量86.4万吨，增长2.3%，居全区第二。": [
        ("86.4万", "粮食产量", "level", 864000),
        ("2.3", "粮食产量", "growth", "2.3"),
        ("二", "粮食产量", "rank", 2),
    ],
    "煤炭消费量下降5.6%。": [("5.6", "煤炭消费量", "growth", "-5.6")],
    "新能源装机占总装机的41.2%，提高3.5个百分点。": [
        ("41.2", "新能源装机占总装机", "share", "41.2"),
        ("3.5", "新能源装机占总装机", "pp", "3.5"),
    ],
    "工业、建筑业增加值分别增长6.1%和4.8%。": [
        ("6.1", "工业增加值", "growth", "6.1"),
        ("4.8", "建筑业增加值", "growth", "4.8"),
    ],
    "城乡居民人均可支配收入分别达到38210元、17655元。": [
        ("38210", "城镇居民人均可支配收入", "level", 38210),
        ("17655", "农村居民人均可支配收入", "level", 17655),
    ],
    "城乡低保标准分别为780元和610元，增长3%和5%。": [
        ("780", "城镇低保标准", "level", 780),
        ("610", "农村低保标准", "level", 610),
        ("3", "城镇低保标准", "growth", 3),
        ("5", "农村低保标准", "growth", 5),
    ],
    "人口自然增长率控制在6.2‰以内。": [("6.2", "人口自然增长率", "level", "6.2")],
    "26名讲解员走进社区。": [("26", "讲解员", "level", 26)],
    "为312户困难家庭发放补助45.6万元。": [
        ("312", "困难家庭", "level", 312),
        ("45.6万", "困难家庭发放补助", "level", 456000),
    ],
    "不动产登记时限由15个工作日压缩至3个工作日。": [("3", "不动产登记时限", "level", 3)],
    "投资8.7亿元的引水工程开工。": [("8.7亿", "引水工程投资", "level", 870000000)],
    "全年安全生产零死亡。": [("零", "死亡", "level", 0)],
    "低保对象减少1200户。": [("1200", "低保对象", "change", -1200)],
    "创建示范岗省级3个、市级8个。": [("3", "创建示范岗省级", "level", 3), ("8", "市级创建示范岗", "level", 8)],
    "聋哑学校招生40人，在校生310人，毕业生52人。": [
        ("40", "聋哑学校招生", "level", 40),
        ("310", "聋哑学校在校生", "level", 310),
        ("52", "聋哑学校毕业生", "level", 52),
    ],
    "人口出生率9.1‰，死亡率6.2‰。": [("9.1", "人口出生率", "level", "9.1"), ("6.2", "人口死亡率", "level", "6.2")],
    "生产总值达到620亿元，人均超过8万元。": [
        ("620亿", "生产总值", "level", 62000000000),
        ("8万", "人均生产总值", "level", 80000),
    ],
    "生产总值、财政收入、零售总额分别突破600亿元、50亿元、90亿元大关。": [
        ("600亿", "生产总值", "level", 60000000000),
        ("50亿", "财政收入", "level", 5000000000),
        ("90亿", "零售总额", "level", 9000000000),
    ],
    "2021年生产总值、城乡居民人均收入分别完成620亿元、39000元、17000元。": [
        ("620亿", "生产总值", "level", 62000000000),
        ("39000", "城镇居民人均收入", "level", 39000),
        ("17000", "农村居民人均收入", "level", 17000),
    ],
    "存贷款余额分别达710亿元、640亿元。": [
        ("710亿", "存款余额", "level", 71000000000),
        ("640亿", "贷款余额", "level", 64000000000),
    ],
    "12个在建项目完成投资9亿元，占年度计划投资的108%。": [
        ("12", "在建项目", "level", 12),
        ("9亿", "在建项目完成投资", "level", 900000000),
        ("108", "在建项目完成投资", "completion", 108),
    ],
    "工业企业实现利润46亿元。分经济类型看，国有企业20亿元；私营企业11亿元，增长4%。": [
        ("46亿", "工业企业实现利润", "level", 4600000000),
        ("20亿", "国有企业利润", "level", 2000000000),
        ("11亿", "私营企业利润", "level", 1100000000),
        ("4", "私营企业利润", "growth", 4),
    ],
    "县域生产总值增长9%，财政收入增长7%；固定资产投资增长12%。全市财政收入增长5%。": [
        ("9", "县域生产总值", "growth", 9),
        ("7", "县域财政收入", "growth", 7),
        ("12", "县域固定资产投资", "growth", 12),
        ("5", "财政收入", "growth", 5),
    ],
    "新增民宿12家、总数90家，贸易和投资分别增长9%和1倍。": [
        ("12", "新增民宿", "level", 12),
        ("90", "民宿总数", "level", 90),
        ("9", "贸易", "growth", 9),
        ("1", "投资", "multiple", 1),
    ],
    "吸收外资80亿元，折11亿美元，占全国4%。": [
        ("80亿", "吸收外资", "level", 8000000000),
        ("11亿", "吸收外资", "level", 1100000000),
        ("4", "吸收外资占全国", "share", 4),
    ],
    "第一、二、三产业增加值分别增长3%、5%和7%。全市零售额增速位居中部城市第二。": [
        ("3", "第一产业增加值", "growth", 3),
        ("5", "第二产业增加值", "growth", 5),
        ("7", "第三产业增加值", "growth", 7),
        ("二", "零售额增速", "rank", 2),
    ],
    "外贸依存度排名由第9位上升到第6位。": [("6", "外贸依存度", "rank", 6)],
    "连续三年未发生较大火灾，6月底前建成泵站4座。": [
        ("三", "连续未发生较大火灾", "level", 3),
        ("4", "建成泵站", "level", 4),
    ],
    "港、澳同胞来访3200人次，每个镇新建1个球场。": [
        ("3200", "港、澳同胞来访", "level", 3200),
        ("1", "镇新建球场", "level", 1),
    ],
    "生产总值达到1.7万亿，增长7%。": [("1.7万亿", "生产总值", "level", 1700000000000), ("7", "生产总值", "growth", 7)],
    "（一）经济较快增长全市生产总值完成620亿元。": [("620亿", "生产总值", "level", 62000000000)],
    "社会总产值②81亿元，比“十二五”增长34%。": [
        ("81亿", "社会总产值", "level", 8100000000),
        ("34", "社会总产值", "growth", 34),
    ],
    "约谈负责人（含物业公司）19次。": [("19", "约谈负责人（含物业公司）", "level", 19)],
    "受理案件84件，审执结81件，结案率95.8%，分别上升6.2%、7.1%和0.9个百分点。": [
        ("84", "受理案件", "level", 84),
        ("81", "审执结", "level", 81),
        ("95.8", "结案率", "level", "95.8"),
        ("6.2", "受理案件", "growth", "6.2"),
        ("7.1", "审执结", "growth", "7.1"),
        ("0.9", "结案率", "pp", "0.9"),
    ],
    "公司实现营业收入12亿元、净利润2亿元，分别完成预算的103%和99%。": [
        ("12亿", "营业收入", "level", 1200000000),
        ("2亿", "净利润", "level", 200000000),
        ("103", "营业收入", "completion", 103),
        ("99", "净利润", "completion", 99),
    ],
    "平均住院日8.2天，较上年缩短0.4天。": [
        ("8.2", "平均住院日", "level", "8.2"),
        ("0.4", "平均住院日", "change", "-0.4"),
    ],
    "资产负债率61%，同比压降2个百分点，期刊影响因子4.7。": [
        ("61", "资产负债率", "level", 61),
        ("2", "资产负债率", "pp", -2),
        ("4.7", "期刊影响因子", "level", "4.7"),
    ],
    "亩均增收900元，出动民警30人、警车8台次。": [
        ("900", "亩均增收", "change", 900),
        ("30", "出动民警", "level", 30),
        ("8", "出动警车", "level", 8),
    ],
    "投入3亿元的游泳馆于5月竣工。达产后可实现产值4亿元、税收6000万元。": [
        ("3亿", "游泳馆投入", "level", 300000000),
        ("4亿", "产值", "level", 400000000),
        ("6000万", "税收", "level", 60000000),
    ],
    "城乡居民收入比进一步缩小至2.4:1，深化三项制度改革，比分为3:1。": [("2.4:1", "城乡居民收入比", "level", "2.4")],
    "快递“上云”目标新增3户，净增2户。": [("3", "快递“上云”新增", "change", 3), ("2", "快递“上云”新增", "change", 2)],
    "工业增加值两年平均增长5%，煤炭消费五年下降8%。": [
        ("5", "工业增加值", "growth", 5),
        ("8", "煤炭消费", "growth", -8),
    ],
    "提升12345市民服务热线水平，吸引1.4万大学生创业，推进五大工程，给予处分26人。": [
        ("1.4万", "吸引大学生创业", "level", 14000),
        ("26", "给予处分", "level", 26),
    ],
}


@pytest.mark.parametrize("text", SAYINGS)
def test_indicator_and_measure(text: str) -> None:
    found = [(o.quantity.text, o.indicator_text, str(o.measure), o.quantity.value) for o in read(text)]
    assert found == [(number, name, measure, Decimal(value)) for number, name, measure, value in SAYINGS[text]]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争新增就业6000人。", "target"),
        ("预计全年接待游客320万人次。", "target"),
        ("确保粮食播种面积不低于90万亩。", "target"),
        ("已完成投资3.2亿元，超额完成年初目标。", "actual"),
        ("主要抓了5项工作。", "actual"),
        ("2024年人均收入比2019年翻一番。", "target"),
        ("粮食产量将比上年增长3%。", "target"),
        ("承担科技计划课题14项。", "actual"),
        ("居民人均预期寿命提高到79岁。", "actual"),
        ("厂房已完工，投产后带动就业90人。", "target"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert [str(o.status) for o in read(text)] == [status]


@pytest.mark.parametrize(
    ("text", "start", "end", "explicit"),
    [
        ("接待游客320万人次。", "2021-01-01", "2021-12-31", False),
        ("今年1—9月接待游客240万人次。", "2021-01-01", "2021-09-30", True),
        ("截至10月底，收缴党费18万元。", "2021-01-01", "2021-10-31", True),
        ("截至10月底，登记在册志愿者1.2万人，志愿者总数居全区前列。", "2021-10-31", "2021-10-31", True),
        ("近三年投入4.5亿元。", "2019-01-01", "2021-12-31", True),
        ("与2018年相比，接待游客增加12万人次。", "2021-01-01", "2021-12-31", False),
        ("连续4年获评优秀。", "2018-01-01", "2021-12-31", True),
        ("投资额相当于“十二五”时期的46%。", "2021-01-01", "2021-12-31", False),
        ("2022年主要预期目标：地区生产总值增长6%。", "2022-01-01", "2022-12-31", True),
        ("厂房6月底完工，投产后可实现产值3亿元。", "2021-01-01", "2021-12-31", False),
    ],
)
def test_period(text: str, start: str, end: str, explicit: bool) -> None:
    fact = read(text)[0]
    assert fact.span is not None
    assert (str(fact.span.start), str(fact.span.end), fact.period_is_explicit) == (start, end, explicit)


def test_a_report_of_half_a_year_plans_the_other_half() -> None:
    half = replace(CITY, period=TimeSpan(date(2021, 1, 1), date(2021, 6, 30), "half"))
    text = "造林300亩，完成全年任务的60%；修路12公里。下半年，一是造林200亩，二是修路9公里。三是架桥2座。"
    facts = read(text, half)
    assert [str(o.status) for o in facts] == ["actual"] * 3 + ["target"] * 3
    assert [o.span and o.span.end.month for o in facts] == [6, 6, 6, 12, 12, 12]


def test_the_plan_part_of_a_government_report_speaks_of_the_coming_year() -> None:
    report = replace(CITY, kind="政府工作报告", issuer_name="石嘴山市人民政府", issuer_type="government")
    text = "一、2021年工作回顾\n\n新建校舍3万平方米。\n\n二、2022年重点工作\n\n新建校舍5万平方米。\n\n"
    text += "年底前开通公交线路4条。\n"
    facts = read(text, report)
    assert [(str(o.status), o.span and o.span.end.year) for o in facts] == [
        ("actual", 2021),
        ("target", 2022),
        ("target", 2022),
    ]
    assert facts[1].section == ("二、2022年重点工作",)


FIVE_YEARS = "一、过去五年和2021年工作回顾\n\n过去五年，我们迎难而上。\n\n"
OFFICE = replace(CITY, kind="政府工作报告", issuer_name="石嘴山市人民政府", issuer_type="government")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("新建公路310公里。", [(2017, 2021)]),
        ("地区生产总值达到620亿元，年均增长6.3%。", [(2021, 2021), (2017, 2021)]),  # output is of the last year
        ("一般公共预算收入由21亿元增加到33亿元。", [(2021, 2021)]),
        ("一般公共预算收入累计150亿元。", [(2017, 2021)]),
        ("外贸进出口40亿元。", [(2017, 2021)]),  # as a rule the sum of all
        ("外贸进出口突破40亿元。", [(2021, 2021)]),
        ("服务业占比由41%提高到47%。", [(2021, 2021)]),
        ("累计吸收外资9亿元，进出口总额40亿元。", [(2017, 2021), (2017, 2021)]),  # no flow is at a moment
        ("城镇化率由2016年的60%提高到66%。", [(2021, 2021)]),
        ("地区生产总值由2018年的530亿元增加到2021年的620亿元，年均增长5.4%。", [(2021, 2021), (2019, 2021)]),
        ("2021年，我们攻坚克难。新建公路42公里。\n\n新建校舍3万平方米。", [(2021, 2021), (2021, 2021)]),
        ("各位代表！刚刚过去的2021年，新建公路42公里。\n\n——新建校舍3万平方米。", [(2021, 2021), (2021, 2021)]),
        (
            "2021年是不平凡的一年，新建公路42公里。\n\n各位代表！回首过去五年，我们硕果累累。\n\n新建公路310公里。",
            [(2021, 2021), (2017, 2021)],
        ),
        (
            "各位代表！2021年奋楫扬帆、硕果累累。我们顶住压力。\n\n（一）改善交通\n\n新建桥梁3座。\n\n"
            "各位代表！2021年各项任务的完成来之不易。回顾过去五年，我们硕果累累。\n\n新建公路310公里。",
            [(2021, 2021), (2017, 2021)],
        ),
        (
            "2021年是不平凡的一年，新建公路42公里。\n\n（一）抓住“十四五”良好开局，改善交通\n\n新建桥梁3座。",
            [(2021, 2021), (2021, 2021)],
        ),
    ],
)
def test_a_review_of_several_years_and_of_the_last_of_them(text: str, years: list[tuple[int, int]]) -> None:
    spans = [o.span for o in read(FIVE_YEARS + text + "\n", OFFICE)]
    assert [span and (span.start.year, span.end.year) for span in spans] == years


def test_an_average_is_over_several_years_where_the_report_is_of_one() -> None:
    facts = read("生产总值年均增长7%，三年平均增长5%。")
    assert [o.span and (o.span.start.year, o.span.end.year) for o in facts] == [(2017, 2021), (2019, 2021)]


def test_a_heading_within_the_review_is_no_plan_for_its_words() -> None:
    text = "一、2021年工作回顾\n\n（一）以提质增效为目标，发展工业\n\n新建厂房4万平方米。\n"
    assert [str(o.status) for o in read(text, OFFICE)] == ["actual"]


def test_the_beginning_of_a_year_in_a_heading_is_no_time_of_what_stands_below() -> None:
    (fact,) = read("一、2021年工作回顾\n\n（一）实现年初确定的目标\n\n新建厂房4万平方米。\n", OFFICE)
    assert fact.span is not None
    assert (fact.span.start, fact.span.end) == (date(2021, 1, 1), date(2021, 12, 31))


def test_a_town_at_the_head_of_its_sentence_owns_the_figure() -> None:
    facts = read("平罗县新建温室300座。全市新建温室800座。")
    assert [o.organization_name for o in facts] == ["平罗县", "石嘴山市"]


def test_territories_and_numbers_in_order() -> None:
    facts = read("引进项目31个，平罗县、惠农区分别引进14个和9个。")
    assert [(o.organization_name, o.indicator_text) for o in facts] == [
        ("石嘴山市", "引进项目"),
        ("平罗县", "引进项目"),
        ("石嘴山市惠农区", "引进项目"),
    ]


def test_figures_of_a_body_that_counts_its_own_work_are_its_own() -> None:
    report = replace(CITY, issuer_name="石嘴山市总工会", issuer_type="association")
    assert [o.organization_name for o in read("走访职工2100人。全市签订集体合同640份。", report)] == [
        "石嘴山市总工会",
        "石嘴山市",
    ]


def test_a_masked_issuer_owns_nothing_by_guess() -> None:
    report = replace(CITY, issuer_name="XX街道办事处", issuer_type="community", issuer_is_redacted=True)
    assert [o.organization_name for o in read("清运垃圾xx吨。", report)] == [None]


def test_a_number_split_by_a_page_break_is_one_quantity() -> None:
    facts = read("全年共完成背街小巷改造任务，整体维修道路12\n\n公里，群众反映良好。")
    assert [(o.quantity.text, o.quantity.unit) for o in facts] == [("12", "公里")]


def test_every_rule_has_its_confidence() -> None:
    named = set(re.findall(r'Measure\.\w+, "([^"]+)"|measure, "([^"]+)"', Path(readings.__file__).read_text("utf-8")))
    rules = {name for pair in named for name in pair if name}
    assert rules
    assert rules <= set(vocabulary.confidence().rules)
