"""A matte as what a picture is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from engine.session.layout import matte_path
from engine.session.records import MatteRecord
from engine.work.jobs import Beside


def beside(folder: Path, matte: MatteRecord, how: Literal["split", "difference"]) -> Beside:
    """Return a session's matte to be seen beside another, as its own recipe shows it."""
    path = matte_path(folder, matte.photo_sha256, matte.recipe_digest)
    return Beside(path, how, matte.recipe.get("keep_shadow") is True)
