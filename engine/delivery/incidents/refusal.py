"""What is said to whoever asks again for a file that was recalled."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.errors import Recalled

NOTHING_RECALLED: Mapping[str, str] = MappingProxyType({})
"""Of a photo of which no file was recalled: why, by hash."""


def recalled_error(subject: str, problem: str) -> Recalled:
    """Return the error for what was recalled and is asked for again."""
    return Recalled(
        subject,
        problem,
        "Cut the photo again, judge the new matte and export that; `packshot incident list` shows "
        "what was recalled.",
    )
