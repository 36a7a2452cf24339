"""The masks from outside that a session keeps, so that their mattes can be made again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import MaskMissing, PhotoError
from engine.imaging.encode import decode_matte
from engine.session.layout import mask_path


def read_mask(photo: Path, path: Path | None) -> NDArray[np.uint8]:
    """Return a mask that was made outside, (h, w), 0…255.

    Parameters
    ----------
    photo : whose mask; an error names it
    path : from `stored_mask`

    Raises
    ------
    MaskMissing : it is not there, damaged, or not the one that its name says
    """
    remedy = "Take it in again with `packshot handoff take`, or cut the photo with a network."
    if path is None:
        raise MaskMissing(str(photo), "its recipe names a mask that only a session keeps", remedy)
    try:
        data = path.read_bytes()
        mask = decode_matte(data)
    except (OSError, PhotoError) as error:
        problem = "its mask from outside cannot be read from the session"
        raise MaskMissing(str(photo), problem, remedy) from error
    if not path.stem.endswith(hashlib.sha256(data).hexdigest()):
        raise MaskMissing(str(photo), "its mask from outside was changed in the session", remedy)
    return mask


def stored_mask(session: Path | None, photo_sha256: str, mask_sha256: str) -> Path | None:
    """Return where a session keeps a photo's mask; None without a session."""
    return mask_path(session, photo_sha256, mask_sha256) if session else None
