"""The outline network: draws the edge of a matte that is right about what the product is.

Input, (n, 8, h, w) float32 in 0…1, h and w multiples of ``STRIDE``: photo (3), background field
(3), misfit of the field (1), matte (1). Output: (n, 1, h, w) matte in 0…1, to be used within
``outline_data.REACH`` pixels of the edge and ``outline_data.MARGIN`` pixels inside the border.

Two levels are enough, as with the frame network at half resolution (``frame_model.py``): an edge is
settled by what is close by. Dilated convolutions at the lower level (Yu and Koltun, "Multi-scale
context aggregation by dilated convolutions", ICLR 2016) see along it through the whole patch.
"""

from __future__ import annotations

from typing import ClassVar

import torch
from blocks import MIDDLE, Entrance, Sum, block, compare
from torch import Tensor, nn
from torch.nn import functional

INPUTS, STRIDE = 8, 4
WIDTHS = (24, 40)
FINE = 1 / 8  # difference of colours


def features(pictures: Tensor) -> list[Tensor]:
    """Turn the input pictures into eleven comparisons of about -0.5…0.5.

    What sets white apart from white is given in finer steps than the rest of a difference.
    """
    photo, field, misfit, matte = pictures.split((3, 3, 1, 1), dim=1)
    apart, _, _, contrast = compare(photo, field, misfit)
    small = apart.clamp(-FINE, FINE)
    return [
        photo - MIDDLE,
        small / (2 * FINE),
        apart - small,
        contrast - MIDDLE,
        matte - MIDDLE,
    ]


class OutlineDrawer(nn.Module):
    """See the module."""

    JOINS: ClassVar = {}
    SUMS: ClassVar = {"sum": "back"}
    """What the lower level tells is added, and has both signs."""

    def __init__(self) -> None:
        super().__init__()
        high, low = WIDTHS
        self.entrance = Entrance()
        self.enter = nn.Sequential(block(44, high), block(high, high))
        self.down = nn.Sequential(
            block(high, low, 2),
            block(low, low),
            *(block(low, low, dilation=reach) for reach in (2, 4, 2)),
            block(low, low),
        )
        self.back = nn.Sequential(nn.Conv2d(low, high, 1, bias=False), nn.BatchNorm2d(high))
        self.sum, self.summed = Sum(), nn.ReLU()
        self.up = block(high, high)
        self.leave = nn.Conv2d(high, 4, 3, 1, 1)

    def logits(self, pictures: Tensor) -> Tensor:
        """Return the matte before the sigmoid: the one handed in, redrawn.

        Its own doubt counts little, so that an edge a few pixels off is no hard start.
        """
        full = self.enter(self.entrance(features(pictures)))
        full = self.summed(self.sum(self.back(self.down(full)), full))
        change = functional.pixel_shuffle(self.leave(self.up(full)), 2)
        return torch.logit(pictures[:, 7:8].clamp(0.1, 0.9)) + change

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the matte."""
        return torch.sigmoid(self.logits(pictures))
