"""Which photos of a session ``packshot cut`` takes, in which order, and with which recipe."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engine.matting.recipe import Recipe
    from engine.session.records import PhotoRecord
    from models.store import ModelStore


def is_named(pattern: str | None, *names: str) -> bool:
    """Return whether a pattern fits any of the names, whatever their case."""
    wanted = (pattern or "").casefold()
    return bool(wanted) and any(fnmatchcase(name.casefold(), wanted) for name in names)


def in_order(photos: Sequence[PhotoRecord], first: str | None) -> list[PhotoRecord]:
    """Return photos as a batch takes them: those that a pattern names, then similar ones together.

    Parameters
    ----------
    first : a pattern of names or SKUs
    """
    from engine.session.similarity import order_for_batch

    ordered = order_for_batch(photos)
    return sorted(ordered, key=lambda photo: not is_named(first, photo.path.name, photo.sku))


def model_photo(photos: Sequence[PhotoRecord], name: str) -> PhotoRecord:
    """Return the photo that others are to be cut like.

    Parameters
    ----------
    name : its file's name, or its path in the session

    Raises
    ------
    click.UsageError : there is none, or there are several, or it has no matte
    """
    found = [photo for photo in photos if name in {photo.path.name, str(photo.path)}]
    if len(found) != 1:
        told = "no photo of the session is" if not found else f"{len(found)} photos are"
        raise click.UsageError(f"{told} called {name}; name its path in the session")
    if found[0].matte is None:
        raise click.UsageError(f"{name} is not cut yet: cut it first, and look at it")
    return found[0]


def cut_like(
    photos: Sequence[PhotoRecord], model: PhotoRecord, store: ModelStore
) -> tuple[list[PhotoRecord], Recipe]:
    """Return the photos like one that have no matte yet, and the recipe of that one's matte."""
    from engine.session.similarity import similar
    from engine.work.recipes import recipe_again

    alike = [photo for photo in similar(photos, model) if photo.matte is None]
    return alike, recipe_again(store, model.matte)
