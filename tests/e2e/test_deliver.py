"""The Deliver screen in a real pseudo-terminal: a locked season goes out, and a file comes back."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

from seasonal import RECIPE, autumn
from terminal import Terminal

from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.season import lock_season
from engine.session.session import Session

ENTER, F5 = "\r", "\x1b[15~"
META = "presets/meta.toml"


def delivered(folder: Path) -> set[str]:
    with Session.open(folder, readonly=True) as session:
        return {row.path for row in session.deliveries.all()}


def test_a_locked_season_is_tried_refused_exported_and_recalled(tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    with contextmanager(autumn)(folder) as session:
        lock_season(session, "autumn", RECIPE)
    preset = (folder / META).read_text("utf-8")
    arguments = (folder, "--images", "halfcell")
    with Terminal(*arguments, home=tmp_path / "home", columns=80, rows=24) as terminal:
        terminal.wait_for("2 photos")
        terminal.press(F5)
        terminal.wait_for("4 files are ready: E exports, D only tries")
        terminal.wait_for("■ autumn locked")
        terminal.press("D")
        terminal.wait_for("4 tried")
        assert not (folder / "Output").exists()

        (folder / META).write_text(preset.replace("fill = 0.85", "fill = 0.86"), "utf-8")
        terminal.wait_for("! autumn changed")
        terminal.wait_for("placement.fill: 0.85")
        terminal.press("E")
        terminal.wait_for("Nothing can be exported")
        assert not (folder / "Output").exists()

        (folder / META).write_text(preset, "utf-8")
        terminal.wait_for("■ autumn locked")
        terminal.wait_for("4 files are ready")
        terminal.press("E")
        terminal.wait_for("4 files of 2 photos")
        terminal.press(ENTER)
        terminal.wait_for("Nothing is ready to be exported.")
        assert len(delivered(folder)) == 4

        terminal.press("x")
        terminal.wait_for("never to be delivered again")
        terminal.press(*"halo", ENTER)
        terminal.wait_for("Recalled: incident")
        terminal.wait_for("⊗")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    events = [entry.event for entry in AuditLog(folder).entries()]
    assert events[0] == "lock"
    assert events[-1] == "recall"
    assert "deliver" in events
