"""Where the reports of a file begin, and by what evidence.

Three kinds of evidence part a compilation, tried in this order: titles that its table of contents announces, lines that
look like titles, and, where titles were lost, the content: the numbering begins anew at 一、 behind a closing section,
and a paragraph opens a report.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

from etl import vocabulary
from etl.headlines import (
    BYLINE,
    DATE,
    DATELINE,
    ENDED,
    GREETING,
    LONGEST_TITLE,
    MEETING,
    SHORT_NAME,
    TOP,
    YEAR,
    chinese_number,
    is_collection,
    is_enumerated,
    raw_text,
    squeezed,
)
from etl.records import Paragraph, ParagraphKind

ENTRY_HEAD = re.compile(r"^[0-9]{1,3}[.、．。…·\s]+|^第?[一二三四五六七八九十]{1,3}[、篇章]\s*|^[-*]\s+")
ENTRY_TAIL = re.compile(r"[\s.·…\t]+[0-9]{0,4}$")
PIECE_NUMBER = re.compile(r"^(?:篇|第|范文|材料|【篇)?\s*[0-9一二三四五六七八九十]{1,3}\s*(?:篇|】)?\s*[:：、.．]\s*")
LOOK_BACK = re.compile(rf"(?:{YEAR}年(?:度|以来|来)?|今年(?:以来)?|一年来|本年度)[，,\u4e00-\u9fff]")
FORWARD = re.compile(r"将|计划|力争|继续|进一步|必须")
PHOTO_CREDIT = re.compile(r".{2,20}[\s/]?摄$")
SHORTEST_REPORT = 300  # characters
LONGEST_PIECE = 20_000  # characters of a report, from which the loss of a title may be suspected
SHORTEST_PIECE = 100  # characters of body between two titles
SHORTEST_BEFORE = 800  # characters of a report before an opening paragraph may begin the next
TITLE_SCORE = 3  # evidence needed for a line to be a title
ANNOUNCING = ("announces the report", "meeting opened today")  # what also counts in a file that is no compilation
OPENING_SCORE = 4  # evidence needed for a paragraph to open a report, where nothing else tells


@dataclass(frozen=True, slots=True)
class Start:
    """Where a report begins: index of its first paragraph, its title lines, and why."""

    paragraph: int
    title: str | None = None
    title_lines: int = 0
    is_inferred: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its titles in order and the paragraphs that it takes up."""

    titles: tuple[str, ...] = ()
    paragraphs: frozenset[int] = frozenset()


def find(
    text: str, items: list[Paragraph], foreign: dict[int, str], contents: Contents, cover: str
) -> tuple[list[Paragraph], list[Start]]:
    """Where the reports begin, and the paragraphs, of which some may have been cut in two."""
    starts = _by_contents(items, contents, cover)
    if len(starts) < 2:
        starts = _by_titles(text, items, foreign, cover)
    if len(starts) < 2:
        items, starts = _by_content(text, items, foreign, cover)
        return items, _titled_by_contents(items, starts, contents)
    if is_collection(cover):
        return _between_titles(text, items, foreign, cover, starts)
    return items, starts


# --- The table of contents


def table_of_contents(text: str, items: Sequence[Paragraph]) -> Contents:
    """The table of contents: lines with leaders, lines under 目录, or a numbered list of titles at the beginning."""
    known = vocabulary.reports()
    leaders = [
        i for i, item in enumerate(items) if item.kind is ParagraphKind.BOILERPLATE and not _in_markup(text, item)
    ]
    heads = [i for i, item in enumerate(items[:60]) if squeezed(item.text).lower() in known.contents]
    if len(leaders) >= 2:
        listed = _first_run(leaders)
    elif heads:
        listed = _short_run(text, items, heads[0] + 1)
    else:
        listed = _numbered_run(items)
    titles = tuple(ENTRY_TAIL.sub("", ENTRY_HEAD.sub("", raw_text(text, items[i]))).strip() for i in listed)
    return Contents(titles, frozenset([*listed, *heads]) if listed else frozenset())


def _first_run(leaders: Sequence[int]) -> list[int]:
    """The lines with leaders that stand together, with the few between them that lost theirs."""
    run = [leaders[0]]
    for i in leaders[1:]:
        if i - run[-1] > 3:
            break
        run += range(run[-1] + 1, i + 1)
    return run


def _in_markup(text: str, item: Paragraph) -> bool:
    """Whether a paragraph stands in front matter, a comment or a folded list."""
    raw = raw_text(text, item)
    return raw.startswith(("<", "---")) or (text.startswith("---") and item.char_end < text.find("\n---", 3) + 5)


def _short_run(text: str, items: Sequence[Paragraph], start: int) -> list[int]:
    """Short lines from `start` on, up to the first that is printed again further on right behind: the first title."""
    run: list[int] = []
    first = ""
    for i in range(start, len(items)):
        words = squeezed(ENTRY_TAIL.sub("", ENTRY_HEAD.sub("", raw_text(text, items[i]))))
        if len(items[i].text) > LONGEST_TITLE + 10 or ENDED.search(items[i].text) or (run and words == first):
            break
        first = first or words
        run.append(i)
    return run


def _numbered_run(items: Sequence[Paragraph]) -> list[int]:
    """Titles numbered 1, 2, 3 … without text between them, within the first lines."""
    run: list[int] = []
    for i, item in enumerate(items):
        number = re.match(r"([0-9]{1,3})[.、．。]", item.text)
        if (
            number
            and int(number[1]) == len(run) + 1
            and len(item.text) <= LONGEST_TITLE
            and not item.text.endswith("。")
        ):
            run.append(i)
        elif run or i > 12:
            break
    return run if len(run) >= 5 else []


# --- Titles


def _by_contents(items: Sequence[Paragraph], contents: Contents, cover: str) -> list[Start]:
    """Titles of the table of contents found again above their texts, in order; chapters of one report are none."""
    starts: list[Start] = []
    if not is_collection(cover) and sum(map(_ends_like_title, contents.titles)) < 0.4 * len(contents.titles):
        return starts
    places = _places(items, max(contents.paragraphs, default=-1) + 1, contents.titles)
    for number, (index, lines) in sorted(places.items()):
        starts.append(_titled(items, index, lines, f"title {number} of the table of contents"))
    last = max(places, default=0)
    return starts if len(starts) >= 0.6 * last else []  # a file may hold less than its contents announce


def _places(items: Sequence[Paragraph], start: int, titles: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Title number → index and number of lines: first those printed alike, then between them those much alike.

    A title may run over two lines, and differ by a word from what the contents announce.
    """
    short = {
        i: squeezed(PIECE_NUMBER.sub("", items[i].text))
        for i in range(start, len(items))
        if len(items[i].text) <= LONGEST_TITLE
    }
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, words in short.items():
        alike[words].append((i, 1))
        if i + 1 in short:
            alike[words + short[i + 1]].append((i, 2))
    places: dict[int, tuple[int, int]] = {}
    at = start
    for number, title in enumerate(titles, 1):
        if found := next((place for place in alike.get(squeezed(title), ()) if place[0] >= at), None):
            places[number] = found
            at = found[0] + found[1]
    at = start
    for number, title in enumerate(titles, 1):
        if number in places:
            at = sum(places[number])
            continue
        end = min((index for later, (index, _) in places.items() if later > number), default=len(items))
        near = [
            (likeness, i) for i in range(at, end) if (likeness := _likeness(items[i], short.get(i), squeezed(title)))
        ]
        if near:
            at = max(near)[1] + 1
            places[number] = (at - 1, 1)
    return places


def _likeness(item: Paragraph, words: str | None, wanted: str) -> float:
    """Share of characters that a heading and a title have in common and in order; 0 where that is too little."""
    if words is None or len(words) < 6 or item.kind is not ParagraphKind.HEADING:
        return 0.0
    if 2 * len(set(words) & set(wanted)) < 0.75 * (len(set(words)) + len(set(wanted))):
        return 0.0
    likeness = SequenceMatcher(None, words, wanted).ratio()
    return likeness if likeness > 0.75 else 0.0


def _by_titles(text: str, items: Sequence[Paragraph], foreign: dict[int, str], cover: str) -> list[Start]:
    """Lines that look like titles: by their words, and by the date, byline or dateline under them.

    A file that does not call itself a compilation needs two lines of stronger evidence first.
    """
    weighed = _weighed_titles(text, items, foreign)
    is_compilation = is_collection(cover) or sum(weight > TITLE_SCORE for weight, _ in weighed) > 1
    return [start for weight, start in weighed if is_compilation and weight >= TITLE_SCORE]


def _weighed_titles(text: str, items: Sequence[Paragraph], foreign: dict[int, str]) -> list[tuple[int, Start]]:
    first_level = sum(_is_first_level(text, item) for item in items)
    usual = _usual_gap(text, items)
    weighed: list[tuple[int, Start]] = []
    since = SHORTEST_REPORT  # characters of body since the last title
    for i, item in enumerate(items):
        if i in foreign:
            continue
        if len(item.text) > LONGEST_TITLE or item.text[-1] in "。：；，！？":
            since += len(item.text)
            continue
        if not _body_follows(items, i) or (not weighed and is_collection(item.text)):
            continue
        evidence = _title_evidence(text, items, i, usual)
        if first_level > 1 and _is_first_level(text, item):
            evidence[f"heading of the first level, one of {first_level}"] = 3
        weight = sum(evidence.values())
        if since < SHORTEST_PIECE and (not weighed or weight <= weighed[-1][0]):
            continue
        if weight >= TITLE_SCORE:
            if since < SHORTEST_PIECE:  # the line before it was the head of the collection
                weighed.pop()
            weighed.append((weight, _titled(items, i, _title_lines(items, i), *evidence)))
            since = 0
    return weighed


def _is_first_level(text: str, item: Paragraph) -> bool:
    if item.kind is not ParagraphKind.HEADING or item.level != 1:
        return False
    return squeezed(item.text).lower() not in vocabulary.reports().contents


def _title_evidence(text: str, items: Sequence[Paragraph], i: int, usual: int) -> dict[str, int]:
    """Why a line may be the title of a report, weighed."""
    words = items[i].text
    below = items[i + 1].text if i + 1 < len(items) else ""
    evidence: dict[str, int] = {}
    if words.startswith(("—", "─", "-")) or words.endswith(("会议上", "大会上", "会议")):
        return {}
    if DATE.fullmatch(below.strip("（）() ")):
        evidence["date under it"] = 2
    elif DATELINE.match(below):
        evidence["dateline under it"] = 3
    elif len(below) <= 30 and (BYLINE.match(below) or SHORT_NAME.match(below)) and _is_body(items, i + 2):
        evidence["byline under it"] = 3
    elif MEETING.search(below) and len(below) <= LONGEST_TITLE:
        evidence["the meeting under it"] = 3
    elif not is_enumerated(words) and _is_greeted(items[i + 1 : i + 4]):
        evidence["greeting under it"] = 2
    if is_enumerated(words) and not evidence and not _ends_like_title(words):
        return {}
    if PIECE_NUMBER.match(words) and not TOP.match(words) and _ends_like_title(words):
        evidence["numbered title"] = 3
    elif _ends_like_title(words):
        evidence["words of a title"] = 2
    is_first = all(len(item.text) <= LONGEST_TITLE for item in items[:i])
    if is_first or ENDED.search(items[i - 1].text) or PHOTO_CREDIT.fullmatch(items[i - 1].text):
        evidence["the text before it has ended"] = 1
    if i == 0:
        evidence["the first line of the file"] = 1  # where no gap can stand before it
    elif _gap(text, items[i - 1], items[i]) > usual:
        evidence["a wide gap before it"] = 1
    return evidence


def _is_greeted(below: Sequence[Paragraph]) -> bool:
    """Whether short lines lead to 同志们："""
    for item in below:
        if len(item.text) > LONGEST_TITLE or is_enumerated(item.text):
            return False
        if GREETING.match(item.text):
            return True
    return False


def _ends_like_title(words: str) -> bool:
    """Whether a line ends as titles of reports do and names more than 工作总结."""
    known = vocabulary.reports()
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", words).strip()
    ending = next((end for end in known.title_ends if bare.endswith(end)), None)
    if ending is None:
        return False
    rest = re.sub(rf"{YEAR}年?|[^\u4e00-\u9fff]", "", bare.removesuffix(ending))
    for word in (*known.title_ends, *known.title_generic, "和", "及", "与", "暨", "的"):
        rest = rest.replace(word, "")
    return len(rest) >= 2


def _title_lines(items: Sequence[Paragraph], i: int) -> int:
    """How many lines the title takes up: 中华人民共和国 ⏎ 2012年…公报, or a subtitle in words of its own."""
    if i + 1 < len(items) and items[i + 1].kind is ParagraphKind.HEADING:
        below = items[i + 1].text
        if below.startswith(("——", "—", "──")) and not re.search("会议|大会|[0-9]日", below):
            return 2
        if not _ends_like_title(items[i].text) and _ends_like_title(below) and not is_enumerated(below):
            return 2
    return 1


def _titled(items: Sequence[Paragraph], i: int, lines: int, *evidence: str) -> Start:
    title = " ".join(
        PIECE_NUMBER.sub("", item.text) if n == 0 else item.text for n, item in enumerate(items[i : i + lines])
    )
    return Start(i, title.strip(), lines, False, evidence)


def _body_follows(items: Sequence[Paragraph], i: int) -> bool:
    return any(_is_body(items, j) and len(items[j].text) >= 30 for j in range(i + 1, min(i + 6, len(items))))


def _is_body(items: Sequence[Paragraph], i: int) -> bool:
    return i < len(items) and items[i].kind is ParagraphKind.BODY


# --- Content


def _by_content(
    text: str, items: list[Paragraph], foreign: dict[int, str], cover: str
) -> tuple[list[Paragraph], list[Start]]:
    """Reports without titles: gaps, numbering that begins anew, and paragraphs that open a report."""
    body = [i for i in range(len(items)) if i not in foreign]
    is_compilation = is_collection(cover)
    while is_compilation and body and is_collection(items[body[0]].text):
        body = body[1:]
    if not body:
        return items, []
    first = _single(items, body)
    usual = _usual_gap(text, items)
    wide = _wide_gaps(text, items, body, usual, is_compilation)
    made = items[: body[0]]
    starts = [replace(first, paragraph=len(made))]
    state = _Section()
    above = ""
    for i in range(body[0], len(items)):
        item = items[i]
        made.append(item)
        if i in foreign:
            continue
        evidence = _opening_evidence(above, item.text) | state.looks_back_again(item.text)
        if wide and i not in wide:
            evidence.pop("greeting", None)  # 同志们、朋友们！ in the middle of a speech
        found: Start | None = None
        if i in wide:
            found = Start(len(made) - 1, evidence=("a wide gap before it", *evidence))
        elif is_compilation and sum(evidence.values()) >= OPENING_SCORE and state.has_ended(evidence, above):
            found = Start(len(made) - 1, evidence=tuple(evidence))
        elif state.begins_anew(item.text):
            found = _lead(text, made, state, is_compilation)
        if found:
            starts.append(found)
            state = _Section()
            for lead in made[found.paragraph : -1]:
                state.read(lead)
        state.read(item)
        above = item.text
    return made, starts


def _between_titles(
    text: str, items: list[Paragraph], foreign: dict[int, str], cover: str, starts: list[Start]
) -> tuple[list[Paragraph], list[Start]]:
    """Where a collection lost some of its titles: pieces far longer than the others are parted by their content."""
    edges = [0, *(start.paragraph for start in starts), len(items)]
    lengths = [items[b - 1].char_end - items[a].char_start if b > a else 0 for a, b in pairwise(edges)]
    longest = min(max(LONGEST_PIECE, 4 * median(lengths[1:])), 3 * LONGEST_PIECE)
    made: list[Paragraph] = []
    found: list[Start] = []
    for (a, b), length, start in zip(pairwise(edges), lengths, [None, *starts], strict=True):
        body = sum(len(items[i].text) for i in range(a, b) if i not in foreign)
        part, inner = items[a:b], [replace(start, paragraph=0)] if start else []
        if (start and length > longest) or (not start and body > SHORTEST_BEFORE):
            part, inner = _by_content(text, part, {i - a: why for i, why in foreign.items() if a <= i < b}, cover)
            inner[:1] = [replace(start, paragraph=0)] if start else inner[:1]
        found += [replace(one, paragraph=one.paragraph + len(made)) for one in inner]
        made += part
    return made, found


class _Section:
    """What was read of the present report: its last top number, whether a closing section came, its length."""

    def __init__(self) -> None:
        self.top = 0
        self.late = False
        self.planned = False
        self.length = 0
        self.since_heading = 0

    def read(self, item: Paragraph) -> None:
        self.length += len(item.text)
        self.since_heading += 1
        if number := TOP.match(item.text):
            self.top = chinese_number(number[1])
        if item.kind is ParagraphKind.HEADING or number or item.text.startswith(("（", "(")):
            self.since_heading = 0
            self.late = self.late or bool(vocabulary.reports().late.search(item.text[:40]))
            self.planned = self.planned or bool(vocabulary.reports().planned.search(item.text[:40]))

    def looks_back_again(self, words: str) -> dict[str, int]:
        """Evidence that behind its plan a text looks back: another report has begun."""
        if not self.planned or self.since_heading < 1 or FORWARD.search(words[:60]):
            return {}
        return {"looks back behind a plan": 2} if LOOK_BACK.match(words) else {}

    def has_ended(self, evidence: dict[str, int], above: str) -> bool:
        """Whether the report above may be over: by its plan, by its last words, or because another is announced."""
        if self.length < (SHORTEST_REPORT if self.planned else SHORTEST_BEFORE):
            return False
        if ENDED.search(above) and max(evidence.values()) >= OPENING_SCORE:
            return True
        return self.late or "the text before it has closed" in evidence

    def begins_anew(self, words: str) -> bool:
        number = TOP.match(words)
        if number is None or self.length < SHORTEST_REPORT:
            return False
        return chinese_number(number[1]) == 1 and self.top >= 2


def _opening_evidence(above: str, words: str) -> dict[str, int]:
    """Why a paragraph may open a report, weighed."""
    evidence: dict[str, int] = {}
    for opener in vocabulary.reports().openers:
        part = words[-40:] if opener.at == "end" else words[:160]
        if opener.pattern.search(part):
            evidence[opener.name] = max(opener.weight, evidence.get(opener.name, 0))
    if evidence and any(word in words[:24] for word in vocabulary.issuers()):
        evidence["names a body"] = 1
    if evidence and vocabulary.reports().closing.search(above):
        evidence["the text before it has closed"] = 1
    return evidence


def _lead(text: str, made: list[Paragraph], state: _Section, is_compilation: bool) -> Start | None:
    """The paragraph at which the report begins whose 一、 is the last of `made`; may cut a joined paragraph in two."""
    last = len(made) - 1
    candidates: list[tuple[int, int, dict[str, int]]] = [(last, 0, {"the numbering begins anew": 1})]
    for i in range(last - 1, max(last - 1 - state.since_heading, 0), -1):
        evidence = _opening_evidence(made[i - 1].text, made[i].text) | state.looks_back_again(made[i].text)
        if evidence.keys() <= {"guided by", "names a body", "the text before it has closed"}:
            evidence = {}
        if made[i - 1].kind is not ParagraphKind.HEADING or sum(evidence.values()) >= OPENING_SCORE:
            candidates.append((i, 0, evidence))
        for joint in _joints(text, made[i]):
            if opening := _opening_evidence("", made[i].text[joint:]):
                candidates.append((i, joint, {"the sentence before it breaks off": 2} | opening))
    index, joint, evidence = max(candidates, key=lambda found: (sum(found[2].values()), -found[0]))
    if not is_compilation and sum(weight for name, weight in evidence.items() if name in ANNOUNCING) < OPENING_SCORE:
        return None
    if not state.late and state.top < 3 and sum(evidence.values()) < 2:
        return None
    if joint:
        upper, lower = _cut(made[index], joint)
        made[index : index + 1] = [upper, lower]
        index += 1
    return Start(
        index, evidence=("the numbering begins anew at 一、", *(name for name in evidence if "anew" not in name))
    )


def _joints(text: str, item: Paragraph) -> list[int]:
    """Reading offsets at which lines were joined although the sentence above had not ended."""
    return [
        at
        for at in range(1, len(item.origin))
        if item.origin[at] - item.origin[at - 1] > 1 and "\n" in text[item.origin[at - 1] : item.origin[at]]
    ]


def _cut(item: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    return replace(item, text=item.text[:at], origin=item.origin[:at]), replace(
        item, text=item.text[at:], origin=item.origin[at:]
    )


def _single(items: Sequence[Paragraph], body: Sequence[int]) -> Start:
    """The only report of a file, or the first of an untitled compilation."""
    for i in body[:4]:
        if items[i].kind is ParagraphKind.HEADING and not is_enumerated(items[i].text):
            lines = _title_lines(items, i)
            if _ends_like_title(items[i + lines - 1].text) or "报告" in items[i].text:
                return replace(_titled(items, i, lines, "title at the head of the file"), paragraph=body[0])
    return Start(body[0], evidence=("first text of the file",))


def _usual_gap(text: str, items: Sequence[Paragraph]) -> int:
    gaps = Counter(_gap(text, above, below) for above, below in pairwise(items))
    return gaps.most_common(1)[0][0] if gaps else 0


def _gap(text: str, above: Paragraph, below: Paragraph) -> int:
    """Line ends between two paragraphs."""
    return text.count("\n", above.char_end, below.char_start)


def _wide_gaps(
    text: str, items: Sequence[Paragraph], body: Sequence[int], usual: int, is_compilation: bool
) -> frozenset[int]:
    """Paragraphs behind a gap wider than usual, if such gaps part reports: long pieces, each ended, each opened."""
    wide = [i for i, above in zip(body[1:], body, strict=False) if _gap(text, items[above], items[i]) > usual]
    page_break = re.compile(rf"(?:\n[ \t]*){{{usual + 1},}}")  # a gap as wide inside a paragraph
    broken = sum(page_break.search(raw_text(text, items[i])) is not None for i in body)
    if not is_compilation or not wide or broken > 0.2 * len(wide):
        return frozenset()
    edges = [items[body[0]].char_start, *(items[i].char_start for i in wide), len(text)]
    ended = sum(ENDED.search(items[i - 1].text) is not None for i in wide)
    if min(after - before for before, after in pairwise(edges)) < SHORTEST_REPORT or ended < 0.75 * len(wide):
        return frozenset()
    return frozenset(wide)


def _titled_by_contents(items: Sequence[Paragraph], starts: list[Start], contents: Contents) -> list[Start]:
    """Untitled reports take their titles from the table of contents, in order, by the words that both share."""
    if not contents.titles or len(starts) < 2:
        return starts
    edges = [*(start.paragraph for start in starts), len(items)]
    texts = ["".join(item.text for item in items[a:b]) for a, b in pairwise(edges)]
    pairs = _aligned(contents.titles, texts)
    return [
        replace(start, title=contents.titles[pairs[n]], is_inferred=True)
        if n in pairs and start.title is None
        else start
        for n, start in enumerate(starts)
    ]


def _aligned(titles: Sequence[str], texts: Sequence[str]) -> dict[int, int]:
    """Text number → title number, in order; to pass over a title costs, for collections lose their ends first."""
    parts = [{title[i : i + 2] for i in range(len(title) - 1)} for title in map(squeezed, titles)]
    spread = Counter(part for group in parts for part in group)
    rare = {part: math.log(1 + len(titles) / count) for part, count in spread.items()}
    total = [sum(rare[part] for part in group) or 1.0 for group in parts]

    def likeness(text: str, number: int) -> float:
        return sum(rare[part] for part in parts[number] if part in text) / total[number]

    best: list[list[tuple[float, int]]] = [[(-0.1 * m, -1) for m in range(len(titles) + 1)]]
    for n, text in enumerate(texts, 1):
        row = [(best[n - 1][0][0] - 0.3, 0)]
        for m in range(1, len(titles) + 1):
            taken = best[n - 1][m - 1][0] + likeness(text, m - 1)
            row.append(max((taken, 1), (row[m - 1][0] - 0.1, -1), (best[n - 1][m][0] - 0.3, 0)))
        best.append(row)
    n, m = len(texts), max(range(len(titles) + 1), key=lambda m: best[-1][m][0])
    pairs: dict[int, int] = {}
    while n and m:
        step = best[n][m][1]
        if step == 1:
            n, m = n - 1, m - 1
            pairs[n] = m
        elif step == 0:
            n -= 1
        else:
            m -= 1
    return pairs
