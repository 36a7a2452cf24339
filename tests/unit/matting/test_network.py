"""The network's word, raw: real u2netp weights on blank frames, on photos, in a letterbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.matting.matte import make_matte
from engine.matting.network import Network, shrink
from engine.matting.recipe import Recipe
from models.errors import ModelInvalid
from models.store import ModelStore

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def store(model_home: Path) -> ModelStore:
    return ModelStore(model_home)


@pytest.fixture(scope="module")
def network(store: ModelStore) -> Network:
    return Network(store.verified_path("u2netp"), store.spec("u2netp"), threads=2)


@pytest.fixture(scope="module")
def bottle(sample_photos: Path) -> Pixels:
    return np.asarray(Image.open(sample_photos / "SKU206-front.jpg").convert("RGB"))


def _flat(value: int) -> Pixels:
    return np.full((600, 800, 3), value, np.uint8)


def _noise(mean: float, deviation: float) -> Pixels:
    random = np.random.default_rng(4)
    return random.normal(mean, deviation, (600, 800, 3)).clip(0, 255).astype(np.uint8)


def _any_noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(6).integers(0, 256, (height, width, 3), dtype=np.uint8)


def _sweep() -> Pixels:
    light = np.linspace(235, 180, 600)[:, None, None]
    return np.broadcast_to(light, (600, 800, 3)).astype(np.uint8)


BLANK: dict[str, Callable[[], Pixels]] = {
    "white": lambda: _flat(255),
    "grey": lambda: _flat(128),
    "black": lambda: _flat(0),
    "white with noise": lambda: _noise(248, 3),
    "grey with noise": lambda: _noise(128, 10),
    "black with noise": lambda: _noise(4, 3),
    "any colour at random": lambda: _any_noise(600, 800),
    "any colour at random, at the network's own size": lambda: _any_noise(320, 320),
    "a small frame of grey noise": lambda: _any_noise(64, 64)[..., :1].repeat(3, axis=2),
    "an empty sweep": _sweep,
}


@pytest.mark.parametrize("frame", BLANK.values(), ids=BLANK)
def test_a_blank_frame_gives_an_empty_matte(network: Network, frame: Callable[[], Pixels]) -> None:
    pixels = frame()
    assert not make_matte(
        pixels, network.probability(pixels, network.spec.quick), Recipe("u2netp", "")
    ).any()


@pytest.mark.parametrize(("look", "side"), [("quick", 256), ("close", 320), ("whole", 320)])
def test_a_photo_gives_a_sure_inside_and_a_sure_outside(
    network: Network, bottle: Pixels, sample_truth: Path, look: str, side: int
) -> None:
    probability = network.probability(bottle, getattr(network.spec, look))
    assert probability.shape == (side, side)
    assert probability.dtype == np.float32
    assert probability.min() >= 0
    assert probability.max() <= 1
    small = Image.open(sample_truth / "SKU206-front.png").resize((side, side), Image.Resampling.BOX)
    true = np.asarray(small) / 255
    assert np.median(probability[true == 1]) > 0.98
    assert np.median(probability[true == 0]) < 0.02


def test_the_same_photo_gives_the_same_numbers(network: Network, bottle: Pixels) -> None:
    assert (
        network.probability(bottle, network.spec.whole)
        == network.probability(bottle.copy(), network.spec.whole)
    ).all()


def test_an_underexposed_photo_is_seen_as_well(network: Network, bottle: Pixels) -> None:
    normal = network.probability(bottle, network.spec.whole)
    dark = network.probability((bottle * 0.6).astype(np.uint8), network.spec.whole)
    assert np.abs(normal - dark).mean() < 0.02


def test_a_letterbox_is_cut_away(store: ModelStore, bottle: Pixels) -> None:
    spec = replace(store.spec("u2netp"), fit="letterbox")
    network = Network(store.verified_path("u2netp"), spec, threads=2)
    height, width = bottle.shape[:2]
    probability = network.probability(bottle, network.spec.whole)
    assert probability.shape == (320, round(320 * width / height))
    assert probability.max() > 0.98


def test_a_sigmoid_is_applied_where_the_description_says_so(
    store: ModelStore, network: Network, bottle: Pixels
) -> None:
    spec = replace(store.spec("u2netp"), activation="sigmoid", bytes=10**9)
    twice = Network(store.verified_path("u2netp"), spec, threads=2).probability(bottle, spec.whole)
    assert twice.min() >= 0.5  # of what is a probability already
    assert twice.max() == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-3)


def test_a_file_that_is_no_network_is_named(store: ModelStore, tmp_path: Path) -> None:
    broken = tmp_path / "u2netp.onnx"
    broken.write_bytes(b"no network")
    with pytest.raises(ModelInvalid, match="u2netp"):
        Network(broken, store.spec("u2netp"), threads=1)


def test_what_is_no_photo_is_refused(network: Network) -> None:
    with pytest.raises(ValueError, match="expected"):
        network.probability(np.zeros((10, 10), np.uint8), network.spec.quick)


@pytest.mark.parametrize("side", [320, 1024])
def test_shrinking_is_as_good_as_a_direct_lanczos(bottle: Pixels, side: int) -> None:
    reference = Image.fromarray(bottle).resize((side, side), Image.Resampling.LANCZOS)
    difference = np.abs(shrink(bottle, side, side) - np.asarray(reference, np.float32))
    assert difference.mean() < 0.5


def test_shrinking_keeps_everything_in_its_place() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 200, axis=0).repeat(3, axis=2)
    found = shrink(ramp, 50, 64)[25, 4:-4, 0]
    assert np.allclose(found, np.arange(64)[4:-4] * 4 + 1.5, atol=0.6)
