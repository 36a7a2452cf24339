"""Where packshot keeps things inside a session.

Everything stands below ``<session>/.packshot``; a path that is returned here never leaves it.
"""

from __future__ import annotations

import re
from pathlib import Path

STATE_FOLDER = ".packshot"
"""The one folder of a session, besides the output folder, that packshot writes to."""

CONFIG_NAME = "packshot.toml"
"""The session's own settings, written by people and only read by packshot."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def state_folder(session: Path) -> Path:
    """Return the folder for all that packshot knows about the session."""
    return session / STATE_FOLDER


def session_around(path: Path) -> Path | None:
    """Return the nearest folder, the path itself or one above it, in which a session was started.

    The path need not exist.
    """
    place = path.resolve()
    return next((each for each in (place, *place.parents) if state_folder(each).is_dir()), None)


def store_path(session: Path) -> Path:
    """Return the session's database."""
    return state_folder(session) / "session.sqlite"


def matte_path(session: Path, photo_sha256: str, recipe_digest: str) -> Path:
    """Return where the matte of a photo's content, made by a recipe, is stored.

    Parameters
    ----------
    session : the session's folder
    photo_sha256, recipe_digest : 64 lower-case hexadecimal digits each

    Raises
    ------
    ValueError : one of the two is no SHA-256
    """
    return _of_photo(session, "mattes", photo_sha256, recipe_digest)


def mask_path(session: Path, photo_sha256: str, mask_sha256: str) -> Path:
    """Return where a mask that was made outside is stored: for one photo's content alone.

    Parameters and errors are those of `matte_path`.
    """
    return _of_photo(session, "masks", photo_sha256, mask_sha256)


def proxy_folder(session: Path) -> Path:
    """Return where reduced copies of photos lie, which are for looking only."""
    return state_folder(session) / "proxies"


def _of_photo(session: Path, kind: str, photo_sha256: str, digest: str) -> Path:
    for each in (photo_sha256, digest):
        if not _SHA256.fullmatch(each):
            raise ValueError(f"not a SHA-256 in lower-case hexadecimal: {each!r}")
    return state_folder(session) / kind / photo_sha256[:2] / f"{photo_sha256}-{digest}.png"
