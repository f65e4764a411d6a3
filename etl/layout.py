"""A source becomes paragraphs repaired for reading; every character of the reading knows its place in the source.

The work goes in two steps. `unified` replaces single characters by their equivalents and keeps every offset. Then lines
are sorted into kinds, joined where a page break cut a sentence, and the characters that only lay the text out (spaces
beside Chinese, Markdown and HTML marks, line ends) are left out of the reading.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass, field

from etl.records import Paragraph, ParagraphKind, SourceText

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
FULL = "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7\u3001-\u3004\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
CHINESE = HAN + FULL + "㎡℃①-⑳"
SPACE = " \t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff"
CLOSING = "。！？；：…!?;:"
NUMERALS = "一二三四五六七八九十百"


def _equivalents() -> dict[int, int]:
    """Characters with one reading whatever stands beside them: 12．8％ → 12.8%, Kangxi radicals → ideographs."""
    pairs = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    pairs |= {ord(full): ord(half) for full, half in zip("％．－＋／＝＃＆＊＠", "%.-+/=#&*@", strict=True)}
    pairs |= {ord(half): ord(full) for half, full in zip("｡｢｣､", "。「」、", strict=True)}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1:
            pairs[code] = ord(folded)
    return pairs


EQUIVALENTS = _equivalents()
TO_FULL = str.maketrans(",:;!?()", "，：；！？（）")

BRACKETS = re.compile(rf"(?<=[{CHINESE}])\([^()\n]*\)|\([^()\n]*[{HAN}][^()\n]*\)|\([^()\n]*\)(?=[{SPACE}]*[{CHINESE}])")
HALF = re.compile(
    rf"(?<=[{CHINESE}])[,:;!?()]|[,:;!?()](?=[{SPACE}\"]*[{CHINESE}])"
    rf"|(?<=[0-9])[,;](?=[0-9]{{1,2}}(?![0-9])|[0-9]{{4}})|(?<=[%\w)])[,;:](?=\n)|(?<=[%)）])[,;]"
)
THOUSANDS = re.compile(r"(?<![0-9，,.])[0-9]{1,3}(?:[，,][0-9]{3})+(?![0-9])")
MIDDLE_POINT = re.compile(r"(?<=[0-9])[·•・﹒](?=[0-9])")
ZERO = re.compile("(?<=[一二三四五六七八九〇])[○◯O0〇](?=[一二三四五六七八九十〇○◯O0年])")


def unified(text: str) -> str:
    """The text with single characters replaced by their equivalents; its length stays."""
    text = text.translate(EQUIVALENTS)
    text = MIDDLE_POINT.sub(".", text)
    text = ZERO.sub("〇", text)
    text = BRACKETS.sub(lambda match: f"（{match[0][1:-1]}）", text)
    text = HALF.sub(lambda match: match[0].translate(TO_FULL), text)
    return THOUSANDS.sub(lambda match: match[0].replace("，", ","), text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without the spaces round it, and what it looks like by itself."""

    start: int
    end: int
    words: str  # without Markdown marks
    kind: ParagraphKind
    level: int = 0
    listed: bool = False  # begins with an enumerator or a list mark
    dropped: bool = False  # page numbers, rules


@dataclass(slots=True)
class Block:
    """Lines that make one paragraph."""

    lines: list[Line] = field(default_factory=list)


ENUMERATORS = (  # pattern, heading level
    (re.compile(rf"第?[{NUMERALS}]+[、，.．章编部分]+"), 2),
    (re.compile(rf"[（(][{NUMERALS}]+[）)]"), 3),
    (re.compile(r"[0-9]{1,2}[.、．。](?![0-9])"), 4),
    (re.compile(r"[（(][0-9]{1,2}[）)]|[①-⑳]|[0-9]{1,2}[）)]"), 5),
)
LIST_MARK = re.compile(r"[-*+] +(?=\S)")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s*(?=\S)")
MARKS = re.compile(r"\*\*|^\s*#{1,6}\s*|^\s*>\s*|</?[A-Za-z][^<>\n]*>|&[a-z]+;")
PAGE_NUMBER = re.compile(r"[-—–\s]*[0-9]{1,4}[-—–\s]*|第\s*[0-9]+\s*页(?:[,，/\s]*共\s*[0-9]+\s*页)?|[-*_=·.\s]{3,}")
LEADER = re.compile(r".*(?:\t|·{3,}|\.{3,}|…+|\s{2,}).*?[0-9]{1,4}")
TABLE_ROW = re.compile(r"\|.*\|")
TAIL_BRACKET = re.compile(r"[（(][^（）()]{0,40}[）)]$")

LONGEST_HEADING = 45  # characters; longer lines without a full stop are cut sentences or titles of laws
SHORTEST_CUT = 18  # a line shorter than this is not the upper half of a cut paragraph


def paragraphs(source: SourceText) -> tuple[Paragraph, ...]:
    """The paragraphs of a source in reading order, headings and tables told apart."""
    text = unified(source.text)
    lines = [_line(text, match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match[0].strip(SPACE)]
    return tuple(_paragraph(text, block) for block in _blocks(text, lines))


def reading(text: str) -> Paragraph:
    """A bare piece of text as one paragraph."""
    whole = unified(text)
    words, origin = _condensed(whole, [(0, len(whole))], spaced=False)
    return Paragraph(words, origin)


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip(SPACE))
    end -= len(raw) - len(raw.rstrip(SPACE))
    raw = text[start:end]
    if PAGE_NUMBER.fullmatch(raw):
        return Line(start, end, raw, ParagraphKind.BOILERPLATE, dropped=True)
    if TABLE_ROW.fullmatch(raw):
        return Line(start, end, raw, ParagraphKind.TABLE)
    words = MARKS.sub("", raw).strip(SPACE)
    if LEADER.fullmatch(words) and _enumerated(words):
        return Line(start, end, words, ParagraphKind.BOILERPLATE)
    enumerated = _enumerated(words)
    level = _heading_level(raw, words, enumerated)
    if level:
        return Line(start, end, words, ParagraphKind.HEADING, level)
    return Line(start, end, words, ParagraphKind.BODY, listed=bool(enumerated or LIST_MARK.match(raw)))


def _enumerated(words: str) -> int:
    """Heading level of the enumerator at the beginning, 0 without one."""
    return next((level for pattern, level in ENUMERATORS if pattern.match(words)), 0)


def _heading_level(raw: str, words: str, enumerated: int) -> int:
    """Level of a heading, 0 for anything else. An enumerator tells more than the number of # (### 三、 among ## 一、)."""
    marked = MARKDOWN_HEADING.match(raw)
    if marked:
        return min(enumerated, 4) or min(len(marked[1]), 4)
    if len(words) > LONGEST_HEADING or not words or words[-1] in "。，、！？；：!?;:,”’）)》%" and words[-1] not in "”’）)》":
        return 0
    if any(mark in words for mark in "。；！？"):
        return 0
    if raw.startswith("**") and raw.endswith("**") and raw.count("**") == 2:
        return min(enumerated, 4) or 2
    if enumerated and enumerated < 5 and not re.search(r"[0-9]+[.0-9]*(?:%|万|亿|个)", words):
        return enumerated
    if not enumerated and len(words) <= 30 and "，" not in words and not re.search("[0-9]", words):
        return 3
    return 0


def _blocks(text: str, lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if line.dropped:
            continue
        if blocks and _continues(text, blocks[-1].lines[-1], line):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block([line]))
    return blocks


def _continues(text: str, above: Line, below: Line) -> bool:
    """Whether a page or line break stands between two halves of one paragraph."""
    if above.kind is ParagraphKind.TABLE:
        return below.kind is ParagraphKind.TABLE and text.count("\n", above.end, below.start) == 1
    if above.kind is not ParagraphKind.BODY or below.kind is not ParagraphKind.BODY or below.listed:
        return False
    if below.words[0] in "。，、；：！？”’）》%":
        return True
    return not _closed(above.words) and len(above.words) >= SHORTEST_CUT


def _closed(words: str) -> bool:
    """Whether a line ends where a sentence ends, quotation marks and a last bracket apart: …。（记者 某某）"""
    rest = TAIL_BRACKET.sub("", words).rstrip("”’》）) ")
    return not rest or rest[-1] in CLOSING


LAYOUT = re.compile(
    rf"\*\*|</?[A-Za-z][^<>\n]*>|&(?:nbsp|ensp|emsp|ldquo|rdquo|amp);|!\[[^\]\n]*\]\([^)\n]*\)"
    rf"|[{SPACE}\n]+(?=[{CHINESE}%*<])|(?<=[{CHINESE}%*>])[{SPACE}\n]+|(?<=[{SPACE}\n])[{SPACE}\n]+"
    rf"|(?<=[{HAN}）”])\[[0-9]{{1,2}}\]"
)
LAYOUT_SPACED = re.compile(
    rf"\*\*|</?[A-Za-z][^<>\n]*>|&(?:nbsp|ensp|emsp|ldquo|rdquo|amp);"
    rf"|(?<=[0-9A-Za-z%])[{SPACE}\n]+(?=[{CHINESE}*<])|(?<=[{CHINESE}*>])[{SPACE}\n]+(?=[0-9A-Za-z])"
    rf"|(?<=[{SPACE}\n])[{SPACE}\n]+|(?<=[{HAN}）”])\[[0-9]{{1,2}}\]"
)
LINE_HEAD = re.compile(r"(?:#{1,6}|>)\s*|[-*+] +")


def _paragraph(text: str, block: Block) -> Paragraph:
    first = block.lines[0]
    pieces = []
    for line in block.lines:
        start = line.start
        if first.kind is not ParagraphKind.TABLE and (head := LINE_HEAD.match(text, start, line.end)):
            start = head.end()
        pieces.append((start, line.end))
    if first.kind is ParagraphKind.TABLE:
        pieces = [(first.start, block.lines[-1].end)]
    words, origin = _condensed(text, pieces, spaced=first.kind is not ParagraphKind.BODY)
    return Paragraph(words, origin, first.kind, first.level)


def _condensed(text: str, pieces: list[tuple[int, int]], spaced: bool) -> tuple[str, array[int]]:
    """The pieces without layout characters, and where each character of the result comes from."""
    pattern = LAYOUT_SPACED if spaced else LAYOUT
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
