"""What the lines at the head of a report look like, and how they are read: dates, bylines, greetings, enumerators."""

from __future__ import annotations

import re
from datetime import date

from etl import vocabulary
from etl.records import Paragraph

NUMERALS = "〇一二三四五六七八九"
YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"(?P<year>{YEAR}|[{NUMERALS}零]{{4}})(?:年|[-./])(?P<month>[0-9]{{1,2}}|[{NUMERALS}十]{{1,3}})(?:月|[-./])"
    rf"(?P<day>[0-9]{{1,2}}|[{NUMERALS}十]{{1,3}})日?"
)
TOP = re.compile(r"([一二三四五六七八九十]{1,3})[、.．]")
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
SHORT_NAME = re.compile(rf"(?:{'|'.join(vocabulary.reports().surnames)})\s?[\u4e00-\u9fff]{{1,2}}$")
DATELINE = re.compile(r"^(?:本报|本刊|本台|本网)?.{0,16}?(?:讯|电)\s*[（(]|^新华社.{0,16}电")
UNDER_TITLE = re.compile(r"(?:会议|大会|次会)上?$|^(?:——|──).*[0-9]日|(?:国家统计局|人民政府)$")
MEETING = re.compile(r"[0-9一二三四五六七八九十]日.{0,4}在?.{2,40}(?:会议|大会|次会)")
PHOTO = re.compile(r"图为|图片说明")
PHOTO_CREDIT = re.compile(r".{2,20}[\s/]?摄$")
ENDED = re.compile(r"[。！？；…!?;][”’）)》]*$|[）)]$")
GREETING = re.compile("尊敬的|各位|同志们|朋友们|女士们|[^，。]{0,12}(?:同志|领导|来宾|朋友)们?[，、：]")
MEETING = re.compile(r"[0-9一二三四五六七八九十]日.{0,4}在?.{2,40}(?:会议|大会|次会)")
ENDED = re.compile(r"[。！？；…!?;][”’）)》]*$|[）)]$")
LONGEST_TITLE = 60
LAST_OF_HEAD = 8  # paragraphs at the head of a report that may belong to its title
SPEECHES = ("讲话", "发言", "致辞")


def is_collection(cover: str) -> bool:
    first = cover.split("\n")[:3]
    return any(word in line for line in first for word in vocabulary.reports().compilation_words) or bool(
        re.search(r"[（(][0-9]{1,3}篇[）)]", cover)
    )


def is_enumerated(words: str) -> bool:
    return (
        re.match(
            r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．。](?![0-9])",
            words,
        )
        is not None
    )


def squeezed(words: str) -> str:
    return re.sub(r"[\s“”\"‘’'《》〈〉·,，、.。:：;；!！?？（）()—-]+", "", words)


def raw_text(text: str, item: Paragraph) -> str:
    return text[item.char_start : item.char_end]


def read_day(found: re.Match[str]) -> date | None:
    year, month, day = (read_number(found[part]) for part in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_number(words: str) -> int:
    """2019, 二〇一九, 十四."""
    if words.isascii():
        return int(words)
    if "十" in words:
        return chinese_number(words)
    return int("".join(str(NUMERALS.index(word) if word in NUMERALS else 0) for word in words))


def chinese_number(words: str) -> int:
    """Up to 99: 十二 → 12."""
    tens, mark, ones = words.rpartition("十")
    if not mark:
        return NUMERALS.index(ones) if ones in NUMERALS else 0
    return (NUMERALS.index(tens) if tens else 1) * 10 + (NUMERALS.index(ones) if ones else 0)
