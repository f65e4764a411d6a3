"""Archives: members under their true names, nothing outside the folder; a bad one costs no other file its load."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from etl import archives


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def as_windows_writes(data: bytes, name: str) -> bytes:
    """The archive with a name in GBK and no word that it is UTF-8, in place of as many N."""
    return data.replace(b"N" * len(name.encode("gbk")), name.encode("gbk"))


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def names(files: list[Path]) -> list[str]:
    return [path.name for path in files]


def test_members_come_out_under_their_own_names(tmp_path: Path) -> None:
    path = written(tmp_path, "年报.zip", zipped({"2023/工作总结.txt": "甲".encode(), "2022/计划.txt": b"b"}))
    files, failures = archives.expand(path, tmp_path / "out")
    assert (names(files), failures) == (["计划.txt", "工作总结.txt"], [])
    assert files[1].read_text("utf-8") == "甲"


def test_names_in_gbk_are_decoded(tmp_path: Path) -> None:
    name = "镇工作总结.txt"
    data = as_windows_writes(zipped({"N" * len(name.encode("gbk")): b"a"}), name)
    files, _ = archives.expand(written(tmp_path, "a.zip", data), tmp_path / "out")
    assert names(files) == [name]


@pytest.mark.parametrize(("suffix", "mode"), [("tar", "w"), ("tar.gz", "w:gz"), ("tgz", "w:gz"), ("tar.xz", "w:xz")])
def test_tar(tmp_path: Path, suffix: str, mode: str) -> None:
    path = tmp_path / f"a.{suffix}"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo("讲话.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    files, failures = archives.expand(path, tmp_path / "out")
    assert (names(files), failures) == (["讲话.txt"], [])


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    data = zipped({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "~$报告.docx": b"x", "a.txt": b"x"})
    files, _ = archives.expand(written(tmp_path, "a.zip", data), tmp_path / "out")
    assert names(files) == ["a.txt"]


def test_archives_in_archives(tmp_path: Path) -> None:
    data = b"x"
    for depth in range(archives.DEEPEST + 1):
        data = zipped({"inner.zip" if depth else "deep.txt": data, f"level{depth}.txt": b"x"})
    files, failures = archives.expand(written(tmp_path, "a.zip", data), tmp_path / "out")
    assert names(files) == ["level1.txt", "level2.txt", "level3.txt"]
    assert len(failures) == 1
    assert "deep" in failures[0][1]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 damaged", "cannot be unpacked"),
        (zipped({"../outside.txt": b"x"}), "leads out"),
        (zipped({"/etc/outside.txt": b"x"}), "leads out"),
        (zipped({"C:\\outside.txt": b"x"}), "leads out"),
        (zipped({"bomb.txt": b"0" * (archives.SUSPECT + 1)}), "more than its size"),
    ],
)
def test_bad_archives_fail_and_leave_nothing(tmp_path: Path, data: bytes, says: str) -> None:
    files, failures = archives.expand(written(tmp_path, "a.zip", data), tmp_path / "out")
    assert files == []
    assert says in failures[0][1]
    assert failures[0][1].startswith("a.zip: ")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "outside.txt").exists()


def test_password(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"abc"}))
    data[6] |= 1  # the flag in the header of the member, and in the directory
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    _, failures = archives.expand(written(tmp_path, "a.zip", bytes(data)), tmp_path / "out")
    assert "password" in failures[0][1]


def test_other_files_are_kept_beside_the_members_of_archives(tmp_path: Path) -> None:
    plain = written(tmp_path, "a.txt", b"a")
    good = written(tmp_path, "b.zip", zipped({"b1.txt": b"x", "b2.txt": b"y"}))
    bad = written(tmp_path, "c.7z", b"7z")
    files, failures = archives.unpacked([plain, good, bad], tmp_path / "cache")
    assert names(files) == ["a.txt", "b1.txt", "b2.txt"]
    assert [path for path, _ in failures] == [bad]
    again, _ = archives.unpacked([plain, good], tmp_path / "cache")
    assert again == files  # the same places, so that a second load knows them
