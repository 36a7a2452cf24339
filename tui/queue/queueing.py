"""What the cutting keys do, on every screen that shows photos to cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.matting.recipe import Recipe
from engine.session.records import PhotoRecord
from engine.session.similarity import order_for_batch, similar
from engine.session.states import State
from engine.work import recipes
from tui.browse.listing import Listing
from tui.reporting import reported

if TYPE_CHECKING:
    from tui.app import Workstation

_CUTTABLE = frozenset(State) - {State.MISSING, State.QUEUED, State.WORKING}


class Queueing(Listing):
    """Actions for a screen with a photo list; mixed into it."""

    @reported
    async def action_cut(self) -> None:
        """Queue the selection; photos asked for by hand are made again even if they are done."""
        selection = self.photo_list.selection
        photos = self.cuttable(selection)
        if photos:
            await queue_photos(self.app, photos, force=len(photos) == 1)
        else:
            self._hurry(selection)
        self.photo_list.clear_marks()

    @reported
    async def action_cut_similar(self) -> None:
        """Queue every photo like the current one that has no matte yet, with its recipe."""
        row = self.photo_list.current
        if row is None:
            return
        alike = similar(self.desk.photos, row.photo)
        photos = self.cuttable([photo for photo in alike if photo.matte is None])
        if photos:
            await queue_photos(self.app, order_for_batch(photos), like=row.photo)
        else:
            self.app.tell("Every photo like this one is cut, or in the queue.")

    def _hurry(self, photos: Sequence[PhotoRecord]) -> None:
        """Have photos done next that are in the queue already."""
        waiting = self.desk.crew.cutting.first([photo.id for photo in photos])
        if waiting:
            self.app.tell(f"{waiting} photo{'' if waiting == 1 else 's'} moved to the front.")
        elif photos:
            self.app.tell("Nothing to queue: being cut already, or missing.")

    def cuttable(self, photos: Iterable[PhotoRecord]) -> list[PhotoRecord]:
        """Return those that are there and not in the queue already."""
        return [photo for photo in photos if self.desk.state_of(photo) in _CUTTABLE]


async def queue_photos(
    app: Workstation,
    photos: Sequence[PhotoRecord],
    *,
    recipe: Recipe | None = None,
    like: PhotoRecord | None = None,
    force: bool = False,
) -> None:
    """Queue photos with a recipe, or that of another's matte; by default each with its own.

    A photo without a matte is cut with the best installed network and no other choices.

    Raises
    ------
    ModelMissing : none is installed; the remedy says how to get one
    """
    if not photos or not app.may_change():
        return
    cuts, home = await app.desk.call(_resolved, photos, recipe, like)
    count = app.desk.crew.cut(cuts, home, force=force)
    models = " and ".join(sorted({each.model for _, each in cuts}))
    app.tell(f"{count} photo{'' if count == 1 else 's'} queued with {models}.")


async def warm_up(app: Workstation) -> None:
    """Have the workers load the network that photos are cut with by default.

    Raises
    ------
    ModelMissing : none is installed
    """
    recipe, home = await app.desk.call(_default)
    crew = app.desk.crew
    if crew.warmth_of(recipe.model) == "cold":
        crew.warm_up(recipe.model, home)
    app.tell(f"{recipe.model} is {crew.warmth_of(recipe.model)}.")


def _resolved(
    photos: Sequence[PhotoRecord], recipe: Recipe | None, like: PhotoRecord | None
) -> tuple[list[tuple[PhotoRecord, Recipe]], Path]:
    """Return what to cut each photo with, and the home of the networks."""
    # Describing networks is heavy to import: not before one is needed, and in the store's thread.
    from models.store import ModelStore  # noqa: PLC0415

    store = ModelStore()
    if like is not None:
        recipe = recipes.recipe_again(store, like.matte)
    if recipe:
        return [(photo, recipe) for photo in photos], store.home
    again: dict[str | None, Recipe] = {}
    cuts = []
    for photo in photos:
        digest = photo.matte.recipe_digest if photo.matte else None
        if digest not in again:
            again[digest] = recipes.recipe_again(store, photo.matte)
        cuts.append((photo, again[digest]))
    return cuts, store.home


def _default() -> tuple[Recipe, Path]:
    """Return the default recipe, and the home of the networks."""
    from models.store import ModelStore  # noqa: PLC0415 - as above

    store = ModelStore()
    return recipes.resolve_recipe(store), store.home
