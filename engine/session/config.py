"""The session's settings, from ``packshot.toml`` in its folder.

The file is optional and only read. What it says wrongly is refused with the file, the key and the
nearest known one; nothing is guessed.
"""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import tomli
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from engine.errors import SessionConfigInvalid
from engine.session.language import language_tag
from engine.session.layout import CONFIG_NAME
from engine.session.naming import NamingPattern
from presets.urls import checked_template, require_tokens


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


def _checked_url(template: str | None) -> str | None:
    return None if template is None else checked_template(template)


def _checked_key(template: str | None) -> str | None:
    return None if template is None else require_tokens(template)


_Folder = Annotated[str, AfterValidator(_checked_folder)]


_Language = Annotated[str, AfterValidator(language_tag)]


class _Section(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )


class NamingConfig(_Section):
    """How names are read."""

    pattern: Annotated[str | None, AfterValidator(_checked_pattern)] = None
    """A regular expression with the groups ``sku``, ``view`` and ``version`` that fits the whole
    name without its suffix; one with a ``/`` fits the path from the session's folder."""


class FoldersConfig(_Section):
    """Which folders are what."""

    output: _Folder = "Output"
    """Where exports go; it is never scanned."""

    ignore: Annotated[list[_Folder], Field(default_factory=list)]
    """Further folders, from the session's folder, that are never scanned."""


class AltConfig(_Section):
    """In which languages pictures are described."""

    languages: Annotated[tuple[_Language, ...], Field(min_length=1, strict=False)] = ("en",)
    """The first one counts where none is named; ``packshot alt missing`` asks for all of them."""


class DeliveryConfig(_Section):
    """Where delivered files are online."""

    url: Annotated[str | None, AfterValidator(_checked_url)] = None
    """A file's URL with tokens between braces, ``https://cdn.example.com/{file}``, for manifests
    and purge lists."""
    surrogate_key: Annotated[str | None, AfterValidator(_checked_key)] = None
    """The key under which Fastly knows a file, with the same tokens: ``{sku}``."""


class SessionConfig(_Section):
    """All settings of a session."""

    naming: NamingConfig = NamingConfig()
    """How names are read."""

    folders: FoldersConfig = FoldersConfig(ignore=[])
    """Which folders are what."""

    alt: AltConfig = AltConfig()
    """In which languages pictures are described."""

    delivery: DeliveryConfig = DeliveryConfig()
    """Where delivered files are online."""


def read_config(session: Path) -> SessionConfig:
    """Return the settings of the session in a folder; the defaults where it has no file.

    Raises
    ------
    SessionConfigInvalid : the file cannot be read, or says something that cannot be used
    """
    path = session / CONFIG_NAME
    try:
        return SessionConfig.model_validate(tomli.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return SessionConfig()
    except OSError as error:
        raise _invalid(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _invalid(path, "is not written in UTF-8") from error
    except tomli.TOMLDecodeError as error:
        raise _invalid(path, f"is not valid TOML ({error})") from error
    except ValidationError as error:
        raise _invalid(path, _first_problem(error)) from error


def _invalid(path: Path, problem: str) -> SessionConfigInvalid:
    return SessionConfigInvalid(
        str(path), problem, "Correct the file, or remove it to work with the defaults."
    )


def _first_problem(error: ValidationError) -> str:
    detail = error.errors()[0]
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = _known_keys(detail["loc"])
        nearest = difflib.get_close_matches(str(detail["loc"][-1]), known, n=1, cutoff=0.0)[0]
        return f"unknown key {where}; the nearest known one is {nearest}"
    return f"{where}: {detail['msg'].removeprefix('Value error, ')}"


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    """Return the keys of the section that a location is in, written in full."""
    model: Any = SessionConfig
    prefix = ""
    for part in location[:-1]:
        model = model.model_fields[part].annotation
        prefix += f"{part}."
    return [prefix + name for name in model.model_fields]
