"""A network cut off behind an output says the very same there, sees other sizes, and runs less."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.matting.runtime.ort import options, prepare
from engine.matting.runtime.probe import probes
from engine.matting.runtime.truncate import truncate
from models.spec import ModelSpec
from models.store import ModelStore

SIDE = 320


@pytest.fixture(scope="module")
def spec(model_home: Path) -> ModelSpec:
    return ModelStore(model_home).spec("u2netp")


@pytest.fixture(scope="module")
def u2netp(model_home: Path) -> bytes:
    return ModelStore(model_home).verified_path("u2netp").read_bytes()


def _session(model: bytes) -> ort.InferenceSession:
    return ort.InferenceSession(model, options(1))


@pytest.mark.parametrize("output", [0, 2, 6])
def test_the_output_kept_says_the_same(u2netp: bytes, output: int) -> None:
    whole, part = _session(u2netp), _session(truncate(u2netp, output, SIDE))
    blob = np.random.default_rng(3).normal(size=(1, 3, SIDE, SIDE)).astype(np.float32)
    name = whole.get_outputs()[output].name
    assert [each.name for each in part.get_outputs()] == [name]
    feed = {whole.get_inputs()[0].name: blob}
    np.testing.assert_array_equal(part.run(None, feed)[0], whole.run([name], feed)[0])


def test_a_smaller_picture_shows_it_the_same_product(u2netp: bytes, spec: ModelSpec) -> None:
    for large, small in zip(probes(spec, SIDE), probes(spec, 256), strict=True):
        seen = [
            _session(truncate(u2netp, 2, picture.shape[-1])).run(None, {"input.1": picture})[0]
            for picture in (large, small)
        ]
        assert [each.shape for each in seen] == [(1, 1, SIDE, SIDE), (1, 1, 256, 256)]
        told = cv2.resize(seen[1][0, 0], (SIDE, SIDE)) > 0.5
        assert 0.05 < told.mean() < 0.5
        assert (told != (seen[0][0, 0] > 0.5)).mean() < 0.1


def test_what_only_other_outputs_need_is_gone(u2netp: bytes, tmp_path: Path) -> None:
    sizes = []
    for output in (0, 2, 3):
        (folder := tmp_path / str(output)).mkdir()
        prepare(truncate(u2netp, output, SIDE), folder)
        sizes.append((folder / "weights.bin").stat().st_size)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 0.95 * sizes[0]


@pytest.mark.parametrize("output", [-1, 7])
def test_an_output_that_is_not_there_is_refused(u2netp: bytes, output: int) -> None:
    with pytest.raises(ValueError, match="has 7"):
        truncate(u2netp, output, SIDE)


@given(st.binary(max_size=200))
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"ONNX model|of a model"):
        truncate(content, 0, SIDE)
