"""What can go wrong between a matte and a delivery: one branch of the tree in ``engine/errors.py``.

PackshotError
└── DeliveryError
    ├── NothingToPlace   the matte holds no product
    └── MatteOutdated    the photo is not the one that the matte was made from
"""

from __future__ import annotations

from engine.errors import PackshotError


class DeliveryError(PackshotError):
    """One photo cannot be delivered; the batch goes on without it."""

    exit_status = 1


class NothingToPlace(DeliveryError):
    """The matte holds no product."""


class MatteOutdated(DeliveryError):
    """The photo is not the one that the matte was made from."""
