"""Things that are built, often without a class noun, and honours: by the frame in which their names stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl import vocabulary
from etl.extract.initiative_sentence import COUNTED, Candidate, Sentence, is_vague

SUMMED_UP = "in a list of things built"
TO_BE_BUILT = "thing to be built"


def built(sentence: Sentence) -> Iterator[Candidate]:
    """Things under way, often without a class noun, by the frame they stand in.

    A、B、C等12个重大项目; 科技大厦、果蔬城建成投用; 加快建设地王广场、高新医院.
    """
    for frame, rule in _frames():
        for match in frame.finditer(sentence.text):
            items = list(_items(sentence, *match.span("items"), is_summed_up=rule == SUMMED_UP))
            named = [item for item in items if _is_thing(sentence, *item, needs_ending=rule == TO_BE_BUILT)]
            for start, end in items if rule == SUMMED_UP and len(named) * 2 >= len(items) else named:
                yield Candidate(start, end, sentence.text[start:end], "project", rule, 0.65)


def _items(sentence: Sentence, start: int, end: int, is_summed_up: bool) -> Iterator[tuple[int, int]]:
    """The spans of the items of a list that could be names: no count before them, not all generic.

    Where no word sums them up, an item must be whole: no verb in it but one that introduces names.
    """
    text = sentence.text
    for item in re.finditer("[^、]+", text[start:end]):
        first, last = start + item.start(), start + item.end()
        begin = max(first, sentence.begin(last))
        if begin > first and not (is_summed_up or sentence.cue(begin)):
            continue
        name = text[begin:last]
        if 3 < len(name) < 26 and not COUNTED.match(name) and "”" not in name and not is_vague(name):
            yield begin, last


def _is_thing(sentence: Sentence, start: int, end: int, needs_ending: bool) -> bool:
    """Whether the name of a thing stands in [start, end): the right ending and a proper name or some length."""
    ending = sentence.text.endswith(vocabulary.initiatives().progress.things, start, end)
    if needs_ending:
        return ending and (end - start > 6 or sentence.proper(start, end))
    return (ending and end - start > 5) or sentence.proper(start, end)


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    progress = vocabulary.initiatives().progress
    under_way = "|".join(sorted(progress.built, key=len, reverse=True))
    building = "|".join(sorted(progress.building, key=len, reverse=True))
    clause = r"(?<![^，。；：！）\s])"
    things = r"(?P<items>[^，。；：！（）]{4,120}?)"
    sum_up = r"等(?:\d+个|一(?:大)?批)?[^，。；：、]{0,12}(?:项目|工程|景点)"
    return (
        (re.compile(f"{clause}{things}{sum_up}"), SUMMED_UP),
        (
            re.compile(f"{clause}{things}(?:全面|正式|全部|相继|顺利|基本|主体)*(?:{under_way}|建成(?=[，。；]))"),
            "thing under way",
        ),
        (re.compile(f"(?:{building}){things}(?:规划建设|建设|前期工作|改造)?(?=[，。；])"), TO_BE_BUILT),
    )
