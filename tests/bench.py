"""How fast reports are read, in one process and without a database, beside jieba's tagger over the same texts.

usage: bench.py [FOLDER]; without one, the sample reports. Text files only: taking pages and Word files apart is
the work of libraries. The last line is the ratio that the project watches: reading a report into facts must not take
longer than tagging its words with jieba.posseg.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import jieba
import jieba.posseg

from etl import pipeline
from etl.assets import folder

TEXT = {".txt", ".md", ".html"}
ENOUGH = 400_000  # characters tagged for the comparison; jieba's speed does not change beyond


def characters_a_second(work: Callable[[], Iterable[int]]) -> float:
    """Characters a second of `work`, which yields how many it has done at each step."""
    began = time.perf_counter()
    done = sum(work())
    return done / (time.perf_counter() - began)


def read_all(paths: list[Path], texts: list[str]) -> Iterable[int]:
    """Read every file into facts; keep its text, tell its length."""
    for path in paths:
        facts = pipeline.read_file(path)
        texts.append(facts.source.text)
        yield len(facts.source.text)


def tag_all(texts: list[str]) -> Iterable[int]:
    """Tag the words of the texts, line by line as jieba wants them, until enough is done."""
    done = 0
    for text in texts:
        for line in text.splitlines():
            for _ in jieba.posseg.cut(line):
                pass
        done += len(text)
        yield len(text)
        if done > ENOUGH:
            return


def main(chosen: Path) -> None:
    paths = sorted(path for path in chosen.rglob("*") if path.suffix.lower() in TEXT)
    for path in paths[:20]:  # word lists are loaded once, on first use: that is not counted, here or for jieba
        pipeline.read_file(path)
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts: list[str] = []
    reading = characters_a_second(lambda: read_all(paths, texts))
    tagging = characters_a_second(lambda: tag_all(texts))
    print(f"{len(paths)} files, {sum(map(len, texts)):,} characters")
    print(f"read into facts: {reading:,.0f} characters a second")
    print(f"jieba.posseg:    {tagging:,.0f} characters a second")
    print(f"ratio:           {reading / tagging:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else folder("samples"))
