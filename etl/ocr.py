"""Text from pictures of pages, by RapidOCR, which brings its models for Chinese along and asks no network.

An optional extra: without it a scanned file is refused with the remedy.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from statistics import mean, median
from typing import Any

from etl.records import ReadError

NOTE = "read by OCR"  # begins the note on what was read so; facts from it are trusted less
REMEDY = 'it takes OCR, which is an extra: pip install "kb-reports[ocr]"'
DOTS_PER_INCH = 200
LEAST_CERTAIN = 0.5  # lines below are stains and stamps
FULL_PAGES = 300  # pages; more are read in parts, by the person


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and where it stands on its page, in pixels. It has a character, at least."""

    words: str
    left: float
    right: float
    top: float
    height: float
    size: float  # width of a full character
    score: float  # 0 to 1


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    """The reader of pictures, made once: it takes seconds. None without the extra."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    return RapidOCR(params={"Global.log_level": "error"})


def pdf_pages(name: str, data: bytes) -> list[list[Line]]:
    """The lines of each page of a scanned PDF.

    Raises:
        ReadError: the extra is not installed, or there are too many pages.
    """
    import pypdfium2

    engine = _needed(name, "pages without a text layer (scanned)")
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > FULL_PAGES:
            raise ReadError(f"{name}: {len(document)} scanned pages; split it into files of at most {FULL_PAGES} pages")
        pictures = (page.render(scale=DOTS_PER_INCH / 72).to_pil() for page in document)
        return [_lines(engine, picture) for picture in pictures]
    finally:
        document.close()


def image_pages(name: str, data: bytes) -> list[list[Line]]:
    """The lines of a photographed page, or of each page that a .tif holds.

    Raises:
        ReadError: the extra is not installed, or the file is no picture.
    """
    engine = _needed(name, "a picture of a page")
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            upright = [ImageOps.exif_transpose(frame).convert("RGB") for frame in ImageSequence.Iterator(picture)]
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ReadError(f"{name}: no picture, or a damaged one; scan or photograph the page again") from error
    return [_lines(engine, page) for page in upright]


def print_sizes(lines: list[Line]) -> list[float]:
    """Width of a full character of each line, in pixels; those near the usual one are that, for boxes are rough."""
    usual = median(line.size for line in lines for _ in line.words) if lines else 0.0
    return [usual if abs(line.size - usual) < 0.15 * usual else line.size for line in lines]


def certainty(pages: Iterable[list[Line]]) -> float:
    """Mean certainty of all lines, 0 to 1, as the engine says."""
    scores = [line.score for page in pages for line in page]
    return round(mean(scores), 2) if scores else 0.0


def _needed(name: str, what: str) -> Any:
    engine = _engine()
    if engine is None:
        raise ReadError(f"{name}: {what}; {REMEDY}")
    return engine


def _lines(engine: Any, picture: Any) -> list[Line]:
    encoded = io.BytesIO()
    picture.save(encoded, "BMP")  # the engine takes bytes of any format, and this one costs no time
    result = engine(encoded.getvalue())
    if result.txts is None:
        return []
    found = [
        _line(words.strip(), box, float(score))
        for box, words, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if score >= LEAST_CERTAIN and words.strip()
    ]
    return list(in_reading_order(found))


def _line(words: str, box: Any, score: float) -> Line:
    left, right = (float(pick(x for x, _ in box)) for pick in (min, max))
    top, bottom = (float(pick(y for _, y in box)) for pick in (min, max))
    size = (right - left) / sum(1.0 if character > "\u2e80" else 0.5 for character in words)
    return Line(words, left, right, top, bottom - top, size, score)


def in_reading_order(lines: Iterable[Line]) -> Iterator[Line]:
    """From the top, and in one row from the left: its pieces are joined, with spaces where they stand apart."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.height / 2):
        middle = line.top + line.height / 2
        row = rows[-1] if rows else []
        if row and row[0].top <= middle <= row[0].top + row[0].height:
            row.append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.left)
        words = row[0].words
        for before, piece in pairwise(row):
            words += ("  " if piece.left - before.right > piece.height else "") + piece.words
        yield replace(
            row[0],
            words=words,
            right=max(line.right for line in row),
            score=min(line.score for line in row),
        )
