"""A process under the guard reaches no other host, and neither do the libraries it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GUARDED = """
from engine.offline import forbid_other_hosts
forbid_other_hosts()
"""


def run(program: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a program under the guard as a person would: not on a build server, in a home."""
    # ONNX Runtime says nothing where it finds itself on a build server: the test could not fail.
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-B", "-c", GUARDED + program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80))",
        "import socket; socket.getaddrinfo('host.invalid', 80)",
    ],
)
def test_another_host_is_refused(program: str, tmp_path: Path) -> None:
    done = run(program, tmp_path)
    assert done.returncode == 1
    assert "OtherHostRefused" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="it is the system that keeps the events there")
def test_onnx_runtime_gathers_no_telemetry(tmp_path: Path) -> None:
    done = run("import onnxruntime", tmp_path)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir()), "no device id, no events waiting to be sent"
