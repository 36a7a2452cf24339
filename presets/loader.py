"""Presets by name, from the nearest of three origins.

The session's ``presets/`` wins over the user's config folder, which wins over the built-in
channels. Every preset comes with its origin, so that a person always sees whose it is.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pydantic

from presets.canonical import sha256_of
from presets.errors import PresetInvalid, PresetUnknown
from presets.explain import explain
from presets.inheritance import extended
from presets.schema import Preset
from presets.toml_file import read_toml
from presets.user_folder import config_folder

Origin = Literal["session", "user", "built-in"]

BUILT_IN = Path(__file__).parent / "channels"
"""Folder of the presets that come with packshot."""


@dataclass(frozen=True)
class LoadedPreset:
    """An effective preset and whose it is.

    ``parents`` are the files that it extends, the nearest first.
    """

    preset: Preset
    origin: Origin
    path: Path
    parents: tuple[Path, ...] = ()


@dataclass(frozen=True)
class PresetListing:
    """Every preset that can be used, by name, and every file that cannot, with its reason."""

    presets: tuple[LoadedPreset, ...]
    problems: tuple[PresetInvalid, ...]


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
    """Return the nearest preset called ``name``, with what it extends.

    Parameters
    ----------
    name : name of the preset, without a suffix
    session : session folder whose own presets come first

    Raises
    ------
    PresetUnknown : no origin has it; the remedy names the nearest ones
    PresetInvalid : the nearest file of that name cannot be used, or one that it extends
    """
    known: list[str] = []
    for origin, folder in origins(session):
        for path in _files(folder):
            if path.stem == name:
                return _loaded(path, origin, session)
            known.append(path.stem)
    raise PresetUnknown(
        name,
        "no preset has this name",
        f"{did_you_mean(name, known)}`packshot presets list` shows all of them.",
    )


def next_preset(loaded: LoadedPreset, session: Path | None = None) -> LoadedPreset:
    """Return the preset that ``loaded`` stands before: the next farther one of its name.

    Raises
    ------
    PresetUnknown : there is no other of that name
    PresetInvalid : that one cannot be used
    """
    name = loaded.preset.name
    places = list(origins(session))
    nearer = [origin for origin, _ in places].index(loaded.origin) + 1
    for origin, folder in places[nearer:]:
        path = folder / f"{name}.toml"
        if path.is_file():
            return _loaded(path, origin, session)
    raise PresetUnknown(
        name, f"there is no other preset of this name behind the {loaded.origin} one", "Name two."
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
                found[path.stem] = _loaded(path, origin, session)
            except PresetInvalid as error:
                found[path.stem] = error
    ordered = [found[name] for name in sorted(found)]
    return PresetListing(
        presets=tuple(entry for entry in ordered if isinstance(entry, LoadedPreset)),
        problems=tuple(entry for entry in ordered if isinstance(entry, PresetInvalid)),
    )


def read_preset(path: Path, session: Path | None = None) -> Preset:
    """Read one preset file and what it extends; return the effective preset.

    Parameters
    ----------
    path : the file
    session : session folder whose own presets it may extend

    Raises
    ------
    PresetInvalid : unreadable, no TOML, an unknown field (the nearest known one is named), a
        value that the schema refuses, or a preset to extend that is not there
    """
    return _effective(path, session, ())[0]


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Return a sentence that names the nearest of the known names, or nothing."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f"Did you mean {near[0]}? " if near else ""


def _loaded(path: Path, origin: Origin, session: Path | None) -> LoadedPreset:
    preset, parents = _effective(path, session, ())
    return LoadedPreset(preset, origin, path, parents)


def _effective(
    path: Path, session: Path | None, children: tuple[Path, ...]
) -> tuple[Preset, tuple[Path, ...]]:
    """Return the effective preset of a file, and the files that it extends.

    ``children`` are the files that led here; none of them may be extended again.
    """
    content = read_toml(path, PresetInvalid)
    parents: tuple[Path, ...] = ()
    extends = content.get("extends")
    if isinstance(extends, str):
        parent_path = _parent(path, extends, session, (*children, path))
        parent, above = _effective(parent_path, session, (*children, path))
        parents = (parent_path, *above)
        content = extended(content_of(parent), content)
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
    return preset, parents


def _parent(path: Path, name: str, session: Path | None, children: tuple[Path, ...]) -> Path:
    """Return the nearest file of a preset's parent that is none of its children."""
    known = [file for _, folder in origins(session) for file in _files(folder)]
    taken = {child.resolve() for child in children}
    for file in known:
        if file.stem == name and file.resolve() not in taken:
            return file
    if any(child.stem == name for child in children):
        raise PresetInvalid(
            str(path), f"extends {name}, which goes round in a circle", "Extend another preset."
        )
    raise PresetInvalid(
        str(path),
        f"extends {name}, and no preset has this name",
        f"{did_you_mean(name, [file.stem for file in known])}"
        "`packshot presets list` shows all of them.",
    )


def content_of(preset: Preset) -> dict[str, Any]:
    """Return all that a preset says, defaults included, as JSON and TOML can hold it.

    What is not set is left out, so that a field which a later packshot adds and nobody uses
    changes no hash.
    """
    return preset.model_dump(mode="json", exclude_none=True)


def digest(preset: Preset) -> str:
    """Return the SHA-256 (hex) of an effective preset: same settings, same digest.

    Comments, order and spelling of numbers in the file do not count; defaults do.
    """
    return sha256_of(content_of(preset))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    # Opening a pipe would wait for a writer that never comes.
    return sorted(path for path in folder.glob("*.toml") if path.is_file())
