"""A small studio for the workstation: six synthetic photos of three SKUs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from delivering import write_season
from studio import PHOTOS, RECIPE, SIZE, InstantWorkers, sha256_of, store_matte, workstation

from engine.imaging.encode import encode_png
from engine.session.session import Session
from tui.app import Workstation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a session folder with six photos of three SKUs; nothing is cut yet."""
    folder = tmp_path / "autumn-shoot"
    folder.mkdir()
    for tone, name in enumerate(PHOTOS):
        pixels = np.full((*SIZE[::-1], 3), 40 + tone * 30, np.uint8)
        (folder / name).write_bytes(encode_png(pixels))
    return folder


@pytest.fixture
def session(folder: Path) -> Session:
    """Return the folder's session, scanned."""
    session = Session.open(folder, person="mara@studio")
    session.scan()
    return session


@pytest.fixture
def cut_all(session: Session) -> None:
    """Give every photo of the session a matte."""
    for photo in session.photos():
        sha256 = sha256_of(session.folder / photo.path)
        store_matte(session.folder, sha256)
        session.record_cut(
            photo.id,
            sha256=sha256,
            size=(SIZE[0], SIZE[1]),
            recipe=RECIPE,
            seconds=0.4,
            notes=(),
        )


@pytest.fixture
def workers() -> InstantWorkers:
    """Return the workers that the app will use."""
    return InstantWorkers()


@pytest.fixture
def app(session: Session, workers: InstantWorkers, monkeypatch: pytest.MonkeyPatch) -> Workstation:
    """Return the workstation on the session; its model needs no file."""
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", lambda store: RECIPE)
    return workstation(session, workers)


@pytest.fixture
def season(folder: Path, session: Session, cut_all: None) -> Session:
    """Give the session a season of two presets, and approve the fronts; ``shop`` wants alt text."""
    write_season(folder)
    fronts = [photo.id for photo in session.photos() if photo.view == "front"]
    session.judge(fronts, "approved")
    return session
