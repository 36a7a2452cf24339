"""Small pictures of finished files, for pages and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.background import flatten
from engine.errors import PhotoError
from engine.imaging.decode import read_reduced
from engine.imaging.encode import encode_jpeg
from engine.work.machine import available_cores

SHOWN = 240
"""Longest side of a thumbnail in pixels."""

_GREY = (128, 128, 128)
_QUALITY = 80


def thumbnails(paths: Iterable[Path], step: Callable[[], None]) -> dict[Path, bytes]:
    """Return files as small JPEG pictures; those that cannot be decoded are left out.

    Parameters
    ----------
    paths : the files
    step : called after each
    """
    wanted = list(dict.fromkeys(paths))
    made = {}
    # Threads: decoding leaves the interpreter to the others, and needs nothing loaded first.
    with ThreadPoolExecutor(available_cores(), "thumbnail") as pool:
        for path, picture in zip(wanted, pool.map(_thumbnail, wanted), strict=True):
            if picture is not None:
                made[path] = picture
            step()
    return made


def _thumbnail(path: Path) -> bytes | None:
    if not path.is_file():  # opening a pipe would wait for a writer that never comes
        return None
    try:
        photo = read_reduced(path, SHOWN)
    except PhotoError:
        return None
    pixels: NDArray[np.uint8] = photo.pixels
    if photo.alpha is not None:
        pixels = flatten(pixels, photo.alpha, _GREY)  # white products stay visible
    return encode_jpeg(pixels, quality=_QUALITY, subsampling="4:2:0", progressive=False)
