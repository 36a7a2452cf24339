"""What the adjusting keys do, on a screen with a photo list, a photo pane and the knobs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.matting.recipe import Recipe
from engine.session.layout import mask_path
from engine.session.records import PhotoRecord
from engine.work.jobs import Beside, Proposal
from engine.work.recipes import recipe_again, recipe_of
from tui.adjust.bar import AdjustBar, Scope
from tui.adjust.knobs import told
from tui.photo.beside import beside
from tui.photo.pane import PhotoPane
from tui.queue.queueing import Queueing, queue_photos
from tui.reporting import reported
from tui.safe_text import safe

if TYPE_CHECKING:
    from models.spec import ModelSpec


class Adjusting(Queueing):
    """The cutting actions, and those of the recipe; for a screen with an `AdjustBar`."""

    _adjusted: PhotoRecord | None = None
    _copied: Recipe | None = None
    _home = Path()  # of the networks

    @property
    def adjust_bar(self) -> AdjustBar:
        """The knobs."""
        return self.query_one(AdjustBar)

    @reported
    async def action_adjust(self) -> None:
        """Turn the knobs of the photo under the cursor."""
        row = self.photo_list.current
        if row is None or not self.app.may_change():
            return
        if row.photo.missing or row.photo.problem:
            self.app.tell("This photo cannot be cut.", "warning")
            return
        photo = row.photo
        installed, recipe, self._home = await self.desk.call(_begin, photo)
        scopes: list[tuple[Scope, int]] = [("photo", 1)]
        if marked := self.photo_list.marked:
            scopes.insert(0, ("marked", len(marked)))
        family = self._family(photo)
        if len(family) > 1:
            scopes.append(("SKU", len(family)))
        self._adjusted = photo
        self.adjust_bar.open(recipe, installed, scopes)
        self.write_work_line()

    @reported
    async def action_copy_recipe(self) -> None:
        """Remember the recipe of the photo under the cursor."""
        row = self.photo_list.current
        recipe = recipe_of(row.photo.matte) if row else None
        if recipe is None:
            self.app.tell("There is no matte whose recipe could be copied.", "warning")
            return
        self._copied = recipe
        key = self.app.key_name("work.paste_recipe")
        self.app.tell(f"Recipe copied: {safe(told(recipe))}. {key} cuts other photos with it.")

    @reported
    async def action_paste_recipe(self) -> None:
        """Cut the selection with the recipe that was copied."""
        if self._copied is None:
            key = self.app.key_name("work.copy_recipe")
            self.app.tell(f"No recipe was copied yet: {key} copies this photo's.", "warning")
            return
        photos = self.cuttable(self.photo_list.selection)
        await queue_photos(self.app, photos, recipe=self._copied)
        self.photo_list.clear_marks()

    def on_adjust_bar_turned(self) -> None:
        """Show what the recipe would make of the photo; have the next steps prepared."""
        recipe, photo = self.adjust_bar.shown_recipe, self._adjusted
        if recipe and photo:
            stored = recipe_of(photo.matte)
            following = [each for each in self.adjust_bar.following if each != stored]
            self.query_one(PhotoPane).try_recipe(
                None if recipe == stored else self._proposal(recipe, stored, photo),
                self._stored_beside(photo),
                [self._proposal(each, stored, photo) for each in following],
            )

    def _proposal(self, recipe: Recipe, stored: Recipe | None, photo: PhotoRecord) -> Proposal:
        mask = None
        if recipe.mask_sha256 and photo.sha256:
            mask = mask_path(self.desk.session.folder, photo.sha256, recipe.mask_sha256)
        return Proposal(recipe, self._home, stored, mask)

    def _stored_beside(self, photo: PhotoRecord) -> Beside | None:
        """Return the photo's matte to be seen beside the recipe, where that is wanted."""
        matte = photo.matte
        if matte is None or not self.adjust_bar.splits:
            return None
        return beside(self.desk.session.folder, matte, "split")

    @reported
    async def on_adjust_bar_done(self, event: AdjustBar.Done) -> None:
        """Put the knobs away; cut the photos with the recipe where that is wanted."""
        recipe, photo, scope = self.adjust_bar.recipe, self._adjusted, self.adjust_bar.scope
        self.leave_adjusting()
        self.photo_list.focus()
        if event.accepted and recipe and photo:
            photos = {
                "photo": [photo],
                "marked": self.photo_list.marked,
                "SKU": self._family(photo),
            }[scope]
            await queue_photos(self.app, self.cuttable(photos), recipe=recipe)

    def leave_adjusting(self) -> None:
        """Forget the recipe that is being tried; nothing where none is."""
        if self._adjusted:
            self._adjusted = None
            self.adjust_bar.close()
            self.query_one(PhotoPane).try_recipe(None)
            self.write_work_line()

    def follow_adjusting(self, photo: PhotoRecord | None) -> None:
        """Stop where another photo is shown than the one that is being adjusted."""
        if self._adjusted and (photo is None or photo.id != self._adjusted.id):
            self.leave_adjusting()

    def _family(self, photo: PhotoRecord) -> Sequence[PhotoRecord]:
        return [other for other in self.desk.photos if other.sku == photo.sku]


def _begin(photo: PhotoRecord) -> tuple[Sequence[ModelSpec], Recipe, Path]:
    """Return the networks to choose among, the recipe to begin with, the matte's own, and the home.

    Runs in the store's thread, for describing networks is heavy to import.
    """
    from models.store import ModelStore  # noqa: PLC0415

    store = ModelStore()
    return store.installed(), recipe_again(store, photo.matte), store.home
