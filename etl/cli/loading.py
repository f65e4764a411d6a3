"""`kb load`, `forget` and `diff`: files into the knowledge base and out of it."""

from __future__ import annotations

import glob
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import platformdirs
import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Connection, text

from etl import archives, load, remapping, views
from etl.cli.checks import show_findings
from etl.cli.corrections import show_upset
from etl.cli.database import knowledge_base
from etl.cli.output import UserError, err, out, show
from etl.cli.reading import Failure, Job, internal_error, log, read_all
from etl.cli.status import TOTALS
from etl.records import ReadError

LOADED, SOME_QUARANTINED, INTERRUPTED = 0, 1, 130  # exit codes
LOCK = 8246071  # of pg_try_advisory_lock: one load at a time in a database


@dataclass(slots=True)
class Summary:
    """What a load did."""

    actions: Counter[str]
    quarantined: list[tuple[str, str]]  # path, message
    copies: list[tuple[str, str]]  # path, path of the original
    renamed: list[tuple[str, str]]  # path, name under which it is stored
    moved: int = 0  # observations that were mapped anew, since the catalog has changed
    seconds: float = 0.0
    was_interrupted: bool = False


def load_command(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders (with all below them), archives, globs.", show_default=False)
    ],
    workers: Annotated[int, typer.Option(help="Processes that read.")] = os.cpu_count() or 1,
) -> None:
    """Read files into the knowledge base; only what is new or changed.

    Exit code 0: all loaded; 1: some files could not be read and were quarantined; 2: could not run.
    """
    files, unreadable = expand(paths)
    with knowledge_base() as connection:
        summary = load_files(connection, files, unreadable, paths, workers)
        show_summary(connection, summary)
        has_news = summary.moved or summary.actions.keys() - {"unchanged", "duplicate", "moved"}
        if has_news and not summary.was_interrupted:
            show_findings(connection)
    if summary.was_interrupted:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else LOADED)


def expand(paths: list[str]) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files meant by paths, folders, globs and archives, in order; and what cannot be opened, with the reason.

    Hidden files and the lock files of word processors (~$…) are left out of folders.

    Raises:
        UserError: a path does not exist.
    """
    files: dict[Path, None] = {}
    unreadable: list[tuple[Path, str]] = []

    def note(error: OSError) -> None:
        place = Path(error.filename)
        unreadable.append((place, f"{place}: the folder cannot be read ({error.strerror}); check its permissions"))

    for given in paths:
        found = (
            [Path(given)]
            if Path(given).exists()
            else [Path(match) for match in sorted(glob.glob(given, recursive=True))]
        )
        if not found:
            raise UserError(f"{given}: there is no such file or folder.")
        for path in found:
            if not path.is_dir():
                files[path.resolve()] = None
                continue
            for place, folders, names in os.walk(path.resolve(), onerror=note):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names):
                    if not name.startswith((".", "~$")):
                        files[Path(place, name)] = None
    members, failures = archives.unpacked(
        list(files), Path(platformdirs.user_cache_dir("kb", appauthor=False), "archives")
    )
    return members, unreadable + failures


def load_files(
    connection: Connection, files: list[Path], unreadable: list[tuple[Path, str]], asked: list[str], workers: int
) -> Summary:
    """Load files, one transaction each. Ctrl-C leaves what is loaded so far, in good order."""
    started = time.monotonic()
    summary = Summary(Counter(), [], [], [])
    with alone(connection):
        _load_files(connection, files, unreadable, asked, workers, summary)
    summary.seconds = time.monotonic() - started
    return summary


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Do something that no two processes may do in a database at once.

    Raises:
        UserError: another one is at it.
    """
    if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}).scalar_one():
        raise UserError("Another load is running in this database. Wait for its end.")
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        connection.commit()


def _load_files(
    connection: Connection,
    files: list[Path],
    unreadable: list[tuple[Path, str]],
    asked: list[str],
    workers: int,
    summary: Summary,
) -> None:
    with connection.begin():
        is_unsettled = load.is_unsettled(connection)
        inventory = load.inventory(connection)
        run, moved = remapping.open_run(connection, inventory.version, asked)
        summary.moved = sum(move.observations for move in moved or ())
    loader = Loader(connection, inventory, run, summary)
    try:
        with progress_bar() as bar:
            task = bar.add_task("Reading", total=len(files) + len(unreadable))
            for place, message in unreadable:
                loader.quarantine(place, place.name, None, Failure(message))
                bar.advance(task)
            todo = []
            for path in files:
                job = loader.decide(path)
                if job:
                    todo.append(job)
                else:
                    bar.advance(task)
            for job, result in read_all(todo, workers):
                loader.store(job, result)
                bar.advance(task)
    except KeyboardInterrupt:
        summary.was_interrupted = True
    with connection.begin():
        if is_unsettled or moved is not None or summary.actions.keys() - {"unchanged"} or summary.was_interrupted:
            load.settle(connection)
        load.end_run(connection, run)


@dataclass(slots=True)
class Loader:
    """Takes files into the knowledge base, one after the other."""

    connection: Connection
    inventory: load.Inventory
    run: int
    summary: Summary

    def decide(self, path: Path) -> Job | None:
        """The job of reading a file; None where there is nothing to read."""
        try:
            sha256 = load.sha256_of(path)
        except ReadError as error:
            self.quarantine(path, path.name, None, Failure(str(error)))
            return None
        decision = self.inventory.decide(path, sha256)
        known = decision.known
        if decision.action == "read":
            self.inventory.note(load.Known(decision.name, str(path), sha256, "loaded", self.inventory.version))
            if decision.name != path.name:
                self.summary.renamed.append((str(path), decision.name))
            return Job(path, decision.name, sha256)
        self.summary.actions[decision.action] += 1
        if known and decision.action == "unchanged" and known.reason:
            self.summary.quarantined.append((str(path), "; ".join(filter(None, (known.reason, known.remedy)))))
        elif known and decision.action == "duplicate":
            self.summary.copies.append((str(path), known.path))
            with self.connection.begin():
                load.note_duplicate(self.connection, path, known, self.run)
        elif known and decision.action == "moved":
            self.inventory.note(replace(known, path=str(path)))
            with self.connection.begin():
                load.move(self.connection, known.name, path)
        return None

    def store(self, job: Job, result: load.Prepared | Failure) -> None:
        """Write what was read. A file that cannot be written is quarantined like one that cannot be read."""
        if isinstance(result, load.Prepared):
            try:
                with self.connection.begin():
                    change = load.write_file(self.connection, result, self.run, version=self.inventory.version)
                self.summary.actions[change["action"]] += 1
                return
            except Exception:
                result = internal_error(job.path)
        self.quarantine(job.path, job.name, job.sha256, result)

    def quarantine(self, path: Path, name: str, sha256: str | None, failure: Failure) -> None:
        self.summary.quarantined.append((str(path), failure.message))
        self.summary.actions["quarantined"] += 1
        if failure.details:
            log(failure.details)
        with self.connection.begin():
            load.write_quarantine(
                self.connection,
                path,
                failure.message,
                self.run,
                version=self.inventory.version,
                name=name,
                sha256=sha256,
            )


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    )


def show_summary(connection: Connection, summary: Summary) -> None:
    done = ", ".join(f"{count} {action}" for action, count in sorted(summary.actions.items())) or "nothing to do"
    out.print(f"Files: {done} ({summary.seconds:.1f} s)")
    totals = connection.execute(text(TOTALS)).mappings().one()
    out.print("Knowledge base: " + ", ".join(f"{count:,} {what}" for what, count in totals.items()))
    if summary.moved:
        out.print(f"The catalog has changed 目录有更新: {summary.moved:,} observations mean another indicator now.")
    for path, original in summary.copies:
        out.print(f"[dim]same content as {escape(original)}, not loaded again: {escape(path)}[/dim]")
    for path, name in summary.renamed:
        out.print(f"another file has this name already; stored as {escape(name)}: {escape(path)}")
    if summary.quarantined:
        out.print(f"[yellow]Quarantined 隔离: {len(summary.quarantined)}[/yellow]")
    for path, message in summary.quarantined:
        reason, _, remedy = message.partition("; ")
        out.print(f"  {escape(path)}\n    {escape(reason.removeprefix(Path(path).name + ': '))}")
        if remedy:
            out.print(f"    [dim]remedy 处理: {escape(remedy)}[/dim]")
    rows, unusable = connection.execute(text("SELECT count(*), count(problem) FROM kb.statistics")).one()
    if unusable:
        hint = "[dim](kb query official_statistics -p problem!=)[/dim]"
        out.print(f"[yellow]Official statistics 官方统计: {unusable:,} of {rows:,} rows cannot be used[/yellow] {hint}")
    show_upset(connection)
    if summary.was_interrupted:
        out.print(
            "[yellow]Interrupted: what was loaded so far stays; run the same command again for the rest.[/yellow]"
        )


def forget(path: Annotated[str, typer.Argument(help="A loaded file: its path or its name; or a folder.")]) -> None:
    """Take a file, or all of a folder, and all that only it said out of the knowledge base."""
    with knowledge_base() as connection, connection.begin():
        inventory = load.inventory(connection)
        place = Path(path).resolve()
        known = [k for k in inventory.by_name.values() if k.name == path or Path(k.path or "").is_relative_to(place)]
        if not known:
            raise UserError(f"{path}: no such file in the knowledge base. `kb query coverage` lists them.")
        run, _ = remapping.open_run(connection, inventory.version, [path])
        for file in known:
            change = load.forget(connection, file.name, file.path, run)
            out.print(f"Forgot {file.name}: {change['observations_removed']} observations.")
        load.settle(connection)
        load.end_run(connection, run)


def diff() -> None:
    """Show what the last run that did anything changed, file by file."""
    with knowledge_base() as connection:
        show(
            views.run_sql(
                connection,
                """
                SELECT source_name, action, observations_added, observations_changed, observations_removed, detail
                FROM kb.load_changes
                WHERE load_run_id = (SELECT max(load_run_id) FROM kb.load_changes)
                ORDER BY path
                """,
            )
        )
