"""What changes with a file's content: a part of the keys of caches."""

from __future__ import annotations

from pathlib import Path

from engine.errors import PhotoUnreadable


def stamp_of(path: Path) -> int:
    """Return when a file was changed last, in nanoseconds.

    Raises
    ------
    PhotoUnreadable : it is gone, or nobody may ask
    """
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise PhotoUnreadable(
            str(path), f"cannot be read ({error.strerror})", "Rescan the session."
        ) from error
