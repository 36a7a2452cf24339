"""Groups of photos that were shot alike, as ``packshot scan`` shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.cli.output import echo, progress, table

if TYPE_CHECKING:
    from engine.session.groups import Group
    from engine.session.records import PhotoRecord
    from engine.session.session import Session

_NAMES_SHOWN = 3


def looked_at(session: Session, photos: Sequence[PhotoRecord]) -> list[PhotoRecord]:
    """Return photos with what they look like, found out now where it is not known yet."""
    from engine.work.looks import find_looks, without_look

    unknown = without_look(photos)
    if not unknown:
        return list(photos)
    with progress(len(unknown), "look") as bar:
        found = find_looks(session, unknown, bar.step)
    return [replace(photo, look=found.get(photo.id, photo.look)) for photo in photos]


def print_groups(groups: Sequence[Group]) -> None:
    """Print the groups of more than one photo: how many they are, what they share, and names."""
    alike = [group for group in groups if len(group.photos) > 1]
    echo()
    if not alike:
        echo("No two photos were shot alike.")
        return
    table(
        ("photos", "shot alike", ""),
        [(len(group.photos), group.title, _names(group)) for group in alike],
    )
    echo("One recipe suits each: try it on one photo, then cut the others with it.")


def groups_json(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Return every group for a script, also those of one photo."""
    return [
        {"title": group.title, "photos": [str(photo.path) for photo in group.photos]}
        for group in groups
    ]


def _names(group: Group) -> str:
    names = [photo.path.name for photo in group.photos]
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
