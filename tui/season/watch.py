"""Follows how the session's seasons stand: a preset that a colleague changes shows at once.

Looking costs a few file system calls; presets and locks are read when one of their files has
changed. A session that has no seasons of its own never imports what reading them takes.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.session.layout import state_folder
from presets.user_folder import config_folder

if TYPE_CHECKING:
    from engine.delivery.seasons.standing import Standing

_Stamp = tuple[object, ...]
_WATCHED = ("seasons", "presets")


class SeasonWatch:
    """What is known of a session's seasons; looked at from one thread at a time.

    Attributes
    ----------
    standings : every season, by name; empty where neither session nor user has any, as long as
        nobody asks for all of them
    season : the one that the session works for
    today : the day, in UTC, for which that holds
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: _Stamp | None = None
        self._all = False
        self.today = datetime.date.min
        self.standings: Sequence[Standing] = ()
        self.season: Standing | None = None

    def look(self, wanted: str | None, *, all_of_them: bool = False) -> bool:
        """Look whether anything has changed; return whether something had.

        Parameters
        ----------
        wanted : the season that the person has chosen
        all_of_them : whether built-in seasons are read as well where there are no others
        """
        self.today = today = datetime.datetime.now(tz=datetime.UTC).date()
        files = tuple(self._files())
        self._all = self._all or all_of_them
        stamp = (wanted, today, files, self._all)
        if stamp == self._seen:
            return False
        self._seen = stamp
        any_here = any(_tells_of_season(name) for name, _, _ in files)
        if not (self._all or wanted or any_here):
            self.standings, self.season = (), None
            return True
        from engine.delivery.seasons.at_hand import at_hand  # noqa: PLC0415 - see above
        from engine.delivery.seasons.standing import standings  # noqa: PLC0415

        self.standings = standings(self._folder)
        self.season = at_hand(self.standings, today, wanted)
        return True

    def _files(self) -> Iterator[tuple[str, int, int]]:
        """Yield name, time and size of every file that decides how a season stands."""
        yield from _listed(state_folder(self._folder), ("audit.jsonl", "audit.head"))
        for home in (self._folder, config_folder()):
            for name in _WATCHED:
                yield from _listed(home / name)


def _listed(folder: Path, names: Sequence[str] | None = None) -> list[tuple[str, int, int]]:
    try:
        entries = [folder / name for name in names] if names else sorted(folder.iterdir())
    except OSError:
        return []
    return [
        (str(entry), status.st_mtime_ns, status.st_size)
        for entry in entries
        if (status := _status(entry)) is not None
    ]


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _tells_of_season(name: str) -> bool:
    path = Path(name)
    return path.name == "audit.jsonl" or path.parent.name == "seasons"
