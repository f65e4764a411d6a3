"""Where the cells of a table stand: rows of pipes, and lines whose columns are set apart by spaces.

A `Grid` has one head text a column of values, and rows with one cell for each. Where the columns of a row cannot be
told from each other for sure the row is left out, and where those of the head cannot, the whole table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl import vocabulary
from etl.records import Paragraph

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_SPREAD = re.compile(rf"(?<=[{HAN}（）、：]) +(?=[{HAN}（）、：])")  # 指 标
NUMBER = re.compile(r"[-+－−]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_BLANK = re.compile(r"[-—–─…/、.]*|持平|不变|无|[xX×]+")
_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}年?|(?:19|20)[0-9]{2}[-—–~至](?:(?:19|20)[0-9]{2}|[0-9]{2})年?)(?:末|底)?")
_TIMES = re.compile(
    rf"{_YEARS.pattern}|(?:(?:19|20)[0-9]{{2}}年?)?(?:[0-9]{{1,2}}(?:[-—~至][0-9]{{1,2}})?月份?|第?[1-4一二三四]季度)"
)
_TIME_WORD = re.compile("(?:19|20)[0-9]{2}年|[0-9]{1,2}月")
_ONE = re.compile(f"[{HAN}]")
_FEWEST_ROWS = 2
_MOST_HEADS = 3
_SHORTEST_SENTENCE = 12


class Cell(NamedTuple):
    """A piece of a paragraph's reading text."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> str:
        """The text with the spaces dropped by which short words are spread: 指 标 → 指标."""
        return _SPREAD.sub("", self.text).replace("持 平", "持平")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its head, its unit where a column gives it, and one cell for each column of values."""

    start: int
    end: int
    head: str
    unit: str
    values: tuple[Cell | None, ...]  # None where the cell holds no number
    indent: int = 0  # characters of space before the head in the source
    group: str = ""  # head of a column or row that stands over several rows


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or one of two that stand side by side."""

    label: str  # head of the column of row heads
    heads: tuple[str, ...]  # one a column of values
    rows: tuple[Row, ...]
    captions: tuple[str, ...]  # lines of the table above its head
    columns: tuple[str, ...] = ()  # heads of all columns of a table of pipes


def squeezed(text: str) -> str:
    """The text without spaces."""
    return re.sub(r"\s+", "", text)


def number_in(text: str) -> re.Match[str] | None:
    """The number with which a cell begins that holds nothing else but perhaps a unit: 12.5%, 1200 万元."""
    found = NUMBER.match(text)
    return found if found and re.fullmatch(r"\s*[^0-9\s，。；：、]{0,8}", text[found.end() :]) else None


def is_blank(text: str) -> bool:
    """Whether a cell says that there is no figure: —, …, 持平."""
    return _BLANK.fullmatch(squeezed(text)) is not None


def read(paragraph: Paragraph, above: Sequence[Paragraph], before: Grid | None) -> list[Grid]:
    """The grids of a table paragraph.

    Args:
        above: the paragraphs before it, the nearest last; heads of columns may stand in the last of them.
        before: the grid that a table without a head goes on, if there is one.
    """
    if re.search(r"^\|.*\|", paragraph.text, re.MULTILINE):
        return list(_piped(paragraph, before.columns if before else ()))
    grid = _aligned(paragraph, above, before)
    return [grid] if grid else []


def prose(paragraph: Paragraph) -> Iterator[tuple[str, Cell]]:
    """The cells that hold sentences, each with the head of its column."""
    heads: list[Cell] = []
    for start, line in _lines(paragraph.text):
        cells = list(_cells(start, line)) if line.startswith("|") else []
        heads = heads or cells
        for column, cell in enumerate(cells):
            if len(cell.text) >= _SHORTEST_SENTENCE and re.search("[，。；]", cell.text):
                yield heads[column].words if column < len(heads) and cells is not heads else "", cell


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for found in re.finditer(r"[^\n]+", text):
        yield found.start(), found[0]


# ---- pipes ----------------------------------------------------------------------------------------------------------


def _piped(paragraph: Paragraph, before: tuple[str, ...]) -> Iterator[Grid]:
    captions: list[str] = []
    rows: list[list[Cell]] = []
    for start, line in _lines(paragraph.text):
        cells = list(_cells(start, line))
        if not line.startswith("|"):
            captions.append(line)
        elif any(cell.text for cell in cells) and not _is_numbered(cells):
            rows.append(cells)
    while len(rows) > 1 and sum(bool(cell.text) for cell in rows[0]) == 1:
        captions.append(next(cell.text for cell in rows.pop(0) if cell.text))
    width = max(map(len, rows), default=0)
    first = next((n for n, row in enumerate(rows) if _is_data(row)), len(rows))
    while first > 1 and rows[first - 1][0].text and not any(cell.text for cell in rows[first - 1][1:]):
        first -= 1  # names the rows below it, no columns
    if first == 0:  # a page break cut the table
        heads = list(before) if len(before) == width else []
    else:
        heads = _joined_heads(rows[:first], width) if first <= _MOST_HEADS else []
    body = [row for row in rows[first:] if len(row) == width]
    if heads and body and width > 1:
        yield from _blocks(paragraph, heads, body, tuple(captions))


def _is_numbered(row: Sequence[Cell]) -> bool:
    """甲, 乙, 1, 2, 3: the row that numbers the columns."""
    numbers = [cell.text for cell in row if cell.text and cell.text not in "甲乙丙丁"]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _cells(start: int, line: str) -> Iterator[Cell]:
    for found in re.finditer(r"(?<=\|)[^|]*(?=\|)", line):
        bare = found[0].strip()
        at = start + found.start() + len(found[0]) - len(found[0].lstrip())
        yield Cell(at, at + len(bare), bare)


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row gives figures: a number behind its first cell that is no time, nor begins with one (2023年计划)."""
    texts = [squeezed(cell.text) for cell in row[1:]]
    return any(number_in(text) and not _TIMES.fullmatch(text) and not _TIME_WORD.match(text) for text in texts)


def _joined_heads(rows: list[list[Cell]], width: int) -> list[str]:
    """One text a column; the heads of several columns stand before those of each. Empty where they cannot be placed."""
    spread = [_spread(row) for row in rows[:-1]]
    last = [cell.words for cell in rows[-1]]
    if any(len(row) != width for row in spread):
        return []
    if len(last) < width:  # cells that reach over several rows are left out of the later ones
        wide = [column for column in range(width) if spread and _is_shared(rows[-2], column)]
        if len(wide) != len(last):
            return []
        placed = dict(zip(wide, last, strict=True))
        last = [placed.get(column, "") for column in range(width)]
    columns = zip(*spread, last, strict=True)
    return ["".join(dict.fromkeys(part for part in parts if part)) for parts in columns]


def _spread(row: list[Cell]) -> list[str]:
    """The heads of a row, each also over the empty cells behind it, which it covers."""
    made: list[str] = []
    for cell in row:
        made.append(cell.words or (made[-1] if len(made) > 1 else ""))
    return made


def _is_shared(row: list[Cell], column: int) -> bool:
    """Whether the cell belongs to a head that reaches over several columns."""
    return not row[column].text or (column + 1 < len(row) and not row[column + 1].text)


def _blocks(
    paragraph: Paragraph, heads: list[str], body: list[list[Cell]], captions: tuple[str, ...]
) -> Iterator[Grid]:
    """The table, or the tables side by side, whose row heads stand under the same head: 行业, 增长, 行业, 增长."""
    words = vocabulary.tables()
    kinds = [_kind(heads[column], [row[column] for row in body], words) for column in range(len(heads))]
    labels = [column for column, kind in enumerate(kinds) if kind == "text"]
    values = [column for column, kind in enumerate(kinds) if kind == "number"]
    if not labels or not values:
        return
    starts = [labels[0]] + [
        column
        for column in labels[1:]
        if any(column > value > labels[0] for value in values) and squeezed(heads[column]) == squeezed(heads[labels[0]])
    ]
    for start, end in zip(starts, [*starts[1:], len(heads)], strict=True):
        own = [column for column in values if start < column < end]
        if not own:
            continue
        own_labels = [column for column in labels if start <= column < own[0]]
        unit = next((column for column in range(start, end) if kinds[column] == "unit"), None)
        yield Grid(
            squeezed(heads[own_labels[-1]]),
            tuple(heads[column] or _head_left_of(heads, kinds, column) for column in own),
            tuple(_rows(paragraph, body, own_labels, unit, own)),
            captions,
            tuple(heads),
        )


def _kind(head: str, cells: list[Cell], words: vocabulary.TableWords) -> str:
    """What a column holds: text, number, unit, number of the row (numbering), nothing."""
    filled = [cell.text for cell in cells if not is_blank(cell.text)]
    numbers = sum(number_in(text) is not None for text in filled)
    if squeezed(head) in words.numbering:
        return "numbering"
    if squeezed(head) in words.units:
        return "unit"
    if not filled:
        return "nothing"
    if all(_TIMES.fullmatch(squeezed(text)) and (text[-1] in "年月份度" or head in words.labels) for text in filled):
        return "text"
    return "number" if numbers > 0.7 * len(filled) else "text"


def _head_left_of(heads: list[str], kinds: list[str], column: int) -> str:
    """The head of a merged cell stands over the first of its columns, which may be empty below."""
    return heads[column - 1] if column and kinds[column - 1] == "nothing" else ""


def _rows(
    paragraph: Paragraph, body: list[list[Cell]], labels: list[int], unit: int | None, values: list[int]
) -> Iterator[Row]:
    group = ""
    for row in body:
        head = row[labels[-1]]
        filled = [row[column] for column in values if row[column].text]
        if head.text and not filled:  # a row that names the next ones
            group = head.words
            continue
        if len(labels) > 1 and row[labels[-2]].text:
            group = row[labels[-2]].words
        if not head.text:
            continue
        yield Row(
            row[0].start,
            row[-1].end,
            head.words,
            squeezed(row[unit].text) if unit is not None else "",
            tuple(row[column] if number_in(row[column].text) else None for column in values),
            paragraph.origin[head.start] - paragraph.origin[max(head.start - 2, 0)],
            group,
        )


# ---- columns set apart by spaces ------------------------------------------------------------------------------------


def _aligned(paragraph: Paragraph, above: Sequence[Paragraph], before: Grid | None) -> Grid | None:
    lines = list(_lines(paragraph.text))
    first = next((n for n, (start, line) in enumerate(lines) if _values_of(_tokens(start, line))), len(lines))
    data = [_tokens(start, line) for start, line in lines[first:]]
    width = _width(data)
    if not width:
        return None
    tops = [[cell.text for cell in _tokens(start, line)] for start, line in lines[:first]]
    captions = [line for _, line in lines[:first]]
    if not tops and above:
        tops, captions = [list(spaced(above[-1]))], [above[-1].text]
    found = _heads_for(tops, width) or _single(captions, width)
    if found is None and before is not None and len(before.heads) == width:
        found = before.label, before.heads, any(row.unit for row in before.rows)
    if found is None:
        return None
    label, heads, has_unit = found
    rows = tuple(row for tokens in data if (row := _row(paragraph, tokens, width, has_unit)))
    return Grid(label, heads, rows, tuple(captions)) if rows else None


def _tokens(start: int, line: str) -> list[Cell]:
    return [Cell(start + m.start(), start + m.end(), m[0]) for m in re.finditer(r"持 平|\S+", line)]


def spaced(paragraph: Paragraph) -> Iterator[str]:
    """The words of a short paragraph as spaces part them in the source; its reading has lost the spaces."""
    at = 0
    for i in range(1, len(paragraph.text) + 1):
        if i == len(paragraph.text) or paragraph.origin[i] - paragraph.origin[i - 1] > 1:
            yield from paragraph.text[at:i].split()
            at = i


def _values_of(tokens: list[Cell]) -> list[Cell]:
    """The figures and blanks at the end of a line, units between them left out; empty where the line is no row."""
    head = next((n for n, cell in enumerate(tokens) if n and NUMBER.fullmatch(cell.text.rstrip("%‰"))), None)
    if head is None or not re.search(f"[{HAN}]", "".join(cell.text for cell in tokens[:head])):
        return []
    while head > 1 and is_blank(tokens[head - 1].text):
        head -= 1
    values: list[Cell] = []
    for cell in tokens[head:]:
        if NUMBER.fullmatch(cell.text.rstrip("%‰")) or (is_blank(cell.text) and cell.text not in "、."):
            values.append(cell)
        elif not _ONE.match(cell.text) or len(cell.text) > 6:
            return []
    return values


def _width(data: Iterable[list[Cell]]) -> int:
    """How many values most rows have; 0 where there is no such number."""
    counts = Counter(len(values) for tokens in data if (values := _values_of(tokens)))
    if not counts or (counts.total() < _FEWEST_ROWS and max(counts) < 2):
        return 0
    width, count = counts.most_common(1)[0]
    return width if count >= 0.6 * counts.total() else 0


def _heads_for(lines: list[list[str]], width: int) -> tuple[str, tuple[str, ...], bool] | None:
    """Head of the row heads, heads of `width` columns, whether one gives units. None where they do not fit."""
    words = vocabulary.tables()
    lines = [_whole_words(line) for line in lines[-2:]]
    if len(lines) == 2 and len(lines[0]) == len(lines[1]) == width and any(map(_is_head, lines[0])):
        return "", tuple(map("".join, zip(*lines, strict=True))), False
    for tried in (lines[-1:], [[word for line in lines for word in line]]):
        flat = _completed(tried[0]) if tried else []
        label = flat[0] if flat and flat[0] in words.labels else ""
        rest = flat[1:] if label else flat
        has_unit = bool(rest and rest[0] in words.units)
        rest = rest[1:] if has_unit else rest
        if len(rest) == width and (label or any(_is_head(word) for word in rest)):
            return label, tuple(rest), has_unit
    return None


def _is_head(word: str) -> bool:
    """Whether a word heads columns of figures and is no name of a row."""
    words = vocabulary.tables()
    return bool(
        word in words.generic
        or _YEARS.match(word)
        or any(pattern.search(word) for _, pattern in words.measures)
        or re.search(r"（.{1,6}）$|%$|年$", word)
    )


def _whole_words(line: list[str]) -> list[str]:
    """单 位 产 量 → 单位 产量: two characters that stand alone are one word."""
    made: list[str] = []
    for word in line:
        if made and len(word) == 1 and len(made[-1]) == 1 and _ONE.match(word) and _ONE.match(made[-1]):
            made[-1] += word
        else:
            made.append(word)
    return made


def _completed(line: list[str]) -> list[str]:
    """1986年比, 1985年增长% → 1986年比1985年增长%"""
    made: list[str] = []
    for word in line:
        if made and made[-1][-1] in "比较与、（":
            made[-1] += word
        else:
            made.append(word)
    return made


def _single(captions: Sequence[str], width: int) -> tuple[str, tuple[str, ...], bool] | None:
    """A caption that says what one column of figures is: 各类价格比上年上涨幅度（%）"""
    caption = squeezed(captions[-1]) if captions else ""
    return ("", (caption,), False) if width == 1 and re.search(r"[%‰]）?$", caption) and "，" not in caption else None


def _row(paragraph: Paragraph, tokens: list[Cell], width: int, has_unit: bool) -> Row | None:
    values = _values_of(tokens)
    if not values:
        return None
    before = [cell for cell in tokens if cell.end <= values[0].start]
    unit = ""
    if has_unit:
        if len(values) == width + 1 and is_blank(values[0].text):  # no unit, as no figure
            values = values[1:]
        elif len(before) > 1:
            length = 2 if len(before) > 2 and _is_magnitude(before[-2].text) else 1
            unit = "".join(cell.text for cell in before[-length:])
            before = before[:-length]
        else:
            return None
    if len(values) != width:
        return None
    head = " ".join(cell.text for cell in before)
    cells = tuple(_with_unit(tokens, value, paragraph) for value in values)
    start = tokens[0].start
    return Row(start, tokens[-1].end, Cell(start, start + len(head), head).words, unit, cells)


def _is_magnitude(text: str) -> bool:
    return text in ("万", "亿", "百", "千", "百万", "千万", "十万")


def _with_unit(tokens: list[Cell], value: Cell, paragraph: Paragraph) -> Cell | None:
    """The cell with the unit that stands behind its number: 39109 万吨."""
    if not number_in(value.text):
        return None
    end = value.end
    for cell in tokens[tokens.index(value) + 1 :]:
        if NUMBER.match(cell.text) or is_blank(cell.text):
            break
        end = cell.end
    return Cell(value.start, end, paragraph.text[value.start : end])
