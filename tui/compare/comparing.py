"""What the comparing key does, on a screen with a photo list and a photo pane."""

from __future__ import annotations

from textual import work

from engine.session.records import MatteRecord, PhotoRecord
from tui.browse.listing import Listing
from tui.compare.screen import CompareScreen
from tui.photo.pane import PhotoPane
from tui.reporting import reported


class Comparing(Listing):
    """The action that compares mattes; mixed into a screen."""

    @reported
    async def action_compare(self) -> None:
        """Compare the mattes of the photo under the cursor."""
        row = self.photo_list.current
        photo = row.photo if row else None
        if photo is None or photo.matte is None:
            self.app.tell("There is no matte to compare yet.", "warning")
            return
        mattes = await self.desk.call(self._mattes, photo)
        if len(mattes) < 2:
            key = self.app.key_name("work.adjust")
            self.app.tell(f"This photo has one matte. {key} makes another with its knobs.")
            return
        pane = self.query_one(PhotoPane)

        def answered(matte: MatteRecord | None) -> None:
            if matte is not None and self.app.may_change():
                self._use(photo, matte)

        self.app.push_screen(
            CompareScreen(photo, mattes, self.desk, pane.view, pane.zoom), answered
        )

    def _mattes(self, photo: PhotoRecord) -> list[MatteRecord]:
        """Return the mattes of a photo that there are files of; runs in the store's thread."""
        session = self.desk.session
        known = session.mattes(photo.sha256) if photo.sha256 else []
        return [matte for matte in known if session.matte_file(matte)]

    @work(group="judge")
    @reported
    async def _use(self, photo: PhotoRecord, matte: MatteRecord) -> None:
        if photo.matte is not None and matte.recipe_digest == photo.matte.recipe_digest:
            return
        await self.desk.call(self.desk.session.choose_matte, photo.id, matte.recipe_digest)
        undo = self.app.key_name("judge.undo")
        self.app.tell(
            f"The photo has this matte now, and waits for a verdict. {undo} takes it back."
        )
        await self.app.refresh_photos()
