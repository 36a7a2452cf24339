"""The list of the Queue screen: sections below each other, with a cursor on one of their lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from engine.session.states import State
from tui.keys.key import bindings
from tui.keys.queue import LINES
from tui.line_list import LineList
from tui.queue.sections import Section, Told
from tui.safe_text import safe

_NAME_SHARE = 0.45  # of the width, at most, where a line has more to say than a name
_AROUND = 6  # cells of a line before the name and between name and detail


class QueueList(LineList, inherit_bindings=False):
    """A line per job or photo; the cursor never stands on a heading."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(LINES))
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue-list--cursor",
        "queue-list--heading",
        "queue-list--name",
        "queue-list--muted",
        *(f"queue-list--{state}" for state in State),
    }
    DEFAULT_CSS = """
    QueueList {
        height: 1fr; padding: 0 1; background: $background; scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0; overflow-x: hidden; overflow-y: auto;
        & > .queue-list--cursor { background: $accent 32%; }
        & > .queue-list--heading { color: $foreground; text-style: bold; }
        & > .queue-list--name { color: $foreground; }
        & > .queue-list--muted { color: $muted; }
        & > .queue-list--queued { color: $state-queued; }
        & > .queue-list--working { color: $state-working; }
        & > .queue-list--failed { color: $state-failed; }
        & > .queue-list--unreadable { color: $state-unreadable; }
        & > .queue-list--cut { color: $state-cut; }
        & > .queue-list--exported { color: $state-exported; }
    }
    """

    def __init__(self, glyphs: dict[State, str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._sections: Sequence[Section] = ()
        self._starts: list[int] = []  # the line of each heading
        self._count = 0

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return self._count

    @property
    def current(self) -> tuple[Section, Any] | None:
        """The section that the cursor is in, and what it stands on."""
        if not self._count:
            return None
        section, place = self._at(self.cursor)
        return None if place < 0 else (section, section.items[place])

    @property
    def told(self) -> Told | None:
        """What the line under the cursor says, whole."""
        current = self.current
        return current[0].told(current[1]) if current else None

    def update(self, sections: Sequence[Section]) -> None:
        """Show sections as they are now; the cursor stays with what it stood on, or in its place.

        What went on to another section is not followed: one's place in a queue would run away.
        """
        before, cursor = self.current, self.cursor
        self._sections, self._starts, self._count = sections, [], 0
        for section in sections:
            self._starts.append(self._count)
            if before and section.title == before[0].title:
                places = (place for place, each in enumerate(section.items) if each is before[1])
                cursor = next((self._count + 1 + place for place in places), cursor)
            self._count += 1 + len(section.items)
        self.relist(self._beside_heading(cursor, 1))
        self.moved()

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, or on the one behind a heading."""
        super().move_to(self._beside_heading(index, 1 if index >= self.cursor else -1))

    def leader(self, index: int) -> int:
        """Return the heading of a section's first line, or the line itself."""
        return index - 1 if index - 1 in self._starts else index

    def draw_line(self, index: int, width: int) -> Strip:
        """Return a heading or a line."""
        section, place = self._at(index)
        style = self.get_component_rich_style
        if place < 0:
            count = Segment(f"  {len(section.items)}", style("queue-list--muted"))
            title = Segment(section.title, style("queue-list--heading"))
            return Strip([title, count]).adjust_cell_length(width)
        glyph = Segment(f"  {self._glyphs[section.state]} ", style(f"queue-list--{section.state}"))
        told = section.told(section.items[place])
        name, detail = safe(told.name), safe(told.detail)
        if detail:
            room = int(width * _NAME_SHARE)
            name = set_cell_size(_shortened(name, room), room)
            detail = _shortened(detail, width - room - _AROUND)
        segments = [
            glyph,
            Segment(name, style("queue-list--name")),
            Segment(f"  {detail}", style("queue-list--muted")),
        ]
        if index == self.cursor:
            behind = Style(bgcolor=style("queue-list--cursor").bgcolor, bold=True)
            segments = [Segment(text, (each or Style()) + behind) for text, each, _ in segments]
            return Strip(segments).adjust_cell_length(width, behind)
        return Strip(segments).adjust_cell_length(width)

    def _at(self, index: int) -> tuple[Section, int]:
        """Return the section of a line, and which of its items that is; -1 for the heading."""
        number = bisect_right(self._starts, index) - 1
        return self._sections[number], index - self._starts[number] - 1

    def _beside_heading(self, index: int, step: int) -> int:
        """Return the nearest line to one, in a direction, that is no heading."""
        index = max(0, min(index, self._count - 1))
        if index not in self._starts:
            return index
        return index + step if 0 < index + step < self._count else index + 1


def _shortened(text: str, room: int) -> str:
    """Return a text, or its beginning with a sign where it has no room."""
    return text if cell_len(text) <= room else set_cell_size(text, max(0, room - 1)) + "…"
