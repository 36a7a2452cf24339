"""The line in which a filter is typed; it stays in sight while a filter holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.keys.browse import FILTER
from tui.keys.key import bindings


class _FilterInput(Input):
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(FILTER))

    def action_close(self) -> None:
        """Show every photo again."""
        self.value = ""
        self.post_message(FilterLine.Left())

    def action_keep(self) -> None:
        """Go to the list; the filter stays."""
        self.post_message(FilterLine.Left())


class FilterLine(Horizontal):
    """A slash and what was typed behind it."""

    DEFAULT_CSS = """
    FilterLine {
        height: 1; background: $panel; display: none; padding: 0 1;
        &.-open { display: block; }
        Static { width: 2; color: $accent; text-style: bold; }
        Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
    }
    """

    class Typed(Message):
        """Another filter was typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The person is done with typing."""

    def compose(self) -> ComposeResult:
        yield Static("/")
        yield _FilterInput(placeholder="name  is:cut  view:front  !has:warning", compact=True)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(Input).value

    def open(self) -> None:
        """Let a filter be typed."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def restore(self, text: str) -> None:
        """Show a filter that holds already."""
        self.set_class(bool(text), "-open")
        with self.prevent(Input.Changed):
            self.query_one(Input).value = text

    def clear(self) -> None:
        """Forget the filter and go out of sight."""
        self.query_one(Input).value = ""
        self.remove_class("-open")

    def help_places(self) -> Sequence[str]:
        """Return where one is: what a filter may say."""
        return ("screen:filter",)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list; the filter stays."""
        event.stop()
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what was typed."""
        event.stop()
        self.post_message(self.Typed(event.value))
