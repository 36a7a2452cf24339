"""The worked example of the playbook: one photo on grey paper, from the shoot to its second life.

Cut, looked at closely, delivered to a marketplace and a newsletter, archived; then taken back and
replaced. The real workstation in a real terminal, the real commands, real weights.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from terminal import Terminal

from tui.cli.main import run

PHOTO = "SKU123-front-v2.jpg"
PRESETS = ("master-png", "amazon-main", "email-comp")
ONLINE = "https://cdn.example.com"
ALT = "Coral red mug with a wide handle"
MAIN = "amazon-main/SKU123-front-v2.jpg"


@pytest.fixture
def shoot(tmp_path: Path, sample_photos: Path) -> Path:
    """Return a session with the studio's second try of SKU123."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    photo = Image.open(sample_photos / "SKU201-front.jpg")
    photo.thumbnail((1200, 1200))
    photo.save(folder / PHOTO, quality=95)
    (folder / "packshot.toml").write_text(f'[delivery]\nurl = "{ONLINE}/{{file}}"\n')
    return folder


def look_closely(shoot: Path, home: Path) -> None:
    """Cut the photo in the workstation, look at it at 200%, approve and describe it."""
    with Terminal(shoot, "--images", "halfcell", home=home) as terminal:
        terminal.wait_for("1 photo")
        terminal.press("s")
        terminal.wait_for("◆1", 200)
        terminal.press("Z")
        terminal.wait_for("200%")
        terminal.press("b")
        terminal.wait_for("Black")
        terminal.press("p")
        terminal.wait_for("✓1")
        terminal.press("T")
        terminal.wait_for("Alt text: SKU123 front")
        terminal.press(ALT, "\r")
        terminal.wait_for("kept")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def export(shoot: Path) -> int:
    presets = [word for each in PRESETS for word in ("--preset", each)]
    return run(["export", str(shoot), *presets, "--workers", "1"])


def archive(shoot: Path, library: Path, note: str) -> int:
    return run(["archive", str(shoot), "--out", str(library), "--note", note])


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.asarray(image)


def corners(picture: NDArray[np.uint8]) -> set[int]:
    return set(picture[[0, 0, -1, -1], [0, -1, 0, -1]].ravel().tolist())


def listed(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def deliver(shoot: Path) -> NDArray[np.uint8]:
    """Export a transparent master, a white main image and alpha for the newsletter, of one matte.

    Returns
    -------
    The master's pixels.
    """
    assert export(shoot) == 0
    output = shoot / "Output"
    cutout = pixels(output / "master-png" / "SKU123-front-v2.png")
    assert cutout.shape == (1200, 1200, 4)
    assert corners(cutout[..., 3]) == {0}
    assert cutout[600, 450, 3] == 255
    white = pixels(output / MAIN)
    assert white.shape[2] == 3
    assert corners(white) == {255}
    assert run(["check", str(output / MAIN), "--preset", "amazon-main"]) == 0
    assert corners(pixels(output / "email-comp" / "SKU123-front-v2.png")[..., 3]) == {0}
    assert [row["alt"] for row in listed(output / "manifest.csv")] == [ALT] * 3
    return cutout


def take_back(shoot: Path, sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Recall a file that was sent back under any name; it cannot be exported again."""
    here = ["--session", str(shoot)]
    reason = ["--reason", "halo at the handle", "--fault", "halo"]
    assert run(["incident", "recall", str(sent), *reason, *here]) == 0
    assert listed(shoot / "Output" / "manifest.csv") == []
    (purge,) = (shoot / "Output" / "incidents").rglob("cloudflare-1.json")
    assert f"{ONLINE}/{MAIN}" in json.loads(purge.read_text())["files"]
    assert run(["judge", str(shoot), PHOTO, "--approve"]) == 0
    capsys.readouterr()
    assert export(shoot) == 1, "approving it again does not bring it back"
    assert "halo at the handle). Cut the photo again" in capsys.readouterr().err


def test_the_worked_example(
    shoot: Path,
    tmp_path: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    output, library = shoot / "Output", tmp_path / "dam"
    photo = (shoot / PHOTO).read_bytes()
    look_closely(shoot, model_home)
    cutout = deliver(shoot)

    # Into the image library, with a note.
    assert archive(shoot, library, "edge as cut") == 0
    kept = library / "SKU123" / "SKU123-front-v2.png"
    assert kept.read_bytes() == (output / "master-png" / "SKU123-front-v2.png").read_bytes()
    assert "edge as cut" in (library / "NOTES.md").read_text("utf-8")

    # A halo is seen online, and the library has the picture, too.
    sent = tmp_path / "mug (1) final.jpg"
    shutil.copy(output / MAIN, sent)
    before = {path: path.read_bytes() for path in output.rglob("SKU123*")}
    take_back(shoot, sent, capsys)
    assert run(["incident", "search", str(library), "--session", str(shoot)]) == 1
    assert "SKU123-front-v2.png: was recalled" in capsys.readouterr().out

    # Another edge makes another matte, and the next version takes the old one's place.
    recipe = tmp_path / "tight.toml"
    recipe.write_text("edge_shift = -1.0\n")
    assert run(["cut", str(shoot), "--recipe", str(recipe), "--model", "u2netp"]) == 0
    assert run(["judge", str(shoot), PHOTO, "--approve"]) == 0
    assert export(shoot) == 0
    assert "is closed: corrected files were delivered" in capsys.readouterr().err
    assert {row["file"] for row in listed(output / "manifest.csv")} == {
        "master-png/SKU123-front-v3.png",
        "amazon-main/SKU123-front-v3.jpg",
        "email-comp/SKU123-front-v3.png",
    }
    tighter = pixels(output / "master-png" / "SKU123-front-v3.png")
    assert tighter[..., 3].sum(dtype=int) < cutout[..., 3].sum(dtype=int)
    assert archive(shoot, library, "edge moved inwards") == 0
    assert (library / "SKU123" / "SKU123-front-v3.png").is_file()
    notes = (library / "NOTES.md").read_text("utf-8")
    assert notes.index("edge moved inwards") < notes.index("Do not use") < len(notes)

    # Nothing that was written is ever replaced, the photo least of all.
    assert before == {path: path.read_bytes() for path in before}
    assert (shoot / PHOTO).read_bytes() == photo
