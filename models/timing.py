"""How fast each model is on this machine: one small file per model, so that no writer waits."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from pathlib import Path


class Timings:
    """Seconds per photo by model name; a convenience, so that a damaged one counts as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> float | None:
        """Return the seconds per photo, if they were ever measured."""
        try:
            seconds = float((self._folder / name).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return seconds if math.isfinite(seconds) and seconds > 0 else None

    def record(self, name: str, seconds: float) -> None:
        """Keep the newest measurement; a folder that cannot be written costs only that."""
        temporary = self._folder / f".{name}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(f"{seconds:.4f}\n", encoding="ascii")
            temporary.replace(self._folder / name)

    def forget(self, name: str) -> None:
        """Drop the measurement."""
        with suppress(OSError):
            (self._folder / name).unlink()
