"""The order of names for people: ``view2`` before ``view10``, upper and lower case alike."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = re.compile(r"([0-9]+)")


@lru_cache(maxsize=65536)
def natural_key(text: str) -> tuple[tuple[str | int, ...], str]:
    """Return a sort key for ``text``: numbers by value, letters without case, then exactly."""
    parts = _NUMBER.split(text.casefold())
    # Every second part is a number, so that equal positions always compare.
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), text
