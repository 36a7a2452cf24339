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
        across, below = panel[0] * _PAN_SHARE, panel[1] * _PAN_SHARE
        return self.moved(right * across, down * below, panel, photo)

    def moved(
        self, right: float, down: float, panel: tuple[int, int], photo: tuple[int, int]
    ) -> Zoom:
        """Return the place moved by screen pixels, kept inside the photo."""
        if self.fits:
            return self
        moves = zip(self.centre, (right, down), panel, photo, strict=True)
        places = [
            self._inside(
                self._inside(place, shown, side) + move / (self.factor * side), shown, side
            )
            for place, move, shown, side in moves
        ]
        return replace(self, centre=(places[0], places[1]))

    def about(
        self,
        factor: float,
        place: tuple[float, float],
        point: tuple[float, float],
        panel: tuple[int, int],
        photo: tuple[int, int],
    ) -> Zoom:
        """Return another factor at which a place of the photo stays under the same point.

        ``place`` is in shares of the photo's sides, ``point`` in pixels from the panel's corner.
        """
        zoom = self.to(factor)
        if zoom.fits:
            return zoom
        sides = zip(place, point, panel, photo, strict=True)
        centre = [
            zoom._inside(share + (shown / 2 - at) / (factor * side), shown, side)
            for share, at, shown, side in sides
        ]
        return replace(zoom, centre=(centre[0], centre[1]))

    def _inside(self, place: float, shown: int, side: int) -> float:
        """Return a place that can lie in the middle: no panel shows what is beside a photo."""
        part = min(1.0, shown / (self.factor * side))
        return min(max(place, part / 2), 1 - part / 2)
