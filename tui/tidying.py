"""Collecting what is no longer needed while nobody waits.

Python looks through all that was ever made for rings of objects that nothing leads to any more, as
often as enough new ones have come together: as a rule, while a dialog opens, which then takes
60 ms longer. Here it does so once a person rests. New objects are looked through as ever, and
everything also where somebody types without a pause.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

_ROUNDS = 100
"""Looks through new objects after which all are looked through; Python's own number is ten."""

_WORTHWHILE = 3
"""Such looks below which a person who rests is not disturbed."""

_REST_SECONDS = 0.5
"""Without a key, after which a person rests."""


@contextmanager
def unhurried() -> Iterator[None]:
    """Look through all objects less often; ``Tidying`` makes up for it."""
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], _ROUNDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Tidying:
    """Knows when a person types, and collects in between."""

    def __init__(self) -> None:
        self._typed = time.monotonic()

    def note_input(self) -> None:
        """Note that a person does something."""
        self._typed = time.monotonic()

    def look(self) -> bool:
        """Collect where nobody waits and it is worthwhile; return whether it was."""
        rests = time.monotonic() - self._typed > _REST_SECONDS
        if not rests or gc.get_count()[2] < _WORTHWHILE:
            return False
        gc.collect()
        return True
