"""Compare a score with the floors below which it must not fall.

usage: check_score.py SCORE.json FLOORS.json

The floors are a mapping from the path of a metric to its minimum: {"reports.boundaries.f1": 0.85}.
Exit code 1 if one is not reached, or is not in the score at all.
"""

from __future__ import annotations

import json
import sys
from functools import reduce
from pathlib import Path


def main(score_file: str, floors_file: str) -> int:
    score, floors = (json.loads(Path(name).read_text("utf-8")) for name in (score_file, floors_file))
    failures = 0
    for path, floor in floors.items():
        reached = metric(score, path)
        holds = reached is not None and reached >= floor
        failures += not holds
        print(f"{'ok  ' if holds else 'FAIL'} {path} = {reached}, floor {floor}")
    return 1 if failures else 0


def metric(score: object, path: str) -> float | None:
    """The number at `observations.detection.f1`; of a pair [value, how many] the value. None if there is none."""
    found = reduce(lambda value, key: value.get(key) if isinstance(value, dict) else None, path.split("."), score)
    if isinstance(found, list) and found:
        found = found[0]
    return found if isinstance(found, int | float) else None


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
