"""What is done to the patches of both networks: cut them out, fade, turn.

Pictures are float32 in 0…1. No array passed in is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Picture = np.ndarray


@dataclass(frozen=True)
class Window:
    """A square of a photo, to be seen at another size.

    photo : (height, width) of the whole photo
    top, left, span : the square in its pixels; fractions, and places outside, are allowed
    side : how many pixels it gets
    """

    photo: tuple[int, int]
    top: float
    left: float
    span: float
    side: int

    def cut(self, picture: Picture, method: int = cv2.INTER_LINEAR) -> Picture:
        """Return this part of a picture of 0…255 that shows the whole photo at any resolution.

        Beyond its border the picture is repeated.
        """
        rows, columns = picture.shape[0] / self.photo[0], picture.shape[1] / self.photo[1]
        pitch = self.span / self.side
        pose = np.float64(
            [
                [columns * pitch, 0, (self.left + 0.5 * pitch) * columns - 0.5],
                [0, rows * pitch, (self.top + 0.5 * pitch) * rows - 0.5],
            ]
        )
        cut = cv2.warpAffine(
            picture,
            pose,
            (self.side, self.side),
            flags=method | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return cut.astype(np.float32) / 255


def faded(rng: np.random.Generator, pixels: Picture, field: Picture, truth: Picture) -> Picture:
    """Return the photo with some of the product faded softly into the backdrop's colour.

    White on white, glass and mirrors look like that. A hole has an edge; this has none, and stays
    product. Without it a network opens every pale body that the field explains.
    """
    side = truth.shape[0]
    cells = int(rng.integers(2, 7))
    where = cv2.resize(
        rng.random((cells, cells), dtype=np.float32), (side, side), interpolation=cv2.INTER_CUBIC
    )
    fade = np.clip((where - rng.uniform(0.2, 0.7)) * rng.uniform(1.2, 4.0), 0, 1)
    fade = (fade * truth * rng.uniform(0.8, 1.0))[..., None]
    return pixels * (1 - fade) + field * fade


def turned(rng: np.random.Generator, pictures: Picture, target: Picture) -> tuple[Picture, Picture]:
    """Return both, (channels, side, side), turned by quarters and mirrored alike, float32."""
    turns = int(rng.integers(4))
    pictures, target = np.rot90(pictures, turns, (1, 2)), np.rot90(target, turns, (1, 2))
    if rng.random() < 0.5:
        pictures, target = pictures[..., ::-1], target[..., ::-1]
    return np.ascontiguousarray(pictures, np.float32), np.ascontiguousarray(target, np.float32)
