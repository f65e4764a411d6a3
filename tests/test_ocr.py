"""Pictures of pages: what is said without the extra, the order of lines, and how facts are trusted."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from etl import ocr, pipeline, readers
from etl.records import ReadError

PAGE = Path(__file__).parent / "reports" / "formats" / "page.png"


def scan() -> bytes:
    """A PDF of one page that is a picture."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 432))
    canvas.drawImage(ImageReader(str(PAGE)), 0, 0, 595, 432)
    canvas.save()
    return buffer.getvalue()


def engine_that_reads(*lines: tuple[str, int, int]):
    """An engine that finds these lines, each at a left and a top; a full character has 30 by 30 pixels."""

    def read(picture: object) -> SimpleNamespace:
        ends = [left + sum(30 if c > "\u2e80" else 15 for c in words) for words, left, _ in lines]
        edges = [(left, end, top) for (_, left, top), end in zip(lines, ends, strict=True)]
        boxes = [((left, top), (end, top), (end, top + 30), (left, top + 30)) for left, end, top in edges]
        return SimpleNamespace(boxes=boxes, txts=[line[0] for line in lines], scores=[0.98] * len(lines))

    return read


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch):
    def install(found: object) -> None:
        monkeypatch.setattr(ocr, "_engine", lambda: found)

    return install


@pytest.mark.parametrize("name", ["a.pdf", "a.png"])
def test_without_the_extra_the_message_says_how_to_get_it(engine, tmp_path: Path, name: str) -> None:
    engine(None)
    (tmp_path / name).write_bytes(scan() if name == "a.pdf" else PAGE.read_bytes())
    with pytest.raises(ReadError, match=r'^a\.\w+: .*; .*pip install "kb-reports\[ocr\]"'):
        readers.read(tmp_path / name)


def test_no_picture(engine, tmp_path: Path) -> None:
    engine(engine_that_reads())
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(ReadError, match="no picture"):
        readers.read(tmp_path / "a.jpg")


def test_lines_become_paragraphs_in_reading_order(engine, tmp_path: Path) -> None:
    engine(
        engine_that_reads(
            ("今年新增就业1250人，", 160, 103),
            ("增长8.6%。", 100, 160),
            ("工作总结", 200, 20),
            ("指标", 100, 220),
            ("1250", 300, 222),
            ("第二段从这里开始。", 160, 280),
        )
    )
    (tmp_path / "a.pdf").write_bytes(scan())
    source = readers.read(tmp_path / "a.pdf")
    assert source.text.split("\n\n") == [
        "工作总结",
        "今年新增就业1250人，增长8.6%。",
        "指标  1250",
        "第二段从这里开始。\n",
    ]
    assert source.notes == ("read by OCR, mean certainty 0.98",)


def test_facts_from_pictures_are_trusted_less(engine, tmp_path: Path) -> None:
    engine(engine_that_reads(("2023年，全市新增就业1250人。", 100, 100)))
    (tmp_path / "a.png").write_bytes(PAGE.read_bytes())
    (tmp_path / "a.txt").write_text("2023年，全市新增就业1250人。", "utf-8")

    def confidence(name: str) -> float:
        (report,) = pipeline.read_file(tmp_path / name).reports
        (observation,) = report.observations
        return observation.confidence

    assert 0 < confidence("a.png") < confidence("a.txt")


def test_a_real_page() -> None:
    pytest.importorskip("rapidocr", reason="the extra [ocr] is not installed")
    (lines,) = ocr.image_pages(PAGE.name, PAGE.read_bytes())
    text = "".join(line.words for line in lines)
    assert "新增残疾人就业1250人" in text
    assert "覆盖率达到92.5%" in text
