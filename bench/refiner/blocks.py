"""What both networks are built of."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

MIDDLE = 128 / 255
"""What is subtracted from values of 0…1 so that 0 is about their middle: a whole step of 8 bits."""


def block(inputs: int, outputs: int, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    """Return convolution, normalisation, rectifier."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def doubled(pictures: Tensor) -> Tensor:
    """Return pictures (n, c, h, w) at twice their size."""
    return functional.interpolate(pictures, scale_factor=2, mode="bilinear", align_corners=False)


class Entrance(nn.Module):
    """Puts comparisons behind one another, and folds pixels into channels, two by two.

    rounded : what is done to each; nothing in float32 (``eight_bits.py``)
    """

    def __init__(self) -> None:
        super().__init__()
        self.rounded = nn.Identity()

    def forward(self, comparisons: Sequence[Tensor]) -> Tensor:
        """Return comparisons (n, c, h, w) as one picture (n, 4 c, h/2, w/2)."""
        together = torch.cat([self.rounded(each) for each in comparisons], dim=1)
        return functional.pixel_unshuffle(together, 2)


class Join(nn.Module):
    """Doubles a picture and puts it before another, of that size.

    rounded : what is done to the result; nothing in float32 (``eight_bits.py``)
    """

    def __init__(self) -> None:
        super().__init__()
        self.rounded = nn.Identity()

    def forward(self, low: Tensor, high: Tensor) -> Tensor:
        """Return both, (n, c, h, w)."""
        return self.rounded(torch.cat([self.rounded(doubled(low)), high], dim=1))


class Sum(nn.Module):
    """Doubles a picture and adds it to another, of that size.

    rounded : what is done to the doubled one; nothing in float32 (``eight_bits.py``)
    """

    def __init__(self) -> None:
        super().__init__()
        self.rounded = nn.Identity()

    def forward(self, low: Tensor, high: Tensor) -> Tensor:
        """Return the sum, (n, c, h, w)."""
        return self.rounded(doubled(low)) + high


def compare(photo: Tensor, field: Tensor, misfit: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Compare the photo with the backdrop's field.

    Returns
    -------
    their difference (3), its length (1), the noise to expect of it (1), and how far the one stands
    out from the other, 0…1 (1)
    """
    apart = photo - field
    distance = apart.square().sum(dim=1, keepdim=True).add(1e-8).sqrt()
    noise = misfit + 1.5 / 255
    return apart, distance, noise, torch.tanh(distance / noise / 6)
