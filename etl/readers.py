"""A file becomes a `SourceText`: decoded, or rendered to plain text with Markdown headings and pipe tables.

Text files keep every character: only a leading byte order mark goes and `\\r\\n` and `\\r` become `\\n`, so that offsets
mean the same to everybody. Each reader is one function in `READERS`; bad input raises `ReadError` with a remedy.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable
from pathlib import Path

from etl.records import ReadError, SourceText

MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(path: Path) -> SourceText:
    """Read one file.

    Raises:
        ReadError: nothing can be read from it; the message names the file, the place and the remedy.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"{path.name}: {path.suffix or 'no suffix'} is not read; known are {', '.join(sorted(READERS))}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened ({error.strerror}); check that it exists and may be read") from error
    if not data.strip():
        raise ReadError(f"{path.name}: the file is empty; get it again from where it came")
    media_type, encoding, text, notes = reader(path, data)
    if not text.strip():
        raise ReadError(f"{path.name}: holds no text; get it again from where it came")
    return SourceText(path.name, str(path), hashlib.sha256(data).hexdigest(), len(data), media_type, encoding, text, notes)


Rendered = tuple[str, str | None, str, tuple[str, ...]]  # media type, encoding, text, notes


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Text and encoding by byte order mark, then UTF-8, UTF-16 by evidence, GB18030.

    Raises:
        ReadError: the bytes are no text in any of these.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(path, data, encoding), encoding.removesuffix("-sig")
    encoding = _utf16_by_evidence(data)
    if encoding is None and b"\0" in data:
        raise ReadError(
            f"{path.name}: binary data at byte {data.index(0)}, not text; give the file its true suffix or save it as text"
        )
    if encoding is None:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            encoding = "gb18030"
    return _decoded(path, data, encoding), encoding


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path.name}: byte {error.start} is neither UTF-8 nor {encoding.upper()}; save the file as UTF-8"
        ) from error


def _utf16_by_evidence(data: bytes) -> str | None:
    """UTF-16 without a mark: line feeds and ASCII digits show as a zero byte on one side only."""
    if len(data) % 2 or b"\0" not in data:
        return None
    high_first, low_first = data[0::2].count(0), data[1::2].count(0)
    for encoding, zeros, others in (("utf-16-le", low_first, high_first), ("utf-16-be", high_first, low_first)):
        if zeros and not others:
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _read_text(path: Path, data: bytes) -> Rendered:
    text, encoding = decode(path, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "text/markdown" if path.suffix.lower() == ".md" else "text/plain", encoding, text, ()


READERS: dict[str, Callable[[Path, bytes], Rendered]] = {".txt": _read_text, ".md": _read_text}
