"""Reads the pixel under a cursor: the last place that was asked for, and no other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future

from engine.errors import REPORTED
from engine.work.jobs import Sample, SampleJob

_logger = logging.getLogger(__name__)


class Readout:
    """What was found at the place that was asked for last.

    Parameters
    ----------
    submit : hands a request to a worker process
    changed : called when something was found

    Attributes
    ----------
    sample : the pixel; None until it is read, and where it cannot be
    """

    def __init__(
        self, submit: Callable[[SampleJob], Future[Sample]], changed: Callable[[], None]
    ) -> None:
        self.sample: Sample | None = None
        self._submit = submit
        self._changed = changed
        self._wanted: SampleJob | None = None
        self._task: asyncio.Task[None] | None = None

    def ask(self, job: SampleJob | None) -> None:
        """Have a pixel read; None: none."""
        if job == self._wanted:
            return
        self._wanted = job
        if job is None:
            self.sample = None
        elif self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read())

    def close(self) -> None:
        """End what is under way."""
        self._wanted = None
        if self._task:
            self._task.cancel()

    async def _read(self) -> None:
        done: SampleJob | None = None
        while (job := self._wanted) is not None and job != done:
            try:
                found = await asyncio.wrap_future(self._submit(job))
            except REPORTED:
                found = None  # the picture's place says what is wrong with the photo
            except Exception:
                _logger.exception("no pixel of %s", job.photo)
                found = None
            done = job
            if self._wanted == job:
                self.sample = found
                self._changed()
