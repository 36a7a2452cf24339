"""The ways to look at a photo, in the order in which the view key goes through them."""

from __future__ import annotations

from engine.work.jobs import View

VIEWS: dict[View, str] = {
    "original": "Original",
    "matte": "Matte",
    "checker": "Cutout",
    "black": "Black",
    "white": "White",
    "brand": "Brand",
    "overlay": "Overlay",
    "edge": "Edge",
    "split": "Split",
}
"""Every view with the short name that the photo's heading shows."""


def next_view(view: View, step: int) -> View:
    """Return the view ``step`` places after ``view``, round and round."""
    names = list(VIEWS)
    return names[(names.index(view) + step) % len(names)]
