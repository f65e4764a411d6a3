"""How fast reports are read, file by file, in one process and without a database.

usage: bench.py [FOLDER]; without one, the sample reports
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from etl import pipeline
from etl.assets import folder
from etl.readers import READERS


def main(chosen: Path) -> None:
    paths = sorted(path for path in chosen.rglob("*") if path.suffix.lower() in READERS)
    pipeline.read_file(paths[0])  # word lists are loaded once: that is not counted
    total_characters, total_seconds = 0, 0.0
    for path in paths:
        began = time.perf_counter()
        facts = pipeline.read_file(path)
        seconds = time.perf_counter() - began
        characters = len(facts.source.text)
        total_characters += characters
        total_seconds += seconds
        observations = sum(len(report.observations) for report in facts.reports)
        print(f"{seconds:8.3f} s {characters:9,} characters {observations:6} observations  {path.name}")
    speed = total_characters / total_seconds
    print(f"{total_seconds:8.3f} s {total_characters:9,} characters, {speed:,.0f} a second, {len(paths)} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else folder("samples"))
