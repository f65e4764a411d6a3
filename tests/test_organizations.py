"""Bodies and territories: what they are called in full, and what is none."""

from array import array
from datetime import date

import pytest

from etl.extract import organizations
from etl.records import OrganizationMention, Paragraph, Report, Role
from etl.vocabulary import known_organizations

CITY = {"issuer_name": "延安市人民政府", "issuer_type": "government", "region_code": "610600"}
DISTRICT = {"issuer_name": "天水市麦积区民政局", "issuer_type": "department", "region_code": "620503"}
PROVINCE = {"issuer_name": "山西省人民政府", "issuer_type": "government", "region_code": "140000"}
AUTONOMOUS = {"issuer_name": "广西壮族自治区人民政府", "issuer_type": "government", "region_code": "450000"}
TOWN = {"issuer_name": "XX镇人民政府", "issuer_type": "government", "region_code": "429005", "issuer_is_redacted": True}
NATIONAL = {"issuer_name": "中华人民共和国国务院", "issuer_type": "government", "kind": "政府工作报告"}


def mentions(text: str, about: dict[str, object] = CITY) -> tuple[OrganizationMention, ...]:
    paragraph = Paragraph(text, array("l", range(len(text))))
    report = Report(1, 0, len(text), (paragraph,), report_date=date(2021, 12, 31), **about)  # type: ignore[arg-type]
    found = organizations.extract(report)
    assert all(text[m.start : m.end] == m.surface for m in found)
    return found


def names(text: str, about: dict[str, object] = CITY) -> list[str]:
    return [m.name for m in mentions(text, about)]


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("我市完成投资", CITY, ["延安市"]),
        ("全区实现产值", DISTRICT, ["天水市麦积区"]),
        ("我区新增就业", AUTONOMOUS, ["广西壮族自治区"]),
        ("全省经济增长", DISTRICT, ["甘肃省"]),
        ("我镇修路", TOWN, ["XX镇"]),
        ("我局办理提案", DISTRICT, ["天水市麦积区民政局"]),
        ("我国外汇储备", NATIONAL, ["中国"]),
        ("省城新建地铁", PROVINCE, ["太原市"]),
    ],
)
def test_pronouns_are_the_reports_own(text: str, about: dict[str, object], expected: list[str]) -> None:
    assert names(text, about) == expected


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("市委决定", CITY, ["中共延安市委"]),
        ("省委、省政府部署", CITY, ["中共陕西省委", "陕西省人民政府"]),
        ("区政府出台办法", DISTRICT, ["天水市麦积区人民政府"]),
        ("自治区党委要求", AUTONOMOUS, ["中共广西壮族自治区委员会"]),
        ("市人大、市政协监督", CITY, ["延安市人民代表大会", "中国人民政治协商会议延安市委员会"]),
        ("团市委开展活动", CITY, ["共青团延安市委员会"]),
        ("市中院审结案件", CITY, ["延安市中级人民法院"]),
        ("省高级人民法院、区法院", DISTRICT, ["甘肃省高级人民法院", "天水市麦积区人民法院"]),
        ("镇党委研究", TOWN, ["中共XX镇委员会"]),
        ("市委组织部、市纪委监委", CITY, ["中共延安市委组织部", "中共延安市纪律检查委员会"]),
        ("延安市人民代表大会常务委员会", PROVINCE, ["延安市人民代表大会常务委员会"]),
        ("团江西省委发起", NATIONAL, ["共青团江西省委员会"]),
        ("在延安市第五届人民代表大会第一次会议上", CITY, ["延安市人民代表大会"]),
    ],
)
def test_bodies_that_every_territory_has(text: str, about: dict[str, object], expected: list[str]) -> None:
    assert names(text, about) == expected


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("省发展改革委、省人社厅", PROVINCE, ["山西省发展和改革委员会", "山西省人力资源和社会保障厅"]),
        ("市住建局会同市爱卫办", CITY, ["延安市住房和城乡建设局", "延安市爱国卫生运动委员会办公室"]),
        ("市场监管部门", CITY, []),
        ("设立市行政审批中心", CITY, ["延安市行政审批中心"]),
        ("商务部和中纪委", CITY, ["中华人民共和国商务部", "中共中央纪律检查委员会"]),
        ("麦积民政坚持为民", DISTRICT, ["天水市麦积区民政局"]),
        ("产业布局、发展格局", CITY, []),
    ],
)
def test_departments_in_full(text: str, about: dict[str, object], expected: list[str]) -> None:
    assert names(text, about) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("延安高新区挂牌", ["延安高新技术产业开发区"]),
        ("引进四川蓝禾农业有限公司", ["四川蓝禾农业有限公司"]),
        ("推进中德智能制造产业园", ["中德智能制造产业园"]),
        ("与清华大学、西安交大合作", ["清华大学", "西安交通大学"]),
        ("新建延安市育才小学", ["延安市育才小学"]),
        ("宝塔区河庄坪镇修路", ["延安市宝塔区河庄坪镇"]),
        ("刊登于《中国旅游报》", ["中国旅游报"]),
        ("各部门、有关单位、企业、学校、三甲医院", []),
        ("省级开发区、现代农业产业园、中小学校", []),
        ("十九届三中、四中全会", []),
    ],
)
def test_shapes(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持宏瑞药业、鑫岳锻造、狮头等企业上市", ["宏瑞药业", "鑫岳锻造", "狮头"]),
        ("鼓励钢铁、有色、电力等行业企业重组", []),
        ("与国家电网、中国移动合作", ["国家电网", "中国移动"]),
        ("提升高新区、化工园区等开发区的水平", ["延安高新技术产业开发区", "延安化工园区"]),
    ],
)
def test_enterprises_and_parks_in_lists(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赴安徽潜山、浙江德清学习", ["潜山市", "德清县"]),
        ("广东、海南两省支援", ["广东省", "海南省"]),
        ("太原-吕梁开行动车", []),
        ("真金白银、加强合作", []),
        ("被评为陕西省“先进集体”", []),
        ("建设子长长江大桥、改造洪湖、长湖", []),
        ("《陕西省旅游条例》", []),
        ("子长和志丹增长", ["子长市", "志丹县"]),
    ],
)
def test_territories_that_act(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_masked_bodies_stay_masked() -> None:
    found = mentions("XX村修路", TOWN)
    assert [(m.name, m.is_redacted) for m in found] == [("XX村", True)]


def test_roles() -> None:
    found = mentions("联合市财政局发文，市委部署。延安市人民政府报告")
    assert [m.role for m in found] == [Role.PARTNER, Role.SUBJECT, Role.ISSUER]


def test_no_mention_of_a_person() -> None:
    assert names("市委书记张三、市长李四，县委常委王五讲话") == ["中共延安市委"]


def test_bodies_of_the_state_without_the_word_state() -> None:
    assert names("数据来自发展改革委", NATIONAL) == ["国家发展和改革委员会"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高新区、延安市高新区和延安国家高新技术产业开发区", ["延安高新技术产业开发区"]),
        ("陕西自贸试验区、中国（陕西）自由贸易试验区", ["中国（陕西）自由贸易试验区"]),
        ("志丹经开区", ["志丹经济开发区"]),
        ("支持县（区）园区建设，创建省全域旅游示范区", []),
    ],
)
def test_a_park_has_one_name(text: str, expected: list[str]) -> None:
    assert sorted(set(names(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("志丹县委书记说", ["中共志丹县委"]),
        ("志丹县委常委、宣传部部长说", ["中共志丹县委", "中共志丹县委宣传部"]),
        ("政府工作报告提出", []),
    ],
)
def test_a_post_names_its_body(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("延河流域古树保护研究中心成立", ["延河流域古树保护研究中心"]),
        ("新增研究中心3家、国家重点实验室2个", []),
        ("陕西苹果研究中心延安基地开工", ["陕西苹果研究中心延安基地"]),
        ("经开区化工园区建成", ["延安经开区化工园区", "延安经济技术开发区"]),
        ("市民政、财政等部门联合发文", ["延安市民政局", "延安市财政局"]),
        ("牵手武汉鑫岳生鲜，打开销路", ["武汉鑫岳生鲜"]),
        ("中心城区和县（市、区）", []),
        ("适应城市发展", []),
        ("隆重庆祝建国七十周年，重大理论成果", []),
        ("市财政局、教育局和省图书馆、科技馆", ["延安市财政局", "延安市教育局", "陕西省图书馆", "陕西省科技馆"]),
        ("市人民医院、中医院建成", ["延安市人民医院", "延安市中医院"]),
        ("市卫健委联合宝塔区卫健委检查", ["延安市卫生健康委员会", "延安市宝塔区卫生健康委员会"]),
        ("加快鑫顺焦化、宏粤家具等项目，超硬材料、生物医药等产业", ["鑫顺焦化", "宏粤家具"]),
        ("组建文旅集团，连接G208线", ["延安文旅集团"]),
    ],
)
def test_more_shapes(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_common_word_is_a_place_of_its_own_city_where_it_acts() -> None:
    city = {"issuer_name": "绵阳市人民政府", "issuer_type": "government", "region_code": "510700"}
    assert names("三台入选国家试点。梓潼、涪城增长。三台机床完成", city) == ["三台县", "梓潼县", "绵阳市涪城区"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推动瑞晟科技二期、德骏年产20万台电机等项目投产", ["瑞晟科技", "德骏"]),
        ("凯沃30万吨锂电池材料项目开工", ["凯沃"]),
        ("投资8亿元的昊瑞碳纤维项目落户", ["昊瑞"]),
        ("引进恺邦、旭锐等龙头企业", ["恺邦", "旭锐"]),
        ("依法平等对待各类企业", []),
        ("加大钢铁、水泥、造纸等高耗能企业整合", []),
        ("加快曲溪供水、马湾水库等项目", []),
        ("实施补链、延链、强链等项目", []),
        ("推进广湛、深惠等城际项目", []),
    ],
)
def test_brands_that_nobody_listed(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("与中石油、三峡集团、中国中车合作", ["中国石油", "三峡集团", "中国中车"]),
        ("支持三峡、华锐等龙头企业", ["三峡集团", "华锐"]),
        ("三峡旅游快速发展，大众创业、万众创新", []),
        ("奥林匹克公园、重汽车间", []),
        ("推动中科院大连化物所、协和医院共建", ["中国科学院大连化学物理研究所", "北京协和医院"]),
        ("国家环保总局、质检总局督查", ["国家环境保护总局", "国家质量监督检验检疫总局"]),
    ],
)
def test_bodies_known_by_short_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_companies_with_common_names() -> None:
    assert names("成立通衢集团，组建文旅集团") == ["通衢集团", "延安文旅集团"]
    assert names("培育上市公司、跨国公司、大型集团、医疗集团") == []


def test_an_enterprise_is_known_by_its_brand_elsewhere() -> None:
    told = ("引进瑞晟科技有限公司。", "瑞晟扩大规模，吉瑞晟会。")
    paragraphs = tuple(Paragraph(text, array("l", range(len(text)))) for text in told)
    report = Report(1, 0, 40, paragraphs, report_date=date(2021, 12, 31), **CITY)  # type: ignore[arg-type]
    found = [(m.paragraph, m.surface, m.name) for m in organizations.extract(report)]
    assert (1, "瑞晟", "瑞晟科技有限公司") in found


def test_forms_of_known_bodies_are_their_own() -> None:
    forms = [form for body in known_organizations() for form in (body.name, *body.forms, *body.forms_in_business)]
    assert len(forms) == len(set(forms))


def test_an_enterprise_has_one_name() -> None:
    assert set(names("成立瑞晟集团，支持瑞晟、凯沃等企业")) == {"瑞晟集团", "凯沃"}
    assert set(names("德国巴斯夫集团、巴斯夫公司投资")) == {"巴斯夫"}


def test_a_party_committee_in_full_is_the_one_in_short() -> None:
    assert names("中国共产党延安市委员会决定，市委要求") == ["中共延安市委", "中共延安市委"]


def test_plenary_sessions_are_no_schools() -> None:
    assert names("深入学习十八届三中、四中、五中、六中、七中全会精神") == []


@pytest.mark.parametrize(
    "text", ["被确定为市教育改革示范区", "国家、省、市三级专家工作站20家", "创建国、省产业示范基地"]
)
def test_awards_and_kinds_behind_a_level_word_are_no_bodies(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2008, "国家广播电影电视总局"), (2015, "国家新闻出版广电总局"), (2021, "国家广播电视总局")],
)
def test_a_short_name_is_the_body_of_its_time(year: int, expected: str) -> None:
    text = "数据来自广电总局"
    paragraph = Paragraph(text, array("l", range(len(text))))
    report = Report(1, 0, len(text), (paragraph,), report_date=date(year, 12, 31), **CITY)  # type: ignore[arg-type]
    assert [m.name for m in organizations.extract(report)] == [expected]
