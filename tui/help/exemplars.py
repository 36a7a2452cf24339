"""Exemplars: what people learn from, and those of the sample session, which come with packshot.

The sample's mattes are real ones, made by worse recipes; ``bench/exemplars.py`` makes the pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

FOLDER = Path(__file__).with_name("exemplar_pictures")
LIST = FOLDER / "exemplars.toml"


@dataclass(frozen=True)
class Shown:
    """An exemplar as people see it.

    Attributes
    ----------
    name : of the photo
    reason : why a matte of it was rejected; empty where none was
    see : what to see in it, in a sentence; a person's note may be anything, or empty
    rejected, approved : the mattes' pictures as JPEG; None where there is none
    is_sample : whether it comes with packshot
    """

    name: str
    reason: str
    see: str
    rejected: bytes | None
    approved: bytes | None
    is_sample: bool = False


def samples() -> list[Shown]:
    """Return the exemplars that come with packshot."""
    return [_sample(each) for each in tomli.loads(LIST.read_text("utf-8"))["exemplar"]]


def _sample(values: Mapping[str, Any]) -> Shown:
    def picture(state: str) -> bytes | None:
        return picture_file(values["id"], state).read_bytes() if state in values else None

    return Shown(
        name=values["photo"],
        reason=values["reason"],
        see=values["see"],
        rejected=picture("rejected"),
        approved=picture("approved"),
        is_sample=True,
    )


def picture_file(exemplar_id: str, state: str) -> Path:
    """Return the file of a sample's picture."""
    return FOLDER / f"{exemplar_id}-{state}.jpg"
