"""Documents in 《》 and by number; what is in 《》 and no document."""

from array import array

import pytest

from etl.extract import policies
from etl.records import Paragraph, PolicyCitation, Report


def read(text: str) -> tuple[PolicyCitation, ...]:
    paragraph = Paragraph(text, array("l", range(len(text))))
    return policies.extract(Report(1, 0, len(text), (paragraph,)))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("落实《青山市城市绿化条例》", "青山市城市绿化条例"),
        ("修订《青山市科技奖励办法（试行）》。", "青山市科技奖励办法（试行）"),
        ("印发《关于转发〈省政府关于稳就业的意见〉的通知》。", "关于转发〈省政府关于稳就业的意见〉的通知"),
        ("印发《关于转发《省政府关于稳就业的意见》的通知》。", "关于转发《省政府关于稳就业的意见》的通知"),
        ("推进《规划》各项任务", "规划"),
        ("推出便民《服务企业“十二条”新措施》", "服务企业“十二条”新措施"),
        ("宣传《民法典》", "民法典"),
        ("出台《青山科创2030》", "青山科创2030"),
    ],
)
def test_title_of_a_document(text: str, title: str) -> None:
    (citation,) = read(text)
    assert citation.title == title
    assert citation.surface == text[citation.start : citation.end]


@pytest.mark.parametrize(
    "text",
    [
        "《青山日报》头版刊发",
        "《求是》杂志",
        "电影《雪山行动》上映",
        "歌曲《我的家》",
        "话剧《老街》、舞剧《红雨》获奖",
        "央视新闻联播《山城新变化》等栏目报道",
        "编纂《青山市志》",
        "《未闭合的标题",
    ],
)
def test_no_document(text: str) -> None:
    assert read(text) == ()


def test_number_behind_the_title() -> None:
    (citation,) = read("根据《关于做好复审的函》（x爱卫办〔2022〕xx号），我市")
    assert citation.document_number == "x爱卫办〔2022〕xx号"
    assert citation.surface.endswith("号）")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("抢抓国发〔2022〕2号文件机遇", "国发〔2022〕2号"),
        ("根据青政办发[2019]15号", "青政办发[2019]15号"),
    ],
)
def test_number_alone(text: str, number: str) -> None:
    (citation,) = read(text)
    assert (citation.title, citation.document_number, citation.surface) == (None, number, number)
