"""Where the files lie that are no code: in a checkout, and in an installed wheel.

The wheel gives them names of their own beside `etl`: `alembic` there would be Alembic itself. The mapping stands in
pyproject.toml, [tool.setuptools.package-dir].
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

CHECKOUT = {"migrations": "alembic", "queries": "queries", "samples": "tests/reports/files"}


def folder(name: Literal["migrations", "queries", "samples"]) -> Path:
    """The folder with the migrations (env.py and versions/), the queries (*.sql), or the sample reports."""
    root = Path(__file__).resolve().parent.parent
    installed = root / f"kb_{name}"
    return installed if installed.is_dir() else root / CHECKOUT[name]
