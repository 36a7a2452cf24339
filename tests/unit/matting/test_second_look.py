"""The closer look at a small subject: where it is taken, and what it may change."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.imaging.decode import read_photo
from engine.matting.coarse import ask
from engine.matting.network import Network
from engine.matting.second_look import Box, merge, where_to_look
from models.store import ModelStore

Field = NDArray[np.float32]
SIDE = 320


def disc(side: int, x: float, y: float, radius: float) -> Field:
    """Return a disc, antialiased; place and radius are shares of the side."""
    big = np.zeros((side * 4, side * 4), np.uint8)
    centre = round(x * side * 4), round(y * side * 4)
    cv2.circle(big, centre, round(radius * side * 4), 255, -1)
    small = cv2.resize(big, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) / 255)


@given(
    x=st.floats(0.1, 0.9),
    y=st.floats(0.1, 0.9),
    radius=st.floats(0.02, 0.25),
    side=st.integers(60, 400),
)
def test_the_box_holds_the_subject(x: float, y: float, radius: float, side: int) -> None:
    subject = disc(side, x, y, radius)
    box = where_to_look(subject)
    if subject.max() <= 0.8:  # too small for a pixel to be sure
        assert box is None
        return
    assert box is not None
    assert 0 <= box.top < box.bottom <= 1
    assert 0 <= box.left < box.right <= 1
    seen = subject > 0.2
    assert seen[box.within(side, side)].sum() == seen.sum()


def test_nothing_and_a_subject_that_fills_the_frame_get_no_second_look() -> None:
    assert where_to_look(np.zeros((SIDE, SIDE), np.float32)) is None
    assert where_to_look(np.full((SIDE, SIDE), 0.5, np.float32)) is None  # doubt is no subject
    assert where_to_look(disc(SIDE, 0.5, 0.5, 0.48)) is None


def test_doubt_elsewhere_does_not_widen_the_box() -> None:
    subject = disc(SIDE, 0.3, 0.3, 0.1)
    alone = where_to_look(subject)
    doubtful = np.maximum(subject, 0.6 * disc(SIDE, 0.8, 0.8, 0.1))
    assert where_to_look(np.asarray(doubtful, np.float32)) == alone


def looks(box: Box) -> tuple[Field, Field, Field]:
    """Return a blurred first look, a sharp closer one, and the truth, four times as fine."""
    truth = disc(4 * SIDE, 0.4, 0.5, 0.1)
    small = cv2.resize(truth, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    first = np.asarray(cv2.GaussianBlur(small, (0, 0), 2.5), np.float32)
    part = truth[box.within(*truth.shape)]
    closer = cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return first, np.asarray(closer, np.float32), truth


def test_the_edge_is_the_closer_looks() -> None:
    box = where_to_look(disc(SIDE, 0.4, 0.5, 0.1))
    assert box is not None
    first, closer, truth = looks(box)
    merged = merge(first, closer, box)
    assert merged.shape[0] % SIDE == 0
    size = (truth.shape[1], truth.shape[0])
    before, after = (float(np.abs(cv2.resize(one, size) - truth).mean()) for one in (first, merged))
    assert after < 0.5 * before


def test_a_closer_look_that_has_lost_the_subject_is_not_believed() -> None:
    box = where_to_look(disc(SIDE, 0.4, 0.5, 0.1))
    assert box is not None
    first, closer, _ = looks(box)
    merged = merge(first, np.zeros_like(closer), box)
    inside = cv2.resize(merged, (SIDE, SIDE), interpolation=cv2.INTER_AREA)[first > 0.95]
    assert inside.min() > 0.9


def test_what_the_first_look_was_sure_of_the_closer_one_may_not_doubt_away() -> None:
    def keys(side: int, likely: float, width: float) -> Field:
        picture = np.zeros((side, side), np.float32)
        for x, each in ((0.2, 0.95), (0.8, likely)):
            ends = [(round(x * side), round(y * side)) for y in (0.4, 0.6)]
            cv2.line(picture, *ends, each, round(width * side))
        return picture

    first = keys(SIDE, 0.95, 0.012)
    box = where_to_look(first)
    assert box is not None
    closer = keys(8 * SIDE, 0.6, 0.01)[box.within(8 * SIDE, 8 * SIDE)]
    merged = merge(first, np.ascontiguousarray(closer), box)
    assert all(half.max() > 0.9 for half in np.split(merged, 2, axis=1))
    assert merged.mean() < 0.8 * first.mean(), "as finely as the closer look has them"


@given(level=st.floats(0, 1, width=32), first=st.floats(0, 1, width=32))
def test_beside_the_box_the_first_look_stands(level: float, first: float) -> None:
    box = Box(0.25, 0.5, 0.25, 0.5)
    merged = merge(np.full((64, 48), first, np.float32), np.full((32, 32), level, np.float32), box)
    outside = np.ones(merged.shape, np.bool_)
    outside[box.within(*merged.shape)] = False
    np.testing.assert_allclose(merged[outside], first, atol=1e-6)
    assert merged.min() >= 0
    assert merged.max() <= 1


def test_a_network_looks_twice_at_a_small_product(model_home: Path, sample_photos: Path) -> None:
    store = ModelStore(model_home)
    network = Network(store.verified_path("u2netp"), store.spec("u2netp"), 2)
    pixels = read_photo(sample_photos / "SKU201-front.jpg").pixels
    room = [side // 2 for side in pixels.shape[:2]]
    roomy = cv2.copyMakeBorder(pixels, room[0], room[0], room[1], room[1], cv2.BORDER_REPLICATE)
    assert ask(pixels, network, refined=True).probability.shape == (256, 256)
    assert ask(np.asarray(roomy, np.uint8), network, refined=True).probability.shape[0] >= 512
