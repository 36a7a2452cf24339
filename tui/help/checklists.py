"""Checklists: what has to be true before a session or a matte goes on.

The built-in ones are in ``checklists.toml``; a file of that name in a session's folder takes their
place. What was ticked is no part of a list: whoever stores it refers to list and item by their
ids, which stay the same when a text is reworded.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

import tomli
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.errors import SessionConfigInvalid

FILE_NAME = "checklists.toml"
"""What a session's own checklists are called."""

_Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
_Line = Annotated[str, Field(min_length=1, max_length=500)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Item(_Part):
    """One point to tick."""

    id: _Id
    """Its name in what is stored; unique in its list."""
    text: _Line
    """What is ticked."""
    why: str = ""
    """What goes wrong without it."""
    terms: tuple[str, ...] = ()
    """Ids of the glossary's terms that explain it."""


class Checklist(_Part):
    """Points that belong together."""

    id: _Id
    """Its name in what is stored; unique in the file."""
    title: _Line
    """Its heading."""
    about: str = ""
    """When it is gone through, and for what."""
    item: Annotated[tuple[Item, ...], Field(min_length=1)]
    """Its points, in the order in which they are gone through."""

    @model_validator(mode="after")
    def _unique(self) -> Self:
        _refuse_repeats([item.id for item in self.item])
        return self


class Checklists(_Part):
    """All checklists of a file."""

    checklist: Annotated[tuple[Checklist, ...], Field(min_length=1)]
    """The lists, in the order in which they are shown."""
    origin: Literal["built-in", "session"] = "built-in"
    """Whose they are."""

    @model_validator(mode="after")
    def _unique(self) -> Self:
        _refuse_repeats([each.id for each in self.checklist])
        return self


def read_checklists(session: Path | None = None) -> Checklists:
    """Return the checklists of a session: its own, or else the built-in ones.

    Raises
    ------
    SessionConfigInvalid : the session's file cannot be read or used
    """
    if session is not None and (path := session / FILE_NAME).is_file():
        return _own(path)
    built_in = files("tui.help").joinpath(FILE_NAME).read_text("utf-8")
    return Checklists.model_validate(tomli.loads(built_in))


def _own(path: Path) -> Checklists:
    try:
        content: Mapping[str, object] = tomli.loads(path.read_text(encoding="utf-8"))
        return Checklists.model_validate({**content, "origin": "session"})
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


def _invalid(path: Path, problem: str) -> SessionConfigInvalid:
    return SessionConfigInvalid(
        str(path), problem, "Correct the file, or remove it to use the built-in checklists."
    )


def _refuse_repeats(ids: list[str]) -> None:
    repeated = {each for each in ids if ids.count(each) > 1}
    if repeated:
        raise ValueError(f"the id {min(repeated)} is used more than once")
