"""The commands around the workstation: opening it, its end after a fault, and the doctor."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from engine.session.session import Session
from tui.cli.doctor import command as doctor
from tui.cli.main import run

PROGRAM = """
import sys
from pathlib import Path
from tui.app import Workstation
from tui.cli.open import run_workstation
from tui.terminal.graphics import Graphics

def fail(self):
    raise ZeroDivisionError("a fault of packshot's own")

Workstation.action_next_theme = fail
sys.exit(run_workstation(Path(sys.argv[1]), Graphics(), readonly=False))
"""


def start(folder: Path, home: Path) -> pexpect.spawn:
    environment = os.environ | {"PACKSHOT_HOME": str(home), "TERM": "xterm-256color"}
    return pexpect.spawn(
        sys.executable,
        ["-c", PROGRAM, str(folder)],
        dimensions=(24, 80),
        env=environment,
        encoding="utf-8",
        timeout=30,
    )


def test_a_fault_leaves_the_terminal_usable_and_says_where_it_is_written(
    folder: Path, session: Session, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    program = start(folder, home)
    program.expect("6 photos")
    program.send("\x1b[20~")  # F9
    program.expect(pexpect.EOF)
    program.close()
    left = program.before
    assert left is not None
    assert program.exitstatus == 3
    assert "\x1b[?1049l" in left, "back from the alternate screen"
    after = left.rpartition("\x1b[?1049l")[2]
    assert "no verdict and no finished matte is lost" in after.replace("\r\n", " ")
    assert "Traceback" not in left
    log = (home / "log" / "packshot.log").read_text()
    assert "ZeroDivisionError" in log


def test_the_workstation_needs_a_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["open", str(folder)]) == 2
    assert "needs a terminal" in capsys.readouterr().err
    assert run([str(folder)]) == 2, "a folder alone means the same"


def test_the_doctor_reports_and_tells_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path))
    result = CliRunner().invoke(doctor, ["--json"], standalone_mode=False)
    checks = {check["subject"]: check for check in json.loads(result.output)}
    assert result.return_value == 1
    assert not checks["models"]["sound"]
    assert "packshot models install" in checks["models"]["found"]
    assert checks["pictures"]["found"].startswith("halfcell")
    assert checks["log"]["found"] == str(tmp_path / "log" / "packshot.log")
    plain = CliRunner().invoke(doctor, [], standalone_mode=False)
    assert "! models" in plain.output
