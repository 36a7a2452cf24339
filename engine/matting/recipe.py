"""How a matte is made: every choice that changes its pixels, and nothing else.

A recipe is a value. Same photo and same recipe make the same matte on the same machine, so its
digest is what mattes are stored under. Two things that are no choices are part of the digest, so
that old mattes are made again instead of mixed with new ones: ``RENDERING_VERSION``, to be raised
with every change of the code that changes mattes, and the hash of the packaged refiner's weights.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import tomli
import tomli_w

from engine.errors import RecipeInvalid
from models.calibrated import calibration
from models.packaged import refiner_sha256

RENDERING_VERSION = 6
"""The generation of the matting code."""

MAX_SHIFT = 50.0
MAX_SOFTNESS = 50.0
"""Limits of the knobs, in pixels of the photo; beyond them a matte is another shape."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Recipe:
    """What makes a matte from a photo.

    Raises
    ------
    RecipeInvalid : a knob is outside its range
    """

    model: str
    """The network's id in the catalogue; empty in a recipe file that leaves the choice open."""

    model_sha256: str
    """The hash of the network's file: another file of the same name is another recipe."""

    refine: bool = True
    """Whether the edge is placed by the photo's colours; off gives the network's own soft edge."""

    edge_shift: float = 0.0
    """Moves the edge, in pixels of the photo: positive grows the cutout, negative shrinks it."""

    edge_softness: float = 0.0
    """Feathers the edge: the standard deviation of a blur, in pixels of the photo."""

    hole_sensitivity: float = 0.5
    """How readily a patch of the backdrop's colour inside the product is taken for a hole: lower
    keeps more labels and reflections closed, 0 opens nothing; higher opens more, 1 all of it."""

    keep_shadow: bool = False
    """Whether the shadow on the sweep comes along, as black that lets the new ground through."""

    mask_sha256: str | None = None
    """The hash of a mask that was made outside and stands in the network's place; none by
    default. Refined, it is a first guess; not refined, it is the matte, value for value."""

    def __post_init__(self) -> None:
        _require_range("edge_shift", self.edge_shift, -MAX_SHIFT, MAX_SHIFT, "pixels")
        _require_range("edge_softness", self.edge_softness, 0.0, MAX_SOFTNESS, "pixels")
        _require_range("hole_sensitivity", self.hole_sensitivity, 0.0, 1.0)
        if self.mask_sha256 is not None and not _SHA256.fullmatch(self.mask_sha256):
            raise RecipeInvalid(
                "mask_sha256",
                f"is {self.mask_sha256!r}",
                "Give the 64 hexadecimal digits that `packshot handoff take` has written.",
            )

    def content(self) -> dict[str, object]:
        """Return every choice by its name, as JSON and TOML can hold it.

        What is not set is left out, so that a choice which a later packshot adds, and nobody
        makes, changes no digest: the mattes that a session holds stay valid.
        """
        return {name: value for name, value in asdict(self).items() if value is not None}

    def digest(self) -> str:
        """Return the SHA-256 in hex of the canonical form: all that the matte depends on."""
        depends = {**self.content(), "rendering_version": RENDERING_VERSION}
        if self.refine:
            depends["refiner_sha256"] = refiner_sha256()
            if known := calibration(self.model, self.model_sha256, 0):
                depends["calibration"] = known.digest
        canonical = json.dumps(depends, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def to_toml(self) -> str:
        """Return the recipe as the text of a TOML file that `read_recipe` reads back."""
        return tomli_w.dumps(self.content())


def read_recipe(path: Path) -> Recipe:
    """Return the recipe in a TOML file; what the file leaves out has its default.

    ``model`` and ``model_sha256`` may be left out as well and are empty then.

    Raises
    ------
    RecipeInvalid : unreadable, not TOML, an unknown key (the nearest known one is named), a value
        of the wrong kind or out of range
    """
    try:
        values = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecipeInvalid(
            str(path),
            f"cannot be read ({error.strerror or error})",
            "Check the path of the recipe file.",
        ) from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeInvalid(
            str(path), f"is not TOML ({error})", "Correct the line that is named."
        ) from error
    return recipe_from({"model": "", "model_sha256": "", **values}, str(path))


def recipe_from(values: Mapping[str, object], subject: str) -> Recipe:
    """Return the recipe that a mapping holds; a knob that it leaves out has its default.

    Parameters
    ----------
    values : by field, as read from TOML or JSON
    subject : what an error names: the file, or whose recipe it is

    Raises
    ------
    RecipeInvalid : no model or hash, an unknown key, a value of the wrong kind or out of range
    """
    known: dict[str, Any] = {key: _checked(subject, key, value) for key, value in values.items()}
    missing = {"model", "model_sha256"} - known.keys()
    if missing:
        raise RecipeInvalid(subject, f"names no {min(missing)}", "Give it, or cut the photo again.")
    try:
        return Recipe(**known)
    except RecipeInvalid as error:
        raise RecipeInvalid(subject, f"{error.subject} {error.problem}", error.remedy) from error


_KINDS: dict[str, type] = {
    field.name: {"str": str, "bool": bool, "float": float}[str(field.type).removesuffix(" | None")]
    for field in fields(Recipe)
}
_WORDS = {str: "a text", bool: "true or false", float: "a number"}


def _checked(subject: str, key: str, value: Any) -> Any:
    """Return a value as its field wants it."""
    kind = _KINDS.get(key)
    if kind is None:
        near = difflib.get_close_matches(key, _KINDS, n=1, cutoff=0.0)
        raise RecipeInvalid(
            subject,
            f"the key “{key}” is unknown",
            f"Did you mean “{near[0]}”? Known keys: {', '.join(_KINDS)}.",
        )
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind):
        raise RecipeInvalid(subject, f"{key} is {value!r}", f"{key} has to be {_WORDS[kind]}.")
    return value


def _require_range(name: str, value: float, low: float, high: float, unit: str = "") -> None:
    # Written so that NaN, which compares false with everything, is refused too.
    if not (math.isfinite(value) and low <= value <= high):
        kind = f"is in {unit}" if unit else "is a number"
        raise RecipeInvalid(name, f"is {value:g}", f"{name} {kind}, from {low:g} to {high:g}.")
