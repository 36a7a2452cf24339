"""The terminal as the interface knows it: what it can do, what it holds, and whether it follows.

Everything here runs on the interface's event loop, but for ``heard``, which the thread that reads
the keys calls.
"""

from __future__ import annotations

import asyncio
import itertools
import math
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from textual.geometry import Region

from tui.terminal import kitty
from tui.terminal.choose import cell_size
from tui.terminal.graphics import Graphics
from tui.terminal.pace import FAST, SLOW, pace_after
from tui.terminal.passthrough import through_tmux
from tui.terminal.probe import CELL, DEVICE, cell_of, device_of
from tui.terminal.touched import cells_written
from tui.terminal.wire import Wire

_NUMBERS = 16  # of pictures, used in turns: two of each screen are alive at most
_FENCE_S = 10.0  # a terminal that does not say for so long that it follows is not waited for


class Panel(Protocol):
    """A part of the screen in which sixels are drawn."""

    region: Region

    def written_over(self, part: Region, loop: asyncio.AbstractEventLoop) -> None:
        """Take note that text was written over a part; called in the wire's thread."""


class Terminal:
    """The terminal of one workstation.

    Parameters
    ----------
    graphics : what it can do
    typed : what a person typed before anyone listened

    Attributes
    ----------
    graphics : as given; the cell's size follows the terminal's font
    pace : how much a picture may weigh
    measured : called when the cell has another size
    """

    def __init__(self, graphics: Graphics, typed: str = "") -> None:
        self.graphics = graphics
        self.typed = typed
        self.measured: Callable[[], None] = lambda: None
        self._wire: Wire | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.pace = SLOW if graphics.remote else FAST
        self._quickest = math.inf  # seconds until an answer came
        self._fences: deque[asyncio.Future[bool]] = deque()
        self._alive: set[int] = set()
        self._panels: set[Panel] = set()
        # Where other programs show pictures too, as in tmux, theirs have other numbers.
        first = random.randrange(1, kitty.NUMBERS - _NUMBERS)
        self._numbers = itertools.cycle(range(first, first + _NUMBERS))

    def connect(self, wire: Wire, loop: asyncio.AbstractEventLoop) -> None:
        """Write through a wire from now on."""
        self._wire, self._loop = wire, loop

    @property
    def gone(self) -> bool:
        """Whether nobody reads what is written."""
        return self._wire is not None and self._wire.gone

    # Pictures of kitty's protocol

    async def send_picture(self, png: str, columns: int, rows: int) -> int | None:
        """Send a picture; return its number once all of it was written, or nothing if it was not.

        ``png`` is the file in base64; ``columns`` and ``rows`` are the cells that it fills.
        """
        # A screen that is not shown keeps its picture: other pictures must not take its place.
        number = next(number for number in self._numbers if number not in self._alive)
        self._alive.add(number)
        if await self.send(kitty.transmit(number, png, columns, rows), kitty.BROKEN):
            return number
        self._alive.discard(number)
        return None

    def delete_picture(self, number: int) -> None:
        """Take a picture out of the terminal; frames that are drawn already come first."""
        if number not in self._alive or self._wire is None:
            return

        def deleted(whole: bool) -> None:
            if whole:  # otherwise it is the farewell's to delete
                self._alive.discard(number)

        self._wire.send([self._wrapped(kitty.delete(number))], deleted)

    def farewell(self) -> str:
        """Return what takes every picture out of the terminal.

        What is not sent yet never is, nor is what workers finish from now on, until ``resume``.
        """
        begun = self._wire.shut() if self._wire else ""
        alive, self._alive = self._alive, set()
        return begun + "".join(self._wrapped(kitty.delete(number)) for number in sorted(alive))

    def resume(self) -> None:
        """Send pictures again."""
        if self._wire:
            self._wire.open()

    # Sixels

    def watch(self, panel: Panel) -> None:
        """Tell a panel from now on when something is written over it."""
        self._panels.add(panel)
        if self._wire:
            self._wire.wrote = self._look_at_frame

    def unwatch(self, panel: Panel) -> None:
        """Tell it no more."""
        self._panels.discard(panel)

    async def draw(
        self, pieces: Sequence[tuple[int, int, bytes]], holds: Callable[[], bool]
    ) -> bool:
        """Draw sixels at columns and rows of the screen; return whether they were written.

        ``holds`` is asked when it is their turn: something may have come to lie there.
        """
        commands = [
            f"\x1b7\x1b[{row + 1};{column + 1}H{sixels.decode()}\x1b8"
            for column, row, sixels in pieces
        ]
        return await self.send(commands, holds=holds)

    def _look_at_frame(self, frame: str) -> None:
        """See whether a frame is written over a panel; in the wire's thread."""
        if not self._panels or self._loop is None:
            return
        written = [Region(first, row, last - first, 1) for row, first, last in cells_written(frame)]
        for panel in tuple(self._panels):
            parts = [region.intersection(panel.region) for region in written]
            if over := [part for part in parts if part]:
                panel.written_over(Region.from_union(over), self._loop)

    # What goes out and comes in

    async def send(
        self,
        commands: Sequence[str],
        broken: str = "",
        holds: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Send commands between the frames; return whether all of them were written."""
        wire, loop = self._wire, self._loop
        if wire is None or loop is None:
            return True
        written: asyncio.Future[bool] = loop.create_future()

        def tell(whole: bool) -> None:
            if not written.done():
                written.set_result(whole)

        def done(whole: bool) -> None:
            loop.call_soon_threadsafe(tell, whole)

        wire.send([self._wrapped(part) for part in commands], done, self._wrapped(broken), holds)
        return await written

    @contextmanager
    def pacing(self) -> Iterator[Callable[[], Awaitable[None]]]:
        """Judge the line by what is written in the context.

        Yields what waits until the terminal has read all of it: who sends the next picture only
        then never fills a slow line with pictures that nobody wants to see any more.
        """
        began, before = time.monotonic(), self._written

        async def followed() -> None:
            if await self._fence():
                seconds = time.monotonic() - began
                self._quickest = min(self._quickest, seconds)
                size = self._written - before
                self.pace = pace_after(self.pace, size, seconds - self._quickest)

        yield followed

    @property
    def _written(self) -> int:
        return self._wire.written if self._wire else 0

    async def _fence(self) -> bool:
        """Wait until the terminal has read everything; return whether it says that it has."""
        if not (self._loop and self._wire and self.graphics.answers):
            return False
        loop, fence = self._loop, self._loop.create_future()
        self._fences.append(fence)

        def asked(whole: bool) -> None:
            if not whole:
                loop.call_soon_threadsafe(self._give_up, fence)

        self._wire.send([DEVICE], asked)
        try:
            return await asyncio.wait_for(fence, _FENCE_S)
        except TimeoutError:
            self._fences.clear()
            return False

    def _give_up(self, fence: asyncio.Future[bool]) -> None:
        """Wait no longer for the answer to a question that was never asked."""
        if fence in self._fences:
            self._fences.remove(fence)
            fence.set_result(False)

    def heard(self, reply: str) -> None:
        """Take an answer of the terminal; called from any thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._take, reply)

    def remeasure(self) -> None:
        """See whether a character has another size now, as after a change of the font."""
        if size := cell_size():
            self._set_cell(size)
        elif self._wire and self.graphics.answers:
            self._wire.send([CELL], lambda _: None)

    def _take(self, reply: str) -> None:
        if device_of([reply]) is not None:
            if self._fences and not (fence := self._fences.popleft()).done():
                fence.set_result(True)
        elif size := cell_of(reply):
            self._set_cell(size)

    def _set_cell(self, size: tuple[int, int]) -> None:
        if size != self.graphics.cell:
            self.graphics = replace(self.graphics, cell=size)
            self.measured()

    def _wrapped(self, command: str) -> str:
        return through_tmux(command) if command and self.graphics.tmux else command
