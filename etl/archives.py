"""Archives are unpacked, and their members loaded as files of their own, under their own names.

Nothing is written outside the folder that is given. What an archive says of itself is not trusted: bytes are counted
while they are unpacked.
"""

from __future__ import annotations

import lzma
import re
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from etl.records import ReadError

LARGEST = 2 * 1024**3  # bytes of all members of one archive
SUSPECT = 64 * 1024**2  # bytes from which on the ratio to the packed size counts
HIGHEST_RATIO = 200  # text packs to a tenth, zeros to a thousandth
MOST_MEMBERS = 20_000
DEEPEST = 3  # archives within archives
CHUNK = 1024 * 1024

Member = tuple[str, Callable[[], IO[bytes] | None]]  # path within the archive, and how to open it
Failure = tuple[Path, str]  # an archive, and why it could not be unpacked

_HIDDEN = re.compile(r"(?:^|/)(?:\.|~\$|__MACOSX/|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_UNREAD = (".7z", ".rar", ".arj", ".cab", ".lzh")
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP
_IS_UTF8 = 0x800
_IS_ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # with NotImplementedError: a way of packing that is not known
)


def is_archive(path: Path) -> bool:
    """Whether a file is an archive, by its name. Documents that are zip archives (.docx) are none."""
    return path.name.lower().endswith((*_ZIP, *_TAR, *_UNREAD))


def unpacked(files: list[Path], folder: Path) -> tuple[list[Path], list[Failure]]:
    """The files with the members of archives in place of these, and the archives that cannot be unpacked.

    Args:
        folder: where members are put, one folder an archive, the same each time, so that they are known again.
    """
    found: list[Path] = []
    failures: list[Failure] = []
    for path in files:
        if is_archive(path):
            members, failed = expand(path, folder / sha256(str(path).encode()).hexdigest()[:12] / path.name)
            found += members
            failures += failed
        else:
            found.append(path)
    return found, failures


def expand(path: Path, folder: Path, depth: int = 1) -> tuple[list[Path], list[Failure]]:
    """Unpack an archive and the archives in it into `folder`, which is emptied first.

    Returns:
        The files that came out, in order of their names, and the archives that failed: it costs no other its load.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        files = sorted(_unpack(path, folder))
    except ReadError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return [], [(path, str(error))]
    found: list[Path] = []
    failures: list[Failure] = []
    for file in files:
        if not is_archive(file):
            found.append(file)
        elif depth == DEEPEST:
            failures.append(
                (file, f"{file.name}: lies more than {DEEPEST} archives deep; unpack it and load the folder")
            )
        else:
            members, failed = expand(file, file.with_name(f"{file.name}_"), depth + 1)
            found += members
            failures += failed
    return found, failures


def _unpack(path: Path, folder: Path) -> list[Path]:
    name = path.name
    if name.lower().endswith(_UNREAD):
        raise ReadError(f"{name}: archives of this kind are not unpacked; unpack it with 7-Zip and load the folder")
    read = _zipped if name.lower().endswith(_ZIP) else _tarred
    try:
        return _write(path, read(path), folder)
    except _DAMAGED as error:
        raise ReadError(
            f"{name}: cannot be unpacked ({error}); get it again, or unpack it yourself and load the folder"
        ) from error


def _write(path: Path, members: Iterator[Member], folder: Path) -> list[Path]:
    """Write the members below `folder` and return their paths."""
    left = max(SUSPECT, min(LARGEST, HIGHEST_RATIO * path.stat().st_size))
    written: list[Path] = []
    for name, opened in members:
        target = folder / _inside(path, name)
        if _HIDDEN.search(name):
            continue
        if len(written) == MOST_MEMBERS:
            raise ReadError(f"{path.name}: more than {MOST_MEMBERS:,} members; unpack it and load the folder in parts")
        source = opened()
        if source is None:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with source, target.open("wb") as file:
            while chunk := source.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise ReadError(
                        f"{path.name}: holds far more than its size allows, perhaps to do harm; "
                        "if you trust it, unpack it and load the folder"
                    )
                file.write(chunk)
        written.append(target)
    return written


def _inside(path: Path, name: str) -> PurePosixPath:
    """The member's path, which must stay below the folder.

    Raises:
        ReadError: it leads elsewhere.
    """
    inner = PurePosixPath(name)
    if inner.is_absolute() or ".." in inner.parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise ReadError(
            f"{path.name}: its member {name!r} leads out of the archive; do not trust it, get it from its maker"
        )
    return inner


# ---- zip ------------------------------------------------------------------------------------------------------------


def _zipped(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & _IS_ENCRYPTED:
                raise ReadError(f"{path.name}: under a password; unpack it with the password and load the folder")
            yield _zip_name(info), lambda info=info: archive.open(info)  # type: ignore[misc]


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: UTF-8 where it says so, else what its bytes are; Windows writes GBK in China."""
    if info.flag_bits & _IS_UTF8:
        return info.orig_filename.replace("\\", "/")
    raw = info.orig_filename.encode("cp437")
    return (_unicode_path(info.extra) or _decoded(raw)).replace("\\", "/")


def _unicode_path(extra: bytes) -> str | None:
    """The name in UTF-8 that Info-ZIP keeps beside the other; behind a version byte and a checksum of four."""
    while len(extra) > 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


# ---- tar ------------------------------------------------------------------------------------------------------------


def _tarred(path: Path) -> Iterator[Member]:
    """Regular files; links and devices are left out."""
    with tarfile.open(path, encoding="utf-8", errors="surrogateescape") as archive:
        for info in archive:
            if info.isreg():
                name = _decoded(info.name.encode("utf-8", "surrogateescape"))
                yield name, lambda info=info: archive.extractfile(info)  # type: ignore[misc]
