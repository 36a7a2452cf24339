"""How fast a batch goes: photos a minute and megapixels a second, over the last minute of work."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

WINDOW_SECONDS = 60.0

_ENOUGH_SECONDS = 1.0  # of work, before which a rate would be a guess


@dataclass(frozen=True)
class Rate:
    """Jobs a minute, and megapixels a second: 0 where nobody knows how large the photos are."""

    per_minute: float
    megapixels: float


class Throughput:
    """Counts jobs that ended, by the time that was spent working: pauses slow nothing down."""

    def __init__(self) -> None:
        self._ended: deque[tuple[float, int]] = deque()
        self._pixels = 0

    def note(self, at: float, pixels: int) -> None:
        """Count a job that ended ``at`` so many seconds of work."""
        self._ended.append((at, pixels))
        self._pixels += pixels
        self._forget(at)

    def rate(self, now: float) -> Rate | None:
        """Return the rate at so many seconds of work; None before there is one to speak of."""
        self._forget(now)
        span = min(now, WINDOW_SECONDS)
        if not self._ended or span < _ENOUGH_SECONDS:
            return None
        return Rate(60 * len(self._ended) / span, self._pixels / span / 1e6)

    def _forget(self, now: float) -> None:
        """Forget what is too long ago."""
        while self._ended and self._ended[0][0] < now - WINDOW_SECONDS:
            self._pixels -= self._ended.popleft()[1]
