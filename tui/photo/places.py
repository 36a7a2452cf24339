"""Which place of a photo a cell of the panel shows."""

from __future__ import annotations

from tui.photo.minimap import map_size, place_on_map
from tui.photo.request import Drawing

Cell = tuple[int, int]
"""Column and row in a panel."""


def point_of(
    drawing: Drawing, panel: tuple[int, int], cell: tuple[int, int], at: Cell
) -> tuple[float, float]:
    """Return the middle of a cell in pixels from the left upper corner of the picture.

    Parameters
    ----------
    drawing : what the panel shows, in its middle
    panel : width and height of the panel in cells
    cell : those of a cell in pixels
    at : which cell of the panel
    """
    size = size_of(drawing)
    covered = drawing.columns, drawing.rows
    across, down = (
        (place + 0.5 - (room - cells) // 2) * pixels - (cells * pixels - side) / 2
        for place, room, cells, pixels, side in zip(at, panel, covered, cell, size, strict=True)
    )
    return across, down


def size_of(drawing: Drawing) -> tuple[int, int]:
    """Return width and height of the picture in pixels of the panel."""
    left, top, right, bottom = drawing.region
    return round((right - left) * drawing.zoom), round((bottom - top) * drawing.zoom)


def pixel_at(drawing: Drawing, point: tuple[float, float]) -> tuple[int, int] | None:
    """Return the photo's pixel at a point of the picture; nothing beside it."""
    width, height = size_of(drawing)
    if not (0 <= point[0] < width and 0 <= point[1] < height):
        return None
    left, top, right, bottom = drawing.region
    across = left + int(point[0] / drawing.zoom)
    down = top + int(point[1] / drawing.zoom)
    return min(across, right - 1), min(down, bottom - 1)


def share_on_map(
    drawing: Drawing, box: tuple[int, int], point: tuple[float, float]
) -> tuple[float, float] | None:
    """Return the place, in shares of the photo, that a point means which lies on the map.

    ``box`` is the size of the panel in pixels.
    """
    size = map_size(box, drawing.photo_size, drawing.region)
    return None if size is None else place_on_map(point, size_of(drawing), size)
