"""The line above a photo: its name, the views with the one that is shown, and the zoom."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from engine.work.jobs import Sample, View
from tui.photo.views import VIEWS
from tui.safe_text import safe


class PhotoHeading(Static):
    """What is looked at, in one line that fits any width."""

    DEFAULT_CSS = """
    PhotoHeading { height: 1; background: $surface; color: $foreground; padding: 0 1; }
    """

    def show(
        self, path: object | None, view: View, zoom: str, sample: Sample | None = None
    ) -> None:
        """Write the line; without a path there is no photo, and nothing to say.

        The ``sample`` of a pixel takes the place of the views' names.
        """
        if path is None:
            self.update("", layout=False)
            return
        width = self.content_size.width
        name = Content(safe(path))
        told = _view_names(view) if sample is None else _told(sample)
        right = Content.assemble(told, (f"  {zoom:>4}", "$muted"))
        if sample is None and name.cell_length + right.cell_length + 2 > width:
            right = Content.assemble((VIEWS[view], "bold $accent"), (f"  {zoom:>4}", "$muted"))
        name = name.truncate(max(0, width - right.cell_length - 2), ellipsis=True)
        gap = " " * (width - right.cell_length - name.cell_length)
        self.update(Content.assemble(name, gap, right), layout=False)


def _told(sample: Sample) -> Content:
    """Return a pixel's place, its colour, and how much of it is kept."""
    colour = "#{:02x}{:02x}{:02x}".format(*sample.rgb)
    alpha = "" if sample.alpha is None else f"  alpha {sample.alpha}"
    return Content.assemble(
        f"x {sample.place[0]} y {sample.place[1]}  ", ("  ", f"on {colour}"), f" {colour}{alpha}"
    )


def _view_names(shown: View) -> Content:
    """Return the names of all views, the one that is shown standing out."""
    parts = [
        Content.styled(f" {name} ", "$background on $accent" if view == shown else "$muted")
        for view, name in VIEWS.items()
    ]
    return Content("").join(parts)
