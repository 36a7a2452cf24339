"""What a PNG file says besides its pixels: its chunks, its texts, its coding of colour.

Nothing is decoded and no chunk is read but the ones asked for. Files are untrusted: lengths are
checked against the file, and compressed text is inflated only up to a limit.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from engine.errors import PhotoUnreadable

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_TEXT_LIMIT = 1 << 20  # bytes of one inflated text
_TEXT_KINDS = frozenset({b"tEXt", b"zTXt", b"iTXt"})


class Chunk(NamedTuple):
    """One chunk: its kind, where its content starts in the file, and how long that is."""

    kind: bytes
    offset: int
    length: int


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """Yield the chunks of a PNG file in order; nothing for another file.

    It ends where the file ends or a chunk would reach beyond it. The reader may move the stream.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if stream.read(len(SIGNATURE)) != SIGNATURE:
        return
    start = len(SIGNATURE)
    while start + 12 <= size:
        stream.seek(start)
        length, kind = struct.unpack(">I4s", stream.read(8))
        if start + 12 + length > size:
            return
        yield Chunk(kind, start + 8, length)
        start += 12 + length


def content(stream: BinaryIO, chunk: Chunk) -> bytes:
    """Return the content of a chunk."""
    stream.seek(chunk.offset)
    return stream.read(chunk.length)


def find_chunk(stream: BinaryIO, kind: bytes) -> Chunk | None:
    """Return the first chunk of this kind."""
    return next((chunk for chunk in chunks(stream) if chunk.kind == kind), None)


def read_text(path: Path) -> dict[str, str]:
    """Return the texts of a PNG file by their keys; none of a file that is not a PNG.

    Damaged texts are left out; of two with one key the last counts.

    Raises
    ------
    PhotoUnreadable : the file is gone or may not be read
    """
    texts: dict[str, str] = {}
    try:
        with path.open("rb") as stream:
            for chunk in chunks(stream):
                if chunk.kind in _TEXT_KINDS and chunk.length <= _TEXT_LIMIT:
                    texts.update(_parse_text(chunk.kind, content(stream, chunk)))
    except OSError as error:
        raise PhotoUnreadable(
            str(path),
            f"cannot be read ({error.strerror or error})",
            "Check that the file is still there and may be read.",
        ) from error
    return texts


def _parse_text(kind: bytes, body: bytes) -> dict[str, str]:
    """Return key and text of a chunk, nothing where it breaks the rules of the specification."""
    key, _, rest = body.partition(b"\0")
    try:
        if kind == b"tEXt":
            return {key.decode("latin-1"): rest.decode("latin-1")}
        if kind == b"zTXt":
            return {key.decode("latin-1"): _inflate(rest[1:]).decode("latin-1")}
        compressed = rest[:1] == b"\x01"
        _language, _, rest = rest[2:].partition(b"\0")
        _translated, _, text = rest.partition(b"\0")
        return {key.decode("latin-1"): (_inflate(text) if compressed else text).decode("utf-8")}
    except (zlib.error, UnicodeDecodeError):
        return {}


def _inflate(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _TEXT_LIMIT)
