"""The workstation in a real pseudo-terminal: the whole path from a folder to channel files."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from program import shell
from terminal import Terminal

from engine.session.session import Session
from tui.help.glossary import lookup
from tui.help.snippet import as_text

CTRL_A, CTRL_Y = "\x01", "\x19"
ENTER = "\r"
ESCAPE = "\x1b"
F1 = "\x1bOP"
PHOTOS = ("SKU201-front", "SKU201-left", "SKU205-front", "SKU207-front")


@pytest.fixture
def session(tmp_path: Path, sample_photos: Path) -> Path:
    folder = tmp_path / "autumn"
    folder.mkdir()
    for name in PHOTOS:
        photo = Image.open(sample_photos / f"{name}.jpg")
        photo.thumbnail((800, 800))
        photo.save(folder / f"{name}.jpg", quality=92)
    return folder


def _verdicts(folder: Path) -> dict[str, str]:
    with Session.open(folder, readonly=True) as session:
        return {str(photo.path): photo.verdict.state for photo in session.photos()}


def test_from_a_folder_to_a_checked_channel_file(session: Path, model_home: Path) -> None:
    editor = session.parent / "editor"
    editor.write_text('#!/bin/sh\ngrep -q SKU201-front.jpg "$1" && echo "dust left" > "$1"\n')
    editor.chmod(0o755)
    own = {**shell(), "VISUAL": str(editor)}
    with Terminal(session, "--images", "halfcell", home=model_home, environment=own) as terminal:
        terminal.wait_for("4 photos")
        terminal.press("j", CTRL_A, "s")
        terminal.wait_for(lambda screen: "◆4" in screen)

        terminal.press(ESCAPE, "g", "j")
        terminal.wait_for("SKU201-front.jpg")
        terminal.press("p")
        terminal.wait_for(lambda screen: "✓1" in screen)
        terminal.press("4", "e")
        terminal.wait_for("note written")
        terminal.wait_for(lambda screen: "4★" in screen and "“dust left”" in screen)
        terminal.press("g", "j", "j")
        terminal.wait_for("SKU201-left.jpg")
        terminal.press("x")
        terminal.wait_for("Reject SKU201-left.jpg")
        terminal.press("1", ENTER)
        terminal.wait_for(lambda screen: "Reject SKU201-left.jpg" not in screen)

        terminal.press("E")
        terminal.wait_for("amazon-main")
        terminal.press(ENTER)
        terminal.wait_for(lambda screen: "▲1" in screen or "exported" in screen)
        terminal.press("q")
        assert terminal.wait_for_end() == 0

    verdicts = _verdicts(session)
    assert verdicts["SKU201-front.jpg"] == "approved"
    assert verdicts["SKU201-left.jpg"] == "rejected"
    exported = list((session / "Output").rglob("*.jpg"))
    assert [path.name for path in exported] == ["SKU201-front.jpg"]
    picture = Image.open(exported[0])
    assert picture.width == picture.height
    assert picture.info["icc_profile"]
    pixels = np.asarray(picture.convert("RGB"))
    assert (pixels[:8] == 255).all()
    assert (pixels[-8:] == 255).all()
    middle = pixels[picture.height // 2 - 40 : picture.height // 2 + 40]
    assert (middle < 250).any(), "the product is on the canvas"


def test_help_and_glossary_are_one_key_away_at_80_by_24(session: Path, model_home: Path) -> None:
    with Terminal(
        session, "--images", "halfcell", home=model_home, columns=80, rows=24
    ) as terminal:
        terminal.wait_for("4 photos")
        terminal.press("?")
        terminal.wait_for("Keys")
        terminal.wait_for("Go to the next line.")
        terminal.press(ESCAPE)
        terminal.wait_for(lambda screen: "Go to the next line." not in screen)
        terminal.press(F1)
        terminal.wait_for("Search: a term")
        assert terminal.clipboard is None
        terminal.press(*"halo")
        terminal.wait_for("The light or dark line around")
        terminal.press(CTRL_Y)
        terminal.wait_for("Copied: halo.")
        halo = lookup("halo")
        assert halo is not None
        assert terminal.clipboard == as_text(halo)
        terminal.press(ESCAPE)
        terminal.wait_for(lambda screen: "around the product" not in screen)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_quitting_during_work_asks_and_keeps_what_is_done(session: Path, model_home: Path) -> None:
    with Terminal(session, "--images", "halfcell", home=model_home) as terminal:
        terminal.wait_for("4 photos")
        terminal.press(CTRL_A, "s", "q")
        terminal.wait_for("Quit while work is under way?")
        terminal.press("y")
        assert terminal.wait_for_end() == 0
    assert set(_verdicts(session).values()) == {"pending"}


def test_a_killed_workstation_loses_no_verdict(session: Path, model_home: Path) -> None:
    with Terminal(session, "--images", "halfcell", home=model_home) as terminal:
        terminal.wait_for("4 photos")
        terminal.press("j", "s")
        terminal.wait_for(lambda screen: "◆1" in screen)
        terminal.press("p")
        terminal.wait_for(lambda screen: "✓1" in screen)
        os.kill(terminal.process, signal.SIGKILL)
    assert "approved" in _verdicts(session).values()


def test_a_readonly_session_creates_nothing(session: Path, model_home: Path) -> None:
    before = sorted(path.name for path in session.rglob("*"))
    with Terminal(session, "--readonly", "--images", "halfcell", home=model_home) as terminal:
        terminal.wait_for("4 photos")
        terminal.press("j", "p")
        terminal.wait_for("read-only")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert sorted(path.name for path in session.rglob("*")) == before
