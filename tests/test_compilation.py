"""Files told apart into reports, and what a report says of itself."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import compilation, layout, readers
from etl.records import Report, SourceText

SAMPLES = Path(__file__).parent / "reports" / "files"
GOLDEN = sorted(SAMPLES.glob("*.golden.json"))

BODY = "全县新建项目15个，完成投资3.2亿元，增长5.6%，城镇新增就业1250人，登记失业率控制在3.2%以内。" * 8


def split(text: str, name: str = "a.txt") -> tuple[tuple[Report, ...], tuple[tuple[int, int, str], ...]]:
    source = SourceText(name, name, "", 0, "text/plain", "utf-8", text)
    return compilation.split(source, layout.paragraphs(source))


def only(text: str, name: str = "a.txt") -> Report:
    (report,), _ = split(text, name)
    return report


def sample_reports(golden: Path) -> tuple[SourceText, tuple[Report, ...], list[dict[str, Any]]]:
    facts = json.loads(golden.read_text("utf-8"))
    source = readers.read(SAMPLES / facts["files"][0])
    return source, compilation.split(source, layout.paragraphs(source))[0], facts["reports"]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.name.split(".")[0])
def test_samples_are_told_apart(golden: Path) -> None:
    source, reports, facts = sample_reports(golden)
    beginnings = [re.sub(r"[#*\s]+", "", source.text[r.char_start : r.char_start + 40])[:8] for r in reports]
    assert beginnings == [fact["start"][:8] for fact in facts]


def test_samples_say_who_where_and_when() -> None:
    wrong = 0
    asked = 0
    for golden in GOLDEN:
        for report, fact in zip(*sample_reports(golden)[1:], strict=True):
            period = (fact["period_start"], fact["period_end"]) if fact["period_start"] else (None, None)
            read = (str(report.period.start), str(report.period.end)) if report.period else (None, None)
            checks = [
                report.kind == fact["kind"],
                report.region_code == fact["region_code"],
                (str(report.report_date) if report.report_date else None) == fact["date"],
                fact["issuer_masked"] or report.issuer_name == fact["issuer"],
                period == read,
            ]
            asked += len(checks)
            wrong += checks.count(False)
    assert wrong <= 0.1 * asked


def test_everything_outside_the_reports_has_a_reason() -> None:
    for golden in GOLDEN:
        facts = json.loads(golden.read_text("utf-8"))
        source = readers.read(SAMPLES / facts["files"][0])
        reports, boilerplate = compilation.split(source, layout.paragraphs(source))
        spans = sorted([(r.char_start, r.char_end) for r in reports] + [(start, end) for start, end, _ in boilerplate])
        outside = 0
        for start, end in spans:
            assert not source.text[outside:start].strip(" \n\t\u3000#*>-")
            outside = max(outside, end)


TITLES = ["青田县民政局2021年工作总结", "缙云县交通运输工作综述"]


def test_titles_announced_by_the_contents() -> None:
    contents = "\n".join(f"{n}.{title}·····{n * 3}" for n, title in enumerate(TITLES, 1))
    text = "工作总结合集\n\n" + contents + "".join(f"\n\n{title}\n\n{BODY}" for title in TITLES)
    reports, boilerplate = split(text)
    assert [report.title for report in reports] == TITLES
    assert [reason for _, _, reason in boilerplate] == ["cover", "table of contents"]
    assert reports[0].evidence == ("title 1 of the table of contents",)


def test_contents_may_announce_more_than_there_is_and_in_other_words() -> None:
    announced = ["青田县民政局工作总结", "云和县水利局2021年工作总结", "缙云县交通运输局队伍建设工作综述"]
    printed = ["青田县民政局工作总结", "缙云县交通运输局深入开展队伍建设工作综述"]
    contents = "\n".join(f"{n}.{title}·····{n}" for n, title in enumerate(announced, 1))
    reports, _ = split("工作总结合集\n\n" + contents + "".join(f"\n\n{title}\n\n{BODY}" for title in printed))
    assert [report.title for report in reports] == printed


@pytest.mark.parametrize(
    "mark", ["{title}\n\n2021-12-31", "# {title}", "{n}.{title}", "篇{n}：{title}", "{title}\n\n本报讯（某某）近日"]
)
def test_titles_without_contents(mark: str) -> None:
    text = "".join(mark.format(n=n, title=title) + f"\n\n{BODY}\n\n" for n, title in enumerate(TITLES, 1))
    assert [report.title for report in split(text)[0]] == TITLES


def test_reports_without_titles_part_where_the_numbering_begins_anew() -> None:
    plan = f"一、主要工作\n\n{BODY}\n\n二、2023年工作计划\n\n{BODY}\n\n"
    second = "2022年以来，XX镇党委紧紧围绕县委部署，各项工作取得成效。现将2022年工作情况汇报如下：\n\n"
    text = f"2022年度工作总结汇编(85篇)\n\n{plan}{second}{plan}"
    reports, _ = split(text)
    assert [report.char_start for report in reports] == [text.index("一、"), text.index("2022年以来")]
    assert "the numbering begins anew at 一、" in reports[1].evidence or "announces the report" in reports[1].evidence
    assert (reports[1].issuer_name, reports[1].issuer_is_redacted, reports[1].kind) == (
        "XX镇人民政府",
        True,
        "总结与计划",
    )


def test_report_that_breaks_off_before_the_next() -> None:
    first = f"一、主要工作\n\n{BODY}\n\n三、下步工作\n\n{BODY}对于常住人口来"
    second = f"全市共建成标准化生产基地0.3万亩，认证绿色产品18个。\n\n一、加强领导\n\n{BODY}\n\n二、主要问题\n\n{BODY}"
    text = f"工作总结汇编\n\n{first}\n\n{second}"
    assert [report.char_start for report in split(text)[0]] == [text.index("一、"), text.index("全市共建成")]


def test_speeches_part_at_wide_gaps_and_take_their_titles_from_the_contents() -> None:
    titles = [
        "在全县工业会议上的讲话",
        "在森林防火会议上的讲话",
        "在县政协会议上的讲话",
        "在教育大会上的讲话",
        "在招商会上的致辞",
    ]
    speeches = [f"同志们:\n\n今天讲{subject}。{BODY}" for subject in ("全县工业", "森林防火")]
    contents = "\n\n".join(f"{n}。{title}" for n, title in enumerate(titles, 1))
    reports, _ = split(f"会议讲话汇编(5篇)\n\n\n{contents}\n\n\n" + "\n\n\n".join(speeches))
    assert [(report.title, report.title_is_inferred, report.kind) for report in reports] == [
        (titles[0], True, "讲话"),
        (titles[1], True, "讲话"),
    ]


GOVERNMENT = "各位代表：\n\n现在，我代表省人民政府，向大会作政府工作报告。\n\n**一、工作回顾**\n\n"


def test_government_report_with_its_title_in_front_matter() -> None:
    text = f"---\ntitle: 云南省2004年政府工作报告\n---\n\n（2004年2月12日 某人）\n\n{GOVERNMENT}{BODY}"
    report = only(text)
    assert (report.title, report.kind, report.issuer_name) == (
        "云南省2004年政府工作报告",
        "政府工作报告",
        "云南省人民政府",
    )
    assert (report.region_code, report.region_name, report.report_date) == ("530000", "云南省", date(2004, 2, 12))
    assert report.period is not None
    assert (report.period.start, report.period.end) == (date(2003, 1, 1), date(2003, 12, 31))
    assert report.char_start == text.index("（2004")


@pytest.mark.parametrize(
    ("head", "heading", "years"),
    [
        ("——2017年1月5日在青田县人民代表大会上", "一、过去五年工作回顾", (2012, 2016)),
        ("——2017年1月5日在青田县人民代表大会上", "一、过去五年和2016年工作回顾", (2016, 2016)),
        ("——二〇一七年一月五日在青田县人民代表大会上", "一、2016年工作回顾", (2016, 2016)),
        ("（2016年12月28日）", "一、一年来的工作", (2016, 2016)),
    ],
)
def test_what_a_government_report_looks_back_on(head: str, heading: str, years: tuple[int, int]) -> None:
    report = only(f"青田县政府工作报告\n\n{head}\n\n各位代表：\n\n{heading}\n\n{BODY}")
    assert report.period is not None
    assert (report.period.start.year, report.period.end.year) == years


@pytest.mark.parametrize(
    ("title", "issuer", "issuer_type"),
    [
        ("青田县人大常委会五年工作综述", "青田县人民代表大会常务委员会", "congress"),
        ("建始县政协工作综述", "中国人民政治协商会议建始县委员会", "cppcc"),
        ("麦积区2021年民政工作综述", "天水市麦积区民政局", "department"),
        ("山西省2021年就业工作综述", "山西省人力资源和社会保障厅", "department"),
        ("延安市2021年宣传思想文化工作综述", "中共延安市委宣传部", "party"),
        ("桐庐县富春江镇2022年工作总结", "桐庐县富春江镇人民政府", "government"),
        ("青田县2021年经济工作综述", "青田县人民政府", "government"),
    ],
)
def test_issuer_by_the_title(title: str, issuer: str, issuer_type: str) -> None:
    report = only(f"{title}\n\n{BODY}\n\n{BODY}")
    assert (report.issuer_name, report.issuer_type) == (issuer, issuer_type)


@pytest.mark.parametrize(
    ("text", "kind", "issuer", "region", "period"),
    [
        (
            "石桥镇2022年上半年工作总结及下半年工作计划\n\n今年上半年，全镇实现工业总产值12.6亿元。全镇新建公厕5座。",
            "总结与计划", "石桥镇人民政府", None, ("2022-01-01", "2022-06-30"),
        ),
        (  # where its doctors went is not where it is
            "市第二人民医院二〇二二年度工作报告\n\n全年门急诊86.3万人次，增长4.7%；出院3.9万人次，增长2.1%；完成手术1.86万台次，新增床位300张，总床位达到1500张，"
            "先后派出28人赴新疆维吾尔自治区和田地区人民医院。",
            "工作总结", "市第二人民医院", None, ("2022-01-01", "2022-12-31"),
        ),
        (  # 突破…大关 is no county
            "安通建设集团有限公司2024年工作情况\n\n资产总额首次突破500亿元大关，与铁建集团签约。",
            "工作总结", "安通建设集团有限公司", None, ("2024-01-01", "2024-12-31"),
        ),
        (
            "南陵县教育局关于2021年度工作完成情况的报告\n\n全县共有学校126所。",
            "工作总结", "南陵县教育局", "340223", ("2021-01-01", "2021-12-31"),
        ),
        (
            "中共德江县纪律检查委员会工作报告\n\n（2022年1月18日）\n\n2021年，受理信访举报643件次。",
            "工作总结", "中共德江县纪律检查委员会", "520626", ("2021-01-01", "2021-12-31"),
        ),
        (  # the line of the occasion ends without a mark and is no half of the paragraph below it
            "清河县人民检察院工作报告\n\n——2024年1月12日在清河县第十七届人民代表大会第三次会议上\n\n2023年，提起公诉412人。",
            "工作总结", "清河县人民检察院", "130534", ("2023-01-01", "2023-12-31"),
        ),
    ],
)  # fmt: skip
def test_what_a_bare_report_says_of_itself(
    text: str, kind: str, issuer: str, region: str | None, period: tuple[str, str]
) -> None:
    report = only(text)
    span = report.period
    found = (report.kind, report.issuer_name, report.region_code, span and (str(span.start), str(span.end)))
    assert found == (kind, issuer, region, period)


def test_only_report_of_a_file_keeps_its_chapters() -> None:
    text = (
        "青田县发展规划\n\n目录\n\n第一章 发展环境\n\n第二章 主要目标\n\n第一章 发展环境\n\n"
        + BODY
        + "\n\n第二章 主要目标\n\n"
        + BODY
    )
    assert len(split(text)[0]) == 1


def test_photo_caption_and_column_name_belong_to_no_report() -> None:
    items = [f"{title}\n\n本报讯（某某）近日，{BODY}" for title in ("青田县推进老旧小区改造", "缙云县建设文明实践中心")]
    caption = "近年来，某县推进乡村建设。图为2月2日拍摄的某村。\n\n某某 摄"
    text = f"{items[0]}\n\n{caption}\n\n{items[1]}\n\n文明建设"
    reports, boilerplate = split(text)
    assert len(reports) == 2
    assert [reason for _, _, reason in boilerplate] == ["photo caption", "photo credit", "column name or caption"]
