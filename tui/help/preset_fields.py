"""Every field that a preset file may have, with the sentence that its schema says about it.

A path is written as in the file, tables before fields: ``placement.fill``. Where a table has
several forms (``canvas`` is photo or fixed), their fields stand side by side.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import get_args

from pydantic import BaseModel

from presets.schema import Preset


@functools.cache
def preset_fields() -> Mapping[str, str]:
    """Return what each field means by its path, in the schema's order."""
    return _fields(Preset, "")


def _fields(model: type[BaseModel], before: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, field in model.model_fields.items():
        path = f"{before}{name}"
        found[path] = _joined(found.get(path, ""), field.description or "")
        for inner in _models(field.annotation):
            for below, meaning in _fields(inner, f"{path}.").items():
                found[below] = _joined(found.get(below, ""), meaning)
    return found


def _models(annotation: object) -> tuple[type[BaseModel], ...]:
    """Return the models that an annotation mentions, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for part in get_args(annotation) for model in _models(part))


def _joined(before: str, meaning: str) -> str:
    """Add what another form of the same table says about a field."""
    text = " ".join(meaning.replace("``", "`").split())
    return text if not before or text in before else f"{before} {text}"
