"""The weights that come inside packshot: the two learned networks of the refiner, and two judges.

``refiner/frame.toml`` describes ``refiner/frame.onnx`` and names its SHA-256, and so for
``outline``; other bytes are refused, so that the hashes in a recipe's digest are those of the
weights which made the matte. The judges of holes are so small that they stand in ``holes.toml``,
and for fine networks in ``holes-fine.toml``.
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
    judges = (_description(name).encode() for name in ("holes", "holes-fine"))
    hashes = [
        _sha256("frame"),
        _sha256("outline"),
        *(hashlib.sha256(j).hexdigest() for j in judges),
    ]
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


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


def hole_judge(*, fine: bool) -> dict[str, list[Any]]:
    """Return the numbers of a perceptron that judges holes: ``engine.matting.enclosed``.

    Parameters
    ----------
    fine : whether it judges after networks that saw more than the refiner
    """
    name = "holes-fine" if fine else "holes"
    numbers: dict[str, list[Any]] = tomli.loads(_description(name))["judge"]
    return numbers


def _sha256(name: Name) -> str:
    return str(tomli.loads(_description(name))["sha256"])


def _description(name: str) -> str:
    return (resources.files("models") / "refiner" / f"{name}.toml").read_text("utf-8")
