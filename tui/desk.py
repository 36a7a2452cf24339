"""What all screens share: the session, what is known of its photos, and the work that is done.

The session's store is reached through one thread, in the order in which things are asked, so that
the interface never waits for a disk and an undo never overtakes a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from engine.errors import SessionEmpty, SessionError
from engine.session.records import PhotoRecord
from engine.session.session import Session
from tui.browse.states import State, state_of
from tui.photo.backend import Graphics
from tui.queue.crew import Crew
from tui.remembered import read_place, write_place

if TYPE_CHECKING:
    from engine.session.scan import ScanReport

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Desk:
    """The shared state of the workstation.

    Attributes
    ----------
    session : the session that is open
    graphics : how pictures are shown
    glyphs : the sign of each state
    crew : the worker processes and what they have to do
    photos : every photo, those that vanished during this run at the end
    loaded : whether the photos were read for the first time
    place : where the person is; it is taken up again at the next start
    """

    def __init__(
        self, session: Session, graphics: Graphics, glyphs: dict[State, str], crew: Crew
    ) -> None:
        self.session = session
        self.graphics = graphics
        self.glyphs = glyphs
        self.crew = crew
        self.photos: Sequence[PhotoRecord] = ()
        self.loaded = False
        self.place = self._kept_place = read_place(session.folder, session.person)
        self._revision: int | None = None
        self._store = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    def state_of(self, photo: PhotoRecord) -> State:
        """Return a photo's state, the queue considered."""
        return state_of(photo, self.crew.waiting, self.crew.running)

    async def call(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """Run a function of the session, after those that were asked for before."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._store, lambda: function(*args, **kwargs))

    async def reload(self) -> bool:
        """Read the photos again if anyone has changed anything; return whether someone has."""
        revision = await self.call(self.session.revision)
        if revision == self._revision:
            return False
        photos = await self.call(self._read_photos)
        self._revision = revision
        self.photos = photos
        self.loaded = True
        return True

    async def scan(self) -> ScanReport | None:
        """Look at the session's folder afresh; None where it holds no photos.

        Raises
        ------
        SessionError : the folder or its settings cannot be used
        """
        try:
            return await self.call(self.session.scan)
        except SessionEmpty:
            return None

    async def keep_place(self) -> None:
        """Write down where the person is, if that has changed since it was written."""
        if self.place != self._kept_place:
            await self.call(self._keep_place)

    def close(self) -> None:
        """End the workers and the store's thread; what is finished is kept."""
        self._store.submit(self._keep_place)
        self.crew.close()
        self._store.shutdown(wait=True)

    def _keep_place(self) -> None:
        """Write the place where it has changed; a session that is only looked at gets no file."""
        place = self.place
        if place == self._kept_place or self.session.readonly:
            return
        write_place(self.session.folder, self.session.person, place)
        self._kept_place = place

    def _read_photos(self) -> list[PhotoRecord]:
        """Return the photos that are there, and those seen before that have vanished since."""
        photos = self.session.photos()
        present = {photo.id for photo in photos}
        for photo in self.photos:
            if photo.id not in present:
                try:
                    photos.append(self.session.photo(photo.id))
                except SessionError:
                    continue
        return photos
