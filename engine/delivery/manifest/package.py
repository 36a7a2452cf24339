"""A manifest and the files that it lists, in one ZIP file for an import."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from engine.atomic import writing
from engine.delivery.manifest.files import SUFFIXES, manifest_bytes
from engine.delivery.manifest.row import ManifestRow
from engine.delivery.manifest.table import Table


def write_package(folder: Path, table: Table, path: Path) -> list[str]:
    """Write a ZIP file with a manifest and its files, which are stored as they are.

    Parameters
    ----------
    folder : the session's
    table : the manifest
    path : of the ZIP file

    Returns
    -------
    A sentence for each file that is not in it: gone, or changed since it was delivered. The
    manifest lists it all the same, so that nothing is overlooked.

    Raises
    ------
    OutputError and its branches : nothing was written
    """
    problems = []
    with writing(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        name = f"{table.format.name}{SUFFIXES[table.format.kind]}"
        _add(archive, name, manifest_bytes(table))
        for row in table.files:
            content = _content(folder, row)
            if isinstance(content, str):
                problems.append(f"{row.file}: {content}")
            else:
                _add(archive, row.file, content)
    return problems


def _content(folder: Path, row: ManifestRow) -> bytes | str:
    """Return a delivered file, or why it cannot be packed."""
    try:
        data = (folder / row.path).read_bytes()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    same = hashlib.sha256(data).hexdigest() == row.sha256
    return data if same else "was changed since it was delivered"


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    # Without a time of its own: the same files make the same archive.
    archive.writestr(zipfile.ZipInfo(name), data)
