"""The sidecar of a delivery: what made it, as a JSON file that travels with the output folder.

``Output/amazon-main/SKU1-front.jpg`` has ``Output/provenance/amazon-main/SKU1-front.jpg.json``: not
beside the picture, where an upload would take it along.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.atomic import write_atomic

FOLDER = "provenance"
"""The folder of all sidecars, in the output folder."""


def sidecar_path(target: Path, file: Path) -> Path:
    """Return where the sidecar of a delivery lies.

    Parameters
    ----------
    target : the output folder
    file : the delivery, inside
    """
    relative = file.relative_to(target)
    return target / FOLDER / relative.with_name(f"{relative.name}.json")


def write_sidecar(target: Path, file: Path, content: dict[str, Any]) -> None:
    """Write the sidecar of a delivery, in place of an earlier one.

    Raises
    ------
    OutputError and its branches : nothing was written
    """
    text = json.dumps({"file": file.relative_to(target).as_posix(), **content}, indent=2)
    write_atomic(sidecar_path(target, file), f"{text}\n".encode("ascii"))
