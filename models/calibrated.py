"""What is known of networks that may be computed in integers of eight bits.

``calibration/<model>.json`` holds what ``bench/refiner/calibrate.py`` measured on photos. It
belongs to one file of weights and counts for no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from models.spec import ModelSpec


@dataclass(frozen=True)
class Calibration:
    """What a network needs to be computed in integers.

    ranges : the least and the greatest that a value of its graph comes to, by the value's name: of
        its picture, and of what convolutions take and give, rectified
    exact : names of weights that cannot be rounded without harm
    digest : tells it from others that were measured of the same network
    """

    ranges: Mapping[str, tuple[float, float]]
    exact: frozenset[str]
    digest: str


def calibration(spec: ModelSpec) -> Calibration | None:
    """Return what was measured of a model's file; None where nothing was."""
    path = resources.files("models") / "calibration" / f"{spec.id}.json"
    if not path.is_file():
        return None
    content = path.read_bytes()
    kept = json.loads(content)
    if kept["sha256"] != spec.sha256 or kept["output"] != spec.quick_output:
        return None
    ranges = {name: (float(least), float(most)) for name, (least, most) in kept["ranges"].items()}
    return Calibration(ranges, frozenset(kept["exact"]), hashlib.sha256(content).hexdigest()[:8])
