"""What is wrong with a preset or season file, in words for the person who wrote it.

The schema's errors carry a location; here it becomes the place in the file, and an unknown field
is answered with the nearest one that the same table knows.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import get_args

import pydantic

from presets.annotations import models_in
from presets.schema import Preset

Models = tuple[type[pydantic.BaseModel], ...]
_TAGS = ("kind", "format")


def explain(
    error: pydantic.ValidationError, root: type[pydantic.BaseModel] = Preset
) -> tuple[str, str]:
    """Return problem and remedy for the first thing wrong, an unknown field before all else.

    Parameters
    ----------
    error : what the schema refused
    root : the model of the whole file
    """
    details = sorted(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
    detail = details[0]
    place = _place(detail["loc"], root)
    others = f" ({len(details) - 1} more)" if len(details) > 1 else ""
    if detail["type"] == "extra_forbidden":
        known = _known_fields(detail["loc"][:-1], root)
        near = difflib.get_close_matches(str(detail["loc"][-1]), known, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
        return f"unknown field {place}{others}", hint
    if detail["type"] == "missing":
        shown = {"Preset": "presets", "Season": "seasons"}.get(root.__name__, "manifest")
        return f"{place} is missing{others}", f"Add it; `packshot {shown} show` prints an example."
    if detail["type"].startswith("union_tag"):
        tags = [
            str(tag)
            for model in _known_models(detail["loc"], root)
            for field in _TAGS
            if field in model.model_fields
            for tag in get_args(model.model_fields[field].annotation)
        ]
        key = str(detail["ctx"]["discriminator"]).strip("'")
        return f"{place}.{key} must be one of {', '.join(tags)}{others}", "Set it."
    message = detail["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return f"{place}: {message}{others}" if place else message + others, "Mend that value."


def _place(location: Sequence[str | int], root: type[pydantic.BaseModel]) -> str:
    """Return where a value stands as a person writes it: ``rules (entry 2).minimum``."""
    place = ""
    models: Models = (root,)
    for step in location:
        narrowed = _tagged(models, step)
        models = narrowed or _below(models, step)
        if isinstance(step, int):
            place += f" (entry {step + 1})"
        elif not narrowed:
            place += f".{step}" if place else step
    return place


def _known_fields(location: Sequence[str | int], root: type[pydantic.BaseModel]) -> list[str]:
    """Return the fields that are allowed in the table at ``location``."""
    return sorted(
        {field for model in _known_models(location, root) for field in model.model_fields}
    )


def _known_models(location: Sequence[str | int], root: type[pydantic.BaseModel]) -> Models:
    models: Models = (root,)
    for step in location:
        models = _tagged(models, step) or _below(models, step)
    return models


def _tagged(models: Models, step: str | int) -> Models:
    """Return the models that a tag selects; none where the step is no tag.

    pydantic puts the tag of a discriminated union into the location of an error ("canvas",
    "fixed", "width"), where no field of the file corresponds to it.
    """
    if len(models) < 2:
        return ()
    return tuple(
        model
        for model in models
        for tag in _TAGS
        if tag in model.model_fields and step in get_args(model.model_fields[tag].annotation)
    )


def _below(models: Models, step: str | int) -> Models:
    """Return the models that may stand in the field ``step``; a list's entries are its own."""
    if isinstance(step, int):
        return models
    return tuple(
        inner
        for model in models
        if step in model.model_fields
        for inner in models_in(model.model_fields[step].annotation)
    )
