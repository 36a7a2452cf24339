"""A person's own keys: the table ``[keys]`` of ``config.toml`` in the user's config folder.

    [keys]
    "judge.approve" = "a"
    "look.matte" = ["M", "ctrl+g"]

An entry is taken whole or not at all. Whatever cannot be taken is told by name, and its action
keeps the keys that it has: no file can leave an action without a key, or a key with two meanings.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli

from presets.user_folder import config_folder
from tui.keys.contexts import CONTEXTS, KEYS, TYPING, find
from tui.keys.names import key_from, name_of
from tui.safe_text import safe

_SAME_AS = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+h": "Backspace", "ctrl+j": "Enter"}
"""Keys that a terminal sends as another one."""


@dataclass(frozen=True)
class UserKeys:
    """The keys of each action that a person has changed, and what was wrong with the others.

    Attributes
    ----------
    keys : by id, in Textual's names, alternatives separated by commas
    problems : a sentence each, fit for the screen
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def keys_of(self, key_id: str) -> list[str]:
        """Return the keys that run an action, the one to be shown first."""
        key = find(key_id)
        if key is None:
            raise KeyError(key_id)
        return self.keys.get(key_id, key.keys).split(",")

    def name_of(self, key_id: str) -> str:
        """Return an action's first key as a person reads it."""
        return name_of(self.keys_of(key_id)[0])


def config_file() -> Path:
    """Return the user's config file, which need not exist."""
    return config_folder() / "config.toml"


def read_user_keys(path: Path | None = None) -> UserKeys:
    """Return the keys in a config file; the user's own by default."""
    path = path or config_file()
    try:
        values = tomli.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return UserKeys()
    except OSError as error:
        return UserKeys(problems=(f"{path.name} cannot be read ({error.strerror or error}).",))
    except (ValueError, RecursionError) as error:
        return UserKeys(problems=(f"{path.name} is not TOML: {safe(error)}.",))
    wrong = [f"{path.name} has no table {safe(name)}." for name in values if name != "keys"]
    table = values.get("keys", {})
    if not isinstance(table, dict):
        return UserKeys(problems=(*wrong, f"{path.name}: keys has to be a table, [keys]."))
    wanted: dict[str, str] = {}
    for key_id, value in _flat(table):
        keys, problem = _understood(key_id, value)
        if problem:
            wrong.append(f"{safe(key_id)}: {problem}")
        else:
            wanted[key_id] = keys
    return UserKeys(wanted, tuple(wrong + list(_drop_clashes(wanted))))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    """Yield ids with their values; ``judge.approve`` without quotes is a table in TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _understood(key_id: str, value: object) -> tuple[str, str]:
    """Return the keys of an entry in Textual's names, or what is wrong with it."""
    if find(key_id) is None:
        near = difflib.get_close_matches(key_id, [key.id for key in KEYS], n=1)
        return "", "there is no such action" + (f"; did you mean {near[0]}?" if near else ".")
    listed = value if isinstance(value, list) else [value]
    written = [each for each in listed if isinstance(each, str) and each]
    if not written or len(written) < len(listed):
        return "", 'it takes a key, "a", or several, ["a", "ctrl+g"].'
    keys = []
    for each in written:
        key = key_from(each)
        if key is None:
            return "", f"“{safe(each)}” is no key."
        if key in _SAME_AS:
            return "", f"a terminal sends {name_of(key)} as {_SAME_AS[key]}."
        if key_id in TYPING and (len(key) == 1 or len(each) == 1):
            return "", f"{name_of(key)} is needed for typing there."
        keys.append(key)
    return ",".join(keys), ""


def _drop_clashes(wanted: dict[str, str]) -> Iterator[str]:
    """Take entries out of ``wanted`` until no key has two meanings; yield a sentence for each."""
    while clash := _clash(wanted):
        key, entry, other = clash
        del wanted[entry]
        known = find(other)
        what = known.description if known else ""
        yield f"{entry}: {name_of(key)} is taken by {other} ({what})."


def _clash(wanted: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return a key with two meanings, the later entry of the file behind it, and the other id."""
    order = list(wanted)
    for context in CONTEXTS.values():
        taken: dict[str, str] = {}
        for key in context:
            for name in wanted.get(key.id, key.keys).split(","):
                other = taken.setdefault(name, key.id)
                if other != key.id:
                    later, first = sorted(
                        (key.id, other),
                        key=lambda each: order.index(each) if each in wanted else -1,
                    )[::-1]
                    return name, later, first
    return None
