"""Files are read in processes of their own; what goes wrong in one costs no other file its load."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from etl import catalog, load, pipeline
from etl.additions import Addition
from etl.records import ReadError

POOL_FROM = 4  # files; fewer are read sooner here than by processes that must start first


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
    return ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=begin, initargs=(catalog.added(),)
    )


def begin(added: tuple[Addition, ...]) -> None:
    """Ctrl-C reaches every process; the first one stops the others in good order. All have one catalog."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    catalog.use(added)


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
