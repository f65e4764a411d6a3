"""A source becomes paragraphs repaired for reading; every character of the reading knows its place in the source.

The work goes in two steps. `unified` replaces single characters by their equivalents and keeps every offset. Then lines
are sorted into kinds, joined where a page break cut a sentence, and the characters that only lay the text out (spaces
beside Chinese, Markdown and HTML marks, line ends) are left out of the reading.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from etl import vocabulary
from etl.records import Paragraph, ParagraphKind, SourceText

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
FULL = (
    "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7\u2500\u3001-\u3004\u3008-\u301f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
CHINESE = HAN + FULL + "㎡℃①-⑳"
SPACE = " \\t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff"
SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
CLOSING = "。！？；：…!?;:"
NUMERALS = "一二三四五六七八九十百"
NOTHING = "\0"  # stands for a character that a longer spelling of another leaves over, and is left out of the reading


def _equivalents() -> dict[int, int]:
    """Characters with one reading whatever stands beside them: 12．8％ → 12.8%, 億 → 亿, Kangxi radicals."""
    pairs = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    pairs |= {ord(full): ord(half) for full, half in zip("％．－＋／＝＃＆＊＠", "%.-+/=#&*@", strict=True)}
    pairs |= {ord(half): ord(full) for half, full in zip("｡｢｣､", "。「」、", strict=True)}
    pairs |= {ord(traditional): ord(simplified) for traditional, simplified in vocabulary.traditional().items()}
    pairs |= {ord(corner): ord(curly) for corner, curly in zip("「」『』", "“”‘’", strict=True)}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1:
            pairs[code] = ord(folded)
    return pairs


EQUIVALENTS = _equivalents()
TO_FULL = str.maketrans(",:;!?()", "，：；！？（）")
ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});")
LOST_DIGITS = re.compile(r"\$1\.\$2")
LOST_LINE_END = re.compile("(?<=[。！？])\u3000(?=\u3000+[^\\s])")  # …。　　二、…: an indent in mid-line
STRAIGHT_QUOTES = re.compile(rf"\"([^\"\n]{{0,60}}[{HAN}][^\"\n]{{0,60}})\"")
BRACKETS = re.compile(
    rf"(?<=[{CHINESE}])\([^()\n]*\)|\([^()\n]*[{HAN}][^()\n]*\)|\([^()\n]*\)(?=[{SPACE}]*[{CHINESE}])"
)
HALF = re.compile(
    rf"(?<=[{CHINESE}])[,:;!?()]|[,:;!?()](?=[{SPACE}\"]*[{CHINESE}])"
    rf"|(?<=[0-9])[,;](?=[0-9]{{1,2}}(?![0-9])|[0-9]{{4}})|(?<=[%\w)])[,;:](?=\n)|(?<=[%)）])[,;]"
)
THOUSANDS = re.compile(r"(?<![0-9，,.])[0-9]{1,3}(?:[，,][0-9]{3})+(?![0-9])")
MIDDLE_POINT = re.compile(r"(?<=[0-9])[·•・﹒](?=[0-9]{1,2}(?:%|‰|亿|万|倍|个百分点))")
ZERO = re.compile("(?<=[一二三四五六七八九〇○◯])[○◯O0〇](?=[一二三四五六七八九十〇○◯O0年])")


def unified(text: str) -> str:
    """The text with single characters replaced by their equivalents; its length stays.

    An HTML entity becomes its character and fillers; `$1.$2`, where a failed conversion lost the digits round a decimal
    point, becomes a masked figure.
    """
    text = text.translate(EQUIVALENTS)
    if "&" in text:
        text = ENTITY.sub(_entity, text)
    if "$1.$2" in text:
        text = LOST_DIGITS.sub(f"x.x{NOTHING * 2}", text)
    text = LOST_LINE_END.sub("\n", text)
    if '"' in text:
        text = STRAIGHT_QUOTES.sub(r"“\1”", text)
    text = MIDDLE_POINT.sub(".", text)
    text = ZERO.sub("〇", text)
    text = BRACKETS.sub(lambda match: f"（{match[0][1:-1]}）", text)
    text = HALF.sub(lambda match: match[0].translate(TO_FULL), text)
    return THOUSANDS.sub(lambda match: match[0].replace("，", ","), text)


def _entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return character.ljust(len(match[0]), NOTHING) if len(character) == 1 else match[0]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without the spaces round it, and what it looks like by itself."""

    start: int
    end: int
    words: str  # without Markdown marks
    kind: ParagraphKind
    level: int = 0
    listed: bool = False  # begins with an enumerator or a list mark
    indent: int = 0  # spaces before it


ENUMERATORS = (  # pattern, heading level
    (re.compile(rf"第[{NUMERALS}]+(?:部分|编|篇)|[{NUMERALS}]+[、，.．]"), 2),
    (re.compile(rf"[（(][{NUMERALS}]+[）)]|第[{NUMERALS}]+章"), 3),
    (re.compile(rf"[0-9]{{1,2}}(?:[.．](?![0-9])|[、。])|第[{NUMERALS}]+节"), 4),
    (re.compile(r"[（(][0-9]{1,2}[）)]|[①-⑳]|[0-9]{1,2}[）)]"), 5),
)
SLOGAN = re.compile(
    rf"(?:——|─+|第[{NUMERALS}]，)?[^，、0-9：%]{{4,13}}(?:，[^，、0-9：%]{{4,13}}){{1,2}}"
)  # 紧盯问题，完善机制
LIST_MARK = re.compile(r"[-*+] +(?=\S)")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s*(?=\S)")
BOLD_LEAD = re.compile(rf"\*\*((?:[{NUMERALS}]+、|（[{NUMERALS}]+）)[^*。！？；\n]{{2,40}})\*\*[{SPACE}]*(?=[^\s*])")
MARKS = re.compile(r"\*{2,}|^\s*#{1,6}\s*|^\s*>\s*|</?[A-Za-z][^<>\n]*>|!\[[^\]\n]*\]\([^)\n]*\)|\0")
PAGE_NUMBER = re.compile(r"[-—–·\s]*[0-9]{1,4}[-—–·\s]*|第\s*[0-9]+\s*页(?:[,，/\s]*共\s*[0-9]+\s*页)?|[-*_=·.—\s]{3,}")
LEADER = re.compile(r".{2,}?(?:\t+|[·.…]{3,}|\s{3,})[·.…\s]*[0-9]{1,4}")
DOTS = re.compile(r"[·.…]{4,}")
PAGE_COLUMN = re.compile(r"\t+[0-9]{1,4}$")  # of a table of contents
TABLE_ROW = re.compile(r"\|.*\|")
CAPTION = re.compile(r"(?:图|表|附表|附图)\s*[0-9一二三四五六七八九十]+(?:[-.—][0-9]+)?[.：:、\s]?[^。；！？]{2,40}")
COLUMNS = re.compile(  # 水泥 812.5 -3.1; 汽车 21300 持平; 公路 372 5.1%
    rf"(?:[^{SPACE}。；，]{{1,24}}[{SPACE}]+)+-?[0-9][0-9.,]*(?:(?:[{SPACE}]+(?:[-—]+|持[{SPACE}]?平))+|[{SPACE}]+-?[0-9][0-9.]*%)?"
)
GREETING = re.compile(r"(?:尊敬的|各位|同志们|朋友们|女士们).{0,30}[：:！!]$")
TAIL_BRACKET = re.compile(r"[（(][^（）()]{0,40}[）)]$")
FRONT_MATTER = re.compile(r"---+[ \t]*\n.*?\n---+[ \t]*(?:\n|$)", re.DOTALL)
FOREIGN = re.compile(r"<!--.*?-->|<details>\s*<summary>\s*目\s*录.*?</details>", re.DOTALL)

LONGEST_HEADING = 45  # characters; longer lines without a full stop are cut sentences or titles of laws
OCCASION = re.compile(r"[—–-]{1,2}.{4,60}(?:会议?|论坛|仪式)[^，。；]{0,6}上$")  # ——2024年1月12日在…第三次会议上
SHORTEST_CUT = 18  # a line shorter than this is not the upper half of a cut paragraph
FEWEST_WRAPPED = 12  # lines of one length from which a text counts as wrapped at its right margin


def paragraphs(source: SourceText) -> tuple[Paragraph, ...]:
    """The paragraphs of a source in reading order, headings, tables and foreign matter told apart."""
    text = unified(source.text)
    margin = _margin(text)
    blocks = _blocks(text, _lines(text, margin), margin)
    return tuple(_levelled(made for block in blocks if (made := _paragraph(text, block))))


def _levelled(made: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Levels set right by what stands above.

    A plain heading without a number stands below the last numbered one. 一、 stands below a heading such as
    2022年工作回顾 if the numbering begins under it.
    """
    numbered, deeper, is_under_year = 2, 0, False
    for item in made:
        if item.kind is not ParagraphKind.HEADING:
            yield item
        elif level := _enumerated(item.text):
            if item.text.startswith("一、"):
                deeper = int(is_under_year)
            is_under_year = False
            numbered = min(level + deeper, 4)
            yield replace(item, level=numbered)
        elif item.level == 3:
            yield replace(item, level=min(numbered + 1, 4))
        else:
            is_under_year = _names_years(item.text)
            numbered, deeper = 2, 0
            yield item


def _names_years(words: str) -> bool:
    """2022年工作回顾, 过去五年工作回顾, “十三五”时期主要成就"""
    return (
        words.endswith(vocabulary.reports().heading_ends)
        and re.search("[0-9]年|五年|[一二三四五]五", words) is not None
    )


def reading(text: str) -> Paragraph:
    """A bare piece of text as one paragraph."""
    whole = unified(text)
    words, origin = _condensed(whole, [(0, len(whole))], LAYOUT)
    return Paragraph(words, origin)


def _lines(text: str, margin: int) -> Iterator[Line]:
    """The lines that hold something, bold headings with text behind them split in two."""
    foreign = [match.span() for match in FOREIGN.finditer(text)]
    if front := FRONT_MATTER.match(text):
        foreign.insert(0, front.span())
    at = 0
    for match in re.finditer(r"[^\n]+", text):
        while at < len(foreign) and foreign[at][1] <= match.start():
            at += 1
        if not match[0].strip(SPACES):
            continue
        if at < len(foreign) and foreign[at][0] <= match.start():
            yield Line(*match.span(), match[0], ParagraphKind.BOILERPLATE)
        elif lead := BOLD_LEAD.match(text, match.start(), match.end()):
            yield _line(text, match.start(), lead.end(), margin)
            yield _line(text, lead.end(), match.end(), margin)
        else:
            yield _line(text, match.start(), match.end(), margin)


def _margin(text: str) -> int:
    """Length of a full line of a text wrapped at its right margin, 0 for a text of whole paragraphs a line."""
    lengths = Counter(len(line.strip(SPACES)) for line in text.split("\n"))
    del lengths[0]
    length, _ = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    full = sum(lengths[near] for near in range(length - 1, length + 2))
    longer = sum(count for other, count in lengths.items() if other > length + 1)
    wrapped = length > SHORTEST_CUT and full >= FEWEST_WRAPPED and full > 0.4 * lengths.total() and longer < 0.1 * full
    return length - 1 if wrapped else 0


def _line(text: str, start: int, end: int, margin: int) -> Line:
    raw = text[start:end]
    indent = len(raw) - len(raw.lstrip(SPACES))
    raw = raw.strip(SPACES)
    start += indent
    end = start + len(raw)
    words = MARKS.sub("", raw).strip(SPACES)
    if not words or PAGE_NUMBER.fullmatch(raw):
        return Line(start, end, "", ParagraphKind.BOILERPLATE)
    enumerated = _enumerated(words)
    if LEADER.fullmatch(words) and (enumerated or DOTS.search(words)):
        return Line(start, end, words, ParagraphKind.BOILERPLATE)
    if TABLE_ROW.fullmatch(raw) or CAPTION.fullmatch(words) or COLUMNS.fullmatch(words):
        return Line(start, end, words, ParagraphKind.TABLE)
    level = 0 if margin and len(raw) >= margin else _heading_level(raw, words, enumerated)
    if level:
        return Line(start, end, words, ParagraphKind.HEADING, level)
    return Line(start, end, words, ParagraphKind.BODY, 0, bool(enumerated or LIST_MARK.match(raw)), indent)


def _enumerated(words: str) -> int:
    """Heading level of the enumerator at the beginning, 0 without one."""
    return next((level for pattern, level in ENUMERATORS if pattern.match(words)), 0)


def _heading_level(raw: str, words: str, enumerated: int) -> int:
    """Level of a heading, 0 for anything else.

    An enumerator tells more than the number of #: ### 三、 stands among ## 一、 and ## 二、 in converted texts.
    """
    if marked := MARKDOWN_HEADING.match(raw):
        return min(enumerated, 4) or min(len(marked[1]), 4)
    if len(words) > LONGEST_HEADING or words[-1] in "。，、！？；：!?;:,%" or re.search("[。；！？]", words[4:]):
        return 0
    if raw.startswith("**") and raw.endswith("**") and raw.count("**") == 2:
        return min(enumerated, 4) or 2
    if enumerated:
        return enumerated if enumerated < 5 and not re.search(r"[0-9.]+(?:%|万|亿)", words) else 0
    known = vocabulary.reports()
    if words.endswith(known.heading_ends) and "，" not in words:
        return 2 if _names_years(words) else 3
    bare = TAIL_BRACKET.sub("", words)
    if (bare.endswith((*known.title_ends, *known.compilation_words)) and "，" not in words) or SLOGAN.fullmatch(words):
        return 3
    return 3 if len(words) <= 30 and not re.search("[，0-9]", words) else 0


def _blocks(text: str, lines: Iterator[Line], margin: int) -> list[list[Line]]:
    """Lines that make one paragraph, put together. Page numbers and rules go, and do not part two halves."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not line.words:
            continue
        if line.kind is ParagraphKind.TABLE and (heads := _heads(blocks)):
            blocks[-heads:] = [[replace(head[0], kind=ParagraphKind.TABLE) for head in blocks[-heads:]] + [line]]
        elif blocks and _continues(text, blocks[-1][-1], line, margin):
            blocks[-1].append(replace(line, kind=blocks[-1][0].kind))
        else:
            blocks.append([line])
    return blocks


def _heads(blocks: list[list[Line]]) -> int:
    """How many of the last blocks are lines of column heads above the first row of a table."""
    count = 0
    for block in reversed(blocks[-3:]):
        line = block[0]
        plain = line.kind is ParagraphKind.BODY or (line.kind is ParagraphKind.HEADING and line.level == 3)
        if len(block) > 1 or not plain or line.listed or len(line.words) >= SHORTEST_CUT or _closed(line.words):
            break
        count += 1
    return count


def _continues(text: str, above: Line, below: Line, margin: int) -> bool:
    """Whether a page or line break stands between two halves of one paragraph."""
    if above.kind is not below.kind or below.listed or GREETING.match(below.words) or PAGE_COLUMN.search(above.words):
        return False
    if above.kind is ParagraphKind.TABLE:
        return text.count("\n", above.end, below.start) == 1 or bool(CAPTION.fullmatch(above.words))
    if above.kind is not ParagraphKind.BODY:
        return False
    if below.words[0] in "。，、；：！？”’）》%":
        return True
    if margin and above.end - above.start >= margin and text.count("\n", above.end, below.start) == 1:
        return below.indent < 2
    if above.listed and len(above.words) < 4:  # an enumerator alone on its line
        return True
    if OCCASION.match(above.words):
        return False
    return not _closed(above.words) and (len(above.words) >= SHORTEST_CUT or "。" in above.words)


def _closed(words: str) -> bool:
    """Whether a line ends where a sentence ends, quotation marks and a last bracket apart: …。（记者 某某）"""
    rest = TAIL_BRACKET.sub("", words).rstrip("”’》）) ")
    return not rest or rest[-1] in CLOSING


MARKUP = r"\*{2,}|</?[A-Za-z][^<>\n]*>|\0+|!\[[^\]\n]*\]\([^)\n]*\)|(?<=[^\s\[\]])\[\^?[0-9]{1,3}\]"
LAYOUT = re.compile(
    rf"{MARKUP}|[{SPACE}\n]+(?=[{CHINESE}%*<\0])|(?<=[{CHINESE}*>\0])[{SPACE}\n]+|(?<=[{SPACE}\n])[{SPACE}\n]+"
)
LAYOUT_SPACED = re.compile(
    rf"{MARKUP}|(?<=[0-9A-Za-z%])[{SPACE}\n]+(?=[{CHINESE}*<])|(?<=[{CHINESE}*>])[{SPACE}\n]+(?=[0-9A-Za-z])"
    rf"|(?<=[{SPACE}\n])[{SPACE}\n]+"
)
LAYOUT_TABLE = re.compile(
    rf"{MARKUP}|(?<=[{SPACE}\n])[{SPACE}]+|(?<=\n)\n+|(?<=\n)[-*+] +|(?<=\|)[{SPACE}]*[-:]{{2,}}[-:{SPACE}]*"
)
LINE_HEAD = re.compile(r"(?:#{1,6}|>)\s*|[-*+] +")


def _paragraph(text: str, block: list[Line]) -> Paragraph | None:
    first = block[0]
    if first.kind is ParagraphKind.TABLE:
        words, origin = _condensed(text, [(first.start, block[-1].end)], LAYOUT_TABLE)
        return Paragraph(words, origin, first.kind)
    pieces = []
    for line in block:
        head = LINE_HEAD.match(text, line.start, line.end)
        pieces.append((head.end() if head else line.start, line.end))
    words, origin = _condensed(text, pieces, LAYOUT if first.kind is ParagraphKind.BODY else LAYOUT_SPACED)
    return Paragraph(words, origin, first.kind, first.level) if words else None


def _condensed(text: str, pieces: list[tuple[int, int]], pattern: re.Pattern[str]) -> tuple[str, array[int]]:
    """The pieces without what the pattern finds, and where each character of the result comes from."""
    words: list[str] = []
    origin = array("i")
    for start, end in pieces:
        for mark in pattern.finditer(text, start, end):
            words.append(text[start : mark.start()])
            origin.extend(range(start, mark.start()))
            start = mark.end()
        words.append(text[start:end])
        origin.extend(range(start, end))
    return "".join(words), origin
