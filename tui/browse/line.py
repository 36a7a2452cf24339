"""Draws one line of the photo list: mark, glyph, name, and on the right what to know of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.session.states import State
from tui.browse.rows import Row, label, tally
from tui.browse.states import UNICODE, WARNING_SIGNS
from tui.safe_text import safe

StyleOf = Callable[[str], Style]


class LinePainter:
    """Draws lines in the styles of a widget's component classes."""

    COMPONENTS: ClassVar[set[str]] = {
        "photo-list--cursor",
        "photo-list--cursor-blurred",
        "photo-list--heading",
        "photo-list--photo",
        "photo-list--muted",
        "photo-list--mark",
        "photo-list--warning",
        *(f"photo-list--{state}" for state in State),
    }

    def __init__(self, glyphs: dict[State, str]) -> None:
        self._glyphs = glyphs
        plain = glyphs is not UNICODE
        self._folded, self._unfolded = ("+", "-") if plain else ("▸", "▾")
        self._bar, self._cut = ("*", "~") if plain else ("▌", "…")
        self._star, self._flaw = ("*", "/") if plain else ("★", "◪")
        self._warnings = {kind: signs[plain] for kind, signs in WARNING_SIGNS.items()}

    def paint(
        self,
        row: Row,
        states: Sequence[State],
        width: int,
        style_of: StyleOf,
        *,
        cursor: bool,
        focused: bool,
        marked: bool,
    ) -> Strip:
        """Return the line, exactly ``width`` cells wide.

        Parameters
        ----------
        row : what the line stands for
        states : the state of each of its photos
        style_of : gives the style of a component class
        cursor, focused, marked : how the line is distinguished
        """
        bar = Segment(self._bar if marked else " ", style_of("photo-list--mark"))
        if row.heading:
            left, right = self._heading(row, states, style_of)
        else:
            left, right = self._photo(row, states[0], style_of)
        room = width - 2 - _length(right)
        if room < 8:
            right, room = [], width - 2
        segments = [bar, *self._fit(left, room), *right, Segment(" ")]
        if cursor:
            name = "photo-list--cursor" if focused else "photo-list--cursor-blurred"
            behind = Style(bgcolor=style_of(name).bgcolor, bold=True)
            segments = [Segment(text, (style or Style()) + behind) for text, style, _ in segments]
        return Strip(segments).adjust_cell_length(width)

    def _heading(
        self, row: Row, states: Sequence[State], style_of: StyleOf
    ) -> tuple[list[Segment], list[Segment]]:
        muted = style_of("photo-list--muted")
        left = [
            Segment(f"{self._folded if row.folded else self._unfolded} ", muted),
            Segment(safe(row.sku), style_of("photo-list--heading")),
        ]
        right = [
            Segment(f" {self._glyphs[state]}{count}", style_of(f"photo-list--{state}"))
            for state, count in tally(states)
        ]
        return left, right

    def _photo(
        self, row: Row, state: State, style_of: StyleOf
    ) -> tuple[list[Segment], list[Segment]]:
        photo = row.photo
        glyph = Segment(f"{self._glyphs[state]} ", style_of(f"photo-list--{state}"))
        name = Segment(safe(label(photo)), style_of("photo-list--photo"))
        if row.alone:
            sku = Segment(safe(row.sku), style_of("photo-list--heading"))
            left = [glyph, sku, Segment(" "), name] if photo.view else [glyph, name]
        else:
            left = [Segment("  "), glyph, name]
        right = []
        if photo.matte and photo.matte.defects:
            count = len(photo.matte.defects)
            right.append(Segment(f" {self._flaw}{count}", style_of("photo-list--failed")))
        if photo.stars:
            right.append(Segment(f" {photo.stars}{self._star}", style_of("photo-list--mark")))
        if photo.warnings:
            signs = "".join(self._warnings[warning.kind] for warning in photo.warnings)
            right.append(Segment(f" {signs}", style_of("photo-list--warning")))
        return left, right

    def _fit(self, segments: list[Segment], width: int) -> list[Segment]:
        """Cut or fill segments to a width, showing where something was cut."""
        over = _length(segments) - width
        if over <= 0:
            return [*segments, Segment(" " * -over)]
        # Of a long SKU and its view, the view is what tells one line from the next.
        longest = max(range(len(segments)), key=lambda each: cell_len(segments[each].text))
        text, style, _ = segments[longest]
        keep = cell_len(text) - over - 1
        if keep < 1:
            return list(Strip(segments).crop(0, width))
        cut = Segment(set_cell_size(text, keep) + self._cut, style)
        return [*segments[:longest], cut, *segments[longest + 1 :]]


def _length(segments: Sequence[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in segments)
