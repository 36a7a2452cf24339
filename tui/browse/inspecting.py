"""What the inspector shows on a screen with a photo list: its column, and its panel on a key."""

from __future__ import annotations

import asyncio

from textual import work

from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.session.states import State
from tui.browse.inspector import InspectorColumn, InspectorPanel
from tui.browse.listing import Listing
from tui.browse.told_history import Past
from tui.reporting import reported


class Inspecting(Listing):
    """The action of the inspector; mixed into a screen that has its column."""

    @reported
    async def action_inspect(self) -> None:
        """Tell all that is known of the photo under the cursor."""
        row = self.photo_list.current
        if row is None:
            return
        desk, photo = self.desk, row.photo
        state = desk.state_of(photo)
        past = await desk.call(_past, desk.session, photo)
        panel = InspectorPanel(photo, state, desk.glyphs[state], past)
        self.app.push_screen(panel)
        self._read_exif(panel, photo)

    @work(group="exif", exclusive=True)
    @reported
    async def _read_exif(self, panel: InspectorPanel, photo: PhotoRecord) -> None:
        if photo.missing or photo.problem:
            table: tuple[tuple[str, str], ...] = ()
        else:
            path = self.desk.session.folder / photo.path
            table = await asyncio.wrap_future(self.desk.crew.details(path))
        if panel.is_attached:
            panel.show_exif(table)

    @work(group="column", exclusive=True)
    async def fill_column(self, photo: PhotoRecord | None, state: State, glyph: str) -> None:
        """Describe a photo in the column."""
        past = None
        if photo and photo.deliveries:
            deliveries = await self.desk.call(self.desk.session.deliveries.of, photo.id)
            past = Past(deliveries=deliveries)
        for column in self.query(InspectorColumn):  # none where the screen was closed meanwhile
            column.show(photo, state, glyph, past)


def _past(session: Session, photo: PhotoRecord) -> Past:
    """Return what happened to a photo, as the store has it."""
    mattes = session.mattes(photo.sha256) if photo.sha256 else []
    mattes.reverse()  # the oldest first
    return Past(session.events(photo.id), mattes, session.deliveries.of(photo.id))
