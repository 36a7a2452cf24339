"""The frame network: a small U-Net that settles what of the frame belongs to the product.

It corrects a matte with the photo and the backdrop's field. Input, (n, 9, h, w) float32 in 0…1, h
and w multiples of ``STRIDE``: photo (3), background field (3), misfit of the field (1), a coarse
network's probability (1), the matte made from it (1). Output: (n, 1, h, w) matte in 0…1. The
comparisons that the network needs are made inside, so whoever calls it hands over pictures only.

After Ronneberger et al., "U-Net", MICCAI 2015, at half resolution throughout: pixels are folded
into channels at the entrance and unfolded at the exit (Shi et al., "Real-time single image and
video super-resolution using an efficient sub-pixel convolutional network", CVPR 2016), which makes
it about three times cheaper than the same network at full resolution.
"""

from __future__ import annotations

from typing import ClassVar

import torch
from blocks import MIDDLE, Entrance, Join, block, compare
from torch import Tensor, nn
from torch.nn import functional

INPUTS, STRIDE = 9, 16
WIDTHS = (24, 32, 48, 64)


def features(pictures: Tensor) -> list[Tensor]:
    """Turn the input pictures into eleven comparisons of about -0.5…0.5."""
    photo, field, misfit, coarse, matte = pictures.split((3, 3, 1, 1, 1), dim=1)
    apart, distance, noise, contrast = compare(photo, field, misfit)
    return [
        photo - MIDDLE,
        apart,
        coarse - MIDDLE,
        torch.tanh(4 * distance) - MIDDLE,
        contrast - MIDDLE,
        8 * noise - MIDDLE,
        matte - MIDDLE,
    ]


class FrameCorrector(nn.Module):
    """See the module."""

    JOINS: ClassVar = {
        "join2": ("down3.2", "down2.1", "up2"),
        "join1": ("up2", "down1.1", "up1"),
        "join0": ("up1", "enter.1", "up0"),
    }
    """The blocks whose outputs are joined, the doubled one first, and the one that takes them."""
    SUMS: ClassVar = {}

    def __init__(self) -> None:
        super().__init__()
        w0, w1, w2, w3 = WIDTHS
        self.entrance = Entrance()
        self.enter = nn.Sequential(block(44, w0), block(w0, w0))
        self.down1 = nn.Sequential(block(w0, w1, 2), block(w1, w1))
        self.down2 = nn.Sequential(block(w1, w2, 2), block(w2, w2))
        self.down3 = nn.Sequential(block(w2, w3, 2), block(w3, w3), block(w3, w3))
        self.up2 = block(w3 + w2, w2)
        self.up1 = block(w2 + w1, w1)
        self.up0 = block(w1 + w0, w0)
        self.join2, self.join1, self.join0 = Join(), Join(), Join()
        self.leave = nn.Conv2d(w0, 4, 3, 1, 1)

    def logits(self, pictures: Tensor) -> Tensor:
        """Return the matte before the sigmoid: the one handed in, corrected.

        Where the photo tells nothing (white on white), nothing has to be learned to keep it.
        """
        full = self.enter(self.entrance(features(pictures)))
        half = self.down1(full)
        quarter = self.down2(half)
        eighth = self.down3(quarter)
        quarter = self.up2(self.join2(eighth, quarter))
        half = self.up1(self.join1(quarter, half))
        full = self.up0(self.join0(half, full))
        correction = functional.pixel_shuffle(self.leave(full), 2)
        return torch.logit(pictures[:, 8:9].clamp(0.02, 0.98)) + correction

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the matte."""
        return torch.sigmoid(self.logits(pictures))
