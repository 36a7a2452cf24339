"""Where in the help a person is: what has the focus says it, and everything around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from textual.dom import DOMNode


@runtime_checkable
class Placed(Protocol):
    """A widget or screen that knows what a person looks at in it."""

    def help_places(self) -> Sequence[str]:
        """Return places of the help, the nearest first, such as ``defect:halo``."""


def places_around(node: DOMNode) -> tuple[str, ...]:
    """Return the places that a widget and all that it stands in name, the nearest first."""
    return tuple(
        place
        for each in node.ancestors_with_self
        if isinstance(each, Placed)
        for place in each.help_places()
    )
