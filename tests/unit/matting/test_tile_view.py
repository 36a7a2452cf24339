"""A tile seen through a glass shows what the photo, enlarged as a whole, would show there."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.matting.background import fit_background
from engine.matting.tile_view import TileView
from engine.matting.tiles import MARGIN, TILE

SIDE, ZOOM = 160, 2
WITHIN = MARGIN // ZOOM + 2 + TILE // ZOOM  # pixels of the photo that an enlarged tile is made of


@settings(max_examples=20)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(WITHIN, SIDE - WITHIN),
    st.integers(WITHIN, SIDE - WITHIN),
    st.integers(0, 5),
)
def test_an_enlarged_tile_is_that_of_the_enlarged_photo(
    seed: int, top: int, left: int, cut: int
) -> None:
    random = np.random.default_rng(seed)
    photo = random.integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    matte = random.integers(0, 256, (SIDE, SIDE), np.uint8)
    backdrop = fit_background(photo, matte / np.float32(255))
    part = slice(cut, SIDE), slice(cut, SIDE)
    near = TileView(photo, matte, backdrop, part, ZOOM)
    large = TileView(
        cv2.resize(photo, None, fx=ZOOM, fy=ZOOM, interpolation=cv2.INTER_CUBIC),
        cv2.resize(matte, None, fx=ZOOM, fy=ZOOM, interpolation=cv2.INTER_LINEAR),
        backdrop,
        (slice(cut * ZOOM, SIDE * ZOOM), slice(cut * ZOOM, SIDE * ZOOM)),
    )
    place = top - cut, left - cut
    seen = near.tiles([place])
    expected = large.tiles([(place[0] * ZOOM, place[1] * ZOOM)])
    np.testing.assert_allclose(seen, expected, atol=1.01 / 255)


def test_a_tile_in_the_corner_of_a_photo_is_whole() -> None:
    photo = np.full((40, 30, 3), 120, np.uint8)
    matte = np.full((40, 30), 255, np.uint8)
    backdrop = fit_background(photo, np.zeros((40, 30), np.float32))
    part = slice(0, 40), slice(0, 30)
    for zoom in (1, ZOOM):
        tiles = TileView(photo, matte, backdrop, part, zoom).tiles([(0, 0), (39, 29)])
        np.testing.assert_allclose(tiles[:, :3], 120 / 255, atol=1e-6)
        np.testing.assert_allclose(tiles[:, 7], 1.0, atol=1e-6)
