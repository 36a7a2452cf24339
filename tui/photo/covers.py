"""What lies over a widget: pictures that are drawn over the cells have to leave it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.geometry import Region
from textual.widget import Widget

_ABOVE = "Toast, Tooltip, TooSmall, .above-photo"
"""What may lie over a photo on its own screen."""


def covers(widget: Widget) -> list[Region]:
    """Return the regions of the screen in which something lies over a widget."""
    stack = list(widget.app.screen_stack)
    if widget.screen not in stack:
        return [widget.region]
    above = [
        region for screen in stack[stack.index(widget.screen) + 1 :] for region in _opaque(screen)
    ]
    own = [other.region for other in widget.screen.query(_ABOVE) if other.display]
    return [region for region in above + own if region.overlaps(widget.region)]


def without(region: Region, covers: Sequence[Region]) -> list[Region]:
    """Return rectangles that make up what is left of a region under others."""
    left = [region]
    for cover in covers:
        left = [piece for rest in left for piece in _around(rest, cover)]
    return left


def _around(region: Region, cover: Region) -> Iterator[Region]:
    """Yield what of a region lies above, on both sides of, and below another."""
    hidden = region.intersection(cover)
    if not hidden:
        yield region
        return
    pieces = (
        Region(region.x, region.y, region.width, hidden.y - region.y),
        Region(region.x, hidden.y, hidden.x - region.x, hidden.height),
        Region(hidden.right, hidden.y, region.right - hidden.right, hidden.height),
        Region(region.x, hidden.bottom, region.width, region.bottom - hidden.bottom),
    )
    yield from (piece for piece in pieces if piece)


def _opaque(widget: Widget) -> Iterator[Region]:
    """Yield the regions in which a widget, or what is in it, hides what lies below."""
    if not widget.display:
        return
    if widget.styles.background.a or widget.styles.has_rule("border_top"):
        yield widget.region
        return
    for child in widget.children:
        yield from _opaque(child)
