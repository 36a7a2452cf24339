"""kitty's pictures through a real tmux, with a terminal around it that shows them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from emulator import Emulator
from pictured import difference, expected
from program import PACKSHOT
from window import Window

TMUX = shutil.which("tmux")

pytestmark = pytest.mark.skipif(TMUX is None, reason="needs tmux")

PASSING = """
set -g allow-passthrough on
set -as terminal-features ',*:RGB'
set -g status off
set -sg escape-time 10
"""


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Path]:
    socket = tmp_path / "s"
    yield socket
    subprocess.run([str(TMUX), "-S", socket, "kill-server"], check=False, capture_output=True)


def open_window(session: Path, socket: Path, settings: str, emulator: Emulator) -> Window:
    config = socket.with_name("tmux.conf")
    config.write_text(settings)
    command = (str(TMUX), "-u", "-S", str(socket), "-f", str(config), "new-session")
    inside = f"{PACKSHOT} {session}"
    return Window(inside, emulator=emulator, home=session.parent / "home", command=command)


def test_pictures_get_through_and_are_deleted_at_the_end(cut_session: Path, socket: Path) -> None:
    emulator = Emulator(80, 24, kitty=True)
    with open_window(cut_session, socket, PASSING, emulator) as window:
        meant = expected(cut_session, "SKU201-front", "checker", (500, 360))

        def is_there() -> bool:
            shown = emulator.picture()
            return (
                shown is not None
                and (shown.width, shown.height) >= meant.size
                and difference(shown, meant) < 1.5
            )

        window.wait_for(is_there, what="the picture through tmux")
        assert emulator.faults == []
        window.press("q")
        window.wait_for_end()
        assert emulator.pictures == {}
