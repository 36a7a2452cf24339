"""A session of real photos with exact mattes, and what the workstation should show of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from emulator import Emulator
from PIL import Image
from studio import RECIPE

from engine.atomic import write_atomic
from engine.imaging.encode import encode_matte
from engine.session.layout import matte_path
from engine.session.session import Session
from engine.work.jobs import PreviewJob, View, preview
from tui.photo.minimap import with_map

PHOTOS = ("SKU201-front", "SKU205-front", "SKU207-front")
LONG_SIDE = 900


def make_session(folder: Path, photos: Path, truth: Path) -> Path:
    """Write reduced photos with their exact mattes, scanned and cut, into a new session."""
    folder.mkdir()
    alphas = {}
    for name in PHOTOS:
        photo = Image.open(photos / f"{name}.jpg").convert("RGB")
        photo.thumbnail((LONG_SIDE, LONG_SIDE))
        photo.save(folder / f"{name}.jpg", quality=92)
        alphas[name] = Image.open(truth / f"{name}.png").convert("L").resize(photo.size)
    with Session.open(folder, person="mara") as session:
        session.scan()
        for photo in session.photos():
            alpha = alphas[photo.path.stem]
            sha256 = hashlib.sha256((folder / photo.path).read_bytes()).hexdigest()
            write_atomic(
                matte_path(folder, sha256, RECIPE.digest()), encode_matte(np.asarray(alpha))
            )
            session.record_cut(
                photo.id,
                sha256=sha256,
                size=alpha.size,
                recipe=RECIPE,
                seconds=0.1,
                notes=(),
            )
    return folder


def expected(
    folder: Path, name: str, view: View, box: tuple[int, int], zoom: float = 0.0
) -> Image.Image:
    """Return the picture of a photo, or of a part with a map, that a panel should show."""
    photo = folder / f"{name}.jpg"
    sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
    matte = matte_path(folder, sha256, RECIPE.digest())
    job = PreviewJob(photo, matte, view, box, zoom)
    picture = preview(job)
    if zoom:
        picture = with_map(picture, job, preview)
    return Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)


def difference(shown: Image.Image, meant: Image.Image) -> float:
    """Return the mean difference of two pictures in levels of 0…255, both in the middle.

    What a shown picture has around the one that was meant is transparent, or the surround.
    """
    left, top = (shown.width - meant.width) // 2, (shown.height - meant.height) // 2
    assert left >= 0, (shown.size, meant.size)
    assert top >= 0, (shown.size, meant.size)
    part = shown.convert("RGB").crop((left, top, left + meant.width, top + meant.height))
    return float(np.abs(np.asarray(part, np.int16) - np.asarray(meant, np.int16)).mean())


PANELS = {(80, 24): (50, 18), (200, 50): (120, 46)}
"""Columns and rows of the photo's panel, by columns and rows of the terminal."""


def box_of(emulator: Emulator) -> tuple[int, int]:
    """Return the size in pixels of the photo's panel."""
    columns, rows = PANELS[emulator.columns, emulator.rows]
    return columns * emulator.cell[0], rows * emulator.cell[1]
