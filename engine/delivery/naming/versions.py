"""Versions of a delivered file: the names that follow one another, by the preset's policy.

``version`` counts in the name (``a.png``, ``a-v2.png``), ``folder`` in a folder beside it
(``a.png``, ``v2/a.png``); with ``refuse`` there is one name and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from presets.schema import Collision

_AT_END = re.compile(r"-v([1-9][0-9]{0,5})$")
_FOLDER = re.compile(r"v([2-9]|[1-9][0-9]{1,5})")


def versions(
    name: PurePosixPath, policy: Collision = "version"
) -> Iterator[tuple[int, PurePosixPath]]:
    """Yield a name with its number, then its next versions.

    A name that is a version itself goes on from there: ``a-v2.png``, ``a-v3.png``.
    """
    base, version = split_version(name, policy)
    yield version, name
    while policy != "refuse":
        version += 1
        if policy == "folder":
            yield version, base.parent / f"v{version}" / base.name
        else:
            yield version, base.with_name(f"{base.stem}-v{version}{base.suffix}")


def split_version(name: PurePosixPath, policy: Collision = "version") -> tuple[PurePosixPath, int]:
    """Return the name of the first version, and the number of this one."""
    if policy == "version":
        ending = _AT_END.search(name.stem)
        if ending is not None and ending.start() > 0:
            return name.with_name(name.stem[: ending.start()] + name.suffix), int(ending.group(1))
    if policy == "folder" and (inside := _FOLDER.fullmatch(name.parent.name)):
        return name.parent.parent / name.name, int(inside.group(1))
    return name, 1
