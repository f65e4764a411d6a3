"""Named campaigns, programmes, reforms, projects, mechanisms and awards; and what is none."""

from array import array

import pytest

from etl.extract import initiatives
from etl.records import InitiativeMention, Paragraph, Report


def read(text: str) -> tuple[InitiativeMention, ...]:
    paragraph = Paragraph(text, array("l", range(len(text))))
    return initiatives.extract(Report(1, 0, len(text), (paragraph,)))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("深入实施农村电商提升工程。", "农村电商提升工程", "program"),
        ("大力推进殡葬服务综合改革，", "殡葬服务综合改革", "reform"),
        ("主动融入“一带一路”建设", "一带一路", "program"),
    ],
)
def test_named(text: str, name: str, kind: str) -> None:
    assert [(found.name, found.kind) for found in read(text)] == [(name, kind)]


@pytest.mark.parametrize("text", ["加快重点项目建设", "增强“四个意识”", "健全工作机制", "落实《青山市绿化行动方案》"])
def test_not_named(text: str) -> None:
    assert read(text) == ()
