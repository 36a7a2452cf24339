"""What the keys of list and filter do, on every screen with a photo list, a filter and a pane."""

from __future__ import annotations

from engine.session import filter as filters
from tui.browse.filter_line import FilterLine
from tui.browse.listing import Listing
from tui.photo.looking import Looking


class Filtering(Looking, Listing):
    """Actions of the filter, and of the arrows, which pan where the picture is zoomed."""

    def on_filter_line_typed(self, event: FilterLine.Typed) -> None:
        """Filter while the person types."""
        self.photo_list.set_filter(event.text)

    def on_filter_line_left(self) -> None:
        """Go back to the list."""
        line = self.query_one(FilterLine)
        if problem := filters.problem(line.text):
            self.app.tell(problem, "warning")
        if not line.text:
            line.clear()
        self.photo_list.focus()

    def action_filter(self) -> None:
        """Let a filter be typed."""
        self.query_one(FilterLine).open()

    def action_match(self, step: int) -> None:
        """Go to the next photo that matches."""
        if not self.photo_list.sought:
            key = self.app.key_name("mark.filter")
            self.app.tell(f"Nothing to look for yet: {key} takes a filter.")
        elif not self.photo_list.match(step):
            self.app.tell("No further match.")

    def action_arrow(self, right: int, down: int) -> None:
        """Move the cursor of the readout, pan a close look, or else move or fold in the list."""
        if self.pane.reading:
            self.pane.move_cursor(right, down)
        elif not self.pane.zoom.fits:
            self.pane.pan(right, down)
        elif down:
            self.photo_list.action_cursor(down)
        elif right > 0:
            self.photo_list.action_unfold()
        else:
            self.photo_list.action_fold()
