"""Presets by name, from the nearest of three origins.

The session's ``presets/`` wins over the user's config folder, which wins over the built-in
channels. Every preset comes with its origin, so that a person always sees whose it is.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs
import pydantic
import tomli

from presets.errors import PresetInvalid, PresetUnknown
from presets.explain import explain
from presets.schema import Preset

Origin = Literal["session", "user", "built-in"]

BUILT_IN = Path(__file__).parent / "channels"
"""Folder of the presets that come with packshot."""


@dataclass(frozen=True)
class LoadedPreset:
    """A preset and whose it is."""

    preset: Preset
    origin: Origin
    path: Path


@dataclass(frozen=True)
class PresetListing:
    """Every preset that can be used, by name, and every file that cannot, with its reason."""

    presets: tuple[LoadedPreset, ...]
    problems: tuple[PresetInvalid, ...]


def config_folder() -> Path:
    """Return the user's config folder; ``PACKSHOT_CONFIG`` overrides the system's."""
    override = os.environ.get("PACKSHOT_CONFIG")
    return Path(override) if override else platformdirs.user_config_path("packshot")


def origins(session: Path | None = None) -> tuple[tuple[Origin, Path], ...]:
    """Return the folders that presets come from, the nearest first."""
    folders: list[tuple[Origin, Path]] = [
        ("user", config_folder() / "presets"),
        ("built-in", BUILT_IN),
    ]
    if session is not None:
        folders.insert(0, ("session", session / "presets"))
    return tuple(folders)


def find_preset(name: str, session: Path | None = None) -> LoadedPreset:
    """Return the nearest preset called ``name``.

    Parameters
    ----------
    name : name of the preset, without a suffix
    session : session folder whose own presets come first

    Raises
    ------
    PresetUnknown : no origin has it; the remedy names the nearest ones
    PresetInvalid : the nearest file of that name cannot be used
    """
    known: list[str] = []
    for origin, folder in origins(session):
        for path in _files(folder):
            if path.stem == name:
                return LoadedPreset(read_preset(path), origin, path)
            known.append(path.stem)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    remedy = f"Did you mean {near[0]}? " if near else ""
    raise PresetUnknown(
        name,
        "no preset has this name",
        f"{remedy}`packshot presets list` shows all of them.",
    )


def list_presets(session: Path | None = None) -> PresetListing:
    """Return every preset by name, the nearest of each, and the files that cannot be used.

    A broken file hides a farther preset of the same name: using that one instead would export
    with settings that nobody chose.
    """
    found: dict[str, LoadedPreset | PresetInvalid] = {}
    for origin, folder in origins(session):
        for path in _files(folder):
            if path.stem in found:
                continue
            try:
                found[path.stem] = LoadedPreset(read_preset(path), origin, path)
            except PresetInvalid as error:
                found[path.stem] = error
    ordered = [found[name] for name in sorted(found)]
    return PresetListing(
        presets=tuple(entry for entry in ordered if isinstance(entry, LoadedPreset)),
        problems=tuple(entry for entry in ordered if isinstance(entry, PresetInvalid)),
    )


def read_preset(path: Path) -> Preset:
    """Read one preset file.

    Raises
    ------
    PresetInvalid : unreadable, no TOML, an unknown field (the nearest known one is named), or
        a value that the schema refuses
    """
    try:
        content = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetInvalid(
            str(path), f"could not be read ({error.strerror})", "Check the path."
        ) from error
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise PresetInvalid(
            str(path), f"is no valid TOML ({error})", "Mend the file at that place."
        ) from error
    try:
        preset = Preset.model_validate(content)
    except pydantic.ValidationError as error:
        problem, remedy = explain(error)
        raise PresetInvalid(str(path), problem, remedy) from error
    if preset.name != path.stem:
        raise PresetInvalid(
            str(path),
            f"is named {preset.name} inside",
            f"Call the file {preset.name}.toml, or change its name field to {path.stem}.",
        )
    return preset


def digest(preset: Preset) -> str:
    """Return the SHA-256 (hex) of a preset's canonical JSON: same settings, same digest.

    Comments, order and spelling of numbers in the file do not count; defaults do.
    """
    canonical = json.dumps(
        preset.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []
