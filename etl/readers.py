"""A file becomes a `SourceText`: decoded, or rendered to plain text with Markdown headings and pipe tables.

Text files keep every character: only a leading byte order mark goes, and `\\r\\n` and `\\r` become `\\n`, so that
offsets mean the same to everybody. Each format is one function in `READERS`; a `ReadError` always names a remedy.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import converters, ocr, spreadsheets
from etl.records import ReadError, SourceText

Rendered = tuple[str, str | None, str, tuple[str, ...]]  # media type, encoding, text, notes

MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # OLE compound file: .doc, .wps, and docx under a password
CONVERT = {
    ".ofd": "print it to .pdf from an OFD reader, or save its text as .txt",
    ".caj": "print it to .pdf from CAJViewer",
}


def read(path: Path) -> SourceText:
    """Read one file.

    Raises:
        ReadError: nothing can be read from it; the message names the file, the place and the remedy.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        remedy = CONVERT.get(suffix, f"formats that are read: {' '.join(sorted(READERS))}")
        raise ReadError(f"{path.name}: files of the kind {suffix or 'without a suffix'} are not read; {remedy}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.name}: cannot be opened ({error.strerror}); check its permissions at {path}") from error
    if not data.strip():
        raise ReadError(f"{path.name}: the file is empty; get it again from where it came")
    media_type, encoding, text, notes = reader(path, data)
    if not text.strip():
        raise ReadError(f"{path.name}: there is no text in the file; get it again from where it came")
    return SourceText(
        path.name, str(path), hashlib.sha256(data).hexdigest(), len(data), media_type, encoding, text, notes
    )


# --- Text


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Text and encoding: by byte order mark, else UTF-8, UTF-16 by its zero bytes, GB18030.

    Raises:
        ReadError: the bytes are no text in any of these.
    """
    for mark, marked in MARKS:
        if data.startswith(mark):
            return _decoded(name, data, marked), marked.removesuffix("-sig")
    encoding = _unmarked_encoding(data)
    text = _decoded(name, data, encoding)
    if found := CONTROL.search(text):
        place = len(text[: found.start()].encode(encoding))
        raise ReadError(
            f"{name}: binary data at byte {place}, not text; give the file its true suffix or save it as text"
        )
    return text, encoding


def _unmarked_encoding(data: bytes) -> str:
    """UTF-16 where digits and spaces put zero bytes on one side only; UTF-8 where it holds; else GB18030 or Big5."""
    if b"\0" in data and len(data) % 2 == 0:
        first, second = data[0::2].count(0), data[1::2].count(0)
        if second and not first:
            return "utf-16-le"
        if first and not second:
            return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "big5" if _commonness(data, "big5") > 2 * _commonness(data, "gb18030") else "gb18030"
    return "utf-8"


# Characters that make up a tenth of any report, in either script; wrong decodings hardly hit them.
COMMON = re.compile("[的一是在和有为中年大市人工作发展国经济建设發經濟設為國]")


def _commonness(data: bytes, encoding: str) -> float:
    """The share of common characters when read so; 0 where it cannot be read so."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    return len(COMMON.findall(text)) / max(1, len(text))


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: byte {error.start} is neither UTF-8 nor {encoding.upper()}; "
            "if it is a text, save it as UTF-8, else give the file its true suffix"
        ) from error


def _read_text(path: Path, data: bytes) -> Rendered:
    text, encoding = decode(path.name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "text/markdown" if path.suffix.lower() == ".md" else "text/plain", encoding, text, ()


# --- HTML

DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
UNREAD_TAGS = "script, style, noscript, nav, header, footer, aside, form, iframe, button, select, svg, template"
UNREAD_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|breadcrumb|crumb|footer|sidebar|share|bshare|copyright|pager|pagination|toolbar|recommend|"
    r"related|comment|advert|ads?|banner|qrcode|print|position|location)(?:$|[-_ ])",
    re.IGNORECASE,
)
MAIN = ("article", "main", "#UCAP-CONTENT", "#zoom", ".TRS_Editor", ".article-content", "#content", ".content")
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "body",
        "center",
        "figure",
        "figcaption",
    ]
)


def _read_html(path: Path, data: bytes) -> Rendered:
    from selectolax.lexbor import LexborHTMLParser

    declared = DECLARED.search(data[:4096])
    notes: tuple[str, ...] = ()
    try:
        text, encoding = decode(path.name, data)
    except ReadError:
        name = declared[1].decode("ascii") if declared else ""
        try:
            text, encoding = data.decode(name or "gb18030", "replace"), name or "gb18030"
        except LookupError as error:
            raise ReadError(f"{path.name}: its encoding {name} is unknown; save the page as UTF-8") from error
        notes = (f"{text.count(chr(0xFFFD))} characters could not be decoded",)
    tree = LexborHTMLParser(text)
    tree.strip_tags(UNREAD_TAGS.split(", "))
    body = tree.body
    if body is None:
        raise ReadError(f"{path.name}: no HTML body in the file; give it its true suffix")
    for node in body.css("[class], [id]"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if UNREAD_NAMES.search(names) and len(node.text() or "") < 0.3 * len(body.text() or ""):
            node.decompose()
    whole = len(body.text() or "")
    root = next((node for name in MAIN for node in body.css(name) if len(node.text() or "") > 0.5 * whole), body)
    headings = [node for node in body.css("h1") if node.text(strip=True)]
    lines: list[str] = []
    if root is not body and headings and not root.css("h1"):
        lines += [f"# {_one_line(headings[0].text())}", ""]
    _render_node(root, lines)
    return "text/html", encoding, _joined(lines), notes


def _render_node(node: Any, lines: list[str]) -> None:
    """Append the lines of an element; an open last line is continued by inline elements."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            words = re.sub(r"[ \t\r\n]+", " ", child.text(deep=False) or "")
            if words.strip() or (lines and lines[-1]):
                _append(lines, words)
        elif tag == "br":
            lines.append("")
        elif tag == "table" and len(child.css("td, th")) > 1 and len(child.css("table")) < 2:
            lines += ["", *_pipe_rows(_html_rows(child)), ""]
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            lines += ["", f"{'#' * int(tag[1])} {_one_line(child.text())}", ""]
        elif tag in BLOCKS:
            lines.append("")
            _render_node(child, lines)
            lines.append("")
        elif not tag.startswith(("_", "-")):
            _render_node(child, lines)


def _append(lines: list[str], words: str) -> None:
    if lines:
        lines[-1] += words
    else:
        lines.append(words)


def _html_rows(table: Any) -> Iterator[list[str]]:
    """Rows of cells; a cell that reaches over several columns or rows stands once and leaves empty cells."""
    hanging: Counter[int] = Counter()  # column → rows into which a cell from above still reaches
    for row in table.css("tr"):
        cells: list[str] = []
        for cell in (*row.css("td, th"), None):
            while hanging[len(cells)]:
                hanging[len(cells)] -= 1
                cells.append("")
            if cell is not None:
                width = _reach(cell, "colspan")
                hanging.update(dict.fromkeys(range(len(cells), len(cells) + width), _reach(cell, "rowspan") - 1))
                cells += [_one_line(cell.text()), *[""] * (width - 1)]
        yield cells


def _reach(cell: Any, attribute: str) -> int:
    """Columns or rows over which a cell reaches; pages may say anything."""
    said = cell.attributes.get(attribute) or ""
    return min(max(int(said), 1), 1000) if said.isdecimal() else 1


# --- Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
CHINESE_FORMATS = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCounting",
)


def _read_docx(path: Path, data: bytes) -> Rendered:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    if data.startswith(OLD_OFFICE):
        raise ReadError(
            f"{path.name}: under a password, or an old .doc renamed; save it as .docx without password in Word or WPS"
        )
    try:
        document = Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise ReadError(
            f"{path.name}: no Word document (no zip archive, or a damaged one); save it again in Word or WPS"
        ) from error
    numbering = _Numbering(document)
    lines: list[str] = []
    for element in document.element.body.iterchildren():
        if element.tag == f"{W}p":
            lines += _docx_paragraph(element, document, numbering)
            for inner in _text_box_paragraphs(element):
                lines += _docx_paragraph(inner, document, numbering)
        elif element.tag == f"{W}tbl":
            lines += ["", *_pipe_rows(_docx_rows(element)), ""]
        elif element.tag == f"{W}sdt":
            for inner in element.iter(f"{W}p"):
                lines += _docx_paragraph(inner, document, numbering)
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None, _joined(lines), ()


def _docx_paragraph(element: Any, document: Any, numbering: _Numbering) -> list[str]:
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(element, document)
    words = _docx_words(element).strip()
    if not words:
        return [""]
    style = paragraph.style.name if paragraph.style is not None else ""
    number = numbering.next(element, paragraph.style)
    if not re.match(re.escape(number), words):
        words = number + words
    heading = HEADING_STYLE.match(style or "")
    if heading:
        return ["", f"{'#' * min(int(heading[1]), 6)} {_one_line(words)}", ""]
    if style in ("Title", "标题") or _stands_out(paragraph):
        return ["", f"# {_one_line(words)}", ""]
    runs = [run for run in paragraph.runs if run.text.strip()]
    if runs and all(run.bold for run in runs) and len(words) <= 40:
        words = f"**{words}**"
    return ["", *words.split("\n"), ""]


def _stands_out(paragraph: Any) -> bool:
    """A centred line in large print, as titles are set that use no style."""
    sizes = [run.font.size.pt for run in paragraph.runs if run.text.strip() and run.font.size is not None]
    return paragraph.alignment == 1 and bool(sizes) and min(sizes) >= 18 and len(paragraph.text) <= 60


def _docx_words(element: Any) -> str:
    """The text of a paragraph with what was inserted and without what was deleted under change tracking."""
    words: list[str] = []
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if _is_in_text_box(node, element):
            continue
        if node.tag == f"{W}t":
            words.append(node.text or "")
        elif node.tag == f"{W}tab":
            words.append("" if node.getparent().tag == f"{W}tabs" else "\t")
        elif node.tag == f"{W}noBreakHyphen":
            words.append("-")
        elif node.get(f"{W}type") != "page":
            words.append("\n")
    return "".join(words)


def _text_box_paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs of the text boxes that hang on a paragraph; Word stores each box twice, once for old programs."""
    for box in element.iter(f"{W}txbxContent"):
        if not any(above.tag == FALLBACK for above in box.iterancestors()):
            yield from box.iterchildren(f"{W}p")


def _is_in_text_box(node: Any, element: Any) -> bool:
    for above in node.iterancestors():
        if above is element:
            return False
        if above.tag == f"{W}txbxContent":
            return True
    return False


def _docx_rows(table: Any) -> Iterator[list[str]]:
    """Rows of cells; a merged cell stands once and leaves empty cells."""
    for row in table.iterchildren(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            continued = merged is not None and merged.get(f"{W}val") != "restart"
            words = "" if continued else " ".join(_docx_words(inner) for inner in cell.iter(f"{W}p"))
            width = int(span.get(f"{W}val")) if span is not None else 1
            cells += [_one_line(words), *[""] * (width - 1)]
        yield cells


class _Numbering:
    """The automatic numbers of a document: 一、 and 1. that stand nowhere in its text."""

    def __init__(self, document: Any) -> None:
        self.formats: dict[str, dict[int, tuple[str, str, int]]] = {}  # list id → level → format, pattern, first
        self.counts: Counter[tuple[str, int]] = Counter()
        try:
            part = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        kinds = {
            kind.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl")): (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1")),
                )
                for level in kind.iterchildren(f"{W}lvl")
            }
            for kind in part.iterchildren(f"{W}abstractNum")
        }
        for item in part.iterchildren(f"{W}num"):
            self.formats[item.get(f"{W}numId")] = kinds.get(_value(item, "abstractNumId", ""), {})

    def next(self, element: Any, style: Any) -> str:
        """The number of a paragraph, empty for one without; counts it."""
        properties = element.find(f"{W}pPr/{W}numPr")
        if properties is None and style is not None:
            properties = style.element.find(f"{W}pPr/{W}numPr")
        if properties is None:
            return ""
        name, level = _value(properties, "numId", "0"), int(_value(properties, "ilvl", "0"))
        levels = self.formats.get(name, {})
        if level not in levels or levels[level][0] in ("bullet", "none"):
            return ""
        self.counts[name, level] += 1
        for deeper in range(level + 1, 9):
            self.counts[name, deeper] = 0

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            kind, _, first = levels.get(at, ("decimal", "", 1))
            count = max(self.counts[name, at], 1) + first - 1
            return _chinese(count) if kind in CHINESE_FORMATS else str(count)

        return re.sub(r"%([1-9])", number, levels[level][1])


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(f"{W}{name}")
    value = found.get(f"{W}val") if found is not None else None
    return value if value is not None else default


def _chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


# --- PDF


@dataclass(frozen=True, slots=True)
class _PdfLine:
    """One printed line: its text, edges and print size in points, and the right margin of its page."""

    words: str
    left: float
    right: float
    size: float
    margin_left: float
    margin_right: float
    is_table: bool = False


def _read_pdf(path: Path, data: bytes) -> Rendered:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = [_pdf_lines(page) for page in document.pages]
    except (PdfminerException, PDFPasswordIncorrect) as error:
        if isinstance(error, PDFPasswordIncorrect) or "PasswordIncorrect" in repr(error):
            raise ReadError(f"{path.name}: under a password; save a copy without password") from error
        raise ReadError(
            f"{path.name}: no PDF, or a damaged one; open it in a PDF reader and print it to PDF again"
        ) from error
    if not any(pages):
        return _scanned("application/pdf", ocr.pdf_pages(path.name, data))
    empty = sum(not page for page in pages)
    notes = (f"{empty} of {len(pages)} pages have no text layer",) if empty else ()
    return "application/pdf", None, _joined(_pdf_paragraphs(_without_running_heads(pages))), notes


def _scanned(media_type: str, pages: list[list[ocr.Line]]) -> Rendered:
    """Lines that were read from pictures of pages, joined to paragraphs like those of a text layer."""
    placed = [
        [
            _PdfLine(
                line.words,
                line.left,
                line.right,
                round(size, 1),
                min(other.left for other in page),
                max(other.right for other in page),
            )
            for line, size in zip(page, ocr.print_sizes(page), strict=True)
        ]
        for page in pages
    ]
    notes = (f"{ocr.NOTE}, mean certainty {ocr.certainty(pages)}",)
    return media_type, None, _joined(_pdf_paragraphs(_without_running_heads(placed))), notes


def _read_image(path: Path, data: bytes) -> Rendered:
    return _scanned("image", ocr.image_pages(path.name, data))


def _pdf_lines(page: Any) -> list[_PdfLine]:
    """The lines of a page from the top, ruled tables as pipe rows."""
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]

    def outside(item: dict[str, Any]) -> bool:
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    printed = page.filter(lambda item: item["object_type"] != "char" or outside(item)).extract_text_lines(
        return_chars=True
    )
    left = min((line["x0"] for line in printed), default=0.0)
    right = max((line["x1"] for line in printed), default=0.0)
    placed: list[tuple[float, list[_PdfLine]]] = [
        (
            line["top"],
            [_PdfLine(line["text"], line["x0"], line["x1"], _print_size(line["chars"]), left, right)],
        )
        for line in printed
    ]
    for table in tables:
        rows = _pipe_rows([_one_line(cell or "") for cell in row] for row in table.extract())
        placed.append((table.bbox[1], [_PdfLine(row, left, right, 0.0, left, right, True) for row in rows]))
    return [line for _, lines in sorted(placed, key=lambda item: item[0]) for line in lines]


def _print_size(chars: list[dict[str, Any]]) -> float:
    return float(Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]) if chars else 0.0


def _without_running_heads(pages: list[list[_PdfLine]]) -> list[_PdfLine]:
    """All lines without page numbers and without first and last lines that most pages repeat."""

    def key(line: _PdfLine) -> str:
        return re.sub(r"[0-9\s]+", "#", line.words)

    edges = Counter(key(line) for page in pages for line in {*page[:1], *page[-1:]} if not line.is_table)
    repeated = {words for words, count in edges.items() if count >= max(2, 0.5 * len(pages))}
    kept: list[_PdfLine] = []
    for page in pages:
        while page and (key(page[0]) in repeated or _is_page_number(page[0])):
            page = page[1:]
        while page and (key(page[-1]) in repeated or _is_page_number(page[-1])):
            page = page[:-1]
        kept += page
    return kept


def _is_page_number(line: _PdfLine) -> bool:
    return re.fullmatch(r"[-—–·\s第]*[0-9]{1,4}[-—–·\s页]*(?:[/共\s]*[0-9]+\s*页?)?", line.words) is not None


def _pdf_paragraphs(lines: list[_PdfLine]) -> list[str]:
    """Lines joined to paragraphs: one that reaches the right margin goes on, unless the next is indented or larger."""
    body = Counter(line.size for line in lines for _ in range(len(line.words)) if not line.is_table).most_common(1)
    size = body[0][0] if body else 0.0
    made: list[str] = []
    above: _PdfLine | None = None
    for line in lines:
        if above is not None and _goes_on(above, line, size):
            made[-1] += ("" if _is_wide(above.words[-1:]) or _is_wide(line.words[:1]) else " ") + line.words.strip()
        elif line.is_table:
            made += [line.words] if above is not None and above.is_table else ["", line.words]
        elif line.size >= 1.15 * size and len(line.words) <= 60:
            made += ["", f"{'#' if line.size >= 1.4 * size else '##'} {line.words.strip()}"]
        else:
            made += ["", line.words.strip()]
        above = line
    return made


def _goes_on(above: _PdfLine, line: _PdfLine, size: float) -> bool:
    if above.is_table or line.is_table or abs(above.size - line.size) > 0.5:
        return False
    if above.size >= 1.15 * size:  # a title in two lines
        return False
    return above.right >= above.margin_right - 2.2 * size and line.left <= line.margin_left + 1.2 * size


def _is_wide(character: str) -> bool:
    return character > "\u2e80"


# --- Spreadsheets, and what a converter makes readable


def _read_workbook(path: Path, data: bytes) -> Rendered:
    text, notes = spreadsheets.workbook(path.name, data)
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None, text, notes


def _read_csv(path: Path, data: bytes) -> Rendered:
    text, encoding = decode(path.name, data)
    return "text/csv", encoding, spreadsheets.separated(text), ()


def _read_converted(path: Path, data: bytes) -> Rendered:
    made = converters.convert(path)
    media_type, encoding, text, notes = READERS[made.suffix](path, made.data)
    return media_type, encoding, text, (*notes, f"converted by {made.tool}")


# --- Common


def _pipe_rows(rows: Iterable[list[str]]) -> list[str]:
    return [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows if any(row)]


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _joined(lines: Iterable[str]) -> str:
    """Lines put together, runs of empty lines made one, ends stripped."""
    text = "\n".join(line.rstrip() if line.startswith("|") else line.strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


READERS: dict[str, Callable[[Path, bytes], Rendered]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".csv": _read_csv,
    **dict.fromkeys(converters.INTO, _read_converted),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"), _read_image),
}
