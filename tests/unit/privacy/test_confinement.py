"""The two ways of refusing networks: they hold for what is started under them, native code too."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tui.privacy.probes import network_families
from tui.privacy.verify import Verification

FILTERED = """
import socket, subprocess, sys
from tui.privacy.seccomp import forbid_network_sockets
try:
    forbid_network_sockets()
except OSError as error:
    sys.exit(f"not to be had: {error}")
"""
ALONE = """
import socket, sys
from tui.privacy.namespace import leave_network
try:
    leave_network()
except OSError as error:
    sys.exit(f"not to be had: {error}")
"""
NATIVE = """
import ctypes
ctypes.CDLL(None).socket(2, 1, 0)  # past Python and its audit hook
print("alive")
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    if "not to be had" in ended.stderr:
        pytest.skip(ended.stderr.strip())
    return ended


def test_without_a_filter_the_native_probe_lives() -> None:
    assert run(NATIVE).stdout == "alive\n"


def test_under_the_filter_native_code_that_asks_for_a_network_is_ended() -> None:
    assert run(FILTERED + NATIVE).returncode == -signal.SIGSYS


def test_a_program_started_under_the_filter_is_held_by_it() -> None:
    child = (
        f"import subprocess; print(subprocess.run([sys.executable, '-c', {NATIVE!r}]).returncode)"
    )
    assert run(f"{FILTERED}\n{child}").stdout.strip() == str(-signal.SIGSYS)


def test_sockets_inside_the_machine_stay_possible_under_the_filter() -> None:
    inside = "a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1)); socket.socket(1)"
    assert run(f"{FILTERED}\n{inside}").stdout == "b'x'\n"


def test_an_internet_pair_of_sockets_is_ended_as_well() -> None:
    pair = "import ctypes; ctypes.CDLL(None).socketpair(2, 1, 0, (ctypes.c_int * 2)()); print(1)"
    assert run(f"{FILTERED}\n{pair}").returncode == -signal.SIGSYS


def test_io_uring_counts_as_not_there() -> None:
    ring = "import ctypes; libc = ctypes.CDLL(None, use_errno=True)\n"
    ring += "print(libc.syscall(425, 1, None), ctypes.get_errno())"
    assert run(f"{FILTERED}\n{ring}").stdout == "-1 38\n"


def test_an_empty_network_has_no_way_out_and_leaves_the_person_who_they_are() -> None:
    script = """
import os
before = os.getuid(), os.getgid()
LEAVE
assert (os.getuid(), os.getgid()) == before
assert {name for _, name in socket.if_nameindex()} <= {"lo"}
asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    asked.connect(("192.0.2.1", 9))
except OSError as error:
    print(error.errno)
"""
    assert run(script.replace("LEAVE", ALONE)).stdout == "101\n"


def test_the_internet_and_its_neighbours_are_probed() -> None:
    families = network_families()
    assert {"AF_INET", "AF_INET6"} <= set(families)
    assert "AF_UNIX" not in families


def judged(namespace: str, filter_: str, problem: str = "", **probes: str) -> Verification:
    return Verification(namespace, filter_, probes, {}, problem)


def test_what_is_claimed_is_what_was_found() -> None:
    both = judged("", "", AF_INET="ended", AF_VSOCK="ended")
    assert both.passed
    assert "all 2 probes" in both.proof
    leak = judged("", "", AF_INET="ended", AF_VSOCK="open")
    assert not leak.passed
    alone = judged("", "no filter", AF_INET="no route", AF_NETLINK="open")
    assert alone.passed
    assert "does not prove that none was looked for" in " ".join(alone.proof.split())
    neither = judged("none", "none", AF_INET="no route")
    assert not neither.passed
    assert neither.proof.startswith("Little")
    failed = judged("", "", "it broke", AF_INET="ended")
    assert not failed.passed
    assert failed.proof.startswith("Nothing")
