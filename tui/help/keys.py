"""The keys panel: exactly the bindings that the screen below has, by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.binding import ActiveBinding, BindingType
from textual.content import Content

from tui.dialog import TextDialog
from tui.keys.contexts import find
from tui.keys.key import Key, bindings
from tui.keys.names import name_of
from tui.keys.reading import KEYS_PANEL

_NAMES_WIDTH = 18  # cells for the keys themselves


def active_keys(active: Mapping[str, ActiveBinding]) -> dict[Key, list[str]]:
    """Return the keys of a screen with the key names that are bound to each, as pressed.

    Parameters
    ----------
    active : Textual's bindings of the screen by key, as the screen tells them
    """
    found: dict[Key, list[str]] = {}
    for pressed, binding in active.items():
        key = find(binding.binding.id)
        if key:
            found.setdefault(key, []).append(pressed)
    return found


class KeysPanel(TextDialog):
    """All keys of a screen with what they do."""

    KEYS = KEYS_PANEL
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(KEYS_PANEL))
    DEFAULT_CSS = "KeysPanel #panel { width: 92; }"

    def __init__(self, active: Mapping[str, ActiveBinding]) -> None:
        super().__init__("Keys")
        self._keys = active_keys(active)

    def help_places(self) -> Sequence[str]:
        """Return where one is: the keys."""
        return ("screen:keys",)

    def text(self, width: int) -> Content:
        """Return the keys by section, what has the focus first."""
        titles = dict.fromkeys(key.section for key in self._keys)
        return Content("\n\n").join(
            self._section(title, [key for key in self._keys if key.section == title], width)
            for title in titles
        )

    def _section(self, title: str, keys: Iterable[Key], width: int) -> Content:
        lines = [line for key in keys for line in self._lines(key, width)]
        return Content("\n").join([Content.styled(title, "bold $accent"), *lines])

    def _lines(self, key: Key, width: int) -> Iterator[Content]:
        names = "  ".join(name_of(pressed) for pressed in self._keys[key])
        left = Content.styled(f"  {names:<{_NAMES_WIDTH}}", "bold")
        for line in Content(key.tooltip).wrap(max(20, width - left.cell_length)):
            yield Content.assemble(left, line)
            left = Content(" " * left.cell_length)
