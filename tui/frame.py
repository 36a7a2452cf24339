"""What surrounds every screen: the bar above, the line of work below, and the least size.

A screen of the workstation derives from ``WorkScreen`` and fills the space in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import Footer, Static

from tui.browse.facts import short_folder
from tui.browse.rows import tally
from tui.browse.states import State
from tui.cli.output import duration
from tui.desk import Desk
from tui.queue.lane import Lane

if TYPE_CHECKING:
    from tui.app import Workstation

LEAST = Size(64, 18)
"""The smallest terminal in which everything has its place."""

_TABS = (("browse", "Browse"), ("queue", "Queue"), ("deliver", "Deliver"))


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
        if not width:
            return
        left_to_do = sum(
            lane.progress.total - lane.progress.done
            for lane in (desk.crew.cutting, desk.crew.exporting)
        )
        counts = {"queue": f" {left_to_do}" if left_to_do else ""}
        tabs = Content(" ").join(
            self._tab(name, title + counts.get(name, "")) for name, title in _TABS
        )
        states = Content(" ").join(
            Content.styled(f"{desk.glyphs[state]}{count}", f"$state-{state}")
            for state, count in tally(desk.state_of(photo) for photo in desk.photos)
        )
        brand = Content.styled("packshot ", "bold $accent")
        readonly = Content.styled(" read-only ", "$warning") if desk.session.readonly else ""
        room = width - brand.cell_length - tabs.cell_length - states.cell_length - 4
        room -= cell_len(str(readonly))
        name = Content(short_folder(desk.session.folder)).truncate(max(0, room), ellipsis=True)
        left = Content.assemble(brand, name, readonly)
        gap = width - left.cell_length - tabs.cell_length - states.cell_length
        before = max(1, min(gap - 1, 3))
        after = max(1, gap - before)
        line = Content.assemble(left, " " * before, tabs, " " * after, states)
        self.update(line, layout=False)

    def _tab(self, name: str, title: str) -> Content:
        key = self.app.key_name(f"app.{name}")
        if name == self._screen_name:
            return Content.styled(f" {key} {title} ", "bold $background on $accent")
        return Content.assemble((f" {key} ", "$muted"), (f"{title} ", "$foreground"))


class WorkLine(Static):
    """What the workers do, or what a person might do next."""

    DEFAULT_CSS = """
    WorkLine { height: 1; background: $surface; color: $foreground; padding: 0 1;
               text-wrap: nowrap; text-overflow: ellipsis; }
    """

    app: Workstation

    def show(self, desk: Desk, idle: str | Content) -> None:
        """Write the line afresh; ``idle`` is what it says while nothing is being done."""
        lanes = [
            (verb, lane)
            for verb, lane in (("Cutting", desk.crew.cutting), ("Exporting", desk.crew.exporting))
            if lane.progress.busy
        ]
        if not lanes:
            self.update(idle, layout=False)
            return
        width = 24 if self.size.width >= 100 else 12
        parts = [self._lane(desk, verb, lane, width // len(lanes)) for verb, lane in lanes]
        self.update(Content("   ").join(parts), layout=False)

    def _lane(self, desk: Desk, verb: str, lane: Lane[Any, Any], width: int) -> Content:
        progress = lane.progress
        filled = width * progress.done // progress.total
        failed = len(progress.failed)
        queue = self.app.key_name("app.queue")
        return Content.assemble(
            (f"{desk.glyphs[State.WORKING]} {verb} ", "bold $state-working"),
            ("━" * filled, "$state-working"),
            ("─" * (width - filled), "$muted"),
            f" {progress.done}/{progress.total}  ",
            (remaining(lane, desk.crew.model), "$muted"),
            (f"  {failed} failed: {queue} says why" if failed else "", "bold $state-failed"),
        )


def remaining(lane: Lane[Any, Any], model: str) -> str:
    """Return how long a lane still needs, in words."""
    if lane.paused:
        return "paused"
    seconds = lane.seconds_left()
    if seconds is None:
        return f"warming up {model}" if model else "starting"
    return f"{duration(seconds)} left"


class TooSmall(Static):
    """What is said instead of the screen where it has no room."""

    DEFAULT_CSS = """
    TooSmall {
        layer: above; width: 100%; height: 100%; display: none;
        content-align: center middle; text-align: center; background: $background;
    }
    """

    def render(self) -> VisualType:
        size = self.app.size
        return (
            f"This terminal is too small: {size.width}×{size.height}.\n"
            f"packshot needs {LEAST.width}×{LEAST.height}; 80×24 is comfortable."
        )


class WorkScreen(Screen[None], inherit_bindings=False):
    """A screen between the bar and the line of work.

    A subclass fills ``compose_body`` and, where it shows photos, ``photos_changed``.
    """

    NAME = ""
    DEFAULT_CSS = """
    WorkScreen { layers: base above; background: $background; overflow: hidden;
                 &.-small TooSmall { display: block; } }
    """

    app: Workstation

    def compose(self) -> ComposeResult:
        yield TopBar(self.NAME)
        yield from self.compose_body()
        yield WorkLine(id="work-line")
        yield Footer(show_command_palette=False, compact=True)
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """Yield what stands between the bar and the line of work."""
        yield from ()

    @property
    def desk(self) -> Desk:
        """What all screens share."""
        return self.app.desk

    def on_mount(self) -> None:
        """Follow what happens to the photos and in the queue."""
        self.app.photos_changed.subscribe(self, lambda _: self.photos_changed())
        self.app.work_changed.subscribe(self, lambda _: self.work_changed())
        self.photos_changed()

    def on_resize(self) -> None:
        """Say so where there is no room."""
        size = self.app.size
        self.set_class(size.width < LEAST.width or size.height < LEAST.height, "-small")
        self.call_after_refresh(self.write_frame)

    @property
    def is_too_small(self) -> bool:
        """Whether the terminal has no room for the screen."""
        return self.has_class("-small")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do nothing that could not be seen."""
        return not self.is_too_small and super().check_action(action, parameters)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was shown."""
        self.photos_changed()

    def photos_changed(self) -> None:
        """Show the photos as they are now."""
        self.write_frame()

    def work_changed(self) -> None:
        """Show the queue as it is now."""
        self.write_frame()

    def idle_text(self) -> str | Content:
        """Return what the line of work says while nothing is being done."""
        return ""

    def write_frame(self) -> None:
        """Write the bar and the line of work afresh."""
        if self.is_attached:
            self.query_one(TopBar).show(self.desk)
            self.write_work_line()

    def write_work_line(self) -> None:
        """Write the line of work afresh."""
        self.query_one(WorkLine).show(self.desk, self.idle_text())
