"""Dialogs: a panel in the middle of the screen that gives an answer, or None when it was left.

The screen below stays untouched: a tint over it would alter the colours that carry a kitty
picture's number. It is drawn with its own lines, which costs half of what Textual's way does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual, VisualType
from textual.widget import Widget
from textual.widgets import Static

from tui.keys.app import HELP
from tui.keys.dialogs import CONFIRM
from tui.keys.key import Key, bindings

if TYPE_CHECKING:
    from tui.app import Workstation

Answer = TypeVar("Answer")


class _Below(Visual):
    """The lines of a screen, as they are."""

    def __init__(self, screen: Screen[object]) -> None:
        self._screen = screen

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._screen._compositor.render_strips(Size(width, height or 0))

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._screen.size.height


class Dialog(ModalScreen[Answer], inherit_bindings=False):
    """A panel with a title above and its keys below."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: transparent;
        #panel {
            width: 64; max-width: 94%; height: auto; max-height: 90%;
            background: $surface; border: round $muted; padding: 0 1;
            border-title-color: $accent; border-title-style: bold; border-title-align: left;
        }
        &.-narrow #panel { max-width: 100%; }
        #panel-keys { width: 1fr; height: 1; margin-top: 1; color: $muted; text-wrap: nowrap; }
    }
    """
    KEYS: ClassVar[Sequence[Key]] = ()
    HINTS: ClassVar[Sequence[Key]] = HELP[1:]
    """Keys of every dialog that the last line shows behind its own."""
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(HELP))

    app: Workstation

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        panel = Vertical(
            *self.compose_panel(), Static(self._key_line(), id="panel-keys"), id="panel"
        )
        panel.border_title = Content(self._title)
        yield panel

    def compose_panel(self) -> Iterator[Widget]:
        """Yield what stands between the title and the keys."""
        yield from ()

    def offer(self, key_id: str, *, works: bool) -> None:
        """Show a key in the last line only while it does something."""
        self.query_one("#panel-keys", Static).update(self._key_line("" if works else key_id))

    def _key_line(self, idle: str = "") -> Content:
        keys = (*self.KEYS, *self.HINTS)
        return key_line(self.app, [key for key in keys if key.id != idle])

    def render(self) -> VisualType:  # type: ignore[override]  # a Visual is shown as well
        """Show the screen below around the panel."""
        stack = self.app.screen_stack
        return _Below(stack[stack.index(self) - 1]) if self in stack else ""


class TextDialog(Dialog[None]):
    """A text that scrolls. A subclass says what it is, for the width that there is."""

    DEFAULT_CSS = """
    TextDialog {
        #panel { height: 90%; }
        #scrolled { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
        #scrolled-text { width: 1fr; height: auto; }
    }
    """

    def compose_panel(self) -> Iterator[Widget]:
        yield VerticalScroll(Static(id="scrolled-text"), id="scrolled", can_focus=False)

    def text(self, width: int) -> Content:
        """Return what is to be read, for lines of so many cells."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Fill the lines anew: what they say goes on below itself."""
        self.call_after_refresh(self.write)

    def write(self) -> None:
        """Write the text afresh."""
        written = self.query_one("#scrolled-text", Static)
        written.update(self.text(max(20, written.content_size.width)))

    def action_scroll(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#scrolled").scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        """Scroll by as much as is seen, but for a line to go on from."""
        scrolled = self.query_one("#scrolled")
        scrolled.scroll_relative(y=step * max(1, scrolled.size.height - 1), animate=False)

    def action_top(self) -> None:
        """Go to the first line."""
        self.query_one("#scrolled").scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.query_one("#scrolled").scroll_end(animate=False)


class Confirm(Dialog[bool]):
    """A question with two answers; the cautious one is the default."""

    KEYS = CONFIRM
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CONFIRM))

    def __init__(self, title: str, question: str) -> None:
        super().__init__(title)
        self._question = question

    def compose_panel(self) -> Iterator[Widget]:
        yield Static(Content(self._question))

    def help_places(self) -> Sequence[str]:
        """Return where one is: before a question."""
        return ("screen:question",)


def key_line(app: Workstation, keys: Sequence[Key]) -> Content:
    """Return the keys of a dialog that its last line shows."""
    return Content("   ").join(
        Content.assemble((app.key_name(key.id), "bold $accent"), " ", key.description)
        for key in keys
        if key.footer
    )
