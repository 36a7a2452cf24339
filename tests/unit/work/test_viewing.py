"""What each view shows of a photo and its matte, and what is read of a single pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.imaging.encode import encode_matte, encode_png
from engine.work.jobs import PreviewJob, SampleJob, preview, sample
from engine.work.viewing import Layers, view_of
from tui.photo.minimap import with_map

BRAND = (18, 52, 86)
PRODUCT, BACKDROP = (200, 80, 40), (220, 220, 225)


def layers(scale: float = 1.0) -> Layers:
    """Return a box on a backdrop, its left edge soft."""
    height, width = round(180 * scale), round(240 * scale)
    alpha = np.zeros((height, width), np.uint8)
    left, right = width // 4, 3 * width // 4
    alpha[height // 4 : 3 * height // 4, left:right] = 255
    alpha[height // 4 : 3 * height // 4, left - 2 : left + 2] = (50, 100, 150, 200)
    share = alpha[..., None] / 255
    mixed = np.array(PRODUCT) * share + np.array(BACKDROP) * (1 - share)
    return Layers(np.rint(mixed).astype(np.uint8), alpha, scale=scale)


def test_the_brand_colour_lies_behind_the_product() -> None:
    shown = view_of(layers(), "brand", brand=BRAND)
    assert tuple(shown[0, 0]) == BRAND
    assert np.abs(shown[90, 120].astype(int) - PRODUCT).max() <= 1
    soft = shown[90, 60].astype(int)
    assert np.all(soft <= np.maximum(PRODUCT, BRAND) + 1), "no backdrop in a soft edge"


def test_only_the_edge_has_a_colour() -> None:
    made = layers()
    shown = view_of(made, "edge", brand=BRAND).astype(int)
    coloured = shown.max(axis=2) - shown.min(axis=2) > 8
    soft = (made.alpha > 0) & (made.alpha < 255)
    assert np.array_equal(coloured, soft)


@pytest.mark.parametrize("divide", [0.0, 0.3, 1.0])
def test_a_split_view_is_original_on_the_left_and_cutout_on_the_right(divide: float) -> None:
    made = layers()
    shown = view_of(made, "split", brand=BRAND, divide=divide)
    place = round(divide * 240)
    line = max(1, 240 // 400)
    assert np.array_equal(shown[:, : max(0, place - line)], made.pixels[:, : max(0, place - line)])
    assert np.array_equal(shown[:, place:], view_of(made, "checker", brand=BRAND)[:, place:])


def test_the_checker_stays_where_it_is_when_the_sharp_picture_comes() -> None:
    sharp, quick = (view_of(layers(scale), "checker", brand=BRAND) for scale in (1.0, 0.5))
    assert np.array_equal(sharp[2:30:2, 2:-2:2], quick[1:15, 1:-1])


@pytest.fixture
def photo(tmp_path: Path) -> tuple[Path, Path]:
    """Return a photo and its matte."""
    made = layers()
    (tmp_path / "photo.png").write_bytes(encode_png(made.pixels))
    (tmp_path / "matte.png").write_bytes(encode_matte(made.alpha))
    return tmp_path / "photo.png", tmp_path / "matte.png"


def test_a_pixel_is_read_with_its_alpha_and_none_beside_the_photo(
    photo: tuple[Path, Path],
) -> None:
    job = PreviewJob(*photo, "checker", (100, 100))
    found = sample(SampleJob(job, (120, 90)))
    assert (found.place, found.rgb, found.alpha) == ((120, 90), PRODUCT, 255)
    found = sample(SampleJob(job, (59, 90)))
    assert found.alpha == 100
    found = sample(SampleJob(job, (999, -5)))
    assert (found.place, found.rgb, found.alpha) == ((239, 0), BACKDROP, 0)
    assert sample(SampleJob(PreviewJob(photo[0], None, "original", (9, 9)), (0, 0))).alpha is None


def test_a_close_look_has_a_map_that_frames_what_is_shown(photo: tuple[Path, Path]) -> None:
    job = PreviewJob(*photo, "original", (120, 90), zoom=2.0, centre=(0.0, 0.0))
    plain = preview(job)
    mapped = _pixels(with_map(plain, job, preview))
    changed = np.argwhere((mapped != _pixels(plain)).any(axis=2))
    assert changed.min(axis=0).tolist() >= [90 - 21, 120 - 28]
    frame = np.argwhere((mapped == (255, 200, 0)).all(axis=2))
    middle = frame.mean(axis=0)
    assert middle[0] < 90 - 10, "the upper half of the map"
    assert middle[1] < 120 - 13, "the left half of the map"
    whole = preview(PreviewJob(*photo, "original", (480, 360), zoom=2.0))
    assert with_map(whole, PreviewJob(*photo, "original", (480, 360), zoom=2.0), preview) == whole


def _pixels(picture: object) -> NDArray[np.uint8]:
    rows = np.frombuffer(picture.rgb, np.uint8)  # type: ignore[attr-defined]
    return rows.reshape(picture.height, picture.width, 3)  # type: ignore[attr-defined]
