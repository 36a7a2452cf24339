"""Versions of a delivered file: the names that follow one another, and what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

_AT_END = re.compile(r"-v([1-9][0-9]{0,5})$")


def versions(name: PurePosixPath) -> Iterator[tuple[int, PurePosixPath]]:
    """Yield a name with its number, then its next versions: ``a.png``, ``a-v2.png``, ``a-v3.png``.

    A name that ends in a version goes on from there: ``a-v2.png``, ``a-v3.png``.
    """
    base, version = split_version(name)
    yield version, name
    while True:
        version += 1
        yield version, base.with_name(f"{base.stem}-v{version}{base.suffix}")


def split_version(name: PurePosixPath) -> tuple[PurePosixPath, int]:
    """Return a name without the version that it ends in, and the version's number, 1 for none."""
    ending = _AT_END.search(name.stem)
    if ending is None or ending.start() == 0:
        return name, 1
    return name.with_name(name.stem[: ending.start()] + name.suffix), int(ending.group(1))
