"""What surrounds every screen: the bar above, the line of work below, and the least size.

A screen of the workstation derives from ``WorkScreen`` and fills the space in between.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import Static

from engine.session.states import State
from tui.cli.output import duration
from tui.desk import Desk
from tui.footing import KeyFooter
from tui.guide.guide import GuideBar
from tui.line_list import LineList
from tui.queue.crew import Crew
from tui.queue.lane import Lane
from tui.top_bar import TopBar

if TYPE_CHECKING:
    from tui.app import Workstation

LEAST = Size(64, 18)
"""The smallest terminal in which everything has its place."""


_RATE_FROM = 100  # columns from which the line of work has room for how fast it goes


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
            for verb, lane in (
                ("Cutting", desk.crew.cutting),
                ("Exporting", desk.crew.exporting),
                ("Trying", desk.crew.rehearsing),
            )
            if lane.progress.busy
        ]
        if not lanes:
            read, to_read = desk.reading or (0, 0)
            telling = f"Reading {read:,} of {to_read:,} headers" if read < to_read else ""
            self.update(telling or idle, layout=False)
            return
        width = 24 if self.size.width >= _RATE_FROM else 12
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
            (remaining(lane, desk.crew), "$muted"),
            (rate_told(lane) if self.size.width >= _RATE_FROM else "", "$muted"),
            (f"  {failed} failed: {queue} says why" if failed else "", "bold $state-failed"),
        )


def remaining(lane: Lane[Any, Any], crew: Crew) -> str:
    """Return how long a lane still needs, in words."""
    if lane.paused:
        return "paused"
    seconds = lane.seconds_left()
    if seconds is None:
        warming = crew.model and crew.warmth_of() == "warming"
        return f"warming up {crew.model}" if warming else "starting"
    return f"{duration(seconds)} left"


def rate_told(lane: Lane[Any, Any]) -> str:
    """Return how fast a lane goes, in words after others; empty before that is known."""
    rate = lane.rate()
    if rate is None:
        return ""
    photos = f"{rate.per_minute:.{0 if rate.per_minute >= 10 else 1}f} a minute"
    return f"  {photos}" + (f"  {rate.megapixels:.0f} MP/s" if rate.megapixels >= 0.5 else "")


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
    _missed = False
    DEFAULT_CSS = """
    WorkScreen { layers: base above; background: $background; overflow: hidden;
                 &.-small TooSmall { display: block; } }
    """

    app: Workstation

    def compose(self) -> ComposeResult:
        yield TopBar(self.NAME)
        yield from self.compose_body()
        yield GuideBar()
        yield WorkLine(id="work-line")
        yield KeyFooter()
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
        self.app.photos_changed.subscribe(self, self._photos_have_changed)
        self.app.work_changed.subscribe(self, self._work_has_changed)
        self.app.season_changed.subscribe(self, self._season_has_changed)
        for lines in self.query(LineList):
            lines.moved = self.line_moved
        self.photos_changed(None)

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

    def on_screen_suspend(self) -> None:
        """Put the keys away while a dialog has its own."""
        self.query_one(KeyFooter).cover(True)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was shown."""
        self.app.show_guide()
        self.query_one(KeyFooter).cover(False)
        if self._missed:
            self._missed = False
            self.photos_changed(None)

    def photos_changed(self, changed: Collection[int] | None) -> None:
        """Show the photos as they are now.

        ``changed`` are those that anything is new about; None where it may be all of them.
        """
        self.write_frame()

    def work_changed(self, changed: Collection[int]) -> None:
        """Show the queue as it is now; ``changed`` are the photos that have another state."""
        self.write_frame()

    def line_moved(self) -> None:
        """Show what the cursor of the screen's list stands on."""

    def season_changed(self) -> None:
        """Show how the seasons stand now."""
        self.write_frame()

    def _season_has_changed(self, _: None) -> None:
        if self._is_shown():
            self.season_changed()

    def _photos_have_changed(self, changed: Collection[int]) -> None:
        if self._is_shown():
            self.photos_changed(changed)

    def _work_has_changed(self, changed: Collection[int]) -> None:
        if self._is_shown():
            self.work_changed(changed)

    def _is_shown(self) -> bool:
        """Whether a person sees the screen, perhaps below a dialog; it catches up later if not."""
        shown = self in self.app.screen_stack
        self._missed = self._missed or not shown
        return shown

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
