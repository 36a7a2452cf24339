"""The weights that come inside packshot: the two learned networks of the refiner.

``refiner/frame.toml`` describes ``refiner/frame.onnx`` and names its SHA-256, and so for
``outline``; other bytes are refused, so that the hashes in a recipe's digest are those of the
weights which made the matte.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import resources
from typing import Literal

import tomli

from models.errors import ModelChanged

Name = Literal["frame", "outline"]


@functools.cache
def refiner_sha256() -> str:
    """Return one SHA-256, in hex, for all weights, from those that their descriptions name."""
    return hashlib.sha256((_sha256("frame") + _sha256("outline")).encode()).hexdigest()


def weights(name: Name) -> bytes:
    """Return the ONNX file of one of the networks.

    Raises
    ------
    ModelChanged : the file is not the one that its description was made for
    """
    data = (resources.files("models") / "refiner" / f"{name}.onnx").read_bytes()
    found, expected = hashlib.sha256(data).hexdigest(), _sha256(name)
    if found != expected:
        raise ModelChanged(
            f"models/refiner/{name}.onnx",
            f"its SHA-256 is {found}, not {expected}",
            "Install packshot again",
        )
    return data


def _sha256(name: Name) -> str:
    description = resources.files("models") / "refiner" / f"{name}.toml"
    return str(tomli.loads(description.read_text("utf-8"))["sha256"])
