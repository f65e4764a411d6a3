"""People: a cue beside a name tells it, words and places are none, and a mask keeps the length."""

from __future__ import annotations

from array import array
from decimal import Decimal

import pytest

from etl.extract import people
from etl.records import (
    InitiativeMention,
    Measure,
    Observation,
    OrganizationMention,
    Paragraph,
    Quantity,
    Report,
    ReportFacts,
    Status,
)


def report(*texts: str) -> Report:
    paragraphs = tuple(Paragraph(text, array("l", range(len(text)))) for text in texts)
    return Report(1, 0, 1, paragraphs)


def names(*texts: str) -> list[str]:
    return [mention.name for mention in people.extract(report(*texts))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安河市市长 马文涛", ["马文涛"]),
        ("县委书记赵立新主持会议。", ["赵立新"]),
        ("（记者周禾通讯员林之远）", ["周禾", "林之远"]),
        ("项目经理孙建国介绍说，工期过半。", ["孙建国"]),
        ("化解了薛某、贾某某等积案", ["薛某", "贾某某"]),
        ("信访人郑小梅，反映欠薪", ["郑小梅"]),
        ("学习周永开同志先进事迹", ["周永开"]),
        ("自治区主席 艾山·吐尔逊", ["艾山·吐尔逊"]),
        ("走访脱贫户李志强、王秀英，送去慰问金2000元", ["李志强", "王秀英"]),
        ("集体和王小川等3人获提名奖", ["王小川"]),
        ("滞留境外人员马小川、何颖，已联系", ["马小川", "何颖"]),
        ("市长李军杰一针见血地说", ["李军杰"]),
        # no people
        ("居民收入增长5%，学生安全、村民自治", []),
        ("书记高度重视，主任全面负责", []),
        ("以习近平同志为核心的党中央", []),
        ("广大干部和群众，职工安全", []),
        ("某县某些单位，某院二期建设", []),
        ("市长热线、市长质量奖、县长项目工程", []),
        ("棚户区改造1000套，户均20平方米", []),
        ("石河县长江大桥，选好书记和委员，获市长金融奖", []),
        ("南宁·中关村科技园", []),
        ("桂林书记员培训，于某一领域", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_is_found_again_without_a_cue() -> None:
    assert names("局长赵立新出席。", "这一天，赵立新走了三个村。") == ["赵立新", "赵立新"]


def test_a_name_alone_under_the_title_is_a_byline() -> None:
    assert names("安河市2021年工作综述", "李志强", "全年完成投资3亿元。") == ["李志强"]
    assert names("安河市2021年工作综述", "高质量", "全年完成投资3亿元。") == []


def test_people_become_no_rows() -> None:
    told = (
        "局长赵立新出席，赵立新工作室接待群众300人，安河市卫健委蒋主任所到之处，"
        "水利部长江水利委员会、村民孙小红家庭收入5万元。"
    )
    one = report(told)

    def at(words: str) -> tuple[int, int, int, str]:
        start = told.index(words)
        return 0, start, start + len(words), words

    def observation(words: str, value: str) -> Observation:
        quantity = Quantity(*at(value), Decimal(value))
        return Observation(
            quantity, words, Measure.LEVEL, Status.ACTUAL, None, False, "赵立新工作室", None, None, (), (0, 9), "x", 1
        )  # fmt: skip

    bodies = ("赵立新工作室", "安河市卫健委蒋主任所", "水利部长江水利委员会", "安河市")
    facts = ReportFacts(
        one,
        (observation("孙小红家庭收入", "5"), observation("胡锦涛总书记视察", "300"), observation("接待群众", "300")),
        organizations=tuple(OrganizationMention(*at(name), name, "department") for name in bodies),
        initiatives=(InitiativeMention(*at("赵立新工作室"), "赵立新工作室", "project"),),
    )
    kept = people.leave_out(facts)
    assert [fact.indicator_text for fact in kept.observations] == ["家庭收入", "视察", "接待群众"]
    assert {fact.organization_name for fact in kept.observations} == {None}
    assert [mention.name for mention in kept.organizations] == ["水利部长江水利委员会", "安河市"]
    assert kept.initiatives == ()
    assert [mention.name for mention in kept.people] == ["赵立新", "赵立新", "孙小红"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("正在排队的崔女士很满意。", ["崔女士"]),
        ("社区的郑大爷和韩阿姨来了，郑大爷先到。", ["郑大爷", "韩阿姨", "郑大爷"]),
        ("徐书记到会，丁市长讲话。", []),  # officials in their offices
        ("引进康师傅生产基地。", []),
        ("致信各位女士。", []),
    ],
)
def test_a_surname_with_a_private_address_is_masked_one_with_an_office_is_not(text: str, expected: list[str]) -> None:
    assert names(text) == expected
