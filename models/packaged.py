"""The weights that come inside packshot: the two learned networks of the refiner, and a judge.

``refiner/frame.toml`` describes ``refiner/frame.onnx`` and names its SHA-256, and so for
``outline``; other bytes are refused, so that the hashes in a recipe's digest are those of the
weights which made the matte. The judge of holes is so small that it stands in ``holes.toml``.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import resources
from typing import Any, Literal

import tomli

from models.errors import ModelChanged

Name = Literal["frame", "outline"]


@functools.cache
def refiner_sha256() -> str:
    """Return one SHA-256, in hex, for all weights, from those that their descriptions name."""
    judge = hashlib.sha256(_description("holes").encode()).hexdigest()
    return hashlib.sha256((_sha256("frame") + _sha256("outline") + judge).encode()).hexdigest()


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


def hole_judge() -> dict[str, list[Any]]:
    """Return the numbers of the perceptron that judges holes: ``engine.matting.enclosed``."""
    numbers: dict[str, list[Any]] = tomli.loads(_description("holes"))["judge"]
    return numbers


def _sha256(name: Name) -> str:
    return str(tomli.loads(_description(name))["sha256"])


def _description(name: str) -> str:
    return (resources.files("models") / "refiner" / f"{name}.toml").read_text("utf-8")
