"""What the Deliver screen knows: which files there are, how each stands, and which one is shown."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from engine.session.records import PhotoRecord
from tui.browse.filtering import Filtering
from tui.deliver.marks import FileMark, file_mark
from tui.deliver.outlook import FileKey, Outlook, read_outlook
from tui.deliver.plan_list import shown_marks
from tui.queue.trials import Trial
from tui.reporting import reported
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.ready import Readiness

_GATHER_SECONDS = 0.1  # changes that are read together
_REST = 4.0  # how many times as long as reading takes it is left alone while a batch goes on
_MOST_REST_SECONDS = 3.0


class Planning(Filtering):
    """The files of what is delivered, read anew when anything has changed; mixed into a screen.

    Attributes
    ----------
    outlook : every file
    known : whether the files were read for the first time
    preset_name : the preset that is shown; empty where there is none
    """

    outlook = Outlook()
    known = False
    preset_name = ""
    _due: Timer | None = None
    _took = 0.0

    @property
    def is_reading(self) -> bool:
        """Whether anything is new that was not read yet."""
        return self._due is not None or not self.known

    def write(self) -> None:
        """Write all that is said of what is shown."""
        raise NotImplementedError

    @property
    def photo(self) -> PhotoRecord | None:
        """The photo under the cursor."""
        row = self.photo_list.current
        return row.photo if row else None

    def read_soon(self) -> None:
        """Read how the files stand, when the changes that come together have come."""
        if self._due is None:
            batch = self.desk.crew.exporting.progress.busy
            rest = min(_REST * self._took, _MOST_REST_SECONDS) if batch else 0.0
            self._due = self.set_timer(max(_GATHER_SECONDS, rest), self._read)

    @work(group="outlook")
    @reported
    async def _read(self) -> None:
        self._due = None
        try:
            self.outlook = await self._looked()
        finally:
            self.known = True
            names = self.outlook.names
            if self.preset_name not in names:
                self.preset_name = next(iter(names), "")
            if self.is_attached:
                self.photo_list.refresh()
                self.write_frame()
                self.write()

    async def _looked(self) -> Outlook:
        """Return how the files stand now, and note how long it took to find out."""
        desk = self.desk
        await desk.look_at_seasons()
        season = desk.seasons.season
        started = time.monotonic()
        outlook = await desk.call(
            read_outlook, desk.session, season.name if season else None, desk.place.presets
        )
        self._took = time.monotonic() - started
        return outlook

    @property
    def file(self) -> Readiness | None:
        """The file that is shown."""
        photo = self.photo
        return self.outlook.files.get((photo.id, self.preset_name)) if photo else None

    def trial(self, file: Readiness) -> Trial | None:
        """Return what is known of a file from having been made once, if anything is."""
        return self.desk.crew.trials.of(file.job) if file.job else None

    def mark(self, key: FileKey) -> FileMark | None:
        """Return how a file stands; None where it is not planned."""
        file = self.outlook.files.get(key)
        if file is None:
            return None
        lane = self.desk.crew.exporting
        under_way = key[0] in lane.waiting or key[0] in lane.running
        return file_mark(file, self.trial(file), under_way=under_way and file.state != "blocked")

    def marks_of(self, photo_id: int) -> list[FileMark]:
        """Return how the files of a photo stand that its line marks."""
        names = shown_marks(self.outlook.names, self.preset_name)
        return [mark for name in names if (mark := self.mark((photo_id, name)))]

    def why_empty(self) -> str:
        """Return why no file is shown."""
        choose = self.app.key_name("deliver.choose")
        outlook = self.outlook
        if not self.known:
            return "Reading how the files stand…"
        if outlook.problem:
            return safe(outlook.problem)
        if not outlook.presets:
            return f"There is no season here.\n{choose} chooses a season, or single presets."
        return "There are no photos here."
