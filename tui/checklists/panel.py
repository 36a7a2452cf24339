"""The dialog in which the session's checklists are ticked; another person's ticks appear in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from engine.errors import REPORTED, sentence
from engine.session.checklists import Item
from engine.session.ticks import Standing, Tick
from tui.browse.facts import day_text
from tui.choices import Choices
from tui.desk import Desk
from tui.dialog import Dialog
from tui.help.places import message_places
from tui.keys.checklists import CHECKLISTS
from tui.keys.key import bindings
from tui.reporting import reported
from tui.safe_text import safe

_POLL_SECONDS = 1.0  # how soon another person's ticks are seen
_INDENT = 4  # cells of the box before a point


@dataclass(frozen=True)
class _Row:
    """A line of the list: a point with its tick, or the tick of a point that is gone."""

    item: Item | None
    tick: Tick | None
    reworded: bool = False


class ChecklistsPanel(Dialog[None]):
    """One list at a time, its points with who ticked them, and why the chosen one matters."""

    KEYS = CHECKLISTS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CHECKLISTS))
    DEFAULT_CSS = """
    ChecklistsPanel {
        #panel { width: 84; }
        #lists { height: 1; }
        #about { height: auto; color: $muted; margin-bottom: 1; }
        #points { max-height: 100%; height: 1fr; }
        #why { height: 2; margin-top: 1; color: $muted; }
        #panel { height: 90%; }
        #panel-keys { margin-top: 0; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__("Checklists")
        self._desk = desk
        self._standings: Sequence[Standing] = ()
        self._problem = ""
        self._shown = 0

    def compose_panel(self) -> Iterator[Widget]:
        yield Static(id="lists")
        yield Static(id="about")
        yield Choices(id="points")
        yield Static(id="why")

    async def on_mount(self) -> None:
        """Show how the lists stand, and go on doing so."""
        self.set_interval(_POLL_SECONDS, self._read)
        await self._read()

    def on_resize(self) -> None:
        """Lay the points out for the room that there is."""
        self.call_after_refresh(self._write)

    def on_option_list_option_highlighted(self) -> None:
        """Say why the point under the cursor matters."""
        self._write_why()

    async def on_option_list_option_selected(self) -> None:
        """A click on a point ticks it."""
        await self.action_tick()

    def help_places(self) -> Sequence[str]:
        """Return what explains the point under the cursor, and where one is."""
        row = self._row
        terms = row.item.terms if row and row.item else ()
        wrong = message_places(self._problem)
        return (*wrong, *(f"term:{each}" for each in terms), "screen:checklists")

    @reported
    async def action_tick(self) -> None:
        """Tick the point under the cursor, or take its tick back."""
        row = self._row
        if row is None or not self.app.may_change():
            return
        ticks, list_id = self._desk.session.ticks, self._standings[self._shown].checklist.id
        if row.item and (row.tick is None or row.reworded):
            await self._desk.call(ticks.tick, list_id, row.item)
        elif row.tick:
            await self._desk.call(ticks.untick, list_id, row.tick.item)
        await self._read()

    def action_list(self, step: int) -> None:
        """Go to another list."""
        if self._standings:
            self._shown = (self._shown + step) % len(self._standings)
            self._write()
            points = self.query_one(Choices)
            points.highlighted = 0 if points.option_count else None

    @property
    def _rows(self) -> list[_Row]:
        if not self._standings:
            return []
        standing = self._standings[self._shown]
        points = [_Row(point.item, point.tick, point.reworded) for point in standing.points]
        return points + [_Row(None, tick) for tick in standing.gone]

    @property
    def _row(self) -> _Row | None:
        rows, index = self._rows, self.query_one(Choices).highlighted
        return rows[index] if index is not None and index < len(rows) else None

    async def _read(self) -> None:
        before = self._standings, self._problem
        try:
            self._standings, self._problem = (
                await self._desk.call(self._desk.session.ticks.standings),
                "",
            )
        except REPORTED as error:
            self._standings, self._problem = (), sentence(error)
        if (self._standings, self._problem) != before and self.is_attached:
            self._shown = min(self._shown, max(0, len(self._standings) - 1))
            self._write()

    def _write(self) -> None:
        """Write the lists' names, and the points of the one that is shown."""
        about = self.query_one("#about", Static)
        if not self._standings:
            about.update(Content.styled(safe(self._problem), "$error"))
        else:
            about.update(safe(self._standings[self._shown].checklist.about), layout=True)
        names = (
            Content.styled(
                f" {safe(each.checklist.title)} {each.done}/{len(each.points)} ",
                "$background on $accent" if index == self._shown else "$muted",
            )
            for index, each in enumerate(self._standings)
        )
        self.query_one("#lists", Static).update(Content("  ").join(names))
        self._write_points()
        self._write_why()

    def _write_points(self) -> None:
        """Write the points; the cursor stays on the one it was on."""
        points = self.query_one(Choices)
        width = max(20, points.scrollable_content_region.width - 1)
        prompts = [_prompt(row, width) for row in self._rows]
        if len(prompts) == points.option_count:
            for index, prompt in enumerate(prompts):
                points.replace_option_prompt_at_index(index, prompt)
            return
        kept = points.highlighted or 0
        points.clear_options()
        points.add_options(Option(prompt) for prompt in prompts)
        points.highlighted = min(kept, len(prompts) - 1) if prompts else None

    def _write_why(self) -> None:
        row = self._row
        why = "This point is no longer in the list."
        if row is None:
            why = ""
        elif row.item:
            why = safe(row.item.why)
        self.query_one("#why", Static).update(Content(why))


def _prompt(row: _Row, width: int) -> Content:
    """Return a point as its lines: box and text, and who ticked it when."""
    text = row.item.text if row.item else row.tick.text if row.tick else ""
    boxed = "[x]" if row.tick and not row.reworded else "[ ]"
    lines = Content(safe(text)).wrap(width - _INDENT)
    below = []
    if row.tick:
        who = f"{safe(row.tick.person)}  {day_text(row.tick.at)}"
        below += Content.styled(who, "$muted").wrap(width - _INDENT)
    if row.tick and row.reworded:
        read = f"was ticked as: {safe(row.tick.text)}"
        below += Content.styled(read, "$warning").wrap(width - _INDENT)
    if row.item is None:
        below.append(Content.styled("no longer in the list", "$warning"))
    box = Content.styled(f"{boxed} ", "bold $success" if row.tick else "$muted")
    indent = Content(" " * _INDENT)
    first, *others = [*lines, *below]
    return Content("\n").join([box + first, *(indent + line for line in others)])
