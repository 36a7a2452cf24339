"""The photo's own background on a canvas: as it is, continued, or out of focus."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.delivery.composing.compose import Composition, Cutout, compose
from engine.delivery.deliver import deliver, open_photo
from engine.delivery.naming.filename import NameParts
from engine.delivery.needs import Needs
from engine.delivery.provenance import Provenance
from engine.errors import BackgroundMissing
from presets.schema import Preset

Picture = NDArray[np.uint8]


def preset(background: dict[str, Any], **changes: object) -> Preset:
    content = {
        "schema_version": 1,
        "name": "test",
        "version": "2026-11",
        "title": "Test",
        "canvas": {"kind": "fixed", "width": 600, "height": 400},
        "background": background,
        "placement": {"fill": 0.5},
        "file": {"format": "png"},
    }
    return Preset.model_validate(content | changes)


def photographed(sweep: Picture) -> Cutout:
    """Return a red disc before a sweep, taken apart."""
    alpha = np.zeros(sweep.shape[:2], np.uint8)
    cv2.circle(alpha, (sweep.shape[1] // 2, sweep.shape[0] // 2), 100, 255, -1, cv2.LINE_AA)
    share = alpha[..., None] / 255
    red = np.array([200, 20, 20])
    photo = np.rint(share * red + (1 - share) * sweep).astype(np.uint8)
    return Cutout(np.full_like(photo, red), alpha, None, photo)


def gradient(size: int = 300) -> Picture:
    rows, columns = np.mgrid[:size, :size]
    level = 120 + 60 * rows / size + 20 * columns / size
    noise = np.random.default_rng(1).normal(0, 1.5, (size, size))
    return np.repeat((level + noise).clip(0, 255).astype(np.uint8)[..., None], 3, axis=2)


def made(cutout: Cutout, background: dict[str, Any], **changes: object) -> Composition:
    return compose(cutout, preset(background, **changes), "photo")


def test_a_kept_background_on_the_photos_own_canvas_is_the_photo() -> None:
    cutout = photographed(gradient())
    picture = made(cutout, {"kind": "keep"}, canvas={"kind": "photo"}, placement=None).pixels
    assert cutout.original is not None
    assert np.array_equal(picture, cutout.original)


def test_a_kept_background_is_placed_with_its_product_and_goes_on_without_a_seam() -> None:
    cutout = photographed(gradient())
    whole = made(cutout, {"kind": "keep"})
    plain = made(cutout, {"kind": "colour"})
    assert np.array_equal(whole.coverage, plain.coverage)
    product = whole.coverage == 255
    inner = cv2.erode(product.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert np.abs(whole.pixels[inner].astype(int) - (200, 20, 20)).max() <= 2
    # The canvas is twice as wide as the photo: no level jumps where the photo ends.
    blurred = cv2.GaussianBlur(whole.pixels, (0, 0), 3).astype(int)[..., 1]
    for beside in (np.s_[:, :180], np.s_[:, 420:]):
        assert np.abs(np.diff(blurred[beside], axis=1)).max() <= 2
        assert np.abs(np.diff(blurred[beside], axis=0)).max() <= 2
    assert whole.pixels.min(axis=2)[~(whole.coverage > 0)].min() >= 110


def test_a_blurred_background_has_no_ghost_of_the_product() -> None:
    cutout = photographed(np.full((300, 300, 3), 150, np.uint8))
    picture = made(cutout, {"kind": "blurred", "radius": 0.05})
    beside = picture.coverage == 0
    assert np.abs(picture.pixels[beside].astype(int) - 150).max() <= 1
    assert (picture.pixels[picture.coverage == 255] == (200, 20, 20)).all()


def test_a_blurred_background_is_out_of_focus() -> None:
    rows, columns = np.mgrid[:300, :300]
    checks = np.where((rows // 10 + columns // 10) % 2, 60, 200).astype(np.uint8)
    cutout = photographed(np.repeat(checks[..., None], 3, axis=2))
    sharp = made(cutout, {"kind": "keep"}).pixels
    soft = made(cutout, {"kind": "blurred", "radius": 0.06}).pixels
    corner = np.s_[60:100, 160:200]
    assert np.ptp(sharp[corner]) > 100
    assert np.ptp(soft[corner]) < 20


def test_a_blurred_background_is_without_the_shadow_that_is_known() -> None:
    sweep = np.full((300, 300, 3), 150, np.uint8)
    sweep[230:260, 60:240] = 75
    shade = np.zeros((300, 300), np.uint8)
    shade[230:260, 60:240] = 127
    bare = photographed(sweep)
    shaded = Cutout(bare.colour, bare.alpha, shade, bare.original)
    wanted = {"kind": "blurred", "radius": 0.01}
    without = made(shaded, wanted, shadow={"kind": "drop", "strength": 0.01}).pixels
    assert np.abs(without[305, 300].astype(int) - 150).max() <= 3
    assert made(bare, wanted).pixels[305, 300].max() < 140


@pytest.mark.parametrize("kind", ["keep", "blurred"])
def test_a_photo_that_came_cut_out_has_no_background_to_keep(kind: str, tmp_path: Path) -> None:
    alpha = np.zeros((200, 200), np.uint8)
    alpha[50:150, 50:150] = 255
    path = tmp_path / "SKU1.png"
    Image.fromarray(np.dstack([np.full((200, 200, 3), 90, np.uint8), alpha])).save(path)
    provenance = Provenance(hashlib.sha256(path.read_bytes()).hexdigest(), "ab" * 32)
    opened = open_photo(path, alpha, provenance, needs=Needs(original=True))
    with pytest.raises(BackgroundMissing, match=r"SKU1\.png: it came with its background cut"):
        deliver(opened, preset({"kind": kind}), tmp_path / "out", NameParts("SKU1"), provenance)
    assert not (tmp_path / "out").exists()
