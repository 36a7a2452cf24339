"""Whether a photo's file may be called what it would be called."""

from __future__ import annotations

from pathlib import PurePosixPath

from engine.delivery.naming.filename import NameParts, token_values
from presets.schema import Preset
from presets.schema.rules import matches

_TOLD = {"gtin": "GTIN", "asin": "ASIN", "sku": "SKU", "date": "date of its own"}


def name_problem(preset: Preset, parts: NameParts, name: PurePosixPath) -> str | None:
    """Return why a preset does not allow a photo's name; None where it does.

    Parameters
    ----------
    preset : whose names
    parts : what the photo is called
    name : from ``delivery_name``
    """
    if parts.superseded:
        return f"a newer version of it has its name: {parts.superseded}"
    values = token_values(preset, parts)
    for token in preset.naming.required or ():
        if not values[token] or (token == "sku" and not parts.sku):
            return f"it has no {_TOLD.get(token, token)}, which its name needs"
    pattern = preset.naming.allowed
    if pattern is None or matches(pattern, name.stem):
        return None
    if parts.apart:
        return f"another photo has its name, and the preset allows no mark as in {name.name}"
    return f"its name would be {name.name}, and the preset allows only {pattern}"
