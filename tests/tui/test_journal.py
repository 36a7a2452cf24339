"""No notice is lost: the log lists them, newest first, also those of errors."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pexpect
import pytest
from studio import notices, press, settle
from textual.widgets import Static
from textual.widgets._toast import Toast

from engine.session.session import Session
from tui.app import Workstation
from tui.deliver.choose import ExportDialog
from tui.journal import Journal, JournalPanel


async def test_the_log_lists_what_was_told(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        app.tell("a thing went [bold]wrong\nand so did another", "error")
        await press(pilot, "f8")
        await pilot.pause()
        assert isinstance(app.screen, JournalPanel)
        lines = str(app.screen.query_one("#scrolled-text", Static).visual).splitlines()
        assert "x a thing went [bold]wrong" in lines[0]
        assert lines[1].strip() == "and so did another"
        assert "Nothing to look for yet" in lines[2]
        await press(pilot, "j", "k", "pagedown", "pageup", "escape")
        assert not isinstance(app.screen, JournalPanel)


async def test_an_empty_log_says_so(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f8")
        await pilot.pause()
        text = str(app.screen.query_one("#scrolled-text", Static).visual)
        assert text == "Nothing was told yet."


@pytest.mark.usefixtures("cut_all")
async def test_no_notice_hides_the_choices_of_a_dialog(app: Workstation) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.tell("Told before.")
        await pilot.pause()
        browse = app.screen
        assert browse.query(Toast)
        await press(pilot, "E")
        assert isinstance(app.screen, ExportDialog)
        assert not [*browse.query(Toast), *app.screen.query(Toast)]
        app.tell("Told meanwhile, in so many words that they do not fit into a line.", "error")
        await settle(pilot)
        toast = app.screen.query_one(Toast)
        assert app.screen.region.contains_region(toast.region)
        for part in ("#presets", "#preset-detail", "#export-scope", "#panel-keys"):
            assert not toast.region.overlaps(app.screen.query_one(part).region)
        await press(pilot, "escape")
        assert len(app.screen.query(Toast)) == 1, "it is still there, where notices always are"
        assert notices(app).startswith("Told before. Told meanwhile")


def test_a_log_does_not_grow_without_end() -> None:
    journal = Journal()
    for number in range(3000):
        journal.add(str(number), "information")
    assert journal.notices[-1].text == "2999"
    assert len(journal.notices) <= 1000


PROGRAM = """
import sys
from pathlib import Path
from tui.cli.open import run_workstation
from tui.terminal.graphics import Graphics
sys.exit(run_workstation(Path(sys.argv[1]), Graphics(), readonly=False))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_z_gives_the_terminal_back_and_fg_the_screen(
    folder: Path, session: Session, tmp_path: Path
) -> None:
    environment = os.environ | {"PACKSHOT_HOME": str(tmp_path / "home"), "TERM": "xterm-256color"}
    program = pexpect.spawn(
        sys.executable,
        ["-c", PROGRAM, str(folder)],
        dimensions=(24, 80),
        env=environment,
        encoding="utf-8",
        timeout=30,
    )
    program.expect("6 photos")
    program.send("\x1a")
    program.expect_exact("\x1b[?1049l")
    for _ in range(200):
        state = Path(f"/proc/{program.pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state == "T":
            break
        time.sleep(0.05)
    assert state == "T", "it is stopped"
    os.kill(program.pid, signal.SIGCONT)
    program.expect_exact("\x1b[?1049h")
    program.expect("6 photos")
    program.send("q")
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 0
