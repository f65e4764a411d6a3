"""Old word processors: what is done with and without a converter. The converters here are stand-ins on PATH."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from docx import Document

from etl import converters, load, readers
from etl.records import ReadError

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old document"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts shell scripts on an otherwise bare PATH, under the names of converters."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "cp", "cat"):
        found = next(Path(place, tool) for place in ("/usr/bin", "/bin") if Path(place, tool).exists())
        (folder / tool).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))

    def install(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        os.chmod(folder / name, stat.S_IRWXU)

    return install


def old_file(folder: Path, suffix: str = ".doc") -> Path:
    path = folder / f"总结{suffix}"
    path.write_bytes(OLD)
    return path


@pytest.mark.parametrize(
    ("suffix", "target"), [(".doc", ".docx"), (".wps", ".docx"), (".rtf", ".docx"), (".xls", ".xlsx")]
)
def test_without_a_converter_the_message_says_what_to_install(
    programs, tmp_path: Path, suffix: str, target: str
) -> None:
    with pytest.raises(ReadError, match=f"install LibreOffice.*save it as {target}"):
        readers.read(old_file(tmp_path, suffix))


def test_libreoffice_makes_a_docx(programs, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("一、主要工作", 1)
    document.add_paragraph("全年新增就业1250人。")
    buffer = io.BytesIO()
    document.save(buffer)
    (tmp_path / "made.docx").write_bytes(buffer.getvalue())
    # The last two arguments are the folder and the source.
    programs("soffice", f'while [ $# -gt 2 ]; do shift; done\ncp "{tmp_path}/made.docx" "$1/source.docx"')
    source = readers.read(old_file(tmp_path))
    assert source.text == "# 一、主要工作\n\n全年新增就业1250人。\n"
    assert source.notes == ("converted by LibreOffice",)
    assert source.byte_count == len(OLD)


def test_antiword_gives_text_where_libreoffice_fails(programs, tmp_path: Path) -> None:
    programs("soffice", "echo broken >&2; exit 77")
    programs("antiword", "echo 全年新增就业1250人。")
    source = readers.read(old_file(tmp_path))
    assert (source.text, source.notes) == ("全年新增就业1250人。\n", ("converted by antiword",))


def test_failures_are_named(programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converters, "TIMEOUT", 0.2)
    programs("soffice", "while :; do :; done")
    programs("antiword", "echo it is no Word document >&2; exit 1")
    programs("catdoc", f'cat "{old_file(tmp_path)}"; printf "\\001"')
    with pytest.raises(ReadError) as caught:
        readers.read(old_file(tmp_path))
    reason, remedy = str(caught.value).split("; ")
    for said in ("soffice: no end after 0.2 seconds", "antiword: it is no Word document", "catdoc: it found no text"):
        assert said in reason
    assert "save it as .docx" in remedy


def test_what_is_no_document_is_not_converted(programs, tmp_path: Path) -> None:
    programs("soffice", "echo it takes anything for text")
    (tmp_path / "a.doc").write_bytes(b"\x00\x01 anything")
    with pytest.raises(ReadError, match="damaged"):
        readers.read(tmp_path / "a.doc")


def test_a_file_that_lacked_a_converter_is_tried_again_when_one_is_installed(programs, tmp_path: Path) -> None:
    path = old_file(tmp_path)
    with pytest.raises(ReadError) as caught:
        readers.read(path)
    _, remedy = str(caught.value).split("; ", 1)
    inventory = load.Inventory("v1", [load.Known(path.name, str(path), "a" * 64, "quarantined", "v1", "no", remedy)])
    assert inventory.decide(path, "a" * 64).action == "unchanged"
    programs("soffice", "exit 1")
    assert inventory.decide(path, "a" * 64).action == "read"
