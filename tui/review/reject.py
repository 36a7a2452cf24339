"""The dialog that asks why a matte is rejected: reasons from the fixed list, and a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from engine.session.records import REASONS
from tui.dialog import Dialog
from tui.keys.dialogs import CHOOSE, REJECT
from tui.keys.key import bindings

EXPLAINED = {
    "halo": "a rim of background along the edge",
    "hole filled": "background left inside a handle or strap",
    "hole eaten": "a part of the product shows the background",
    "colour cast": "a tint that the product does not have",
    "edge jagged": "the edge is stepped or frayed",
    "part missing": "something of the product is cut away",
    "shadow left": "a shadow of the set is kept",
    "wrong crop": "the product touches or leaves the frame",
    "other": "say it in the note",
}
"""What each reason means, for those who judge."""


@dataclass(frozen=True)
class Rejection:
    """Why photos are rejected."""

    reasons: tuple[str, ...]
    note: str


class ReasonList(Widget, can_focus=True, inherit_bindings=False):
    """The reasons with a box each."""

    DEFAULT_CSS = "ReasonList { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CHOOSE))

    class Toggled(Message):
        """A reason was chosen or dropped."""

    def __init__(self, chosen: Iterable[str] = ()) -> None:
        super().__init__()
        self.chosen = set(chosen)
        self._cursor = min((REASONS.index(reason) for reason in self.chosen), default=0)

    def render(self) -> Content:
        width = max(len(reason) for reason in REASONS)
        return Content("\n").join(
            self._line(index, reason, width) for index, reason in enumerate(REASONS)
        )

    def help_places(self) -> Sequence[str]:
        """Return the reason under the cursor."""
        return (f"reason:{REASONS[self._cursor]}",)

    def toggle(self, index: int | None = None) -> None:
        """Choose or drop a reason: the one at ``index``, or the one under the cursor."""
        if index is not None:
            self._cursor = index
        self.chosen ^= {REASONS[self._cursor]}
        self.refresh()
        self.post_message(self.Toggled())

    def action_cursor_down(self) -> None:
        """Go to the next reason."""
        self._move(self._cursor + 1)

    def action_cursor_up(self) -> None:
        """Go to the reason before."""
        self._move(self._cursor - 1)

    def action_first(self) -> None:
        """Go to the first reason."""
        self._move(0)

    def action_last(self) -> None:
        """Go to the last reason."""
        self._move(len(REASONS) - 1)

    def on_click(self, event: events.Click) -> None:
        """Choose or drop the reason that was clicked."""
        if 0 <= event.y < len(REASONS):
            self.toggle(event.y)

    def _move(self, index: int) -> None:
        self._cursor = max(0, min(index, len(REASONS) - 1))
        self.refresh()

    def _line(self, index: int, reason: str, width: int) -> Content:
        chosen = reason in self.chosen
        line = Content.assemble(
            (f" {index + 1} ", "$accent"),
            ("■ " if chosen else "□ ", "$state-rejected" if chosen else "$muted"),
            (f"{reason:<{width}}  ", "bold" if chosen else ""),
            (EXPLAINED[reason], "$muted"),
        )
        if index == self._cursor and self.has_focus:
            return line.pad_right(max(0, self.size.width - line.cell_length)).stylize("on $panel")
        return line


class RejectDialog(Dialog[Rejection | None]):
    """Asks for reasons, beginning with some; the answer is None when it was left."""

    KEYS = REJECT
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REJECT))
    DEFAULT_CSS = """
    RejectDialog {
        #panel { width: 76; }
        #note { margin-top: 1; border: none; height: 1; padding: 0 1; background: $panel; }
        #hint { height: 1; color: $warning; display: none; }
        &.-hint #hint { display: block; }
    }
    """

    def __init__(self, title: str, reasons: Iterable[str] = ()) -> None:
        super().__init__(title)
        self._reasons = [reason for reason in reasons if reason in REASONS]

    def compose_panel(self) -> Iterator[Widget]:
        yield ReasonList(self._reasons)
        yield Input(placeholder="Note for whoever makes it again", id="note")
        yield Static("Choose at least one reason, or write a note.", id="hint")

    def help_places(self) -> Sequence[str]:
        """Return where one is: the reasons."""
        return ("screen:reasons",)

    def action_choose(self, index: int | None = None) -> None:
        """Choose or drop a reason: the one at ``index``, or the one under the cursor."""
        self.query_one(ReasonList).toggle(index)

    def on_input_submitted(self) -> None:
        """Enter in the note rejects, as it does among the reasons."""
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what was chosen."""
        chosen = self.query_one(ReasonList).chosen
        note = self.query_one("#note", Input).value.strip()
        if not chosen and not note:
            self.add_class("-hint")
            return
        reasons = tuple(reason for reason in REASONS if reason in chosen) or ("other",)
        self.dismiss(Rejection(reasons, note))
