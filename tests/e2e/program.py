"""The real program, run in a process of its own as a person's shell would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKSHOT = Path(sys.executable).with_name("packshot")


def packshot(
    *arguments: str | Path,
    home: Path | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float = 280,
) -> subprocess.CompletedProcess[str]:
    """Run the command with a given packshot home and return what it printed and its status.

    ``environment`` takes the place of that of the tests.
    """
    own = {"PACKSHOT_HOME": str(home)} if home else {}
    return subprocess.run(
        [PACKSHOT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        env={**(environment or os.environ), **own},
    )
