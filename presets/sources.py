"""From which file each field of an effective preset comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presets.errors import PresetInvalid
from presets.inheritance import extended, same_form
from presets.loader import LoadedPreset, content_of
from presets.toml_file import read_toml


@dataclass(frozen=True)
class FieldSource:
    """One field of an effective preset: its path, its value, and the file that says it.

    ``file`` is None where no file does, and the schema's default holds.
    """

    field: str
    value: object
    file: Path | None


def field_sources(loaded: LoadedPreset) -> tuple[FieldSource, ...]:
    """Return every field of a preset with the file that it comes from.

    Fields of tables are told by their path, ``placement.fill``; a rule is one field.

    Raises
    ------
    PresetInvalid : a file was taken away or changed since the preset was loaded
    """
    said: dict[str, Path] = {}
    merged: dict[str, Any] = {}
    # From the farthest file to the nearest, as their contents are laid over one another.
    for path in (*reversed(loaded.parents), loaded.path):
        content = read_toml(path, PresetInvalid)
        _lay_over(said, merged, content, path, "")
        merged = extended(merged, content)
    return tuple(
        FieldSource(field, value, said.get(_key(field, value)))
        for field, value in _fields(content_of(loaded.preset), "")
    )


def _lay_over(
    said: dict[str, Path],
    before: Mapping[str, Any],
    content: Mapping[str, Any],
    path: Path,
    at: str,
) -> None:
    """Note what a file says; a table that takes another form forgets what was said of it."""
    for name, value in content.items():
        place = f"{at}.{name}" if at else name
        if place == "rules" and isinstance(value, list):
            for rule in value:
                said[_key("rules", rule)] = path
        elif isinstance(value, dict):
            known = before.get(name)
            if not isinstance(known, dict) or not same_form(known, value):
                known = {}
                for forgotten in [field for field in said if field.startswith(f"{place}.")]:
                    del said[forgotten]
            _lay_over(said, known, value, path, place)
        else:
            said[place] = path


def _fields(content: Mapping[str, Any], at: str) -> Iterator[tuple[str, object]]:
    for name, value in content.items():
        place = f"{at}.{name}" if at else name
        if place == "rules":
            yield from (("rules", rule) for rule in value)
        elif isinstance(value, Mapping):
            yield from _fields(value, place)
        else:
            yield place, value


def _key(field: str, value: object) -> str:
    """Return what a field is known by; a rule by what it checks, as inheritance replaces it."""
    if field == "rules" and isinstance(value, Mapping):
        return f"rules {value.get('check')}"
    return field
