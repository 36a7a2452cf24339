"""A process under the guard reaches no other host, and neither do the libraries it loads."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.offline import OtherHostRefused, _check

GUARDED = """
from engine.offline import forbid_other_hosts
forbid_other_hosts()
"""


def run(program: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a program under the guard as a person would: not on a build server, in a home."""
    # ONNX Runtime says nothing where it finds itself on a build server: the test could not fail.
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-B", "-P", "-c", GUARDED + program],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


UDP = "import socket; udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
TCP = "import socket; tcp = socket.socket(); "


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80))",
        TCP + "tcp.connect_ex(('192.0.2.1', 80))",
        TCP + "tcp.bind(('', 0))",
        TCP + "tcp.bind(('0.0.0.0', 0))",
        UDP + "udp.connect(('192.0.2.1', 9))",
        UDP + "udp.sendto(b'x', ('192.0.2.1', 9))",
        UDP + "udp.sendto(b'x', 0, ('<broadcast>', 9))",
        UDP + "udp.sendmsg([b'x'], [], 0, ('192.0.2.1', 9))",
        "import socket; socket.getaddrinfo('host.invalid', 80)",
        "import socket; socket.getaddrinfo(b'host.invalid', 80)",
        "import socket; socket.gethostbyname('host.invalid')",
        "import socket; socket.gethostbyname_ex('host.invalid')",
        "import socket; socket.gethostbyaddr('192.0.2.1')",
        "import socket; socket.getnameinfo(('192.0.2.1', 80), 0)",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1')",
    ],
)
def test_another_host_is_refused(program: str, tmp_path: Path) -> None:
    done = run(program, tmp_path)
    assert done.returncode == 1
    assert "OtherHostRefused" in done.stderr


def test_sockets_inside_the_machine_stay_open(tmp_path: Path) -> None:
    program = (
        UDP
        + TCP
        + """
udp.bind(("127.0.0.1", 0))
udp.sendto(b"x", udp.getsockname())
assert udp.recv(1) == b"x"
tcp.bind(("localhost", 0))
tcp.listen()
calling = socket.create_connection(tcp.getsockname())
calling.sendmsg([b"y"])
assert tcp.accept()[0].recv(1) == b"y"
assert socket.gethostbyname("localhost") == "127.0.0.1"
socket.getaddrinfo(None, 80)
if hasattr(socket, "AF_UNIX"):
    socket.socket(socket.AF_UNIX).bind("here.sock")
"""
    )
    done = run(program, tmp_path)
    assert done.returncode == 0, done.stderr


_SOCKET_EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_FAMILIES = [
    value
    for name, value in vars(socket).items()
    if name.startswith("AF_") and name not in {"AF_UNIX", "AF_UNSPEC"}
]


class _Asking(socket.socket):
    """A socket of any family, also of one that this system does not have."""

    def __init__(self, family: int) -> None:
        super().__init__(socket.AF_UNIX)
        self._asked = family

    @property
    def family(self) -> int:  # type: ignore[override]
        return self._asked


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="it needs a socket of any kind")
@given(
    event=st.sampled_from(_SOCKET_EVENTS),
    family=st.sampled_from(_FAMILIES),
    host=st.one_of(
        st.ip_addresses().filter(lambda ip: not ip.is_loopback).map(str),
        st.text(max_size=20).filter(lambda name: not name.startswith(("127.", "::1", "localhost"))),
        st.integers(),
        st.binary(max_size=8).filter(lambda name: not name.startswith((b"127.", b"::1"))),
    ),
    whole=st.booleans(),
)
def test_no_address_that_is_not_inside_the_machine_passes(
    event: str, family: int, host: object, whole: bool
) -> None:
    """Whatever the family, and whether the address is a tuple or one value."""
    with _Asking(family) as asking, pytest.raises(OtherHostRefused):
        _check(event, (asking, host if whole else (host, 80)))


@pytest.mark.skipif(sys.platform == "win32", reason="it is the system that keeps the events there")
def test_onnx_runtime_gathers_no_telemetry(tmp_path: Path) -> None:
    done = run("import onnxruntime", tmp_path)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir()), "no device id, no events waiting to be sent"
