"""What is done with the files of photos: looking for them, opening them elsewhere."""

from __future__ import annotations

import asyncio

from tui.browse.listing import Listing
from tui.browse.outside import open_outside
from tui.reporting import reported


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
