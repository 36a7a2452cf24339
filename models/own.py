"""A user's own models: TOML descriptions that live in the store beside their files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import tomli_w

from models.catalogue import parse, read_toml
from models.spec import ModelDescription, ModelSpec


class OwnModels:
    """The descriptions in one folder, ``<id>.toml`` each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def specs(self) -> list[ModelSpec]:
        """Return every model described here.

        Raises
        ------
        ModelInvalid : a description was changed by hand to something that cannot be used
        """
        notes = sorted(self._folder.glob("*.toml"))
        return [parse(ModelSpec, read_toml(note), note) for note in notes]

    def find(self, model_id: str) -> ModelSpec | None:
        """Return the model of that name, if there is one."""
        return next((spec for spec in self.specs() if spec.id == model_id), None)

    def note(self, model_id: str) -> Path:
        """Return where the description of a model is, or would be."""
        return self._folder / f"{model_id}.toml"


def own_spec(description: ModelDescription, copy: Path, digest: str) -> ModelSpec:
    """Return the spec of a described file; its name holds its hash, so that versions never mix."""
    return ModelSpec(
        **asdict(description),
        file=f"{description.id}-{digest[:12]}.onnx",
        bytes=copy.stat().st_size,
        sha256=digest,
    )


def own_toml(spec: ModelSpec) -> bytes:
    """Return the description to keep beside the file."""
    content = asdict(spec)
    del content["sources"]
    return tomli_w.dumps(content).encode()
