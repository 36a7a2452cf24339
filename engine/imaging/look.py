"""What a photo looks like in a few numbers: enough to tell whether two were shot alike."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Look:
    """A picture's fingerprint and the colour of its backdrop.

    Attributes
    ----------
    hash : int
        64 bits: whether each of 8 × 8 places is darker than the one on its right ("dHash"). Two
        pictures of the same arrangement differ in few bits.
    backdrop : tuple of int
        Median sRGB along the frame, 0…255.
    """

    hash: int
    backdrop: tuple[int, int, int]

    def packed(self) -> str:
        """Return it as JSON."""
        return json.dumps([self.hash, *self.backdrop])

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """Return what ``packed`` gave."""
        number, red, green, blue = json.loads(text)
        return cls(number, (red, green, blue))

    def distance(self, other: Look) -> int:
        """Return in how many of the 64 bits two fingerprints differ."""
        return (self.hash ^ other.hash).bit_count()

    def backdrop_distance(self, other: Look) -> int:
        """Return how far two backdrops are apart in the channel that differs most, 0…255."""
        pairs = zip(self.backdrop, other.backdrop, strict=True)
        return max(abs(ours - theirs) for ours, theirs in pairs)
