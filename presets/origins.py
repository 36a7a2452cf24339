"""Files by name from the nearest of three origins: the session, the user, packshot itself."""

from __future__ import annotations

from pathlib import Path

from presets.loader import Origin
from presets.user_folder import config_folder


def nearest_files(
    kind: str, built_in: Path, session: Path | None
) -> dict[str, tuple[Origin, Path]]:
    """Return the nearest TOML file of each name, with its origin.

    Parameters
    ----------
    kind : the folder's name in the session and in the user's config folder
    built_in : the folder of those that come with packshot
    session : session folder whose own come first
    """
    folders: list[tuple[Origin, Path]] = [
        ("built-in", built_in),
        ("user", config_folder() / kind),
    ]
    if session is not None:
        folders.append(("session", session / kind))
    return {
        path.stem: (origin, path)
        for origin, folder in folders
        if folder.is_dir()
        for path in folder.glob("*.toml")
        if path.is_file()  # opening a pipe would wait for a writer that never comes
    }
