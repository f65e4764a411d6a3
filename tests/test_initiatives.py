"""Named campaigns, programmes, reforms, projects, mechanisms and awards; and what is none."""

import re
import tomllib
from array import array
from datetime import date

import pytest

from etl import initiative_scopes, vocabulary
from etl.extract import initiative_owners, initiatives
from etl.records import InitiativeMention, OrganizationMention, Paragraph, PeriodMention, Report, TimeSpan
from schema.tables import INITIATIVE_KINDS


def read(*texts: str) -> tuple[InitiativeMention, ...]:
    paragraphs = tuple(Paragraph(text, array("l", range(len(text)))) for text in texts)
    return initiatives.extract(Report(1, 0, sum(map(len, texts)), paragraphs))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("深入实施农村电商提升工程。", "农村电商提升工程", "program"),
        ("大力推进殡葬服务综合改革，", "殡葬服务综合改革", "reform"),
        ("主动融入“一带一路”建设", "一带一路", "program"),
        ("落实河湖长制工作要求", "河长制", "mechanism"),
        ("开展“我为青山添新绿”主题活动3场", "我为青山添新绿主题活动", "campaign"),
        ("深入开展“三帮”活动，", "三帮活动", "campaign"),
        ("开展机关党建“灯下暗”专项整治", "机关党建灯下暗专项整治", "campaign"),
        ("推进农村集体资产“三资清理”，", "农村集体资产三资清理", "program"),
        ("获评全国“最美志愿团队”。", "最美志愿团队", "award"),
        ("成功创建国家知识产权保护示范区", "国家知识产权保护示范区", "award"),
        ("加快推进平安建设，打造健康河北", "健康河北", "program"),
        ("青山长江大桥建成通车", "青山长江大桥", "project"),
        ("7.“双环四射”：指两条环线", "双环四射", "program"),
        ("打赢农村饮水安全攻坚战", "农村饮水安全攻坚战", "campaign"),
        ("实行安全隐患挂牌督办制度，", "安全隐患挂牌督办制度", "mechanism"),
        ("推进市容整治与建设三年行动计划，", "市容整治与建设三年行动计划", "program"),
        ("入围国家旧城更新扩围城市，", "国家旧城更新扩围城市", "award"),
        ("承办了第三届全国射箭大会，", "第三届全国射箭大会", "campaign"),
        ("积极参加青洽会，", "青洽会", "campaign"),
        ("第三届进博会成果丰硕", "中国国际进口博览会", "campaign"),
        ("地铁2号线一期开工", "地铁2号线一期", "project"),
        ("建成市射击训练基地。", "市射击训练基地", "project"),
    ],
)
def test_named(text: str, name: str, kind: str) -> None:
    assert [(found.name, found.kind) for found in read(text)] == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "加快重点项目建设",
        "增强“四个意识”",
        "健全工作机制",
        "落实《青山市绿化行动方案》",
        "坚持“高效、便民、廉洁”的原则",
        "打造“青山样板”",
        "开展各项活动，实行动态管理",
        "全市122个过500万元项目开工",
        "解决“看病难”等问题",
        "共建设城建项目128个",
        "现阶段建成投用一批道路",
        "召开第十五届人民代表大会",
    ],
)
def test_not_named(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("开展“五进”“六必访”等活动", ["五进", "六必访"]),
        ("延安机场、天水大剧院、宜宾科技馆等12个重大项目加快推进", ["延安机场", "天水大剧院", "宜宾科技馆"]),
        ("推进运城、大同机场改扩建工程", ["运城、大同机场改扩建工程"]),
        ("实施全民创业工程、企业家培育工程", ["全民创业工程", "企业家培育工程"]),
        ("青岩、白沙高速加快建设", ["青岩高速", "白沙高速"]),
        ("延安北部新区、宜宾生态城、天水综合区加快建设。", ["延安北部新区", "宜宾生态城", "天水综合区"]),
        ("建成宜宾科技馆和延安体育中心，", ["宜宾科技馆", "延安体育中心"]),
    ],
)
def test_lists(text: str, names: list[str]) -> None:
    assert [found.name for found in read(text)] == names


def test_one_name_throughout_a_report() -> None:
    found = read("加快“双十村”建设。", "“双十村”提升工程全面推进。", "推行“双十村”工作法。")
    assert [mention.name for mention in found] == ["双十村建设", "双十村建设", "双十村工作法"]


def test_surface_is_the_text_read() -> None:
    text = "深入开展“三帮”活动，"
    (mention,) = read(text)
    assert mention.surface == text[mention.start : mention.end] == "“三帮”活动"
    assert mention.rule
    assert 0 < mention.confidence <= 1


def attributed(
    text: str, *, body: tuple[int, int, str] | None = None, time: tuple[int, int] | None = None
) -> InitiativeMention:
    """The one initiative of a text with a body and a time in it, in a report of 宜宾市."""
    report = Report(1, 0, len(text), (Paragraph(text, array("l", range(len(text)))),))
    bodies = [OrganizationMention(0, body[0], body[1], text[body[0] : body[1]], body[2], "territory")] if body else []
    year = TimeSpan(date(2021, 1, 1), date(2021, 12, 31), "year")
    times = [PeriodMention(0, time[0], time[1], text[time[0] : time[1]], year)] if time else []
    (mention,) = initiative_owners.attribute(report, initiatives.extract(report), times, bodies, "宜宾市")
    return mention


def test_who_carries_it_out_and_when() -> None:
    plain = attributed("深入实施农村电商提升工程。")
    assert (plain.organization_name, plain.span) == ("宜宾市", None)
    told = attributed("2021年，麦积区实施农村电商提升工程。", body=(6, 9, "天水市麦积区"), time=(0, 5))
    assert told.organization_name == "天水市麦积区"
    assert told.span == TimeSpan(date(2021, 1, 1), date(2021, 12, 31), "year")


def test_one_of_several_bodies_is_no_subject() -> None:
    assert attributed("麦积区、秦州区实施农村电商提升工程。", body=(0, 3, "天水市麦积区")).organization_name == "宜宾市"


def test_a_time_of_a_later_clause_says_nothing() -> None:
    assert attributed("实施农村电商提升工程，2021年培训1万人。", time=(11, 16)).span is None


def test_no_word_is_listed_twice() -> None:
    with (vocabulary.FOLDER / "initiatives.toml").open("rb") as file:
        words = tomllib.load(file)
    lists = [entry for section in words.values() for entry in section.values() if isinstance(entry, list)]
    lists += [entry for kind in words["classes"].values() for entry in kind.values()]
    assert [word for entry in lists for word in set(entry) if entry.count(word) > 1] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新建岭泾港泵站，改造六水厂。", ["岭泾港泵站", "六水厂"]),  # what no dictionary joins is a name
        ("启动侯岭路、中岗路北延线等道路建设，", ["侯岭路", "中岗路北延线"]),
        ("深化财税、投资、价格改革，", ["财税、投资、价格改革"]),
        ("农村信用社改革取得重要进展", ["农村信用社改革"]),
        ("争创国家级粮食生产基地和国家级农业示范区", ["国家级粮食生产基地", "国家级农业示范区"]),
        ("提升“青山羊”品牌影响力", ["青山羊品牌"]),
        ("推进省级卫生城市复审", ["省级卫生城市"]),
        ("搭建“多规合一”信息平台，", ["多规合一信息平台"]),
        ("打好“绿色牌”、念好“山水经”，", []),
        ("引进30个亿元以上项目", []),
        (
            "实施产业达产增效计划、传统行业转型计划、服务业提速计划",
            ["产业达产增效计划", "传统行业转型计划", "服务业提速计划"],
        ),
    ],
)
def test_what_makes_a_name(text: str, names: list[str]) -> None:
    assert [found.name for found in read(text)] == names


def test_a_name_is_known_again() -> None:
    found = read("实施“四清四建”行动。", "扩大“四清四建”成果。")
    assert [mention.name for mention in found] == ["四清四建行动", "四清四建行动"]


def test_notes_explain_what_is_done() -> None:
    notes = ("名词解释", "社会保障“一卡通”：将各项服务集成于一张卡，实现一卡多用。", "两抢两盗：指抢夺、抢劫和盗窃。")
    assert [mention.name for mention in read(*notes)] == ["社会保障一卡通"]


def test_what_everybody_knows_has_one_name_and_kind() -> None:
    written = [known.name for known in vocabulary.known_initiatives()]
    written += [alias for known in vocabulary.known_initiatives() for alias in known.aliases]
    bare = [re.sub("[“”]", "", name) for name in written]
    names = {name: known.name for known in vocabulary.known_initiatives() for name in (known.name, *known.aliases)}
    doubled = [name for name in bare if bare.count(name) > 1]
    assert [name for name in doubled if len({names[w] for w in written if re.sub("[“”]", "", w) == name}) > 1] == []
    assert {known.kind for known in vocabulary.known_initiatives()} <= set(INITIATIVE_KINDS)


@pytest.mark.parametrize(
    ("name", "kind", "region_code", "issuer", "scope"),
    [
        ("我为群众办实事", "campaign", "420222", "阳新县人民政府", ""),  # known
        ("清风行动", "campaign", "420222", "阳新县人民政府", "420222"),  # its own
        ("健康湖北", "program", "420222", "阳新县人民政府", "420000"),  # named after the province
        ("市射击训练基地", "project", "420222", "阳新县人民政府", "420200"),
        ("国家旧城更新城市", "award", "420222", "阳新县人民政府", ""),  # given by the country
        ("清风行动", "campaign", None, "国务院", ""),
        ("清风行动", "campaign", None, "a.txt#1", "a.txt#1"),  # nobody knows whose
    ],
)
def test_whose_an_initiative_is(name: str, kind: str, region_code: str | None, issuer: str, scope: str) -> None:
    assert initiative_scopes.scope_of(name, kind, region_code, issuer) == scope


def test_wordings_that_tell_no_two_apart() -> None:
    forms = {initiative_scopes.normal_form(name, "award") for name in ("国家级示范城市创建", "国家示范市")}
    assert len(forms) == 1
    rows = [initiative_scopes.Named(1, "三帮三带活动", "campaign", "420200", 3)]
    rows += [initiative_scopes.Named(2, "三帮三带", "campaign", "420200", 1)]
    assert initiative_scopes.one(rows) == {2: ("三帮三带活动", "420200")}
    parks = [initiative_scopes.Named(n, "体育中心", "project", f"{n}0100", 1) for n in (42, 43, 44, 45)]
    assert initiative_scopes.one(parks) == {}
