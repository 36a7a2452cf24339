"""``packshot export`` and ``packshot check`` on a real session, with real workers."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.atomic import write_atomic
from engine.imaging.encode import encode_matte
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session
from tui.cli.main import run

RECIPE = Recipe(model="u2netp", model_sha256="0" * 64)
FILES = (
    "amazon-main/SKU1-front.jpg",
    "amazon-main/SKU2-front.jpg",
    "amazon-main/shoes/SKU1-front.jpg",
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session with three cut photos, of which the first is approved."""
    for name in ("SKU1-front.jpg", "SKU2-front.jpg", "shoes/SKU1-front.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        pixels = np.full((1300, 1200, 3), 180, np.uint8)
        cv2.circle(pixels, (600, 650), 560, (20, len(name), 120), -1, cv2.LINE_AA)
        Image.fromarray(pixels).save(path, quality=95, subsampling=0)
    alpha = np.zeros((1300, 1200), np.uint8)
    cv2.circle(alpha, (600, 650), 559, 255, -1, cv2.LINE_AA)
    opened = Session.open(tmp_path)
    opened.scan()
    for photo in opened.photos():
        sha256 = hashlib.sha256((tmp_path / photo.path).read_bytes()).hexdigest()
        write_atomic(matte_path(tmp_path, sha256, RECIPE.digest()), encode_matte(alpha))
        opened.record_cut(
            photo.id,
            sha256=sha256,
            size=(1200, 1300),
            recipe=RECIPE,
            seconds=0.1,
            notes=(),
        )
    first = next(photo for photo in opened.photos() if str(photo.path) == "SKU1-front.jpg")
    opened.judge([first.id], "approved")
    return opened


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return list(json.loads(capsys.readouterr().out))


def test_the_way_of_a_delivery(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(session.folder)
    command = ["export", folder, "--preset", "amazon-main", "--workers", "1", "--json"]

    assert run(command) == 0
    printed = capsys.readouterr()
    assert "Presets: amazon-main (built-in)\n" in printed.err
    (row,) = json.loads(printed.out)
    written = session.folder / "Output" / "amazon-main" / "SKU1-front.jpg"
    assert row["output"] == str(written)
    assert row["sha256"] == hashlib.sha256(written.read_bytes()).hexdigest()
    assert (row["state"], row["passed"]) == ("exported", True)
    (photo,) = [photo for photo in session.photos() if photo.deliveries]
    (delivery,) = session.deliveries.of(photo.id)
    assert delivery.path == "Output/amazon-main/SKU1-front.jpg"
    assert delivery.sha256 == row["sha256"]
    assert delivery.recipe_digest == RECIPE.digest()

    assert run([*command, "--all"]) == 0
    again = rows(capsys)
    assert sorted(str(row["state"]) for row in again) == ["exported", "exported", "unchanged"]
    found = sorted(
        path.relative_to(session.folder / "Output").as_posix()
        for path in (session.folder / "Output").rglob("*.*")
    )
    assert found == [
        *FILES,
        "manifest.csv",
        "manifest.json",
        *(f"provenance/{name}.json" for name in FILES),
    ]
    assert len(session.deliveries.of(photo.id)) == 1


def test_a_photo_that_fails_costs_itself_alone(
    session: Session, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    (session.folder / "SKU2-front.jpg").write_bytes(b"gone bad")
    out = tmp_path_factory.mktemp("out")
    command = ["export", str(session.folder), "--preset", "master-png", "--all"]
    assert run([*command, "--out", str(out), "--workers", "1"]) == 1
    printed = capsys.readouterr()
    assert "2 exported, 1 failed" in printed.out
    assert "SKU2-front.jpg: the photo has changed since its matte was made" in printed.err
    assert sorted(path.name for path in out.rglob("*.png")) == ["SKU1-front.png"] * 2
    assert not (session.folder / "Output").exists()


def test_what_cannot_start_says_why(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(session.folder)
    assert run(["export", folder, "--preset", "amazn-main"]) == 2
    assert "Did you mean amazon-main?" in capsys.readouterr().err
    session.judge([photo.id for photo in session.photos()], "rejected", ["halo"])
    assert run(["export", folder, "--preset", "amazon-main"]) == 3
    assert "no photo is approved yet" in capsys.readouterr().err
    assert run(["export", folder, "--preset", "amazon-main", "--all"]) == 3
    assert "no cut photo is left to export" in capsys.readouterr().err
    assert run(["export", str(tmp_path / "nowhere"), "--preset", "amazon-main"]) == 3
    assert "no such folder" in capsys.readouterr().err


def test_check_works_on_files_of_any_tool(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pixels = np.full((1600, 1600, 3), 255, np.uint8)
    pixels[400:1200, 400:1200] = (20, 40, 90)
    small = tmp_path / "small.png"
    Image.fromarray(pixels).save(small)
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    gone = tmp_path / "gone\x1b[2J.jpg"

    command = ["check", str(small), str(text), str(gone), "--preset", "amazon-main"]
    assert run(command) == 1
    printed = capsys.readouterr().out
    assert "small.png: fails preset amazon-main 2026-11 (1 rule, 2 warnings)" in printed
    assert "the product spans 50.0% of the canvas" in printed
    assert "[Amazon, product image requirements; how fill is measured is not published" in printed
    assert "text.jpg: " in printed
    assert "\x1b" not in printed

    assert run([*command, "--json"]) == 1
    first, *others = rows(capsys)
    assert first["passed"] is False
    assert {"rule", "severity", "message", "measured", "source", "date"} == set(
        first["findings"][0]
    )
    assert all("error" in row for row in others)
