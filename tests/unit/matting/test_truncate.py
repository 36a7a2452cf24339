"""A network cut off behind an output says the very same there, and runs less."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.matting.runtime.ort import options, prepare
from engine.matting.runtime.truncate import keep_output
from models.store import ModelStore


@pytest.fixture(scope="module")
def u2netp(model_home: Path) -> bytes:
    return ModelStore(model_home).verified_path("u2netp").read_bytes()


def _session(model: bytes) -> ort.InferenceSession:
    return ort.InferenceSession(model, options(1))


@pytest.mark.parametrize("index", [0, 2, 6])
def test_the_output_kept_says_the_same(u2netp: bytes, index: int) -> None:
    whole, part = _session(u2netp), _session(keep_output(u2netp, index))
    blob = np.random.default_rng(3).normal(size=(1, 3, 320, 320)).astype(np.float32)
    name = whole.get_outputs()[index].name
    assert [each.name for each in part.get_outputs()] == [name]
    feed = {whole.get_inputs()[0].name: blob}
    np.testing.assert_array_equal(part.run(None, feed)[0], whole.run([name], feed)[0])


def test_what_only_other_outputs_need_is_gone(u2netp: bytes, tmp_path: Path) -> None:
    sizes = []
    for index in (0, 2, 3):
        (folder := tmp_path / str(index)).mkdir()
        prepare(keep_output(u2netp, index), folder)
        sizes.append((folder / "weights.bin").stat().st_size)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 0.95 * sizes[0]


@pytest.mark.parametrize("index", [-1, 7])
def test_an_output_that_is_not_there_is_refused(u2netp: bytes, index: int) -> None:
    with pytest.raises(ValueError, match="has 7"):
        keep_output(u2netp, index)


@given(st.binary(max_size=200))
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"ONNX model|of a model"):
        keep_output(content, 0)
