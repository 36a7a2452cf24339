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
_LEAD = 8  # bytes: its quick loop leaves up to 16 alone, and the other begins with more than 3


def zlib_stream(content: NDArray[Any], level: int) -> bytes:
    """Return an array's bytes as a whole zlib stream (RFC 1950)."""
    written, deflate = _deflated(content, level, zlib_ng.MAX_WBITS)
    return written + bytes(deflate.flush())


def open_blocks(content: NDArray[Any], level: int) -> bytes:
    """Return an array's bytes as deflate blocks (RFC 1951) that end on a byte and may go on.

    Such pieces, one after the other, are a single stream.
    """
    written, deflate = _deflated(content, level, -zlib_ng.MAX_WBITS)
    return written + bytes(deflate.flush(zlib_ng.Z_SYNC_FLUSH))


def _deflated(content: NDArray[Any], level: int, window: int) -> tuple[bytes, Any]:
    """Return what has been written of an array's bytes, and the compressor that holds the rest."""
    data = content.data.cast("B")
    deflate: Any
    if level != QUICKEST:
        deflate = zlib_ng.compressobj(
            level, zlib_ng.DEFLATED, window, _MEMORY_LEVEL, zlib_ng.Z_FILTERED
        )
        return bytes(deflate.compress(data)), deflate
    deflate = isal_zlib.compressobj(level, isal_zlib.DEFLATED, window, _MEMORY_LEVEL)
    # The quick loop of ISA-L 2.31 takes the third byte's hash from its own place in memory when a
    # stream begins there, and other repetitions are found then: other bytes on another day. A few
    # bytes that are flushed first are begun by another loop.
    lead = deflate.compress(data[:_LEAD]) + deflate.flush(isal_zlib.Z_SYNC_FLUSH)
    return bytes(lead + deflate.compress(data[_LEAD:])), deflate
