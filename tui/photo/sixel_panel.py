"""Keeps a sixel picture in its place on the screen.

The picture is drawn over the cells, between two frames. A frame that is written over part of it
takes that part away: a dialog, a notice, or the surround again when they have gone. What is lost
and not covered is then drawn anew, and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from textual.geometry import Region

from tui.photo.covers import without
from tui.photo.request import Drawing, PartsJob
from tui.terminal.terminal import Terminal

_NOTHING = Region()
_TOGETHER_S = 0.03  # a dialog that is closed is several frames


class SixelPanel:
    """A sixel picture that fills a region of the screen.

    Parameters
    ----------
    terminal : where it is drawn
    make_parts : has parts of a picture encoded by a worker
    covers : tells what lies over the region
    place : tells where the picture belongs, in cells of the screen

    Attributes
    ----------
    region : where it was put, in cells of the screen; the thread that writes reads it
    """

    def __init__(
        self,
        terminal: Terminal,
        make_parts: Callable[[PartsJob], Future[list[bytes]]],
        covers: Callable[[], Sequence[Region]],
        place: Callable[[], Region],
    ) -> None:
        self.region = _NOTHING
        self._terminal = terminal
        self._make_parts = make_parts
        self._covers = covers
        self._place = place
        self._drawing: Drawing | None = None
        self._lost = _NOTHING
        self._touches = 0
        self._repairing: asyncio.Task[None] | None = None

    async def show(self, drawing: Drawing) -> None:
        """Draw a picture of its place's size; it stays until another comes, or none."""
        self._drawing = drawing
        self._lost = self.region = self._place()
        self._terminal.watch(self)
        await self._repair()

    def clear(self) -> None:
        """Keep nothing any more; the cells have to be written over."""
        self._drawing, self._lost = None, _NOTHING
        self._terminal.unwatch(self)

    def written_over(self, part: Region, loop: asyncio.AbstractEventLoop) -> None:
        """Take note that a frame was written over a part; called by the thread that wrote it."""
        self._touches += 1
        loop.call_soon_threadsafe(self._lose, part)

    def _lose(self, part: Region) -> None:
        self._lost = self._lost.union(part) if self._lost else part
        if self._repairing is None or self._repairing.done():
            self._repairing = asyncio.create_task(self._repair_soon())

    async def _repair_soon(self) -> None:
        """Draw what is lost, once the frames that come together are there."""
        await asyncio.sleep(_TOGETHER_S)
        await self._repair()

    async def _repair(self) -> None:
        """Draw what is lost and free, until nothing is."""
        while (drawing := self._drawing) is not None and self._lost:
            before, place = self._touches, self._place()
            if place != self.region:  # where it was, a frame has been or will be written
                self._lost = self.region = place
            lost = self._lost
            free = without(lost, self._covers())
            if not free or (drawing.columns, drawing.rows) != place.size:
                return  # what covers it will be written over; another size gets another picture
            self._lost = _NOTHING
            pieces = await self._pieces(drawing, free)
            untouched = partial(self._is_untouched, before)
            drawn = drawing is self._drawing and await self._terminal.draw(pieces, untouched)
            if not drawn and not self._terminal.gone:
                self._lost = self._lost.union(lost) if self._lost else lost

    def _is_untouched(self, before: int) -> bool:
        return self._touches == before

    async def _pieces(
        self, drawing: Drawing, parts: Sequence[Region]
    ) -> list[tuple[int, int, bytes]]:
        """Return parts of the picture, in cells of the screen, with their places."""
        if parts == [self.region]:
            return [(self.region.x, self.region.y, drawing.data)]
        width, height = self._terminal.graphics.cell
        moved = [part.translate((-self.region.x, -self.region.y)) for part in parts]
        boxes = tuple(
            (part.x * width, part.y * height, part.right * width, part.bottom * height)
            for part in moved
        )
        made = await asyncio.wrap_future(self._make_parts(PartsJob(drawing.source, boxes)))
        return [(part.x, part.y, data) for part, data in zip(parts, made, strict=True)]
