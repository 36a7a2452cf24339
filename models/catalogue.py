"""The built-in catalogue, and TOML descriptions turned into specs.

``catalogue.toml`` is data: a model is added there, not in code. Every error names the field.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import tomli

from models.errors import ModelInvalid
from models.spec import ModelDescription, ModelSpec, NpmSource, PythonSource, Source, UrlSource

CATALOGUE = Path(__file__).with_name("catalogue.toml")
"""The built-in models."""

_SOURCES: Mapping[str, type[Source]] = {
    "url": UrlSource,
    "python": PythonSource,
    "npm": NpmSource,
}

Described = TypeVar("Described", bound=ModelDescription)


@cache
def builtin_specs() -> tuple[ModelSpec, ...]:
    """Return every model of the built-in catalogue, in its order.

    It came with packshot and was checked before that: to check it at every start would take longer
    than to load a network.
    """
    return tuple(_built(entry) for entry in read_toml(CATALOGUE)["model"])


def _built(entry: Mapping[str, Any]) -> ModelSpec:
    sources = tuple(_SOURCES[source["kind"]](**source) for source in entry["sources"])
    triples = {name: tuple(entry[name]) for name in ("mean", "std")}
    return ModelSpec(**{**entry, **triples, "sources": sources})


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises
    ------
    ModelInvalid : the file cannot be read or is no TOML
    """
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelInvalid(str(path), f"cannot be read ({reason})", "Check the path.") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelInvalid(str(path), f"is not TOML ({error})", "Correct the file.") from error


def parse(schema: type[Described], values: object, path: Path) -> Described:
    """Return ``values`` as a ``schema``.

    Raises
    ------
    ModelInvalid : names the first wrong field and, for an unknown one, the nearest known one
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - only files need it

    try:
        return TypeAdapter(schema).validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        if first["type"] == "unexpected_keyword_argument":
            problem = f"there is no field {field}"
            known = [each.name for each in fields(schema)]
            remedy = f"The nearest known field is {nearest(field, known)}."
        else:
            reason = first["msg"].removeprefix("Value error, ")
            problem = f"{field}: {reason[:1].lower()}{reason[1:]}"
            remedy = "Correct the field."
        raise ModelInvalid(str(path), problem, remedy) from error


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that looks most like ``name``; ``known`` has at least one."""
    return difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.0)[0]
