"""What all screens share: the session, what is known of its photos, and the work that is done.

The session's store is reached through one thread, in the order in which things are asked, so that
the interface never waits for a disk and an undo never overtakes a verdict. The folder is looked at
in another: reading ten thousand headers holds nothing up.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from engine.errors import SessionError
from engine.session.ordering import natural_key
from engine.session.records import Changes, PhotoRecord
from engine.session.session import Session
from engine.session.states import State, state_of
from engine.session.watch import Growing, Watcher
from tui.browse.index import PhotoIndex
from tui.photo.previews import PictureCache
from tui.queue.crew import Crew
from tui.remembered import read_place, write_place
from tui.season.watch import SeasonWatch
from tui.terminal.terminal import Terminal

if TYPE_CHECKING:
    from engine.session.scan import ScanReport

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Desk:
    """The shared state of the workstation.

    Attributes
    ----------
    session : the session that is open
    terminal : where everything is shown
    glyphs : the sign of each state
    crew : the worker processes and what they have to do
    pictures : those that were drawn last, for every screen
    index : every photo, those that vanished during this run among them
    reading : how many headers a scan has read and has to read; None while there is no scan
    place : where the person is; it is taken up again at the next start
    seasons : how the session's seasons stand
    """

    def __init__(
        self, session: Session, terminal: Terminal, glyphs: dict[State, str], crew: Crew
    ) -> None:
        self.session = session
        self.terminal = terminal
        self.glyphs = glyphs
        self.crew = crew
        self.pictures = PictureCache()
        self.index = PhotoIndex(self._state_now)
        self.reading: tuple[int, int] | None = None
        self.place = self._kept_place = read_place(session.folder, session.person)
        self.seasons = SeasonWatch(session.folder)
        self._looking = asyncio.Lock()
        self._revision: int | None = None
        self._closing = threading.Event()
        self._folder_news: Growing | None = None
        self._store = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._scanner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scan")

    @property
    def loaded(self) -> bool:
        """Whether the photos were read for the first time."""
        return self.index.loaded

    @property
    def photos(self) -> Sequence[PhotoRecord]:
        """Every photo, in the natural order of the paths."""
        return self.index.photos

    def state_of(self, photo: PhotoRecord) -> State:
        """Return a photo's state, the queue considered."""
        return self.index.states.get(photo.id) or self._state_now(photo)

    async def call(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """Run a function of the session, after those that were asked for before."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._store, lambda: function(*args, **kwargs))

    async def reload(self) -> set[int] | None:
        """Take in what anyone has changed; return which photos are others, None where none is."""
        changes = await self.call(self._read_changes)
        unchanged = self.loaded and not changes.photos and not changes.complete
        self._revision = changes.revision
        if unchanged:
            return None
        return self.index.update(changes.photos, complete=changes.complete)

    async def watch(self) -> None:
        """Start to follow the session's folder; the first scan comes after this."""
        loop = asyncio.get_running_loop()
        watcher = await loop.run_in_executor(self._scanner, Watcher, self.session)
        # Nobody waits for it at the end: a network drive may hold it for minutes.
        threading.Thread(
            target=watcher.watch, args=(self._note_news, self._closing), name="watch", daemon=True
        ).start()

    def folder_news(self) -> Growing | None:
        """Return, once, what the scan that is due has to leave; None while none is due."""
        news, self._folder_news = self._folder_news, None
        return news

    async def scan(self, leave: Collection[PurePosixPath] = frozenset()) -> ScanReport:
        """Look at the session's folder afresh.

        ``leave`` are files that are not ready yet: they stay as they are known. Whoever has shown
        what was found sets ``reading`` back to None.

        Raises
        ------
        SessionError : the folder or its settings cannot be used
        """
        self.reading = (0, 0)
        look = partial(self.session.scan, self._note_reading, leave, may_be_empty=True)
        return await asyncio.get_running_loop().run_in_executor(self._scanner, look)

    async def look_at_seasons(self, *, all_of_them: bool = False) -> bool:
        """Look how the seasons stand; return whether anything about them has changed.

        With ``all_of_them`` those that come with packshot are read as well.
        """
        async with self._looking:
            return await asyncio.to_thread(
                self.seasons.look, self.place.season, all_of_them=all_of_them
            )

    async def keep_place(self) -> None:
        """Write down where the person is, if that has changed since it was written."""
        if self.place != self._kept_place:
            await self.call(self._keep_place)

    def close(self) -> None:
        """End the workers and the threads; what is finished is kept."""
        self._closing.set()
        self._store.submit(self._keep_place)
        self.crew.close()
        self._store.shutdown(wait=True)
        self._scanner.shutdown(wait=True)

    def _state_now(self, photo: PhotoRecord) -> State:
        return state_of(photo, self.crew.waiting, self.crew.running)

    def _note_reading(self, done: int, total: int) -> None:
        """Note how far the scan is, and stop it when the desk is closed; called from its thread."""
        if self._closing.is_set():
            raise CancelledError
        self.reading = done, total

    def _note_news(self, growing: Growing) -> None:
        """Note that a scan is due; called from the thread that watches."""
        self._folder_news = growing

    def _keep_place(self) -> None:
        """Write the place where it has changed; a session that is only looked at gets no file."""
        place = self.place
        if place == self._kept_place or self.session.readonly:
            return
        write_place(self.session.folder, self.session.person, place)
        self._kept_place = place

    def _read_changes(self) -> Changes:
        """Return what is new, with those photos among all of them that have vanished since."""
        changes = self.session.changes(self._revision)
        if changes.complete:
            changes.photos.extend(self._vanished({photo.id for photo in changes.photos}))
        # Sorting is quick once the keys are known: they are made here, not in the interface.
        changes.photos.sort(key=lambda photo: natural_key(str(photo.path)))
        return changes

    def _vanished(self, present: set[int]) -> list[PhotoRecord]:
        found = []
        for photo_id in [each for each in self.index.order if each not in present]:
            try:
                found.append(self.session.photo(photo_id))
            except SessionError:
                continue
        return found
