"""The keys panel: exactly the bindings that the screen below has, by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from textual.binding import ActiveBinding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.dialog import Dialog
from tui.keys.contexts import find
from tui.keys.key import SECTIONS, Key, bindings
from tui.keys.names import name_of
from tui.keys.reading import HELP

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


class KeysPanel(Dialog[None]):
    """All keys of a screen with what they do."""

    KEYS = HELP
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(HELP))
    DEFAULT_CSS = """
    KeysPanel {
        #panel { width: 92; height: 90%; }
        #keys { height: 1fr; scrollbar-size-vertical: 1; }
        #keys-text { width: 1fr; height: auto; }
    }
    """

    def __init__(self, active: Mapping[str, ActiveBinding]) -> None:
        super().__init__("Keys")
        self._keys = active_keys(active)

    def compose_panel(self) -> Iterator[Widget]:
        yield VerticalScroll(Static(id="keys-text"), id="keys", can_focus=False)

    def on_resize(self) -> None:
        """Fill the lines anew: what they say goes on below itself, not below the keys."""
        self.call_after_refresh(self._write)

    def action_scroll(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#keys").scroll_relative(y=step, animate=False)

    def _write(self) -> None:
        text = self.query_one("#keys-text", Static)
        text.update(self._text(text.content_size.width))

    def _text(self, width: int) -> Content:
        sections = [
            self._section(title, [key for key in self._keys if key.section == title], width)
            for title in SECTIONS.values()
        ]
        return Content("\n\n").join(section for section in sections if section.plain)

    def _section(self, title: str, keys: Iterable[Key], width: int) -> Content:
        lines = [line for key in keys for line in self._lines(key, width)]
        return Content("\n").join([Content.styled(title, "bold $accent"), *lines] if lines else [])

    def _lines(self, key: Key, width: int) -> Iterator[Content]:
        names = "  ".join(name_of(pressed) for pressed in self._keys[key])
        left = Content.styled(f"  {names:<{_NAMES_WIDTH}}", "bold")
        for line in Content(key.tooltip).wrap(max(20, width - left.cell_length)):
            yield Content.assemble(left, line)
            left = Content(" " * left.cell_length)
