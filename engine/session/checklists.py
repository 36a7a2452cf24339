"""Checklists: what has to be true before a session or a matte goes on.

The built-in ones are in ``checklists.toml`` here; a file of that name in a session's folder takes
their place. What was ticked is no part of a list (see ``engine.session.ticks``): it refers to list
and point by their ids, which stay the same when a text is reworded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import tomli

from engine.errors import SessionConfigInvalid

FILE_NAME = "checklists.toml"
"""What a session's own checklists are called."""

BUILT_IN = Path(__file__).with_name(FILE_NAME)
"""The file of the built-in ones."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID, _LONGEST_LINE = 64, 500
_KNOWN_ONLY = {"extra": "forbid"}


@dataclass(frozen=True)
class Item:
    """One point to tick.

    Attributes
    ----------
    id : its name in what is stored; unique in its list
    text : what is ticked
    why : what goes wrong without it
    terms : ids of the glossary's terms that explain it
    """

    __pydantic_config__ = _KNOWN_ONLY

    id: str
    text: str
    why: str = ""
    terms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_line("text", self.text)


@dataclass(frozen=True)
class Checklist:
    """Points that belong together.

    Attributes
    ----------
    id : its name in what is stored; unique in the file
    title : its heading
    item : its points, in the order in which they are gone through
    about : when it is gone through, and for what
    """

    __pydantic_config__ = _KNOWN_ONLY

    id: str
    title: str
    item: tuple[Item, ...]
    about: str = ""

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_line("title", self.title)
        _check_several([item.id for item in self.item], "point")


@dataclass(frozen=True)
class Checklists:
    """All checklists of a file, in the order in which they are shown, and whose they are."""

    __pydantic_config__ = _KNOWN_ONLY

    checklist: tuple[Checklist, ...]
    origin: Literal["built-in", "session"] = "built-in"

    def __post_init__(self) -> None:
        _check_several([each.id for each in self.checklist], "list")

    def find(self, list_id: str, item_id: str) -> Item | None:
        """Return the point of a list; None where there is none."""
        found = (
            item
            for each in self.checklist
            if each.id == list_id
            for item in each.item
            if item.id == item_id
        )
        return next(found, None)


def read_checklists(session: Path | None = None) -> Checklists:
    """Return the checklists of a session: its own, or else the built-in ones.

    Raises
    ------
    SessionConfigInvalid : the session's file cannot be read or used
    """
    if session is not None and (path := session / FILE_NAME).is_file():
        return _own(path)
    content = tomli.loads(BUILT_IN.read_text("utf-8"))
    return Checklists(tuple(_list(values) for values in content["checklist"]))


def _list(values: Mapping[str, Any]) -> Checklist:
    items = tuple(
        Item(**{**each, "terms": tuple(each.get("terms", ()))}) for each in values["item"]
    )
    return Checklist(**{**values, "item": items})


def _own(path: Path) -> Checklists:
    # Takes longer to import than most sessions to open, and few have checklists of their own.
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    try:
        content = tomli.loads(path.read_text(encoding="utf-8"))
        read = TypeAdapter(Checklists).validate_python({**content, "origin": "session"})
    except OSError as error:
        raise _invalid(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _invalid(path, "is not written in UTF-8") from error
    except tomli.TOMLDecodeError as error:
        raise _invalid(path, f"is not valid TOML ({error})") from error
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        told = detail["msg"].removeprefix("Value error, ")
        raise _invalid(path, f"{where}: {told}" if where else told) from error
    return replace(read, origin="session")


def _invalid(path: Path, problem: str) -> SessionConfigInvalid:
    return SessionConfigInvalid(
        str(path), problem, "Correct the file, or remove it to use the built-in checklists."
    )


def _check_id(text: str) -> None:
    if len(text) > _LONGEST_ID or not _ID.fullmatch(text):
        raise ValueError(f"the id {text!r} has to be small letters, digits and single hyphens")


def _check_line(name: str, text: str) -> None:
    if not 1 <= len(text) <= _LONGEST_LINE:
        raise ValueError(f"{name} has to have 1 to {_LONGEST_LINE} characters")


def _check_several(ids: list[str], what: str) -> None:
    if not ids:
        raise ValueError(f"there has to be at least one {what}")
    repeated = {each for each in ids if ids.count(each) > 1}
    if repeated:
        raise ValueError(f"the id {min(repeated)} is used more than once")
