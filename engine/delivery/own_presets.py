"""Presets of a session and of a person: copied, and changed where no lock holds them."""

from __future__ import annotations

import re
from pathlib import Path

import tomli_w

from engine.atomic import write_atomic, write_new
from engine.delivery.seasons.lock import lock_in_force, locked_seasons
from presets.errors import PresetBuiltIn, PresetExists, PresetInvalid, PresetLocked
from presets.loader import LoadedPreset, content_of, find_preset, read_preset
from presets.schema import NAME
from presets.user_folder import config_folder


def copy_preset(name: str, new: str, session: Path | None, *, into_session: bool) -> Path:
    """Write a copy of an effective preset under another name; return its file.

    The copy says everything itself: what it was extended from may change without it.

    Parameters
    ----------
    name, new : the preset, and what the copy is called
    session : a session whose own presets come first, if there is one
    into_session : whether the copy is the session's own, or the person's

    Raises
    ------
    PresetUnknown, PresetInvalid : there is no such preset, or no preset can be called so
    PresetExists : there is a preset of the new name at that place
    OutputError and its branches : it could not be written
    """
    loaded = find_preset(name, session)
    if not re.fullmatch(NAME, new) or len(new) > 64:
        raise PresetInvalid(
            new,
            "no preset can be called so",
            "Names are of small letters, digits and single hyphens between them.",
        )
    home = session if into_session and session is not None else config_folder()
    path = home / "presets" / f"{new}.toml"
    content = content_of(loaded.preset) | {"name": new}
    content.pop("extends", None)
    head = f"# A copy of {loaded.preset.label} ({loaded.origin}).\n\n"
    text = head + tomli_w.dumps(content, multiline_strings=True)
    if not write_new(path, text.encode()):
        raise PresetExists(str(path), "exists already", "Choose another name, or edit that one.")
    return path


def require_editable(loaded: LoadedPreset, session: Path | None) -> None:
    """Raise where a preset is built in, or a season's lock holds it.

    Raises
    ------
    PresetBuiltIn, PresetLocked : it is not to be edited; the remedy names the copy
    LockBroken, AuditBroken : a lock or the log cannot be trusted
    """
    name = loaded.preset.name
    copy = f"Copy it and edit the copy: packshot presets copy {name} NEW."
    if loaded.origin == "built-in":
        raise PresetBuiltIn(name, "comes with packshot", copy)
    for season in sorted(locked_seasons(session)) if session is not None else []:
        lock = lock_in_force(session, season) if session is not None else None
        if lock is not None and name in lock.presets:
            raise PresetLocked(name, f"is held by the lock of season {season}", copy)


def replace_preset(loaded: LoadedPreset, edited: Path, session: Path | None) -> bool:
    """Put an edited file in a preset's place, having made sure that it can be used.

    Returns
    -------
    Whether anything was changed

    Raises
    ------
    PresetInvalid : the edited file cannot be used; the preset is as it was
    PresetBuiltIn, PresetLocked : as `require_editable`, since a lock may have come meanwhile
    OutputError and its branches : it could not be written
    """
    text = edited.read_bytes()
    if text == loaded.path.read_bytes():
        return False
    read_preset(edited, session)
    require_editable(loaded, session)
    write_atomic(loaded.path, text)
    return True
