"""The list of photos with a mark for each file that a photo is to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rich.segment import Segment

from engine.session.states import State
from tui.browse.index import PhotoIndex
from tui.browse.line import LinePainter, StyleOf
from tui.browse.photo_list import PhotoList
from tui.browse.rows import Row
from tui.deliver.marks import STYLES, FileMark, glyph_of

MarksOf = Callable[[int], Sequence[FileMark]]
"""Gives the marks of a photo's files, one for each preset."""

_MOST = 6  # marks of a line; of more presets the one that is shown is marked alone


class _PlanPainter(LinePainter):
    """Draws a photo's marks at the end of its line, and a SKU's counted on its heading."""

    def __init__(self, glyphs: dict[State, str], marks_of: MarksOf) -> None:
        super().__init__(glyphs)
        self._states, self._marks_of = glyphs, marks_of

    def _photo(
        self, row: Row, state: State, style_of: StyleOf
    ) -> tuple[list[Segment], list[Segment]]:
        left, _ = super()._photo(row, state, style_of)
        marks = self._marks_of(row.photo.id)
        return left, [Segment(" "), *(self._sign(mark, style_of) for mark in marks)]

    def _heading(
        self, row: Row, states: Sequence[State], style_of: StyleOf
    ) -> tuple[list[Segment], list[Segment]]:
        left, _ = super()._heading(row, states, style_of)
        if not row.folded:
            return left, []
        counts = Counter(mark for each in row.ids for mark in self._marks_of(each))
        right = []
        for mark in FileMark:
            if counts[mark]:
                style = style_of(_component(mark))
                text = f" {glyph_of(mark, self._states)}{counts[mark]}"
                right.append(Segment(text, style))
        return left, right

    def _sign(self, mark: FileMark, style_of: StyleOf) -> Segment:
        return Segment(glyph_of(mark, self._states), style_of(_component(mark)))


class PlanList(PhotoList, inherit_bindings=True):
    """A line per SKU and photo, with the marks of its files."""

    HELP = "The photos of the session, with a mark for each file that they are to have."
    COMPONENT_CLASSES = {f"plan--{mark.name.lower()}" for mark in FileMark}  # noqa: RUF012 - as the base
    DEFAULT_CSS = "\n".join(
        f"PlanList > .plan--{mark.name.lower()} {{ color: ${STYLES[mark]}; text-style: bold; }}"
        for mark in FileMark
    )

    def __init__(
        self,
        index: PhotoIndex,
        glyphs: dict[State, str],
        marks_of: MarksOf,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(index, glyphs, id=id)
        self._painter = _PlanPainter(glyphs, marks_of)


def _component(mark: FileMark) -> str:
    return f"plan--{mark.name.lower()}"


def shown_marks(names: Sequence[str], current: str) -> Sequence[str]:
    """Return the presets whose files are marked in the list."""
    return names if len(names) <= _MOST else [current]
