"""Builds the sample files and their golden facts from the marked sources: `python tests/reports/build.py`.

A marked source (`marked/*.mark`) is a text in which every fact is marked where it stands, so that text and golden fact
cannot drift apart. README.md describes the marks. One source gives one or more files of the same text and one
`<stem>.golden.json`.
"""

from __future__ import annotations

import calendar
import html
import io
import json
import re
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MEASURES = {"g": "growth", "c": "change", "n": "change", "p": "pp", "s": "share", "r": "rank", "k": "completion"}
MEASURES |= {"m": "multiple", "l": "level", "N": "level"}
STATUSES = {"t": "target", "a": "actual"}
BOUNDS = {"~": "approx", ">": "above", "<": "below"}
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
GREAT = {"万": 10**4, "亿": 10**8}
TIME_WORDS = re.compile(
    r"[\dx]+年|[\dx]+月|今年|去年|本年|全年|年初|年末|年底|上半年|季度|期间|年来|去冬|明年|目前|“十.五”"
)
FULL_TO_HALF = dict(zip("，：；！？（）", ",:;!?()", strict=True))
DOCUMENT_NUMBER = r"[\u4e00-\u9fffx]{1,8}〔[\dx]{4}〕[\dx]+号"
PAGE_BREAK = "⏎"


@dataclass
class Block:
    """A report, or text that belongs to none (cover, contents, advertisement)."""

    is_report: bool
    head: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


@dataclass
class Paragraph:
    text: str
    level: int = 0  # of headings: 1 is the title
    facts: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)
    opens_block: bool = False


def number(text: str) -> Decimal:
    """The value of a number as printed: 1.2万, 1,200, 三百二十, 两万, 740多万, 一千二百万."""
    text = re.sub(r"[\s,，多余⏎]", "", text)
    match = re.fullmatch(r"([\d.]+)([十百千万亿]*)", text)
    if match:
        value = Decimal(match[1])
        for sign in match[2]:
            value *= (SMALL | GREAT)[sign]
        return value
    if text == "半":
        return Decimal("0.5")
    if "点" in text:
        whole, fraction = text.split("点")
        return number(whole) + Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in SMALL:
            section += (digit or 1) * SMALL[sign]
            digit = 0
        else:
            total = (total + section + digit) * GREAT[sign]
            section = digit = 0
    return Decimal(total + section + digit)


def period(text: str) -> dict[str, str] | None:
    """2021, 2021-06, 2021-06-30 (a moment), 2021H1, 2021Q3, A..B, - (none)."""
    if text == "-":
        return None
    if ".." in text:
        first, last = (period(part) for part in text.split(".."))
        assert first
        assert last
        return {"start": first["start"], "end": last["end"]}
    if match := re.fullmatch(r"(\d{4})([HQ])(\d)", text):
        months = {"H": 6, "Q": 3}[match[2]]
        end = int(match[3]) * months
        return span(int(match[1]), end - months + 1, end)
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return span(parts[0], 1, 12)
    if len(parts) == 2:
        return span(parts[0], parts[1], parts[1])
    return {"start": date(*parts).isoformat(), "end": date(*parts).isoformat()}


def span(year: int, first: int, last: int) -> dict[str, str]:
    end = date(year, last, calendar.monthrange(year, last)[1])
    return {"start": date(year, first, 1).isoformat(), "end": end.isoformat()}


def parse(text: str) -> tuple[dict[str, str], list[Block]]:
    """The head of a marked source and its blocks."""
    blocks: list[Block] = []
    head: dict[str, str] = {}
    in_head = True
    for line in text.splitlines():
        if line in ("@@ report", "@@ outside"):
            blocks.append(Block(line == "@@ report"))
            in_head = line == "@@ report"
        elif in_head and line == "--":
            in_head = False
        elif in_head and line.strip():
            key, _, value = line.partition(":")
            (blocks[-1].head if blocks else head)[key.strip()] = value.strip()
        elif not in_head and line.strip():
            blocks[-1].lines.append(line)
    return head, blocks


def read_block(block: Block) -> list[Paragraph]:
    """Its paragraphs with the marks taken out, each fact with its place in the paragraph's text."""
    defaults: list[str] = []
    last_indicator = ""
    paragraphs = []
    for line in block.lines:
        if line.startswith("%default"):
            defaults = line.split()[1:]
            continue
        marks = re.match(r"#+ ", line)
        paragraph = Paragraph("", len(marks[0]) - 1 if marks else 0)
        position = marks.end() if marks else 0
        for mark in re.finditer(r"\{([^{}]*)\}", line):
            paragraph.text += line[position : mark.start()]
            value_text, unit_text, indicator, *options = mark[1].split("|")
            last_indicator = last_indicator if indicator == '"' else indicator
            fact = read_fact(value_text, unit_text, last_indicator, defaults, (options or [""])[0].split(), block.head)
            start = len(paragraph.text)
            paragraph.text += value_text + unit_text
            paragraph.facts.append((start, start + len(value_text), fact))
            position = mark.end()
        paragraph.text += line[position:]
        paragraphs.append(paragraph)
    paragraphs[0].opens_block = True
    return paragraphs


def read_fact(
    value_text: str, unit_text: str, indicator: str, defaults: list[str], options: list[str], head: dict[str, str]
) -> dict[str, Any]:
    """One golden fact without its quote. Options are described in README.md."""
    unit = re.sub(r"^[多余]|\s|⏎", "", unit_text)
    name, *others = indicator.split("/")
    fact: dict[str, Any] = {"value": None, "unit": unit, "measure": "level", "status": "actual", "bound": "exact"}
    fact |= {"indicator": name, "indicator_alt": others, "period": period(head["period"])}
    org, *org_alt = head["org"].split("/") if head.get("org") else [None]
    fact |= {"org": org, "org_alt": org_alt, "redacted": bool(re.search("[xX]", value_text))}
    if re.match("[多余]", unit_text) or re.search("[多余]", value_text):
        fact["bound"] = "above"
    sign, given = 1, None
    for option in [*defaults, *options]:
        if option[0] in MEASURES and re.fullmatch(r"-?(/[a-z])*", option[1:]):
            fact["measure"] = MEASURES[option[0]]
            sign = -1 if option[1:].startswith("-") else 1
            if "/" in option:
                fact["measure_alt"] = [MEASURES[other] for other in option.split("/")[1:]]
            if option in "nN":
                fact["measure_alt"] = ["level", "change"]
        elif option in STATUSES:
            fact["status"] = STATUSES[option]
        elif option == "t/a":
            fact |= {"status": "target", "status_alt": ["actual"]}
        elif option in BOUNDS:
            fact["bound"] = BOUNDS[option]
        elif option == "e":  # a stock at the end of the period
            whole = fact["period"]
            fact["period"] = {"start": whole["end"], "end": whole["end"]}
            fact["period_alt"] = [whole]
        elif option == "?":
            fact["optional"] = True
        elif option[0] == "@":
            fact["period"], *alternatives = (period(part) for part in option[1:].split("/"))
            fact.pop("period_alt", None)
            if alternatives:
                fact["period_alt"] = alternatives
        elif option[0] == "#":
            fact["org"], *fact["org_alt"] = [None if part == "-" else part for part in option[1:].split("/")]
        elif option[0] == "^":
            fact["from_value"] = plain(number(option[1:]))
        elif option.startswith("unit:"):
            fact["unit"] = option[5:]
        elif option[0] == "=":
            given = Decimal(option[1:])
        else:
            raise ValueError(f"unknown option {option} of {value_text}{unit_text}")
    if fact["measure"] == "rank" and fact["bound"] == "below":  # 前三: some read it as a plain rank
        fact["bound_alt"] = ["exact"]
    if not fact["redacted"]:
        values = [given] if given is not None else read_range(value_text)
        fact["value"] = plain(sign * values[0])
        if len(values) > 1:
            fact["value_high"] = plain(sign * values[1])
    return {"value_text": value_text} | fact


def read_range(text: str) -> list[Decimal]:
    """One value, or the two of a range: 5-6亿, 700万至800万."""
    parts = re.split(r"[-—~～至到]+", text)
    magnitude = re.search(r"[万亿]*$", parts[-1])
    assert magnitude
    return [number(part if re.search(r"[万亿]$", part) else part + magnitude[0]) for part in parts]


def plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def noisy(paragraphs: list[Paragraph], noise: str) -> None:
    """Spoils the paragraphs in place as real files are spoilt.

    halfwidth: comma, colon and the like; noquotes: marks lost; spaces: round digits, in every other paragraph;
    breaks: every third long paragraph cut in two by a page break at its middle, be it in a word or a number;
    gap: an empty line more before each report.
    """
    for index, paragraph in enumerate(paragraphs):
        pieces = list(paragraph.text)
        middle = len(pieces) // 2
        if "breaks" in noise and index % 3 == 0 and len(pieces) > 140 and pieces[middle - 1] not in "。；":
            pieces[middle] = PAGE_BREAK + pieces[middle]
        for i, char in enumerate(paragraph.text):
            if "halfwidth" in noise:
                pieces[i] = pieces[i].replace(char, FULL_TO_HALF.get(char, char))
            if "noquotes" in noise:
                pieces[i] = re.sub("[“”]", "", pieces[i])
            pieces[i] = pieces[i].replace(PAGE_BREAK, "\n\n")
        if "gap" in noise and paragraph.opens_block and index:
            pieces[0] = "\n" + pieces[0]
        if "spaces" in noise and index % 2 == 0:
            for i in range(1, len(pieces)):
                if re.fullmatch(r"[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]", paragraph.text[i - 1 : i + 1]):
                    pieces[i] = " " + pieces[i]
        starts = [0]
        for piece in pieces:
            starts.append(starts[-1] + len(piece))
        text = "".join(pieces)
        moved = []
        for start, end, fact in paragraph.facts:
            low, high = starts[start], starts[end]
            low += len(text[low:high]) - len(text[low:high].lstrip())
            moved.append((low, high, fact | {"value_text": text[low:high]}))
        paragraph.text, paragraph.facts = text, moved


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def quoted(paragraph: Paragraph, start: int, end: int, fact: dict[str, Any], whole: str) -> dict[str, Any]:
    """The fact with the shortest run of clauses round it that stands once in the file."""
    text = paragraph.text
    low = max([text.rfind(mark, 0, start) + 1 for mark in "。；，：,;:"])
    high = min([i for i in (text.find(mark, end) for mark in "。；，：,;:\n") if i >= 0] or [len(text)])
    while whole.count(squeeze(text[low:high])) > 1:
        if low > 0:
            low = max([text.rfind(mark, 0, low - 1) + 1 for mark in "。；，：,;:"])
        elif high < len(text):
            high = min(high + 6, len(text))
        else:
            raise ValueError(f"no unique quote for {text[:30]} {fact['value_text']}")
    low += len(text[low:high]) - len(text[low:high].lstrip())
    quote = text[low:high].rstrip()
    positions = [m.start() for m in re.finditer(re.escape(fact["value_text"]), quote)]
    if len(positions) > 1:
        fact["nth"] = positions.index(start - low) + 1
    sentence_start = max(text.rfind(mark, 0, start) for mark in "。；;") + 1
    ends = [i for i in (text.find(mark, end) for mark in "。；;") if i >= 0]
    fact["period_explicit"] = bool(TIME_WORDS.search(text[sentence_start : min(ends, default=len(text))]))
    return {"quote": quote} | fact


def mentions(text: str, region: str | None = None) -> list[dict[str, Any]]:
    """The organizations (with the report's region) or initiatives of a report's head, `;` between them.

    `surface=canonical:type:region:alt/alt` and `surface=canonical:kind:alt/alt`; without `=` the surface is the name.
    A type or kind that ends with `?` is borderline.
    """
    found = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        surface, _, rest = entry.partition("=")
        if not rest:
            surface, _, rest = entry.partition(":")
            rest = f"{surface}:{rest}"
        canonical, sort, *more = rest.split(":")
        mention: dict[str, Any] = {"surface": surface, "canonical": re.sub("[“”]", "", canonical)}
        mention["kind" if region is None else "type"] = sort.rstrip("?")
        if region is not None:
            mention["region"] = (more.pop(0) if more else "") or region
        mention["alt"] = more[0].split("/") if more else []
        if sort.endswith("?"):
            mention["optional"] = True
        found.append(mention)
    return found


def golden_report(block: Block, paragraphs: list[Paragraph], whole: str) -> dict[str, Any]:
    head = block.head
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    looks_back = period(head["period"])
    policies = []
    for match in re.finditer(rf"(《[^《》]+》)(?:[（(]({DOCUMENT_NUMBER})[）)])?|{DOCUMENT_NUMBER}", text):
        surface = match[1] or match[0]
        if surface not in head.get("no policies", "") and surface not in [p["surface"] for p in policies]:
            policies.append({"surface": surface, "number": match[2] if match[1] else match[0]})
    organizations = mentions(head.get("orgs", ""), head.get("region", ""))
    initiatives = mentions(head.get("initiatives", ""))
    for mention in [*organizations, *initiatives]:
        if squeeze(re.sub("[“”]", "", mention["surface"])) not in squeeze(re.sub("[“”]", "", text)):
            raise ValueError(f"{mention['surface']} is not in {head.get('title')}")
        if squeeze(mention["surface"]) not in squeeze(text):
            mention["surface"] = re.sub("[“”]", "", mention["surface"])
    return {
        "title": head.get("title") or None,
        "kind": head["kind"],
        "issuer": (head.get("issuer") or "").split("/")[0] or None,
        "issuer_alt": (head.get("issuer") or "").split("/")[1:],
        "issuer_type": head.get("issuer_type") or None,
        "issuer_masked": "masked" in head,
        "region": head.get("region") or None,
        "region_code": head.get("region_code") or None,
        "date": head.get("date") or None,
        "period_start": looks_back and looks_back["start"],
        "period_end": looks_back and looks_back["end"],
        "start": squeeze(paragraphs[0].text if len(paragraphs[0].text) > 8 else text)[:16],
        "observations": [
            quoted(paragraph, start, end, fact, whole)
            for paragraph in paragraphs
            for start, end, fact in paragraph.facts
        ],
        "organizations": organizations,
        "initiatives": initiatives,
        "policies": policies,
    }


def as_text(paragraphs: list[Paragraph], indent: str = "") -> str:
    return "\n\n".join((indent if not p.level else "") + p.text for p in paragraphs) + "\n"


def as_markdown(paragraphs: list[Paragraph]) -> str:
    """Headings as converters write them: some bold inside, and the third of a level one level too low."""
    lines, count = [], 0
    for paragraph in paragraphs:
        if paragraph.level > 1:
            count += 1
            depth = paragraph.level + (1 if count % 3 == 0 else 0)
            lines.append(f"{'#' * depth} **{paragraph.text}**")
        else:
            lines.append(("# " if paragraph.level else "") + paragraph.text)
    return "\n\n".join(lines) + "\n"


def as_html(paragraphs: list[Paragraph], site: str) -> str:
    """A saved web page with navigation, position, share bar, related links and footer."""
    body = []
    for paragraph in paragraphs:
        tag = f"h{paragraph.level}" if paragraph.level else "p"
        body += [f"<{tag}>{html.escape(part)}</{tag}>" for part in paragraph.text.split("\n\n")]
    title = paragraphs[0].text
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_{site}</title>
<style>p {{ text-indent: 2em }}</style><script>var visits = 20731; document.title += "";</script></head>
<body>
<div class="header"><a href="/">首页</a> <a href="/xwzx/">新闻中心</a> <a href="/zwgk/">政务公开</a>
<a href="/hdjl/">互动交流</a></div>
<nav class="breadcrumb">当前位置：首页 &gt; 政务公开 &gt; 工作报告</nav>
<div class="info">来源：本站&nbsp;&nbsp;浏览次数：<span id="hits">1 286</span>&nbsp;&nbsp;字号：【大 中 小】</div>
<div class="article" id="zoom">
{chr(10).join(body)}
</div>
<div class="share">分享到：<a>微信</a> <a>微博</a> <a>QQ空间</a> <a>打印本页</a> <a>关闭窗口</a></div>
<div class="related"><h4>相关链接</h4><ul>
<li><a href="/1.html">图解政府工作报告</a></li>
<li><a href="/2.html">往年报告</a></li>
</ul></div>
<div class="footer">版权所有：{site}　主办单位：{site}　网站标识码：0000000000　技术支持电话：0000-12345678</div>
</body></html>
"""


def as_docx(paragraphs: list[Paragraph]) -> bytes:
    import docx

    document = docx.Document()
    rows: list[list[str]] = []
    for paragraph in [*paragraphs, Paragraph("")]:
        if paragraph.text.startswith("|"):
            rows.append([cell.strip() for cell in paragraph.text.strip("|").split("|")])
            continue
        if rows:
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            table.style = "Table Grid"
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            rows = []
        for part in filter(None, paragraph.text.split("\n\n")):
            document.add_heading(part, paragraph.level) if paragraph.level else document.add_paragraph(part)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_time(buffer.getvalue())


def same_time(data: bytes) -> bytes:
    """The same zip with every time stamp set to 1980, so that building again changes nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def as_pdf(paragraphs: list[Paragraph], header: str) -> bytes:
    """Pages with a running head and page numbers; the font is one of those every PDF reader has."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph as Flowable
    from reportlab.platypus import SimpleDocTemplate

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))

    def frame(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(72, A5[1] - 45, header)
        canvas.drawCentredString(A5[0] / 2, 40, f"— {document.page} —")

    flow = []
    for paragraph in paragraphs:
        size = {0: 10.5, 1: 16, 2: 13}.get(paragraph.level, 11.5)
        style = ParagraphStyle(
            "p", fontName=font, fontSize=size, leading=size * 1.6, wordWrap="CJK", spaceAfter=4,
            firstLineIndent=0 if paragraph.level else 21, alignment=1 if paragraph.level == 1 else 0,
        )  # fmt: skip
        flow += [Flowable(html.escape(part), style) for part in paragraph.text.split("\n\n")]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A5, invariant=1, title=header).build(flow, onFirstPage=frame, onLaterPages=frame)
    return buffer.getvalue()


def render(kind: str, paragraphs: list[Paragraph], head: dict[str, str]) -> tuple[str, bytes]:
    """Ending of the file's name, and its bytes."""
    text = as_text(paragraphs, "　　" if "indent" in head.get("noise", "") else "")
    if kind == "md":
        return ".md", as_markdown(paragraphs).encode()
    if kind == "html":
        return ".html", as_html(paragraphs, head.get("site", "市人民政府门户网站")).encode()
    if kind == "docx":
        return ".docx", as_docx(paragraphs)
    if kind == "pdf":
        return ".pdf", as_pdf(paragraphs, head.get("header", paragraphs[0].text))
    if kind == "gb18030":
        return ".gb18030.txt" if "txt" in head["formats"].split() else ".txt", text.encode("gb18030")
    if kind == "utf-16":
        return ".txt", text.replace("\n", "\r\n").encode("utf-16")
    return ".txt", text.encode()


def build(source: Path, target: Path) -> list[str]:
    """Writes the files and the golden facts of one marked source; their names."""
    head, blocks = parse(source.read_text("utf-8"))
    parts = [read_block(block) for block in blocks]
    flat = [paragraph for part in parts for paragraph in part]
    noisy(flat, head.get("noise", ""))
    whole = squeeze("\n".join(paragraph.text for paragraph in flat))
    names = []
    for kind in head["formats"].split():
        ending, data = render(kind, flat, head)
        names.append(source.stem + ending)
        (target / names[-1]).write_bytes(data)
    reports = [golden_report(b, part, whole) for b, part in zip(blocks, parts, strict=True) if b.is_report]
    golden = {"files": list(names), "reports": reports}
    names.append(f"{source.stem}.golden.json")
    (target / names[-1]).write_text(as_json(golden), "utf-8")
    return names


LISTS = ("observations", "organizations", "initiatives", "policies")


def in_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_json(golden: dict[str, Any]) -> str:
    """One fact a line, for reading and for diffs."""
    lines = ["{", f' "files": {json.dumps(golden["files"])},', ' "reports": [']
    for report in golden["reports"]:
        scalars = [f"   {json.dumps(key)}: {in_json(value)}" for key, value in report.items() if key not in LISTS]
        lists = []
        for key, value in report.items():
            if key in LISTS:
                items = ",\n".join("    " + in_json(item) for item in value)
                lists.append(f'   "{key}": [\n{items}\n   ]' if items else f'   "{key}": []')
        lines.append("  {\n" + ",\n".join(scalars + lists) + "\n  },")
    lines[-1] = lines[-1].rstrip(",")
    return "\n".join([*lines, " ]", "}"]) + "\n"


def main() -> int:
    total = 0
    (HERE / "files").mkdir(exist_ok=True)
    for source in sorted((HERE / "marked").glob("*.mark")):
        try:
            names = build(source, HERE / "files")
        except (ValueError, KeyError, AssertionError) as error:
            print(f"{source.name}: {type(error).__name__} {error}", file=sys.stderr)
            return 1
        golden = json.loads((HERE / "files" / names[-1]).read_text("utf-8"))
        facts = sum(len(report["observations"]) for report in golden["reports"])
        total += facts
        print(f"{source.stem}: {len(golden['reports'])} reports, {facts} facts, {', '.join(names[:-1])}")
    print(f"{total} facts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
