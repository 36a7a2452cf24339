"""A service and its clients as processes: outcomes, borrowed workers, and every way to end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.serving.client import served
from engine.serving.holding import take_hold
from engine.serving.place import own_place
from engine.serving.service import Service
from engine.work.workers import Workers

_COMMANDS = "commands_for_tests"
_CLIENT = """
import sys
from engine.serving.client import served
status = served(sys.argv[1:])
sys.exit(99 if status is None else status)
"""
_SERVICE = """
from engine.serving.holding import take_hold
from engine.serving.place import own_place
from engine.serving.service import Service
from engine.work.workers import Workers
if __name__ == "__main__":
    with take_hold(own_place()) as hold, Workers(1) as pool:
        service = Service(hold.place, "commands_for_tests", lambda: pool)
        service.listen()
        print("listening", flush=True)
        service.serve()
"""


@contextmanager
def _serving(
    pool: Workers, *, idle: float | None = None, is_free: Callable[[], bool] = lambda: True
) -> Iterator[tuple[Service, threading.Thread]]:
    hold = take_hold(own_place())
    assert hold is not None
    with hold:
        service = Service(hold.place, _COMMANDS, lambda: pool, is_free=is_free)
        service.listen()
        thread = threading.Thread(target=service.serve, args=(idle,))
        thread.start()
        try:
            yield service, thread
        finally:
            service.stop()
            thread.join()


def _client(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CLIENT, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="surrogateescape",
        **options,  # type: ignore[call-overload]  # the tests name what Popen knows
    )


def _begun(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start a client and wait until its command has begun."""
    client = _client(*arguments)
    assert client.stdout is not None
    assert client.stdout.readline() == "begun\n"
    return client


def test_a_command_runs_where_its_client_is(pool: Workers, tmp_path: Path) -> None:
    environment = {**os.environ, "COLOUR": "blue"}
    with _serving(pool):
        client = _client("show", "a", "\udce9", cwd=tmp_path, env=environment)
        out, err = client.communicate("typed\n", timeout=60)
    assert ascii(out) == ascii(f"a \udce9 {tmp_path} blue typed\n")
    assert err == "beside\n"
    assert client.returncode == 7


def test_jobs_are_done_by_the_services_workers(pool: Workers) -> None:
    from jobs_for_tests import NamedJob, process_id

    worker = pool.submit(process_id, NamedJob(Path("x"))).result(60)
    with _serving(pool):
        clients = [_client("work", "3") for _ in range(2)]
        answers = [client.communicate(timeout=60)[0] for client in clients]
    assert answers == [f"begun\n{worker} {worker} {worker}\n"] * 2


def test_many_jobs_get_workers_of_their_own(pool: Workers) -> None:
    from jobs_for_tests import NamedJob, process_id

    worker = pool.submit(process_id, NamedJob(Path("x"))).result(60)
    with _serving(pool):
        out, _ = _client("work", "9").communicate(timeout=60)
    assert str(worker) not in out.split()


def test_a_fault_of_a_command_is_its_own(pool: Workers) -> None:
    with _serving(pool):
        client = _client("fail")
        _, err = client.communicate(timeout=60)
        assert client.returncode == 1
        assert "a fault of our own" in err
        again = _client("show")
        again.communicate(timeout=60)
        assert again.returncode == 7


def test_without_a_service_a_command_is_left_to_its_client() -> None:
    assert served(["show"]) is None
    place = own_place()
    place.make_private()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place.socket))
    assert served(["show"]) is None


def test_a_service_that_hangs_is_left_alone() -> None:
    place = own_place()
    place.make_private()
    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(place.socket))
        hanging.listen()
        assert served(["show"]) is None


def test_a_service_that_others_could_reach_is_left_alone(pool: Workers) -> None:
    with _serving(pool):
        own_place().folder.chmod(0o755)
        assert served(["show"]) is None


def test_the_socket_is_the_users_alone(pool: Workers) -> None:
    with _serving(pool):
        assert own_place().socket.stat().st_mode & 0o777 == 0o600


def test_ctrl_c_of_the_client_stops_the_command(pool: Workers, tmp_path: Path) -> None:
    with _serving(pool):
        client = _begun("wait", tmp_path / "told")
        client.send_signal(signal.SIGINT)
        assert client.wait(60) == 130
    assert (tmp_path / "told").read_text() == "stopped"


def test_a_command_ends_with_its_client(pool: Workers, tmp_path: Path) -> None:
    with _serving(pool):
        client = _begun("wait", tmp_path / "told")
        client.kill()
        _wait_until((tmp_path / "told").exists)


def test_the_jobs_of_a_client_that_has_gone_are_dropped(pool: Workers, tmp_path: Path) -> None:
    with _serving(pool):
        gone = _begun("work", "6", tmp_path / "first")
        _wait_until((tmp_path / "first.0").exists)
        gone.kill()
        _wait_until((tmp_path / "first.left").exists)
        other = _begun("work", "1", tmp_path / "second")
        for gate in ("first", "second"):
            (tmp_path / gate).touch()
        assert other.wait(60) == 0
    assert not (tmp_path / "first.1").exists()


def test_a_killed_service_loses_no_job(tmp_path: Path) -> None:
    script = tmp_path / "serve.py"
    script.write_text(_SERVICE)
    service = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert service.stdout is not None
    service.stdout.readline()
    client = _begun("work", "3", tmp_path / "gate")
    _wait_until((tmp_path / "gate.0").exists)
    service.kill()
    service.wait()
    (tmp_path / "gate").touch()
    out, err = client.communicate(timeout=60)
    assert client.returncode == 0, err
    assert len(out.split()) == 3
    assert served(["show"]) is None


def test_a_stopped_service_leaves_its_guests_to_themselves(pool: Workers, tmp_path: Path) -> None:
    with _serving(pool):
        client = _begun("work", "2", tmp_path / "gate")
    assert list(own_place().folder.iterdir()) == []
    (tmp_path / "gate").touch()
    out, err = client.communicate(timeout=60)
    assert client.returncode == 0, err
    assert len(out.split()) == 2


def test_while_the_workers_are_wanted_elsewhere_nobody_is_served(
    pool: Workers, tmp_path: Path
) -> None:
    free = True
    with _serving(pool, is_free=lambda: free):
        client = _begun("work", "2", tmp_path / "gate")
        _wait_until((tmp_path / "gate.0").exists)
        free = False
        assert served(["show"]) is None
        (tmp_path / "gate").touch()
        out, _ = client.communicate(timeout=60)
    # The first was under way; the second was done by a worker of the guest's own.
    first, second = out.split()
    assert first != second


def test_a_service_ends_when_it_is_idle_but_not_under_a_guest(
    pool: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("engine.serving.service.time", SimpleNamespace(monotonic=lambda: now))
    with _serving(pool, idle=60) as (_, thread):
        client = _begun("work", "1", tmp_path / "gate")
        now = 100.0
        assert served(["show"]) == 7
        (tmp_path / "gate").touch()
        assert client.wait(60) == 0

        def closed_a_while_later() -> bool:
            # It looks at the clock when someone knocks, and notices late that a guest has gone.
            nonlocal now
            now += 100.0
            return served(["show"]) is None

        _wait_until(closed_a_while_later)
        thread.join(60)
        assert not thread.is_alive()


def test_a_service_that_nobody_asks_ends(pool: Workers) -> None:
    with _serving(pool, idle=0.01) as (_, thread):
        thread.join(60)
        assert not thread.is_alive()
    assert served(["show"]) is None


def _wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.01)
