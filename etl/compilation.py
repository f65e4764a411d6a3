"""A source becomes its reports: where each begins and by what evidence, who wrote it, about which time and place.

Three kinds of evidence part a compilation, tried in this order: titles that its table of contents announces, lines that
look like titles, and, where titles were lost, the content: the numbering begins anew at 一、 behind a closing section,
and a paragraph opens a report. Each report says what made it begin (`Report.evidence`).
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from statistics import median

import rjieba

from etl import gazetteer, vocabulary
from etl.records import Paragraph, ParagraphKind, Report, SourceText, TimeSpan

Boilerplate = tuple[int, int, str]  # source span and reason

NUMERALS = "〇一二三四五六七八九"
YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"(?P<year>{YEAR}|[{NUMERALS}零]{{4}})(?:年|[-./])(?P<month>[0-9]{{1,2}}|[{NUMERALS}十]{{1,3}})(?:月|[-./])"
    rf"(?P<day>[0-9]{{1,2}}|[{NUMERALS}十]{{1,3}})日?"
)
TOP = re.compile(r"([一二三四五六七八九十]{1,3})[、.．]")
ENTRY_HEAD = re.compile(r"^[0-9]{1,3}[.、．。…·\s]+|^第?[一二三四五六七八九十]{1,3}[、篇章]\s*|^[-*]\s+")
ENTRY_TAIL = re.compile(r"[\s.·…\t]+[0-9]{0,4}$")
PIECE_NUMBER = re.compile(r"^(?:篇|第|范文|材料|【篇)?\s*[0-9一二三四五六七八九十]{1,3}\s*(?:篇|】)?\s*[:：、.．]\s*")
BYLINE = re.compile(
    r"^[□■◆●/（(]?\s*(?:本[报刊台网]|特约|实习)?(?:首席)?(?:记者|通讯员|作者)?.{0,18}?"
    r"(?:(?:书记|部长|主任|局长|[省市县区州]长|主席|院长|总理|检察长|记者|通讯员|文/图|摄)[\s:：]*[\u4e00-\u9fff·\s]{2,12})$"
)
SHORT_NAME = re.compile(rf"(?:{'|'.join(vocabulary.reports().surnames)})\s?[\u4e00-\u9fff]{{1,2}}$")
LOOK_BACK = re.compile(rf"(?:{YEAR}年(?:度|以来|来)?|今年(?:以来)?|一年来|本年度)[，,\u4e00-\u9fff]")
FORWARD = re.compile(r"将|计划|力争|继续|进一步|必须")
DATELINE = re.compile(r"^(?:本报|本刊|本台|本网)?.{0,16}?(?:讯|电)\s*[（(]|^新华社.{0,16}电")
UNDER_TITLE = re.compile(r"(?:会议|大会|次会)上?$|^(?:——|──).*[0-9]日|(?:国家统计局|人民政府)$")
MEETING = re.compile(r"[0-9一二三四五六七八九十]日.{0,4}在?.{2,40}(?:会议|大会|次会)")
PHOTO = re.compile(r"图为|图片说明")
PHOTO_CREDIT = re.compile(r".{2,20}[\s/]?摄$")
ENDED = re.compile(r"[。！？；…!?;][”’）)》]*$|[）)]$")

LAST_OF_HEAD = 8  # paragraphs at the head of a report that may belong to its title
SPEECHES = ("讲话", "发言", "致辞")
LOCAL_KINDS = (*SPEECHES, "工作总结", "工作计划", "总结与计划")  # what towns and street offices write
SHORTEST_REPORT = 300  # characters
LONGEST_PIECE = 20_000  # characters of a report, from which the loss of a title may be suspected
SHORTEST_PIECE = 100  # characters of body between two titles
SHORTEST_BEFORE = 800  # characters of a report before an opening paragraph may begin the next
LONGEST_TITLE = 60
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


def split(source: SourceText, paragraphs: tuple[Paragraph, ...]) -> tuple[tuple[Report, ...], tuple[Boilerplate, ...]]:
    """The reports of a source in order, and the source spans that belong to none, with the reason."""
    text = source.text
    items = list(paragraphs)
    contents = _contents(text, items)
    foreign = _foreign(text, items, contents)
    cover = _cover(items, foreign)
    starts = _by_contents(items, contents, cover)
    if len(starts) < 2:
        starts = _by_titles(text, items, foreign, cover)
    if len(starts) < 2:
        items, starts = _by_content(text, items, foreign, cover)
        starts = _titled_by_contents(items, starts, contents)
    elif _is_compilation(cover):
        items, starts = _between_titles(text, items, foreign, cover, starts)
    foreign = _foreign(text, items, contents)
    if not starts:
        return (), _spans(text, items, foreign, ())
    return _reports(source, items, foreign, cover, starts)


# --- What belongs to no report


def _contents(text: str, items: Sequence[Paragraph]) -> Contents:
    """The table of contents: lines with leaders, lines under 目录, or a numbered list of titles at the beginning."""
    known = vocabulary.reports()
    leaders = [
        i for i, item in enumerate(items) if item.kind is ParagraphKind.BOILERPLATE and not _in_markup(text, item)
    ]
    heads = [i for i, item in enumerate(items[:60]) if _squeezed(item.text).lower() in known.contents]
    if len(leaders) >= 2:
        listed = leaders
    elif heads:
        listed = _short_run(text, items, heads[0] + 1)
    else:
        listed = _numbered_run(items)
    titles = tuple(ENTRY_TAIL.sub("", ENTRY_HEAD.sub("", _raw(text, items[i]))).strip() for i in listed)
    return Contents(titles, frozenset([*listed, *heads]) if listed else frozenset())


def _in_markup(text: str, item: Paragraph) -> bool:
    """Whether a paragraph stands in front matter, a comment or a folded list."""
    raw = _raw(text, item)
    return raw.startswith(("<", "---")) or (text.startswith("---") and item.char_end < text.find("\n---", 3) + 5)


def _short_run(text: str, items: Sequence[Paragraph], start: int) -> list[int]:
    """Short lines from `start` on, up to the first that is printed again further on right behind: the first title."""
    run: list[int] = []
    first = ""
    for i in range(start, len(items)):
        words = _squeezed(ENTRY_TAIL.sub("", ENTRY_HEAD.sub("", _raw(text, items[i]))))
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


def _foreign(text: str, items: Sequence[Paragraph], contents: Contents) -> dict[int, str]:
    """Paragraphs that belong to no report, with the reason."""
    front = text.startswith("---")
    found: dict[int, str] = {}
    for i, item in enumerate(items):
        if i in contents.paragraphs:
            found[i] = "table of contents"
        elif item.kind is ParagraphKind.BOILERPLATE:
            found[i] = "front matter" if front else "comment"
        else:
            front = False
            if len(item.text) <= 160 and (reason := _foreign_reason(item.text)):
                found[i] = reason
    for i in range(1, len(items)):
        if PHOTO_CREDIT.fullmatch(items[i].text) and len(items[i].text) <= 24:
            found[i] = "photo credit"
            if PHOTO.search(items[i - 1].text):
                found[i - 1] = "photo caption"
    return found


def _foreign_reason(words: str) -> str | None:
    return next((entry.reason for entry in vocabulary.reports().foreign if entry.pattern.search(words)), None)


def _cover(items: Sequence[Paragraph], foreign: dict[int, str]) -> str:
    """What the first lines say of the file: its name as a compilation, front matter."""
    head = [
        item.text for i, item in enumerate(items[:12]) if len(item.text) <= 80 and foreign.get(i) != "table of contents"
    ]
    return "\n".join(head)


def _is_compilation(cover: str) -> bool:
    first = cover.split("\n")[:3]
    return any(word in line for line in first for word in vocabulary.reports().compilation_words) or bool(
        re.search(r"[（(][0-9]{1,3}篇[）)]", cover)
    )


# --- Where a report begins: titles


def _by_contents(items: Sequence[Paragraph], contents: Contents, cover: str) -> list[Start]:
    """Titles of the table of contents found again above their texts, in order; chapters of one report are none."""
    starts: list[Start] = []
    if not _is_compilation(cover) and sum(map(_ends_like_title, contents.titles)) < 0.4 * len(contents.titles):
        return starts
    at = max(contents.paragraphs, default=-1) + 1
    last = 0
    for number, title in enumerate(contents.titles, 1):
        found = _find_title(items, at, title)
        if found is None:
            continue
        at, lines = found
        starts.append(_titled(items, at, lines, f"title {number} of the table of contents"))
        at += lines
        last = number
    return starts if len(starts) >= 0.6 * last else []  # a file may hold less than its contents announce


def _find_title(items: Sequence[Paragraph], start: int, title: str) -> tuple[int, int] | None:
    """Index and number of lines of a title from the table of contents, which may differ by a word or a line break."""
    wanted = _squeezed(title)
    near: tuple[float, int, int] | None = None
    for i in range(start, len(items)):
        words = _squeezed(PIECE_NUMBER.sub("", items[i].text))
        if len(words) > LONGEST_TITLE:
            continue
        both = words + _squeezed(items[i + 1].text) if i + 1 < len(items) and len(items[i + 1].text) < 40 else ""
        if words == wanted:
            return i, 1
        if both == wanted:
            return i, 2
        if items[i].kind is ParagraphKind.HEADING and len(words) >= 6:
            likeness = SequenceMatcher(None, words, wanted).ratio()
            if likeness > 0.75 and (near is None or likeness > near[0]):
                near = (likeness, i, 1)
    return near[1:] if near else None


def _by_titles(text: str, items: Sequence[Paragraph], foreign: dict[int, str], cover: str) -> list[Start]:
    """Lines that look like titles: by their words, and by the date, byline or dateline under them.

    A file that does not call itself a compilation needs two lines of stronger evidence first.
    """
    weighed = _weighed_titles(text, items, foreign)
    is_compilation = _is_compilation(cover) or sum(weight > TITLE_SCORE for weight, _ in weighed) > 1
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
        if not _body_follows(items, i) or (not weighed and _is_compilation(item.text)):
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
    return _squeezed(item.text).lower() not in vocabulary.reports().contents


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
    elif not _enumerated(words) and _is_greeted(items[i + 1 : i + 4]):
        evidence["greeting under it"] = 2
    if _enumerated(words) and not evidence and not _ends_like_title(words):
        return {}
    if PIECE_NUMBER.match(words) and not TOP.match(words) and _ends_like_title(words):
        evidence["numbered title"] = 3
    elif _ends_like_title(words):
        evidence["words of a title"] = 2
    is_first = all(len(item.text) <= LONGEST_TITLE for item in items[:i])
    if is_first or ENDED.search(items[i - 1].text) or PHOTO_CREDIT.fullmatch(items[i - 1].text):
        evidence["the text before it has ended"] = 1
    if i and _gap(text, items[i - 1], items[i]) > usual:
        evidence["a wide gap before it"] = 1
    return evidence


def _is_greeted(below: Sequence[Paragraph]) -> bool:
    """Whether short lines lead to 同志们："""
    for item in below:
        if len(item.text) > LONGEST_TITLE or _enumerated(item.text):
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
        if not _ends_like_title(items[i].text) and _ends_like_title(below) and not _enumerated(below):
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


# --- Where a report begins: content


def _by_content(
    text: str, items: list[Paragraph], foreign: dict[int, str], cover: str
) -> tuple[list[Paragraph], list[Start]]:
    """Reports without titles: gaps, numbering that begins anew, and paragraphs that open a report."""
    body = [i for i in range(len(items)) if i not in foreign]
    is_compilation = _is_compilation(cover)
    while is_compilation and body and _is_compilation(items[body[0]].text):
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
            self.top = _chinese_number(number[1])
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
        return _chinese_number(number[1]) == 1 and self.top >= 2


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
        if items[i].kind is ParagraphKind.HEADING and not _enumerated(items[i].text):
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
    broken = sum(page_break.search(_raw(text, items[i])) is not None for i in body)
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
    parts = [{title[i : i + 2] for i in range(len(title) - 1)} for title in map(_squeezed, titles)]
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


# --- The reports


def _reports(
    source: SourceText, items: Sequence[Paragraph], foreign: dict[int, str], cover: str, starts: Sequence[Start]
) -> tuple[tuple[Report, ...], tuple[Boilerplate, ...]]:
    reports: list[Report] = []
    foreign = dict(foreign)
    edges = [*(start.paragraph for start in starts), len(items)]
    for ordinal, (start, end) in enumerate(zip(starts, edges[1:], strict=True), 1):
        own = [i for i in range(start.paragraph, end) if i not in foreign]
        while len(own) > 1 and _is_stray(items[own[-1]]):
            foreign[own.pop()] = "column name or caption"
        lines = range(start.paragraph, start.paragraph + start.title_lines)
        part = tuple(
            _as_title(items[i]) if i in lines and not start.is_inferred else _as_byline(items[i], n)
            for n, i in enumerate(own)
        )
        report = Report(
            ordinal,
            part[0].char_start,
            part[-1].char_end,
            part,
            start.title,
            start.is_inferred,
            evidence=start.evidence,
        )
        reports.append(_described(report, source, cover))
    return tuple(reports), _spans(source.text, items, foreign, reports)


def _is_stray(item: Paragraph) -> bool:
    """A heading with nothing under it."""
    return item.kind is ParagraphKind.HEADING and len(item.text) <= 20


def _as_title(item: Paragraph) -> Paragraph:
    return replace(item, kind=ParagraphKind.HEADING, level=1)


def _as_byline(item: Paragraph, place: int) -> Paragraph:
    """A speaker, a meeting or an office under the title is no heading, however short its line."""
    is_heading = place < LAST_OF_HEAD and item.kind is ParagraphKind.HEADING and not _enumerated(item.text)
    if is_heading and (BYLINE.match(item.text) or SHORT_NAME.match(item.text) or UNDER_TITLE.search(item.text)):
        return replace(item, kind=ParagraphKind.BODY, level=0)
    return item


def _spans(
    text: str, items: Sequence[Paragraph], foreign: dict[int, str], reports: Iterable[Report]
) -> tuple[Boilerplate, ...]:
    """Everything that no report holds, neighbours with the same reason in one span."""
    held = {item.char_start for report in reports for item in report.paragraphs}
    spans: list[Boilerplate] = []
    for i, item in enumerate(items):
        if item.char_start in held:
            continue
        reason = foreign.get(i, "cover")
        if spans and spans[-1][2] == reason and i and items[i - 1].char_start not in held:
            spans[-1] = (spans[-1][0], item.char_end, reason)
        else:
            spans.append((item.char_start, item.char_end, reason))
    return tuple(spans)


# --- Who, where, when


def _described(report: Report, source: SourceText, cover: str) -> Report:
    """The report with title, kind, issuer, region, date and period, as far as its text tells them."""
    head = _head(report)
    front = _front_title(source.text) if report.ordinal == 1 else ""
    named_in_front = re.sub(r"[（(].*|[《》]", "", front).strip()
    title = report.title if report.title and report.title not in named_in_front else named_in_front or report.title
    about = "\n".join(filter(None, (title, front, *head)))
    words = "".join(item.text for item in report.paragraphs)
    kind = _kind(title, about, report, cover)
    spoken_for = _spoken_for(words[:800]) if kind in SPEECHES else ""
    place = _Place.of(f"{spoken_for}\n{about}", words)
    issuer, issuer_type, is_redacted = _issuer(title or "", spoken_for, report, words, kind, place)
    day = _date(head, front, report)
    period = _period(title or "", about, report, kind, day, cover, source)
    title_is_inferred = report.title_is_inferred
    if title is None:
        title = _made_up_title(issuer, kind, period)
        title_is_inferred = title is not None
    region = place.region
    return replace(
        report,
        title=title,
        title_is_inferred=title_is_inferred,
        kind=kind,
        issuer_name=issuer,
        issuer_type=issuer_type,
        issuer_is_redacted=is_redacted,
        region_code=region.code if region else None,
        region_name=gazetteer.full_name(region.code) if region else ("全国" if place.is_national else None),
        report_date=day,
        period=period,
    )


def _head(report: Report) -> list[str]:
    """The short lines above the body: title, date, place of the meeting, speaker."""
    lines: list[str] = []
    for item in report.paragraphs[:LAST_OF_HEAD]:
        if len(item.text) > LONGEST_TITLE or _enumerated(item.text) or GREETING.match(item.text):
            break
        lines.append(item.text)
    return lines


def _front_title(text: str) -> str:
    """The title in YAML front matter, empty without one."""
    found = re.match(r"---+\n(?:.*\n)*?title:[ \t]*(.*)\n", text[:2000])
    return found[1].strip(" '\"") if found else ""


def _made_up_title(issuer: str | None, kind: str, period: TimeSpan | None) -> str | None:
    """A title for a report that has none: XX镇人民政府2022年总结与计划."""
    if issuer is None and period is None:
        return None
    year = f"{period.end.year}年" if period else ""
    return f"{issuer or ''}{year}{kind}"


def _kind(title: str | None, about: str, report: Report, cover: str) -> str:
    """The kind by the title, else by how the text opens, else by what the compilation says of itself."""
    opening = "".join(item.text for item in report.paragraphs[:4])[:600]
    if (kind := _kind_by(about)) in ("政府工作报告", "统计公报"):
        return kind
    if title and (kind := _kind_by(title)):
        return _with_plan(kind, report) if kind == "工作总结" else kind
    if any(DATELINE.match(item.text) for item in report.paragraphs[:3]):
        return "新闻报道"
    if any(BYLINE.match(item.text) and len(item.text) <= 30 for item in report.paragraphs[1:3]):
        return "评论"
    if any(SHORT_NAME.match(item.text) for item in report.paragraphs[1:3]):
        return "新闻报道" if re.search("记者|笔者|近日|日前|连日来", opening) else "评论"
    announced = re.search(r"现将.{0,60}(?:汇报|报告|总结)|(?:汇报|报告|总结)[^。]{0,6}如下", opening)
    if announced and not GREETING.match(opening):
        return _with_plan("工作总结", report)
    default = _kind_by(cover)
    if default in ("工作总结", "总结与计划", "工作计划"):
        return _with_plan("工作总结", report)
    if default:
        return default
    return "讲话" if GREETING.match(opening) else "其他"


def _kind_by(words: str) -> str | None:
    return next((entry.kind for entry in vocabulary.reports().kinds if entry.pattern.search(words)), None)


def _with_plan(kind: str, report: Report) -> str:
    """总结与计划 where a heading announces what comes next."""
    plan = re.compile(
        r"下一步|打算|明年|(?:工作)?计划|工作思路|今后|重点工作安排|20[0-9]{2}年.{0,6}(?:计划|打算|安排|要点|思路)"
    )
    headings = [
        item.text[:40] for item in report.paragraphs if TOP.match(item.text) or item.kind is ParagraphKind.HEADING
    ]
    return "总结与计划" if any(plan.search(words) for words in headings[1:]) else kind


def _date(head: Sequence[str], front: str, report: Report) -> date | None:
    """The day under the title, in the line of the meeting, in the front matter, or at the very end."""
    tail = [item.text for item in report.paragraphs[-2:] if len(item.text) <= 30]
    for line in (*head, front, *tail):
        if found := DATE.search(line):
            return _day(found)
    return None


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (_number(found[part]) for part in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(words: str) -> int:
    """2019, 二〇一九, 十四."""
    if words.isascii():
        return int(words)
    if "十" in words:
        return _chinese_number(words)
    return int("".join(str(NUMERALS.index(word) if word in NUMERALS else 0) for word in words))


def _chinese_number(words: str) -> int:
    """Up to 99: 十二 → 12."""
    tens, mark, ones = words.rpartition("十")
    if not mark:
        return NUMERALS.index(ones) if ones in NUMERALS else 0
    return (NUMERALS.index(tens) if tens else 1) * 10 + (NUMERALS.index(ones) if ones else 0)


@dataclass(frozen=True, slots=True)
class _Place:
    """The territory of a report, and how its text calls it: 市, 镇 … or the whole country."""

    region: gazetteer.Region | None = None
    self_word: str = ""  # 省 市 县 区 州 旗 镇 乡 街道
    is_national: bool = False

    @staticmethod
    def of(about: str, words: str) -> _Place:
        """By the lines above the text, the first that names a place; else by what the text speaks of most."""
        self_word = _self_word(words)
        mentions = _mentions(words)
        for line in about.split("\n"):
            if NATIONAL_BODY.search(line):
                return _Place(None, self_word, True)
            if named := _named(line, mentions):
                return _Place(named, self_word)
            if not self_word and NATIONAL.search(line):
                return _Place(None, self_word, True)
        beginning = words[:3000]
        own = sum(len(pattern.findall(beginning)) for pattern in SELF_WORDS.values())
        if len(NATIONAL_BODY.findall(beginning)) >= max(2, own + 1):
            return _Place(None, self_word, True)
        return _Place(_likeliest(mentions, _mentions(words[:1000]), self_word), self_word)


GREETING = re.compile("尊敬的|各位|同志们|朋友们|女士们|[^，。]{0,12}(?:同志|领导|来宾|朋友)们?[，、：]")
NATIONAL_BODY = re.compile(
    "国务院|全国人民代表大会|国家统计局|全国人大|全国政协|团中央|全国总工会|全国妇联|中华人民共和国"
)
NATIONAL = re.compile(r"全国|中央|国家[^级]|中国|国民经济")
SELF_WORDS = {
    word: re.compile(rf"[我全本]{word}(?![级直])") for word in ("省", "市", "县", "区", "州", "旗", "镇", "乡")
}
TOWNSHIP = ("街道", "镇", "乡")


def _self_word(words: str) -> str:
    counts = {word: len(pattern.findall(words)) for word, pattern in SELF_WORDS.items()}
    counts["街道"] = len(re.findall(r"我街|全街|街道(?:党工委|办事处|办)|[xX]街道", words))
    best = max(counts, key=lambda word: counts[word])
    return best if counts[best] >= 2 else ""


def _mentions(words: str) -> dict[str, float]:
    """Weight of each region code in a text: a full name counts twice, an ambiguous one is shared out.

    A short name counts only where it is a word by itself: 引来安家 does not speak of 来安. One that is also a common
    word counts where the full name stands in the text as well: 江岸 beside 江岸区.
    """
    weights: dict[str, float] = defaultdict(float)
    edges = _word_edges(words)
    matches = gazetteer.find(words)
    in_full = {region.code for match in matches if not match.is_short for region in match.candidates}
    for match in matches:
        if match.is_short and (match.start not in edges or match.end not in edges):
            continue
        if match.is_short and match.is_word and in_full.isdisjoint(region.code for region in match.candidates):
            continue
        weight = 1.0 if match.is_short else 0.2 if match.is_word or match.end - match.start < 3 else 2.0
        for region in match.candidates:
            weights[region.code] += weight / len(match.candidates)
    return weights


def _word_edges(words: str) -> set[int]:
    return set(accumulate(map(len, rjieba.cut(words)), initial=0))


def _support(code: str, mentions: Mapping[str, float]) -> float:
    """How much a text speaks of a territory, of what lies in it and of what lies above it."""
    above = {region.code for region in gazetteer.ancestors(code)}
    total = 2 * mentions.get(code, 0.0)
    for other, weight in mentions.items():
        if other in above:
            total += 0.3 * min(weight, 3)
        elif other != code and any(region.code == code for region in gazetteer.ancestors(other)):
            total += min(weight, 3)
    return total


def _named(line: str, mentions: Mapping[str, float]) -> gazetteer.Region | None:
    """The territory that a line names: a full name before a short one, the lower level before the higher."""
    if DATELINE.match(line) and not line.startswith("本"):
        return None
    edges = _word_edges(line)
    for is_short in (False, True):
        found = [
            m
            for m in gazetteer.find(line)
            if m.is_short is is_short
            and (not m.is_word or m.start == 0)
            and (not is_short or (m.start in edges and m.end in edges))
        ]
        if found:
            best = max(found, key=lambda m: (max(gazetteer.LEVELS.index(r.level) for r in m.candidates), -m.start))
            return max(best.candidates, key=lambda region: _support(region.code, mentions))
    return None


def _likeliest(mentions: Mapping[str, float], opening: Mapping[str, float], self_word: str) -> gazetteer.Region | None:
    """The territory that a text without a name at its head speaks of most, of the level by which it calls itself."""
    together = {code: mentions.get(code, 0.0) + opening.get(code, 0.0) for code in {*mentions, *opening}}
    regions = set(together)
    for code in together:
        regions |= {region.code for region in gazetteer.ancestors(code)}
    fitting = [code for code in regions if _fits(code, self_word)]
    best = max(fitting, key=lambda code: (_support(code, together), code), default=None)
    if best is None or _support(best, together) < 2:
        return None
    named = max(together, key=lambda code: (together[code], code))
    more = 2.0 if self_word else 1.0
    if self_word in ("", "省") and named in opening and together[named] >= more * together.get(best, 0.0):
        best = named  # a county's news that speaks of 全省 as well
    return gazetteer.by_code(best)


def _fits(code: str, self_word: str) -> bool:
    region = gazetteer.by_code(code)
    if region is None:
        return False
    if self_word in TOWNSHIP:
        return region.level == "county"
    if self_word == "省":
        return region.level == "province"
    if self_word == "州":
        return region.name.endswith("自治州")
    return not self_word or region.name.endswith(self_word)


MASKED_BODY = re.compile(r"[xX×*某]{1,6}(?:街道|镇|乡|垦殖场|农场|林场|社区|村)")


def _issuer(
    title: str, spoken_for: str, report: Report, words: str, kind: str, place: _Place
) -> tuple[str | None, str | None, bool]:
    """Full name and type of the body that reports, and whether its name is masked."""
    known = vocabulary.issuers()
    if kind == "政府工作报告":
        return *_full(known["政府"], place), False
    if kind == "统计公报":
        return *_full(known["统计局"], place), False
    is_township = place.self_word in TOWNSHIP or not place.self_word or MASKED_BODY.search(words[:400])
    if kind in LOCAL_KINDS and not place.is_national and is_township and (name := _township(words, place)):
        return name, "community" if "街道" in name else "government", MASKED_BODY.match(name) is not None
    byline = next((item.text for item in report.paragraphs[1:3] if BYLINE.match(item.text)), "")
    if (body := _titled_body(title, place)) and kind not in SPEECHES:
        return *body, False
    word = _represented(spoken_for) or _body_word(title) or _body_word(byline)
    if word is None and report.title is None:
        word = _opening_word(words[:90])
    if word is None and (known_body := _known_body(title)):
        return known_body.name, known_body.type, False
    is_speech = kind in SPEECHES
    if word is None and (not is_speech or place.is_national or SYSTEM.search(title)):
        word = _topic_word(title)
    if word is None and (is_speech or not gazetteer.find(title)):
        word = _speaker_word(words)
    if word is None and kind not in (*SPEECHES, "新闻报道", "综述"):
        word = _subject_word(words)
    if word is None and (place.region or (place.is_national and kind != "其他")):
        word = "政府"
    if word is None:
        return None, None, False
    return *_full(known[word], place), False


def _township(words: str, place: _Place) -> str | None:
    """The street office, town or township that a text names most, masked names as printed."""
    masked = Counter(MASKED_BODY.findall(words))
    if masked:
        return _office(masked.most_common(1)[0][0])
    named: Counter[str] = Counter()
    tokens = rjieba.cut(words)
    for name, ending, behind in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if ending in TOWNSHIP and re.fullmatch("[\u4e00-\u9fff]{2,3}", name):
            named[name + ending] += 2 if behind in ("办事处", "党工委", "党委") else 1
    if not named:
        return None
    name, count = named.most_common(1)[0]
    within = gazetteer.territory_name(place.region) if place.region else ""
    return within + _office(name) if count >= 2 else None


def _office(name: str) -> str:
    if name.endswith("街道"):
        return name + "办事处"
    return name + "人民政府" if name.endswith(("镇", "乡")) else name


TITLE_LEAD = re.compile(
    rf"(.{{3,24}}?)(?:{YEAR}年|关于|工作|[上下]半年|[“\"]?十[一二三四五]五|五年|学习|贯彻|落实|开展)"
)


def _titled_body(title: str, place: _Place) -> tuple[str, str] | None:
    """A body that has no name of the common pattern, at the head of the title: 桐庐县富春江镇2022年…"""
    lead = TITLE_LEAD.match(title)
    if lead is None or any(lead[1].endswith(word) for word in vocabulary.issuers()):
        return None
    for suffix, body_type in vocabulary.reports().body_suffixes.items():
        if lead[1].endswith(suffix):
            name = lead[1]
            found = next((m for m in gazetteer.find(name) if m.start == 0), None)
            if found and place.region and any(region.code == place.region.code for region in found.candidates):
                name = gazetteer.territory_name(place.region) + name[found.end :]
            return _office(name), body_type
    return None


def _known_body(title: str) -> vocabulary.KnownOrganization | None:
    """A body known throughout the country that the title names: 中国石化."""
    named = [
        body for body in vocabulary.known_organizations() if any(form in title for form in (body.name, *body.forms))
    ]
    return max(named, key=lambda body: max(len(f) for f in (body.name, *body.forms) if f in title), default=None)


def _subject_word(words: str) -> str | None:
    """The word of the body whose subject runs through the whole text: 食品安全."""
    counts: Counter[str] = Counter()
    for topic, word in vocabulary.report_topics().items():
        if word:
            counts[word] += words.count(topic)
    (first, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    return first if most >= max(5, len(words) / 250) and most >= 2 * second else None


SUPERIORS = ("政府", "党委", "省委", "市委", "县委", "区委", "州委", "旗委", "人大", "工会", "法院", "巡察")
SYSTEM = re.compile(r"系统|局长|厅长|主任会|部门|工作会议$")


def _body_word(title: str) -> str | None:
    """The word of the body that a title names: 市人大常委会 → 人大常委会."""
    return next((word for word in vocabulary.issuers() if word in title and word != "政府"), None)


def _opening_word(opening: str) -> str | None:
    """The body that the first sentence is about: 2022年，在县委的领导下，县残联坚持… → 残联; 全县人社工作… → 人社局."""
    subject = re.sub("在[^，。]*?下，?", "", opening)
    named = (word for word in vocabulary.issuers() if word in subject[:30] and word not in SUPERIORS)
    working = (
        word
        for topic, word in vocabulary.report_topics().items()
        if word and re.search(f"{topic}[^，。]{{0,6}}工作", subject)
    )
    return next(named, None) or next(working, None)


def _topic_word(title: str) -> str | None:
    """The word of the body whose subject a title names: 交通运输 → 交通运输局."""
    return next((word for topic, word in vocabulary.report_topics().items() if topic in title and word), None)


def _spoken_for(opening: str) -> str:
    """Whom a speaker represents: 我谨代表淮北市委、市政府，…"""
    found = re.search(r"(?:我|谨)[谨们]?代表([\u4e00-\u9fff、]{2,24})[，,向对]", opening)
    return found[1] if found else ""


def _represented(spoken_for: str) -> str | None:
    """淮北市委、市政府 → 政府."""
    if "政府" in spoken_for:
        return "政府"
    return next((word for word in vocabulary.issuers() if word in spoken_for), None)


def _speaker_word(words: str) -> str | None:
    """The body that a speech without a name in its title speaks for: the one that it names most, from the beginning."""
    counts = {word: words.count(word) for word in vocabulary.issuers() if word not in SUPERIORS}
    word = max(counts, key=lambda word: counts[word])
    return word if counts[word] >= 3 and words[:1500].count(word) >= 2 else None


def _full(issuer: vocabulary.Issuer, place: _Place) -> tuple[str | None, str]:
    region = place.region
    if region is None:
        return (issuer.national if place.is_national else None), issuer.type
    name = gazetteer.territory_name(region)
    template = issuer.province if region.level == "province" and not name.endswith("市") else issuer.local
    party = f"{name}委员会" if "自治" in name else f"{name}委"
    return template.format(region=name, party=party), issuer.type


FIVE_YEARS = re.compile(r"五年|5年")
PLAN = re.compile(r"[“\"]?十([一二三四五])五[”\"]?")


def _period(
    title: str, about: str, report: Report, kind: str, day: date | None, cover: str, source: SourceText
) -> TimeSpan | None:
    """The time that the report looks back on."""
    year_of_report = day.year if day else _year_of(about) or _year_of(re.sub(r"[\[【].*?[\]】]", "", cover))
    headings = [item.text for item in report.paragraphs if item.kind is ParagraphKind.HEADING][:12]
    if kind == "政府工作报告":
        return _government_period(headings, day, year_of_report or _year_of_file(source.name))
    if kind in ("工作计划", "其他"):
        return None
    if year := _year_of(title):
        return _years(year, year)
    if plan := PLAN.search(title):
        first = 2001 + 5 * "一二三四五".index(plan[1]) + 5
        return _years(first, first + 4, "plan")
    if FIVE_YEARS.search(title) and year_of_report:
        last = year_of_report if not day or day.month > 6 else year_of_report - 1
        return _years(last - 4, last)
    words = "".join(item.text for item in report.paragraphs)
    if kind in (*SPEECHES, "评论"):
        looks_back = kind == "讲话" and "今年" in words
        return _years(year_of_report, year_of_report) if looks_back and year_of_report else None
    if kind == "新闻报道":
        return _news_period(words, _latest_year(words, None) or year_of_report or _latest_year(source.text, None))
    opening = words[:800]
    years = re.search("近([三四五六3456])年来?|([三四五六3456])年来", opening)
    if years and (re.search("[一二三四五六七八九十]届", title) or not re.search("今年|这一年|一年来", opening)):
        end = year_of_report or _latest_year(opening, None)
        return _years(end - _number(years[1] or years[2]) + 1, end) if end else None
    if day and re.search("今年|这一年|一年来", opening):
        return _years(day.year, day.year)
    latest = _latest_year(opening, year_of_report) or year_of_report
    return _years(latest, latest) if latest else None


EVENT_DAY = re.compile(r"^.{0,70}?([0-9]{1,2})月([0-9]{1,2})日")
DURATION = re.compile(r"为期([两二三四五六七])天")
UP_TO_MONTH = re.compile(r"(?:截至|今年1[-—至到]|今年前)([0-9]{1,2})(?:个月|月)")


def _news_period(words: str, year: int | None) -> TimeSpan | None:
    """The day of the event, the months that the figures run to, or the half year that a news item tells of."""
    if year is None:
        return None
    until = UP_TO_MONTH.search(words)
    if until is None and (event := EVENT_DAY.match(words)):
        days = DURATION.search(words)
        try:
            start = date(year, int(event[1]), int(event[2]))
        except ValueError:
            return None
        length = "两二三四五六七".index(days[1]) or 1 if days else 0
        return TimeSpan(start, start + timedelta(length), "day" if not length else "span", f"{start}")
    first = date(year - 1 if "去年以来" in words else year, 1, 1)
    if until:
        month = min(max(int(until[1]), 1), 12)
        last = date(year, month, monthrange(year, month)[1])
    elif "上半年" in words:
        last = date(year, 6, 30)
    else:
        last = date(year, 12, 31)
        if "下半年" in words:
            first = date(year, 7, 1)
    return TimeSpan(first, last, "span", f"{first}-{last}")


def _latest_year(words: str, limit: int | None) -> int | None:
    """The year that a text names most, the later one of two, none behind the year of the report."""
    counts = Counter(int(year) for year in re.findall(rf"({YEAR})年", words) if limit is None or int(year) <= limit)
    return max(counts, key=lambda year: (counts[year], year), default=None)


def _government_period(headings: Sequence[str], day: date | None, year_of_report: int | None) -> TimeSpan | None:
    """The year in the heading of the look back; five years where it names them alone; else the year before the report.

    A report of November or December looks back on its own year.
    """
    back = next((words for words in headings if re.search("回顾|过去|五年|总结", words) and "今后" not in words), "")
    named = re.search(rf"({YEAR})\s*年", back)
    if named and (year_of_report is None or 0 <= year_of_report - int(named[1]) <= 1):
        return _years(int(named[1]), int(named[1]))
    if year_of_report is None:
        return None
    last = year_of_report if day and day.month >= 11 else year_of_report - 1
    if FIVE_YEARS.search(back) and not re.search("去年|过去一年|一年来", back):
        return _years(last - 4, last)
    return _years(last, last)


def _year_of(words: str) -> int | None:
    found = re.search(rf"({YEAR})\s*年", words) or re.search(rf"([{NUMERALS}]{{4}})年", words)
    return _number(found[1]) if found else None


def _year_of_file(name: str) -> int | None:
    """The last evidence: 云南省-2004.md."""
    found = re.search(rf"(?<![0-9]){YEAR}(?![0-9])", name)
    return int(found[0]) if found else None


def _years(first: int, last: int, granularity: str = "year") -> TimeSpan:
    label = f"{first}年" if first == last else f"{first}-{last}年"
    return TimeSpan(
        date(first, 1, 1),
        date(last, 12, 31),
        granularity if first == last else "plan" if granularity == "plan" else "span",
        label,
    )


# --- Small readings


def _raw(text: str, item: Paragraph) -> str:
    return text[item.char_start : item.char_end]


def _squeezed(words: str) -> str:
    return re.sub(r"[\s“”\"‘’'《》〈〉·,，、.。:：;；!！?？（）()—-]+", "", words)


def _enumerated(words: str) -> bool:
    return (
        re.match(
            r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．。](?![0-9])",
            words,
        )
        is not None
    )
