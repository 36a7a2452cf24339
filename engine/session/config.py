"""The session's settings, from ``packshot.toml`` in its folder.

The file is optional and only read. What it says wrongly is refused with the file, the key and the
nearest known one; nothing is guessed. The library that checks it is imported only where there is
a file to check: it takes longer to import than most sessions to open.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import tomli

from engine.errors import SessionConfigInvalid
from engine.session.language import language_tag
from engine.session.layout import CONFIG_NAME
from engine.session.naming import NamingPattern
from models.checked import Checked
from presets.urls import checked_template, require_tokens

if TYPE_CHECKING:
    from pydantic import ValidationError


def _checked_pattern(pattern: str | None) -> str | None:
    NamingPattern(pattern)
    return pattern


def _checked_folder(folder: str) -> str:
    path = PurePosixPath(folder)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in folder:
        raise ValueError("it has to be a folder inside the session, written with /")
    if path.parts[0].startswith("."):
        raise ValueError("a hidden folder is not allowed")
    return str(path)


def _checked_languages(tags: tuple[str, ...]) -> tuple[str, ...]:
    if not tags:
        raise ValueError("at least one language is needed")
    return tuple(language_tag(tag) for tag in tags)


def _checked_colour(colour: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError("it has to be a colour as #rrggbb")
    return colour


def _checked_url(template: str | None) -> str | None:
    return None if template is None else checked_template(template)


def _checked_key(template: str | None) -> str | None:
    return None if template is None else require_tokens(template)


_Folder = Annotated[str, Checked(_checked_folder)]
_KNOWN_ONLY = {"extra": "forbid"}


@dataclass(frozen=True)
class NamingConfig:
    """How names are read."""

    __pydantic_config__ = _KNOWN_ONLY

    pattern: Annotated[str | None, Checked(_checked_pattern)] = None
    """A regular expression with the groups ``sku``, ``view`` and ``version`` that fits the whole
    name without its suffix; one with a ``/`` fits the path from the session's folder."""


@dataclass(frozen=True)
class FoldersConfig:
    """Which folders are what."""

    __pydantic_config__ = _KNOWN_ONLY

    output: _Folder = "Output"
    """Where exports go; it is never scanned."""

    ignore: list[_Folder] = field(default_factory=list)
    """Further folders, from the session's folder, that are never scanned."""


@dataclass(frozen=True)
class AltConfig:
    """In which languages pictures are described."""

    __pydantic_config__ = _KNOWN_ONLY

    languages: Annotated[tuple[str, ...], Checked(_checked_languages)] = ("en",)
    """The first one counts where none is named; ``packshot alt missing`` asks for all of them."""


@dataclass(frozen=True)
class DeliveryConfig:
    """Where delivered files are online."""

    __pydantic_config__ = _KNOWN_ONLY

    url: Annotated[str | None, Checked(_checked_url)] = None
    """A file's URL with tokens between braces, ``https://cdn.example.com/{file}``, for manifests
    and purge lists."""

    surrogate_key: Annotated[str | None, Checked(_checked_key)] = None
    """The key under which Fastly knows a file, with the same tokens: ``{sku}``."""


@dataclass(frozen=True)
class LookConfig:
    """How photos are looked at."""

    __pydantic_config__ = _KNOWN_ONLY

    brand: Annotated[str, Checked(_checked_colour)] = "#f2ede4"
    """The colour behind the product in the brand's view, as ``#rrggbb``."""

    @property
    def brand_rgb(self) -> tuple[int, int, int]:
        """The brand's colour as red, green and blue, 0…255."""
        red, green, blue = bytes.fromhex(self.brand[1:])
        return red, green, blue


@dataclass(frozen=True)
class SessionConfig:
    """All settings of a session."""

    __pydantic_config__ = _KNOWN_ONLY

    naming: NamingConfig = field(default_factory=NamingConfig)
    """How names are read."""

    folders: FoldersConfig = field(default_factory=FoldersConfig)
    """Which folders are what."""

    alt: AltConfig = field(default_factory=AltConfig)
    """In which languages pictures are described."""

    look: LookConfig = field(default_factory=LookConfig)
    """How photos are looked at."""

    delivery: DeliveryConfig = field(default_factory=DeliveryConfig)
    """Where delivered files are online."""


def read_config(session: Path) -> SessionConfig:
    """Return the settings of the session in a folder; the defaults where it has no file.

    Raises
    ------
    SessionConfigInvalid : the file cannot be read, or says something that cannot be used
    """
    path = session / CONFIG_NAME
    try:
        values = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return SessionConfig()
    except OSError as error:
        raise _invalid(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _invalid(path, "is not written in UTF-8") from error
    except tomli.TOMLDecodeError as error:
        raise _invalid(path, f"is not valid TOML ({error})") from error
    return _checked(path, values)


def _checked(path: Path, values: dict[str, Any]) -> SessionConfig:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - see above

    try:
        return TypeAdapter(SessionConfig).validate_python(values)
    except ValidationError as error:
        raise _invalid(path, _first_problem(error)) from error


def _invalid(path: Path, problem: str) -> SessionConfigInvalid:
    return SessionConfigInvalid(
        str(path), problem, "Correct the file, or remove it to work with the defaults."
    )


def _first_problem(error: ValidationError) -> str:
    detail = error.errors()[0]
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "unexpected_keyword_argument":
        known = _known_keys(detail["loc"])
        nearest = difflib.get_close_matches(str(detail["loc"][-1]), known, n=1, cutoff=0.0)[0]
        return f"unknown key {where}; the nearest known one is {nearest}"
    return f"{where}: {detail['msg'].removeprefix('Value error, ')}"


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    """Return the keys of the section that a location is in, written in full."""
    section: Any = SessionConfig
    prefix = ""
    for part in location[:-1]:
        section = get_type_hints(section)[str(part)]
        prefix += f"{part}."
    return [prefix + each.name for each in fields(section)]
