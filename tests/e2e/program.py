"""The real program, run in a process of its own as a person's shell would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PACKSHOT = Path(sys.executable).with_name("packshot")


def packshot(
    *arguments: str | Path, home: Path, timeout: float = 280
) -> subprocess.CompletedProcess[str]:
    """Run the command with a given packshot home and return what it printed and its status."""
    return subprocess.run(
        [PACKSHOT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        env={**os.environ, "PACKSHOT_HOME": str(home)},
    )
