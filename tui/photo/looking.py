"""What the looking keys do, on every screen with a photo pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.work.jobs import View
from tui.photo.pane import PhotoPane

if TYPE_CHECKING:
    from textual.dom import DOMNode as Base
else:
    Base = object  # a node of its own would hide the styles of the screen it is mixed into


class Looking(Base):
    """Actions for a screen with a photo pane; mixed into it."""

    @property
    def pane(self) -> PhotoPane:
        """The pane that the keys work on."""
        return self.query_one(PhotoPane)

    def action_view(self, step: int) -> None:
        """Show the next view, or the one before."""
        self.pane.step_view(step)

    def action_toggle_view(self, view: View) -> None:
        """Show a view, and the one before again."""
        self.pane.toggle_view(view)

    def action_zoom(self, factor: float) -> None:
        """Look at a factor, and at the whole photo again."""
        self.pane.toggle_zoom(factor)

    def action_zoom_step(self, step: int) -> None:
        """Look closer or farther."""
        self.pane.step_zoom(step)

    def action_fit(self) -> None:
        """Look at the whole photo."""
        self.pane.fit()

    def action_divide(self, steps: int) -> None:
        """Move the divider of the split view."""
        self.pane.divide(steps)

    def action_readout(self) -> None:
        """Read out the pixel under a cursor, or leave off."""
        self.pane.toggle_readout()
