"""What was told in this run, and the panel that shows it: no notice is lost with its toast."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.dialog import TextDialog
from tui.help.places import message_places
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


class JournalPanel(TextDialog):
    """Every notice of this run, the newest first."""

    KEYS = JOURNAL
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(JOURNAL))
    DEFAULT_CSS = """
    JournalPanel {
        #panel { width: 100; }
        #notices-file { height: auto; color: $muted; margin-top: 1; }
    }
    """

    def __init__(self, notices: Sequence[Notice]) -> None:
        super().__init__("Log")
        self._notices = notices

    def compose_panel(self) -> Iterator[Widget]:
        yield from super().compose_panel()
        yield Static(Content(f"Earlier runs: {safe(log_path())}"), id="notices-file")

    def text(self, width: int) -> Content:
        """Return the notices, the newest first."""
        if not self._notices:
            return Content.styled("Nothing was told yet.", "$muted")
        return Content("\n").join(
            line for notice in reversed(self._notices) for line in _lines(notice, width)
        )

    def help_places(self) -> Sequence[str]:
        """Return the messages that were told, the newest first."""
        told = " ".join(notice.text for notice in reversed(self._notices))
        return (*message_places(told), "screen:log")


def _lines(notice: Notice, width: int) -> Iterator[Content]:
    """Yield a notice with its time, going on below itself."""
    sign, style = _SIGNS[notice.severity]
    before = Content.assemble((f"{notice.at:%H:%M:%S} ", "$muted"), (f"{sign} ", style))
    for told in notice.text.split("\n"):
        for line in Content.styled(told, style).wrap(max(20, width - before.cell_length)):
            yield Content.assemble(before, line)
            before = Content(" " * before.cell_length)
