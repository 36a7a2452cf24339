"""What made a file: from its bytes, from what it says, from the session, and from its sidecar."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from seasonal import RECIPE, add_cut, deliver_all

from engine.delivery.incidents.recall import recall
from engine.delivery.seasons.season import lock_season
from engine.delivery.sidecar import sidecar_path
from engine.delivery.tracing import Tracer
from engine.matting.recipe import Recipe
from engine.session.session import Session
from tui.cli.main import run

FILE = "Output/meta/SKU1-front.jpg"


@pytest.fixture
def delivered(session: Session) -> Session:
    """Return the session with its season locked and delivered."""
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    return session


def test_a_delivery_is_known_wherever_it_lies(delivered: Session, tmp_path: Path) -> None:
    moved = tmp_path / "shared drive.bin"
    shutil.copy(delivered.folder / FILE, moved)
    traced = Tracer(delivered).trace(moved)
    assert (traced.state, traced.sound) == ("delivered", True)
    assert traced.delivery is not None
    assert (traced.delivery.path, traced.delivery.season) == (FILE, "autumn")
    assert traced.photo is not None
    assert (traced.photo.sku, traced.newer) == ("SKU1", None)


def test_a_copy_that_was_saved_anew_still_says_what_it_shows(
    delivered: Session, tmp_path: Path
) -> None:
    saved = tmp_path / "smaller.jpg"
    with Image.open(delivered.folder / FILE) as image:
        image.resize((300, 300)).save(saved, quality=60, xmp=image.info["xmp"])
    traced = Tracer(delivered).trace(saved)
    assert (traced.state, traced.sound) == ("altered", False)
    assert traced.delivery is not None
    assert traced.delivery.path == FILE
    with Image.open(saved) as image:
        image.save(tmp_path / "stripped.png")
    assert Tracer(delivered).trace(tmp_path / "stripped.png").state == "unknown"


def test_another_sessions_file_is_foreign(delivered: Session, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(delivered.folder / "SKU1-front.png", other)
    with Session.open(other) as session:
        session.scan()
        traced = Tracer(session).trace(delivered.folder / FILE)
    assert traced.state == "foreign"
    assert traced.origin is not None
    assert traced.origin.preset == "meta 2026-11"
    assert Tracer(None).trace(delivered.folder / FILE).origin == traced.origin


def test_a_newer_version_and_a_recall_are_named(
    delivered: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = delivered.photos()
    add_cut(delivered, first.id, Recipe("u2netp", RECIPE.model_sha256, edge_shift=-1.0))
    delivered.judge([first.id], "approved")
    deliver_all(delivered)
    old = Tracer(delivered).trace(delivered.folder / FILE)
    assert old.newer is not None
    assert old.newer.path == "Output/meta/SKU1-front-v2.jpg"
    recall(delivered, [old.delivery], "halo on the shop")
    old = Tracer(delivered).trace(delivered.folder / FILE)
    assert old.recalled is not None
    assert not old.sound
    run(["verify", str(delivered.folder / FILE)])
    first_line, *others = capsys.readouterr().out.splitlines()
    assert first_line == f"{delivered.folder / FILE}: {old.recalled.told}"
    assert not [line for line in others if "recalled" in line]
    assert Tracer(delivered).trace(delivered.folder / old.newer.path).sound


def test_a_sidecar_says_the_same_and_the_lock(delivered: Session) -> None:
    (row,) = [row for row in delivered.deliveries.all() if row.path == FILE]
    path = sidecar_path(delivered.folder / "Output", delivered.folder / FILE)
    said = json.loads(path.read_text("ascii"))
    assert path.relative_to(delivered.folder).as_posix() == (
        "Output/provenance/meta/SKU1-front.jpg.json"
    )
    assert said["file"] == "meta/SKU1-front.jpg"
    assert (said["sha256"], said["lock"], said["season"]) == (row.sha256, row.lock, "autumn")
    assert said["photo"] == {"name": "SKU1-front.png", "sha256": row.photo_sha256}
    assert said["preset"]["digest"] == row.preset_digest
    assert said["check"].startswith(("passes preset meta", "fails preset meta"))
    path.unlink()
    deliver_all(delivered)  # it is written again, though nothing else is
    assert path.exists()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = run(["verify", *words, "--json"])
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return status, rows


def test_the_command_finds_the_session_by_the_file(
    delivered: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = delivered.folder / FILE
    status, (row,) = told(capsys, str(file))
    assert (status, row["state"], row["sound"]) == (0, "delivered", True)
    assert row["delivery"]["photo"] == "SKU1-front.png"
    assert row["says"]["preset"] == "meta 2026-11"

    elsewhere = tmp_path / "elsewhere" / "copy.jpg"
    elsewhere.parent.mkdir()
    shutil.copy(file, elsewhere)
    status, (row,) = told(capsys, str(elsewhere))
    assert (status, row["state"], row["session"]) == (1, None, None)
    assert row["says"]["preset"] == "meta 2026-11"
    status, rows = told(capsys, str(elsewhere), "--session", str(delivered.folder))
    assert (status, rows[0]["state"]) == (0, "delivered")

    file.write_bytes(file.read_bytes() + b"x")
    gone = str(tmp_path / "gone\x1b[2J.jpg")
    assert run(["verify", str(file), gone]) == 1
    printed = capsys.readouterr().out
    assert "saved anew since it was delivered" in printed
    assert "could not be read" in printed
    assert "\x1b" not in printed
