"""What the next start takes up again: a person's place in a session, and a person's theme.

The place lies in the session's ``.packshot`` in a file for each person, so that two people in one
session do not move each other's cursor; the theme, and that the guided start was shown, lie in the
user's config folder. All are a convenience: a file that is missing, damaged or cannot be written
costs only what it remembers.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.atomic import write_atomic
from engine.errors import OutputError
from engine.session.layout import state_folder
from engine.work.jobs import View
from presets.user_folder import config_folder
from tui.photo.views import VIEWS
from tui.photo.zoom import FIT, STEPS

_MOST_BYTES = 1_000_000  # a file that is larger was not written here


@dataclass(frozen=True)
class Place:
    """Where a person is in a session.

    Attributes
    ----------
    cursor : the SKU of a heading or the id of a photo; None before the first move
    folded : SKUs that are folded away
    filter : the filter's text
    order : the name of the order in which photos are listed
    view : how photos are looked at
    zoom : screen pixels per photo pixel, one of ``STEPS``, or ``FIT``
    centre : what lies in the middle, in shares 0…1 of the photo's width and height
    advance : whether a verdict goes on to the next photo
    season : the season that is delivered; None for the one that is nearest to hand
    presets : the presets that are delivered instead of a season's
    """

    cursor: str | int | None = None
    folded: tuple[str, ...] = ()
    filter: str = ""
    order: str = "name"
    view: View = "checker"
    zoom: float = FIT
    centre: tuple[float, float] = (0.5, 0.5)
    advance: bool = False
    season: str | None = None
    presets: tuple[str, ...] = ()


def place_file(session: Path, person: str) -> Path:
    """Return the file of a person's place; a name that may say anything is hashed."""
    name = hashlib.sha256(person.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return state_folder(session) / "places" / f"{name}.json"


def read_place(session: Path, person: str) -> Place:
    """Return where a person was; whatever the file does not say properly has its default."""
    read = _read(place_file(session, person))
    plain = Place()
    names = ("cursor", "folded", "filter", "order", "view")
    cursor, folded, text, order, view = (read.get(name) for name in names)
    season = read.get("season")
    return Place(
        cursor=cursor if isinstance(cursor, str | int) else None,
        folded=_texts(folded),
        filter=text if isinstance(text, str) and text.isprintable() else "",
        order=order if isinstance(order, str) else plain.order,
        view=next((known for known in VIEWS if known == view), plain.view),
        zoom=next((step for step in STEPS if step == read.get("zoom")), plain.zoom),
        centre=_centre(read.get("centre")) or plain.centre,
        advance=read.get("advance") is True,
        season=season if isinstance(season, str) and season.isprintable() else None,
        presets=_texts(read.get("presets")),
    )


def write_place(session: Path, person: str, place: Place) -> bool:
    """Keep a person's place; return whether that was possible."""
    return _write(place_file(session, person), asdict(place))


def remembered_file() -> Path:
    """Return the file that remembers what holds for all sessions of this user."""
    return config_folder() / "remembered.json"


def read_theme() -> str | None:
    """Return the name of the theme that was used last, if it is known."""
    theme = _read(remembered_file()).get("theme")
    return theme if isinstance(theme, str) else None


def write_theme(name: str) -> bool:
    """Keep the theme's name; return whether that was possible."""
    return _remember("theme", name)


def read_guided() -> bool:
    """Return whether the guided start was shown to this user."""
    return _read(remembered_file()).get("guided") is True


def write_guided() -> bool:
    """Keep that the guided start was shown; return whether that was possible."""
    return _remember("guided", True)


def _remember(name: str, value: object) -> bool:
    """Keep one value, and what else the file says."""
    return _write(remembered_file(), {**_read(remembered_file()), name: value})


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _centre(value: object) -> tuple[float, float] | None:
    if not (isinstance(value, list) and len(value) == 2):
        return None
    shares = [share for share in value if isinstance(share, int | float) and math.isfinite(share)]
    if len(shares) != 2 or not all(0 <= share <= 1 for share in shares):
        return None
    return float(shares[0]), float(shares[1])


def _read(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            return {}
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _write(path: Path, values: Mapping[str, object]) -> bool:
    try:
        write_atomic(path, json.dumps(values, indent=1).encode("utf-8", "replace"))
    except OutputError:
        return False
    return True
