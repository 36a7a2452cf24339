"""The JSON Schema of preset and season files, for editors that check while one types."""

from __future__ import annotations

from typing import Any

from presets.schema import Preset
from presets.seasons import Season

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE = "#/$defs/"
_PARTIAL = "Part of "

Schema = dict[str, Any]


def preset_schema() -> Schema:
    """Return the schema of preset files, in the 2020-12 dialect, with each field's documentation.

    A preset that extends another may leave out whatever that one says: its tables are checked for
    names and values, not for what is missing. `packshot presets check` checks what it comes to.
    """
    whole = Preset.model_json_schema()
    definitions: Schema = whole.pop("$defs")
    parts = {f"{_PARTIAL}{name}": _partial(each) for name, each in definitions.items()}
    return {
        "$schema": _DIALECT,
        "title": "packshot preset",
        "if": {"required": ["extends"]},
        "then": _partial(whole),
        "else": whole,
        "$defs": definitions | parts,
    }


def season_schema() -> Schema:
    """Return the schema of season files, in the 2020-12 dialect."""
    return {"$schema": _DIALECT, **Season.model_json_schema(), "title": "packshot season"}


def _partial(model: Schema) -> Schema:
    """Return a table's schema, of which everything may be left out.

    Of a table with several forms the fields of all of them are known, for what the file says may
    go on with the form of the preset that it extends.
    """
    fields = {name: _in_part(field) for name, field in model.get("properties", {}).items()}
    return {**{k: v for k, v in model.items() if k != "required"}, "properties": fields}


def _in_part(field: Schema) -> Schema:
    """Return a field's schema, its tables in part; the entries of a list are whole."""
    if "$ref" in field:
        name = field["$ref"].removeprefix(_REFERENCE)
        return {**field, "$ref": f"{_REFERENCE}{_PARTIAL}{name}"}
    for several in ("oneOf", "anyOf"):
        if several in field:
            forms = [_in_part(each) for each in field[several]]
            kept = {k: v for k, v in field.items() if k not in {several, "discriminator"}}
            return {**kept, "anyOf": forms}
    return field
