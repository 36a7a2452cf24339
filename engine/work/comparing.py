"""Pictures in which two mattes of a photo are compared: side by side, or what is different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.work.jobs import Beside, Picture, PreviewJob

Pixels = NDArray[np.uint8]

_MORE = (0, 150, 255)
_LESS = (255, 140, 0)
"""Where a matte keeps more or less than the other: nearly everybody tells blue from orange."""

_DIMMED = 0.45  # of the photo's brightness, behind the difference
_LINE = (0, 255)  # two columns, dark and light: one of them is seen on any picture


def compared(job: PreviewJob, beside: Beside, preview: Callable[[PreviewJob], Picture]) -> Picture:
    """Make a picture of a photo with two of its mattes.

    Parameters
    ----------
    job : the picture, with the matte or proposal of its own
    beside : the other matte
    preview : makes a picture with one matte; what it raises is raised
    """
    own = replace(job, beside=None)
    other = replace(own, matte=beside.matte, proposal=None, keep_shadow=beside.keep_shadow)
    picture = preview(own)
    if job.view == "original":
        return picture
    if beside.how == "split":
        shown = _split(_pixels(preview(other)), _pixels(picture))
    else:
        photo = _pixels(preview(replace(own, view="original")))
        before, after = (_pixels(preview(replace(each, view="matte"))) for each in (other, own))
        shown = _difference(photo, before, after)
    return replace(picture, rgb=shown.tobytes())


def _split(left: Pixels, right: Pixels) -> Pixels:
    """Return the left half of one picture and the right half of another, with a line between."""
    middle = right.shape[1] // 2
    shown = right.copy()
    shown[:, :middle] = left[:, :middle]
    for column, tone in enumerate(_LINE, start=middle - 1):
        shown[:, column : column + 1] = tone
    return shown


def _difference(photo: Pixels, before: Pixels, after: Pixels) -> Pixels:
    """Return the dimmed photo in grey, with what a matte has gained and lost in colour.

    Parameters
    ----------
    photo : (h, w, 3), 0…255
    before, after : mattes in grey, (h, w, 3), 0…255
    """
    grey = photo.mean(axis=2, keepdims=True) * _DIMMED
    change = (after[..., :1].astype(np.float32) - before[..., :1]) / 255
    colour = np.where(change > 0, np.array(_MORE, np.float32), np.array(_LESS, np.float32))
    share = np.abs(change)
    mixed: Pixels = (grey * (1 - share) + colour * share + 0.5).astype(np.uint8)
    return mixed


def _pixels(picture: Picture) -> Pixels:
    """Return a picture as (h, w, 3)."""
    return np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
