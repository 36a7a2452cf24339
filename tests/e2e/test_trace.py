"""A system-call trace of a night's work and of an evening in the workstation: no socket but
those inside the machine.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import PACKSHOT, shell
from terminal import Terminal

from tui.cli.demo import write_season

CALLS = "trace=socket,socketpair,io_uring_setup"
STRACE = shutil.which("strace") or ""
F1, ESCAPE = "\x1bOP", "\x1b"


def tracing_is_possible() -> bool:
    """Tell whether there is a tracer, and the system lets it trace."""
    return bool(STRACE) and subprocess.run([STRACE, "-qq", "true"], check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not tracing_is_possible(), reason="no system calls can be traced here"
)


@pytest.fixture
def session(tmp_path: Path, sample_photos: Path) -> Path:
    """Return a session of one photo, with a season of its own."""
    folder = tmp_path / "session"
    write_season(folder)
    shutil.copy(sample_photos / "SKU203-front.jpg", folder)
    return folder


@pytest.fixture
def tracer(tmp_path: Path) -> list[str]:
    """Return the tracer with its options, which writes to a file and follows every process."""
    return [STRACE, "-f", "-qq", "-e", CALLS, "-o", str(tmp_path / "trace")]


def families(tracer: list[str]) -> set[str]:
    """Return the family of every socket that was asked for."""
    text = Path(tracer[-1]).read_text("utf-8")
    assert "io_uring_setup" not in text
    return set(re.findall(r"socket(?:pair)?\((AF_\w+|0x\w+|\d+)", text))


def trace(tracer: list[str], home: Path, *arguments: str | Path) -> set[str]:
    """Run a program under the tracer and return the families of its sockets."""
    subprocess.run(
        [*tracer, *map(str, arguments)],
        env={**shell(), "PACKSHOT_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    return families(tracer)


def test_a_night_of_cutting_and_exporting_asks_for_no_socket_but_local_ones(
    tracer: list[str], model_home: Path, session: Path
) -> None:
    asked = trace(tracer, model_home, PACKSHOT, "run", session, "--season", "sample", "--all")
    assert asked <= {"AF_UNIX"}
    written = {path.suffix for path in (session / "Output").rglob("SKU203*")}
    assert written == {".jpg", ".png", ".json"}


def test_neither_does_the_workstation(tracer: list[str], model_home: Path, session: Path) -> None:
    with Terminal(session, home=model_home, below=tracer) as terminal:
        terminal.wait_for("1 photo")
        terminal.press("j", "s")
        terminal.wait_for(lambda screen: "◆1" in screen)
        terminal.press("p", F1)
        terminal.wait_for("Search: a term")
        terminal.press(ESCAPE)
        terminal.wait_for(lambda screen: "Search: a term" not in screen)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert families(tracer) <= {"AF_UNIX"}


def test_the_trace_would_have_shown_one(tracer: list[str], model_home: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET)"
    assert trace(tracer, model_home, sys.executable, "-c", code) == {"AF_INET"}
