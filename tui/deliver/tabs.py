"""The presets that are delivered, in a line: the one that is shown with the counts of its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from engine.session.states import State
from tui.deliver.marks import STYLES, FileMark, glyph_of


class PresetTabs(Static):
    """One name after the other; where there is no room for all, those around the shown one."""

    DEFAULT_CSS = """
    PresetTabs { height: 1; background: $surface; color: $foreground; padding: 0 1; }
    """

    def show(
        self,
        names: Sequence[str],
        current: str,
        counts: Mapping[FileMark, int],
        glyphs: dict[State, str],
        keys: tuple[str, str],
    ) -> None:
        """Write the line.

        Parameters
        ----------
        names, current : the presets, and the one that is shown
        counts : how many of its files stand how
        glyphs : those of the states, which tell what the terminal can show
        keys : those that go to the preset before and to the next one
        """
        width = self.content_size.width
        counted = Content("  ").join(
            Content.styled(f"{glyph_of(mark, glyphs)}{counts[mark]}", f"${STYLES[mark]}")
            for mark in FileMark
            if counts.get(mark)
        )
        before, after = (f"{key} " for key in keys) if len(names) > 1 else ("", "")
        room = width - counted.cell_length - len(before) - len(after) - 2
        line = Content.assemble(
            (before, "$muted"), _tabs(names, current, room), (f" {after}".rstrip(), "$muted")
        )
        gap = max(1, width - line.cell_length - counted.cell_length)
        self.update(Content.assemble(line, " " * gap, counted), layout=False)

    def say(self, text: str) -> None:
        """Write a sentence in place of the names."""
        self.update(Content.styled(text, "$muted"), layout=False)


def _tabs(names: Sequence[str], current: str, room: int) -> Content:
    """Return as many names as fit, the shown one among them, and a sign for what is left out."""
    place = names.index(current)
    first, last = place, place + 1
    # Wider by one name at a time, to the right before the left.
    while True:
        wider = [(first, last + 1), (first - 1, last)]
        fitting = [
            (low, high)
            for low, high in wider
            if low >= 0
            and high <= len(names)
            and _line(names, low, high, current).cell_length <= room
        ]
        if not fitting:
            return _line(names, first, last, current)
        first, last = fitting[0]


def _line(names: Sequence[str], first: int, last: int, current: str) -> Content:
    parts = [
        Content.styled(
            f" {name} ", "bold $background on $accent" if name == current else "$foreground"
        )
        for name in names[first:last]
    ]
    before = [Content.styled(f"+{first}", "$muted")] if first else []
    after = [Content.styled(f"+{len(names) - last}", "$muted")] if last < len(names) else []
    return Content(" ").join([*before, *parts, *after])
