"""The real program, run in a process of its own as a person's shell would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKSHOT = Path(sys.executable).with_name("packshot")


def shell() -> dict[str, str]:
    """Return a person's environment: what keeps ONNX Runtime quiet has to come from packshot."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ORT_")}


def packshot(
    *arguments: str | Path,
    home: Path | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float = 280,
) -> subprocess.CompletedProcess[str]:
    """Run the command with a given packshot home and return what it printed and its status.

    ``environment`` takes the place of ``shell()``.
    """
    own = {"PACKSHOT_HOME": str(home)} if home else {}
    return subprocess.run(
        [PACKSHOT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        env={**(environment or shell()), **own},
    )
