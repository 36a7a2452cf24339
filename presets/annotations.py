"""What the annotations of a schema mention."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel


def models_in(annotation: object) -> tuple[type[BaseModel], ...]:
    """Return the models that an annotation such as ``tuple[Rule, ...]`` mentions, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for inner in get_args(annotation) for model in models_in(inner))
