"""A list of choices in a dialog, with the workstation's own keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList

from tui.keys.dialogs import CHOOSE
from tui.keys.key import bindings


class Choices(OptionList, inherit_bindings=False):
    """Lines of which one is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CHOOSE))
    DEFAULT_CSS = """
    Choices {
        height: auto; max-height: 8; border: none; padding: 0; background: $surface;
        scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { border: none; }
        & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
            background: $accent 32%; color: $foreground;
        }
    }
    """
