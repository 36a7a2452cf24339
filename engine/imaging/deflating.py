"""How hard pictures are deflated: one scale for every format that does.

After a filter or predictor, a photo's noise has few repetitions that are worth a search. At level 1
Intel's ISA-L takes the first that it meets: a photo's cutout takes a tenth of the time of level 6,
and a fifth to a third more bytes. From 2 on zlib-ng searches as zlib does. The same content makes
the same bytes.
"""

from __future__ import annotations

from typing import Any

from isal import isal_zlib
from numpy.typing import NDArray
from zlib_ng import zlib_ng

QUICKEST = 1
"""The level that searches least; 2…9 are zlib's."""

_MEMORY_LEVEL = 9  # zlib's highest, which ISA-L takes as its own


def zlib_stream(content: NDArray[Any], level: int) -> bytes:
    """Return an array's bytes as a whole zlib stream (RFC 1950)."""
    deflate = _deflater(level, zlib_ng.MAX_WBITS)
    return bytes(deflate.compress(content.data) + deflate.flush())


def open_blocks(content: NDArray[Any], level: int) -> bytes:
    """Return an array's bytes as deflate blocks (RFC 1951) that end on a byte and may go on.

    Such pieces, one after the other, are a single stream.
    """
    deflate = _deflater(level, -zlib_ng.MAX_WBITS)
    return bytes(deflate.compress(content.data) + deflate.flush(zlib_ng.Z_SYNC_FLUSH))


def _deflater(level: int, window: int) -> Any:
    if level == QUICKEST:
        return isal_zlib.compressobj(level, isal_zlib.DEFLATED, window, _MEMORY_LEVEL)
    return zlib_ng.compressobj(level, zlib_ng.DEFLATED, window, _MEMORY_LEVEL, zlib_ng.Z_FILTERED)
