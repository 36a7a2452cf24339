"""Which files of a folder are checked, and against which presets of a season."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.imaging.kinds import PHOTO_SUFFIXES
from presets.schema import Preset

PICTURES = PHOTO_SUFFIXES | {".avif"}
"""What the names of pictures in a folder end with."""


def pictures_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as they are named, and of folders the pictures below them, sorted.

    Hidden files and folders are left out. A folder that cannot be listed is yielded itself, so that
    it is told like a file that cannot be read.
    """
    closed: list[Path] = []
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for place, folders, names in os.walk(
            path, onerror=lambda error: closed.append(Path(error.filename))
        ):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if Path(name).suffix.lower() in PICTURES and not name.startswith("."):
                    yield Path(place, name)
    yield from closed


def presets_for(path: Path, presets: Sequence[Preset]) -> list[Preset]:
    """Return the presets of a season that a file is held against.

    The one whose folder it lies in; all of them where it lies in the folder of none.
    """
    above = {part.casefold() for part in path.absolute().parent.parts}
    own = [preset for preset in presets if _folder(preset).casefold() in above]
    return own or list(presets)


def _folder(preset: Preset) -> str:
    """Return the innermost folder that a preset's files lie in."""
    return (preset.naming.folder or preset.name).split("/")[-1]
