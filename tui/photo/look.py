"""How a photo is looked at: the view, how close and where, and where a split view is divided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine.work.jobs import View
from tui.photo.zoom import Zoom

_DIVIDER_STEP = 0.1  # of the picture's width


@dataclass(frozen=True)
class Look:
    """A view with the one before, a zoom with its place, and the divider; immutable.

    ``divide`` is where the cutout begins in the split view, as a share of the picture's width.
    """

    view: View = "checker"
    before: View = "checker"
    zoom: Zoom = field(default_factory=Zoom)
    divide: float = 0.5

    def seen_in(self, view: View) -> Look:
        """Return the same in another view."""
        return self if view == self.view else replace(self, view=view, before=self.view)

    def toggled(self, view: View) -> Look:
        """Return the same in a view, or, where it is that already, in the one before."""
        if self.view != view:
            return self.seen_in(view)
        return self.seen_in(self.before if self.before != view else "checker")

    def divided(self, steps: int) -> Look:
        """Return the same with the divider moved by tenths of the width to the right."""
        moved = round(self.divide + steps * _DIVIDER_STEP, 6)
        return replace(self, divide=min(max(moved, 0.0), 1.0))

    def at(self, zoom: Zoom) -> Look:
        """Return the same at another zoom or place."""
        return replace(self, zoom=zoom)
