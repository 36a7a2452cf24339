"""The bar above every screen: session, screens, season, and how many photos are in which state.

What is said first goes last: where the line has no room for everything, counts are abbreviated,
then titles go, then the season's words, then the session's name is cut, and only then states, with
a sign that there are more. How the season stands is never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widgets import Static

from engine.session.states import State
from tui.browse.facts import short_folder
from tui.desk import Desk
from tui.season.shown import season_chips

if TYPE_CHECKING:
    from tui.app import Workstation

_TABS = (("browse", "Browse"), ("queue", "Queue"), ("deliver", "Deliver"))
_TAB = "tab"  # not Textual's @click, which would underline the names
_LEAST_NAME = 8  # cells of the session's name that are worth their place
_GAP = 2  # cells between the parts


class TopBar(Static):
    """Name of the session, the screens, and how many photos are in which state."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    app: Workstation

    def __init__(self, screen_name: str) -> None:
        super().__init__(id="top-bar")
        self._screen_name = screen_name

    def show(self, desk: Desk) -> None:
        """Write the bar afresh."""
        width = self.content_size.width
        if width:
            self.update(self._fitted(desk, width), layout=False)

    def on_click(self, event: Click) -> None:
        """Go to the screen whose name was clicked."""
        if name := event.style.meta.get(_TAB):
            self.app.action_show(name)

    def _fitted(self, desk: Desk, width: int) -> Content:
        name = Content(short_folder(desk.session.folder))
        least = min(name.cell_length, _LEAST_NAME)
        for brand, tabs, states in self._variants(desk):
            room = width - brand.cell_length - tabs.cell_length - states.cell_length - 2 * _GAP
            if room >= least:
                break
        left = Content.assemble(brand, name.truncate(max(0, room), ellipsis=True))
        between = width - left.cell_length - tabs.cell_length - states.cell_length
        before = max(1, min(between - 1, 3))
        return Content.assemble(left, " " * before, tabs, " " * max(1, between - before), states)

    def _variants(self, desk: Desk) -> Iterator[tuple[Content, Content, Content]]:
        """Yield brand, screens and states, from the most that can be said to the least."""
        readonly = Content.styled("read-only ", "$warning") if desk.session.readonly else Content()
        brand = Content.assemble(("packshot ", "bold $accent"), readonly)
        exact = [_count(desk, state, str(count)) for state, count in desk.index.counts]
        short = [_count(desk, state, abbreviated(count)) for state, count in desk.index.counts]
        titles, keys = self._tabs(desk, titles=True), self._tabs(desk, titles=False)
        chips = season_chips(desk.seasons.season, desk.glyphs)
        yield brand, titles, _right(chips[0], exact)
        yield brand, titles, _right(chips[0], short)
        for chip in chips:
            yield brand, keys, _right(chip, short)
        yield readonly, keys, _right(chips[-1], short)
        for left_out in range(1, len(short) + 1):
            more = Content.styled(f"+{left_out}", "$muted")
            yield readonly, keys, _right(chips[-1], [*short[:-left_out], more])

    def _tabs(self, desk: Desk, *, titles: bool) -> Content:
        return Content(" ").join(self._tab(desk, name, title, titles) for name, title in _TABS)

    def _tab(self, desk: Desk, name: str, title: str, with_title: bool) -> Content:
        here = name == self._screen_name
        lanes = (desk.crew.cutting, desk.crew.exporting)
        left = sum(lane.progress.total - lane.progress.done for lane in lanes)
        parts = [title] if here or with_title else []
        parts += [abbreviated(left)] if name == "queue" and left else []
        key = self.app.key_name(f"app.{name}")
        tab = self._worded(key, parts, here=here)
        return tab.stylize(Style.from_meta({_TAB: name}))

    def _worded(self, key: str, parts: list[str], *, here: bool) -> Content:
        if here:
            return Content.styled(f" {' '.join([key, *parts])} ", "bold $background on $accent")
        return Content.assemble((f" {key} ", "$muted"), "".join(f"{part} " for part in parts))


def _right(chip: Content, states: Sequence[Content]) -> Content:
    """Return what stands at the end of the bar: the season, and the states behind it."""
    told = Content(" ").join(states)
    return Content.assemble(chip, " " * _GAP, told) if chip else told


def _count(desk: Desk, state: State, count: str) -> Content:
    return Content.styled(f"{desk.glyphs[state]}{count}", f"$state-{state}")


def abbreviated(count: int) -> str:
    """Return a number in at most four characters: 940, 1.2k, 12k."""
    if count < 1_000:
        return str(count)
    thousands = count / 1_000
    return f"{thousands:.1f}k" if thousands < 9.95 else f"{thousands:.0f}k"
