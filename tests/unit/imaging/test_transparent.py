"""The colour of what nobody sees: no backdrop in it, and no dark edge because of it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.encode import encode_avif, encode_png, encode_tiff, encode_webp
from engine.imaging.transparent import continued

PRODUCT, BACKDROP = (200, 60, 40), (20, 230, 30)


def cutout(height: int = 203, width: int = 301) -> NDArray[np.uint8]:
    """Return a red disc whose transparent surroundings are loud green noise."""
    rows, columns = np.mgrid[:height, :width]
    inside = np.hypot(rows - height / 2, columns - width / 2) < 0.3 * height
    noise = np.random.default_rng(1).integers(-20, 20, (height, width, 3))
    colour = np.where(inside[..., None], PRODUCT, BACKDROP + noise).clip(0, 255)
    return np.dstack((colour, inside * 255)).astype(np.uint8)


ENCODED = {
    "png": encode_png,
    "tiff": encode_tiff,
    "tiff, not compressed": lambda pixels: encode_tiff(pixels, level=None),
    "webp": lambda pixels: encode_webp(pixels, quality=90, lossless=False),
    "webp, lossless": lambda pixels: encode_webp(pixels, quality=70, lossless=True),
    "avif": lambda pixels: encode_avif(pixels, quality=80, subsampling="4:4:4"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_no_file_holds_the_backdrop(name: str) -> None:
    with Image.open(io.BytesIO(ENCODED[name](cutout()))) as image:
        written = np.asarray(image.convert("RGBA")).astype(int)
    hidden = written[written[..., 3] == 0][:, :3]
    assert len(hidden) > 10_000
    green = hidden[:, 1] - np.maximum(hidden[:, 0], hidden[:, 2])
    assert green.max() < 30


@pytest.mark.parametrize("name", ["webp", "avif"])
def test_edges_of_a_lossy_file_are_not_darkened(name: str) -> None:
    pixels = cutout()
    with Image.open(io.BytesIO(ENCODED[name](pixels))) as image:
        written = np.asarray(image.convert("RGBA")).astype(int)
    seen = pixels[..., 3] == 255
    assert np.abs(written[seen][:, :3] - PRODUCT).mean() < 2


@given(
    hnp.arrays(
        np.uint8,
        st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([3, 4])),
        elements=st.sampled_from([0, 1, 128, 255]),
    )
)
def test_what_is_seen_stays_as_it_is(pixels: NDArray[np.uint8]) -> None:
    before = pixels.copy()
    made = continued(pixels)
    assert np.array_equal(pixels, before)
    assert made.shape == pixels.shape
    if pixels.shape[2] == 3:
        assert np.array_equal(made, pixels)
        return
    assert np.array_equal(made[..., 3], pixels[..., 3])
    seen = pixels[..., 3] > 0
    assert np.array_equal(made[seen], pixels[seen])
    if seen.any():
        hidden = made[~seen][:, :3].reshape(-1, 3)
        assert (hidden <= pixels[seen][:, :3].max(axis=0)).all(), "a mean of what is seen"
