"""People whom a report names, so that they can be kept out of the dimensions and masked in evidence.

A name is a surname with one or two characters behind it, or a chain with ·, and never stands by itself: a cue beside
it decides (an office, an occupation, 同志, a byline, 张某). The segmenter only objects (高度 is a word, no Mr 高) or,
where a name is not set off by marks, agrees. What is found once is found wherever the report says it again. No name is
stored anywhere: people are found to be left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import rjieba

from etl import gazetteer
from etl.records import InitiativeMention, OrganizationMention, PersonMention, Report, ReportFacts
from etl.vocabulary import alternatives
from etl.vocabulary import people as words

HAN = "\u4e00-\u9fff"
MARK = rf"[^{HAN}A-Za-z0-9·]"
GAP = r"[ \u3000]{0,4}"
BYLINE_PARAGRAPHS = 6  # from the top, where a name may stand alone under the title
NAME_TAGS = ("nr", "x", "nrt", "nrfg")  # of the segmenter: names, and what it does not know
NEXT = re.compile(rf"[、，/]|{GAP}(?:和|与|及)|[ \u3000]{{1,4}}")


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the vocabulary looks like as patterns."""

    sure_cue: re.Pattern[str]  # a name is likely to stand behind
    group_cue: re.Pattern[str]  # a name may stand behind
    address: re.Pattern[str]  # a name stands before
    title: re.Pattern[str]  # a name may stand before
    masked: re.Pattern[str]
    name: re.Pattern[str]
    bare: re.Pattern[str]
    public: re.Pattern[str]  # a leader with the office
    surname_and_office: re.Pattern[str]  # 蒋主任
    surname_and_address: re.Pattern[str]  # 崔女士


@cache
def patterns() -> Patterns:
    known = words()
    surname = f"(?:{alternatives(known.compound_surnames)}|[{''.join(known.surnames.split())}])"
    end = f"(?=$|{MARK}|{alternatives((*known.followers, *known.titles, *known.kinds))})"
    chained = f"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}})+"
    behind = f"(?!江)[：:]?{GAP}(?={surname}|{chained})"  # 长江 is a river, and no chief called 江
    return Patterns(
        sure_cue=re.compile(f"(?:{alternatives((*known.titles, *known.kinds))}){behind}"),
        group_cue=re.compile(f"(?:{alternatives(known.groups)}){behind}"),
        address=re.compile(f"(?={GAP}(?:{alternatives(known.addresses)}|等[0-9一二三四五六七八九十]+[人名]))"),
        title=re.compile(f"(?={GAP}(?:副?(?:{alternatives(known.titles)})|{alternatives(known.weak_addresses)}))"),
        masked=re.compile(f"{surname}(?:某某|某[甲乙丙丁]?)(?![{known.not_after_mask}])"),
        name=re.compile(f"(?:{chained}|{surname}[{HAN}]{{2}}|{surname}[{HAN}]){end}"),
        bare=re.compile(f"{surname}[{HAN}]{{1,2}}"),
        public=re.compile(f"(?:{alternatives(known.public)})(?:同志|{alternatives(known.titles)})"),
        surname_and_address=re.compile(f"({surname})(?:{alternatives(known.private_addresses)})"),
        surname_and_office=re.compile(f"{surname}(?:主任|书记|局长|厅长|部长|同志|先生|女士)(?!江)"),
    )


def extract(report: Report) -> tuple[PersonMention, ...]:
    """The people of a report, in reading order; none overlaps another."""
    found = [
        PersonMention(number, start, end, paragraph.text[start:end], rule)
        for number, paragraph in enumerate(report.paragraphs)
        for start, end, rule in (*in_text(paragraph.text), *byline(paragraph.text, number))
    ]
    found += again(report, {mention.name for mention in found})
    return without_overlaps(sorted(found, key=lambda mention: (mention.paragraph, mention.start, -mention.end)))


def in_text(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of the names in a paragraph that a cue stands beside."""
    for match in patterns().masked.finditer(text):
        if match[0] not in words().not_names:
            yield *match.span(), "masked in the source"
    for match in patterns().surname_and_address.finditer(text):
        if match[0] not in words().not_names and begins_a_piece(text, match.start(), match[1]):
            yield *match.span(), "surname and private address"
    for cue in patterns().sure_cue.finditer(text):
        yield from chain(text, cue.end(), "behind office or occupation", is_sure=True)
    for cue in patterns().group_cue.finditer(text):
        yield from chain(text, cue.end(), "behind office or occupation", is_sure=False)
    for pattern, is_sure in ((patterns().address, True), (patterns().title, False)):
        for cue in pattern.finditer(text):
            end = cue.start()
            while name := before(text, end, is_sure=is_sure):
                yield *name, "before office or address"
                end = name[0] - 1 if text[name[0] - 1 : name[0]] in ("、", " ", "和") else 0


def byline(text: str, number: int) -> Iterator[tuple[int, int, str]]:
    """A name that stands alone under the title."""
    name = text.strip()
    start = text.index(name)
    if number < BYLINE_PARAGRAPHS and patterns().bare.fullmatch(name) and may_be_name(name):
        yield start, start + len(name), "byline"


def chain(text: str, at: int, rule: str, *, is_sure: bool) -> Iterator[tuple[int, int, str]]:
    """The names that stand at a place, one after the other: 记者张三、李四."""
    while name := patterns().name.match(text, at) or (patterns().bare.match(text, at) if is_sure else None):
        agreed = is_name_in(text, *name.span())
        is_set_off = is_sure and patterns().name.match(text, at) is not None
        if not (may_be_name(name[0], is_sure=is_set_off) and (is_set_off or agreed)):
            return
        yield *name.span(), rule
        following = NEXT.match(text, name.end())
        if following is None:
            return
        at = following.end()


def before(text: str, end: int, *, is_sure: bool) -> tuple[int, int] | None:
    """The name that ends at a place: between a mark and an address, or a name to the segmenter too."""
    for start in (end - 3, end - 2, end - 4):
        if start >= 0 and patterns().bare.fullmatch(text, start, end) and may_be_name(text[start:end]):
            is_set_off = start == 0 or bool(re.match(f"{MARK}|[和与及]", text[start - 1]))
            if (is_sure and is_set_off) or is_name_in(text, start, end):
                return start, end
    return None


@lru_cache(maxsize=65536)
def may_be_name(name: str, *, is_sure: bool = False) -> bool:
    """Whether a string can be a person's name: no word or place.

    A surname with a word behind it (王建国, but also 高水平) is one only where the place is sure.
    """
    known = words()
    if name in known.public or name in known.not_names or gazetteer.lookup(name):
        return False
    if "·" in name:
        return not any(rjieba.has_word(piece) for piece in name.split("·"))
    given = name[2:] if name.startswith(known.compound_surnames) else name[1:]
    if not given or set(given) & set(known.not_given):
        return False
    pieces = rjieba.tag(name)
    if len(pieces) == 1:
        return pieces[0][1] in NAME_TAGS
    if is_sure:
        return len(pieces[0][0]) == 1 or pieces[0][1] in NAME_TAGS
    return pieces[0][0] == name[0] and all(len(piece) == 1 or tag in NAME_TAGS for piece, tag in pieces[1:])


def is_name_in(text: str, start: int, end: int) -> bool:
    """Whether the segmenter, too, takes the stretch for a name where it stands."""
    at = left = max(0, start - 12)
    for piece, tag in rjieba.tag(text[left : end + 8]):
        if at == start:
            return bool(tag == "nr") and at + len(piece) == end
        at += len(piece)
    return False


def begins_a_piece(text: str, start: int, surname: str) -> bool:
    """Whether the segmenter, too, begins a piece with the surname: 崔|女士, but not 关于|先生."""
    at = left = max(0, start - 12)
    for piece in rjieba.cut(text[left : start + 8]):
        if at == start:
            return bool(piece.startswith(surname))
        at += len(piece)
    return False


def again(report: Report, names: set[str]) -> list[PersonMention]:
    """Where names stand once more: those of two characters only where the segmenter agrees."""
    if not names:
        return []
    pattern = re.compile(alternatives(names))
    return [
        PersonMention(number, *match.span(), match[0], "named elsewhere")
        for number, paragraph in enumerate(report.paragraphs)
        for match in pattern.finditer(paragraph.text)
        if len(match[0]) > 2 or is_name_in(paragraph.text, *match.span())
    ]


def without_overlaps(mentions: list[PersonMention]) -> tuple[PersonMention, ...]:
    """Of names that overlap the first and longest."""
    kept: list[PersonMention] = []
    for mention in mentions:
        if not kept or mention.paragraph != kept[-1].paragraph or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def leave_out(facts: ReportFacts) -> ReportFacts:
    """Facts in which no organization, initiative or indicator is or holds a person."""
    people = extract(facts.report)
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for person in people:
        spans[person.paragraph].append((person.start, person.end))
    names = {person.name for person in people}
    named = re.compile("|".join(filter(None, (alternatives(names), patterns().public.pattern))))
    long = re.compile("|".join((*(name for name in names if len(name) > 2), patterns().surname_and_office.pattern)))

    def is_person(mention: OrganizationMention | InitiativeMention) -> bool:
        touched = any(start < mention.end and mention.start < end for start, end in spans[mention.paragraph])
        return touched or bool(long.search(mention.name))

    def body(name: str | None) -> str | None:
        return None if name and long.search(name) else name

    return replace(
        facts,
        organizations=tuple(mention for mention in facts.organizations if not is_person(mention)),
        initiatives=tuple(
            replace(mention, organization_name=body(mention.organization_name))
            for mention in facts.initiatives
            if not is_person(mention)
        ),
        observations=tuple(
            replace(
                fact,
                indicator_text=named.sub("", fact.indicator_text) or fact.indicator_text[:1] + "×",
                organization_name=body(fact.organization_name),
            )
            for fact in facts.observations
        ),
        people=people,
    )
