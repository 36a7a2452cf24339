"""What is done with the files of photos: looking for them, opening them, moving them away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import work

from engine.session.records import PhotoRecord
from tui.browse.listing import Listing
from tui.browse.outside import open_outside
from tui.dialog import Confirm
from tui.reporting import reported
from tui.review.judging import called


class Filing(Listing):
    """Actions for a screen with a photo list; mixed into it."""

    @reported
    async def action_rescan(self) -> None:
        """Look for new, changed and missing files."""
        await self.app.scan()

    def action_copy_path(self) -> None:
        """Copy the photo's path."""
        row = self.photo_list.current
        if row is not None:
            self.app.copy_to_clipboard(str(self.desk.session.folder / row.photo.path))
            self.app.tell("Path copied.")

    @reported
    async def action_open_outside(self) -> None:
        """Open the photo in a program of its own."""
        row = self.photo_list.current
        if row is None:
            return
        path = self.desk.session.folder / row.photo.path
        if problem := await asyncio.to_thread(open_outside, path):
            self.app.tell(f"{problem}. {self.app.key_name('work.copy')} copies its path.")

    def action_trash(self) -> None:
        """Move the selection to the Trash, if that is really wanted."""
        photos = [photo for photo in self.photo_list.selection if not photo.missing]
        if not photos or not self.app.may_change():
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._discard(photos)

        undo = self.app.key_name("judge.undo")
        question = (
            f"Move {called(photos)} to the folder Trash of this session?\n"
            f"Nothing is deleted, and what is known is kept. {undo} brings all back."
        )
        self.app.push_screen(Confirm("To the Trash?", question), answered)

    @work(group="judge")
    @reported
    async def _discard(self, photos: Sequence[PhotoRecord]) -> None:
        await self.desk.call(self.desk.session.trash, [photo.id for photo in photos])
        undo = self.app.key_name("judge.undo")
        self.app.tell(f"Moved to the Trash: {called(photos)}. {undo} brings it back.")
        self.photo_list.clear_marks()
        await self.app.refresh_photos()
