"""What is deflated comes back, and the same content makes the same bytes wherever it is made."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from isal import isal_zlib
from numpy.typing import NDArray

from engine.imaging.deflating import QUICKEST, open_blocks, zlib_stream

CONTENTS = hnp.arrays(np.uint8, st.integers(1, 300), elements=st.sampled_from([0, 1, 255]))
LEVELS = st.sampled_from([QUICKEST, 2, 6])


@given(CONTENTS, LEVELS)
def test_a_stream_holds_what_it_was_given(content: NDArray[np.uint8], level: int) -> None:
    assert zlib.decompress(zlib_stream(content, level)) == content.tobytes()


@given(st.lists(CONTENTS, min_size=1, max_size=4), LEVELS)
def test_open_blocks_one_after_the_other_are_one_stream(
    contents: list[NDArray[np.uint8]], level: int
) -> None:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces = [open_blocks(content, level) for content in contents]
    assert inflate.decompress(b"".join(pieces)) == b"".join(map(bytes, contents))


@pytest.mark.parametrize("made", [zlib_stream, open_blocks])
def test_the_place_in_memory_does_not_change_the_bytes(
    made: Callable[[NDArray[np.uint8], int], bytes],
) -> None:
    # Noise between wide margins is what shows it, at one place of some 250.
    content = np.zeros((373, 701, 4), np.uint8)
    content[:, 200:500] = np.random.default_rng(3).integers(0, 256, (373, 300, 4), np.uint8)
    kept = []  # takes the compressor's place, so that the next has another
    streams = set()
    for _ in range(800):
        kept.append(isal_zlib.compressobj(QUICKEST))
        streams.add(made(content, QUICKEST))
    assert len(streams) == 1
