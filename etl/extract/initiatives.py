"""Named campaigns, programmes, reforms, projects, mechanisms and awards.

`read` tells the story: several readings propose spans, and of spans that overlap the longest stays. The readings are
`initiative_quotations` (names in quotation marks), `initiative_classes` (names that end with a class noun),
`initiative_things` (things that are built, honours), and the three short ones in this file. They all look at the
paragraph through `initiative_sentence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import ahocorasick_rs

from etl import gazetteer, vocabulary
from etl.extract.initiative_classes import suffixed
from etl.extract.initiative_frames import framed
from etl.extract.initiative_quotations import quoted
from etl.extract.initiative_sentence import (
    COINED,
    COUNTED,
    MARKS,
    SHORTEST_KEY,
    Candidate,
    Sentence,
    class_nouns,
    known_names,
    nouns_in,
    telling_names,
)
from etl.extract.initiative_things import built
from etl.records import InitiativeMention, ParagraphKind, Report

TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")  # of a document: what it names is not reported on
BRACKETED = re.compile("（(?![一二三四五六七八九十]{1,3}）)[一-鿿]{1,5}）")  # ends no name: 德胜电厂（二期）
FLAT = str.maketrans("（）", "〔〕")
QUOTATION = re.compile('[“”"]')
UNFLAT = str.maketrans("〔〕", "（）")
SHORT_FORM = 5  # characters of a name that may be the short form of another
OF_A_PROVINCE = re.compile("(?:[省市县区]级?|自治区级?)$")
NEARLY = 0.7  # of the longer of two names: 三帮行动, 三帮专项行动
LONGEST_TAIL = 4  # characters of a class noun behind a quotation: 专项行动
LEFT_OUT = 5  # characters at most that a short form leaves out
GLOSSARY = re.compile(
    r"(?P<number>\d{1,2}(?![\d年月日])[.、．]?|[（(]\d{1,2}[）)]|\[\d{1,2}\])?\s*(?P<term>[^，。：；]{2,25}[^是，。：；])："
    "(?:即|是?指|就是|包括)?"
)
NOTES = re.compile(
    "(?:附件?[：:]?)?.{0,14}(?:名词|术语|用语).{0,6}(?:解释|注释|说明)?|(?:相关)?注释"
)  # heading of notes


def extract(report: Report) -> tuple[InitiativeMention, ...]:
    """Every initiative named in the report, in reading order; the same one as often as it is named."""
    found: list[tuple[int, Candidate]] = []
    explains = False
    for index, paragraph in enumerate(report.paragraphs):
        explains = explains or NOTES.fullmatch(paragraph.text.strip("* 　")) is not None
        if paragraph.kind is not ParagraphKind.BOILERPLATE:
            found += [(index, candidate) for candidate in read(paragraph.text, explains)]
    found = sorted([*found, *_again(report, found)], key=lambda entry: (entry[0], entry[1].start))
    names = _names([candidate for _, candidate in found])
    return tuple(
        InitiativeMention(
            paragraph=index,
            start=candidate.start,
            end=candidate.end,
            surface=report.paragraphs[index].text[candidate.start : candidate.end],
            name=names[candidate.key].name,
            kind=names[candidate.key].kind,
            rule=candidate.rule,
            confidence=candidate.confidence,
        )
        for index, candidate in found
    )


def _again(report: Report, found: list[tuple[int, Candidate]]) -> Iterator[tuple[int, Candidate]]:
    """Where a name stands again without what made it one: 扩大“四标四实”成果, once “四标四实”行动 is known."""
    told: dict[str, Candidate] = {}
    taken: dict[int, list[tuple[int, int]]] = {}
    for index, candidate in found:
        taken.setdefault(index, []).append((candidate.start, candidate.end))
        written = report.paragraphs[index].text[candidate.start : candidate.end]
        if candidate.quoted and len(candidate.quoted) > SHORTEST_KEY:
            told.setdefault(f"“{candidate.quoted}”", candidate)
        elif not QUOTATION.search(written) and len(written) > SHORT_FORM:
            told.setdefault(written, candidate)
    if not told:
        return
    meant = list(told.values())
    automaton = ahocorasick_rs.AhoCorasick(list(told), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for index, paragraph in enumerate(report.paragraphs):
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        barred = [*taken.get(index, []), *(match.span() for match in TITLE.finditer(paragraph.text))]
        for which, start, end in automaton.find_matches_as_indexes(paragraph.text):
            if not any(start < last and first < end for first, last in barred):
                yield index, replace(meant[which], start=start, end=end, rule="named so elsewhere", confidence=0.6)


def _names(candidates: list[Candidate]) -> dict[str, Candidate]:
    """By key, the mention whose name the others take: the middle of what is quoted alike, the full of a short form."""
    names: dict[str, Candidate] = {}
    alike: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.key not in names:
            names[candidate.key] = _in_full(candidate, names)
        if candidate.quoted:
            alike.setdefault(candidate.key, []).append(candidate)
    for key, group in alike.items():
        names[key] = max(group, key=lambda candidate: _stands_for(candidate, group))
    return names


def _stands_for(candidate: Candidate, group: list[Candidate]) -> tuple[int, bool, int]:
    """How well a name stands for what is quoted alike: how many are nearly as long, then the shortest with a noun.

    “1342” alone says little, so that of such the longest does best.
    """
    length = len(candidate.name)
    lengths = [len(other.name) for other in group]
    if candidate.quoted.isascii():
        return 0, True, length
    near = sum(min(length, other) >= NEARLY * max(length, other) for other in lengths)
    more = length - len(candidate.quoted)
    return near, candidate.name.startswith(candidate.quoted), -more if more else -LONGEST_TAIL - 1


def _in_full(candidate: Candidate, before: dict[str, Candidate]) -> Candidate:
    """The earlier mention of which this one is the short form: 队伍教育整顿 of 政法队伍教育整顿, but no 人民医院."""
    name = candidate.name
    if candidate.quoted or candidate.kind == "project" or len(name) < SHORT_FORM or name in known_names():
        return candidate
    full = (
        other
        for earlier, other in before.items()
        if earlier.endswith(name) and other.kind == candidate.kind and len(earlier) - len(name) <= LEFT_OUT
    )
    return next(full, candidate)


def read(text: str, explains: bool = False) -> list[Candidate]:
    """The initiatives named in one paragraph, in order, none over another.

    Args:
        explains: Whether the paragraph stands among the notes that explain the terms of the report.
    """
    flat = BRACKETED.sub(lambda bracketed: bracketed.group().translate(FLAT), text)
    sentence = Sentence(flat)
    titles = [match.span() for match in TITLE.finditer(text)]
    proposed = [*_known(flat), *quoted(sentence), *suffixed(sentence), *built(sentence), *framed(sentence)]
    proposed += [*_themed(sentence), *_glossed(flat, explains)]
    chosen: list[Candidate] = []
    for candidate in sorted(proposed, key=lambda c: (c.start - c.end, -c.confidence)):
        overlaps = any(candidate.start < other.end and other.start < candidate.end for other in chosen)
        in_title = any(start <= candidate.start and candidate.end <= end for start, end in titles)
        if not overlaps and not in_title:
            name = candidate.name.translate(UNFLAT)
            name, kind = known_names().get(name, (name, candidate.kind))
            chosen.append(replace(candidate, name=name, kind=kind))
    return sorted(chosen, key=lambda candidate: candidate.start)


@cache
def _known_automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(telling_names()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _known(text: str) -> Iterator[Candidate]:
    """Known names, whatever quotation marks the text sets inside or round them."""
    kept = [i for i, character in enumerate(text) if character not in '“”‘’"']
    bare = "".join(text[i] for i in kept)
    meanings = list(telling_names().values())
    continued = vocabulary.initiatives().continued
    for which, start, end in _known_automaton().find_matches_as_indexes(bare):
        if bare.startswith(continued.get(bare[start:end], ()), end):
            continue  # “两新”组织 are no “两新”
        if OF_A_PROVINCE.search(bare[:start]) and bare[start:end] != meanings[which][0]:
            continue  # 省级卫生城市 is not the country's
        first, last = kept[start], kept[end - 1] + 1
        if text[first - 1 : first] == "“" and "”" in text[first : last + 1]:
            first -= 1
            last += text[last : last + 1] == "”"
        yield Candidate(first, last, *meanings[which], "known throughout the country", 0.95)


def _glossed(text: str, explains: bool) -> Iterator[Candidate]:
    """The term that a note explains, if it was made for the purpose or ends with a class noun: 15.双环四射：指…"""
    if (found := GLOSSARY.match(text)) and (explains or found["number"]):
        term = MARKS.sub("", found["term"])
        noun = next((term[start:] for start, end in nouns_in(term) if end == len(term)), "")
        made_up = COINED.search(term) and ("“" in found["term"] or _does(text[found.end() :]))
        if (noun or made_up) and term not in vocabulary.initiatives().phrases.set and not COUNTED.search(term):
            kind = class_nouns()[noun][0] if noun else "program"
            yield Candidate(found.start("term"), found.end("term"), term, kind, "term of a note", 0.7)


def _does(gloss: str) -> bool:
    """Whether an explanation speaks of what is done, and not of what a word means."""
    return any(word in gloss for word in vocabulary.initiatives().glossary.words)


def _themed(sentence: Sentence) -> Iterator[Candidate]:
    """A theme before the name of a territory: 健康河北建设, 平安XX创建."""
    for match in _themes().finditer(sentence.text):
        known = gazetteer.lookup(match["place"]) and not gazetteer.is_common_word(match["place"])
        if known or match["place"].lower().startswith("xx"):
            end = match.end() if match.end() in sentence.ends else match.end("place")
            name = sentence.text[match.start() : end]
            yield Candidate(match.start(), end, name, "program", "theme and territory", 0.8)


@cache
def _themes() -> re.Pattern[str]:
    themes = "|".join(vocabulary.initiatives().themes.words)
    return re.compile(f"(?:{themes})(?P<place>[xX]{{2,4}}|[一-鿿]{{2,3}}?)(?:建设|创建|行动|(?=的|工作|[^一-鿿]|$))")
