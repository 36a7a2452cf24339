"""Noticing by itself that a session's folder holds other photos than before.

The folder is looked at again and again, since network drives tell nobody when something changes.
A look costs little: folders whose time has not changed are not listed, but now and then all are,
for a file may be written over in place. A file counts once its size and time have held for two
looks, so that nothing is taken that is still being copied.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import PurePosixPath

from engine.errors import SessionError
from engine.session.layout import CONFIG_NAME
from engine.session.opening import listing_of
from engine.session.session import Session

PAUSE = 2.0
"""Seconds between two looks at a small folder."""

_SHARE = 20  # a look may take this part of the time, so that a slow drive is not kept busy
_LISTED_EVERY = 8  # looks, however quiet the folders are

Stamp = tuple[int, int]
"""Bytes and time of the last change."""

Growing = frozenset[PurePosixPath]
"""Files that are not ready: still being copied, or gone for a moment only."""


class Watcher:
    """Looks at the folder of a session.

    Parameters
    ----------
    session : it is scanned for the first time after this, so that nothing falls in between
    pause : seconds between two looks, at least
    """

    def __init__(self, session: Session, pause: float = PAUSE) -> None:
        self._session = session
        self._pause = pause
        self._took = 0.0
        self._looks = 0
        self._folders: dict[str, int] = {}
        self._growing: Growing = frozenset()
        self._settings = self._time_of(CONFIG_NAME)
        self._known = self._last = self._stamps() or {}

    def look(self) -> Growing | None:
        """Look once; return None where nothing is new, else the files that a scan has to leave."""
        started = time.monotonic()
        news = self._look()
        self._took = time.monotonic() - started
        return news

    def watch(self, changed: Callable[[Growing], None], stop: threading.Event) -> None:
        """Look until ``stop`` is set; tell each time what a scan has to leave."""
        while not stop.wait(self._seconds()):
            news = self.look()
            if news is not None:
                changed(news)

    def _look(self) -> Growing | None:
        settings, self._settings = self._settings, self._time_of(CONFIG_NAME)
        stamps = None if self._is_quiet() else self._stamps()
        # A folder that is suddenly empty is a drive that went away; a scan by hand is still free.
        if not stamps:
            return self._growing if settings != self._settings else None
        previous, self._last = self._last, stamps
        differing = {path for path, _ in self._known.items() ^ stamps.items()}
        settled = {path for path in differing if previous.get(path) == stamps.get(path)}
        self._growing = frozenset(differing - settled)
        for path in settled:
            if path in stamps:
                self._known[path] = stamps[path]
            else:
                del self._known[path]
        return self._growing if settled or settings != self._settings else None

    def _seconds(self) -> float:
        """Return how long to wait: less where something is about to be ready."""
        pause = self._pause / 2 if self._growing else self._pause
        return max(pause, _SHARE * self._took)

    def _is_quiet(self) -> bool:
        """Whether no folder has changed; now and then that is not believed."""
        self._looks += 1
        if self._growing or self._looks % _LISTED_EVERY == 0:
            return False
        return all(self._time_of(folder) == known for folder, known in self._folders.items())

    def _stamps(self) -> dict[PurePosixPath, Stamp] | None:
        """List the folder; None where it cannot be reached."""
        try:
            listing = listing_of(self._session.folder, self._session.config)
        except SessionError:
            return None
        self._folders = listing.folders
        return {file.path: (file.bytes, file.mtime_ns) for file in listing.files}

    def _time_of(self, relative: str) -> int | None:
        try:
            return os.stat(self._session.folder / relative).st_mtime_ns  # noqa: PTH116 - speed
        except OSError:
            return None
