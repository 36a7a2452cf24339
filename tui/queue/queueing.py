"""What the cutting keys do, on every screen that shows photos to cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.session.records import PhotoRecord
from engine.session.similarity import order_for_batch, similar
from engine.work.recipes import resolve_recipe
from models.store import ModelStore
from tui.browse.listing import Listing
from tui.browse.states import State
from tui.reporting import reported

if TYPE_CHECKING:
    from tui.app import Workstation

_CUTTABLE = frozenset(State) - {State.MISSING, State.QUEUED, State.WORKING}


class Queueing(Listing):
    """Actions for a screen with a photo list; mixed into it."""

    @reported
    async def action_cut(self) -> None:
        """Queue the selection; photos asked for by hand are made again even if they are done."""
        photos = [photo for photo in self.photo_list.selection if self._can_be_cut(photo)]
        await queue_photos(self.app, photos, force=len(photos) == 1)
        self.photo_list.clear_marks()

    @reported
    async def action_cut_similar(self) -> None:
        """Queue every photo like the current one that has no matte yet."""
        row = self.photo_list.current
        if row is None:
            return
        photos = [
            photo
            for photo in similar(self.desk.photos, row.photo)
            if photo.matte is None and self._can_be_cut(photo)
        ]
        if photos:
            await queue_photos(self.app, order_for_batch(photos))
        else:
            self.app.tell("Every photo like this one is cut, or in the queue.")

    def _can_be_cut(self, photo: PhotoRecord) -> bool:
        return self.desk.state_of(photo) in _CUTTABLE


async def queue_photos(
    app: Workstation, photos: Sequence[PhotoRecord], *, force: bool = False
) -> None:
    """Queue photos with the best installed model.

    Raises
    ------
    ModelMissing : none is installed; the remedy says how to get one
    """
    if not photos or not app.may_change():
        return
    store = ModelStore()
    recipe = await app.desk.call(resolve_recipe, store)
    count = app.desk.crew.cut(photos, store, recipe, force=force)
    app.tell(f"{count} photo{'' if count == 1 else 's'} queued with {recipe.model}.")
