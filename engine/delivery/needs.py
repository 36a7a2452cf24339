"""What presets want of a photo beside its cutout, so that it is opened once for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.delivery.composing.finishing import space_of, wants_deep
from engine.delivery.metadata import kept_properties
from engine.imaging.icc import Space
from engine.imaging.xmp import Name
from presets.schema import Preset


@dataclass(frozen=True)
class Needs:
    """Whether the product's shadow has to be found, whether the photo as it was is needed, and
    which properties of its metadata are kept, and in which spaces its colours are wanted deep."""

    shade: bool = False
    original: bool = False
    properties: frozenset[Name] = frozenset()
    spaces: frozenset[Space] = frozenset()


NO_NEEDS = Needs()
"""Nothing but the cutout."""


def needs_of(presets: Iterable[Preset], *, recipe_keeps_shadow: bool) -> Needs:
    """Return what all of these presets together want of a photo.

    Parameters
    ----------
    presets : what will be made of it, each as it is for the photo's view
    recipe_keeps_shadow : whether the recipe of its matte keeps the shadow
    """
    wanted = list(presets)
    return Needs(
        shade=any(keeps_shadow(preset, recipe_keeps_shadow) for preset in wanted),
        original=any(preset.background.kind in {"keep", "blurred"} for preset in wanted),
        properties=frozenset(name for preset in wanted for name in kept_properties(preset)),
        spaces=frozenset(space_of(preset) for preset in wanted if wants_deep(preset)),
    )


def keeps_shadow(preset: Preset, recipe_keeps: bool) -> bool:
    """Return whether a preset's file has the photo's own shadow.

    What the preset says counts; the recipe's choice only where it says nothing.
    """
    if preset.background.kind == "keep":
        return False  # it is in the photo already
    return recipe_keeps if preset.shadow is None else preset.shadow.kind == "kept"
