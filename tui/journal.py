"""What was told in this run, and the panel that shows it: no notice is lost with its toast."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.dialog import Dialog
from tui.keys.key import bindings
from tui.keys.reading import JOURNAL
from tui.log import log_path
from tui.safe_text import safe

Severity = Literal["information", "warning", "error"]

_KEPT = 1000  # notices; a day's work has fewer
_SIGNS: dict[Severity, tuple[str, str]] = {
    "information": (" ", ""),
    "warning": ("!", "$warning"),
    "error": ("x", "$error"),
}


@dataclass(frozen=True)
class Notice:
    """What was told, how grave it is, and when."""

    text: str
    severity: Severity = "information"
    at: datetime = field(default_factory=datetime.now)


class Journal:
    """The notices of this run, the oldest first; the first ones go when there are too many."""

    def __init__(self) -> None:
        self._notices: deque[Notice] = deque(maxlen=_KEPT)

    def add(self, text: str, severity: Severity) -> None:
        """Keep a notice."""
        self._notices.append(Notice(text, severity))

    @property
    def notices(self) -> Sequence[Notice]:
        """Every notice that is kept."""
        return tuple(self._notices)


class JournalPanel(Dialog[None]):
    """Every notice of this run, the newest first."""

    KEYS = JOURNAL
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(JOURNAL))
    DEFAULT_CSS = """
    JournalPanel {
        #panel { width: 100; height: 90%; }
        #notices { height: 1fr; scrollbar-size-vertical: 1; }
        #notices-text { width: 1fr; height: auto; }
        #notices-file { height: auto; color: $muted; margin-top: 1; }
    }
    """

    def __init__(self, notices: Sequence[Notice]) -> None:
        super().__init__("Log")
        self._notices = notices

    def compose_panel(self) -> Iterator[Widget]:
        told = Content("\n").join(_lines(notice) for notice in reversed(self._notices))
        nothing = Content.styled("Nothing was told yet.", "$muted")
        text = Static(told if self._notices else nothing, id="notices-text")
        yield VerticalScroll(text, id="notices", can_focus=False)
        yield Static(Content(f"Earlier runs: {safe(log_path())}"), id="notices-file")

    def action_scroll(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#notices").scroll_relative(y=step, animate=False)


def _lines(notice: Notice) -> Content:
    sign, style = _SIGNS[notice.severity]
    first, *others = notice.text.split("\n")
    lines = [
        Content.assemble((f"{notice.at:%H:%M:%S} ", "$muted"), (f"{sign} ", style), (first, style))
    ]
    lines += [Content.styled(f"{'':11}{other}", style) for other in others]
    return Content("\n").join(lines)
