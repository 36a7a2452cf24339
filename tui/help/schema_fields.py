"""Every field that a file written by people may have, with the sentence that its schema says of it.

A path is written as in the file, tables before fields: ``placement.fill``. Where a table has
several forms (``canvas`` is photo or fixed), their fields stand side by side, each with the form
that it belongs to.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import inspect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from engine.session.config import SessionConfig
from presets.schema import Preset
from presets.seasons import Season

_FILES: Mapping[str, type[Any]] = {
    "preset": Preset,
    "season": Season,
    "session": SessionConfig,
}
_REQUIRED = object()


@dataclass(frozen=True)
class _Declared:
    """A field as its schema declares it, with the tables that it may be: several are its forms."""

    name: str
    meaning: str
    default: object
    tables: tuple[type[Any], ...]


@functools.cache
def schema_fields() -> Mapping[str, tuple[str, str]]:
    """Return what each field means, and what holds where it is left out, by its place.

    A place is ``preset:placement.fill``, ``season:starts`` or ``session:naming.pattern``; the last
    are the fields of ``packshot.toml``.
    """
    found: dict[str, tuple[str, str]] = {}
    for kind, schema in _FILES.items():
        grouped: dict[str, list[tuple[str, _Declared]]] = {}
        for path, form, declared in _fields(schema, "", ""):
            grouped.setdefault(path, []).append((form, declared))
        for path, fields in grouped.items():
            meant = _told([(form, declared.meaning) for form, declared in fields])
            absent = _told([(form, _default(declared)) for form, declared in fields])
            form, _ = fields[0]
            only = f"Only for {form}. " if form and len(fields) == 1 else ""
            found[f"{kind}:{path}"] = (only + meant, absent)
    return found


def _fields(schema: type[Any], before: str, form: str) -> Iterator[tuple[str, str, _Declared]]:
    """Yield the path of each field, the form of its table ("" where it has one), and itself."""
    for declared in _declared(schema):
        path = f"{before}{declared.name}"
        yield path, form, declared
        for table in declared.tables:
            yield from _fields(table, f"{path}.", _form(table, declared.tables))


def _declared(schema: type[Any]) -> Iterator[_Declared]:
    """Yield the fields of a pydantic model, or of a dataclass with a sentence below each field."""
    if issubclass(schema, BaseModel):
        for name, field in schema.model_fields.items():
            default = field.get_default(call_default_factory=True, validated_data={})
            yield _Declared(
                name,
                _one_line(field.description or ""),
                _REQUIRED if default is PydanticUndefined else default,
                _tables(field.annotation),
            )
        return
    said, types = _sentences(schema), get_type_hints(schema, include_extras=True)
    for known in dataclasses.fields(schema):
        default = known.default
        if known.default_factory is not dataclasses.MISSING:
            default = known.default_factory()
        required = default is dataclasses.MISSING
        yield _Declared(
            known.name,
            _one_line(said.get(known.name, "")),
            _REQUIRED if required else default,
            _tables(types[known.name]),
        )


def _sentences(schema: type[Any]) -> Mapping[str, str]:
    """Return the sentence that stands below each field of a dataclass in its source."""
    (declared,) = ast.parse(inspect.cleandoc(inspect.getsource(schema))).body
    lines = declared.body if isinstance(declared, ast.ClassDef) else []
    return {
        field.target.id: below.value.value
        for field, below in itertools.pairwise(lines)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def _tables(annotation: object) -> tuple[type[Any], ...]:
    """Return the schemas of tables that an annotation mentions, however deep."""
    if isinstance(annotation, type) and (
        issubclass(annotation, BaseModel) or dataclasses.is_dataclass(annotation)
    ):
        return (annotation,)
    return tuple(table for part in get_args(annotation) for table in _tables(part))


def _form(table: type[BaseModel], forms: Sequence[type[BaseModel]]) -> str:
    """Return the value by which a file chooses this form of a table; "" where it has but one."""
    if len(forms) == 1:
        return ""
    (chooser,) = (
        name
        for name in table.model_fields
        if all(_is_literal(form.model_fields.get(name)) for form in forms)
    )
    return str(get_args(table.model_fields[chooser].annotation)[0])


def _is_literal(field: FieldInfo | None) -> bool:
    return field is not None and get_origin(field.annotation) is Literal


def _one_line(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def _default(declared: _Declared) -> str:
    """Say what holds where a field is left out; nothing for a table."""
    default = declared.default
    if declared.tables:
        return ""
    if default is _REQUIRED:
        return "It has to be given."
    if default is None or default in ("", (), []):
        return "It may be left out."
    if isinstance(default, bool):
        return f"Left out, it is `{str(default).lower()}`."
    return f"Left out, it is `{list(default) if isinstance(default, tuple) else default}`."


def _told(sayings: Sequence[tuple[str, str]]) -> str:
    """Join what the forms of a table say of a field; the form is named where they differ."""
    said = {text for _, text in sayings}
    if len(said) == 1:
        return said.pop()
    # A text that begins with the form's own name, as the field that chooses it, needs no other.
    return " ".join(
        text if text.startswith(f"`{form}`") else f"{form}: {text}"
        for form, text in sayings
        if text
    )
