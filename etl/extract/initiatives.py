"""Named campaigns, programmes, reforms, projects, mechanisms and awards.

`extract` tells the story: four readings propose spans (known names, names in quotation marks, names that end with a
class noun, things that are built), and of spans that overlap the surest and longest stays. Where a name begins is told
by the words over which no name reaches; those words, the class nouns and the known names are data in
schema/vocabulary/initiatives.toml and initiatives.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import rjieba

from etl import vocabulary
from etl.extract.policies import title_spans
from etl.records import InitiativeMention, ParagraphKind, Report

LONGEST_NAME = 34  # characters
QUOTED = re.compile(r"“([^“”]{2,40})”|‘([^‘’]{2,40})’|\"([^\"]{2,40})\"")
MARKS = re.compile("[“”‘’\"《》]")
PUNCTUATION = re.compile(r"[，。；：！？、,;:!?…（）()《》〈〉\[\]【】\s]|——")
COUNTED = re.compile(
    r"(?:\d[\d.,]*[多余]?[万亿千百]*[多余]?|[一二两三四五六七八九十百千几数多]+)"
    r"(?:个|项|家|条|座|批|名|场|次|类|处|所|款|支|只|户|人|亩|公里|平方米|平方公里|万元|亿元|元|吨|米|%|年来|月|日|季度|届)+"
)
CUES = ("实施", "开展", "推进", "打造", "推行", "荣获", "获评", "评为", "落实", "创建", "启动", "推广", "深化", "组织")
YEAR = re.compile(r"\d{4}年(?:度)?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a paragraph that may be a name."""

    start: int
    end: int
    name: str
    kind: str
    rule: str
    confidence: float


def extract(report: Report) -> tuple[InitiativeMention, ...]:
    """Every initiative named in the report, in reading order; the same one as often as it is named."""
    return tuple(
        InitiativeMention(
            paragraph=index,
            start=found.start,
            end=found.end,
            surface=paragraph.text[found.start : found.end],
            name=found.name,
            kind=found.kind,
            rule=found.rule,
            confidence=found.confidence,
        )
        for index, paragraph in enumerate(report.paragraphs)
        if paragraph.kind is not ParagraphKind.BOILERPLATE
        for found in read(paragraph.text)
    )


def read(text: str) -> list[Candidate]:
    """The initiatives named in one paragraph."""
    sentence = Sentence(text)
    titles = list(title_spans(text))
    proposed = [*_known(text), *_quoted(sentence), *_suffixed(sentence)]
    chosen: list[Candidate] = []
    for candidate in sorted(proposed, key=lambda c: (c.start - c.end, -c.confidence)):
        overlaps = any(candidate.start < other.end and other.start < candidate.end for other in chosen)
        in_title = any(start <= candidate.start and candidate.end <= end for start, end in titles)
        if not overlaps and not in_title:
            chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: candidate.start)


class Sentence:
    """A paragraph with the places over which no name reaches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes = {match.end(): match.start() for match in QUOTED.finditer(text)}  # end → start
        self.starts: list[int] = []
        words = vocabulary.initiatives().boundary.words
        stops: set[int] = {0}
        position = 0
        for word, tag in rjieba.tag(text):
            begin, position = position, position + len(word)
            self.starts.append(begin)
            if word in words or tag[0] in "pcdruy":
                stops.add(position)
        for match in PUNCTUATION.finditer(text):
            stops.add(match.end())
        for match in COUNTED.finditer(text):
            stops.add(match.end())
        for match in YEAR.finditer(text):
            stops.add(match.end())
        quoted = {i for end, start in self.quotes.items() for i in range(start + 1, end)}
        self.stops = stops - quoted
        self.words = set(self.starts)

    def begin(self, end: int) -> int:
        """Where the name that ends before `end` begins: behind the nearest stop, quotation marks jumped over."""
        at = end
        while at > 0 and end - at < LONGEST_NAME:
            if at in self.quotes:
                at = self.quotes[at]
                continue
            if at in self.stops or self.text[at - 1] in "“”‘’\"":
                break
            at -= 1
        return self._trimmed(at, end)

    def _trimmed(self, at: int, end: int) -> int:
        edge = vocabulary.initiatives().boundary.edge
        while cuts := [n for n in (5, 4, 3, 2, 1) if self.text[at : at + n] in edge and at + n in self.words]:
            if at + cuts[0] >= end:
                break
            at += cuts[0]
        return at


@cache
def _class_nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    words = vocabulary.initiatives()
    kinds = {noun: kind for kind, nouns in words.classes.items() for noun in nouns}
    parts = []
    for noun in sorted(kinds, key=len, reverse=True):
        tails = words.continued.get(next((n for n in (noun, noun[-2:]) if n in words.continued), ""), ())
        parts.append(noun + (f"(?!{'|'.join(tails)})" if tails else ""))
    return re.compile("|".join(parts)), kinds


@cache
def _known_names() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, str]]]:
    patterns, meanings = [], []
    for known in vocabulary.known_initiatives():
        for alias in (known.name, *known.aliases):
            patterns.append(alias)
            meanings.append((known.name, known.kind))
    return ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), meanings


def _known(text: str) -> Iterator[Candidate]:
    automaton, meanings = _known_names()
    for which, start, end in automaton.find_matches_as_indexes(text):
        name, kind = meanings[which]
        yield Candidate(start, end, name, kind, "known throughout the country", 0.95)


def _quoted(sentence: Sentence) -> Iterator[Candidate]:
    """“我为群众办实事”实践活动, 延安“六式”学习法, 实施“雁阵”."""
    nouns, kinds = _class_nouns()
    text = sentence.text
    words = vocabulary.initiatives()
    for match in QUOTED.finditer(text):
        inner = MARKS.sub("", match.group())
        if inner in words.phrases.set:
            continue
        noun = nouns.match(text, match.end())
        if noun:
            continue  # read by its class noun
        before = text[max(0, match.start() - 4) : match.start()]
        if before.endswith(CUES):
            ending = nouns.search(inner)
            kind = kinds[ending.group()] if ending and ending.end() == len(inner) else "program"
            yield Candidate(match.start(), match.end(), inner, kind, "quoted name behind its verb", 0.6)


def _suffixed(sentence: Sentence) -> Iterator[Candidate]:
    nouns, kinds = _class_nouns()
    text = sentence.text
    for match in nouns.finditer(text):
        start = sentence.begin(match.start())
        core = text[start : match.start()]
        name = MARKS.sub("", text[start : match.end()])
        if not core or _is_generic(name[:-2]):
            continue
        yield Candidate(start, match.end(), name, kinds[match.group()], f"name ends with {match.group()}", 0.6)


def _is_generic(core: str) -> bool:
    """Whether nothing in front of the class noun is a name's own: 重点, 基础设施, 工作."""
    generic = vocabulary.initiatives().generic.words
    words = [word for word, _ in rjieba.tag(core)]
    return len(core) < 2 or (len(words) < 3 and all(word in generic for word in words))
