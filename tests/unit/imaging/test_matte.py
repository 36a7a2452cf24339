from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from engine.errors import PhotoUnreadable, PhotoUnsupported
from engine.imaging.encode import decode_matte, encode_matte, read_text


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60))))
def test_a_matte_comes_back_as_it_was(alpha: NDArray[np.uint8]) -> None:
    assert np.array_equal(decode_matte(encode_matte(alpha)), alpha)


def test_a_large_matte_is_small_and_comes_back_as_it_was(sample_truth: Path) -> None:
    with Image.open(sample_truth / "SKU206-front.png") as image:
        alpha = np.asarray(image.convert("L").resize((3001, 4001)))
    data = encode_matte(alpha, {"made by": "test"})
    assert np.array_equal(decode_matte(data), alpha)
    assert len(data) < alpha.size / 40
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == "L"


def test_its_texts_are_read_without_its_pixels(tmp_path: Path) -> None:
    path = tmp_path / "matte.png"
    data = encode_matte(np.zeros((50, 50), np.uint8), {"packshot:photo": "abc", "wer": "Zoë"})
    path.write_bytes(data[: data.index(b"IDAT")])  # nothing behind the texts
    assert read_text(path) == {"packshot:photo": "abc", "wer": "Zoë"}


@pytest.mark.parametrize("kept", [0, 4, 30, 200, -20])
def test_a_truncated_matte_is_refused(kept: int) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), np.uint8)
    with pytest.raises(PhotoUnreadable, match="truncated"):
        decode_matte(encode_matte(noise)[:kept])


def test_a_colour_picture_is_no_matte() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    with pytest.raises(PhotoUnsupported, match="not 8-bit grey"):
        decode_matte(stream.getvalue())


def test_a_colour_array_is_no_matte() -> None:
    with pytest.raises(ValueError, match="not"):
        encode_matte(np.zeros((4, 4, 3), np.uint8))
