"""Which photos a command was given, and one output path for each.

The tree of folders is kept. Two photos never share one output, also on file systems that do not
tell ``A`` from ``a``: where ``front.jpg`` and ``front.tif`` lie side by side, they become
``front.jpg.png`` and ``front.tif.png``.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.delivery.naming.characters import folded
from engine.errors import PhotoUnreadable, SessionEmpty
from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.session.walk import list_photos
from engine.work.origin import made_by_packshot


@dataclass(frozen=True)
class Collected:
    """Photos by absolute path, each with its path relative to what all have in common.

    ``troubles`` names folders and files that could not be looked at, and why.
    """

    photos: dict[Path, PurePath]
    troubles: tuple[str, ...]


def collect(paths: Sequence[Path], output: Path | None = None) -> Collected:
    """Find every photo under ``paths``.

    Parameters
    ----------
    paths : files and folders; one folder alone is its own root
    output : a folder to leave out, since what is written there is no input; masters and mattes
        that packshot wrote elsewhere below ``paths`` are left out too

    Raises
    ------
    PhotoUnreadable : a path that does not exist
    SessionEmpty : no photo in any of them
    """
    for path in paths:
        if not path.exists():
            raise PhotoUnreadable(str(path), "does not exist", "Check the path.")
    absolute = [_absolute(path) for path in paths]
    if len(absolute) == 1 and absolute[0].is_dir():
        root = absolute[0]
    else:
        root = Path(os.path.commonpath([path.parent for path in absolute]))
    photos: dict[Path, PurePath] = {}
    troubles: list[str] = []
    for path in absolute:
        if path.is_file():
            photos[path] = path.relative_to(root)
            continue
        listing = list_photos(path, PHOTO_SUFFIXES, _inside(path, output))
        for file in listing.files:
            photo = path / file.path
            if not _is_own_product(photo):
                photos[photo] = photo.relative_to(root)
        troubles += [f"{path / trouble.path}: {trouble.problem}" for trouble in listing.troubles]
    if not photos:
        raise SessionEmpty(
            ", ".join(str(path) for path in paths),
            "holds no photos",
            "Name a folder with JPEG, PNG, TIFF or WebP files, or the files themselves.",
        )
    return Collected(photos, tuple(troubles))


def _is_own_product(photo: Path) -> bool:
    try:
        return made_by_packshot(photo)
    except PhotoUnreadable:
        return False  # the worker will say what is wrong with it, and the batch goes on


def _absolute(path: Path) -> Path:
    """Return the path from the root, ``..`` resolved, links kept as the person named them."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute() keeps ``..``


def _inside(folder: Path, output: Path | None) -> list[str]:
    """Return the output folder as a name relative to ``folder``, where it lies inside."""
    if output is None or not _absolute(output).is_relative_to(folder):
        return []
    return [_absolute(output).relative_to(folder).as_posix()]


def plan_outputs(relative: Iterable[PurePath], suffix: str) -> dict[PurePath, PurePath]:
    """Return one relative output path per relative input path, no two the same.

    Parameters
    ----------
    relative : distinct relative paths of photos
    suffix : the outputs' suffix, with its dot
    """
    inputs = sorted(relative)
    wishes = Counter(folded(path.with_suffix(suffix)) for path in inputs)
    taken: set[str] = set()
    planned: dict[PurePath, PurePath] = {}
    # Whoever can have the plain name gets it before the others look for a free one.
    for path in sorted(inputs, key=lambda path: wishes[folded(path.with_suffix(suffix))] > 1):
        plain = path.with_suffix(suffix)
        candidates = _numbered(path, suffix)
        if wishes[folded(plain)] == 1:
            candidates = itertools.chain([plain], candidates)
        planned[path] = next(name for name in candidates if folded(name) not in taken)
        taken.add(folded(planned[path]))
    return planned


def _numbered(path: PurePath, suffix: str) -> Iterator[PurePath]:
    """Yield ``front.jpg.png``, then ``front.jpg-2.png`` and so on."""
    yield path.with_name(path.name + suffix)
    for number in itertools.count(2):
        yield path.with_name(f"{path.name}-{number}{suffix}")
