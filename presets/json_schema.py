"""The JSON Schema of preset files, for editors."""

from __future__ import annotations

from typing import Any

from presets.schema import Preset


def preset_schema() -> dict[str, Any]:
    """Return the schema, in the 2020-12 dialect, with each field's documentation.

    A preset that extends another may leave out whatever that one says: of it only the names of
    the outermost fields are checked. `packshot presets check` checks what it comes to.
    """
    whole = Preset.model_json_schema()
    definitions = whole.pop("$defs")
    anything = dict.fromkeys(whole["properties"], True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "packshot preset",
        "if": {"required": ["extends"]},
        "then": {"properties": anything, "additionalProperties": False},
        "else": whole,
        "$defs": definitions,
    }
