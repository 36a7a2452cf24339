"""How much a picture may weigh, by how fast the terminal has been seen to follow."""

from __future__ import annotations

from dataclasses import dataclass

_SLOW_BELOW = 150_000  # bytes a second; a line of about 1 Mbit/s
_FAST_ABOVE = 1_500_000
_LEAST = 8_000  # bytes that say something about a line; a few arrive at once on any


@dataclass(frozen=True)
class Pace:
    """What may be sent: bytes of the first picture, which has to come at once, and of the sharp."""

    quick: int
    sharp: int


FAST = Pace(quick=44_000, sharp=320_000)
"""On the same machine, or a fast network."""

SLOW = Pace(quick=12_000, sharp=120_000)
"""Over a line: a tenth of a second for the first at 1 Mbit/s."""


def pace_after(pace: Pace, size: int, seconds: float) -> Pace:
    """Return the pace that fits what was seen: ``size`` bytes took so many ``seconds``.

    Between the two speeds nothing changes, so that a line near one of them is not judged anew with
    every picture.
    """
    if size < _LEAST or seconds <= 0:
        return pace
    speed = size / seconds
    if speed < _SLOW_BELOW:
        return SLOW
    return FAST if speed > _FAST_ABOVE else pace
