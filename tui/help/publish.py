"""Writing generated pages into a folder that also holds other people's files.

A list of what was written, with hashes, lies beside the pages. A file that is not in it, or that
somebody changed since, belongs to somebody else: it is never written and never removed. A page
whose bytes would be the same is left alone, so that its time and its history stay.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from engine.atomic import output_error, write_atomic, write_new

LIST_NAME = ".packshot-docs.json"
"""The list of what was written: for every path the hashes that it may have."""

_Owned = dict[str, list[str]]


@dataclass
class Published:
    """What became of each path, relative to the folder.

    ``kept`` are files in the way that packshot did not write, or not as they are now.
    """

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def publish(folder: Path, pages: Mapping[str, str | bytes]) -> Published:
    """Make a folder hold these pages, and remove pages of an earlier time.

    Parameters
    ----------
    folder : made when it is missing
    pages : text, or the bytes of a picture, by path, relative to the folder, written with /

    Raises
    ------
    OutputError : something could not be written; what was written before is whole, and known as
        packshot's own
    """
    owned = _read_list(folder)
    wanted = {
        path: page.encode() if isinstance(page, str) else page
        for path, page in sorted(pages.items())
    }
    report = Published()
    for path, data in wanted.items():
        _sort_page(report, path, _found(folder, path), data, owned)
    stale = [path for path in sorted(owned) if path not in wanted]
    _write_list(folder, owned, {path: wanted[path] for path in report.created + report.changed})
    for path in list(report.created):
        if not write_new(folder / path, wanted[path]):
            report.created.remove(path)
            report.kept.append(path)
    for path in report.changed:
        write_atomic(folder / path, wanted[path])
    for path in stale:
        _remove(folder, path, owned[path], report)
    own = {*report.created, *report.changed, *report.unchanged}
    _write_list(folder, {}, {path: data for path, data in wanted.items() if path in own})
    return report


def _sort_page(
    report: Published, path: str, found: str | None, data: bytes, owned: Mapping[str, list[str]]
) -> None:
    """Say what has to be done for a page; ``found`` is the hash of what is there."""
    if found is None:
        report.created.append(path)
    elif found == _digest(data):
        report.unchanged.append(path)
    elif found in owned.get(path, ()):
        report.changed.append(path)
    else:
        report.kept.append(path)


def _found(folder: Path, path: str) -> str | None:
    """Return the hash of what is at a path, None where nothing is.

    A link, a folder, or what lies behind a link to another place has the hash "": nobody's page.
    """
    place = folder / path
    if place.is_symlink() or not place.parent.resolve().is_relative_to(folder.resolve()):
        return ""
    try:
        return _digest(place.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        return ""


def _remove(folder: Path, path: str, hashes: list[str], report: Published) -> None:
    found = _found(folder, path)
    if found is None:
        return
    if found not in hashes:
        report.kept.append(path)
        return
    try:
        (folder / path).unlink()
    except OSError as error:
        raise output_error(folder / path, error) from error
    report.removed.append(path)


def _read_list(folder: Path) -> _Owned:
    """Return what was written before; a list that cannot be read makes every file somebody's."""
    try:
        content = json.loads((folder / LIST_NAME).read_text("utf-8"))
        pages = dict(content["pages"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {
        path: hashes
        for path, hashes in pages.items()
        if _is_inside(path) and isinstance(hashes, list)
    }


def _write_list(folder: Path, before: _Owned, written: Mapping[str, bytes]) -> None:
    """Keep the hashes of before and of what is written; both count while the writing goes on."""
    pages = {path: list(hashes) for path, hashes in before.items()}
    for path, data in written.items():
        hashes = pages.setdefault(path, [])
        if _digest(data) not in hashes:
            hashes.append(_digest(data))
    data = json.dumps({"pages": pages}, indent=1, sort_keys=True).encode() + b"\n"
    place = folder / LIST_NAME
    if not place.is_file() or place.read_bytes() != data:
        write_atomic(place, data)


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
