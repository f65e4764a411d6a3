"""What a report says, in a few hundred numbers, so that two copies of one report are known as such.

A fingerprint has two sketches, each the smallest of the hashes of what the report is made of (bottom-k sketches, after
Broder, "On the resemblance and containment of documents", 1997):

- *wording*: every five Chinese characters in a row. Marks, spaces, digits and Latin letters are left out, so that page
  breaks, width, lost quotation marks and masked digits change nothing;
- *figures*: every number of two digits or more that is not masked in part.

Two reports are one when the wording is alike and the figures do not contradict it: the bulletins of two years share
two thirds of their wording and hardly a figure, a copy with masked digits has fewer figures, not others.

Measured on 5.4 million characters (397 reports, all pairs): of different reports whose wording is alike by half or
more, at most 0.38 of the figures are the same. Of copies with noise 99.5% are found where one character in a hundred
is lost, 97.5% where one in fifty is misread, 93% where the last two fifths are cut off, and all where page breaks,
marks, headings or every number are lost. It takes 0.3 microseconds a character.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

SHINGLE = 5  # characters
WORDING, FIGURES = 128, 64  # hashes kept
SAME_WORDING = (
    0.5  # least resemblance of copies; two fifths cut off leave 0.6, one character in thirty lost 0.67 and more
)
SAME_FIGURES = 0.9  # least share of the figures of the report that has fewer of them
BARE_WORDING = 0.8  # least resemblance where one report has hardly a figure that could contradict
ENOUGH_FIGURES = 5
KEYS = 32  # hashes of the wording by which copies are looked up
COMMON = 200  # different reports with one hash in common share a set phrase

NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")
FIGURE = re.compile(r"(?<![\dxX×*.])\d[\d,]*(?:\.\d+)?(?![\d.]*[xX×*])")
MIXER = (
    0x9E3779B1  # odd, near 2^32 / golden ratio (Knuth, TAOCP 6.4): CRCs of like strings are alike, their product not
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The sketches of one report: hashes of 32 bits, smallest first."""

    wording: tuple[int, ...]
    figures: tuple[int, ...]

    def __str__(self) -> str:
        """Eight hexadecimal digits a hash, a dash between the sketches."""
        return "-".join("".join(f"{value:08x}" for value in sketch) for sketch in (self.wording, self.figures))

    @classmethod
    def parse(cls, text: str) -> Fingerprint:
        """The fingerprint that `str` wrote."""
        wording, _, figures = text.partition("-")
        return cls(_hashes(wording), _hashes(figures))


def fingerprint(paragraphs: Iterable[str]) -> Fingerprint:
    """The fingerprint of a report's reading text."""
    body = "\n".join(paragraphs)
    wording = NOT_CHINESE.sub("", body).encode("utf-16-le")
    shingles = {crc32(wording[at : at + 2 * SHINGLE]) for at in range(0, len(wording) - 2 * SHINGLE + 1, 2)}
    figures = {number.replace(",", "") for number in FIGURE.findall(body)}
    numbers = {crc32(number.encode()) for number in figures if len(number) > 1}
    return Fingerprint(_smallest(shingles, WORDING), _smallest(numbers, FIGURES))


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two fingerprints are of one report."""
    if min(len(one.wording), len(other.wording)) < WORDING and one.figures != other.figures:
        return False  # too short to say more
    figures = min(len(one.figures), len(other.figures))
    needed = SAME_WORDING if figures >= ENOUGH_FIGURES else BARE_WORDING
    if resemblance(one.wording, other.wording) < needed:
        return False
    return figures == 0 or containment(one.figures, other.figures) >= SAME_FIGURES


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Share of the wording of both that is in each, 0 to 1, give or take 0.04."""
    union = heapq.nsmallest(WORDING, {*one, *other})
    return len({*union} & {*one} & {*other}) / len(union) if union else 0.0


def containment(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Share of the figures of the report that has fewer of them that are in the other one too."""
    full = [sketch[-1] for sketch in (one, other) if len(sketch) == FIGURES]
    end = min(full, default=2**32)  # beyond it a full sketch does not know
    left, right = ({value for value in sketch if value <= end} for sketch in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))


def copies(reports: Mapping[int, str]) -> dict[int, int]:
    """Which reports are copies of which others.

    Args:
        reports: id → fingerprint as text, the one to be preferred first.

    Returns:
        Id of a copy → id of the first report of which it is one, which itself is no copy.
    """
    found: dict[int, int] = {}
    originals: dict[int, list[int]] = defaultdict(list)  # hash → reports that are no copies
    rank = {report: number for number, report in enumerate(reports)}
    for report, written in reports.items():
        own = _parsed(written)
        keys = own.wording[:KEYS]
        shared = Counter(other for key in keys if len(originals[key]) < COMMON for other in originals[key])
        alike = sorted((other for other, count in shared.items() if count > KEYS // 8), key=rank.__getitem__)
        original = next((other for other in alike if is_copy(own, _parsed(reports[other]))), None)
        if original is not None:
            found[report] = original
            continue
        for key in keys:
            originals[key].append(report)
    return found


@lru_cache(maxsize=4096)
def _parsed(written: str) -> Fingerprint:
    return Fingerprint.parse(written)


def _hashes(written: str) -> tuple[int, ...]:
    return tuple(int(written[at : at + 8], 16) for at in range(0, len(written), 8))


def _smallest(values: set[int], count: int) -> tuple[int, ...]:
    return tuple(heapq.nsmallest(count, {value * MIXER & 0xFFFFFFFF for value in values}))
