"""How close one looks and where: the same for every photo and every view.

A zoom factor is in screen pixels per photo pixel; ``FIT`` shows the whole photo. The centre is a
point in shares of the photo's width and height, so that it holds from photo to photo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FIT = 0.0
STEPS = (0.25, 0.5, 1.0, 2.0, 4.0)
_AROUND = 1.5  # times the size of what is looked at
_PAN_SHARE = 0.2  # of what the panel shows


@dataclass(frozen=True)
class Zoom:
    """A zoom factor and a place; immutable."""

    factor: float = FIT
    centre: tuple[float, float] = (0.5, 0.5)

    @property
    def fits(self) -> bool:
        """Whether the whole photo is shown."""
        return self.factor == FIT

    def to(self, factor: float) -> Zoom:
        """Return the same place at another factor."""
        return replace(self, factor=factor)

    def closer(self, shown: float) -> Zoom:
        """Return the next step closer than ``shown``, the factor that is on the screen now."""
        return self.to(next((step for step in STEPS if step > shown * 1.001), STEPS[-1]))

    def farther(self, shown: float, fitting: float) -> Zoom:
        """Return the next step back from ``shown``; the whole photo when a step shows it all."""
        step = next((step for step in reversed(STEPS) if step < shown * 0.999), FIT)
        return self.to(step if step > fitting else FIT)

    def onto(
        self, box: tuple[int, int, int, int], panel: tuple[int, int], photo: tuple[int, int]
    ) -> Zoom:
        """Return the closest step at which a box and some of what is around it are in sight.

        ``box`` is left, top, width and height in pixels of the photo; ``panel`` is in screen
        pixels and ``photo`` in its own. The whole photo where no step shows the box.
        """
        left, top, width, height = box
        room = min(panel[0] / (width * _AROUND), panel[1] / (height * _AROUND))
        factor = max((step for step in STEPS if step <= room), default=FIT)
        return Zoom(factor, ((left + width / 2) / photo[0], (top + height / 2) / photo[1]))

    def panned(self, right: int, down: int, panel: tuple[int, int], photo: tuple[int, int]) -> Zoom:
        """Return the place moved by steps of a fifth of the panel, kept inside the photo.

        ``panel`` is in screen pixels and ``photo`` in its own.
        """
        if self.fits:
            return self
        moved = []
        for place, steps, shown, side in zip(self.centre, (right, down), panel, photo, strict=True):
            part = min(1.0, shown / (self.factor * side))
            low, high = part / 2, 1 - part / 2
            inside = min(max(place, low), high)
            moved.append(min(max(inside + steps * part * _PAN_SHARE, low), high))
        return replace(self, centre=(moved[0], moved[1]))
