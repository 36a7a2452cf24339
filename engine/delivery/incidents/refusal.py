"""What is said to whoever asks again for a file that was recalled."""

from __future__ import annotations

from engine.errors import Recalled


def recalled_error(subject: str, problem: str) -> Recalled:
    """Return the error for what was recalled and is asked for again."""
    return Recalled(
        subject,
        problem,
        "Cut the photo again, judge the new matte and export that; `packshot incident list` shows "
        "what was recalled.",
    )
