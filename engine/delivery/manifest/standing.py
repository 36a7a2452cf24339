"""The manifest that every session keeps in its output folder, renewed after each batch."""

from __future__ import annotations

from pathlib import Path

from engine.atomic import write_atomic
from engine.delivery.manifest.files import manifest_bytes
from engine.delivery.manifest.rows import manifest_rows
from engine.delivery.manifest.table import lay_out
from engine.session.session import Session
from presets.manifest import find_manifest

STANDING = "generic"
"""The format that is kept; a session's own of this name wins."""


def renew_manifest(session: Session) -> list[Path]:
    """Write ``manifest.csv`` and ``manifest.json`` into the output folder; return where.

    A file that says the same already is left alone. Where nothing is to be listed none is made, but
    one that is there is emptied: what was recalled must not be read from it.

    Raises
    ------
    ManifestInvalid : the session's own format cannot be used
    OutputError and its branches : a file could not be written
    """
    folder = session.folder / session.config.folders.output
    rows = manifest_rows(session) if folder.is_dir() else []
    found = find_manifest(STANDING, session.folder).format
    written = []
    for kind in ("csv", "json"):
        format_ = found.model_copy(update={"kind": kind})
        path = folder / f"manifest.{kind}"
        if not (rows or path.is_file()):
            continue
        data = manifest_bytes(lay_out(format_, rows))
        if not path.is_file() or path.read_bytes() != data:
            write_atomic(path, data)
        written.append(path)
    return written
