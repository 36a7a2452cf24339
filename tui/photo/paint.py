"""Turns a picture's pixels into lines of the screen, for each backend.

A painting covers whole cells. What is left of the last column and row shows the surround. Kitty
pictures live in the terminal under a number until they are released; the other backends keep
nothing there. ``paint`` may run in any thread: it touches no widget.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from engine.work.jobs import Picture
from tui.photo.backend import Backend, Graphics

_KITTY_LIMIT = 297  # cells on a side; placeholders have no marks for more


@dataclass(frozen=True)
class Painting:
    """A picture, ready for the screen.

    Attributes
    ----------
    lines : one strip of ``columns`` cells per row
    columns : width in cells
    overlay : control text that draws the picture from its top left cell (sixel), or nothing
    release : takes the picture out of the terminal's memory
    """

    lines: list[Strip]
    columns: int
    overlay: str = ""
    release: Callable[[], None] = field(default=lambda: None)

    @property
    def rows(self) -> int:
        """Height in cells."""
        return len(self.lines)


def paint(
    picture: Picture, graphics: Graphics, surround: tuple[int, int, int] = (0, 0, 0)
) -> Painting:
    """Paint a picture; with kitty this also sends it to the terminal.

    Parameters
    ----------
    picture : what to paint
    graphics : how this terminal shows pictures
    surround : the colour (0…255) around the picture, for cells that it covers in part
    """
    if graphics.backend is Backend.HALFCELL:
        # NumPy is slow to import: it comes with the first picture, in the picture's thread.
        from tui.photo.blocks import block_strips  # noqa: PLC0415

        strips = block_strips(picture.rgb, picture.width, picture.height, surround)
        return Painting(strips, strips[0].cell_length)
    columns, rows = _cells(picture, graphics.cell)
    image = _padded(picture, columns * graphics.cell[0], rows * graphics.cell[1])
    if graphics.backend is Backend.KITTY:
        return _paint_kitty(image, min(columns, _KITTY_LIMIT), min(rows, _KITTY_LIMIT))
    return _paint_sixel(image, columns, rows)


def _cells(picture: Picture, cell: tuple[int, int]) -> tuple[int, int]:
    """Return how many columns and rows a picture covers, the last ones perhaps in part."""
    return -(-picture.width // cell[0]), -(-picture.height // cell[1])


def _padded(picture: Picture, width: int, height: int) -> Image.Image:
    """Return the picture on a transparent ground of whole cells, so that nothing is rescaled."""
    pixels = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    if pixels.size == (width, height):
        return pixels
    ground = Image.new("RGBA", (width, height))
    ground.paste(pixels, ((width - picture.width) // 2, (height - picture.height) // 2))
    return ground


def _paint_kitty(image: Image.Image, columns: int, rows: int) -> Painting:
    from textual_image.renderable import TGPImage  # noqa: PLC0415 - importing asks the terminal

    renderable = TGPImage(image, columns, rows)
    lines = _render(renderable, columns, rows)
    strips = [Strip(line, columns) for line in lines[:rows]]
    return Painting(strips, columns, release=renderable.cleanup)


def _paint_sixel(image: Image.Image, columns: int, rows: int) -> Painting:
    from textual_image.renderable import SixelImage  # noqa: PLC0415 - importing asks the terminal

    segments = [
        segment
        for line in _render(SixelImage(image, columns, rows), columns, rows)
        for segment in line
    ]
    overlay = "".join(segment.text for segment in segments if segment.text.startswith("\x1bP"))
    return Painting([Strip.blank(columns)] * rows, columns, overlay)


def _render(renderable: object, columns: int, rows: int) -> list[list[Segment]]:
    """Return a renderable's segments line by line, control segments included."""
    console = Console(file=io.StringIO(), width=columns, height=rows, color_system="truecolor")
    options = console.options.update(width=columns, height=rows)
    return list(Segment.split_lines(console.render(renderable, options)))  # type: ignore[arg-type]  # textual-image is untyped
