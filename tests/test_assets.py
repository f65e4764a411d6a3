"""A wheel carries everything that is no code, and finds it again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from etl import assets

ROOT = Path(__file__).resolve().parent.parent
CARRIED = {"alembic": "kb_migrations", "queries": "kb_queries", "schema/vocabulary": "schema/vocabulary"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a wheel, as they come to lie in site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, since setuptools leaves build/ behind and takes up what lies there.
    left_behind = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "data", "*.egg-info")
    shutil.copytree(ROOT, folder / "source", ignore=left_behind)
    build = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "--wheel-dir", folder]
    subprocess.run([*build, folder / "source"], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


@pytest.mark.parametrize("kept", CARRIED)
def test_wheel_carries_every_file(installed: Path, kept: str) -> None:
    files = [path.relative_to(ROOT / kept) for path in (ROOT / kept).rglob("*") if path.is_file()]
    wanted = {path for path in files if "__pycache__" not in path.parts}
    assert wanted
    assert {path for path in wanted if not (installed / CARRIED[kept] / path).is_file()} == set()


def test_wheel_puts_nothing_else_at_the_top(installed: Path) -> None:
    folders = {path.name for path in installed.iterdir() if path.suffix != ".dist-info"}
    assert folders == {"etl", "schema", "kb_migrations", "kb_queries", "kb_samples"}


@pytest.mark.parametrize("name", assets.CHECKOUT)
def test_both_layouts_lead_to_the_files(installed: Path, name: str) -> None:
    assert any(assets.folder(name).iterdir())  # type: ignore[arg-type]
    code = f"from etl import assets; print(assets.folder({name!r}))"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    printed = subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True, check=True).stdout
    assert Path(printed.strip()) == installed / f"kb_{name}"
