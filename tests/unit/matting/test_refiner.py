"""The learned edge refiner on pictures drawn here: sharper, open where it should be, never wild."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.background import fit_background
from engine.matting.colours import refine_by_colours
from engine.matting.refiner import FINE_SIDE, FRAME_SIDE, beyond_doubt, decide, judge, load_refiner
from engine.matting.settle import see, settle
from engine.matting.smaller import Smaller
from models import packaged
from models.errors import ModelChanged

Matte = NDArray[np.float32]


@pytest.fixture(scope="module")
def network() -> ort.InferenceSession:
    """Return the packaged refiner on one thread."""
    return load_refiner(threads=1).frame


def drawn(height: int, width: int, hole: float = 0.0) -> Matte:
    """Return the alpha of a disc, perhaps with a hole, antialiased."""
    big = np.zeros((height * 4, width * 4), np.uint8)
    radius = int(1.3 * min(height, width))
    cv2.circle(big, (width * 2, height * 2), radius, 255, -1)
    if hole:
        cv2.circle(big, (width * 2, height * 2), int(radius * hole), 0, -1)
    alpha = cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA)
    return alpha.astype(np.float32) / 255


def photographed(alpha: Matte) -> NDArray[np.uint8]:
    """Return a red product on a gray sweep."""
    height, width = alpha.shape
    plate = np.linspace(165, 130, height, dtype=np.float32)[:, None, None] * np.ones((1, width, 3))
    mixed = plate * (1 - alpha[..., None]) + np.array([170.0, 40.0, 35.0]) * alpha[..., None]
    noise = np.random.default_rng(0).normal(0, 1.0, mixed.shape)
    return np.clip(np.round(mixed + noise), 0, 255).astype(np.uint8)


def coarse_of(alpha: Matte) -> Matte:
    """Return what a small network would say: the same shape, without its edge."""
    return cv2.GaussianBlur(
        cv2.resize(alpha, (160, 160), interpolation=cv2.INTER_AREA), (0, 0), 1.5
    )


def steepened(coarse: Matte, height: int, width: int) -> NDArray[np.uint8]:
    """Return the matte that anybody would make of a probability: scaled up and steepened."""
    large = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.round(np.clip((large - 0.25) * 2, 0, 1) * 255).astype(np.uint8)


def refined(
    pixels: NDArray[np.uint8], coarse: Matte, network: ort.InferenceSession
) -> NDArray[np.uint8]:
    """Return the corrected matte in levels."""
    better = decide(judge(pixels, coarse, fit_background(pixels, coarse), network))
    assert better.dtype == np.float32
    return np.round(better * 255).astype(np.uint8)


def error(matte: NDArray[np.uint8], truth: Matte) -> float:
    """Return the mean error, 0…1."""
    return float(np.abs(matte / 255.0 - truth).mean())


@pytest.mark.parametrize(("height", "width"), [(480, 640), (FRAME_SIDE, FRAME_SIDE - 201)])
def test_an_edge_becomes_sharp(height: int, width: int, network: ort.InferenceSession) -> None:
    alpha = drawn(height, width)
    coarse = coarse_of(alpha)
    matte = refined(photographed(alpha), coarse, network)
    assert matte.shape == (height, width)
    assert error(matte, alpha) < 0.7 * error(steepened(coarse, height, width), alpha)


def test_a_hole_that_the_network_filled_is_opened(network: ort.InferenceSession) -> None:
    alpha = drawn(600, 600, hole=0.25)
    filled = coarse_of(drawn(600, 600)) * 0.9 + coarse_of(alpha) * 0.1
    matte = refined(photographed(alpha), filled, network)
    assert matte[300, 300] < 64
    assert matte[300, 150] > 230


def test_an_empty_sweep_stays_empty(network: ort.InferenceSession) -> None:
    pixels = photographed(np.zeros((400, 500), np.float32))
    assert refined(pixels, np.zeros((320, 320), np.float32), network).max() <= 2


def test_a_white_product_on_white_keeps_its_body(network: ort.InferenceSession) -> None:
    alpha = drawn(600, 600)
    shading = cv2.GaussianBlur(alpha, (0, 0), 25)  # darker towards its outline, as a bowl is
    body = 205 + 40 * np.clip(2 * shading - 1, 0, 1)
    mixed = 246 * (1 - alpha) + body * alpha + np.random.default_rng(0).normal(0, 1, alpha.shape)
    pixels = np.clip(np.round(mixed), 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2)
    matte = refined(pixels, coarse_of(alpha), network)
    solid = cv2.erode(alpha, np.ones((9, 9), np.uint8)) > 0
    assert (matte[solid] > 230).mean() > 0.98


def test_a_fine_probability_keeps_its_edge(network: ort.InferenceSession) -> None:
    truth = drawn(480, FRAME_SIDE)
    pixels = photographed(truth)
    # A glossy rim mirrors the paper: by its colours, the product ends further in.
    rim = truth - cv2.erode(truth, np.ones((7, 7), np.uint8))
    pixels = np.where(rim[..., None] > 0.5, photographed(np.zeros_like(truth)), pixels)
    small = cv2.resize(truth, (320, 240), interpolation=cv2.INTER_AREA)
    large = cv2.resize(truth, (FINE_SIDE, FINE_SIDE * 3 // 4), interpolation=cv2.INTER_CUBIC)
    fine, coarse = (
        error(settle(see(Smaller(pixels), probability, network)), truth)
        for probability in (large.clip(0, 1), small)
    )
    assert fine < 0.5 * coarse


def test_a_light_on_chrome_that_a_network_half_believes_in_is_no_backdrop() -> None:
    truth = drawn(480, FRAME_SIDE)
    light = np.zeros_like(truth)
    cv2.rectangle(light, (400, 210), (450, 270), 1.0, -1)  # near the edge
    paper = photographed(np.zeros_like(truth))
    pixels = np.where(light[..., None] > 0, paper, photographed(truth))
    doubtful = truth - 0.55 * light
    large = cv2.resize(doubtful, (FINE_SIDE, FINE_SIDE * 3 // 4), interpolation=cv2.INTER_LINEAR)
    seen = see(Smaller(pixels), large, load_refiner(threads=1).frame)
    assert seen.judgement is not None
    # The corrector is surer of it, by less than would turn it over.
    sure = replace(seen.judgement, given=doubtful, better=truth - 0.2 * light)
    matte = settle(replace(seen, judgement=sure))
    assert matte[light > 0].min() > 128
    doubted = replace(seen.judgement, given=doubtful, better=doubtful)
    assert settle(replace(seen, judgement=doubted))[240, 425] < 128  # the colours, left alone


def test_only_a_fine_network_before_a_field_that_fits_leaves_things_beyond_doubt() -> None:
    truth = drawn(480, FRAME_SIDE)
    light = np.zeros_like(truth)
    cv2.rectangle(light, (290, 210), (350, 270), 1.0, -1)
    rough = np.random.default_rng(1).normal(6, 3, (*truth.shape, 3))
    mirrored = (photographed(np.zeros_like(truth)) + rough).clip(0, 255).astype(np.uint8)
    pixels = np.where(light[..., None] > 0, mirrored, photographed(truth))
    fine = cv2.resize(truth, (FINE_SIDE, FINE_SIDE * 3 // 4), interpolation=cv2.INTER_LINEAR)
    outcomes = []
    for probability in (fine, coarse_of(truth)):
        judgement = see(Smaller(pixels), probability, load_refiner(threads=1).frame).judgement
        assert judgement is not None
        sure = replace(judgement, say=1.0)
        outcomes.append(beyond_doubt(sure)[light > 0].mean())
        assert not beyond_doubt(replace(judgement, say=0.9)).any()
        assert not beyond_doubt(sure)[truth == 0].any()
    assert outcomes[0] > 0.5
    assert outcomes[1] == 0


def test_on_a_table_the_colours_decide(network: ort.InferenceSession) -> None:
    alpha = drawn(300, 400)
    texture = np.random.default_rng(5).uniform(0, 255, (40, 50, 3)).astype(np.float32)
    scene = cv2.resize(texture, (400, 300), interpolation=cv2.INTER_CUBIC).clip(0, 255)
    pixels = np.round(scene * (1 - alpha[..., None]) + 90 * alpha[..., None]).astype(np.uint8)
    coarse = coarse_of(alpha)
    matte = settle(see(Smaller(pixels), coarse, network))
    np.testing.assert_array_equal(matte, refine_by_colours(pixels, coarse))


def test_a_large_frame_stays_solid(network: ort.InferenceSession) -> None:
    alpha = drawn(FRAME_SIDE, FRAME_SIDE)
    matte = refined(photographed(alpha), coarse_of(alpha), network).astype(int)
    solid = cv2.erode(alpha, np.ones((41, 41), np.uint8)) > 0
    assert matte[solid].min() > 245


def test_same_photo_same_bytes_and_nothing_passed_in_is_changed(
    network: ort.InferenceSession,
) -> None:
    alpha = drawn(300, 400)
    pixels, coarse = photographed(alpha), coarse_of(alpha)
    background = fit_background(pixels, coarse)
    before = pixels.copy(), coarse.copy(), background.field.copy()
    judgement = judge(pixels, coarse, background, network)
    first, opener = decide(judgement), decide(judgement, 1.0)
    np.testing.assert_array_equal(first, decide(judge(pixels, coarse, background, network)))
    np.testing.assert_array_equal(first, decide(judgement))
    assert (opener <= first).all()
    for now, then in zip((pixels, coarse, background.field), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_another_number_of_threads_changes_nothing_visible(network: ort.InferenceSession) -> None:
    alpha = drawn(300, 400)
    pixels, coarse = photographed(alpha), coarse_of(alpha)
    one = refined(pixels, coarse, network).astype(int)
    two = refined(pixels, coarse, load_refiner(threads=2).frame).astype(int)
    assert np.abs(one - two).max() <= 1


@settings(max_examples=12, deadline=None)
@given(height=st.integers(1, 90), width=st.integers(1, 90), level=st.floats(0, 1))
def test_any_size_gives_a_matte_of_that_size(height: int, width: int, level: float) -> None:
    pixels = np.random.default_rng(height * 91 + width).integers(0, 256, (height, width, 3))
    coarse = np.full((5, 7), level, np.float32)
    matte = refined(pixels.astype(np.uint8), coarse, load_refiner(threads=1).frame)
    assert matte.shape == (height, width)


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "refiner"
    folder.mkdir()
    (folder / "frame.onnx").write_bytes(b"something else")
    (folder / "frame.toml").write_text(f'sha256 = "{"0" * 64}"\n', "utf-8")
    monkeypatch.setattr(packaged, "resources", SimpleNamespace(files=lambda _package: tmp_path))
    with pytest.raises(ModelChanged, match=r"frame\.onnx"):
        load_refiner()
