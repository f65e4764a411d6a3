"""Fingerprints: copies with noise are one report, the reports of two years are two."""

from __future__ import annotations

import random
import re
from itertools import combinations, permutations
from pathlib import Path

import pytest

from etl import compilation, fingerprint, layout, readers

FILES = Path(__file__).parent / "reports" / "files"
WORDS = re.findall(
    "..",
    "全年完成城镇新增就业增长农村改造道路公里建成学校医院项目投资万元开展培训检查企业服务群众推进治理环境污染河道绿化面积"
    "社区党员干部制度落实监督案件办结达到提高下降重点工程",
)


def report(seed: int, *, figures_of: int | None = None, words: int = 600) -> str:
    """A text that nobody wrote: words and, every tenth, a number. `figures_of` gives it the numbers of another."""
    wording, figures = random.Random(seed), random.Random(f"figures {seed if figures_of is None else figures_of}")
    return "".join(
        wording.choice(WORDS) + (f"{figures.uniform(10, 9999):.1f}" if number % 10 == 9 else "")
        for number in range(words)
    )


def is_copy(one: str, other: str) -> bool:
    return fingerprint.is_copy(fingerprint.fingerprint([one]), fingerprint.fingerprint([other]))


NOISE = {
    "page breaks": lambda body: re.sub(r"([^\d.]{37})(?=[^\d.])", r"\1\n\n", body),
    "marks": lambda body: re.sub(r"[，。“”]", "", body),
    "masked figures": lambda body: re.sub(r"\d+", "xx", body),
    "some figures masked": lambda body: re.sub(r"[1-4]\d*\.\d", "XX", body),
    "partly masked": lambda body: re.sub(r"(\d\d)\d*\.\d", r"\1xx", body),
    "masked places": lambda body: body.replace("社区", "XX社区"),
    "cut off": lambda body: body[: len(body) * 3 // 4],
    "characters lost": lambda body: "".join(
        c for n, c in enumerate(body) if n % 89 or c.isdigit() or c == "."
    ),
}  # fmt: skip


@pytest.mark.parametrize("noise", NOISE)
def test_noise_leaves_a_copy_a_copy(noise: str) -> None:
    assert is_copy(report(1), NOISE[noise](report(1)))


def test_the_same_wording_with_other_figures_is_another_year() -> None:
    assert not is_copy(report(1), report(1, figures_of=2))


def test_a_short_text_with_one_other_figure_is_another_version() -> None:
    short = report(3, words=60)
    figure = re.findall(r"\d+\.\d", short)[2]
    assert is_copy(short, short)
    assert not is_copy(short, short.replace(figure, "88888.8"))


def test_different_reports_are_different() -> None:
    assert not is_copy(report(1), report(2))
    assert not is_copy(report(1), report(2, figures_of=1))
    assert not is_copy("", "")


def test_a_fingerprint_can_be_written_and_read() -> None:
    for body in (report(1), "没有数字", ""):
        found = fingerprint.fingerprint([body])
        assert fingerprint.Fingerprint.parse(str(found)) == found


def test_numbers_that_are_masked_in_part_are_no_figures() -> None:
    assert (
        fingerprint.fingerprint(["20xx年x3.5万人，XX2镇1,234件"]).figures == fingerprint.fingerprint(["1234"]).figures
    )


def test_copies_lead_to_the_preferred_one() -> None:
    texts = {30: report(1), 10: report(2), 20: NOISE["cut off"](report(1)), 5: report(1, figures_of=9)}
    written = {key: str(fingerprint.fingerprint([body])) for key, body in texts.items()}
    assert fingerprint.copies(written) == {20: 30}
    for order in permutations(written):
        found = fingerprint.copies({key: written[key] for key in order})
        assert {frozenset(pair) for pair in found.items()} == {frozenset((20, 30))}


def test_a_set_phrase_in_every_report_links_none() -> None:
    shared = "".join(random.Random(0).choices(WORDS, k=40))
    written = {key: str(fingerprint.fingerprint([shared + report(key, words=150)])) for key in range(300)}
    assert fingerprint.copies(written) == {}


def test_samples() -> None:
    """One report in six formats, one in two compilations; the reports of one city in successive years."""
    found = {}
    for path in sorted(FILES.iterdir()):
        if path.suffix in readers.READERS and not path.name.endswith(".golden.json"):
            source = readers.read(path)
            for part in compilation.split(source, layout.paragraphs(source))[0]:
                print_ = fingerprint.fingerprint(paragraph.text for paragraph in part.paragraphs)
                found[part.title, part.ordinal, path.name] = print_
    linked = {(one, other) for one, other in combinations(found, 2) if fingerprint.is_copy(found[one], found[other])}
    assert len(linked) == 15 + 1
    assert all(one[0] == other[0] for one, other in linked)
    assert {name for pair in linked for *_, name in pair if "huangshi-2022" not in name} == {
        "reviews-2021.md",
        "summaries-of-units-2022.txt",
    }
