"""Every table and field of a preset file, as a page: what it may say, and what that means."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from presets.annotations import models_in
from presets.schema import Preset

_TAGS = ("kind", "format")


@dataclass(frozen=True)
class Field:
    """One field: what it may be, what holds where it is left out, and what it means."""

    name: str
    values: str
    absent: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table of the file, in one of its forms: ``place`` is empty for the file's own fields."""

    place: str
    form: str
    meaning: str
    fields: tuple[Field, ...]


@functools.cache
def reference() -> tuple[Table, ...]:
    """Return every table of a preset file, in the schema's order; one that comes again, once."""
    return tuple(_tables(Preset, "", "", set()))


def reference_page() -> str:
    """Return the reference as Markdown."""
    return "\n".join(line for table in reference() for line in _lines(table)).rstrip() + "\n"


def _tables(
    model: type[BaseModel], place: str, form: str, told: set[type[BaseModel]]
) -> Iterator[Table]:
    told.add(model)
    schema = model.model_json_schema()
    own, inner = [], []
    for name, field in model.model_fields.items():
        path = f"{place}.{name}" if place else name
        models = models_in(field.annotation)
        if models:
            inner += [(each, path, _form(each) if len(models) > 1 else "") for each in models]
        said = schema["properties"][name]
        values = _table_values(models, name) if models else _values(said)
        own.append(Field(name, values, _absent(field, said), _one_line(field.description or "")))
    yield Table(place, form, _one_line(model.__doc__ or ""), tuple(own))
    for each, path, inner_form in inner:
        if each not in told:
            yield from _tables(each, path, inner_form, told)


def _form(model: type[BaseModel]) -> str:
    """Return the field and value that choose this form of a table."""
    tag = next(tag for tag in _TAGS if tag in model.model_fields)
    return f'{tag} = "{get_args(model.model_fields[tag].annotation)[0]}"'


def _table_values(models: tuple[type[BaseModel], ...], name: str) -> str:
    plural = name in {"rules", "views"}
    return "tables" if plural else "a table" if len(models) == 1 else "a table of one form"


def _values(schema: Mapping[str, Any]) -> str:
    """Say what a field may be, from its JSON Schema."""
    told = [_one(each) for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return " or ".join(dict.fromkeys(told))


def _one(schema: Mapping[str, Any]) -> str:
    if "const" in schema or "enum" in schema:
        return ", ".join(_code(value) for value in schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    if kind in {"integer", "number"}:
        return _range(schema, "a whole number" if kind == "integer" else "a number")
    if kind == "array":
        return _list(schema)
    return "`true`, `false`" if kind == "boolean" else "a text"


def _list(schema: Mapping[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"{len(schema['prefixItems'])} numbers: {_one(schema['prefixItems'][0])}"
    return f"a list: {_one(schema.get('items', {}))}"


def _range(schema: Mapping[str, Any], kind: str) -> str:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is None and high is None:
        return kind
    if high is None:
        return f"{kind}, {low:g} or more"
    above = "over " if "exclusiveMinimum" in schema else ""
    below = "under " if "exclusiveMaximum" in schema else ""
    return f"{above}{low:g} … {below}{high:g}"


def _absent(field: Any, schema: Mapping[str, Any]) -> str:
    if field.is_required():
        return "has to be given"
    default = schema.get("default")
    return "–" if default in (None, "", []) or isinstance(default, dict) else _code(default)


def _code(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{list(value) if isinstance(value, tuple) else value}`"


def _one_line(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def _lines(table: Table) -> Iterator[str]:
    if table.place:
        yield f"### `{table.place}`" + (f", `{table.form}`" if table.form else "")
    else:
        yield "### The file itself"
    yield ""
    yield table.meaning
    yield ""
    yield "| field | values | left out | what it says |"
    yield "|---|---|---|---|"
    for field in table.fields:
        cells = (f"`{field.name}`", field.values, field.absent, field.meaning)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
