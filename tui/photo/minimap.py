"""The whole photo in a corner of a close look, with a frame around what is shown.

It is part of the picture's pixels, so that every terminal shows it and nothing has to lie over
anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.work.jobs import Picture, PreviewJob

_SHARE = 0.22  # of the panel's sides, at most
_LEAST = 8  # pixels on the longer side, below which it says nothing
_FRAME = (255, 200, 0)
_BORDER = (0, 0, 0)


def map_size(
    box: tuple[int, int], photo: tuple[int, int], shown: tuple[int, int, int, int]
) -> tuple[int, int] | None:
    """Return width and height in pixels of a photo's map, or nothing where it would say nothing.

    Parameters
    ----------
    box : width and height of the panel in pixels
    photo : those of the photo
    shown : what of it is shown: left, top, right and bottom in its pixels
    """
    scale = min(box[0] * _SHARE / photo[0], box[1] * _SHARE / photo[1])
    size = max(1, round(photo[0] * scale)), max(1, round(photo[1] * scale))
    if max(size) < _LEAST or shown == (0, 0, *photo):
        return None
    return size


def place_on_map(
    point: tuple[float, float], size: tuple[int, int], map_of: tuple[int, int]
) -> tuple[float, float] | None:
    """Return which place of the photo a point of the picture means, where it is on the map.

    Parameters
    ----------
    point : in pixels, from the picture's left upper corner
    size : width and height of the picture in pixels
    map_of : those of the map

    Returns
    -------
    Shares of the photo's width and height.
    """
    across, down = point[0] - (size[0] - map_of[0]), point[1] - (size[1] - map_of[1])
    if not (0 <= across < map_of[0] and 0 <= down < map_of[1]):
        return None
    return across / map_of[0], down / map_of[1]


def with_map(picture: Picture, job: PreviewJob, make: Callable[[PreviewJob], Picture]) -> Picture:
    """Return a close look with the map in its right lower corner; runs in a worker.

    Parameters
    ----------
    picture : the close look, made for the job
    job : what was asked for
    make : makes the picture of the whole photo
    """
    import numpy as np  # noqa: PLC0415 - the interface needs only places

    size = map_size(job.box, picture.photo_size, picture.region)
    if size is None:
        return picture
    whole = make(replace(job, box=size, zoom=0.0))
    small = np.frombuffer(whole.rgb, np.uint8).reshape(whole.height, whole.width, 3).copy()
    left, right = _span(picture.region[0::2], picture.photo_size[0], whole.width)
    top, bottom = _span(picture.region[1::2], picture.photo_size[1], whole.height)
    small[top:bottom, [left, right - 1]] = _FRAME
    small[[top, bottom - 1], left:right] = _FRAME
    pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3).copy()
    corner = pixels[picture.height - whole.height :, picture.width - whole.width :]
    corner[:] = small
    corner[0, :] = _BORDER
    corner[:, 0] = _BORDER
    return replace(picture, rgb=pixels.tobytes())


def _span(shown: tuple[int, ...], side: int, length: int) -> tuple[int, int]:
    """Return first pixel and the one behind the last on a map's side, two apart at least."""
    first = max(0, min(length - 2, shown[0] * length // side))
    return first, min(length, max(first + 2, -(-shown[1] * length // side)))
