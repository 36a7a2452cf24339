"""Reduced copies of photos whose files have to be decoded whole, kept so that looking is quick.

A JPEG is decoded small in a moment; a TIFF or PNG of 24 megapixels takes a second each time. Their
copies, JPEG files of `SIDE` pixels at most, lie in the session's folder of state, named by the
photo's path and time of change. They are for looking only, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np

from engine.atomic import write_atomic
from engine.errors import OutputError, PhotoError
from engine.imaging.decode import Photo, read_photo
from engine.imaging.encode import encode_jpeg

SIDE = 2048
"""Pixels on the longer side: enough for any panel that shows a whole photo."""

_QUALITY = 92
_MOST_BYTES = 500_000_000  # of all copies of a session; the oldest go first
_QUICK = frozenset({".jpg", ".jpeg", ".jpe", ".mpo"})


def find_proxy(folder: Path, photo: Path, stamp: int) -> Photo | None:
    """Return the copy of a photo as it is now, if one is kept.

    Parameters
    ----------
    folder : where a session keeps them
    photo : the photo's file
    stamp : changes with its content
    """
    path = _path(folder, photo, stamp)
    if not path.exists():
        return None
    try:
        return read_photo(path)
    except PhotoError:
        return None  # cut off by a full disk: it is made again


def keep_proxy(folder: Path, photo: Path, stamp: int, read: Photo) -> None:
    """Keep a copy of a photo that is slow to decode; a full disk costs only that.

    Parameters
    ----------
    read : the photo, decoded at any size; one with alpha is not kept, for JPEG has none
    """
    path = _path(folder, photo, stamp)
    if photo.suffix.lower() in _QUICK or read.alpha is not None or path.exists():
        return
    height, width = read.pixels.shape[:2]
    scale = min(1.0, SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(read.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    data = encode_jpeg(small, quality=_QUALITY, subsampling="4:4:4", progressive=False)
    with suppress(OutputError):
        write_atomic(path, data)
        _sweep(folder)


def _path(folder: Path, photo: Path, stamp: int) -> Path:
    name = hashlib.sha256(f"{photo.name}\0{photo.parent}\0{stamp}".encode("utf-8", "replace"))
    return folder / f"{name.hexdigest()[:32]}.jpg"


def _sweep(folder: Path) -> None:
    """Delete the oldest copies beyond what all may take."""
    with suppress(OSError):
        kept = sorted(folder.glob("*.jpg"), key=lambda path: -path.stat().st_mtime)
        room = _MOST_BYTES
        for path in kept:
            room -= path.stat().st_size
            if room < 0:
                path.unlink(missing_ok=True)
