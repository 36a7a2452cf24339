"""What the photos of a ground truth show: the background and the tags of its ``manifest.csv``.

The file lies in the truth's folder or above it and has the columns ``stem``, ``background`` and,
if one likes, ``tags``, separated by commas; others are not looked at.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Scene:
    """What one photo shows; the texts are a file's and untrusted."""

    background: str
    tags: frozenset[str]


def read_scenes(truth: Path) -> dict[str, Scene]:
    """Return the scenes by the photos' stems; none where there is no manifest."""
    for folder in (truth, truth.parent):
        manifest = folder / "manifest.csv"
        if manifest.is_file():
            with manifest.open(newline="", encoding="utf-8-sig", errors="replace") as stream:
                return dict(_scenes(csv.DictReader(stream)))
    return {}


def by_background(stems: Iterable[str], scenes: Mapping[str, Scene]) -> dict[str, list[str]]:
    """Return the stems under the background of each, sorted by its name."""
    groups: dict[str, list[str]] = {}
    for stem in stems:
        if stem in scenes:
            groups.setdefault(scenes[stem].background, []).append(stem)
    return dict(sorted(groups.items()))


def _scenes(rows: Iterable[dict[str, str]]) -> Iterable[tuple[str, Scene]]:
    for row in rows:
        stem, background = row.get("stem"), row.get("background")
        if stem and background:
            tags = (tag.strip() for tag in (row.get("tags") or "").split(","))
            yield stem, Scene(background, frozenset(tag for tag in tags if tag))
