"""Old formats of word processors, through a program that reads them, when one is installed.

LibreOffice (`soffice`) keeps headings and tables; `antiword` and `catdoc` give the bare text of a .doc.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from etl.records import ReadError

REMEDY = "install LibreOffice"
TIMEOUT = 120  # seconds for one file; LibreOffice takes ten to start
INTO = {
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ods": ".xlsx",
}
OFFICES = ("soffice", "libreoffice")
TEXT_TOOLS = {  # suffix → programs that print its text in UTF-8, with their options
    ".doc": (("antiword", "-m", "UTF-8.txt", "-w", "0"), ("catdoc", "-w", "-d", "utf-8")),
    ".wps": (("antiword", "-m", "UTF-8.txt", "-w", "0"), ("catdoc", "-w", "-d", "utf-8")),
}

# How the files begin that these programs know: OLE, RTF, zip, HTML and XML, Word 2. Others LibreOffice takes for text.
HEADS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04", b"<", b"\xdb\xa5")


@dataclass(frozen=True, slots=True)
class Converted:
    """A file in another format: its bytes, suffix, and the program that made it."""

    data: bytes
    suffix: str  # .docx, .xlsx, .txt in UTF-8
    tool: str


def is_installed(suffix: str) -> bool:
    """Whether a program is there that reads files of this kind."""
    return suffix in INTO and bool(_office() or _text_tools(suffix))


def _office() -> str | None:
    return next((found for name in OFFICES if (found := shutil.which(name))), None)


def _text_tools(suffix: str) -> list[tuple[str, ...]]:
    return [tool for tool in TEXT_TOOLS.get(suffix, ()) if shutil.which(tool[0])]


def convert(path: Path) -> Converted:
    """The file as .docx, .xlsx or text.

    Raises:
        ReadError: it is damaged, no program is installed that reads it, or none could; the message says what to do.
    """
    suffix = path.suffix.lower()
    if not path.read_bytes()[:64].lstrip(b"\xef\xbb\xbf \r\n").startswith(HEADS):
        raise ReadError(
            f"{path.name}: no {suffix} file, or a damaged one; open it in Word or WPS and save it as {INTO[suffix]}"
        )
    office, tools = _office(), _text_tools(suffix)
    if not is_installed(suffix):
        others = "".join(f" or {tool[0]}" for tool in TEXT_TOOLS.get(suffix, ()))
        raise ReadError(
            f"{path.name}: {suffix} needs a converter; {REMEDY}{others}, "
            f"or open the file in Word or WPS and save it as {INTO[suffix]}"
        )
    failures: list[str] = []
    if office:
        try:
            return _by_office(office, path, INTO[suffix])
        except (OSError, subprocess.SubprocessError) as error:
            failures.append(f"soffice: {_said(error)}")
    for tool in tools:
        try:
            return _by_text_tool(tool, path)
        except (OSError, subprocess.SubprocessError) as error:
            failures.append(f"{tool[0]}: {_said(error)}")
    raise ReadError(
        f"{path.name}: could not be converted ({'; '.join(failures)})".replace("; ", ", ")
        + f"; open the file in Word or WPS and save it as {INTO[suffix]}"
    )


def _by_office(office: str, path: Path, suffix: str) -> Converted:
    """Convert with a profile of its own: a running LibreOffice of the user would take the work and print nothing."""
    with tempfile.TemporaryDirectory(prefix="kb-convert-") as folder:
        source = Path(folder, f"source{path.suffix.lower()}")
        shutil.copyfile(path, source)
        profile = Path(folder, "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix[1:]]
        _run([*command, "--outdir", folder, str(source)])
        made = source.with_suffix(suffix)
        if not made.exists():
            raise subprocess.SubprocessError("it made no file")
        return Converted(made.read_bytes(), suffix, "LibreOffice")


def _by_text_tool(command: tuple[str, ...], path: Path) -> Converted:
    printed = _run([*command, str(path.resolve())])
    if not printed.strip() or re.search(rb"[\x00-\x08\x0e-\x1f]", printed):  # catdoc prints what it cannot read
        raise subprocess.SubprocessError("it found no text")
    return Converted(printed, ".txt", command[0])


def _run(command: list[str]) -> bytes:
    """Standard output of a program. Its input is closed, for it may ask something."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=True)
    return done.stdout


def _said(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no end after {TIMEOUT} seconds"
    if isinstance(error, subprocess.CalledProcessError):
        lines = bytes(error.stderr or error.stdout or b"").decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit code {error.returncode}"
    return str(error)
