"""A shadow that the recipe keeps is in masters, previews and deliveries; the matte is without."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.atomic import write_atomic
from engine.delivery.export_job import export, export_jobs
from engine.imaging.encode import decode_matte, encode_matte
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session
from engine.work.jobs import CutJob, PreviewJob, cut, preview
from presets.loader import BUILT_IN, read_preset

WITH = Recipe(model="u2netp", model_sha256="5" * 64, keep_shadow=True)
WITHOUT = replace(WITH, keep_shadow=False)
SHADED = (425, 250)  # row and column in the deep of the shadow
LIT = (60, 60)


@dataclass(frozen=True)
class Studio:
    """A session with one photo, and the matte that either recipe has made of it."""

    folder: Path
    photo: Path
    sha256: str
    matte: NDArray[np.uint8]

    def job(self, recipe: Recipe, master: str = "out/m.png") -> CutJob:
        return CutJob(
            self.photo, recipe, self.folder, session=self.folder, master=self.folder / master
        )

    def stored(self, recipe: Recipe) -> Path:
        return matte_path(self.folder, self.sha256, recipe.digest())


def studio_with(folder: Path, paper: NDArray[np.float64]) -> Studio:
    matte, shade = np.zeros((600, 800), np.uint8), np.zeros((600, 800), np.float32)
    cv2.rectangle(matte, (300, 120), (500, 420), 255, -1)
    cv2.ellipse(shade, (390, 425), (260, 40), 0, 0, 360, 0.7, -1)
    light = (1 - cv2.GaussianBlur(shade, (0, 0), 6))[..., None]
    pixels = np.where(matte[..., None] > 0, np.array([150.0, 40, 50]), paper * light)
    photo = folder / "SKU1-front.png"
    Image.fromarray(pixels.astype(np.uint8)).save(photo)
    studio = Studio(folder, photo, hashlib.sha256(photo.read_bytes()).hexdigest(), matte)
    for recipe in (WITH, WITHOUT):
        write_atomic(studio.stored(recipe), encode_matte(matte))
    return studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return studio_with(tmp_path, np.full((600, 800, 3), 210.0))


def read(path: Path) -> NDArray[np.uint8]:
    return np.asarray(Image.open(path))


def test_a_master_has_the_shadow_as_black_and_the_session_the_product_alone(
    studio: Studio,
) -> None:
    result = cut(studio.job(WITH))
    master = read(studio.folder / "out" / "m.png")
    assert master[SHADED][3] / 255 == pytest.approx(0.7, abs=0.04)
    assert not master[SHADED][:3].any()
    assert master[LIT][3] == 0
    assert master[300, 400].tolist() == [150, 40, 50, 255]
    np.testing.assert_array_equal(decode_matte(studio.stored(WITH).read_bytes()), studio.matte)
    assert not any("shadow" in note for note in result.notes)

    cut(studio.job(WITHOUT, "out/plain.png"))
    np.testing.assert_array_equal(read(studio.folder / "out/plain.png")[..., 3], studio.matte)


def test_the_matte_file_of_a_kept_shadow_holds_both(studio: Studio) -> None:
    cut(replace(studio.job(WITH), alpha_only=True))
    alpha = read(studio.folder / "out" / "m.png")
    assert alpha[SHADED] / 255 == pytest.approx(0.7, abs=0.04)
    assert alpha[300, 400] == 255


def test_on_a_table_nothing_is_kept_and_it_is_said(tmp_path: Path) -> None:
    boards = np.tile(np.repeat([90.0, 170.0, 120.0, 200.0], 9), 23)[:800]
    studio = studio_with(tmp_path, np.broadcast_to(boards[None, :, None], (600, 800, 3)))
    result = cut(studio.job(WITH))
    assert any("no shadow is kept" in note for note in result.notes)
    np.testing.assert_array_equal(read(tmp_path / "out" / "m.png")[..., 3], studio.matte)


@pytest.mark.parametrize("zoom", [0.0, 1.0])
def test_the_panel_shows_the_shadow_that_exports_will_have(studio: Studio, zoom: float) -> None:
    shown = []
    for keep in (False, True):
        job = PreviewJob(
            studio.photo,
            studio.stored(WITH),
            "white",
            (400, 300),
            zoom,
            (0.3125, 0.70833),
            keep_shadow=keep,
        )
        picture = preview(job)
        rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
        shown.append(rgb[150, 200] if zoom else rgb[SHADED[0] // 2, SHADED[1] // 2])
    assert shown[0].tolist() == [255, 255, 255]
    assert np.abs(shown[1].astype(int) - round(0.3 * 255)).max() <= 12


def test_a_delivery_has_the_shadow_and_places_the_product(studio: Studio) -> None:
    preset = read_preset(BUILT_IN / "master-png.toml")
    placed = read_preset(BUILT_IN / "amazon-main.toml")
    session = Session.open(studio.folder)
    session.scan()
    wide = {}
    for recipe in (WITHOUT, WITH):
        session.record_cut(
            session.photos()[0].id,
            sha256=studio.sha256,
            size=(800, 600),
            recipe=recipe,
            seconds=0.1,
            notes=(),
        )
        jobs = export_jobs(session, [preset, placed], everything=True)
        master, channel = (read(export(job).path) for job in jobs)
        assert bool(master[SHADED][3] > 150) is recipe.keep_shadow
        assert not master[SHADED][:3].any()
        red = (channel[..., 0].astype(int) - channel[..., 1]) > 60
        wide[recipe] = int(red.any(axis=0).sum()), int(red.any(axis=1).sum())
    assert wide[WITH] == wide[WITHOUT]
