"""What an installation tells whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class InstallEvent:
    """One piece of news about an installation.

    ``waiting``, ``source`` (a source is tried), ``failed`` (it failed, the next one follows) and
    ``installed`` come with a line for a person in ``text``; ``receiving`` comes often and carries
    the bytes so far and, where known, the bytes in all.
    """

    model: str
    stage: Literal["waiting", "source", "receiving", "failed", "installed"]
    text: str = ""
    received: int = 0
    total: int | None = None


Report = Callable[[InstallEvent], None]
Arrived = Callable[[int, int | None], None]
"""Called with the bytes received so far and the bytes expected in all, None when not known."""
