"""Pictures on request: drawn by a worker process, kept in memory, the last request first.

Whoever scrolls asks for more pictures than can be drawn or sent. Only the last request counts: what
was asked for in between reaches neither the worker nor the terminal. A picture comes twice, first
with half the pixels, then sharp once the person has come to rest.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import NamedTuple, Protocol

from engine.errors import REPORTED, WorkerDied
from tui.photo.request import Drawing, PictureJob
from tui.terminal.pace import FAST

Submit = Callable[[PictureJob], Future[Drawing]]
Key = tuple[PictureJob, int]

CACHE_BYTES = 64 * 1024 * 1024
DEBOUNCE = 0.03
"""Seconds for which a request has to stand before the worker gets it."""

REST = 0.15
"""Seconds for which it has to stand before the sharp picture is wanted."""

HURRY = 0.3
"""Seconds between two requests below which a key is held, or pressed again and again."""

BETWEEN = 0.1
"""Seconds between pictures that are shown while a key is held."""

_logger = logging.getLogger(__name__)


class PictureScreen(Protocol):
    """Where pictures are shown."""

    @property
    def drawing(self) -> Drawing | None:
        """What is on the screen."""

    async def put_up(self, job: PictureJob, drawing: Drawing) -> None:
        """Show a picture; return when the terminal has it."""

    def give_up(self, job: PictureJob, problem: str) -> None:
        """Say in a sentence why there is none."""


class PictureCache:
    """The pictures used last, up to a number of bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Key, Drawing] = OrderedDict()

    def get(self, key: Key) -> Drawing | None:
        """Return a picture and count it as used."""
        drawing = self._kept.get(key)
        if drawing is not None:
            self._kept.move_to_end(key)
        return drawing

    def put(self, key: Key, drawing: Drawing) -> None:
        """Keep a picture; the ones not used for longest make room."""
        if key in self._kept:
            return
        self._kept[key] = drawing
        self._size += len(drawing.data)
        while self._size > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped.data)


class Previews:
    """Draws and shows the picture that was asked for last, then draws those wanted next.

    Parameters
    ----------
    submit : hands a request to a worker process
    screen : where pictures are shown
    cache : of pictures that were drawn
    """

    def __init__(self, submit: Submit, screen: PictureScreen, cache: PictureCache) -> None:
        self._submit = submit
        self._screen = screen
        self._cache = cache
        self._wanted: _Wanted | None = None
        self._ahead: Sequence[Key] = ()
        self._asked = self._showed = -math.inf
        self._hurried = False
        self._failed: dict[Key, str] = {}
        self._tried_again: set[Key] = set()
        self._drawing = _Round(self._draw_all)
        self._showing = _Round(self._show_all)

    def ask(self, job: PictureJob, stamp: int, ahead: Sequence[Key] = ()) -> None:
        """Ask for a picture.

        Parameters
        ----------
        job : what to show
        stamp : changes when the photo's file does
        ahead : requests that will probably come next, drawn when there is nothing else to do
        """
        key, before = (job, stamp), self._wanted
        if before and job.is_like(before.sharp[0]) and stamp == before.sharp[1]:
            # Where the line turns out slower or faster, the quick picture is as good as another.
            self._wanted = before._replace(sharp=key)
        else:
            self._wanted = _Wanted(_quick(key), key)
            now = time.monotonic()
            self._hurried, self._asked = now < self._asked + HURRY, now
            for each in self._wanted:
                self._failed.pop(each, None)
        self._ahead = ahead
        if problem := self._failed.get(key):
            self._screen.give_up(job, problem)  # who asks again has put the sentence away
        self._wake()

    def wants(self, job: PictureJob) -> bool:
        """Return whether a picture, quick or sharp, is still the one to be shown."""
        return self._wanted is not None and any(job == each for each, _ in self._wanted)

    def forget(self) -> None:
        """Want nothing any more."""
        self._wanted, self._ahead = None, ()

    def close(self) -> None:
        """End what is under way."""
        self.forget()
        self._drawing.end()
        self._showing.end()

    def _wake(self) -> None:
        self._drawing.wake()
        self._showing.wake()

    # Drawing

    async def _draw_all(self) -> None:
        while (following := self._to_draw()) is not None:
            key, due = following
            if not await self._drawing.overtaken(due):
                await self._draw(key)

    def _to_draw(self) -> tuple[Key, float] | None:
        """Return what the worker should draw next, and when: what is wanted before what may be."""
        if self._wanted is None:
            return None
        now, rested = self._asked + DEBOUNCE, self._asked + REST
        wanted, ahead = self._wanted, self._ahead
        order = [(wanted.quick, now), (wanted.sharp, rested)]
        order += [(_quick(key), rested) for key in ahead] + [(key, rested) for key in ahead]
        return next(((key, due) for key, due in order if not self._is_settled(key)), None)

    def _is_settled(self, key: Key) -> bool:
        """Whether a picture need not be drawn: it is there, or a better one, or it cannot be."""
        quick, sharp = self._cache.get(_quick(key)), self._cache.get(_sharp(key))
        enough = quick is not None and (quick.final or key[0].quick)
        return key in self._failed or sharp is not None or enough

    async def _draw(self, key: Key) -> None:
        """Have a picture drawn; say what is wrong, if it is still wanted."""
        job = key[0]
        try:
            drawing = await asyncio.wrap_future(self._submit(job))
        except WorkerDied as error:
            if key in self._tried_again:
                self._fail(key, error.problem)
            self._tried_again.add(key)  # it may have been another's fault, as a want of memory
        except REPORTED as error:
            _, problem, remedy = error.args
            self._fail(key, f"{problem}. {remedy}")
        except Exception:
            _logger.exception("no picture of %s", job.photo)
            self._fail(key, "this picture cannot be drawn, which is packshot's fault: see the log.")
        else:
            self._cache.put(key, drawing)
            self._wake()

    def _fail(self, key: Key, text: str) -> None:
        self._failed |= dict.fromkeys((_quick(key), _sharp(key)), text)
        if self.wants(key[0]):
            self._screen.give_up(key[0], text)

    # Showing

    async def _show_all(self) -> None:
        while (best := self._to_show()) is not None:
            job, drawing, due = best
            if await self._showing.overtaken(due):
                continue
            await self._screen.put_up(job, drawing)
            self._showed = time.monotonic()
            if self._screen.drawing is not drawing and self.wants(job):
                return  # there is no screen any more

    def _to_show(self) -> tuple[PictureJob, Drawing, float] | None:
        """Return the best picture that is there and not shown, and when it may be."""
        if self._wanted is None:
            return None
        job, shown = self._wanted.sharp[0], self._screen.drawing
        quick, sharp = (self._cache.get(each) for each in self._wanted)
        soon = self._showed + BETWEEN
        # Who looks again at what was seen before, and does not hurry, needs no quick picture first.
        calm = job.form.pace == FAST and not self._hurried
        if sharp is not None and (calm or quick is None or quick is shown):
            due = soon if calm else max(soon, self._asked + REST)
            return None if sharp is shown else (job, sharp, due)
        if quick is None or quick is shown or (sharp is not None and sharp is shown):
            return None
        return self._wanted.quick[0], quick, soon


class _Wanted(NamedTuple):
    """The picture that is wanted, quick and sharp."""

    quick: Key
    sharp: Key


class _Round:
    """Work that is done until nothing is left, and begins again when something new is asked for."""

    def __init__(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        self._work = work
        self._asked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Begin, or look again at what is to be done."""
        self._asked.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    def end(self) -> None:
        """Leave off."""
        if self._task:
            self._task.cancel()

    async def overtaken(self, due: float) -> bool:
        """Wait until a time; return early, and True, where it was woken meanwhile."""
        self._asked.clear()
        try:
            await asyncio.wait_for(self._asked.wait(), max(0.0, due - time.monotonic()))
        except TimeoutError:
            return False
        return True


def _quick(key: Key) -> Key:
    return replace(key[0], quick=True), key[1]


def _sharp(key: Key) -> Key:
    return replace(key[0], quick=False), key[1]
