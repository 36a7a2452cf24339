"""A network in integers says nearly the same, where it is known to bear that, and else the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.matting.network import Network
from engine.matting.runtime.choice import FORCE, FULL_PRECISION
from engine.matting.runtime.eight_bits import in_eight_bits
from engine.matting.runtime.ort import prepare, session
from engine.matting.runtime.probe import probes
from engine.matting.runtime.truncate import truncate
from models.calibrated import Calibration, calibration
from models.spec import Look, ModelSpec
from models.store import ModelStore

NOTHING = Calibration({}, frozenset(), "")


@pytest.fixture(scope="module")
def spec(model_home: Path) -> ModelSpec:
    return ModelStore(model_home).spec("u2netp")


@pytest.fixture(scope="module", params=["quick", "whole"])
def look(request: pytest.FixtureRequest, spec: ModelSpec) -> Look:
    asked: Look = getattr(spec, request.param)
    return asked


@pytest.fixture(scope="module")
def network(model_home: Path, look: Look) -> bytes:
    content = ModelStore(model_home).verified_path("u2netp").read_bytes()
    return truncate(content, look.output, look.side)


@pytest.fixture(scope="module")
def known(spec: ModelSpec, look: Look) -> Calibration:
    found = calibration(spec.id, spec.sha256, look.output)
    assert found is not None
    return found


def _said(model: bytes, picture: np.ndarray) -> np.ndarray:
    network = session(model, 1)
    return np.asarray(network.run(None, {network.get_inputs()[0].name: picture})[0])


def test_it_says_nearly_the_same(
    network: bytes, spec: ModelSpec, look: Look, known: Calibration
) -> None:
    for picture in probes(spec, look.side):
        apart = np.abs(_said(in_eight_bits(network, known), picture) - _said(network, picture))
        assert 0 < apart.mean() < 0.01


def test_nearly_all_convolutions_are_in_integers_and_the_weights_small(
    network: bytes, known: Calibration, tmp_path: Path
) -> None:
    sizes = []
    for name, model in (("full", network), ("integers", in_eight_bits(network, known))):
        (folder := tmp_path / name).mkdir()
        prepare(model, folder)
        sizes.append((folder / "weights.bin").stat().st_size)
    assert (folder / "graph.onnx").read_bytes().count(b"QLinearConv") > 90
    assert sizes[1] < 0.35 * sizes[0]


def test_without_ranges_it_says_the_same(network: bytes, spec: ModelSpec, look: Look) -> None:
    picture = probes(spec, look.side)[0]
    np.testing.assert_array_equal(
        _said(in_eight_bits(network, NOTHING), picture), _said(network, picture)
    )


def test_weights_that_do_not_bear_it_are_kept(network: bytes, known: Calibration) -> None:
    (kept,) = known.exact
    stays, goes = (
        in_eight_bits(network, replace(known, exact=frozenset(names))) for names in ([kept], [])
    )
    # In float32 a weight takes three bytes more; there are 64 × 32 × 9 of them.
    assert 0.9 < (len(stays) - len(goes)) / (3 * 64 * 32 * 9) < 1.1


@given(st.binary(min_size=1, max_size=200))
@example(b"\x3a\x02\x5a\x00")  # a graph whose input has no name
@example(b"\x3a\x07\x0a\x05\x22\x03Max")  # a node that takes nothing
@example(b"\x42\x02\x10\x05")  # operators of an earlier version, which are raised
def test_what_is_no_model_is_refused(content: bytes) -> None:
    try:
        made = in_eight_bits(content, NOTHING)
    except ValueError as error:
        assert "ONNX model" in str(error)
    else:  # what happens to be a whole message
        assert made


def test_what_was_measured_of_one_file_counts_for_no_other(spec: ModelSpec) -> None:
    assert calibration(spec.id, spec.sha256, 0) is not None
    assert calibration(spec.id, "ab" * 32, 0) is None
    assert calibration(spec.id, spec.sha256, 3) is None
    assert calibration("somebodys-own", spec.sha256, 0) is None


def test_a_person_can_have_full_precision(
    model_home: Path, spec: ModelSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.full((600, 600, 3), 240, np.uint8)
    pixels[200:450, 250:350] = (30, 60, 90)
    said = {}
    for provider in ("cpu", FULL_PRECISION):
        monkeypatch.setenv(FORCE, provider)
        network = Network(ModelStore(model_home).verified_path("u2netp"), spec, threads=1)
        assert network.provider == provider
        said[provider] = network.probability(pixels, spec.quick)
    assert 0 < np.abs(said["cpu"] - said[FULL_PRECISION]).mean() < 0.01
