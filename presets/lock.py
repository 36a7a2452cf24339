"""A season's lock: everything that decides how its files come out, in full, under one hash.

The lock is one TOML file beside the session's seasons, made to be shared and read: it holds the
effective presets themselves, so that a difference can be named field by field, and so that the file
alone brings a colleague all that the season needs. Its hash covers all that decides how files come
out; its seal covers the hash together with who locked it and when. Neither is a secret: whoever
wants to know that a lock is the one that was signed off compares its seal with the sender's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from presets.canonical import Content, Difference, differences, sha256_of
from presets.errors import LockBroken, SeasonUnknown
from presets.loader import content_of
from presets.schema import NAME, Preset
from presets.seasons import Season
from presets.toml_file import read_toml

_HELD = ("season", "presets", "recipe", "rendering")
_HEAD = """\
# A season's lock, written by `packshot seasons lock`: the season, its presets and its recipe in
# one file. A colleague takes it over with `packshot seasons adopt FILE`. Any change makes it
# worthless: `packshot seasons unlock` takes it away, with a reason.

"""


@dataclass(frozen=True)
class Lock:
    """What a season holds fast.

    ``season``, ``recipe`` and ``rendering`` are contents as the canonical form knows them:
    the season's own file, the recipe that its photos are cut by, with the network's hash, and
    the generation of packshot's own rendering. ``presets`` are the effective presets by name.
    ``sealed`` says whether its file vouches for ``person`` and ``at``; those of an older packshot
    do not.
    """

    season: Content
    presets: Mapping[str, Content]
    recipe: Content
    rendering: Content
    person: str
    at: str
    sealed: bool = field(default=True, compare=False)

    @property
    def name(self) -> str:
        """The season's name."""
        return str(self.season["name"])

    @property
    def hash(self) -> str:
        """SHA-256, in hex, over the canonical form of all that is held."""
        return sha256_of({field: getattr(self, field) for field in _HELD})

    @property
    def seal(self) -> str:
        """SHA-256, in hex, over the hash, and who locked the season when."""
        return sha256_of({"hash": self.hash, "person": self.person, "at": self.at})

    def preset_digests(self) -> dict[str, str]:
        """Return the digest of every preset that is held."""
        return {name: sha256_of(content) for name, content in sorted(self.presets.items())}

    def changes(self, other: Lock) -> tuple[Difference, ...]:
        """Return every field in which another lock of this season differs."""
        return differences(
            {field: getattr(self, field) for field in _HELD},
            {field: getattr(other, field) for field in _HELD},
        )

    def changes_of(self, preset: Preset) -> tuple[Difference, ...]:
        """Return every field in which a preset is not as it was locked."""
        return differences(self.presets[preset.name], content_of(preset))

    def to_toml(self) -> str:
        """Return the text of the lock's file, which `read_lock` reads back."""
        content = {
            "schema_version": 2,
            "hash": self.hash,
            "person": self.person,
            "at": self.at,
            "seal": self.seal,
            **{field: getattr(self, field) for field in _HELD},
        }
        return _HEAD + tomli_w.dumps(content)


def make_lock(
    season: Season,
    presets: Mapping[str, Preset],
    *,
    recipe: Content,
    rendering: Content,
    person: str,
    at: str,
) -> Lock:
    """Return the lock that holds a season as it is now.

    Parameters
    ----------
    season : whose lock
    presets : its effective presets by name
    recipe : what its photos are cut by, the network's hash included
    rendering : the generation of the rendering
    person, at : who locks it, and when, in UTC
    """
    return Lock(
        season=season.content(),
        presets={name: content_of(preset) for name, preset in presets.items()},
        recipe=dict(recipe),
        rendering=dict(rendering),
        person=person,
        at=at,
    )


def lock_path(session: Path, season: str) -> Path:
    """Return where the lock of a season lies in a session.

    Raises
    ------
    SeasonUnknown : no season can have this name, since it would lead elsewhere
    """
    if not is_season_name(season):
        raise SeasonUnknown(
            season,
            "no season has this name",
            "Names are of small letters, digits and single hyphens between them.",
        )
    return session / "seasons" / f"{season}.lock"


def is_season_name(text: str) -> bool:
    """Return whether a season may be called so."""
    return len(text) <= 64 and re.fullmatch(NAME, text) is not None


def read_lock(path: Path) -> Lock:
    """Read a lock's file.

    Raises
    ------
    LockBroken : unreadable, no lock, or changed since it was written
    """
    content = read_toml(path, LockBroken)
    try:
        lock = _lock_of(content)
        sound = content["hash"] == lock.hash
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _broken(path, "is no lock that this packshot can read") from error
    if not sound:
        raise _broken(path, "was changed since it was written: its hash does not fit")
    if lock.sealed and content["seal"] != lock.seal:
        raise _broken(path, "was changed since it was written: who locked it, or when")
    return lock


def _lock_of(content: dict[str, Any]) -> Lock:
    """Return the lock that a file holds; one of the errors caught above where it is none."""
    version = content["schema_version"]
    known = {"schema_version", "hash", "person", "at", *_HELD, *(["seal"] if version == 2 else [])}
    if version not in {1, 2} or set(content) != known:
        raise ValueError("another version, or another file")
    tables = [*(content[field] for field in _HELD), *content["presets"].values()]
    if not all(isinstance(table, dict) for table in tables):
        raise TypeError("not tables")
    lock = Lock(
        season=content["season"],
        presets=content["presets"],
        recipe=content["recipe"],
        rendering=content["rendering"],
        person=str(content["person"]),
        at=str(content["at"]),
        sealed=version == 2,
    )
    if set(lock.presets) != set(lock.season["presets"]) or not lock.name:
        raise ValueError("the season's presets are not those that are held")
    return lock


def _broken(path: Path, problem: str) -> LockBroken:
    return LockBroken(
        str(path),
        problem,
        "Restore the file from the colleague or the backup that it came from, or take the lock "
        "away with `packshot seasons unlock` and a reason.",
    )
