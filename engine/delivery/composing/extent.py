"""A rectangle that need not consist of whole pixels."""

from __future__ import annotations

from typing import NamedTuple

from engine.delivery.product import Box


class Extent(NamedTuple):
    """A rectangle in pixels of the photo, which need not be whole ones."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @classmethod
    def of(cls, box: Box) -> Extent:
        """Return the extent of a box of whole pixels."""
        return cls(box.left, box.top, box.right, box.bottom)
