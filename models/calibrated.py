"""What is known of networks that may be computed in integers of eight bits.

``calibration/<model>.json`` holds what ``bench/refiner/calibrate.py`` measured on photos. It
belongs to one file of weights and counts for no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


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


@cache
def calibration(model: str, sha256: str, output: int) -> Calibration | None:
    """Return what was measured of a model's file; None where nothing was.

    Parameters
    ----------
    model, sha256 : its id, and the hash of its file
    output : as far as which it is to be computed
    """
    known = {path.name: path for path in (resources.files("models") / "calibration").iterdir()}
    path = known.get(f"{model}.json")
    if path is None:
        return None
    content = path.read_bytes()
    kept = json.loads(content)
    if kept["sha256"] != sha256 or str(output) not in kept["ranges"]:
        return None
    measured = kept["ranges"][str(output)]
    ranges = {name: (float(least), float(most)) for name, (least, most) in measured.items()}
    return Calibration(ranges, frozenset(kept["exact"]), hashlib.sha256(content).hexdigest()[:8])
