"""Paragraphs repaired for reading, and their way back into the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import layout, readers
from etl.records import Paragraph, ParagraphKind, SourceText

SAMPLES = Path(__file__).parent / "reports" / "files"


def read(text: str) -> list[Paragraph]:
    return list(layout.paragraphs(SourceText("a.txt", "a.txt", "", 0, "text/plain", "utf-8", text)))


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("增长１２．８％，", "增长12.8%，"),
        ("收入9，894亿元", "收入9,894亿元"),
        ("2019，2020年", "2019，2020年"),
        ("完成 3.2 亿元, 占 40%, 增长 5 %", "完成3.2亿元，占40%，增长5%"),
        ("实施(试行)办法;分3:7(元)", "实施（试行）办法；分3:7（元）"),
        ("（1）新建Wi-Fi 6 站点", "（1）新建Wi-Fi 6站点"),
        ("二○○四年，二0三五年", "二〇〇四年，二〇三五年"),
        ('“十五”和"两控区"内', "“十五”和“两控区”内"),
        ("增长2·3%，“3·10”地震", "增长2.3%，“3·10”地震"),
        ("面积36000余㎡，**15**m<sup>2</sup>", "面积36000余㎡，15m2"),
        ("太原&middot;晋祠&nbsp;5A级", "太原·晋祠5A级"),
        ("生产总值７１$1.$2５亿元", "生产总值71x.x5亿元"),
        ("总值[2]990865亿元[3]。", "总值990865亿元。"),
        ("文号〔2022〕3号 ，见http://a.cn:80/b", "文号〔2022〕3号，见http://a.cn:80/b"),
    ],
)
def test_reading_of_a_piece(printed: str, wanted: str) -> None:
    assert layout.reading(printed).text == wanted


@pytest.mark.parametrize("cut", ["\n\n", "\n\n\n\n", "  \n", "\n\n— 3 —\n\n"])
def test_paragraph_cut_by_a_page_break_is_rejoined(cut: str) -> None:
    (paragraph,) = read(f"全年完成固定资产投资项目清单内的项目共15{cut}个，投资 3.2 亿元。")
    assert paragraph.text == "全年完成固定资产投资项目清单内的项目共15个，投资3.2亿元。"


@pytest.mark.parametrize(
    "above",
    [
        "一、主要工作",
        "全年完成了固定资产投资项目清单内的全部项目。",
        "主要做法如下：",
        "紧盯重点项目，完善推进机制，推动投资落地",
        "2022年某某县民政工作综述",
        "（来源：某报记者）",
    ],
)
def test_what_has_ended_is_not_joined(above: str) -> None:
    first, *_ = read(f"{above}\n\n全县新建项目15个，投资3.2亿元。")
    assert first.text == above


def test_greeting_begins_a_paragraph_although_the_stop_above_is_lost() -> None:
    assert len(read("以高质量的工作成效推动各项事业凝聚文化力量\n\n\n同志们:\n\n根据安排,讲几点意见。")) == 3


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("# 某县工作综述", 1),
        ("一、主要工作", 2),
        ("### **三、存在问题**", 2),
        ("（二）抓投资", 3),
        ("3.抓项目", 4),
        ("**2022年工作回顾**", 2),
        ("2023年工作安排", 2),
        ("就业创业实现稳中向好", 3),
        ("第二章 发展环境", 3),
        ("1.完成投资3.2亿元，增长5%。", 0),
        ("（一）抓投资。完成投资3.2亿元。", 0),
        ("**（一）经济较快增长全县生产总值完成24.8亿元，比上年增长8.6%，其中工业增长5%。**", 0),
    ],
)
def test_heading_level(line: str, level: int) -> None:
    heading, *_ = read(f"{line}\n\n全县新建项目15个，投资3.2亿元。")
    assert heading.level == level
    assert (heading.kind is ParagraphKind.HEADING) == bool(level)


def test_bold_heading_with_its_text_on_the_line_is_split() -> None:
    heading, body = read("**一、2011年工作回顾** 2011年，全市生产总值404亿元。")
    assert (heading.text, heading.level) == ("一、2011年工作回顾", 2)
    assert body.text == "2011年，全市生产总值404亿元。"


def test_numbering_that_begins_under_a_year_stands_below_it() -> None:
    items = read("2023年重点工作\n\n一、抓工业\n\n新建项目15个。\n\n（一）抓园区\n\n新建园区2个。")
    assert [item.level for item in items if item.level] == [2, 3, 4]


def test_indent_in_mid_line_begins_a_paragraph() -> None:
    assert [item.text for item in read("新建项目15个。　　二是抓投资，完成3.2亿元。")] == [
        "新建项目15个。",
        "二是抓投资，完成3.2亿元。",
    ]


def test_table_keeps_its_rows_and_its_caption() -> None:
    (table,) = read("**表1 人口**\n\n| 指标 | <br>万人 |\n| ---- | --- |\n| 城镇 | 12.5 |\n")
    assert table.kind is ParagraphKind.TABLE
    assert table.text == "表1 人口\n| 指标 | 万人 |\n|||\n| 城镇 | 12.5 |"


def test_aligned_columns_are_a_table_with_their_heads() -> None:
    body, table = read("主要产品产量如下：\n\n指标 全县\n\n粮 食 35.3 万吨 8.7\n棉 花 3.2 万吨 -1.5\n")
    assert (body.kind, table.kind) == (ParagraphKind.BODY, ParagraphKind.TABLE)
    assert table.text.startswith("指标 全县\n粮 食 35.3 万吨 8.7\n")


def test_front_matter_and_comments_are_boilerplate() -> None:
    items = read("---\ntitle: 某县2020年政府工作报告\n---\n\n<!-- 某人摄 -->\n\n各位代表：\n")
    assert [item.kind for item in items[:-1]] == [ParagraphKind.BOILERPLATE] * 4
    assert items[-1].text == "各位代表："


def test_lines_wrapped_at_a_margin_are_joined() -> None:
    body = "全县上下坚持稳中求进，经济运行总体平稳，城镇新增就业一千二百五十人。" * 20
    wrapped = "\n".join(body[at : at + 30] for at in range(0, len(body), 30))
    assert [item.text for item in read(wrapped)] == [body]


PIECES = st.lists(
    st.sampled_from(
        [
            *"，。：；,:;!()（）“”%·０９12３ \u3000\t\n\n#*-|<>&$.年市我的一、AbX",
            "<br>",
            "**",
            "&nbsp;",
            "$1.$2",
            "\n\n",
        ]
    ),
    max_size=60,
).map("".join)


@given(PIECES)
def test_every_character_knows_its_place(text: str) -> None:
    last = -1
    for item in read(text):
        assert len(item.text) == len(item.origin) > 0
        for character, place in zip(item.text, item.origin, strict=True):
            assert place > last
            last = place
            printed = text[place]
            assert printed in (character, "&", "$", "1", "2", ".") or layout.unified(text)[place] == character


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.[thm]*")), ids=lambda path: path.name)
def test_samples_lose_nothing_but_layout(path: Path) -> None:
    source = readers.read(path)
    kept = "".join(item.text for item in layout.paragraphs(source))
    lost = set(layout.unified(source.text)) - set(kept)
    assert lost <= set(" \n\t\u3000\u00a0\u2002*#0123456789—-·.")
