"""Files as text: encodings, formats that must read alike, and bad input that names its remedy."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from etl import layout, readers
from etl.records import ReadError

SAMPLES = Path(__file__).parent / "reports" / "files"
TEXT = "全县生产总值86.4亿元，增长6.1%。\n新增就业1250人。\n"


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
def test_encoding_is_told_from_the_bytes(tmp_path: Path, codec: str, named: str) -> None:
    source = readers.read(written(tmp_path, "a.txt", TEXT.encode(codec)))
    assert (source.text, source.encoding) == (TEXT, named)


def test_only_line_ends_and_the_byte_order_mark_change(tmp_path: Path) -> None:
    source = readers.read(written(tmp_path, "a.md", "\ufeff# 题\r\n１２．８％\r\u3000末 ".encode()))
    assert source.text == "# 题\n１２．８％\n\u3000末 "
    assert source.media_type == "text/markdown"


@pytest.mark.parametrize("suffix", ["gb18030.txt", "md", "html", "docx", "pdf"])
def test_every_format_of_a_report_reads_alike(suffix: str) -> None:
    def paragraphs(name: str) -> list[str]:
        return [item.text for item in layout.paragraphs(readers.read(SAMPLES / name))]

    assert paragraphs(f"huangshi-2022.{suffix}") == paragraphs("huangshi-2022.txt")


def test_page_without_navigation_and_with_its_table(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset=gb2312><title>某网</title><script>var a=1</script></head><body>"
        "<div class='top-nav'>首页 > 公开</div><div id='zoom'><h1>某县2022年工作总结</h1>"
        "<p>　　完成投资<b>3.2</b>亿元，<br>增长5%。</p>"
        "<table><tr><th>指标</th><th>数值</th></tr><tr><td colspan=2>合计</td></tr></table></div>"
        "<div class='share'>分享到微信</div><footer>版权所有</footer></body></html>"
    )
    source = readers.read(written(tmp_path, "a.html", page.encode("gb18030")))
    assert source.encoding == "gb18030"
    assert source.text == "# 某县2022年工作总结\n\n完成投资3.2亿元，\n增长5%。\n\n| 指标 | 数值 |\n| 合计 |  |\n"


def test_document_with_automatic_numbers_and_merged_cells(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("某局工作总结", 0)
    number_with_chinese_numerals(document)
    for words in ("主要工作", "存在问题"):
        document.add_paragraph(words, style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "就业"
    table.cell(1, 0).text, table.cell(1, 1).text = "新增", "1250人"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert (
        readers.read(path).text == "# 某局工作总结\n\n一、主要工作\n\n二、存在问题\n\n| 就业 |  |\n| 新增 | 1250人 |\n"
    )


def number_with_chinese_numerals(document: object) -> None:
    """Make the style List Number print 一、 二、"""
    part = document.part.numbering_part.element  # type: ignore[attr-defined]
    style = document.styles["List Number"].element  # type: ignore[attr-defined]
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    (entry,) = [item for item in part.findall(qn("w:num")) if item.get(qn("w:numId")) == number]
    kind = entry.find(qn("w:abstractNumId")).get(qn("w:val"))
    (abstract,) = [item for item in part.findall(qn("w:abstractNum")) if item.get(qn("w:abstractNumId")) == kind]
    level = abstract.find(qn("w:lvl"))
    for tag, value in (("w:numFmt", "chineseCounting"), ("w:lvlText", "%1、")):
        element = level.find(qn(tag))
        if element is None:
            element = OxmlElement(tag)
            level.append(element)
        element.set(qn("w:val"), value)


def pdf(encrypted: bool, words: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret") if encrypted else None)
    canvas.drawString(100, 700, words)
    canvas.rect(10, 10, 50, 50)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "binary data at byte"),
        ("a.txt", b"\xff\xd8\xff\xe0\x10JFIF\x81\xff", "true suffix"),
        ("a.docx", b"no zip", "no Word document"),
        ("a.docx", b"PK\x03\x04 damaged", "no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "password"),
        ("a.pdf", b"no pdf", "no PDF"),
        ("a.pdf", pdf(True, "x"), "password"),
        ("a.pdf", pdf(False, ""), "OCR"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.xyz", b"text", "formats that are read: .bmp"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no text"),
    ],
)
def test_bad_input_is_named_with_its_remedy(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.\w+: ") as caught:
        readers.read(written(tmp_path, name, data))
    assert says in str(caught.value)


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        readers.read(tmp_path / "gone.txt")


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_characters_are_read_like_simplified_ones_and_stored_as_they_stand(
    tmp_path: Path, encoding: str
) -> None:
    text = "全年新增就業4.75萬人,完成投資3.2億元。各級領導在「雙十」工程建設中有了很大進步,經濟工作為人民服務。\n"
    source = readers.read(written(tmp_path, "a.txt", text.encode(encoding)))
    assert (source.text, source.encoding) == (text, encoding)
    reading = layout.paragraphs(source)[0].text
    assert reading.startswith("全年新增就业4.75万人，完成投资3.2亿元。")
    assert "“双十”" in reading


BOX = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
 <w:r><w:t>全年接待游客30万人次。</w:t></w:r>
 <w:r><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>新建步道12公里。</w:t></w:r></w:p></w:txbxContent></mc:Choice>
  <mc:Fallback><w:txbxContent><w:p><w:r><w:t>新建步道12公里。</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
 </mc:AlternateContent></w:r></w:p>"""


def test_text_boxes_are_paragraphs_of_their_own_and_stand_once(tmp_path: Path) -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(BOX))
    document.save(str(tmp_path / "a.docx"))
    text = readers.read(tmp_path / "a.docx").text
    assert [line for line in text.splitlines() if line] == ["全年接待游客30万人次。", "新建步道12公里。"]
