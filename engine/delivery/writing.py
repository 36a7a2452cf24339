"""A finished file into the output folder: whole or not at all, and never in place of another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from engine.atomic import output_error, write_new
from engine.delivery.naming.versions import versions
from engine.errors import NameRefused, OutputNotWritable
from presets.schema import Collision

NOTHING_TAKEN: Mapping[int, str] = MappingProxyType({})
"""Of a name under which nothing was delivered yet."""


@dataclass(frozen=True)
class Written:
    """Where a delivery lies, which version that is, and whether it was written just now."""

    path: Path
    version: int
    is_new: bool


def write_delivery(
    target: Path,
    name: PurePosixPath,
    data: bytes,
    taken: Mapping[int, str] = NOTHING_TAKEN,
    policy: Collision = "version",
) -> Written:
    """Write a delivery under its name or the next free version.

    A version that holds the very same bytes, which with embedded provenance means the same
    photo, recipe and preset, is the delivery already: it is named and left alone. A version that
    once stood for other bytes stays theirs, also when the file is gone.

    Parameters
    ----------
    target, name : the output folder, and the name inside
    data : the file
    taken : the versions that stand for a file already, with its hash; no hash for another photo's
    policy : what becomes of a file whose name stands for another one

    Raises
    ------
    NameRefused : the name stands for another file, and the policy is to refuse
    OutputError and its branches : nothing was written
    """
    for place in _places(target, name, data, taken, policy):
        if not place.is_new or write_new(place.path, data):
            return place
        if _holds(place.path, data):
            # Another process was quicker, with the same delivery.
            return replace(place, is_new=False)
    raise AssertionError("places end in an error")


def place_delivery(
    target: Path,
    name: PurePosixPath,
    data: bytes,
    taken: Mapping[int, str] = NOTHING_TAKEN,
    policy: Collision = "version",
) -> Written:
    """Return what `write_delivery` would, with the same errors, and write nothing."""
    return next(_places(target, name, data, taken, policy))


def _places(
    target: Path, name: PurePosixPath, data: bytes, taken: Mapping[int, str], policy: Collision
) -> Iterator[Written]:
    """Yield where a delivery lies already or could be written, the best place first.

    Raises
    ------
    NameRefused : there is no place left
    OutputNotWritable : a place is outside the output folder
    """
    home = target.resolve()
    sha256 = hashlib.sha256(data).hexdigest()
    for version, relative in versions(name, policy):
        if taken.get(version, sha256) != sha256:
            continue
        path = target / relative
        if not path.resolve().is_relative_to(home):
            raise OutputNotWritable(
                str(path),
                "a link leads out of the output folder",
                "Remove the link, or choose another output folder.",
            )
        if _holds(path, data):
            yield Written(path, version, is_new=False)
        elif not path.exists():
            yield Written(path, version, is_new=True)
    raise NameRefused(
        str(target / name),
        "was delivered before with other content, and the preset's names are final",
        "Give the photo a name of its own, such as that of its next version.",
    )


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError as error:
        raise output_error(path, error) from error
