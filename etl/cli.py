"""The command `kb`: the only place that reads the environment, prints, exits, and opens connections."""

from __future__ import annotations

import csv
import getpass
import glob
import io
import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import platformdirs
import psycopg
import typer
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from typer.main import get_command

from etl import archives, compilation, judgements, layout, load, pipeline, readers, server, views
from etl import explain as explanation
from etl.assets import folder
from etl.records import ReadError

LOADED, SOME_QUARANTINED, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
LOCK = 8246071  # of pg_try_advisory_lock: one load at a time in a database
POOL_FROM = 4  # files; fewer are read sooner here than by processes that must start first

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
db_app = typer.Typer(no_args_is_help=True, help="The embedded server, the connection string, migrations and views.")
app.add_typer(db_app, name="db")
correct_app = typer.Typer(no_args_is_help=True, help="Corrections of facts, and whether two names mean one thing.")
app.add_typer(correct_app, name="correct")
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, highlight=False)


class UserError(Exception):
    """What is asked for cannot be done. The message says why and what to do."""


def main() -> None:
    """Run `kb`. Mistakes of the user and of the surroundings are one line, not a traceback."""
    try:
        app()
    except (UserError, ReadError, views.QueryError, server.ServerError, judgements.JudgementError) as error:
        stop(str(error))
    except (DBAPIError, psycopg.Error) as error:
        stop(f"The database refuses: {getattr(error, 'orig', error)}".strip())


def stop(message: str) -> None:
    err.print(f"[red]kb:[/red] {escape(message)}")
    sys.exit(COULD_NOT_RUN)


def command_index() -> str:
    """The commands as a Markdown table."""
    lines = ["| command | does |", "| --- | --- |"]
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        for more, sub in getattr(command, "commands", {"": command}).items():
            arguments = (argument_index(p) for p in sub.params if p.param_type_name == "argument")
            usage = " ".join(filter(None, ["kb", name, more, *arguments]))
            lines.append(f"| `{usage}` | {sub.help.splitlines()[0]} |")
    return "\n".join(lines)


def argument_index(argument: Any) -> str:
    """PATHS..., [NAME]"""
    name = argument.metavar or argument.name.upper()
    return f"{name}..." if argument.nargs == -1 else name if argument.required else f"[{name}]"


# ---------------------------------------------------------------- database


def connect(url: str) -> Engine:
    """An engine for any address that libpq understands."""
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))


def embedded() -> server.Server:
    """The server of our own; KB_DATA_DIR moves its data from the user's data folder."""
    given = os.environ.get("KB_DATA_DIR")
    return server.Server(Path(given) if given else server.default_data_dir(), server.embedded_bin_dir())


def database_url() -> str:
    """KB_DATABASE_URL, else the embedded server, started."""
    return os.environ.get("KB_DATABASE_URL") or embedded().start()


@contextmanager
def knowledge_base() -> Iterator[Connection]:
    """A connection to a database that has the present schema and views."""
    engine = connect(database_url())
    with engine.connect() as connection:
        with connection.begin():
            if not views.is_current(connection):
                views.upgrade(connection)
        yield connection
    engine.dispose()


@db_app.command("start")
def db_start() -> None:
    """Start the embedded server and print how to connect."""
    embedded().start()
    db_url()


@db_app.command("stop")
def db_stop() -> None:
    """Stop the embedded server; the data stay."""
    out.print("The server is stopped." if embedded().stop() else "The server was not running.")


@db_app.command("url")
def db_url() -> None:
    """Print the address of the database, for psql and BI tools."""
    given = os.environ.get("KB_DATABASE_URL")
    print(given or embedded().tcp_url())


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the present schema and make the views anew."""
    with connect(database_url()).begin() as connection:
        views.upgrade(connection)
    out.print(f"The schema is up to date; {len(views.queries())} views are in schema {views.MART}.")


@db_app.command("status")
def db_status() -> None:
    """Say whether the embedded server runs, and where."""
    status = embedded().status()
    out.print(f"{'Running' if status.is_running else 'Stopped'}, data in {status.data_dir}, log in {status.log}")
    if status.is_running:
        out.print(f"Process {status.pid}, 127.0.0.1:{status.port}")


# ---------------------------------------------------------------- load


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: what to tell people, and the traceback where the fault is ours."""

    message: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is to be read: where it is, the name under which it is stored, and its bytes' SHA-256."""

    path: Path
    name: str
    sha256: str


@dataclass(slots=True)
class Summary:
    """What a load did."""

    actions: Counter[str]
    quarantined: list[tuple[str, str]]  # path, message
    copies: list[tuple[str, str]]  # path, path of the original
    renamed: list[tuple[str, str]]  # path, name under which it is stored
    seconds: float = 0.0
    was_interrupted: bool = False


@app.command("load")
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
        if summary.actions.keys() - {"unchanged", "duplicate", "moved"} and not summary.was_interrupted:
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
    if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}).scalar_one():
        raise UserError("Another load is running in this database. Wait for its end.")
    connection.commit()
    with connection.begin():
        is_unsettled = load.is_unsettled(connection)
        inventory = load.inventory(connection)
        run = load.begin_run(connection, inventory.version, asked)
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
        if is_unsettled or summary.actions.keys() - {"unchanged"} or summary.was_interrupted:
            load.settle(connection)
        load.end_run(connection, run)
    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
    connection.commit()
    summary.seconds = time.monotonic() - started
    return summary


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


def read_all(jobs: list[Job], workers: int) -> Iterator[tuple[Job, load.Prepared | Failure]]:
    """Read files in processes of their own, in the order in which they get done."""
    if len(jobs) < POOL_FROM or workers < 2:
        for job in jobs:
            yield job, attempt(job)
        return
    todo = deque(jobs)
    while todo:
        waiting: dict[Future[load.Prepared | Failure], Job] = {}
        pool = process_pool(workers)
        try:
            while todo or waiting:
                while todo and len(waiting) < 4 * workers:  # no more, so that results do not pile up
                    future = pool.submit(attempt, todo[0])
                    waiting[future] = todo.popleft()
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    yield waiting.pop(future), result
        except BrokenProcessPool:
            for job in waiting.values():
                yield job, attempt_alone(job)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Processes begun anew: a fork would copy the connection and the progress bar's thread."""
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=ignore_interrupts)


def ignore_interrupts() -> None:
    """Ctrl-C reaches every process; the first one stops the others in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def attempt(job: Job) -> load.Prepared | Failure:
    """Read one file; whatever goes wrong in it costs no other file its load."""
    try:
        return load.prepare(pipeline.read_file(job.path), job.name)
    except ReadError as error:
        return Failure(str(error))
    except Exception:
        return internal_error(job.path)


def attempt_alone(job: Job) -> load.Prepared | Failure:
    """Read a file in a process of its own: one that was being read when a process died, to find the culprit."""
    with process_pool(1) as pool:
        try:
            return pool.submit(attempt, job).result()
        except BrokenProcessPool:
            return Failure(
                f"{job.path.name}: the process that read it died, perhaps for lack of memory; split the file"
            )


def internal_error(path: Path) -> Failure:
    """The exception that is being handled, as a failure that asks to be reported."""
    last = traceback.format_exc().strip().splitlines()[-1]
    message = f"{path.name}: internal error ({last}); please report it with {log_path()}"
    return Failure(message, f"{path}\n{traceback.format_exc()}")


def log_path() -> Path:
    return Path(platformdirs.user_log_dir("kb", appauthor=False)) / "errors.log"


def log(details: str) -> None:
    log_path().parent.mkdir(parents=True, exist_ok=True)
    with log_path().open("a", encoding="utf-8") as file:
        file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {details}\n")


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    )


TOTALS = """
    SELECT (SELECT count(*) FROM kb.reports) AS "reports 报告",
           (SELECT count(*) FROM kb.observations) AS "observations 观测",
           (SELECT count(DISTINCT organization_id) FROM kb.organization_mentions) AS "organizations 机构",
           (SELECT count(*) FROM kb.initiatives) AS "initiatives 举措",
           (SELECT count(*) FROM kb.policies) AS "policies 政策文件"
"""


def show_summary(connection: Connection, summary: Summary) -> None:
    done = ", ".join(f"{count} {action}" for action, count in sorted(summary.actions.items())) or "nothing to do"
    out.print(f"Files: {done} ({summary.seconds:.1f} s)")
    totals = connection.execute(text(TOTALS)).mappings().one()
    out.print("Knowledge base: " + ", ".join(f"{count:,} {what}" for what, count in totals.items()))
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


@app.command()
def forget(path: Annotated[str, typer.Argument(help="A loaded file: its path or its name; or a folder.")]) -> None:
    """Take a file, or all of a folder, and all that only it said out of the knowledge base."""
    with knowledge_base() as connection, connection.begin():
        inventory = load.inventory(connection)
        place = Path(path).resolve()
        known = [k for k in inventory.by_name.values() if k.name == path or Path(k.path or "").is_relative_to(place)]
        if not known:
            raise UserError(f"{path}: no such file in the knowledge base. `kb query coverage` lists them.")
        run = load.begin_run(connection, inventory.version, [path])
        for file in known:
            change = load.forget(connection, file.name, file.path, run)
            out.print(f"Forgot {file.name}: {change['observations_removed']} observations.")
        load.settle(connection)
        load.end_run(connection, run)


@app.command()
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


# ---------------------------------------------------------------- status


@app.command()
def status() -> None:
    """Show what is loaded, what is quarantined, and how much of the numbers was read."""
    with knowledge_base() as connection:
        totals = connection.execute(text(TOTALS)).mappings().one()
        files = connection.execute(
            text("SELECT status, count(*) FROM kb.sources GROUP BY status ORDER BY status")
        ).all()
        out.print("Files: " + (", ".join(f"{count} {name}" for name, count in files) or "none yet: kb load PATH"))
        out.print("Knowledge base: " + ", ".join(f"{count:,} {what}" for what, count in totals.items()))
        show_numbers(connection)
        show_boilerplate(connection)
        waiting = connection.execute(
            text("SELECT path, reason, remedy FROM kb.sources WHERE status <> 'loaded' ORDER BY path")
        ).all()
        if waiting:
            out.print(f"[yellow]Quarantined 隔离: {len(waiting)}[/yellow]")
        for path, reason, remedy in waiting:
            out.print(
                f"  {escape(path)}\n    {escape(reason)}" + (f"\n    [dim]{escape(remedy)}[/dim]" if remedy else "")
            )


def show_numbers(connection: Connection) -> None:
    """What became of the numbers; the unclaimed ones are the debt."""
    rows = connection.execute(
        text("""
            SELECT
                CASE
                    WHEN disposition = 'passed_over' THEN 'passed over by name 按规则略过'
                    WHEN is_redacted THEN 'masked in the source 原文隐去'
                    WHEN disposition = 'claimed' THEN 'read as observations 读为观测'
                    ELSE 'unclaimed 未读懂'
                END AS what,
                count(*) AS numbers
            FROM kb.quantities GROUP BY 1 ORDER BY 2 DESC
        """)
    ).all()
    total = sum(count for _, count in rows)
    out.print(f"Numbers: {total:,}")
    for what, count in rows:
        out.print(f"  {count:>9,}  {100 * count / total:5.1f}%  {what}")


def show_boilerplate(connection: Connection) -> None:
    """The share of the text that was set aside, and the files where it is largest."""
    rows = connection.execute(
        text("""
            SELECT s.name, s.char_count, coalesce(sum(b.char_end - b.char_start), 0) AS aside
            FROM kb.sources s LEFT JOIN kb.boilerplate_spans b USING (source_id)
            WHERE s.char_count > 0
            GROUP BY s.source_id
            ORDER BY 1.0 * coalesce(sum(b.char_end - b.char_start), 0) / s.char_count DESC
        """)
    ).all()
    characters, aside = sum(row.char_count for row in rows), sum(row.aside for row in rows)
    if characters:
        out.print(f"Text: {characters:,} characters, {100 * aside / characters:.2f}% set aside as boilerplate")
    for row in [row for row in rows if row.aside][:5]:
        out.print(f"  {100 * row.aside / row.char_count:5.1f}%  {escape(row.name)}")


# ---------------------------------------------------------------- query


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A saved query; without one all are listed.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="column=value, also != < <= > >=; column~part of a text.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of printing.")] = None,
    columns: Annotated[
        str, typer.Option("--columns", "-c", help="Columns to show, with commas between; without it all.")
    ] = "",
    limit: Annotated[int, typer.Option(help="Rows of a printed table; 0 for all.")] = 50,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Facts from this confidence on; 0 for all, without it those that are trusted."),
    ] = None,
) -> None:
    """List the saved queries, or run one."""
    if name is None:
        for entry in views.queries().values():
            out.print(
                f"[bold]{entry.name}[/bold]  {escape(entry.header['Title'])}\n    {escape(entry.header['Question'])}"
            )
        return
    if format in (Format.PARQUET, Format.XLSX) and output is None:
        raise UserError(f"{format} is not text: say where to write it with --output FILE.")
    with knowledge_base() as connection:
        is_table = format is Format.TABLE
        wanted = tuple(filter(None, columns.replace(" ", "").split(",")))
        rows = limit + 1 if is_table and limit else None
        result = views.run(connection, name, param or [], columns=wanted, limit=rows, min_confidence=min_confidence)
    if is_table:
        shown = result.rows[:limit] if limit else result.rows
        show(views.Table(result.columns, shown))
        if len(result.rows) > len(shown):
            out.print(f"[dim]… more than {limit} rows: --limit 0 shows all, --param narrows them down.[/dim]")
        return
    content = FORMATS[format](result)
    if output:
        output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)


def show(result: views.Table) -> None:
    """Print a table for people; one too wide for the terminal row by row, a line a column."""
    cells = [[plain(value) for value in row] for row in result.rows]
    widths = [max(map(cell_len, column)) for column in zip(result.columns, *cells, strict=True)]
    if sys.stdout.isatty() and sum(widths) > 2 * out.width:
        for row in cells:
            out.rule(style="dim")
            for column, cell in zip(result.columns, row, strict=True):
                out.print(f"[dim]{column:>24}[/dim]  {escape(cell)}")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(result.columns):
        is_number = any(is_numeric(row[number]) or str(row[number])[-1:] in ("亿", "万") for row in result.rows)
        table.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(escape, row))
    whole = sum(widths) + 2 * len(widths)
    Console(highlight=False, width=None if sys.stdout.isatty() else whole).print(table)


def is_numeric(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def plain(value: Any) -> str:
    """A value for people: exact numbers without an exponent and without zeros behind."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        digits = f"{value:,f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(value)


def as_csv(result: views.Table) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.rows)
    return ("\ufeff" + buffer.getvalue()).encode()  # with the mark Excel takes it for UTF-8


def as_json(result: views.Table) -> bytes:
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return (json.dumps(rows, ensure_ascii=False, indent=1, default=json_value) + "\n").encode()


def json_value(value: Any) -> Any:
    """Exact numbers as numbers, days as text."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return str(value)


def as_parquet(result: views.Table) -> bytes:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({name: [row[n] for row in result.rows] for n, name in enumerate(result.columns)})
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer)
    return buffer.getvalue()


def as_xlsx(result: views.Table) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(result.columns)
    for row in result.rows:
        sheet.append([xlsx_value(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsx_value(value: Any) -> Any:
    """Numbers and days as such; the long ids as text, since a sheet keeps 15 digits."""
    if isinstance(value, Decimal):
        return float(value)
    is_short = isinstance(value, int) and abs(value) < 10**15
    return value if value is None or is_short or isinstance(value, date) else str(value)


FORMATS = {Format.CSV: as_csv, Format.JSON: as_json, Format.PARQUET: as_parquet, Format.XLSX: as_xlsx}


# ---------------------------------------------------------------- checks


@app.command()
def verify() -> None:
    """Read every span and every conversion again; print what does not hold."""
    with knowledge_base() as connection:
        failing = run_checks(
            connection, [check for check in views.checks().values() if check.header["Kind"] == "proof"]
        )
        spans = connection.execute(text(SPANS)).scalar_one()
    if failing["error"]:
        raise typer.Exit(1)
    out.print(f"All holds: {spans:,} spans show what is stored, every value is what is printed.")


SPANS = """
    SELECT (SELECT count(*) FROM kb.quantities) + (SELECT count(*) FROM kb.organization_mentions)
        + (SELECT count(*) FROM kb.initiative_mentions) + (SELECT count(*) FROM kb.policy_citations)
"""


@app.command()
def check() -> None:
    """Run the data checks and keep what they find in kb.findings. Exit code 1: some found errors."""
    with knowledge_base() as connection:
        failing = run_checks(connection, list(views.checks().values()), keep=True)
    raise typer.Exit(1 if failing["error"] else 0)


def run_checks(connection: Connection, checks: list[views.Query], *, keep: bool = False) -> Counter[str]:
    """Run checks and print the rows that fail. Returns how many rows failed, by severity."""
    failing: Counter[str] = Counter()
    for entry in checks:
        result = views.run_check(connection, entry)
        severity = entry.header["Severity"]
        failing[severity] += len(result.rows)
        mark = {"error": "red", "warning": "yellow", "notice": "cyan"}[severity] if result.rows else "green"
        found = f"{len(result.rows)} {severity}(s)" if result.rows else "holds"
        out.print(f"[{mark}]{found:>12}[/{mark}]  {entry.name}  {escape(entry.header['Title'])}")
        for row in result.rows[:3]:
            pairs = zip(result.columns, row, strict=True)
            out.print("              [dim]" + escape(", ".join(f"{k}={plain(v)}" for k, v in pairs)[:300]) + "[/dim]")
        if keep:
            keep_findings(connection, entry, result)
    connection.rollback()
    return failing


def keep_findings(connection: Connection, entry: views.Query, result: views.Table) -> int:
    """Store what a check found; how many findings are new."""
    connection.rollback()
    with connection.begin():
        return load.write_findings(connection, entry.name, entry.header["Severity"], json_lines(result))


def show_findings(connection: Connection) -> None:
    """Run the plausibility checks, which take a second or two, after a load; and say what they found."""
    found: Counter[str] = Counter()
    new = 0
    for entry in views.checks().values():
        if entry.header["Kind"] == "plausibility":
            result = views.run_check(connection, entry)
            found[entry.header["Severity"]] += len(result.rows)
            new += keep_findings(connection, entry, result)
    counts = ", ".join(f"{found[severity]:,} {severity}s" for severity in ("error", "warning", "notice"))
    out.print(f"Findings 疑点: {counts}; {new:,} of them new [dim](kb query findings -p is_new=true)[/dim]")


def json_lines(result: views.Table) -> list[str]:
    """One JSON object a row."""
    rows = (dict(zip(result.columns, row, strict=True)) for row in result.rows)
    return [json.dumps(row, ensure_ascii=False, default=json_value) for row in rows]


# ---------------------------------------------------------------- what people say of what was read

Reason = Annotated[str, typer.Option("--reason", "-r", help="How you know.")]
By = Annotated[str, typer.Option("--by", help="Who says so; your login.", default_factory=getpass.getuser)]
Kind = Annotated[str, typer.Argument(help=f"What the names are of: {' or '.join(judgements.KINDS)}.")]
Shown = Annotated[str, typer.Argument(help="The name; if both are the same, the one that views show.")]
Other = Annotated[str, typer.Argument(help="The other name.")]


@app.command()
def review(limit: Annotated[int, typer.Option(help="Rows of each kind.")] = 10) -> None:
    """List what is unsure: facts of low confidence, names that may mean one thing, frequent phrases of no concept."""
    with knowledge_base() as connection:
        out.print("\n[bold]Facts of low confidence[/bold] 低置信度")
        show(views.run_sql(connection, f"{UNSURE} LIMIT {limit}"))
        out.print("\n[bold]Frequent phrases of no concept[/bold] 未归类指标")
        show(views.run(connection, "unmapped_phrases", ["reports>1"], columns=PHRASES, limit=limit))
        for kind in judgements.KINDS:
            pairs = judgements.unsure_names(connection, kind)
            out.print(f"\n[bold]Names of one {kind}?[/bold] 疑为同一 ({len(pairs)})")
            show(views.Table(("why", "name", "mentions", "other_name", "other_mentions"), pairs[:limit]))
    out.print(
        "\n  kb correct fact NUMBER value 47500 -r 'annex 2'            what is right of a fact 更正\n"
        "  kb correct fact NUMBER reject yes -r 'a phone number'      it is none 剔除\n"
        "  kb correct same organization NAME OTHER -r 'one seal'      one body 同一机构; also: different, unsure"
    )


UNSURE = """
    SELECT observation_id, source_name, value_text, unit, indicator_text, confidence, rule, evidence_masked
    FROM mart.v_observations
    WHERE NOT is_trusted AND NOT is_copy
    ORDER BY indicator_code IS NULL, confidence, observation_id
"""
PHRASES = ("phrase", "reports", "observations", "units", "example")


@correct_app.command("fact")
def correct_fact(
    number: Annotated[int, typer.Argument(help="observation_id, as `kb query v_observations` shows it.")],
    field: Annotated[str, typer.Argument(help="value, indicator, period, organization, status or reject.")],
    right: Annotated[str, typer.Argument(help="What is right: 47500, 2021-01..2021-11, target; reject yes.")],
    reason: Reason,
    by: By,
) -> None:
    """Store what is right of a fact; it survives every reload."""
    with knowledge_base() as connection, connection.begin():
        made = judgements.correction_of(connection, number, field, right, reason, by)
        keep(connection, judgements.Judgements(fact=(made,)))
        out.print(f"{made.id}: {escape(made.surface)} in {escape(made.source)}: {field} {made.read} → {escape(right)}")


@correct_app.command("same")
def correct_same(kind: Kind, name: Shown, other: Other, reason: Reason, by: By) -> None:
    """Say that two names mean one body or one initiative."""
    judge(kind, name, other, "same", reason, by)


@correct_app.command("different")
def correct_different(kind: Kind, name: Shown, other: Other, reason: Reason, by: By) -> None:
    """Say that two names mean two bodies or two initiatives."""
    judge(kind, name, other, "different", reason, by)


@correct_app.command("unsure")
def correct_unsure(kind: Kind, name: Shown, other: Other, reason: Reason, by: By) -> None:
    """Say that it cannot be told whether two names mean one thing."""
    judge(kind, name, other, "unsure", reason, by)


def judge(kind: str, name: str, other: str, verdict: str, reason: str, by: str) -> None:
    made = judgements.identity_of(kind, name, other, verdict, reason, by)
    with knowledge_base() as connection, connection.begin():
        keep(connection, judgements.Judgements(identity=(made,)))
    out.print(f"{made.id}: {escape(name)} and {escape(other)}: {verdict}")


@correct_app.command("file")
def correct_file(path: Annotated[Path, typer.Argument(help="TOML, as `kb corrections --toml` writes it.")]) -> None:
    """Take in a file of corrections and judgements, as a team keeps it under version control."""
    given = judgements.read_file(path)
    with knowledge_base() as connection, connection.begin():
        keep(connection, given)
    out.print(f"Taken in: {len(given.fact)} corrections of facts, {len(given.identity)} judgements on names.")


@correct_app.command("undo")
def correct_undo(number: Annotated[int, typer.Argument(help="Its number, as `kb corrections` shows it.")]) -> None:
    """Take a correction or judgement back."""
    with knowledge_base() as connection, connection.begin():
        if not judgements.take_back(connection, number):
            raise UserError(f"There is no correction {number}. `kb corrections` lists them.")
        load.settle(connection)
    out.print("Taken back.")


def keep(connection: Connection, given: judgements.Judgements) -> None:
    judgements.store(connection, given)
    load.settle(connection)


@app.command()
def corrections(
    toml: Annotated[bool, typer.Option("--toml", help="As a file for `kb correct file`.")] = False,
) -> None:
    """List what people have corrected and judged, and whether the facts are still there."""
    with knowledge_base() as connection:
        made = judgements.stored(connection)
        if toml:
            print(judgements.as_toml(made), end="")
            return
        for standing in judgements.standings(connection):
            row, style = standing.row, "yellow" if standing.is_upset else "green"
            out.print(
                f"[{style}]{standing.state:>14}[/{style}]  {row['correction_id']}  {escape(row['source_name'])}: "
                f"{escape(row['surface'])}, {row['field']} {escape(str(row['value_read']))} → "
                f"{escape(row['value_right'])}  [dim]{escape(row['made_by'])}: {escape(row['reason'])}[/dim]"
            )
        against = judgements.contradictions(made.identity)
        for entry in made.identity:
            state = "contradicts" if entry in against else entry.verdict
            out.print(
                f"{state:>14}  {entry.id}  {entry.kind} {escape(entry.name)} | {escape(entry.other)}  "
                f"[dim]{escape(entry.by)}: {escape(entry.reason)}[/dim]"
            )


def show_upset(connection: Connection) -> None:
    """Say how many corrections no longer find the fact as it was."""
    upset = Counter(standing.state for standing in judgements.standings(connection) if standing.is_upset)
    if upset:
        told = ", ".join(f"{count} {state}" for state, count in sorted(upset.items()))
        out.print(f"[yellow]Corrections to look at 更正待查: {told}: kb corrections[/yellow]")


# ---------------------------------------------------------------- export


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="An empty or new folder.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="csv or parquet.")] = Format.CSV,
) -> None:
    """Write the whole knowledge base as an open data package: a file a table, and datapackage.json."""
    if format not in (Format.CSV, Format.PARQUET):
        raise UserError("A data package is csv or parquet.")
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UserError(f"{directory} is not an empty folder.")
    directory.mkdir(parents=True, exist_ok=True)
    with knowledge_base() as connection:
        resources = [views.table_resource(table, str(format)) for table in views.exported_tables()]
        for resource in resources:
            result = views.whole_table(connection, resource["name"])
            (directory / resource["path"]).write_bytes(FORMATS[format](result))
            out.print(f"{len(result.rows):>9,}  {resource['path']}")
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "kb-reports",
        "title": "工作报告知识库 · facts read from work reports",
        "resources": resources,
    }
    (directory / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")


# ---------------------------------------------------------------- explain


@app.command()
def explain(
    text_: Annotated[str, typer.Argument(metavar="TEXT", help="A piece of a report; - reads standard input.")],
    date_: Annotated[str | None, typer.Option("--date", metavar="D", help="The day of the report: 2022-01-15.")] = None,
    issuer: Annotated[str | None, typer.Option(metavar="NAME", help="Who gives the report, in full.")] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what is read in a piece of text and by which rule; needs no database."""
    content = sys.stdin.read() if text_ == "-" else text_
    if not content.strip():
        raise UserError("There is no text to explain.")
    facts = pipeline.read_report(explanation.report_of(content, day_of(date_), issuer))
    found = explanation.explained(content, facts)
    if as_json_:
        print(json.dumps(found, ensure_ascii=False, indent=1, default=json_value))
    else:
        show_explained(content, found)


def day_of(given: str | None) -> date | None:
    """A day as ISO 8601 writes it, with a time or without; of a year or a month alone the first day."""
    if given is None:
        return None
    try:
        return date.fromisoformat({4: f"{given}-01-01", 7: f"{given}-01"}.get(len(given), given[:10]))
    except ValueError:
        raise UserError(f"{given!r} is no day: write it like 2022-01-15.") from None


@app.command()
def split(path: Annotated[Path, typer.Argument(help="A file of reports.")]) -> None:
    """Show how a file is cut into reports, and by what evidence; needs no database."""
    source = readers.read(path)
    reports, boilerplate = compilation.split(source, layout.paragraphs(source))
    for report in reports:
        title = f"{report.title or 'no title'}{' (inferred 推断)' if report.title_is_inferred else ''}"
        out.print(f"[bold]{report.ordinal}. {escape(title)}[/bold]  {report.char_start:,}–{report.char_end:,}")
        span = f"{report.period.start} … {report.period.end}" if report.period else "no period"
        told = (report.kind, report.issuer_name, report.region_name, report.report_date, span)
        out.print("   " + escape(", ".join(str(part) for part in told if part)))
        out.print(f"   [dim]begins here: {escape('; '.join(report.evidence) or 'the file begins')}[/dim]")
    for start, end, reason in boilerplate:
        out.print(f"[dim]{start:,}–{end:,} set aside: {escape(reason)}[/dim]")


STYLES = {"organizations": "blue", "initiatives": "magenta", "policies": "cyan", "periods": "yellow"}


def show_explained(content: str, found: dict[str, list[dict[str, Any]]]) -> None:
    """For people: the text with what was read marked in it, then what, by which rule, and what was passed over."""
    marked = Text(content)
    for kind, style in STYLES.items():
        for item in found[kind]:
            marked.stylize(style, item["start"], item["end"])
    for item in found["quantities"]:
        style = "bold green" if item["observation"] is not None else "dim" if item["passed_over"] else "bold red"
        marked.stylize(style, item["start"], item["end"])
    out.print(marked)
    out.print(
        "[bold green]observation 观测[/]  [dim]passed over 略过[/]  [bold red]unclaimed 未读懂[/]  "
        "[yellow]time 时间[/]  [blue]organization 机构[/]  [magenta]initiative 举措[/]  [cyan]policy 政策[/]\n"
    )
    for item in found["observations"]:
        show_observation(item)
    for item in found["quantities"]:
        if item["observation"] is None:
            why = (
                f"passed over as [bold]{item['passed_over']}[/]" if item["passed_over"] else "[red]no rule claims it[/]"
            )
            out.print(f"[dim]{escape(item['text'] + item['unit'])}[/]  {why}")
    for item in found["periods"]:
        days = f"{item['start_date']} … {item['end_date']}" if item["start_date"] else "not resolved"
        out.print(f"[yellow]{escape(item['text'])}[/]  {days}  [dim]{item['rule']}[/]")
    for kind, name, sort in (
        ("organizations", "organization_name", "organization_type"),
        ("initiatives", "initiative_name", "initiative_kind"),
        ("policies", "policy_title", "document_number"),
    ):
        for item in found[kind]:
            what = escape(f"{item[name] or ''}  {item[sort] or ''}")
            out.print(
                f"[{STYLES[kind]}]{escape(item['text'])}[/]  {what}  [dim]{item['rule']} {item['confidence']:.2f}[/]"
            )


def show_observation(item: dict[str, Any]) -> None:
    high = f"–{plain(item['value_high'])}" if item["value_high"] is not None else ""
    value = "masked 隐去" if item["is_redacted"] else f"{plain(item['value'])}{high}{item['unit']}"
    base = (
        f" = {item['base_value']:,.10g}{item['base_unit']}"
        if item["base_unit"] != item["unit"] and item["base_value"]
        else ""
    )
    code = f" [{item['indicator_code']}]" if item["indicator_code"] else ""
    out.print(
        f"[bold green]{escape(item['text'])}[/]  {escape(item['indicator_text'] + code)}: {escape(value + base)}"
        f"  {item['measure']} {item['status']} {item['bound']}\n"
        f"    {item['period_label'] or 'time not told'}, {escape(item['organization_name'] or 'body not told')}"
        f"  [dim]{item['rule']} {item['confidence']:.2f}[/]"
    )


# ---------------------------------------------------------------- demo


@app.command()
def demo() -> None:
    """Load the sample reports into the knowledge base and compare them."""
    out.print("[bold]1. Starting PostgreSQL[/bold] 启动数据库")
    url = database_url()
    with knowledge_base() as connection:
        out.print("[bold]2. Loading the sample reports[/bold] 加载示例报告")
        samples = [path for path in expand([str(folder("samples"))])[0] if path.suffix in readers.READERS]
        show_summary(connection, load_files(connection, samples, [], ["samples"], os.cpu_count() or 1))
        out.print("\n[bold]3. What the reports say, side by side[/bold] 横向比较")
        show_comparisons(connection)
    shown = url if "KB_DATABASE_URL" in os.environ else embedded().tcp_url()
    out.print(
        "\n[bold]4. Go on from here[/bold] 接下来\n"
        "  .venv/bin/kb query                     the saved queries 查询清单\n"
        "  .venv/bin/kb load FOLDER               your own reports 加载自己的报告\n"
        "  .venv/bin/kb explain '…'               how a sentence is read 一句话怎么读\n"
        f"  psql '{shown}'\n"
        "  A BI tool connects to the same address (PostgreSQL); the views with their comments are in schema mart.\n"
        f"  .venv/bin/kb forget {folder('samples')}\n"
        "                                         the samples out again, before your own reports come 清除示例\n"
        "  The server goes on running; `.venv/bin/kb db stop` stops it, the data stay."
    )


def show_comparisons(connection: Connection) -> None:
    """The two indicators that most bodies give, then growth, targets, initiatives and contradictions."""
    common = ["status=actual", "granularity=year", "indicator_code!="]
    for measure in ("level", "growth"):
        found = views.run(connection, "most_compared", [*common, f"measure={measure}"], limit=1)
        for best in (dict(zip(found.columns, row, strict=True)) for row in found.rows):
            heading = f"[bold]{best['period_label']} {best['indicator']}[/bold], {measure}"
            out.print(f"\n{heading}, {best['bodies']} bodies 家 (kb query compare_indicator)")
            keys = ("indicator", "measure", "status", "period_label", "organization_type", "region_level", "unit")
            same = [f"{key}={best[key]}" for key in keys if best[key] is not None]
            shown = ("position", "organization_name", "value", "unit", "bound", "claims", "source_name", "evidence")
            peers = views.run(connection, "compare_indicator", same, columns=shown, limit=12)
            show(in_chinese(peers, "compare_indicator", hidden=1))
            *_, source, evidence = peers.rows[0]
            out.print(f"[dim]{escape(source)}: {escape(evidence)}[/dim]")
    others: tuple[tuple[str, str, list[str], tuple[str, ...]], ...] = (
        (
            "Claimed growth beside the one that the levels give 报告增速与计算增速",
            "indicator_over_time",
            ["claimed_growth_pct>-100", "computed_growth_pct>-100", "indicator_code!="],
            ("organization_name", "indicator", "year", "computed_growth_pct", "claimed_growth_pct", "difference_pp"),
        ),
        (
            "Last year's targets, this year's outcome 目标与完成",
            "target_vs_outcome",
            [],
            ("organization_name", "indicator", "measure", "period_label", "target", "outcome", "unit", "is_reached"),
        ),
        (
            "Who takes part in what 举措推广",
            "initiative_adopters",
            ["adopters>1"],
            ("initiative_name", "adopters", "organization_name", "reports", "first_period_start"),
        ),
        (
            "Reports that disagree 数据出入",
            "conflicts",
            ["sources>1"],
            (
                "organization_name",
                "indicator",
                "period_label",
                "lowest",
                "highest",
                "unit",
                "lowest_source",
                "highest_source",
            ),
        ),
        (
            "Reports beside official statistics 报告数与官方统计",
            "claims_against_statistics",
            [],
            ("organization_name", "indicator", "period_label", "claim", "statistic", "unit", "deviation_pct"),
        ),
    )
    for title, name, conditions, columns in others:
        result = views.run(connection, name, conditions, columns=columns, limit=6)
        if result.rows:
            out.print(f"\n[bold]{title}[/bold] (kb query {name})")
            show(in_chinese(result, name))


def in_chinese(result: views.Table, name: str, hidden: int = 0) -> views.Table:
    """A query's result as Chinese readers like it: short heads, amounts in 亿 and 万; the last columns hidden."""
    meanings = views.queries()[name].columns
    heads = [meanings[column].partition(" · ")[0] for column in result.columns]
    width = len(heads) - hidden
    return views.Table(tuple(heads[:width]), [tuple(map(chinese_amount, row[:width])) for row in result.rows])


def chinese_amount(value: Any) -> Any:
    """14170000000 → 141.7亿, 51100 → 5.11万; what is not a large number stays."""
    for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if isinstance(value, Decimal) and abs(value) >= size:
            return plain(round(value / size, 4)) + word
    return value


if __name__ == "__main__":
    main()
