"""Pictures on request: made by a worker process, kept in memory, one under way at a time.

Whoever scrolls asks for more pictures than can be made. Only the last request counts: what was
asked for in between is dropped before it reaches the worker.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from engine.errors import REPORTED
from engine.work.jobs import Picture, PreviewJob

Submit = Callable[[PreviewJob], Future[Picture]]
Key = tuple[PreviewJob, int]

CACHE_BYTES = 192 * 1024 * 1024
DEBOUNCE = 0.03
"""Seconds for which a request has to stand before the worker gets it."""


class PictureCache:
    """The pictures used last, up to a number of bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Key, Picture] = OrderedDict()

    def get(self, key: Key) -> Picture | None:
        """Return a picture and count it as used."""
        picture = self._kept.get(key)
        if picture is not None:
            self._kept.move_to_end(key)
        return picture

    def put(self, key: Key, picture: Picture) -> None:
        """Keep a picture; the ones not used for longest make room."""
        if key in self._kept:
            return
        self._kept[key] = picture
        self._size += len(picture.rgb)
        while self._size > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped.rgb)


class Previews:
    """Makes the picture that was asked for last, then those that will be wanted next.

    Parameters
    ----------
    submit : hands a request to a worker process
    show : called with each picture that was asked for, unless another was asked for since
    fail : called with a sentence when the picture cannot be made
    cache : shared by all screens
    """

    def __init__(
        self,
        submit: Submit,
        show: Callable[[PreviewJob, Picture], None],
        fail: Callable[[PreviewJob, str], None],
        cache: PictureCache,
    ) -> None:
        self._submit = submit
        self._show = show
        self._fail = fail
        self._cache = cache
        self._wanted: Key | None = None
        self._ahead: Sequence[Key] = ()
        self._failed: set[Key] = set()
        self._task: asyncio.Task[None] | None = None

    def ask(self, job: PreviewJob, stamp: int, ahead: Sequence[Key] = ()) -> None:
        """Ask for a picture.

        Parameters
        ----------
        job : what to show
        stamp : changes when the photo's file does
        ahead : requests that will probably come next, made when there is nothing else to do
        """
        self._wanted = (job, stamp)
        self._ahead = ahead
        self._failed.discard(self._wanted)
        if picture := self._cache.get(self._wanted):
            self._show(job, picture)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    def forget(self) -> None:
        """Want nothing any more."""
        self._wanted, self._ahead = None, ()

    async def _work(self) -> None:
        while (key := self._next()) is not None:
            if key == self._wanted:
                await asyncio.sleep(DEBOUNCE)
                if key != self._wanted:
                    continue
            await self._make(key)

    def _next(self) -> Key | None:
        """Return what the worker should make now: what is wanted before what may be."""
        keys = [self._wanted, *self._ahead] if self._wanted else []
        return next(
            (key for key in keys if key and key not in self._failed and not self._cache.get(key)),
            None,
        )

    async def _make(self, key: Key) -> None:
        """Have a picture made; show it, or say what is wrong, if it is still wanted."""
        job = key[0]
        try:
            picture = await asyncio.wrap_future(self._submit(job))
        except REPORTED as error:
            self._failed.add(key)
            if key == self._wanted:
                _, problem, remedy = error.args
                self._fail(job, f"{problem}. {remedy}")
            return
        self._cache.put(key, picture)
        if key == self._wanted:
            self._show(job, picture)
