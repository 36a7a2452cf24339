"""A dialog that asks for one line: why something is done that others will ask about, or a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.dialog import Dialog
from tui.keys.deliver import REASON
from tui.keys.key import bindings
from tui.safe_text import safe_lines


class _Line(Input):
    """A line; Enter belongs to the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REASON))

    def action_accept(self) -> None:
        """Answer with what was typed."""
        self.screen.action_accept()  # type: ignore[attr-defined]

    def action_dismiss(self, result: None) -> None:
        """Leave without an answer."""
        self.screen.dismiss(result)


class LineDialog(Dialog[str | None]):
    """Asks for a line that may not be empty; the answer is None when it was left.

    Parameters
    ----------
    title, told : what is going to happen
    asked : what the line is for, shown while it is empty
    place : what the help explains here
    """

    KEYS = REASON
    DEFAULT_CSS = """
    LineDialog {
        #told { width: 1fr; height: auto; margin-bottom: 1; }
        Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
    }
    """

    def __init__(self, title: str, told: str, asked: str, place: str) -> None:
        super().__init__(title)
        self._told, self._asked, self._place = told, asked, place

    def compose_panel(self) -> Iterator[Widget]:
        yield Static(Content(safe_lines(self._told)), id="told")
        yield _Line(placeholder=self._asked, compact=True)

    def help_places(self) -> Sequence[str]:
        """Return what is going to happen."""
        return ("screen:reason", self._place)

    def action_accept(self) -> None:
        """Answer with the line; an empty one is no answer."""
        if text := self.query_one(Input).value.strip():
            self.dismiss(text)
        else:
            self.app.bell()
