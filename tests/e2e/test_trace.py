"""A system-call trace of cutting and exporting: no socket but those inside the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "import sys; from tui.cli.main import main; main(sys.argv[1:])"
CALLS = "trace=socket,socketpair,io_uring_setup"
STRACE = shutil.which("strace") or ""


def tracing_is_possible() -> bool:
    """Tell whether there is a tracer, and the system lets it trace."""
    return bool(STRACE) and subprocess.run([STRACE, "-qq", "true"], check=False).returncode == 0


def sockets_of(trace: Path, home: Path, code: str, *arguments: str) -> list[str]:
    """Run Python under the tracer and return the family of every socket that was asked for."""
    subprocess.run(
        [STRACE, "-f", "-qq", "-e", CALLS, "-o", trace, sys.executable, "-c", code, *arguments],
        env={**os.environ, "PACKSHOT_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    text = trace.read_text("utf-8")
    assert "io_uring_setup" not in text
    return re.findall(r"socket(?:pair)?\((AF_\w+|0x\w+|\d+)", text)


@pytest.mark.skipif(not tracing_is_possible(), reason="no system calls can be traced here")
def test_cutting_and_exporting_ask_for_no_socket_but_local_ones(
    tmp_path: Path, model_home: Path, sample_photos: Path
) -> None:
    trace = tmp_path / "trace"
    session = tmp_path / "session"
    session.mkdir()
    shutil.copy(sample_photos / "SKU203-front.jpg", session)
    for arguments in (
        ["cut", str(session)],
        ["export", str(session), "--preset", "master-png", "--all"],
    ):
        asked = sockets_of(trace, model_home, PROGRAM, *arguments)
        assert set(asked) <= {"AF_UNIX"}, arguments
    assert list((session / "Output").rglob("*.png"))
    # The trace would have shown one: this asks for it.
    code = "import socket; socket.socket(socket.AF_INET)"
    assert sockets_of(trace, model_home, code) == ["AF_INET"]
